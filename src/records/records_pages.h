/* What the pages of records share. */
#ifndef ITHACA_RECORDS_PAGES_H
#define ITHACA_RECORDS_PAGES_H

#include "web/request.h"

/* There is no such record, or it is not for this visitor: they cannot tell which. */
void record_gone(const struct request *request, struct response *response);

#endif
