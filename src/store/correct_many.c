#include "store/correct_many.h"
#include "base/text.h"
#include "store/correct.h"
#include "store/erase.h"
#include "store/stored.h"
#include "store/versions.h"

enum { SCRATCH_MEMORY = 1 << 30 }; /* bytes, while the programme is checked */

struct correcting {
    struct arena *arena, *scratch;
    const struct corrections *wish;
    struct programme programme;
    struct sheets sheets;
    struct records records;
    size_t *seen;         /* by kind: rows of its sheet, while they are read */
    struct index *rows;   /* by kind: on which row a record stands, as a pointer to its number */
    struct index *wanted; /* by kind: the ids of what is wished */
    struct corrected_many *out;
};

/* ---- the programme as it would be ---- */

static bool row_note(void *context, const struct kind *kind, const char *id) {
    struct correcting *correcting = context;
    size_t k = kind_index(kind), row = ++correcting->seen[k];
    if (index_find(&correcting->wanted[k], id)) {
        size_t *noted = arena_alloc(correcting->scratch, sizeof *noted);
        *noted = row;
        (void)index_add(correcting->scratch, &correcting->rows[k],
                        arena_copy(correcting->scratch, id), noted);
    }
    return true;
}

static void problem_say(struct correcting *correcting, const char *words) {
    list_add(correcting->arena, &correcting->out->problems, arena_copy(correcting->arena, words));
}

static void row_put(struct correcting *correcting, const struct wanted *wanted) {
    struct arena *scratch = correcting->scratch;
    size_t k = kind_index(wanted->kind), n = kind_field_count(wanted->kind);
    struct sheet *sheet = &correcting->sheets.list.items[k];
    const size_t *row = wanted->id ? index_find(&correcting->rows[k], wanted->id) : NULL;
    if (wanted->id && !row) {
        problem_say(correcting,
                    arena_format(scratch,
                                 "“%s” has been taken out by somebody else meanwhile. Look at it "
                                 "again before you go on.",
                                 wanted->id));
        return;
    }
    if (row && !wanted->cells) {
        sheet->rows.items[*row].n = 0; /* it goes, when all rows are put */
        return;
    }
    const char **cells = arena_alloc_array(scratch, n, sizeof *cells);
    memcpy(cells, wanted->cells, n * sizeof *cells);
    if (row)
        sheet->rows.items[*row].cells = cells;
    else
        list_add(scratch, &sheet->rows,
                 (struct sheet_row){.number = (unsigned)sheet->rows.n + 1, .cells = cells, .n = n});
}

static void rows_close(struct sheet *sheet) {
    size_t to = 1;
    for (size_t i = 1; i < sheet->rows.n; i++)
        if (sheet->rows.items[i].n)
            sheet->rows.items[to++] = sheet->rows.items[i];
    if (sheet->rows.n)
        sheet->rows.n = to;
}

static enum err sheets_make(struct db *db, struct correcting *correcting) {
    struct arena *scratch = correcting->scratch;
    const struct row_choice choice = {row_note, correcting};
    correcting->seen = arena_alloc_array(scratch, kind_count, sizeof *correcting->seen);
    correcting->rows = arena_alloc_array(scratch, kind_count, sizeof *correcting->rows);
    correcting->wanted = arena_alloc_array(scratch, kind_count, sizeof *correcting->wanted);
    for (size_t i = 0; i < correcting->wish->records.n; i++) {
        const struct wanted *wanted = &correcting->wish->records.items[i];
        if (wanted->id)
            (void)index_add(scratch, &correcting->wanted[kind_index(wanted->kind)], wanted->id,
                            correcting);
    }
    enum err err =
        programme_sheets_chosen(db, scratch, &correcting->programme, &choice, &correcting->sheets);
    for (size_t i = 0; !err && i < correcting->wish->records.n; i++)
        row_put(correcting, &correcting->wish->records.items[i]);
    for (size_t i = 0; !err && i < correcting->sheets.list.n; i++)
        rows_close(&correcting->sheets.list.items[i]);
    return err;
}

/* ---- what is told ---- */

