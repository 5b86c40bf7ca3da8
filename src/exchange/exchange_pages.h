/* The page from which things are given and taken; with what is wrong beside one of them, or NULL.
 */
#ifndef ITHACA_EXCHANGE_PAGES_H
#define ITHACA_EXCHANGE_PAGES_H

#include "web/request.h"

enum err exchange_put(struct request *request, struct response *response, const char *give_fault,
                      const char *take_fault) MUST_CHECK;

#endif
