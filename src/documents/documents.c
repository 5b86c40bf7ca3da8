#include "documents/documents.h"
#include "base/text.h"
#include "documents/media.h"
#include <sodium.h>

enum { HASH_TEXT = 2 * crypto_hash_sha256_BYTES + 1 };

/* ---- what is taken ---- */

/* Marks that turn the direction of writing, by which "cod.exe" is made to look like a paper; and
 * those that nobody sees. */
static bool has_hidden_marks(const char *name) {
    static const char *const marks[] = {"\u200b", "\u200e", "\u200f", "\u202a", "\u202b",
                                        "\u202c", "\u202d", "\u202e", "\u2066", "\u2067",
                                        "\u2068", "\u2069", "\ufeff"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(name, marks[i]))
            return true;
    return false;
}

const char *document_file_fault(struct arena *arena, const char *file, const char *bytes,
                                size_t length, const char **media) {
    const char *fault;
    *media = NULL;
    if (text_blank(file))
        return "Choose a file";
    if (!length)
        return "This file is empty";
    if (length > DOCUMENT_FILE_MAX)
        return "This file is larger than 20 MB. Make it smaller, or keep it where it is and give "
               "the link";
    if (strlen(file) > DOCUMENT_NAME_MAX)
        return "The name of this file is too long. Give it a shorter one";
    if (text_has_control(file) || has_hidden_marks(file))
        return "The name of this file has invisible characters in it. Give it another name";
    *media = media_of(arena, file, bytes, length, &fault);
    return fault;
}

/* ---- adding ---- */

enum err document_room(struct db *db, int64_t programme, size_t length, bool *out) {
    const int64_t most = (int64_t)DOCUMENTS_ROOM_MB * 1024 * 1024;
    struct db_rows rows;
    *out = false;
    enum err err = db_query(db, SQL_document_room, DB_VALUES(db_integer(programme)), &rows);
    if (!err && db_next(&rows))
        *out = db_row_integer(&rows, 0) + (int64_t)length <= most;
    return db_rows_end(&rows, err);
}

static const char *hash_text(struct arena *arena, const char *bytes, size_t length) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    char *out = arena_alloc(arena, HASH_TEXT);
    crypto_hash_sha256(hash, (const unsigned char *)bytes, length);
    return sodium_bin2hex(out, HASH_TEXT, hash, sizeof hash);
}

static enum err pieces_add(struct db *db, struct arena *arena, const struct document_new *added,
                           int64_t id) {
    const size_t room = sodium_base64_ENCODED_LEN(DOCUMENT_PIECE, sodium_base64_VARIANT_ORIGINAL);
    char *content = arena_alloc(arena, room);
    enum err err = OK;
    for (size_t at = 0; !err && at < added->length; at += DOCUMENT_PIECE) {
        size_t left = added->length - at, n = left < DOCUMENT_PIECE ? left : DOCUMENT_PIECE;
        sodium_bin2base64(content, room, (const unsigned char *)added->bytes + at, n,
                          sodium_base64_VARIANT_ORIGINAL);
        err = db_run(db, SQL_document_piece_add,
                     DB_VALUES(db_integer(added->programme), db_integer(id),
                               db_integer((int64_t)(at / DOCUMENT_PIECE)), db_text(content)));
    }
    return err;
}

/* Whether that token was used before. */
static enum err token_known(struct db *db, const struct document_new *added, bool *out) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_document_file_by_token,
                            DB_VALUES(db_integer(added->programme), db_text(added->token)), &rows);
    *out = !err && db_next(&rows);
    return db_rows_end(&rows, err);
}

enum err document_file_add(struct db *db, struct arena *arena, const struct document_new *added,
                           enum document_added *out) {
    const char *hash = hash_text(arena, added->bytes, added->length);
    struct document_files files = {0};
    char now[DB_TIME_SIZE];
    bool is_known = false, has_room = false;
    int64_t id = db_id_new();
    *out = DOCUMENT_ADDED;
    enum err err = token_known(db, added, &is_known);
    if (err || is_known)
        return err;
    err = document_files(db, arena, added->programme, added->document, &files);
    if (!err && files.list.n && text_equal(files.list.items[0].sha256, hash)) {
        *out = DOCUMENT_SAME;
        return OK;
    }
    if (!err)
        err = document_room(db, added->programme, added->length, &has_room);
    if (err || !has_room) {
        *out = DOCUMENT_FULL;
        return err;
    }
    db_now(now);
    err = db_run(db, SQL_document_file_add,
                 DB_VALUES(db_integer(added->programme), db_integer(id), db_text(added->document),
                           db_text(added->token), db_text(now), db_text(added->author),
                           db_text(added->file), db_text(added->media),
                           db_integer((int64_t)added->length), db_text(hash)));
    return err ? err : pieces_add(db, arena, added, id);
}

