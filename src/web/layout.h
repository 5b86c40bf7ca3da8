/* The frame around every page: title, wordmark, where you are, what you can go to. */
#ifndef ITHACA_LAYOUT_H
#define ITHACA_LAYOUT_H

#include "web/html.h"
#include "web/layout_view.h"
#include "web/request.h"

/* Puts the body of a page (what stands in <main>) into the frame, and the whole into the response.
 */
void layout_page(const struct request *request, struct response *response, const char *title,
                 const struct text *body);

/* A page that says one thing: a heading and a sentence. Other programs (web/route.h) are told the
 * same as JSON. */
void layout_message(const struct request *request, struct response *response, enum status status,
                    const char *heading, const char *words);

/* The same, and where to go on from there. */
void layout_message_with(const struct request *request, struct response *response,
                         enum status status, const char *heading, const char *words,
                         struct layout_link link);

/* What a form must bring: a hidden field that goes into every <form method="post">. */
struct html layout_form_token(const struct request *request);

#endif
