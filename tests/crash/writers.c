/* Many writers at once, every one a process with a connection of its own, as if many people saved
 * at the same moment.
 *
 *     writers URL WORKBOOK WRITERS
 *
 * WORKBOOK goes into the empty database at URL. Then all read it, wait for each other, and save:
 * most an action of their own to the same programme, every tenth to a new programme that two of
 * them make at once; ten more change the same action, of whom one may win. One in eight is killed
 * somewhere on its way and sent again with its token. Afterwards every one's action must be there,
 * saved once, in the revision that was acknowledged, and every history must be whole.
 *
 * Prints what happened, with the time it took; ends with 1 if anything is not as it should be. */
#include "base/random.h"
#include "base/text.h"
#include "db/migrate.h"
#include "store/audit.h"
#include "store/import.h"
#include "store/stored.h"
#include "workbook/workbook.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RIVALS = 10, ELSEWHERE = 10, KILLED = 8, MEMORY = 512 * 1024 * 1024 };
#define RIVALS_ACTION "fought-over"

enum outcome { SAVED = 1, OVERRULED, REFUSED };

/* In memory that all share: the second half is the writer's own to say. */
struct writer {
    pid_t process;
    bool killed;
    enum outcome outcome; /* 0: it has not said */
    int64_t revision;
    char message[300];
};

struct all {
    struct arena *arena;
    const char *url, *programme;
    int n, rivals_from; /* the last RIVALS of n are rivals */
    struct writer *writers;
    int start[2];
    int faults;
};

