#include "diagnosis/diagnosis.h"
#include "base/text.h"
#include "diagnosis/allowance.h"
#include "diagnosis/behind.h"
#include "diagnosis/network_facts.h"
#include "diagnosis/requests.h"
#include "diagnosis/speak.h"
#include "record/standing.h"
#include <stdlib.h>
#include <string.h>

struct maker {
    struct arena *arena;
    struct diagnosis *diagnosis;
    struct workbench *workbench;
    struct problems *problems;
    struct rows coverage;
    struct behind behind;
    const char *programme_start; /* a day, or "" */
    struct index ids;            /* of findings: how many would have the id */
    struct allowance allowance;
    const struct row *whole; /* the row at work, with what is not for the audience */
};

/* ---- coverage ---- */

static const struct row *coverage_find(const struct maker *maker, const char *about) {
    for (size_t i = 0; i < maker->coverage.list.n; i++)
        if (text_equal(row_value(&maker->coverage.list.items[i], "about"), about))
            return &maker->coverage.list.items[i];
    return NULL;
}

/* Whether all records of the kind since `day` are written down (NULL or a day before the programme:
 * since it began). What holds for a time (a post, a seat) and holds still is there if the sheet has
 * been complete at any time since; what happens at a time may have happened before. */
static bool coverage_complete(const struct maker *maker, const char *kind_name, const char *day) {
    const struct kind *kind = kind_find(kind_name);
    const struct row *row = coverage_find(maker, kind->sheet);
    if (!row || !text_equal(row_value(row, "state"), "complete"))
        return false;
    if (!row_value(row, "complete_since"))
        return true;
    const char *since = row_value(row, "complete_since_last");
    if (!since || strcmp(since, maker->diagnosis->as_of) > 0)
        return false;
    if (!day && kind_has_period(kind))
        return true;
    if (!day || strcmp(day, maker->programme_start) < 0)
        day = maker->programme_start; /* "" where nobody knows: then no day is early enough */
    return strcmp(since, day) <= 0;
}

/* Adds the kinds the rule needs and that are not complete; none: the rule may speak of absences. */
static void needs_missing(const struct maker *maker, const struct rule *rule, const char *day,
                          struct names *out) {
    for (size_t i = 0; i < rule->needs.list.n; i++) {
        const char *kind = rule->needs.list.items[i];
        if (!coverage_complete(maker, kind, day) && !names_contain(out, kind))
            list_add(maker->arena, &out->list, kind);
    }
}

static void coverage_records_add(const struct maker *maker, const struct rule *rule,
                                 struct record_refs *out) {
    const struct kind *coverage = kind_find("coverage");
    for (size_t i = 0; i < rule->needs.list.n; i++) {
        const char *sheet = kind_find(rule->needs.list.items[i])->sheet;
        const struct record *record = records_find(
            maker->diagnosis->records, coverage, text_replace_char(maker->arena, sheet, ' ', '-'));
        if (record)
            list_add(maker->arena, &out->list, record);
    }
}

/* ---- findings ---- */

/* The weakest basis of the records: what is made up counts least, then what is concluded. */
static const char *weakest_basis(const struct record_refs *records) {
    static const char *const strength[] = {"illustrative", "inferred", "own record", "stated"};
    int weakest = 3;
    bool any = false;
    for (size_t i = 0; i < records->list.n; i++) {
        const struct record *record = records->list.items[i];
        if (kind_field_index(record->kind, "basis") < 0)
            continue;
        const char *basis = record_value(record, "basis");
        int place = name_index(strength, 4, basis ? basis : "own record");
        weakest = place < weakest ? place : weakest;
        any = true;
    }
    return any ? strength[weakest] : "own record";
}

/* What is likeliest to be a mistake first, in the order in which it was named otherwise. */
static void records_sort(struct arena *arena, const char *day, struct record_refs *records) {
    enum { SUSPICIONS = 3 };
    size_t n = records->list.n, at = 0;
    const struct record **sorted = arena_alloc_array(arena, n, sizeof *sorted);
    for (int suspicion = 0; suspicion < SUSPICIONS; suspicion++)
        for (size_t i = 0; i < n; i++)
            if (record_suspicion(records->list.items[i], day) == suspicion)
                sorted[at++] = records->list.items[i];
    records->list.items = sorted;
    records->list.room = n;
}

/* All that makes it true. To the lead, a private rule names the arrangement only. */
static void finding_records(struct maker *maker, const struct rule *rule, const struct row *row,
                            bool absent, struct record_refs *out) {
    speak_records(maker->arena, maker->diagnosis->records, row, out);
    if (!rule->is_private)
        behind_add(maker->arena, &maker->behind, out);
    if (absent)
        coverage_records_add(maker, rule, out);
    records_sort(maker->arena, maker->diagnosis->as_of, out);
}

