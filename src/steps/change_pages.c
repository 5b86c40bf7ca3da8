/* Fitting the steps to a programme: their order, a step of its own, other words, one set aside, all
 * put back. */
#include "base/text.h"
#include "base/token.h"
#include "steps/steps_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>
#include <string.h>

page_handler steps_change_show, steps_order_do, steps_back_do, step_new_show, step_new_do,
    step_words_show, step_words_do, step_aside_do;

static const char overtaken[] =
    "Somebody else has changed the steps meanwhile. Look at what they did; "
    "if yours shall hold, save it again";

static const char *form_token_new(struct arena *arena) {
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    return token;
}

static const char *number_text(struct arena *arena, int64_t number) {
    return arena_format(arena, "%lld", (long long)number);
}

static enum err steps_read(struct request *request, struct programme_steps *out) {
    return programme_steps_read(request->db, request->arena, request->site->content,
                                &request->visitor.programme, out);
}

/* What every change has from its form. */
static struct step_change change_begun(const struct request *request, enum step_change_kind what,
                                       const char *step) {
    const char *seen = request_field(request, "seen");
    return (struct step_change){.what = what,
                                .step = step,
                                .author = request->visitor.name,
                                .token = request_filled(request, "token"),
                                .seen = seen ? strtoll(seen, NULL, 10) : 0};
}

static enum err change_make(struct request *request, const struct step_change *change,
                            enum step_outcome *outcome, const char **step) {
    return step_change_write(request->db, request->arena, request->site->content,
                             &request->visitor.programme, change, outcome, step);
}

static const char *steps_url(const struct request *request, const char *said) {
    return arena_format(request->arena, "%s?%s=1",
                        url_to(request->arena, ROUTE_steps, request->visitor.programme.key), said);
}

static const char *step_url(const struct request *request, const char *step, const char *said) {
    return arena_format(request->arena, "%s?%s=1",
                        url_to(request->arena, ROUTE_step, request->visitor.programme.key, step),
                        said);
}

/* ---- the order ---- */

enum { PLACE_UNIT = 1000, PLACE_MOST = 1000 };

/* "3", "2.5" or "2,5", in thousandths; false if it is none of these. */
static bool place_read(const char *text, long *out) {
    char *end;
    if (!text || *text < '0' || *text > '9')
        return false;
    long whole = strtol(text, &end, 10);
    long part = 0, unit = PLACE_UNIT / 10;
    if (whole > PLACE_MOST)
        return false;
    if (*end == '.' || *end == ',')
        for (end++; *end >= '0' && *end <= '9'; end++, unit /= 10)
            part += (*end - '0') * unit;
    *out = whole * PLACE_UNIT + part;
    return *end == '\0';
}

static enum err change_put(struct request *request, struct response *response, const char *error) {
    struct arena *arena = request->arena;
    const char *key = request->visitor.programme.key;
    struct seen seen;
    struct step_lines lines;
    struct programme_steps steps;
    struct text body = text_new(arena);
    enum err err = seen_read(request, &seen);
    if (!err)
        err = step_lines_read(request, &seen, &lines);
    if (!err)
        err = steps_read(request, &steps);
    if (err)
        return err;
    struct change_view view = {
        .form_token = layout_form_token(request),
        .steps_url = url_to(arena, ROUTE_steps, key),
        .new_url = url_to(arena, ROUTE_step_new, key),
        .order_url = url_to(arena, ROUTE_steps_order, key),
        .back_url = url_to(arena, ROUTE_steps_back, key),
        .token = form_token_new(arena),
        .back_token = form_token_new(arena),
        .seen = number_text(arena, steps.changed),
        .is_changed = lines.is_changed,
        .error = error,
    };
    for (size_t i = 0; i < lines.list.n; i++) {
        const struct step_line *line = &lines.list.items[i];
        const char *name = arena_format(arena, "place-%s", line->id);
        const char *filled = request_field(request, name);
        list_add(arena, &view.places,
                 (struct place_choice){line->id, name, line->title,
                                       filled ? filled : number_text(arena, line->number)});
    }
    template_steps_change(&body, &view);
    layout_page(request, response, "Change the steps", &body);
    return OK;
}

