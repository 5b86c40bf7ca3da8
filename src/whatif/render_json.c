#include "base/csv.h"
#include "base/text.h"
#include "content/json.h"
#include "whatif/render.h"

static json_t *rows_json(const struct listed_rows *rows) {
    json_t *array = json_array();
    for (size_t i = 0; i < rows->list.n; i++) {
        const struct listed *row = &rows->list.items[i];
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s, s:f, s:s?}", "id", row->identity, "about",
                                        row->listing->title, "sentence", row->sentence, "weight",
                                        row->listing->weight, "repair", row->repair));
    }
    return array;
}

static json_t *finding_json(const struct finding *finding) {
    return json_pack("{s:s, s:s, s:s, s:s}", "id", finding->id, "rule", finding->rule->id,
                     "severity", severity_names[finding->severity], "sentence", finding->sentence);
}

static json_t *findings_json(const struct finding *const *findings, size_t n) {
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(array, finding_json(findings[i]));
    return array;
}

static json_t *moves_json(const struct whatif *whatif) {
    json_t *array = json_array();
    for (size_t i = 0; i < whatif->moves.n; i++)
        json_array_append_new(
            array, json_pack("{s:s, s:f, s:f}", "measure", whatif->moves.items[i].name, "now",
                             whatif->moves.items[i].before, "then", whatif->moves.items[i].after));
    return array;
}

static json_t *handovers_json(const struct whatif *whatif) {
    json_t *array = json_array();
    for (size_t i = 0; i < whatif->handovers.n; i++)
        json_array_append_new(array, json_pack("{s:s, s:o}", "person",
                                               whatif->handovers.items[i].person->id, "items",
                                               rows_json(&whatif->handovers.items[i].rows)));
    return array;
}

void whatif_render_json(FILE *out, const struct whatif *whatif) {
    const struct record_set *gone = &whatif->question->without;
    json_t *without = json_array();
    for (size_t i = 0; i < gone->list.n; i++)
        json_array_append_new(without,
                              json_pack("{s:s, s:s}", "kind", gone->list.items[i]->kind->name,
                                        "key", gone->list.items[i]->id));
    json_print(out, json_pack("{s:s, s:s, s:o, s:o, s:o, s:{s:i, s:i}, s:o, s:o, s:o, s:o, s:o}",
                              "programme", whatif->after.programme, "on", whatif->after.as_of,
                              "without", without, "lost", rows_json(&whatif->lost), "covered",
                              rows_json(&whatif->gained), "found", "now",
                              (int)whatif->before.findings.n, "then", (int)whatif->after.findings.n,
                              "appear", findings_json(whatif->appeared.items, whatif->appeared.n),
                              "change", findings_json(whatif->changed.items, whatif->changed.n),
                              "vanish", findings_json(whatif->vanished.items, whatif->vanished.n),
                              "network", moves_json(whatif), "handover", handovers_json(whatif)));
}

void sweep_render_json(FILE *out, const struct whatif_question *question,
                       const struct sweep *sweep) {
    json_t *people = json_array();
    for (size_t i = 0; i < sweep->people.n; i++) {
        const struct sweep_person *person = &sweep->people.items[i];
        json_array_append_new(
            people, json_pack("{s:s, s:s, s:f, s:o, s:s?}", "key", person->person->id, "name",
                              record_label(question->now, person->person), "weight", person->weight,
                              "lost", rows_json(&person->lost), "repair", person->repair));
    }
    json_print(
        out, json_pack("{s:s, s:o}", "on", question->diagnosis.workbench.today, "people", people));
}

void sweep_render_csv(FILE *out, const struct whatif_question *question,
                      const struct sweep *sweep) {
    struct arena *arena = question->now->arena;
    fputs("Person,Name,Weight,Would be lost,Helps most\n", out);
    for (size_t i = 0; i < sweep->people.n; i++) {
        const struct sweep_person *person = &sweep->people.items[i];
        struct text lost = text_new(arena);
        for (size_t r = 0; r < person->lost.list.n; r++)
            text_add_format(&lost, "%s%s: %s", r ? " | " : "",
                            person->lost.list.items[r].listing->title,
                            person->lost.list.items[r].sentence);
        const char *cells[] = {person->person->id, record_label(question->now, person->person),
                               arena_format(arena, "%g", person->weight), lost.bytes,
                               person->repair};
        csv_row_print(out, arena, cells, sizeof cells / sizeof *cells);
    }
}
