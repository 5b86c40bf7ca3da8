#include "base/text.h"
#include "history/picture_text.h"
#include "history/render.h"
#include "history/times.h"
#include "history/words.h"

enum {
    ALIKE_APART = 2,      /* more findings of a rule that change alike are told as one */
    MOMENTS_IN_ORDER = 12 /* more days of change than fit a screen: what is newest comes first */
};

static const struct span *shift_span(const struct shift *shift) {
    return &shift->track->spans.items[shift->span];
}

/* "Opened", "Opened again", "Closed after 2 months", "No longer found after 2 months" */
static const char *shift_verb(struct arena *arena, const struct history *history,
                              const struct shift *shift, bool opens) {
    struct length length = span_length(history, shift_span(shift));
    if (opens)
        return shift->span ? "Opened again" : "Opened";
    return arena_format(arena, "%s after %s",
                        shift_span(shift)->gone ? "No longer found" : "Closed",
                        length_words(arena, &length));
}

/* Why it is no longer found, or what in the records gives the day. */
static const char *shift_reason(struct arena *arena, const struct shift *shift, bool opens) {
    const struct span *span = shift_span(shift);
    const char *day = dating_reason(arena, opens ? &span->began : &span->ended);
    if (opens || !span->gone)
        return day;
    if (span->ended.kind != DATED_ROUGHLY)
        day = "";
    return span->gone_name ? arena_format(arena, " (Because “%s” ended.)%s", span->gone_name, day)
                           : arena_format(arena, " (Because what it was about ended.)%s", day);
}

static const char *shift_mark(bool opens) {
    return opens ? "  + " : "  - ";
}

static void shift_print(struct printer *printer, const struct history *history,
                        const struct shift *shift, bool opens) {
    struct arena *arena = history->arena;
    const struct span *span = shift_span(shift);
    print_wrapped(printer, shift_mark(opens), "    ",
                  arena_format(arena, "%s (%s)%s%s%s", shift_verb(arena, history, shift, opens),
                               shift->track->rule->id, opens ? ": " : ". It said: ",
                               opens ? span->sentence_first : span->sentence,
                               shift_reason(arena, shift, opens)));
}

/* With semicolons: the names of posts and organisations have commas of their own. */
static const char *places_words(struct arena *arena, const char *const *places, size_t n) {
    struct text text = text_new(arena);
    for (size_t i = 0; i < n; i++)
        text_add_format(&text, "%s%s", i ? "; " : "", places[i]);
    return text.bytes;
}

/* Changes with the same text are alike: the same rule, and the same to tell. */
static const char *shift_likeness(struct arena *arena, const struct history *history,
                                  const struct shift *shift, bool opens) {
    const struct span *span = shift_span(shift);
    const struct dating *dating = opens ? &span->began : &span->ended;
    return arena_format(
        arena, "%s (%s): %s%s", shift_verb(arena, history, shift, opens), shift->track->rule->id,
        shift->track->rule->title,
        dating->kind == DATED && (opens || !span->gone) ? "" : shift_reason(arena, shift, opens));
}

static void shifts_print(struct printer *printer, const struct history *history,
                         const struct shift *shifts, size_t n, bool opens) {
    struct arena *arena = history->arena;
    const char **likeness = arena_alloc_array(arena, n + 1, sizeof *likeness);
    const char **places = arena_alloc_array(arena, n + 1, sizeof *places);
    for (size_t i = 0; i < n; i++)
        likeness[i] = shift_likeness(arena, history, &shifts[i], opens);
    for (size_t i = 0; i < n; i++) {
        size_t alike = 0;
        bool is_first = true;
        for (size_t j = 0; j < n; j++)
            if (text_equal(likeness[j], likeness[i])) {
                is_first &= j >= i;
                places[alike++] = track_about(shifts[j].track);
            }
        if (alike <= ALIKE_APART)
            shift_print(printer, history, &shifts[i], opens);
        else if (is_first)
            print_wrapped(printer, shift_mark(opens), "    ",
                          arena_format(arena, "%s, in %zu places: %s.", likeness[i], alike,
                                       places_words(arena, places, alike)));
    }
}

/* Whether none of the changes has a day of its own. */
static bool moment_is_rough(const struct moment *moment) {
    for (size_t i = 0; i < moment->opened.n; i++)
        if (shift_span(&moment->opened.items[i])->began.kind != DATED_ROUGHLY)
            return false;
    for (size_t i = 0; i < moment->closed.n; i++)
        if (shift_span(&moment->closed.items[i])->ended.kind != DATED_ROUGHLY)
            return false;
    return true;
}

static void moment_print(struct printer *printer, const struct history *history,
                         const struct moment *moment) {
    size_t undated = history_undated(history), gone = moment_gone(moment);
    size_t closed = moment->closed.n - gone;
    struct arena *arena = history->arena;
    fputc('\n', printer->out);
    print_styled(printer, BOLD, day_long(arena, moment->day));
    fputs(moment_is_rough(moment) ? " (the day is not exact)\n" : "\n", printer->out);
    print_wrapped(
        printer, "  ", NULL,
        arena_format(arena, "%zu opened, %s; %zu broken in all%s, %zu in order", moment->opened.n,
                     closed_words(arena, closed, gone), moment->broken,
                     undated ? arena_format(arena, " (of these %zu without a day)", undated) : "",
                     moment->in_order));
    shifts_print(printer, history, moment->opened.items, moment->opened.n, true);
    shifts_print(printer, history, moment->closed.items, moment->closed.n, false);
}

