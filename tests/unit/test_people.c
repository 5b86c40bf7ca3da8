/* People across programmes; names taken out of texts; a person erased, present and past. */
#include "database.h"

#include "store/audit.h"
#include "store/import.h"
#include "store/kept.h"
#include "store/organisations.h"
#include "store/redact.h"
#include "store/rights.h"
#include "workbook/workbook.h"

/* ---- names in texts ---- */

static void names_are_found_as_words(void **state) {
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"Matron Eastwing", "[name erased]"},
        {"Matron Eastwing's post, and Matron Eastwingers's",
         "[name erased]'s post, and Matron Eastwingers's"},
        {"MATRON  eastwing\nand matron\u00a0eastwing.", "[name erased]\nand [name erased]."},
        {"Submatron Eastwing", "Submatron Eastwing"},
        {"Dr Matron Eastwing-led", "[name erased]-led"}, /* the longer of two names */
        {"(matron-eastwing), matron-eastwing-2, x.matron-eastwing, matron-eastwing. "
         "Matron-Eastwing",
         "(person-1), matron-eastwing-2, x.matron-eastwing, person-1. Matron-Eastwing"},
        {"\u00c9l\u00e8ve d\u2019\u00c9tat", "[name erased]"},
        {"\u00e9l\u00e8ve d'\u00e9tat2", "\u00e9l\u00e8ve d'\u00e9tat2"},
        {"\u0412\u0420\u0410\u0427", "[name erased]"},
        {"", ""},
    };
    struct redaction redaction = redaction_new(*state);
    redaction_add_name(&redaction, " Matron Eastwing ");
    redaction_add_name(&redaction, "Dr Matron Eastwing");
    redaction_add_name(&redaction, "\u00e9l\u00e8ve d'\u00e9tat");
    redaction_add_name(&redaction, "\u0432\u0440\u0430\u0447");
    redaction_add_name(&redaction, "?!"); /* no name */
    redaction_add_key(&redaction, "matron-eastwing", "person-1");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(redact(&redaction, cases[i].text), cases[i].expected);
    assert_null(redact(&redaction, NULL));
    const char *untouched = "Nobody at all";
    assert_ptr_equal(redact(&redaction, untouched), untouched);
}

static void parts_of_names_are_hints(void **state) {
    struct redaction redaction = redaction_new(*state);
    redaction_add_name(&redaction, "Prof. Matron van de Eastwing");
    struct redaction parts = redaction_parts(&redaction);
    const char *title = "the prof. of those days, de facto";
    assert_ptr_equal(redact(&parts, title), title);
    assert_string_equal(redact(&parts, "Ms Eastwing"), "Ms [name erased]");
}

/* ---- a store with a person in two programmes ---- */

#define ORGANISATIONS "Key,Name,Part,Code\nhospital,The Eastwing hospital,host,RTH\n"
#define PEOPLE "Key,Name,Employer,Note\n"
#define PORTER "porter,Porter Northgate,hospital,Reports to Matron Eastwing (matron-eastwing)\n"
#define POSTS "Key,Title,Organisation\nlead,Lead,hospital\n"
#define HOLDERS "Post,Person,Note\nlead,matron-eastwing,since MATRON EASTWING came\n"

static void sheet_add(struct database *database, struct sheets *sheets, const char *name,
                      const char *text) {
    must(database, csv_read_bytes(database->arena, "test", name, text, strlen(text), sheets,
                                  &database->problems));
}

static struct sheets sheets_make(struct database *database, const char *programme,
                                 const char *people) {
    struct sheets sheets = {.path = "test"};
    sheet_add(database, &sheets, "Programme",
              arena_format(database->arena, "Key,Name\n%s,Matron Eastwing's work\n", programme));
    sheet_add(database, &sheets, "Organisations", ORGANISATIONS);
    sheet_add(database, &sheets, "People", people);
    sheet_add(database, &sheets, "Posts", POSTS);
    sheet_add(database, &sheets, "Post holders", HOLDERS);
    return sheets;
}

static enum err bring(struct database *database, const char *programme, const char *author,
                      const char *people, const struct programme *origin,
                      struct imported *imported) {
    const struct import_wish wish = {.author = author, .reason = "Matron Eastwing begins"};
    struct sheets sheets = sheets_make(database, programme, people);
    if (origin)
        origin_attach(database, &sheets, origin);
    return import_sheets(database->db, database->arena, &sheets, &wish, imported);
}

