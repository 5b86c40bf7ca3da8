#include "diagnosis/rule.h"
#include "base/index.h"
#include "base/text.h"
#include "diagnosis/sentence.h"
#include <stdlib.h>
#include <string.h>

const char *const outcome_names[OUTCOME_COUNT] = {"direction", "alignment", "commitment"};
const char *const severity_names[SEVERITY_COUNT] = {"low", "medium", "high"};

struct rule_reader {
    struct arena *arena;
    const struct content *content;
    struct problems *problems;
    struct page page;
    struct rule *rule;
};

static struct place line_place(const struct rule_reader *reader, unsigned line) {
    return (struct place){.file = reader->page.file, .row = line};
}

/* The header's text; "" and a problem if it is not there. */
static const char *header_needed(struct rule_reader *reader, const char *name) {
    const char *text = page_header(&reader->page, name);
    if (text && *text)
        return text;
    problem_add(reader->problems, line_place(reader, 1),
                "The header line \"%s:\" is missing. Every rule needs one.", name);
    return "";
}

static unsigned header_line(const struct rule_reader *reader, const char *name) {
    const struct page_part *header = page_find(&reader->page.headers, name);
    return header ? header->line : 1;
}

static int header_choice(struct rule_reader *reader, const char *name, const char *const *choices,
                         int n) {
    const char *text = header_needed(reader, name);
    int i = name_index(choices, n, text);
    if (i < 0 && *text)
        problem_add(reader->problems, line_place(reader, header_line(reader, name)),
                    "\"%s\" is no %s. Write one of: %s.", text, name,
                    text_enumerate(reader->arena, choices, (size_t)n, (size_t)n));
    return i < 0 ? 0 : i;
}

/* A list of ids, each of which has to be a header line of the content list `known`. */
static struct names header_ids(struct rule_reader *reader, const char *name,
                               const struct page *known) {
    struct names names = names_split(reader->arena, page_header(&reader->page, name));
    if (names.list.n == 1 && text_equal(names.list.items[0], "none"))
        return (struct names){0};
    for (size_t i = 0; i < names.list.n; i++)
        if (!page_header(known, names.list.items[i]))
            problem_add(reader->problems, line_place(reader, header_line(reader, name)),
                        "\"%s\" is not among the %s that %s lists.", names.list.items[i], name,
                        known->file);
    return names;
}

static void needs_read(struct rule_reader *reader) {
    struct rule *rule = reader->rule;
    rule->needs = names_split(reader->arena, page_header(&reader->page, "needs"));
    for (size_t i = 0; i < rule->needs.list.n; i++)
        if (!kind_find(rule->needs.list.items[i]))
            problem_add(reader->problems, line_place(reader, header_line(reader, "needs")),
                        "\"%s\" is no kind of record. `ithaca rules kinds` lists them.",
                        rule->needs.list.items[i]);
}

/* "threshold months: 6 because ..." */
static void thresholds_read(struct rule_reader *reader) {
    static const char word[] = "threshold ";
    for (size_t i = 0; i < reader->page.headers.list.n; i++) {
        const struct page_part *header = &reader->page.headers.list.items[i];
        if (!text_starts_with(header->name, word))
            continue;
        char *reason;
        struct threshold threshold = {
            .name = text_trim(reader->arena, header->name + strlen(word)),
            .value = strtod(header->text, &reason),
        };
        threshold.reason = text_trim(reader->arena, reason);
        if (reason == header->text || !*threshold.reason)
            problem_add(reader->problems, line_place(reader, header->line),
                        "Write a number and the reason for it: \"threshold months: 6 because "
                        "...\".");
        list_add(reader->arena, &reader->rule->query.thresholds, threshold);
    }
}

static void unknown_headers_report(struct rule_reader *reader) {
    static const char *const known[] = {
        "id",       "answers",    "barriers",    "level",    "outcome",     "severity", "effect",
        "private",  "mechanisms", "competences", "source",   "evidence",    "step",     "needs",
        "identity", "about",      "finding",     "in place", "for the lead"};
    size_t n = sizeof known / sizeof *known;
    for (size_t i = 0; i < reader->page.headers.list.n; i++) {
        const struct page_part *header = &reader->page.headers.list.items[i];
        if (name_index(known, (int)n, header->name) >= 0 ||
            text_starts_with(header->name, "threshold "))
            continue;
        const char *nearest = text_nearest(reader->arena, header->name, known, n);
        problem_add(reader->problems, line_place(reader, header->line),
                    "No rule has a header line \"%s\".%s", header->name,
                    nearest ? arena_format(reader->arena, " Did you mean \"%s\"?", nearest) : "");
    }
}

