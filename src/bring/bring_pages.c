/* Bringing a list of one's own: choosing the file. */
#include "bring/bring_pages.h"
#include "base/text.h"
#include "bring/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler bring_show, bring_upload_do, bring_make_do, brought_made_show;

const char *brought_state(struct arena *arena, const struct brought_file *file) {
    const char *day = day_of_moment(arena, file->at);
    const char *state = file->failed            ? "it could not be read"
                        : file->wish            ? "being looked at"
                        : file->undone_revision ? "saved, and undone"
                        : file->revision        ? "saved"
                                                : "not saved yet";
    return arena_format(arena, "%s, %s", day, state);
}

struct brought_by brought_by_visitor(const struct request *request) {
    const struct visitor *visitor = &request->visitor;
    return (struct brought_by){visitor->programme.id, visitor->account, visitor->name};
}

const char *brought_url(const struct request *request, enum route_name route, int64_t id) {
    return url_to(request->arena, route, request->visitor.programme.key,
                  arena_format(request->arena, "%lld", (long long)id));
}

static enum err form_put(struct request *request, struct response *response, const char *fault) {
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    const struct brought_by by = brought_by_visitor(request);
    struct brought_files files;
    struct text body = text_new(arena);
    char *token = arena_alloc(arena, TOKEN_SIZE);
    struct bring_view view = {.url = url_to(arena, ROUTE_bring, programme->key),
                              .make_url = url_to(arena, ROUTE_bring_make, programme->key),
                              .records_url = url_to(arena, ROUTE_records, programme->key),
                              .form_token = layout_form_token(request),
                              .fault = fault};
    token_new(token);
    view.token = token;
    form_fault_add(arena, &view.faults, "file", fault);
    enum err err = brought_list(request->db, arena, &by, &files);
    for (size_t i = 0; !err && i < files.list.n; i++) {
        const struct brought_file *file = &files.list.items[i];
        list_add(arena, &view.files,
                 (struct brought_line){file->file, brought_url(request, ROUTE_brought, file->id),
                                       brought_state(arena, file)});
    }
    template_bring(&body, &view);
    layout_page(request, response, "Bring your own list", &body);
    return err;
}

enum err bring_show(struct request *request, struct response *response) {
    return form_put(request, response, NULL);
}

static const char *upload_fault(const struct upload *upload) {
    enum { NAME_MAX_BYTES = 200 };
    if (!upload->file || !*upload->file || !upload->length)
        return upload->file && *upload->file ? "This file is empty" : "Choose a file";
    if (upload->length > BROUGHT_MAX)
        return "This file is larger than 4 MB. Save the one sheet that you mean as CSV, and "
               "choose that";
    if (strlen(upload->file) > NAME_MAX_BYTES || text_has_control(upload->file))
        return "The name of this file is too long or has odd characters. Give it another name";
    return NULL;
}

enum err bring_upload_do(struct request *request, struct response *response) {
    const struct brought_by by = brought_by_visitor(request);
    const char *fault = upload_fault(&request->upload), *token = request_filled(request, "token");
    int64_t id;
    if (fault || !token) {
        response->status = STATUS_BAD_REQUEST;
        return form_put(request, response, fault ? fault : "Choose the file again");
    }
    const struct brought_new added = {token, BROUGHT_LOOK, request->upload.file,
                                      request->upload.bytes, request->upload.length};
    enum err err = brought_add(request->db, request->arena, &by, &added, &id);
    response_see_other(response, brought_url(request, ROUTE_brought, id));
    return err;
}

/* ---- Ithaca's own workbook ---- */

enum err bring_make_do(struct request *request, struct response *response) {
    const struct brought_by by = brought_by_visitor(request);
    const char *token = request_filled(request, "token");
    int64_t id;
    if (!token) {
        response->status = STATUS_BAD_REQUEST;
        return form_put(request, response, NULL);
    }
    const struct brought_new added = {
        token, BROUGHT_MAKE,
        arena_format(request->arena, "%s.xlsx", request->visitor.programme.key), "", 0};
    enum err err = brought_add(request->db, request->arena, &by, &added, &id);
    response_see_other(response, brought_url(request, ROUTE_brought, id));
    return err;
}

enum err brought_made_show(struct request *request, struct response *response) {
    const struct brought_by by = brought_by_visitor(request);
    const char *file;
    struct text bytes = text_new(request->arena);
    enum err err = brought_made(request->db, request->arena, &by,
                                strtoll(request->values[1], NULL, 10), &file, &bytes);
    if (err)
        return err;
    if (!file) {
        brought_gone(request, response);
        return OK;
    }
    response->body = bytes;
    response->type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response->download = file;
    return OK;
}
