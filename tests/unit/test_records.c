/* Reading records: what is right is taken whole, what is wrong is said with its place. */
#include "base/text.h"
#include "record/personal.h"
#include "record/records.h"
#include "record/standing.h"
#include "record/value.h"
#include "unit.h"
#include <string.h>

/* Sheets from text: "[name]" begins a sheet, lines are rows, "|" parts cells. */
static struct sheets sheets_make(struct arena *arena, const char *text) {
    struct sheets sheets = {0};
    struct sheet *sheet = NULL;
    for (char *line; (line = text_next_piece(arena, &text, '\n'));) {
        if (line[0] == '[') {
            struct sheet added = {.file = "test",
                                  .name = arena_copy_n(arena, line + 1, strlen(line) - 2)};
            list_add(arena, &sheets.list, added);
            sheet = &sheets.list.items[sheets.list.n - 1];
        } else if (sheet && *line) {
            LIST(const char *) cells = {0};
            const char *rest = line;
            for (char *cell; (cell = text_next_piece(arena, &rest, '|'));)
                list_add(arena, &cells, *cell ? cell : NULL);
            struct sheet_row row = {(unsigned)sheet->rows.n + 1, cells.items, cells.n};
            list_add(arena, &sheet->rows, row);
        }
    }
    return sheets;
}

static const char start[] = "[Programme]\nkey|name\np|P\n"
                            "[Organisations]\nkey|name|part\na|A|partner\nb|B|partner\n";

struct attempt {
    struct records records;
    struct problems problems;
    enum err err;
};

static struct attempt attempt(struct arena *arena, const char *more) {
    struct attempt result = {records_new(arena), problems_new(arena), OK};
    struct sheets sheets = sheets_make(arena, arena_format(arena, "%s%s", start, more));
    result.err = records_read(&sheets, &result.records, &result.problems);
    return result;
}

static void assert_taken(void **state, const char *more) {
    struct attempt got = attempt(*state, more);
    if (got.problems.list.n)
        print_error("%s\n", got.problems.list.items[0].message);
    assert_int_equal(got.err, OK);
    assert_int_equal(got.problems.list.n, 0);
}

/* Exactly one problem: on this sheet and row, in this column (NULL for none), saying this. */
static void assert_refused(void **state, const char *more, const char *sheet, unsigned row,
                           const char *column, const char *says) {
    struct attempt got = attempt(*state, more);
    assert_int_equal(got.err, ERR_INPUT);
    for (size_t i = 1; i < got.problems.list.n; i++)
        print_error("also: %s\n", got.problems.list.items[i].message);
    assert_int_equal(got.problems.list.n, 1);
    const struct problem *problem = &got.problems.list.items[0];
    assert_string_equal(problem->place.sheet, sheet);
    assert_int_equal(problem->place.row, row);
    if (column)
        assert_string_equal(problem->place.column, column);
    else
        assert_null(problem->place.column);
    if (!strstr(problem->message, says))
        print_error("says: %s\n", problem->message);
    assert_non_null(strstr(problem->message, says));
}

static void the_least_is_taken(void **state) {
    assert_taken(state, "");
    assert_taken(state, "[Notes of mine]\nanything|goes\n[_draft]\nx\n[Read me]\nhello\n[Else]\n");
}

static void sheets_and_columns_go_by_any_spelling(void **state) {
    struct attempt got = attempt(*state, "[team-members]\nTEAM|Person\n[TEAMS]\nType|KEY|name\n"
                                         "Board|t|T\n");
    assert_int_equal(got.err, OK);
    const struct record *team = records_find(&got.records, kind_find("team"), "t");
    assert_non_null(team);
    assert_string_equal(record_value(team, "type"), "board");
    assert_null(record_value(team, "remit"));
}

