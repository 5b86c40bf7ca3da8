#include "steps/programme_steps.h"
#include "base/text.h"
#include "db/db.h"
#include <stdlib.h>
#include <string.h>

static const char *const change_names[STEP_CHANGE_KINDS] = {"worded", "ordered", "set aside",
                                                            "taken up", "put back"};
static const char put_back_reason[] = "All steps were put back as the papers have them";

/* ---- what they are ---- */

struct folding {
    struct arena *arena;
    const struct content *content;
    struct programme_steps *out;
};

static struct programme_step *step_in(struct programme_steps *steps, const char *id) {
    for (size_t i = 0; i < steps->list.n; i++)
        if (text_equal(steps->list.items[i].id, id))
            return &steps->list.items[i];
    return NULL;
}

const struct programme_step *programme_step_find(const struct programme_steps *steps,
                                                 const char *id) {
    for (size_t i = 0; i < steps->list.n; i++)
        if (text_equal(steps->list.items[i].id, id))
            return &steps->list.items[i];
    return NULL;
}

static void originals_add(struct folding *folding) {
    const struct content *content = folding->content;
    for (size_t i = 0; i < content->step_count; i++)
        list_add(folding->arena, &folding->out->list,
                 (struct programme_step){.id = page_header(content->steps[i], "id"),
                                         .page = content->steps[i],
                                         .original = (int)i + 1});
}

static struct names ids_split(struct arena *arena, const char *list) {
    struct names out = {0};
    const char *rest = list;
    for (const char *id; rest && (id = text_next_piece(arena, &rest, ' '));)
        if (*id)
            list_add(arena, &out.list, id);
    return out;
}

/* Those that the order names come first, as it names them. */
static void order_take(struct folding *folding, const char *list) {
    const struct names ids = ids_split(folding->arena, list);
    struct programme_steps *steps = folding->out;
    size_t placed = 0;
    for (size_t i = 0; i < ids.list.n; i++) {
        const struct programme_step *found = programme_step_find(steps, ids.list.items[i]);
        size_t at = found ? (size_t)(found - steps->list.items) : 0;
        if (!found || at < placed)
            continue;
        const struct programme_step step = *found;
        memmove(&steps->list.items[placed + 1], &steps->list.items[placed],
                (at - placed) * sizeof step);
        steps->list.items[placed++] = step;
    }
}

static int original_compare(const void *a, const void *b) {
    const struct programme_step *left = a, *right = b;
    if (!left->original || !right->original)
        return (left->original == 0) - (right->original == 0);
    return left->original - right->original;
}

static void all_put_back(struct folding *folding) {
    struct programme_steps *steps = folding->out;
    for (size_t i = 0; i < steps->list.n; i++) {
        struct programme_step *step = &steps->list.items[i];
        if (step->page)
            *step = (struct programme_step){.id = step->id,
                                            .page = step->page,
                                            .original = step->original,
                                            .changed = steps->changed};
        else if (!step->aside)
            step->aside = put_back_reason;
    }
    if (steps->list.n)
        qsort(steps->list.items, steps->list.n, sizeof *steps->list.items, original_compare);
}

enum column { NUMBER, STEP, WHAT, AUTHOR, AT, REASON, TITLE, WHY, WHAT_TO_DO, GOOD, SMALLEST, IDS };

static void words_take(struct folding *folding, const struct db_rows *rows,
                       struct programme_step *step) {
    struct arena *arena = folding->arena;
    step->own = (struct step_words){
        .title = db_row_copy(arena, rows, TITLE),
        .why = db_row_copy(arena, rows, WHY),
        .what_to_do = db_row_copy(arena, rows, WHAT_TO_DO),
        .good = db_row_copy(arena, rows, GOOD),
        .smallest = db_row_copy(arena, rows, SMALLEST),
    };
    step->rules = ids_split(arena, db_row_copy(arena, rows, IDS));
}

/* The step that a change is about; a new one if it adds it. */
static struct programme_step *step_changed(struct folding *folding, const char *id, int what) {
    struct programme_step *step = step_in(folding->out, id);
    if (step || what != STEP_WORDED || !*id)
        return step;
    list_add(folding->arena, &folding->out->list,
             (struct programme_step){.id = arena_copy(folding->arena, id)});
    folding->out->own++;
    return &folding->out->list.items[folding->out->list.n - 1];
}

static void change_take(struct folding *folding, const struct db_rows *rows) {
    struct arena *arena = folding->arena;
    int what = name_index(change_names, STEP_CHANGE_KINDS, db_row_text(rows, WHAT));
    struct programme_step *step = step_changed(folding, db_row_text(rows, STEP), what);
    folding->out->changed = db_row_integer(rows, NUMBER);
    if (what == STEP_ORDERED)
        order_take(folding, db_row_copy(arena, rows, IDS));
    else if (what == STEPS_PUT_BACK)
        all_put_back(folding);
    if (!step)
        return;
    if (what == STEP_WORDED)
        words_take(folding, rows, step);
    else
        step->aside = what == STEP_SET_ASIDE ? db_row_copy(arena, rows, REASON) : NULL;
    step->changed = folding->out->changed;
    step->author = db_row_copy(arena, rows, AUTHOR);
    step->at = db_row_copy(arena, rows, AT);
}