static void moments_print(struct printer *printer, const struct history *history) {
    print_heading(printer, "What opened and what closed");
    if (!history->moments.n)
        print_wrapped(printer, "", NULL, "Nothing opened or closed in this time.");
    size_t n = history->moments.n;
    bool turned = n > MOMENTS_IN_ORDER;
    if (turned)
        print_wrapped(printer, "", NULL, "The latest day comes first.");
    for (size_t i = 0; i < n; i++)
        moment_print(printer, history, &history->moments.items[turned ? n - 1 - i : i]);
}

/* ---- how long ---- */

/* All times at which the finding was there, a line for each. */
static const char *track_words(const struct history *history, const struct track *track) {
    struct arena *arena = history->arena;
    struct text text = text_new(arena);
    for (size_t i = 0; i < track->spans.n; i++) {
        const char *before = i ? track->spans.items[i - 1].until : NULL;
        if (before) {
            long gap = day_number_of(track->spans.items[i].from) - day_number_of(before) - 1;
            text_add_format(&text, "\nagain, after %s, ", days_words(arena, gap));
        }
        text_add(&text, span_words(arena, history, track, i));
    }
    return text.bytes;
}

/* The track with those of its rule that were there at the same times; those are marked as told. */
static void tracks_print(struct printer *printer, const struct history *history, size_t first,
                         bool *told) {
    struct arena *arena = history->arena;
    const struct track *track = history->tracks.items[first];
    const char **places = arena_alloc_array(arena, history->tracks.n, sizeof *places);
    const char *words = track_words(history, track);
    size_t alike = 0;
    for (size_t i = first; i < history->tracks.n && history->tracks.items[i]->rule == track->rule;
         i++)
        if (text_equal(words, track_words(history, history->tracks.items[i]))) {
            told[i] = true;
            places[alike++] = track_about(history->tracks.items[i]);
        }
    print_wrapped(printer, "- ", "  ",
                  arena_format(arena, "%s %s: %s", track->rule->id, track->rule->title,
                               places_words(arena, places, alike)));
    for (const char *rest = words, *line; (line = text_next_piece(arena, &rest, '\n'));)
        if (*line)
            print_wrapped(printer, "    ", NULL, line);
}

static void lengths_print(struct printer *printer, const struct history *history) {
    bool *told = arena_alloc_array(history->arena, history->tracks.n + 1, sizeof *told),
         any = false;
    for (size_t i = 0; i < history->tracks.n; i++) {
        if (told[i] || track_is_undated(history->tracks.items[i]))
            continue;
        if (!any)
            print_heading(printer, "How long it stayed broken");
        any = true;
        tracks_print(printer, history, i, told);
    }
}

/* ---- without a day ---- */

struct times_said {
    struct arena *arena;
    struct names words;
};

static void time_said(void *context, const struct record *record, const struct field *field,
                      const char *words, const struct when *when) {
    struct times_said *said = context;
    (void)record;
    (void)field;
    if (!when->first[0] && !when->last[0] && !text_same_name(words, "unknown") &&
        !names_contain(&said->words, words))
        list_add(said->arena, &said->words.list, words);
}

/* What is written where a day could be: "after three years of work". */
static const char *words_without_day(struct arena *arena, const struct track *track) {
    struct times_said said = {.arena = arena};
    for (size_t i = 0; i < track->records.list.n; i++)
        times_of_record(track->records.list.items[i], time_said, &said);
    return said.words.list.n
               ? arena_format(arena, " (written: “%s”)",
                              text_enumerate(arena, said.words.list.items, said.words.list.n, 2))
               : "";
}

/* The undated findings of the track's rule. */
static void undated_rule_print(struct printer *printer, const struct history *history,
                               size_t first) {
    const struct rule *rule = history->tracks.items[first]->rule;
    struct text text = text_new(history->arena);
    text_add_format(&text, "%s:", rule->title);
    for (size_t i = first; i < history->tracks.n && history->tracks.items[i]->rule == rule; i++) {
        const struct track *track = history->tracks.items[i];
        if (track_is_undated(track))
            text_add_format(&text, "%s %s%s", i > first ? ";" : "", track_about(track),
                            words_without_day(history->arena, track));
    }
    print_wrapped(printer, arena_format(history->arena, "  %s ", rule->id), "    ", text.bytes);
}

static void undated_print(struct printer *printer, const struct history *history) {
    const struct rule *rule = NULL;
    size_t n = history_undated(history);
    if (!n)
        return;
    print_heading(printer, "Without a day");
    print_wrapped(printer, "", NULL,
                  arena_format(history->arena,
                               "No day is written down for when %s began or ended; %s shown as "
                               "broken for the whole time. Write on the sheets what you know, if "
                               "only the year: “2016”, “about 2016”.",
                               n == 1 ? "this finding" : "these findings",
                               n == 1 ? "it is" : "they are"));
    for (size_t i = 0; i < history->tracks.n; i++) {
        const struct track *track = history->tracks.items[i];
        if (!track_is_undated(track) || track->rule == rule)
            continue;
        rule = track->rule;
        undated_rule_print(printer, history, i);
    }
}

void history_print(struct printer *printer, const struct history *history, bool with_picture) {
    print_styled(printer, BOLD,
                 arena_format(history->arena, "%s: what was broken, and when", history->programme));
    fputc('\n', printer->out);
    print_wrapped(printer, "", NULL, history_scope(history));
    print_wrapped(printer, "\n", "", history_summary(history));
    if (with_picture)
        picture_print(printer, history);
    if (history->tracks.n) {
        moments_print(printer, history);
        lengths_print(printer, history);
        undated_print(printer, history);
    }
    print_heading(printer, "To bear in mind");
    print_wrapped(printer, "", NULL, history_doubts(history));
}
