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
    place.column_number = record->columns ? record->columns[field] : 0;
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

static void times_check(struct problems *problems, const struct record *record) {
    const struct kind *kind = record->kind;
    for (size_t f = 0; kind->fields[f].name; f++) {
        const char *first = kind->fields[f].follows;
        const int at = first ? kind_field_index(kind, first) : -1;
        if (at < 0 || !record->values[at] || !record->values[f] ||
            strcmp(record->values[f], record->values[at]) > 0)
            continue;
        problem_add(problems, field_place(problems->arena, record, f),
                    "%s is not later than %s, in the column %s. Check both times.",
                    record->values[f], record->values[at],
                    field_heading(problems->arena, &kind->fields[at]));
    }
}

/* ---- ids ---- */

static bool identifies(const struct record *record, size_t f) {
    return (record->kind->fields[f].flags & IDENTITY) && record->values[f];
}

/* What identifies a record: for people ("budget/decides/chief"), or `exactly`, with the fields'
 * names, since a post and a person may have the same key. Every record has one, so it takes no more
 * room than it needs. */
static char *identity_join(struct arena *arena, const struct record *record, bool exactly) {
    const struct field *fields = record->kind->fields;
    size_t room = 1;
    for (size_t f = 0; fields[f].name; f++)
        if (identifies(record, f))
            room += strlen(record->values[f]) + (exactly ? strlen(fields[f].name) + 2 : 1);
    struct text out = {.arena = arena, .bytes = arena_alloc(arena, room), .room = room};
    for (size_t f = 0; fields[f].name; f++) {
        if (!identifies(record, f))
            continue;
        if (out.length)
            text_add(&out, exactly ? "\n" : "/");
        if (exactly) {
            text_add(&out, fields[f].name);
            text_add(&out, "=");
        }
        text_add(&out, record->values[f]);
    }
    for (char *c = out.bytes; !exactly && *c; c++)
        if (*c == ' ')
            *c = '-';
    return out.bytes;
}

const char *record_id_plain(struct arena *arena, const struct kind *kind, const char **values) {
    return identity_join(arena, &(struct record){.kind = kind, .values = values}, false);
}

static void twin_report(struct problems *problems, const struct record *record,
                        const struct record *other) {
    if (kind_has_key(record->kind))
        problem_add(problems, field_place(problems->arena, record, 0),
                    "The key \"%s\" is already in use in row %u. Every row needs a key of its own.",
                    record->values[0], other->row);
    else if (kind_has_period(record->kind))
        problem_add(problems, record_place(record),
                    "This is about the same as row %u, for a time that overlaps. Keep one of them, "
                    "or give each its own Since and Until.",
                    other->row);
    else
        problem_add(problems, record_place(record),
                    "This is about the same as row %u. Keep one of them.", other->row);
}

/* Records of one identity, each of which may have held at another time, in their order. Hardly any
 * record has a twin: what each takes is kept small. */
struct twin {
    const struct record *record;
    struct twin *next;
};

/* The first of its twins with which a record cannot go together, or NULL. Twins are few, so looking
 * at each of them is not slow. */
static const struct record *twin_in_conflict(const struct record *record,
                                             const struct twin *twins) {
    bool may_repeat = !kind_has_key(record->kind) && kind_has_period(record->kind);
    for (const struct twin *twin = twins; twin; twin = twin->next)
        if (!may_repeat || periods_overlap(record, twin->record))
            return twin->record;
    return NULL;
}

/* What a record is called where nothing else is called so: its key, if it has one. */
static const char *id_plain(struct arena *arena, const struct record *record) {
    const char *key = kind_has_key(record->kind) ? record->values[0] : NULL;
    return key && !strchr(key, ' ') ? key : identity_join(arena, record, false);
}

/* An id of its own: the plain one, else one that says when it began, else one with a number. */
static void id_give(struct records *records, struct record_list *all, struct record *record) {
    struct arena *arena = records->arena;
    const char *plain = id_plain(arena, record), *since = record_value(record, "since");
    record->id = plain;
    if (index_add(arena, &all->by_id, record->id, record))
        return;
    record->id =
        arena_format(arena, "%s@%s", plain, since ? text_replace_char(arena, since, ' ', '-') : "");
    for (unsigned i = 2; !index_add(arena, &all->by_id, record->id, record); i++)
        record->id = arena_format(arena, "%s@%u", plain, i);
}