static void step_read(struct rule_reader *reader) {
    const char *step = header_needed(reader, "step");
    if (text_equal(step, "none"))
        return;
    if (*step && !content_step(reader->content, step))
        problem_add(reader->problems, line_place(reader, header_line(reader, "step")),
                    "There is no step \"%s\". Write s1 to s%zu, or none.", step,
                    reader->content->step_count);
    reader->rule->step = step;
}

static const char *sentence_read(struct rule_reader *reader, const char *name, unsigned *line) {
    const char *sentence = header_needed(reader, name);
    const char *fault = sentence_fault(reader->arena, sentence);
    *line = header_line(reader, name);
    if (fault)
        problem_add(reader->problems, line_place(reader, *line), "In this sentence there is %s.",
                    fault);
    return sentence;
}

/* A private rule says the same thing twice: to the person, and to the lead, who is told of the
 * arrangement only. */
static void for_lead_read(struct rule_reader *reader) {
    struct rule *rule = reader->rule;
    if (rule->is_private) {
        rule->for_lead = sentence_read(reader, "for the lead", &rule->for_lead_line);
        for (size_t i = 0; i < rule->identity.list.n; i++)
            if (text_starts_with(rule->identity.list.items[i], "person"))
                problem_add(reader->problems, line_place(reader, header_line(reader, "identity")),
                            "A private rule's findings are named after the arrangement (post, "
                            "team), not after the person.");
    } else if (page_header(&reader->page, "for the lead")) {
        problem_add(reader->problems, line_place(reader, header_line(reader, "for the lead")),
                    "Only a private rule has a sentence for the lead.");
    }
}

/* "own" for a site's own judgement, otherwise the number of a paper. */
static void source_read(struct rule_reader *reader) {
    struct rule *rule = reader->rule;
    rule->source = header_needed(reader, "source");
    if (*rule->source && !content_cite(reader->arena, reader->content, rule->source))
        problem_add(reader->problems, line_place(reader, header_line(reader, "source")),
                    "The source must begin with the number of a paper (\"004 Table 2\"), or with "
                    "\"own\" for a rule that rests on your own judgement.");
    if (text_starts_with(rule->source, "own") && text_equal(rule->evidence, "stated"))
        problem_add(reader->problems, line_place(reader, header_line(reader, "evidence")),
                    "Your own judgement is not \"stated\" in a paper. Write \"inferred\".");
}

static void header_read(struct rule_reader *reader) {
    static const char *const effects[] = {"lacking", "strain"};
    static const char *const evidences[] = {"stated", "inferred"};
    static const char *const yes_no[] = {"no", "yes"};
    struct rule *rule = reader->rule;
    rule->id = header_needed(reader, "id");
    header_needed(reader, "answers");
    rule->answers = header_ids(reader, "answers", &reader->content->lines);
    rule->barriers = header_ids(reader, "barriers", &reader->content->barriers);
    rule->mechanisms = header_ids(reader, "mechanisms", &reader->content->mechanisms);
    rule->competences = header_ids(reader, "competences", &reader->content->competences);
    rule->level = header_choice(reader, "level", level_names, LEVEL_COUNT);
    rule->outcome = (enum outcome)header_choice(reader, "outcome", outcome_names, OUTCOME_COUNT);
    rule->severity =
        (enum severity)header_choice(reader, "severity", severity_names, SEVERITY_COUNT);
    rule->strains = header_choice(reader, "effect", effects, 2) == 1;
    rule->is_private = header_choice(reader, "private", yes_no, 2) == 1;
    rule->evidence = evidences[header_choice(reader, "evidence", evidences, 2)];
    source_read(reader);
    step_read(reader);
    needs_read(reader);
    thresholds_read(reader);
    rule->identity = names_split(reader->arena, page_header(&reader->page, "identity"));
    rule->about = page_header(&reader->page, "about")
                      ? names_split(reader->arena, page_header(&reader->page, "about"))
                      : rule->identity;
    rule->finding = sentence_read(reader, "finding", &rule->finding_line);
    rule->in_place = sentence_read(reader, "in place", &rule->in_place_line);
    for_lead_read(reader);
    unknown_headers_report(reader);
}

