/* What a visitor may read of the programme's records, and the way to a record's page. */
#ifndef ITHACA_FINDINGS_READER_PAGES_H
#define ITHACA_FINDINGS_READER_PAGES_H

#include "findings/views.h"
#include "record/records.h"
#include "web/request.h"

struct record_reader {
    bool may_read;           /* records at all */
    bool sees_personal;      /* also what is about others' own situation */
    bool may_correct;        /* what is wrong */
    const struct names *own; /* the keys by which they stand on the sheet People */
};
struct record_reader reader_of(const struct request *request, const struct names *own);

/* Whether they may read a record at all; whether all of it; one field of it. */
bool reader_sees(const struct record_reader *reader, const struct record *record);
bool reader_sees_all(const struct record_reader *reader, const struct record *record);
bool reader_sees_field(const struct record_reader *reader, const struct record *record,
                       const struct field *field);

/* The address of a record's page. */
const char *record_url(const struct request *request, const struct kind *kind, const char *key);

#endif
