/* ithaca import: a workbook's records into the store, whole or not at all. */
#include "base/text.h"
#include "command/options.h"
#include "command/store.h"
#include "store/commit.h"
#include "workbook/workbook.h"

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
    if (!out->url)
        usage_refuse(&import_command, "say which database: --db FILE, or --db postgresql://...");
    return out->url;
}