static struct programme now(struct database *database, const char *key) {
    struct programme programme;
    must(database, programme_look(database->db, database->arena, key, &programme));
    return programme;
}

/* Two revisions of "one", one of "two". */
static void history_make(struct database *database) {
    struct imported imported;
    must(database, bring(database, "one", "aeastwing",
                         PEOPLE "matron-eastwing,Matron Eastwing,hospital,likes tea\n" PORTER, NULL,
                         &imported));
    must(database, bring(database, "one", "porter",
                         PEOPLE "matron-eastwing,Matron Westwing,hospital,likes coffee\n" PORTER,
                         NULL, &imported));
    must(database,
         bring(database, "two", "porter",
               PEOPLE "matron-eastwing,Matron Eastwing,hospital,\n" PORTER, NULL, &imported));
}

static enum err link_do(struct db *db, void *context) {
    struct arena *arena = context;
    struct names records = {0};
    struct person person;
    list_add(arena, &records.list, "two/matron-eastwing");
    enum err err = person_link(db, arena, "one/matron-eastwing", &records, &person);
    if (!err)
        err = account_add(db, arena, "one/matron-eastwing", "aeastwing", &person);
    if (!err)
        err = member_set(db, arena, "one", "aeastwing", "team", &person);
    return err ? err : member_set(db, arena, "one", "aeastwing", "lead", &person);
}

static size_t faults(struct database *database, const struct programme *kept) {
    struct programme programme = now(database, kept->key);
    const struct kept_link link = {kept->key, kept->revision, kept->link};
    struct audit_verdict verdict;
    struct kept_verdict kept_verdict;
    struct programmes among = {0};
    list_add(database->arena, &among.list, programme);
    must(database, audit_verify(database->db, database->arena, &programme, &verdict));
    must(database, kept_verify(database->db, database->arena, &link, &among, &kept_verdict));
    return verdict.faults.n + !kept_verdict.found;
}

/* How often a text stands anywhere in the tables. */
static int64_t found(struct database *database, const char *text) {
    return database_number(
        database, arena_format(database->arena,
                               "select (select count(*) from record where lower(content) like "
                               "'%%%s%%' or lower(key) like '%%%s%%')"
                               " + (select count(*) from revision where lower(author) like "
                               "'%%%s%%' or lower(reason) like '%%%s%%')"
                               " + (select count(*) from programme where lower(name) like '%%%s%%')"
                               " + (select count(*) from person where lower(name) like '%%%s%%')"
                               " + (select count(*) from account where lower(login) like '%%%s%%')",
                               text, text, text, text, text, text, text));
}

/* Of one who had two names under her key. */
static struct rights_wish wish_for(const char *who, int parts) {
    static const char *names[] = {"Matron Eastwing", "matron westwing"};
    static const struct names also = {.list = {.items = names, .n = 2}};
    return (struct rights_wish){.who = who,
                                .parts = parts,
                                .also = &also,
                                .author = "root",
                                .reason = "Matron Eastwing asked"};
}

static void an_erased_person_is_nowhere(void **state) {
    struct database *database = *state;
    struct rights_outcome outcome;
    struct programme one, two;
    history_make(database);
    must(database, db_write(database->db, link_do, database->arena));
    one = now(database, "one");
    two = now(database, "two");
    const struct rights_wish wish = wish_for("aeastwing", PART_ALL);
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    assert_int_equal(outcome.programmes.n, 2);
    assert_int_equal(outcome.programmes.items[0].erased.own, 2);
    /* the programme, the porter, the holder */
    assert_int_equal(outcome.programmes.items[0].erased.others, 3);
    assert_int_equal(outcome.memberships, 1);
    assert_int_equal(outcome.accounts, 1);
    assert_true(outcome.person_gone);
    assert_int_equal(found(database, "matron"), 0);
    assert_int_equal(found(database, "aeastwing"), 0);
    assert_int_equal(found(database, "tea"), 0);
    assert_int_equal(found(database, "coffee"), 0);
    assert_int_equal(found(database, "eastwing"), 2);                /* the hospital, twice */
    assert_int_equal(outcome.programmes.items[0].erased.hints.n, 1); /* and it is told */
    assert_int_equal(faults(database, &one), 0);
    assert_int_equal(faults(database, &two), 0);
    assert_int_equal(now(database, "one").revision, one.revision + 1);
    assert_string_equal(now(database, "one").name, "[name erased]'s work");
    assert_int_equal(
        database_number(database, "select count(*) from record where until is not null"), 1);
}

