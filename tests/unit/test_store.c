/* The store: what is saved, who is told of what, and whether the history can be trusted. */
#include "database.h"

#include "store/audit.h"
#include "store/import.h"
#include "store/kept.h"
#include "store/stored.h"
#include "workbook/workbook.h"
#include <jansson.h>

#define PROGRAMME "Key,Name\nfalls,Falls\n"
#define ORGANISATIONS "Key,Name,Part\nhospital,The hospital,host\ncouncil,The council,partner\n"

/* Sheets by name, then their text; ends with NULL. */
static struct sheets sheets_of(struct database *database, const char *const texts[][2]) {
    struct sheets sheets = {.path = "test"};
    for (size_t i = 0; texts[i][0]; i++)
        must(database, csv_read_bytes(database->arena, "test", texts[i][0], texts[i][1],
                                      strlen(texts[i][1]), &sheets, &database->problems));
    return sheets;
}

static enum err bring_as(struct database *database, const struct import_wish *wish,
                         const struct programme *origin, const char *organisations,
                         struct imported *out) {
    const char *const texts[][2] = {
        {"Programme", PROGRAMME}, {"Organisations", organisations}, {NULL, NULL}};
    struct sheets sheets = sheets_of(database, texts);
    if (origin)
        origin_attach(database, &sheets, origin);
    return import_sheets(database->db, database->arena, &sheets, wish, out);
}

/* Saves organisations; gives the programme as it is then. */
static struct programme bring(struct database *database, const char *author,
                              const struct programme *origin, const char *organisations) {
    struct imported imported;
    const struct import_wish wish = {.author = author, .reason = "a test"};
    must(database, bring_as(database, &wish, origin, organisations, &imported));
    return imported.commit.programme;
}

/* The organisations of a revision, 0 for now: "hospital=The hospital council=The council". */
static const char *organisations_at(struct database *database, int64_t revision) {
    struct programme programme;
    struct records records;
    struct text text = text_new(database->arena);
    must(database,
         programme_read(database->db, database->arena, "falls", revision, &programme, &records));
    const struct record_list *all = records_of(&records, kind_find("organisation"));
    for (size_t i = 0; i < all->list.n; i++)
        text_add_format(&text, "%s%s=%s", i ? " " : "", all->list.items[i]->id,
                        record_value(all->list.items[i], "name"));
    return text.length ? text.bytes : "";
}

static void saves_and_reads_the_same(void **state) {
    struct database *database = *state;
    struct programme first = bring(database, "lead", NULL, ORGANISATIONS);
    assert_int_equal(first.revision, 1);
    assert_string_equal(first.name, "Falls");
    assert_string_equal(organisations_at(database, 0), "hospital=The hospital council=The council");
}

static void saving_the_same_again_changes_nothing(void **state) {
    struct database *database = *state;
    bring(database, "lead", NULL, ORGANISATIONS);
    assert_int_equal(bring(database, "lead", NULL, ORGANISATIONS).revision, 1);
}

static void every_revision_can_be_read(void **state) {
    struct database *database = *state;
    bring(database, "lead", NULL, ORGANISATIONS);
    bring(database, "lead", NULL,
          "Key,Name,Part\nhospital,City hospital,host\ncouncil,The council,partner\n");
    assert_string_equal(organisations_at(database, 1), "hospital=The hospital council=The council");
    assert_string_equal(organisations_at(database, 2),
                        "hospital=City hospital council=The council");
}

/* Two take a copy; each changes something else; both changes are there afterwards. */
static void two_writers_meet(void **state) {
    struct database *database = *state;
    struct programme base = bring(database, "lead", NULL, ORGANISATIONS);
    bring(database, "one", &base,
          "Key,Name,Part\nhospital,City hospital,host\ncouncil,The council,partner\n");
    struct programme third =
        bring(database, "two", &base,
              "Key,Name,Part\nhospital,The hospital,host\ncouncil,County council,partner\n");
    assert_int_equal(third.revision, 3);
    assert_string_equal(organisations_at(database, 0),
                        "hospital=City hospital council=County council");
}

