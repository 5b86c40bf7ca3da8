/* What was reached: the list, one win to show and to tell others of, writing one down. */
#include "base/text.h"
#include "findings/reader_pages.h"
#include "store/around.h"
#include "store/correct.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include "wins/views.h"
#include "wins/wins.h"

page_handler wins_show, win_show, win_new_show, win_add_do, win_marked_do;

static const char *win_url(const struct request *request, const char *key) {
    return url_to(request->arena, ROUTE_win, request->visitor.programme.key, key);
}

static const char *wins_url(const struct request *request) {
    return url_to(request->arena, ROUTE_wins, request->visitor.programme.key);
}

static bool may_write(const struct request *request) {
    return role_may(request->visitor.role, PERMISSION_CORRECT);
}

static const char *token_made(struct arena *arena) {
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    return token;
}

/* ---- the list ---- */

enum err wins_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct wins wins;
    struct text body = text_new(arena);
    if (response_is_unchanged(request, response))
        return OK;
    enum err err = wins_read(request->db, arena, &request->visitor.programme, &wins);
    struct wins_view view = {
        .add_url = may_write(request) ? url_to(arena, ROUTE_win_new, request->visitor.programme.key)
                                      : NULL};
    for (size_t i = 0; i < wins.list.n; i++) {
        const struct record *record = wins.list.items[i].record;
        const char *reached = record_value(record, "reached"), *type = record_value(record, "type");
        list_add(arena, &view.list,
                 (struct win_line){.title = record_value(record, "title"),
                                   .day = reached ? when_long(arena, reached) : "No day known",
                                   .url = win_url(request, record->id),
                                   .type = type ? text_capital(arena, type) : NULL,
                                   .is_marked = record_value(record, "celebrated")});
    }
    template_wins(&body, &view);
    layout_page(request, response, "Wins", &body);
    return err;
}

/* ---- one ---- */

static enum err win_find(struct request *request, struct around_found *out) {
    struct around around = around_new(request->db, request->arena, &request->visitor.programme);
    enum err err = around_record(&around, kind_find("milestone"), request->values[1], out);
    const struct record *record = out->record;
    const char *state = record ? record_value(record, "state") : NULL;
    if (record && (state ? !text_equal(state, "reached") : !record_value(record, "reached")))
        out->record = NULL;
    return err;
}

static void win_gone(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "This win is not here",
                   "Somebody has taken it out, or it has not been reached yet.");
}

/* Short, so that it is read. */
static const char *letter_of(const struct request *request, const struct win_view *view) {
    struct text out = text_new(request->arena);
    text_add_format(&out, "Good news from %s: %s (%s).\n", view->programme, view->title, view->day);
    if (view->matters_to)
        text_add_format(&out, "\nFor whom it matters: %s\n", view->matters_to);
    if (view->thanks_to)
        text_add_format(&out, "\nThank you to: %s\n", view->thanks_to);
    text_add_format(&out, "\nThis is what working together can do.");
    return out.bytes;
}

enum err win_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct around_found found;
    struct text body = text_new(arena);
    enum err err = win_find(request, &found);
    if (err || !found.record) {
        win_gone(request, response);
        return err;
    }
    const char *reached = record_value(found.record, "reached");
    const char *celebrated = record_value(found.record, "celebrated");
    struct win_view view = {
        .title = record_value(found.record, "title"),
        .day = reached ? when_long(arena, reached) : "day not known",
        .programme = request->visitor.programme.name,
        .wins_url = wins_url(request),
        .thanks_to = record_value(found.record, "thanks_to"),
        .matters_to = record_value(found.record, "matters_to"),
        .marked = celebrated ? when_long(arena, celebrated) : NULL,
        .record_url = role_may(request->visitor.role, PERMISSION_SEE_RECORDS)
                          ? record_url(request, kind_find("milestone"), found.record->id)
                          : NULL,
        .said = request_query(request, "added")    ? "It is written down. Now tell people."
                : request_query(request, "marked") ? "It is written down as marked together."
                                                   : NULL,
        .form_token = layout_form_token(request),
        .token = token_made(arena),
        .marked_url =
            may_write(request) && !celebrated
                ? url_to(arena, ROUTE_win_marked, request->visitor.programme.key, found.record->id)
                : NULL,
    };
    view.letter = letter_of(request, &view);
    template_win(&body, &view);
    layout_page(request, response, view.title, &body);
    return OK;
}

/* ---- writing ---- */

static bool is_saved(const struct corrected *corrected) {
    return corrected->as == CORRECT_SAVED || corrected->as == CORRECT_SAME ||
           corrected->as == CORRECT_KNOWN;
}

