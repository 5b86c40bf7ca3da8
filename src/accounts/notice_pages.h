/* What the site adds to the page of how data are used, as it holds now, for that page. */
#ifndef ITHACA_NOTICE_PAGES_H
#define ITHACA_NOTICE_PAGES_H

#include "accounts/notice_views.h"
#include "web/request.h"

/* Its title is the day since when it holds; NULL: nothing was added. */
enum err notice_in_force(const struct request *request, struct notice_view *out) MUST_CHECK;

#endif
