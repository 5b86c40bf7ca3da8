/* One decision: its page; the form by which it is written down and changed, which draws the path of
 * what is typed; and saying that it was decided. */
#include "base/text.h"
#include "deciding/form_pages.h"
#include "deciding/path_pages.h"
#include "findings/findings_pages.h"
#include "findings/reader_pages.h"
#include "store/correct.h"
#include "store/erase.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include "web/static_file.h"
#include <stdlib.h>

page_handler decision_show, decision_new_show, decision_new_do, decision_change_show,
    decision_change_do, decision_path_do, decision_decided_do;

static const char *token_made(struct arena *arena) {
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    return token;
}

static const char *decision_url(const struct request *request, const char *key) {
    return url_to(request->arena, ROUTE_decision, request->visitor.programme.key, key);
}

static void decision_gone(const struct request *request, struct response *response) {
    layout_message_with(
        request, response, STATUS_NOT_FOUND, "This decision is not here",
        "Somebody has taken it out, or the address is wrong.",
        (struct layout_link){"All decisions", url_to(request->arena, ROUTE_decisions,
                                                     request->visitor.programme.key)});
}

static enum err read_it(struct request *request, const char *key, struct deciding *out) {
    return deciding_read(request->db, request->arena, &request->visitor.programme, key,
                         request->today, out);
}

static struct path_view drawn(const struct deciding *deciding, const struct deciding_lines *lines) {
    const struct path path = path_of(deciding, lines);
    return path_view_of(deciding->around.arena, &path);
}

/* ---- the form ---- */

struct filled {
    struct request *request;
    struct deciding deciding;
    struct deciding_lines lines, was; /* as it is wished; as it was when the form was opened */
    struct deciding_clashes clashes;
    struct deciding_problems problems;
    const char *more;
};

static void clashes_fill(const struct filled *filled, struct deciding_form *view) {
    struct arena *arena = filled->request->arena;
    for (size_t i = 0; i < filled->clashes.list.n; i++) {
        const struct deciding_clash *clash = &filled->clashes.list.items[i];
        const char *id = arena_format(arena, "clash-%zu", i + 1);
        const char *what = deciding_key_words(&filled->deciding, clash->key);
        list_add(arena, &view->clashes,
                 (struct clash_view){
                     .id = id,
                     .key = clash->key,
                     .what = what,
                     .mine = deciding_value_words(&filled->deciding, clash->key, clash->mine),
                     .theirs = deciding_value_words(&filled->deciding, clash->key, clash->theirs)});
        form_fault_add(arena, &view->faults, id,
                       arena_format(arena, "%s: choose yours or theirs", what));
    }
    view->is_conflict = filled->clashes.list.n;
}

static void form_put(const struct filled *filled, struct response *response, enum status status) {
    struct request *request = filled->request;
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    const char *sent = request_filled(request, "token");
    const struct record *decision = filled->deciding.decision;
    struct text body = text_new(arena);
    struct deciding_form view = {
        .form_token = layout_form_token(request),
        .heading = decision ? record_value(decision, "title") : "Write down a decision",
        .url = decision ? url_to(arena, ROUTE_decision_change_save, programme, decision->id)
                        : url_to(arena, ROUTE_decision_add, programme),
        .path_url = url_to(arena, ROUTE_decision_path, programme),
        .back_url = decision ? decision_url(request, decision->id)
                             : url_to(arena, ROUTE_decisions, programme),
        .back = decision ? "Back to the decision" : "Back to all decisions",
        .script = static_file_named("decide.js")->path,
        .token = sent ? sent : token_made(arena),
        .base = arena_format(arena, "%lld", (long long)request->visitor.programme.revision),
        .was = form_kept(arena, &filled->was),
        .is_new = !decision,
        .key = decision ? decision->id : NULL,
        .never_was = text_equal(request_field(request, "ends"), "never")};
    clashes_fill(filled, &view);
    form_fill(&filled->deciding, &filled->lines, &filled->problems, filled->more, &view);
    view.path = drawn(&filled->deciding, &filled->lines);
    template_decide_form(&body, &view);
    layout_page(request, response, view.heading, &body);
    response->status = status;
}

