#include "store/people.h"
#include "base/text.h"
#include "store/erase.h"
#include "store/stored.h"

const char *const role_names[ROLE_COUNT] = {"lead", "team", "sponsor", "mentor", "evaluator"};

static enum err refuse(struct db *db, const char *format, ...) PRINTF_LIKE(2, 3);

static enum err refuse(struct db *db, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_format_list(db_problems(db)->arena, format, arguments);
    va_end(arguments);
    problem_add(db_problems(db), (struct place){.file = db_name(db)}, "%s", message);
    return ERR_INPUT;
}

/* ---- reading ---- */

static enum err record_latest(struct db *db, struct arena *arena, struct person_record *record) {
    const struct kind *kind = kind_find("person");
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    struct db_rows rows;
    enum err err =
        db_query(db, SQL_person_record_latest,
                 DB_VALUES(db_integer(record->programme.id), db_integer(record->id)), &rows);
    if (err)
        return err;
    if (db_next(&rows)) {
        record->key = db_row_copy(arena, &rows, 0);
        record->is_gone = !db_row_null(&rows, 2);
        if (stored_read(arena, kind, db_row_text(&rows, 1), cells) == OK)
            record->name = cells[kind_field_index(kind, "name")];
    }
    if (!record->name)
        record->name = record->key;
    return db_rows_end(&rows, OK);
}

static enum err records_list(struct db *db, struct arena *arena, struct person *person) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_person_record_list, DB_VALUES(db_integer(person->id)), &rows);
    if (err)
        return err;
    while (db_next(&rows))
        list_add(arena, &person->records,
                 (struct person_record){.programme = programme_of_row(arena, &rows),
                                        .id = db_row_integer(&rows, 5),
                                        .joined_at = db_row_copy(arena, &rows, 6),
                                        .joined_by = db_row_copy(arena, &rows, 7)});
    err = db_rows_end(&rows, OK);
    for (size_t i = 0; !err && i < person->records.n; i++)
        err = record_latest(db, arena, &person->records.items[i]);
    return err;
}

/* All that hangs on the person of an id. */
static enum err person_read(struct db *db, struct arena *arena, int64_t id, struct person *out) {
    struct db_rows rows;
    *out = (struct person){.id = id};
    enum err err = db_query(db, SQL_person_by_id, DB_VALUES(db_integer(id)), &rows);
    if (err)
        return err;
    if (db_next(&rows)) {
        out->name = db_row_copy(arena, &rows, 1);
        out->email = db_row_copy(arena, &rows, 2);
    }
    err = db_rows_end(&rows, OK);
    if (!err)
        err = records_list(db, arena, out);
    if (!err)
        err = db_query(db, SQL_member_list, DB_VALUES(db_integer(id)), &rows);
    if (err)
        return err;
    while (db_next(&rows))
        list_add(arena, &out->memberships,
                 (struct membership){.programme = programme_of_row(arena, &rows),
                                     .role = db_row_copy(arena, &rows, 5),
                                     .since = db_row_copy(arena, &rows, 6),
                                     .visited_at = db_row_copy(arena, &rows, 7),
                                     .seen_before = db_row_copy(arena, &rows, 8)});
    err = db_rows_end(&rows, OK);
    if (!err)
        err = db_query(db, SQL_account_list, DB_VALUES(db_integer(id)), &rows);
    if (err)
        return err;
    while (db_next(&rows))
        list_add(arena, &out->accounts,
                 (struct account){db_row_copy(arena, &rows, 0), db_row_copy(arena, &rows, 1),
                                  db_row_copy(arena, &rows, 2), db_row_copy(arena, &rows, 3)});
    return db_rows_end(&rows, OK);
}

struct ids {
    LIST(int64_t) list;
};

static enum err ids_read(struct db *db, struct arena *arena, enum statement statement,
                         const struct db_value *values, size_t n, struct ids *out) {
    struct db_rows rows;
    *out = (struct ids){0};
    enum err err = db_query(db, statement, values, n, &rows);
    if (err)
        return err;
    while (db_next(&rows))
        list_add(arena, &out->list, db_row_integer(&rows, 0));
    return db_rows_end(&rows, OK);
}

enum err people_list(struct db *db, struct arena *arena, struct people *out) {
    struct ids ids;
    *out = (struct people){0};
    enum err err = ids_read(db, arena, SQL_person_list, DB_NO_VALUES, &ids);
    for (size_t i = 0; !err && i < ids.list.n; i++) {
        struct person person;
        err = person_read(db, arena, ids.list.items[i], &person);
        if (!err)
            list_add(arena, &out->list, person);
    }
    return err;
}

