/* What the pages about one learned thing share. */
#ifndef ITHACA_LEARNED_ONE_PAGES_H
#define ITHACA_LEARNED_ONE_PAGES_H

#include "learned/learned.h"
#include "web/request.h"

const char *learned_one_url(const struct request *request, int64_t id);
/* What was agreed is for everybody; what was not yet, for those who write. */
bool learned_is_seen(const struct request *request, const struct learned *learned);
void learned_gone(const struct request *request, struct response *response);

/* The versions of the one in the address; empty if there is none. */
enum err learned_of_address(struct request *request, struct learned_list *versions) MUST_CHECK;
/* Its page; with `error` beside the words that were sent, or NULL. */
enum err learned_one_put(struct request *request, struct response *response,
                         const struct learned_list *versions, const char *error) MUST_CHECK;

#endif
