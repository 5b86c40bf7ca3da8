/* The names that a programme's records know, for exchange/leftover.h: people, organisations, teams,
 * the programme; and who takes part. Within db_read; everything belongs to the arena. */
#ifndef ITHACA_EXCHANGE_KNOWN_H
#define ITHACA_EXCHANGE_KNOWN_H

#include "exchange/leftover.h"
#include "store/programme.h"

struct known_names {
    LIST(struct leftover_known) list;
};
enum err known_names_read(struct db *db, struct arena *arena, const struct programme *programme,
                          struct known_names *out) MUST_CHECK;

#endif