static _Noreturn void stop(const char *what, const struct problems *problems) {
    fprintf(stderr, "writers: %s", what);
    for (size_t i = 0; problems && i < problems->list.n; i++)
        fprintf(stderr, "\n%s", problems->list.items[i].message);
    fputc('\n', stderr);
    exit(2);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- one writer ---- */

static bool is_rival(const struct all *all, int writer) {
    return writer >= all->rivals_from;
}

/* Two writers share each of the programmes made elsewhere. */
static const char *programme_of(const struct all *all, struct arena *arena, int writer) {
    if (is_rival(all, writer) || writer % ELSEWHERE)
        return all->programme;
    return arena_format(arena, "elsewhere-%d", writer / ELSEWHERE / 2);
}

static const char *action_of(const struct all *all, struct arena *arena, int writer) {
    return is_rival(all, writer) ? RIVALS_ACTION : arena_format(arena, "writer-%d", writer);
}

struct work {
    const struct all *all;
    struct arena *arena;
    int writer;
    struct programme programme;
    struct sheets sheets;
};

static enum err programme_look_at(struct db *db, void *context) {
    struct work *work = context;
    enum err err = programme_look(
        db, work->arena, programme_of(work->all, work->arena, work->writer), &work->programme);
    return err || !work->programme.id
               ? err
               : programme_sheets(db, work->arena, &work->programme, 0, &work->sheets);
}

static void sheet_put(struct work *work, const struct kind *kind, const char *content) {
    struct sheet *sheet = NULL;
    for (size_t i = 0; i < work->sheets.list.n; i++)
        if (kind_of_sheet(work->sheets.list.items[i].name) == kind)
            sheet = &work->sheets.list.items[i];
    if (!sheet) {
        list_add(work->arena, &work->sheets.list, stored_sheet(work->arena, kind, "a writer"));
        sheet = &work->sheets.list.items[work->sheets.list.n - 1];
    }
    if (stored_sheet_add(work->arena, sheet, kind, content))
        stop("a row cannot be made", NULL);
}

/* A rival's action is there already, and its row is written over. */
static void action_put(struct work *work) {
    const struct kind *action = kind_find("action");
    const char *key = action_of(work->all, work->arena, work->writer);
    for (size_t i = 0; i < work->sheets.list.n; i++) {
        struct sheet *sheet = &work->sheets.list.items[i];
        for (size_t r = 1; kind_of_sheet(sheet->name) == action && r < sheet->rows.n; r++)
            if (text_equal(sheet->rows.items[r].cells[0], key)) {
                sheet->rows.items[r].cells[1] =
                    arena_format(work->arena, "As rival %d wants it", work->writer);
                return;
            }
    }
    sheet_put(work, action,
              arena_format(work->arena, "{\"key\":\"%s\",\"title\":\"Of writer %d\"}", key,
                           work->writer));
}

static void wait_for_start(const struct all *all) {
    char byte;
    close(all->start[1]);
    if (read(all->start[0], &byte, 1) != 0)
        stop("nobody gave the start", NULL);
}

/* The outcome last: whoever is killed meanwhile has said nothing. */
static void say(struct writer *writer, enum outcome outcome, int64_t revision,
                const struct problems *problems) {
    size_t n = problems->list.n;
    snprintf(writer->message, sizeof writer->message, "%s",
             n ? problems->list.items[n - 1].message : "");
    if (revision)
        writer->revision = revision;
    writer->outcome = outcome;
}

static void save(struct work *work, struct db *db, struct problems *problems) {
    struct records records = records_new(work->arena);
    struct commit commit = {0};
    bool *kinds_brought = arena_alloc_array(work->arena, kind_count, sizeof(bool));
    const char *key = programme_of(work->all, work->arena, work->writer);
    if (!work->programme.id) {
        sheet_put(work, kind_find("programme"),
                  arena_format(work->arena, "{\"key\":\"%s\",\"name\":\"Elsewhere\"}", key));
        kinds_brought[kind_index(kind_find("programme"))] = true;
        sheet_put(work, kind_find("organisation"),
                  "{\"key\":\"trust\",\"name\":\"The trust\",\"sector\":\"hospital "
                  "care\",\"part\":\"partner\"}");
        kinds_brought[kind_index(kind_find("organisation"))] = true;
    }
    action_put(work);
    kinds_brought[kind_index(kind_find("action"))] = true;
    enum err err = records_read(&work->sheets, &records, problems);
    const struct draft draft = {
        .programme = key,
        .records = &records,
        .kinds = kinds_brought,
        .base = work->programme.revision,
        .may_remove = work->programme.revision > 0,
        .author = arena_format(work->arena, "writer %d", work->writer),
        .token = arena_format(work->arena, "token-%d", work->writer),
    };
    if (!err)
        err = commit_draft(db, work->arena, &draft, &commit);
    say(&work->all->writers[work->writer],
        !err                 ? SAVED
        : commit.conflicts.n ? OVERRULED
                             : REFUSED,
        err || commit.known ? 0 : commit.programme.revision, problems);
}

static _Noreturn void writer_run(const struct all *all, int writer, bool again) {
    struct arena *arena = arena_new(MEMORY);
    struct problems problems = problems_new(arena);
    struct work work = {.all = all, .arena = arena, .writer = writer};
    struct db *db = NULL;
    enum err err = db_open(arena, &problems, all->url, DB_EXISTING, &db);
    if (!err)
        err = db_read(db, programme_look_at, &work);
    if (!again)
        wait_for_start(all);
    if (!err)
        save(&work, db, &problems);
    else
        say(&all->writers[writer], REFUSED, 0, &problems);
    db_close(db);
    arena_free(arena);
    _exit(0);
}

/* ---- all of them ---- */

static void writer_start(struct all *all, int writer, bool again) {
    fflush(stdout);
    pid_t process = fork();
    if (process < 0)
        stop("a writer cannot be started", NULL);
    if (process == 0)
        writer_run(all, writer, again);
    all->writers[writer].process = process;
}

/* Over about as long as they need, in no order; whoever has said it is done already is left be. */
static void some_kill(struct all *all, struct random *random) {
    for (int i = 0; i < all->n / KILLED; i++) {
        usleep((useconds_t)random_below(random, 40000));
        struct writer *writer = &all->writers[random_below(random, (unsigned)all->rivals_from)];
        if (!writer->killed && kill(writer->process, SIGKILL) == 0)
            writer->killed = true;
    }
}

static void all_wait(const struct all *all) {
    int status;
    for (pid_t process; (process = wait(&status)) > 0;)
        for (int i = 0; i < all->n; i++)
            if (all->writers[i].process == process && !all->writers[i].killed && status != 0)
                stop("a writer ended by itself before it was done", NULL);
}

/* ---- looking what became of it ---- */

static void fault(struct all *all, const char *format, ...) PRINTF_LIKE(2, 3);

static void fault(struct all *all, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    printf("FAULT: %s\n", arena_format_list(all->arena, format, arguments));
    va_end(arguments);
    all->faults++;
}

static void writer_look(struct all *all, const struct audit *audit, int writer) {
    const char *key = action_of(all, all->arena, writer);
    const struct writer *said = &all->writers[writer];
    size_t times = 0;
    for (size_t i = 0; i < audit->changes.n; i++) {
        const struct audit_change *change = &audit->changes.items[i];
        if (!text_equal(change->kind, "action") || !text_equal(change->key, key))
            continue;
        times++;
        if (said->outcome != SAVED)
            fault(all, "%s is there, and nobody said it was saved", key);
        if (change->what != CHANGE_ADDED)
            fault(all, "%s was changed or removed after it was added", key);
        if (said->revision && said->revision != change->revision->number)
            fault(all, "%s is in revision %lld, not %lld", key, (long long)change->revision->number,
                  (long long)said->revision);
    }
    if (said->outcome == SAVED && times != 1)
        fault(all, "%s was acknowledged, and is there %zu times", key, times);
}

static void rivals_look(struct all *all, const struct audit *audit) {
    int winners = 0, overruled = 0, changed = 0;
    for (int i = all->rivals_from; i < all->n; i++) {
        winners += all->writers[i].outcome == SAVED;
        overruled += all->writers[i].outcome == OVERRULED;
    }
    for (size_t i = 0; i < audit->changes.n; i++)
        changed += audit->changes.items[i].what == CHANGE_CHANGED &&
                   text_equal(audit->changes.items[i].key, RIVALS_ACTION);
    if (winners != 1 || overruled != RIVALS - 1 || changed != 1)
        fault(all, "of %d rivals %d won and %d were told; changed %d times", RIVALS, winners,
              overruled, changed);
}

static enum err programme_verify(struct db *db, struct all *all,
                                 const struct programme *programme) {
    struct audit audit = {0};
    struct audit_verdict verdict;
    enum err err = audit_verify(db, all->arena, programme, &verdict);
    if (!err)
        err = audit_read(db, all->arena, programme, 1, programme->revision, &audit);
    if (err)
        return err;
    for (size_t i = 0; i < verdict.faults.n; i++)
        fault(all, "%s: %s", programme->key, verdict.faults.items[i].message);
    if ((int64_t)audit.revisions.n != programme->revision)
        fault(all, "%s has gaps in its history", programme->key);
    for (int i = 0; i < all->rivals_from; i++)
        if (text_equal(programme_of(all, all->arena, i), programme->key))
            writer_look(all, &audit, i);
    if (text_equal(programme->key, all->programme))
        rivals_look(all, &audit);
    return OK;
}

static enum err store_verify(struct db *db, void *context) {
    struct all *all = context;
    struct programmes programmes;
    enum err err = programmes_list(db, all->arena, &programmes);
    size_t expected = 1 + ((size_t)all->rivals_from + 2 * ELSEWHERE - 1) / ELSEWHERE / 2;
    if (!err && programmes.list.n != expected)
        fault(all, "there are %zu programmes, not %zu", programmes.list.n, expected);
    for (size_t i = 0; !err && i < programmes.list.n; i++)
        err = programme_verify(db, all, &programmes.list.items[i]);
    return err;
}

/* ---- the start ---- */

static struct db *store_make(struct all *all, const char *workbook, struct problems *problems) {
    struct db *db = NULL;
    struct sheets sheets = {0};
    struct imported imported;
    enum err err = workbook_read(all->arena, workbook, &sheets, problems);
    if (!err)
        err = db_open(all->arena, problems, all->url, DB_CREATE, &db);
    if (!err)
        err = db_migrate(db);
    for (size_t i = 0; !err && i < sheets.list.n; i++)
        if (kind_of_sheet(sheets.list.items[i].name) == kind_find("action"))
            err = stored_sheet_add(all->arena, &sheets.list.items[i], kind_find("action"),
                                   "{\"key\":\"" RIVALS_ACTION "\",\"title\":\"As it was\"}");
    if (!err)
        err = import_sheets(db, all->arena, &sheets, &(struct import_wish){0}, &imported);
    if (err)
        stop("the workbook cannot be brought in", problems);
    all->programme = imported.commit.programme.key;
    return db;
}

static void all_save(struct all *all, struct random *random) {
    for (int i = 0; i < all->n; i++)
        writer_start(all, i, false);
    close(all->start[0]);
    sleep(1 + (unsigned)all->n / 100); /* until all have read, or nearly */
    double began = seconds();
    close(all->start[1]);
    some_kill(all, random);
    all_wait(all);
    double took = seconds() - began;
    int again = 0;
    for (int i = 0; i < all->n; i++) {
        if (!all->writers[i].killed)
            continue;
        all->writers[i].killed = false;
        all->writers[i].outcome = 0;
        writer_start(all, i, true);
        again++;
    }
    all_wait(all);
    printf("%d writers in %.1f s; %d were killed and sent again\n", all->n, took, again);
}

int main(int argc, char **argv) {
    struct all all = {.arena = arena_new(MEMORY)};
    struct problems problems = problems_new(all.arena);
    if (argc != 4 || (all.n = (int)strtol(argv[3], NULL, 10)) < 2 * ELSEWHERE)
        stop("say URL WORKBOOK WRITERS, the last at least 20", NULL);
    all.url = argv[1];
    all.rivals_from = all.n;
    all.n += RIVALS;
    all.writers = mmap(NULL, (size_t)all.n * sizeof *all.writers, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct random random = {(uint64_t)time(NULL)};
    db_close(store_make(&all, argv[2], &problems));
    if (all.writers == MAP_FAILED || pipe(all.start) != 0)
        stop("there is no memory to share, or no pipe", NULL);
    all_save(&all, &random);
    for (int i = 0; i < all.n; i++)
        if (all.writers[i].outcome == REFUSED || all.writers[i].outcome == 0)
            fault(&all, "writer %d was refused: %s", i, all.writers[i].message);
    struct db *db = NULL;
    enum err err = db_open(all.arena, &problems, all.url, DB_EXISTING, &db);
    if (!err)
        err = db_read(db, store_verify, &all);
    if (err)
        stop("the store cannot be read", &problems);
    db_close(db);
    arena_free(all.arena);
    return all.faults != 0;
}
