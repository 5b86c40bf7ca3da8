/* ithaca person: who is who across programmes, and people's rights to what is held about them. */
#include "base/text.h"
#include "command/options.h"
#include "command/pages.h"
#include "command/person_rights.h"
#include "command/store.h"
#include <jansson.h>

extern const struct command person_command;

static const char *const formats[] = {"text", "json"};
static const char *const parts[] = {"record", "membership", "account"};
static const int part_values[] = {PART_RECORD, PART_MEMBERSHIP, PART_ACCOUNT};

struct person_options {
    const char *url, *email, *site, *programme, *author, *reason;
    struct names also;
    bool keep_texts, dry_run;
    int format, only;   /* -1: not said */
    struct names words; /* the verb first */
};

static const char *word(const struct person_options *options, size_t i) {
    return i < options->words.list.n ? options->words.list.items[i] : NULL;
}

/* The work of one verb, in one transaction. */
struct work {
    struct session *session;
    const struct person_options *options;
    struct person person;
    struct people people;
};

/* ---- who is who ---- */

static void person_tell(struct arena *arena, const struct person *person) {
    struct printer printer = printer_new(stdout);
    print_styled(&printer, BOLD, person->name);
    if (person->email) {
        fputs("  ", stdout);
        print_styled(&printer, PLAIN, person->email);
    }
    putchar('\n');
    for (size_t i = 0; i < person->records.n; i++) {
        const struct person_record *record = &person->records.items[i];
        print_wrapped(&printer, "  is ", NULL,
                      arena_format(arena, "%s/%s (%s)%s", record->programme.key, record->key,
                                   record->name, record->is_gone ? ", removed since" : ""));
    }
    for (size_t i = 0; i < person->memberships.n; i++)
        print_wrapped(&printer, "  is a member of ", NULL,
                      arena_format(arena, "%s, as %s", person->memberships.items[i].programme.key,
                                   person->memberships.items[i].role));
    for (size_t i = 0; i < person->accounts.n; i++)
        print_wrapped(&printer, "  signs in as ", NULL, person->accounts.items[i].login);
}

static enum err list_do(struct db *db, void *context) {
    struct work *work = context;
    return people_list(db, work->session->arena, &work->people);
}

static enum err change_do(struct db *db, void *context) {
    struct work *work = context;
    const struct person_options *options = work->options;
    struct arena *arena = work->session->arena;
    const char *verb = word(options, 0), *first = word(options, 1), *second = word(options, 2),
               *third = word(options, 3);
    struct names records = {0};
    if (text_equal(verb, "add"))
        return person_add(db, arena, first, options->email, &work->person);
    if (text_equal(verb, "unlink"))
        return person_unlink(db, arena, first, &work->person);
    if (text_equal(verb, "link")) {
        for (size_t i = 2; i < options->words.list.n; i++)
            list_add(arena, &records.list, options->words.list.items[i]);
        return person_link(db, arena, first, &records, &work->person);
    }
    bool add = text_equal(first, "add");
    if (text_equal(verb, "account"))
        return add ? account_add(db, arena, second, third, &work->person)
                   : account_remove(db, arena, second, &work->person);
    return add ? member_set(db, arena, second, third, word(options, 4), &work->person)
               : member_remove(db, arena, second, third, &work->person);
}

static enum err list(struct work *work, struct db *db) {
    enum err err = db_read(db, list_do, work);
    if (err)
        return err;
    for (size_t i = 0; i < work->people.list.n; i++)
        person_tell(work->session->arena, &work->people.list.items[i]);
    struct printer printer = printer_new(stdout);
    if (!work->people.list.n)
        print_wrapped(&printer, "", NULL,
                      "Nobody is linked yet. `ithaca person link PROGRAMME/KEY PROGRAMME/KEY` says "
                      "that two are one.");
    return OK;
}

static enum err change(struct work *work, struct db *db) {
    enum err err = db_write(db, change_do, work);
    if (!err)
        person_tell(work->session->arena, &work->person);
    return err;
}

/* ---- rights ---- */

static enum err export(struct work *work, struct db *db) {
    const struct person_options *options = work->options; struct held held;
    struct printer printer = printer_new(stdout);
    const char *to = word(options, 2);
    enum err err = rights_read(db, work->session->arena, word(options, 1), &options->also, &held);
    if (!err) err = held_write(work->session, &held, options->format == 1, to);
    if (err) return err;
    print_wrapped(&printer, "", NULL,
                  arena_format(work->session->arena,
                               "What is held about %s is in %s. Look through it before you hand it "
                               "over: other people may be named in the same records.",
                               held.person.name, to));
    return OK;
}

static enum err clean(struct db *db) {
    enum err err = db_scrub(db);
    if (err)
        problem_add(
            db_problems(db), (struct place){.file = db_name(db)},
            "What was erased can no longer be read here, but its bytes may still lie in the "
            "database's files. Run `ithaca person clean` when nobody else is working with "
            "it.");
    return err;
}

