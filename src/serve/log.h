/* What the server says while nobody watches: one line each on standard error, with the time in UTC.
 * Written whole, so that the lines of several processes do not mix. Never a secret, never what is
 * in the records. */
#ifndef ITHACA_LOG_H
#define ITHACA_LOG_H

#include "base/problem.h"
#include <stdbool.h>

enum log_level { LOG_ERROR, LOG_INFO, LOG_DEBUG, LOG_LEVELS };
extern const char *const log_level_names[LOG_LEVELS];

/* What is written: this level and those before it. Info, if nothing is said. */
void log_choose(enum log_level level);
void log_write(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);

/* Whether a line is written for each request. No, if nothing is said. */
void log_requests_choose(bool wanted);
/* A request that was answered. None of this tells who asked, or for whom. */
struct log_request {
    const char *method; /* of our own words, not as it came */
    const char *route;  /* the pattern: "/p/{programme}", never the address */
    unsigned status;    /* 0: whoever asked did not wait for an answer */
    size_t bytes;       /* of the body, as it was sent */
    double milliseconds;
};
void log_request(const struct log_request *request);
void log_problems(const struct problems *problems);

#endif
