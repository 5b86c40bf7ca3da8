#include "base/text.h"
#include "diagnosis/render.h"
#include "record/standing.h"

char *record_said(struct arena *arena, const struct records *records, const struct record *record) {
    const char *basis = record_value(record, "basis"), *page = record_value(record, "page");
    const char *by = record_value(record, "stated_by"), *key = record_value(record, "document");
    struct text out = text_new(arena);
    text_add(&out, basis ? basis : "own record");
    if (by)
        text_add_format(&out, " by %s", by);
    const struct record *document = key ? records_find(records, kind_find("document"), key) : NULL;
    if (document)
        text_add_format(&out, ", in %s", record_label(records, document));
    if (page)
        text_add_format(&out, ", %s", page);
    return out.bytes;
}

static void titles_print(struct printer *printer, const char *heading, const struct names *ids,
                         const struct page *titles) {
    if (!ids->list.n)
        return;
    print_heading(printer, heading);
    for (size_t i = 0; i < ids->list.n; i++) {
        const char *title = page_header(titles, ids->list.items[i]);
        print_wrapped(printer, "  - ", "    ", title ? title : ids->list.items[i]);
    }
}

static void records_print(struct printer *printer, const struct diagnosis *diagnosis,
                          const struct record_refs *refs) {
    struct arena *arena = diagnosis->arena;
    print_heading(printer, "The records it rests on");
    for (size_t i = 0; i < refs->list.n; i++) {
        const struct record *record = refs->list.items[i];
        const char *standing = record_standing(arena, record, diagnosis->as_of);
        print_wrapped(printer, "  - ", "    ",
                      arena_format(arena, "%s: %s%s%s (%s; %s)", record->kind->sheet,
                                   record_label(diagnosis->records, record), *standing ? ": " : "",
                                   standing, record_where(arena, record),
                                   record_said(arena, diagnosis->records, record)));
        if (record_value(record, "note"))
            print_wrapped(printer, "    Note: ", "    ", record_value(record, "note"));
    }
    print_wrapped(printer, "  ", NULL,
                  "If one of these is wrong, mend it there and run the check again: the finding "
                  "goes when its reason goes.");
}

static void step_print(struct printer *printer, const struct diagnosis *diagnosis,
                       const struct rule *rule) {
    struct arena *arena = diagnosis->arena;
    print_heading(printer, "The step that answers it");
    const struct page *step = rule->step ? content_step(diagnosis->content, rule->step) : NULL;
    if (!step) {
        print_wrapped(printer, "  ", NULL, "None in the papers. The advice above is our own.");
        return;
    }
    print_wrapped(
        printer, "  ", NULL,
        arena_format(arena,
                     "%s: %s (%s). That this step answers this finding is our "
                     "inference.",
                     rule->step, step->title,
                     content_cite(arena, diagnosis->content, page_header(step, "source"))));
}

void render_why(struct printer *printer, const struct diagnosis *diagnosis,
                const struct finding *finding) {
    struct arena *arena = diagnosis->arena;
    const struct rule *rule = finding->rule;
    print_styled(printer, BOLD, arena_format(arena, "%s: %s", finding->id, rule->title));
    fputc('\n', printer->out);
    print_wrapped(printer, "", NULL, finding->sentence);
    print_wrapped(printer, "", NULL,
                  arena_format(arena,
                               "Severity: %s. Level: %s. It %s %s. The records behind it: "
                               "%s.",
                               severity_names[finding->severity], level_names[finding->level],
                               rule->strains ? "strains" : "harms", outcome_names[rule->outcome],
                               finding->basis));
    print_heading(printer, "What it means");
    print_wrapped(printer, "  ", NULL, rule->meaning);
    print_heading(printer, "What to do");
    print_wrapped(printer, "  ", NULL, rule->what_to_do);
    records_print(printer, diagnosis, &finding->records);
    step_print(printer, diagnosis, rule);
    print_heading(printer, "Where this comes from");
    print_wrapped(printer, "  ", NULL, rule_source(arena, diagnosis->content, rule));
    titles_print(printer, "Barriers in the case study", &finding->barriers,
                 &diagnosis->content->barriers);
    titles_print(printer, "Mechanisms that it touches (our inference)", &rule->mechanisms,
                 &diagnosis->content->mechanisms);
    titles_print(printer, "Competences that it calls for (our inference)", &rule->competences,
                 &diagnosis->content->competences);
    if (rule->query.thresholds.n)
        print_heading(printer, "Limits that the rule uses");
    for (size_t i = 0; i < rule->query.thresholds.n; i++)
        print_wrapped(printer, "  - ", "    ",
                      arena_format(arena, "%s = %g %s", rule->query.thresholds.items[i].name,
                                   rule->query.thresholds.items[i].value,
                                   rule->query.thresholds.items[i].reason));
}
