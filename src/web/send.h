/* Answers on their way to the browser: headers that keep it safe, gzip, cookies. */
#ifndef ITHACA_SEND_H
#define ITHACA_SEND_H

#include "web/request.h"
#include <microhttpd.h>

#define SEND_COOKIE "ithaca"
#define SEND_STATIC "/static/"

/* Where an answer goes. */
struct sending {
    struct MHD_Connection *connection;
    bool is_last; /* the connection ends with it */
    size_t size;  /* of the body, once it is on its way; bytes */
};

enum MHD_Result send_response(struct sending *sending, const struct request *request,
                              const struct response *response);
/* A file that is built in; its address changes with what is in it, so it is kept for a year. */
enum MHD_Result send_static(struct sending *sending, const char *address);
/* Where no page can be made: one sentence, as plain text. */
enum MHD_Result send_refusal(struct sending *sending, enum status status, const char *words);

#endif
