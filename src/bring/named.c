/* Cells that name people, organisations, teams: whom they mean, and who is added. */
#include "base/text.h"
#include "bring/plan_inside.h"
#include "record/value.h"

enum { OFFERED_MAX = 100 }; /* of all records of a kind */

struct match_names *names_of(struct planning *planning, const struct kind *kind) {
    struct match_names **names = &planning->names[kind_index(kind)];
    if (!*names)
        *names = match_names_of(planning->arena, planning->wish->records, kind);
    return *names;
}

/* ---- who is added ---- */

static const char *of_kind(struct arena *arena, const struct kind *kind, const char *text) {
    return arena_format(arena, "%s/%s", kind->name, text);
}

static bool key_take(struct planning *planning, const struct kind *kind, const char *key) {
    struct arena *arena = planning->arena;
    return index_add(arena, &planning->keys, of_kind(arena, kind, text_fold(arena, key)), planning);
}

const char *key_free(struct planning *planning, const struct kind *kind, const char *wanted) {
    struct arena *arena = planning->arena;
    const struct record_list *all = records_of(planning->wish->records, kind);
    bool *noted = &planning->keys_noted[kind_index(kind)];
    for (size_t i = 0; !*noted && i < all->list.n; i++)
        (void)key_take(planning, kind, all->list.items[i]->id);
    *noted = true;
    const char *plain = key_of_text(arena, wanted), *key;
    if (!plain)
        plain = kind->name;
    key = plain;
    for (unsigned i = 2; !key_take(planning, kind, key); i++)
        key = arena_format(arena, "%s-%u", plain, i);
    return key;
}

struct planned *planned_find(const struct planning *planning, const struct kind *kind,
                             const char *key) {
    for (size_t i = 0; i < planning->plan->records.n; i++) {
        struct planned *planned = &planning->plan->records.items[i];
        if (planned->kind == kind && text_equal(planned->key, key))
            return planned;
    }
    return NULL;
}

/* "Snow, John" as people say it. */
static const char *name_turned(struct arena *arena, const struct kind *kind, const char *name) {
    const char *comma = strchr(name, ',');
    if (!text_equal(kind->name, "person") || !comma || strchr(comma + 1, ','))
        return name;
    return arena_format(arena, "%s %.*s", text_trim(arena, comma + 1), (int)(comma - name), name);
}

/* What each record of the kind needs, and a list seldom says. It can be corrected later. */
static const struct {
    const char *kind, *field, *value;
} needed[] = {{"organisation", "part", "partner"}, {"team", "type", "other"}};

const char *record_add(struct planning *planning, const struct kind *kind, const char *name) {
    struct arena *arena = planning->arena;
    name = name_turned(arena, kind, name);
    const char *known = of_kind(arena, kind, words_plain(arena, name));
    const char *key = index_find(&planning->made, known);
    if (key)
        return key;
    struct planned planned = {.kind = kind,
                              .key = key_free(planning, kind, text_lower(arena, name)),
                              .row = planning->row->number};
    planned.cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *planned.cells);
    planned.cells[0] = planned.key;
    planned.cells[match_name_field(kind)] = name;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (text_equal(needed[i].kind, kind->name))
            planned.cells[kind_field_index(kind, needed[i].field)] = needed[i].value;
    list_add(arena, &planning->plan->records, planned);
    (void)index_add(arena, &planning->made, known, (void *)planned.key);
    return planned.key;
}

/* ---- who is meant ---- */

static const char *offered_words(struct planning *planning, const struct record *record) {
    const char *employer = record_value(record, "employer");
    const struct record *at =
        employer ? records_find(planning->wish->records, kind_find("organisation"), employer)
                 : NULL;
    const char *label = record_label(planning->wish->records, record);
    return at ? arena_format(planning->arena, "%s (%s)", label,
                             record_label(planning->wish->records, at))
              : label;
}

static bool is_offered(const struct bring_doubt *doubt, const char *value) {
    for (size_t i = 0; i < doubt->choices.n; i++)
        if (text_equal(doubt->choices.items[i].value, value))
            return true;
    return false;
}

static void record_offer(struct planning *planning, struct bring_doubt *doubt,
                         const struct record *record) {
    const char *value = arena_format(planning->arena, "%s@%s", record->kind->name, record->id);
    if (!is_offered(doubt, value))
        doubt_offer(planning, doubt, value, offered_words(planning, record));
}

static void new_offer(struct planning *planning, struct bring_doubt *doubt, const struct kind *kind,
                      const char *name) {
    struct arena *arena = planning->arena;
    name = name_turned(arena, kind, name);
    doubt_offer(planning, doubt, arena_format(arena, "%s+:%s", kind->name, name),
                arena_format(arena, "Add “%s” as a new %s", name,
                             text_replace_char(arena, kind->name, '_', ' ')));
}

