/* The steps of a programme: their list, and a page for each. */
#include "steps/steps_pages.h"
#include "base/text.h"
#include "base/token.h"
#include "findings/advice_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <string.h>

page_handler steps_show, step_show;

/* ---- their list ---- */

static bool answers(const struct programme_step *step, const struct shown_finding *finding) {
    return programme_step_answers(step, finding->rule, finding->step);
}

static void state_fill(const struct request *request, const struct seen *seen,
                       const struct programme_step *step, struct step_line *line) {
    size_t open = 0;
    for (size_t i = 0; i < seen->shown.findings.n; i++) {
        const struct shown_finding *finding = &seen->shown.findings.items[i];
        open += answers(step, finding) && !is_at_rest(seen_kept(seen, finding->id));
    }
    line->colour = open ? "orange" : seen->shown.is_there ? "green" : "grey";
    line->state = open ? arena_format(request->arena, "%zu finding%s", open, open == 1 ? "" : "s")
                  : seen->shown.is_there                                     ? "No finding"
                  : role_may(request->visitor.role, PERMISSION_SEE_UNSHARED) ? "Not looked at yet"
                                                                             : "Not shared yet";
    if (step->page || step->rules.list.n)
        return;
    line->colour = "white";
    line->state = "Your own";
}

static size_t without_step(const struct seen *seen, const struct programme_steps *steps) {
    size_t without = 0;
    for (size_t i = 0; i < seen->shown.findings.n; i++) {
        const struct shown_finding *finding = &seen->shown.findings.items[i];
        bool is_answered = is_at_rest(seen_kept(seen, finding->id));
        for (size_t s = 0; !is_answered && s < steps->list.n; s++)
            is_answered = answers(&steps->list.items[s], finding) &&
                          (steps->list.items[s].page || !steps->list.items[s].aside);
        without += !is_answered;
    }
    return without;
}

static bool has_own_words(const struct step_words *own) {
    return own->title || own->why || own->what_to_do || own->good || own->smallest;
}

static struct step_lines lines_of(const struct request *request, const struct seen *seen,
                                  const struct programme_steps *steps) {
    struct step_lines lines = {.without_step = without_step(seen, steps)};
    for (size_t s = 0; s < steps->list.n; s++) {
        const struct programme_step *step = &steps->list.items[s];
        struct step_line line = {
            .id = step->id,
            .title = programme_step_title(step),
            .url = url_to(request->arena, ROUTE_step, request->visitor.programme.key, step->id),
            .aside = step->aside,
        };
        state_fill(request, seen, step, &line);
        lines.is_changed |=
            step->original != (int)s + 1 || has_own_words(&step->own) || step->aside;
        if (step->aside) {
            list_add(request->arena, &lines.aside, line);
            continue;
        }
        line.number = (int)lines.list.n + 1;
        list_add(request->arena, &lines.list, line);
    }
    return lines;
}

enum err step_lines_read(struct request *request, const struct seen *seen, struct step_lines *out) {
    struct programme_steps steps;
    enum err err = programme_steps_read(request->db, request->arena, request->site->content,
                                        &request->visitor.programme, &steps);
    if (!err)
        *out = lines_of(request, seen, &steps);
    return err;
}

enum err steps_show(struct request *request, struct response *response) {
    if (response_is_unchanged(request, response))
        return OK;
    struct seen seen;
    struct steps_view view = {0};
    struct text body = text_new(request->arena);
    enum err err = seen_read(request, &seen);
    if (!err)
        err = step_lines_read(request, &seen, &view.lines);
    if (err)
        return err;
    if (role_may(request->visitor.role, PERMISSION_CHANGE_STEPS))
        view.change_url =
            url_to(request->arena, ROUTE_steps_change, request->visitor.programme.key);
    if (request_query(request, "ordered"))
        view.said = "The steps stand in the order you chose.";
    else if (request_query(request, "back"))
        view.said = "The eight steps are as the papers have them again. Steps of your own are set "
                    "aside.";
    template_steps(&body, &view);
    layout_page(request, response, "The steps", &body);
    return OK;
}

/* ---- one of them ---- */

const char *step_section(const struct programme_step *step, const char *name) {
    const struct page_part *part = step->page ? page_find(&step->page->sections, name) : NULL;
    return part ? part->text : NULL;
}

static struct names section(const struct request *request, const struct programme_step *step,
                            const char *own, const char *name) {
    return names_paragraphs(request->arena, own ? own : step_section(step, name));
}

