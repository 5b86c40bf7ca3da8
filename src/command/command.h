/* Commands: one file each, listed in commands.def. */
#ifndef ITHACA_COMMAND_H
#define ITHACA_COMMAND_H

#include "content/content.h"
#include "diagnosis/render.h"
#include "record/records.h"

enum { EXIT_IN_ORDER = 0, EXIT_FINDINGS = 1, EXIT_UNUSABLE = 2 };

struct command {
    const char *name;
    const char *summary;               /* one line */
    const char *help;                  /* how it is called, and each option */
    int (*run)(int argc, char **argv); /* argv[0] is the command's name; gives the exit code */
};

/* What most commands start with. */
struct session {
    struct arena *arena;
    struct problems problems;
    struct content content;
};

enum { SESSION_MEMORY = 1024 * 1024 * 1024 };

enum err session_open(struct session *session) MUST_CHECK;
void session_close(struct session *session);

/* Prints what is wrong and closes the session; gives the exit code for input that cannot be used.
 */
int session_refuse(struct session *session, const char *what);

/* Says how the command is called wrongly; gives the exit code. */
int usage_refuse(const struct command *command, const char *format, ...) PRINTF_LIKE(2, 3);

/* Says on standard error, once, what was noted while a workbook was read that can be used. */
void session_remark(struct session *session);

/* Reads the records of a workbook in any form, and says what was noted. */
enum err session_read(struct session *session, const char *path, struct records *out) MUST_CHECK;

/* Loads the built-in rules and, unless `folder` is NULL, those in it; these are checked first. */
enum err session_rules(struct session *session, const char *folder, struct rules *out) MUST_CHECK;

/* Writes what a command made into a new file: all of it, or there is no file. What is there already
 * is left alone. ERR_IO, with a message for people, if it cannot be written. */
enum err session_write(struct session *session, const char *path, const char *bytes,
                       size_t length) MUST_CHECK;

/* Where a command's answer goes: to standard output, or, with --output FILE, into memory until it
 * is whole. The struct must stay where it is until it is closed. */
struct output {
    const char *path; /* NULL: standard output */
    FILE *file;       /* to print to */
    char *bytes;      /* what is private to output_close */
    size_t length;
};

void output_open(struct output *output, const char *path);
/* Writes the file, unless `so_far` says that something has failed; then nothing is written. Gives
 * the first error. */
enum err output_close(struct session *session, struct output *output, enum err so_far) MUST_CHECK;

/* Whether there is such a record; adds a problem with the nearest key if not. */
enum err record_needed(struct session *session, const struct records *records,
                       const struct kind *kind, const char *key) MUST_CHECK;
/* Whether the audience is somebody in the records; adds a problem if not. */
enum err audience_check(struct session *session, const struct records *records,
                        const struct audience *audience) MUST_CHECK;

extern const struct command *const commands[];
extern const size_t command_count;

#endif