static char *finding_id(struct arena *arena, const struct rule *rule, const struct row *row) {
    struct text id = text_new(arena);
    text_add(&id, rule->id);
    for (size_t i = 0; i < rule->identity.list.n; i++) {
        const char *value = row_value(row, rule->identity.list.items[i]);
        if (value)
            text_add_format(&id, "/%s", text_replace_char(arena, value, ' ', '+'));
    }
    return id.bytes;
}

/* Gives an id that no other finding has: the second of "A1/x" is "A1/x~2". Returns the number
 * behind it, or 0. */
static unsigned finding_name(struct maker *maker, const struct rule *rule, const struct row *row,
                             const char **out) {
    const char *id = finding_id(maker->arena, rule, row);
    unsigned *twins = index_find(&maker->ids, id);
    *out = id;
    if (!twins) {
        twins = arena_alloc(maker->arena, sizeof *twins);
        *twins = 1;
        index_add(maker->arena, &maker->ids, id, twins);
        return 0;
    }
    do
        *out = arena_format(maker->arena, "%s~%u", id, ++*twins);
    while (!index_add(maker->arena, &maker->ids, *out, arena_alloc(maker->arena, sizeof *twins)));
    return *twins;
}

static int row_level(const struct row *row, const struct rule *rule) {
    int level = name_index(level_names, LEVEL_COUNT, row_value(row, "level"));
    return level < 0 ? rule->level : level;
}

static bool row_names_right(const struct row *row, const char *column, const char *const *names,
                            int n) {
    const char *value = row_value(row, column);
    return !value || name_index(names, n, value) >= 0;
}

/* The row's own barriers, if it has a column for them ("none" for none), else the rule's. */
static struct names row_barriers(struct arena *arena, const struct row *row,
                                 const struct rule *rule) {
    const char *text = row_value(row, "barriers");
    struct names barriers = {0};
    if (!text)
        return rule->barriers;
    for (char *name; (name = text_next_piece(arena, &text, ','));)
        if (*name && !text_equal(name, "none"))
            list_add(arena, &barriers.list, name);
    return barriers;
}

/* "team.powers" */
static bool row_field_right(struct arena *arena, const struct row *row) {
    const char *value = row_value(row, "field"), *point = value ? strchr(value, '.') : NULL;
    const struct kind *kind =
        point ? kind_find(arena_copy_n(arena, value, (size_t)(point - value))) : NULL;
    return !value || (kind && kind_field_index(kind, point + 1) >= 0);
}

/* What a row says in columns with a meaning must be among the words for it. */
static enum err row_check(struct maker *maker, const struct rule *rule, const struct row *row) {
    size_t problems_before = maker->problems->list.n;
    struct place place = {.file = rule->query.file, .row = rule->query.line};
    const char *day = row_value(row, "needs_since");
    if (!row_names_right(row, "level", level_names, LEVEL_COUNT))
        problem_add(maker->problems, place, "The column \"level\" gives \"%s\", which is no level.",
                    text_quote(maker->arena, row_value(row, "level")));
    if (!row_names_right(row, "severity", severity_names, SEVERITY_COUNT))
        problem_add(maker->problems, place,
                    "The column \"severity\" gives \"%s\". Write low, medium or high.",
                    text_quote(maker->arena, row_value(row, "severity")));
    if (!row_field_right(maker->arena, row))
        problem_add(maker->problems, place,
                    "The column \"field\" gives \"%s\". Write a kind of record and one of its "
                    "columns: team.powers.",
                    text_quote(maker->arena, row_value(row, "field")));
    if (day && !day_valid(day) && !text_starts_with(day, "0")) /* or before the year 1000 */
        problem_add(maker->problems, place,
                    "The column \"needs_since\" gives \"%s\", which is no day.",
                    text_quote(maker->arena, day));
    struct names barriers = row_barriers(maker->arena, row, rule);
    for (size_t i = 0; i < barriers.list.n; i++)
        if (!page_header(&maker->diagnosis->content->barriers, barriers.list.items[i]))
            problem_add(maker->problems, place,
                        "The column \"barriers\" gives \"%s\", which content/barriers does not "
                        "list.",
                        text_quote(maker->arena, barriers.list.items[i]));
    return maker->problems->list.n == problems_before ? OK : ERR_INPUT;
}

