#include "prepare/prepare.h"
#include "base/capture.h"
#include "decisions/decisions.h"
#include "diagnosis/network_report.h"
#include "findings/limits.h"
#include "findings/parts.h"
#include "store/programme.h"
#include "whatif/asked.h"
#include "whatif/render.h"
#include <time.h>
#include <unistd.h>

enum { TASK_MEMORY = 1024 * 1024 * 1024, PROBLEMS_TOLD = 3 };

/* One piece of work: `parts`, or else `asked`. */
struct task {
    const struct job *job;
    const char *programme;
    const struct part_due *parts;
    const struct asked_due *asked;
};

struct tasks {
    struct arena *arena;
    struct part_dues parts;
    struct asked_dues asked;
    struct job_states parts_jobs, asked_jobs;
    LIST(struct task) list;
};

/* With what a task is done. */
struct doing {
    struct db *db;
    struct arena *arena;
    const struct look *look;
    struct workbench *workbench;
    struct programme programme;
    struct records records;
};

/* ---- what is due ---- */

static enum err tasks_read(struct db *db, void *context) {
    struct tasks *tasks = context;
    struct arena *arena = tasks->arena;
    tasks->list.n = 0;
    enum err err = asked_waiting(db, arena, &tasks->asked);
    if (!err)
        err = parts_due(db, arena, &tasks->parts);
    for (size_t i = 0; !err && i < tasks->asked.list.n; i++) {
        const struct asked_due *due = &tasks->asked.list.items[i];
        list_add(arena, &tasks->list,
                 (struct task){.job = &due->job, .programme = due->programme, .asked = due});
    }
    for (size_t i = 0; !err && i < tasks->parts.list.n; i++) {
        const struct part_due *due = &tasks->parts.list.items[i];
        list_add(arena, &tasks->list,
                 (struct task){.job = &due->job, .programme = due->programme, .parts = due});
    }
    if (err || !tasks->list.n)
        return err;
    err = jobs_read(db, arena, PARTS_KIND, &tasks->parts_jobs);
    return err ? err : jobs_read(db, arena, ASKED_KIND, &tasks->asked_jobs);
}

/* ---- the parts of a look ----
 *
 * Without Graphviz, or where it fails, there is no picture; the page says so. What went wrong with
 * it is no fault of the rest. */

static void part_add(struct doing *doing, struct made_parts *parts, const char *name,
                     const char *content) {
    list_add(doing->arena, &parts->list, (struct made_part){name, content});
}

static enum err decisions_make(struct doing *doing, const struct part_due *due,
                               struct made_parts *parts) {
    struct diagnosis_options options = {0};
    struct problems of_picture = problems_new(doing->arena);
    struct decisions decisions;
    struct capture capture;
    char *svg = NULL;
    memcpy(options.workbench.today, due->day, DAY_SIZE);
    enum err err =
        decisions_read(doing->workbench, doing->arena, &doing->records, doing->look->content,
                       &options, &decisions, db_problems(doing->db));
    if (err)
        return err;
    capture_begin(&capture);
    decisions_render_json(capture.file, &decisions);
    part_add(doing, parts, PART_DECISIONS, capture_end(&capture, doing->arena));
    const struct decisions drawn = decisions_open(&decisions, DECISIONS_PER_MAP_MAX);
    if (drawn.list.n && decisions_render_svg(&drawn, &svg, &of_picture) == OK)
        part_add(doing, parts, PART_DECISIONS_PICTURE, svg);
    return OK;
}

static enum err yours_make(struct doing *doing, struct made_parts *parts) {
    static const struct query query = {
        .file = "yours",
        .sql = "select person, 'post' as what, post as about from holder "
               "union select h.person, 'decision', a.decision from asked a "
               "  join holder h on h.post = a.post "
               "union select person, 'decision', decision from asked where person is not null "
               "union select s.person, 'shared', a.decision from asked a "
               "  join seat s on s.team = a.team where s.vote is not 'no' and s.person is not null "
               "union select h.person, 'shared', a.decision from asked a "
               "  join home h on h.organisation = a.body "
               "order by 1, 2, 3",
        .is_builtin = true};
    struct rows rows;
    struct text lines = text_new(doing->arena);
    enum err err =
        workbench_run(doing->workbench, doing->arena, &query, NULL, &rows, db_problems(doing->db));
    for (size_t i = 0; !err && i < rows.list.n; i++) {
        const char *const *values = rows.list.items[i].values;
        text_add_format(&lines, "%s\t%s\t%s\n", values[0], values[1], values[2]);
    }
    if (!err)
        part_add(doing, parts, PART_YOURS, lines.length ? lines.bytes : "");
    return err;
}

