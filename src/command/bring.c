/* ithaca bring: somebody's own list into a programme. */
#include "bring/bring.h"
#include "base/index.h"
#include "base/print.h"
#include "base/text.h"
#include "command/options.h"
#include "command/store.h"
#include "workbook/workbook.h"
#include <stdlib.h>
#include <string.h>

extern const struct command bring_command;

struct bring_options {
    const char *path, *url, *programme, *author, *answers;
    bool dry_run;
};

static bool arguments_read(struct arena *arena, struct bring_options *out, int argc, char **argv) {
    const struct option options[] = {
        {"--db", .text = &out->url},          {"--programme", .text = &out->programme},
        {"--by", .text = &out->author},       {"--answers", .text = &out->answers},
        {"--dry-run", .flag = &out->dry_run}, {0},
    };
    if (!options_read(&bring_command, arena, options, argc, argv, &out->path))
        return false;
    return store_named(&bring_command, out->url);
}

/* ---- answers ---- */

static enum err answers_read(struct session *session, const char *path, struct answers *out) {
    struct files files = {0};
    enum err err = path ? files_add(session->arena, &files, path, &session->problems) : OK;
    const char *rest = !err && path ? files.list.items[0].text : NULL;
    for (const char *line; rest && (line = text_next_piece(session->arena, &rest, '\n'));) {
        const char *tab = strchr(line, '\t');
        if (!*line || *line == '#')
            continue;
        list_add(session->arena, &out->list,
                 (struct answer_line){tab ? arena_copy_n(session->arena, line, (size_t)(tab - line))
                                          : line,
                                      tab ? text_trim(session->arena, tab + 1) : ""});
    }
    return err;
}

/* ---- what is told ---- */

static void columns_print(const struct layout *layout) {
    printf("%s, as %s:\n", layout->sheet->name, layout->list->kind->sheet);
    for (size_t i = 0; i < layout->columns.n; i++) {
        const struct layout_column *column = &layout->columns.items[i];
        printf("  %s: %s\n", column->heading,
               column->target ? column->target->words : "to be asked");
    }
}

/* A record that is there: "person@matron". */
static bool choice_is_record(const struct bring_choice *choice) {
    return strchr(choice->value, '@') != NULL;
}

struct told {
    LIST(const char *) lines;
    struct index by_line;
};

static void doubt_print(struct arena *arena, struct printer *printer,
                        const struct bring_doubt *doubt, struct told *told) {
    const char *places = text_enumerate(arena, doubt->places.items, doubt->places.n, 3);
    print_wrapped(printer, "  ", "    ",
                  arena_format(arena, "%s%s%s%s%s %s", places, *places ? ": " : "",
                               doubt->text ? "“" : "", doubt->text ? doubt->text : "",
                               doubt->text ? "”." : "", doubt->question));
    printf("    %s\t%s\n", doubt->name,
           doubt->answer      ? doubt->answer
           : doubt->suggested ? doubt->suggested
                              : "");
    for (size_t i = 0; !doubt->answer && i < doubt->choices.n; i++) {
        const struct bring_choice *choice = &doubt->choices.items[i];
        const char *line = arena_format(arena, "      %s\t%s\n", choice->value, choice->words);
        if (!choice_is_record(choice))
            fputs(line, stdout);
        else if (!index_find(&told->by_line, line)) {
            list_add(arena, &told->lines, line);
            index_add(arena, &told->by_line, line, (void *)line);
        }
    }
}

/* The same hundred people may be meant by each: they are told once. */
static void doubts_print(struct arena *arena, const struct plan *plan) {
    struct printer printer = printer_new(stdout);
    struct told told = {0};
    for (size_t i = 0; i < plan->doubts.n; i++)
        doubt_print(arena, &printer, plan->doubts.items[i], &told);
    if (told.lines.n)
        puts("    Or what is there already:");
    for (size_t i = 0; i < told.lines.n; i++)
        fputs(told.lines.items[i], stdout);
    for (size_t i = 0; i < plan->remarks.n; i++)
        print_wrapped(&printer, "  ", "    ",
                      arena_format(arena, "Row %u: %s", plan->remarks.items[i].row,
                                   plan->remarks.items[i].words));
}

