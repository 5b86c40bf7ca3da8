/* All documents, and writing one down together with its file. */
#include "documents/documents_pages.h"
#include "base/text.h"
#include "documents/media.h"
#include "documents/views.h"
#include "findings/reader_pages.h"
#include "store/around.h"
#include "store/correct.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler documents_show, document_new_show, document_add_do;

enum { MOST = 1000 }; /* documents on one page */

const char *document_url(const struct request *request, const char *document) {
    return url_to(request->arena, ROUTE_document, request->visitor.programme.key, document);
}

const char *document_token(struct arena *arena) {
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    return token;
}

static const char *size_words(struct arena *arena, int64_t length) {
    enum { KB = 1024, MB = 1024 * 1024 };
    if (length < KB)
        return arena_format(arena, "%lld bytes", (long long)length);
    if (length < MB)
        return arena_format(arena, "%lld KB", (long long)(length / KB));
    return arena_format(arena, "%.1f MB", (double)length / MB);
}

const char *document_file_words(struct arena *arena, const struct document_file *file) {
    return arena_format(arena, "%s, %s", media_words(file->media), size_words(arena, file->length));
}

const char *document_upload_fault(const struct request *request, const char **media) {
    const struct upload *upload = &request->upload;
    return document_file_fault(request->arena, upload->file, upload->bytes, upload->length, media);
}

enum err document_upload_keep(const struct request *request, const char *document,
                              const char *media, enum document_added *out, const char **fault) {
    const struct document_new added = {.programme = request->visitor.programme.id,
                                       .document = document,
                                       .token = request_filled(request, "token"),
                                       .author = request->visitor.name,
                                       .file = request->upload.file,
                                       .media = media,
                                       .bytes = request->upload.bytes,
                                       .length = request->upload.length};
    enum err err = document_file_add(request->db, request->arena, &added, out);
    *fault = *out == DOCUMENT_FULL
                 ? arena_format(request->arena,
                                "There is no room for it: a programme keeps at most %d MB of "
                                "files. Remove a file that nobody needs, or give a link instead",
                                DOCUMENTS_ROOM_MB)
                 : NULL;
    return err ? err : programme_touch(request->db, request->visitor.programme.id);
}

/* ---- the list ---- */

struct dated {
    const struct record *record;
    char day[DAY_SIZE];
};

static int newest_first(const void *a, const void *b) {
    const struct dated *left = a, *right = b;
    int order = strcmp(right->day, left->day);
    return order ? order : strcmp(left->record->id, right->record->id);
}

static const struct document_file *newest_file(const struct document_files *files,
                                               const char *document) {
    for (size_t i = 0; i < files->list.n; i++)
        if (text_equal(files->list.items[i].document, document))
            return &files->list.items[i];
    return NULL;
}

static struct document_line line_of(const struct request *request, const struct record *record,
                                    const struct document_files *files) {
    struct arena *arena = request->arena;
    const struct document_file *file = newest_file(files, record->id);
    const char *dated = record_value(record, "dated"), *type = record_value(record, "type");
    struct text about = text_new(arena);
    text_add_format(&about, "%s%s%s", dated ? when_long(arena, dated) : "",
                    dated && type ? "; " : "", type ? type : "");
    return (struct document_line){.title = record_value(record, "title"),
                                  .url = document_url(request, record->id),
                                  .about = about.length ? about.bytes : NULL,
                                  .file = file ? document_file_words(arena, file)
                                          : record_value(record, "link") ? "a link"
                                                                         : NULL};
}

static bool is_among(const struct around_list *all, const char *document) {
    for (size_t i = 0; i < all->list.n; i++)
        if (text_equal(all->list.items[i]->id, document))
            return true;
    return false;
}

/* Files that nobody sees any more, but that are kept: the lead can put their record back, or take
 * them away. */
static void orphans_fill(const struct request *request, const struct around_list *all,
                         const struct document_files *files, struct documents_view *view) {
    if (!role_may(request->visitor.role, PERMISSION_CORRECT) || all->more)
        return;
    for (size_t i = 0; i < files->list.n; i++) {
        const struct document_file *file = &files->list.items[i];
        if (!is_among(all, file->document))
            list_add(request->arena, &view->orphans,
                     (struct orphan_line){
                         .document = file->document,
                         .file = file->file,
                         .url = url_to(request->arena, ROUTE_document_away,
                                       request->visitor.programme.key, file->document,
                                       arena_format(request->arena, "%lld", (long long)file->id))});
    }
}

enum err documents_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct around around = around_new(request->db, arena, &request->visitor.programme);
    struct around_list all = {0};
    struct document_files files = {0};
    struct text body = text_new(arena);
    const char *programme = request->visitor.programme.key;
    const bool may_write = role_may(request->visitor.role, PERMISSION_CORRECT);
    LIST(struct dated) sorted = {0};
    if (response_is_unchanged(request, response))
        return OK;
    enum err err = around_kind(&around, kind_find("document"), 0, MOST, &all);
    if (!err)
        err = document_files(request->db, arena, request->visitor.programme.id, NULL, &files);
    struct documents_view view = {
        .add_url = may_write ? url_to(arena, ROUTE_document_new, programme) : NULL,
        .records_url = url_to(arena, ROUTE_records_of, programme, "document"),
        .said = request_query(request, "removed") ? "The file is removed for good." : NULL,
        .more = all.more};
    for (size_t i = 0; i < all.list.n; i++) {
        struct dated dated = {.record = all.list.items[i]};
        const char *day = record_value(dated.record, "dated");
        struct when when;
        if (day && when_parse(day, &when))
            memcpy(dated.day, when.first, DAY_SIZE);
        list_add(arena, &sorted, dated);
    }
    if (sorted.n)
        qsort(sorted.items, sorted.n, sizeof *sorted.items, newest_first);
    for (size_t i = 0; i < sorted.n; i++)
        list_add(arena, &view.list, line_of(request, sorted.items[i].record, &files));
    orphans_fill(request, &all, &files, &view);
    template_documents(&body, &view);
    layout_page(request, response, "Documents", &body);
    return err;
}

