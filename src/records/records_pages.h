/* What the pages of records share. */
#ifndef ITHACA_RECORDS_PAGES_H
#define ITHACA_RECORDS_PAGES_H

#include "findings/reader_pages.h"
#include "records/views.h"
#include "store/past.h"
#include "web/request.h"

enum { LIST_MOST = 50 }; /* records on one page */

/* There is no such record, or it is not for this visitor: they cannot tell which. */
void record_gone(const struct request *request, struct response *response);

/* What a field says, with the way to what it refers to; `value` may be NULL. */
struct field_view field_view_of(const struct request *request, const struct record_reader *reader,
                                const struct records *records, const struct field *field,
                                const char *value);
/* The fields in which two versions differ and that the reader sees; `before` is NULL where there
 * was none. False: some that differ are not for the reader. */
bool differences_add(const struct request *request, const struct record_reader *reader,
                     const struct records *records, const struct record *before,
                     const struct record *after, struct field_changes *out);
#endif
