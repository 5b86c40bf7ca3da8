/* Answers on pages: shown, given, and taken up by whoever leads. */
#ifndef ITHACA_REPLY_PAGES_H
#define ITHACA_REPLY_PAGES_H

#include "findings/findings_pages.h"
#include "replies/replies.h"
#include "replies/views.h"

/* The newest first; `finding` as in struct reply_lines. What they are about is left open. */
struct reply_lines reply_lines_of(const struct request *request, const struct replies *replies,
                                  const char *finding);
struct reply_line reply_line_of(const struct request *request, const struct reply *reply);
/* What one is about, and where this visitor can read that. */
enum err reply_about_fill(const struct request *request, const struct seen *seen,
                          const struct reply *reply, struct reply_line *line) MUST_CHECK;
/* Whoever reads an answer: the names of all who lead, or "whoever leads the programme". */
enum err reply_readers(const struct request *request, const char **out) MUST_CHECK;
/* The form that goes to `url`; what was filled in, and is wrong with it, stays. */
enum err reply_form_fill(const struct request *request, const char *url,
                         struct reply_view *view) MUST_CHECK;
/* What is wrong with words that somebody wrote; NULL: nothing. */
const char *reply_words_error(const char *words);

#endif