static void problems_take(struct correcting *correcting, const struct problems *problems,
                          size_t from) {
    for (size_t i = from; i < problems->list.n; i++) {
        const struct problem *problem = &problems->list.items[i];
        const struct kind *kind = problem->place.sheet ? kind_of_sheet(problem->place.sheet) : NULL;
        const char *words = correct_words(correcting->scratch, &correcting->records, problem),
                   *label = NULL;
        for (size_t r = 0; kind && r < records_of(&correcting->records, kind)->list.n; r++) {
            const struct record *record = records_of(&correcting->records, kind)->list.items[r];
            if (record->row == problem->place.row)
                label = record_label(&correcting->records, record);
        }
        problem_say(correcting,
                    label ? arena_format(correcting->scratch, "“%s”%s%s: %s", label,
                                         problem->place.column ? ", " : "",
                                         problem->place.column ? problem->place.column : "", words)
                          : words);
    }
}

static const char **cells_of(struct arena *arena, const struct kind *kind, const char *content) {
    if (!content)
        return NULL;
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    return stored_read(arena, kind, content, cells) == OK ? cells : NULL;
}

static const char **names_of(struct arena *arena, const struct records *records,
                             const struct kind *kind, const char *const *cells) {
    const char **names = arena_alloc_array(arena, kind_field_count(kind), sizeof *names);
    for (int f = 0; cells && kind->fields[f].name; f++) {
        const struct record *other =
            cells[f] && kind->fields[f].type == FIELD_REF
                ? records_find(records, kind_find(kind->fields[f].refers_to), cells[f])
                : NULL;
        if (other)
            names[f] = arena_copy(arena, record_label(records, other));
    }
    return names;
}

void corrected_take(struct arena *arena, const struct records *records, const struct commit *commit,
                    struct corrected_many *out) {
    out->is_known = commit->known;
    out->revision = commit->programme.revision;
    for (size_t i = 0; i < commit->changes.n; i++) {
        const struct change *change = &commit->changes.items[i];
        const struct record *record = records_find(records, change->kind, change->key);
        struct corrected_change taken = {.what = change->what,
                                         .kind = change->kind,
                                         .key = arena_copy(arena, change->key),
                                         .before = cells_of(arena, change->kind, change->before),
                                         .after = cells_of(arena, change->kind, change->after)};
        taken.named = names_of(arena, records, change->kind, taken.after);
        taken.label = record ? arena_copy(arena, record_label(records, record)) : taken.key;
        int name = kind_field_index(change->kind, "name");
        name = name >= 0 ? name : kind_field_index(change->kind, "title");
        if (!record && name >= 0 && taken.before && taken.before[name])
            taken.label = taken.before[name];
        list_add(arena, &out->changes, taken);
    }
    for (size_t i = 0; i < commit->conflicts.n; i++)
        list_add(arena, &out->problems,
                 arena_format(arena,
                              "“%s” (%s) has been changed by somebody else meanwhile. Nothing was "
                              "saved.",
                              commit->conflicts.items[i].key,
                              commit->conflicts.items[i].kind->sheet));
}

/* ---- saving ---- */

static enum err commit_make(struct db *db, struct correcting *correcting) {
    const struct corrections *wish = correcting->wish;
    struct problems *problems = db_problems(db);
    size_t told = problems->list.n;
    bool *brought = arena_alloc_array(correcting->scratch, kind_count, sizeof *brought);
    struct commit commit = {0};
    for (size_t i = 0; i < wish->records.n; i++)
        brought[kind_index(wish->records.items[i].kind)] = true;
    const struct draft draft = {
        .programme = correcting->programme.key,
        .records = &correcting->records,
        .kinds = brought,
        .others_fresh = true,
        .base = wish->base,
        .may_remove = true,
        .only_look = wish->only_look,
        .author = wish->author,
        .reason = wish->reason,
        .token = wish->token,
    };
    enum err err = commit_draft_within(db, correcting->scratch, &draft, &commit);
    if (err && err != ERR_INPUT)
        return err;
    corrected_take(correcting->arena, &correcting->records, &commit, correcting->out);
    if (!err)
        return OK;
    correcting->out->changes.n = 0;
    problems_take(correcting, problems, told);
    problems->list.n = told;
    return OK;
}

static enum err correct_try(struct db *db, struct correcting *correcting) {
    struct problems problems = problems_new(correcting->scratch);
    enum err err = sheets_make(db, correcting);
    if (err || correcting->out->problems.n)
        return err;
    correcting->records = records_new(correcting->scratch);
    if (records_read(&correcting->sheets, &correcting->records, &problems) != OK) {
        problems_take(correcting, &problems, 0);
        return OK;
    }
    return commit_make(db, correcting);
}

