/* The page at which people make keys for other programs, and end them. */
#include "accounts/key.h"
#include "accounts/moment.h"
#include "api/views.h"
#include "base/text.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler keys_show, key_make_do, key_end_do;

static enum err lines_fill(const struct request *request, struct keys_view *view) {
    struct arena *arena = request->arena;
    struct keys keys;
    enum err err = keys_of(request->db, arena, request->visitor.account, &keys);
    for (size_t i = 0; !err && i < keys.list.n; i++) {
        const struct key *key = &keys.list.items[i];
        list_add(
            arena, &view->keys,
            (struct key_line){
                .id = key->id,
                .name = *key->name ? key->name : "A key whose name went when somebody was erased",
                .reads = key->programme ? key->programme : "all your programmes",
                .until = day_of_moment(arena, key->ends_at),
                .used = key->used_on
                            ? arena_format(arena, "Last used on %s", day_long(arena, key->used_on))
                            : "Not used yet"});
    }
    return err;
}

static enum err programmes_fill(const struct request *request, const char *chosen,
                                struct keys_view *view) {
    struct parts_taken parts;
    enum err err = visitor_programmes(request->db, request->arena, &request->visitor, &parts);
    for (size_t i = 0; !err && i < parts.list.n; i++) {
        const struct programme *programme = &parts.list.items[i].programme;
        list_add(request->arena, &view->programmes,
                 (struct key_programme){programme->key, programme->name,
                                        text_equal(programme->key, chosen)});
    }
    return err;
}

static enum err page_put(struct request *request, struct response *response, const char *chosen,
                         struct keys_view *view) {
    struct arena *arena = request->arena;
    struct text body = text_new(arena);
    view->form_token = layout_form_token(request);
    view->account_url = url_to(arena, ROUTE_account);
    view->make_url = url_to(arena, ROUTE_key_make);
    view->end_url = url_to(arena, ROUTE_key_end);
    view->description_url = url_to(arena, ROUTE_api_description);
    view->address = request->site->address;
    enum err err = lines_fill(request, view);
    if (!err)
        err = programmes_fill(request, chosen, view);
    if (err)
        return err;
    form_fault_add(arena, &view->faults, "name", view->name_error);
    form_fault_add(arena, &view->faults, "days", view->days_error);
    form_fault_add(arena, &view->faults, NULL, view->other_error);
    response->is_secret = view->secret != NULL;
    template_keys(&body, view);
    layout_page(request, response, "Keys for other programs", &body);
    return OK;
}

enum err keys_show(struct request *request, struct response *response) {
    struct keys_view view = {.name = "",
                             .days = "90",
                             .said =
                                 request_query(request, "ended")
                                     ? "The key was ended. Programs that use it read nothing more."
                                     : NULL};
    return page_put(request, response, NULL, &view);
}

/* The id of a programme in which they take part; 0 where that is not asked for; false if there is
 * none such. */
static enum err programme_asked(struct request *request, int64_t *out, bool *is_theirs) {
    const char *key = request_filled(request, "programme");
    struct parts_taken parts;
    *out = 0;
    *is_theirs = !key;
    if (!key)
        return OK;
    enum err err = visitor_programmes(request->db, request->arena, &request->visitor, &parts);
    for (size_t i = 0; !err && i < parts.list.n; i++)
        if (text_equal(parts.list.items[i].programme.key, key)) {
            *out = parts.list.items[i].programme.id;
            *is_theirs = true;
        }
    return err;
}

static void wish_read(struct request *request, struct key_wish *wish, struct keys_view *view) {
    const char *name = request_filled(request, "name"), *days = request_field(request, "days");
    char *end = NULL;
    const long n = days ? strtol(days, &end, 10) : 0;
    view->name = name ? name : "";
    view->days = days ? days : "";
    if (!name)
        view->name_error = "Write what the key is for.";
    else if (strlen(name) > KEY_NAME_MOST)
        view->name_error = "Say it shorter: at most 100 letters.";
    if (!days || end == days || *end || n < 1 || n > KEY_DAYS_MOST)
        view->days_error = "Write a whole number from 1 to 366.";
    *wish = (struct key_wish){
        .account = request->visitor.account, .name = name, .days = view->days_error ? 0 : (int)n};
}

/* Sent twice, it makes two: both are in the list, and the one that was not copied can be ended. */
enum err key_make_do(struct request *request, struct response *response) {
    struct keys_view view = {0};
    struct key_wish wish;
    bool is_theirs, is_made = false;
    char *secret = arena_alloc(request->arena, TOKEN_SIZE);
    wish_read(request, &wish, &view);
    enum err err = programme_asked(request, &wish.programme, &is_theirs);
    if (!is_theirs)
        view.other_error = "You take no part in that programme any more. Choose another.";
    const bool is_whole = !view.name_error && !view.days_error && !view.other_error;
    if (!err && is_whole)
        err = key_new(request->db, &wish, secret, &is_made);
    if (err)
        return err;
    if (is_made) {
        view = (struct keys_view){
            .secret = secret, .secret_name = wish.name, .name = "", .days = "90"};
        return page_put(request, response, NULL, &view);
    }
    if (is_whole)
        view.other_error = "You have twenty keys already. End one that is not used any more.";
    response->status = STATUS_BAD_REQUEST;
    return page_put(request, response, request_filled(request, "programme"), &view);
}

enum err key_end_do(struct request *request, struct response *response) {
    const char *id = request_filled(request, "key");
    response_see_other(
        response, arena_format(request->arena, "%s?ended=1", url_to(request->arena, ROUTE_keys)));
    return id ? key_end(request->db, request->visitor.account, id) : OK;
}
