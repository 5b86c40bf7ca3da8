#include "findings/keep.h"
#include "base/text.h"
#include "findings/parts.h"
#include "findings/shown_text.h"
#include "store/programme.h"
#include <jansson.h>
#include <stdlib.h>

/* What the store knows of a finding. */
struct known {
    int64_t id, period;
    const char *identity, *person, *words, *content;
    bool private, open, seen;
};

struct keeping {
    struct db *db;
    struct arena *arena;
    const struct due *due;
    const struct look *look;
    const struct diagnosis *diagnosis;
    json_t *lead; /* the diagnosis, as it is printed for them */
    const char *shown_lead, *shown_all;
    struct looked *out;
    LIST(struct known *) known;
    struct index by_identity;
};

/* ---- what is known ---- */

static bool same(const char *a, const char *b) {
    return a == b || (a && b && text_equal(a, b));
}

static void known_add(struct keeping *keeping, struct known *known) {
    list_add(keeping->arena, &keeping->known, known);
    index_add(keeping->arena, &keeping->by_identity, known->identity, known);
}

static enum err known_read(struct keeping *keeping) {
    struct arena *arena = keeping->arena;
    struct db_rows rows;
    keeping->known.n = 0;
    keeping->by_identity = (struct index){0};
    enum err err = db_query(keeping->db, SQL_finding_list,
                            DB_VALUES(db_integer(keeping->due->job.programme)), &rows);
    while (!err && db_next(&rows)) {
        struct known *known = arena_alloc(arena, sizeof *known);
        *known = (struct known){.id = db_row_integer(&rows, 0),
                                .identity = db_row_copy(arena, &rows, 1),
                                .private = db_row_integer(&rows, 2) != 0,
                                .person = db_row_copy(arena, &rows, 3),
                                .words = db_row_copy(arena, &rows, 4),
                                .content = db_row_copy(arena, &rows, 5)};
        known->period = db_row_null(&rows, 6) ? 0 : db_row_integer(&rows, 6);
        known->open = known->period && db_row_null(&rows, 7);
        known_add(keeping, known);
    }
    return db_rows_end(&rows, err);
}

/* "C10/matron" of "C10/matron~2" */
static char *without_number(struct arena *arena, const char *id) {
    const char *tail = strrchr(id, '~');
    bool number = tail && tail[1] && strspn(tail + 1, "0123456789") == strlen(tail + 1);
    return arena_copy_n(arena, id, number ? (size_t)(tail - id) : strlen(id));
}

/* The name under which a finding is kept: its own. But several of a private rule that differ in the
 * person only ("C10/matron", "C10/matron~2") are numbered by their order, which changes when one of
 * them goes: so each keeps the name that it had for its person. */
static const char *identity_choose(struct keeping *keeping, const struct finding *finding) {
    if (!finding->rule->is_private)
        return finding->id;
    const char *base = without_number(keeping->arena, finding->id), *name = base;
    for (unsigned number = 2;; number++) {
        const struct known *known = index_find(&keeping->by_identity, name);
        if (!known || (!known->seen && same(known->person, finding->person)))
            return name;
        name = arena_format(keeping->arena, "%s~%u", base, number);
    }
}

/* ---- what is there now ---- */

static enum err period_open(struct keeping *keeping, struct known *known) {
    const struct due *due = keeping->due;
    keeping->out->opened++;
    return db_run(keeping->db, SQL_finding_open,
                  DB_VALUES(db_integer(due->job.programme), db_integer(known->id),
                            db_integer(known->period + 1), db_integer(due->revision),
                            db_text(due->day)));
}

static enum err finding_new(struct keeping *keeping, const char *identity,
                            const struct finding *finding, const char *content) {
    struct known *known = arena_alloc(keeping->arena, sizeof *known);
    *known = (struct known){
        .id = db_id_new(), .identity = identity, .person = finding->person, .seen = true};
    known_add(keeping, known);
    enum err err =
        db_run(keeping->db, SQL_finding_add,
               DB_VALUES(db_integer(keeping->due->job.programme), db_integer(known->id),
                         db_text(identity), db_integer(finding->rule->is_private),
                         db_text(finding->person), db_text(finding->words), db_text(content)));
    return err ? err : period_open(keeping, known);
}