static const char *section_needed(struct rule_reader *reader, const char *title) {
    const struct page_part *section = page_find(&reader->page.sections, title);
    if (section && *section->text)
        return section->text;
    problem_add(reader->problems, line_place(reader, 1),
                "The section \"## %s\" is missing or empty.", title);
    return "";
}

static void body_read(struct rule_reader *reader) {
    struct rule *rule = reader->rule;
    rule->meaning = section_needed(reader, "What it means");
    rule->what_to_do = section_needed(reader, "What to do");
    const struct page_part *sql = page_find(&reader->page.blocks, "sql");
    if (!sql || reader->page.blocks.list.n != 1) {
        problem_add(reader->problems, line_place(reader, 1),
                    "A rule needs exactly one block that begins with ```sql.");
        return;
    }
    rule->query.sql = sql->text;
    rule->query.line = sql->line;
}

enum err rule_parse(struct arena *arena, const struct content *content, const struct file *file,
                    struct rule *out, struct problems *problems) {
    size_t problems_before = problems->list.n;
    *out = (struct rule){.query = {.file = file->path, .sql = ""}};
    struct rule_reader reader = {
        .arena = arena, .content = content, .problems = problems, .rule = out};
    enum err err = page_parse(arena, file, &reader.page, problems);
    if (err)
        return err;
    out->title = reader.page.title;
    header_read(&reader);
    body_read(&reader);
    return problems->list.n == problems_before ? OK : ERR_INPUT;
}

/* The place of a rule's first line in the list of lines, so that rules read in that order. */
static size_t rule_position(const struct content *content, const struct rule *rule) {
    const struct page_parts *lines = &content->lines.headers;
    for (size_t i = 0; i < lines->list.n && rule->answers.list.n; i++)
        if (text_equal(lines->list.items[i].name, rule->answers.list.items[0]))
            return i;
    return lines->list.n;
}

static void rule_insert(struct arena *arena, const struct content *content, struct rules *rules,
                        struct rule *rule) {
    for (size_t i = 0; i < rules->list.n; i++)
        if (text_equal(rules->list.items[i]->id, rule->id)) {
            rules->list.items[i] = rule;
            return;
        }
    list_add(arena, &rules->list, rule);
    for (size_t i = rules->list.n - 1; i > 0; i--) {
        struct rule **at = &rules->list.items[i];
        if (rule_position(content, at[-1]) <= rule_position(content, rule))
            break;
        *at = at[-1];
        at[-1] = rule;
    }
}

static enum err twin_refuse(const struct rule *rule, const struct rule *other,
                            struct problems *problems) {
    problem_add(problems, (struct place){.file = rule->query.file, .row = 1},
                "The id \"%s\" is that of %s too. Give one of them another.", rule->id,
                other->query.file);
    return ERR_INPUT;
}

enum err rules_load(struct arena *arena, const struct content *content, const char *folder,
                    struct rules *out, struct problems *problems) {
    struct files files = {0};
    *out = (struct rules){0};
    files_add_builtin(arena, &files, "rules/", ".md");
    size_t builtin = files.list.n;
    struct index own_ids = {0};
    enum err err = folder ? files_add_folder(arena, &files, folder, ".md", problems) : OK;
    if (folder && !err && files.list.n == builtin) {
        problem_add(problems, (struct place){.file = folder},
                    "There is no rule in this folder. A rule is a file whose name ends in .md.");
        return ERR_INPUT;
    }
    for (size_t i = 0; i < files.list.n && err != ERR_IO; i++) {
        struct rule *rule = arena_alloc(arena, sizeof *rule);
        if (rule_parse(arena, content, &files.list.items[i], rule, problems) != OK)
            err = ERR_INPUT;
        else if (i >= builtin && !index_add(arena, &own_ids, rule->id, rule))
            err = twin_refuse(rule, index_find(&own_ids, rule->id), problems);
        else
            rule_insert(arena, content, out, rule);
        rule->query.is_builtin = i < builtin;
    }
    return err;
}

const struct rule *rules_find(const struct rules *rules, const char *id) {
    for (size_t i = 0; i < rules->list.n; i++)
        if (text_equal(rules->list.items[i]->id, id))
            return rules->list.items[i];
    return NULL;
}