enum err decision_new_show(struct request *request, struct response *response) {
    struct filled filled = {.request = request};
    enum err err = read_it(request, NULL, &filled.deciding);
    if (!err)
        form_put(&filled, response, STATUS_OK);
    return err;
}

enum err decision_change_show(struct request *request, struct response *response) {
    struct filled filled = {.request = request};
    enum err err = read_it(request, request->values[1], &filled.deciding);
    if (err)
        return err;
    if (!filled.deciding.decision) {
        decision_gone(request, response);
        return OK;
    }
    filled.lines = filled.was = deciding_now(&filled.deciding);
    form_put(&filled, response, STATUS_OK);
    return OK;
}

/* ---- drawing while it is typed ---- */

enum err decision_path_do(struct request *request, struct response *response) {
    struct deciding deciding;
    struct text body = text_new(request->arena);
    enum err err = read_it(request, request_filled(request, "decision"), &deciding);
    if (err)
        return err;
    const struct deciding_lines lines = form_read(&deciding, request);
    const struct path_view view = drawn(&deciding, &lines);
    template_path(&body, &view);
    response->body = body;
    return OK;
}

/* ---- saving ---- */

/* Where two changed the same at once, they have seen both, and choose. */
static void kept_choose(struct filled *filled) {
    struct request *request = filled->request;
    for (size_t i = 0; i < request->form.list.n; i++) {
        const struct parameter *field = &request->form.list.items[i];
        const char *key =
            text_starts_with(field->name, "keep:") ? field->name + strlen("keep:") : NULL;
        const char *theirs = key ? deciding_value(&filled->was, key) : NULL;
        if (!key || !text_equal(field->value, "theirs"))
            continue;
        if (theirs)
            deciding_put(request->arena, &filled->lines, key, theirs);
        else
            deciding_drop(&filled->lines, key);
    }
}

static void problem_put(struct filled *filled, const char *key, const char *words) {
    list_add(filled->request->arena, &filled->problems.list, (struct deciding_line){key, words});
}

/* A decision of that title, other than this one; NULL if there is none. */
static enum err twin_find(const struct filled *filled, const struct record **twin) {
    enum { MOST = 20000 };
    struct around around = around_new(filled->request->db, filled->request->arena,
                                      &filled->request->visitor.programme);
    const char *title = deciding_value(&filled->lines, "title");
    struct around_list all = {0};
    *twin = NULL;
    enum err err = around_kind(&around, kind_find("decision"), 0, MOST, &all);
    for (size_t i = 0; !err && title && i < all.list.n && !*twin; i++) {
        const char *other = record_value(all.list.items[i], "title");
        if (other && text_same_name(other, title))
            *twin = all.list.items[i];
    }
    return err;
}

static enum err wish_check(struct filled *filled) {
    struct request *request = filled->request;
    const char *due = deciding_value(&filled->lines, "due");
    const char *base = request_field(request, "base");
    const struct record *twin = NULL;
    struct when when;
    int64_t erased = 0;
    if (due && !when_parse(due, &when))
        problem_put(filled, "due", "Write a day, such as 31 March 2027, or a month or year");
    enum err err = erase_latest(request->db, request->visitor.programme.id, &erased);
    if (!err && (base ? strtoll(base, NULL, 10) : 0) < erased)
        problem_put(filled, NULL,
                    "Somebody was erased from the records since you opened this page. Look at the "
                    "names again, then save");
    if (!err && !filled->deciding.decision)
        err = twin_find(filled, &twin);
    if (twin)
        problem_put(filled, "title",
                    "There is a decision called so already. Change that one, or call this one "
                    "otherwise");
    return err;
}

