#include "decisions/delegation.h"
#include "base/date.h"
#include "base/names.h"
#include "base/text.h"
#include "store/stored.h"
#include <string.h>

struct cells {
    const struct kind *kind;
    const char **values;
};

struct reading {
    struct arena *arena;
    struct index by_key; /* "post director" -> struct cells; not of rights, which have no keys */
    LIST(struct cells) rights;
};

static const char *value_of(const struct cells *cells, const char *field) {
    return cells->values[kind_field_index(cells->kind, field)];
}

static const struct cells *find(const struct reading *reading, const char *kind, const char *key) {
    return key ? index_find(&reading->by_key, arena_format(reading->arena, "%s %s", kind, key))
               : NULL;
}

/* What a record is called; its key where it is not there. */
static const char *name_in(const struct reading *reading, const char *kind, const char *key,
                           const char *field) {
    const struct cells *cells = find(reading, kind, key);
    const char *name = cells ? value_of(cells, field) : NULL;
    return name ? name : key;
}

/* "Director of finance, Council" */
static const char *post_name(const struct reading *reading, const char *key) {
    const struct cells *post = find(reading, "post", key);
    const char *title = name_in(reading, "post", key, "title");
    const char *organisation = post ? value_of(post, "organisation") : NULL;
    return organisation ? arena_format(reading->arena, "%s, %s", title,
                                       name_in(reading, "organisation", organisation, "name"))
                        : title;
}

static const char *holder_name(const struct reading *reading, const struct cells *right) {
    const char *post = value_of(right, "post"), *person = value_of(right, "person"),
               *team = value_of(right, "team"), *body = value_of(right, "body");
    if (post)
        return post_name(reading, post);
    if (person)
        return name_in(reading, "person", person, "name");
    return team ? name_in(reading, "team", team, "name")
                : name_in(reading, "organisation", body, "name");
}

/* "50000" as "50,000". */
static const char *sum_words(struct arena *arena, const char *sum) {
    struct text out = text_new(arena);
    size_t whole = strspn(sum, "0123456789");
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0)
            text_add_char(&out, ',');
        text_add_char(&out, sum[i]);
    }
    text_add(&out, sum + whole);
    return out.bytes;
}

static const char *right_words(const struct reading *reading, const struct cells *right) {
    const char *sum = value_of(right, "up_to"), *by = value_of(right, "delegated_by");
    struct text out = text_new(reading->arena);
    text_add(&out, value_of(right, "right_held"));
    if (sum)
        text_add_format(&out, " up to %s", sum_words(reading->arena, sum));
    if (by)
        text_add_format(&out, ", delegated by %s", post_name(reading, by));
    return out.bytes;
}

static const char *or_nothing(const char *text) {
    return text ? text : "";
}

static struct delegation delegation_of(const struct reading *reading, const struct cells *right) {
    struct arena *arena = reading->arena;
    const char *decision = value_of(right, "decision"),
               *only_for = value_of(right, "for_organisation");
    const char *since = value_of(right, "since"), *until = value_of(right, "until");
    struct delegation out = {
        .decision = name_in(reading, "decision", decision, "title"),
        .who = holder_name(reading, right),
        .words = right_words(reading, right),
        .holding = arena_format(
            arena, "%s\n%s\n%s\n%s\n%s\n%s", decision, or_nothing(value_of(right, "post")),
            or_nothing(value_of(right, "person")), or_nothing(value_of(right, "team")),
            or_nothing(value_of(right, "body")), or_nothing(only_for)),
        .has_ended = until,
    };
    if (only_for)
        out.who = arena_format(arena, "%s, for %s", out.who,
                               name_in(reading, "organisation", only_for, "name"));
    if (since && !when_parse(since, &out.since))
        out.since = (struct when){0};
    if (until && !when_parse(until, &out.until))
        out.until = (struct when){0};
    return out;
}

enum err delegations_read(struct db *db, struct arena *arena, const struct programme *programme,
                          int64_t revision, struct delegations *out) {
    struct reading reading = {.arena = arena};
    struct db_rows rows;
    *out = (struct delegations){0};
    enum err err = db_query(db, SQL_delegation_records,
                            DB_VALUES(db_integer(programme->id), db_integer(revision)), &rows);
    while (!err && db_next(&rows)) {
        const struct kind *kind = kind_find(db_row_text(&rows, 0));
        struct cells *cells = arena_alloc(arena, sizeof *cells);
        *cells = (struct cells){
            kind, arena_alloc_array(arena, kind_field_count(kind), sizeof *cells->values)};
        if (stored_read(arena, kind, db_row_text(&rows, 2), cells->values) != OK)
            continue;
        if (text_equal(kind->name, "decision_right"))
            list_add(arena, &reading.rights, *cells);
        else
            index_add(arena, &reading.by_key,
                      arena_format(arena, "%s %s", kind->name, db_row_text(&rows, 1)), cells);
    }
    err = db_rows_end(&rows, err);
    for (size_t i = 0; !err && i < reading.rights.n; i++)
        list_add(arena, &out->list, delegation_of(&reading, &reading.rights.items[i]));
    return err;
}

/* ---- two days ---- */

/* As the workbench has it: a time that is known roughly counts at its widest, and what ended when
 * nobody knows has ended. */
static bool holds_on(const struct delegation *right, const char *day) {
    if (*right->since.first && strcmp(right->since.first, day) > 0)
        return false;
    return !right->has_ended || (*right->until.last && strcmp(right->until.last, day) >= 0);
}

/* All that somebody may do about a decision on a day; NULL: nothing. */
static const char *words_on(struct arena *arena, const struct delegations *all, const char *holding,
                            const char *day) {
    struct names known = {0};
    struct text words = text_new(arena);
    for (size_t i = 0; i < all->list.n; i++) {
        const struct delegation *right = &all->list.items[i];
        if (!text_equal(right->holding, holding) || !holds_on(right, day) ||
            names_contain(&known, right->words))
            continue;
        list_add(arena, &known.list, right->words);
        text_add_format(&words, "%s%s", words.length ? "; " : "", right->words);
    }
    return words.length ? text_capital(arena, words.bytes) : NULL;
}

struct delegation_changes delegations_compare(struct arena *arena, const struct delegations *all,
                                              const char *from, const char *to) {
    struct delegation_changes out = {0};
    struct index seen = {0};
    for (size_t i = 0; i < all->list.n; i++) {
        const struct delegation *right = &all->list.items[i];
        if (!index_add(arena, &seen, right->holding, &out))
            continue;
        struct delegation_change change = {right->decision, right->who,
                                           words_on(arena, all, right->holding, from),
                                           words_on(arena, all, right->holding, to)};
        if (change.before && change.after && text_equal(change.before, change.after))
            out.same++;
        else if (change.before && change.after)
            list_add(arena, &out.changed, change);
        else if (change.before)
            list_add(arena, &out.ended, change);
        else if (change.after)
            list_add(arena, &out.added, change);
    }
    return out;
}