/* Both change the same: the second is told, sees both, and nothing is lost. */
static void two_writers_collide(void **state) {
    struct database *database = *state;
    struct imported imported;
    struct programme base = bring(database, "lead", NULL, ORGANISATIONS);
    bring(database, "one", &base,
          "Key,Name,Part\nhospital,City hospital,host\ncouncil,The council,partner\n");
    const char *mine =
        "Key,Name,Part\nhospital,Royal hospital,host\ncouncil,County council,partner\n";
    struct import_wish wish = {.author = "two"};
    assert_int_equal(bring_as(database, &wish, &base, mine, &imported), ERR_INPUT);
    assert_int_equal(database->problems.list.n, 0);
    assert_int_equal(imported.commit.conflicts.n, 1);
    const struct conflict *conflict = &imported.commit.conflicts.items[0];
    assert_string_equal(conflict->key, "hospital");
    assert_non_null(strstr(conflict->base, "The hospital"));
    assert_non_null(strstr(conflict->now, "City hospital"));
    assert_non_null(strstr(conflict->mine, "Royal hospital"));
    assert_string_equal(conflict->author, "one");
    assert_string_equal(organisations_at(database, 0),
                        "hospital=City hospital council=The council");

    wish.conflicts = CONFLICT_TAKE_THEIRS;
    must(database, bring_as(database, &wish, &base, mine, &imported));
    assert_string_equal(organisations_at(database, 0),
                        "hospital=City hospital council=County council");
    wish.conflicts = CONFLICT_TAKE_MINE;
    must(database, bring_as(database, &wish, &base, mine, &imported));
    assert_string_equal(organisations_at(database, 0),
                        "hospital=Royal hospital council=County council");
}

/* Each changes another field of one record: both hold. */
static void two_writers_meet_in_one_record(void **state) {
    struct database *database = *state;
    struct imported imported;
    struct programme base = bring(database, "lead", NULL, ORGANISATIONS);
    bring(database, "one", &base,
          "Key,Name,Part\nhospital,City hospital,host\ncouncil,County council,partner\n");
    must(database,
         bring_as(database, &(struct import_wish){0}, &base,
                  "Key,Name,Part\nhospital,The hospital,partner\ncouncil,The council,partner\n",
                  &imported));
    assert_int_equal(imported.commit.changes.n, 1);
    assert_int_equal(imported.commit.theirs, 1);
    assert_string_equal(imported.commit.changes.items[0].after,
                        "{\"key\":\"hospital\",\"name\":\"City hospital\",\"part\":\"partner\"}");
    assert_string_equal(organisations_at(database, 0),
                        "hospital=City hospital council=County council");
}

/* Taking mine in one field leaves what only the other changed. */
static void keeping_mine_keeps_their_other_fields(void **state) {
    struct database *database = *state;
    struct imported imported;
    struct programme base = bring(database, "lead", NULL, ORGANISATIONS);
    bring(database, "one", &base,
          "Key,Name,Part\nhospital,City hospital,partner\ncouncil,The council,partner\n");
    const struct import_wish wish = {.conflicts = CONFLICT_TAKE_MINE};
    must(database,
         bring_as(database, &wish, &base,
                  "Key,Name,Part\nhospital,Royal hospital,host\ncouncil,The council,partner\n",
                  &imported));
    assert_string_equal(imported.commit.changes.items[0].after,
                        "{\"key\":\"hospital\",\"name\":\"Royal hospital\",\"part\":\"partner\"}");
}

/* Back to an earlier revision, whatever was saved since. */
static void exactly_goes_back(void **state) {
    struct database *database = *state;
    struct imported imported;
    struct programme base = bring(database, "lead", NULL, ORGANISATIONS);
    bring(database, "one", &base,
          "Key,Name,Part\nhospital,City hospital,host\ncharity,A charity,partner\n");
    must(database, bring_as(database, &(struct import_wish){0}, &base, ORGANISATIONS, &imported));
    assert_int_equal(imported.commit.changes.n, 0);
    must(database, bring_as(database, &(struct import_wish){.exactly = true}, &base, ORGANISATIONS,
                            &imported));
    assert_string_equal(organisations_at(database, 0), "hospital=The hospital council=The council");
}

/* Another programme that happens to have the key is not written over. */
static void another_programme_of_the_key_is_refused(void **state) {
    struct database *database = *state;
    struct imported imported;
    bring(database, "lead", NULL, ORGANISATIONS);
    const char *const other[][2] = {{"Programme", "Key,Name\nfalls,Water falls\n"},
                                    {"Organisations", "Key,Name,Part\npark,The park,host\n"},
                                    {NULL, NULL}};
    struct sheets sheets = sheets_of(database, other);
    assert_int_equal(
        import_sheets(database->db, database->arena, &sheets, &(struct import_wish){0}, &imported),
        ERR_INPUT);
    assert_non_null(strstr(told(database), "another Key"));
    database->problems.list.n = 0;
    must(database, import_sheets(database->db, database->arena, &sheets,
                                 &(struct import_wish){.programme = "falls"}, &imported));
}