enum err steps_change_show(struct request *request, struct response *response) {
    return change_put(request, response, NULL);
}

struct placed {
    const char *id;
    long place;
    size_t before; /* where it stood */
};

static int placed_compare(const void *a, const void *b) {
    const struct placed *left = a, *right = b;
    if (left->place != right->place)
        return left->place < right->place ? -1 : 1;
    return left->before < right->before ? -1 : 1;
}

/* The ids in the order that was filled in; NULL if something is no number. */
static const char *order_read(const struct request *request, const struct programme_steps *steps) {
    struct arena *arena = request->arena;
    struct placed *placed = arena_alloc_array(arena, steps->list.n, sizeof *placed);
    struct text order = text_new(arena);
    size_t n = 0;
    for (size_t i = 0; i < steps->list.n; i++) {
        const struct programme_step *step = &steps->list.items[i];
        const char *name = arena_format(arena, "place-%s", step->id);
        const char *filled = request_filled(request, name);
        placed[n] = (struct placed){.id = step->id, .before = i};
        if (step->aside)
            continue;
        if (!filled || !place_read(text_trim(arena, filled), &placed[n++].place))
            return NULL;
    }
    if (n)
        qsort(placed, n, sizeof *placed, placed_compare);
    for (size_t i = 0; i < n; i++)
        text_add_format(&order, "%s%s", i ? " " : "", placed[i].id);
    return order.bytes;
}

static enum err change_refuse(struct request *request, struct response *response, const char *words,
                              enum status status) {
    enum err err = change_put(request, response, words);
    response->status = status;
    return err;
}

static enum err all_change(struct request *request, struct response *response,
                           const struct step_change *change, const char *said) {
    enum step_outcome outcome;
    const char *step;
    enum err err = change_make(request, change, &outcome, &step);
    if (err)
        return err;
    if (outcome != STEP_CHANGED)
        return change_refuse(request, response, overtaken, STATUS_CONFLICT);
    response_see_other(response, steps_url(request, said));
    return OK;
}

enum err steps_order_do(struct request *request, struct response *response) {
    struct step_change change = change_begun(request, STEP_ORDERED, NULL);
    struct programme_steps steps;
    enum err err = steps_read(request, &steps);
    if (err)
        return err;
    change.list = order_read(request, &steps);
    if (!change.list && steps.changed > change.seen)
        return change_refuse(request, response, overtaken, STATUS_CONFLICT);
    if (!change.list)
        return change_refuse(request, response, "Write a number beside each step, such as 3 or 2.5",
                             STATUS_BAD_REQUEST);
    return all_change(request, response, &change, "ordered");
}

enum err steps_back_do(struct request *request, struct response *response) {
    const struct step_change change = change_begun(request, STEPS_PUT_BACK, NULL);
    return all_change(request, response, &change, "back");
}

/* ---- the words ---- */

/* What is wrong with it, by the name of its field; it may be left open. */
static const char *words_fault(struct arena *arena, const char *field, const char *text,
                               size_t most) {
    if (text && text_has_control(text))
        return arena_format(arena, "%s: there is a character in it that no page can show", field);
    if (text && strlen(text) > most)
        return arena_format(arena, "%s: make it shorter, %s letters at most", field,
                            most == STEP_TITLE_MOST ? "150" : "4,000");
    return NULL;
}

/* What was filled in; faults go into the form. */
static bool words_read(const struct request *request, struct words_view *form,
                       struct step_words *out) {
    struct arena *arena = request->arena;
    *out = (struct step_words){
        .title = text_typed(arena, request_field(request, "title")),
        .why = text_typed(arena, request_field(request, "why")),
        .what_to_do = text_typed(arena, request_field(request, "what-to-do")),
        .good = text_typed(arena, request_field(request, "good")),
        .smallest = text_typed(arena, request_field(request, "smallest")),
    };
    form->title_error = !out->title ? "Title: write what to do, in a few words"
                        : strchr(out->title, '\n')
                            ? "Title: write it in one line"
                            : words_fault(arena, "Title", out->title, STEP_TITLE_MOST);
    form->why_error = words_fault(arena, "Why", out->why, STEP_WORDS_MOST);
    form->what_to_do_error = words_fault(arena, "What to do", out->what_to_do, STEP_WORDS_MOST);
    form->good_error = words_fault(arena, "What good looks like", out->good, STEP_WORDS_MOST);
    form->smallest_error = words_fault(arena, "Smallest next task", out->smallest, STEP_WORDS_MOST);
    form->title = request_field(request, "title");
    form->why = request_field(request, "why");
    form->what_to_do = request_field(request, "what-to-do");
    form->good = request_field(request, "good");
    form->smallest = request_field(request, "smallest");
    return !form->title_error && !form->why_error && !form->what_to_do_error && !form->good_error &&
           !form->smallest_error;
}