static enum err map_make(struct doing *doing, const struct part_due *due,
                         struct made_parts *parts) {
    struct arena *arena = doing->arena;
    struct problems *problems = db_problems(doing->db), of_picture = problems_new(arena);
    struct workbench_options as_of = {0};
    struct partnership partnership;
    struct network_report report;
    struct capture capture;
    struct map map;
    char *svg = NULL;
    memcpy(as_of.today, due->day, DAY_SIZE);
    workbench_fill(doing->workbench, &doing->records, &as_of);
    enum err err = yours_make(doing, parts);
    if (!err)
        err = partnership_read(doing->workbench, arena, TIE_ALL, &partnership, problems);
    if (!err)
        err = partnership_map(arena, &partnership, TIE_ALL, doing->programme.name,
                              day_long(arena, due->day), &map, problems);
    if (!err)
        err = network_report_make(arena, &partnership, &map, &report, problems);
    if (err)
        return err;
    capture_begin(&capture);
    map_print_json(capture.file, arena, &map);
    part_add(doing, parts, PART_MAP, capture_end(&capture, arena));
    capture_begin(&capture);
    network_report_json(capture.file, &report);
    part_add(doing, parts, PART_NETWORK, capture_end(&capture, arena));
    if (map.people.n && map_svg(arena, &map, &svg, &of_picture) == OK)
        part_add(doing, parts, PART_MAP_PICTURE, svg);
    map.ranks_nobody = true;
    if (map.people.n && map_svg(arena, &map, &svg, &of_picture) == OK)
        part_add(doing, parts, PART_MAP_UNRANKED_PICTURE, svg);
    return OK;
}

static enum err parts_make(struct doing *doing, const struct part_due *due) {
    struct made_parts parts = {0};
    bool kept;
    enum err err = programme_read(doing->db, doing->arena, due->programme, due->revision,
                                  &doing->programme, &doing->records);
    if (!err)
        err = decisions_make(doing, due, &parts);
    if (!err)
        err = map_make(doing, due, &parts);
    return err ? err : parts_keep(doing->db, doing->arena, due, &parts, &kept);
}

/* ---- the answer to a question ---- */

/* Why nothing can be answered, or NULL. */
static const char *question_fault(struct doing *doing, const struct asked_due *due,
                                  const struct record *person) {
    const char *until = person ? record_value(person, "until") : NULL;
    struct when when;
    if (!person)
        return "This person is not on the sheet People any more.";
    if (!until || !when_parse(until, &when) || (when.last[0] && strcmp(when.last, due->day) >= 0))
        return NULL;
    return arena_format(doing->arena,
                        "On %s this person is not there any more. Ask for an earlier day to see "
                        "what goes with them; what is still open from then, the diagnosis tells.",
                        day_long(doing->arena, due->day));
}

/* Whoever asked sees how far it has come, and may stop it. */
struct watching {
    struct db *db;
    const struct asked_due *due;
    time_t told; /* when, in seconds of the clock that nobody sets */
};

static bool progress_tell(void *context, size_t done, size_t of) {
    struct watching *watching = context;
    struct timespec now;
    bool goes_on = true;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (now.tv_sec == watching->told)
        return true;
    watching->told = now.tv_sec;
    /* Where the store is in trouble the answer is worth going on for: it is written at the end. */
    return asked_progress(watching->db, watching->due, done, of, &goes_on) != OK || goes_on;
}

/* `*out` stays NULL if it was stopped. */
static enum err answer_make(struct doing *doing, const struct whatif_question *question,
                            const struct asked_due *due, const char **out) {
    struct problems *problems = db_problems(doing->db);
    struct whatif whatif;
    struct sweep sweep;
    struct capture capture;
    struct watching watching = {.db = doing->db, .due = due};
    enum err err = due->person
                       ? whatif_make(doing->workbench, doing->arena, question, &whatif, problems)
                       : sweep_make(doing->workbench, doing->arena, question, progress_tell,
                                    &watching, &sweep, problems);
    if (err || (!due->person && sweep.is_stopped))
        return err;
    capture_begin(&capture);
    if (!due->person)
        sweep_render_json(capture.file, question, &sweep);
    else
        whatif_render_json(capture.file, &whatif);
    *out = capture_end(&capture, doing->arena);
    return OK;
}

