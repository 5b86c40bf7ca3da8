/* What each part that people take in a programme may do. The administrator looks after the site,
 * and as such takes part in no programme. */
#ifndef ITHACA_ROLE_H
#define ITHACA_ROLE_H

#include "store/people.h"

/* As it is said of somebody: "programme lead". */
extern const char *const role_titles[ROLE_COUNT];

/* What somebody with it does, in a sentence for whoever chooses one: as permissions.def has it, but
 * for what all of them may. */
extern const char *const role_hints[ROLE_COUNT];

/* What a route asks for: permissions.def. */
enum permission {
    PERMISSION_MONITOR,   /* nothing, and nobody is looked for: it is no person who asks */
    PERMISSION_PUBLIC,    /* nothing: whoever asks */
    PERMISSION_SIGNED_IN, /* to be signed in */
    PERMISSION_ADMINISTRATOR,
#define MAY(name, words, lead, team, sponsor, mentor, evaluator) PERMISSION_##name,
#include "accounts/permissions.def"
#undef MAY
    PERMISSION_COUNT
};

bool role_may(enum role role, enum permission permission);
/* All who may: "team member or sponsor". */
char *permission_roles(struct arena *arena, enum permission permission);
/* "see the diagnosis before it is shared"; NULL for the first four. */
const char *permission_words(enum permission permission);

#endif