/* ---- who is meant ---- */

/* Of somebody who was erased nobody can tell that the key was theirs. */
static enum err missing_refuse(struct db *db, struct arena *arena,
                               const struct person_record *wanted) {
    const char *key = text_quote(arena, wanted->key);
    int64_t erased;
    enum err err = erase_latest(db, wanted->programme.id, &erased);
    if (err)
        return err;
    if (!erased)
        return refuse(db, "There is no \"%s\" on the sheet People of \"%s\", and there never was.",
                      key, wanted->programme.key);
    return refuse(db,
                  "Nobody on the sheet People of \"%s\" has or had the key \"%s\". If they were "
                  "erased, the history says when: `ithaca audit` (the last time in revision %lld).",
                  wanted->programme.key, key, (long long)erased);
}

/* PROGRAMME/KEY: which programme, and the newest record that had the key. */
static enum err record_find(struct db *db, struct arena *arena, const char *text,
                            struct person_record *out) {
    const char *slash = strchr(text, '/');
    struct ids ids;
    *out = (struct person_record){0};
    if (!slash || !slash[1])
        return refuse(db,
                      "\"%s\" names no record. Write the programme's key, a slash, and a key from "
                      "its sheet People: harbour/geriatrician.",
                      text_quote(arena, text));
    out->key = slash + 1;
    enum err err = programme_find(db, arena, arena_copy_n(arena, text, (size_t)(slash - text)),
                                  &out->programme);
    if (!err)
        err = ids_read(db, arena, SQL_person_record_find,
                       DB_VALUES(db_integer(out->programme.id), db_text(out->key)), &ids);
    if (!err && !ids.list.n)
        return missing_refuse(db, arena, out);
    if (err)
        return err;
    const char *key = out->key;
    out->id = ids.list.items[0];
    err = record_latest(db, arena, out);
    out->key = key;
    return err;
}

/* The record, and whoever is linked to it. */
static enum err record_and_people(struct db *db, struct arena *arena, const char *text,
                                  struct person_record *record, struct ids *people) {
    enum err err = record_find(db, arena, text, record);
    return err ? err
               : ids_read(db, arena, SQL_person_by_record,
                          DB_VALUES(db_integer(record->programme.id), db_text(record->key)),
                          people);
}

static enum err person_of_record(struct db *db, struct arena *arena, const char *text,
                                 struct person *out) {
    struct person_record record;
    struct ids ids;
    enum err err = record_and_people(db, arena, text, &record, &ids);
    if (err)
        return err;
    if (ids.list.n > 1)
        return refuse(db,
                      "\"%s\" was the key of several people. Name the one you mean by email or "
                      "login.",
                      text_quote(arena, text));
    if (ids.list.n)
        return person_read(db, arena, ids.list.items[0], out);
    *out = (struct person){.name = record.name};
    list_add(arena, &out->records, record);
    return OK;
}

/* Addresses are kept and looked for in small letters, so that one is one person's whoever is
 * quicker: the table sees to that. Engines differ in what is a small letter beyond ASCII. */
const char *email_fold(struct arena *arena, const char *email) {
    return text_lower(arena, email);
}

enum err person_find(struct db *db, struct arena *arena, const char *who, struct person *out) {
    static const enum statement ways[] = {SQL_person_by_login, SQL_person_by_email,
                                          SQL_person_by_name};
    struct ids ids = {0};
    enum err err = OK;
    for (size_t i = 0; !err && !ids.list.n && i < sizeof ways / sizeof *ways; i++)
        err = ids_read(
            db, arena, ways[i],
            DB_VALUES(db_text(ways[i] == SQL_person_by_email ? email_fold(arena, who) : who)),
            &ids);
    if (err)
        return err;
    if (ids.list.n == 1)
        return person_read(db, arena, ids.list.items[0], out);
    if (ids.list.n)
        return refuse(db,
                      "%zu people are called \"%s\". Name the one you mean by email, by login, "
                      "or as PROGRAMME/KEY.",
                      ids.list.n, text_quote(arena, who));
    if (strchr(who, '/'))
        return person_of_record(db, arena, who, out);
    return refuse(db,
                  "Nobody here has the login, the email address or the name \"%s\". Somebody on a "
                  "sheet People is named by programme and key: harbour/geriatrician.",
                  text_quote(arena, who));
}