/* What is left reads well in every revision, and what others did with the person stays true. */
static void the_records_still_hold(void **state) {
    struct database *database = *state;
    struct rights_outcome outcome;
    struct programme programme;
    struct records records;
    history_make(database);
    const struct rights_wish wish = wish_for("one/matron-eastwing", PART_RECORD);
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    const char *key = outcome.programmes.items[0].erased.key;
    for (int64_t revision = 1; revision <= 3; revision++) {
        must(database,
             programme_read(database->db, database->arena, "one", revision, &programme, &records));
        const struct record *person = records_find(&records, kind_find("person"), key);
        assert_non_null(person);
        assert_string_equal(record_value(person, "name"), REDACTED);
        assert_string_equal(record_value(person, "employer"), "hospital");
        assert_null(record_value(person, "note"));
        const struct record *holder = records_of(&records, kind_find("post_holder"))->list.items[0];
        assert_string_equal(record_value(holder, "person"), key);
        assert_string_equal(holder->id, arena_format(database->arena, "lead/%s", key));
    }
    assert_int_equal(
        database_number(database,
                        arena_format(database->arena,
                                     "select count(*) from record where key = 'lead/%s'", key)),
        1);
    /* The other programme is another matter. */
    assert_int_equal(now(database, "two").revision, 1);
    assert_true(found(database, "matron eastwing") > 0);
}

static void erasing_twice_verifies(void **state) {
    struct database *database = *state;
    struct rights_outcome outcome;
    history_make(database);
    struct programme kept = now(database, "one");
    struct rights_wish wish = wish_for("one/matron-eastwing", PART_ALL);
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    wish.who = "one/porter";
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    assert_int_equal(faults(database, &kept), 0);
    database_do(database, "update record set content = replace(content, 'erased', 'raised')");
    assert_true(faults(database, &kept) > 0);
}

static void a_copy_from_before_is_refused(void **state) {
    struct database *database = *state;
    struct rights_outcome outcome;
    struct imported imported;
    const char *people = PEOPLE "matron-eastwing,Matron Westwing,hospital,likes coffee\n" PORTER;
    history_make(database);
    struct programme before = now(database, "one");
    const struct rights_wish wish = wish_for("one/matron-eastwing", PART_ALL);
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    assert_int_equal(bring(database, "one", "porter", people, &before, &imported), ERR_INPUT);
    assert_non_null(strstr(told(database), "Export again"));
    assert_int_equal(found(database, "westwing"), 0);
    /* One made afterwards is taken. */
    struct programme after = now(database, "one");
    const char *key = outcome.programmes.items[0].erased.key;
    database->problems.list.n = 0;
    struct sheets sheets = {.path = "test"};
    const struct import_wish save = {.author = "porter"};
    sheet_add(database, &sheets, "Programme", "Key,Name\none,A new name\n");
    sheet_add(database, &sheets, "Post holders",
              arena_format(database->arena, "Post,Person\nlead,%s\n", key));
    origin_attach(database, &sheets, &after);
    must(database, import_sheets(database->db, database->arena, &sheets, &save, &imported));
    assert_int_equal(imported.commit.changes.n, 2);
    assert_int_equal(faults(database, &before), 0);
}

/* The key may have been a role's. */
static void several_names_must_be_said(void **state) {
    struct database *database = *state;
    struct rights_outcome outcome;
    history_make(database);
    struct rights_wish wish = wish_for("one/matron-eastwing", PART_ALL);
    const char *one_name[] = {"Matron Westwing"};
    const struct names also = {.list = {.items = one_name, .n = 1}};
    for (int said = 0; said < 2; said++) {
        wish.also = said ? &also : NULL;
        wish.only_look = said;
        assert_int_equal(rights_erase(database->db, database->arena, &wish, &outcome), ERR_INPUT);
        assert_non_null(strstr(told(database), "Matron Eastwing and Matron Westwing"));
    }
    assert_int_equal(now(database, "one").revision, 2);
    assert_true(found(database, "coffee") > 0);
}

