/* What `map` and `network` share: reading a workbook's ties between people, of the kinds asked for,
 * as of a day, with their measures. */
#ifndef ITHACA_TIES_H
#define ITHACA_TIES_H

#include "command/command.h"
#include "diagnosis/partnership_map.h"

struct ties_options {
    const char *path, *output, *format;
    unsigned kinds; /* as partnership_read wants them */
    char today[DAY_SIZE];
};

/* Reads the arguments: a workbook, --as-of, --ties, --format (one of `formats`, the first if not
 * given), --output. False after saying what would be right. */
bool ties_arguments(const struct command *command, struct arena *arena, int argc, char **argv,
                    const char *const *formats, size_t format_count, struct ties_options *out);

/* Reads the workbook that the options name. */
enum err ties_read(struct session *session, const struct ties_options *options,
                   struct partnership *partnership, struct map *map) MUST_CHECK;

#endif
