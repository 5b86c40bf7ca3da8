/* An action planned from one of these pages: who, and by when. Private to work/. */
#ifndef ITHACA_WORK_PLAN_PAGES_H
#define ITHACA_WORK_PLAN_PAGES_H

#include "web/request.h"

struct work_plan {
    const char *heading, *about; /* `about`: what it is good for */
    const char *title;           /* what is to be done, to begin with */
    const char *url, *back_url;  /* where the form goes; where people go afterwards */
};

enum err work_plan_put(struct request *request, struct response *response,
                       const struct work_plan *plan) MUST_CHECK;
/* Within a POST: makes the action of what was filled in, or tells what is wrong. */
enum err work_plan_make(struct request *request, struct response *response,
                        const struct work_plan *plan) MUST_CHECK;

const char *work_token(struct arena *arena);

#endif
