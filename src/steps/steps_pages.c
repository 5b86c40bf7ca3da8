/* The eight steps: their list, and a page for each. */
#include "steps/steps_pages.h"
#include "base/text.h"
#include "content/content.h"
#include "findings/reader_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler steps_show, step_show;

static bool answers(const char *step, const struct shown_finding *finding) {
    return finding->step && text_equal(finding->step, step);
}

static void state_fill(const struct request *request, const struct seen *seen, const char *id,
                       struct step_line *line) {
    size_t open = 0;
    for (size_t i = 0; i < seen->shown.findings.n; i++) {
        const struct shown_finding *finding = &seen->shown.findings.items[i];
        open += answers(id, finding) && !is_at_rest(seen_kept(seen, finding->id));
    }
    line->colour = open ? "orange" : seen->shown.is_there ? "green" : "grey";
    line->state = open ? arena_format(request->arena, "%zu finding%s", open, open == 1 ? "" : "s")
                  : seen->shown.is_there ? "Nothing found"
                                         : "Not looked at yet";
}

struct step_lines step_lines_of(const struct request *request, const struct seen *seen) {
    const struct content *content = request->site->content;
    struct step_lines lines = {0};
    for (size_t s = 0; s < content->step_count; s++) {
        const char *id = page_header(&content->steps[s], "id");
        struct step_line line = {
            .title = content->steps[s].title,
            .url = url_to(request->arena, ROUTE_step, request->visitor.programme.key, id),
            .number = (int)s + 1,
        };
        state_fill(request, seen, id, &line);
        list_add(request->arena, &lines.list, line);
    }
    return lines;
}

enum err steps_show(struct request *request, struct response *response) {
    struct seen seen;
    struct text body = text_new(request->arena);
    enum err err = seen_read(request, &seen);
    if (err)
        return err;
    const struct step_lines lines = step_lines_of(request, &seen);
    template_steps(&body, &lines);
    layout_page(request, response, "The eight steps", &body);
    return OK;
}

static struct names section(const struct request *request, const struct page *step,
                            const char *name) {
    const struct page_part *part = page_find(&step->sections, name);
    return names_paragraphs(request->arena, part ? part->text : NULL);
}

static void place_fill(const struct step_lines *lines, size_t place, struct step_view *view) {
    for (size_t i = 0; i < lines->list.n; i++) {
        if (i == place)
            view->step = lines->list.items[i];
        else if (i + 1 == place)
            view->before = &lines->list.items[i];
        else if (i == place + 1)
            view->after = &lines->list.items[i];
    }
}

static void step_fill(const struct request *request, const struct seen *seen,
                      const struct page *step, struct step_view *view) {
    const char *id = page_header(step, "id");
    view->why = section(request, step, "Why");
    view->what_to_do = section(request, step, "What to do");
    view->good = section(request, step, "What good looks like");
    view->smallest = section(request, step, "Smallest next task");
    view->sheets = sheets_named(request, &view->what_to_do);
    if (!view->sheets.list.n)
        view->sheets = sheets_named(request, &view->smallest);
    view->source =
        content_cite(request->arena, request->site->content, page_header(step, "source"));
    view->steps_url = url_to(request->arena, ROUTE_steps, request->visitor.programme.key);
    view->is_looked_at = seen->shown.is_there;
    for (size_t i = 0; i < seen->shown.findings.n; i++)
        if (answers(id, &seen->shown.findings.items[i]))
            list_add(request->arena, &view->findings.list,
                     finding_line_of(request, seen, &seen->shown.findings.items[i]));
}

enum err step_show(struct request *request, struct response *response) {
    const struct content *content = request->site->content;
    const struct page *step = content_step(content, request->values[1]);
    struct step_view view = {0};
    struct seen seen;
    struct text body = text_new(request->arena);
    if (!step) {
        layout_message(request, response, STATUS_NOT_FOUND, "There is no such step",
                       "There are eight; the page “Steps” lists them.");
        return OK;
    }
    enum err err = seen_read(request, &seen);
    if (err)
        return err;
    const struct step_lines lines = step_lines_of(request, &seen);
    place_fill(&lines, (size_t)(step - content->steps), &view);
    step_fill(request, &seen, step, &view);
    template_step(&body, &view);
    layout_page(request, response, step->title, &body);
    return OK;
}