enum err person_with_email(struct db *db, struct arena *arena, const char *email,
                           struct person *out) {
    struct ids ids;
    *out = (struct person){0};
    enum err err = ids_read(db, arena, SQL_person_by_email,
                            DB_VALUES(db_text(email_fold(arena, email))), &ids);
    return err || !ids.list.n ? err : person_read(db, arena, ids.list.items[0], out);
}

struct names person_names(struct arena *arena, const struct person *person) {
    struct names names = {0};
    if (person->id)
        list_add(arena, &names.list, person->name);
    if (person->email)
        list_add(arena, &names.list, person->email);
    for (size_t i = 0; i < person->records.n; i++)
        if (!names_contain(&names, person->records.items[i].name))
            list_add(arena, &names.list, person->records.items[i].name);
    return names;
}

struct names person_logins(struct arena *arena, const struct person *person) {
    struct names logins = {0};
    for (size_t i = 0; i < person->accounts.n; i++)
        list_add(arena, &logins.list, person->accounts.items[i].login);
    return logins;
}

/* ---- people and their records ---- */

enum err person_add(struct db *db, struct arena *arena, const char *name, const char *email,
                    struct person *out) {
    struct ids ids;
    email = email ? email_fold(arena, email) : NULL;
    *out = (struct person){.id = db_id_random(), .name = name, .email = email};
    enum err err =
        email ? ids_read(db, arena, SQL_person_by_email, DB_VALUES(db_text(email)), &ids) : OK;
    if (!err && email && ids.list.n)
        return refuse(db, "Somebody has the email address \"%s\" already.",
                      text_quote(arena, email));
    return err ? err
               : db_run(db, SQL_person_add,
                        DB_VALUES(db_integer(out->id), db_text(name), db_text(email)));
}

/* A record is one person. */
static enum err record_link(struct db *db, struct arena *arena, const struct person *person,
                            const char *text) {
    struct person_record record;
    struct ids ids;
    enum err err = record_and_people(db, arena, text, &record, &ids);
    if (err)
        return err;
    for (size_t i = 0; i < ids.list.n; i++) {
        struct person other;
        if (ids.list.items[i] == person->id)
            return OK;
        err = person_read(db, arena, ids.list.items[i], &other);
        return err ? err
                   : refuse(db,
                            "\"%s\" is linked to %s already. Say `ithaca person unlink` first, if "
                            "that was a mistake.",
                            text_quote(arena, text), other.name);
    }
    char now[DB_TIME_SIZE];
    db_now(now);
    err = programme_touch(db, record.programme.id);
    return err ? err
               : db_run(db, SQL_person_record_add,
                        DB_VALUES(db_integer(record.programme.id), db_integer(record.id),
                                  db_integer(person->id), db_text(now), db_text(NULL)));
}

static enum err record_unlink(struct db *db, const struct person_record *record) {
    enum err err = programme_touch(db, record->programme.id);
    return err ? err
               : db_run(db, SQL_person_record_remove,
                        DB_VALUES(db_integer(record->programme.id), db_integer(record->id)));
}

/* Somebody who was only a record becomes a person, linked to it. */
static enum err person_settle(struct db *db, struct arena *arena, const char *who,
                              struct person *out) {
    enum err err = person_find(db, arena, who, out);
    if (err || out->id)
        return err;
    err = person_add(db, arena, out->name, NULL, out);
    return err ? err : record_link(db, arena, out, who);
}

enum err person_link(struct db *db, struct arena *arena, const char *who,
                     const struct names *records, struct person *out) {
    enum err err = person_settle(db, arena, who, out);
    for (size_t i = 0; !err && i < records->list.n; i++)
        err = record_link(db, arena, out, records->list.items[i]);
    return err ? err : person_read(db, arena, out->id, out);
}

enum err person_unlink(struct db *db, struct arena *arena, const char *record, struct person *out) {
    struct person_record found;
    bool linked = false;
    enum err err = record_find(db, arena, record, &found);
    if (!err)
        err = person_of_record(db, arena, record, out);
    if (err)
        return err;
    for (size_t i = 0; !err && out->id && i < out->records.n; i++) {
        const struct person_record *of = &out->records.items[i];
        if (of->programme.id != found.programme.id || !text_equal(of->key, found.key))
            continue;
        linked = true;
        err = record_unlink(db, of);
    }
    if (!err && !linked)
        return refuse(db, "\"%s\" is linked to nobody.", text_quote(arena, record));
    return err ? err : person_read(db, arena, out->id, out);
}

/* ---- membership and accounts ---- */

