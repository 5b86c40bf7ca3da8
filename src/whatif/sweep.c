#include "base/text.h"
#include "whatif/whatif.h"
#include <stdlib.h>

enum { PERSON_MEMORY = 256 * 1024 * 1024 }; /* working memory for one person's absence */

struct repair {
    const char *sentence;
    double weight; /* of all rows that it would mend */
};

/* The repair that would mend most; the first of those that mend as much. */
static const char *repair_choose(struct arena *arena, const struct listed_rows *lost) {
    struct index known = {0};
    LIST(const struct repair *) repairs = {0};
    for (size_t i = 0; i < lost->list.n; i++) {
        const struct listed *row = &lost->list.items[i];
        if (!row->repair)
            continue;
        struct repair *repair = index_find(&known, row->repair);
        if (!repair) {
            repair = arena_alloc(arena, sizeof *repair);
            repair->sentence = row->repair;
            index_add(arena, &known, row->repair, repair);
            list_add(arena, &repairs, repair);
        }
        repair->weight += row->listing->weight;
    }
    const struct repair *best = repairs.n ? repairs.items[0] : NULL;
    for (size_t i = 1; i < repairs.n; i++)
        if (repairs.items[i]->weight > best->weight)
            best = repairs.items[i];
    return best ? best->sentence : NULL;
}

/* Copies what is kept of one person out of the memory that is about to go. */
static struct listed_rows rows_keep(struct arena *arena, const struct listed_rows *rows) {
    struct listed_rows kept = {0};
    for (size_t i = 0; i < rows->list.n; i++) {
        struct listed row = rows->list.items[i];
        row.row = (struct row){0};
        row.identity = arena_copy(arena, row.identity);
        row.sentence = arena_copy(arena, row.sentence);
        row.repair = row.repair ? arena_copy(arena, row.repair) : NULL;
        list_add(arena, &kept.list, row);
    }
    return kept;
}

struct sweeper {
    struct workbench *workbench;
    struct arena *arena;
    const struct whatif_question *question;
    struct listings losses;
    struct listed_rows now;
    struct problems *problems;
};

static enum err person_sweep(struct sweeper *sweeper, const struct record *person,
                             struct sweep_person *out) {
    const struct whatif_question *question = sweeper->question;
    struct arena *working = arena_new(PERSON_MEMORY);
    struct record_set gone = {0};
    list_add(working, &gone.list, person);
    struct records later =
        records_ending(working, question->with, &gone, question->diagnosis.workbench.today);
    enum err err = whatif_fill(sweeper->workbench, working, &later, &question->diagnosis.workbench,
                               sweeper->problems);
    if (!err) {
        struct listed_rows rows =
            whatif_losses(sweeper->workbench, working, &later, &sweeper->losses);
        struct listed_rows lost = whatif_new_rows(working, &rows, &sweeper->now);
        *out = (struct sweep_person){.person = person, .lost = rows_keep(sweeper->arena, &lost)};
        for (size_t i = 0; i < lost.list.n; i++)
            out->weight += lost.list.items[i].listing->weight;
        out->repair = repair_choose(sweeper->arena, &out->lost);
    }
    arena_free(working);
    return err;
}

static int person_compare(const void *a, const void *b) {
    const struct sweep_person *left = a, *right = b;
    if (left->weight != right->weight)
        return left->weight < right->weight ? 1 : -1;
    return (left->person->row > right->person->row) - (left->person->row < right->person->row);
}

/* Those who are there on the day. */
static enum err people_read(struct sweeper *sweeper, struct record_set *out) {
    static const struct query query = {
        .file = "sweep", .sql = "select id from person order by id", .is_builtin = true};
    struct rows rows;
    enum err err =
        workbench_run(sweeper->workbench, sweeper->arena, &query, NULL, &rows, sweeper->problems);
    for (size_t i = 0; i < rows.list.n && !err; i++)
        list_add(sweeper->arena, &out->list,
                 records_find(sweeper->question->with, kind_find("person"),
                              rows.list.items[i].values[0]));
    return err;
}

enum err sweep_make(struct workbench *workbench, struct arena *arena,
                    const struct whatif_question *question, sweep_progress *progress, void *context,
                    struct sweep *out, struct problems *problems) {
    struct record_set people = {0};
    struct sweeper sweeper = {.workbench = workbench,
                              .arena = arena,
                              .question = question,
                              .losses = listings_load(arena, "content/losses/"),
                              .problems = problems};
    *out = (struct sweep){0};
    enum err err =
        whatif_fill(workbench, arena, question->with, &question->diagnosis.workbench, problems);
    if (!err)
        err = people_read(&sweeper, &people);
    if (err)
        return err;
    sweeper.now = whatif_losses(workbench, arena, question->with, &sweeper.losses);
    for (size_t i = 0; i < people.list.n && !err && !out->is_stopped; i++) {
        struct sweep_person person;
        err = person_sweep(&sweeper, people.list.items[i], &person);
        if (!err)
            list_add(arena, &out->people, person);
        out->is_stopped = !err && progress && !progress(context, i + 1, people.list.n);
    }
    if (out->is_stopped)
        out->people.n = 0;
    if (out->people.n)
        qsort(out->people.items, out->people.n, sizeof *out->people.items, person_compare);
    return err;
}
