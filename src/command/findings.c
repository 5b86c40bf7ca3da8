/* ithaca findings: what was found in a programme over time, and what people decide about it. */
#include "findings/findings.h"
#include "base/text.h"
#include "command/options.h"
#include "command/store.h"

extern const struct command findings_command;

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_COUNT };
static const char *const format_names[FORMAT_COUNT] = {"text", "json", "csv"};
enum { STATE_ALL = FINDING_STATES, STATE_ACCEPTED, STATE_ASSIGNED, STATE_WORDS };
static const char *const state_words[STATE_WORDS] = {"open", "set-aside", "closed",
                                                     "all",  "accepted",  "assigned"};
static const char *const verbs[DECISIONS] = {"accept", "assign", "set-aside", "reopen"};

struct arguments {
    const char *verb, *url, *programme, *finding;
    int format, state, decision; /* -1: to list */
    char today[DAY_SIZE], review[DAY_SIZE];
    struct audience audience;
    struct finding_decision words;
};

static const char *arguments_fault(struct arguments *arguments) {
    const struct finding_decision *words = &arguments->words;
    arguments->decision = arguments->verb ? name_index(verbs, DECISIONS, arguments->verb) : -1;
    enum decision decision = (enum decision)arguments->decision;
    if (arguments->verb && arguments->decision < 0)
        return "say accept, assign, set-aside or reopen; or nothing, to list them.";
    if (!arguments->url)
        return "say which database: --db FILE, or --db postgresql://...";
    if (!arguments->verb && (arguments->finding || words->author || words->assigned_to ||
                             words->reason || *arguments->review))
        return "--finding, --by, --to, --reason and --review go with a decision: `ithaca findings "
               "accept ...`.";
    if (!arguments->verb)
        return NULL;
    if (!arguments->finding)
        return "say which with --finding A1/shared-budget.";
    if ((decision == DECIDED_ASSIGNED) != (words->assigned_to != NULL))
        return "--to PERSON goes with assign, and assign with --to.";
    if ((decision == DECIDED_SET_ASIDE) != (*arguments->review != '\0'))
        return "--review DAY goes with set-aside, and set-aside with --review.";
    if (decision == DECIDED_SET_ASIDE && !words->reason)
        return "to set something aside needs a reason: --reason TEXT.";
    if (decision == DECIDED_SET_ASIDE && strcmp(arguments->review, arguments->today) <= 0)
        return "the day of review must be a day to come.";
    return NULL;
}

static bool arguments_read(struct arena *arena, struct arguments *out, int argc, char **argv) {
    const struct option options[] = {
        {"--db", .text = &out->url},
        {"--programme", .text = &out->programme},
        {"--format", .choice = &out->format, .choices = format_names, .choice_count = FORMAT_COUNT},
        {"--state", .choice = &out->state, .choices = state_words, .choice_count = STATE_WORDS},
        {"--audience", .audience = &out->audience},
        {"--as-of", .day = out->today},
        {"--finding", .text = &out->finding},
        {"--by", .text = &out->words.author},
        {"--to", .text = &out->words.assigned_to},
        {"--reason", .text = &out->words.reason},
        {"--review", .day = out->review},
        {0},
    };
    day_today(out->today);
    if (!options_read_with(&findings_command, arena, options, NULL, argc, argv, &out->verb))
        return false;
    const char *fault = arguments_fault(out);
    if (fault)
        usage_refuse(&findings_command, "%s", fault);
    if (*out->review)
        out->words.review = out->review;
    return !fault;
}

/* Somebody who has gone can see to nothing. */
static enum err leaver_check(struct session *session, const struct records *records,
                             const struct arguments *arguments) {
    const char *key = arguments->words.assigned_to;
    const struct record *person = records_find(records, kind_find("person"), key);
    const char *until = person ? record_value(person, "until") : NULL;
    struct when when;
    if (!until || !when_parse(until, &when) || !*when.last ||
        strcmp(when.last, arguments->today) >= 0)
        return OK;
    problem_add(&session->problems, (struct place){0},
                "%s (%s) has left: on the sheet People, Until says %s. Assign it to somebody who "
                "is there.",
                record_label(records, person), key, until);
    return ERR_INPUT;
}

/* Whoever is named must be in the programme's records. */
static enum err people_check(struct session *session, struct db *db,
                             const struct arguments *arguments) {
    struct programme programme;
    struct records records;
    bool person_reads = arguments->audience.reader == READER_PERSON;
    if (!arguments->words.assigned_to && !person_reads)
        return OK;
    enum err err =
        programme_read(db, session->arena, arguments->programme, 0, &programme, &records);
    if (!err && arguments->words.assigned_to)
        err = record_needed(session, &records, kind_find("person"), arguments->words.assigned_to);
    if (!err && arguments->words.assigned_to)
        err = leaver_check(session, &records, arguments);
    return err ? err : audience_check(session, &records, &arguments->audience);
}

