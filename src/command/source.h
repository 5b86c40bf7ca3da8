/* Where a command's records come from: a workbook, or a programme in a database. */
#ifndef ITHACA_SOURCE_H
#define ITHACA_SOURCE_H

#include "command/options.h"

struct source {
    const char *path; /* a workbook, or NULL */
    const char *url;  /* a database, or NULL */
    const char *programme;
    int64_t revision; /* 0: the newest */
    bool or_all;      /* the command takes --all, too: said where there are several programmes */
};

/* Reads a command's options, and of every command that reads records: the workbook, or --db,
 * --programme and --revision. False after saying what would be right. */
bool source_options_read(const struct command *command, struct arena *arena,
                         const struct option *options, int argc, char **argv, struct source *out);

/* The sheets of a workbook in any form, or of a programme. */
enum err source_sheets(struct session *session, const struct source *source,
                       struct sheets *out) MUST_CHECK;
/* The same, and its records. */
enum err source_read(struct session *session, const struct source *source,
                     struct records *out) MUST_CHECK;
/* The rules (session_rules), with the limits that hold for the programme in a database. */
enum err source_rules(struct session *session, const struct source *source, const char *folder,
                      struct rules *out) MUST_CHECK;
/* The source in a message. */
const char *source_name(const struct source *source);

/* Lines of help for it. */
#define SOURCE_HELP                                                                                \
    "  --db DATABASE          instead of a workbook: a file or postgresql://...\n"                 \
    "  --programme KEY        the programme, if there are several, and\n"                          \
    "  --revision N           as it was written down then; otherwise the newest\n"

#endif
