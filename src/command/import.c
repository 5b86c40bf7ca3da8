/* ithaca import: a workbook's records into the store, whole or not at all. */
#include "base/text.h"
#include "command/options.h"
#include "command/store.h"
#include "store/told.h"
#include "workbook/workbook.h"
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

extern const struct command import_command;

static const char *const keeps[] = {"mine", "theirs"};
enum { KEEP_NOTHING_SAID = -1, KEEP_MINE, KEEP_THEIRS };

struct import_options {
    const char *path, *url, *programme, *author, *reason, *token;
    bool dry_run, remove, exactly;
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
        {"--exactly", .flag = &out->exactly},
        {"--keep", .choice = &out->keep, .choices = keeps, .choice_count = 2},
        {0},
    };
    if (!options_read(&import_command, arena, options, argc, argv, &out->path))
        return false;
    return store_named(&import_command, out->url);
}

/* ---- conflicts ---- */

static bool all_by(const struct commit *commit, const char *author) {
    for (size_t i = 0; i < commit->conflicts.n; i++)
        if (!author || !commit->conflicts.items[i].author ||
            !text_equal(commit->conflicts.items[i].author, author))
            return false;
    return true;
}

static int conflicts_refuse(struct session *session, const struct commit *commit,
                            const char *author) {
    struct printer printer = printer_new(stderr);
    size_t n = commit->conflicts.n;
    print_wrapped(
        &printer, "", NULL,
        arena_format(session->arena,
                     "%s in this workbook and in the database, since the workbook was exported. "
                     "Nothing was saved, and nothing is lost: yours is in your workbook, the other "
                     "in the database.",
                     n == 1 ? "One record was changed both"
                            : arena_format(session->arena, "%zu records were changed both", n)));
    conflicts_tell(&printer, session->arena, commit);
    fputc('\n', stderr);
    print_wrapped(
        &printer, "", NULL,
        all_by(commit, author)
            ? "What is in the database was saved by you: this workbook is older. Export "
              "again and go on in the new one; or, if this one shall hold, import it with "
              "--keep mine."
            : "Write into your workbook what shall hold, and import it again with --keep "
              "mine. Or give way with --keep theirs. Either goes only for the fields "
              "above: what only one of you changed is taken anyway, and the history keeps "
              "both.");
    session_close(session);
    return EXIT_UNUSABLE;
}

/* ---- what was done ---- */

static void note_print(struct session *session, const char *format, ...) PRINTF_LIKE(2, 3);

static void note_print(struct session *session, const char *format, ...) {
    struct printer printer = printer_new(stdout);
    va_list arguments;
    va_start(arguments, format);
    print_wrapped(&printer, "", NULL, arena_format_list(session->arena, format, arguments));
    va_end(arguments);
}

static void changes_print(struct session *session, const struct import_options *options,
                          const struct imported *imported) {
    const struct commit *commit = &imported->commit;
    const struct programme *programme = &commit->programme;
    struct printer printer = printer_new(stdout);
    if (!commit->changes.n && commit->theirs)
        note_print(session,
                   "Nothing to save: you have changed nothing since revision %lld, from which this "
                   "workbook came. To go back to that revision, say --exactly.",
                   (long long)imported->base);
    else if (!commit->changes.n)
        note_print(session, "Nothing to save: %s already reads like this workbook.",
                   programme->name);
    else if (options->dry_run)
        note_print(session, "This is what would change in %s (revision %lld):", programme->name,
                   (long long)programme->revision + 1);
    else if (commit->is_new)
        note_print(session, "Saved as a new programme in %s: %s (%s), revision %lld:", options->url,
                   programme->name, programme->key, (long long)programme->revision);
    else
        note_print(session, "Saved in %s, as revision %lld:", programme->name,
                   (long long)programme->revision);
    if (commit->changes.n)
        changes_tell(&printer, session->arena, commit, &imported->records);
}

