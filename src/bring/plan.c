#include "bring/plan.h"
#include "base/date.h"
#include "base/text.h"
#include "bring/plan_inside.h"
#include "record/value.h"

/* ---- doubts ---- */

const char *place_of(const struct planning *planning, size_t at) {
    return arena_format(planning->arena, "%s%u", column_letter(planning->arena, at),
                        planning->row->number);
}

struct bring_doubt *doubt_at(struct planning *planning, const char *name, const char *place,
                             bool *is_new) {
    struct bring_doubt *doubt = index_find(&planning->doubts, name);
    *is_new = !doubt;
    if (!doubt) {
        doubt = arena_alloc(planning->arena, sizeof *doubt);
        doubt->name = name;
        (void)index_add(planning->arena, &planning->doubts, name, doubt);
        list_add(planning->arena, &planning->plan->doubts, doubt);
    }
    if (!doubt->places.n || !text_equal(doubt->places.items[doubt->places.n - 1], place))
        list_add(planning->arena, &doubt->places, place);
    return doubt;
}

void doubt_offer(struct planning *planning, struct bring_doubt *doubt, const char *value,
                 const char *words) {
    list_add(planning->arena, &doubt->choices, (struct bring_choice){value, words});
}

/* An answer that is no longer offered is none: the records have changed meanwhile. */
static bool is_allowed(const struct bring_doubt *doubt, const char *answer) {
    for (size_t i = 0; i < doubt->choices.n; i++)
        if (text_equal(doubt->choices.items[i].value, answer))
            return true;
    return (doubt->can_type && *answer == '=') || strstr(answer, "+:") || strchr(answer, '@');
}

void doubt_settle(struct planning *planning, struct bring_doubt *doubt) {
    const char *said = answer_of(planning->wish->answers, doubt->name);
    doubt->answer = said && is_allowed(doubt, said) ? said : NULL;
    if (!doubt->answer && !doubt->must)
        doubt->answer = doubt->suggested;
    planning->plan->asked += !doubt->answer;
}

static void remark(struct planning *planning, unsigned row, const char *words) {
    list_add(planning->arena, &planning->plan->remarks, (struct plan_remark){row, words});
}

/* ---- what a row says ---- */

static const struct kind *refers_to(const struct kind *kind, int field) {
    return kind_find(kind->fields[field].refers_to);
}

static struct naming naming_of(const struct kind *kind, const struct target *target) {
    struct naming naming = {0};
    for (int i = 0; i < target->n; i++)
        naming.kinds[naming.n++] = refers_to(kind, target->fields[i]);
    /* What a scheme of delegation is about is seldom written down before. */
    naming.is_easy = naming.n == 1 && text_equal(naming.kinds[0]->name, "decision");
    return naming;
}

static void reference_take(struct planning *planning, const struct layout_column *column,
                           const char *text, const char **cells) {
    const struct kind *kind = planning->plan->layout.list->kind, *of = NULL;
    const struct target *target = column->target;
    const struct naming naming = naming_of(kind, target);
    const char *key = record_named(planning, column, &naming, text, &of);
    for (int i = 0; key && i < target->n; i++)
        if (naming.kinds[i] == of)
            cells[target->fields[i]] = key;
}

static bool is_reference(const struct planning *planning, const struct target *target) {
    if (target->what == TARGET_ANY)
        return true;
    return target->what == TARGET_FIELD &&
           planning->plan->layout.list->kind->fields[target->fields[0]].type == FIELD_REF;
}

static void name_join(struct planning *planning, const struct target *target, const char *text,
                      const char **cells) {
    const char **name = &cells[target->fields[0]];
    bool first = target->what == TARGET_GIVEN;
    *name =
        !*name ? text
               : arena_format(planning->arena, "%s %s", first ? text : *name, first ? *name : text);
}