static const char *unless_same(struct arena *arena, const char *own, const char *original) {
    const char *clean = text_typed(arena, original);
    return own && clean && text_equal(own, clean) ? NULL : own;
}

/* What stays as the papers have it is not written down anew. */
static void originals_drop(struct arena *arena, const struct programme_step *step,
                           struct step_words *words) {
    words->title = unless_same(arena, words->title, step->page ? step->page->title : NULL);
    words->why = unless_same(arena, words->why, step_section(step, "Why"));
    words->what_to_do = unless_same(arena, words->what_to_do, step_section(step, "What to do"));
    words->good = unless_same(arena, words->good, step_section(step, "What good looks like"));
    words->smallest = unless_same(arena, words->smallest, step_section(step, "Smallest next task"));
}

static const char *either(struct arena *arena, const char *own, const char *original) {
    return text_typed(arena, own ? own : original);
}

static void words_fill(struct arena *arena, const struct programme_step *step,
                       struct words_view *form) {
    form->title = programme_step_title(step);
    form->why = either(arena, step->own.why, step_section(step, "Why"));
    form->what_to_do = either(arena, step->own.what_to_do, step_section(step, "What to do"));
    form->good = either(arena, step->own.good, step_section(step, "What good looks like"));
    form->smallest = either(arena, step->own.smallest, step_section(step, "Smallest next task"));
}

/* ---- which findings a step of one's own answers ---- */

static bool is_ticked(const struct request *request, const char *rule) {
    return request_field(request, arena_format(request->arena, "rule-%s", rule));
}

/* The rules without a step in the papers, as ids with spaces between them. */
static const char *rules_read(const struct request *request) {
    struct text list = text_new(request->arena);
    for (size_t i = 0; i < request->site->rules->list.n; i++) {
        const struct rule *rule = request->site->rules->list.items[i];
        if (!rule->step && is_ticked(request, rule->id))
            text_add_format(&list, "%s%s", list.length ? " " : "", rule->id);
    }
    return list.bytes;
}

/* Those that found something, and those that the step answers already. */
static void rules_fill(const struct request *request, const struct seen *seen,
                       const struct programme_step *step, struct words_view *form) {
    const struct rules *rules = request->site->rules;
    for (size_t r = 0; r < rules->list.n; r++) {
        const struct rule *rule = rules->list.items[r];
        bool is_chosen = request->method == METHOD_POST
                             ? is_ticked(request, rule->id)
                             : step && names_contain(&step->rules, rule->id);
        bool is_found = false;
        for (size_t i = 0; !is_found && i < seen->shown.findings.n; i++)
            is_found = text_equal(seen->shown.findings.items[i].rule, rule->id);
        if (!rule->step && (is_found || is_chosen))
            list_add(request->arena, &form->rules,
                     (struct rule_choice){rule->id, rule->title, is_chosen});
    }
}

/* ---- the page with the words ---- */

/* `step` NULL: a new one. */
static enum err words_put(struct request *request, struct response *response,
                          const struct programme_step *step, struct words_view *form) {
    struct arena *arena = request->arena;
    const char *key = request->visitor.programme.key;
    struct seen seen;
    struct text body = text_new(arena);
    enum err err = seen_read(request, &seen);
    if (err)
        return err;
    form->form_token = layout_form_token(request);
    form->token = form_token_new(arena);
    form->is_new = !step;
    form->has_original = step && step->page;
    form->is_changed = step && step->changed;
    form->seen = number_text(arena, step ? step->changed : 0);
    form->url =
        step ? url_to(arena, ROUTE_step_words, key, step->id) : url_to(arena, ROUTE_step_new, key);
    form->back_url =
        step ? url_to(arena, ROUTE_step, key, step->id) : url_to(arena, ROUTE_steps_change, key);
    form->heading = !step        ? "Add a step of your own"
                    : step->page ? "Put the step in our words"
                                 : "Change what the step says";
    rules_fill(request, &seen, step, form);
    template_step_write(&body, form);
    layout_page(request, response, form->heading, &body);
    return OK;
}

