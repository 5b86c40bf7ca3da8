#include "db/fulltext.h"
#include "base/text.h"
#include "db/engine.h"
#include <stdio.h>
#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

enum { WORD_MOST = 100 /* bytes of a word; what is longer is cut: PostgreSQL has a limit */ };

/* In the words of each engine: SQLite, PostgreSQL. SQLite's index knows in which column a word
 * stands. PostgreSQL's knows nothing of a word's weight, and would look at every row that has the
 * word anywhere; so there a letter before each word says where it is to be found, once for each
 * place that can be asked for, and PostgreSQL's own parser is left out of it. */
static const char *const table_make[][2] = {
    {"create virtual table if not exists fulltext_item using fts5("
     "title, words, reserved, marks, about unindexed, prefix='2 3')",
     "create table if not exists fulltext_item (id bigint not null primary key, "
     "words tsvector not null, about text not null)"},
    {"select 1",
     "create index if not exists fulltext_item_words on fulltext_item using gin (words) "
     "with (fastupdate = off)"},
};
static const char *const table_count[2] = {
    "select count(*) from sqlite_schema where name = 'fulltext_item'",
    "select count(*) from pg_class where oid = to_regclass('fulltext_item')",
};
static const char *const item_put[2] = {
    "insert or replace into fulltext_item (rowid, title, words, reserved, marks, about) "
    "values ($1, $2, $3, $4, $5, $6)",
    "insert into fulltext_item (id, words, about) "
    "values ($1, array_to_tsvector(string_to_array($2, ' ')), $3) "
    "on conflict (id) do update set words = excluded.words, about = excluded.about",
};
static const char *const item_remove[2] = {
    "delete from fulltext_item where rowid = $1",
    "delete from fulltext_item where id = $1",
};
static const char *const items_clear[2] = {
    "delete from fulltext_item where rowid in "
    "(select rowid from fulltext_item where fulltext_item match $1)",
    "delete from fulltext_item where words @@ $1::tsquery",
};
static const char *const items_find[2] = {
    "select rowid, about from fulltext_item where fulltext_item match $1 "
    "order by rowid desc limit $2",
    "select id, about from fulltext_item where words @@ $1::tsquery "
    "order by id desc limit $2",
};
static const char *const items_find_any[2] = {
    "select rowid, about from fulltext_item where fulltext_item match $1 limit $2",
    "select id, about from fulltext_item where words @@ $1::tsquery limit $2",
};
/* SQLite keeps the words of what was deleted until its segments are merged; PostgreSQL guesses how
 * often a word stands there until it has counted. */
static const char *const items_settle[2] = {
    "insert into fulltext_item (fulltext_item) values ('optimize')",
    "analyze fulltext_item",
};
static enum statement statement_of(struct db *db, const char *const texts[2]) {
    return db_statement_add(db, texts[db_engine_of(db)]);
}

/* ---- words ---- */

/* What people without such a key write for letters that Unicode takes for letters of their own. */
static ucs4_t plain_letter(ucs4_t letter) {
    static const struct {
        ucs4_t letter, plain;
    } plain[] = {{0xF8, 'o'}, {0x142, 'l'}, {0x111, 'd'}, {0x131, 'i'}};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (plain[i].letter == letter)
            return plain[i].plain;
    return letter;
}

/* A mark on a letter goes; whatever is neither letter nor digit parts two words. */
static void letter_add(struct text *out, ucs4_t letter, size_t *length) {
    enum { LETTER_MOST = 6 };
    uint8_t bytes[LETTER_MOST];
    if (uc_is_general_category_withtable(letter, UC_CATEGORY_MASK_M))
        return;
    if (!uc_is_general_category_withtable(letter, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N)) {
        if (*length)
            text_add_char(out, ' ');
        *length = 0;
        return;
    }
    int n = u8_uctomb(bytes, plain_letter(letter), sizeof bytes);
    if (n > 0 && *length + (size_t)n <= WORD_MOST) {
        text_add_n(out, (const char *)bytes, (size_t)n);
        *length += (size_t)n;
    }
}

char *fulltext_fold(struct arena *arena, const char *text) {
    struct text out = text_new(arena);
    size_t n, length = 0;
    uint8_t *folded =
        u8_casefold((const uint8_t *)text, strlen(text), NULL, UNINORM_NFKD, NULL, &n);
    if (!folded)
        abort(); /* memory: the text is UTF-8 */
    for (size_t at = 0; at < n;) {
        ucs4_t letter;
        int step = u8_mbtouc(&letter, folded + at, n - at);
        letter_add(&out, letter, &length);
        at += (size_t)step;
    }
    free(folded);
    if (out.length && !length)
        out.bytes[--out.length] = '\0';
    return out.bytes ? out.bytes : arena_copy(arena, "");
}

/* ---- putting in ---- */

enum err fulltext_is_there(struct db *db, bool *out) {
    struct db_rows rows;
    *out = false;
    enum err err = db_query(db, statement_of(db, table_count), DB_NO_VALUES, &rows);
    if (!err && db_next(&rows))
        *out = db_row_integer(&rows, 0) > 0;
    return db_rows_end(&rows, err);
}