static void choices_make(struct planning *planning, struct bring_doubt *doubt,
                         const struct naming *naming, const struct names *parts) {
    struct arena *arena = planning->arena;
    for (size_t p = 0; p < parts->list.n; p++)
        for (int k = 0; k < naming->n; k++) {
            const struct match match =
                match_find(arena, names_of(planning, naming->kinds[k]), parts->list.items[p]);
            for (size_t i = 0; i < match.list.n; i++)
                record_offer(planning, doubt, match.list.items[i]);
        }
    size_t likely = doubt->choices.n;
    for (size_t p = 0; p < parts->list.n; p++)
        for (int k = 0; k < naming->n; k++)
            new_offer(planning, doubt, naming->kinds[k], parts->list.items[p]);
    doubt_offer(planning, doubt, "", "Leave it empty");
    for (int k = 0; k < naming->n; k++) {
        const struct record_list *all = records_of(planning->wish->records, naming->kinds[k]);
        for (size_t i = 0; i < all->list.n && all->list.n <= OFFERED_MAX; i++)
            record_offer(planning, doubt, all->list.items[i]);
    }
    doubt->must = !(naming->is_easy && !likely && parts->list.n == 1);
    /* One like it, or nobody: that is likely. Of several nobody can tell; and nobody is called by
     * initials or half a name alone. */
    bool is_whole = parts->list.n == 1 && (!text_equal(naming->kinds[0]->name, "person") ||
                                           match_is_whole_name(arena, parts->list.items[0]));
    if (parts->list.n == 1 && (likely == 1 || (!likely && naming->n == 1 && is_whole)))
        doubt->suggested = doubt->choices.items[0].value;
}

/* "person@snow", or "person+:John Snow". */
static const char *answer_record(struct planning *planning, const struct naming *naming,
                                 const char *answer, const struct kind **kind) {
    for (int k = 0; answer && k < naming->n; k++) {
        size_t n = strlen(naming->kinds[k]->name);
        if (!text_starts_with(answer, naming->kinds[k]->name))
            continue;
        *kind = naming->kinds[k];
        if (answer[n] == '@' && records_find(planning->wish->records, *kind, answer + n + 1))
            return answer + n + 1;
        if (answer[n] != '+' || answer[n + 1] != ':' || !answer[n + 2])
            continue;
        /* It was added the last time. */
        const struct match there =
            match_find(planning->arena, names_of(planning, *kind), answer + n + 2);
        return there.is_sure ? there.list.items[0]->id
                             : record_add(planning, *kind, answer + n + 2);
    }
    return NULL;
}

/* Those who are written out are not asked for. What was found of a text is kept: many rows name the
 * same people. */
struct sure {
    const char *key;
    const struct kind *kind;
};

static struct sure *sure_find(struct planning *planning, const struct naming *naming,
                              const char *text) {
    struct sure *sure = arena_alloc(planning->arena, sizeof *sure);
    for (int k = 0; k < naming->n; k++) {
        const struct match match =
            match_find(planning->arena, names_of(planning, naming->kinds[k]), text);
        if (match.is_sure && sure->key) { /* a post and a team of one name */
            sure->key = NULL;
            return sure;
        }
        if (match.is_sure)
            *sure = (struct sure){match.list.items[0]->id, naming->kinds[k]};
    }
    return sure;
}

static const char *sure_record(struct planning *planning, const struct naming *naming,
                               const char *text, const struct kind **kind) {
    const char *name =
        arena_format(planning->arena, "%d/%s/%s", naming->n, naming->kinds[0]->name, text);
    const struct sure *sure = index_find(&planning->sures, name);
    if (!sure) {
        struct sure *found = sure_find(planning, naming, text);
        (void)index_add(planning->arena, &planning->sures, name, found);
        sure = found;
    }
    if (sure->key)
        *kind = sure->kind;
    return sure->key;
}

const char *record_named(struct planning *planning, const struct layout_column *column,
                         const struct naming *naming, const char *text, const struct kind **kind) {
    struct arena *arena = planning->arena;
    const char *said = arena_format(arena, "value:%s:%s", column->target->name, text);
    struct bring_doubt *doubt = index_find(&planning->doubts, said);
    bool is_new;
    if (!doubt && !answer_of(planning->wish->answers, said)) {
        const char *sure = sure_record(planning, naming, text, kind);
        if (sure)
            return sure;
    }
    doubt = doubt_at(planning, said, place_of(planning, column->at), &is_new);
    if (is_new) {
        struct names parts = {0};
        if (naming->is_easy)
            list_add(arena, &parts.list, text);
        else
            parts = match_parts(arena, text);
        doubt->text = text;
        doubt->column = column->heading;
        doubt->is_kept = true;
        if (!*words_plain(arena, text) ||
            words_value(planning->wish->lists->common, "blank", words_plain(arena, text))) {
            doubt->question = "Nobody is named here.";
            parts.list.n = 0;
        } else
            doubt->question = parts.list.n > 1 ? "There are several names here. Which one is it?"
                              : naming->n == 1 && text_equal(naming->kinds[0]->name, "person")
                                  ? "Who is this?"
                                  : "Which one is this?";
        choices_make(planning, doubt, naming, &parts);
        if (!parts.list.n) {
            doubt->must = false;
            doubt->suggested = "";
        }
        doubt_settle(planning, doubt);
    }
    return answer_record(planning, naming, doubt->answer, kind);
}
