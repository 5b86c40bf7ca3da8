#include "command/options.h"
#include "base/text.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The arguments while they are read. */
struct call {
    const struct command *command;
    struct arena *arena;
    int argc, i;
    char **argv;
};

/* The value behind "--name", moving on if it is an argument of its own; NULL if `argument` is not
 * that option. An option without its value gives "". */
static const char *value_of(struct call *call, const char *argument, const char *name) {
    size_t length = strlen(name);
    if (strncmp(argument, name, length) != 0)
        return NULL;
    if (argument[length] == '=')
        return argument + length + 1;
    if (argument[length] != '\0')
        return NULL;
    return call->i + 1 < call->argc ? call->argv[++call->i] : "";
}

static int choice_read(const struct call *call, const char *name, const char *value,
                       const char *const *choices, int n) {
    int i = name_index(choices, n, value);
    if (i < 0)
        usage_refuse(call->command, "%s takes one of these: %s; not \"%s\".", name,
                     text_enumerate(call->arena, choices, (size_t)n, (size_t)n), value);
    return i;
}

static bool bases_read(const struct call *call, const char *name, const char *value,
                       struct names *out) {
    size_t n = choice_count(basis_choices);
    const char **known = arena_alloc_array(call->arena, n, sizeof *known);
    for (size_t i = 0; i < n; i++)
        known[i] = basis_choices[i].value;
    for (char *basis; (basis = text_next_piece(call->arena, &value, ','));) {
        if (choice_read(call, name, basis, known, (int)n) < 0)
            return false;
        list_add(call->arena, &out->list, basis);
    }
    return true;
}

static bool day_read(const struct call *call, const char *name, const char *value, char *out) {
    if (!day_valid(value)) {
        usage_refuse(call->command, "%s takes a day like 2026-06-30, not \"%s\".", name, value);
        return false;
    }
    memcpy(out, value, DAY_SIZE);
    return true;
}

static bool audience_read(struct call *call, const char *name, const char *value,
                          struct audience *out) {
    int reader = choice_read(call, name, value, reader_names, READER_COUNT);
    if (reader < 0)
        return false;
    out->reader = (enum reader)reader;
    if (out->reader != READER_PERSON)
        return true;
    if (call->i + 1 >= call->argc || call->argv[call->i + 1][0] == '-') {
        usage_refuse(call->command, "say which person: --audience person KEY, with a key from the "
                                    "sheet People.");
        return false;
    }
    out->person = call->argv[++call->i];
    return true;
}

static bool number_read(const struct call *call, const char *name, const char *value,
                        int64_t *out) {
    char *end = NULL;
    errno = 0;
    long long number = strtoll(value, &end, 10);
    bool good = *value >= '0' && *value <= '9' && !*end && !errno && number > 0;
    if (!good)
        usage_refuse(call->command, "%s takes a number from 1 on, such as 12; not \"%s\".", name,
                     value);
    *out = number;
    return good;
}

static bool option_read(struct call *call, const struct option *option, const char *value) {
    if (option->day)
        return day_read(call, option->name, value, option->day);
    if (option->number)
        return number_read(call, option->name, value, option->number);
    if (option->bases)
        return bases_read(call, option->name, value, option->bases);
    if (option->audience)
        return audience_read(call, option->name, value, option->audience);
    if (option->choice) {
        int choice = choice_read(call, option->name, value, option->choices, option->choice_count);
        if (choice >= 0)
            *option->choice = choice;
        return choice >= 0;
    }
    if (!*value) {
        usage_refuse(call->command, "%s needs a name behind it.", option->name);
        return false;
    }
    if (text_has_control(value)) {
        usage_refuse(call->command, "%s must be plain text, without control characters.",
                     option->name);
        return false;
    }
    if (option->text)
        *option->text = value;
    else
        list_add(call->arena, &option->texts->list, value);
    return true;
}

/* The option that the next argument names, with its value; NULL if it is none of them. */
static const struct option *option_find(struct call *call, const struct option *options,
                                        const char **value) {
    const char *argument = call->argv[call->i];
    for (const struct option *option = options; option && option->name; option++) {
        *value = NULL;
        if (option->flag ? text_equal(argument, option->name)
                         : (*value = value_of(call, argument, option->name)) != NULL)
            return option;
    }
    return NULL;
}

static bool argument_read(struct call *call, const struct option *options,
                          const struct option *more, struct names *words, size_t most) {
    const char *argument = call->argv[call->i], *value = NULL;
    const struct option *option = option_find(call, options, &value);
    if (!option)
        option = option_find(call, more, &value);
    if (option && option->flag)
        return *option->flag = true;
    if (option)
        return option_read(call, option, value);
    if (argument[0] == '-' || words->list.n == most) {
        usage_refuse(call->command, "\"%s\" is not understood here.", argument);
        return false;
    }
    list_add(call->arena, &words->list, argument);
    return true;
}

static bool words_read(struct call *call, const struct option *options, const struct option *more,
                       struct names *words, size_t most) {
    *words = (struct names){0};
    for (call->i = 1; call->i < call->argc; call->i++)
        if (!argument_read(call, options, more, words, most))
            return false;
    return true;
}

bool options_read_words(const struct command *command, struct arena *arena,
                        const struct option *options, int argc, char **argv, struct names *words,
                        size_t most) {
    struct call call = {.command = command, .arena = arena, .argc = argc, .argv = argv};
    return words_read(&call, options, NULL, words, most);
}

bool options_read_with(const struct command *command, struct arena *arena,
                       const struct option *options, const struct option *more, int argc,
                       char **argv, const char **argument) {
    struct call call = {.command = command, .arena = arena, .argc = argc, .argv = argv};
    struct names words;
    bool good = words_read(&call, options, more, &words, 1);
    *argument = words.list.n ? words.list.items[0] : NULL;
    return good;
}

bool options_read(const struct command *command, struct arena *arena, const struct option *options,
                  int argc, char **argv, const char **workbook) {
    if (!options_read_with(command, arena, options, NULL, argc, argv, workbook))
        return false;
    if (!*workbook)
        usage_refuse(command, "say which workbook.");
    return *workbook;
}
