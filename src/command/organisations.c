/* ithaca organisations: which organisations take part in more than one programme. */
#include "store/organisations.h"
#include "command/options.h"
#include "command/store.h"
#include "content/json.h"

extern const struct command organisations_command;

static const char *const formats[] = {"text", "json"};

struct listing {
    struct arena *arena;
    size_t least;
    struct shared_organisations found;
};

static enum err listing_do(struct db *db, void *context) {
    struct listing *listing = context;
    return organisations_read(db, listing->arena, listing->least, &listing->found);
}

static void found_print(struct arena *arena, const struct shared_organisations *found) {
    struct printer printer = printer_new(stdout);
    for (size_t i = 0; i < found->list.n; i++) {
        const struct shared_organisation *organisation = &found->list.items[i];
        print_wrapped(&printer, "", "  ",
                      arena_format(arena, "%s (%s)", organisation->name, organisation->code));
        for (size_t p = 0; p < organisation->parts.n; p++)
            print_wrapped(&printer, "  in ", NULL,
                          arena_format(arena, "%s, as %s", organisation->parts.items[p].programme,
                                       organisation->parts.items[p].key));
    }
    if (!found->list.n)
        print_wrapped(&printer, "", NULL,
                      "None. Programmes share an organisation when both write the same Code on "
                      "the sheet Organisations.");
}

static void found_json(const struct shared_organisations *found) {
    json_t *array = json_array();
    for (size_t i = 0; i < found->list.n; i++) {
        const struct shared_organisation *organisation = &found->list.items[i];
        json_t *parts = json_array();
        for (size_t p = 0; p < organisation->parts.n; p++)
            json_array_append_new(parts, json_pack("{s:s, s:s}", "programme",
                                                   organisation->parts.items[p].programme, "key",
                                                   organisation->parts.items[p].key));
        json_array_append_new(array, json_pack("{s:s, s:s, s:o}", "code", organisation->code,
                                               "name", organisation->name, "in", parts));
    }
    json_print(stdout, array);
}

static int run(int argc, char **argv) {
    struct session session;
    const char *url = NULL, *none = NULL;
    bool all = false;
    int format = 0;
    struct db *db = NULL;
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    const struct option options[] = {
        {"--db", .text = &url},
        {"--all", .flag = &all},
        {"--format", .choice = &format, .choices = formats, .choice_count = 2},
        {0},
    };
    bool understood =
        options_read_with(&organisations_command, session.arena, options, NULL, argc, argv, &none);
    if (understood && (!url || none))
        usage_refuse(&organisations_command,
                     "say which database: --db FILE, or --db postgresql://...");
    if (!understood || !url || none) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    struct listing listing = {.arena = session.arena, .least = all ? 1 : 2};
    enum err err = store_open(&session, url, DB_READ_ONLY, &db);
    if (!err)
        err = db_read(db, listing_do, &listing);
    db_close(db);
    if (err)
        return session_refuse(&session, NULL);
    if (format == 1)
        found_json(&listing.found);
    else
        found_print(session.arena, &listing.found);
    session_close(&session);
    return EXIT_IN_ORDER;
}

const struct command organisations_command = {
    .name = "organisations",
    .summary = "which organisations take part in several programmes",
    .help = "ithaca organisations --db DATABASE [--all] [--format text|json]\n"
            "\n"
            "Lists the organisations that take part in more than one programme of a database,\n"
            "and as what. Two programmes speak of the same organisation when both give it\n"
            "the same Code on the sheet Organisations: in England, its ODS code.\n"
            "\n"
            "  --all                  also those with a code in one programme only\n"
            "  --format text|json     how it is printed\n",
    .run = run,
};