/* The columns of these names alone. */
static struct row row_pick(struct arena *arena, const struct row *row,
                           const struct names *columns) {
    struct row out = {.values = arena_alloc_array(arena, row->n, sizeof *out.values)};
    const char **names = arena_alloc_array(arena, row->n, sizeof *names);
    for (size_t i = 0; i < row->n; i++)
        if (names_contain(columns, row->names[i])) {
            names[out.n] = row->names[i];
            out.values[out.n++] = row->values[i];
        }
    out.names = names;
    return out;
}

static enum err finding_add(struct maker *maker, const struct rule *rule, const struct row *row,
                            bool absent) {
    struct finding *finding = arena_alloc(maker->arena, sizeof *finding);
    int severity = name_index(severity_names, SEVERITY_COUNT, row_value(row, "severity"));
    *finding = (struct finding){
        .rule = rule,
        .level = row_level(row, rule),
        .severity = severity < 0 ? rule->severity : (enum severity)severity,
        .barriers = row_barriers(maker->arena, row, rule),
        .sentence = speak_row(maker->arena, maker->diagnosis->records,
                              audience_sentence(&maker->diagnosis->audience, rule), row),
    };
    if (rule->is_private && maker->diagnosis->audience.reader == READER_LEAD) {
        finding->person = row_value(maker->whole, "person");
        finding->words =
            speak_row(maker->arena, maker->diagnosis->records, rule->finding, maker->whole);
    }
    unsigned twin = finding_name(maker, rule, row, &finding->id);
    finding->about = text_capital(
        maker->arena, speak_columns(maker->arena, maker->diagnosis->records, &rule->about, row));
    if (twin && *finding->about)
        finding->about = arena_format(maker->arena, "%s (%u)", finding->about, twin);
    finding_records(maker, rule, row, absent, &finding->records);
    struct row identity = row_pick(maker->arena, row, &rule->identity);
    speak_records(maker->arena, maker->diagnosis->records, &identity, &finding->subjects);
    finding->basis = weakest_basis(&finding->records);
    list_add(maker->arena, &maker->diagnosis->findings, finding);
    if (allowance_take(&maker->allowance, &rule->query, finding->records.list.n))
        return OK;
    problem_add(maker->problems, (struct place){.file = rule->query.file, .row = rule->query.line},
                "It was stopped: with the other rules of your own, it finds more than anybody can "
                "read. Let it give one row for many things, and name fewer of them.");
    return ERR_INPUT;
}

/* By severity; those of one severity stay in the order of the rules. */
static void findings_sort(struct arena *arena, struct diagnosis *diagnosis) {
    size_t n = diagnosis->findings.n, at = 0;
    struct finding **sorted = arena_alloc_array(arena, n, sizeof *sorted);
    for (int severity = SEVERITY_COUNT - 1; severity >= 0; severity--)
        for (size_t i = 0; i < n; i++)
            if ((int)diagnosis->findings.items[i]->severity == severity)
                sorted[at++] = diagnosis->findings.items[i];
    diagnosis->findings.items = sorted;
    diagnosis->findings.room = n;
}

/* ---- one rule ---- */

static bool rule_has_finding(const struct diagnosis *diagnosis, const struct rule *rule,
                             int level) {
    /* The findings of the rule at work are the last ones. */
    for (size_t i = diagnosis->findings.n; i-- > 0 && diagnosis->findings.items[i]->rule == rule;)
        if (diagnosis->findings.items[i]->level == level)
            return true;
    return false;
}

/* The rows in order at each level, gathered into one piece of evidence. */
static void evidence_add(struct maker *maker, const struct rule *rule, const struct rows *good,
                         const size_t looked_at[LEVEL_COUNT]) {
    for (int level = 0; level < LEVEL_COUNT; level++) {
        struct rows here = {0};
        for (size_t i = 0; i < good->list.n; i++)
            if (row_level(&good->list.items[i], rule) == level)
                list_add(maker->arena, &here.list, good->list.items[i]);
        if (!here.list.n)
            continue;
        struct evidence *evidence = arena_alloc(maker->arena, sizeof *evidence);
        *evidence = (struct evidence){
            .rule = rule, .level = level, .n = here.list.n, .of = looked_at[level]};
        evidence->whole = !rule_has_finding(maker->diagnosis, rule, level);
        evidence->since = speak_since(&here);
        evidence->sentence = speak_rows(maker->arena, maker->diagnosis->records, rule->in_place,
                                        &here, evidence->of);
        for (size_t i = 0; i < here.list.n; i++)
            speak_records(maker->arena, maker->diagnosis->records, &here.list.items[i],
                          &evidence->records);
        list_add(maker->arena, &maker->diagnosis->evidence, evidence);
    }
}

