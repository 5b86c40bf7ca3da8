/* Erasing a person from the records of a programme, present and past, so that the chain still
 * verifies.
 *
 * In all versions the person's own record loses its name and all other words, and gets a key by
 * chance, which takes the place of the old one wherever records refer to it. In the words of other
 * records, and in who saved a revision and why, the names and the old key are replaced. Versions
 * are altered where they stand, so the history keeps its shape; what happened is a revision of its
 * own.
 *
 * All versions of the programme are held in memory at once. */
#ifndef ITHACA_ERASE_H
#define ITHACA_ERASE_H

#include "base/names.h"
#include "store/programme.h"

struct erase_wish {
    const char *key;            /* of the person, on the sheet People, now or at any time; NULL for
                                 * somebody who is not there, but may have saved or be spoken of */
    const struct names *names;  /* what else the person is called; NULL for nothing */
    const struct names *logins; /* taken out of who saved or decided only, since a login may be any
                                 * word; NULL for none */
    const struct names *also;   /* of `names`, those that somebody has said; NULL for none */
    bool keep_texts;            /* words in other records stay: the "name" is a role, or common */
    bool only_look;             /* tell what would be done, and write nothing */
    const char *author, *reason;
};

/* A text in a record, as it reads now. */
struct erased_place {
    const char *sheet, *key, *field, *text;
};

struct erased {
    const char *key; /* the new one */
    int64_t revision;
    size_t own, others, saves;       /* versions of records and revisions that were altered */
    size_t said;                     /* findings, decisions about them, changes of steps, answers */
    LIST(struct erased_place) texts; /* of other records, altered in some version */
    LIST(struct erased_place)
    hints;                  /* that may still speak of the person, the likeliest first; of
                             * a text only what stands around it */
    struct names namesakes; /* keys of other people with the same name */
};

/* Within db_write (or db_read, if it only looks). ERR_INPUT with a message if there never was such
 * a person; or if the versions of the key have several names, not all of which are in `also`: it
 * may have been the key of several people. */
enum err erase_person(struct db *db, struct arena *arena, struct programme *programme,
                      const struct erase_wish *wish, struct erased *out) MUST_CHECK;

/* The revision in which something was last erased from a programme, 0 if none: what was copied
 * before it may bring back what was erased. */
enum err erase_latest(struct db *db, int64_t programme, int64_t *out) MUST_CHECK;

#endif
