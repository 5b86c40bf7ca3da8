#include "findings/look.h"
#include "base/capture.h"
#include "base/text.h"
#include "content/files.h"
#include "diagnosis/render.h"
#include "findings/keep.h"
#include "findings/limits.h"
#include "store/programme.h"
#include <sodium.h>
#include <unistd.h>

enum {
    FINGERPRINT_BYTES = 16,
    LOOK_MEMORY = 1024 * 1024 * 1024, /* for one programme */
    PROBLEMS_TOLD = 3,
};

/* ---- with what is looked ---- */

static void hash_text(crypto_generichash_state *hash, const char *text) {
    crypto_generichash_update(hash, (const unsigned char *)text, strlen(text) + 1);
}

enum err look_fingerprint(struct arena *arena, const char *folder, const char **out,
                          struct problems *problems) {
    struct files files = {0};
    crypto_generichash_state hash;
    unsigned char bytes[FINGERPRINT_BYTES];
    char *digits = arena_alloc(arena, 2 * FINGERPRINT_BYTES + 1);
    files_add_builtin(arena, &files, "rules/", "");
    files_add_builtin(arena, &files, "content/", "");
    enum err err = folder ? files_add_folder(arena, &files, folder, ".md", problems) : OK;
    if (sodium_init() < 0)
        abort();
    crypto_generichash_init(&hash, NULL, 0, sizeof bytes);
    hash_text(&hash, ITHACA_VERSION);
    for (size_t i = 0; i < files.list.n; i++)
        hash_text(&hash, files.list.items[i].text);
    crypto_generichash_final(&hash, bytes, sizeof bytes);
    *out = sodium_bin2hex(digits, 2 * FINGERPRINT_BYTES + 1, bytes, sizeof bytes);
    return err;
}

/* ---- what is due ---- */

struct dues {
    struct arena *arena;
    const struct look *look;
    char today[DAY_SIZE];
    LIST(struct due) list;
    struct job_states jobs;
};

static struct due due_of_row(const struct dues *dues, const struct db_rows *rows) {
    const char *newest = db_row_text(rows, 4);
    struct due due = {.programme = arena_copy(dues->arena, db_row_text(rows, 1)),
                      .revision = db_row_integer(rows, 2)};
    memcpy(due.day, newest && strcmp(newest, dues->today) > 0 ? newest : dues->today, DAY_SIZE);
    due.job =
        (struct job){db_row_integer(rows, 0), LOOK_KIND,
                     arena_format(dues->arena, "%lld %s %s+%lld", (long long)due.revision, due.day,
                                  dues->look->fingerprint, (long long)db_row_integer(rows, 3))};
    return due;
}

static enum err dues_read(struct db *db, void *context) {
    struct dues *dues = context;
    const struct look *look = dues->look;
    struct db_rows rows;
    char horizon[DAY_SIZE];
    day_today(dues->today);
    day_add(dues->today, LOOK_DAYS_AHEAD, horizon);
    if (look->day)
        memcpy(dues->today, look->day, DAY_SIZE);
    enum err err = db_query(
        db, SQL_findings_due,
        DB_VALUES(db_text(look->fingerprint), db_text(dues->today), db_text(horizon)), &rows);
    while (!err && db_next(&rows)) {
        struct due due = due_of_row(dues, &rows);
        if (!look->programme || text_equal(look->programme, due.programme))
            list_add(dues->arena, &dues->list, due);
    }
    err = db_rows_end(&rows, err);
    return err || !dues->list.n ? err : jobs_read(db, dues->arena, LOOK_KIND, &dues->jobs);
}

/* ---- looking ---- */

static char *problems_words(struct arena *arena, const struct problems *problems) {
    struct text words = text_new(arena);
    for (size_t i = 0; i < problems->list.n && i < PROBLEMS_TOLD; i++) {
        const struct problem *problem = &problems->list.items[i];
        text_add_format(&words, "%s%s", i ? " " : "", problem->message);
    }
    return words.length ? words.bytes : arena_copy(arena, "It is not known why.");
}

static const char *diagnosis_json(struct arena *arena, const struct diagnosis *diagnosis) {
    const struct selection everything = {.level = -1, .outcome = -1};
    struct capture capture;
    capture_begin(&capture);
    render_json(capture.file, diagnosis, &everything);
    return capture_end(&capture, arena);
}

/* The diagnosis of the day for some eyes. */
static enum err diagnosis_for(struct workbench *workbench, struct arena *arena,
                              const struct due *due, const struct look *look, enum reader reader,
                              const struct records *records, struct diagnosis *out,
                              struct problems *problems) {
    struct diagnosis_options options = {.audience = {.reader = reader}};
    memcpy(options.workbench.today, due->day, DAY_SIZE);
    return diagnosis_make(workbench, arena, records, look->content, look->rules, &options, out,
                          problems);
}

