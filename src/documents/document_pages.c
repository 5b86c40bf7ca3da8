/* One document: its files, what rests on it; uploading, handing out and removing a file. */
#include "base/text.h"
#include "documents/documents_pages.h"
#include "documents/views.h"
#include "findings/findings_pages.h"
#include "findings/reader_pages.h"
#include "store/around.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler document_show, document_upload_do, document_file_show, document_away_show,
    document_remove_do;

enum { REST_MOST = 500 }; /* records that rest on it, on one page */

static bool may_write(const struct request *request) {
    return role_may(request->visitor.role, PERMISSION_CORRECT);
}

static void document_gone(const struct request *request, struct response *response) {
    layout_message_with(request, response, STATUS_NOT_FOUND, "This document is not here",
                        "Somebody has taken it out, or the address is not right.",
                        (struct layout_link){.title = "All documents",
                                             .url = url_to(request->arena, ROUTE_documents,
                                                           request->visitor.programme.key)});
}

static const char *file_address(const struct request *request, enum route_name route,
                                const struct document_file *file) {
    return url_to(request->arena, route, request->visitor.programme.key, file->document,
                  arena_format(request->arena, "%lld", (long long)file->id));
}

/* ---- the page ---- */

static void files_fill(const struct request *request, const struct document_files *files,
                       struct document_view *view) {
    struct arena *arena = request->arena;
    for (size_t i = 0; i < files->list.n; i++) {
        const struct document_file *file = &files->list.items[i];
        const char *by = file->author ? arena_format(arena, ", by %s", file->author) : "";
        list_add(
            arena, &view->files,
            (struct file_line){.file = file->file,
                               .url = file_address(request, ROUTE_document_file, file),
                               .about = arena_format(arena, "%s, uploaded on %s%s",
                                                     document_file_words(arena, file),
                                                     day_of_moment(arena, file->at), by),
                               .sha256 = file->sha256,
                               .away_url = may_write(request)
                                               ? file_address(request, ROUTE_document_away, file)
                                               : NULL});
    }
}

/* Where the link leads, so that nobody is led astray: only addresses of the web are followed. */
static void link_fill(struct arena *arena, const struct record *record,
                      struct document_view *view) {
    const char *link = record_value(record, "link");
    const char *host = !link                                ? NULL
                       : text_starts_with(link, "https://") ? link + strlen("https://")
                       : text_starts_with(link, "http://")  ? link + strlen("http://")
                                                            : NULL;
    view->link_words = link;
    size_t n = host ? strcspn(host, "/?#\\") : 0;
    if (!n || strpbrk(link, " \t\n\"'<>") || memchr(host, '@', n))
        return;
    view->link = link;
    view->host = arena_copy_n(arena, host, n);
}

static enum err rest_of_field(const struct request *request, const struct record_reader *reader,
                              struct around *around, const struct kind *kind,
                              const struct field *field, const char *document,
                              struct document_view *view) {
    struct around_list found = {0};
    enum err err = around_referring(around, kind, field->name, document, &found);
    for (size_t i = 0; !err && i < found.list.n; i++) {
        const struct record *record = found.list.items[i];
        if (!reader_sees(reader, record) || !reader_sees_field(reader, record, field))
            continue;
        view->more_rest |= view->rest.n == REST_MOST;
        if (view->rest.n < REST_MOST)
            list_add(request->arena, &view->rest,
                     (struct rest_line){.kind = kind->sheet,
                                        .title = text_capital(
                                            request->arena, record_label(&around->records, record)),
                                        .url = record_url(request, kind, record->id),
                                        .page = record_value(record, "page")});
    }
    return err;
}

static enum err rest_fill(const struct request *request, const struct record_reader *reader,
                          struct around *around, const char *document, struct document_view *view) {
    enum err err = OK;
    for (size_t k = 0; !err && k < kind_count; k++)
        for (const struct field *field = kinds[k]->fields; !err && field->name; field++)
            if (text_equal(field->refers_to, "document"))
                err = rest_of_field(request, reader, around, kinds[k], field, document, view);
    return err;
}

static const char *about_words(struct arena *arena, const struct around *around,
                               const struct record *record) {
    const char *dated = record_value(record, "dated"), *type = record_value(record, "type");
    const char *owner = record_value(record, "owner");
    const struct record *whose =
        owner ? records_find(&around->records, kind_find("organisation"), owner) : NULL;
    struct text out = text_new(arena);
    if (type)
        text_add(&out, text_capital(arena, type));
    if (dated)
        text_add_format(&out, "%s%s", out.length ? ", " : "", when_long(arena, dated));
    if (whose)
        text_add_format(&out, "%s%s", out.length ? ", " : "",
                        record_label(&around->records, whose));
    return out.length ? out.bytes : NULL;
}