/* An organisation that no programme names any more leaves no name behind. */
static void an_organisation_is_forgotten_with_its_last_record(void **state) {
    struct database *database = *state;
    struct db_rows rows;
    bring(database, "lead", NULL, "Key,Name,Part,Code\nhospital,The hospital,host,RX1\n");
    const struct import_wish wish = {.remove = true};
    struct imported imported;
    must(database,
         bring_as(database, &wish, NULL, "Key,Name,Part\npark,The park,host\n", &imported));
    must(database,
         db_query(database->db, db_statement_add(database->db, "select name from organisation"),
                  DB_NO_VALUES, &rows));
    assert_false(db_next(&rows));
    must(database, db_rows_end(&rows, OK));
}

/* Without a known revision nobody can tell whether a row is missing or was taken out. */
static void removes_only_what_was_taken_out(void **state) {
    struct database *database = *state;
    struct imported imported;
    const char *one_row = "Key,Name,Part\nhospital,The hospital,host\n";
    struct programme base = bring(database, "lead", NULL, ORGANISATIONS);
    must(database, bring_as(database, &(struct import_wish){0}, NULL, one_row, &imported));
    assert_int_equal(imported.commit.kept, 1);
    assert_string_equal(organisations_at(database, 0), "hospital=The hospital council=The council");
    bring(database, "lead", &base, one_row);
    assert_string_equal(organisations_at(database, 0), "hospital=The hospital");
}

/* What stays may be referred to by what is not brought at all. */
static void what_stays_is_there_for_others(void **state) {
    struct database *database = *state;
    struct imported imported;
    const char *const first[][2] = {{"Programme", PROGRAMME},
                                    {"Organisations", ORGANISATIONS},
                                    {"People", "Key,Name,Employer\nlead,The lead,council\n"},
                                    {NULL, NULL}};
    struct sheets sheets = sheets_of(database, first);
    must(database, import_sheets(database->db, database->arena, &sheets, &(struct import_wish){0},
                                 &imported));
    const char *partly = "Key,Name,Part\nhospital,City hospital,host\n";
    must(database, bring_as(database, &(struct import_wish){0}, NULL, partly, &imported));
    assert_int_equal(imported.commit.kept, 1);
    assert_int_equal(imported.commit.changes.n, 1);
    assert_string_equal(organisations_at(database, 0),
                        "hospital=City hospital council=The council");
    assert_int_equal(
        bring_as(database, &(struct import_wish){.remove = true}, NULL, partly, &imported),
        ERR_INPUT);
    assert_non_null(strstr(told(database), "council"));
}

/* What one removes and the other changes is a conflict; what one adds, the other does not remove.
 */
static void removing_meets_changing(void **state) {
    struct database *database = *state;
    struct imported imported;
    struct programme base = bring(database, "lead", NULL, ORGANISATIONS);
    bring(database, "one", &base,
          "Key,Name,Part\nhospital,The hospital,host\ncouncil,County council,partner\n"
          "charity,A charity,partner\n");
    const char *without = "Key,Name,Part\nhospital,The hospital,host\n";
    assert_int_equal(
        bring_as(database, &(struct import_wish){.author = "two"}, &base, without, &imported),
        ERR_INPUT);
    assert_int_equal(imported.commit.conflicts.n, 1);
    assert_null(imported.commit.conflicts.items[0].mine);
    assert_string_equal(imported.commit.conflicts.items[0].key, "council");
}

/* Each change is right by itself and both together are not: refused whole. */
static void what_results_must_hold(void **state) {
    struct database *database = *state;
    struct imported imported;
    struct programme base = bring(database, "lead", NULL, ORGANISATIONS);
    bring(database, "one", &base, "Key,Name,Part\nhospital,The hospital,host\n");
    const char *refers = "Key,Name,Part,Member of\nhospital,The hospital,host,council\n"
                         "council,The council,partner,\n";
    assert_int_equal(
        bring_as(database, &(struct import_wish){.author = "two"}, &base, refers, &imported),
        ERR_INPUT);
    assert_non_null(strstr(told(database), "council"));
    database->problems.list.n = 0;
    assert_string_equal(organisations_at(database, 0), "hospital=The hospital");
}