static void unknown_names_are_reported_with_the_nearest(void **state) {
    assert_refused(state, "[Decisons]\nkey|title\nd|D\n", "Decisons", 0, NULL,
                   "Did you mean \"Decisions\"?");
    assert_refused(state, "[Zebras]\nkey\nz\n", "Zebras", 0, NULL, "begin with \"Notes\"");
    assert_refused(state, "[Decisions]\nkey|tittle\nd|D\n", "Decisions", 1, "tittle",
                   "Did you mean \"Title\"?");
    assert_refused(state, "[Decisions]\nour list of decisions\nkey|title\nd|D\n", "Decisions", 1,
                   NULL, "in its first row, with nothing above them: Key, Title, Subject");
    assert_refused(state, "[Decisions]\nkey|title|title\nd|D|E\n", "Decisions", 1, "title",
                   "twice");
    assert_refused(state, "[Decisions]\nkey\nd\n", "Decisions", 0, NULL,
                   "column \"Title\" is missing");
    assert_refused(state, "[decisions]\nkey|title\nd|D\n[Decisions]\nkey|title\ne|E\n", "Decisions",
                   0, NULL, "there twice");
}

static void wrong_values_are_reported_with_what_would_be_right(void **state) {
    assert_refused(state, "[Teams]\nkey|name|type\nt|T|bord\n", "Teams", 2, "Type",
                   "Did you mean \"board\"?");
    assert_refused(state, "[Teams]\nkey|name|type\nt|T|zzzzzz\n", "Teams", 2, "Type",
                   "Write one of: transformation team, board,");
    assert_refused(state, "[Teams]\nkey|name|type|meets every\nt|T|board|monthly\n", "Teams", 2,
                   "Meets every", "digits, with a point");
    assert_refused(state, "[Teams]\nkey|name|type|since\nt|T|board|31/13/2017\n", "Teams", 2,
                   "Since", "2017-12-31");
    assert_refused(state, "[Teams]\nkey|name|type|since\nt|T|board|03/04/2016\n", "Teams", 2,
                   "Since", "\"2016-04-03\" or \"2016-03-04\"");
    assert_refused(state, "[Teams]\nkey|name|type\nmy team|T|board\n", "Teams", 2, "Key",
                   "\"my-team\"");
    assert_refused(state, "[Teams]\nkey|name|type\nt||board\n", "Teams", 2, "Name", "empty");
    assert_refused(state, "[Posts]\nkey|title|key role\nx|X|perhaps\n", "Posts", 2, "Key role",
                   "yes or no");
    assert_refused(state, "[Teams]\nkey|name|type\nt|T|board|what is this\n", "Teams", 2,
                   "without heading", "without a heading");
}

static void days_in_figures_are_kept_as_iso(void **state) {
    struct attempt got = attempt(*state, "[Teams]\nkey|name|type|since|until\n"
                                         "t|T|board|25/04/2016|about 31.12.2017\n");
    assert_int_equal(got.err, OK);
    const struct record *team = records_find(&got.records, kind_find("team"), "t");
    assert_string_equal(record_value(team, "since"), "2016-04-25");
    assert_string_equal(record_value(team, "until"), "about 2017-12-31");
}

static void columns_of_ones_own_go_into_the_note(void **state) {
    struct attempt got = attempt(*state, "[Teams]\nBudget line|key|note|name|type|Room\n"
                                         "77|t|said|T|board|R 1\n|u||U|board|\n9|v||V|board|\n");
    assert_int_equal(got.err, OK);
    const struct kind *team = kind_find("team");
    assert_string_equal(record_value(records_find(&got.records, team, "t"), "note"),
                        "said; Budget line: 77; Room: R 1");
    assert_null(record_value(records_find(&got.records, team, "u"), "note"));
    assert_string_equal(record_value(records_find(&got.records, team, "v"), "note"),
                        "Budget line: 9");
    assert_int_equal(got.problems.remarks.n, 1);
    const struct problem *remark = &got.problems.remarks.items[0];
    assert_string_equal(remark->place.sheet, "Teams");
    assert_non_null(strstr(remark->message, "no columns \"Budget line\" and \"Room\""));
}

