#include "store/rights.h"
#include "base/text.h"
#include "record/value.h"
#include "store/held_said.h"
#include "store/redact.h"
#include "store/stored.h"
#include "store/versions.h"

/* A programme that has to do with the person, and their key in it; NULL if they have none. */
struct concern {
    struct programme programme;
    const char *key;
    bool by_name; /* nothing but what an author is called says so: that may be somebody else */
};

struct concerns {
    LIST(struct concern) list;
};

static void concern_add(struct arena *arena, struct concerns *out, const struct concern *concern) {
    for (size_t i = 0; i < out->list.n; i++) {
        struct concern *there = &out->list.items[i];
        if (there->programme.id == concern->programme.id &&
            (!concern->key || text_equal(there->key, concern->key))) {
            there->by_name &= concern->by_name;
            return;
        }
    }
    list_add(arena, &out->list, *concern);
}

static struct redaction redaction_of(struct arena *arena, const struct names *names) {
    struct redaction redaction = redaction_new(arena);
    for (size_t i = 0; names && i < names->list.n; i++)
        redaction_add_name(&redaction, names->list.items[i]);
    return redaction;
}

static bool is_called(const char *author, const struct redaction *names) {
    return names->words.n && text_equal(redact(names, author), REDACTED);
}

/* `also`: names that were said to be the person's, so that an author of that name is meant. */
static enum err authors_find(struct db *db, struct arena *arena, const struct names *names,
                             const struct names *also, struct concerns *out) {
    const struct redaction any = redaction_of(arena, names), said = redaction_of(arena, also);
    struct db_rows rows;
    enum err err = db_query(db, SQL_programme_authors, NULL, 0, &rows);
    if (err)
        return err;
    while (db_next(&rows)) {
        const char *author = db_row_text(&rows, 5);
        bool is_said = is_called(author, &said);
        if (is_said || is_called(author, &any))
            concern_add(arena, out,
                        &(struct concern){programme_of_row(arena, &rows), NULL, !is_said});
    }
    return db_rows_end(&rows, OK);
}

/* Where the person is on the sheet People, or is a member. */
static struct concerns concerns_linked(struct arena *arena, const struct person *person) {
    struct concerns out = {0};
    for (size_t i = 0; i < person->records.n; i++)
        concern_add(arena, &out,
                    &(struct concern){person->records.items[i].programme,
                                      person->records.items[i].key, false});
    for (size_t i = 0; i < person->memberships.n; i++)
        concern_add(arena, &out,
                    &(struct concern){person->memberships.items[i].programme, NULL, false});
    return out;
}

static void names_join(struct arena *arena, struct names *names, const struct names *more) {
    for (size_t i = 0; more && i < more->list.n; i++)
        list_add(arena, &names->list, more->list.items[i]);
}

/* Logins too. */
static struct names names_all(struct arena *arena, const struct person *person,
                              const struct names *also) {
    struct names names = person_names(arena, person), logins = person_logins(arena, person);
    names_join(arena, &names, &logins);
    names_join(arena, &names, also);
    return names;
}

/* Where they are linked, and where somebody who is called like that has saved, decided, shared,
 * answered or changed a step. */
static enum err concerns_find(struct db *db, struct arena *arena, const struct person *person,
                              const struct names *also, struct concerns *out) {
    const struct names names = names_all(arena, person, also);
    *out = concerns_linked(arena, person);
    return person->id ? authors_find(db, arena, &names, also, out) : OK;
}

/* ---- everything that is held ---- */

struct reading {
    struct arena *arena;
    const char *who;
    const struct names *also;
    bool is_own;  /* it is for that person themselves */
    int64_t most; /* to look through then: versions_weigh */
    struct held *out;
    /* Of the programme at which we are. */
    const struct concern *concern;
    struct redaction names;
    struct versions versions;
    struct audit saves;
    struct records records;
};

static bool field_concerns(const struct reading *reading, const struct field *field,
                           const char *value) {
    const char *rest = value;
    if (field->type == FIELD_TEXT)
        return redact(&reading->names, value) != value;
    if ((field->type != FIELD_REF && field->type != FIELD_REFS) ||
        !text_equal(field->refers_to, "person") || !reading->concern->key)
        return false;
    for (const char *key; (key = value_next_ref(reading->arena, &rest));)
        if (text_equal(key, reading->concern->key))
            return true;
    return false;
}