/* Somebody takes out what a sheet refers to that is not brought. */
static void what_is_not_brought_must_hold_too(void **state) {
    struct database *database = *state;
    const char *const there[][2] = {{"Programme", PROGRAMME},
                                    {"Organisations", ORGANISATIONS},
                                    {"People", "Key,Name,Employer\nchair,The chair,council\n"},
                                    {NULL, NULL}};
    const char *const mine[][2] = {{"Programme", PROGRAMME},
                                   {"Organisations", "Key,Name,Part\nhospital,The hospital,host\n"},
                                   {NULL, NULL}};
    struct sheets sheets = sheets_of(database, there);
    struct imported imported;
    must(database, import_sheets(database->db, database->arena, &sheets, &(struct import_wish){0},
                                 &imported));
    struct records records = records_new(database->arena);
    sheets = sheets_of(database, mine);
    must(database, records_read(&sheets, &records, &database->problems));
    bool *kinds_brought = arena_alloc_array(database->arena, kind_count, sizeof *kinds_brought);
    kinds_brought[kind_index(kind_find("organisation"))] = true;
    const struct draft draft = {.programme = "falls",
                                .records = &records,
                                .kinds = kinds_brought,
                                .base = 1,
                                .may_remove = true};
    struct commit commit;
    assert_int_equal(commit_draft(database->db, database->arena, &draft, &commit), ERR_INPUT);
    assert_non_null(strstr(told(database), "council"));
    database->problems.list.n = 0;
    assert_string_equal(organisations_at(database, 0), "hospital=The hospital council=The council");
}

/* The library's line is the one that counts: what was saved before must read the same for ever. */
static void a_line_is_the_librarys(void **state) {
    struct database *database = *state;
    static const char *const names[] = {"plain",        "with \"quotes\"", "back\\slash",
                                        "two\nlines",   "a\ttab",          "a/slash",
                                        "caf\xc3\xa9",  "\xe2\x80\xa8",    "\xf0\x9f\x99\x82",
                                        "\x01\x1f\x7f", "{\"key\":\"a\"}", ""};
    const struct kind *kind = kind_find("organisation");
    struct text room = text_new(database->arena);
    size_t n = kind_field_count(kind);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char **values = arena_alloc_array(database->arena, n, sizeof *values);
        const char **cells = arena_alloc_array(database->arena, n, sizeof *cells);
        values[0] = "key";
        values[1] = names[i];
        json_t *object =
            json_pack("{s:s, s:s}", kind->fields[0].name, "key", kind->fields[1].name, names[i]);
        char *line = json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER);
        const struct record record = {.kind = kind, .values = values};
        assert_string_equal(stored_write(&room, &record), line);
        assert_int_equal(stored_read(database->arena, kind, line, cells), OK);
        assert_string_equal(cells[0], "key");
        assert_string_equal(cells[1], names[i]);
        for (size_t f = 2; f < n; f++)
            assert_null(cells[f]);
        free(line);
        json_decref(object);
    }
}

static void lines_are_read_in_any_form_but_not_broken(void **state) {
    struct database *database = *state;
    static const struct {
        const char *line, *key, *name; /* key NULL: it is broken */
    } lines[] = {
        {"{\"name\":\"A\",\"key\":\"a\"}", "a", "A"},
        {" { \"key\" : \"a\" , \"name\" : \"A\" } ", "a", "A"},
        {"{\"key\":\"a\",\"later\":\"b\",\"name\":\"A\"}", "a", "A"},
        {"{\"key\":\"\\u0061\",\"name\":\"\\u0041\"}", "a", "A"},
        {"{\"key\":\"a\",\"name\":\"A\"", NULL, NULL},
        {"{\"key\":\"a\",\"name\":\"A\"}}", NULL, NULL},
        {"{\"key\":\"a\",\"key\":\"b\",\"name\":\"A\"}", NULL, NULL},
        {"{\"key\":\"a\",\"name\":\"A", NULL, NULL},
        {"{\"key\":\"a\",\"name\":\"\xff\"}", NULL, NULL},
        {"{\"key\":\"a\",\"name\":\"two\nlines\"}", NULL, NULL},
        {"{\"key\":\"a\",}", NULL, NULL},
        {"{\"key\"", NULL, NULL},
        {"{", NULL, NULL},
        {"", NULL, NULL},
        {"[]", NULL, NULL},
    };
    const struct kind *kind = kind_find("organisation");
    const char **cells = arena_alloc_array(database->arena, kind_field_count(kind), sizeof *cells);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        enum err err = stored_read(database->arena, kind, lines[i].line, cells);
        if (err != (lines[i].key ? OK : ERR_INPUT))
            fail_msg("%s", lines[i].line);
        if (err)
            continue;
        assert_string_equal(cells[0], lines[i].key);
        assert_string_equal(cells[1], lines[i].name);
    }
}