/* A record of which something that identifies it is missing or wrong has been reported already. */
static bool identity_known(const struct record *record) {
    for (size_t f = 0; record->kind->fields[f].name; f++) {
        unsigned both = IDENTITY | REQUIRED;
        if ((record->kind->fields[f].flags & both) == both && !record->values[f])
            return false;
    }
    return true;
}

static void twins_check(struct arena *arena, struct index *all_twins, struct record *record,
                        struct problems *problems) {
    const char *identity = identity_join(arena, record, true);
    struct twin *last = index_find(all_twins, identity);
    const struct record *other = twin_in_conflict(record, last);
    struct twin *twin = arena_alloc(arena, sizeof *twin);
    *twin = (struct twin){.record = record};
    if (other)
        twin_report(problems, record, other);
    while (last && last->next)
        last = last->next;
    if (last)
        last->next = twin;
    else
        index_add(arena, all_twins, identity, twin);
}

/* The same for a record with a key, which is all that identifies it: no record before it may have
 * the key. */
static void key_check(const struct record_list *all, const struct record *record,
                      struct problems *problems) {
    const struct record *other = index_find(&all->by_id, record->values[0]);
    if (other && text_equal(other->values[0], record->values[0]))
        twin_report(problems, record, other);
}

static void ids_give(struct records *records, bool to_keyed, struct problems *problems) {
    for (size_t k = 0; k < kind_count; k++) {
        struct record_list *all = &records->of_kind[k];
        struct index all_twins = {0};
        if (kind_has_key(kinds[k]) != to_keyed || !all->list.n)
            continue;
        index_reserve(records->arena, &all->by_id, all->list.n);
        if (!to_keyed)
            index_reserve(records->arena, &all_twins, all->list.n);
        for (size_t i = 0; i < all->list.n; i++) {
            struct record *record = all->list.items[i];
            if (identity_known(record) && to_keyed)
                key_check(all, record, problems);
            else if (identity_known(record))
                twins_check(records->arena, &all_twins, record, problems);
            id_give(records, all, record);
        }
    }
}

/* ---- references ---- */

/* The key of the record whose key or name is most like `key`, or NULL. */
static const char *nearest_key(const struct records *records, struct arena *arena,
                               const struct kind *kind, const char *key) {
    const struct record_list *all = records_of(records, kind);
    const char **names = arena_alloc_array(arena, all->list.n * 2 + 1, sizeof *names);
    for (size_t i = 0; i < all->list.n; i++) {
        names[i] = all->list.items[i]->id;
        names[all->list.n + i] = record_label(records, all->list.items[i]);
    }
    const char *nearest = text_nearest(arena, key, names, all->list.n * 2);
    for (size_t i = 0; nearest && i < all->list.n; i++)
        if (names[i] == nearest || names[all->list.n + i] == nearest)
            return names[i];
    return NULL;
}

/* The sheet on which something of another kind has the key, or NULL. */
static const char *sheet_of_key(const struct records *records, const char *key) {
    for (size_t k = 0; k < kind_count; k++)
        if (kind_has_key(kinds[k]) && records_find(records, kinds[k], key))
            return kinds[k]->sheet;
    return NULL;
}

/* What to do about a key that is not there. */
static const char *reference_way_out(const struct records *records, struct arena *arena,
                                     const struct record *record, size_t field, const char *key,
                                     const char *nearest) {
    const struct record_list *all =
        records_of(records, kind_find(record->kind->fields[field].refers_to));
    const char *name = text_fold(arena, key);
    const struct record *one = index_find(&all->by_name, name),
                        *other = index_find(&all->ambiguous, name);
    if (one && other)
        return arena_format(arena, "Write \"%s\" or \"%s\", whichever is meant.", one->id,
                            other->id);
    if (nearest)
        return arena_format(arena, "Did you mean \"%s\"?", nearest);
    const char *elsewhere = sheet_of_key(records, key);
    if (elsewhere)
        return arena_format(arena, "It stands on the sheet %s, and does not fit here.", elsewhere);
    return record->kind->fields[field].flags & REQUIRED
               ? "Add it there, or write a key that is there already."
               : "Add it there, write a key that is there already, or leave the cell empty.";
}

