#include "base/csv.h"
#include "base/text.h"
#include "diagnosis/render.h"

static const char *records_cell(struct arena *arena, const struct record_refs *refs) {
    struct text text = text_new(arena);
    for (size_t i = 0; i < refs->list.n; i++)
        text_add_format(&text, "%s%s %s", i ? "; " : "", refs->list.items[i]->kind->sheet,
                        refs->list.items[i]->id);
    return text.bytes;
}

static void finding_write(FILE *out, const struct diagnosis *diagnosis,
                          const struct finding *finding) {
    struct arena *arena = diagnosis->arena;
    const struct rule *rule = finding->rule;
    const char *cells[] = {
        finding->id,
        rule->title,
        finding->sentence,
        level_names[finding->level],
        outcome_names[rule->outcome],
        severity_names[finding->severity],
        finding->basis,
        rule->is_private ? "yes" : "no",
        text_enumerate(arena, finding->barriers.list.items, finding->barriers.list.n, 9),
        rule_next_step(arena, rule),
        rule->step ? rule->step : "none in the papers",
        rule_source(arena, diagnosis->content, rule),
        records_cell(arena, &finding->records),
    };
    csv_row_print(out, arena, cells, sizeof cells / sizeof *cells);
}

void render_csv(FILE *out, const struct diagnosis *diagnosis, const struct selection *selection) {
    fputs("Name,Rule,Finding,Level,Outcome,Severity,Basis,Private,Barriers,Next,Step,Source,"
          "Records\n",
          out);
    for (size_t i = 0; i < diagnosis->findings.n; i++)
        if (finding_selected(selection, diagnosis->findings.items[i]))
            finding_write(out, diagnosis, diagnosis->findings.items[i]);
}
