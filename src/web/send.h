/* Answers on their way to the browser: headers that keep it safe, gzip, cookies. */
#ifndef ITHACA_SEND_H
#define ITHACA_SEND_H

#include "web/request.h"
#include <microhttpd.h>

#define SEND_COOKIE "ithaca"
#define SEND_STATIC "/static/"

enum MHD_Result send_response(struct MHD_Connection *connection, const struct request *request,
                              const struct response *response);
/* A file that is built in; its address changes with what is in it, so it is kept for a year. */
enum MHD_Result send_static(struct MHD_Connection *connection, const char *address);
/* Where no page can be made: one sentence, as plain text. */
enum MHD_Result send_refusal(struct MHD_Connection *connection, enum status status,
                             const char *words);

#endif
