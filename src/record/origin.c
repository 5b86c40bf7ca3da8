#include "record/origin.h"
#include "base/text.h"
#include <stdlib.h>

void origin_rows(struct arena *arena, const struct origin *origin, const char *rows[][2]) {
    const char *const filled[ORIGIN_ROWS][2] = {
        {ORIGIN_ADVICE, NULL},
        {"Programme", origin->programme},
        {"Revision", arena_format(arena, "revision %lld", (long long)origin->revision)},
        {"Link", origin->link},
    };
    memcpy(rows, filled, sizeof filled);
}

static const char *row_value(const struct sheet *sheet, const char *name) {
    for (size_t i = 0; i < sheet->rows.n; i++) {
        const struct sheet_row *row = &sheet->rows.items[i];
        if (row->n > 1 && row->cells[0] && row->cells[1] && text_same_name(row->cells[0], name))
            return row->cells[1];
    }
    return NULL;
}

bool origin_find(const struct sheets *sheets, struct origin *out) {
    for (size_t i = 0; i < sheets->list.n; i++) {
        const struct sheet *sheet = &sheets->list.items[i];
        if (sheet->name[0] != '_' || !text_same_name(sheet->name, ORIGIN_SHEET))
            continue;
        const char *revision = row_value(sheet, "Revision");
        *out = (struct origin){.programme = row_value(sheet, "Programme"),
                               .link = row_value(sheet, "Link")};
        /* A spreadsheet program leaves words alone that it would turn into a number. */
        if (revision && text_starts_with(revision, "revision "))
            out->revision = strtoll(revision + strlen("revision "), NULL, 10);
        return out->programme && out->link && out->revision > 0;
    }
    return false;
}
