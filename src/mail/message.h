/* A mail as it goes over the wire (RFC 5322): headers in ASCII (RFC 2047 where they are not), the
 * text in base64, so that no line is too long and none is taken for the end. */
#ifndef ITHACA_MESSAGE_H
#define ITHACA_MESSAGE_H

#include "base/arena.h"
#include <stddef.h>

struct message {
    const char *id;              /* without < and >: the same whenever it is sent again */
    const char *date;            /* when it was written, as the database keeps times (UTC) */
    const char *from, *to;       /* addresses */
    const char *subject, *words; /* UTF-8; line ends are \n */
    const char *stop;            /* an address at which these mails can be ended; or NULL */
    /* For calendars (RFC 6047), and the method that stands in it, which mail programs want to see
     * twice; or NULL. */
    const char *calendar, *calendar_method;
};

/* Ends with a NUL, which is not counted. Line ends and control characters in headers become spaces:
 * nobody's name adds a header. */
char *message_write(struct arena *arena, const struct message *message, size_t *length);

#endif