/* A login may be any word: it is taken out of who saved and decided, not out of what is said. */
static enum err word_login_do(struct db *db, void *context) {
    struct person person;
    enum err err = account_add(db, context, "two/matron-eastwing", "title", &person);
    return err ? err : account_add(db, context, "two/matron-eastwing", "hospital", &person);
}

static const char *text_of(struct database *database, const char *sql) {
    struct db_rows rows;
    const char *text = "";
    must(database,
         db_query(database->db, db_statement_add(database->db, sql), DB_NO_VALUES, &rows));
    if (db_next(&rows))
        text = arena_copy(database->arena, db_row_text(&rows, 0));
    must(database, db_rows_end(&rows, OK));
    return text;
}

static void a_login_is_no_name(void **state) {
    struct database *database = *state;
    struct rights_outcome outcome;
    struct imported imported;
    must(database, bring(database, "two", "title",
                         PEOPLE "matron-eastwing,\"Matron \"\"An\"\" Eastwing\",hospital,\n" PORTER,
                         NULL, &imported));
    must(database, db_write(database->db, word_login_do, database->arena));
    database_do(database,
                "insert into finding (programme_id, id, identity, private, content) "
                "select id, 5, 'A1/x', 0, '{\"title\":\"The title\",\"rule\":\"A1\",\"sentence\":"
                "\"Matron \\\"An\\\" Eastwing of the hospital\",\"n\":[1]}' from programme");
    database_do(database, "insert into finding_decision (programme_id, finding_id, number, what, "
                          "author, at, reason) select id, 5, 1, 'accepted', 'title', 'now', "
                          "'the title says so' from programme");
    const struct rights_wish wish = {
        .who = "two/matron-eastwing", .parts = PART_ALL, .author = "root", .reason = "asked"};
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    assert_int_equal(found(database, "the eastwing hospital"), 1);
    assert_string_equal(text_of(database, "select author from revision where number = 1"),
                        REDACTED);
    assert_string_equal(text_of(database, "select author from finding_decision"), REDACTED);
    assert_string_equal(text_of(database, "select reason from finding_decision"),
                        "the title says so");
    assert_string_equal(text_of(database, "select content from finding"),
                        "{\"title\":\"The title\",\"rule\":\"A1\",\"sentence\":"
                        "\"[name erased] of the hospital\",\"n\":[1]}");
}

/* What somebody answered goes with them; what others answered stays, without the name. */
static void answers_go_with_the_person(void **state) {
    struct database *database = *state;
    struct rights_outcome outcome;
    struct imported imported;
    struct held held;
    must(database,
         bring(database, "two", "title",
               PEOPLE "matron-eastwing,Matron Eastwing,hospital,\n" PORTER, NULL, &imported));
    database_do(database, "insert into finding (programme_id, id, identity, private, content) "
                          "select id, 5, 'A1/x', 0, '{}' from programme");
    database_do(database, "insert into reply (programme_id, id, finding_id, what, words, person, "
                          "author, at) select id, 1, 5, 'no', 'I cannot', 'matron-eastwing', "
                          "'Matron Eastwing', 'now' from programme");
    database_do(database,
                "insert into reply (programme_id, id, record_id, what, words, person, "
                "author, at, taken_up_at, taken_up_by, taken_up_words) select id, 2, 7, "
                "'in the way', 'Ask Matron Eastwing', 'porter', 'Porter Northgate', 'now', "
                "'now', 'Matron Eastwing', 'Matron Eastwing will ring' from programme");
    must(database, rights_read(database->db, database->arena, "two/matron-eastwing", NULL, &held));
    assert_int_equal(held.programmes.items[0].replies.n, 2);
    assert_string_equal(held.programmes.items[0].replies.items[0].finding.identity, "A1/x");
    assert_null(held.programmes.items[0].replies.items[1].title); /* no such action */
    struct rights_wish wish = wish_for("two/matron-eastwing", PART_ALL);
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    assert_int_equal(database_number(database, "select id from reply"), 2);
    assert_string_equal(text_of(database, "select words from reply"), "Ask " REDACTED);
    assert_string_equal(text_of(database, "select taken_up_by from reply"), REDACTED);
    assert_string_equal(text_of(database, "select taken_up_words from reply"),
                        REDACTED " will ring");
    assert_string_equal(text_of(database, "select author from reply"), "Porter Northgate");
}

