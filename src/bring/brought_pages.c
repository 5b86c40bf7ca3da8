/* A list that was uploaded: what it is taken for, what is asked, what would change; saving it, and
 * undoing that. */
#include "base/names.h"
#include "base/text.h"
#include "bring/bring_pages.h"
#include "bring/outcome.h"
#include "bring/views.h"
#include "templates.h"
#include "web/layout.h"
#include <jansson.h>
#include <stdlib.h>

page_handler brought_show, brought_answer_do, brought_save_do, brought_undo_do, brought_remove_do;

enum { WAIT_SECONDS = 2 };
static const char not_answered[] = "?", typed_prefix[] = "typed:";

/* ---- the page, of what came of the last look ---- */

static const char *text_at(struct arena *arena, const json_t *value) {
    const char *text = json_string_value(value);
    return text ? arena_copy(arena, text) : NULL;
}
static const char *text_of(struct arena *arena, const json_t *object, const char *name) {
    return text_at(arena, json_object_get(object, name));
}

/* Pairs of a value and words; `chosen` may be NULL. */
static struct option_lines options_of(struct arena *arena, const json_t *pairs,
                                      const char *chosen) {
    struct option_lines out = {0};
    for (size_t i = 0; i < json_array_size(pairs); i++) {
        const json_t *pair = json_array_get(pairs, i);
        const char *value = text_at(arena, json_array_get(pair, 0));
        list_add(arena, &out.list,
                 (struct option_line){value, text_at(arena, json_array_get(pair, 1)),
                                      chosen && text_equal(value, chosen)});
    }
    return out;
}

static void columns_fill(struct arena *arena, const json_t *root, struct brought_view *view) {
    const json_t *columns = json_object_get(root, "columns");
    for (size_t i = 0; i < json_array_size(columns); i++) {
        const json_t *column = json_array_get(columns, i);
        const char *target = text_of(arena, column, "target");
        if (!target) /* it is asked about above */
            continue;
        list_add(arena, &view->columns,
                 (struct column_line){
                     .id = arena_format(arena, "column-%zu", i + 1),
                     .name = text_of(arena, column, "name"),
                     .heading = text_of(arena, column, "heading"),
                     .example = text_of(arena, column, "example"),
                     .is_known = true,
                     .targets = options_of(arena, json_object_get(root, "targets"), target)});
    }
}

static bool is_chosen(const struct option_lines *options) {
    for (size_t i = 0; i < options->list.n; i++)
        if (options->list.items[i].is_chosen)
            return true;
    return false;
}

static void doubts_fill(struct arena *arena, const json_t *root, struct brought_view *view) {
    const json_t *doubts = json_object_get(root, "doubts");
    for (size_t i = 0; i < json_array_size(doubts); i++) {
        const json_t *doubt = json_array_get(doubts, i);
        const char *answer = text_of(arena, doubt, "answer");
        const char *suggested = text_of(arena, doubt, "suggested");
        struct doubt_line line = {
            .id = arena_format(arena, "doubt-%zu", i + 1),
            .name = text_of(arena, doubt, "name"),
            .text = text_of(arena, doubt, "text"),
            .question = text_of(arena, doubt, "question"),
            .places = text_of(arena, doubt, "places"),
            .can_type = json_is_true(json_object_get(doubt, "can_type")),
            .choices =
                options_of(arena, json_object_get(doubt, "choices"), answer ? answer : suggested),
        };
        const char *column = text_of(arena, doubt, "column");
        if (column && *column)
            line.places = arena_format(arena, "%s, under “%s”", line.places, column);
        if (answer && *answer == '=' && !is_chosen(&line.choices))
            line.typed = answer + 1;
        list_add(arena, answer ? &view->taken.list : &view->asked.list, line);
    }
}