static void lost_reference_report(const struct records *records, struct problems *problems,
                                  const struct record *record, size_t field, const char *key) {
    /* Looking for the nearest key takes a look at all of them: not for problems that nobody will
     * read because there are so many. */
    enum { SUGGESTIONS_MAX = 100 };
    const struct kind *kind = kind_find(record->kind->fields[field].refers_to);
    const char *nearest = problems->list.n < SUGGESTIONS_MAX
                              ? nearest_key(records, problems->arena, kind, key)
                              : NULL;
    const char *way_out = reference_way_out(records, problems->arena, record, field, key, nearest);
    problem_add(problems, field_place(problems->arena, record, field),
                "There is no \"%s\" on the sheet %s. %s", text_quote(problems->arena, key),
                kind->sheet, way_out);
}

static void names_index(struct arena *arena, struct record_list *all) {
    if (all->named)
        return;
    all->named = true;
    index_reserve(arena, &all->by_name, all->list.n);
    for (size_t i = 0; i < all->list.n; i++) {
        struct record *record = all->list.items[i];
        const char *name = text_fold(arena, id_plain(arena, record));
        if (!index_add(arena, &all->by_name, name, record))
            index_add(arena, &all->ambiguous, name, record);
    }
}

/* The key as the record spells it, if only capitals, spaces or hyphens differ; else NULL. */
static const char *key_respelt(const struct records *records, struct arena *arena,
                               const struct kind *kind, const char *key) {
    struct record_list *all = &records->of_kind[kind_index(kind)];
    const char *name = text_fold(arena, key);
    names_index(records->arena, all);
    const struct record *record = index_find(&all->by_name, name);
    return record && !index_find(&all->ambiguous, name) ? record->id : NULL;
}

static void reference_check(const struct records *records, struct problems *problems,
                            struct record *record, size_t f) {
    const struct kind *kind = kind_find(record->kind->fields[f].refers_to);
    const char *key = record->values[f];
    if (records_find(records, kind, key))
        return;
    const char *respelt = key_respelt(records, problems->arena, kind, key);
    if (respelt)
        record->values[f] = respelt;
    else if (strpbrk(key, ";,\n"))
        problem_add(problems, field_place(problems->arena, record, f),
                    "Only one key fits here, not \"%s\". Write a row for each.",
                    text_quote(problems->arena, key));
    else
        lost_reference_report(records, problems, record, f, key);
}

static void references_of_list_check(const struct records *records, struct problems *problems,
                                     struct record *record, size_t f) {
    const struct kind *kind = kind_find(record->kind->fields[f].refers_to);
    struct text keys = text_new(problems->arena);
    const char *rest = record->values[f], *key;
    bool respelt = false;
    while ((key = value_next_ref(problems->arena, &rest))) {
        if (!records_find(records, kind, key)) {
            const char *right = key_respelt(records, problems->arena, kind, key);
            if (!right)
                lost_reference_report(records, problems, record, f, key);
            respelt = respelt || right;
            key = right ? right : key;
        }
        text_add_format(&keys, "%s%s", keys.length ? "; " : "", key);
    }
    if (respelt)
        record->values[f] = arena_copy(records->arena, keys.bytes);
}

/* Where nothing at all is on a sheet that many cells refer to, that is what is wrong, not each of
 * them. That the organisations are missing is said anyway. */
