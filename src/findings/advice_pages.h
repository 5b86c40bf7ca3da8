/* Advice as it is said to a visitor. It is written for whoever keeps the sheets ("Write the new
 * date on the sheet Decisions"); on pages a sheet is a page of records, and only some may write
 * there. */
#ifndef ITHACA_ADVICE_PAGES_H
#define ITHACA_ADVICE_PAGES_H

#include "findings/views.h"
#include "web/request.h"

/* For those who may correct records: with a link to each page of records. For others: without the
 * sentences that say where to write something; nothing may be left. */
struct advice advice_for(const struct request *request, const char *words);
/* Other words that name sheets, for everybody: whoever may read a page of records has a link to it.
 */
struct advice words_for(const struct request *request, const char *words);
/* Advice in paragraphs; those of which nothing is left are not there. */
struct advices advices_for(const struct request *request, const struct names *paragraphs);

/* The sheets that paragraphs speak of ("on the sheet Decision rights"), each once, for those who
 * may read records: what stands on a sheet can be written here, too. */
struct sheet_links sheets_named(const struct request *request, const struct names *paragraphs);

/* Where the first sentence ends; at the end of the text, if there is only one. */
size_t sentence_length(const char *text);

#endif
