#include "accounts/agent.h"
#include <string.h>

struct sign {
    const char *piece, *name;
};

/* Browsers also claim to be those they are like, so the order matters. */
static const struct sign browsers[] = {
    {"Edg", "Edge"},         {"OPR/", "Opera"},     {"SamsungBrowser/", "Samsung Internet"},
    {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"Chromium/", "Chromium"},
    {"Chrome/", "Chrome"},   {"CriOS/", "Chrome"},  {"Safari/", "Safari"},
};

static const struct sign systems[] = {
    {"iPhone", "an iPhone"}, {"iPad", "an iPad"},   {"Android", "Android"},
    {"Windows", "Windows"},  {"Mac OS X", "a Mac"}, {"CrOS", "a Chromebook"},
    {"Linux", "Linux"},
};

static const char *name_in(const char *agent, const struct sign *signs, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (agent && strstr(agent, signs[i].piece))
            return signs[i].name;
    return NULL;
}

const char *agent_words(struct arena *arena, const char *agent) {
    const char *browser = name_in(agent, browsers, sizeof browsers / sizeof *browsers);
    const char *system = name_in(agent, systems, sizeof systems / sizeof *systems);
    if (!browser && !system)
        return "A browser that does not say what it is";
    return arena_format(arena, "%s on %s", browser ? browser : "A browser",
                        system ? system : "a machine that it does not name");
}
