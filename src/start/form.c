/* Fields and answers, and records made of them. */
#include "base/text.h"
#include "record/value.h"
#include "start/inside.h"

/* ---- the form ---- */

struct start_group *start_group_add(struct start *start, const char *legend, const char *hint) {
    list_add(start->arena, &start->form.groups,
             (struct start_group){.legend = legend, .hint = hint});
    return &start->form.groups.items[start->form.groups.n - 1];
}

struct start_field *start_field_add(struct start *start, enum start_field_type type,
                                    const char *name, const char *label, const char *hint) {
    struct start_group *group = start->form.groups.n
                                    ? &start->form.groups.items[start->form.groups.n - 1]
                                    : start_group_add(start, NULL, NULL);
    const char *id = arena_format(start->arena, "answer-%zu", ++start->form.fields);
    list_add(
        start->arena, &group->fields,
        (struct start_field){.type = type, .name = name, .id = id, .label = label, .hint = hint});
    return &group->fields.items[group->fields.n - 1];
}

void start_option_add(struct start *start, struct start_field *field, const char *value,
                      const char *label, const char *chosen) {
    list_add(start->arena, &field->options,
             (struct start_option){value, label, chosen && text_equal(chosen, value)});
}

void start_people_add(struct start *start, struct start_field *field, const char *prefix,
                      const char *first, const char *chosen) {
    const struct around_list *people = start_all(start, "person");
    for (int turn = first ? 0 : 1; turn < 2; turn++)
        for (size_t i = 0; i < people->list.n; i++) {
            const struct record *person = people->list.items[i];
            const char *employer = record_value(person, "employer");
            const struct record *home = start_record(start, "organisation", employer);
            bool is_first = first && employer && text_equal(employer, first);
            const char *name = record_value(person, "name");
            if (first && is_first != (turn == 0))
                continue;
            start_option_add(start, field, arena_format(start->arena, "%s%s", prefix, person->id),
                             home && !is_first ? arena_format(start->arena, "%s (%s)", name,
                                                              record_value(home, "name"))
                                               : name,
                             chosen);
        }
}

void start_choices_add(struct start *start, struct start_field *field, const char *kind,
                       const char *of, const char *chosen) {
    const struct kind *found = kind_find(kind);
    const struct choice *choice = found->fields[kind_field_index(found, of)].choices;
    for (; choice->value; choice++)
        start_option_add(start, field, choice->value,
                         *choice->meaning ? arena_format(start->arena, "%s: %s",
                                                         text_capital(start->arena, choice->value),
                                                         choice->meaning)
                                          : text_capital(start->arena, choice->value),
                         chosen);
}

static struct start_field *field_find(const struct start *start, const char *name) {
    for (size_t g = 0; g < start->form.groups.n; g++) {
        const struct start_group *group = &start->form.groups.items[g];
        for (size_t f = 0; f < group->fields.n; f++)
            if (text_equal(group->fields.items[f].name, name))
                return &group->fields.items[f];
    }
    return NULL;
}

const char *start_answer(const struct start *start, const char *name) {
    const struct start_field *field = field_find(start, name);
    if (!field)
        return NULL;
    if (field->type == START_TICK)
        return field->is_ticked ? "yes" : NULL;
    if (field->type != START_CHOICE)
        return field->value;
    for (size_t i = 0; i < field->options.n; i++)
        if (field->options.items[i].is_chosen)
            return *field->options.items[i].value ? field->options.items[i].value : NULL;
    return NULL;
}

void start_fault(struct start *start, const char *name, const char *words) {
    struct start_field *field = field_find(start, name);
    start->has_fault = true;
    if (field && !field->fault)
        field->fault = words;
}

/* ---- looking records up ---- */

const struct around_list *start_all(const struct start *start, const char *kind) {
    return &start->of_kind[kind_index(kind_find(kind))];
}

const struct record *start_record(const struct start *start, const char *kind, const char *key) {
    const struct around_list *all = start_all(start, kind);
    for (size_t i = 0; key && i < all->list.n; i++)
        if (text_same_name(all->list.items[i]->id, key))
            return all->list.items[i];
    return NULL;
}

const struct record *start_named(const struct start *start, const char *kind, const char *name) {
    enum { NAME = 1 }; /* in each kind that is looked for so, it stands behind the key */
    const struct around_list *all = start_all(start, kind);
    const char *folded = text_fold(start->arena, name);
    const struct record *like = NULL;
    size_t alike = 0;
    for (size_t i = 0; i < all->list.n; i++) {
        const struct record *record = all->list.items[i];
        if (text_same_name(record->values[NAME], name) || text_same_name(record->id, name))
            return record;
        if (*folded && strstr(text_fold(start->arena, record->values[NAME]), folded)) {
            like = record;
            alike++;
        }
    }
    return alike == 1 ? like : NULL;
}

