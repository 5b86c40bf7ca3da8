#include "store/correct.h"
#include "base/text.h"
#include "record/value.h"
#include "store/commit.h"
#include "store/erase.h"
#include "store/stored.h"
#include "store/versions.h"
#include <ctype.h>
#include <stdlib.h>

enum { SCRATCH_MEMORY = 1 << 30 }; /* bytes, while the programme is checked */

struct correcting {
    struct arena *arena, *scratch;
    const struct correction *wish;
    struct programme programme;
    struct sheets sheets;
    struct records records;
    unsigned *rows; /* of each item (the record, then those of `also`) on its sheet; 0: none */
    size_t *seen;   /* by kind: rows of its sheet, while they are read */
    struct corrected *out;
};

/* ---- what is brought ---- */

static size_t item_count(const struct correction *wish) {
    return 1 + wish->also_count;
}

static struct also_correct item_of(const struct correction *wish, size_t i) {
    return i ? wish->also[i - 1] : (struct also_correct){wish->kind, wish->key, wish->cells};
}

static const char *cell_of(const struct also_correct *item, const char *field) {
    int at = kind_field_index(item->kind, field);
    return at < 0 ? NULL : item->cells[at];
}

/* What no reader of workbooks would let in; and what one lets in, but nobody means who has the
 * record before them: that it ended in some way, and has not ended. */
static const char *cell_wrong(const struct also_correct *item, int field) {
    const char *cell = item->cells[field];
    if (!cell)
        return NULL;
    if (strlen(cell) > CELL_MAX)
        return "This is too long. Shorten it, or keep it in a document and give the link.";
    if (text_has_control(cell))
        return "There is an invisible control character in it. Delete the text and type it again.";
    if ((item->kind->fields[field].flags & OF_END) && !cell_of(item, "until"))
        return "This says how it ended, and Until is empty. If it has not ended, take this "
               "out, too; if it has, write the last day under Until.";
    return NULL;
}

static void cells_check(struct correcting *correcting) {
    struct corrected *out = correcting->out;
    for (size_t i = 0; i < item_count(correcting->wish); i++) {
        const struct also_correct item = item_of(correcting->wish, i);
        for (int f = 0; item.cells && item.kind->fields[f].name; f++) {
            const char *words = cell_wrong(&item, f);
            if (words)
                list_add(correcting->arena, &out->problems,
                         (struct correct_problem){.item = i, .field = f, .words = words});
        }
    }
    if (out->problems.n)
        out->as = CORRECT_WRONG;
}

/* ---- what was saved before ---- */

/* 0: nothing was saved with it. */
static enum err token_revision(struct db *db, const struct programme *programme, const char *token,
                               int64_t *out) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_revision_by_token,
                            DB_VALUES(db_integer(programme->id), db_text(token)), &rows);
    *out = !err && db_next(&rows) ? db_row_integer(&rows, 0) : 0;
    return db_rows_end(&rows, err);
}

enum err correct_is_known(struct db *db, const struct programme *programme, const char *token,
                          bool *out) {
    int64_t revision = 0;
    enum err err = token ? token_revision(db, programme, token, &revision) : OK;
    *out = revision;
    return err;
}

/* The record of the kind that began in the revision with the token. */
static enum err known_find(struct db *db, struct correcting *correcting) {
    const struct correction *wish = correcting->wish;
    struct versions begun = {0};
    int64_t revision = 0;
    enum err err = token_revision(db, &correcting->programme, wish->token, &revision);
    if (err || !revision)
        return err;
    correcting->out->as = CORRECT_KNOWN;
    err = versions_begun(db, correcting->scratch, correcting->programme.id, revision, revision,
                         &begun);
    for (size_t i = 0; i < begun.list.n && !correcting->out->key; i++)
        if (text_equal(begun.list.items[i].kind, wish->kind->name))
            correcting->out->key = arena_copy(correcting->arena, begun.list.items[i].key);
    return err;
}

