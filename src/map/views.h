/* What the page of the map shows (map.html). Private to map/. */
#ifndef ITHACA_MAP_VIEWS_H
#define ITHACA_MAP_VIEWS_H

#include "findings/views.h"

struct tied_person {
    const char *key, *name, *place;
    const char *organisation, *sector; /* NULL: not recorded */
    long tied_to;
    const char *between; /* "12.3" */
    const char *names;   /* whom they are tied to; NULL: nobody */
    const char *cut_off; /* "3 people": if this one goes */
    bool joins_most, is_you;
};

struct kind_of_tie {
    const char *kind, *meaning;
    long ties;
};

struct measure {
    const char *name, *value, *expected, *reading, *definition; /* `expected` may be NULL */
};

struct map_view {
    const char *day, *missing, *private_words;
    struct advice nobody;    /* what to do where nobody is written down */
    struct names answers;    /* paragraphs */
    bool ranks;              /* who would be missed most: for leads alone */
    const char *picture_url; /* NULL: there is none */
    const char *script;      /* makes the picture one that can be looked at closely */
    struct names organisations, sectors;
    LIST(struct tied_person) people;
    LIST(struct kind_of_tie) kinds;
    LIST(struct measure) measures;
    bool is_estimated, you_are_there;
};

#endif
