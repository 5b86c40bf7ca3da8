#include "base/text.h"
#include "diagnosis/first.h"
#include "diagnosis/overall.h"
#include "diagnosis/render.h"
#include <string.h>

enum { EACH_RULE_SHOWS = 6 };

bool finding_selected(const struct selection *selection, const struct finding *finding) {
    return (selection->level < 0 || finding->level == selection->level) &&
           (selection->outcome < 0 || (int)finding->rule->outcome == selection->outcome) &&
           finding->severity >= selection->at_least;
}

bool evidence_selected(const struct selection *selection, const struct evidence *evidence) {
    return (selection->level < 0 || evidence->level == selection->level) &&
           (selection->outcome < 0 || (int)evidence->rule->outcome == selection->outcome);
}

char *rule_next_step(struct arena *arena, const struct rule *rule) {
    const char *end = strstr(rule->what_to_do, "\n\n");
    size_t length = end ? (size_t)(end - rule->what_to_do) : strlen(rule->what_to_do);
    return text_replace_char(arena, arena_copy_n(arena, rule->what_to_do, length), '\n', ' ');
}

char *record_where(struct arena *arena, const struct record *record) {
    return arena_format(arena, "sheet %s, row %u", record->kind->sheet, record->row);
}

char *rule_source(struct arena *arena, const struct content *content, const struct rule *rule) {
    const char *cited = content_cite(arena, content, rule->source);
    return arena_format(arena, "%s (%s)", cited ? cited : rule->source, rule->evidence);
}

struct report {
    struct printer *printer;
    struct arena *arena;
    const struct diagnosis *diagnosis;
    const struct selection *selection;
    struct {
        const struct finding *items[FIRST_THINGS];
        size_t n;
    } first;
};

static const char *severity_mark(enum severity severity) {
    static const char *const marks[] = {"!", "!!", "!!!"};
    return marks[severity];
}

static enum print_style severity_style(enum severity severity) {
    return severity == HIGH ? RED : severity == MEDIUM ? YELLOW : PLAIN;
}

static size_t findings_selected(const struct report *report) {
    size_t n = 0;
    for (size_t i = 0; i < report->diagnosis->findings.n; i++)
        n += finding_selected(report->selection, report->diagnosis->findings.items[i]);
    return n;
}

static size_t evidence_whole(const struct report *report) {
    size_t n = 0;
    for (size_t i = 0; i < report->diagnosis->evidence.n; i++)
        n += report->diagnosis->evidence.items[i]->whole &&
             evidence_selected(report->selection, report->diagnosis->evidence.items[i]);
    return n;
}

/* Whose eyes it is for, if it is not the lead's. */
static const char *audience_note(const struct report *report) {
    const struct diagnosis *diagnosis = report->diagnosis;
    const struct record *person =
        diagnosis->audience.reader == READER_PERSON
            ? records_find(diagnosis->records, kind_find("person"), diagnosis->audience.person)
            : NULL;
    if (person)
        return arena_format(report->arena,
                            "For %s alone: what concerns this person is told here in full; what "
                            "concerns others is left out.",
                            record_label(diagnosis->records, person));
    return diagnosis->audience.reader == READER_LEAD
               ? NULL
               : arena_format(report->arena,
                              "For the %s: what concerns one person alone is left out.",
                              reader_names[diagnosis->audience.reader]);
}

/* The step as this audience can take it: others do nothing about a person without the person. */
static char *next_step(const struct report *report, const struct rule *rule) {
    char *step = rule_next_step(report->arena, rule);
    return rule->is_private && report->diagnosis->audience.reader == READER_LEAD
               ? arena_format(report->arena, "(offer it to whoever it concerns) %s", step)
               : step;
}

static void head_print(const struct report *report) {
    const struct diagnosis *diagnosis = report->diagnosis;
    size_t n = findings_selected(report), good = evidence_whole(report);
    print_styled(report->printer, BOLD, diagnosis->programme);
    fputc('\n', report->printer->out);
    print_wrapped(
        report->printer, "", NULL,
        arena_format(report->arena, "As of %s, from %zu records: %zu %s, %zu %s in order.",
                     day_long(report->arena, diagnosis->as_of), records_count(diagnosis->records),
                     n, n == 1 ? "finding" : "findings", good, good == 1 ? "thing" : "things"));
    print_wrapped(report->printer, "", NULL, overall_say(diagnosis));
    const char *note = audience_note(report);
    if (note)
        print_wrapped(report->printer, "", NULL, note);
}