enum err programme_steps_read(struct db *db, struct arena *arena, const struct content *content,
                              const struct programme *programme, struct programme_steps *out) {
    struct folding folding = {arena, content, out};
    struct db_rows rows;
    *out = (struct programme_steps){0};
    originals_add(&folding);
    enum err err = db_query(db, SQL_step_changes, DB_VALUES(db_integer(programme->id)), &rows);
    while (!err && db_next(&rows))
        change_take(&folding, &rows);
    return db_rows_end(&rows, err);
}

const char *programme_step_title(const struct programme_step *step) {
    return step->own.title ? step->own.title : step->page ? step->page->title : step->id;
}

bool programme_step_answers(const struct programme_step *step, const char *rule,
                            const char *of_papers) {
    return step->page ? of_papers && text_equal(step->id, of_papers)
                      : names_contain(&step->rules, rule);
}

/* ---- changing ---- */

static bool is_same(const struct db_rows *rows, int column, const char *text) {
    const char *kept = db_row_text(rows, column);
    return kept && text ? text_equal(kept, text) : !kept && !text;
}

/* Whether the row tells what the change would do. */
static bool does_the_same(const struct db_rows *rows, const struct step_change *change) {
    const char *const texts[] = {
        change->reason,     change->words.title,    change->words.why, change->words.what_to_do,
        change->words.good, change->words.smallest, change->list};
    enum { FIRST = 2 };
    bool same = is_same(rows, FIRST - 1, change_names[change->what]);
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
        same &= is_same(rows, FIRST + i, texts[i]);
    return same;
}

/* The step of a change that was made with this token; NULL if none was. `is_other` if that was
 * another change: a browser may show one page, and its token, in two windows. */
static enum err change_known(struct db *db, struct arena *arena, const struct programme *programme,
                             const struct step_change *change, const char **step, bool *is_other) {
    struct db_rows rows;
    *step = NULL;
    *is_other = false;
    if (!change->token)
        return OK;
    enum err err = db_query(db, SQL_step_change_known,
                            DB_VALUES(db_integer(programme->id), db_text(change->token)), &rows);
    if (!err && db_next(&rows)) {
        *step = db_row_copy(arena, &rows, 0);
        *is_other = !does_the_same(&rows, change);
    }
    return db_rows_end(&rows, err);
}

/* Whether it can be made, to the steps as they are now. */
static enum step_outcome change_judge(const struct programme_steps *steps,
                                      const struct step_change *change) {
    const struct programme_step *step =
        change->step ? programme_step_find(steps, change->step) : NULL;
    if (change->step && !step)
        return STEP_UNKNOWN;
    if (step)
        return step->changed > change->seen ? STEP_OVERTAKEN : STEP_CHANGED;
    if (change->what == STEP_WORDED)
        return steps->own < OWN_STEPS_MOST ? STEP_CHANGED : STEP_TOO_MANY;
    return steps->changed > change->seen ? STEP_OVERTAKEN : STEP_CHANGED;
}

enum err step_change_write(struct db *db, struct arena *arena, const struct content *content,
                           const struct programme *programme, const struct step_change *change,
                           enum step_outcome *outcome, const char **step) {
    struct programme locked = *programme;
    struct programme_steps steps;
    const struct step_words *words = &change->words;
    char now[DB_TIME_SIZE];
    bool is_other = false;
    *outcome = STEP_CHANGED;
    enum err err = programme_lock(db, arena, &locked);
    if (!err)
        err = change_known(db, arena, programme, change, step, &is_other);
    if (is_other)
        *outcome = STEP_OVERTAKEN;
    if (err || *step)
        return err;
    *step = change->step;
    err = programme_steps_read(db, arena, content, programme, &steps);
    if (!err)
        *outcome = change_judge(&steps, change);
    if (err || *outcome != STEP_CHANGED)
        return err;
    int64_t number = steps.changed + 1;
    if (!change->step && change->what == STEP_WORDED)
        *step = arena_format(arena, "own-%lld", (long long)number);
    db_now(now);
    return db_run(db, SQL_step_change_add,
                  DB_VALUES(db_integer(programme->id), db_integer(number),
                            db_text(*step ? *step : ""), db_text(change_names[change->what]),
                            db_text(change->author), db_text(now), db_text(change->token),
                            db_text(change->reason), db_text(words->title), db_text(words->why),
                            db_text(words->what_to_do), db_text(words->good),
                            db_text(words->smallest), db_text(change->list)));
}
