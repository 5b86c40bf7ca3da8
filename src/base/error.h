/* The result of anything that can go wrong.
 *
 * Functions that may fail return one of these and are marked MUST_CHECK. What
 * a person should know about the failure goes into a `struct problems`
 * (problem.h), never into the code. */
#ifndef ITHACA_ERROR_H
#define ITHACA_ERROR_H

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, rest) __attribute__((format(printf, text, rest)))

enum err {
    OK = 0,
    ERR_INPUT, /* what a person gave us cannot be used; the problems say why */
    ERR_IO,    /* a file or a stream failed us; the problems say which */
};

#endif