static void cell_take(struct planning *planning, const struct layout_column *column,
                      const char *text, const char **cells) {
    const struct target *target = column->target;
    const struct kind *kind = planning->plan->layout.list->kind;
    text = text_trim(planning->arena, text);
    if (!*text)
        return;
    if (is_reference(planning, target))
        reference_take(planning, column, text, cells);
    else if (target->what == TARGET_GIVEN || target->what == TARGET_FAMILY)
        name_join(planning, target, text, cells);
    else if (target->what == TARGET_FIELD)
        cells[target->fields[0]] =
            value_read(planning, column, &kind->fields[target->fields[0]], text);
}

static const struct layout_column *column_of(const struct layout *layout, enum target_what what,
                                             int field) {
    for (size_t i = 0; i < layout->columns.n; i++) {
        const struct layout_column *column = &layout->columns.items[i];
        if (column->target && column->target->what == what &&
            (field < 0 || (column->target->n && column->target->fields[0] == field)))
            return column;
    }
    return NULL;
}

/* ---- which record a row is about ---- */

/* What tells records without a key apart, but for the time from which they hold. */
static const char *identity_of(struct arena *arena, const struct kind *kind,
                               const char *const *cells) {
    struct text identity = text_new(arena);
    for (int f = 0; kind->fields[f].name; f++)
        if (kind->fields[f].flags & IDENTITY)
            text_add_format(&identity, "%s/", cells[f] ? cells[f] : "");
    return identity.bytes;
}

static const struct record *record_identical(struct planning *planning, const struct kind *kind,
                                             const char *const *cells) {
    struct index *index = &planning->identities[kind_index(kind)];
    const struct record_list *all = records_of(planning->wish->records, kind);
    for (size_t i = 0; !index->n && i < all->list.n; i++)
        (void)index_add(
            planning->arena, index,
            identity_of(planning->arena, kind, (const char *const *)all->list.items[i]->values),
            all->list.items[i]);
    return index_find(index, identity_of(planning->arena, kind, cells));
}

/* The same key and another title: that may be another list's number 1. */
static const struct record *record_of_key(struct planning *planning, const struct record *record,
                                          const char **cells, bool *is_skipped) {
    struct arena *arena = planning->arena;
    int name = match_name_field(record->kind);
    const char *there = name >= 0 ? record->values[name] : NULL;
    bool is_new;
    if (!there || !cells[name] ||
        text_equal(words_plain(arena, there), words_plain(arena, cells[name])))
        return record;
    struct bring_doubt *doubt =
        doubt_at(planning, arena_format(arena, "row:%s:%s", cells[0], cells[name]),
                 place_of(planning, 0), &is_new);
    if (is_new) {
        doubt->text = cells[name];
        doubt->question =
            arena_format(arena, "“%s” is there already as “%s”. Is it the same?", cells[0], there);
        doubt->must = true;
        doubt_offer(planning, doubt, "same", "The same, and its words have changed");
        doubt_offer(planning, doubt, "new", "Another one: add it");
        doubt_offer(planning, doubt, "skip", "Leave this row out");
        doubt_settle(planning, doubt);
    }
    *is_skipped = !doubt->answer || text_equal(doubt->answer, "skip");
    if (text_equal(doubt->answer, "new"))
        cells[0] = NULL;
    return text_equal(doubt->answer, "same") ? record : NULL;
}

/* A person or an organisation of the list's own: whoever has another spelling is asked about. */
static const struct record *record_of_name(struct planning *planning, const struct kind *kind,
                                           const char **cells, bool *is_skipped) {
    const struct layout *layout = &planning->plan->layout;
    int field = match_name_field(kind);
    const struct kind *of = NULL;
    if (field < 0 || !cells[field])
        return NULL;
    if (!text_equal(kind->name, "person") && !text_equal(kind->name, "organisation"))
        return match_same(planning->arena, names_of(planning, kind), cells[field]);
    const struct layout_column *column = column_of(layout, TARGET_FIELD, field);
    if (!column)
        column = column_of(layout, TARGET_FAMILY, field);
    const struct naming naming = {.kinds = {kind}, .n = 1, .is_easy = true};
    const char *key = column ? record_named(planning, column, &naming, cells[field], &of) : NULL;
    *is_skipped = !key;
    cells[field] = NULL; /* it is as it was, or as it was added */
    if (key)
        cells[0] = key;
    return key ? records_find(planning->wish->records, kind, key) : NULL;
}

