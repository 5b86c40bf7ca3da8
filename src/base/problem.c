#include "base/problem.h"
#include "base/print.h"
#include "base/text.h"

struct problems problems_new(struct arena *arena) {
    return (struct problems){.arena = arena};
}

void problem_add(struct problems *problems, struct place place, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    struct problem problem = {place, arena_format_list(problems->arena, format, arguments)};
    va_end(arguments);
    list_add(problems->arena, &problems->list, problem);
}

static bool is_same_place(const struct place *a, const struct place *b) {
    return text_equal(a->file, b->file) && text_equal(a->sheet, b->sheet) && a->row == b->row &&
           text_equal(a->column, b->column) && a->column_number == b->column_number;
}

void remark_add(struct problems *problems, struct place place, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    struct problem remark = {place, arena_format_list(problems->arena, format, arguments)};
    va_end(arguments);
    for (size_t i = 0; i < problems->remarks.n; i++)
        if (text_equal(problems->remarks.items[i].message, remark.message) &&
            is_same_place(&problems->remarks.items[i].place, &place))
            return;
    list_add(problems->arena, &problems->remarks, remark);
}

/* A spreadsheet's name of a column: 1 is A, 27 is AA. */
static char *column_letters(struct arena *arena, unsigned number) {
    char letters[8];
    size_t at = sizeof letters - 1;
    letters[at] = '\0';
    for (; number && at; number = (number - 1) / 26)
        letters[--at] = (char)('A' + (number - 1) % 26);
    return arena_copy(arena, letters + at);
}

static void add_part(struct text *text, const char *part) {
    if (text->length)
        text_add(text, ", ");
    text_add(text, part);
}

static char *place_describe(struct arena *arena, const struct place *place) {
    struct text text = text_new(arena);
    if (place->file)
        add_part(&text, place->file);
    if (place->sheet)
        add_part(&text, arena_format(arena, "sheet %s", place->sheet));
    if (place->row)
        add_part(&text, arena_format(arena, "%s %u", place->sheet ? "row" : "line", place->row));
    if (place->column)
        add_part(&text, arena_format(arena, "column %s", place->column));
    if (place->column && place->column_number)
        text_add_format(&text, " (%s)", column_letters(arena, place->column_number));
    return text.bytes;
}

static void items_print(FILE *out, struct arena *arena, const struct problem *items, size_t n,
                        size_t most) {
    struct printer printer = printer_new(out);
    for (size_t i = 0; i < n && i < most; i++) {
        const char *place = place_describe(arena, &items[i].place);
        if (*place)
            print_wrapped(&printer, "", NULL, arena_format(arena, "%s:", place));
        print_wrapped(&printer, *place ? "    " : "", NULL, items[i].message);
    }
    if (n > most)
        fprintf(out, "... and %zu more like these.\n", n - most);
}

void problems_print(FILE *out, const struct problems *problems, size_t most) {
    items_print(out, problems->arena, problems->list.items, problems->list.n, most);
}

void remarks_print(FILE *out, const struct problems *problems, size_t most) {
    if (!problems->remarks.n)
        return;
    fputs("Noted while reading; there is nothing you have to mend:\n\n", out);
    items_print(out, problems->arena, problems->remarks.items, problems->remarks.n, most);
    fputc('\n', out);
}
