#include "findings/limits.h"
#include "base/date.h"
#include "base/text.h"
#include "store/programme.h"
#include <math.h>
#include <stdlib.h>

enum err limits_read(struct db *db, struct arena *arena, int64_t programme,
                     struct limit_changes *out) {
    struct db_rows rows;
    *out = (struct limit_changes){0};
    enum err err = db_query(db, SQL_limit_changes, DB_VALUES(db_integer(programme)), &rows);
    while (!err && db_next(&rows))
        list_add(arena, &out->list,
                 (struct limit_change){
                     .rule = db_row_copy(arena, &rows, 0),
                     .name = db_row_copy(arena, &rows, 1),
                     .is_put_back = db_row_null(&rows, 2),
                     .value = db_row_null(&rows, 2) ? 0 : strtod(db_row_text(&rows, 2), NULL),
                     .reason = db_row_copy(arena, &rows, 3),
                     .author = db_row_copy(arena, &rows, 4),
                     .at = db_row_copy(arena, &rows, 5),
                     .is_of_programme = db_row_integer(&rows, 6) != 0});
    return db_rows_end(&rows, err);
}

const struct limit_change *limit_in_force(const struct limit_changes *changes, const char *rule,
                                          const char *name) {
    const struct limit_change *of_site = NULL, *of_programme = NULL;
    for (size_t i = 0; i < changes->list.n; i++) {
        const struct limit_change *change = &changes->list.items[i];
        if (!text_equal(change->rule, rule) || !text_equal(change->name, name))
            continue;
        const struct limit_change *now = change->is_put_back ? NULL : change;
        if (change->is_of_programme)
            of_programme = now;
        else
            of_site = now;
    }
    return of_programme ? of_programme : of_site;
}

/* The rule, or a copy in which limits are others. */
static struct rule *rule_with_limits(struct arena *arena, struct rule *rule,
                                     const struct limit_changes *changes) {
    struct rule *out = rule;
    for (size_t i = 0; i < rule->query.thresholds.n; i++) {
        const struct limit_change *change =
            limit_in_force(changes, rule->id, rule->query.thresholds.items[i].name);
        if (!change)
            continue;
        if (out == rule) {
            const size_t n = rule->query.thresholds.n;
            out = arena_alloc(arena, sizeof *out);
            *out = *rule;
            out->query.thresholds.items =
                arena_alloc_array(arena, n, sizeof *out->query.thresholds.items);
            memcpy(out->query.thresholds.items, rule->query.thresholds.items,
                   n * sizeof *out->query.thresholds.items);
        }
        out->query.thresholds.items[i].value = change->value;
        out->query.thresholds.items[i].reason =
            limit_words(arena, &rule->query.thresholds.items[i], change);
    }
    return out;
}

struct rules rules_with_limits(struct arena *arena, const struct rules *rules,
                               const struct limit_changes *changes) {
    struct rules out = {0};
    for (size_t i = 0; i < rules->list.n; i++)
        list_add(arena, &out.list, rule_with_limits(arena, rules->list.items[i], changes));
    return out;
}

struct reading {
    struct arena *arena;
    int64_t programme;
    struct limit_changes changes;
};

static enum err changes_read(struct db *db, void *context) {
    struct reading *reading = context;
    return limits_read(db, reading->arena, reading->programme, &reading->changes);
}

enum err rules_for_programme(struct db *db, struct arena *arena, const struct rules *rules,
                             int64_t programme, struct rules *out, int64_t *count) {
    struct reading reading = {.arena = arena, .programme = programme};
    enum err err = db_read(db, changes_read, &reading);
    *count = (int64_t)reading.changes.list.n;
    *out = reading.changes.list.n ? rules_with_limits(arena, rules, &reading.changes) : *rules;
    return err;
}

/* ---- changing ---- */

static const struct threshold *limit_find(const struct rules *rules, const char *rule,
                                          const char *name) {
    const struct rule *found = rules_find(rules, rule);
    for (size_t i = 0; found && i < found->query.thresholds.n; i++)
        if (text_equal(found->query.thresholds.items[i].name, name))
            return &found->query.thresholds.items[i];
    return NULL;
}

const char *limit_fault(struct arena *arena, const struct rules *rules,
                        const struct limit_wish *wish) {
    const double most = text_equal(wish->name, "share") ? LIMIT_SHARE_MOST : LIMIT_MOST;
    char *end = NULL;
    const double value = wish->value ? strtod(wish->value, &end) : 0;
    if (!limit_find(rules, wish->rule, wish->name))
        return "The rule has no such limit.";
    if (!wish->reason || text_blank(wish->reason))
        return "Say why. Whoever reads a finding will want to know.";
    if (strlen(wish->reason) > LIMIT_REASON_MOST)
        return "Say it shorter: at most 1,000 letters.";
    if (wish->value &&
        (end == wish->value || *end || !isfinite(value) || value < 0 || value > most))
        return arena_format(arena, "Write a number from 0 to %g.", most);
    return NULL;
}

enum err limit_change(struct db *db, const struct limit_wish *wish) {
    char now[DB_TIME_SIZE];
    db_now(now);
    enum err err = db_run(db, SQL_limit_change_add,
                          DB_VALUES(db_integer(db_id_new()), db_integer(wish->programme),
                                    db_text(wish->rule), db_text(wish->name), db_text(wish->value),
                                    db_text(wish->reason), db_text(wish->author), db_text(now)));
    if (err)
        return err;
    return wish->programme ? programme_touch(db, wish->programme)
                           : db_run(db, SQL_limits_touch_all, DB_NO_VALUES);
}

const char *limit_words(struct arena *arena, const struct threshold *limit,
                        const struct limit_change *change) {
    if (!change)
        return limit->reason;
    return arena_format(arena, "(%g as the rule comes; changed for %s by %s on %s: %s)",
                        limit->value, change->is_of_programme ? "this programme" : "the whole site",
                        change->author ? change->author : "somebody who was erased since",
                        day_of_moment(arena, change->at), change->reason);
}