static void doubt_add(struct maker *maker, const struct rule *rule, const struct names *wants) {
    struct doubt *doubt = arena_alloc(maker->arena, sizeof *doubt);
    *doubt = (struct doubt){rule, *wants};
    list_add(maker->arena, &maker->diagnosis->doubts, doubt);
}

/* Sorts one row into finding, evidence or doubt. */
static enum err row_judge(struct maker *maker, const struct rule *rule, const struct row *row,
                          struct rows *good, struct names *wants) {
    static const char *const verdicts[] = {"broken", "missing", "in place", "clear", "unsaid"};
    enum { BROKEN, MISSING, IN_PLACE, CLEAR, UNSAID };
    int verdict = name_index(verdicts, 5, row_value(row, "verdict"));
    struct names lacking = {0};
    if (verdict == MISSING || verdict == CLEAR)
        needs_missing(maker, rule, row_value(row, "needs_since"), &lacking);
    if (lacking.list.n) {
        needs_missing(maker, rule, row_value(row, "needs_since"), wants);
        return OK;
    }
    switch (verdict) {
    case BROKEN:
    case MISSING:
        return finding_add(maker, rule, row, verdict == MISSING);
    case IN_PLACE:
    case CLEAR:
        list_add(maker->arena, &good->list, *row);
        return OK;
    case UNSAID:
        if (row_value(row, "field") && !names_contain(wants, row_value(row, "field")))
            list_add(maker->arena, &wants->list, row_value(row, "field"));
        return OK;
    default:
        problem_add(
            maker->problems, (struct place){.file = rule->query.file, .row = rule->query.line},
            "The column \"verdict\" says \"%s\". It must say one of these: %s.",
            text_quote(maker->arena, row_value(row, "verdict") ? row_value(row, "verdict") : ""),
            text_enumerate(maker->arena, verdicts, 5, 5));
        return ERR_INPUT;
    }
}

static enum err rule_apply(struct maker *maker, const struct rule *rule) {
    struct rows rows, good = {0};
    struct names wants = {0};
    size_t looked_at[LEVEL_COUNT] = {0};
    enum err err =
        workbench_run(maker->workbench, maker->arena, &rule->query, NULL, &rows, maker->problems);
    for (size_t i = 0; i < rows.list.n && !err; i++) {
        const struct audience *audience = &maker->diagnosis->audience;
        if (!audience_sees_row(audience, rule, &rows.list.items[i]))
            continue;
        struct row row = audience_row(maker->arena, audience, rule, &rows.list.items[i]);
        looked_at[row_level(&row, rule)]++;
        maker->whole = &rows.list.items[i];
        err = row_check(maker, rule, &row);
        if (!err)
            err = row_judge(maker, rule, &row, &good, &wants);
    }
    if (err)
        return err;
    if (!rows.list.n)
        needs_missing(maker, rule, NULL, &wants);
    evidence_add(maker, rule, &good, looked_at);
    if (wants.list.n)
        doubt_add(maker, rule, &wants);
    return OK;
}

/* ---- the whole ---- */

static void grid_fill(struct maker *maker) {
    struct diagnosis *diagnosis = maker->diagnosis;
    struct index counted = {0}; /* rules, at each level once */
    for (size_t i = 0; i < diagnosis->findings.n; i++) {
        const struct finding *finding = diagnosis->findings.items[i];
        struct cell *cell = &diagnosis->grid[finding->level][finding->rule->outcome];
        cell->findings++;
        const char *name = arena_format(maker->arena, "%s %d", finding->rule->id, finding->level);
        cell->rules_lacking +=
            !finding->rule->strains && index_add(maker->arena, &counted, name, diagnosis);
    }
    for (size_t i = 0; i < diagnosis->evidence.n; i++) {
        const struct evidence *evidence = diagnosis->evidence.items[i];
        /* What is in order for the smaller part only, while the rest cannot be told, is little to
         * go by. */
        diagnosis->grid[evidence->level][evidence->rule->outcome].evidence_for +=
            evidence->whole && 2 * evidence->n >= evidence->of;
    }
    for (int level = 0; level < LEVEL_COUNT; level++) {
        bool any = false;
        for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++)
            any |= diagnosis->grid[level][outcome].findings > 0 ||
                   diagnosis->grid[level][outcome].evidence_for > 0;
        const struct row *row = coverage_find(maker, level_names[level]);
        bool not_studied = row && text_equal(row_value(row, "state"), "not studied");
        diagnosis->levels[level] = any           ? LEVEL_RECORDED
                                   : not_studied ? LEVEL_NOT_STUDIED
                                                 : LEVEL_EMPTY;
    }
}