static struct changed_line change_of(struct arena *arena, const json_t *change) {
    const char *what = text_of(arena, change, "what");
    struct changed_line line = {.what = what,
                                .colour = text_equal(what, "Added")     ? "green"
                                          : text_equal(what, "Changed") ? "yellow"
                                                                        : "grey",
                                .kind = text_of(arena, change, "kind"),
                                .label = text_of(arena, change, "label")};
    const json_t *fields = json_object_get(change, "fields");
    for (size_t i = 0; i < json_array_size(fields); i++) {
        const json_t *field = json_array_get(fields, i);
        list_add(arena, &line.fields,
                 (struct field_line){text_at(arena, json_array_get(field, 0)),
                                     text_at(arena, json_array_get(field, 1)),
                                     text_at(arena, json_array_get(field, 2))});
    }
    return line;
}

static long long number_of(const json_t *root, const char *name) {
    return json_integer_value(json_object_get(root, name));
}

static void told_fill(struct arena *arena, const json_t *root, struct brought_view *view) {
    const json_t *changes = json_object_get(root, "changes");
    const json_t *problems = json_object_get(root, "problems");
    const json_t *remarks = json_object_get(root, "remarks");
    for (size_t i = 0; i < json_array_size(changes); i++)
        list_add(arena, &view->changes, change_of(arena, json_array_get(changes, i)));
    for (size_t i = 0; i < json_array_size(problems); i++)
        list_add(arena, &view->problems, text_at(arena, json_array_get(problems, i)));
    for (size_t i = 0; i < json_array_size(remarks); i++) {
        const json_t *remark = json_array_get(remarks, i);
        list_add(arena, &view->remarks,
                 (struct remark_line){(int)json_integer_value(json_array_get(remark, 0)),
                                      text_at(arena, json_array_get(remark, 1))});
    }
    long long all =
        number_of(root, "added") + number_of(root, "changed") + number_of(root, "removed");
    if (all > (long long)view->changes.n)
        view->more = arena_format(arena, "And %lld more changes like these.",
                                  all - (long long)view->changes.n);
}

static const char *counts_words(struct arena *arena, const json_t *root) {
    static const char *const counted[][2] = {
        {"added", "added"}, {"changed", "changed"}, {"removed", "taken out"}};
    struct names parts = {0};
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        if (number_of(root, counted[i][0]))
            list_add(arena, &parts.list,
                     arena_format(arena, "%lld %s", number_of(root, counted[i][0]), counted[i][1]));
    if (!parts.list.n)
        return "";
    return arena_format(arena, "Records: %s.",
                        text_enumerate(arena, parts.list.items, parts.list.n, parts.list.n));
}

static void plan_fill(struct arena *arena, const json_t *root, struct brought_view *view) {
    long long asked = number_of(root, "asked"), doubts = number_of(root, "doubts_all");
    columns_fill(arena, root, view);
    doubts_fill(arena, root, view);
    view->sheets =
        options_of(arena, json_object_get(root, "sheets"), text_of(arena, root, "sheet"));
    bool can_save = !asked && !view->problems.n;
    view->may_save = can_save && view->changes.n;
    view->heading = asked ? "Some things are not clear yet" : "What would change";
    const char *kind = text_of(arena, root, "kind");
    view->about = arena_format(arena, "This is taken for a list of %s, with %lld rows. %s",
                               kind ? text_lower(arena, kind) : "", number_of(root, "rows"),
                               asked ? "" : counts_words(arena, root));
    view->next =
        asked              ? arena_format(arena,
                                          "answer the %lld question%s below. Then you see what would change.",
                                          asked, asked == 1 ? "" : "s")
        : view->problems.n ? "change what is taken for what, or mend the file and bring it again."
        : view->may_save   ? "look through the changes, then save all of them at once. You can "
                             "undo it."
                           : "nothing. The records say all this already.";
    if (doubts > OUTCOME_DOUBTS_MAX)
        view->more = arena_format(arena, "%lld more words were taken for something.",
                                  doubts - OUTCOME_DOUBTS_MAX);
}

