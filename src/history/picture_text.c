#include "history/picture_text.h"
#include "base/text.h"
#include "history/axis.h"
#include "history/words.h"

enum { LABEL = 27, COLUMNS = PRINT_WIDTH - LABEL };

/* What stands in a column; of several parts that touch it, the surest. */
enum mark { MARK_NONE, MARK_UNDATED, MARK_ROUGH, MARK_SURE };

static const char *const glyphs[] = {" ", "┄", "░", "█"};

static void bar_print(struct printer *printer, const struct history *history,
                      const struct axis *axis, const struct track *track) {
    static const enum mark marks[PART_KINDS] = {
        [PART_ROUGH] = MARK_ROUGH, [PART_SURE] = MARK_SURE, [PART_UNDATED] = MARK_UNDATED};
    enum mark row[COLUMNS] = {MARK_NONE};
    struct parts parts = track_parts(history->arena, history, track);
    for (size_t i = 0; i < parts.list.n; i++) {
        const struct part *part = &parts.list.items[i];
        long first = (long)axis_place(axis, part->first), last = (long)axis_place(axis, part->last);
        for (long c = first; c <= last && c < COLUMNS; c++)
            if (row[c] < marks[part->kind])
                row[c] = marks[part->kind];
    }
    long end = COLUMNS;
    while (end > 0 && row[end - 1] == MARK_NONE)
        end--;
    for (long c = 0; c < end; c++)
        fputs(glyphs[row[c]], printer->out);
    fputc('\n', printer->out);
}

/* The text in `width` columns: cut with an ellipsis, or filled with spaces. */
static void label_print(struct printer *printer, struct arena *arena, const char *text,
                        size_t width) {
    struct text label = text_new(arena);
    size_t used = 0, whole = text_width(text);
    for (const char *c = text; *c; c++) {
        bool begins = ((unsigned char)*c & 0xC0) != 0x80;
        if (begins && used + 1 >= width && whole >= width)
            break;
        used += begins;
        text_add_char(&label, *c);
    }
    if (whole >= width) {
        text_add(&label, "…");
        used++;
    }
    fprintf(printer->out, "%s%*s", label.bytes ? label.bytes : "", (int)(width - used), "");
}

static void axis_print(struct printer *printer, const struct history *history,
                       const struct axis *axis) {
    enum { YEAR = 6, MONTH = 9 };
    struct ticks ticks = axis_ticks(history->arena, axis, YEAR, MONTH);
    long column = 0;
    fprintf(printer->out, "%*s", LABEL, "");
    for (size_t i = 0; i < ticks.list.n; i++) {
        const struct tick *tick = &ticks.list.items[i];
        long place = (long)tick->place, width = (long)text_width(tick->label) + 1;
        if (place + width > COLUMNS)
            break;
        fprintf(printer->out, "%*s|%s", (int)(place - column), "", tick->label);
        column = place + width;
    }
    fputc('\n', printer->out);
}

static const char *column_words(struct arena *arena, const struct axis *axis) {
    if (axis->unit >= 2)
        return arena_format(arena, "%ld columns are a month", (long)axis->unit);
    if (axis->unit >= 1)
        return "a column is a month";
    return arena_format(arena, "a column is about %s",
                        days_words(arena, (long)(365.25 / 12 / axis->unit)));
}

static void legend_print(struct printer *printer, const struct history *history,
                         const struct axis *axis) {
    fputc('\n', printer->out);
    print_wrapped(printer, "█ ", NULL,
                  arena_format(history->arena, "broken (%s; blank: not broken)",
                               column_words(history->arena, axis)));
    print_wrapped(printer, "░ ", NULL,
                  "broken, if a rough time (“2016”, “about June”) is taken at its widest");
    print_wrapped(printer, "┄ ", NULL, "broken, and no day is written for when it began");
}

void picture_print(struct printer *printer, const struct history *history) {
    const struct rule *rule = NULL;
    size_t undated = history_undated(history);
    struct axis axis = axis_make(history->from, history->to, COLUMNS, true);
    if (!history->tracks.n)
        return;
    print_heading(printer, "When it was broken");
    axis_print(printer, history, &axis);
    for (size_t i = 0; i < history->tracks.n; i++) {
        const struct track *track = history->tracks.items[i];
        if (track_is_undated(track))
            continue;
        if (track->rule != rule)
            print_wrapped(
                printer, "", "  ",
                arena_format(history->arena, "%s (%s)", track->rule->title, track->rule->id));
        rule = track->rule;
        label_print(printer, history->arena,
                    arena_format(history->arena, "  %s", track_about(track)), LABEL);
        bar_print(printer, history, &axis, track);
    }
    for (size_t i = 0; i < history->tracks.n && undated; i++)
        if (track_is_undated(history->tracks.items[i])) {
            label_print(printer, history->arena,
                        arena_format(history->arena, "%zu without any day", undated), LABEL);
            bar_print(printer, history, &axis, history->tracks.items[i]);
            break;
        }
    legend_print(printer, history, &axis);
}