static void awaited_report(const struct records *records, struct problems *problems) {
    struct arena *arena = problems->arena;
    const char **missing = arena_alloc_array(arena, kind_count, sizeof *missing);
    size_t n = 0, cells = 0;
    for (size_t k = 0; k < kind_count; k++) {
        const struct record_list *all = &records->of_kind[k];
        if (!all->awaited || text_equal(kinds[k]->name, "organisation"))
            continue;
        if (all->there) {
            problem_add(problems, (struct place){.file = records->file, .sheet = kinds[k]->sheet},
                        "Nothing is written on this sheet, and %zu cells of others refer to it. "
                        "Write down here what they refer to.",
                        all->awaited);
            continue;
        }
        missing[n++] = kinds[k]->sheet;
        cells += all->awaited;
    }
    if (n)
        problem_add(problems, (struct place){.file = records->file},
                    "The sheet%s %s %s not in this workbook, and %zu cells refer to %s. Put %s in; "
                    "or, if this is part of a programme in a database, `ithaca import` takes it.",
                    n == 1 ? "" : "s", text_enumerate(arena, missing, n, n), n == 1 ? "is" : "are",
                    cells, n == 1 ? "it" : "them", n == 1 ? "it" : "them");
}

static void awaited_count(struct records *records, const struct record *record) {
    for (size_t f = 0; record->kind->fields[f].name; f++) {
        const char *refers_to = record->kind->fields[f].refers_to;
        struct record_list *all =
            refers_to ? &records->of_kind[kind_index(kind_find(refers_to))] : NULL;
        if (all && record->values[f] && !all->list.n && !all->unread)
            all->awaited++;
    }
}

static void awaited_find(struct records *records, struct problems *problems) {
    enum { TOLD_OF_EACH = 3 };
    for (size_t k = 0; k < kind_count; k++)
        for (size_t i = 0; i < records->of_kind[k].list.n; i++)
            awaited_count(records, records->of_kind[k].list.items[i]);
    for (size_t k = 0; k < kind_count; k++)
        if (records->of_kind[k].awaited <= TOLD_OF_EACH)
            records->of_kind[k].awaited = 0;
    awaited_report(records, problems);
}

static void references_check(const struct records *records, struct problems *problems,
                             struct record *record) {
    for (size_t f = 0; record->kind->fields[f].name; f++) {
        const struct field *field = &record->kind->fields[f];
        if (!field->refers_to || !record->values[f])
            continue;
        const struct record_list *all = records_of(records, kind_find(field->refers_to));
        if (all->unread || all->awaited)
            continue;
        if (field->type == FIELD_REF)
            reference_check(records, problems, record, f);
        else
            references_of_list_check(records, problems, record, f);
    }
}

/* ---- circles ---- */

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
                        "This goes in a circle: whoever follows the column %s from \"%s\" comes "
                        "back to it. One link in the circle must go.",
                        field_heading(arena, &kind->fields[field]), at->id);
    }
}

/* Reporting lines. Several may start from one post, so a circle is looked for in two goes. First,
 * posts from which no line leads on are taken away with the lines to them, again and again: what is
 * left when nothing more goes, if anything, has circles in it (Kahn 1962). That is linear, and the
 * end of it for nearly every file. Only lines that are left are then followed one by one, to see
 * whether a circle is of one kind and at one time: quadratic in those, which are few. */
struct line_post {
    const char *key;
    LIST(struct record *) up;         /* lines to those it reports to */
    LIST(struct line_post *) reports; /* those that report to it, one entry for each line */
    size_t lines_left;
    const struct record *met_from; /* the line whose walk last came here */
};

struct line_posts {
    struct arena *arena;
    struct index by_key;
    LIST(struct line_post *) list;
};

static struct line_post *line_post_get(struct line_posts *posts, const char *key) {
    struct line_post *post = index_find(&posts->by_key, key);
    if (!post) {
        post = arena_alloc(posts->arena, sizeof *post);
        post->key = key;
        index_add(posts->arena, &posts->by_key, key, post);
        list_add(posts->arena, &posts->list, post);
    }
    return post;
}

static void line_posts_read(struct line_posts *posts, const struct record_list *lines) {
    for (size_t i = 0; i < lines->list.n; i++) {
        struct record *line = lines->list.items[i];
        struct line_post *from = line_post_get(posts, record_value(line, "post"));
        struct line_post *to = line_post_get(posts, record_value(line, "reports_to"));
        list_add(posts->arena, &from->up, line);
        list_add(posts->arena, &to->reports, from);
        from->lines_left++;
    }
}