static void a_token_counts_once(void **state) {
    struct database *database = *state;
    struct imported imported;
    const struct import_wish wish = {.author = "lead", .token = "form-1", .remove = true};
    must(database, bring_as(database, &wish, NULL, ORGANISATIONS, &imported));
    must(database, bring_as(database, &wish, NULL, "Key,Name,Part\nx,X,partner\n", &imported));
    assert_true(imported.commit.known);
    assert_string_equal(organisations_at(database, 0), "hospital=The hospital council=The council");
}

static void looking_writes_nothing(void **state) {
    struct database *database = *state;
    struct imported imported;
    struct programmes programmes;
    const struct import_wish wish = {.only_look = true};
    must(database, bring_as(database, &wish, NULL, ORGANISATIONS, &imported));
    assert_int_equal(imported.commit.changes.n, 3);
    must(database, programmes_list(database->db, database->arena, &programmes));
    assert_int_equal(programmes.list.n, 0);
}

/* Rows stay where people put them. */
static void new_rows_keep_their_place(void **state) {
    struct database *database = *state;
    struct programme base = bring(database, "lead", NULL, ORGANISATIONS);
    bring(database, "lead", &base,
          "Key,Name,Part\nfirst,1,partner\nhospital,The hospital,host\na,A,partner\n"
          "b,B,partner\nc,C,partner\ncouncil,The council,partner\nlast,9,partner\n");
    assert_string_equal(organisations_at(database, 0),
                        "first=1 hospital=The hospital a=A b=B c=C council=The council last=9");
}

/* A copy of another database's revision 1 is no copy of ours. */
static void a_strangers_revision_means_nothing(void **state) {
    struct database *database = *state;
    struct imported imported;
    struct programme base = bring(database, "lead", NULL, ORGANISATIONS);
    base.link = "0000000000000000000000000000000000000000000000000000000000000000";
    must(database, bring_as(database, &(struct import_wish){0}, &base,
                            "Key,Name,Part\nhospital,The hospital,host\n", &imported));
    assert_string_equal(imported.stranger, "falls");
    assert_int_equal(imported.commit.kept, 1);
}

static void times_never_run_backwards(void **state) {
    struct database *database = *state;
    struct audit audit;
    struct programme programme = bring(database, "lead", NULL, ORGANISATIONS);
    database_do(database, "update revision set at = '2999-01-01T00:00:00.000Z'");
    programme = bring(database, "lead", NULL, "Key,Name,Part\nx,X,partner\n");
    must(database, audit_read(database->db, database->arena, &programme, 1, 2, &audit));
    assert_string_equal(audit.revisions.items[1].at, "2999-01-01T00:00:00.000Z");
}

static void the_history_tells_before_and_after(void **state) {
    struct database *database = *state;
    struct audit audit;
    struct programme base = bring(database, "lead", NULL, ORGANISATIONS);
    struct programme programme = bring(
        database, "other", &base, "Key,Name,Part\nhospital,City hospital,host\nnew,New,host\n");
    must(database, audit_read(database->db, database->arena, &programme, 2, 2, &audit));
    assert_int_equal(audit.revisions.n, 1);
    assert_string_equal(audit.revisions.items[0].author, "other");
    assert_string_equal(audit.revisions.items[0].reason, "a test");
    assert_int_equal(audit.changes.n, 3);
    const char *const keys[] = {"hospital", "new", "council"};
    const enum change_kind whats[] = {CHANGE_CHANGED, CHANGE_ADDED, CHANGE_REMOVED};
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(audit.changes.items[i].key, keys[i]);
        assert_int_equal(audit.changes.items[i].what, whats[i]);
    }
    assert_non_null(strstr(audit.changes.items[0].before, "The hospital"));
    assert_non_null(strstr(audit.changes.items[0].after, "City hospital"));
}

static size_t faults(struct database *database, const struct kept_link *kept) {
    struct programme programme;
    struct audit_verdict verdict;
    struct kept_verdict kept_verdict = {.found = true};
    struct programmes among = {0};
    must(database, programme_look(database->db, database->arena, "falls", &programme));
    must(database, audit_verify(database->db, database->arena, &programme, &verdict));
    list_add(database->arena, &among.list, programme);
    if (kept)
        must(database, kept_verify(database->db, database->arena, kept, &among, &kept_verdict));
    return verdict.faults.n + !kept_verdict.found;
}