/* ---- listing ---- */

static struct document_file file_of_row(struct arena *arena, const struct db_rows *rows) {
    enum { ID, DOCUMENT, AT, AUTHOR, NAME, MEDIA, LENGTH, SHA256 };
    return (struct document_file){
        .id = db_row_integer(rows, ID),
        .document = db_row_copy(arena, rows, DOCUMENT),
        .at = db_row_copy(arena, rows, AT),
        .author = db_row_copy(arena, rows, AUTHOR),
        .file = db_row_copy(arena, rows, NAME),
        .media = db_row_copy(arena, rows, MEDIA),
        .length = db_row_integer(rows, LENGTH),
        .sha256 = db_row_copy(arena, rows, SHA256),
    };
}

enum err document_files(struct db *db, struct arena *arena, int64_t programme, const char *document,
                        struct document_files *out) {
    struct db_rows rows;
    *out = (struct document_files){0};
    enum err err =
        document ? db_query(db, SQL_document_files,
                            DB_VALUES(db_integer(programme), db_text(document)), &rows)
                 : db_query(db, SQL_document_files_all, DB_VALUES(db_integer(programme)), &rows);
    while (!err && db_next(&rows))
        list_add(arena, &out->list, file_of_row(arena, &rows));
    return db_rows_end(&rows, err);
}

enum err document_file_find(struct db *db, struct arena *arena, int64_t programme, int64_t id,
                            struct document_file *out) {
    struct db_rows rows;
    *out = (struct document_file){0};
    enum err err = db_query(db, SQL_document_file_one,
                            DB_VALUES(db_integer(programme), db_integer(id)), &rows);
    if (!err && db_next(&rows))
        *out = file_of_row(arena, &rows);
    return db_rows_end(&rows, err);
}

enum err document_file_remove(struct db *db, int64_t programme, int64_t id) {
    enum err err =
        db_run(db, SQL_document_pieces_remove, DB_VALUES(db_integer(programme), db_integer(id)));
    return err ? err
               : db_run(db, SQL_document_file_remove,
                        DB_VALUES(db_integer(programme), db_integer(id)));
}

/* ---- reading ---- */

struct document_reader document_reader_new(struct db *db, struct arena *arena, int64_t programme,
                                           const struct document_file *file) {
    return (struct document_reader){.db = db,
                                    .programme = programme,
                                    .id = file->id,
                                    .piece = -1,
                                    .length = (uint64_t)file->length,
                                    .bytes = arena_alloc(arena, DOCUMENT_PIECE)};
}

static enum err piece_read(struct document_reader *reader, int64_t piece) {
    struct db_rows rows;
    reader->piece = -1;
    enum err err = db_query(
        reader->db, SQL_document_piece,
        DB_VALUES(db_integer(reader->programme), db_integer(reader->id), db_integer(piece)), &rows);
    if (!err && db_next(&rows)) {
        const char *content = db_row_text(&rows, 0);
        if (sodium_base642bin(reader->bytes, DOCUMENT_PIECE, content, strlen(content), NULL,
                              &reader->held, NULL, sodium_base64_VARIANT_ORIGINAL) == 0)
            reader->piece = piece;
    }
    return db_rows_end(&rows, err);
}

long document_read(struct document_reader *reader, uint64_t at, char *out, size_t most) {
    int64_t piece = (int64_t)(at / DOCUMENT_PIECE);
    size_t begin = (size_t)(at % DOCUMENT_PIECE);
    if (at >= reader->length)
        return 0;
    if (reader->piece != piece && piece_read(reader, piece) != OK)
        return -1;
    if (reader->piece != piece || begin >= reader->held)
        return -1;
    size_t n = reader->held - begin < most ? reader->held - begin : most;
    memcpy(out, reader->bytes + begin, n);
    return (long)n;
}