static void looking_alters_nothing(void **state) {
    struct database *database = *state;
    struct rights_outcome outcome;
    history_make(database);
    struct rights_wish wish = wish_for("one/matron-eastwing", PART_ALL);
    wish.only_look = true;
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    assert_int_equal(outcome.programmes.items[0].erased.own, 2);
    assert_int_equal(now(database, "one").revision, 2);
    assert_int_equal(database_number(database, "select count(*) from erasure"), 0);
}

/* Somebody written down by role: other records keep their words. */
static void words_can_be_kept(void **state) {
    struct database *database = *state;
    struct rights_outcome outcome;
    history_make(database);
    struct rights_wish wish = wish_for("one/matron-eastwing", PART_ALL);
    wish.keep_texts = true;
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    assert_int_equal(outcome.programmes.items[0].erased.others, 1); /* the holder refers to her */
    assert_string_equal(now(database, "one").name, "Matron Eastwing's work");
    assert_int_equal(
        faults(database,
               &(struct programme){.key = "one", .revision = 3, .link = now(database, "one").link}),
        0);
}

static void each_part_goes_alone(void **state) {
    struct database *database = *state;
    struct rights_outcome outcome;
    history_make(database);
    must(database, db_write(database->db, link_do, database->arena));
    struct rights_wish wish = wish_for("aeastwing", PART_MEMBERSHIP);
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    assert_int_equal(database_number(database, "select count(*) from member"), 0);
    assert_int_equal(database_number(database, "select count(*) from account"), 1);
    assert_int_equal(database_number(database, "select count(*) from person_record"), 2);
    wish.parts = PART_ACCOUNT;
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    assert_false(outcome.person_gone);
    assert_int_equal(database_number(database, "select count(*) from account"), 0);
    assert_int_equal(database_number(database, "select count(*) from erasure"), 0);
    wish = wish_for("one/matron-eastwing", PART_RECORD);
    wish.programme = "one";
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    assert_int_equal(database_number(database, "select count(*) from person_record"), 1);
    assert_int_equal(now(database, "two").revision, 1);
    wish.who = "two/matron-eastwing";
    wish.programme = NULL;
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    assert_true(outcome.person_gone);
    assert_int_equal(database_number(database, "select count(*) from person"), 0);
    wish.who = "two/matron-eastwing"; /* nobody has ever heard of her */
    assert_int_equal(rights_erase(database->db, database->arena, &wish, &outcome), ERR_INPUT);
}

static void everything_held_is_told(void **state) {
    struct database *database = *state;
    struct held held;
    history_make(database);
    must(database, db_write(database->db, link_do, database->arena));
    must(database, rights_read(database->db, database->arena, "aeastwing", NULL, &held));
    assert_string_equal(held.person.name, "Matron Westwing");
    assert_string_equal(held.person.memberships.items[0].role, "lead");
    assert_int_equal(held.programmes.n, 2);
    const struct held_programme *one = &held.programmes.items[0];
    assert_int_equal(one->own.n, 1);
    assert_int_equal(one->own.items[0].versions.n, 2);
    assert_int_equal(one->own.items[0].versions.items[0].until, 2);
    assert_int_equal(one->saves.n, 2); /* one by her login, one that names her in the reason */
    size_t holders = 0;
    for (size_t i = 0; i < one->others.n; i++)
        holders += text_equal(one->others.items[i].kind->name, "post_holder");
    assert_int_equal(holders, 1);
}

/* ---- who is who ---- */

static enum err add_twice(struct db *db, void *context) {
    struct person person;
    enum err err = person_add(db, context, "Matron Eastwing", "matron@example.org", &person);
    return err ? err : person_add(db, context, "Another", "Matron@Example.org", &person);
}

static enum err steal_link(struct db *db, void *context) {
    struct names records = {0};
    struct person person;
    list_add((struct arena *)context, &records.list, "two/matron-eastwing");
    return person_link(db, context, "one/porter", &records, &person);
}