static enum err stale_check(struct db *db, struct correcting *correcting) {
    int64_t erased = 0, base = correcting->wish->base;
    enum err err = erase_latest(db, correcting->programme.id, &erased);
    if (base < erased || base > correcting->programme.revision)
        correcting->out->as = CORRECT_STALE;
    return err;
}

/* ---- the programme as it would be ---- */

/* Takes every row, and notes on which the records stand. */
static bool row_note(void *context, const struct kind *kind, const char *id) {
    struct correcting *correcting = context;
    size_t seen = ++correcting->seen[kind_index(kind)];
    for (size_t i = 0; i < item_count(correcting->wish); i++) {
        const struct also_correct item = item_of(correcting->wish, i);
        if (kind == item.kind && item.key && text_equal(id, item.key))
            correcting->rows[i] = (unsigned)seen + 1; /* below the headings */
    }
    return true;
}

/* What people would call it, in the words of its own row. */
static const char *label_plain(struct arena *arena, const struct kind *kind, const char **cells) {
    struct text out = text_new(arena);
    for (const char *at = kind->label; (at = strstr(at, "{{")); at += 2) {
        const char *name = arena_copy_n(arena, at + 2, strcspn(at + 2, "}"));
        int field = kind_field_index(kind, name);
        if (field >= 0 && cells[field])
            text_add_format(&out, "%s ", cells[field]);
    }
    return out.length ? text_lower(arena, out.bytes) : kind->name;
}

static bool key_is_taken(const struct sheet *sheet, const char *key) {
    for (size_t i = 1; i < sheet->rows.n; i++)
        if (text_same_name(sheet->rows.items[i].cells[0] ? sheet->rows.items[i].cells[0] : "", key))
            return true;
    return false;
}

static const char *key_new(struct arena *arena, const struct sheet *sheet, const struct kind *kind,
                           const char **cells) {
    const char *plain = key_of_text(arena, label_plain(arena, kind, cells));
    if (!plain)
        plain = kind->name;
    const char *key = plain;
    for (unsigned i = 2; key_is_taken(sheet, key); i++)
        key = arena_format(arena, "%s-%u", plain, i);
    return key;
}

/* Puts an item into its sheet as it is wished. */
static void row_put(struct correcting *correcting, size_t i) {
    const struct also_correct item = item_of(correcting->wish, i);
    struct arena *scratch = correcting->scratch;
    struct sheet *sheet = &correcting->sheets.list.items[kind_index(item.kind)];
    size_t n = kind_field_count(item.kind), at = correcting->rows[i];
    if (!item.cells) {
        memmove(&sheet->rows.items[at - 1], &sheet->rows.items[at],
                (sheet->rows.n-- - at) * sizeof *sheet->rows.items);
        correcting->rows[i] = 0;
        return;
    }
    const char **cells = arena_alloc_array(scratch, n, sizeof *cells);
    memcpy(cells, item.cells, n * sizeof *cells);
    if (kind_has_key(item.kind) && item.key)
        cells[0] = item.key;
    else if (kind_has_key(item.kind) && !cells[0])
        cells[0] = key_new(scratch, sheet, item.kind, cells);
    if (!item.key) {
        correcting->rows[i] = (unsigned)sheet->rows.n + 1;
        list_add(scratch, &sheet->rows, (struct sheet_row){.number = correcting->rows[i], .n = n});
        at = correcting->rows[i];
    }
    sheet->rows.items[at - 1].cells = cells;
}

/* ---- what is wrong, in words for a page ---- */

/* Messages are written for people with a spreadsheet before them. */
static const char *const wordings[][2] = {
    {"This cell is empty, and every row needs it.", "Fill this in: it is needed."},
    {"this column", "this field"},
    {"these columns", "these fields"},
    {"the columns", "the fields"},
    {"This row names nobody.", "It names nobody."},
    {"Write a row for each.", "Add a record for each."},
    {"leave the cell empty", "leave it empty"},
    {"It stands on the sheet ", "It stands in Records under "},
    {" on the sheet ", " in Records under "},
    {"The hint on it:", "What belongs there:"},
    {"The hint on this field:", "What belongs there:"},
};

