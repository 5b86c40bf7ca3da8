#include "bring/layout.h"
#include "base/date.h"
#include "base/names.h"
#include "base/text.h"

enum {
    HEADER_ROWS = 15, /* among the first so many rows are the headings */
    LOOKED_AT = 60,   /* cells below a heading that tell what it is */
    ENOUGH = 20,      /* points that a column needs to be like something */
    SURE = 55,        /* those of its heading, to be taken for it without being asked */
    POINTS_EXACT = 100,
    POINTS_WITHIN = 20, /* up to twice that, by the length of the words */
    POINTS_PLAIN = 35,  /* where nothing else is said */
    POINTS_CONTENT = 30,
    POINTS_NAMED = 25, /* for a list whose name stands above it */
    MOSTLY = 60,       /* per cent */
    OFTEN = 40,
    HARDLY = 20,
};

const char *answer_of(const struct answers *answers, const char *name) {
    for (size_t i = 0; i < answers->list.n; i++)
        if (text_equal(answers->list.items[i].name, name))
            return answers->list.items[i].value;
    return NULL;
}

const char *column_letter(struct arena *arena, size_t at) {
    return at < 26 ? arena_format(arena, "%c", (char)('A' + at))
                   : arena_format(arena, "%c%c", (char)('A' + at / 26 - 1), (char)('A' + at % 26));
}

const char *layout_cell(const struct sheet_row *row, size_t at) {
    return at < row->n && row->cells[at] && *row->cells[at] ? row->cells[at] : NULL;
}

bool cell_is_time(struct arena *arena, const struct word_lists *lists, const char *cell) {
    const char *readings[2];
    struct when when;
    if (!strpbrk(cell, "0123456789"))
        return text_equal(words_value(lists->common, "blank", words_plain(arena, cell)), "unknown");
    return when_parse(cell, &when) || when_readings(arena, cell, readings) > 0;
}

struct looking {
    struct arena *arena;
    const struct word_lists *lists;
    const struct sheet *sheet;
    const struct word_list *list;
    const struct targets *targets;
    const struct answers *answers;
    size_t header;
};

/* Or a month: it is asked then on which day. */
static bool cell_is_day(const struct looking *looking, const char *cell) {
    const char *readings[2], *rest = words_plain(looking->arena, cell);
    if (day_valid(cell) || when_readings(looking->arena, cell, readings) > 0)
        return true;
    for (const char *word; (word = text_next_piece(looking->arena, &rest, ' '));)
        if (words_value(looking->lists->common, "month", word))
            return true;
    return false;
}

/* ---- one column as one target ---- */

/* Whether all that a heading says beside the words is of no weight: "Owner of the action" is not
 * "Owner", "Name of owner" is; "Review date" is no date on which something was decided. */
static bool says_no_more(struct arena *arena, const char *heading, const char *words) {
    static const char *const light[] = {
        "the",    "of",       "a",    "an",    "for",  "to",       "by",  "current", "latest",
        "this",   "our",      "your", "all",   "full", "if",       "any", "and",     "or",
        "gbp",    "eur",      "sek",  "chf",   "usd",  "optional", "e",   "g",       "eg",
        "yes",    "y",        "n",    "dd",    "mm",   "yyyy",     "der", "die",     "das",
        "des",    "du",       "de",   "la",    "le",   "les",      "l",   "d",       "en",
        "av",     "och",      "und",  "et",    "name", "names",    "s",   "please",  "no",
        "agreed", "required", "open", "closed"};
    const char *at = strstr(heading, words);
    const char *rest =
        arena_format(arena, "%.*s %s", (int)(at - heading), heading, at + strlen(words));
    for (const char *word; (word = text_next_piece(arena, &rest, ' '));)
        if (*word && name_index(light, (int)(sizeof light / sizeof *light), word) < 0)
            return false;
    return true;
}

static int heading_points(const struct looking *looking, const struct target *target,
                          const char *heading) {
    int best = 0;
    if (text_equal(heading, words_plain(looking->arena, target->words)))
        best = POINTS_EXACT;
    for (size_t i = 0; i < looking->list->words.n && best < POINTS_EXACT; i++) {
        const struct word *word = &looking->list->words.items[i];
        if (word->what != WORDS_HEADING || !text_equal(word->target, target->name))
            continue;
        int length = (int)strlen(word->words);
        if (text_equal(word->words, heading))
            best = POINTS_EXACT;
        else if (length > 2 && words_within(heading, word->words) &&
                 POINTS_WITHIN + length > best) {
            best = POINTS_WITHIN + (length < POINTS_WITHIN ? length : POINTS_WITHIN);
            if (says_no_more(looking->arena, heading, word->words))
                best += POINTS_PLAIN;
        }
    }
    return best;
}

static bool cell_fits(const struct looking *looking, const struct field *field, const char *cell) {
    struct arena *arena = looking->arena;
    switch (field->type) {
    case FIELD_WHEN:
        return cell_is_time(arena, looking->lists, cell);
    case FIELD_CHOICE:
    case FIELD_YES_NO: {
        for (const struct choice *choice = field->choices; choice && choice->value; choice++)
            if (text_same_name(choice->value, cell))
                return true;
        return words_value(looking->list, field->name, words_plain(arena, cell));
    }
    case FIELD_NUMBER:
        return strpbrk(cell, "0123456789");
    default:
        return true;
    }
}

