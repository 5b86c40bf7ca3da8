/* ithaca export: a programme out of the store, as a workbook that can come back. */
#include "base/text.h"
#include "command/options.h"
#include "command/store.h"
#include "store/programme.h"
#include "workbook/workbook.h"

extern const struct command export_command;

struct export_options {
    const char *to, *url, *programme;
    char recorded[DAY_SIZE];
    int64_t revision; /* 0: the newest */
};

static bool arguments_read(struct arena *arena, struct export_options *out, int argc, char **argv) {
    const struct option options[] = {
        {"--db", .text = &out->url},
        {"--programme", .text = &out->programme},
        {"--revision", .number = &out->revision},
        {"--recorded", .day = out->recorded},
        {0},
    };
    if (!options_read_with(&export_command, arena, options, NULL, argc, argv, &out->to))
        return false;
    if (!out->to) {
        usage_refuse(&export_command,
                     "say what to write: a file that ends in .xlsx, or a folder for CSV files.");
        return false;
    }
    if (out->revision && *out->recorded) {
        usage_refuse(&export_command, "say --revision or --recorded, not both.");
        return false;
    }
    return store_named(&export_command, out->url);
}

struct exporting {
    struct session *session;
    const struct export_options *options;
    struct programme programme;
    struct revision_point point;
    struct sheets sheets;
};

static enum err programme_take(struct db *db, void *context) {
    struct exporting *exporting = context;
    const struct export_options *options = exporting->options;
    struct arena *arena = exporting->session->arena;
    struct programme *programme = &exporting->programme;
    enum err err = programme_find(db, arena, options->programme, programme);
    if (!err && *options->recorded)
        err = programme_recorded(db, arena, programme, options->recorded, &exporting->point);
    else if (!err)
        err = programme_point(db, arena, programme, options->revision, &exporting->point);
    return err ? err
               : programme_sheets(db, arena, programme, exporting->point.number,
                                  &exporting->sheets);
}

static enum err workbook_write(struct exporting *exporting, const char *to, size_t *count) {
    struct session *session = exporting->session;
    struct records records = records_new(session->arena);
    const struct origin origin = {exporting->programme.key, exporting->point.number,
                                  exporting->point.link};
    enum err err = records_read(&exporting->sheets, &records, &session->problems);
    if (err)
        return err;
    records.origin = &origin;
    *count = records_count(&records);
    return workbook_write_as(&records, to, &session->problems);
}

static int run(int argc, char **argv) {
    struct session session;
    struct export_options options = {0};
    size_t count = 0;
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, &options, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    struct exporting exporting = {.session = &session, .options = &options};
    enum err err = store_read(&session, options.url, programme_take, &exporting);
    if (!err)
        err = workbook_write(&exporting, options.to, &count);
    if (err)
        return session_refuse(&session, "Nothing was written.");
    const struct revision_point *point = &exporting.point;
    struct printer printer = printer_new(stdout);
    print_wrapped(&printer, "", NULL,
                  arena_format(session.arena, "Wrote %s: %s, revision %lld of %s, %zu records.",
                               options.to, exporting.programme.name, (long long)point->number,
                               time_long(session.arena, point->at), count));
    session_close(&session);
    return EXIT_IN_ORDER;
}

const struct command export_command = {
    .name = "export",
    .summary = "take a programme out of a database, as a workbook",
    .help = "ithaca export --db DATABASE [options] TO\n"
            "\n"
            "Writes a programme's records as an .xlsx workbook if the name TO ends so, as a\n"
            "folder of CSV files otherwise. What is there already is left alone.\n"
            "\n"
            "The workbook remembers from which revision it was made. Work on it, and bring it\n"
            "back with `ithaca import`: what others saved meanwhile stays, and where two of\n"
            "you changed the same record, you are told. Please leave its sheet _Exported (or\n"
            "the file _exported.csv) as it is.\n"
            "\n"
            "  --programme KEY        which programme, if there are several\n"
            "  --revision N           as it was written down then; otherwise the newest\n"
            "  --recorded DAY         as it was written down at the end of that day (UTC):\n"
            "                         what you knew then. For how things stood on a day, as\n"
            "                         far as you know now, use `ithaca check --as-of DAY`\n"
            "\n"
            "Exit code: 0 written; 2 nothing was written.\n",
    .run = run,
};
