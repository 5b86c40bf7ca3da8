/* One decision on one page: what is to be decided, and in each place who may do what about it and
 * who tells them.
 *
 * What the records say of it is told in lines, each a key and a value, and so is what somebody
 * wishes. That makes it easy to see what two people changed at the same time, and to draw a path
 * before anything is saved (deciding/path.h).
 *
 *     title, due, manner, final-say      as in the record
 *     concerns ORGANISATION              "yes"
 *     decides PLACE                      who decides there: NAMED, several with "; "
 *     right PLACE RIGHT NAMED            "yes"; RIGHT is "must-agree" and so on
 *     by PLACE RIGHT NAMED               who tells them, for this decision alone: NAMED
 *
 * PLACE is an organisation's key, or DECIDING_TOGETHER. NAMED is "post:KEY", or one of the other
 * kinds; "+post:TITLE", of a record that is to be added; "?:WORDS", of what nobody knows.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_DECIDING_H
#define ITHACA_DECIDING_H

#include "base/names.h"
#include "store/around.h"
#include "store/correct_many.h"

#define DECIDING_TOGETHER "*"
#define DECIDING_DECIDES "decides"

enum { DECIDING_PLACES_MAX = 40, DECIDING_ROWS_MAX = 12, DECIDING_NAMES_SHOWN = 1000 };

struct deciding_line {
    const char *key, *value;
};
struct deciding_lines {
    LIST(struct deciding_line) list;
};
/* NULL if there is none. */
const char *deciding_value(const struct deciding_lines *lines, const char *key);
/* Empty values are left out; the newest of a key counts. */
void deciding_put(struct arena *arena, struct deciding_lines *lines, const char *key,
                  const char *value);

void deciding_drop(struct deciding_lines *lines, const char *key);

/* Somebody's right over the decision, as it stands in the records. */
struct deciding_right {
    const struct record *record;
    const char *place, *right, *named;
};

/* Whom somebody can name, by what people read and write. */
struct deciding_name {
    const struct record *record;
    const char *named, *display; /* "post:finance", "Director of finance, Council" */
    bool is_there;               /* has not left or ended */
};

struct deciding {
    struct around around;
    const char *today;
    const struct record *decision; /* NULL: it is to be a new one */
    const struct record *team;     /* whose messages must arrive; NULL: no team leads the change */
    struct around_list organisations, posts, people, teams, holders, seats, routes, past_rights;
    LIST(struct deciding_right) rights; /* that hold */
    LIST(struct deciding_name) names;
    struct index named, displayed; /* of `names`: by NAMED; by what is displayed, folded */
    struct index seated;           /* NAMED of those who sit in a team that leads the change */
};
/* `key` NULL: for a new one. `out->decision` stays NULL where there is none of that key. */
enum err deciding_read(struct db *db, struct arena *arena, const struct programme *programme,
                       const char *key, const char *today, struct deciding *out) MUST_CHECK;

/* What the records say. */
struct deciding_lines deciding_now(const struct deciding *deciding);

/* An organisation by its key, NULL if there is none; its name; "everywhere" of those together. */
const struct record *deciding_organisation(const struct deciding *deciding, const char *key);
const char *deciding_place_name(const struct deciding *deciding, const char *place);
/* The record that a NAMED stands for; NULL if it has none. */
const struct record *deciding_record(const struct deciding *deciding, const char *named);
/* As people read it: "Director of finance, Council". */
const char *deciding_display(const struct deciding *deciding, const char *named);
/* The same where a place is known: without what that says already. */
const char *deciding_display_in(const struct deciding *deciding, const char *named,
                                const char *place);
/* "must-agree" as "must agree", and back. */
const char *deciding_dashed(struct arena *arena, const char *right);
const char *deciding_undashed(struct arena *arena, const char *right);
/* A line's key in three pieces, those that are not there NULL. */
struct deciding_key {
    const char *what, *place, *right, *named;
};
struct deciding_key deciding_key_read(struct arena *arena, const char *key);
/* Cuts the next NAMED off several; NULL at the end. */
const char *deciding_next(struct arena *arena, const char **rest);

/* How messages for somebody travel: to which organisation, and to which post there or NULL. */
struct deciding_target {
    const char *organisation, *post;
    const char *tier; /* of the post; NULL: nobody says, or it is none */
    bool is_body;     /* a team or organisation: whoever is told there tells it */
    bool may_be;      /* a route to a tier counts, too, where nobody says in which the post is */
};
struct deciding_target deciding_target_of(const struct deciding *deciding, const char *named);
/* The route to it that is for this decision alone; or one for all decisions. NULL if there is none.
 */
const struct record *deciding_route(const struct deciding *deciding,
                                    const struct deciding_target *target, bool is_general);
/* Whether they hear of everything without a messenger: they sit in a team that leads the change,
 * or, of a team, one of its people does; or they are such a team themselves. */
bool deciding_is_seated(const struct deciding *deciding, const char *named);
bool deciding_is_leading(const struct deciding *deciding, const char *named);
/* NAMED of who carries the messages of a route; NULL: nobody is said. */
const char *deciding_messenger(const struct deciding *deciding, const struct record *route);

/* Whom a text names. `place`: an organisation whose people and posts come first. Of several that it
 * may be, or none, `named` is "?:TEXT" and the choices are offered: NAMED with its words. */
struct deciding_match {
    const char *named; /* NULL: there is no text */
    LIST(struct deciding_line) choices;
};
/* `answer`: what was chosen of these, or NULL. A messenger is a person or a post. */
struct deciding_match deciding_match_find(const struct deciding *deciding, const char *text,
                                          const char *place, bool is_messenger, const char *answer);

/* ---- saving (deciding/wish.c) ---- */

/* A key that two changed at once, with what each made of it; NULL: nothing. */
struct deciding_clash {
    const char *key, *mine, *theirs;
};
struct deciding_clashes {
    LIST(struct deciding_clash) list;
};
/* What only one changed is taken; where both did, mine, and the clash is told. */
struct deciding_lines deciding_merge(struct arena *arena, const struct deciding_lines *was,
                                     const struct deciding_lines *mine,
                                     const struct deciding_lines *now,
                                     struct deciding_clashes *clashes);

/* What is wrong; `key` is the line's, or NULL. */
struct deciding_problems {
    LIST(struct deciding_line) list;
};
/* The corrections that make the records say what the lines say. What is taken away ends, or goes as
 * if it had never been (`never_was`). `key` is that of the decision. */
void deciding_apply(const struct deciding *deciding, const struct deciding_lines *lines,
                    bool never_was, struct corrections *out, const char **key,
                    struct deciding_problems *problems);

/* A key and its value as people read them: "Who decides in Council". */
const char *deciding_key_words(const struct deciding *deciding, const char *key);
const char *deciding_value_words(const struct deciding *deciding, const char *key,
                                 const char *value);

#endif
