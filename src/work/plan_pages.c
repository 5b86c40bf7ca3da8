#include "work/plan_pages.h"
#include "base/text.h"
#include "findings/findings_pages.h"
#include "store/correct.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include "work/views.h"

const char *work_token(struct arena *arena) {
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    return token;
}

static enum err form_put(struct request *request, struct response *response,
                         const struct work_plan *plan, struct work_plan_view *view) {
    struct text body = text_new(request->arena);
    struct seen seen;
    enum err err = seen_read(request, &seen);
    if (!err)
        err = seen_people_read(request, &seen);
    if (err)
        return err;
    view->heading = plan->heading;
    view->about = plan->about;
    view->url = plan->url;
    view->back_url = plan->back_url;
    view->form_token = layout_form_token(request);
    view->token = work_token(request->arena);
    view->people = people_choices(request, &seen, request_filled(request, "owner"));
    form_fault_add(request->arena, &view->faults, NULL, view->other_error);
    form_fault_add(request->arena, &view->faults, "title", view->title_error);
    form_fault_add(request->arena, &view->faults, "owner", view->owner_error);
    form_fault_add(request->arena, &view->faults, "due", view->due_error);
    template_work_plan(&body, view);
    layout_page(request, response, plan->heading, &body);
    return OK;
}

enum err work_plan_put(struct request *request, struct response *response,
                       const struct work_plan *plan) {
    struct work_plan_view view = {.title = plan->title};
    return form_put(request, response, plan, &view);
}

static enum err action_write(const struct request *request, const char *day,
                             struct corrected *out) {
    struct arena *arena = request->arena;
    const struct kind *kind = kind_find("action");
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    cells[kind_field_index(kind, "title")] = text_typed(arena, request_field(request, "title"));
    cells[kind_field_index(kind, "owner")] = request_filled(request, "owner");
    cells[kind_field_index(kind, "agreed")] = request->today;
    cells[kind_field_index(kind, "due")] = day;
    const struct correction correction = {.programme = &request->visitor.programme,
                                          .kind = kind,
                                          .cells = cells,
                                          .base = request->visitor.programme.revision,
                                          .author = request->visitor.name,
                                          .reason = "An action was planned",
                                          .token = request_filled(request, "token")};
    return correct_record(request->db, arena, &correction, out);
}

static void problems_fill(const struct corrected *corrected, struct work_plan_view *view) {
    const struct field *fields = kind_find("action")->fields;
    view->other_error = corrected->problems.n ? NULL : "The records do not allow this";
    for (size_t i = 0; i < corrected->problems.n; i++) {
        const struct correct_problem *problem = &corrected->problems.items[i];
        const char *field = problem->field >= 0 ? fields[problem->field].name : "";
        const char **error = text_equal(field, "title")   ? &view->title_error
                             : text_equal(field, "owner") ? &view->owner_error
                             : text_equal(field, "due")   ? &view->due_error
                                                          : &view->other_error;
        *error = problem->words;
    }
}

enum err work_plan_make(struct request *request, struct response *response,
                        const struct work_plan *plan) {
    const char *due = request_filled(request, "due");
    const char *day = due ? day_from_text(request->arena, due) : NULL;
    struct corrected corrected = {0};
    struct work_plan_view view = {.title = request_field(request, "title"),
                                  .due = request_field(request, "due")};
    enum err err = OK;
    if (!request_filled(request, "title"))
        view.title_error = "Say what is to be done";
    if (!request_filled(request, "owner"))
        view.owner_error = "Choose who takes it on";
    if (!day)
        view.due_error = "Say by which day: for example 31 March 2027";
    if (!view.title_error && !view.owner_error && !view.due_error) {
        err = action_write(request, day, &corrected);
        if (!err && corrected.key) {
            response_see_other(response,
                               arena_format(request->arena, "%s?planned=1", plan->back_url));
            return OK;
        }
        problems_fill(&corrected, &view);
    }
    if (!err)
        err = form_put(request, response, plan, &view);
    response->status = STATUS_BAD_REQUEST;
    return err;
}
