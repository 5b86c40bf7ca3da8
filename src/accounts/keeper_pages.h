/* Whom to ask where a page says that whoever runs the site can help. */
#ifndef ITHACA_KEEPER_PAGES_H
#define ITHACA_KEEPER_PAGES_H

#include "web/request.h"

/* "whoever runs this site (help@example.org)", as the configuration says (contact); without that,
 * only "whoever runs this site". */
const char *keeper_for_everybody(const struct request *request);
/* The same; where the configuration says nothing, those who are signed in are told the
 * administrators' e-mail addresses. */
enum err keeper_read(const struct request *request, const char **out) MUST_CHECK;

#endif
