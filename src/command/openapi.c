/* ithaca openapi: what other programs can read of a site. */
#include "api/openapi.h"
#include "command/command.h"
#include "content/json.h"

extern const struct command openapi_command;

static int run(int argc, char **argv) {
    if (argc > 1)
        return usage_refuse(&openapi_command, "\"%s\" is not understood here.", argv[1]);
    struct arena *arena = arena_new(SESSION_MEMORY);
    json_print(stdout, openapi_make(arena));
    arena_free(arena);
    return EXIT_IN_ORDER;
}

const struct command openapi_command = {
    .name = "openapi",
    .summary = "what other programs can read of a site (OpenAPI 3.1)",
    .help = "ithaca openapi      prints the description as JSON, as a site gives it out at\n"
            "                    /api/v1/openapi.json\n"
            "\n"
            "A program sends the key of somebody who takes part: \"Authorization: Bearer KEY\".\n"
            "People make keys under their name, and end them there.\n",
    .run = run,
};
