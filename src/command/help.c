/* ithaca help: the commands, or one of them. */
#include "base/text.h"
#include "command/command.h"

#define GROUP(heading)
#define COMMAND(name) extern const struct command name##_command;
#include "command/commands.def"
#undef COMMAND
#undef GROUP

static void commands_print(void) {
    puts("Ithaca shows where the leadership arrangements of an integrated-care programme\n"
         "are broken, where they are in order, on what evidence, and what to do next.\n"
         "\n"
         "ithaca COMMAND ...\n");
#define GROUP(heading) puts(heading ":");
#define COMMAND(word) printf("  %-13s %s\n", word##_command.name, word##_command.summary);
#include "command/commands.def"
#undef COMMAND
#undef GROUP
    puts("\n`ithaca help COMMAND` tells more. New here? Begin with:\n"
         "\n"
         "  ithaca template my-programme.xlsx   an empty workbook to fill in\n"
         "  ithaca check my-programme.xlsx      your first diagnosis\n"
         "\n"
         "Ithaca holds no patient data. Please put none into it.");
}

static int run(int argc, char **argv) {
    if (argc < 2) {
        commands_print();
        return EXIT_IN_ORDER;
    }
    for (size_t i = 0; i < command_count; i++)
        if (text_equal(commands[i]->name, argv[1])) {
            fputs(commands[i]->help, stdout);
            return EXIT_IN_ORDER;
        }
    fprintf(stderr, "ithaca: there is no command \"%s\". `ithaca help` lists them.\n", argv[1]);
    return EXIT_UNUSABLE;
}

const struct command help_command = {
    .name = "help",
    .summary = "the commands, or how one of them is used",
    .help = "ithaca help [COMMAND]\n\nLists the commands, or tells how one of them is used.\n",
    .run = run,
};
