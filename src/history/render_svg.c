#include "base/text.h"
#include "content/page.h"
#include "diagnosis/sentence.h"
#include "history/axis.h"
#include "history/render.h"
#include "history/words.h"
#include <stdlib.h>

/* Pixels. */
enum { WIDTH = 1000, TOP = 96, PLOT = 310, PLOT_WIDTH = 520, ROW = 24, HEADING = 36, BOTTOM = 56 };
enum { LABEL_MOST = 42 }; /* characters */

static const char *const colours[OUTCOME_COUNT] = {"#005ea5", "#a33c00", "#55308d"};

/* Of undated bars: they stand together, whatever outcome they harm. */
#define GREY "#4c6272"

struct chart {
    FILE *out;
    struct arena *arena;
    const struct history *history;
    struct page page;
    struct axis axis;
    double y, height; /* where the next row begins; of the whole, once known */
};

/* What is filled into a piece; ends with a NULL name. */
struct gap {
    const char *name, *text;
};

static const char *gap_find(void *context, const char *name) {
    for (const struct gap *gap = context; gap->name; gap++)
        if (text_equal(gap->name, name))
            return gap->text;
    return NULL;
}

/* Writes a piece of the page with the gaps filled in. */
static void piece_write(const struct chart *chart, const char *name, const struct gap *gaps) {
    const struct page_part *piece = page_find(&chart->page.blocks, name);
    enum { GAPS_MAX = 8 };
    struct gap safe[GAPS_MAX] = {{NULL, NULL}};
    if (!piece)
        abort();
    for (size_t i = 0; gaps[i].name; i++)
        safe[i] = (struct gap){gaps[i].name, text_xml(chart->arena, gaps[i].text)};
    fputs(sentence_expand(chart->arena, piece->text, gap_find, safe), chart->out);
}

static char *pixels(const struct chart *chart, double value) {
    long tenths = (long)(value * 10 + 0.5); /* no decimal comma, whatever the locale */
    return arena_format(chart->arena, "%ld.%ld", tenths / 10, tenths % 10);
}

/* ---- what it says in words ---- */

static const char *description(const struct history *history) {
    struct text text = text_new(history->arena);
    text_add(&text, history_summary(history));
    for (size_t i = 0; i < history->tracks.n; i++) {
        const struct track *track = history->tracks.items[i];
        if (track_is_undated(track))
            continue;
        for (size_t s = 0; s < track->spans.n; s++)
            text_add_format(&text, "\n%s (%s): %s; %s.", track->rule->title, track->rule->id,
                            track_about(track), span_words(history->arena, history, track, s));
    }
    return text.bytes;
}

static char *label_cut(struct arena *arena, const char *text) {
    size_t characters = 0;
    for (const char *c = text; *c; c++)
        if (((unsigned char)*c & 0xC0) != 0x80 && ++characters > LABEL_MOST)
            return arena_format(arena, "%s…", arena_copy_n(arena, text, (size_t)(c - text)));
    return arena_copy(arena, text);
}

/* How long the track was there in all, short: "3 years to 4 years"; with what is still open. */
static const char *length_short(struct arena *arena, const struct history *history,
                                const struct track *track) {
    struct length sum = {0};
    const struct span *last = &track->spans.items[track->spans.n - 1];
    for (size_t i = 0; i < track->spans.n; i++) {
        struct length length = span_length(history, &track->spans.items[i]);
        sum.least += length.least;
        sum.most += length.most;
        sum.more |= length.more;
    }
    return arena_format(arena, "%s%s", length_words(arena, &sum), last->until ? "" : ", open");
}

/* ---- rows ---- */

