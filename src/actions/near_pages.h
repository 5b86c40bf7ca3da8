/* What happened elsewhere that may tell something about a finding: configurations of the library
 * and those that other sites gave, in which one of the finding's mechanisms was at work, or
 * missing; the nearest by circumstances first. In what they are alike and in what not is said in
 * words; a figure would claim more than anybody knows. */
#ifndef ITHACA_NEAR_PAGES_H
#define ITHACA_NEAR_PAGES_H

#include "actions/views.h"
#include "findings/shown.h"
#include "web/request.h"

enum err near_read(const struct request *request, const struct shown_finding *finding,
                   struct known_links *out) MUST_CHECK;

#endif
