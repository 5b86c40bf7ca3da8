/* Cells as values: times, numbers, choices. */
#include "base/date.h"
#include "base/text.h"
#include "bring/plan_inside.h"
#include "record/value.h"
#include <ctype.h>
#include <stdlib.h>

#define LEFT_EMPTY "", "Leave it empty"

/* "=2026-05-01" is the value 2026-05-01; "" is nothing. */
static const char *answer_value(const struct bring_doubt *doubt) {
    return doubt->answer && *doubt->answer == '=' && doubt->answer[1] ? doubt->answer + 1 : NULL;
}

static struct bring_doubt *value_doubt(struct planning *planning,
                                       const struct layout_column *column, const char *text,
                                       const char *question, bool *is_new) {
    struct arena *arena = planning->arena;
    struct bring_doubt *doubt =
        doubt_at(planning, arena_format(arena, "value:%s:%s", column->target->name, text),
                 place_of(planning, column->at), is_new);
    if (*is_new) {
        doubt->text = text;
        doubt->column = column->heading;
        doubt->question = question;
    }
    return doubt;
}

static const char *as_answer(struct arena *arena, const char *value) {
    return arena_format(arena, "=%s", value);
}

/* Taken for something, and shown; or, without a value, to be asked. */
static const char *taken_as(struct planning *planning, const struct layout_column *column,
                            const char *text, const char *value, const char *question) {
    bool is_new;
    struct bring_doubt *doubt = value_doubt(planning, column, text, question, &is_new);
    if (is_new) {
        doubt->can_type = true;
        if (value && *value)
            doubt_offer(planning, doubt, as_answer(planning->arena, value), value);
        doubt_offer(planning, doubt, LEFT_EMPTY);
        doubt->must = !value;
        doubt->suggested = value ? doubt->choices.items[0].value : NULL;
        doubt_settle(planning, doubt);
    }
    return answer_value(doubt);
}

/* ---- times ---- */

/* "03/04/26" with the century; NULL if it is none such. */
static const char *century_add(struct arena *arena, const char *text) {
    size_t n = strlen(text);
    const char *last = text + strcspn(text, "/.-");
    last = *last ? last + 1 + strcspn(last + 1, "/.-") : last;
    bool fits = n >= 6 && *last && n - (size_t)(last - text) == 3 &&
                isdigit((unsigned char)last[1]) && isdigit((unsigned char)last[2]);
    return fits ? arena_format(arena, "%.*s20%s", (int)(last + 1 - text), text, last + 1) : NULL;
}

