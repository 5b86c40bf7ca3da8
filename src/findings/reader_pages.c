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

/* ---- sheets that advice speaks of ---- */

/* The place in `kinds` of the one whose sheet is named there, or -1; the longest, since "Team
 * members" begins like "Team". */
static int sheet_named_at(const char *text) {
    int named = -1;
    size_t longest = 0;
    for (size_t i = 0; i < kind_count; i++) {
        size_t length = strlen(kinds[i]->sheet);
        if (length > longest && text_starts_with(text, kinds[i]->sheet)) {
            named = (int)i;
            longest = length;
        }
    }
    return named;
}

static void sheet_link_add(const struct request *request, const struct kind *kind,
                           struct sheet_links *out) {
    for (size_t i = 0; i < out->list.n; i++)
        if (text_equal(out->list.items[i].title, kind->sheet))
            return;
    list_add(request->arena, &out->list,
             (struct sheet_link){kind->sheet, url_to(request->arena, ROUTE_records_of,
                                                     request->visitor.programme.key, kind->name)});
}

static void sheets_named_in(const struct request *request, const char *text,
                            struct sheet_links *out) {
    for (const char *at = text; (at = strstr(at, "heet")); at++) { /* "sheet", "Sheets" */
        const char *name = at + strlen("heet") + (at[strlen("heet")] == 's');
        int kind = *name == ' ' ? sheet_named_at(name + 1) : -1;
        while (kind >= 0) {
            sheet_link_add(request, kinds[kind], out);
            name += strlen(" ") + strlen(kinds[kind]->sheet);
            if (!text_starts_with(name, " and "))
                break;
            name += strlen(" and");
            kind = sheet_named_at(name + 1);
        }
    }
}

struct sheet_links sheets_named(const struct request *request, const struct names *paragraphs) {
    struct sheet_links out = {.may_correct = role_may(request->visitor.role, PERMISSION_CORRECT)};
    if (role_may(request->visitor.role, PERMISSION_SEE_RECORDS))
        for (size_t i = 0; i < paragraphs->list.n; i++)
            sheets_named_in(request, paragraphs->list.items[i], &out);
    return out;
}
