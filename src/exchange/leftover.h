/* Names that were left in a text which is to be given to others: of people, organisations, teams
 * and places that the programme's records know, however they are written; and what looks like such
 * a name, an address, a telephone number or the number of a person.
 *
 * A known name is found in any case and with or without accents, over line breaks, as "Surname,
 * First", with initials, by the surname alone, as a login, with a letter wrong in a long word; an
 * organisation also without "NHS Foundation Trust" and the like, and by its initials. A name of
 * nothing but ordinary words ("the hospital trust", "network manager") tells nobody apart and is
 * left alone; a name that is a word as well ("May", "Will") is one where it stands with a capital
 * within a sentence. It is a help for whoever reads the text before it goes, and no proof.
 *
 * Positions count bytes of UTF-8, and never lie within a character; bytes that are no UTF-8 part
 * words and stay where they are. Cost grows with the length of the text and, once, with the names;
 * not with both together. Everything belongs to the arena it was made in. */
#ifndef ITHACA_LEFTOVER_H
#define ITHACA_LEFTOVER_H

#include "base/list.h"
#include <stdbool.h>

enum leftover_kind {
    LEFTOVER_PERSON,
    LEFTOVER_ORGANISATION, /* teams, programmes and places, too */
    LEFTOVER_EMAIL,
    LEFTOVER_WEB,
    LEFTOVER_PHONE,
    LEFTOVER_POSTCODE,
    LEFTOVER_NUMBER, /* of a patient or an insured person */
    LEFTOVER_KINDS,
};
extern const char *const leftover_kind_words[LEFTOVER_KINDS]; /* "a person" */

struct leftover_known {
    const char *name, *instead; /* "Northbrook NHS Trust", "a hospital trust" */
    enum leftover_kind kind;    /* one of the first two */
};

struct leftover_finder;
/* `known` must live as long as the finder. */
const struct leftover_finder *leftover_finder_new(struct arena *arena,
                                                  const struct leftover_known *known, size_t n);

struct leftover {
    size_t start, length;
    enum leftover_kind kind;
    bool is_known;       /* else it only looks like one */
    const char *instead; /* what may be said in its place */
};
struct leftovers {
    LIST(struct leftover) list; /* from the first on; none reaches into another */
};
void leftover_find(const struct leftover_finder *finder, struct arena *arena, const char *text,
                   struct leftovers *out);

/* The text with each of them replaced: all that were found, or those of them that somebody chose,
 * in the same order. */
char *leftover_generalise(struct arena *arena, const char *text, const struct leftovers *leftovers);

#endif
