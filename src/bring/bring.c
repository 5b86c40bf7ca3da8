#include "bring/bring.h"
#include "base/text.h"
#include "record/origin.h"
#include "store/import.h"
#include "workbook/workbook.h"
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- reading ---- */

/* The reader of .xlsx wants a path: the bytes go into memory that has one. */
static enum err xlsx_bytes_read(struct arena *arena, const char *bytes, size_t length,
                                struct sheets *out, struct problems *problems) {
    enum { PATH = 64 };
    char path[PATH];
    int file = memfd_create("bring", MFD_CLOEXEC);
    FILE *stream = file < 0 ? NULL : fdopen(file, "wb");
    if (!stream) {
        if (file >= 0)
            close(file);
        problem_add(problems, (struct place){0}, "There is no memory left to read this file.");
        return ERR_IO;
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    bool written = fwrite(bytes, 1, length, stream) == length && fflush(stream) == 0;
    enum err err = written ? xlsx_read(arena, path, out, problems) : ERR_IO;
    fclose(stream);
    return err;
}

/* Above the headings there may be lines without a separator, so it is not sought in the first line
 * only. */
static char separator_find(const char *bytes, size_t length) {
    static const char separators[] = ";,\t";
    enum { LOOKED_AT = 4096 };
    size_t most = 0, count;
    char found = ',';
    for (const char *separator = separators; *separator; separator++) {
        count = 0;
        bool quoted = false;
        for (size_t i = 0; i < length && i < LOOKED_AT; i++) {
            quoted ^= bytes[i] == '"';
            count += !quoted && bytes[i] == *separator;
        }
        if (count > most) {
            most = count;
            found = *separator;
        }
    }
    return found;
}

/* The separator is told in the way that spreadsheets do, in a line that is not counted. */
static enum err csv_bytes_read(struct arena *arena, const char *file, const char *bytes,
                               size_t length, struct sheets *out, struct problems *problems) {
    static const char mark[] = "\xEF\xBB\xBF";
    struct text text = text_new(arena);
    if (length >= 3 && memcmp(bytes, mark, 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    if (length < 4 || memcmp(bytes, "sep=", 4) != 0)
        text_add_format(&text, "sep=%c\n", separator_find(bytes, length));
    unsigned added = text.length ? 1 : 0;
    text_add_n(&text, bytes, length);
    enum err err = csv_read_bytes(arena, file, "list", text.bytes, text.length, out, problems);
    for (size_t i = 0; i < out->list.n; i++)
        for (size_t r = 0; r < out->list.items[i].rows.n; r++)
            out->list.items[i].rows.items[r].number -= added;
    return err;
}

enum err bring_read(struct arena *arena, const char *file, const char *bytes, size_t length,
                    struct sheets *out, struct problems *problems) {
    size_t before = problems->list.n, remarked = problems->remarks.n;
    *out = (struct sheets){.path = file};
    enum err err = length > 4 && memcmp(bytes, "PK\3\4", 4) == 0
                       ? xlsx_bytes_read(arena, bytes, length, out, problems)
                       : csv_bytes_read(arena, file, bytes, length, out, problems);
    out->path = file;
    for (size_t i = before; i < problems->list.n; i++)
        problems->list.items[i].place.file = file;
    for (size_t i = remarked; i < problems->remarks.n; i++)
        problems->remarks.items[i].place.file = file;
    for (size_t i = 0; i < out->list.n; i++)
        out->list.items[i].file = file;
    return err;
}

/* ---- doing ---- */

static enum err wishes_correct(struct db *db, struct arena *arena, const struct bring_wish *wish,
                               struct brought *out) {
    struct corrections corrections = {
        .programme = &out->programme,
        .base = out->programme.revision,
        .only_look = !wish->save,
        .author = wish->author,
        .reason = arena_format(arena, "Brought from the file “%s”", wish->file),
        .token = wish->token};
    for (size_t i = 0; i < out->plan.records.n; i++) {
        const struct planned *planned = &out->plan.records.items[i];
        list_add(arena, &corrections.records,
                 (struct wanted){planned->kind, planned->id, planned->cells});
    }
    if (!corrections.records.n)
        return OK;
    return correct_records(db, arena, &corrections, &out->changes);
}

/* ---- a workbook of ours ---- */

static enum err own_bring(struct db *db, struct arena *arena, const struct bring_wish *wish,
                          const struct sheets *sheets, const struct origin *origin,
                          struct brought *out) {
    const struct import_wish import = {
        .programme = wish->programme,
        .only_look = !wish->save,
        .author = wish->author,
        .reason = arena_format(arena, "Brought from the file “%s”", wish->file),
        .token = wish->token};
    struct imported imported = {0};
    if (!text_equal(origin->programme, wish->programme)) {
        problem_add(db_problems(db), (struct place){.file = wish->file},
                    "This workbook is a copy of another programme, \"%s\".", origin->programme);
        return ERR_INPUT;
    }
    enum err err = import_sheets(db, arena, sheets, &import, &imported);
    if (err == ERR_INPUT && imported.commit.conflicts.n) {
        corrected_take(arena, &imported.records, &imported.commit, &out->changes);
        out->changes.changes.n = 0;
        return OK;
    }
    if (!err)
        corrected_take(arena, &imported.records, &imported.commit, &out->changes);
    return err;
}

struct bringing {
    struct arena *arena;
    const struct bring_wish *wish;
    const struct sheets *sheets;
    const struct word_lists *lists;
    struct brought *out;
};

static enum err bring_within(struct db *db, void *context) {
    struct bringing *bringing = context;
    struct brought *out = bringing->out;
    struct sheets sheets;
    enum err err = programme_find(db, bringing->arena, bringing->wish->programme, &out->programme);
    if (!err)
        err = programme_sheets(db, bringing->arena, &out->programme, 0, &sheets);
    if (!err) {
        out->records = records_new(bringing->arena);
        err = records_read(&sheets, &out->records, db_problems(db));
    }
    if (err)
        return err;
    const struct plan_wish wish = {bringing->lists, bringing->sheets, &out->records,
                                   bringing->wish->answers};
    out->plan = plan_make(bringing->arena, &wish);
    if (!out->plan.layout.list || out->plan.asked)
        return OK;
    return wishes_correct(db, bringing->arena, bringing->wish, out);
}

enum err bring_file(struct db *db, struct arena *arena, const struct bring_wish *wish,
                    struct brought *out) {
    /* The plan goes on pointing at these. */
    struct sheets *sheets = arena_alloc(arena, sizeof *sheets);
    struct word_lists *lists = arena_alloc(arena, sizeof *lists);
    struct origin origin;
    struct bringing bringing = {arena, wish, sheets, lists, out};
    *out = (struct brought){0};
    enum err err = words_load(arena, lists, db_problems(db));
    if (!err)
        err = bring_read(arena, wish->file, wish->bytes, wish->length, sheets, db_problems(db));
    if (err)
        return err;
    out->is_own = origin_find(sheets, &origin);
    if (out->is_own)
        return own_bring(db, arena, wish, sheets, &origin, out);
    return wish->save ? db_write(db, bring_within, &bringing)
                      : db_read(db, bring_within, &bringing);
}
