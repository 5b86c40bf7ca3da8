#include "record/check.h"
#include "base/date.h"
#include "base/text.h"
#include "record/value.h"
#include <string.h>

static struct place record_place(const struct record *record) {
    return (struct place){.file = record->file, .sheet = record->sheet, .row = record->row};
}

static struct place field_place(struct arena *arena, const struct record *record, size_t field) {
    struct place place = record_place(record);
    place.column = field_heading(arena, &record->kind->fields[field]);
    return place;
}

/* ---- periods ---- */

/* The days on which a record may hold at the widest; bounds nobody knows are left open. */
static struct when record_period(const struct record *record) {
    struct when since = {0}, until = {0}, period = {.first = "0000-01-01", .last = "9999-12-31"};
    const char *from = record_value(record, "since"), *to = record_value(record, "until");
    if (from && when_parse(from, &since) && since.first[0])
        memcpy(period.first, since.first, DAY_SIZE);
    if (to && when_parse(to, &until) && until.last[0])
        memcpy(period.last, until.last, DAY_SIZE);
    return period;
}

/* For certain: on the days that both must hold, however their times are read. */
static bool periods_overlap(const struct record *a, const struct record *b) {
    struct when since, until;
    const struct record *pair[2] = {a, b};
    char latest_start[DAY_SIZE] = "0000-01-01", earliest_end[DAY_SIZE] = "9999-12-31";
    for (size_t i = 0; i < 2; i++) {
        const char *from = record_value(pair[i], "since"), *to = record_value(pair[i], "until");
        if (from && when_parse(from, &since) && strcmp(since.last, latest_start) > 0)
            memcpy(latest_start, since.last, DAY_SIZE);
        if (to && (!when_parse(to, &until) || !until.first[0]))
            return false; /* ended, nobody knows when */
        if (to && strcmp(until.first, earliest_end) < 0)
            memcpy(earliest_end, until.first, DAY_SIZE);
    }
    return strcmp(latest_start, earliest_end) <= 0;
}

static void period_check(struct problems *problems, const struct record *record) {
    struct when period = record_period(record);
    if (strcmp(period.first, period.last) <= 0)
        return;
    problem_add(problems, record_place(record),
                "It ends (%s) before it begins (%s). Check the columns Since and Until.",
                record_value(record, "until"), record_value(record, "since"));
}

/* ---- ids ---- */

static char *id_from_identity(struct arena *arena, const struct record *record) {
    struct text id = text_new(arena);
    bool first = true;
    for (size_t f = 0; record->kind->fields[f].name; f++) {
        const struct field *field = &record->kind->fields[f];
        if (!(field->flags & IDENTITY) || !record->values[f])
            continue;
        text_add_format(&id, "%s%s", first ? "" : "/",
                        text_replace_char(arena, record->values[f], ' ', '-'));
        first = false;
    }
    return id.bytes;
}

static void twin_report(struct problems *problems, const struct record *record,
                        const struct record *other) {
    if (kind_has_key(record->kind))
        problem_add(problems, field_place(problems->arena, record, 0),
                    "The key \"%s\" is already in use in row %u. Every row needs a key of its own.",
                    record->values[0], other->row);
    else if (kind_has_period(record->kind))
        problem_add(problems, record_place(record),
                    "This says the same as row %u, for a time that overlaps. Remove one of them, "
                    "or give each its own Since and Until.",
                    other->row);
    else
        problem_add(problems, record_place(record),
                    "This says the same as row %u. Remove one of them.", other->row);
}

/* Records of one identity, each of which may have held at another time. */
struct twins {
    LIST(struct record *) list;
};

/* The first of its twins with which a record cannot go together, or NULL. Twins are few, so looking
 * at each of them is not slow. */
static const struct record *twin_in_conflict(const struct record *record,
                                             const struct twins *twins) {
    bool may_repeat = !kind_has_key(record->kind) && kind_has_period(record->kind);
    for (size_t i = 0; i < twins->list.n; i++)
        if (!may_repeat || periods_overlap(record, twins->list.items[i]))
            return twins->list.items[i];
    return NULL;
}

/* The first of several keeps the plain id; the others' say when they began. */
static void id_give(struct records *records, struct record_list *all, struct index *all_twins,
                    struct record *record, struct problems *problems) {
    struct arena *arena = records->arena;
    const char *plain =
        kind_has_key(record->kind) ? record->values[0] : id_from_identity(arena, record);
    struct twins *twins = index_find(all_twins, plain);
    if (!twins) {
        twins = arena_alloc(arena, sizeof *twins);
        index_add(arena, all_twins, plain, twins);
    }
    const struct record *twin = twin_in_conflict(record, twins);
    if (twin)
        twin_report(problems, record, twin);
    const char *since = record_value(record, "since");
    record->id = plain;
    if (twins->list.n && since)
        record->id = arena_format(arena, "%s@%s", plain, text_replace_char(arena, since, ' ', '-'));
    list_add(arena, &twins->list, record);
    if (!index_add(arena, &all->by_id, record->id, record)) {
        record->id = arena_format(arena, "%s@%zu", plain, twins->list.n);
        index_add(arena, &all->by_id, record->id, record);
    }
}

