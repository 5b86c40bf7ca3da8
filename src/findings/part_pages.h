/* What the pages share that show a part of a look (parts.h): decisions, the map. */
#ifndef ITHACA_PART_PAGES_H
#define ITHACA_PART_PAGES_H

#include "findings/parts.h"
#include "findings/shown.h"
#include "web/request.h"

struct part_seen {
    struct shown shown;  /* the look as it is for the visitor */
    const char *content; /* NULL: it is not there */
    const char *missing; /* why, for the visitor; NULL if it is there */
    bool has_picture;
    const char *private_words; /* where only the lead sees it so far; or NULL */
};
/* `picture` is the name of the picture that goes with it. */
enum err part_seen_read(struct request *request, const char *name, const char *picture,
                        struct part_seen *out) MUST_CHECK;

/* Answers with a picture, or says that there is none. */
enum err part_picture_answer(struct request *request, struct response *response,
                             const char *name) MUST_CHECK;

#endif
