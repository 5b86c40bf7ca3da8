#include "record/sheet.h"
#include "base/text.h"
#include "record/origin.h"

bool sheet_is_private(struct arena *arena, const char *name) {
    static const char *const starts[] = {"readme", "lists", "notes"};
    const char *folded = text_fold(arena, name);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (text_starts_with(folded, starts[i]))
            return true;
    return name[0] == '_';
}

bool sheet_is_read(struct arena *arena, const char *name) {
    return !sheet_is_private(arena, name) || text_same_name(name, ORIGIN_SHEET);
}