/* ---- writing one down ---- */

static void form_put(const struct request *request, struct response *response,
                     struct document_form *form) {
    struct arena *arena = request->arena;
    const struct kind *kind = kind_find("document");
    const struct choice *types = kind->fields[kind_field_index(kind, "type")].choices;
    const char *chosen = request_field(request, "type");
    struct text body = text_new(arena);
    form->form_token = layout_form_token(request);
    form->token = document_token(arena);
    form->url = url_to(arena, ROUTE_document_add, request->visitor.programme.key);
    form->documents_url = url_to(arena, ROUTE_documents, request->visitor.programme.key);
    for (; types->value; types++)
        list_add(arena, &form->types,
                 (struct document_choice){types->value, text_equal(types->value, chosen)});
    form_fault_add(arena, &form->faults, NULL, form->other_error);
    form_fault_add(arena, &form->faults, "title", form->title_error);
    form_fault_add(arena, &form->faults, "dated", form->dated_error);
    form_fault_add(arena, &form->faults, "link", form->link_error);
    form_fault_add(arena, &form->faults, "file", form->file_error);
    template_document_form(&body, form);
    layout_page(request, response, "Add a document", &body);
}

enum err document_new_show(struct request *request, struct response *response) {
    struct document_form form = {0};
    form_put(request, response, &form);
    return OK;
}

static enum err document_write(const struct request *request, struct corrected *out) {
    static const char *const fields[] = {"title", "type", "dated", "link"};
    struct arena *arena = request->arena;
    const struct kind *kind = kind_find("document");
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        cells[kind_field_index(kind, fields[i])] =
            text_typed(arena, request_field(request, fields[i]));
    const struct correction correction = {.programme = &request->visitor.programme,
                                          .kind = kind,
                                          .cells = cells,
                                          .base = request->visitor.programme.revision,
                                          .author = request->visitor.name,
                                          .reason = "A document was added",
                                          .token = request_filled(request, "token")};
    return correct_record(request->db, arena, &correction, out);
}

/* What the records say against it, beside the field where it can be. */
static void problems_fill(const struct corrected *corrected, struct document_form *form) {
    const struct field *fields = kind_find("document")->fields;
    form->other_error = corrected->problems.n ? NULL : "The records do not allow this";
    for (size_t i = 0; i < corrected->problems.n; i++) {
        const struct correct_problem *problem = &corrected->problems.items[i];
        const char *field = problem->field >= 0 ? fields[problem->field].name : "";
        const char **error = text_equal(field, "title")   ? &form->title_error
                             : text_equal(field, "dated") ? &form->dated_error
                             : text_equal(field, "link")  ? &form->link_error
                                                          : &form->other_error;
        *error = problem->words;
    }
}

static bool form_is_right(const struct request *request, const char **media,
                          struct document_form *form) {
    const char *link = request_filled(request, "link");
    const bool has_file = !text_blank(request->upload.file);
    *media = NULL;
    if (!request_filled(request, "title"))
        form->title_error = "Say what it is called";
    if (!request_filled(request, "token"))
        form->other_error = "Send the form again";
    if (link && !text_starts_with(link, "https://") && !text_starts_with(link, "http://"))
        form->link_error = "Give the whole address, beginning with https://";
    if (has_file)
        form->file_error = document_upload_fault(request, media);
    return !form->title_error && !form->other_error && !form->link_error && !form->file_error;
}

/* The record and its file together, or neither. */
static enum err both_write(const struct request *request, const char *media,
                           struct document_form *form, struct corrected *corrected) {
    enum document_added added = DOCUMENT_ADDED;
    bool has_room = true;
    enum err err = media ? document_room(request->db, request->visitor.programme.id,
                                         request->upload.length, &has_room)
                         : OK;
    if (err)
        return err;
    if (!has_room) {
        form->file_error = arena_format(
            request->arena, "There is no room for it: a programme keeps at most %d MB of files",
            DOCUMENTS_ROOM_MB);
        return OK;
    }
    err = document_write(request, corrected);
    if (err)
        return err;
    if (!corrected->key || (corrected->as != CORRECT_SAVED && corrected->as != CORRECT_KNOWN))
        problems_fill(corrected, form);
    else if (media)
        err = document_upload_keep(request, corrected->key, media, &added, &form->file_error);
    return err;
}

enum err document_add_do(struct request *request, struct response *response) {
    struct corrected corrected = {0};
    const char *media;
    struct document_form form = {.title = request_field(request, "title"),
                                 .dated = request_field(request, "dated"),
                                 .link = request_field(request, "link")};
    enum err err = OK;
    if (form_is_right(request, &media, &form))
        err = both_write(request, media, &form, &corrected);
    if (!err && corrected.key) {
        response_see_other(response, arena_format(request->arena, "%s?added=1",
                                                  document_url(request, corrected.key)));
        return OK;
    }
    form_put(request, response, &form);
    response->status = STATUS_BAD_REQUEST;
    return err;
}
