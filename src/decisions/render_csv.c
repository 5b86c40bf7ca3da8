/* The scheme of delegation for a spreadsheet: a row for each right over each decision. */
#include "base/csv.h"
#include "base/text.h"
#include "decisions/decisions.h"

static const char *label_of(const struct decisions *decisions, const struct record *record,
                            const char *field, const char *kind) {
    const char *key = record ? record_value(record, field) : NULL;
    const struct record *other =
        key ? records_find(decisions->records, kind_find(kind), key) : NULL;
    return other ? record_label(decisions->records, other) : key;
}

static const char *names_join(struct arena *arena, const struct names *names) {
    struct text out = text_new(arena);
    for (size_t i = 0; i < names->list.n; i++)
        text_add_format(&out, "%s%s", i ? "; " : "", names->list.items[i]);
    return out.bytes;
}

static const char *path_say(struct arena *arena, enum link link, const char *rule,
                            const char *words) {
    const char *named = rule ? arena_format(arena, " (%s)", rule) : "";
    return words ? arena_format(arena, "%s%s: %s", link_names[link], named, words)
                 : link_names[link];
}

static const char *value_of(const struct record *record, const char *field) {
    return record ? record_value(record, field) : NULL;
}

static void row_print(FILE *out, const struct decisions *decisions, const struct decision *decision,
                      const struct decision_holding *holding) {
    struct arena *arena = decisions->arena;
    const struct record *right = holding->record;
    const struct decision_way *way = holding->ways.n ? &holding->ways.items[0] : NULL;
    const char *words =
        way ? arena_format(arena, "%s → %s", way->team, way->words) : holding->state_words;
    const char *const cells[] = {
        decision->record->id,
        decision->title,
        decision->state,
        record_value(decision->record, "due"),
        names_join(arena, &decision->concerns),
        holding->right,
        holding->who,
        holding->holders,
        holding->organisation,
        value_of(right, "up_to"),
        label_of(decisions, right, "delegated_by", "post"),
        value_of(right, "since"),
        value_of(right, "until"),
        label_of(decisions, right, "document", "document"),
        value_of(right, "page"),
        holding->is_asked ? path_say(arena, holding->link, holding->rule, words) : NULL,
        way && !way->lost ? way->messenger : NULL,
    };
    csv_row_print(out, arena, cells, sizeof cells / sizeof *cells);
}

void decisions_render_csv(FILE *out, const struct decisions *decisions) {
    static const char *const headings[] = {
        "Key",   "Decision", "State",        "Due",   "Concerns",     "Right held",
        "Who",   "Held by",  "Organisation", "Up to", "Delegated by", "Since",
        "Until", "Document", "Page",         "Path",  "Messenger",
    };
    csv_row_print(out, decisions->arena, headings, sizeof headings / sizeof *headings);
    for (size_t i = 0; i < decisions->list.n; i++) {
        const struct decision *decision = decisions->list.items[i];
        for (size_t j = 0; j < decision->rights.n; j++)
            row_print(out, decisions, decision, &decision->rights.items[j]);
        if (!decision->gap_words && decision->rights.n)
            continue;
        /* The part for which nobody is named is a row too, with the holder left empty. */
        const char *words =
            decision->gap_organisations.list.n
                ? arena_format(decisions->arena, "%s for %s", decision->gap_words,
                               names_say(decisions->arena, &decision->gap_organisations))
                : decision->gap_words;
        struct decision_holding nobody = {.right = decision->gap_words ? "decides" : NULL,
                                          .is_asked = decision->gap_words != NULL,
                                          .link = decision->gap_link,
                                          .rule = decision->gap_rule,
                                          .state_words = words};
        row_print(out, decisions, decision, &nobody);
    }
}
