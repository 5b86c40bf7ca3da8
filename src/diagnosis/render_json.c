#include "base/text.h"
#include "content/json.h"
#include "diagnosis/overall.h"
#include "diagnosis/render.h"
#include "record/standing.h"

static json_t *records_json(const struct diagnosis *diagnosis, const struct record_refs *refs) {
    json_t *array = json_array();
    for (size_t i = 0; i < refs->list.n; i++) {
        const struct record *record = refs->list.items[i];
        const char *basis = record_value(record, "basis");
        json_array_append_new(
            array, json_pack("{s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:s}", "kind", record->kind->name,
                             "key", record->id, "label", record_label(diagnosis->records, record),
                             "sheet", record->kind->sheet, "row", (int)record->row, "basis",
                             basis ? basis : "own record", "said",
                             record_said(diagnosis->arena, diagnosis->records, record), "standing",
                             record_standing(diagnosis->arena, record, diagnosis->as_of)));
    }
    return array;
}

static json_t *finding_json(const struct diagnosis *diagnosis, const struct finding *finding) {
    struct arena *arena = diagnosis->arena;
    const struct rule *rule = finding->rule;
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:s, s:s, s:b, s:s, s:s, s:o, s:s, s:s, s:s?, "
        "s:s, s:o, s:o}",
        "id", finding->id, "about", finding->about, "rule", rule->id, "title", rule->title,
        "answers", names_json(&rule->answers), "barriers", names_json(&finding->barriers), "level",
        level_names[finding->level], "outcome", outcome_names[rule->outcome], "effect",
        rule->strains ? "strain" : "lacking", "severity", severity_names[finding->severity],
        "private", rule->is_private, "basis", finding->basis, "sentence", finding->sentence,
        "records", records_json(diagnosis, &finding->records), "source",
        content_cite(arena, diagnosis->content, rule->source), "evidence", rule->evidence, "step",
        rule->step, "next", rule_next_step(arena, rule), "mechanisms",
        names_json(&rule->mechanisms), "competences", names_json(&rule->competences));
}

static json_t *evidence_json(const struct diagnosis *diagnosis, const struct evidence *evidence) {
    const struct rule *rule = evidence->rule;
    return json_pack("{s:s, s:o, s:s, s:s, s:s, s:s?, s:i, s:i, s:b, s:o}", "rule", rule->id,
                     "answers", names_json(&rule->answers), "level", level_names[evidence->level],
                     "outcome", outcome_names[rule->outcome], "sentence", evidence->sentence,
                     "since", evidence->since, "in_order", (int)evidence->n, "looked_at",
                     (int)evidence->of, "whole", evidence->whole, "records",
                     records_json(diagnosis, &evidence->records));
}

static json_t *grid_json(const struct diagnosis *diagnosis) {
    json_t *array = json_array();
    for (int level = 0; level < LEVEL_COUNT; level++)
        for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++) {
            const struct cell *cell = &diagnosis->grid[level][outcome];
            json_array_append_new(
                array, json_pack("{s:s, s:s, s:s, s:i, s:i}", "level", level_names[level],
                                 "outcome", outcome_names[outcome], "reading",
                                 cell_reading(diagnosis, level, (enum outcome)outcome), "for",
                                 (int)cell->evidence_for, "against", (int)cell->findings));
        }
    return array;
}

static json_t *doubts_json(const struct diagnosis *diagnosis) {
    json_t *array = json_array();
    for (size_t i = 0; i < diagnosis->doubts.n; i++) {
        const struct doubt *doubt = diagnosis->doubts.items[i];
        json_array_append_new(array, json_pack("{s:s, s:o, s:o}", "rule", doubt->rule->id,
                                               "answers", names_json(&doubt->rule->answers),
                                               "wants", names_json(&doubt->wants)));
    }
    return array;
}

static json_t *requests_json(const struct diagnosis *diagnosis) {
    json_t *array = json_array();
    for (size_t i = 0; i < diagnosis->request_count; i++)
        json_array_append_new(array,
                              json_pack("{s:s, s:o}", "sentence", diagnosis->requests[i].sentence,
                                        "answers", names_json(&diagnosis->requests[i].lines)));
    return array;
}

void render_json(FILE *out, const struct diagnosis *diagnosis, const struct selection *selection) {
    json_t *findings = json_array(), *evidence = json_array();
    for (size_t i = 0; i < diagnosis->findings.n; i++)
        if (finding_selected(selection, diagnosis->findings.items[i]))
            json_array_append_new(findings, finding_json(diagnosis, diagnosis->findings.items[i]));
    for (size_t i = 0; i < diagnosis->evidence.n; i++)
        if (evidence_selected(selection, diagnosis->evidence.items[i]))
            json_array_append_new(evidence, evidence_json(diagnosis, diagnosis->evidence.items[i]));
    json_t *root = json_pack(
        "{s:s, s:s, s:s, s:s, s:i, s:o, s:o, s:o, s:o, s:o}", "programme", diagnosis->programme,
        "overall", overall_say(diagnosis), "audience", reader_names[diagnosis->audience.reader],
        "as_of", diagnosis->as_of, "records", (int)records_count(diagnosis->records), "findings",
        findings, "in_place", evidence, "grid", grid_json(diagnosis), "cannot_tell",
        doubts_json(diagnosis), "requests", requests_json(diagnosis));
    json_print(out, root);
}