/* What somebody might think was done, and was not. */
static void notes_print(struct session *session, const struct import_options *options,
                        const struct imported *imported) {
    const struct commit *commit = &imported->commit;
    bool saved = commit->changes.n && !options->dry_run;
    if (commit->theirs)
        note_print(session,
                   "%zu %s changed by others since revision %lld, and not by you: %s as "
                   "they left %s.",
                   commit->theirs, commit->theirs == 1 ? "record was" : "records were",
                   (long long)imported->base, commit->theirs == 1 ? "it is" : "they are",
                   commit->theirs == 1 ? "it" : "them");
    if (commit->kept)
        note_print(session, "%zu %s not in this workbook %s kept. Say --remove if %s to go.",
                   commit->kept, commit->kept == 1 ? "record" : "records",
                   commit->kept == 1 ? "is" : "are", commit->kept == 1 ? "it is" : "they are");
    if (commit->changes.n && !commit->is_new && !imported->base && !options->exactly)
        note_print(session,
                   "This workbook does not say of which revision it is a copy, so all that "
                   "differs was taken from it, over what others saved. A workbook from "
                   "`ithaca export` does.");
    if (saved && imported->base)
        note_print(session,
                   "Export again before you change more: this workbook still says revision "
                   "%lld.",
                   (long long)imported->base);
    if (options->dry_run)
        puts("Nothing was written.");
}

static void outcome_print(struct session *session, const struct import_options *options,
                          const struct imported *imported) {
    if (imported->commit.known) {
        puts("This was saved before, with the same token. Nothing was done now.");
        return;
    }
    if (imported->stranger)
        note_print(session, "This workbook was exported from another database. It is compared with "
                            "what is here now, row by row.");
    changes_print(session, options, imported);
    notes_print(session, options, imported);
}

/* ---- saving ---- */

static void progress_show(size_t done, size_t of) {
    enum { WORTH_TELLING = 10000 }; /* records: about a second */
    if (of >= WORTH_TELLING)
        fprintf(stderr, "\rSaving: %zu of %zu records", done, of);
}

/* Where there is no database yet, none is left behind by a workbook that is refused: the path may
 * have been a slip, too. */
static enum err rehearse(struct session *session, const char *url, const struct sheets *sheets,
                         const struct import_wish *wish) {
    struct db *db = NULL;
    struct imported imported = {0};
    struct import_wish looking = *wish;
    size_t remarked = session->problems.remarks.n;
    looking.only_look = true;
    looking.progress = NULL;
    enum err err = store_open(session, url, DB_REHEARSE, &db);
    if (!err)
        err = import_sheets(db, session->arena, sheets, &looking, &imported);
    db_close(db);
    if (!err)
        session->problems.remarks.n = remarked; /* they come again */
    return err;
}

static int import(struct session *session, const struct import_options *options,
                  const struct sheets *sheets) {
    struct db *db = NULL;
    struct imported imported = {0};
    bool watched = isatty(STDERR_FILENO);
    const struct import_wish wish = {
        .programme = options->programme,
        .only_look = options->dry_run,
        .remove = options->remove,
        .exactly = options->exactly,
        .conflicts = options->keep == KEEP_MINE     ? CONFLICT_TAKE_MINE
                     : options->keep == KEEP_THEIRS ? CONFLICT_TAKE_THEIRS
                                                    : CONFLICT_REFUSE,
        .author = author_otherwise(session->arena, options->author),
        .reason = options->reason,
        .token = options->token,
        .progress = watched ? progress_show : NULL,
    };
    enum err err = OK;
    if (!options->dry_run && db_would_be_made(options->url))
        err = rehearse(session, options->url, sheets, &wish);
    if (!err)
        err = store_open(session, options->url, options->dry_run ? DB_READ_ONLY : DB_CREATE, &db);
    if (!err)
        err = import_sheets(db, session->arena, sheets, &wish, &imported);
    db_close(db);
    if (watched)
        fputs("\r\033[K", stderr);
    if (err && imported.commit.conflicts.n)
        return conflicts_refuse(session, &imported.commit, wish.author);
    if (err)
        return session_refuse(session, "Nothing was imported.");
    session_remark(session);
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
            "same field of a record you are told, and see both.\n"
            "\n"
            "  --dry-run              show what would change, and write nothing\n"
            "  --by WHO               who saves; otherwise the name you are logged in with\n"
            "  --reason TEXT          why\n"
            "  --remove               rows that are not in the workbook are removed, even if\n"
            "                         it was not exported from this database. Sheets that are\n"
            "                         not there at all stay as they are in any case\n"
            "  --keep mine|theirs     where two changed the same field: which of them holds\n"
            "  --exactly              make the programme read like this workbook, whatever\n"
            "                         was saved since: to go back to an earlier revision\n"
            "  --programme KEY        of which programme, if the workbook does not say, or is\n"
            "                         called otherwise\n"
            "  --token WORD           saved with the same token twice, it is saved once\n"
            "\n"
            "Exit code: 0 saved, or nothing to save; 2 nothing was saved.\n",
    .run = run,
};