/* Where it stands in a message, passing over what somebody wrote, which has quotation marks. */
static const char *message_find(const char *words, const char *wanted) {
    bool is_quoted = false;
    for (; *words; words++) {
        if (*words == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && text_starts_with(words, wanted))
            return words;
    }
    return NULL;
}

static const char *words_replace(struct arena *arena, const char *words, const char *from,
                                 const char *to) {
    const char *at = message_find(words, from);
    return at ? arena_format(arena, "%.*s%s%s", (int)(at - words), words, to, at + strlen(from))
              : words;
}

static const struct record *record_in_row(const struct records *records, const struct kind *kind,
                                          unsigned row) {
    const struct record_list *all = records_of(records, kind);
    for (size_t i = 0; i < all->list.n; i++)
        if (all->list.items[i]->row == row)
            return all->list.items[i];
    return NULL;
}

/* "row 12" by the name of the record that stands there. */
static const char *row_named(struct arena *arena, const struct records *records,
                             const struct kind *kind, const char *words) {
    const char *at = message_find(words, "row ");
    if (!kind || !at || !isdigit((unsigned char)at[4]))
        return words;
    char *end;
    const struct record *record = record_in_row(records, kind, (unsigned)strtoul(at + 4, &end, 10));
    return record ? arena_format(arena, "%.*s“%s”%s", (int)(at - words), words,
                                 record_label(records, record), end)
                  : words;
}

/* Whether it is one of those that are brought, and which. */
static bool item_find(const struct correcting *correcting, const struct kind *kind, unsigned row,
                      size_t *item) {
    for (size_t i = 0; kind && row && i < item_count(correcting->wish); i++)
        if (item_of(correcting->wish, i).kind == kind && correcting->rows[i] == row) {
            *item = i;
            return true;
        }
    return false;
}

const char *correct_words(struct arena *arena, const struct records *records,
                          const struct problem *problem) {
    const struct kind *kind = problem->place.sheet ? kind_of_sheet(problem->place.sheet) : NULL;
    const char *words = row_named(arena, records, kind, problem->message);
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++)
        words = words_replace(arena, words, wordings[i][0], wordings[i][1]);
    return arena_copy(arena, words);
}

static void problem_take(struct correcting *correcting, const struct problem *problem) {
    struct arena *arena = correcting->arena;
    const struct kind *kind = problem->place.sheet ? kind_of_sheet(problem->place.sheet) : NULL;
    struct correct_problem taken = {.field = -1,
                                    .words = correct_words(arena, &correcting->records, problem)};
    bool is_own = item_find(correcting, kind, problem->place.row, &taken.item);
    for (int f = 0; is_own && problem->place.column && kind->fields[f].name; f++)
        if (text_equal(problem->place.column, field_heading(arena, &kind->fields[f])))
            taken.field = f;
    const struct record *other =
        kind && !is_own ? record_in_row(&correcting->records, kind, problem->place.row) : NULL;
    if (other && other->id) {
        taken.kind = kind;
        taken.key = arena_copy(arena, other->id);
        taken.label = arena_copy(arena, record_label(&correcting->records, other));
    }
    list_add(arena, &correcting->out->problems, taken);
}

/* ---- saving ---- */

static void conflict_take(struct correcting *correcting, const struct conflict *conflict) {
    struct arena *arena = correcting->arena;
    struct corrected *out = correcting->out;
    size_t n = kind_field_count(conflict->kind);
    out->as = CORRECT_CONFLICT;
    out->author = conflict->author ? arena_copy(arena, conflict->author) : NULL;
    out->at = conflict->at ? arena_copy(arena, conflict->at) : NULL;
    out->base = arena_alloc_array(arena, n, sizeof *out->base);
    out->now = arena_alloc_array(arena, n, sizeof *out->now);
    if ((conflict->base && stored_read(arena, conflict->kind, conflict->base, out->base) != OK) ||
        (conflict->now && stored_read(arena, conflict->kind, conflict->now, out->now) != OK))
        out->as = CORRECT_STALE; /* damaged: nothing that could be shown */
    if (!conflict->now)
        out->now = NULL;
}

