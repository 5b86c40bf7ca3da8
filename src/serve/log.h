/* What the server says while nobody watches: one line each on standard error, with the time in UTC.
 * Written whole, so that the lines of several processes do not mix. Never a secret, never what is
 * in the records. */
#ifndef ITHACA_LOG_H
#define ITHACA_LOG_H

#include "base/problem.h"

enum log_level { LOG_ERROR, LOG_INFO, LOG_DEBUG, LOG_LEVELS };
extern const char *const log_level_names[LOG_LEVELS];

/* What is written: this level and those before it. Info, if nothing is said. */
void log_choose(enum log_level level);
void log_write(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);
void log_problems(const struct problems *problems);

#endif
