#include "record/value.h"
#include "base/date.h"
#include "base/text.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool key_valid(const char *text) {
    if (strspn(text, ".") == strlen(text))
        return false; /* nothing, or what means a folder in an address */
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < 0x80 && !isalnum((unsigned char)*c) && !strchr("-_.", *c))
            return false;
    return true;
}

/* A key as near to the text as may be: what cannot stand in a key becomes a hyphen. */
const char *key_of_text(struct arena *arena, const char *text) {
    enum { LONGEST = 40 };
    struct text out = text_new(arena);
    for (const char *c = text; *c && out.length < LONGEST; c++) {
        bool fits = (unsigned char)*c >= 0x80 || isalnum((unsigned char)*c) ||
                    (out.length && strchr("_.", *c));
        if (fits)
            text_add_char(&out, *c);
        else if (out.length && out.bytes[out.length - 1] != '-')
            text_add_char(&out, '-');
    }
    while (out.length && out.bytes[out.length - 1] == '-')
        out.bytes[--out.length] = '\0';
    /* The last letter may have been cut in two. */
    while (out.length && !text_is_utf8(out.bytes, out.length))
        out.bytes[--out.length] = '\0';
    return out.length ? out.bytes : NULL;
}

static const char *key_suggest(struct arena *arena, const char *text) {
    const char *key = key_of_text(arena, text);
    return key ? key : "board-2016";
}

char *value_next_ref(struct arena *arena, const char **rest) {
    while (*rest) {
        size_t length = strcspn(*rest, ";,\n");
        const char *start = *rest;
        *rest = start[length] ? start + length + 1 : NULL;
        char *key = text_trim(arena, arena_copy_n(arena, start, length));
        if (*key)
            return key;
    }
    return NULL;
}

static const char *const yes_no[] = {"yes", "no"};

/* How many values the field's column knows; 0 if it takes others. */
static size_t choice_number(const struct field *field) {
    switch (field->type) {
    case FIELD_YES_NO:
        return sizeof yes_no / sizeof *yes_no;
    case FIELD_CHOICE:
        return choice_count(field->choices);
    case FIELD_COVERAGE:
        return kind_count + LEVEL_COUNT;
    default:
        return 0;
    }
}

static const char *choice_value(const struct field *field, size_t i) {
    if (field->type == FIELD_YES_NO)
        return yes_no[i];
    if (field->type == FIELD_CHOICE)
        return field->choices[i].value;
    return i < kind_count ? kinds[i]->sheet : level_names[i - kind_count];
}

const char *const *value_choices(struct arena *arena, const struct field *field) {
    size_t n = choice_number(field);
    if (!n)
        return NULL;
    const char **values = arena_alloc_array(arena, n + 1, sizeof *values);
    for (size_t i = 0; i < n; i++)
        values[i] = choice_value(field, i);
    return values;
}

static const char *choice_check(struct problems *problems, struct place place,
                                const struct field *field, const char *text) {
    struct arena *arena = problems->arena;
    size_t n = choice_number(field);
    for (size_t i = 0; i < n; i++)
        if (text_same_name(text, choice_value(field, i)))
            return choice_value(field, i);
    const char *const *values = value_choices(arena, field);
    const char *nearest = text_nearest(arena, text, values, n);
    if (nearest)
        problem_add(problems, place,
                    "\"%s\" is not a value this column knows. Did you mean \"%s\"?",
                    text_quote(arena, text), nearest);
    else
        problem_add(problems, place, "\"%s\" is not a value this column knows. Write %s%s.",
                    text_quote(arena, text), n > 2 ? "one of: " : "",
                    text_alternatives(arena, values, n));
    return NULL;
}

static const char *number_check(struct problems *problems, struct place place,
                                const struct field *field, const char *text) {
    static const char plain[] = "0123456789.";
    char *end;
    double number = strtod(text, &end);
    bool readable = *end == '\0' && isfinite(number), negative = text[0] == '-';
    bool written_plainly = strspn(text + negative, plain) == strlen(text + negative);
    const char *quoted = text_quote(problems->arena, text);
    if (readable && written_plainly && !negative && number < 1e15)
        return text;
    if (readable && written_plainly)
        problem_add(problems, place, "\"%s\" is too %s for this column. The hint on it: \"%s\"",
                    quoted, negative ? "small" : "large", field->hint);
    else
        problem_add(problems, place,
                    "\"%s\" is not a number as this column needs it: digits, with a point for "
                    "decimals, and nothing else. The hint on it: \"%s\"",
                    quoted, field->hint);
    return NULL;
}

