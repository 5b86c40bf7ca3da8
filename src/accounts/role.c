#include "accounts/role.h"

const char *const role_titles[ROLE_COUNT] = {"programme lead", "team member", "sponsor", "mentor",
                                             "evaluator"};

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

const char *permission_words(enum permission permission) {
    return permissions[permission].words;
}