/* The headings of the fields that concern the person. */
static struct names fields_find(const struct reading *reading, const struct kind *kind,
                                const char *content) {
    struct arena *arena = reading->arena;
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    struct names found = {0};
    if (stored_read(arena, kind, content, cells) != OK)
        return found;
    for (size_t f = 0; kind->fields[f].name; f++)
        if (cells[f] && field_concerns(reading, &kind->fields[f], cells[f]))
            list_add(arena, &found.list, field_heading(arena, &kind->fields[f]));
    return found;
}

static const char *time_of(const struct reading *reading, int64_t revision) {
    for (size_t i = 0; i < reading->saves.revisions.n; i++)
        if (reading->saves.revisions.items[i].number == revision)
            return reading->saves.revisions.items[i].at;
    return NULL;
}

static const char *label_of(const struct reading *reading, const struct version *version,
                            const struct kind *kind) {
    const struct record *record =
        version->until ? NULL : records_find(&reading->records, kind, version->key);
    return record ? record_label(&reading->records, record) : version->key;
}

/* The versions of one record stand together. */
static void version_add(struct reading *reading, struct held_programme *out,
                        const struct version *version) {
    struct arena *arena = reading->arena;
    const struct kind *kind = kind_find(version->kind);
    bool own = reading->concern->key && text_equal(version->kind, "person") &&
               text_equal(version->key, reading->concern->key);
    struct names fields = {0};
    if (!kind)
        return;
    if (!own)
        fields = fields_find(reading, kind, version->content);
    if (!own && !fields.list.n)
        return;
    struct held_record *record =
        own ? (out->own.n ? &out->own.items[out->own.n - 1] : NULL)
            : (out->others.n ? &out->others.items[out->others.n - 1] : NULL);
    if (!record || record->id != version->id) {
        struct held_record new_record = {.id = version->id, .kind = kind, .key = version->key};
        if (own) {
            list_add(arena, &out->own, new_record);
            record = &out->own.items[out->own.n - 1];
        } else {
            list_add(arena, &out->others, new_record);
            record = &out->others.items[out->others.n - 1];
        }
    }
    record->label = label_of(reading, version, kind);
    for (size_t i = 0; i < fields.list.n; i++)
        if (!names_contain(&record->fields, fields.list.items[i]))
            list_add(arena, &record->fields.list, fields.list.items[i]);
    list_add(arena, &record->versions,
             (struct held_version){
                 .revision = version->revision,
                 .until = version->until,
                 .at = time_of(reading, version->revision),
                 .until_at = version->until ? time_of(reading, version->until) : NULL,
                 .content = version->content,
             });
}

static enum err programme_hold(struct db *db, struct reading *reading, struct held *out) {
    struct arena *arena = reading->arena;
    struct held_programme held = {.programme = reading->concern->programme};
    struct problems ignored = problems_new(arena); /* what is wrong there is not at issue here */
    struct sheets sheets = {0};
    int64_t id = held.programme.id;
    enum err err = versions_begun(db, arena, id, 0, INT64_MAX, &reading->versions);
    if (!err)
        err = revisions_read(db, arena, id, 1, INT64_MAX, &reading->saves);
    if (!err)
        err = programme_sheets(db, arena, &held.programme, 0, &sheets);
    if (err)
        return err;
    reading->records = records_new(arena);
    enum err faulty = records_read(&sheets, &reading->records, &ignored);
    (void)faulty; /* what cannot be read is left out */
    held.records = reading->records;
    versions_sort(&reading->versions);
    for (size_t i = 0; i < reading->versions.list.n; i++)
        version_add(reading, &held, &reading->versions.list.items[i]);
    for (size_t i = 0; i < reading->saves.revisions.n; i++) {
        const struct revision *save = &reading->saves.revisions.items[i];
        if (redact(&reading->names, save->author) != save->author ||
            redact(&reading->names, save->reason) != save->reason)
            list_add(arena, &held.saves, *save);
    }
    err = held_said_read(db, arena, reading->concern->key, &reading->names, &held);
    list_add(arena, &out->programmes, held);
    return err;
}

static enum err sessions_hold(struct db *db, struct arena *arena, struct held *out) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_person_sessions, DB_VALUES(db_integer(out->person.id)), &rows);
    while (!err && db_next(&rows))
        list_add(arena, &out->sessions,
                 (struct held_session){db_row_copy(arena, &rows, 0), db_row_copy(arena, &rows, 1),
                                       db_row_copy(arena, &rows, 2), db_row_copy(arena, &rows, 3)});
    return db_rows_end(&rows, err);
}