/* How many per cent of the cells below fit; -1 where there is none. */
static int content_share(const struct looking *looking, const struct target *target, size_t at) {
    const struct sheet *sheet = looking->sheet;
    const struct field *field = &looking->list->kind->fields[target->fields[0]];
    int seen = 0, fitting = 0;
    for (size_t r = looking->header + 1; r < sheet->rows.n && seen < LOOKED_AT; r++) {
        const char *cell = layout_cell(&sheet->rows.items[r], at);
        /* A dash or a dot says that there is nothing. */
        if (cell && !*words_plain(looking->arena, cell))
            continue;
        seen += cell != NULL;
        fitting += cell && cell_fits(looking, field, cell);
    }
    return seen ? fitting * 100 / seen : -1;
}

static bool tells_by_content(const struct field *field) {
    return field->type == FIELD_WHEN || field->type == FIELD_CHOICE || field->type == FIELD_YES_NO;
}

/* What is to be left out by what stands in it: email addresses, and forms of address. */
static int needless_points(const struct looking *looking, size_t at) {
    int seen = 0, needless = 0;
    for (size_t r = looking->header + 1; r < looking->sheet->rows.n && seen < LOOKED_AT; r++) {
        const char *cell = layout_cell(&looking->sheet->rows.items[r], at);
        seen += cell != NULL;
        needless += cell && (strchr(cell, '@') || words_value(looking->lists->common, "address",
                                                              words_plain(looking->arena, cell)));
    }
    return seen && needless * 100 / seen >= MOSTLY ? POINTS_EXACT : 0;
}

static int column_points(const struct looking *looking, const struct target *target, size_t at) {
    const char *cell = layout_cell(&looking->sheet->rows.items[looking->header], at);
    const char *heading = words_plain(looking->arena, cell ? cell : "");
    if (target->what == TARGET_DAY) {
        int share = cell && cell_is_day(looking, cell) ? content_share(looking, target, at) : 0;
        return share < 0 || share >= OFTEN ? POINTS_EXACT : 0;
    }
    if (target->what == TARGET_POST || target->what == TARGET_OUT) {
        int needless = needless_points(looking, at);
        if (needless)
            return target->what == TARGET_OUT ? needless : 0;
    }
    int points = heading_points(looking, target, heading);
    if (!points || target->what != TARGET_FIELD)
        return points;
    const struct field *field = &looking->list->kind->fields[target->fields[0]];
    int share = tells_by_content(field) ? content_share(looking, target, at) : -1;
    if (share >= 0 && share < HARDLY && points < POINTS_EXACT)
        return 0;
    if (share >= MOSTLY)
        points += POINTS_CONTENT;
    else if (share >= 0 && share < HARDLY)
        points -= POINTS_CONTENT;
    return points;
}

/* ---- all columns ---- */

static size_t columns_number(const struct sheet *sheet) {
    size_t n = 0;
    for (size_t r = 0; r < sheet->rows.n; r++)
        if (sheet->rows.items[r].n > n)
            n = sheet->rows.items[r].n;
    return n;
}

static const char *example_of(const struct looking *looking, size_t at) {
    for (size_t r = looking->header + 1; r < looking->sheet->rows.n; r++)
        if (layout_cell(&looking->sheet->rows.items[r], at))
            return layout_cell(&looking->sheet->rows.items[r], at);
    return NULL;
}

static const struct target *target_said(const struct looking *looking, const char *name) {
    const char *said = answer_of(looking->answers, name);
    return said ? target_find(looking->targets, said) : NULL;
}

static void columns_list(const struct looking *looking, struct layout *out) {
    struct arena *arena = looking->arena;
    size_t n = columns_number(looking->sheet);
    for (size_t at = 0; at < n; at++) {
        const char *heading = layout_cell(&looking->sheet->rows.items[looking->header], at);
        const char *example = example_of(looking, at);
        if (!heading && !example)
            continue;
        struct layout_column column = {
            .at = at, .heading = heading ? heading : "", .example = example};
        column.name = heading ? arena_format(arena, "column:%s:%s", looking->list->name,
                                             words_plain(arena, heading))
                              : arena_format(arena, "column:%s:%s", looking->list->name,
                                             column_letter(arena, at));
        column.target = target_said(looking, column.name);
        column.how = column.target ? COLUMN_SAID : COLUMN_UNKNOWN;
        list_add(arena, &out->columns, column);
    }
}

static bool may_repeat(const struct target *target) {
    return target->what == TARGET_DAY || target->what == TARGET_OUT;
}

static bool is_taken(const struct layout *layout, const struct target *target) {
    for (size_t i = 0; !may_repeat(target) && i < layout->columns.n; i++)
        if (layout->columns.items[i].target == target)
            return true;
    return false;
}

/* The best pair of a column and a target of all that are left; 0 points where none is good enough.
 */
