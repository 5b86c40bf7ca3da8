/* Deciding about a finding: its form on the finding's page, and what becomes of it. */
#include "actions/finding_pages.h"
#include "base/text.h"
#include "findings/known_pages.h"
#include "store/programme.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler decide_do;

/* ---- the form ---- */

void decide_form_fill(const struct request *request, const struct finding_page *page,
                      struct decide_view *view) {
    struct arena *arena = request->arena;
    const struct kept_finding *kept = page->kept;
    size_t decisions = kept ? kept->decisions.n : 0;
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    view->may =
        kept && kept->state != FINDING_CLOSED && role_may(request->visitor.role, PERMISSION_DECIDE);
    view->form_token = layout_form_token(request);
    view->url = url_to(arena, ROUTE_decide, request->visitor.programme.key, page->finding->id);
    view->token = token;
    view->seen = arena_format(arena, "%zu", decisions);
    view->is_decided = decisions && kept->decisions.items[decisions - 1].what != DECIDED_REOPENED;
    view->what = request_field(request, "what");
    view->reason = request_field(request, "reason");
    view->review = request_field(request, "review");
    view->people = people_choices(request, &page->seen, request_field(request, "person"));
}

/* ---- what was filled in ---- */

/* What was filled in, as a decision; what is wrong with it goes into the form. */
static bool decision_read(const struct request *request, const struct seen *seen,
                          struct decide_view *form, struct finding_decision *out) {
    struct arena *arena = request->arena;
    const char *what = request_filled(request, "what"), *review = request_filled(request, "review");
    const char *person = request_filled(request, "person");
    int decision = what ? name_index(decision_names, DECISIONS, what) : -1;
    *out = (struct finding_decision){.what = (enum decision)decision,
                                     .author = request->visitor.name,
                                     .reason = request_filled(request, "reason"),
                                     .token = request_filled(request, "token")};
    if (decision < 0)
        form->what_error = "Choose what you want to do with it";
    if (decision == DECIDED_ASSIGNED && (!person || !index_find(&seen->people, person)))
        form->person_error = "Choose who sees to it";
    else if (decision == DECIDED_ASSIGNED)
        out->assigned_to = person;
    if (decision == DECIDED_SET_ASIDE) {
        out->review = review ? day_from_text(arena, review) : NULL;
        if (!out->reason)
            form->reason_error = "Say why you set it aside";
        if (!out->review)
            form->review_error = "Say when you will look at it again: a day, such as 31 March 2027";
        else if (strcmp(out->review, request->today) <= 0)
            form->review_error = "The day on which you look at it again must be to come";
    }
    return !form->what_error && !form->person_error && !form->reason_error && !form->review_error;
}

/* Whether somebody else has decided since the form was made; they must both be seen. */
static bool is_overtaken(const struct request *request, const struct kept_finding *kept) {
    const char *seen = request_field(request, "seen");
    return kept->decisions.n > (seen ? strtoul(seen, NULL, 10) : 0);
}

static enum err page_again(const struct request *request, struct response *response,
                           const struct finding_page *page, struct decide_view *form) {
    struct arena *arena = request->arena;
    form_fault_add(arena, &form->faults, "what", form->other_error);
    form_fault_add(arena, &form->faults, "what", form->what_error);
    form_fault_add(arena, &form->faults, "person", form->person_error);
    form_fault_add(arena, &form->faults, "reason", form->reason_error);
    form_fault_add(arena, &form->faults, "review", form->review_error);
    enum err err = finding_page_put(request, response, page, form, NULL);
    response->status = form->other_error ? STATUS_CONFLICT : STATUS_BAD_REQUEST;
    return err;
}

enum err decide_do(struct request *request, struct response *response) {
    const char *programme = request->visitor.programme.key;
    struct finding_page page;
    struct decide_view form = {0};
    struct finding_decision decision;
    bool is_known = false;
    struct programme locked = request->visitor.programme;
    /* Before it is read: what somebody else decides meanwhile is to be seen. */
    enum err err = programme_lock(request->db, request->arena, &locked);
    if (!err)
        err = finding_page_read(request, &page);
    if (err)
        return err;
    if (!page.kept || page.kept->state == FINDING_CLOSED)
        return finding_gone(request, response, &page.seen);
    const char *id = page.finding->id;
    const char *saved = arena_format(request->arena, "%s?saved=1",
                                     url_to(request->arena, ROUTE_finding, programme, id));
    decide_form_fill(request, &page, &form);
    bool good = decision_read(request, &page.seen, &form, &decision);
    if (good)
        err =
            finding_decision_known(request->db, &request->visitor.programme, &decision, &is_known);
    if (err || is_known) {
        response_see_other(response, saved);
        return err;
    }
    if (is_overtaken(request, page.kept))
        form.other_error = "Somebody else has decided meanwhile: see below, under “What was "
                           "decided”. If yours shall hold, save it again";
    if (!good || form.other_error)
        return page_again(request, response, &page, &form);
    err = finding_decide_within(request->db, request->arena, programme, id, &decision);
    response_see_other(response, saved);
    return err;
}