/* Days as spreadsheets count them from 1900, when nobody has told them to show a date: five digits
 * stand for 1927 to 2173. */
static bool is_day_count(const char *text) {
    return strlen(text) == 5 && strspn(text, "0123456789") == 5 && *text != '0';
}

static const char *when_check(struct problems *problems, struct place place, const char *text) {
    const char *readings[2];
    struct when when;
    if (when_parse(text, &when))
        return text;
    size_t n = when_readings(problems->arena, text, readings);
    if (n == 1)
        return readings[0];
    if (is_day_count(text)) {
        char day[DAY_SIZE];
        day_add("1899-12-30", strtol(text, NULL, 10), day);
        problem_add(problems, place,
                    "\"%s\" is not a time that can be read. If it is the number by which Excel "
                    "counts days, it means %s: write that, or give the cell the format Date.",
                    text, day);
    } else if (n == 2)
        problem_add(problems, place,
                    "\"%s\" can be read in two ways: day first, or month first. Write which of "
                    "them is meant: \"%s\" or \"%s\".",
                    text, readings[0], readings[1]);
    else
        problem_add(problems, place,
                    "\"%s\" is not a time that can be read. Please " WHEN_ADVICE ".",
                    text_quote(problems->arena, text));
    return NULL;
}

/* A time of day as spreadsheets keep it when nobody has told them to show one: 0.25 of a day is six
 * in the morning. NULL if it is none. */
static const char *clock_of_part(struct arena *arena, const char *text) {
    enum { MINUTES_A_DAY = 24 * 60, AN_HOUR = 60 };
    if (!text_starts_with(text, "0.") || strspn(text + 2, "0123456789") != strlen(text + 2))
        return NULL;
    long minutes = lround(strtod(text, NULL) * MINUTES_A_DAY);
    return minutes < MINUTES_A_DAY
               ? arena_format(arena, "%02ld:%02ld", minutes / AN_HOUR, minutes % AN_HOUR)
               : NULL;
}

static const char *clock_check(struct problems *problems, struct place place, const char *text) {
    const char *part = clock_of_part(problems->arena, text);
    char clock[CLOCK_SIZE];
    if (part)
        return part;
    if (clock_parse(text, clock))
        return arena_copy(problems->arena, clock);
    problem_add(problems, place,
                "\"%s\" is not a time of day that can be read. Please " CLOCK_ADVICE ".",
                text_quote(problems->arena, text));
    return NULL;
}

const char *value_check(struct problems *problems, struct place place, const struct field *field,
                        const char *text) {
    switch (field->type) {
    case FIELD_KEY:
        if (key_valid(text))
            return text;
        problem_add(problems, place,
                    "\"%s\" cannot be a key. Use letters, digits and hyphens, without spaces: "
                    "for example \"%s\".",
                    text_quote(problems->arena, text), key_suggest(problems->arena, text));
        return NULL;
    case FIELD_NUMBER:
        return number_check(problems, place, field, text);
    case FIELD_WHEN:
        return when_check(problems, place, text);
    case FIELD_CLOCK:
        return clock_check(problems, place, text);
    case FIELD_YES_NO:
    case FIELD_CHOICE:
    case FIELD_COVERAGE:
        return choice_check(problems, place, field, text);
    case FIELD_TEXT:
    case FIELD_REF:
    case FIELD_REFS:
        return text;
    }
    abort();
}

const char *value_choice(struct arena *arena, const struct field *field, const char *value,
                         const char **meaning) {
    *meaning = NULL;
    for (const struct choice *choice = field->choices; choice && choice->value; choice++)
        if (text_equal(choice->value, value) && *choice->meaning)
            *meaning = choice->meaning;
    const char *words = text_capital(arena, value);
    if (*meaning && text_equal(value, "none")) {
        words = text_capital(arena, *meaning);
        *meaning = NULL;
    }
    return words;
}
