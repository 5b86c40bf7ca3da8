/* What is held about somebody (store/rights.h), as they may read it themselves: all of it, but for
 * what would tell them something about others, or too early. That is
 * - other people's own situation (record/personal.h),
 * - a finding that is private about somebody else,
 * - what others answered who were asked,
 * - a finding that the lead has not shared yet; what they decided about one, or was given to them,
 *   stays without its words,
 * - programmes in which they neither take part nor are somebody on the sheet People, though their
 *   name stands there: others may have it (store/rights.h).
 * A lead reads all of these in the programmes that they lead. Whoever runs the site has the whole
 * (`ithaca person export`), and looks at the rights of others before handing it over.
 *
 * To be called within db_read; everything belongs to the arena. */
#ifndef ITHACA_HELD_OWN_H
#define ITHACA_HELD_OWN_H

#include "accounts/role.h"
#include "store/rights.h"

/* What may have to be looked through, in all programmes where they stand (rights_read_own): it
 * takes a worker 150 ms, in which it answers nobody else, and most of the memory that it has for a
 * page. */
enum { HELD_OWN_MEGABYTES = 8, HELD_OWN_MOST = HELD_OWN_MEGABYTES * 1000 * 1000 };

/* `login` is theirs. If there are more, it is too much, and nothing of the programmes is read. */
enum err held_own_read(struct db *db, struct arena *arena, const char *login,
                       struct held *out) MUST_CHECK;

/* The part they take in a programme; ROLE_NONE if none. */
enum role held_role(const struct held *held, const struct programme *programme);

#endif