static enum err wish_save(struct filled *filled, const char **key) {
    struct request *request = filled->request;
    struct corrected_many saved = {0};
    struct corrections wish = {.programme = &request->visitor.programme,
                               .base = request->visitor.programme.revision,
                               .author = request->visitor.name,
                               .reason = filled->deciding.decision ? "Who decides was changed"
                                                                   : "A decision was written down",
                               .token = request_filled(request, "token")};
    deciding_apply(&filled->deciding, &filled->lines,
                   text_equal(request_field(request, "ends"), "never"), &wish, key,
                   &filled->problems);
    if (filled->problems.list.n || !wish.records.n)
        return OK;
    enum err err = correct_records(request->db, request->arena, &wish, &saved);
    for (size_t i = 0; i < saved.problems.n; i++)
        problem_put(filled, NULL, saved.problems.items[i]);
    return err;
}

/* What was sent with this token is saved already: its page is the answer. */
static enum err known_answer(struct filled *filled, struct response *response) {
    struct request *request = filled->request;
    const struct record *there = filled->deciding.decision;
    enum err err = there ? OK : twin_find(filled, &there);
    response_see_other(
        response, there
                      ? arena_format(request->arena, "%s?known=1", decision_url(request, there->id))
                      : url_to(request->arena, ROUTE_decisions, request->visitor.programme.key));
    return err;
}

static enum err form_save(struct filled *filled, struct response *response) {
    struct request *request = filled->request;
    struct arena *arena = request->arena;
    const struct deciding_lines now = deciding_now(&filled->deciding);
    const struct deciding_lines mine = filled->lines;
    const char *key = NULL;
    /* What others saved meanwhile comes into the form, too: it is seen from now on. */
    filled->lines = deciding_merge(arena, &filled->was, &mine, &now, &filled->clashes);
    filled->was = now;
    if (filled->clashes.list.n) {
        form_put(filled, response, STATUS_CONFLICT);
        return OK;
    }
    enum err err = wish_check(filled);
    if (!err && !filled->problems.list.n)
        err = wish_save(filled, &key);
    if (err)
        return err;
    if (filled->problems.list.n)
        form_put(filled, response, STATUS_BAD_REQUEST);
    else
        response_see_other(response, arena_format(arena, "%s?saved=1", decision_url(request, key)));
    return OK;
}

static enum err form_take(struct request *request, const char *key, struct response *response) {
    struct filled filled = {.request = request};
    const char *wished = request_field(request, "do");
    bool is_known = false, saves = !wished || text_equal(wished, "save");
    /* Two who save at the same moment do so one after the other. */
    enum err err =
        saves ? programme_lock(request->db, request->arena, &request->visitor.programme) : OK;
    if (!err)
        err = read_it(request, key, &filled.deciding);
    if (err)
        return err;
    if (key && !filled.deciding.decision) {
        decision_gone(request, response);
        return OK;
    }
    filled.was = form_kept_read(request->arena, request_field(request, "was"));
    filled.lines = form_read(&filled.deciding, request);
    kept_choose(&filled);
    if (!saves) {
        filled.more = wished && text_starts_with(wished, "more:") ? wished + strlen("more:") : NULL;
        form_put(&filled, response, STATUS_OK);
        return OK;
    }
    err = correct_is_known(request->db, &request->visitor.programme,
                           request_filled(request, "token"), &is_known);
    if (err)
        return err;
    return is_known ? known_answer(&filled, response) : form_save(&filled, response);
}

enum err decision_new_do(struct request *request, struct response *response) {
    return form_take(request, NULL, response);
}

enum err decision_change_do(struct request *request, struct response *response) {
    return form_take(request, request->values[1], response);
}

/* ---- the page of one ---- */

static bool is_open(const struct record *decision) {
    const char *state = record_value(decision, "state");
    return state ? text_equal(state, "open") || text_equal(state, "proposed")
                 : !record_value(decision, "taken");
}

