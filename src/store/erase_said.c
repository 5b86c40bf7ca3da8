#include "store/erase_said.h"
#include "base/text.h"
#include "store/search.h"
#include <jansson.h>
#include <stdlib.h>

enum { TEXTS = 7 };

/* A row of one of the tables: what tells it apart, and its texts before and after. */
struct said {
    int64_t ids[2];
    const char *before[TEXTS], *after[TEXTS];
};

struct all_said {
    LIST(struct said) list;
};

/* A column of texts: what is to be taken out of it, and whether it is kept as JSON. */
struct said_column {
    const struct redaction *out_of;
    bool is_json;
};

/* ---- what is kept as JSON ---- */

/* These say nothing of anybody, and what reads the finding relies on them. */
static bool is_fixed(const char *name) {
    static const char *const fixed[] = {"rule",     "title",  "level", "outcome",
                                        "severity", "effect", "basis", "kind",
                                        "sheet",    "source", "step",  "evidence"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (text_equal(name, fixed[i]))
            return true;
    return false;
}

/* A copy in which every text was redacted; no deeper than jansson reads. */
static json_t *json_redact(const struct redaction *out_of, json_t *value, bool *changed) {
    const char *text = json_string_value(value);
    const char *redacted = redact(out_of, text);
    if (text) {
        *changed |= redacted != text;
        return json_string(redacted);
    }
    if (json_is_array(value)) {
        json_t *array = json_array();
        for (size_t i = 0; i < json_array_size(value); i++)
            json_array_append_new(array, json_redact(out_of, json_array_get(value, i), changed));
        return array;
    }
    if (!json_is_object(value))
        return json_deep_copy(value);
    json_t *object = json_object();
    const char *name;
    json_t *member;
    json_object_foreach(value, name, member) {
        json_object_set_new(object, name,
                            is_fixed(name) && json_is_string(member)
                                ? json_deep_copy(member)
                                : json_redact(out_of, member, changed));
    }
    return object;
}

/* The same text where there is nothing in it. */
static const char *column_redact(struct arena *arena, const struct said_column *column,
                                 const char *text) {
    json_t *root = column->is_json && text ? json_loads(text, 0, NULL) : NULL;
    if (!root) /* damaged: a name must go from it all the same */
        return redact(column->out_of, text);
    bool changed = false;
    json_t *redacted = json_redact(column->out_of, root, &changed);
    char *bytes = json_dumps(redacted, JSON_COMPACT);
    if (!bytes)
        abort();
    const char *out = changed ? arena_copy(arena, bytes) : text;
    free(bytes);
    json_decref(redacted);
    json_decref(root);
    return out;
}

/* ---- the rows ---- */

/* Rows of `ids` numbers and then texts; those in which something is to be altered. */
static enum err said_read(struct db *db, struct arena *arena, enum statement statement,
                          int64_t programme, int ids, int texts, const struct said_column *columns,
                          struct all_said *out) {
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
            said.after[i] = column_redact(arena, &columns[i], said.before[i]);
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

static enum err steps_erase(struct db *db, int64_t programme, const struct all_said *all) {
    enum err err = OK;
    for (size_t i = 0; !err && i < all->list.n; i++) {
        const struct said *said = &all->list.items[i];
        const char *const *after = said->after;
        err = db_run(db, SQL_step_change_erase,
                     DB_VALUES(db_integer(programme), db_integer(said->ids[0]), db_text(after[0]),
                               db_text(after[1]), db_text(after[2]), db_text(after[3]),
                               db_text(after[4]), db_text(after[5]), db_text(after[6])));
    }
    return err;
}

/* Those of the person, whose key was altered, go: they are their own words. */
static enum err replies_erase(struct db *db, int64_t programme, const struct all_said *all) {
    enum { PERSON, AUTHOR, WORDS, TAKEN_UP_BY, TAKEN_UP_WORDS };
    enum err err = OK;
    for (size_t i = 0; !err && i < all->list.n; i++) {
        const struct said *said = &all->list.items[i];
        const char *const *after = said->after;
        err = after[PERSON] != said->before[PERSON]
                  ? db_run(db, SQL_reply_remove,
                           DB_VALUES(db_integer(programme), db_integer(said->ids[0])))
                  : db_run(db, SQL_reply_erase,
                           DB_VALUES(db_integer(programme), db_integer(said->ids[0]),
                                     db_text(after[AUTHOR]), db_text(after[WORDS]),
                                     db_text(after[TAKEN_UP_BY]), db_text(after[TAKEN_UP_WORDS])));
    }
    return err;
}

static enum err shares_erase(struct db *db, int64_t programme, const struct all_said *all) {
    enum err err = OK;
    for (size_t i = 0; !err && i < all->list.n; i++)
        err = db_run(db, SQL_share_erase,
                     DB_VALUES(db_integer(programme), db_integer(all->list.items[i].ids[0]),
                               db_text(all->list.items[i].after[0])));
    return err;
}

/* What is in a file stays: the lead can remove it for good. */
static enum err documents_erase(struct db *db, int64_t programme, const struct all_said *all) {
    enum err err = OK;
    for (size_t i = 0; !err && i < all->list.n; i++)
        err = db_run(db, SQL_document_file_erase,
                     DB_VALUES(db_integer(programme), db_integer(all->list.items[i].ids[0]),
                               db_text(all->list.items[i].after[0]),
                               db_text(all->list.items[i].after[1])));
    return err;
}

static enum err limits_erase(struct db *db, int64_t programme, const struct all_said *all) {
    enum err err = OK;
    for (size_t i = 0; !err && i < all->list.n; i++)
        err = db_run(db, SQL_limit_change_erase,
                     DB_VALUES(db_integer(programme), db_integer(all->list.items[i].ids[0]),
                               db_text(all->list.items[i].after[0]),
                               db_text(all->list.items[i].after[1])));
    return err;
}

/* A field's name ends with a record's key, which becomes the new one as it does in the records. */
static enum err drafts_erase(struct db *db, int64_t programme, const struct all_said *all) {
    enum err err = OK;
    for (size_t i = 0; !err && i < all->list.n; i++)
        err = db_run(db, SQL_meeting_draft_erase,
                     DB_VALUES(db_integer(programme), db_integer(all->list.items[i].ids[0]),
                               db_text(all->list.items[i].after[0]),
                               db_text(all->list.items[i].after[1])));
    return err;
}

static enum err learned_erase(struct db *db, int64_t programme, const struct all_said *all) {
    enum err err = OK;
    for (size_t i = 0; !err && i < all->list.n; i++) {
        const struct said *said = &all->list.items[i];
        err = db_run(db, SQL_learned_erase,
                     DB_VALUES(db_integer(programme), db_integer(said->ids[0]),
                               db_integer(said->ids[1]), db_text(said->after[0]),
                               db_text(said->after[1]), db_text(said->after[2])));
    }
    return err;
}

/* What was made of the records, and is made again from them, or asked or brought anew. */
static enum err made_erase(struct db *db, int64_t programme) {
    static const enum statement statements[] = {
        SQL_diagnosis_erase, SQL_diagnosis_part_erase, SQL_whatif_erase,  SQL_job_erase,
        SQL_brought_erase,   SQL_brought_answer_erase, SQL_key_name_erase};
    enum err err = OK;
    for (size_t i = 0; !err && i < sizeof statements / sizeof *statements; i++)
        err = db_run(db, statements[i], DB_VALUES(db_integer(programme)));
    return err ? err : search_forget(db, programme);
}

enum err said_erase(struct db *db, struct arena *arena, int64_t programme,
                    const struct said_words *words, bool only_look, size_t *altered) {
    const struct said_column of_finding[] = {
        {words->names, false}, {words->keys, false}, {words->names, false}, {words->names, true}};
    const struct said_column of_decision[] = {
        {words->savers, false}, {words->names, false}, {words->keys, false}};
    const struct said_column of_step[] = {
        {words->savers, false}, {words->names, false}, {words->names, false}, {words->names, false},
        {words->names, false},  {words->names, false}, {words->names, false}};
    const struct said_column of_reply[] = {{words->keys, false},
                                           {words->savers, false},
                                           {words->names, false},
                                           {words->savers, false},
                                           {words->names, false}};
    const struct said_column of_share[] = {{words->savers, false}};
    const struct said_column of_document[] = {{words->savers, false}, {words->names, false}};
    const struct said_column of_limit[] = {{words->savers, false}, {words->names, false}};
    const struct said_column of_draft[] = {{words->names, false}, {words->names, false}};
    const struct said_column of_learned[] = {
        {words->savers, false}, {words->names, false}, {words->names, false}};
    struct all_said findings = {0}, decisions = {0}, steps = {0}, replies = {0}, shares = {0},
                    drafts = {0}, documents = {0}, limits = {0}, learned = {0};
    enum err err = said_read(db, arena, SQL_finding_words, programme, 1, 4, of_finding, &findings);
    if (!err)
        err = said_read(db, arena, SQL_decision_words, programme, 2, 3, of_decision, &decisions);
    if (!err)
        err = said_read(db, arena, SQL_step_change_words, programme, 1, 7, of_step, &steps);
    if (!err)
        err = said_read(db, arena, SQL_reply_words, programme, 1, 5, of_reply, &replies);
    if (!err)
        err = said_read(db, arena, SQL_share_words, programme, 1, 1, of_share, &shares);
    if (!err)
        err = said_read(db, arena, SQL_meeting_draft_words, programme, 1, 2, of_draft, &drafts);
    if (!err)
        err =
            said_read(db, arena, SQL_document_file_words, programme, 1, 2, of_document, &documents);
    if (!err)
        err = said_read(db, arena, SQL_limit_change_words, programme, 1, 2, of_limit, &limits);
    if (!err)
        err = said_read(db, arena, SQL_learned_words, programme, 2, 3, of_learned, &learned);
    *altered = learned.list.n + limits.list.n + findings.list.n + decisions.list.n + steps.list.n +
               replies.list.n + shares.list.n + drafts.list.n + documents.list.n;
    if (err || only_look)
        return err;
    err = findings_erase(db, programme, &findings);
    if (!err)
        err = decisions_erase(db, programme, &decisions);
    if (!err)
        err = steps_erase(db, programme, &steps);
    if (!err)
        err = replies_erase(db, programme, &replies);
    if (!err)
        err = shares_erase(db, programme, &shares);
    if (!err)
        err = drafts_erase(db, programme, &drafts);
    if (!err)
        err = documents_erase(db, programme, &documents);
    if (!err)
        err = limits_erase(db, programme, &limits);
    if (!err)
        err = learned_erase(db, programme, &learned);
    return err ? err : made_erase(db, programme);
}
