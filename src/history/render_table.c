#include "base/csv.h"
#include "base/text.h"
#include "content/json.h"
#include "history/render.h"
#include "history/words.h"

static const char *dating_name(const struct dating *dating) {
    static const char *const names[] = {[DATED] = "day written",
                                        [DATED_ROUGHLY] = "roughly dated",
                                        [FIRST_TOLD] = "records complete from this day",
                                        [TIME_PASSED] = "a time limit ran out"};
    return names[dating->kind];
}

static const char *began_name(const struct track *track, const struct span *span) {
    if (span->from)
        return dating_name(&span->began);
    return track->begins_nowhere ? "no day written" : "before the first day shown";
}

static const char *ended_name(const struct span *span) {
    if (span->gone)
        return "what it was about ended";
    return span->until ? dating_name(&span->ended) : "still there on the last day shown";
}

static const char *written(const char *day, const struct dating *dating) {
    return day && dating->kind == DATED_ROUGHLY ? dating->words : NULL;
}

static json_t *spans_json(const struct history *history, const struct track *track) {
    json_t *array = json_array();
    for (size_t i = 0; i < track->spans.n; i++) {
        const struct span *span = &track->spans.items[i];
        struct length length = span_length(history, span);
        json_array_append_new(array,
                              json_pack("{s:s?, s:s?, s:s, s:s, s:s?, s:s?, s:I, s:o, s:s}", "from",
                                        span->from, "until", span->until, "beginning",
                                        began_name(track, span), "end", ended_name(span),
                                        "from_written", written(span->from, &span->began),
                                        "until_written", written(span->until, &span->ended),
                                        "days_at_least", (json_int_t)length.least, "days_at_most",
                                        length.more ? json_null() : json_integer(length.most),
                                        "sentence", span->sentence));
    }
    return array;
}

static json_t *shifts_json(const struct shift *shifts, size_t n) {
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(array, json_string(shifts[i].track->id));
    return array;
}

void history_write_json(FILE *out, const struct history *history) {
    json_t *findings = json_array(), *changes = json_array();
    for (size_t i = 0; i < history->tracks.n; i++) {
        const struct track *track = history->tracks.items[i];
        json_array_append_new(
            findings,
            json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:o}", "id", track->id, "about",
                      track->about, "rule", track->rule->id, "title", track->rule->title, "level",
                      level_names[track->level], "outcome", outcome_names[track->rule->outcome],
                      "severity", severity_names[track->severity], "without_a_day",
                      track_is_undated(track), "times", spans_json(history, track)));
    }
    for (size_t i = 0; i < history->moments.n; i++) {
        const struct moment *moment = &history->moments.items[i];
        json_array_append_new(
            changes, json_pack("{s:s, s:o, s:o, s:i, s:i}", "day", moment->day, "opened",
                               shifts_json(moment->opened.items, moment->opened.n), "closed",
                               shifts_json(moment->closed.items, moment->closed.n), "broken",
                               (int)moment->broken, "in_order", (int)moment->in_order));
    }
    json_t *root = json_pack(
        "{s:s, s:s, s:s, s:s?, s:i, s:i, s:i, s:i, s:o, s:o}", "programme", history->programme,
        "from", history->from, "to", history->to, "first_recorded", history->first_recorded,
        "days_looked_at", (int)history->days_looked_at, "days_left_out",
        (int)history->days_left_out, "broken_before", (int)history->broken_before, "broken_last",
        (int)history->broken_last, "changes", changes, "findings", findings);
    json_print(out, root);
}

static void span_write(FILE *out, const struct history *history, const struct track *track,
                       const struct span *span) {
    struct arena *arena = history->arena;
    struct length length = span_length(history, span);
    const char *from_written = written(span->from, &span->began);
    const char *until_written = written(span->until, &span->ended);
    const char *cells[] = {
        track->id,
        track->rule->title,
        track_about(track),
        span->sentence,
        level_names[track->level],
        outcome_names[track->rule->outcome],
        severity_names[track->severity],
        span->from,
        span->until,
        arena_format(arena, "%ld", length.least),
        length.more ? "" : arena_format(arena, "%ld", length.most),
        began_name(track, span),
        from_written,
        ended_name(span),
        until_written,
    };
    csv_row_print(out, arena, cells, sizeof cells / sizeof *cells);
}

void history_write_csv(FILE *out, const struct history *history) {
    fputs("Name,Rule,About,Finding,Level,Outcome,Severity,From,Until,Days at least,Days at most,"
          "Beginning,Beginning as written,End,End as written\n",
          out);
    for (size_t i = 0; i < history->tracks.n; i++)
        for (size_t s = 0; s < history->tracks.items[i]->spans.n; s++)
            span_write(out, history, history->tracks.items[i],
                       &history->tracks.items[i]->spans.items[s]);
}
