#include "findings/findings.h"
#include "base/text.h"
#include "findings/keep.h"
#include <jansson.h>
#include <stdlib.h>

const char *const decision_names[DECISIONS] = {"accepted", "assigned", "set aside", "reopened"};
const char *const finding_state_names[FINDING_STATES] = {"open", "set-aside", "closed"};

struct reading {
    struct arena *arena;
    const char *key, *today;
    struct kept_findings *out;
};

/* ---- reading ---- */

static enum err newest_read(struct db *db, struct reading *reading) {
    struct kept_findings *out = reading->out;
    struct db_rows rows;
    enum err err =
        db_query(db, SQL_diagnosis_newest, DB_VALUES(db_integer(out->programme.id)), &rows);
    while (!err && db_next(&rows)) {
        out->revision = db_row_integer(&rows, 1);
        out->day = arena_copy(reading->arena, db_row_text(&rows, 2));
        out->made_at = arena_copy(reading->arena, db_row_text(&rows, 3));
    }
    return db_rows_end(&rows, err);
}

static void content_read(struct arena *arena, const char *content, struct kept_finding *out) {
    json_t *root = json_loads(content, 0, NULL);
    const struct {
        const char *name, **place;
    } parts[] = {
        {"rule", &out->rule},         {"title", &out->title},     {"about", &out->about},
        {"level", &out->level},       {"outcome", &out->outcome}, {"severity", &out->severity},
        {"sentence", &out->sentence},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *text = json_string_value(json_object_get(root, parts[i].name));
        *parts[i].place = arena_copy(arena, text ? text : "");
    }
    json_decref(root);
}

/* The finding of the present row, which are in the same order; NULL if there is none. */
static struct kept_finding *finding_of_row(struct kept_findings *findings, size_t *at,
                                           const struct db_rows *rows) {
    while (*at < findings->list.n && findings->list.items[*at].id < db_row_integer(rows, 0))
        ++*at;
    return *at < findings->list.n && findings->list.items[*at].id == db_row_integer(rows, 0)
               ? &findings->list.items[*at]
               : NULL;
}

static void period_take(struct arena *arena, const struct db_rows *rows,
                        struct kept_finding *finding) {
    struct finding_period period = {.opened_revision = db_row_integer(rows, 4),
                                    .opened = arena_copy(arena, db_row_text(rows, 5)),
                                    .closed = db_row_copy(arena, rows, 7)};
    period.closed_revision = period.closed ? db_row_integer(rows, 6) : 0;
    list_add(arena, &finding->periods, period);
}

/* All of them with the times that they were there, by their ids. */
static enum err list_read(struct db *db, struct reading *reading) {
    struct arena *arena = reading->arena;
    struct kept_findings *out = reading->out;
    struct db_rows rows;
    enum err err =
        db_query(db, SQL_finding_periods, DB_VALUES(db_integer(out->programme.id)), &rows);
    while (!err && db_next(&rows)) {
        int64_t id = db_row_integer(&rows, 0);
        if (!out->list.n || out->list.items[out->list.n - 1].id != id)
            list_add(arena, &out->list,
                     (struct kept_finding){.id = id,
                                           .identity = arena_copy(arena, db_row_text(&rows, 1)),
                                           .private = db_row_integer(&rows, 2) != 0,
                                           .person = db_row_copy(arena, &rows, 3)});
        if (!db_row_null(&rows, 5))
            period_take(arena, &rows, &out->list.items[out->list.n - 1]);
    }
    return db_rows_end(&rows, err);
}

/* What is said of each. */
static enum err said_read(struct db *db, struct reading *reading) {
    struct kept_findings *out = reading->out;
    struct db_rows rows;
    size_t at = 0;
    enum err err = db_query(db, SQL_finding_list, DB_VALUES(db_integer(out->programme.id)), &rows);
    while (!err && db_next(&rows)) {
        struct kept_finding *finding = finding_of_row(out, &at, &rows);
        if (!finding)
            continue;
        finding->words = db_row_copy(reading->arena, &rows, 4);
        content_read(reading->arena, db_row_text(&rows, 5), finding);
    }
    return db_rows_end(&rows, err);
}