/* ---- the three most important ---- */

static struct first_candidate candidate_of(struct arena *arena, const struct finding *finding) {
    struct first_candidate candidate = {.finding = finding,
                                        .rule = finding->rule->id,
                                        .step = finding->rule->step,
                                        .severity = finding->severity};
    for (size_t i = 0; i < finding->records.list.n; i++) {
        const struct record *record = finding->records.list.items[i];
        const char *matter = first_matter(arena, record->kind->name, record->id);
        if (matter)
            list_add(arena, &candidate.matters.list, matter);
    }
    return candidate;
}

static void first_choose(struct report *report) {
    struct first_candidates candidates = {0};
    for (size_t i = 0; i < report->diagnosis->findings.n; i++) {
        const struct finding *finding = report->diagnosis->findings.items[i];
        if (finding_selected(report->selection, finding))
            list_add(report->arena, &candidates.list, candidate_of(report->arena, finding));
    }
    const struct first_things first = first_things_choose(&candidates);
    for (size_t i = 0; i < first.n; i++)
        report->first.items[report->first.n++] = first.items[i]->finding;
}

static void first_things_print(const struct report *report) {
    if (report->first.n)
        print_heading(report->printer, "First of all");
    for (size_t i = 0; i < report->first.n; i++) {
        print_wrapped(report->printer, arena_format(report->arena, "%zu. ", i + 1), "   ",
                      report->first.items[i]->sentence);
        print_wrapped(report->printer, "   Next: ", "         ",
                      next_step(report, report->first.items[i]->rule));
    }
}

/* 1, 2 or 3 if the rule is among the first things, else 0. */
static size_t first_place(const struct report *report, const struct rule *rule) {
    for (size_t i = 0; i < report->first.n; i++)
        if (report->first.items[i]->rule == rule)
            return i + 1;
    return 0;
}

/* The papers alone; where in them is told by --why. */
static const char *source_paper(const struct report *report, const struct rule *rule) {
    const char *cited =
        content_cite_papers(report->arena, report->diagnosis->content, rule->source);
    return cited ? cited : rule->source;
}

/* ---- findings, by level and rule ---- */

static size_t rule_findings(const struct report *report, const struct rule *rule, int level) {
    size_t n = 0;
    for (size_t i = 0; i < report->diagnosis->findings.n; i++) {
        const struct finding *finding = report->diagnosis->findings.items[i];
        n += finding->rule == rule && finding->level == level &&
             finding_selected(report->selection, finding);
    }
    return n;
}

static const char *private_note(const struct report *report, const struct rule *rule) {
    if (!rule->is_private)
        return "";
    return report->diagnosis->audience.reader == READER_PERSON
               ? "; about you, and told to nobody else in these words"
               : "; told in full only to whoever it concerns";
}

static void rule_findings_print(const struct report *report, const struct finding *first) {
    const struct rule *rule = first->rule;
    struct printer *printer = report->printer;
    size_t n = rule_findings(report, rule, first->level), shown = 0;
    fputc('\n', printer->out);
    print_styled(printer, severity_style(first->severity),
                 arena_format(report->arena, "%-3s", severity_mark(first->severity)));
    print_styled(printer, BOLD, arena_format(report->arena, " %s %s", rule->id, rule->title));
    fprintf(printer->out, "\n");
    for (size_t i = 0; i < report->diagnosis->findings.n && shown < EACH_RULE_SHOWS; i++) {
        const struct finding *finding = report->diagnosis->findings.items[i];
        if (finding->rule != rule || finding->level != first->level ||
            !finding_selected(report->selection, finding))
            continue;
        print_wrapped(printer, "    - ", NULL, finding->sentence);
        shown++;
    }
    if (shown < n)
        fprintf(printer->out, "    ... and %zu more like this.\n", n - shown);
    size_t place = first_place(report, rule);
    if (place)
        fprintf(printer->out, "    Next: see %zu. above.\n", place);
    else
        print_wrapped(printer, "    Next: ", "    ", next_step(report, rule));
    print_wrapped(printer, "    ", NULL,
                  arena_format(report->arena, "%s %s%s (%s, %s).",
                               rule->strains ? "Strains" : "Harms", outcome_names[rule->outcome],
                               private_note(report, rule), source_paper(report, rule),
                               rule->evidence));
}

