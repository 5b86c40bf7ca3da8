#include "store/held_said.h"
#include "base/text.h"
#include "store/stored.h"
#include <jansson.h>

struct saying {
    struct arena *arena;
    const char *key;
    const struct redaction *names;
    LIST(struct held_finding) all;
};

static const char *column(const struct saying *saying, const struct db_rows *rows, int i) {
    return db_row_null(rows, i) ? NULL : arena_copy(saying->arena, db_row_text(rows, i));
}

static bool speaks(const struct saying *saying, const char *text) {
    return redact(saying->names, text) != text;
}

/* The sentence is kept among other things, as JSON. */
static const char *sentence_of(const struct saying *saying, const char *content) {
    json_t *root = json_loads(content, 0, NULL);
    const char *sentence = json_string_value(json_object_get(root, "sentence"));
    sentence = arena_copy(saying->arena, sentence ? sentence : "");
    json_decref(root);
    return sentence;
}

static enum err findings_read(struct db *db, struct saying *saying, int64_t programme) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_finding_list, DB_VALUES(db_integer(programme)), &rows);
    while (!err && db_next(&rows)) {
        const char *person = column(saying, &rows, 3), *words = column(saying, &rows, 4);
        struct held_finding finding = {.id = db_row_integer(&rows, 0),
                                       .identity = column(saying, &rows, 1),
                                       .sentence = sentence_of(saying, db_row_text(&rows, 5)),
                                       .is_private = db_row_integer(&rows, 2),
                                       .private_to = person,
                                       .is_open = !db_row_null(&rows, 6) && db_row_null(&rows, 7)};
        bool theirs = person && saying->key && text_equal(person, saying->key);
        finding.is_about = theirs || speaks(saying, finding.identity) ||
                           speaks(saying, finding.sentence) || (words && speaks(saying, words));
        if (theirs && words)
            finding.sentence = words;
        list_add(saying->arena, &saying->all, finding);
    }
    return db_rows_end(&rows, err);
}

static bool decision_concerns(const struct saying *saying, const struct held_decision *decision) {
    return (decision->assigned_to && saying->key &&
            text_equal(decision->assigned_to, saying->key)) ||
           speaks(saying, decision->author) || speaks(saying, decision->reason);
}

/* Findings and decisions come in the same order. */
static enum err decisions_read(struct db *db, struct saying *saying, int64_t programme) {
    struct db_rows rows;
    size_t at = 0;
    enum err err = db_query(db, SQL_finding_decisions, DB_VALUES(db_integer(programme)), &rows);
    while (!err && db_next(&rows)) {
        while (at < saying->all.n && saying->all.items[at].id < db_row_integer(&rows, 0))
            at++;
        if (at == saying->all.n || saying->all.items[at].id != db_row_integer(&rows, 0))
            continue;
        struct held_finding *finding = &saying->all.items[at];
        struct held_decision decision = {
            .what = column(saying, &rows, 1),
            .author = column(saying, &rows, 2),
            .at = column(saying, &rows, 3),
            .reason = column(saying, &rows, 4),
            .assigned_to = column(saying, &rows, 5),
            .review = column(saying, &rows, 6),
        };
        if (finding->is_about || decision_concerns(saying, &decision))
            list_add(saying->arena, &finding->decisions, decision);
    }
    return db_rows_end(&rows, err);
}

static enum err steps_read(struct db *db, struct saying *saying, struct held_programme *out) {
    enum { STEP = 1, WHAT, AUTHOR, AT, FIRST_WORDS, LAST_WORDS = 10 };
    struct db_rows rows;
    enum err err = db_query(db, SQL_step_changes, DB_VALUES(db_integer(out->programme.id)), &rows);
    while (!err && db_next(&rows)) {
        struct text words = text_new(saying->arena);
        for (int i = FIRST_WORDS; i <= LAST_WORDS; i++)
            if (!db_row_null(&rows, i))
                text_add_format(&words, "%s%s", words.length ? "\n\n" : "", db_row_text(&rows, i));
        const struct held_step step = {column(saying, &rows, STEP), column(saying, &rows, WHAT),
                                       column(saying, &rows, AUTHOR), column(saying, &rows, AT),
                                       words.bytes};
        if (speaks(saying, step.author) || speaks(saying, step.words))
            list_add(saying->arena, &out->steps, step);
    }
    return db_rows_end(&rows, err);
}

/* Without what was decided about it. */
static struct held_finding finding_of_id(const struct saying *saying, int64_t id) {
    for (size_t i = 0; i < saying->all.n; i++)
        if (saying->all.items[i].id == id) {
            struct held_finding finding = saying->all.items[i];
            finding.decisions.items = NULL;
            finding.decisions.n = finding.decisions.room = 0;
            return finding;
        }
    return (struct held_finding){0};
}