static enum err unlink_and_steal(struct db *db, void *context) {
    struct person person;
    enum err err = person_unlink(db, context, "two/matron-eastwing", &person);
    return err ? err : steal_link(db, context);
}

static enum err nobody(struct db *db, void *context) {
    struct person person;
    return person_find(db, context, "nobody@example.org", &person);
}

static void people_are_told_apart(void **state) {
    struct database *database = *state;
    history_make(database);
    assert_int_equal(db_write(database->db, add_twice, database->arena), ERR_INPUT);
    assert_int_equal(database_number(database, "select count(*) from person"), 0);
    must(database, db_write(database->db, link_do, database->arena));
    assert_int_equal(db_write(database->db, steal_link, database->arena), ERR_INPUT);
    assert_non_null(strstr(told(database), "linked to Matron Westwing already"));
    must(database, db_write(database->db, unlink_and_steal, database->arena));
    assert_int_equal(database_number(database, "select count(*) from person"), 2);
    assert_int_equal(db_read(database->db, nobody, database->arena), ERR_INPUT);
}

struct shared {
    struct arena *arena;
    struct shared_organisations found;
};

static enum err shared_do(struct db *db, void *context) {
    struct shared *shared = context;
    return organisations_read(db, shared->arena, 2, &shared->found);
}

static void organisations_are_shared_by_code(void **state) {
    struct database *database = *state;
    struct shared shared = {.arena = database->arena};
    struct imported imported;
    history_make(database);
    must(database, db_read(database->db, shared_do, &shared));
    assert_int_equal(shared.found.list.n, 1);
    assert_string_equal(shared.found.list.items[0].code, "RTH");
    assert_int_equal(shared.found.list.items[0].parts.n, 2);
    assert_string_equal(shared.found.list.items[0].parts.items[1].programme, "two");
    /* Without its code it is shared no more, and its name is the one that was saved last. */
    struct sheets sheets = {.path = "test"};
    sheet_add(database, &sheets, "Programme", "Key,Name\ntwo,Two\n");
    sheet_add(database, &sheets, "Organisations", "Key,Name,Part\nhospital,City hospital,host\n");
    must(database, import_sheets(database->db, database->arena, &sheets,
                                 &(struct import_wish){.programme = "two"}, &imported));
    must(database, db_read(database->db, shared_do, &shared));
    assert_int_equal(shared.found.list.n, 0);
    assert_int_equal(database_number(database, "select count(*) from organisation"), 1);
}

/* ---- the bytes ---- */

/* Whether a text stands in a file of the folder. */
static bool lies_in(struct database *database, const char *text) {
    return system(arena_format(database->arena, "grep -rqai '%s' '%s'", text, database->folder)) ==
           0;
}

static void nothing_is_left_in_the_file(void **state) {
    struct database *database = *state;
    struct rights_outcome outcome;
    struct rights_wish wish = wish_for("one/matron-eastwing", PART_ALL);
    history_make(database);
    assert_true(lies_in(database, "coffee"));
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    wish.who = "two/matron-eastwing";
    must(database, rights_erase(database->db, database->arena, &wish, &outcome));
    must(database, db_scrub(database->db));
    assert_false(lies_in(database, "coffee"));
    assert_false(lies_in(database, "matron"));
    assert_true(lies_in(database, "Porter Northgate"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(names_are_found_as_words),
        TEST(parts_of_names_are_hints),
        STORE_TEST(an_erased_person_is_nowhere),
        STORE_TEST(the_records_still_hold),
        STORE_TEST(erasing_twice_verifies),
        STORE_TEST(a_copy_from_before_is_refused),
        STORE_TEST(several_names_must_be_said),
        STORE_TEST(a_login_is_no_name),
        STORE_TEST(answers_go_with_the_person),
        STORE_TEST(looking_alters_nothing),
        STORE_TEST(words_can_be_kept),
        STORE_TEST(each_part_goes_alone),
        STORE_TEST(everything_held_is_told),
        STORE_TEST(people_are_told_apart),
        STORE_TEST(organisations_are_shared_by_code),
        {"sqlite: nothing_is_left_in_the_file", nothing_is_left_in_the_file, sqlite_open,
         database_close, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