/* "Titles" is a slip for "Title" where that is missing, and a column of its own beside it. */
static void what_stands_beside_a_field_is_no_slip(void **state) {
    struct attempt got = attempt(*state, "[Decisions]\nkey|title|titles\nd|D|E\n");
    assert_int_equal(got.err, OK);
    const struct record *made = records_find(&got.records, kind_find("decision"), "d");
    assert_string_equal(record_value(made, "note"), "titles: E");
}

static void lists_of_keys_go_on_in_the_next_line(void **state) {
    struct arena *arena = *state;
    const char *rest = "a; b,\nc\n";
    assert_string_equal(value_next_ref(arena, &rest), "a");
    assert_string_equal(value_next_ref(arena, &rest), "b");
    assert_string_equal(value_next_ref(arena, &rest), "c");
    assert_null(value_next_ref(arena, &rest));
}

static void a_note_must_still_fit_its_cell(void **state) {
    char *essay = arena_alloc(*state, CELL_MAX + 1);
    memset(essay, 'x', CELL_MAX);
    assert_taken(state, arena_format(*state, "[Teams]\nkey|name|type|note\nt|T|board|%s\n", essay));
    assert_refused(state,
                   arena_format(*state, "[Teams]\nkey|name|type|Room\nt|T|board|%s\n", essay),
                   "Teams", 2, "Note", "too long for it");
}

static void keys_and_references_must_meet(void **state) {
    assert_refused(state, "[Teams]\nkey|name|type\nt|T|board\nt|U|board\n", "Teams", 3, "Key",
                   "already in use in row 2");
    assert_refused(state, "[Teams]\nkey|name|type|host\nt|T|board|c\n", "Teams", 2, "Host",
                   "There is no \"c\" on the sheet Organisations.");
    assert_refused(state,
                   "[Posts]\nkey|title\nchief-nurse|Chief nurse\n[Decision rights]\n"
                   "decision|right held|post\nd|decides|chief-nurs\n[Decisions]\nkey|title\nd|D\n",
                   "Decision rights", 2, "Post", "Did you mean \"chief-nurse\"?");
    assert_refused(state, "[Decisions]\nkey|title|concerns\nd|D|a; b;c\n", "Decisions", 2,
                   "Concerns", "no \"c\"");
    assert_refused(state,
                   "[Decisions]\nkey|title\nd|D\n[Decision rights]\ndecision|right held\n"
                   "d|decides\n",
                   "Decision rights", 2, NULL, "names nobody");
}

static const char people[] = "[People]\nkey|name\nx|X\ny|Y\n[Posts]\nkey|title\np|P\nq|Q\nr|R\n";

static void the_same_twice_is_refused_unless_at_another_time(void **state) {
    assert_refused(state, arena_format(*state, "%s[Post holders]\npost|person\np|x\np|x\n", people),
                   "Post holders", 3, NULL, "same as row 2");
    assert_refused(state,
                   arena_format(*state,
                                "%s[Post holders]\npost|person|since|until\np|x|2014|2017\n"
                                "p|x|2016-03|\n",
                                people),
                   "Post holders", 3, NULL, "overlaps");
    assert_taken(state, arena_format(*state,
                                     "%s[Post holders]\npost|person|since|until\np|x|2014|2015\n"
                                     "p|x|2017|\np|y|2015|\n",
                                     people));
    assert_refused(state,
                   arena_format(*state,
                                "%s[Post holders]\npost|person|since|until\np|x|2014|2015\n"
                                "p|x|2016|2018\np|x|2017|2019\n",
                                people),
                   "Post holders", 4, NULL, "overlaps");
}

static void ids_tell_repeated_times_apart(void **state) {
    struct attempt got =
        attempt(*state, arena_format(*state,
                                     "%s[Post holders]\npost|person|since|until\np|x|2014|2015\n"
                                     "p|x|2017|\n",
                                     people));
    const struct kind *holder = kind_find("post_holder");
    assert_non_null(records_find(&got.records, holder, "p/x"));
    assert_non_null(records_find(&got.records, holder, "p/x@2017"));
    assert_string_equal(record_label(&got.records, records_find(&got.records, holder, "p/x")),
                        "X as P");
}