static void part_write(const struct chart *chart, enum outcome outcome, const struct part *part,
                       const char *full) {
    static const char *const pieces[PART_KINDS] = {
        [PART_ROUGH] = "rough", [PART_SURE] = "sure", [PART_UNDATED] = "undated"};
    char after[DAY_SIZE];
    day_add(part->last, 1, after);
    double from = axis_place(&chart->axis, part->first), to = axis_place(&chart->axis, after);
    double width = to - from < 2 ? 2 : to - from; /* a single day can be seen */
    piece_write(chart, pieces[part->kind],
                (struct gap[]){{"x", pixels(chart, PLOT + from)},
                               {"y", pixels(chart, chart->y + 5)},
                               {"width", pixels(chart, width)},
                               {"colour", part->kind == PART_UNDATED ? GREY : colours[outcome]},
                               {"outcome", outcome_names[outcome]},
                               {"full", full},
                               {NULL, NULL}});
}

static void row_write(struct chart *chart, const struct track *track, const char *label,
                      const char *full, const char *length) {
    piece_write(chart, "label",
                (struct gap[]){{"y", pixels(chart, chart->y + 16)},
                               {"text", label_cut(chart->arena, label)},
                               {"full", full},
                               {"length", length},
                               {NULL, NULL}});
    struct parts parts = track_parts(chart->arena, chart->history, track);
    for (size_t i = 0; i < parts.list.n; i++)
        part_write(chart, track->rule->outcome, &parts.list.items[i], full);
    chart->y += ROW;
}

static void track_write(struct chart *chart, const struct track *track, const char *label) {
    struct arena *arena = chart->arena;
    struct text full = text_new(arena);
    text_add_format(&full, "%s: %s", track->rule->id,
                    track->spans.items[track->spans.n - 1].sentence);
    for (size_t i = 0; i < track->spans.n; i++)
        text_add_format(&full, "\n%s", span_words(arena, chart->history, track, i));
    row_write(chart, track, label, full.bytes, length_short(arena, chart->history, track));
}

static bool track_belongs(const struct track *track, int level, int outcome) {
    return track->level == level && (int)track->rule->outcome == outcome;
}

static bool group_is_empty(const struct history *history, int level, int outcome) {
    for (size_t i = 0; i < history->tracks.n; i++)
        if (track_belongs(history->tracks.items[i], level, outcome) &&
            !track_is_undated(history->tracks.items[i]))
            return false;
    return true;
}

/* The findings of a rule that belong together: with its title above them, unless there is but one
 * with room for the title beside it. */
static void rule_write(struct chart *chart, const struct track *const *tracks, size_t n) {
    struct arena *arena = chart->arena;
    const char *title = tracks[0]->rule->title;
    const char *label =
        *tracks[0]->about ? arena_format(arena, "%s: %s", title, track_about(tracks[0])) : title;
    if (n == 1 && text_width(label) <= LABEL_MOST) {
        track_write(chart, tracks[0], label);
        return;
    }
    piece_write(chart, "rule",
                (struct gap[]){{"y", pixels(chart, chart->y + 16)}, {"text", title}, {NULL, NULL}});
    chart->y += ROW - 4;
    for (size_t i = 0; i < n; i++)
        track_write(chart, tracks[i], arena_format(arena, "– %s", track_about(tracks[i])));
}

static void heading_write(struct chart *chart, const char *text) {
    piece_write(chart, "heading",
                (struct gap[]){{"line_y", pixels(chart, chart->y + 10)},
                               {"y", pixels(chart, chart->y + 29)},
                               {"text", text},
                               {NULL, NULL}});
    chart->y += HEADING;
}

static void group_write(struct chart *chart, int level, int outcome) {
    const struct history *history = chart->history;
    if (group_is_empty(history, level, outcome))
        return;
    heading_write(chart, arena_format(chart->arena, "%s: %s",
                                      text_capital(chart->arena, level_names[level]),
                                      outcome_names[outcome]));
    const struct track **tracks =
        arena_alloc_array(chart->arena, history->tracks.n, sizeof *tracks);
    size_t n = 0;
    for (size_t i = 0; i < history->tracks.n; i++) {
        const struct track *track = history->tracks.items[i];
        if (!track_belongs(track, level, outcome) || track_is_undated(track))
            continue;
        if (n && tracks[0]->rule != track->rule) {
            rule_write(chart, tracks, n);
            n = 0;
        }
        tracks[n++] = track;
    }
    if (n)
        rule_write(chart, tracks, n);
}

