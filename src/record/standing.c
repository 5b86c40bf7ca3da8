#include "record/standing.h"
#include "base/date.h"
#include "base/text.h"
#include <string.h>

bool record_in_force(const struct record *record, const char *day) {
    const char *until = record_value(record, "until");
    struct when when;
    return !until || (when_parse(until, &when) && when.last[0] && strcmp(when.last, day) >= 0);
}

static bool is_to_come(const char *time, const char *day) {
    struct when when;
    return time && when_parse(time, &when) && when.first[0] && strcmp(when.first, day) > 0;
}

/* "left 11 September 2026" */
static const char *time_words(struct arena *arena, const char *what, const char *time) {
    return text_equal(time, "unknown") ? arena_format(arena, "%s, nobody knows when", what)
                                       : arena_format(arena, "%s %s", what, when_long(arena, time));
}

/* ---- its state ---- */

static const struct field *state_field(const struct kind *kind) {
    int field = kind_field_index(kind, "state");
    return field < 0 || strstr(kind->label, "{{state}}") ? NULL : &kind->fields[field];
}

/* The time at which it came to its state ("done"), if the state follows from one. */
static const char *state_time(const struct record *record, const struct field *state) {
    return state->until ? record_value(record, state->until) : NULL;
}

/* As it reads on the day; NULL where that is the usual. */
static const char *state_on(const struct record *record, const struct field *state,
                            const char *day) {
    const char *value = record_value(record, "state"), *time = state_time(record, state);
    if (state->until && (is_to_come(time, day) || (!value && !time)))
        return state->before;
    if (!value)
        value = state->after;
    return value && !(state->otherwise && text_equal(value, state->otherwise)) ? value : NULL;
}

/* "vacant"; "done 3 March 2026", where its name does not say the day already. */
static const char *state_words(struct arena *arena, const struct record *record, const char *day) {
    const struct field *state = state_field(record->kind);
    const char *value = state ? state_on(record, state, day) : NULL;
    const char *time = value ? state_time(record, state) : NULL;
    if (!time || !state->after || !text_equal(value, state->after) ||
        strstr(record->kind->label, arena_format(arena, "{{%s}}", state->until)))
        return value;
    return time_words(arena, value, time);
}

/* ---- its times ---- */

/* Whether what is due has come about already, or will not. */
static bool is_settled(const struct record *record, const char *day) {
    const struct field *state = state_field(record->kind);
    const char *value = state ? state_on(record, state, day) : NULL;
    return !value || !state->before ||
           (!text_equal(value, state->before) && !text_equal(value, "proposed"));
}

static const char *times_words(struct arena *arena, const struct record *record, const char *day) {
    const char *since = record_value(record, "since"), *until = record_value(record, "until"),
               *due = record_value(record, "due");
    const char *ended = record->kind->ended ? record->kind->ended : "ended";
    if (until && !record_in_force(record, day))
        return time_words(arena, ended, until);
    if (since && is_to_come(since, day))
        return time_words(arena, "from", since);
    if (until)
        return time_words(arena, "until", until);
    if (since && !text_equal(since, "unknown"))
        return time_words(arena, "since", since);
    return due && !is_settled(record, day) ? time_words(arena, "due", due) : NULL;
}

/* ---- all of it ---- */

const char *record_standing(struct arena *arena, const struct record *record, const char *day) {
    const char *state = state_words(arena, record, day), *times = times_words(arena, record, day);
    return arena_format(arena, "%s%s%s", state ? state : "", state && times ? ", " : "",
                        times ? times : "");
}

int record_suspicion(const struct record *record, const char *day) {
    const struct field *state = state_field(record->kind);
    if (!record_in_force(record, day))
        return 0;
    return state && state->otherwise && state_on(record, state, day) ? 1 : 2;
}