static void ids_give(struct records *records, struct problems *problems) {
    for (size_t k = 0; k < kind_count; k++) {
        struct record_list *all = &records->of_kind[k];
        struct index all_twins = {0};
        for (size_t i = 0; i < all->list.n; i++)
            id_give(records, all, &all_twins, all->list.items[i], problems);
    }
}

/* ---- references ---- */

static void lost_reference_report(const struct records *records, struct problems *problems,
                                  const struct record *record, size_t field, const char *key) {
    const struct kind *kind = kind_find(record->kind->fields[field].refers_to);
    const struct record_list *all = records_of(records, kind);
    struct arena *arena = problems->arena;
    const char **keys = arena_alloc_array(arena, all->list.n * 2 + 1, sizeof *keys);
    for (size_t i = 0; i < all->list.n; i++) {
        keys[i] = all->list.items[i]->id;
        keys[all->list.n + i] = record_label(records, all->list.items[i]);
    }
    const char *nearest = text_nearest(arena, key, keys, all->list.n * 2);
    const char *advice = "";
    for (size_t i = 0; nearest && i < all->list.n; i++)
        if (keys[i] == nearest || keys[all->list.n + i] == nearest)
            advice = arena_format(arena, " Did you mean \"%s\"?", keys[i]);
    if (!nearest)
        advice = arena_format(arena, " Add it there, or write one of its keys.");
    problem_add(problems, field_place(arena, record, field),
                "There is no \"%s\" on the sheet %s.%s", key, kind->sheet, advice);
}

static void references_check(const struct records *records, struct problems *problems,
                             const struct record *record) {
    for (size_t f = 0; record->kind->fields[f].name; f++) {
        const struct field *field = &record->kind->fields[f];
        if (!field->refers_to || !record->values[f])
            continue;
        const struct kind *kind = kind_find(field->refers_to);
        const char *rest = record->values[f], *key;
        if (field->type == FIELD_REF) {
            if (!records_find(records, kind, rest))
                lost_reference_report(records, problems, record, f, rest);
            continue;
        }
        while ((key = value_next_ref(problems->arena, &rest)))
            if (!records_find(records, kind, key))
                lost_reference_report(records, problems, record, f, key);
    }
}

/* ---- circles ---- */

/* Lines from record to record of one kind, each record having at most one. */
struct lines {
    const struct record **from, **to;
    size_t n;
};

/* Follows `next` from every record; `mark` remembers in which walk a record was met, so that each
 * is walked once and the whole is linear. */
static void own_circles_report(const struct records *records, struct problems *problems,
                               const struct kind *kind, int field) {
    struct index walks = {0};
    const struct record_list *all = records_of(records, kind);
    struct arena *arena = problems->arena;
    for (size_t i = 0; i < all->list.n; i++) {
        const struct record *start = all->list.items[i], *at = start;
        while (at && index_add(arena, &walks, at->id, all->list.items[i])) {
            const char *next = at->values[field];
            at = next ? records_find(records, kind, next) : NULL;
        }
        if (at && index_find(&walks, at->id) == start)
            problem_add(problems, field_place(arena, at, (size_t)field),
                        "This goes in a circle: following %s from \"%s\" comes back to it. One "
                        "link in the circle must go.",
                        field_heading(arena, &kind->fields[field]), at->id);
    }
}

/* Reporting lines: several may start from one post, and what counts is a circle within one kind of
 * line at one time. Depth-first over the posts; a line is followed only if it may hold at the same
 * time as the one that the walk began with. */
struct circle_search {
    const struct records *records;
    struct problems *problems;
    const struct record *first; /* the line the walk began with */
    struct index lines_of;      /* post -> struct record_list of its lines */
    struct index met;           /* posts met in this walk; the things do not matter */
    bool found;
};

static void circle_follow(struct circle_search *search, const char *post) {
    const struct record_list *lines = index_find(&search->lines_of, post);
    if (search->found || !lines || !index_add(search->problems->arena, &search->met, post, search))
        return;
    for (size_t i = 0; i < lines->list.n && !search->found; i++) {
        const struct record *line = lines->list.items[i];
        if (!text_equal(record_value(line, "line"), record_value(search->first, "line")) ||
            !periods_overlap(line, search->first))
            continue;
        const char *to = record_value(line, "reports_to");
        if (text_equal(to, record_value(search->first, "post")))
            search->found = true;
        else
            circle_follow(search, to);
    }
}