static struct step_sections sections(const struct request *request,
                                     const struct programme_step *step,
                                     const struct step_words *own) {
    struct step_sections sections = {
        .why = section(request, step, own->why, "Why"),
        .what_to_do = section(request, step, own->what_to_do, "What to do"),
        .good = section(request, step, own->good, "What good looks like"),
        .smallest = section(request, step, own->smallest, "Smallest next task"),
    };
    sections.sheets = sheets_named(request, &sections.what_to_do);
    if (!sections.sheets.list.n)
        sections.sheets = sheets_named(request, &sections.smallest);
    return sections;
}

static void place_fill(const struct step_lines *lines, const char *id, struct step_view *view) {
    for (size_t i = 0; i < lines->aside.n; i++)
        if (text_equal(lines->aside.items[i].id, id))
            view->step = lines->aside.items[i];
    for (size_t i = 0; i < lines->list.n; i++) {
        if (!text_equal(lines->list.items[i].id, id))
            continue;
        view->step = lines->list.items[i];
        view->before = i ? &lines->list.items[i - 1] : NULL;
        view->after = i + 1 < lines->list.n ? &lines->list.items[i + 1] : NULL;
    }
}

static const char *changed_words(struct arena *arena, const struct programme_step *step) {
    if (!step->at)
        return NULL;
    return arena_format(arena, "%s by %s on %s", step->page || step->aside ? "Changed" : "Written",
                        step->author ? step->author : "somebody", day_of_moment(arena, step->at));
}

static void words_fill(const struct request *request, const struct programme_step *step,
                       struct step_view *view) {
    static const struct step_words none;
    struct arena *arena = request->arena;
    view->words = sections(request, step, &step->own);
    view->changed = changed_words(arena, step);
    view->answers = step->page || step->rules.list.n;
    if (!step->page)
        return;
    view->source = content_cite(arena, request->site->content, page_header(step->page, "source"));
    if (has_own_words(&step->own)) {
        view->original_title = step->page->title;
        view->original = sections(request, step, &none);
    }
}

static void aside_fill(const struct request *request, const struct programme_step *step,
                       struct aside_view *view) {
    struct arena *arena = request->arena;
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    view->form_token = layout_form_token(request);
    view->url = url_to(arena, ROUTE_step_aside, request->visitor.programme.key, step->id);
    view->token = token;
    view->seen = arena_format(arena, "%lld", (long long)step->changed);
    view->is_aside = step->aside;
}

static const char *said_words(const struct request *request) {
    if (request_query(request, "added"))
        return "The step is added, at the end of the list. “Change the steps” puts it where it "
               "belongs.";
    if (request_query(request, "aside"))
        return "The step is set aside: the lists leave it out.";
    if (request_query(request, "taken-up"))
        return "The step counts again.";
    return request_query(request, "saved") ? "Your words are saved." : NULL;
}

static void step_fill(const struct request *request, const struct seen *seen,
                      const struct programme_step *step, struct step_view *view) {
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    words_fill(request, step, view);
    view->steps_url = url_to(arena, ROUTE_steps, programme);
    view->is_looked_at = seen->shown.is_there;
    view->said = said_words(request);
    for (size_t i = 0; i < seen->shown.findings.n; i++)
        if (answers(step, &seen->shown.findings.items[i]))
            list_add(arena, &view->findings.list,
                     finding_line_of(request, seen, &seen->shown.findings.items[i]));
    if (!role_may(request->visitor.role, PERMISSION_CHANGE_STEPS))
        return;
    view->words_url = url_to(arena, ROUTE_step_words, programme, step->id);
    aside_fill(request, step, &view->aside);
}

enum err step_put(struct request *request, struct response *response, const char *id,
                  const struct aside_view *form) {
    struct programme_steps steps;
    struct step_view view = {0};
    struct seen seen;
    struct text body = text_new(request->arena);
    enum err err = programme_steps_read(request->db, request->arena, request->site->content,
                                        &request->visitor.programme, &steps);
    if (err)
        return err;
    const struct programme_step *step = programme_step_find(&steps, id);
    if (!step) {
        layout_message(request, response, STATUS_NOT_FOUND, "There is no such step",
                       "The page “Steps” lists those there are.");
        return OK;
    }
    err = seen_read(request, &seen);
    if (err)
        return err;
    const struct step_lines lines = lines_of(request, &seen, &steps);
    if (form)
        view.aside = *form;
    place_fill(&lines, id, &view);
    step_fill(request, &seen, step, &view);
    template_step(&body, &view);
    layout_page(request, response, view.step.title, &body);
    return OK;
}

enum err step_show(struct request *request, struct response *response) {
    if (response_is_unchanged(request, response))
        return OK;
    return step_put(request, response, request->values[1], NULL);
}