enum err correct_records(struct db *db, struct arena *arena, const struct corrections *wish,
                         struct corrected_many *out) {
    struct correcting correcting = {.arena = arena,
                                    .scratch = arena_new(SCRATCH_MEMORY),
                                    .wish = wish,
                                    .programme = *wish->programme,
                                    .out = out};
    int64_t erased = 0;
    *out = (struct corrected_many){0};
    enum err err =
        wish->only_look ? OK : programme_lock(db, correcting.scratch, &correcting.programme);
    out->revision = correcting.programme.revision;
    if (!err)
        err = erase_latest(db, correcting.programme.id, &erased);
    out->is_stale = wish->base < erased || wish->base > correcting.programme.revision;
    if (!err && !out->is_stale)
        err = correct_try(db, &correcting);
    arena_free(correcting.scratch);
    return err;
}

/* ---- undoing ---- */

static void undo_refuse(struct arena *arena, const struct version *version,
                        struct corrected_many *out) {
    const struct kind *kind = kind_find(version->kind);
    list_add(arena, &out->problems,
             arena_format(arena,
                          "“%s” (%s) has been changed since. It cannot be undone together with the "
                          "rest: correct what is wrong one by one.",
                          version->key, kind ? kind->sheet : version->kind));
}

/* Of the versions that began in the revision: those before them, by kind and key. */
/* What the revision took out comes back. */
static enum err undo_removals(struct arena *arena, const struct versions *begun,
                              const struct versions *ended, struct corrections *wish) {
    struct index after = {0};
    for (size_t i = 0; i < begun->list.n; i++)
        (void)index_add(
            arena, &after,
            arena_format(arena, "%s/%s", begun->list.items[i].kind, begun->list.items[i].key),
            &begun->list.items[i]);
    for (size_t i = 0; i < ended->list.n; i++) {
        const struct version *old = &ended->list.items[i];
        struct wanted wanted = {.kind = kind_find(old->kind)};
        if (index_find(&after, arena_format(arena, "%s/%s", old->kind, old->key)))
            continue;
        wanted.cells = wanted.kind ? cells_of(arena, wanted.kind, old->content) : NULL;
        if (!wanted.cells)
            return ERR_INPUT;
        list_add(arena, &wish->records, wanted);
    }
    return OK;
}

static enum err undo_wishes(struct db *db, struct arena *arena, const struct undoing *undoing,
                            struct corrections *wish, struct corrected_many *out) {
    struct versions begun = {0}, ended = {0};
    struct index before = {0};
    int64_t programme = undoing->programme->id, revision = undoing->revision;
    enum err err = versions_begun(db, arena, programme, revision, revision, &begun);
    if (!err)
        err = versions_ended(db, arena, programme, revision, revision, &ended);
    for (size_t i = 0; !err && i < ended.list.n; i++)
        (void)index_add(
            arena, &before,
            arena_format(arena, "%s/%s", ended.list.items[i].kind, ended.list.items[i].key),
            &ended.list.items[i]);
    for (size_t i = 0; !err && i < begun.list.n; i++) {
        const struct version *version = &begun.list.items[i];
        const struct version *old =
            index_find(&before, arena_format(arena, "%s/%s", version->kind, version->key));
        struct wanted wanted = {.kind = kind_find(version->kind), .id = version->key};
        if (version->until)
            undo_refuse(arena, version, out);
        if (!wanted.kind)
            return ERR_INPUT;
        if (old)
            wanted.cells = cells_of(arena, wanted.kind, old->content);
        list_add(arena, &wish->records, wanted);
    }
    return err ? err : undo_removals(arena, &begun, &ended, wish);
}

enum err correct_undo(struct db *db, struct arena *arena, const struct undoing *undoing,
                      struct corrected_many *out) {
    struct programme programme = *undoing->programme;
    struct corrections wish = {.programme = &programme,
                               .only_look = undoing->only_look,
                               .author = undoing->author,
                               .reason = undoing->reason,
                               .token = undoing->token};
    *out = (struct corrected_many){0};
    enum err err = undoing->only_look ? OK : programme_lock(db, arena, &programme);
    wish.base = programme.revision;
    if (!err)
        err = undo_wishes(db, arena, undoing, &wish, out);
    if (err || out->problems.n || !wish.records.n)
        return err;
    return correct_records(db, arena, &wish, out);
}
