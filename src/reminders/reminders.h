/* Reminding people by mail of what they promised and where they are expected, as often as each
 * wants (mail/mail.h): numbers and a link, never a title, since mail is not confidential.
 *
 * A programme is looked through once a day. Cost grows with its open actions, its meetings of the
 * next days and who takes part. */
#ifndef ITHACA_REMINDERS_H
#define ITHACA_REMINDERS_H

#include "store/programme.h"

/* Looks through one programme that was not yet looked through on that day, and writes the mails it
 * gives rise to; `found` is false if there is none left. To be called within db_write. */
enum err reminders_next(struct db *db, struct arena *arena, const char *day,
                        bool *found) MUST_CHECK;

#endif