static int list(struct session *session, struct db *db, const struct arguments *arguments) {
    const struct findings_choice choice = {
        .audience = arguments->audience,
        .state = arguments->state >= STATE_ALL ? -1 : arguments->state,
        .decided = arguments->state == STATE_ACCEPTED   ? DECIDED_ACCEPTED
                   : arguments->state == STATE_ASSIGNED ? DECIDED_ASSIGNED
                                                        : -1,
    };
    struct printer printer = printer_new(stdout);
    struct kept_findings findings;
    bool open = false;
    enum err err =
        findings_read(db, session->arena, arguments->programme, arguments->today, &findings);
    db_close(db);
    /* Nothing found and nothing looked for are not the same. */
    if (!err && !findings.revision && !findings.given_up) {
        problem_add(&session->problems, (struct place){0},
                    "Nobody has looked at %s yet. `ithaca diagnose` does so now, `ithaca serve` "
                    "whenever something was saved.",
                    findings.programme.name);
        err = ERR_INPUT;
    }
    if (err)
        return session_refuse(session, NULL);
    if (arguments->format == FORMAT_JSON)
        findings_print_json(stdout, &findings, &choice);
    else if (arguments->format == FORMAT_CSV)
        findings_print_csv(stdout, session->arena, &findings, &choice);
    else
        findings_print_text(&printer, session->arena, &findings, &choice);
    for (size_t i = 0; i < findings.list.n; i++)
        open |= findings_chosen(&choice, &findings.list.items[i]) &&
                findings.list.items[i].state == FINDING_OPEN;
    session_close(session);
    return open ? EXIT_FINDINGS : EXIT_IN_ORDER;
}

static int decide(struct session *session, struct db *db, struct arguments *arguments) {
    struct finding_decision *words = &arguments->words;
    words->what = (enum decision)arguments->decision;
    words->author = author_otherwise(session->arena, words->author);
    enum err err =
        finding_decide(db, session->arena, arguments->programme, arguments->finding, words);
    db_close(db);
    if (err)
        return session_refuse(session, "Nothing was decided.");
    printf("%s: %s%s%s.\n", arguments->finding, decision_names[words->what],
           words->assigned_to ? " to " : "", words->assigned_to ? words->assigned_to : "");
    session_close(session);
    return EXIT_IN_ORDER;
}

static int run(int argc, char **argv) {
    struct session session;
    struct arguments arguments = {0};
    struct db *db = NULL;
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, &arguments, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    enum err err =
        store_open(&session, arguments.url, arguments.verb ? DB_EXISTING : DB_READ_ONLY, &db);
    if (!err)
        err = people_check(&session, db, &arguments);
    if (err) {
        db_close(db);
        return session_refuse(&session, arguments.verb ? "Nothing was decided." : NULL);
    }
    return arguments.verb ? decide(&session, db, &arguments) : list(&session, db, &arguments);
}

const struct command findings_command = {
    .name = "findings",
    .summary = "what was found over time, and what you decide about it",
    .help = "ithaca findings --db DATABASE [--programme KEY] [options]\n"
            "ithaca findings accept|reopen --finding NAME --db DATABASE [options]\n"
            "ithaca findings assign --finding NAME --to PERSON --db DATABASE [options]\n"
            "ithaca findings set-aside --finding NAME --reason TEXT --review DAY\n"
            "                          --db DATABASE [options]\n"
            "\n"
            "Lists what `ithaca diagnose` or `ithaca serve` found in a programme: since when\n"
            "it is there, when it was gone for a while, and what was decided about it.\n"
            "\n"
            "  --state STATE          open (the rule if nothing is said), set-aside, closed\n"
            "                         or all; accepted or assigned: what is there and was\n"
            "                         decided so\n"
            "  --audience WHO         for whose eyes, as for `ithaca check`\n"
            "  --as-of DAY            as if it were that day, for what is to be reviewed\n"
            "  --format FORMAT        text (for people), json or csv\n"
            "  --programme KEY        the programme, if there are several\n"
            "\n"
            "A decision stays with a finding, also when it closes and comes back, until you\n"
            "decide otherwise. Whoever can see the finding can read it.\n"
            "\n"
            "  accept                 it is so, and you will see to it\n"
            "  assign                 somebody in the programme's records sees to it\n"
            "  set-aside              not now, for a reason, until a day of review; from then\n"
            "                         on it counts as open again\n"
            "  reopen                 takes back what was decided\n"
            "\n"
            "  --finding NAME         which: A1/shared-budget, as `ithaca findings` lists it\n"
            "  --by WHO               who decides; otherwise the name you are logged in with\n"
            "  --to PERSON            a key from the sheet People\n"
            "  --reason TEXT          why\n"
            "  --review DAY           when to look at it again\n"
            "\n"
            "Exit code: 0 nothing open is listed, or it was decided; 1 open findings; 2 it\n"
            "cannot be done, or nobody has looked yet.\n",
    .run = run,
};