enum err finding_said_read(struct db *db, struct arena *arena, const struct programme *programme,
                           struct kept_finding *finding) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_finding_said,
                            DB_VALUES(db_integer(programme->id), db_integer(finding->id)), &rows);
    if (!err && db_next(&rows)) {
        finding->words = db_row_copy(arena, &rows, 0);
        content_read(arena, db_row_text(&rows, 1), finding);
    }
    return db_rows_end(&rows, err);
}

enum err findings_given_up(struct db *db, struct arena *arena, const struct programme *programme,
                           const char **why) {
    struct job_states jobs;
    *why = NULL;
    enum err err = jobs_read(db, arena, LOOK_KIND, &jobs);
    for (size_t i = 0; i < jobs.list.n && !err; i++) {
        const struct job_state *state = &jobs.list.items[i];
        if (state->job.programme == programme->id && job_is_retired(state))
            *why = look_failure(state);
    }
    return err;
}

static enum err decisions_read(struct db *db, struct reading *reading) {
    struct arena *arena = reading->arena;
    struct db_rows rows;
    size_t at = 0;
    enum err err = db_query(db, SQL_finding_decisions,
                            DB_VALUES(db_integer(reading->out->programme.id)), &rows);
    while (!err && db_next(&rows)) {
        struct kept_finding *finding = finding_of_row(reading->out, &at, &rows);
        int what = name_index(decision_names, DECISIONS, db_row_text(&rows, 1));
        if (finding && what >= 0)
            list_add(arena, &finding->decisions,
                     (struct finding_decision){.what = (enum decision)what,
                                               .author = db_row_copy(arena, &rows, 2),
                                               .at = arena_copy(arena, db_row_text(&rows, 3)),
                                               .reason = db_row_copy(arena, &rows, 4),
                                               .assigned_to = db_row_copy(arena, &rows, 5),
                                               .review = db_row_copy(arena, &rows, 6)});
    }
    return db_rows_end(&rows, err);
}

/* ---- what follows from it ---- */

static void state_find(struct kept_finding *finding, const char *today) {
    size_t periods = finding->periods.n, decisions = finding->decisions.n;
    const struct finding_decision *last =
        decisions ? &finding->decisions.items[decisions - 1] : NULL;
    finding->state = FINDING_OPEN;
    if (!periods || finding->periods.items[periods - 1].closed)
        finding->state = FINDING_CLOSED;
    else if (last && last->what == DECIDED_SET_ASIDE) {
        finding->to_review = strcmp(last->review, today) <= 0;
        finding->state = finding->to_review ? FINDING_OPEN : FINDING_SET_ASIDE;
    }
}

static int finding_compare(const void *a, const void *b) {
    const struct kept_finding *left = a, *right = b;
    int severity = name_index(severity_names, SEVERITY_COUNT, right->severity) -
                   name_index(severity_names, SEVERITY_COUNT, left->severity);
    return severity ? severity : strcmp(left->identity, right->identity);
}

enum err findings_standing(struct db *db, struct arena *arena, const struct programme *programme,
                           const char *today, struct kept_findings *out) {
    struct reading reading = {arena, NULL, today, out};
    *out = (struct kept_findings){.programme = *programme};
    enum err err = list_read(db, &reading);
    if (!err)
        err = decisions_read(db, &reading);
    for (size_t i = 0; !err && i < out->list.n; i++)
        state_find(&out->list.items[i], today);
    return err;
}