static void changes_print(const struct corrected_many *changes) {
    static const char *const words[] = {"added", "changed", "removed"};
    for (size_t i = 0; i < changes->changes.n; i++) {
        const struct corrected_change *change = &changes->changes.items[i];
        printf("  %s, %s: %s\n", change->kind->sheet, words[change->what], change->label);
        for (int f = 0; change->after && change->kind->fields[f].name; f++)
            if (change->after[f] &&
                (!change->before || !text_equal(change->before[f], change->after[f])))
                printf("    %s: %s\n", change->kind->fields[f].name, change->after[f]);
    }
}

static int outcome_print(struct session *session, const struct bring_options *options,
                         const struct brought *brought) {
    const struct plan *plan = &brought->plan;
    if (!brought->is_own && !plan->layout.list) {
        problem_add(&session->problems, (struct place){.file = options->path},
                    "Nobody can tell from its headings what kind of list this is. Write headings "
                    "such as Action, Owner, Due.");
        return session_refuse(session, "Nothing was saved.");
    }
    if (plan->layout.list)
        columns_print(&plan->layout);
    if (plan->doubts.n || plan->remarks.n)
        puts("\nTo look at:");
    doubts_print(session->arena, plan);
    for (size_t i = 0; i < brought->changes.problems.n; i++)
        printf("  %s\n", brought->changes.problems.items[i]);
    bool stopped = plan->asked || brought->changes.problems.n || brought->changes.is_stale;
    if (plan->asked)
        printf("\n%zu to be answered first. Write the answers into a file, a line each: the name, "
               "a tab, the value; and say it with --answers.\n",
               plan->asked);
    else if (!stopped && !brought->changes.changes.n)
        puts("\nNothing to save: the records say all this already.");
    else if (!stopped)
        printf("\n%s:\n", options->dry_run ? "This would change" : "Saved");
    changes_print(&brought->changes);
    if (stopped || options->dry_run)
        puts("Nothing was saved.");
    session_close(session);
    return stopped ? EXIT_UNUSABLE : EXIT_IN_ORDER;
}

static int run(int argc, char **argv) {
    struct session session;
    struct bring_options options = {0};
    struct answers answers = {0};
    struct brought brought = {0};
    struct db *db = NULL;
    char *bytes = NULL;
    size_t length = 0;
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, &options, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    enum err err = answers_read(&session, options.answers, &answers);
    if (!err)
        err = file_bytes_read(&session.problems, options.path, &bytes, &length);
    if (!err)
        err = store_open(&session, options.url, options.dry_run ? DB_READ_ONLY : DB_EXISTING, &db);
    const char *name = strrchr(options.path, '/');
    const struct bring_wish wish = {.programme = options.programme,
                                    .file = name ? name + 1 : options.path,
                                    .bytes = bytes,
                                    .length = length,
                                    .answers = &answers,
                                    .save = !options.dry_run,
                                    .author = author_otherwise(session.arena, options.author)};
    if (!err)
        err = bring_file(db, session.arena, &wish, &brought);
    db_close(db);
    free(bytes);
    return err ? session_refuse(&session, "Nothing was saved.")
               : outcome_print(&session, &options, &brought);
}

const struct command bring_command = {
    .name = "bring",
    .summary = "bring a list of your own into a programme",
    .help = "ithaca bring FILE --db DATABASE [options]\n"
            "\n"
            "Takes a list of your own, .xlsx or CSV: an action log, a contact list, an\n"
            "attendance sheet, a scheme of delegation, members, decisions. Tells what each\n"
            "column is taken for and which cells are doubtful. Saves all of it, as one\n"
            "revision, once nothing has to be asked; or nothing.\n"
            "\n"
            "  --dry-run         show what would change, and write nothing\n"
            "  --answers FILE    what was asked, answered: in each line a name, a tab, a value\n"
            "  --programme KEY   into which programme, if there are several\n"
            "  --by WHO          who saves; otherwise the name you are logged in with\n"
            "\n"
            "Exit code: 0 saved, or it would be; 2 nothing was saved.\n",
    .run = run,
};
