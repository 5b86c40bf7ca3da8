#include "bring/outcome.h"
#include "base/date.h"
#include "base/text.h"
#include <jansson.h>
#include <stdlib.h>

static json_t *text(const char *words) {
    return words ? json_string(words) : json_null();
}

static json_t *targets_json(const struct targets *targets) {
    json_t *out = json_array();
    for (size_t i = 0; i < targets->list.n; i++)
        json_array_append_new(
            out, json_pack("[s,s]", targets->list.items[i].name, targets->list.items[i].words));
    return out;
}

static json_t *sheets_json(const struct layout *layout) {
    json_t *out = json_array();
    for (size_t i = 0; i < layout->sheets->list.n; i++)
        if (layout->sheets->list.items[i].rows.n)
            json_array_append_new(out, json_pack("[s,s]", layout->sheets->list.items[i].name,
                                                 layout->sheets->list.items[i].name));
    return out;
}

static json_t *columns_json(struct arena *arena, const struct layout *layout) {
    json_t *out = json_array();
    for (size_t i = 0; i < layout->columns.n; i++) {
        const struct layout_column *column = &layout->columns.items[i];
        if (!column->example)
            continue;
        const char *heading =
            *column->heading ? column->heading
                             : arena_format(arena, "Column %s", column_letter(arena, column->at));
        json_array_append_new(out, json_pack("{s:s, s:s, s:s, s:o}", "name", column->name,
                                             "heading", heading, "example",
                                             text_quote(arena, column->example), "target",
                                             text(column->target ? column->target->name : NULL)));
    }
    return out;
}

static json_t *doubt_json(struct arena *arena, const struct bring_doubt *doubt) {
    enum { PLACES = 6 };
    json_t *choices = json_array();
    for (size_t i = 0; i < doubt->choices.n; i++)
        json_array_append_new(choices, json_pack("[s,s]", doubt->choices.items[i].value,
                                                 doubt->choices.items[i].words));
    return json_pack("{s:s, s:o, s:s, s:o, s:b, s:b, s:o, s:o, s:o, s:s}", "name", doubt->name,
                     "text", text(doubt->text), "question", doubt->question, "column",
                     text(doubt->column), "must", (int)doubt->must, "can_type",
                     (int)doubt->can_type, "choices", choices, "suggested", text(doubt->suggested),
                     "answer", text(doubt->answer), "places",
                     text_enumerate(arena, doubt->places.items, doubt->places.n, PLACES));
}

/* Those that must be answered first; of the others only so many. */
static json_t *doubts_json(struct arena *arena, const struct plan *plan) {
    json_t *out = json_array();
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < plan->doubts.n && json_array_size(out) < OUTCOME_DOUBTS_MAX; i++)
            if (plan->doubts.items[i]->must == (pass == 0))
                json_array_append_new(out, doubt_json(arena, plan->doubts.items[i]));
    return out;
}

static json_t *remarks_json(const struct plan *plan) {
    json_t *out = json_array();
    for (size_t i = 0; i < plan->remarks.n && i < OUTCOME_CHANGES_MAX; i++)
        json_array_append_new(
            out, json_pack("[i,s]", (int)plan->remarks.items[i].row, plan->remarks.items[i].words));
    return out;
}

static json_t *fields_json(struct arena *arena, const struct corrected_change *change) {
    const struct kind *kind = change->kind;
    json_t *out = json_array();
    for (int f = 0; change->after && kind->fields[f].name; f++) {
        const char *before = change->before ? change->before[f] : NULL, *after = change->after[f];
        /* What it is called stands above. */
        bool is_called = kind->fields[f].type == FIELD_KEY ||
                         (!change->before && text_equal(after, change->label));
        if (text_equal(before, after) || (!before && !after) || is_called)
            continue;
        if (kind->fields[f].type == FIELD_WHEN) {
            before = before ? when_long(arena, before) : NULL;
            after = after ? when_long(arena, after) : NULL;
        }
        if (change->named[f])
            after = change->named[f];
        json_array_append_new(out, json_pack("[s,o,o]", field_heading(arena, &kind->fields[f]),
                                             text(before), text(after)));
    }
    return out;
}

static void changes_put(struct arena *arena, json_t *root, const struct corrected_many *many) {
    static const char *const words[] = {"Added", "Changed", "Taken out"};
    json_t *changes = json_array(), *problems = json_array();
    int counts[CHANGE_KINDS] = {0};
    for (size_t i = 0; i < many->changes.n; i++) {
        const struct corrected_change *change = &many->changes.items[i];
        counts[change->what]++;
        if (i < OUTCOME_CHANGES_MAX)
            json_array_append_new(changes,
                                  json_pack("{s:s, s:s, s:s, s:o}", "what", words[change->what],
                                            "kind", change->kind->sheet, "label", change->label,
                                            "fields", fields_json(arena, change)));
    }
    for (size_t i = 0; i < many->problems.n && i < OUTCOME_CHANGES_MAX; i++)
        json_array_append_new(problems, json_string(many->problems.items[i]));
    if (many->is_stale)
        json_array_append_new(problems, json_string("Something was erased from the programme "
                                                    "meanwhile. Look again."));
    json_object_set_new(root, "changes", changes);
    json_object_set_new(root, "problems", problems);
    json_object_set_new(root, "added", json_integer(counts[CHANGE_ADDED]));
    json_object_set_new(root, "changed", json_integer(counts[CHANGE_CHANGED]));
    json_object_set_new(root, "removed", json_integer(counts[CHANGE_REMOVED]));
}

static const char *json_text(struct arena *arena, json_t *root) {
    char *dumped = json_dumps(root, JSON_COMPACT);
    const char *out = dumped ? arena_copy(arena, dumped) : "{}";
    free(dumped);
    json_decref(root);
    return out;
}

const char *outcome_json(struct arena *arena, const struct brought *brought) {
    const struct plan *plan = &brought->plan;
    json_t *root = json_object();
    if (brought->is_own) {
        json_object_set_new(root, "own", json_true());
        changes_put(arena, root, &brought->changes);
    }
    if (!plan->layout.list)
        return json_text(arena, root);
    json_object_set_new(root, "list", json_string(plan->layout.list->name));
    json_object_set_new(root, "kind", json_string(plan->layout.list->kind->sheet));
    json_object_set_new(root, "sheet", json_string(plan->layout.sheet->name));
    json_object_set_new(root, "sheets", sheets_json(&plan->layout));
    json_object_set_new(root, "rows", json_integer((json_int_t)plan->rows));
    json_object_set_new(root, "asked", json_integer((json_int_t)plan->asked));
    json_object_set_new(root, "doubts_all", json_integer((json_int_t)plan->doubts.n));
    json_object_set_new(root, "targets", targets_json(&plan->layout.targets));
    json_object_set_new(root, "columns", columns_json(arena, &plan->layout));
    json_object_set_new(root, "doubts", doubts_json(arena, plan));
    json_object_set_new(root, "remarks", remarks_json(plan));
    changes_put(arena, root, &brought->changes);
    return json_text(arena, root);
}

const char *outcome_undone_json(struct arena *arena, const struct corrected_many *undone) {
    json_t *root = json_object();
    changes_put(arena, root, undone);
    return json_text(arena, root);
}