static void reporting_circles_check(const struct records *records, struct problems *problems) {
    const struct kind *kind = kind_find("reporting_line");
    const struct record_list *all = records_of(records, kind);
    struct arena *arena = problems->arena;
    struct circle_search search = {.records = records, .problems = problems};
    for (size_t i = 0; i < all->list.n; i++) {
        const char *post = record_value(all->list.items[i], "post");
        struct record_list *lines = index_find(&search.lines_of, post);
        if (!lines) {
            lines = arena_alloc(arena, sizeof *lines);
            index_add(arena, &search.lines_of, post, lines);
        }
        list_add(arena, &lines->list, all->list.items[i]);
    }
    for (size_t i = 0; i < all->list.n; i++) {
        const struct record *line = all->list.items[i];
        search.first = line;
        search.met = (struct index){0};
        search.found = false;
        circle_follow(&search, record_value(line, "reports_to"));
        if (!search.found)
            continue;
        problem_add(problems, record_place(line),
                    "This goes in a circle: following %s from \"%s\" comes back to it. One of the "
                    "lines must go, or end before another begins.",
                    record_value(line, "line"), record_value(line, "post"));
        return; /* every line of the circle would say the same */
    }
}

static void circles_check(const struct records *records, struct problems *problems) {
    for (size_t k = 0; k < kind_count; k++)
        for (int f = 0; kinds[k]->fields[f].name; f++)
            if ((kinds[k]->fields[f].flags & ACYCLIC) &&
                text_equal(kinds[k]->fields[f].refers_to, kinds[k]->name))
                own_circles_report(records, problems, kinds[k], f);
    reporting_circles_check(records, problems);
}

/* ---- contradictions ---- */

static const char *right_holder(const struct record *right) {
    static const char *const fields[] = {"post", "person", "team", "body"};
    for (size_t i = 0; i < 4; i++)
        if (record_value(right, fields[i]))
            return record_value(right, fields[i]);
    return "";
}

/* A decision said to be one holder's alone cannot have two at the same time for the same part. */
static void sole_deciders_check(const struct records *records, struct problems *problems) {
    const struct record_list *rights = records_of(records, kind_find("decision_right"));
    struct index first_decider = {0};
    for (size_t i = 0; i < rights->list.n; i++) {
        struct record *right = rights->list.items[i];
        const struct record *decision =
            records_find(records, kind_find("decision"), record_value(right, "decision"));
        if (!text_equal(record_value(right, "right_held"), "decides") || !decision ||
            !text_equal(record_value(decision, "manner"), "one decides"))
            continue;
        const char *sum = record_value(right, "up_to");
        const char *part = record_value(right, "for_organisation");
        char *name = arena_format(problems->arena, "%s %s %s", decision->id, part ? part : "",
                                  sum ? sum : "");
        if (index_add(problems->arena, &first_decider, name, right))
            continue;
        const struct record *other = index_find(&first_decider, name);
        if (!text_equal(right_holder(right), right_holder(other)) && periods_overlap(right, other))
            problem_add(problems, record_place(right),
                        "\"%s\" is to be decided by one alone, but both \"%s\" (here) and \"%s\" "
                        "(row %u) decide at the same time. If they do it together, write "
                        "\"jointly\" under Manner on the sheet Decisions; if both claim it, write "
                        "\"disputed\"; if one followed the other, fill in Since and Until.",
                        decision->id, right_holder(right), right_holder(other), other->row);
    }
}

static void programme_check(const struct records *records, struct problems *problems) {
    const struct record_list *all = records_of(records, kind_find("programme"));
    if (all->list.n == 1)
        return;
    if (all->list.n == 0)
        problem_add(problems, (struct place){.sheet = "Programme"},
                    "This sheet is missing or empty. Write one row: a key, a name and the aim of "
                    "the programme.");
    else
        problem_add(problems, record_place(all->list.items[1]),
                    "There is more than one programme. Keep each programme in a workbook of its "
                    "own.");
}

static void organisations_check(const struct records *records, struct problems *problems) {
    if (records_of(records, kind_find("organisation"))->list.n == 0)
        problem_add(problems, (struct place){.sheet = "Organisations"},
                    "This sheet is missing or empty. List the organisations that take part: the "
                    "diagnosis is about what happens between them.");
}

void records_check(struct records *records, struct problems *problems) {
    size_t problems_before = problems->list.n;
    programme_check(records, problems);
    organisations_check(records, problems);
    ids_give(records, problems);
    for (size_t k = 0; k < kind_count; k++)
        for (size_t i = 0; i < records->of_kind[k].list.n; i++) {
            const struct record *record = records->of_kind[k].list.items[i];
            references_check(records, problems, record);
            period_check(problems, record);
        }
    if (problems->list.n > problems_before)
        return;
    circles_check(records, problems);
    sole_deciders_check(records, problems);
}
