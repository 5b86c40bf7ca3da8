#include "diagnosis/audience.h"
#include "base/text.h"
#include "diagnosis/sentence.h"

const char *const reader_names[READER_COUNT] = {"lead", "person", "team", "sponsor"};

bool audience_sees_rule(const struct audience *audience, const struct rule *rule) {
    return !rule->is_private || audience->reader == READER_LEAD ||
           audience->reader == READER_PERSON;
}

bool audience_sees_row(const struct audience *audience, const struct rule *rule,
                       const struct row *row) {
    return !rule->is_private || audience->reader == READER_LEAD ||
           (audience->reader == READER_PERSON &&
            text_equal(row_value(row, "person"), audience->person));
}

const char *audience_sentence(const struct audience *audience, const struct rule *rule) {
    return rule->is_private && audience->reader != READER_PERSON ? rule->for_lead : rule->finding;
}

static bool column_is_for_lead(const struct rule *rule, const struct sentence_names *spoken,
                               const char *column) {
    static const char *const always[] = {"verdict", "field",    "needs_since", "since",
                                         "level",   "severity", "barriers"};
    return names_contain(&rule->identity, column) ||
           name_index(always, sizeof always / sizeof *always, column) >= 0 ||
           name_index(spoken->list.items, (int)spoken->list.n, column) >= 0;
}

struct row audience_row(struct arena *arena, const struct audience *audience,
                        const struct rule *rule, const struct row *row) {
    if (!rule->is_private || audience->reader == READER_PERSON)
        return *row;
    struct sentence_names spoken = {0};
    sentence_list_names(arena, rule->for_lead, &spoken);
    sentence_list_names(arena, rule->in_place, &spoken);
    struct row seen = {row->names, arena_alloc_array(arena, row->n, sizeof *row->values), row->n};
    for (size_t i = 0; i < row->n; i++)
        seen.values[i] = column_is_for_lead(rule, &spoken, row->names[i]) ? row->values[i] : NULL;
    return seen;
}
