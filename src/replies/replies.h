/* What people answer who are asked: about a finding whose next move is theirs, or about an action
 * that they are to do. Pages call it an answer; here it is a reply, since an answer is what a web
 * server gives.
 *
 * A reply waits until whoever leads the programme takes it up, and perhaps says something back; but
 * for REPLY_DONE, which asks nothing. Who may see one, and what was said back: whoever sees the
 * finding; of an action the lead and whoever gave it.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_REPLIES_H
#define ITHACA_REPLIES_H

#include "findings/findings.h"

enum reply_kind {
    REPLY_YES,
    REPLY_NO,
    REPLY_ANOTHER_DATE,
    REPLY_SOMETHING_ELSE,
    REPLY_DONE, /* from here on about an action */
    REPLY_IN_THE_WAY,
    REPLY_KINDS
};
extern const char *const reply_names[REPLY_KINDS];  /* as they are kept: "in the way" */
extern const char *const reply_titles[REPLY_KINDS]; /* as people read them */

/* Of one person about one thing; longer words are not taken, nor are they said back. */
enum { REPLIES_MOST = 20, REPLY_WORDS_MOST = 2000 };

struct reply {
    int64_t id;
    enum reply_kind what;
    const char *words;           /* or NULL */
    const char *person, *author; /* a key on the sheet People; their name, NULL once erased */
    const char *at;              /* UTC, like taken_up_at */
    const char *taken_up_at;     /* NULL: it was not taken up */
    const char *taken_up_by, *taken_up_words; /* or NULL */
    const char *finding;                      /* its identity; NULL: about an action */
    const char *action, *title; /* its key, and what is to be done; NULL also if it was taken out */
};
struct replies {
    LIST(struct reply) list; /* the oldest first */
};
/* Of these those by somebody who is one of `people`. */
struct replies replies_by(struct arena *arena, const struct replies *replies,
                          const struct names *people);
/* Whether it waits for whoever leads. */
bool reply_waits(const struct reply *reply);

enum err replies_of_finding(struct db *db, struct arena *arena, const struct programme *programme,
                            int64_t finding, struct replies *out) MUST_CHECK;
/* `record` is the id of the action's record. */
enum err replies_of_action(struct db *db, struct arena *arena, const struct programme *programme,
                           int64_t record, struct replies *out) MUST_CHECK;
/* The one of that number; `found` is false if there is none. */
enum err reply_read(struct db *db, struct arena *arena, const struct programme *programme,
                    int64_t id, struct reply *out, bool *found) MUST_CHECK;
/* What is new to whoever leads, or to those who answered: all that wait; what was reported as done,
 * or taken up, since a time. */
enum err replies_new(struct db *db, struct arena *arena, const struct programme *programme,
                     const char *since, struct replies *out) MUST_CHECK;

struct reply_wish {
    int64_t finding, record; /* one of them; the other is 0 */
    enum reply_kind what;
    const char *words, *person, *author;
    const char *token; /* the same once more with the same token is done already; or NULL */
};
/* Within db_write. `kept` is false, and nothing was written, if there are too many already; that
 * something is done can always be said. */
enum err reply_keep(struct db *db, struct arena *arena, const struct programme *programme,
                    const struct reply_wish *wish, bool *kept) MUST_CHECK;
/* Within db_write: it waits no more. `words` is what is said back, or NULL. Where somebody took it
 * up before it stays as it is, and `is_so` is false unless they were the same, with the same words.
 */
enum err reply_take_up(struct db *db, const struct programme *programme, int64_t id,
                       const char *author, const char *words, bool *is_so) MUST_CHECK;

#endif