static enum err keys_hold(struct db *db, struct arena *arena, struct held *out) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_person_keys, DB_VALUES(db_integer(out->person.id)), &rows);
    while (!err && db_next(&rows))
        list_add(arena, &out->keys,
                 (struct held_key){db_row_copy(arena, &rows, 0), db_row_copy(arena, &rows, 1),
                                   db_row_copy(arena, &rows, 2), db_row_copy(arena, &rows, 3),
                                   db_row_copy(arena, &rows, 4)});
    return db_rows_end(&rows, err);
}

static enum err mails_hold(struct db *db, struct arena *arena, struct held *out) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_person_mails, DB_VALUES(db_integer(out->person.id)), &rows);
    while (!err && db_next(&rows))
        list_add(arena, &out->mails,
                 (struct held_mail){db_row_copy(arena, &rows, 0), db_row_copy(arena, &rows, 1),
                                    db_row_copy(arena, &rows, 2), db_row_copy(arena, &rows, 3)});
    err = db_rows_end(&rows, err);
    if (!err)
        err = db_query(db, SQL_person_meetings, DB_VALUES(db_integer(out->person.id)), &rows);
    if (err)
        return err;
    while (db_next(&rows))
        list_add(arena, &out->meetings,
                 (struct held_meeting){db_row_copy(arena, &rows, 0), db_row_copy(arena, &rows, 1),
                                       db_row_copy(arena, &rows, 2), db_row_copy(arena, &rows, 3)});
    return db_rows_end(&rows, OK);
}

static enum err requests_hold(struct db *db, struct arena *arena, struct held *out) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_person_requests, DB_VALUES(db_integer(out->person.id)), &rows);
    while (!err && db_next(&rows))
        list_add(arena, &out->requests,
                 (struct held_request){db_row_copy(arena, &rows, 0), db_row_copy(arena, &rows, 1),
                                       db_row_copy(arena, &rows, 2), db_row_copy(arena, &rows, 3),
                                       db_row_copy(arena, &rows, 4)});
    return db_rows_end(&rows, err);
}

/* What it weighs to look through the versions of all these programmes: their characters, and what
 * each costs however short it is. Not looked at further than shows that it is too much. */
static enum err versions_weigh(struct db *db, const struct concerns *concerns, int64_t most,
                               int64_t *out) {
    enum { EACH = 200 }; /* as SQL_version_weight has it */
    enum err err = OK;
    *out = 0;
    for (size_t i = 0; !err && i < concerns->list.n; i++) {
        struct db_rows rows;
        err = db_query(db, SQL_version_weight,
                       DB_VALUES(db_integer(concerns->list.items[i].programme.id),
                                 db_integer(most / EACH + 1)),
                       &rows);
        if (!err && db_next(&rows))
            *out += db_row_integer(&rows, 0);
        err = db_rows_end(&rows, err);
    }
    return err;
}

/* What the person is called in the programme at which we are. Somebody who reads it themselves may
 * stand in another under a name that here is somebody else's. */
static struct redaction names_here(const struct reading *reading, const struct names *all) {
    struct arena *arena = reading->arena;
    const struct person *person = &reading->out->person;
    const char *key = reading->concern->key;
    struct person here = {.id = person->id, .name = person->name, .email = person->email};
    for (size_t i = 0; i < person->records.n; i++)
        if (person->records.items[i].programme.id == reading->concern->programme.id)
            list_add(arena, &here.records, person->records.items[i]);
    here.accounts = person->accounts;
    const struct names own = names_all(arena, &here, NULL);
    struct redaction redaction = redaction_of(arena, reading->is_own ? &own : all);
    if (key)
        redaction_add_key(&redaction, key, "");
    return redaction;
}

static enum err reading_do(struct db *db, void *context) {
    struct reading *reading = context;
    struct concerns concerns = {0};
    struct held *out = reading->out;
    *out = (struct held){0};
    enum err err = person_find(db, reading->arena, reading->who, &out->person);
    if (err)
        return err;
    struct names names = names_all(reading->arena, &out->person, reading->also);
    int64_t weight = 0;
    err = sessions_hold(db, reading->arena, out);
    if (!err)
        err = keys_hold(db, reading->arena, out);
    if (!err)
        err = requests_hold(db, reading->arena, out);
    if (!err)
        err = mails_hold(db, reading->arena, out);
    if (reading->is_own)
        concerns = concerns_linked(reading->arena, &out->person);
    else if (!err)
        err = concerns_find(db, reading->arena, &out->person, reading->also, &concerns);
    if (!err && reading->is_own)
        err = versions_weigh(db, &concerns, reading->most, &weight);
    out->is_too_much = weight > reading->most;
    for (size_t i = 0; !err && !out->is_too_much && i < concerns.list.n; i++) {
        reading->concern = &concerns.list.items[i];
        reading->names = names_here(reading, &names);
        err = programme_hold(db, reading, out);
    }
    return err;
}

