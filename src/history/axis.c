#include "history/axis.h"

struct axis axis_make(const char *from, const char *to, double room, bool whole) {
    struct axis axis = {.first_month = month_number_of(from)};
    axis.months = month_number_of(to) - axis.first_month + 1;
    axis.unit = room / (double)axis.months;
    if (whole && axis.unit >= 1)
        axis.unit = (double)(long)axis.unit;
    return axis;
}

double axis_width(const struct axis *axis) {
    return (double)axis->months * axis->unit;
}

double axis_place(const struct axis *axis, const char *day) {
    long month = month_number_of(day);
    char first[DAY_SIZE], next[DAY_SIZE];
    month_first(month, first);
    month_first(month + 1, next);
    double begin = (double)day_number_of(first), end = (double)day_number_of(next);
    double part = ((double)day_number_of(day) - begin) / (end - begin);
    return ((double)(month - axis->first_month) + part) * axis->unit;
}

/* "2016", or "Apr 2016" */
static const char *month_label(struct arena *arena, long month, bool year_only) {
    char day[DAY_SIZE];
    month_first(month, day);
    day[year_only ? 4 : 7] = '\0';
    const char *words = day_long(arena, day);
    return year_only ? words : arena_format(arena, "%.3s%s", words, strchr(words, ' '));
}

struct ticks axis_ticks(struct arena *arena, const struct axis *axis, double apart_year,
                        double apart_month) {
    static const long steps[] = {1, 3, 6, 12, 24, 60, 120, 240, 600, 1200};
    enum { STEPS = sizeof steps / sizeof *steps };
    struct ticks ticks = {0};
    size_t s = 0;
    while (s + 1 < STEPS &&
           (double)steps[s] * axis->unit < (steps[s] < 12 ? apart_month : apart_year))
        s++;
    long first = (steps[s] - axis->first_month % steps[s]) % steps[s]; /* months before a mark */
    if (first && (double)first * axis->unit >= apart_month)
        list_add(arena, &ticks.list,
                 (struct tick){0, month_label(arena, axis->first_month, false)});
    for (long i = first; i < axis->months; i += steps[s])
        list_add(arena, &ticks.list,
                 (struct tick){(double)i * axis->unit,
                               month_label(arena, axis->first_month + i, steps[s] >= 12)});
    return ticks;
}

static void part_add(struct arena *arena, struct parts *parts, enum part_kind kind,
                     const char *first, const char *last) {
    struct part part = {.kind = kind};
    memcpy(part.first, first, DAY_SIZE);
    memcpy(part.last, last, DAY_SIZE);
    if (strcmp(first, last) <= 0)
        list_add(arena, &parts->list, part);
}

static void span_parts(struct arena *arena, const struct history *history, const struct span *span,
                       struct parts *out) {
    char first[DAY_SIZE], last[DAY_SIZE], sure[DAY_SIZE], end[DAY_SIZE];
    memcpy(first, span->from ? span->from : history->from, DAY_SIZE);
    memcpy(last, span->until ? span->until : history->to, DAY_SIZE);
    memcpy(sure, first, DAY_SIZE);
    memcpy(end, last, DAY_SIZE);
    if (span->from && span->began.kind == DATED_ROUGHLY && span->began.last[0])
        day_add(span->began.last, 1, sure);
    if (span->until && span->ended.kind == DATED_ROUGHLY && span->ended.first[0])
        day_add(span->ended.first, -1, end);
    if (strcmp(sure, first) < 0)
        memcpy(sure, first, DAY_SIZE);
    if (strcmp(end, last) > 0)
        memcpy(end, last, DAY_SIZE);
    if (strcmp(sure, end) > 0) {
        part_add(arena, out, PART_ROUGH, first, last);
        return;
    }
    char before[DAY_SIZE], after[DAY_SIZE];
    day_add(sure, -1, before);
    day_add(end, 1, after);
    part_add(arena, out, PART_ROUGH, first, before);
    part_add(arena, out, PART_SURE, sure, end);
    part_add(arena, out, PART_ROUGH, after, last);
}

struct parts track_parts(struct arena *arena, const struct history *history,
                         const struct track *track) {
    struct parts parts = {0};
    for (size_t i = 0; i < track->spans.n; i++) {
        const struct span *span = &track->spans.items[i];
        if (!span->from && track->begins_nowhere)
            part_add(arena, &parts, PART_UNDATED, history->from,
                     span->until ? span->until : history->to);
        else
            span_parts(arena, history, span, &parts);
    }
    return parts;
}