static enum err findings_fill(struct request *request, const struct record *decision,
                              struct deciding_view *view) {
    struct seen seen;
    enum err err = seen_read(request, &seen);
    for (size_t i = 0; !err && i < seen.shown.findings.n; i++) {
        const struct shown_finding *finding = &seen.shown.findings.items[i];
        const struct kept_finding *kept = seen_kept(&seen, finding->id);
        bool is_about = false;
        for (size_t r = 0; r < finding->records.n; r++)
            is_about |= text_equal(finding->records.items[r].kind, "decision") &&
                        text_equal(finding->records.items[r].key, decision->id);
        if (!is_about || (kept && is_at_rest(kept)))
            continue;
        const struct finding_line line = finding_line_of(request, &seen, finding);
        list_add(request->arena, &view->findings, (struct decision_link){line.title, line.url});
    }
    if (!err)
        view->findings_note =
            seen_is_behind(request, &seen)
                ? "The records have changed since, and the diagnosis is looking at them again. "
                  "Load this page again in a moment."
                : NULL;
    return err;
}

static void decided_fill(const struct deciding *deciding, const char *chosen,
                         struct deciding_view *view) {
    struct arena *arena = deciding->around.arena;
    for (size_t i = 0; i < deciding->rights.n; i++) {
        const struct deciding_right *right = &deciding->rights.items[i];
        const struct record *holder = deciding_record(deciding, right->named);
        if (!holder || !text_equal(right->right, DECIDING_DECIDES))
            continue;
        if (text_equal(holder->kind->name, "post") || text_equal(holder->kind->name, "team"))
            list_add(arena, &view->deciders.list,
                     (struct deciding_choice){right->named,
                                              deciding_display(deciding, right->named),
                                              chosen && text_equal(chosen, right->named)});
    }
}

static const char *state_words(struct arena *arena, const struct record *decision) {
    const char *state = record_value(decision, "state"), *taken = record_value(decision, "taken");
    if (is_open(decision))
        return text_equal(state, "proposed") ? "A proposal is on the table" : "Still to be taken";
    return arena_format(arena, "%s%s%s", state ? text_capital(arena, state) : "Taken",
                        taken ? ", " : "", taken ? when_long(arena, taken) : "");
}

static const char *concerned_words(const struct deciding *deciding,
                                   const struct deciding_lines *lines) {
    struct names names = {0};
    for (size_t i = 0; i < lines->list.n; i++)
        if (text_starts_with(lines->list.items[i].key, "concerns "))
            list_add(deciding->around.arena, &names.list,
                     deciding_place_name(deciding, lines->list.items[i].key + strlen("concerns ")));
    return names.list.n ? text_enumerate(deciding->around.arena, names.list.items, names.list.n,
                                         names.list.n)
                        : "The partnership as a whole";
}

static const char *capital(struct arena *arena, const char *words) {
    return words ? text_capital(arena, words) : NULL;
}

static enum err decision_put(struct request *request, const struct deciding *deciding,
                             struct deciding_view *view, struct response *response) {
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    const struct record *decision = deciding->decision;
    const struct deciding_lines lines = deciding_now(deciding);
    const char *due = record_value(decision, "due");
    bool may_change = role_may(request->visitor.role, PERMISSION_CORRECT);
    struct text body = text_new(arena);
    view->title = record_value(decision, "title");
    view->state = state_words(arena, decision);
    view->due = due ? arena_format(arena, "%s%s", when_long(arena, due),
                                   is_open(decision) && when_is_past(due, request->today)
                                       ? ", which is past"
                                       : "")
                    : "Not written down";
    view->concerns = concerned_words(deciding, &lines);
    view->final_say = capital(arena, record_value(decision, "final_say"));
    view->manner = capital(arena, record_value(decision, "manner"));
    view->all_url = url_to(arena, ROUTE_decisions, programme);
    view->record_url = record_url(request, decision->kind, decision->id);
    view->path = drawn(deciding, &lines);
    view->form_token = layout_form_token(request);
    if (may_change) {
        view->change_url = url_to(arena, ROUTE_decision_change, programme, decision->id);
        view->token = token_made(arena);
        if (is_open(decision))
            view->decided_url = url_to(arena, ROUTE_decision_decided, programme, decision->id);
        if (!view->day)
            view->day = when_long(arena, request->today);
        decided_fill(deciding, request_field(request, "by"), view);
    }
    enum err err = findings_fill(request, decision, view);
    template_decision(&body, view);
    layout_page(request, response, view->title, &body);
    return err;
}