static enum err programme_look_at(struct db *db, struct arena *arena, const struct due *due,
                                  const struct look *look, struct looked *out) {
    struct diagnosis diagnosis, shared;
    struct programme programme;
    struct records records;
    struct look_texts texts;
    enum err err = programme_read(db, arena, due->programme, due->revision, &programme, &records);
    if (err)
        return err;
    struct rules rules;
    struct look own = *look;
    err = rules_for_programme(db, arena, look->rules, programme.id, &rules, &own.limits);
    if (err)
        return err;
    own.rules = &rules;
    look = &own;
    struct workbench *workbench = workbench_open(arena);
    err =
        diagnosis_for(workbench, arena, due, look, READER_TEAM, &records, &shared, db_problems(db));
    if (!err)
        err = diagnosis_for(workbench, arena, due, look, READER_LEAD, &records, &diagnosis,
                            db_problems(db));
    if (!err) {
        texts.lead = diagnosis_json(arena, &diagnosis);
        texts.shared = diagnosis_json(arena, &shared);
        err = keep_diagnosis(db, arena, due, look, &diagnosis, &texts, out);
    }
    workbench_close(workbench);
    return err;
}

/* The store was in trouble, not the programme: that is no try of it. */
static enum err due_put_off(struct db *db, const struct due *due, const struct problems *problems,
                            enum err err) {
    for (size_t i = 0; i < problems->list.n; i++)
        problem_add(db_problems(db), problems->list.items[i].place, "%s",
                    problems->list.items[i].message);
    enum err failed = job_put_off(db, &due->job);
    return failed ? failed : err;
}

/* One that was claimed. A failure is written down; not OK if the store fails. */
static enum err due_do(struct db *db, struct arena *arena, const struct due *due,
                       const struct look *look, int64_t attempts, struct looked *out) {
    struct arena *working = arena_new(LOOK_MEMORY);
    struct problems *outer = db_problems(db), problems = problems_new(working);
    *out = (struct looked){
        .programme = due->programme, .day = arena_copy(arena, due->day), .revision = due->revision};
    db_problems_set(db, &problems);
    alarm(JOB_SECONDS);
    enum err err = programme_look_at(db, working, due, look, out);
    alarm(0);
    db_problems_set(db, outer);
    bool in_trouble = err && db_in_trouble(db);
    if (in_trouble)
        err = due_put_off(db, due, &problems, err);
    else if (err)
        out->error = problems_words(arena, &problems);
    arena_free(working);
    if (!err || in_trouble)
        return err;
    out->retired = attempts >= JOB_TRIES;
    return job_failed(db, &due->job, out->error);
}

const char *look_failure(const struct job_state *state) {
    return state->error ? state->error : "Each time the program ended in the middle.";
}

static struct looked due_given_up(const struct due *due, const struct job_state *state) {
    return (struct looked){.programme = due->programme,
                           .day = due->day,
                           .revision = due->revision,
                           .error = look_failure(state),
                           .retired = true};
}

enum err look_next(struct db *db, struct arena *arena, const struct look *look,
                   struct look_result *out) {
    struct dues dues = {.arena = arena, .look = look};
    *out = (struct look_result){0};
    enum err err = db_read(db, dues_read, &dues);
    for (size_t i = 0; i < dues.list.n && !err; i++) {
        const struct due *due = &dues.list.items[i];
        const struct job_state *state = jobs_find(&dues.jobs, &due->job);
        bool claimed = false;
        if (state && job_is_retired(state))
            continue;
        if (!jobs_held(&dues.jobs, &due->job))
            err = job_claim(db, &due->job, &dues.jobs, &claimed);
        if (!err && claimed) {
            out->worked = true;
            return due_do(db, arena, due, look, state ? state->attempts + 1 : 1, &out->looked);
        }
        out->held++;
    }
    return err;
}

enum err look_given_up(struct db *db, struct arena *arena, const struct look *look,
                       struct look_result *out) {
    struct dues dues = {.arena = arena, .look = look};
    *out = (struct look_result){0};
    enum err err = db_read(db, dues_read, &dues);
    for (size_t i = 0; i < dues.list.n && !err; i++) {
        const struct due *due = &dues.list.items[i];
        const struct job_state *state = jobs_find(&dues.jobs, &due->job);
        if (state && job_is_retired(state))
            list_add(arena, &out->retired, due_given_up(due, state));
    }
    return err;
}