/* ---- planning one record ---- */

static bool has_needed(const struct kind *kind, const char *const *cells, const char **missing) {
    bool one = true, any = false;
    for (int f = 0; kind->fields[f].name; f++) {
        const struct field *field = &kind->fields[f];
        if ((field->flags & REQUIRED) && field->type != FIELD_KEY && !cells[f]) {
            *missing = field->name;
            return false;
        }
        if (field->flags & ONE_OF) {
            one = any || cells[f];
            any |= cells[f] != NULL;
        }
    }
    *missing = "who";
    return one || any;
}

/* The cells over those that are there already: what a list leaves empty stays. */
static void overlay(struct planned *planned, const char *const *cells) {
    for (size_t f = 0; f < kind_field_count(planned->kind); f++)
        if (cells[f])
            planned->cells[f] = cells[f];
}

static void record_plan(struct planning *planning, const struct kind *kind,
                        const struct record *there, const char **cells) {
    struct arena *arena = planning->arena;
    size_t n = kind_field_count(kind);
    struct planned *made =
        cells[0] && kind_has_key(kind) ? planned_find(planning, kind, cells[0]) : NULL;
    if (made) { /* a person that this row added */
        overlay(made, cells);
        return;
    }
    struct planned planned = {.kind = kind, .row = planning->row->number};
    planned.cells = arena_alloc_array(arena, n, sizeof *planned.cells);
    if (there) {
        planned.id = there->id;
        memcpy(planned.cells, there->values, n * sizeof *planned.cells);
        cells[0] = kind_has_key(kind) ? planned.cells[0] : cells[0];
    } else if (kind_has_key(kind)) {
        int name = match_name_field(kind);
        const char *wanted = cells[0] ? cells[0] : name >= 0 ? cells[name] : NULL;
        planned.key = key_free(planning, kind, text_lower(arena, wanted ? wanted : kind->name));
        cells[0] = planned.key;
    }
    overlay(&planned, cells);
    list_add(arena, &planning->plan->records, planned);
}

/* Whether an earlier row was about the same record; says so. */
static bool is_twin(struct planning *planning, const struct kind *kind, const struct record *there,
                    const char *const *cells) {
    struct arena *arena = planning->arena;
    if (!there && kind_has_key(kind))
        return false;
    const char *id = arena_format(arena, "%s/%s", kind->name,
                                  there ? there->id : identity_of(arena, kind, cells));
    const struct sheet_row *first = index_find(&planning->brought, id);
    if (!first) {
        (void)index_add(arena, &planning->brought, id, (void *)planning->row);
        return false;
    }
    remark(planning, planning->row->number,
           arena_format(arena,
                        "It says the same thing as row %u, so it is left out. If it is another, "
                        "give it another name or number in your file.",
                        first->number));
    return true;
}

/* The job title of a contact: the post, and that the person holds it. */
static void post_plan(struct planning *planning, const char *text, const char *person,
                      const char *employer) {
    const struct kind *post = kind_find("post"), *holder = kind_find("post_holder"), *of = NULL;
    const struct layout_column *column = column_of(&planning->plan->layout, TARGET_POST, -1);
    const struct naming naming = {.kinds = {post}, .n = 1};
    const char *key = record_named(planning, column, &naming, text, &of);
    if (!key || !person)
        return;
    struct planned *added = planned_find(planning, post, key);
    int organisation = kind_field_index(post, "organisation");
    if (added && employer && !added->cells[organisation])
        added->cells[organisation] = employer;
    const char **cells =
        arena_alloc_array(planning->arena, kind_field_count(holder), sizeof *cells);
    cells[kind_field_index(holder, "post")] = key;
    cells[kind_field_index(holder, "person")] = person;
    const struct record *there = record_identical(planning, holder, cells);
    if (!is_twin(planning, holder, there, cells))
        record_plan(planning, holder, there, cells);
}

/* ---- attendance: days across ---- */