static void assert_stands(const struct attempt *got, const char *kind, const char *id,
                          const char *words, int suspicion) {
    const struct record *record = records_find(&got->records, kind_find(kind), id);
    assert_non_null(record);
    assert_string_equal(record_standing(got->records.arena, record, "2026-10-20"), words);
    assert_int_equal(record_suspicion(record, "2026-10-20"), suspicion);
}

static void how_a_record_stands_is_said_in_a_phrase(void **state) {
    struct attempt got = attempt(
        *state,
        "[People]\nkey|name|leaving|since|until\nx|X|planned|2014|2026-09-11\n"
        "y|Y|||2026-10-20\nz|Z|||unknown\nw|W||2026-11|\nv|V|||\n"
        "[Posts]\nkey|title|state|since\np|P|vacant|2020\nq|Q|open|\n"
        "[Teams]\nkey|name|type|until\nt|T|board|after the pilot\n"
        "[Decisions]\nkey|title|state|due|taken\na|A||2026-11-30|\nb|B|taken|2026-09|2026-08\n"
        "c|C|taken||2026-12-01\n"
        "[Actions]\nkey|title|state|due|done\nd|D|dropped|2026-11-30|\ne|E|||2026-03-03\n");
    assert_int_equal(got.err, OK);
    assert_stands(&got, "person", "x", "left 11 September 2026", 0);
    assert_stands(&got, "person", "y", "until 20 October 2026", 2);
    assert_stands(&got, "person", "z", "left, nobody knows when", 0);
    assert_stands(&got, "person", "w", "from November 2026", 2);
    assert_stands(&got, "person", "v", "", 2);
    assert_stands(&got, "post", "p", "vacant, since 2020", 1);
    assert_stands(&got, "post", "q", "", 2);
    assert_stands(&got, "team", "t", "ended after the pilot", 0);
    assert_stands(&got, "decision", "a", "open, due 30 November 2026", 2);
    assert_stands(&got, "decision", "b", "taken August 2026", 2);
    assert_stands(&got, "decision", "c", "open", 2);
    assert_stands(&got, "action", "d", "dropped", 2);
    assert_stands(&got, "action", "e", "done 3 March 2026", 2);
}

static void keys_are_found_whatever_their_capitals(void **state) {
    struct attempt got = attempt(*state, "[Teams]\nkey|name|type|host\nthe-team|T|board|A\n"
                                         "[Decisions]\nkey|title|concerns|taken by team\n"
                                         "d|D|A, b|The Team\n");
    assert_int_equal(got.err, OK);
    const struct record *made = records_find(&got.records, kind_find("decision"), "d");
    assert_string_equal(record_value(made, "concerns"), "a; b");
    assert_string_equal(record_value(made, "taken_by_team"), "the-team");
    assert_refused(state, "[Teams]\nkey|name|type|host\nt|T|board|a; b\n", "Teams", 2, "Host",
                   "Only one key fits here");
    /* Two keys that differ so little are not guessed at. */
    assert_refused(state,
                   "[Teams]\nkey|name|type\nto-p|T|board\ntop|U|board\n"
                   "[Meetings]\nkey|team|held on\nm|Top|2026\n",
                   "Meetings", 2, "Team", "There is no \"Top\"");
}

static void a_post_and_a_person_of_one_name_are_two(void **state) {
    struct attempt got =
        attempt(*state, "[People]\nkey|name\nlead|L\n[Posts]\nkey|title\nlead|L\n"
                        "[Decisions]\nkey|title\nd|D\n[Decision rights]\n"
                        "decision|right held|post|person\nd|decides|lead|\nd|decides||lead\n");
    assert_int_equal(got.err, OK);
    const struct record_list *rights = records_of(&got.records, kind_find("decision_right"));
    assert_string_not_equal(rights->list.items[0]->id, rights->list.items[1]->id);
}