static enum err replies_read(struct db *db, struct saying *saying, struct held_programme *out) {
    enum {
        WHAT,
        WORDS,
        PERSON,
        AUTHOR,
        AT,
        TAKEN_UP_AT,
        TAKEN_UP_BY,
        TAKEN_UP_WORDS,
        FINDING,
        ACTION,
        CONTENT
    };
    struct db_rows rows;
    enum err err = db_query(db, SQL_reply_held, DB_VALUES(db_integer(out->programme.id)), &rows);
    while (!err && db_next(&rows)) {
        struct held_reply reply = {
            .what = column(saying, &rows, WHAT),
            .author = column(saying, &rows, AUTHOR),
            .at = column(saying, &rows, AT),
            .words = column(saying, &rows, WORDS),
            .taken_up_at = column(saying, &rows, TAKEN_UP_AT),
            .taken_up_by = column(saying, &rows, TAKEN_UP_BY),
            .taken_up_words = column(saying, &rows, TAKEN_UP_WORDS),
            .action = column(saying, &rows, ACTION),
            .is_theirs = saying->key && text_equal(db_row_text(&rows, PERSON), saying->key)};
        if (!reply.is_theirs && !speaks(saying, reply.author) && !speaks(saying, reply.words) &&
            !speaks(saying, reply.taken_up_by) && !speaks(saying, reply.taken_up_words))
            continue;
        if (!db_row_null(&rows, FINDING))
            reply.finding = finding_of_id(saying, db_row_integer(&rows, FINDING));
        else if (reply.action)
            reply.title = stored_value(saying->arena, kind_find("action"),
                                       db_row_text(&rows, CONTENT), "title");
        list_add(saying->arena, &out->replies, reply);
    }
    return db_rows_end(&rows, err);
}

static enum err shares_read(struct db *db, struct saying *saying, struct held_programme *out) {
    enum { AUTHOR = 1, AT };
    struct db_rows rows;
    enum err err = db_query(db, SQL_share_words, DB_VALUES(db_integer(out->programme.id)), &rows);
    while (!err && db_next(&rows)) {
        const struct held_share share = {column(saying, &rows, AUTHOR), column(saying, &rows, AT)};
        if (speaks(saying, share.author))
            list_add(saying->arena, &out->shares, share);
    }
    return db_rows_end(&rows, err);
}

static enum err brought_read(struct db *db, struct saying *saying, struct held_programme *out) {
    enum { AUTHOR, AT, FILE_NAME };
    struct db_rows rows;
    enum err err = db_query(db, SQL_brought_held, DB_VALUES(db_integer(out->programme.id)), &rows);
    while (!err && db_next(&rows)) {
        const struct held_brought brought = {column(saying, &rows, AUTHOR),
                                             column(saying, &rows, AT),
                                             column(saying, &rows, FILE_NAME)};
        if (speaks(saying, brought.author) || speaks(saying, brought.file))
            list_add(saying->arena, &out->brought, brought);
    }
    return db_rows_end(&rows, err);
}

static enum err documents_read(struct db *db, struct saying *saying, struct held_programme *out) {
    enum { AUTHOR = 1, FILE_NAME, AT, DOCUMENT };
    struct db_rows rows;
    enum err err =
        db_query(db, SQL_document_file_words, DB_VALUES(db_integer(out->programme.id)), &rows);
    while (!err && db_next(&rows)) {
        const struct held_document document = {
            column(saying, &rows, AUTHOR), column(saying, &rows, AT),
            column(saying, &rows, FILE_NAME), column(saying, &rows, DOCUMENT)};
        if (speaks(saying, document.author) || speaks(saying, document.file))
            list_add(saying->arena, &out->documents, document);
    }
    return db_rows_end(&rows, err);
}

static enum err learned_read(struct db *db, struct saying *saying, struct held_programme *out) {
    enum { AUTHOR = 2, WHY, CONTENT, AT };
    struct db_rows rows;
    enum err err = db_query(db, SQL_learned_words, DB_VALUES(db_integer(out->programme.id)), &rows);
    while (!err && db_next(&rows)) {
        const struct held_learned learned = {column(saying, &rows, AUTHOR),
                                             column(saying, &rows, AT), column(saying, &rows, WHY),
                                             column(saying, &rows, CONTENT)};
        if (speaks(saying, learned.author) || speaks(saying, learned.why) ||
            speaks(saying, learned.words))
            list_add(saying->arena, &out->learned, learned);
    }
    return db_rows_end(&rows, err);
}

static enum err drafts_read(struct db *db, struct saying *saying, struct held_programme *out) {
    struct db_rows rows;
    enum err err =
        db_query(db, SQL_meeting_draft_held, DB_VALUES(db_integer(out->programme.id)), &rows);
    while (!err && db_next(&rows)) {
        const char *field = column(saying, &rows, 0), *value = column(saying, &rows, 1);
        if (speaks(saying, field) || speaks(saying, value))
            list_add(saying->arena, &out->drafts,
                     (struct held_draft){column(saying, &rows, 2),
                                         arena_format(saying->arena, "%.*s: %s",
                                                      (int)strcspn(field, ":"), field, value)});
    }
    return db_rows_end(&rows, err);
}

enum err held_said_read(struct db *db, struct arena *arena, const char *key,
                        const struct redaction *names, struct held_programme *out) {
    struct saying saying = {.arena = arena, .key = key, .names = names};
    enum err err = findings_read(db, &saying, out->programme.id);
    if (!err)
        err = decisions_read(db, &saying, out->programme.id);
    for (size_t i = 0; i < saying.all.n && !err; i++)
        if (saying.all.items[i].is_about || saying.all.items[i].decisions.n)
            list_add(arena, &out->findings, saying.all.items[i]);
    if (!err)
        err = steps_read(db, &saying, out);
    if (!err)
        err = shares_read(db, &saying, out);
    if (!err)
        err = brought_read(db, &saying, out);
    if (!err)
        err = documents_read(db, &saying, out);
    if (!err)
        err = drafts_read(db, &saying, out);
    if (!err)
        err = learned_read(db, &saying, out);
    return err ? err : replies_read(db, &saying, out);
}