static void level_print(const struct report *report, int level) {
    struct index printed = {0}; /* rules */
    for (size_t i = 0; i < report->diagnosis->findings.n; i++) {
        struct finding *finding = report->diagnosis->findings.items[i];
        if (finding->level != level || !finding_selected(report->selection, finding))
            continue;
        if (printed.n == 0)
            print_heading(report->printer,
                          arena_format(report->arena, "At the level: %s", level_names[level]));
        if (index_add(report->arena, &printed, finding->rule->id, finding))
            rule_findings_print(report, finding);
    }
}

/* ---- the grid ---- */

static const char *cell_print_form(const struct report *report, int level, int outcome) {
    const struct cell *cell = &report->diagnosis->grid[level][outcome];
    const char *reading = cell_reading(report->diagnosis, level, (enum outcome)outcome);
    if (!cell->evidence_for && !cell->findings)
        return reading;
    if (text_equal(reading, "present, under strain"))
        reading = "strained";
    return arena_format(report->arena, "%s %zu/%zu", reading, cell->evidence_for, cell->findings);
}

/* Why a level has nothing to show. */
static const char *level_empty_reading(const struct report *report, int level) {
    enum { INDIVIDUAL = LEVEL_COUNT - 1 };
    if (report->diagnosis->levels[level] == LEVEL_NOT_STUDIED)
        return "not studied";
    if (level == INDIVIDUAL && report->diagnosis->audience.reader >= READER_TEAM)
        return "told only to whoever it concerns";
    return "nothing that Ithaca looks at is written down";
}

static void grid_print(const struct report *report) {
    FILE *out = report->printer->out;
    print_heading(report->printer, "Direction, alignment, commitment at each level");
    fprintf(out, "%-20s %-19s %-19s %s\n", "", "direction", "alignment", "commitment");
    for (int level = 0; level < LEVEL_COUNT; level++) {
        if (report->diagnosis->levels[level] == LEVEL_RECORDED)
            fprintf(out, "%-20s %-19s %-19s %s\n", level_names[level],
                    cell_print_form(report, level, DIRECTION),
                    cell_print_form(report, level, ALIGNMENT),
                    cell_print_form(report, level, COMMITMENT));
        else
            fprintf(out, "%-20s %s\n", level_names[level], level_empty_reading(report, level));
    }
    print_wrapped(report->printer, "", NULL,
                  "\"Strained 2/5\": it is there, but under strain; 2 things are in order, 5 are "
                  "found broken. \"Mostly\": at least twice as many rules on that side. These are "
                  "counts, not a score.");
}

/* ---- what is in order, what cannot be told ---- */

/* Prints what is in order in full, or what is only in part while the rest cannot be told. */
static void evidence_print(const struct report *report, bool in_full, const char *heading) {
    enum { SHOWN_BESIDE_FINDINGS = 12 };
    size_t shown = 0, more = 0;
    for (size_t i = 0; i < report->diagnosis->evidence.n; i++) {
        const struct evidence *evidence = report->diagnosis->evidence.items[i];
        if (!evidence->whole || (evidence->n == evidence->of) != in_full ||
            !evidence_selected(report->selection, evidence))
            continue;
        if (report->diagnosis->findings.n && !report->selection->all_in_order &&
            shown == SHOWN_BESIDE_FINDINGS) {
            more++;
            continue;
        }
        if (!shown++)
            print_heading(report->printer, heading);
        const char *since = evidence->since ? arena_format(report->arena, " Since %s.",
                                                           day_long(report->arena, evidence->since))
                                            : "";
        print_wrapped(report->printer, "  + ", "    ",
                      arena_format(report->arena, "%s%s (%s)", evidence->sentence, since,
                                   evidence->rule->id));
    }
    if (more)
        print_wrapped(
            report->printer, "  ... ", "  ",
            arena_format(report->arena, "and %zu more; --in-order lists them all.", more));
}

/* A line without the marks behind it, "(v)" and "(p)", that only rules --coverage explains. */
static const char *line_plain(struct arena *arena, const char *line) {
    static const char *const marks[] = {" (v)", " (p)", " (v, p)"};
    size_t length = strlen(line);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length > strlen(marks[i]) && text_equal(line + length - strlen(marks[i]), marks[i]))
            return arena_copy_n(arena, line, length - strlen(marks[i]));
    return line;
}