static void step_gone(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "There is no such step",
                   "The page “Steps” lists those there are.");
}

enum err step_new_show(struct request *request, struct response *response) {
    struct words_view form = {0};
    return words_put(request, response, NULL, &form);
}

enum err step_words_show(struct request *request, struct response *response) {
    struct programme_steps steps;
    struct words_view form = {0};
    enum err err = steps_read(request, &steps);
    if (err)
        return err;
    const struct programme_step *step = programme_step_find(&steps, request->values[1]);
    if (!step) {
        step_gone(request, response);
        return OK;
    }
    words_fill(request->arena, step, &form);
    return words_put(request, response, step, &form);
}

/* Writes what was filled in, of one step or (NULL) a new one. */
static enum err words_save(struct request *request, struct response *response,
                           const struct programme_step *step) {
    struct step_change change = change_begun(request, STEP_WORDED, step ? step->id : NULL);
    struct words_view form = {0};
    enum step_outcome outcome = STEP_CHANGED;
    const char *id;
    bool is_good = words_read(request, &form, &change.words);
    if (step && step->page && request_field(request, "original"))
        change.words = (struct step_words){0}, is_good = true;
    else if (step)
        originals_drop(request->arena, step, &change.words);
    change.list = step && step->page ? NULL : rules_read(request);
    enum err err = is_good ? change_make(request, &change, &outcome, &id) : OK;
    if (err)
        return err;
    if (is_good && outcome == STEP_CHANGED) {
        response_see_other(response, step_url(request, id, step ? "saved" : "added"));
        return OK;
    }
    if (outcome == STEP_TOO_MANY)
        form.other_error = "There are 30 steps of your own already. Change one of them";
    else if (outcome != STEP_CHANGED)
        form.other_error = overtaken;
    err = words_put(request, response, step, &form);
    response->status = is_good ? STATUS_CONFLICT : STATUS_BAD_REQUEST;
    return err;
}

enum err step_new_do(struct request *request, struct response *response) {
    return words_save(request, response, NULL);
}

enum err step_words_do(struct request *request, struct response *response) {
    struct programme_steps steps;
    enum err err = steps_read(request, &steps);
    if (err)
        return err;
    const struct programme_step *step = programme_step_find(&steps, request->values[1]);
    if (step)
        return words_save(request, response, step);
    step_gone(request, response);
    return OK;
}

/* ---- setting aside ---- */

enum err step_aside_do(struct request *request, struct response *response) {
    const char *id = request->values[1], *what = request_field(request, "what");
    bool takes_up = what && text_equal(what, "take up");
    struct step_change change =
        change_begun(request, takes_up ? STEP_TAKEN_UP : STEP_SET_ASIDE, id);
    struct aside_view form = {.reason = request_field(request, "reason")};
    enum step_outcome outcome = STEP_CHANGED;
    const char *step;
    change.reason = takes_up ? NULL : text_typed(request->arena, form.reason);
    if (!takes_up)
        form.reason_error =
            !change.reason ? "Say why you set it aside"
                           : words_fault(request->arena, "Why", change.reason, STEP_WORDS_MOST);
    enum err err = form.reason_error ? OK : change_make(request, &change, &outcome, &step);
    if (err)
        return err;
    if (!form.reason_error && outcome == STEP_CHANGED) {
        response_see_other(response, step_url(request, id, takes_up ? "taken-up" : "aside"));
        return OK;
    }
    if (outcome == STEP_OVERTAKEN)
        form.other_error = overtaken;
    err = step_put(request, response, id, &form);
    if (!err && response->status != STATUS_NOT_FOUND)
        response->status = form.reason_error ? STATUS_BAD_REQUEST : STATUS_CONFLICT;
    return err;
}