/* Months in other languages, in English. */
static const char *months_translate(struct planning *planning, const char *text) {
    static const char *const english[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
    struct arena *arena = planning->arena;
    struct text out = text_new(arena);
    const char *rest = words_plain(arena, text);
    for (const char *word; (word = text_next_piece(arena, &rest, ' '));) {
        const char *month = words_value(planning->wish->lists->common, "month", word);
        text_add_format(&out, "%s%s", out.length ? " " : "",
                        month ? english[strtol(month, NULL, 10) - 1] : word);
    }
    return out.bytes ? out.bytes : "";
}

/* Whether some other cell of the column can only be read one way, and which. */
struct orders {
    size_t by_day, by_month;
};

static void order_count(const struct planning *planning, const char *cell, struct orders *orders) {
    const char *readings[2];
    if (!cell || strchr(cell, '-') || when_readings(planning->arena, cell, readings) != 1)
        return;
    long first = strtol(cell, NULL, 10);
    orders->by_day += first > 12 && first < 32;
    orders->by_month += first < 13;
}

static const char *order_evident(const struct planning *planning,
                                 const struct layout_column *column) {
    const struct layout *layout = &planning->plan->layout;
    struct orders orders = {0};
    bool across = column->target->what == TARGET_DAY;
    for (size_t i = 0; across && i < layout->columns.n; i++)
        order_count(planning, layout->columns.items[i].heading, &orders);
    for (size_t r = layout->header + 1; !across && r < layout->sheet->rows.n; r++)
        order_count(planning, layout_cell(&layout->sheet->rows.items[r], column->at), &orders);
    return orders.by_day && !orders.by_month   ? "day"
           : orders.by_month && !orders.by_day ? "month"
                                               : NULL;
}

static const char *order_ask(struct planning *planning, const struct layout_column *column,
                             const char *text, const char *const readings[2]) {
    struct arena *arena = planning->arena;
    bool is_new;
    struct bring_doubt *doubt = doubt_at(
        planning,
        arena_format(arena, "dates:%s", column->target->what == TARGET_DAY ? "days" : column->name),
        place_of(planning, column->at), &is_new);
    if (is_new) {
        doubt->text = text;
        doubt->column = column->heading;
        doubt->question = "Which comes first in the dates of this column: the day or the month?";
        doubt->must = true;
        doubt_offer(planning, doubt, "day",
                    arena_format(arena, "The day: it means %s", day_long(arena, readings[0])));
        doubt_offer(planning, doubt, "month",
                    arena_format(arena, "The month: it means %s", day_long(arena, readings[1])));
        doubt->suggested = order_evident(planning, column);
        doubt_settle(planning, doubt);
    }
    return text_equal(doubt->answer, "day")     ? readings[0]
           : text_equal(doubt->answer, "month") ? readings[1]
                                                : NULL;
}

static const char *time_ask(struct planning *planning, const struct layout_column *column,
                            const char *text) {
    struct arena *arena = planning->arena;
    bool is_new;
    struct bring_doubt *doubt = value_doubt(planning, column, text, "When is this?", &is_new);
    if (is_new) {
        doubt->must = doubt->can_type = true;
        if (strlen(text) == 5 && strspn(text, "0123456789") == 5) {
            char day[DAY_SIZE];
            day_add("1899-12-30", strtol(text, NULL, 10), day);
            doubt_offer(planning, doubt, as_answer(arena, day),
                        arena_format(arena, "%s, as Excel counts days", day_long(arena, day)));
        }
        doubt_offer(planning, doubt, "=unknown", "Nobody knows yet");
        doubt_offer(planning, doubt, LEFT_EMPTY);
        doubt->suggested = doubt->choices.n > 2 ? doubt->choices.items[0].value : NULL;
        doubt_settle(planning, doubt);
    }
    return answer_value(doubt);
}

static const char *time_read(struct planning *planning, const struct layout_column *column,
                             const struct field *field, const char *text) {
    struct arena *arena = planning->arena;
    static const char shown[] = "When is this?";
    const char *readings[2], *longer = century_add(arena, text);
    struct when when;
    size_t n = when_readings(arena, longer ? longer : text, readings);
    if (n == 2)
        return order_ask(planning, column, text, readings);
    if (n == 1 && longer)
        return taken_as(planning, column, text, readings[0], shown);
    if (n == 1)
        return readings[0];
    const char *plain = words_plain(arena, text);
    const char *blank = words_value(planning->wish->lists->common, "blank", plain);
    /* "TBC" under "done on" is no time at which it was done. */
    if (blank)
        return taken_as(
            planning, column, text,
            text_equal(blank, "unknown") && !(field->flags & (HAPPENED | BEGINS)) ? "unknown" : "",
            shown);
    if (!*plain)
        return taken_as(planning, column, text, "", shown);
    if (when_parse(text, &when) && strpbrk(text, "0123456789"))
        return text;
    const char *translated = months_translate(planning, text);
    if (when_parse(translated, &when) && strpbrk(translated, "0123456789"))
        return taken_as(planning, column, text, translated, shown);
    return time_ask(planning, column, text);
}

/* ---- numbers ---- */

/* "£50,000" as 50000, "10k" as 10000; NULL where it may mean one thing or another. */
static const char *number_plain(struct arena *arena, const char *text) {
    struct text out = text_new(arena);
    const char *c = text, *thousands = "";
    size_t group = 0;
    bool grouped = false;
    for (; *c; c++) {
        if (isdigit((unsigned char)*c)) {
            text_add_char(&out, *c);
            group++;
        } else if ((*c == ',' || *c == '\'') && out.length && (!grouped || group == 3)) {
            grouped = true;
            group = 0;
        } else if (out.length && !c[1] && strchr("kKmM", *c))
            thousands = tolower((unsigned char)*c) == 'k' ? "000" : "000000";
        else if (isalnum((unsigned char)*c) || *c == '.' || *c == ',' || *c == '-')
            return NULL;
    }
    if (!out.length || (grouped && group != 3))
        return NULL;
    text_add(&out, thousands);
    return out.bytes;
}

static const char *number_read(struct planning *planning, const struct layout_column *column,
                               const char *text) {
    const char *point = strchr(text, '.');
    bool is_plain = strspn(text, "0123456789.") == strlen(text) && isdigit((unsigned char)*text);
    /* In much of Europe "50.000" is fifty thousand. */
    if (is_plain && (!point || (strlen(point) != 4 && !strchr(point + 1, '.'))))
        return text;
    return taken_as(planning, column, text, number_plain(planning->arena, text),
                    "What number is this? Write digits only.");
}

/* ---- choices ---- */

static const char *choice_read(struct planning *planning, const struct layout_column *column,
                               const struct field *field, const char *text) {
    struct arena *arena = planning->arena;
    const char *const *values = value_choices(arena, field);
    const char *meaning, *plain = words_plain(arena, text);
    const char *means =
        words_value(planning->plan->layout.list, field->name, *plain ? plain : text);
    bool is_new;
    for (size_t i = 0; values[i]; i++)
        if (text_same_name(values[i], text))
            return values[i];
    struct bring_doubt *doubt =
        value_doubt(planning, column, text, "What does this mean?", &is_new);
    if (is_new) {
        for (size_t i = 0; values[i]; i++)
            doubt_offer(planning, doubt, as_answer(arena, values[i]),
                        value_choice(arena, field, values[i], &meaning));
        doubt_offer(planning, doubt, LEFT_EMPTY);
        doubt->is_kept = true;
        doubt->must = !means;
        doubt->suggested = means ? as_answer(arena, means) : NULL;
        doubt_settle(planning, doubt);
    }
    return answer_value(doubt);
}

const char *value_read(struct planning *planning, const struct layout_column *column,
                       const struct field *field, const char *text) {
    switch (field->type) {
    case FIELD_WHEN:
        return time_read(planning, column, field, text);
    case FIELD_NUMBER:
        return number_read(planning, column, text);
    case FIELD_CHOICE:
    case FIELD_YES_NO:
    case FIELD_COVERAGE:
        return choice_read(planning, column, field, text);
    case FIELD_KEY:
        return key_of_text(planning->arena, text);
    case FIELD_TEXT:
    case FIELD_CLOCK: /* checked with the record: no list knows it yet */
    case FIELD_REF:
    case FIELD_REFS:
        return text;
    }
    abort();
}