/* The lines a request would answer, in words. */
static const char *lines_describe(const struct report *report, const struct names *lines) {
    const char **texts = arena_alloc_array(report->arena, lines->list.n + 1, sizeof *texts);
    for (size_t i = 0; i < lines->list.n; i++) {
        const char *text = page_header(&report->diagnosis->content->lines, lines->list.items[i]);
        texts[i] = arena_format(report->arena, "%s (%s)",
                                text ? line_plain(report->arena, text) : "", lines->list.items[i]);
    }
    struct text out = text_new(report->arena);
    enum { NAMED = 3 };
    for (size_t i = 0; i < lines->list.n && i < NAMED; i++)
        text_add_format(&out, "%s%s", i ? "; " : "", texts[i]);
    if (lines->list.n > NAMED)
        text_add_format(&out, "; and %zu more", lines->list.n - NAMED);
    return out.bytes;
}

static void requests_print(const struct report *report) {
    const struct diagnosis *diagnosis = report->diagnosis;
    if (!diagnosis->request_count)
        return;
    print_heading(report->printer, "Cannot tell yet");
    print_wrapped(report->printer, "", NULL,
                  arena_format(report->arena,
                               "%zu %s cannot be answered from these records: what is not written "
                               "down may still be there. If you want to know more, this would "
                               "answer most:",
                               diagnosis->doubts.n,
                               diagnosis->doubts.n == 1 ? "question" : "questions"));
    for (size_t i = 0; i < diagnosis->request_count; i++) {
        const struct record_request *request = &diagnosis->requests[i];
        print_wrapped(report->printer, arena_format(report->arena, "%zu. ", i + 1), "   ",
                      request->sentence);
        print_wrapped(report->printer, "   Ithaca can then look for: ", "   ",
                      lines_describe(report, &request->lines));
    }
}

/* No finding is shown: because there is none, or because none is among what was asked for. */
static const char *no_finding_say(const struct report *report) {
    const struct diagnosis *diagnosis = report->diagnosis;
    if (diagnosis->findings.n)
        return arena_format(report->arena,
                            "No finding among what you asked for; there %s elsewhere: leave the "
                            "options --level, --outcome and --min-severity out to see %s.",
                            diagnosis->findings.n == 1
                                ? "is one"
                                : arena_format(report->arena, "are %zu", diagnosis->findings.n),
                            diagnosis->findings.n == 1 ? "it" : "them");
    if (!diagnosis->evidence.n)
        return "No finding, and nothing in order: these records say too little to judge by.";
    return diagnosis->doubts.n ? "No finding. What the records can show is in order."
                               : "No finding. Everything that Ithaca looks at is in order.";
}

static void foot_print(const struct report *report) {
    const struct diagnosis *diagnosis = report->diagnosis;
    const struct finding *example = NULL;
    for (size_t i = 0; i < diagnosis->findings.n && !example; i++)
        if (finding_selected(report->selection, diagnosis->findings.items[i]))
            example = diagnosis->findings.items[i];
    fputc('\n', report->printer->out);
    if (!example) {
        print_wrapped(report->printer, "", NULL, no_finding_say(report));
        return;
    }
    print_wrapped(
        report->printer, "", NULL,
        arena_format(report->arena,
                     "To see the rows and the evidence behind a finding, and all that can "
                     "be done about it: --why %s. If a finding looks wrong, look at "
                     "those rows first. \"Stated\" means that the paper says so, "
                     "\"inferred\" that we conclude it.",
                     example->rule->id));
}

void render_text(struct printer *printer, const struct diagnosis *diagnosis,
                 const struct selection *selection) {
    struct report report = {
        .printer = printer,
        .arena = diagnosis->arena,
        .diagnosis = diagnosis,
        .selection = selection,
    };
    first_choose(&report);
    head_print(&report);
    first_things_print(&report);
    if (findings_selected(&report))
        print_wrapped(printer, "\n", "", "Below, all findings: !!! high, !! medium, ! low.");
    for (int level = 0; level < LEVEL_COUNT; level++)
        level_print(&report, level);
    grid_print(&report);
    evidence_print(&report, true, "In order");
    evidence_print(&report, false, "In order in part; the rest cannot be told");
    requests_print(&report);
    foot_print(&report);
}
