#include "findings/findings_pages.h"
#include "base/text.h"
#include "diagnosis/render.h"
#include "findings/advice_pages.h"
#include "store/stored.h"
#include "web/route.h"
#include <stdlib.h>

const char *severity_colour(const char *severity) {
    if (text_equal(severity, "high"))
        return "red";
    return text_equal(severity, "medium") ? "orange" : "grey";
}

/* ---- what there is ---- */

static enum err people_read(struct request *request, enum statement statement, struct seen *out) {
    struct arena *arena = request->arena;
    const struct kind *kind = kind_find("person");
    const int name = kind_field_index(kind, "name"), until = kind_field_index(kind, "until"),
              employer = kind_field_index(kind, "employer");
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    struct db_rows rows;
    enum err err = db_query(request->db, statement,
                            DB_VALUES(db_integer(request->visitor.programme.id)), &rows);
    while (!err && db_next(&rows)) {
        const char *key = db_row_copy(arena, &rows, 0);
        if (stored_read(arena, kind, db_row_text(&rows, 1), cells) != OK || !cells[name])
            continue;
        index_add(arena, &out->people, key, (void *)cells[name]);
        list_add(arena, &out->everybody,
                 (struct person_seen){key, cells[name], cells[employer], cells[until]});
    }
    return db_rows_end(&rows, err);
}

static enum err organisations_read(struct request *request, struct seen *out) {
    struct arena *arena = request->arena;
    const struct kind *kind = kind_find("organisation");
    const int name = kind_field_index(kind, "name");
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    struct db_rows rows;
    enum err err = db_query(request->db, SQL_finding_organisations,
                            DB_VALUES(db_integer(request->visitor.programme.id)), &rows);
    while (!err && db_next(&rows))
        if (stored_read(arena, kind, db_row_text(&rows, 1), cells) == OK && cells[name])
            index_add(arena, &out->organisations, db_row_copy(arena, &rows, 0),
                      (void *)cells[name]);
    return db_rows_end(&rows, err);
}

enum err seen_people_read(struct request *request, struct seen *seen) {
    seen->people = (struct index){0};
    seen->everybody.n = 0;
    enum err err = people_read(request, SQL_finding_people, seen);
    return err ? err : organisations_read(request, seen);
}

static bool is_anything_assigned(const struct kept_findings *kept) {
    for (size_t i = 0; i < kept->list.n; i++)
        for (size_t d = 0; d < kept->list.items[i].decisions.n; d++)
            if (kept->list.items[i].decisions.items[d].assigned_to)
                return true;
    return false;
}

/* What is said to the visitor of those that are private and about them. */
static enum err own_read(struct request *request, struct seen *seen) {
    enum err err = OK;
    for (size_t i = 0; i < seen->kept.list.n && !err; i++) {
        struct kept_finding *kept = &seen->kept.list.items[i];
        if (kept->private && kept->person && names_contain(&seen->records, kept->person))
            err = finding_said_read(request->db, request->arena, &seen->kept.programme, kept);
    }
    return err;
}

enum err seen_read(struct request *request, struct seen *out) {
    const struct visitor *visitor = &request->visitor;
    const struct db_value programme = db_integer(visitor->programme.id);
    *out = (struct seen){0};
    db_expect(request->db, SQL_finding_periods, DB_VALUES(programme));
    db_expect(request->db, SQL_finding_decisions, DB_VALUES(programme));
    db_expect(request->db, SQL_visitor_records, DB_VALUES(programme, db_integer(visitor->person)));
    enum err err = shown_read(request->db, request->arena, &visitor->programme,
                              role_may(visitor->role, PERMISSION_SEE_UNSHARED), &out->shown);
    if (!err)
        err = findings_standing(request->db, request->arena, &visitor->programme, request->today,
                                &out->kept);
    if (!err)
        err = visitor_records(request->db, request->arena, visitor, &out->records);
    if (!err)
        err = own_read(request, out);
    for (size_t i = 0; !err && i < out->kept.list.n; i++)
        index_add(request->arena, &out->kept_by_name, out->kept.list.items[i].identity,
                  &out->kept.list.items[i]);
    if (err || !is_anything_assigned(&out->kept))
        return err;
    return people_read(request, SQL_finding_assigned_people, out);
}

bool seen_is_behind(const struct request *request, const struct seen *seen) {
    return role_may(request->visitor.role, PERMISSION_SEE_UNSHARED) &&
           seen->shown.revision < request->visitor.programme.revision;
}

const struct kept_finding *seen_kept(const struct seen *seen, const char *id) {
    return index_find(&seen->kept_by_name, id);
}

/* ---- in words ---- */

/* "Seen here since 3 March 2017"; "Closed on 4 May 2017". After the very first look nobody can tell
 * how long it has been there. */
static const char *since_words(struct arena *arena, const struct seen *seen,
                               const struct kept_finding *finding) {
    if (!finding || !finding->periods.n)
        return "New";
    const struct finding_period *period = &finding->periods.items[finding->periods.n - 1];
    if (period->closed)
        return arena_format(arena, "Closed on %s", day_long(arena, period->closed));
    return arena_format(arena, "%s %s",
                        seen->shown.number > 1 ? "Seen here since" : "First checked on",
                        day_long(arena, period->opened));
}

const char *name_of(const struct seen *seen, const char *key) {
    const char *name = index_find(&seen->people, key);
    return name ? name : key;
}