const struct record *start_team(const struct start *start) {
    const struct around_list *teams = start_all(start, "team");
    for (size_t i = 0; i < teams->list.n; i++) {
        const struct record *team = teams->list.items[i];
        const char *level = record_value(team, "level");
        if ((!level || text_equal(level, "transformation team")) &&
            !start_is(team, "type", "care team") && !start_is(team, "type", "peer group") &&
            !start_is(team, "phase", "ended"))
            return team;
    }
    return NULL;
}

struct around_list start_partners(const struct start *start) {
    static const char *const parts[] = {"partner", "host", "lead provider", "commissioner",
                                        "federation"};
    const struct around_list *all = start_all(start, "organisation");
    struct around_list partners = {0};
    for (size_t i = 0; i < all->list.n; i++)
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
            if (start_is(all->list.items[i], "part", parts[p]))
                list_add(start->arena, &partners.list, all->list.items[i]);
    return partners;
}

bool start_is(const struct record *record, const char *field, const char *value) {
    const char *is = record_value(record, field);
    return is && value && text_same_name(is, value);
}

bool start_holds(const struct start *start, const char *keys, const char *key) {
    const char *rest = keys;
    for (char *one; rest && (one = value_next_ref(start->arena, &rest));)
        if (text_same_name(one, key))
            return true;
    return false;
}

/* ---- making records ---- */

void start_set(const char **cells, const char *kind, const char *field, const char *value) {
    cells[kind_field_index(kind_find(kind), field)] = value;
}

const char **start_make(struct start *start, const char *kind) {
    const struct kind *of = kind_find(kind);
    const char **cells = arena_alloc_array(start->arena, kind_field_count(of), sizeof *cells);
    list_add(start->arena, &start->wish.records, (struct wanted){.kind = of, .cells = cells});
    return cells;
}

const char **start_change(struct start *start, const struct record *record) {
    size_t n = kind_field_count(record->kind);
    for (size_t i = 0; i < start->wish.records.n; i++) {
        const struct wanted *wanted = &start->wish.records.items[i];
        if (wanted->cells && wanted->kind == record->kind && text_equal(wanted->id, record->id))
            return wanted->cells;
    }
    const char **cells = arena_alloc_array(start->arena, n, sizeof *cells);
    memcpy(cells, record->values, n * sizeof *cells);
    list_add(start->arena, &start->wish.records,
             (struct wanted){.kind = record->kind, .id = record->id, .cells = cells});
    return cells;
}

void start_remove(struct start *start, const struct record *record) {
    list_add(start->arena, &start->wish.records,
             (struct wanted){.kind = record->kind, .id = record->id});
}

static bool key_is_used(const struct start *start, const struct kind *kind, const char *key) {
    const struct around_list *ever = &start->ever[kind_index(kind)];
    for (size_t i = 0; i < ever->list.n; i++)
        if (text_same_name(ever->list.items[i]->id, key))
            return true;
    for (size_t i = 0; i < start->wish.records.n; i++) {
        const struct wanted *wanted = &start->wish.records.items[i];
        if (wanted->kind == kind && !wanted->id && wanted->cells[0] &&
            text_same_name(wanted->cells[0], key))
            return true;
    }
    return false;
}

const char *start_key(struct start *start, const char *kind, const char *name) {
    const struct kind *of = kind_find(kind);
    const char *plain = key_of_text(start->arena, name);
    if (!plain)
        plain = kind;
    for (unsigned n = 1;; n++) {
        const char *key = n == 1 ? plain : arena_format(start->arena, "%s-%u", plain, n);
        if (!key_is_used(start, of, key))
            return key;
    }
}

/* ---- how fully it is written down ---- */

static const struct record *coverage_of(const struct start *start, const char *kind) {
    const struct around_list *all = start_all(start, "coverage");
    for (size_t i = 0; i < all->list.n; i++)
        if (start_is(all->list.items[i], "about", kind_find(kind)->sheet))
            return all->list.items[i];
    return NULL;
}

bool start_is_complete(const struct start *start, const char *kind) {
    const struct record *said = coverage_of(start, kind);
    return said && start_is(said, "state", "complete");
}

void start_complete(struct start *start, const char *kind, bool is_complete, const char *since) {
    const struct record *said = coverage_of(start, kind);
    const char **cells;
    if (is_complete == start_is_complete(start, kind))
        return;
    if (said)
        cells = start_change(start, said);
    else {
        cells = start_make(start, "coverage");
        start_set(cells, "coverage", "about", kind_find(kind)->sheet);
    }
    start_set(cells, "coverage", "state", is_complete ? "complete" : "partly kept");
    start_set(cells, "coverage", "complete_since", is_complete ? since : NULL);
}
