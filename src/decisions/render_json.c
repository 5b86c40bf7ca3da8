/* Decision paths for programs. */
#include "content/json.h"
#include "decisions/decisions.h"

static json_t *ways_json(const struct decision_holding *holding) {
    json_t *array = json_array();
    for (size_t i = 0; i < holding->ways.n; i++) {
        const struct decision_way *way = &holding->ways.items[i];
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s, s:s?, s:s?, s:s, s:s?}", "team",
                                        way->team_key, "team_name", way->team, "words", way->words,
                                        "messenger", way->messenger, "every", way->every, "state",
                                        link_names[way->link], "rule", way->rule));
    }
    return array;
}

static json_t *right_json(const struct decision_holding *holding) {
    json_t *right = json_pack(
        "{s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s, s:s?, s:b, s:b}", "right", holding->right, "who",
        holding->who, "who_key", holding->who_key, "organisation", holding->organisation, "held_by",
        holding->holders, "up_to", record_value(holding->record, "up_to"), "words", holding->words,
        "lost", holding->lost, "leading", holding->is_leading, "needed", holding->is_asked);
    if (holding->is_asked)
        json_object_update_new(right, json_pack("{s:s, s:s?, s:s?, s:o}", "state",
                                                link_names[holding->link], "state_words",
                                                holding->state_words, "rule", holding->rule, "ways",
                                                ways_json(holding)));
    return right;
}

static json_t *gap_json(const struct decision *decision) {
    return decision->gap_words
               ? json_pack("{s:s, s:s, s:s?, s:o}", "words", decision->gap_words, "state",
                           link_names[decision->gap_link], "rule", decision->gap_rule,
                           "organisations", names_json(&decision->gap_organisations))
               : json_null();
}

static json_t *outcome_json(const struct decision *decision) {
    const struct decision_outcome *outcome = &decision->outcome;
    return decision->is_open
               ? json_null()
               : json_pack("{s:b, s:s?, s:s?, s:b, s:s?, s:s?, s:s?, s:s?, s:o}", "taken",
                           outcome->is_taken, "day", outcome->day, "by", outcome->by, "carried_out",
                           outcome->is_carried_out, "carried_out_day", outcome->carried_out,
                           "overridden_by", outcome->over, "overridden_day", outcome->over_day,
                           "reasons_given", outcome->reasons, "instead",
                           names_json(&outcome->instead));
}

static json_t *decision_json(const struct decision *decision) {
    json_t *rights = json_array();
    for (size_t i = 0; i < decision->rights.n; i++)
        json_array_append_new(rights, right_json(&decision->rights.items[i]));
    return json_pack("{s:s, s:s, s:s, s:b, s:s?, s:s, s:s?, s:o, s:o?, s:o, s:o, s:s?, s:s?, s:o}",
                     "key", decision->record->id, "title", decision->title, "state",
                     decision->state, "open", decision->is_open, "due",
                     record_value(decision->record, "due"), "about", decision->about, "team",
                     decision->team, "concerns", names_json(&decision->concerns), "paths",
                     decision->is_open ? json_string(link_names[decision->worst]) : NULL, "rights",
                     rights, "undecided", gap_json(decision), "clash", decision->clash, "next",
                     decision->next, "outcome", outcome_json(decision));
}

void decisions_render_json(FILE *out, const struct decisions *decisions) {
    json_t *list = json_array();
    for (size_t i = 0; i < decisions->list.n; i++)
        json_array_append_new(list, decision_json(decisions->list.items[i]));
    json_t *root = json_pack("{s:s, s:s, s:o}", "programme", decisions->programme, "as_of",
                             decisions->as_of, "decisions", list);
    json_print(out, root);
}
