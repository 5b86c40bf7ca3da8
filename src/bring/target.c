#include "bring/target.h"
#include "base/text.h"
#include "record/records.h"

struct special {
    const char *kind, *name, *words; /* kind NULL: of every list */
    enum target_what what;
    const char *fields[TARGET_FIELDS_MAX];
};
static const struct special specials[] = {
    {"person", "given", "First name", TARGET_GIVEN, {"name"}},
    {"person", "family", "Surname", TARGET_FAMILY, {"name"}},
    {"person", "job_title", "Job title: the post they hold", TARGET_POST, {NULL}},
    {"decision_right",
     "holder",
     "Who has the right",
     TARGET_ANY,
     {"post", "person", "team", "body"}},
    {"decision", "taken_by", "Who took it", TARGET_ANY, {"taken_by_team", "taken_by_post"}},
    {"attendance", "day", "A meeting on this day", TARGET_DAY, {"presence"}},
    {NULL, TARGET_LEFT_OUT, "Leave this column out", TARGET_OUT, {NULL}},
};

/* What says how we know a record is ours to say, but for where it stands and a note. */
static bool is_offered(const struct field *field) {
    static const char *const ours[] = {"basis", "stated_by", "document"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (text_equal(field->name, ours[i]))
            return false;
    return field->type != FIELD_COVERAGE;
}

struct targets targets_of(struct arena *arena, const struct word_list *list) {
    const struct kind *kind = list->kind;
    struct targets targets = {0};
    for (int f = 0; kind->fields[f].name; f++)
        if (is_offered(&kind->fields[f]))
            list_add(arena, &targets.list,
                     (struct target){.name = kind->fields[f].name,
                                     .words = field_heading(arena, &kind->fields[f]),
                                     .what = TARGET_FIELD,
                                     .fields = {f},
                                     .n = 1});
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++) {
        const struct special *special = &specials[i];
        if (special->kind && !text_equal(special->kind, kind->name))
            continue;
        struct target target = {
            .name = special->name, .words = special->words, .what = special->what};
        for (; target.n < TARGET_FIELDS_MAX && special->fields[target.n]; target.n++)
            target.fields[target.n] = kind_field_index(kind, special->fields[target.n]);
        list_add(arena, &targets.list, target);
    }
    return targets;
}

const struct target *target_find(const struct targets *targets, const char *name) {
    for (size_t i = 0; i < targets->list.n; i++)
        if (text_equal(targets->list.items[i].name, name))
            return &targets->list.items[i];
    return NULL;
}