static int pair_find(const struct layout *layout, const int *points, size_t *column,
                     size_t *target) {
    int best = 0;
    for (size_t c = 0; c < layout->columns.n; c++)
        for (size_t t = 0; !layout->columns.items[c].target && t < layout->targets.list.n; t++) {
            int now = points[c * layout->targets.list.n + t];
            if (now > best && !is_taken(layout, &layout->targets.list.items[t])) {
                best = now;
                *column = c;
                *target = t;
            }
        }
    return best >= ENOUGH ? best : 0;
}

static bool is_sure(const struct looking *looking, const struct layout_column *column) {
    return column->target->what == TARGET_DAY || column->target->what == TARGET_OUT ||
           heading_points(looking, column->target, words_plain(looking->arena, column->heading)) >=
               SURE;
}

/* Gives the points of all pairs together. */
static int columns_match(const struct looking *looking, struct layout *layout) {
    size_t n = layout->targets.list.n, c, t;
    int *points = arena_alloc_array(looking->arena, layout->columns.n * n + 1, sizeof *points);
    int sum = 0, now;
    for (c = 0; c < layout->columns.n; c++)
        sum += layout->columns.items[c].how == COLUMN_SAID ? POINTS_EXACT : 0;
    for (c = 0; c < layout->columns.n; c++)
        for (t = 0; t < n; t++)
            points[c * n + t] =
                column_points(looking, &layout->targets.list.items[t], layout->columns.items[c].at);
    while ((now = pair_find(layout, points, &c, &t)) > 0) {
        struct layout_column *column = &layout->columns.items[c];
        column->target = &layout->targets.list.items[t];
        column->how = is_sure(looking, column) ? COLUMN_BY_NAME : COLUMN_LIKELY;
        sum += column->target->what == TARGET_OUT ? now / 2 : now;
    }
    return sum;
}

static bool has_what_it_needs(const struct layout *layout) {
    for (size_t i = 0; i < layout->columns.n; i++) {
        const struct target *target = layout->columns.items[i].target;
        for (size_t j = 0; target && j < layout->list->needs.n; j++)
            if (text_equal(target->name, layout->list->needs.items[j]))
                return true;
    }
    return layout->list->needs.n == 0;
}

/* ---- where the list is, and of which kind ---- */

static const char *text_above(struct arena *arena, const struct sheets *sheets,
                              const struct sheet *sheet, size_t header) {
    const char *file = strrchr(sheets->path, '/');
    struct text above = text_new(arena);
    text_add_format(&above, "%s %s", file ? file + 1 : sheets->path, sheet->name);
    for (size_t r = 0; r < header; r++)
        for (size_t c = 0; c < sheet->rows.items[r].n; c++)
            if (layout_cell(&sheet->rows.items[r], c))
                text_add_format(&above, " | %s", sheet->rows.items[r].cells[c]);
    return words_plain(arena, above.bytes);
}

static int named_points(const struct layout *layout) {
    for (size_t i = 0; i < layout->list->names.n; i++)
        if (words_within(layout->above, layout->list->names.items[i]))
            return POINTS_NAMED;
    return 0;
}

static int layout_try(const struct looking *looking, const struct sheets *sheets,
                      struct layout *out) {
    *out = (struct layout){.sheets = sheets,
                           .sheet = looking->sheet,
                           .header = looking->header,
                           .list = looking->list,
                           .targets = *looking->targets};
    out->above = text_above(looking->arena, sheets, looking->sheet, looking->header);
    columns_list(looking, out);
    int points = columns_match(looking, out);
    if (points && !has_what_it_needs(out))
        points /= 4;
    return points ? points + named_points(out) : 0;
}

/* A row of headings has texts, and more than one unless it is the only column. */
static bool may_be_header(const struct sheet *sheet, size_t r) {
    size_t filled = 0;
    for (size_t c = 0; c < sheet->rows.items[r].n; c++)
        filled += layout_cell(&sheet->rows.items[r], c) != NULL;
    return filled > 1;
}

struct layout layout_find(struct arena *arena, const struct word_lists *lists,
                          const struct sheets *sheets, const struct answers *answers) {
    struct layout best = {0};
    int most = 0;
    const char *said = answer_of(answers, "list"), *said_sheet = answer_of(answers, "sheet");
    for (size_t l = 0; l < lists->list.n; l++) {
        const struct word_list *list = &lists->list.items[l];
        if (!list->kind || (said && !text_equal(said, list->name)))
            continue;
        struct targets *targets = arena_alloc(arena, sizeof *targets);
        *targets = targets_of(arena, list);
        for (size_t s = 0; s < sheets->list.n; s++) {
            const struct sheet *sheet = &sheets->list.items[s];
            if (said_sheet && !text_equal(said_sheet, sheet->name))
                continue;
            for (size_t r = 0; r < HEADER_ROWS && r < sheet->rows.n; r++) {
                const struct looking looking = {arena, lists, sheet, list, targets, answers, r};
                struct layout now;
                int points = may_be_header(sheet, r) ? layout_try(&looking, sheets, &now) : 0;
                if (points > most) {
                    most = points;
                    best = now;
                }
            }
        }
    }
    return best;
}