static enum err coverage_read(struct maker *maker) {
    static const struct query coverage = {
        .file = "coverage",
        .sql = "select about, state, complete_since, complete_since_last from coverage",
        .is_builtin = true};
    static const struct query start = {
        .file = "programme", .sql = "select started_first from programme", .is_builtin = true};
    struct rows rows;
    maker->programme_start = "";
    enum err err =
        workbench_run(maker->workbench, maker->arena, &start, NULL, &rows, maker->problems);
    if (!err && rows.list.n && rows.list.items[0].values[0])
        maker->programme_start = rows.list.items[0].values[0];
    return err ? err
               : workbench_run(maker->workbench, maker->arena, &coverage, NULL, &maker->coverage,
                               maker->problems);
}

static enum err rule_prepare(struct maker *maker, const struct rule *rule) {
    return workbench_prepare(maker->workbench, &rule->query, maker->problems);
}

static size_t rules_seen(const struct rules *rules, const struct audience *audience) {
    size_t n = 0;
    for (size_t i = 0; i < rules->list.n; i++)
        n += audience_sees_rule(audience, rules->list.items[i]);
    return n;
}

/* Does this with each rule that the audience may see, within the allowance. */
static enum err rules_each(struct maker *maker, const struct rules *rules,
                           enum err (*work)(struct maker *maker, const struct rule *rule)) {
    enum err err = OK;
    for (size_t i = 0; i < rules->list.n && !err; i++) {
        const struct rule *rule = rules->list.items[i];
        if (!audience_sees_rule(&maker->diagnosis->audience, rule))
            continue;
        allowance_begin(&maker->allowance, maker->arena, &rule->query);
        err = work(maker, rule);
        allowance_end(&maker->allowance, maker->arena, &rule->query);
    }
    return err;
}

/* What the rules read of the network beyond what costs nothing. SQLite knows: in the text of a rule
 * it may stand as `*`, or in capitals, or in a comment alone. */
static enum err network_parts_read(struct maker *maker, const struct rules *rules,
                                   enum network_parts *out) {
    enum err err = rules_each(maker, rules, rule_prepare);
    unsigned parts = NETWORK_PLAIN;
    if (workbench_reads_measure(maker->workbench, "betweenness"))
        parts |= NETWORK_BETWEENNESS;
    if (workbench_reads_measure(maker->workbench, "effective_size"))
        parts |= NETWORK_HOLES;
    *out = (enum network_parts)parts;
    return err;
}

enum err diagnosis_make(struct workbench *workbench, struct arena *arena,
                        const struct records *records, const struct content *content,
                        const struct rules *rules, const struct diagnosis_options *options,
                        struct diagnosis *out, struct problems *problems) {
    *out = (struct diagnosis){
        .arena = arena, .audience = options->audience, .records = records, .content = content};
    memcpy(out->as_of, options->workbench.today, DAY_SIZE);
    const struct record_list *programmes = records_of(records, kind_find("programme"));
    out->programme = programmes->list.n ? record_value(programmes->list.items[0], "name") : "";
    workbench_fill(workbench, records, &options->workbench);
    struct maker maker = {.arena = arena,
                          .diagnosis = out,
                          .workbench = workbench,
                          .problems = problems,
                          .allowance = allowance_to_run()};
    enum network_parts parts;
    enum err err = network_parts_read(&maker, rules, &parts);
    if (!err)
        err = network_facts_fill(workbench, arena, parts, problems);
    if (!err)
        err = coverage_read(&maker);
    if (!err)
        err = behind_read(workbench, arena, records, &maker.behind, problems);
    if (!err)
        err = rules_each(&maker, rules, rule_apply);
    if (err)
        return err;
    out->questions = rules_seen(rules, &out->audience);
    findings_sort(arena, out);
    grid_fill(&maker);
    requests_make(arena, out);
    return OK;
}

const char *cell_reading(const struct diagnosis *diagnosis, int level, enum outcome outcome) {
    const struct cell *cell = &diagnosis->grid[level][outcome];
    if (diagnosis->levels[level] == LEVEL_NOT_STUDIED)
        return "not studied";
    if (!cell->evidence_for && !cell->findings)
        return "nothing recorded";
    if (!cell->findings)
        return "present";
    size_t good = cell->evidence_for, bad = cell->rules_lacking;
    if (!good)
        return bad ? "lacking" : "under strain";
    if (!bad)
        return "present, under strain";
    return bad >= 2 * good ? "mostly lacking" : good >= 2 * bad ? "mostly present" : "mixed";
}
