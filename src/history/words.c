#include "history/words.h"
#include "base/text.h"
#include "diagnosis/render.h"

/* ---- how long ---- */

static const struct {
    long below; /* days */
    double unit;
    const char *one, *many;
} scales[] = {
    {14, 1, "day", "days"},
    {61, 7, "week", "weeks"},
    {1095, 365.25 / 12, "month", "months"},
    {0, 365.25, "year", "years"},
};

static size_t days_scale(long days) {
    size_t i = 0;
    while (scales[i].below && days >= scales[i].below)
        i++;
    return i;
}

static long days_in_scale(long days, size_t scale) {
    return (long)((double)days / scales[scale].unit + 0.5);
}

char *days_words(struct arena *arena, long days) {
    size_t scale = days_scale(days);
    long n = days_in_scale(days, scale);
    return arena_format(arena, "%ld %s", n, n == 1 ? scales[scale].one : scales[scale].many);
}

/* The first and the last day that a dating can mean, as numbers; `day` if it is not rough. */
static void dating_bounds(const struct dating *dating, const char *day, long *low, long *high) {
    *low = *high = day_number_of(day);
    if (dating->kind != DATED_ROUGHLY)
        return;
    if (dating->first[0] && day_number_of(dating->first) < *low)
        *low = day_number_of(dating->first);
    if (dating->last[0] && day_number_of(dating->last) > *high)
        *high = day_number_of(dating->last);
}

struct length span_length(const struct history *history, const struct span *span) {
    struct length length = {.more = !span->from};
    long first_low, first_high, last_low, last_high;
    dating_bounds(&span->began, span->from ? span->from : history->from, &first_low, &first_high);
    dating_bounds(&span->ended, span->until ? span->until : history->to, &last_low, &last_high);
    length.least = last_low - first_high + 1;
    length.most = last_high - first_low + 1;
    if (length.least < 1)
        length.least = 1;
    return length;
}

char *length_words(struct arena *arena, const struct length *length) {
    const char *least = days_words(arena, length->least), *most = days_words(arena, length->most);
    size_t scale = days_scale(length->least);
    if (length->more)
        return arena_format(arena, "at least %s", least);
    if (text_equal(least, most))
        return arena_copy(arena, most);
    if (scale == days_scale(length->most))
        return arena_format(arena, "%ld to %s", days_in_scale(length->least, scale), most);
    return arena_format(arena, "%s to %s", least, most);
}

/* ---- when ---- */

char *dating_words(struct arena *arena, const struct dating *dating) {
    static const char about[] = "about ";
    const char *words = dating->words;
    if (text_starts_with(words, about))
        return arena_format(arena, "about %s", day_long(arena, words + strlen(about)));
    if (dating->first[0] && dating->last[0])
        return arena_format(arena, "some time in %s", day_long(arena, words));
    return arena_copy(arena, words);
}

char *dating_reason(struct arena *arena, const struct dating *dating) {
    const char *where = "";
    if (dating->record)
        where = arena_format(arena, "%s, %s", record_where(arena, dating->record),
                             field_heading(arena, dating->field));
    switch (dating->kind) {
    case DATED_ROUGHLY:
        return arena_format(arena, " (The day is not known: %s says “%s”.)", where, dating->words);
    case FIRST_TOLD:
        return arena_copy(arena, " (It may be older: from this day the records are said to be "
                                 "complete.)");
    case TIME_PASSED:
        return arena_copy(arena, " (Time passed: no record bears this day.)");
    case DATED:
        break;
    }
    return *where ? arena_format(arena, " (%s.)", text_capital(arena, where))
                  : arena_copy(arena, "");
}

static const char *began_words(struct arena *arena, const struct history *history,
                               const struct span *span, bool begins_nowhere) {
    if (!span->from)
        return begins_nowhere
                   ? "from before the first day in the records"
                   : arena_format(arena, "from before %s", day_long(arena, history->from));
    if (span->began.kind == DATED_ROUGHLY)
        return arena_format(arena, "from %s", dating_words(arena, &span->began));
    return arena_format(arena, "from %s", day_long(arena, span->from));
}

static const char *ended_words(struct arena *arena, const struct history *history,
                               const struct span *span) {
    if (!span->until)
        return arena_format(arena, ", still there on %s", day_long(arena, history->to));
    if (span->ended.kind == DATED_ROUGHLY)
        return arena_format(arena, " until %s", dating_words(arena, &span->ended));
    return arena_format(arena, " until %s", day_long(arena, span->until));
}

