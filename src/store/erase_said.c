#include "store/erase_said.h"

enum { TEXTS = 4 };

/* A row of either table: what tells it apart, and its texts before and after. */
struct said {
    int64_t ids[2];
    const char *before[TEXTS], *after[TEXTS];
};

struct all_said {
    LIST(struct said) list;
};

/* Rows of `ids` numbers and then texts, each with what is to be taken out of it; those in which
 * something is to be altered. */
static enum err said_read(struct db *db, struct arena *arena, enum statement statement,
                          int64_t programme, int ids, int texts,
                          const struct redaction *const *out_of, struct all_said *out) {
    struct db_rows rows;
    enum err err = db_query(db, statement, DB_VALUES(db_integer(programme)), &rows);
    if (err)
        return err;
    while (db_next(&rows)) {
        struct said said = {0};
        bool changed = false;
        for (int i = 0; i < ids; i++)
            said.ids[i] = db_row_integer(&rows, i);
        for (int i = 0; i < texts; i++) {
            if (!db_row_null(&rows, ids + i))
                said.before[i] = arena_copy(arena, db_row_text(&rows, ids + i));
            said.after[i] = redact(out_of[i], said.before[i]);
            changed |= said.after[i] != said.before[i];
        }
        if (changed)
            list_add(arena, &out->list, said);
    }
    return db_rows_end(&rows, OK);
}

static enum err findings_erase(struct db *db, int64_t programme, const struct all_said *all) {
    enum err err = OK;
    for (size_t i = 0; !err && i < all->list.n; i++) {
        const struct said *said = &all->list.items[i];
        err = db_run(db, SQL_finding_erase,
                     DB_VALUES(db_integer(programme), db_integer(said->ids[0]),
                               db_text(said->after[0]), db_text(said->after[1]),
                               db_text(said->after[2]), db_text(said->after[3])));
    }
    return err;
}

static enum err decisions_erase(struct db *db, int64_t programme, const struct all_said *all) {
    enum err err = OK;
    for (size_t i = 0; !err && i < all->list.n; i++) {
        const struct said *said = &all->list.items[i];
        err = db_run(db, SQL_decision_erase,
                     DB_VALUES(db_integer(programme), db_integer(said->ids[0]),
                               db_integer(said->ids[1]), db_text(said->after[0]),
                               db_text(said->after[1]), db_text(said->after[2])));
    }
    return err;
}

enum err said_erase(struct db *db, struct arena *arena, int64_t programme,
                    const struct redaction *names, const struct redaction *keys, bool only_look,
                    size_t *altered) {
    const struct redaction *const of_finding[] = {names, keys, names, names};
    const struct redaction *const of_decision[] = {names, names, keys};
    struct all_said findings = {0}, decisions = {0};
    enum err err = said_read(db, arena, SQL_finding_words, programme, 1, 4, of_finding, &findings);
    if (!err)
        err = said_read(db, arena, SQL_decision_words, programme, 2, 3, of_decision, &decisions);
    *altered = findings.list.n + decisions.list.n;
    if (err || only_look)
        return err;
    err = findings_erase(db, programme, &findings);
    if (!err)
        err = decisions_erase(db, programme, &decisions);
    if (!err)
        err = db_run(db, SQL_diagnosis_erase, DB_VALUES(db_integer(programme)));
    return err ? err : db_run(db, SQL_job_erase, DB_VALUES(db_integer(programme)));
}