static enum err document_put(struct request *request, struct response *response,
                             const char *fault) {
    struct arena *arena = request->arena;
    struct around around = around_new(request->db, arena, &request->visitor.programme);
    struct around_found found = {0};
    struct document_files files = {0};
    struct text body = text_new(arena);
    struct seen seen;
    enum err err = seen_read(request, &seen);
    if (!err)
        err = around_record(&around, kind_find("document"), request->values[1], &found);
    const struct record_reader reader = reader_of(request, &seen.records);
    if (err || !found.record || !reader_sees(&reader, found.record)) {
        document_gone(request, response);
        return err;
    }
    const char *document = found.record->id;
    struct document_view view = {
        .title = record_value(found.record, "title"),
        .documents_url = url_to(arena, ROUTE_documents, request->visitor.programme.key),
        .record_url = record_url(request, kind_find("document"), document),
        .form_token = layout_form_token(request),
        .token = document_token(arena),
        .url = may_write(request) ? document_url(request, document) : NULL,
        .fault = fault,
        .said = request_query(request, "added")     ? "It is written down."
                : request_query(request, "kept")    ? "The new file is kept."
                : request_query(request, "same")    ? "This is the file that is here already."
                : request_query(request, "removed") ? "The file is removed for good."
                                                    : NULL};
    form_fault_add(arena, &view.faults, "file", fault);
    err = around_references(&around, found.record);
    if (!err)
        err = document_files(request->db, arena, request->visitor.programme.id, document, &files);
    view.about = about_words(arena, &around, found.record);
    files_fill(request, &files, &view);
    link_fill(arena, found.record, &view);
    if (!err)
        err = rest_fill(request, &reader, &around, document, &view);
    template_document(&body, &view);
    layout_page(request, response, view.title, &body);
    return err;
}

enum err document_show(struct request *request, struct response *response) {
    return document_put(request, response, NULL);
}

/* ---- uploading ---- */

enum err document_upload_do(struct request *request, struct response *response) {
    struct around around = around_new(request->db, request->arena, &request->visitor.programme);
    struct around_found found = {0};
    enum document_added added = DOCUMENT_ADDED;
    const char *media, *fault = document_upload_fault(request, &media);
    enum err err = around_record(&around, kind_find("document"), request->values[1], &found);
    if (err || !found.record) {
        document_gone(request, response);
        return err;
    }
    if (!fault && !request_filled(request, "token"))
        fault = "Choose the file again";
    if (!fault)
        err = document_upload_keep(request, found.record->id, media, &added, &fault);
    if (err)
        return err;
    if (fault) {
        err = document_put(request, response, fault);
        response->status = STATUS_BAD_REQUEST;
        return err;
    }
    response_see_other(response, arena_format(request->arena, "%s?%s=1",
                                              document_url(request, found.record->id),
                                              added == DOCUMENT_SAME ? "same" : "kept"));
    return OK;
}

/* ---- handing out ---- */

/* The file of the address, if it is one of that document; whether that is written down. */
static enum err file_find(const struct request *request, struct document_file *file,
                          bool *is_there) {
    struct around around = around_new(request->db, request->arena, &request->visitor.programme);
    struct around_found found = {0};
    enum err err = document_file_find(request->db, request->arena, request->visitor.programme.id,
                                      strtoll(request->values[2], NULL, 10), file);
    if (!err && file->id && !text_equal(file->document, request->values[1]))
        *file = (struct document_file){0};
    if (!err && file->id)
        err = around_record(&around, kind_find("document"), file->document, &found);
    *is_there = found.record != NULL;
    return err;
}

static long file_read(void *context, uint64_t at, char *out, size_t most) {
    return document_read(context, at, out, most);
}

enum err document_file_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct document_file file;
    bool is_there;
    enum err err = file_find(request, &file, &is_there);
    if (err || !file.id || !is_there) {
        document_gone(request, response);
        return err;
    }
    response->etag = arena_format(arena, "\"%s\"", file.sha256);
    response->download = file.file;
    if (text_equal(request->if_none_match, response->etag)) {
        response->status = STATUS_UNCHANGED;
        return OK;
    }
    struct document_reader *reader = arena_alloc(arena, sizeof *reader);
    *reader = document_reader_new(request->db, arena, request->visitor.programme.id, &file);
    response->type = file.media;
    response->stream = (struct response_stream){reader->length, file_read, reader};
    return OK;
}

/* ---- removing for good ---- */

enum err document_away_show(struct request *request, struct response *response) {
    struct document_file file;
    struct text body = text_new(request->arena);
    bool is_there;
    enum err err = file_find(request, &file, &is_there);
    if (err || !file.id) {
        document_gone(request, response);
        return err;
    }
    const struct document_away_view view = {
        .form_token = layout_form_token(request),
        .url = file_address(request, ROUTE_document_remove, &file),
        .back_url = is_there
                        ? document_url(request, file.document)
                        : url_to(request->arena, ROUTE_documents, request->visitor.programme.key),
        .file = file.file,
        .about = document_file_words(request->arena, &file)};
    template_document_away(&body, &view);
    layout_page(request, response, "Remove this file for good?", &body);
    return OK;
}

enum err document_remove_do(struct request *request, struct response *response) {
    const struct programme *programme = &request->visitor.programme;
    struct document_file file;
    bool is_there;
    enum err err = file_find(request, &file, &is_there);
    if (err || !file.id) {
        document_gone(request, response);
        return err;
    }
    err = document_file_remove(request->db, programme->id, file.id);
    if (!err)
        err = programme_touch(request->db, programme->id);
    response_see_other(
        response, arena_format(request->arena, "%s?removed=1",
                               is_there ? document_url(request, file.document)
                                        : url_to(request->arena, ROUTE_documents, programme->key)));
    return err;
}
