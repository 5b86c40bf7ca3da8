/* The answer to a question, or that it is being worked out. */
#include "base/text.h"
#include "content/json.h"
#include "findings/findings_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include "whatif/asked_pages.h"
#include "whatif/views.h"
#include <math.h>
#include <stdlib.h>

page_handler whatif_answer_show;

enum { REPAIRS_MAX = 5, MOST_EXPOSED = 10, WAIT_SECONDS = 2 };

static const char *text_of(struct arena *arena, const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    return text ? arena_copy(arena, text) : NULL;
}

/* Rows in the order of their titles' first appearance. */
static struct all_sentences sentences_of(struct arena *arena, const json_t *rows) {
    struct all_sentences out = {0};
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        const char *title = text_of(arena, row, "about");
        size_t g = 0;
        while (g < out.list.n && !text_equal(out.list.items[g].title, title))
            g++;
        if (g == out.list.n)
            list_add(arena, &out.list, (struct sentences){.title = title});
        list_add(arena, &out.list.items[g].sentences.list, text_of(arena, row, "sentence"));
    }
    return out;
}

static struct changed_findings findings_of_json(struct arena *arena, const json_t *findings) {
    struct changed_findings out = {0};
    for (size_t i = 0; i < json_array_size(findings); i++) {
        const json_t *finding = json_array_get(findings, i);
        const char *severity = text_of(arena, finding, "severity");
        list_add(arena, &out.list,
                 (struct changed_finding){text_capital(arena, severity), severity_colour(severity),
                                          text_of(arena, finding, "sentence")});
    }
    return out;
}

static const char *number_words(struct arena *arena, const json_t *number) {
    double value = json_number_value(number);
    return fabs(value - round(value)) < 1e-9 ? arena_format(arena, "%.0f", value)
                                             : arena_format(arena, "%.2f", value);
}

static void change_add(struct arena *arena, struct answer_view *view, const char *what,
                       const json_t *change) {
    list_add(arena, &view->changes,
             (struct change_line){text_capital(arena, what),
                                  number_words(arena, json_object_get(change, "now")),
                                  number_words(arena, json_object_get(change, "then"))});
}

static void repairs_fill(struct arena *arena, const json_t *lost, struct answer_view *view) {
    for (size_t i = 0; i < json_array_size(lost) && view->repairs.list.n < REPAIRS_MAX; i++) {
        const char *repair = text_of(arena, json_array_get(lost, i), "repair");
        if (repair && !names_contain(&view->repairs, repair))
            list_add(arena, &view->repairs.list, repair);
    }
}

static void leaver_fill(struct arena *arena, const json_t *root, struct answer_view *view) {
    const json_t *lost = json_object_get(root, "lost"), *moves = json_object_get(root, "network");
    const json_t *handovers = json_object_get(root, "handover");
    view->lost = sentences_of(arena, lost);
    repairs_fill(arena, lost, view);
    change_add(arena, view, "findings", json_object_get(root, "found"));
    for (size_t i = 0; i < json_array_size(moves); i++) {
        const json_t *move = json_array_get(moves, i);
        change_add(arena, view, text_of(arena, move, "measure"), move);
    }
    view->appear = findings_of_json(arena, json_object_get(root, "appear"));
    view->change = findings_of_json(arena, json_object_get(root, "change"));
    view->vanish = findings_of_json(arena, json_object_get(root, "vanish"));
    view->handover = sentences_of(arena, json_object_get(json_array_get(handovers, 0), "items"));
}

static struct exposed_person exposed_of(const struct request *request, const json_t *person) {
    struct arena *arena = request->arena;
    struct text url = text_new(arena);
    text_add_format(&url,
                    "%s?person=", url_to(arena, ROUTE_whatif, request->visitor.programme.key));
    html_url_part(&url, text_of(arena, person, "key"));
    return (struct exposed_person){text_of(arena, person, "name"), url.bytes,
                                   sentences_of(arena, json_object_get(person, "lost")),
                                   text_of(arena, person, "repair")};
}

static void sweep_fill(const struct request *request, const json_t *root,
                       struct answer_view *view) {
    struct arena *arena = request->arena;
    const json_t *people = json_object_get(root, "people");
    size_t n = json_array_size(people), safe = 0;
    for (size_t i = 0; i < n; i++) {
        const json_t *person = json_array_get(people, i);
        if (!json_array_size(json_object_get(person, "lost")))
            safe++;
        else if (view->exposed.n < MOST_EXPOSED)
            list_add(arena, &view->exposed, exposed_of(request, person));
        else
            list_add(arena, &view->others, exposed_of(request, person));
    }
    if (safe && view->exposed.n)
        view->rest = safe == 1
                         ? "If the one who is not listed left, nothing would be lost that Ithaca "
                           "looks at."
                         : arena_format(arena,
                                        "If one of the %zu others left, nothing would be "
                                        "lost that Ithaca looks at.",
                                        safe);
}

static const char *about_words(const struct request *request, const struct asked *asked) {
    return arena_format(request->arena, "Worked out on %s from the records. %s",
                        day_of_moment(request->arena, asked->answered_at),
                        asked->revision < request->visitor.programme.revision
                            ? "They have changed since: ask again if that matters."
                            : "They have not changed since.");
}

static void answer_fill(const struct request *request, const struct asked *asked,
                        struct answer_view *view) {
    json_t *root = json_loads(asked->answer, 0, NULL);
    view->about = about_words(request, asked);
    if (view->is_sweep)
        sweep_fill(request, root, view);
    else
        leaver_fill(request->arena, root, view);
    json_decref(root);
}

enum err whatif_answer_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    struct text body = text_new(arena);
    struct asked asked;
    enum err err = asked_find(request->db, arena, programme->id,
                              strtoll(request->values[1], NULL, 10), &asked);
    if (err)
        return err;
    if (!asked.id) {
        layout_message(request, response, STATUS_NOT_FOUND, "This question is not here any more",
                       "It was removed, or newer ones have taken its place, or somebody’s data "
                       "were erased and all answers with them. Ask it again under “What if?”.");
        return OK;
    }
    const char *id = arena_format(arena, "%lld", (long long)asked.id);
    struct answer_view view = {
        .title = asked_title(arena, &asked),
        .day = day_long(arena, asked.day),
        .back_url = url_to(arena, ROUTE_whatif, programme->key),
        .here_url = url_to(arena, ROUTE_whatif_answer, programme->key, id),
        .stop_url = url_to(arena, ROUTE_whatif_stop, programme->key, id),
        .remove_url = url_to(arena, ROUTE_whatif_remove, programme->key, id),
        .form_token = layout_form_token(request),
        .is_sweep = !asked.person,
        .failed = asked.failed,
        .handover_title =
            asked.person ? arena_format(arena, "Handover sheet: %s", asked.person_name) : NULL,
    };
    if (asked.answer)
        answer_fill(request, &asked, &view);
    else if (!asked.failed) {
        view.waiting = "This is being worked out. It takes a few seconds, and the page looks again "
                       "by itself.";
        view.done = (long long)asked.done;
        view.done_of = (long long)asked.done_of;
        response->refresh = WAIT_SECONDS;
    }
    template_whatif_answer(&body, &view);
    layout_page(request, response, view.title, &body);
    return OK;
}