static const char *decided_words(struct arena *arena, const struct seen *seen,
                                 const struct kept_finding *finding) {
    const char *assigned = finding ? kept_finding_assigned(finding) : NULL;
    if (!finding || finding->state == FINDING_CLOSED)
        return NULL;
    if (finding->state == FINDING_SET_ASIDE)
        return arena_format(
            arena, "Set aside until %s",
            day_long(arena, finding->decisions.items[finding->decisions.n - 1].review));
    if (finding->to_review)
        return "To be looked at again";
    if (assigned)
        return arena_format(arena, "Given to %s", name_of(seen, assigned));
    return kept_finding_is(finding, DECIDED_ACCEPTED) ? "Accepted" : NULL;
}

bool is_at_rest(const struct kept_finding *finding) {
    return finding && finding->state != FINDING_OPEN;
}

/* ---- private ones ---- */

/* What is said to the person it is about; the diagnosis of others does not have it. */
static struct shown_finding private_finding(const struct request *request,
                                            const struct kept_finding *kept) {
    const struct rule *rule = rules_find(request->site->rules, kept->rule);
    struct shown_finding finding = {
        .id = kept->identity,
        .rule = kept->rule,
        .title = kept->title,
        .about = "",
        .level = kept->level,
        .outcome = kept->outcome,
        .severity = kept->severity,
        .effect = rule && rule->strains ? "strain" : "lacking",
        .sentence = kept->words,
        .next = rule ? rule_next_step(request->arena, rule) : "",
        .source = rule ? content_cite(request->arena, request->site->content, rule->source) : "",
        .evidence = rule ? rule->evidence : "",
        .step = rule ? rule->step : NULL,
        .is_private = true,
    };
    if (rule) {
        finding.barriers = rule->barriers;
        finding.mechanisms = rule->mechanisms;
        finding.competences = rule->competences;
    }
    return finding;
}

static bool is_about(const struct seen *seen, const struct kept_finding *kept) {
    return kept->private && kept->person && kept->words &&
           names_contain(&seen->records, kept->person);
}

static int worse_first(const void *a, const void *b) {
    const struct shown_finding *left = a, *right = b;
    int severity = name_index(severity_names, SEVERITY_COUNT, right->severity) -
                   name_index(severity_names, SEVERITY_COUNT, left->severity);
    return severity ? severity : strcmp(left->id, right->id);
}

struct shown_findings seen_about_you(const struct request *request, const struct seen *seen) {
    struct shown_findings out = {0};
    for (size_t i = 0; i < seen->kept.list.n; i++) {
        const struct kept_finding *kept = &seen->kept.list.items[i];
        if (is_about(seen, kept) && kept->state != FINDING_CLOSED)
            list_add(request->arena, &out.list, private_finding(request, kept));
    }
    if (out.list.n)
        qsort(out.list.items, out.list.n, sizeof *out.list.items, worse_first);
    return out;
}

const struct shown_finding *seen_finding(const struct request *request, const struct seen *seen,
                                         const char *id) {
    const struct kept_finding *kept = seen_kept(seen, id);
    if (!kept || !is_about(seen, kept) || kept->state == FINDING_CLOSED)
        return shown_find(&seen->shown, id);
    struct shown_finding *finding = arena_alloc(request->arena, sizeof *finding);
    *finding = private_finding(request, kept);
    return finding;
}

/* Only who corrects the records can do most of it: to others it is said as what somebody else
 * does, but for what is about them or given to them. */
static const char *next_for(const struct request *request, const struct seen *seen,
                            const struct shown_finding *finding) {
    const struct kept_finding *kept = seen_kept(seen, finding->id);
    const char *assigned = kept ? kept_finding_assigned(kept) : NULL;
    bool is_theirs = finding->is_private || (assigned && names_contain(&seen->records, assigned));
    return is_theirs || role_may(request->visitor.role, PERMISSION_CORRECT)
               ? ""
               : ", for the programme lead";
}

struct finding_line finding_line_of(const struct request *request, const struct seen *seen,
                                    const struct shown_finding *finding) {
    struct arena *arena = request->arena;
    const struct kept_finding *kept = seen_kept(seen, finding->id);
    return (struct finding_line){
        .url = url_to(arena, ROUTE_finding, request->visitor.programme.key, finding->id),
        .title = *finding->about ? arena_format(arena, "%s: %s", finding->title, finding->about)
                                 : finding->title,
        .sentence = finding->sentence,
        .next_for = next_for(request, seen, finding),
        .severity = text_capital(arena, finding->severity),
        .severity_colour = severity_colour(finding->severity),
        .level = text_capital(arena, finding->level),
        .outcome = finding->outcome,
        .since = since_words(arena, seen, kept),
        .state = decided_words(arena, seen, kept),
        .is_private = finding->is_private,
    };
}

struct finding_line finding_line_to_do(const struct request *request, const struct seen *seen,
                                       const struct shown_finding *finding) {
    struct finding_line line = finding_line_of(request, seen, finding);
    line.next = advice_for(request, finding->next);
    return line;
}

struct first_candidate seen_candidate(const struct request *request,
                                      const struct shown_finding *finding) {
    struct arena *arena = request->arena;
    int severity = name_index(severity_names, SEVERITY_COUNT, finding->severity);
    struct first_candidate candidate = {.finding = finding,
                                        .rule = finding->rule,
                                        .step = finding->step,
                                        .severity = severity < 0 ? LOW : (enum severity)severity};
    for (size_t i = 0; i < finding->records.n; i++) {
        const struct shown_record *record = &finding->records.items[i];
        const char *matter =
            record->kind && record->key ? first_matter(arena, record->kind, record->key) : NULL;
        if (matter)
            list_add(arena, &candidate.matters.list, matter);
    }
    return candidate;
}
