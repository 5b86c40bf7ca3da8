/* What the pages of documents share. Private to documents/. */
#ifndef ITHACA_DOCUMENTS_PAGES_H
#define ITHACA_DOCUMENTS_PAGES_H

#include "documents/documents.h"
#include "web/request.h"

const char *document_url(const struct request *request, const char *document);
const char *document_token(struct arena *arena);
/* "Word, 120 KB" */
const char *document_file_words(struct arena *arena, const struct document_file *file);
/* Why the file that came cannot be kept, or NULL; `*media` what it is. */
const char *document_upload_fault(const struct request *request, const char **media);
/* Keeps it. `*fault`: there is no room for it. */
enum err document_upload_keep(const struct request *request, const char *document,
                              const char *media, enum document_added *out,
                              const char **fault) MUST_CHECK;

#endif