static const char *team_of_sheet(struct planning *planning) {
    struct arena *arena = planning->arena;
    const struct kind *team = kind_find("team");
    const struct record_list *all = records_of(planning->wish->records, team);
    bool is_new;
    struct bring_doubt *doubt = doubt_at(planning, "team", "A1", &is_new);
    if (is_new) {
        doubt->question = "Whose meetings are these?";
        doubt->must = true;
    }
    for (size_t i = 0; is_new && i < all->list.n; i++) {
        const char *name = record_label(planning->wish->records, all->list.items[i]);
        const char *value = arena_format(arena, "team@%s", all->list.items[i]->id);
        doubt_offer(planning, doubt, value, name);
        if (words_within(planning->plan->layout.above, words_plain(arena, name)))
            doubt->suggested = value;
    }
    if (is_new)
        doubt_settle(planning, doubt);
    return doubt->answer && strchr(doubt->answer, '@') ? strchr(doubt->answer, '@') + 1 : NULL;
}

static const char *meeting_of(struct planning *planning, const char *team, const char *day) {
    const struct kind *meeting = kind_find("meeting");
    const struct record_list *all = records_of(planning->wish->records, meeting);
    struct arena *arena = planning->arena;
    for (size_t i = 0; i < all->list.n; i++)
        if (text_equal(record_value(all->list.items[i], "team"), team) &&
            text_equal(record_value(all->list.items[i], "held_on"), day))
            return all->list.items[i]->id;
    const char *name = arena_format(arena, "%s-%s", team, day);
    const char *known = arena_format(arena, "meeting/%s", name), *key;
    if ((key = index_find(&planning->made, known)))
        return key;
    struct planned planned = {.kind = meeting, .row = planning->row->number};
    planned.key = key_free(planning, meeting, name);
    planned.cells = arena_alloc_array(arena, kind_field_count(meeting), sizeof *planned.cells);
    planned.cells[0] = planned.key;
    planned.cells[kind_field_index(meeting, "team")] = team;
    planned.cells[kind_field_index(meeting, "held_on")] = day;
    list_add(arena, &planning->plan->records, planned);
    (void)index_add(arena, &planning->made, known, (void *)planned.key);
    return planned.key;
}

static void days_plan(struct planning *planning, const char *const *row_cells) {
    const struct layout *layout = &planning->plan->layout;
    const struct kind *kind = layout->list->kind;
    const struct sheet_row *row = planning->row;
    const struct field *held_on =
        &kind_find("meeting")->fields[kind_field_index(kind_find("meeting"), "held_on")];
    size_t n = kind_field_count(kind);
    for (size_t i = 0; i < layout->columns.n; i++) {
        const struct layout_column *column = &layout->columns.items[i];
        if (!column->target || column->target->what != TARGET_DAY)
            continue;
        int presence = column->target->fields[0];
        planning->row = &layout->sheet->rows.items[layout->header];
        const char *day = value_read(planning, column, held_on, column->heading);
        planning->row = row;
        const char *cell = layout_cell(row, column->at);
        const char *team = team_of_sheet(planning);
        if (!cell)
            continue;
        const char **cells = arena_alloc_array(planning->arena, n, sizeof *cells);
        memcpy(cells, row_cells, n * sizeof *cells);
        cells[presence] =
            value_read(planning, column, &kind->fields[presence], text_trim(planning->arena, cell));
        const char *missing;
        if (day && team)
            cells[kind_field_index(kind, "meeting")] = meeting_of(planning, team, day);
        if (!has_needed(kind, cells, &missing))
            continue;
        const struct record *there = record_identical(planning, kind, cells);
        if (!is_twin(planning, kind, there, cells))
            record_plan(planning, kind, there, cells);
    }
}

/* ---- rows ---- */