static void times_must_run_forwards(void **state) {
    assert_refused(state, "[Teams]\nkey|name|type|since|until\nt|T|board|2017|2016\n", "Teams", 2,
                   NULL, "ends (2016) before it begins (2017)");
    assert_taken(state, "[Teams]\nkey|name|type|since|until\nt|T|board|about 2016|2015\n"
                        "u|U|board|2017|unknown\nv|V|board|unknown|2014\n");
}

static void circles_are_refused(void **state) {
    assert_refused(state, "[Teams]\nkey|name|type|parent\nt|T|board|u\nu|U|board|t\n", "Teams", 2,
                   "Parent", "goes in a circle");
    assert_refused(state, "[Teams]\nkey|name|type|parent\nt|T|board|t\n", "Teams", 2, "Parent",
                   "goes in a circle");
    assert_refused(state,
                   arena_format(*state,
                                "%s[Reporting lines]\npost|line|reports to\n"
                                "p|line management|q\nq|line management|r\nr|line management|p\n",
                                people),
                   "Reporting lines", 2, NULL, "goes in a circle");
    assert_refused(state,
                   arena_format(*state,
                                "%s[Reporting lines]\npost|line|reports to\n"
                                "r|line management|p\np|line management|q\n"
                                "q|line management|p\n",
                                people),
                   "Reporting lines", 3, NULL, "goes in a circle");
    /* Three different lines, or at different times, are no circle. */
    assert_taken(state, arena_format(*state,
                                     "%s[Reporting lines]\npost|line|reports to|since|until\n"
                                     "p|line management|q|2014|2015\n"
                                     "q|line management|p|2017|\n"
                                     "p|professional accountability|r||\n"
                                     "r|programme accountability|p||\n",
                                     people));
}

static char *deciders(struct arena *arena, const char *manner, const char *until) {
    return arena_format(arena,
                        "%s[Decisions]\nkey|title|manner\nd|D|%s\n[Decision rights]\n"
                        "decision|right held|post|since|until\nd|decides|p|2014|%s\n"
                        "d|decides|q|2016|\n",
                        people, manner, until);
}

static void one_decider_cannot_be_two_at_a_time(void **state) {
    assert_refused(state, deciders(*state, "one decides", ""), "Decision rights", 3, NULL,
                   "both \"q\" (here) and \"p\" (row 2) decide");
    assert_taken(state, deciders(*state, "one decides", "2015"));
    assert_taken(state, deciders(*state, "jointly", ""));
    assert_taken(state, deciders(*state, "disputed", ""));
    assert_taken(state, deciders(*state, "", ""));
}

static void all_problems_are_told_at_once(void **state) {
    struct attempt got = attempt(*state, "[Teams]\nkey|name|type|since|host\n"
                                         "t||bord|soon|zzzz\nu|U|x|y|\n");
    assert_int_equal(got.problems.list.n, 6);
}

static void a_programme_and_its_organisations_are_needed(void **state) {
    struct arena *arena = *state;
    struct records records = records_new(arena);
    struct problems problems = problems_new(arena);
    struct sheets sheets = sheets_make(arena, "[Teams]\nkey|name|type\nt|T|board\n");
    assert_int_equal(records_read(&sheets, &records, &problems), ERR_INPUT);
    assert_int_equal(problems.list.n, 2);
    assert_refused(state, "[Programme ]\nkey|name\nq|Q\n", "Programme ", 0, NULL, "there twice");
}

