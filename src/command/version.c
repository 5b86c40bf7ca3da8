/* ithaca version */
#include "command/command.h"

static int run(int argc, char **argv) {
    (void)argc, (void)argv;
    puts("ithaca " ITHACA_VERSION);
    return EXIT_IN_ORDER;
}

const struct command version_command = {
    .name = "version",
    .summary = "the version of this program",
    .help = "ithaca version\n\nPrints the version.\n",
    .run = run,
};