static enum err question_answer(struct doing *doing, const struct asked_due *due) {
    struct whatif_question question = {.now = &doing->records,
                                       .with = &doing->records,
                                       .diagnosis.audience = {.reader = READER_LEAD},
                                       .content = doing->look->content};
    struct answer answer = {0};
    struct rules rules;
    int64_t limits;
    memcpy(question.diagnosis.workbench.today, due->day, DAY_SIZE);
    enum err err = programme_read(doing->db, doing->arena, due->programme, 0, &doing->programme,
                                  &doing->records);
    if (!err)
        err = rules_for_programme(doing->db, doing->arena, doing->look->rules, doing->programme.id,
                                  &rules, &limits);
    if (err)
        return err;
    question.rules = &rules;
    if (due->person) {
        const struct record *person =
            records_find(&doing->records, kind_find("person"), due->person);
        answer.failed = question_fault(doing, due, person);
        list_add(doing->arena, &question.without.list, person);
    }
    if (!answer.failed)
        err = answer_make(doing, &question, due, &answer.answer);
    answer.revision = doing->programme.revision;
    return err ? err : asked_answer(doing->db, doing->arena, due, &answer);
}

/* ---- one task ---- */

static enum err task_work(struct db *db, struct arena *arena, const struct look *look,
                          const struct task *task) {
    struct doing doing = {
        .db = db, .arena = arena, .look = look, .workbench = workbench_open(arena)};
    enum err err =
        task->parts ? parts_make(&doing, task->parts) : question_answer(&doing, task->asked);
    workbench_close(doing.workbench);
    return err;
}

static const char *problems_words(struct arena *arena, const struct problems *problems) {
    struct text words = text_new(arena);
    for (size_t i = 0; i < problems->list.n && i < PROBLEMS_TOLD; i++)
        text_add_format(&words, "%s%s", i ? " " : "", problems->list.items[i].message);
    return words.length ? words.bytes : "It is not known why.";
}

/* One that was claimed. A failure is written down; not OK if the store fails. */
static enum err task_do(struct db *db, struct arena *arena, const struct look *look,
                        const struct task *task, int64_t attempts, struct prepared *out) {
    struct arena *working = arena_new(TASK_MEMORY);
    struct problems *outer = db_problems(db), problems = problems_new(arena);
    db_problems_set(db, &problems);
    alarm(JOB_SECONDS);
    enum err err = task_work(db, working, look, task);
    alarm(0);
    db_problems_set(db, outer);
    bool in_trouble = err && db_in_trouble(db);
    arena_free(working);
    if (!err)
        return OK;
    if (in_trouble) { /* the store was, not the work: that is no try of it */
        problem_add(outer, (struct place){0}, "%s", problems_words(arena, &problems));
        enum err failed = job_put_off(db, task->job);
        return failed ? failed : err;
    }
    out->error = problems_words(arena, &problems);
    out->retired = attempts >= JOB_TRIES;
    return job_failed(db, task->job, out->error);
}

/* What was tried often enough, so that it is due no more. */
static enum err task_give_up(struct db *db, const struct task *task, const struct job_state *state,
                             struct prepared *out) {
    out->worked = out->retired = true;
    out->error = state->error ? state->error : "Each time the program ended in the middle.";
    return task->parts ? parts_give_up(db, task->parts, out->error)
                       : asked_give_up(db, task->asked, out->error);
}

enum err prepare_next(struct db *db, struct arena *arena, const struct look *look,
                      struct prepared *out) {
    struct tasks tasks = {.arena = arena};
    *out = (struct prepared){0};
    enum err err = db_read(db, tasks_read, &tasks);
    for (size_t i = 0; i < tasks.list.n && !err; i++) {
        const struct task *task = &tasks.list.items[i];
        const struct job_states *jobs = task->parts ? &tasks.parts_jobs : &tasks.asked_jobs;
        const struct job_state *state = jobs_find(jobs, task->job);
        bool claimed = false;
        out->is_answer = task->asked;
        out->programme = task->programme;
        if (state && job_is_retired(state))
            return task_give_up(db, task, state, out);
        if (!jobs_held(jobs, task->job))
            err = job_claim(db, task->job, jobs, &claimed);
        if (!err && claimed) {
            out->worked = true;
            return task_do(db, arena, look, task, state ? state->attempts + 1 : 1, out);
        }
        out->held++;
    }
    return err;
}