enum err fulltext_make(struct db *db) {
    bool is_there;
    enum err err = fulltext_is_there(db, &is_there);
    for (size_t i = 0; !err && !is_there && i < sizeof table_make / sizeof *table_make; i++)
        err = db_run(db, statement_of(db, table_make[i]), DB_NO_VALUES);
    return err;
}

/* PostgreSQL's letters: a mark; a word in the title, in title or words, anywhere. */
static const char mark_letter = 'm';
static const char place_letters[] = {
    [FULLTEXT_TITLE] = 't', [FULLTEXT_WORDS] = 'w', [FULLTEXT_RESERVED] = 'r'};

static void lettered_add(struct text *out, char letter, const char *words) {
    for (const char *at = words; *at; at += *at == ' ') {
        const size_t length = strcspn(at, " ");
        text_add_format(out, "%s%c", out->length ? " " : "", letter);
        text_add_n(out, at, length);
        at += length;
    }
}

static const char *lettered(struct arena *arena, const struct fulltext_item *item) {
    const char *const places[] = {[FULLTEXT_TITLE] = item->title,
                                  [FULLTEXT_WORDS] = item->words,
                                  [FULLTEXT_RESERVED] = item->reserved};
    struct text out = text_new(arena);
    lettered_add(&out, mark_letter, item->marks);
    for (size_t stands = 0; stands < sizeof places / sizeof *places; stands++)
        for (size_t asked = stands; asked < sizeof place_letters; asked++)
            lettered_add(&out, place_letters[asked], places[stands]);
    return out.bytes;
}

enum err fulltext_put(struct db *db, struct arena *arena, const struct fulltext_item *item) {
    return db_engine_of(db) == DB_SQLITE
               ? db_run(db, statement_of(db, item_put),
                        DB_VALUES(db_integer(item->id), db_text(item->title), db_text(item->words),
                                  db_text(item->reserved), db_text(item->marks),
                                  db_text(item->about)))
               : db_run(db, statement_of(db, item_put),
                        DB_VALUES(db_integer(item->id), db_text(lettered(arena, item)),
                                  db_text(item->about)));
}

enum err fulltext_remove(struct db *db, int64_t id) {
    return db_run(db, statement_of(db, item_remove), DB_VALUES(db_integer(id)));
}

/* ---- asking ---- */

/* Each word with what stands around it; folded words hold nothing that an engine would obey. */
static void words_add(struct text *out, struct arena *arena, const char *words, const char *begin,
                      const char *end, const char *last_end, const char *between) {
    const char *rest = words, *word;
    bool first = true;
    while (rest && (word = text_next_piece(arena, &rest, ' '))) {
        text_add_format(out, "%s%s%s%s", first ? "" : between, begin, word, rest ? end : last_end);
        first = false;
    }
}

static void match_sqlite(struct text *out, struct arena *arena,
                         const struct fulltext_query *query) {
    static const char *const columns[] = {"title", "title words", "title words reserved"};
    text_add(out, "marks : (");
    words_add(out, arena, query->marks, "\"", "\"", "\"", " AND ");
    text_add_format(out, ") AND {%s} : (", columns[query->where]);
    words_add(out, arena, query->words, "\"", "\"", query->last_begins ? "\" *" : "\"", " AND ");
    text_add_char(out, ')');
}

static void match_postgres(struct text *out, struct arena *arena,
                           const struct fulltext_query *query) {
    const char mark[] = {'\'', mark_letter, '\0'};
    const char place[] = {'\'', place_letters[query->where], '\0'};
    words_add(out, arena, query->marks, mark, "'", "'", " & ");
    text_add(out, " & ");
    words_add(out, arena, query->words, place, "'", query->last_begins ? "':*" : "'", " & ");
}

static const char *match_of(struct db *db, struct arena *arena,
                            const struct fulltext_query *query) {
    struct text out = text_new(arena);
    if (db_engine_of(db) == DB_SQLITE)
        match_sqlite(&out, arena, query);
    else
        match_postgres(&out, arena, query);
    return out.bytes;
}

enum err fulltext_find(struct db *db, struct arena *arena, const struct fulltext_query *query,
                       size_t most, struct fulltext_hits *out) {
    struct db_rows rows;
    enum err err =
        db_query(db, statement_of(db, query->in_any_order ? items_find_any : items_find),
                 DB_VALUES(db_text(match_of(db, arena, query)), db_integer((int64_t)most)), &rows);
    *out = (struct fulltext_hits){0};
    while (!err && db_next(&rows))
        list_add(arena, &out->list,
                 (struct fulltext_hit){db_row_integer(&rows, 0), db_row_copy(arena, &rows, 1)});
    return db_rows_end(&rows, err);
}

enum err fulltext_clear(struct db *db, const char *mark) {
    enum { MARK_MOST = 64 };
    char match[MARK_MOST];
    snprintf(match, sizeof match, db_engine_of(db) == DB_SQLITE ? "marks : \"%s\"" : "'m%s'", mark);
    enum err err = db_run(db, statement_of(db, items_clear), DB_VALUES(db_text(match)));
    return err ? err : fulltext_settle(db);
}

enum err fulltext_settle(struct db *db) {
    return db_run(db, statement_of(db, items_settle), DB_NO_VALUES);
}
