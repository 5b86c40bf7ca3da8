#include "findings/reader_pages.h"
#include "base/text.h"
#include "record/personal.h"
#include "web/route.h"

struct record_reader reader_of(const struct request *request, const struct names *own) {
    enum role role = request->visitor.role;
    return (struct record_reader){.may_read = role_may(role, PERMISSION_SEE_RECORDS),
                                  .sees_personal = role_may(role, PERMISSION_SEE_PERSONAL),
                                  .may_correct = role_may(role, PERMISSION_CORRECT),
                                  .own = own};
}

bool reader_sees_all(const struct record_reader *reader, const struct record *record) {
    const char *person = record_personal(record);
    return reader->may_read &&
           (!person || reader->sees_personal || names_contain(reader->own, person));
}

bool reader_sees(const struct record_reader *reader, const struct record *record) {
    return reader->may_read && (reader_sees_all(reader, record) || !kind_is_personal(record->kind));
}

bool reader_sees_field(const struct record_reader *reader, const struct record *record,
                       const struct field *field) {
    return reader_sees(reader, record) &&
           (reader_sees_all(reader, record) || !field_is_personal(record->kind, field));
}

const char *record_url(const struct request *request, const struct kind *kind, const char *key) {
    return url_to(request->arena, ROUTE_record, request->visitor.programme.key, kind->name, key);
}
