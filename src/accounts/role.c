#include "accounts/role.h"
#include "base/text.h"

const char *const role_titles[ROLE_COUNT] = {"programme lead", "team member", "sponsor", "mentor",
                                             "evaluator"};

const char *const role_hints[ROLE_COUNT] = {
    ("Runs the programme here: reads each diagnosis first and shares it, corrects the records, "
     "changes the steps, asks what if somebody left, decides about findings, invites people"),
    ("Does the work, as a professional, a patient or a carer: reads the records, decides about "
     "findings and makes actions of them"),
    ("Backs the work with decision power: is told first what the team asks of them. Cannot read "
     "the records, or decide about findings"),
    "Stands beside those who lead: cannot read the records, or decide about findings",
    "Looks at what works, and why: reads the records. Cannot decide about findings",
};

static const struct {
    const char *words;
    bool roles[ROLE_COUNT];
} permissions[PERMISSION_COUNT] = {
#define MAY(name, words, lead, team, sponsor, mentor, evaluator)                                   \
    [PERMISSION_##name] = {words, {lead, team, sponsor, mentor, evaluator}},
#include "accounts/permissions.def"
#undef MAY
};

bool role_may(enum role role, enum permission permission) {
    return role != ROLE_NONE && permissions[permission].roles[role];
}

char *permission_roles(struct arena *arena, enum permission permission) {
    const char *titles[ROLE_COUNT];
    size_t n = 0;
    for (size_t i = 0; i < ROLE_COUNT; i++)
        if (permissions[permission].roles[i])
            titles[n++] = role_titles[i];
    return text_alternatives(arena, titles, n);
}

const char *permission_words(enum permission permission) {
    return permissions[permission].words;
}
