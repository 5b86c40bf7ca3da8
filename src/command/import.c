/* ithaca import: a workbook's records into the store, whole or not at all. */
#include "base/text.h"
#include "command/options.h"
#include "command/store.h"
#include "store/told.h"
#include "workbook/workbook.h"
#include <string.h>

extern const struct command import_command;

static const char *const keeps[] = {"mine", "theirs"};
enum { KEEP_NOTHING_SAID = -1, KEEP_MINE, KEEP_THEIRS };

struct import_options {
    const char *path, *url, *programme, *author, *reason, *token;
    bool dry_run, remove;
    int keep;
};

static bool arguments_read(struct arena *arena, struct import_options *out, int argc, char **argv) {
    const struct option options[] = {
        {"--db", .text = &out->url},
        {"--programme", .text = &out->programme},
        {"--by", .text = &out->author},
        {"--reason", .text = &out->reason},
        {"--token", .text = &out->token},
        {"--dry-run", .flag = &out->dry_run},
        {"--remove", .flag = &out->remove},
        {"--keep", .choice = &out->keep, .choices = keeps, .choice_count = 2},
        {0},
    };
    if (!options_read(&import_command, arena, options, argc, argv, &out->path))
        return false;
    const char *words[] = {out->author, out->reason, out->token};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i] && (text_has_control(words[i]) || !text_is_utf8(words[i], strlen(words[i])))) {
            usage_refuse(
                &import_command,
                "--by, --reason and --token take plain words, without control characters.");
            return false;
        }
    return store_named(&import_command, out->url);
}

static int conflicts_refuse(struct session *session, const struct commit *commit) {
    struct printer printer = printer_new(stderr);
    size_t n = commit->conflicts.n;
    print_wrapped(&printer, "", NULL,
                  arena_format(session->arena,
                               "Since this workbook was exported somebody else has changed %s too. "
                               "Nothing was saved, and nothing is lost: yours is in your workbook, "
                               "theirs in the database.",
                               n == 1 ? "one of the records that you changed"
                                      : arena_format(session->arena,
                                                     "%zu of the records that you changed", n)));
    conflicts_tell(&printer, session->arena, commit);
    fputc('\n', stderr);
    print_wrapped(
        &printer, "", NULL,
        "Write into your workbook what shall hold, and import it again with --keep mine. "
        "Or give way with --keep theirs: then only what nobody else changed is taken from "
        "your workbook. Either way the history keeps both.");
    session_close(session);
    return EXIT_UNUSABLE;
}

static void outcome_print(struct session *session, const struct import_options *options,
                          const struct imported *imported) {
    struct printer printer = printer_new(stdout);
    const struct commit *commit = &imported->commit;
    struct arena *arena = session->arena;
    const char *name = commit->programme.name;
    if (commit->known) {
        printf("This was saved before, with the same token. Nothing was done now.\n");
        return;
    }
    if (imported->stranger)
        print_wrapped(&printer, "", NULL,
                      "This workbook was exported from another database. It is compared with what "
                      "is here now, row by row.");
    if (!commit->changes.n)
        printf("Nothing to save: %s already reads like this workbook.\n", name);
    else {
        print_wrapped(&printer, "", NULL,
                      arena_format(arena,
                                   options->dry_run ? "This is what would change in %s (revision "
                                                      "%lld):"
                                                    : "Saved in %s, as revision %lld:",
                                   name, (long long)commit->programme.revision + options->dry_run));
        changes_tell(&printer, arena, commit, &imported->records);
    }
    if (commit->kept)
        print_wrapped(&printer, "", NULL,
                      arena_format(arena,
                                   "%zu %s not in this workbook %s kept. Say --remove if %s to go.",
                                   commit->kept, commit->kept == 1 ? "record" : "records",
                                   commit->kept == 1 ? "is" : "are",
                                   commit->kept == 1 ? "it is" : "they are"));
    if (options->dry_run)
        puts("Nothing was written.");
}

static int import(struct session *session, const struct import_options *options,
                  const struct sheets *sheets) {
    struct db *db = NULL;
    struct imported imported = {0};
    const struct import_wish wish = {
        .programme = options->programme,
        .only_look = options->dry_run,
        .remove = options->remove,
        .conflicts = options->keep == KEEP_MINE     ? CONFLICT_TAKE_MINE
                     : options->keep == KEEP_THEIRS ? CONFLICT_TAKE_THEIRS
                                                    : CONFLICT_REFUSE,
        .author = author_otherwise(session->arena, options->author),
        .reason = options->reason,
        .token = options->token,
    };
    enum err err =
        store_open(session, options->url, options->dry_run ? DB_EXISTING : DB_CREATE, &db);
    if (!err)
        err = import_sheets(db, session->arena, sheets, &wish, &imported);
    db_close(db);
    if (err && imported.commit.conflicts.n)
        return conflicts_refuse(session, &imported.commit);
    if (err)
        return session_refuse(session, "Nothing was imported.");
    outcome_print(session, options, &imported);
    session_close(session);
    return EXIT_IN_ORDER;
}

static int run(int argc, char **argv) {
    struct session session;
    struct import_options options = {.keep = KEEP_NOTHING_SAID};
    struct sheets sheets = {0};
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, &options, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    if (workbook_read(session.arena, options.path, &sheets, &session.problems) != OK)
        return session_refuse(&session, "This file cannot be read as a workbook. Nothing was "
                                        "imported.");
    return import(&session, &options, &sheets);
}

const struct command import_command = {
    .name = "import",
    .summary = "save a workbook's records in a database",
    .help = "ithaca import WORKBOOK --db DATABASE [options]\n"
            "\n"
            "Saves what is new and what has changed in a workbook, as a new revision of its\n"
            "programme: all of it, or nothing. DATABASE is a file (made if it is not there\n"
            "yet) or postgresql://...\n"
            "\n"
            "A workbook that came from `ithaca export` remembers its revision. So others may\n"
            "save meanwhile: what only one of you changed is taken; where two changed the\n"
            "same record you are told, and see both.\n"
            "\n"
            "  --dry-run              show what would change, and write nothing\n"
            "  --by WHO               who saves; otherwise the name you are logged in with\n"
            "  --reason TEXT          why\n"
            "  --remove               rows that are not in the workbook are removed, even if\n"
            "                         it was not exported from this database. Sheets that are\n"
            "                         not there at all stay as they are in any case\n"
            "  --keep mine|theirs     where two changed the same record: which of them holds\n"
            "  --programme KEY        of which programme, if the workbook does not say\n"
            "  --token WORD           saved with the same token twice, it is saved once\n"
            "\n"
            "Exit code: 0 saved, or nothing to save; 2 nothing was saved.\n",
    .run = run,
};