static enum err finding_keep(struct keeping *keeping, const struct finding *finding,
                             const char *content) {
    const char *identity = identity_choose(keeping, finding);
    struct known *known = index_find(&keeping->by_identity, identity);
    enum err err = OK;
    if (!known)
        return finding_new(keeping, identity, finding, content);
    known->seen = true;
    if (!same(known->content, content) || !same(known->words, finding->words) ||
        !same(known->person, finding->person) || known->private != finding->rule->is_private)
        err = db_run(keeping->db, SQL_finding_reword,
                     DB_VALUES(db_integer(keeping->due->job.programme), db_integer(known->id),
                               db_integer(finding->rule->is_private), db_text(finding->person),
                               db_text(finding->words), db_text(content)));
    return err || known->open ? err : period_open(keeping, known);
}

static enum err findings_keep(struct keeping *keeping) {
    const struct diagnosis *diagnosis = keeping->diagnosis;
    const json_t *findings = json_object_get(keeping->lead, "findings");
    enum err err = OK;
    if (json_array_size(findings) != diagnosis->findings.n)
        abort(); /* it is our own text */
    for (size_t i = 0; i < diagnosis->findings.n && !err; i++) {
        char *content = json_dumps(json_array_get(findings, i), JSON_COMPACT);
        if (!content)
            abort();
        err = finding_keep(keeping, diagnosis->findings.items[i],
                           arena_copy(keeping->arena, content));
        free(content);
    }
    return err;
}

static enum err gone_close(struct keeping *keeping) {
    const struct due *due = keeping->due;
    enum err err = OK;
    for (size_t i = 0; i < keeping->known.n && !err; i++) {
        const struct known *known = keeping->known.items[i];
        if (known->seen || !known->open)
            continue;
        keeping->out->closed++;
        err = db_run(keeping->db, SQL_finding_close,
                     DB_VALUES(db_integer(due->job.programme), db_integer(known->id),
                               db_integer(known->period), db_integer(due->revision),
                               db_text(due->day)));
    }
    return err;
}

/* ---- the diagnosis ---- */

static enum err diagnosis_keep(struct keeping *keeping) {
    const struct due *due = keeping->due;
    struct db_rows rows;
    int64_t number = 1;
    char now[DB_TIME_SIZE];
    db_now(now);
    enum err err = db_query(keeping->db, SQL_diagnosis_last_number,
                            DB_VALUES(db_integer(due->job.programme)), &rows);
    if (!err && db_next(&rows) && !db_row_null(&rows, 0))
        number = db_row_integer(&rows, 0) + 1;
    err = db_rows_end(&rows, err);
    if (!err)
        err = db_run(keeping->db, SQL_diagnosis_trim,
                     DB_VALUES(db_integer(due->job.programme), db_integer(due->revision),
                               db_integer(number)));
    if (!err)
        err = parts_trim(keeping->db, due->job.programme);
    if (err)
        return err;
    return db_run(
        keeping->db, SQL_diagnosis_add,
        DB_VALUES(db_integer(due->job.programme), db_integer(number), db_integer(due->revision),
                  db_text(due->day), db_text(keeping->look->fingerprint), db_text(now),
                  db_integer((int64_t)keeping->diagnosis->findings.n), db_text(keeping->shown_lead),
                  db_text(keeping->shown_all), db_integer(keeping->look->limits)));
}

static enum err keep(struct db *db, void *context) {
    struct keeping *keeping = context;
    struct programme programme = {.id = keeping->due->job.programme};
    bool held;
    keeping->db = db;
    keeping->out->opened = keeping->out->closed = 0;
    keeping->out->found = keeping->diagnosis->findings.n;
    enum err err = programme_lock(db, keeping->arena, &programme);
    if (!err)
        err = job_done(db, &keeping->due->job, &held);
    if (err)
        return err;
    keeping->out->overtaken = !held || programme.revision != keeping->due->revision;
    if (keeping->out->overtaken)
        return OK;
    err = known_read(keeping);
    if (!err)
        err = diagnosis_keep(keeping);
    if (!err)
        err = findings_keep(keeping);
    return err ? err : gone_close(keeping);
}

enum err keep_diagnosis(struct db *db, struct arena *arena, const struct due *due,
                        const struct look *look, const struct diagnosis *diagnosis,
                        const struct look_texts *texts, struct looked *out) {
    struct keeping keeping = {.arena = arena,
                              .due = due,
                              .look = look,
                              .diagnosis = diagnosis,
                              .lead = json_loads(texts->lead, 0, NULL),
                              .out = out};
    json_t *shared = json_loads(texts->shared, 0, NULL);
    keeping.shown_lead = shown_text_of(arena, keeping.lead);
    keeping.shown_all = shown_text_of(arena, shared);
    enum err err = db_write(db, keep, &keeping);
    json_decref(shared);
    json_decref(keeping.lead);
    return err;
}
