/* A map of who is tied to whom: people in their organisations, the teams in which they meet, and
 * the ties between them, with what network.h measures of them. The same map comes as a picture (DOT
 * for Graphviz), as GraphML for programs that analyse networks, as CSV, and in words.
 *
 * Pure: a struct in, text out. Whoever makes a map (diagnosis/partnership_map.h) owns what it
 * points to; what the functions give belongs to the arena. */
#ifndef ITHACA_MAP_H
#define ITHACA_MAP_H

#include "base/print.h"
#include "base/text.h"
#include "network/network.h"

struct map_person {
    const char *id, *name;
    const char *organisation, *sector, *profession; /* NULL where nothing says */
    bool lived_experience;
};

struct map_tie {
    unsigned from, to;
    bool mutual;
    unsigned kind;       /* into map.kinds */
    const char *team_id; /* where they meet; NULL for a tie of another kind */
    const char *team;    /* its name */
};

struct map_kind {
    const char *name, *meaning; /* what makes a tie of that kind, for people */
    const char *arrow;          /* whom an arrow points to; NULL if such ties have no direction */
    bool shown;                 /* asked for; ties of other kinds are not in the map */
};

struct map {
    const char *programme;
    const char *day; /* "30 June 2026" */
    LIST(struct map_person) people;
    LIST(struct map_tie) ties;
    LIST(struct map_kind) kinds;
    const struct network_measures *measures; /* with betweenness */
    bool ranks_nobody; /* words and picture leave out who joins others most and who would be missed
                        */
};

enum { MAP_LARGE = 60 }; /* people; above, a picture shows fewer lines */

/* People ordered by betweenness, then by number of ties, then as they come. */
unsigned *map_order(struct arena *arena, const struct map *map);
/* How many of the first of that order stand out: those who join others most, three of them or, in a
 * large map, five; fewer or more where the mark would fall between people who are level. */
unsigned map_brokers(const struct map *map, const unsigned *order);

/* "Ansel Bay Council (social care)"; what is not known is left out, or says so. */
char *map_person_place(struct arena *arena, const struct map_person *person);

/* The answers: in how many pieces, who is tied to nobody, who would cut others off, who joins
 * others most. Paragraphs with empty lines between them. */
char *map_answers(struct arena *arena, const struct map *map);
/* What the picture shows, in words: the answers, who is where, who meets in which team. */
char *map_words(struct arena *arena, const struct map *map);
/* "Who is tied to whom: Harbour, 30 June 2026" */
char *map_title(struct arena *arena, const struct map *map);

/* The picture, for Graphviz's engine "dot". Above MAP_LARGE people and some number of ties it draws
 * seats in teams and, of the other ties, those without which a part would come off and those across
 * organisations of the people who stand out; it says how many are not drawn. */
char *map_dot(struct arena *arena, const struct map *map);
/* The same drawn, with all that it says in words. As picture_draw: ERR_IO where that fails. */
enum err map_svg(struct arena *arena, const struct map *map, char **svg,
                 struct problems *problems) MUST_CHECK;
/* GraphML (graphml.graphdrawing.org): people with their data and measures, a directed edge for each
 * tie, with its kind; an edge that runs both ways says mutual. */
char *map_graphml(struct arena *arena, const struct map *map);
/* A row for each person. */
void map_print_csv(FILE *out, struct arena *arena, const struct map *map);
/* The answers and the people, in the order of the text, each with those whom they are tied to. */
void map_print_json(FILE *out, struct arena *arena, const struct map *map);
void map_print_text(struct printer *printer, struct arena *arena, const struct map *map);

#endif