static void descriptions_are_sound(void **state) {
    (void)state;
    for (size_t k = 0; k < kind_count; k++) {
        assert_ptr_equal(kind_of_sheet(kinds[k]->sheet), kinds[k]);
        bool identity = false;
        assert_true(kinds[k]->what && kinds[k]->ask && kinds[k]->label);
        for (const struct field *field = kinds[k]->fields; field->name; field++) {
            identity = identity || (field->flags & IDENTITY);
            assert_true(field->hint && *field->hint);
            if (field->refers_to)
                assert_true(kind_has_key(kind_find(field->refers_to)));
            if (field->type == FIELD_CHOICE)
                assert_true(choice_count(field->choices) > 1);
            if (field->until)
                assert_true(kind_field_index(kinds[k], field->until) >= 0);
        }
        assert_true(identity);
    }
}

static void keys_are_made_of_what_people_write(void **state) {
    assert_string_equal(key_of_text(*state, "Ask the two directors!"), "Ask-the-two-directors");
    assert_string_equal(key_of_text(*state, " ..  v1.2"), "v1.2");
    assert_null(key_of_text(*state, "..."));
    assert_null(key_of_text(*state, ""));
    const char *cut =
        key_of_text(*state, "Begleitung älterer Menschen nach Stürzen ä"); /* in two */
    assert_true(key_valid(cut) && text_is_utf8(cut, strlen(cut)));
    cut = key_of_text(*state, "漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢");
    assert_true(key_valid(cut) && text_is_utf8(cut, strlen(cut)));
}

/* "." and ".." mean folders in the address of a record's page. */
static void dots_alone_are_no_key(void **state) {
    (void)state;
    assert_false(key_valid("") || key_valid(".") || key_valid(".."));
    assert_true(key_valid(".a") && key_valid("v1.2"));
}

/* Whoever marks a field must say whose it is. */
static void what_is_personal_is_somebodys(void **state) {
    (void)state;
    for (size_t k = 0; k < kind_count; k++)
        for (const struct field *field = kinds[k]->fields; field->name; field++)
            if (field->flags & PERSONAL)
                assert_true(text_equal(kinds[k]->name, "person") ||
                            kind_field_index(kinds[k], "person") >= 0);
}

static void what_a_team_learns_is_not_personal(void **state) {
    struct attempt got = attempt(
        *state, "[People]\nkey|name\nx|X\n[Teams]\nkey|name|type\nt|T|transformation team\n"
                "[Learning]\nperson|team|type|happened\nx||mentor|2016\n|t|case studied|2016\n");
    assert_int_equal(got.err, OK);
    const struct record_list *all = records_of(&got.records, kind_find("learning"));
    assert_string_equal(record_personal(all->list.items[0]), "x");
    assert_null(record_personal(all->list.items[1]));
    assert_true(kind_is_personal(kind_find("learning")));
    assert_false(kind_is_personal(kind_find("person")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_least_is_taken),
        TEST(sheets_and_columns_go_by_any_spelling),
        TEST(unknown_names_are_reported_with_the_nearest),
        TEST(wrong_values_are_reported_with_what_would_be_right),
        TEST(days_in_figures_are_kept_as_iso),
        TEST(columns_of_ones_own_go_into_the_note),
        TEST(what_stands_beside_a_field_is_no_slip),
        TEST(lists_of_keys_go_on_in_the_next_line),
        TEST(a_note_must_still_fit_its_cell),
        TEST(keys_and_references_must_meet),
        TEST(the_same_twice_is_refused_unless_at_another_time),
        TEST(ids_tell_repeated_times_apart),
        TEST(how_a_record_stands_is_said_in_a_phrase),
        TEST(keys_are_found_whatever_their_capitals),
        TEST(a_post_and_a_person_of_one_name_are_two),
        TEST(times_must_run_forwards),
        TEST(circles_are_refused),
        TEST(one_decider_cannot_be_two_at_a_time),
        TEST(all_problems_are_told_at_once),
        TEST(a_programme_and_its_organisations_are_needed),
        TEST(descriptions_are_sound),
        TEST(keys_are_made_of_what_people_write),
        TEST(dots_alone_are_no_key),
        TEST(what_is_personal_is_somebodys),
        TEST(what_a_team_learns_is_not_personal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
