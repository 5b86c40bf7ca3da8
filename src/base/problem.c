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

void problems_print(FILE *out, const struct problems *problems, size_t most) {
    struct printer printer = printer_new(out);
    for (size_t i = 0; i < problems->list.n && i < most; i++) {
        const struct problem *problem = &problems->list.items[i];
        const char *place = place_describe(problems->arena, &problem->place);
        if (*place)
            print_wrapped(&printer, "", NULL, arena_format(problems->arena, "%s:", place));
        print_wrapped(&printer, *place ? "    " : "", NULL, problem->message);
    }
    if (problems->list.n > most)
        fprintf(out, "... and %zu more like these.\n", problems->list.n - most);
}