static void saved_fill(const struct brought_file *file, const json_t *root, struct arena *arena,
                       struct brought_view *view) {
    view->is_saved = true;
    view->is_undone = file->undone_revision;
    view->may_undo = !file->undone_revision;
    view->heading = view->is_undone ? "Undone" : "Saved";
    view->about = counts_words(arena, root);
    view->next = view->is_undone
                     ? "nothing. The records are as they were before. The history keeps both."
                     : "look at the records, or bring another list. The diagnosis is being made "
                       "again. If this was a mistake, undo it.";
}

static enum err lists_fill(struct request *request, const json_t *root, struct brought_view *view) {
    struct arena *arena = request->arena;
    const char *chosen = text_of(arena, root, "list");
    struct word_lists lists;
    enum err err = words_load(arena, &lists, request->problems);
    for (size_t i = 0; !err && i < lists.list.n; i++)
        if (lists.list.items[i].kind)
            list_add(arena, &view->lists.list,
                     (struct option_line){lists.list.items[i].name, lists.list.items[i].kind->sheet,
                                          text_equal(lists.list.items[i].name, chosen)});
    return err;
}

/* A workbook of ours that came back. */
static void own_fill(struct arena *arena, const json_t *root, struct brought_view *view) {
    view->is_own = true;
    view->may_save = view->changes.n && !view->problems.n;
    view->heading = "What would change";
    view->about =
        arena_format(arena, "This is a workbook of this programme. %s", counts_words(arena, root));
    view->next = view->problems.n ? "take a new copy of the workbook, and write your changes into "
                                    "that."
                 : view->may_save ? "look through the changes, then save all of them at once. You "
                                    "can undo it."
                                  : "nothing. The records say all this already.";
}

/* One that is ready to be taken away. */
static void made_fill(const struct request *request, const struct brought_file *file,
                      struct brought_view *view) {
    view->heading = "Your workbook is ready";
    view->made_url = brought_url(request, ROUTE_brought_made, file->id);
    view->about = "It holds all records, with what is about people’s own situation. Keep it where "
                  "only those see it who should, and delete it when you are done.";
    view->next = "download it, change what you like in Excel or LibreOffice, and bring it back "
                 "here. What others save meanwhile stays.";
}

static enum err outcome_fill(struct request *request, const struct brought_file *file,
                             struct brought_view *view) {
    struct arena *arena = request->arena;
    json_t *root = file->outcome ? json_loads(file->outcome, 0, NULL) : NULL;
    enum err err = lists_fill(request, root, view);
    told_fill(arena, root, view);
    if (file->revision)
        saved_fill(file, root, arena, view);
    else if (!root)
        made_fill(request, file, view);
    else if (json_is_true(json_object_get(root, "own")))
        own_fill(arena, root, view);
    else if (json_object_get(root, "list"))
        plan_fill(arena, root, view);
    else {
        view->is_unknown = true;
        view->heading = "What is this?";
        view->next = "say what kind of list it is. If nothing fits, write headings into the file "
                     "such as Action, Owner and Due, and bring it again.";
    }
    json_decref(root);
    return err;
}

void brought_gone(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "This file is not here any more",
                   "It was removed, or a week has passed, or somebody’s data were erased and all "
                   "files with them. What was saved from it is in the records. Bring it again "
                   "under “Bring your own list”.");
}

static enum err file_find(struct request *request, struct brought_file *out) {
    const struct brought_by by = brought_by_visitor(request);
    return brought_find(request->db, request->arena, &by, strtoll(request->values[1], NULL, 10),
                        out);
}

static const char *waiting_words(const char *wish) {
    if (text_equal(wish, BROUGHT_LOOK))
        return "The file is being read";
    if (text_equal(wish, BROUGHT_MAKE))
        return "The workbook is being made";
    return text_equal(wish, BROUGHT_UNDO) ? "This is being undone" : "This is being saved";
}