static void row_record(struct planning *planning, const char **cells, const char *job_title) {
    const struct layout *layout = &planning->plan->layout;
    const struct kind *kind = layout->list->kind;
    const struct record *there = NULL;
    const char *missing = NULL;
    bool is_skipped = false;
    int employer = kind_field_index(kind, "employer");
    if (layout->list->set && !cells[kind_field_index(kind, layout->list->set)])
        cells[kind_field_index(kind, layout->list->set)] = layout->list->set_to;
    if (!has_needed(kind, cells, &missing)) {
        if (!planning->plan->asked)
            remark(
                planning, planning->row->number,
                arena_format(planning->arena, "It is left out: it does not say “%s”.",
                             text_capital(planning->arena,
                                          text_replace_char(planning->arena, missing, '_', ' '))));
        return;
    }
    if (kind_has_key(kind) && cells[0])
        there = records_find(planning->wish->records, kind, cells[0]);
    if (there)
        there = record_of_key(planning, there, cells, &is_skipped);
    else if (kind_has_key(kind))
        there = record_of_name(planning, kind, cells, &is_skipped);
    else
        there = record_identical(planning, kind, cells);
    if (is_skipped || is_twin(planning, kind, there, cells))
        return;
    record_plan(planning, kind, there, cells);
    if (job_title)
        post_plan(planning, job_title, cells[0], employer >= 0 ? cells[employer] : NULL);
}

static void row_plan(struct planning *planning) {
    const struct layout *layout = &planning->plan->layout;
    const struct kind *kind = layout->list->kind;
    const char **cells = arena_alloc_array(planning->arena, kind_field_count(kind), sizeof *cells);
    const char *job_title = NULL;
    bool is_filled = false, has_days = column_of(layout, TARGET_DAY, -1);
    for (size_t i = 0; i < layout->columns.n; i++) {
        const struct layout_column *column = &layout->columns.items[i];
        const char *cell = layout_cell(planning->row, column->at);
        if (!column->target || !cell)
            continue;
        is_filled = true;
        if (column->target->what == TARGET_POST)
            job_title = text_trim(planning->arena, cell);
        else if (column->target->what != TARGET_DAY)
            cell_take(planning, column, cell, cells);
    }
    if (!is_filled)
        return;
    planning->plan->rows++;
    if (has_days)
        days_plan(planning, cells);
    else
        row_record(planning, cells, job_title);
}

/* What a column is, where its heading does not say it. */
static void columns_ask(struct planning *planning) {
    struct layout *layout = &planning->plan->layout;
    struct arena *arena = planning->arena;
    planning->row = &layout->sheet->rows.items[layout->header];
    for (size_t i = 0; i < layout->columns.n; i++) {
        struct layout_column *column = &layout->columns.items[i];
        const struct target *likely = column->how == COLUMN_LIKELY ? column->target : NULL;
        bool is_new;
        if ((column->target && !likely) || !column->example)
            continue;
        column->target = NULL; /* until somebody says so */
        struct bring_doubt *doubt =
            doubt_at(planning, column->name, place_of(planning, column->at), &is_new);
        doubt->text = *column->heading
                          ? column->heading
                          : arena_format(arena, "Column %s", column_letter(arena, column->at));
        doubt->question = arena_format(arena, "What is in this column? It begins with “%s”.",
                                       text_quote(arena, column->example));
        doubt->must = doubt->is_kept = true;
        for (size_t t = layout->targets.list.n; t-- > 0;)
            doubt_offer(planning, doubt, layout->targets.list.items[t].name,
                        layout->targets.list.items[t].words);
        doubt->suggested = likely ? likely->name : NULL;
        doubt_settle(planning, doubt);
    }
}

struct plan plan_make(struct arena *arena, const struct plan_wish *wish) {
    struct plan plan = {.layout = layout_find(arena, wish->lists, wish->sheets, wish->answers)};
    struct planning planning = {.arena = arena, .wish = wish, .plan = &plan};
    if (!plan.layout.list)
        return plan;
    planning.names = arena_alloc_array(arena, kind_count, sizeof(struct match_names *));
    planning.keys_noted = arena_alloc_array(arena, kind_count, sizeof *planning.keys_noted);
    planning.identities = arena_alloc_array(arena, kind_count, sizeof *planning.identities);
    columns_ask(&planning);
    for (size_t r = plan.layout.header + 1; r < plan.layout.sheet->rows.n; r++) {
        planning.row = &plan.layout.sheet->rows.items[r];
        row_plan(&planning);
    }
    return plan;
}