static enum err cleaned(struct db *db) {
    struct printer printer = printer_new(stdout);
    enum err err = clean(db);
    if (!err)
        print_wrapped(&printer, "", NULL,
                      "The database was written anew without what was deleted or erased: its bytes "
                      "are no longer in the files. In backups made before they still are.");
    return err;
}

static enum err erase(struct work *work, struct db *db) {
    const struct person_options *options = work->options;
    struct rights_outcome outcome;
    const struct rights_wish wish = {
        .who = word(options, 1),
        .parts = options->only < 0 ? PART_ALL : part_values[options->only],
        .programme = options->programme,
        .also = &options->also,
        .keep_texts = options->keep_texts,
        .only_look = options->dry_run,
        .author = author_otherwise(work->session->arena, options->author),
        .reason = options->reason,
    };
    enum err err = rights_erase(db, work->session->arena, &wish, &outcome);
    if (err)
        return err;
    outcome_tell(work->session->arena, &outcome, &wish);
    return wish.only_look ? OK : clean(db);
}

static enum err invite(struct work *work, struct db *db) {
    const char *link, *site = work->options->site;
    enum err err = pages_link(work->session, db, word(work->options, 1),
                              site ? site : "http://127.0.0.1:8080", &link);
    if (!err)
        printf("This link lets them in once, within %d hours:\n%s\n", LINK_HOURS, link);
    return err;
}

/* ---- the command ---- */

static const struct verb {
    const char *name;
    size_t least, most; /* words behind it */
    const char *usage;
} verbs[] = {
    {"list", 0, 0, "list"},
    {"add", 1, 1, "add NAME [--email ADDRESS]"},
    {"link", 2, SIZE_MAX, "link PERSON PROGRAMME/KEY..."},
    {"unlink", 1, 1, "unlink PROGRAMME/KEY"},
    {"member", 3, 4, "member add PROGRAMME PERSON ROLE, or member remove PROGRAMME PERSON"},
    {"account", 2, 3, "account add PERSON LOGIN, or account remove LOGIN"},
    {"invite", 1, 1, "invite LOGIN [--site ADDRESS]"},
    {"export", 2, 2, "export PERSON FILE"},
    {"erase", 1, 1, "erase PERSON --reason TEXT"},
    {"clean", 0, 0, "clean"},
};

/* What is wrong with the words behind "member" or "account"; NULL if nothing. */
static const char *pair_fault(struct arena *arena, const struct person_options *options,
                              const struct verb *verb) {
    const char *what = word(options, 1), *role = word(options, 4);
    size_t n = options->words.list.n - 1;
    bool add = text_equal(what, "add");
    if ((!add && !text_equal(what, "remove")) || n != (add ? verb->most : verb->least))
        return arena_format(arena, "write it like this: ithaca person %s.", verb->usage);
    if (role && name_index(role_names, ROLE_COUNT, role) < 0)
        return arena_format(arena, "a member is one of these: %s; not \"%s\".",
                            text_enumerate(arena, role_names, ROLE_COUNT, ROLE_COUNT), role);
    return NULL;
}

static const char *fault_of(struct arena *arena, const struct person_options *options) {
    const struct verb *verb = NULL;
    const char *name = word(options, 0);
    size_t n = options->words.list.n;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (text_equal(name, verbs[i].name))
            verb = &verbs[i];
    if (!name)
        return "say what to do: list, add, link, unlink, member, account, invite, export, erase or "
               "clean.";
    if (!verb)
        return arena_format(arena, "\"%s\" is not understood here.", name);
    for (size_t i = 1; i < n; i++)
        if (text_has_control(word(options, i)))
            return "write plain words, without control characters.";
    if (!options->url)
        return "say which database: --db FILE, or --db postgresql://...";
    if (n - 1 < verb->least || n - 1 > verb->most)
        return arena_format(arena, "write it like this: ithaca person %s.", verb->usage);
    if (text_equal(name, "member") || text_equal(name, "account"))
        return pair_fault(arena, options, verb);
    bool keeps_reason = options->only < 0 || part_values[options->only] == PART_RECORD;
    if (text_equal(name, "erase") && keeps_reason && !options->reason)
        return "say why with --reason: it stays in the history, without the name.";
    if (text_equal(name, "erase") && !keeps_reason && (options->reason || options->author))
        return "--reason and --by go with erasing a record: memberships and accounts have no "
               "history in which they could stay.";
    if (options->only == 2 && options->programme)
        return "an account belongs to no programme: leave out --programme.";
    return NULL;
}

