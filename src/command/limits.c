/* ithaca limits: the limits that rules use, changed for a site or a programme. */
#include "findings/limits.h"
#include "base/text.h"
#include "command/options.h"
#include "command/store.h"
#include "store/programme.h"

extern const struct command limits_command;

static const char *const verbs[] = {"list", "set", "back"};
enum { VERB_LIST, VERB_SET, VERB_BACK, VERB_COUNT };

struct limits_options {
    const char *url, *programme, *because, *author, *folder;
    struct names words;
    int verb;
};

static bool arguments_read(struct arena *arena, struct limits_options *out, int argc, char **argv) {
    static const size_t wanted[] = {[VERB_LIST] = 0, [VERB_SET] = 4, [VERB_BACK] = 3};
    const struct option options[] = {
        {"--db", .text = &out->url},          {"--programme", .text = &out->programme},
        {"--because", .text = &out->because}, {"--by", .text = &out->author},
        {"--rules", .text = &out->folder},    {0}};
    if (!options_read_words(&limits_command, arena, options, argc, argv, &out->words, 4))
        return false;
    const size_t n = out->words.list.n;
    out->verb = n ? name_index(verbs, VERB_COUNT, out->words.list.items[0]) : VERB_LIST;
    if (out->verb < 0 || (out->verb != VERB_LIST && n != wanted[out->verb]) ||
        (out->verb == VERB_LIST && n > 1)) {
        usage_refuse(&limits_command, "say list; or set, a rule, a limit and its value; or back, a "
                                      "rule and a limit.");
        return false;
    }
    return store_named(&limits_command, out->url);
}

struct working {
    struct session *session;
    const struct limits_options *options;
    const struct rules *rules;
    struct limit_changes changes;
};

static enum err programme_named(struct db *db, const struct working *working, int64_t *out) {
    struct programme programme;
    *out = 0;
    if (!working->options->programme)
        return OK;
    enum err err = programme_choose(db, working->session->arena, working->options->programme, false,
                                    &programme);
    *out = programme.id;
    return err;
}

static enum err changes_read(struct db *db, void *context) {
    struct working *working = context;
    int64_t programme;
    enum err err = programme_named(db, working, &programme);
    return err ? err : limits_read(db, working->session->arena, programme, &working->changes);
}

static enum err change_write(struct db *db, void *context) {
    struct working *working = context;
    const struct limits_options *options = working->options;
    const char *const *words = options->words.list.items;
    struct limit_wish wish = {
        .rule = words[1],
        .name = words[2],
        .value = options->verb == VERB_SET ? words[3] : NULL,
        .reason = options->because,
        .author = options->programme ? author_otherwise(working->session->arena, options->author)
                                     : "whoever looks after the site"};
    enum err err = programme_named(db, working, &wish.programme);
    const char *fault = err ? NULL : limit_fault(working->session->arena, working->rules, &wish);
    if (fault) {
        problem_add(db_problems(db), (struct place){0}, "%s %s: %s", wish.rule, wish.name, fault);
        return ERR_INPUT;
    }
    return err ? err : limit_change(db, &wish);
}

static void changes_print(struct working *working) {
    struct arena *arena = working->session->arena;
    struct printer printer = printer_new(stdout);
    size_t n = 0;
    for (size_t r = 0; r < working->rules->list.n; r++) {
        const struct rule *rule = working->rules->list.items[r];
        for (size_t i = 0; i < rule->query.thresholds.n; i++) {
            const struct threshold *limit = &rule->query.thresholds.items[i];
            const struct limit_change *change =
                limit_in_force(&working->changes, rule->id, limit->name);
            if (!change)
                continue;
            n++;
            print_wrapped(&printer, arena_format(arena, "%s ", rule->id), "    ",
                          arena_format(arena, "%s = %g %s", limit->name, change->value,
                                       limit_words(arena, limit, change)));
        }
    }
    if (!n)
        puts("All limits are as the rules come. `ithaca rules show ID` tells those of a rule.");
}

static int run(int argc, char **argv) {
    struct session session;
    struct limits_options options = {0};
    struct rules rules;
    struct db *db = NULL;
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, &options, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    struct working working = {.session = &session, .options = &options, .rules = &rules};
    const bool is_list = options.verb == VERB_LIST;
    enum err err = session_rules(&session, options.folder, &rules);
    if (!err)
        err = store_open(&session, options.url, is_list ? DB_READ_ONLY : DB_EXISTING, &db);
    if (!err)
        err = is_list ? db_read(db, changes_read, &working) : db_write(db, change_write, &working);
    db_close(db);
    if (err)
        return session_refuse(&session, NULL);
    if (is_list)
        changes_print(&working);
    else
        puts("It is changed. The diagnosis is made anew by `ithaca serve`, or `ithaca diagnose`.");
    session_close(&session);
    return EXIT_IN_ORDER;
}

const struct command limits_command = {
    .name = "limits",
    .summary = "the limits that rules use, changed for a site or a programme",
    .help = "ithaca limits --db DATABASE [--programme KEY]\n"
            "ithaca limits set RULE LIMIT VALUE --because TEXT --db DATABASE [options]\n"
            "ithaca limits back RULE LIMIT --because TEXT --db DATABASE [options]\n"
            "\n"
            "  --programme KEY        for one programme; otherwise for the whole site\n"
            "  --because TEXT         why; it is told wherever the rule finds something\n"
            "  --by WHO               who changes it for a programme; otherwise you\n"
            "  --rules FOLDER         your own rules, too\n"
            "\n"
            "A programme's own limit goes before the site's, and that before the rule's. What was\n"
            "changed stays readable. `ithaca rules show ID` tells the limits of a rule, and why\n"
            "they are what they are. Workbooks are checked with the limits of the rules.\n",
    .run = run,
};
