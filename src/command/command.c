#include "command/command.h"
#include "base/print.h"
#include "base/text.h"
#include "diagnosis/rule_check.h"
#include "workbook/workbook.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GROUP(heading)
#define COMMAND(name) extern const struct command name##_command;
#include "command/commands.def"
#undef COMMAND

#define COMMAND(name) &name##_command,
const struct command *const commands[] = {
#include "command/commands.def"
};
#undef COMMAND
#undef GROUP

const size_t command_count = sizeof commands / sizeof *commands;

enum err session_open(struct session *session) {
    session->arena = arena_new(SESSION_MEMORY);
    session->problems = problems_new(session->arena);
    return content_load(session->arena, NULL, &session->content, &session->problems);
}

void session_close(struct session *session) {
    arena_free(session->arena);
}

int session_refuse(struct session *session, const char *what) {
    enum { SHOWN_AT_MOST = 50 };
    size_t n = session->problems.list.n;
    if (what)
        fprintf(stderr, "%s (%zu %s to mend)\n\n", what, n, n == 1 ? "thing" : "things");
    problems_print(stderr, &session->problems, SHOWN_AT_MOST);
    session_close(session);
    return EXIT_UNUSABLE;
}

void session_remark(struct session *session) {
    enum { SHOWN_AT_MOST = 12 };
    remarks_print(stderr, &session->problems, SHOWN_AT_MOST);
    session->problems.remarks.n = 0;
}

enum { USAGE_MEMORY = 16 * 1024 * 1024 };

int usage_refuse(const struct command *command, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    struct arena *arena = arena_new(USAGE_MEMORY);
    struct printer printer = printer_new(stderr);
    print_wrapped(&printer, "ithaca: ", "", arena_format_list(arena, format, arguments));
    va_end(arguments);
    arena_free(arena);
    fprintf(stderr, "`ithaca help %s` tells how it is used.\n", command->name);
    return EXIT_UNUSABLE;
}

enum err session_read(struct session *session, const char *path, struct records *out) {
    struct sheets sheets = {0};
    *out = records_new(session->arena);
    enum err err = workbook_read(session->arena, path, &sheets, &session->problems);
    if (!err)
        err = records_read(&sheets, out, &session->problems);
    if (!err)
        session_remark(session);
    return err;
}

enum err session_rules(struct session *session, const char *folder, struct rules *out) {
    enum err err = rules_load(session->arena, &session->content, folder, out, &session->problems);
    return err || !folder ? err : rules_check(session->arena, out, &session->problems);
}

enum err session_write(struct session *session, const char *path, const char *bytes,
                       size_t length) {
    int handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); /* names of people */
    FILE *file = handle < 0 ? NULL : fdopen(handle, "w");
    bool written = file && fwrite(bytes, 1, length, file) == length;
    int error = errno; /* of whatever failed first */
    if (file && fclose(file) != 0 && written) {
        written = false;
        error = errno;
    }
    if (written)
        return OK;
    if (file)
        unlink(path);
    if (error == EEXIST)
        problem_add(&session->problems, (struct place){.file = path},
                    "There is something of this name already, and nothing is written over. Choose "
                    "another name, or move it away first.");
    else
        problem_add(&session->problems, (struct place){.file = path}, "This cannot be written: %s.",
                    strerror(error));
    return ERR_IO;
}

void output_open(struct output *output, const char *path) {
    *output = (struct output){.path = path, .file = stdout};
    if (path)
        output->file = open_memstream(&output->bytes, &output->length);
    if (!output->file)
        abort();
}

enum err output_close(struct session *session, struct output *output, enum err so_far) {
    if (!output->path)
        return so_far; /* main looks whether that arrived */
    bool failed = ferror(output->file);
    failed |= fclose(output->file) != 0;
    if (failed)
        abort(); /* no memory */
    enum err err = so_far;
    if (!err)
        err = session_write(session, output->path, output->bytes, output->length);
    free(output->bytes);
    return err;
}

enum err record_needed(struct session *session, const struct records *records,
                       const struct kind *kind, const char *key) {
    const struct record_list *all = records_of(records, kind);
    if (records_find(records, kind, key))
        return OK;
    const char **keys = arena_alloc_array(session->arena, all->list.n + 1, sizeof *keys);
    for (size_t i = 0; i < all->list.n; i++)
        keys[i] = all->list.items[i]->id;
    const char *nearest = text_nearest(session->arena, key, keys, all->list.n);
    problem_add(&session->problems, (struct place){0}, "There is no \"%s\" on the sheet %s.%s",
                text_quote(session->arena, key), kind->sheet,
                nearest ? arena_format(session->arena, " Did you mean \"%s\"?", nearest)
                        : " Write the key that stands in its first column.");
    return ERR_INPUT;
}

enum err audience_check(struct session *session, const struct records *records,
                        const struct audience *audience) {
    return audience->reader == READER_PERSON
               ? record_needed(session, records, kind_find("person"), audience->person)
               : OK;
}
