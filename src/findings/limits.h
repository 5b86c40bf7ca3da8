/* Limits that rules use ("more than 6 months"), changed for a whole site by its administrator, or
 * for one programme by its lead: a programme's own before the site's, and that before the rule's.
 * Each change has its reason, and stays readable. A rule itself is never altered: what is looked
 * with is a copy.
 *
 * To be called within db_read or db_write, unless said otherwise; everything belongs to the arena.
 */
#ifndef ITHACA_LIMITS_H
#define ITHACA_LIMITS_H

#include "db/db.h"
#include "diagnosis/rule.h"

enum { LIMIT_MOST = 1000, LIMIT_SHARE_MOST = 100, LIMIT_REASON_MOST = 1000 /* bytes */ };

struct limit_change {
    const char *rule, *name;
    bool is_of_programme; /* otherwise of the site */
    bool is_put_back;     /* to what holds without it */
    double value;
    const char *reason, *author, *at; /* the author NULL: erased */
};
struct limit_changes {
    LIST(struct limit_change) list; /* the newest last */
};
/* Of a programme and the site it is on; 0: of the site. */
enum err limits_read(struct db *db, struct arena *arena, int64_t programme,
                     struct limit_changes *out) MUST_CHECK;

/* What holds for a limit; NULL: what the rule says. */
const struct limit_change *limit_in_force(const struct limit_changes *changes, const char *rule,
                                          const char *name);

/* The rules with these limits. Those in which nothing changes are the same. */
struct rules rules_with_limits(struct arena *arena, const struct rules *rules,
                               const struct limit_changes *changes);
/* Both at once, in a transaction of its own. `count`: of all changes, by which one knows whether
 * there are others since. */
enum err rules_for_programme(struct db *db, struct arena *arena, const struct rules *rules,
                             int64_t programme, struct rules *out, int64_t *count) MUST_CHECK;

struct limit_wish {
    int64_t programme; /* 0: the site */
    const char *rule, *name;
    const char *value; /* as it was typed; NULL: put it back */
    const char *reason, *author;
};
/* Why it cannot be so; NULL: it can. */
const char *limit_fault(struct arena *arena, const struct rules *rules,
                        const struct limit_wish *wish);
/* Within db_write, of a wish without fault. */
enum err limit_change(struct db *db, const struct limit_wish *wish) MUST_CHECK;

/* Why the limit is what it is: the rule's reason; or, if it was changed, "(6 as the rule comes;
 * changed for this programme by ... on ...: ...)". */
const char *limit_words(struct arena *arena, const struct threshold *limit,
                        const struct limit_change *change);

#endif