enum err findings_of(struct db *db, struct arena *arena, const struct programme *programme,
                     const char *today, struct kept_findings *out) {
    struct reading reading = {arena, NULL, today, out};
    enum err err = findings_standing(db, arena, programme, today, out);
    if (!err)
        err = newest_read(db, &reading);
    if (!err)
        err = findings_given_up(db, arena, programme, &out->given_up);
    if (!err)
        err = said_read(db, &reading);
    if (!err && out->list.n)
        qsort(out->list.items, out->list.n, sizeof *out->list.items, finding_compare);
    return err;
}

static enum err reading_do(struct db *db, void *context) {
    struct reading *reading = context;
    struct programme programme;
    enum err err = programme_find(db, reading->arena, reading->key, &programme);
    return err ? err : findings_of(db, reading->arena, &programme, reading->today, reading->out);
}

enum err findings_read(struct db *db, struct arena *arena, const char *programme, const char *today,
                       struct kept_findings *out) {
    struct reading reading = {arena, programme, today, out};
    return db_read(db, reading_do, &reading);
}

/* NULL if there is none of that name. */
static const struct kept_finding *kept_finding_named(const struct kept_findings *findings,
                                                     const char *identity) {
    for (size_t i = 0; i < findings->list.n; i++)
        if (text_equal(findings->list.items[i].identity, identity))
            return &findings->list.items[i];
    return NULL;
}

bool kept_finding_seen(const struct kept_finding *finding, const struct audience *audience) {
    if (!finding->private || audience->reader == READER_LEAD)
        return true;
    return audience->reader == READER_PERSON && finding->person &&
           text_equal(finding->person, audience->person);
}

const char *kept_finding_sentence(const struct kept_finding *finding,
                                  const struct audience *audience) {
    return finding->private && finding->words && audience->reader == READER_PERSON
               ? finding->words
               : finding->sentence;
}

const struct finding_decision *kept_finding_assignment(const struct kept_finding *finding) {
    for (size_t i = finding->decisions.n; i-- > 0;) {
        const struct finding_decision *decision = &finding->decisions.items[i];
        if (decision->what == DECIDED_REOPENED)
            return NULL;
        if (decision->assigned_to)
            return decision;
    }
    return NULL;
}

const char *kept_finding_assigned(const struct kept_finding *finding) {
    const struct finding_decision *assignment = kept_finding_assignment(finding);
    return assignment ? assignment->assigned_to : NULL;
}

bool kept_finding_is(const struct kept_finding *finding, enum decision decision) {
    size_t n = finding->decisions.n;
    if (finding->state == FINDING_CLOSED)
        return false;
    if (decision == DECIDED_ASSIGNED)
        return kept_finding_assignment(finding);
    if (decision == DECIDED_SET_ASIDE)
        return finding->state == FINDING_SET_ASIDE;
    return n && finding->decisions.items[n - 1].what == decision;
}

/* ---- deciding ---- */

struct deciding {
    struct arena *arena;
    const char *key, *identity;
    const struct finding_decision *decision;
};

static enum err unknown_report(struct db *db, const struct deciding *deciding,
                               const struct kept_findings *known) {
    struct arena *arena = deciding->arena;
    const char **names = arena_alloc_array(arena, known->list.n + 1, sizeof *names);
    for (size_t i = 0; i < known->list.n; i++)
        names[i] = known->list.items[i].identity;
    const char *nearest = text_nearest(arena, deciding->identity, names, known->list.n);
    problem_add(db_problems(db), (struct place){0}, "Nothing of the name \"%s\" was ever found.%s",
                text_quote(arena, deciding->identity),
                nearest ? arena_format(arena, " Did you mean \"%s\"?", nearest)
                        : " `ithaca findings` lists the names; `ithaca diagnose` looks anew.");
    return ERR_INPUT;
}