char *span_words(struct arena *arena, const struct history *history, const struct track *track,
                 size_t span_number) {
    const struct span *span = &track->spans.items[span_number];
    struct length length = span_length(history, span);
    return arena_format(arena, "%s%s: %s%s",
                        began_words(arena, history, span, track->begins_nowhere),
                        ended_words(arena, history, span), length_words(arena, &length),
                        span->until ? "" : " so far");
}

/* ---- what ---- */

const char *track_about(const struct track *track) {
    return *track->about ? track->about : "The whole programme";
}

size_t history_undated(const struct history *history) {
    size_t n = 0;
    for (size_t i = 0; i < history->tracks.n; i++)
        n += track_is_undated(history->tracks.items[i]);
    return n;
}

char *history_scope(const struct history *history) {
    struct arena *arena = history->arena;
    struct text text = text_new(arena);
    text_add_format(&text,
                    "From %s%s to %s, read as of %zu %s: each on which something in the records "
                    "begins, ends, happens or falls due, and each month end.",
                    day_long(arena, history->from),
                    history->from_start ? ", when the programme began," : "",
                    day_long(arena, history->to), history->days_looked_at,
                    history->days_looked_at == 1 ? "day" : "days");
    if (history->days_left_out)
        text_add_format(&text,
                        " These are too many days: %zu were left out, so what came and went "
                        "between two others is not shown. --from and --to make the time shorter.",
                        history->days_left_out);
    if (history->is_coarse)
        text_add(&text, " There are very many changes; some are shown later than they came.");
    return text.bytes;
}

char *history_doubts(const struct history *history) {
    struct arena *arena = history->arena;
    struct text text = text_new(arena);
    text_add(&text,
             "This is the workbook as it is now, read as of earlier days. What it said on those "
             "days is not known. Where only a month or a year is written, a thing counts from the "
             "first day that this can mean to the last. Where no day is written, it counts for the "
             "whole time.");
    if (history->first_recorded && strcmp(history->first_recorded, history->from) < 0)
        text_add_format(&text, " The first day in the records is %s: --from %s shows all of it.",
                        day_long(arena, history->first_recorded), history->first_recorded);
    return text.bytes;
}

size_t moment_gone(const struct moment *moment) {
    size_t gone = 0;
    for (size_t i = 0; i < moment->closed.n; i++) {
        const struct shift *shift = &moment->closed.items[i];
        gone += shift->track->spans.items[shift->span].gone != NULL;
    }
    return gone;
}

char *closed_words(struct arena *arena, size_t closed, size_t gone) {
    return gone ? arena_format(arena, "%zu closed, %zu no longer found", closed, gone)
                : arena_format(arena, "%zu closed", closed);
}

/* "3 findings" */
static char *findings_words(struct arena *arena, size_t n) {
    return arena_format(arena, "%zu %s", n, n == 1 ? "finding" : "findings");
}

char *history_summary(const struct history *history) {
    struct arena *arena = history->arena;
    struct text text = text_new(arena);
    size_t opened = 0, closed = 0, gone = 0, undated = history_undated(history);
    if (!history->tracks.n) {
        text_add_format(
            &text, "Nothing was broken on any of these days. On the last one %zu %s in order.",
            history->in_order_last, history->in_order_last == 1 ? "thing was" : "things were");
        return text.bytes;
    }
    for (size_t i = 0; i < history->moments.n; i++) {
        opened += history->moments.items[i].opened.n;
        gone += moment_gone(&history->moments.items[i]);
        closed += history->moments.items[i].closed.n;
    }
    text_add_format(&text, "%s %s there from the start, %zu opened, %s; %zu %s left.",
                    findings_words(arena, history->broken_before),
                    history->broken_before == 1 ? "was" : "were", opened,
                    closed_words(arena, closed - gone, gone), history->broken_last,
                    history->broken_last == 1 ? "is" : "are");
    if (undated)
        text_add_format(&text,
                        " For %zu of these no day is written down: %s shown as broken for the "
                        "whole time.",
                        undated, undated == 1 ? "it is" : "they are");
    text_add_format(&text, " On the last day %zu %s in order.", history->in_order_last,
                    history->in_order_last == 1 ? "thing is" : "things are");
    return text.bytes;
}
