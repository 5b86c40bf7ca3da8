#include "base/csv.h"
#include <stdbool.h>
#include <string.h>

static bool needs_guard(char first) {
    return first != '\0' && strchr("=+-@\t'", first) != NULL;
}

const char *cell_guard(struct arena *arena, const char *text) {
    return needs_guard(text[0]) ? arena_format(arena, "'%s", text) : text;
}

/* Only an apostrophe that guards something is taken off, so that "'tis" written by hand stays. */
const char *cell_unguard(struct arena *arena, const char *text) {
    return text[0] == '\'' && needs_guard(text[1]) ? arena_copy(arena, text + 1) : text;
}

void csv_cell_print(FILE *file, struct arena *arena, const char *text) {
    const char *guarded = cell_guard(arena, text);
    if (!strpbrk(guarded, ",\"\r\n")) {
        fputs(guarded, file);
        return;
    }
    fputc('"', file);
    for (const char *c = guarded; *c; c++) {
        if (*c == '"')
            fputc('"', file);
        fputc(*c, file);
    }
    fputc('"', file);
}

void csv_row_print(FILE *file, struct arena *arena, const char *const *cells, size_t n) {
    for (size_t i = 0; i < n; i++) {
        fputs(i ? "," : "", file);
        csv_cell_print(file, arena, cells[i] ? cells[i] : "");
    }
    fputc('\n', file);
}