/* Takes away what cannot be in a circle. */
static void line_posts_peel(struct line_posts *posts) {
    LIST(struct line_post *) ends = {0};
    for (size_t i = 0; i < posts->list.n; i++)
        if (posts->list.items[i]->lines_left == 0)
            list_add(posts->arena, &ends, posts->list.items[i]);
    for (size_t i = 0; i < ends.n; i++)
        for (size_t r = 0; r < ends.items[i]->reports.n; r++) {
            struct line_post *report = ends.items[i]->reports.items[r];
            if (--report->lines_left == 0)
                list_add(posts->arena, &ends, report);
        }
}

/* Whether lines of the same kind, at the same time, lead from `first` back to where it began. */
static bool line_comes_back(struct line_posts *posts, const struct record *first) {
    LIST(struct line_post *) queue = {0};
    struct line_post *start = line_post_get(posts, record_value(first, "post"));
    list_add(posts->arena, &queue, line_post_get(posts, record_value(first, "reports_to")));
    for (size_t q = 0; q < queue.n; q++) {
        struct line_post *at = queue.items[q];
        if (at == start)
            return true;
        if (at->met_from == first)
            continue;
        at->met_from = first;
        for (size_t i = 0; i < at->up.n; i++) {
            const struct record *line = at->up.items[i];
            struct line_post *to = line_post_get(posts, record_value(line, "reports_to"));
            if (to->lines_left && periods_overlap(line, first) &&
                text_equal(record_value(line, "line"), record_value(first, "line")))
                list_add(posts->arena, &queue, to);
        }
    }
    return false;
}

static void reporting_circles_check(const struct records *records, struct problems *problems) {
    struct line_posts posts = {.arena = problems->arena};
    line_posts_read(&posts, records_of(records, kind_find("reporting_line")));
    line_posts_peel(&posts);
    for (size_t i = 0; i < posts.list.n; i++) {
        const struct line_post *post = posts.list.items[i];
        for (size_t u = 0; u < post->up.n && post->lines_left; u++) {
            const struct record *line = post->up.items[u];
            if (!line_comes_back(&posts, line))
                continue;
            problem_add(problems, record_place(line),
                        "This goes in a circle: whoever follows the lines of %s from \"%s\" "
                        "comes back to it. One of them must go, or end before another begins.",
                        record_value(line, "line"), post->key);
            return; /* every line of the circle would say the same */
        }
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
    if (all->list.n == 1 || all->unread)
        return;
    if (all->list.n == 0)
        problem_add(problems, (struct place){.file = records->file, .sheet = "Programme"},
                    "This sheet is missing or empty. Write one row: a key, a name and the aim of "
                    "the programme.");
    else
        problem_add(problems, record_place(all->list.items[1]),
                    "There is more than one programme. Keep each programme in a workbook of its "
                    "own.");
}

/* Whoever fills in a workbook has something to write down; a programme may begin without. */
static void organisations_check(const struct records *records, struct problems *problems) {
    const struct record_list *all = records_of(records, kind_find("organisation"));
    if (all->list.n == 0 && !all->unread && !records->may_be_bare)
        problem_add(problems, (struct place){.file = records->file, .sheet = "Organisations"},
                    "This sheet is missing or empty. List the organisations that take part: the "
                    "diagnosis is about what happens between them.");
}

void records_check(struct records *records, struct problems *problems) {
    programme_check(records, problems);
    organisations_check(records, problems);
    /* Keys first; then references can be looked up, and respelt; then what is identified by them.
     */
    ids_give(records, true, problems);
    awaited_find(records, problems);
    for (size_t k = 0; k < kind_count; k++)
        for (size_t i = 0; i < records->of_kind[k].list.n; i++) {
            references_check(records, problems, records->of_kind[k].list.items[i]);
            period_check(problems, records->of_kind[k].list.items[i]);
            times_check(problems, records->of_kind[k].list.items[i]);
        }
    ids_give(records, false, problems);
    if (problems->list.n) /* lines that lead nowhere cannot be followed */
        return;
    circles_check(records, problems);
    sole_deciders_check(records, problems);
}
