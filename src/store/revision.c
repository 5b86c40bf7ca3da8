#include "store/revision.h"
#include <string.h>

/* Times never run backwards within a programme, whatever the clock does. */
static enum err time_read(struct db *db, const struct programme *programme,
                          char out[DB_TIME_SIZE]) {
    struct db_rows rows;
    db_now(out);
    enum err err =
        db_query(db, SQL_revision_by_number,
                 DB_VALUES(db_integer(programme->id), db_integer(programme->revision)), &rows);
    if (err)
        return err;
    if (db_next(&rows) && strcmp(db_row_text(&rows, 1), out) > 0)
        snprintf(out, DB_TIME_SIZE, "%s", db_row_text(&rows, 1));
    return db_rows_end(&rows, OK);
}

enum err revision_begin(struct db *db, const struct programme *programme,
                        struct new_revision *revision) {
    char at[DB_TIME_SIZE], salt[CHAIN_SALT_SIZE], commitment[CHAIN_HASH_SIZE];
    enum err err = time_read(db, programme, at);
    if (err)
        return err;
    revision->number = programme->revision + 1;
    chain_salt_new(salt);
    chain_commit_words(salt, revision->author, revision->reason, commitment);
    chain_link_begin(&revision->link, programme->link, revision->number, at, commitment);
    return db_run(db, SQL_revision_add,
                  DB_VALUES(db_integer(programme->id), db_integer(revision->number), db_text(at),
                            db_text(revision->author), db_text(revision->reason),
                            db_text(revision->token), db_text(salt), db_text(commitment)));
}

enum err revision_end(struct db *db, struct arena *arena, struct new_revision *revision,
                      struct programme *programme) {
    char hash[CHAIN_HASH_SIZE];
    chain_link_end(&revision->link, hash);
    programme->revision = revision->number;
    programme->link = arena_copy(arena, hash);
    enum err err =
        db_run(db, SQL_revision_link,
               DB_VALUES(db_integer(programme->id), db_integer(revision->number), db_text(hash)));
    return err ? err
               : db_run(db, SQL_programme_move,
                        DB_VALUES(db_integer(programme->id), db_integer(revision->number),
                                  db_text(hash), db_text(programme->name)));
}