/* It was marked together today: rules C7 and C8 ask for that. */
enum err win_marked_do(struct request *request, struct response *response) {
    const struct kind *kind = kind_find("milestone");
    struct around_found found;
    struct corrected corrected;
    enum err err = win_find(request, &found);
    if (err || !found.record) {
        win_gone(request, response);
        return err;
    }
    const char **cells = arena_alloc_array(request->arena, kind_field_count(kind), sizeof *cells);
    memcpy(cells, found.record->values, kind_field_count(kind) * sizeof *cells);
    if (!cells[kind_field_index(kind, "celebrated")])
        cells[kind_field_index(kind, "celebrated")] = request->today;
    const struct correction correction = {.programme = &request->visitor.programme,
                                          .kind = kind,
                                          .key = found.record->id,
                                          .cells = cells,
                                          .base = request->visitor.programme.revision,
                                          .author = request->visitor.name,
                                          .reason = "It was marked together",
                                          .token = request_filled(request, "token")};
    err = correct_record(request->db, request->arena, &correction, &corrected);
    if (!err && is_saved(&corrected))
        response_see_other(response, arena_format(request->arena, "%s?marked=1",
                                                  win_url(request, found.record->id)));
    else if (!err)
        layout_message(request, response, STATUS_CONFLICT, "Nothing was changed",
                       corrected.problems.n ? corrected.problems.items[0].words
                                            : "Somebody else has just changed it. Open it again.");
    return err;
}

static void form_put(const struct request *request, struct response *response,
                     struct win_form *form) {
    struct arena *arena = request->arena;
    struct text body = text_new(arena);
    form->form_token = layout_form_token(request);
    form->token = token_made(arena);
    form->url = url_to(arena, ROUTE_win_add, request->visitor.programme.key);
    form->wins_url = wins_url(request);
    form_fault_add(arena, &form->faults, NULL, form->other_error);
    form_fault_add(arena, &form->faults, "title", form->title_error);
    form_fault_add(arena, &form->faults, "day", form->day_error);
    template_win_form(&body, form);
    layout_page(request, response, "Mark a win", &body);
}

enum err win_new_show(struct request *request, struct response *response) {
    struct win_form form = {.day = day_long(request->arena, request->today)};
    form_put(request, response, &form);
    return OK;
}

static void form_check(const struct request *request, struct win_form *form, const char *day) {
    if (!request_filled(request, "title"))
        form->title_error = "Say what is better than before";
    if (!day)
        form->day_error = "Say on which day: for example 31 March 2027";
    else if (strcmp(day, request->today) > 0)
        form->day_error = "This day is still to come";
}

static enum err win_write(const struct request *request, const char *day, struct corrected *out) {
    struct arena *arena = request->arena;
    const struct kind *kind = kind_find("milestone");
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    cells[kind_field_index(kind, "title")] = text_typed(arena, request_field(request, "title"));
    cells[kind_field_index(kind, "type")] = "win";
    cells[kind_field_index(kind, "reached")] = day;
    cells[kind_field_index(kind, "thanks_to")] =
        text_typed(arena, request_field(request, "thanks-to"));
    cells[kind_field_index(kind, "matters_to")] =
        text_typed(arena, request_field(request, "matters-to"));
    const struct correction correction = {.programme = &request->visitor.programme,
                                          .kind = kind,
                                          .cells = cells,
                                          .base = request->visitor.programme.revision,
                                          .author = request->visitor.name,
                                          .reason = "A win was marked",
                                          .token = request_filled(request, "token")};
    return correct_record(request->db, arena, &correction, out);
}

enum err win_add_do(struct request *request, struct response *response) {
    struct corrected corrected = {0};
    const char *typed = request_filled(request, "day");
    const char *day = typed ? day_from_text(request->arena, typed) : NULL;
    struct win_form form = {.title = request_field(request, "title"),
                            .day = request_field(request, "day"),
                            .thanks_to = request_field(request, "thanks-to"),
                            .matters_to = request_field(request, "matters-to")};
    enum err err = OK;
    form_check(request, &form, day);
    if (!form.title_error && !form.day_error) {
        err = win_write(request, day, &corrected);
        if (!err && is_saved(&corrected) && corrected.key) {
            response_see_other(response, arena_format(request->arena, "%s?added=1",
                                                      win_url(request, corrected.key)));
            return OK;
        }
        form.other_error = corrected.problems.n ? corrected.problems.items[0].words
                                                : "The records do not allow this";
    }
    form_put(request, response, &form);
    response->status = STATUS_BAD_REQUEST;
    return err;
}