enum err decision_show(struct request *request, struct response *response) {
    struct deciding deciding;
    struct deciding_view view = {
        .said = request_query(request, "saved")     ? "It is saved, and stands in the records."
                : request_query(request, "decided") ? "It is written down that it was decided."
                : request_query(request, "known")
                    ? "This was saved before, so nothing was done now. What you see is how it "
                      "stands; to change it, choose “Change this”."
                    : NULL};
    if (response_is_unchanged(request, response))
        return OK;
    enum err err = read_it(request, request->values[1], &deciding);
    if (err)
        return err;
    if (!deciding.decision) {
        decision_gone(request, response);
        return OK;
    }
    return decision_put(request, &deciding, &view, response);
}

/* ---- it was decided ---- */

static enum err decided_write(struct request *request, const struct deciding *deciding,
                              const char *day, struct corrected *out) {
    const struct record *decision = deciding->decision;
    const struct kind *kind = decision->kind;
    size_t n = kind_field_count(kind);
    const char **cells = arena_alloc_array(request->arena, n, sizeof *cells);
    const struct record *by = deciding_record(deciding, request_filled(request, "by"));
    memcpy(cells, decision->values, n * sizeof *cells);
    cells[kind_field_index(kind, "state")] = "taken";
    cells[kind_field_index(kind, "taken")] = day;
    if (by && text_equal(by->kind->name, "team"))
        cells[kind_field_index(kind, "taken_by_team")] = by->id;
    if (by && text_equal(by->kind->name, "post"))
        cells[kind_field_index(kind, "taken_by_post")] = by->id;
    const struct correction correction = {.programme = &request->visitor.programme,
                                          .kind = kind,
                                          .key = decision->id,
                                          .cells = cells,
                                          .base = request->visitor.programme.revision,
                                          .author = request->visitor.name,
                                          .reason = "It was decided",
                                          .token = request_filled(request, "token")};
    return correct_record(request->db, request->arena, &correction, out);
}

enum err decision_decided_do(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct deciding deciding;
    struct corrected corrected = {.as = CORRECT_WRONG};
    struct deciding_view view = {.day = request_field(request, "day")};
    const char *filled = request_filled(request, "day");
    const char *day = filled ? day_from_text(arena, filled) : NULL;
    bool is_known = false;
    enum err err = programme_lock(request->db, arena, &request->visitor.programme);
    if (!err)
        err = read_it(request, request->values[1], &deciding);
    if (err || !deciding.decision) {
        decision_gone(request, response);
        return err;
    }
    err = correct_is_known(request->db, &request->visitor.programme,
                           request_filled(request, "token"), &is_known);
    bool is_late = !err && !is_known && !is_open(deciding.decision);
    if (!err && !is_known && !is_late && day)
        err = decided_write(request, &deciding, day, &corrected);
    if (err)
        return err;
    if (is_known || corrected.as == CORRECT_SAVED || corrected.as == CORRECT_SAME) {
        response_see_other(response, arena_format(arena, "%s?decided=1",
                                                  decision_url(request, deciding.decision->id)));
        return OK;
    }
    if (is_late)
        form_fault_add(arena, &view.faults, NULL,
                       "Somebody else has written down meanwhile what became of it: see below.");
    else
        view.day_error = !day                   ? "Write a day, such as 31 March 2027"
                         : corrected.problems.n ? corrected.problems.items[0].words
                                                : "The records do not allow this";
    form_fault_add(arena, &view.faults, "day", view.day_error);
    err = decision_put(request, &deciding, &view, response);
    response->status = is_late ? STATUS_CONFLICT : STATUS_BAD_REQUEST;
    return err;
}