/* Their record may have been erased since the command was given. */
static enum err person_present(struct db *db, const struct deciding *deciding,
                               const struct programme *programme) {
    const char *key = deciding->decision->assigned_to;
    struct db_rows rows;
    enum err err =
        db_query(db, SQL_finding_person, DB_VALUES(db_integer(programme->id), db_text(key)), &rows);
    bool there = !err && db_next(&rows);
    err = db_rows_end(&rows, err);
    if (err || there)
        return err;
    problem_add(db_problems(db), (struct place){0},
                "There is no \"%s\" on the sheet People of \"%s\" now.",
                text_quote(deciding->arena, key), programme->key);
    return ERR_INPUT;
}

/* What is gone needs nobody to see to it, and no putting off. */
static enum err closed_refuse(struct db *db, const struct deciding *deciding,
                              const struct kept_finding *finding) {
    const struct finding_period *last =
        finding->periods.n ? &finding->periods.items[finding->periods.n - 1] : NULL;
    if (!last || !last->closed)
        return OK;
    problem_add(db_problems(db), (struct place){0},
                "%s is closed since %s (revision %lld): it cannot be %s. `ithaca findings` lists "
                "what is open.",
                finding->identity, day_long(deciding->arena, last->closed),
                (long long)last->closed_revision, decision_names[deciding->decision->what]);
    return ERR_INPUT;
}

static enum err decision_write(struct db *db, const struct deciding *deciding, int64_t programme,
                               const struct kept_finding *finding) {
    const struct finding_decision *decision = deciding->decision;
    bool needs_open = decision->what == DECIDED_ASSIGNED || decision->what == DECIDED_SET_ASIDE;
    char now[DB_TIME_SIZE];
    db_now(now);
    enum err err = needs_open ? closed_refuse(db, deciding, finding) : OK;
    return err ? err
               : db_run(db, SQL_finding_decide,
                        DB_VALUES(db_integer(programme), db_integer(finding->id),
                                  db_text(decision_names[decision->what]),
                                  db_text(decision->author), db_text(now),
                                  db_text(decision->reason), db_text(decision->assigned_to),
                                  db_text(decision->review), db_text(decision->token)));
}

enum err finding_decision_known(struct db *db, const struct programme *programme,
                                const struct finding_decision *decision, bool *known) {
    struct db_rows rows;
    *known = false;
    if (!decision->token)
        return OK;
    enum err err =
        db_query(db, SQL_finding_decision_known,
                 DB_VALUES(db_integer(programme->id), db_text(decision->token),
                           db_text(decision_names[decision->what]), db_text(decision->reason),
                           db_text(decision->assigned_to), db_text(decision->review)),
                 &rows);
    *known = !err && db_next(&rows);
    return db_rows_end(&rows, err);
}

static enum err decide(struct db *db, void *context) {
    struct deciding *deciding = context;
    struct kept_findings known = {0};
    struct reading reading = {deciding->arena, NULL, NULL, &known};
    bool is_known = false;
    enum err err = programme_find(db, deciding->arena, deciding->key, &known.programme);
    if (!err)
        err = programme_lock(db, deciding->arena, &known.programme);
    if (!err)
        err = finding_decision_known(db, &known.programme, deciding->decision, &is_known);
    if (err || is_known)
        return err;
    err = list_read(db, &reading);
    if (!err && deciding->decision->assigned_to)
        err = person_present(db, deciding, &known.programme);
    if (err)
        return err;
    const struct kept_finding *finding = kept_finding_named(&known, deciding->identity);
    return finding ? decision_write(db, deciding, known.programme.id, finding)
                   : unknown_report(db, deciding, &known);
}

enum err finding_decide_within(struct db *db, struct arena *arena, const char *programme,
                               const char *identity, const struct finding_decision *decision) {
    struct deciding deciding = {arena, programme, identity, decision};
    return decide(db, &deciding);
}

enum err finding_decide(struct db *db, struct arena *arena, const char *programme,
                        const char *identity, const struct finding_decision *decision) {
    struct deciding deciding = {arena, programme, identity, decision};
    return db_write(db, decide, &deciding);
}
