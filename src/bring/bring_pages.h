/* What the pages of bringing a list share. Private to bring/. */
#ifndef ITHACA_BRING_PAGES_H
#define ITHACA_BRING_PAGES_H

#include "bring/brought.h"
#include "web/route.h"

struct brought_by brought_by_visitor(const struct request *request);
const char *brought_url(const struct request *request, enum route_name route, int64_t id);
/* That there is no such file. */
void brought_gone(const struct request *request, struct response *response);
/* "3 May 2027, saved" */
const char *brought_state(struct arena *arena, const struct brought_file *file);

#endif