enum err brought_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct brought_file file;
    struct text body = text_new(arena);
    enum err err = file_find(request, &file);
    if (err)
        return err;
    if (!file.id) {
        brought_gone(request, response);
        return OK;
    }
    struct brought_view view = {
        .file = file.file,
        .heading = "Being looked at",
        .back_url = url_to(arena, ROUTE_bring, request->visitor.programme.key),
        .url = brought_url(request, ROUTE_brought_answer, file.id),
        .here_url = brought_url(request, ROUTE_brought, file.id),
        .save_url = brought_url(request, ROUTE_brought_save, file.id),
        .undo_url = brought_url(request, ROUTE_brought_undo, file.id),
        .remove_url = brought_url(request, ROUTE_brought_remove, file.id),
        .form_token = layout_form_token(request),
    };
    if (file.wish) {
        view.waiting = arena_format(arena,
                                    "%s. It takes a few seconds, and the page looks again by "
                                    "itself.",
                                    waiting_words(file.wish));
        response->refresh = WAIT_SECONDS;
    } else if (file.failed) {
        view.heading = "This file cannot be used";
        view.failed = file.failed;
    } else
        err = outcome_fill(request, &file, &view);
    template_brought(&body, &view);
    layout_page(request, response, view.heading, &body);
    return err;
}

/* ---- what is said about it ---- */

static bool is_answer(const char *name) {
    static const char *const begins[] = {"value:", "column:", "dates:", "row:"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (text_starts_with(name, begins[i]))
            return true;
    return text_equal(name, "team") || text_equal(name, "list") || text_equal(name, "sheet");
}

/* What was chosen now, what was typed instead, then what was said before. */
static struct answers answers_read(const struct request *request, const struct answers *before) {
    struct arena *arena = request->arena;
    struct answers out = {0};
    for (size_t i = 0; i < request->form.list.n; i++) {
        const struct parameter *field = &request->form.list.items[i];
        if (text_starts_with(field->name, typed_prefix) && !text_blank(field->value) &&
            is_answer(field->name + sizeof typed_prefix - 1))
            list_add(
                arena, &out.list,
                (struct answer_line){field->name + sizeof typed_prefix - 1,
                                     arena_format(arena, "=%s", text_trim(arena, field->value))});
    }
    for (size_t i = 0; i < request->form.list.n; i++) {
        const struct parameter *field = &request->form.list.items[i];
        if (is_answer(field->name) && !text_equal(field->value, not_answered) &&
            !answer_of(&out, field->name))
            list_add(arena, &out.list, (struct answer_line){field->name, field->value});
    }
    for (size_t i = 0; i < before->list.n; i++)
        if (!answer_of(&out, before->list.items[i].name) &&
            !request_field(request, before->list.items[i].name))
            list_add(arena, &out.list, before->list.items[i]);
    return out;
}

/* Has a worker do something, and shows how that gets on. */
static enum err wish(struct request *request, struct response *response, const char *what) {
    const struct brought_by by = brought_by_visitor(request);
    struct brought_file file;
    enum err err = file_find(request, &file);
    if (err)
        return err;
    if (!file.id) {
        brought_gone(request, response);
        return OK;
    }
    bool is_undo = text_equal(what, BROUGHT_UNDO);
    bool is_idle = !file.wish && (file.outcome || file.failed) &&
                   is_undo == (file.revision && !file.undone_revision);
    struct answers answers =
        text_equal(what, BROUGHT_LOOK) ? answers_read(request, &file.answers) : file.answers;
    response_see_other(response, brought_url(request, ROUTE_brought, file.id));
    return is_idle ? brought_wish(request->db, request->arena, &by, file.id, what, &answers) : OK;
}

enum err brought_answer_do(struct request *request, struct response *response) {
    return wish(request, response, BROUGHT_LOOK);
}

enum err brought_save_do(struct request *request, struct response *response) {
    return wish(request, response, BROUGHT_SAVE);
}

enum err brought_undo_do(struct request *request, struct response *response) {
    return wish(request, response, BROUGHT_UNDO);
}

enum err brought_remove_do(struct request *request, struct response *response) {
    const struct brought_by by = brought_by_visitor(request);
    response_see_other(response,
                       url_to(request->arena, ROUTE_bring, request->visitor.programme.key));
    return brought_remove(request->db, &by, strtoll(request->values[1], NULL, 10));
}