static bool arguments_read(struct arena *arena, struct person_options *out, int argc, char **argv) {
    const struct option options[] = {
        {"--db", .text = &out->url},
        {"--email", .text = &out->email},
        {"--site", .text = &out->site},
        {"--programme", .text = &out->programme},
        {"--by", .text = &out->author},
        {"--reason", .text = &out->reason},
        {"--also", .texts = &out->also},
        {"--keep-texts", .flag = &out->keep_texts},
        {"--dry-run", .flag = &out->dry_run},
        {"--format", .choice = &out->format, .choices = formats, .choice_count = 2},
        {"--only", .choice = &out->only, .choices = parts, .choice_count = 3},
        {0},
    };
    if (!options_read_words(&person_command, arena, options, argc, argv, &out->words, SIZE_MAX))
        return false;
    const char *fault = fault_of(arena, out);
    if (fault)
        usage_refuse(&person_command, "%s", fault);
    return !fault;
}

static enum err verb_run(struct work *work, struct db *db) {
    const char *verb = word(work->options, 0);
    if (text_equal(verb, "list"))
        return list(work, db);
    if (text_equal(verb, "export"))
        return export(work, db);
    if (text_equal(verb, "erase"))
        return erase(work, db);
    if (text_equal(verb, "invite"))
        return invite(work, db);
    if (text_equal(verb, "clean"))
        return cleaned(db);
    return change(work, db);
}

static int run(int argc, char **argv) {
    struct session session;
    struct person_options options = {.only = -1};
    struct db *db = NULL;
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, &options, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    struct work work = {.session = &session, .options = &options};
    const char *verb = word(&options, 0);
    bool reads = text_equal(verb, "list") || text_equal(verb, "export") || options.dry_run;
    enum err err = store_open(&session, options.url, reads ? DB_READ_ONLY : DB_EXISTING, &db);
    if (!err)
        err = verb_run(&work, db);
    db_close(db);
    if (err)
        return session_refuse(&session, NULL);
    session_close(&session);
    return EXIT_IN_ORDER;
}

const struct command person_command = {
    .name = "person",
    .summary = "who is who; what is held about somebody; erasing it",
    .help = "ithaca person list --db DATABASE\n"
            "ithaca person add NAME [--email ADDRESS] --db DATABASE\n"
            "ithaca person link PERSON PROGRAMME/KEY... --db DATABASE\n"
            "ithaca person unlink PROGRAMME/KEY --db DATABASE\n"
            "ithaca person member add PROGRAMME PERSON ROLE --db DATABASE\n"
            "ithaca person member remove PROGRAMME PERSON --db DATABASE\n"
            "ithaca person account add PERSON LOGIN --db DATABASE\n"
            "ithaca person account remove LOGIN --db DATABASE\n"
            "ithaca person invite LOGIN [--site ADDRESS] --db DATABASE\n"
            "ithaca person export PERSON FILE [--format text|json] --db DATABASE\n"
            "ithaca person erase PERSON --reason TEXT [options] --db DATABASE\n"
            "ithaca person clean --db DATABASE\n"
            "\n"
            "PERSON is a login, an email address, PROGRAMME/KEY (a key on the sheet People of\n"
            "a programme), or a name that only one person has. ROLE is lead, team, sponsor,\n"
            "mentor or evaluator. `link` says that records of several programmes are one person.\n"
            "\n"
            "`invite` prints a link that lets LOGIN sign in to the pages of `ithaca serve`,\n"
            "once; --site says how people reach them, such as https://ithaca.example.org.\n"
            "\n"
            "`export` writes everything that is held about somebody into a new file: their\n"
            "record in all its versions, every record that refers to them or names them, what\n"
            "they saved, findings about them and decisions by or about them, memberships and\n"
            "accounts.\n"
            "\n"
            "`erase` takes somebody out of the records, present and past. The record on the\n"
            "sheet People stays, without name or other words, under a key by chance; so what\n"
            "others did with them stays true. The name is taken out of all other words as\n"
            "well. `ithaca audit verify` still finds the history whole.\n"
            "\n"
            "  --dry-run              show what would be erased, and write nothing\n"
            "  --reason TEXT          why; it stays in the history of the records\n"
            "  --by WHO               who erases; otherwise the name you are logged in with\n"
            "  --programme KEY        only in this programme; otherwise in all to which the\n"
            "                         person is linked\n"
            "  --only PART            only the record, membership or account; for the last two\n"
            "                         no reason is asked or kept\n"
            "  --also NAME            another name of the person; may be given several times.\n"
            "                         Needed where a key has had several names, and where\n"
            "                         only an author's name ties a programme to the person\n"
            "  --keep-texts           leave the words of other records alone: for somebody who\n"
            "                         is written down as a role, such as \"service manager\"\n"
            "\n"
            "`clean` writes the database's files anew, so that nothing erased is left there.\n"
            "`erase` does that itself; run `clean` if it says that others were in the way.\n",
    .run = run,
};
