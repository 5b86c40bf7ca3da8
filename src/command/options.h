/* Options of a command as a table: each line names an option and the place where its value goes;
 * the kind of place says how the value is read. */
#ifndef ITHACA_OPTIONS_H
#define ITHACA_OPTIONS_H

#include "command/command.h"

/* One of the places is set. They belong to the command and keep what was in them where the option
 * is not given. Texts are those of argv. */
struct option {
    const char *name;    /* "--as-of"; NULL ends the table */
    const char **text;   /* a file, a folder, a key */
    struct names *texts; /* the same; may be given several times */
    int64_t *number;     /* a whole number from 1 on */
    bool *flag;          /* true if given; takes no value */
    char *day;           /* of DAY_SIZE bytes */
    int *choice;         /* the value's index among `choices` */
    const char *const *choices;
    int choice_count;
    struct names *bases;       /* "stated,inferred" */
    struct audience *audience; /* "lead", "team", "sponsor", or "person" with a key behind */
};

/* Reads the options ("--name VALUE" or "--name=VALUE") and the workbook, which has no name and must
 * be there. False after saying what would be right. */
bool options_read(const struct command *command, struct arena *arena, const struct option *options,
                  int argc, char **argv, const char **workbook);

/* The same with two tables of options, and an argument without a name that may be missing. */
bool options_read_with(const struct command *command, struct arena *arena,
                       const struct option *options, const struct option *more, int argc,
                       char **argv, const char **argument);

/* The same with at most so many arguments without a name, in their order: those of argv. */
bool options_read_words(const struct command *command, struct arena *arena,
                        const struct option *options, int argc, char **argv, struct names *words,
                        size_t most);

#endif