/* Three revisions: two organisations, one changed, one removed and one added. */
static struct programme history_make(struct database *database) {
    struct programme base = bring(database, "lead", NULL, ORGANISATIONS);
    base = bring(database, "lead", &base,
                 "Key,Name,Part\nhospital,City hospital,host\ncouncil,The council,partner\n");
    return bring(database, "lead", &base,
                 "Key,Name,Part\nhospital,City hospital,host\ncharity,A charity,partner\n");
}

static void an_honest_history_verifies(void **state) {
    struct database *database = *state;
    struct programme programme = history_make(database);
    const struct kept_link kept = {NULL, programme.revision, programme.link};
    assert_int_equal(programme.revision, 3);
    assert_int_equal(faults(database, NULL), 0);
    assert_int_equal(faults(database, &kept), 0);
}

static void every_meddling_is_found(void **state) {
    static const char *const meddlings[] = {
        "update record set content = replace(content, 'City', 'Town')",
        "update record set key = 'clinic' where key = 'hospital' and revision = 1",
        "update record set salt = '00' where key = 'charity'",
        "update record set commitment = salt where key = 'charity'",
        "update record set until = 3 where key = 'hospital' and revision = 1",
        "update record set until = null where key = 'council'",
        "delete from record where key = 'charity'",
        "delete from record where revision = 1 and key = 'hospital'",
        "update revision set author = 'somebody else' where number = 2",
        "update revision set reason = null where number = 2",
        "update revision set at = '2020-01-01T00:00:00.000Z' where number = 1",
        "update revision set link = commitment where number = 2",
        "update programme set revision = 2",
        "update programme set link = ''",
        ("insert into erasure select programme_id, 3, id, revision, commitment from record"
         " where key = 'charity'"),
    };
    struct database *database = *state;
    for (size_t i = 0; i < sizeof meddlings / sizeof *meddlings; i++) {
        if (i) { /* another store for each */
            int (*open)(void **) =
                db_engine_of(database->db) == DB_SQLITE ? sqlite_open : postgres_open;
            database_close(state);
            assert_int_equal(open(state), 0);
            database = *state;
        }
        history_make(database);
        database_do(database, meddlings[i]);
        if (faults(database, NULL) == 0)
            fail_msg("not found: %s", meddlings[i]);
    }
}

/* Whoever cuts off the end and mends the programme's own note is found by a link kept elsewhere. */
static void a_cut_end_is_found_by_a_kept_link(void **state) {
    struct database *database = *state;
    struct programme programme = history_make(database);
    const struct kept_link kept = {NULL, programme.revision, programme.link};
    database_do(database, "update record set until = null where until = 3");
    database_do(database, "delete from record where revision = 3");
    database_do(database, "delete from revision where number = 3");
    database_do(database, "update programme set revision = 2, link = (select link from revision"
                          " where number = 2)");
    assert_int_equal(faults(database, NULL), 0);
    assert_int_equal(faults(database, &kept), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(saves_and_reads_the_same),
        STORE_TEST(saving_the_same_again_changes_nothing),
        STORE_TEST(every_revision_can_be_read),
        STORE_TEST(two_writers_meet),
        STORE_TEST(two_writers_collide),
        STORE_TEST(two_writers_meet_in_one_record),
        STORE_TEST(keeping_mine_keeps_their_other_fields),
        STORE_TEST(exactly_goes_back),
        STORE_TEST(an_organisation_is_forgotten_with_its_last_record),
        STORE_TEST(another_programme_of_the_key_is_refused),
        STORE_TEST(removes_only_what_was_taken_out),
        STORE_TEST(what_stays_is_there_for_others),
        STORE_TEST(removing_meets_changing),
        STORE_TEST(what_results_must_hold),
        STORE_TEST(what_is_not_brought_must_hold_too),
        STORE_TEST(a_line_is_the_librarys),
        STORE_TEST(lines_are_read_in_any_form_but_not_broken),
        STORE_TEST(a_token_counts_once),
        STORE_TEST(looking_writes_nothing),
        STORE_TEST(new_rows_keep_their_place),
        STORE_TEST(a_strangers_revision_means_nothing),
        STORE_TEST(times_never_run_backwards),
        STORE_TEST(the_history_tells_before_and_after),
        STORE_TEST(an_honest_history_verifies),
        STORE_TEST(every_meddling_is_found),
        STORE_TEST(a_cut_end_is_found_by_a_kept_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
