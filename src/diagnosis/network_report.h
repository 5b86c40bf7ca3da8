/* The measures of a partnership's network in numbers, each with its definition and what it says
 * here, for people who ask how it was counted: evaluators, researchers, sceptics.
 *
 * Everything belongs to the arena; `map` and its measures must stay. */
#ifndef ITHACA_NETWORK_REPORT_H
#define ITHACA_NETWORK_REPORT_H

#include "diagnosis/partnership_map.h"

struct network_line {
    const char *key;        /* "density", "ei"; for programs */
    const char *group;      /* the grouping or role it is about, or NULL */
    double value, expected; /* NAN where it is not defined */
    double p;               /* as network_ei gives it; NAN elsewhere */
    const char *name;       /* for people */
    const char *definition; /* how it is counted, in a sentence */
    const char *reading;    /* what it says here, in a sentence */
};

struct network_report {
    const struct map *map;
    LIST(struct network_line) lines;
    struct network_brokerage brokerage; /* between organisations */
};

enum err network_report_make(struct arena *arena, const struct partnership *partnership,
                             const struct map *map, struct network_report *out,
                             struct problems *problems) MUST_CHECK;

/* "coordinator", ...; for people, with how each is counted. */
extern const char *const network_role_names[NETWORK_ROLES];
extern const char *const network_role_meanings[NETWORK_ROLES];

void network_report_text(struct printer *printer, struct arena *arena,
                         const struct network_report *report);
void network_report_json(FILE *out, const struct network_report *report);
void network_report_csv(FILE *out, struct arena *arena, const struct network_report *report);

#endif