/* One row for all of them, as in the text: they would look alike. */
static void undated_write(struct chart *chart) {
    const struct track *example = NULL;
    struct text names = text_new(chart->arena);
    for (size_t i = 0; i < chart->history->tracks.n; i++) {
        const struct track *track = chart->history->tracks.items[i];
        if (!track_is_undated(track))
            continue;
        text_add_format(&names, "%s%s: %s", example ? "\n" : "", track->rule->title,
                        track_about(track));
        example = track;
    }
    if (!example)
        return;
    heading_write(chart, "Without a day");
    row_write(chart, example,
              arena_format(chart->arena, "%zu without any day", history_undated(chart->history)),
              names.bytes, "no day written");
}

/* ---- the whole ---- */

static void frame_write(const struct chart *chart) {
    const struct history *history = chart->history;
    piece_write(chart, "frame",
                (struct gap[]){
                    {"width", arena_format(chart->arena, "%d", WIDTH)},
                    {"height", pixels(chart, chart->height)},
                    {"title", arena_format(chart->arena, "%s: what was broken, and when",
                                           history->programme)},
                    {"description", description(history)},
                    {"subtitle",
                     arena_format(chart->arena, "%s to %s. %zu broken at the end, %zu %s in order.",
                                  day_long(chart->arena, history->from),
                                  day_long(chart->arena, history->to), history->broken_last,
                                  history->in_order_last,
                                  history->in_order_last == 1 ? "thing" : "things")},
                    {NULL, NULL}});
}

static void ticks_write(const struct chart *chart) {
    enum { YEAR = 44, MONTH = 60 };
    struct ticks ticks = axis_ticks(chart->arena, &chart->axis, YEAR, MONTH);
    for (size_t i = 0; i < ticks.list.n; i++)
        piece_write(chart, "tick",
                    (struct gap[]){{"x", pixels(chart, PLOT + ticks.list.items[i].place)},
                                   {"top", pixels(chart, TOP - 12)},
                                   {"bottom", pixels(chart, chart->height - BOTTOM + 8)},
                                   {"label_y", pixels(chart, TOP - 18)},
                                   {"label", ticks.list.items[i].label},
                                   {NULL, NULL}});
}

static void page_read(struct chart *chart) {
    struct problems problems = problems_new(chart->arena);
    struct files files = {0};
    files_add_builtin(chart->arena, &files, "content/pictures/history", ".md");
    if (!files.list.n ||
        page_parse(chart->arena, &files.list.items[0], &chart->page, &problems) != OK)
        abort(); /* it is built in */
}

/* The rows, which tell how high the chart is. */
static char *rows_write(struct chart *chart) {
    char *rows = NULL;
    size_t length = 0;
    FILE *out = chart->out;
    chart->out = open_memstream(&rows, &length);
    if (!chart->out)
        abort();
    for (int level = 0; level < LEVEL_COUNT; level++)
        for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++)
            group_write(chart, level, outcome);
    undated_write(chart);
    if (fclose(chart->out) != 0)
        abort();
    chart->out = out;
    chart->height = chart->y + BOTTOM;
    return rows;
}

void history_write_svg(FILE *out, const struct history *history) {
    struct chart chart = {
        .out = out,
        .arena = history->arena,
        .history = history,
        .axis = axis_make(history->from, history->to, PLOT_WIDTH, false),
        .y = TOP - 12,
    };
    page_read(&chart);
    char *rows = rows_write(&chart);
    frame_write(&chart);
    ticks_write(&chart);
    fputs(rows, out);
    free(rows);
    piece_write(&chart, "legend",
                (struct gap[]){{"y", pixels(&chart, chart.height - 18)},
                               {"box_y", pixels(&chart, chart.height - 29)},
                               {NULL, NULL}});
    piece_write(&chart, "end", (struct gap[]){{NULL, NULL}});
}