enum err member_set(struct db *db, struct arena *arena, const char *programme, const char *who,
                    const char *role, struct person *out) {
    struct programme found;
    char now[DB_TIME_SIZE];
    db_now(now);
    bool is_new = true;
    enum err err = programme_find(db, arena, programme, &found);
    if (!err)
        err = person_settle(db, arena, who, out);
    for (size_t i = 0; !err && i < out->memberships.n; i++)
        is_new &= out->memberships.items[i].programme.id != found.id;
    if (!err && is_new)
        err = db_run(db, SQL_member_links_end, DB_VALUES(db_integer(out->id)));
    if (!err)
        err = db_run(
            db, SQL_member_set,
            DB_VALUES(db_integer(found.id), db_integer(out->id), db_text(role), db_text(now)));
    return err ? err : person_read(db, arena, out->id, out);
}

enum err member_remove(struct db *db, struct arena *arena, const char *programme, const char *who,
                       struct person *out) {
    struct programme found;
    enum err err = programme_find(db, arena, programme, &found);
    if (!err)
        err = person_find(db, arena, who, out);
    if (err)
        return err;
    for (size_t i = 0; i < out->memberships.n; i++)
        if (out->memberships.items[i].programme.id == found.id) {
            err =
                db_run(db, SQL_member_remove, DB_VALUES(db_integer(found.id), db_integer(out->id)));
            return err ? err : person_read(db, arena, out->id, out);
        }
    return refuse(db, "%s is no member of \"%s\".", out->name, found.key);
}

enum err account_add_for(struct db *db, struct arena *arena, int64_t person, const char *login) {
    char now[DB_TIME_SIZE];
    struct ids ids;
    db_now(now);
    if (strchr(login, '/') || text_has_control(login) || text_blank(login))
        return refuse(db, "A login is a short name without a slash in it.");
    enum err err = ids_read(db, arena, SQL_person_by_login, DB_VALUES(db_text(login)), &ids);
    if (!err && ids.list.n)
        return refuse(db, "The login \"%s\" is taken.", text_quote(arena, login));
    return err ? err
               : db_run(db, SQL_account_add,
                        DB_VALUES(db_integer(db_id_random()), db_integer(person), db_text(login),
                                  db_text(now)));
}

enum err account_add(struct db *db, struct arena *arena, const char *who, const char *login,
                     struct person *out) {
    enum err err = person_settle(db, arena, who, out);
    if (!err)
        err = account_add_for(db, arena, out->id, login);
    return err ? err : person_read(db, arena, out->id, out);
}

enum err account_remove(struct db *db, struct arena *arena, const char *login, struct person *out) {
    struct ids ids;
    enum err err = ids_read(db, arena, SQL_person_by_login, DB_VALUES(db_text(login)), &ids);
    if (!err && !ids.list.n)
        return refuse(db, "There is no account with the login \"%s\".", text_quote(arena, login));
    if (!err)
        err = db_run(db, SQL_account_remove, DB_VALUES(db_text(login)));
    return err ? err : person_read(db, arena, ids.list.items[0], out);
}

/* ---- forgetting ---- */

enum err person_forget(struct db *db, struct arena *arena, const struct person *person, int parts,
                       const struct programme *only, bool *person_gone) {
    struct person left;
    enum err err = OK;
    *person_gone = false;
    if (!person->id)
        return OK;
    for (size_t i = 0; !err && (parts & PART_RECORD) && i < person->records.n; i++) {
        const struct person_record *record = &person->records.items[i];
        if (!only || only->id == record->programme.id)
            err = record_unlink(db, record);
    }
    for (size_t i = 0; !err && (parts & PART_MEMBERSHIP) && i < person->memberships.n; i++) {
        const struct programme *programme = &person->memberships.items[i].programme;
        if (!only || only->id == programme->id)
            err = db_run(db, SQL_member_remove,
                         DB_VALUES(db_integer(programme->id), db_integer(person->id)));
    }
    if (!err && !only && (parts & PART_ACCOUNT))
        err = db_run(db, SQL_person_requests_erase, DB_VALUES(db_integer(person->id)));
    for (size_t i = 0; !err && !only && (parts & PART_ACCOUNT) && i < person->accounts.n; i++)
        err = db_run(db, SQL_account_remove, DB_VALUES(db_text(person->accounts.items[i].login)));
    if (!err)
        err = person_read(db, arena, person->id, &left);
    if (err || left.records.n || left.memberships.n || left.accounts.n)
        return err;
    *person_gone = true;
    return db_run(db, SQL_person_remove, DB_VALUES(db_integer(person->id)));
}
