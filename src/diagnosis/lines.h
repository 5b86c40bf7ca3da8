/* Which rule answers which line of what the diagnosis must be able to find (content/lines.md), and
 * where there is a gap. */
#ifndef ITHACA_LINES_H
#define ITHACA_LINES_H

#include "diagnosis/rule.h"

enum line_state {
    LINE_ANSWERED,
    LINE_NEEDS_VOICES, /* what people say answers it, and not records: "(v)" */
    LINE_GAP,          /* records can answer it, and no rule does */
    LINE_STATE_COUNT
};

struct line {
    const char *id, *text; /* "A1" and what it says */
    struct names rules;    /* that answer it */
    enum line_state state;
};

struct lines {
    LIST(struct line) list; /* in the order of the content */
    size_t count[LINE_STATE_COUNT];
};

struct lines lines_find(struct arena *arena, const struct content *content,
                        const struct rules *rules);

#endif