enum err rights_read(struct db *db, struct arena *arena, const char *who, const struct names *also,
                     struct held *out) {
    struct reading reading = {.arena = arena, .who = who, .also = also, .out = out};
    return db_read(db, reading_do, &reading);
}

enum err rights_read_own(struct db *db, struct arena *arena, const char *login, int64_t most,
                         struct held *out) {
    struct reading reading = {
        .arena = arena, .who = login, .is_own = true, .most = most, .out = out};
    return reading_do(db, &reading);
}

/* ---- erasing ---- */

struct erasing {
    struct arena *arena;
    const struct rights_wish *wish;
    struct rights_outcome *out;
};

static enum err concern_erase(struct db *db, struct erasing *erasing, struct concern *concern,
                              const struct names *names) {
    const struct rights_wish *wish = erasing->wish;
    const struct names logins = person_logins(erasing->arena, &erasing->out->person);
    const struct erase_wish erase = {
        .key = concern->key,
        .names = names,
        .logins = &logins,
        .also = wish->also,
        .keep_texts = wish->keep_texts,
        .only_look = wish->only_look,
        .author = wish->author,
        .reason = wish->reason,
    };
    struct rights_erased done = {.programme = concern->programme, .old_key = concern->key};
    enum err err = erase_person(db, erasing->arena, &done.programme, &erase, &done.erased);
    if (!err)
        list_add(erasing->arena, &erasing->out->programmes, done);
    return err;
}

static enum err records_erase(struct db *db, struct erasing *erasing,
                              const struct programme *only) {
    struct arena *arena = erasing->arena;
    const struct person *person = &erasing->out->person;
    struct names names = person_names(arena, person);
    struct concerns concerns = {0};
    bool everything = erasing->wish->parts == PART_ALL;
    enum err err = concerns_find(db, arena, person, erasing->wish->also, &concerns);
    names_join(arena, &names, erasing->wish->also);
    for (size_t i = 0; !err && i < concerns.list.n; i++) {
        struct concern *concern = &concerns.list.items[i];
        if ((only && only->id != concern->programme.id) || (!concern->key && !everything))
            continue;
        if (concern->by_name && !only)
            list_add(arena, &erasing->out->left.list, concern->programme.key);
        else
            err = concern_erase(db, erasing, concern, &names);
    }
    return err;
}

static void removed_count(struct rights_outcome *out, const struct rights_wish *wish,
                          const struct programme *only) {
    for (size_t i = 0; i < out->person.memberships.n; i++)
        out->memberships += (wish->parts & PART_MEMBERSHIP) &&
                            (!only || only->id == out->person.memberships.items[i].programme.id);
    if ((wish->parts & PART_ACCOUNT) && !only)
        out->accounts = out->person.accounts.n;
}

static enum err erasing_do(struct db *db, void *context) {
    struct erasing *erasing = context;
    const struct rights_wish *wish = erasing->wish;
    struct rights_outcome *out = erasing->out;
    struct programme programme = {0};
    const struct programme *only = wish->programme ? &programme : NULL;
    *out = (struct rights_outcome){0};
    enum err err = person_find(db, erasing->arena, wish->who, &out->person);
    if (!err && only)
        err = programme_find(db, erasing->arena, wish->programme, &programme);
    if (!err && (wish->parts & PART_RECORD))
        err = records_erase(db, erasing, only);
    if (err)
        return err;
    removed_count(out, wish, only);
    if (!out->programmes.n && !out->memberships && !out->accounts &&
        (only || wish->parts != PART_ALL || !out->person.id)) {
        problem_add(db_problems(db), (struct place){.file = db_name(db)},
                    "There is nothing of that kind about %s%s%s.", out->person.name,
                    only ? " in " : "", only ? programme.key : "");
        return ERR_INPUT;
    }
    return wish->only_look ? OK
                           : person_forget(db, erasing->arena, &out->person, wish->parts, only,
                                           &out->person_gone);
}

enum err rights_erase(struct db *db, struct arena *arena, const struct rights_wish *wish,
                      struct rights_outcome *out) {
    struct erasing erasing = {arena, wish, out};
    return wish->only_look ? db_read(db, erasing_do, &erasing) : db_write(db, erasing_do, &erasing);
}
