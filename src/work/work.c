#include "work/work.h"
#include "base/date.h"
#include "base/text.h"
#include "record/standing.h"
#include <stdlib.h>

enum err work_records(struct around *around, const char *kind, const char *day,
                      struct around_list *out) {
    struct around_list all = {0};
    *out = (struct around_list){0};
    enum err err = around_kind(around, kind_find(kind), 0, WORK_MOST, &all);
    out->more = all.more;
    for (size_t i = 0; !err && i < all.list.n; i++)
        if (record_in_force(all.list.items[i], day))
            list_add(around->arena, &out->list, all.list.items[i]);
    return err;
}

static bool is_one_of(const char *text, const char *const *choices) {
    for (; *choices; choices++)
        if (text_equal(text, *choices))
            return true;
    return false;
}

/* ---- sums ---- */

double work_sum(const struct record *record, const char *field, bool *is_there) {
    const char *value = record_value(record, field);
    if (is_there)
        *is_there = value != NULL;
    return value ? strtod(value, NULL) : 0;
}

const char *work_sum_words(struct arena *arena, double sum) {
    enum { GROUP = 3 };
    const char *plain = arena_format(arena, "%.2f", sum);
    size_t whole = strcspn(plain, ".");
    struct text out = text_new(arena);
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % GROUP == 0)
            text_add_char(&out, ',');
        text_add_char(&out, plain[i]);
    }
    if (!text_equal(plain + whole, ".00"))
        text_add(&out, plain + whole);
    return out.bytes;
}

const char *work_gap(struct arena *arena, const struct record *resource) {
    const char *state = record_value(resource, "state");
    bool has_needed, has_secured;
    double needed = work_sum(resource, "needed", &has_needed);
    double secured = work_sum(resource, "secured", &has_secured);
    if (text_equal(state, "needed"))
        return "Nobody has promised it yet";
    if (text_equal(state, "promised"))
        return "Promised, and not secured yet";
    if (text_equal(state, "refused"))
        return "It was asked for and not given";
    if (text_equal(state, "withdrawn"))
        return "It was promised or given, and taken back";
    if (has_needed && has_secured && secured < needed)
        return arena_format(arena, "%s of %s is missing", work_sum_words(arena, needed - secured),
                            work_sum_words(arena, needed));
    return text_equal(record_value(resource, "enough"), "no")
               ? "It is there, but said to be not enough"
               : NULL;
}

/* ---- asking again ---- */

/* Whether what happened then certainly was not before the change: an overlap counts as later, as in
 * the rule. */
static bool is_since(const char *time, const struct when *change) {
    struct when when;
    const char *day = *change->first ? change->first : change->last;
    if (!time || !when_parse(time, &when) || !*day)
        return false;
    const char *latest = *when.last ? when.last : when.first;
    return *latest && strcmp(latest, day) >= 0;
}

bool work_asked_since(const struct record *party, const struct record *change) {
    const char *happened = record_value(change, "happened");
    struct when when;
    if (!happened || !when_parse(happened, &when))
        return record_value(party, "asked_again") != NULL;
    return is_since(record_value(party, "asked_again"), &when) ||
           is_since(record_value(party, "agreed_on"), &when);
}

/* ---- policies and visits ---- */

bool work_provision_helps(const struct record *provision) {
    static const char *const helpful[] = {"supports joint work", "shared by all", NULL};
    return is_one_of(record_value(provision, "effect"), helpful) &&
           !text_equal(record_value(provision, "type"), "permission");
}

bool work_is_provider(const struct record *organisation) {
    static const char *const parts[] = {"partner", "host", "lead provider", "federation", NULL};
    static const char *const sectors[] = {"primary care",       "community care", "hospital care",
                                          "mental health care", "social care",    NULL};
    return is_one_of(record_value(organisation, "part"), parts) &&
           is_one_of(record_value(organisation, "sector"), sectors);
}

bool work_visit_listens(const struct record *visit) {
    static const char *const checks[] = {"behind on results", "inspection", NULL};
    return !is_one_of(record_value(visit, "reason"), checks) &&
           !text_equal(record_value(visit, "face_to_face"), "no");
}