static enum err correction_commit(struct db *db, struct correcting *correcting) {
    const struct correction *wish = correcting->wish;
    struct problems *problems = db_problems(db);
    size_t told = problems->list.n;
    bool *brought = arena_alloc_array(correcting->scratch, kind_count, sizeof *brought);
    struct commit commit = {0};
    for (size_t i = 0; i < item_count(wish); i++)
        brought[kind_index(item_of(wish, i).kind)] = true;
    const struct draft draft = {
        .programme = correcting->programme.key,
        .records = &correcting->records,
        .kinds = brought,
        .others_fresh = true,
        .base = wish->base,
        .may_remove = true,
        .author = wish->author,
        .reason = wish->reason,
        .token = wish->token,
    };
    enum err err = commit_draft_within(db, correcting->scratch, &draft, &commit);
    correcting->out->as = commit.changes.n ? CORRECT_SAVED : CORRECT_SAME;
    if (!err)
        correcting->out->revision = commit.programme.revision;
    if (err != ERR_INPUT)
        return err;
    correcting->out->as = CORRECT_WRONG;
    if (commit.conflicts.n)
        conflict_take(correcting, &commit.conflicts.items[0]);
    for (size_t i = told; i < problems->list.n; i++)
        problem_take(correcting, &problems->list.items[i]);
    problems->list.n = told;
    return OK;
}

static enum err correction_try(struct db *db, struct correcting *correcting) {
    const struct correction *wish = correcting->wish;
    const struct row_choice choice = {row_note, correcting};
    struct problems problems = problems_new(correcting->scratch);
    enum err err = programme_sheets_chosen(db, correcting->scratch, &correcting->programme, &choice,
                                           &correcting->sheets);
    for (size_t i = 0; !err && i < item_count(wish); i++)
        if (item_of(wish, i).key && !correcting->rows[i])
            correcting->out->as = CORRECT_GONE;
    if (err || correcting->out->as == CORRECT_GONE)
        return err;
    for (size_t i = 0; i < item_count(wish); i++)
        row_put(correcting, i);
    correcting->records = records_new(correcting->scratch);
    if (records_read(&correcting->sheets, &correcting->records, &problems) != OK) {
        correcting->out->as = CORRECT_WRONG;
        for (size_t i = 0; i < problems.list.n; i++)
            problem_take(correcting, &problems.list.items[i]);
        return OK;
    }
    const struct record *record =
        record_in_row(&correcting->records, wish->kind, correcting->rows[0]);
    correcting->out->key = record ? arena_copy(correcting->arena, record->id) : NULL;
    return correction_commit(db, correcting);
}

enum err correct_record(struct db *db, struct arena *arena, const struct correction *correction,
                        struct corrected *out) {
    struct correcting correcting = {.arena = arena,
                                    .scratch = arena_new(SCRATCH_MEMORY),
                                    .wish = correction,
                                    .programme = *correction->programme,
                                    .out = out};
    correcting.rows =
        arena_alloc_array(correcting.scratch, item_count(correction), sizeof *correcting.rows);
    correcting.seen = arena_alloc_array(correcting.scratch, kind_count, sizeof *correcting.seen);
    *out = (struct corrected){.as = CORRECT_SAVED};
    enum err err = programme_lock(db, correcting.scratch, &correcting.programme);
    out->revision = correcting.programme.revision;
    cells_check(&correcting);
    if (!err && out->as == CORRECT_SAVED)
        err = known_find(db, &correcting);
    if (!err && out->as == CORRECT_SAVED)
        err = stale_check(db, &correcting);
    if (!err && out->as == CORRECT_SAVED)
        err = correction_try(db, &correcting);
    arena_free(correcting.scratch);
    return err;
}
