#include "start/start.h"
#include "base/text.h"
#include "record/value.h"

const struct start_step start_steps[START_STEPS] = {
    {"organisations", "organisation", "Which organisations take part?",
     "The diagnosis asks whether each of them can decide, is heard and gains.",
     "One on each line. You can say its sector behind a comma: Harbour Carers, voluntary sector. "
     "Where you do not, it is guessed from the name; you can correct it in the records."},
    {"people", "person", "Who are the people?",
     "Ithaca looks for who ties the organisations together, and what would be lost without them.",
     "One on each line: a name or a role, a comma, and the organisation they work for."},
    {"decisions", "decision", "Which decisions are still to be taken?",
     "Most programmes wait for decisions. Ithaca shows which have nobody who can take them.",
     "One on each line. Five that matter are enough to begin with."},
};

const struct start_step *start_step_find(const char *name) {
    for (size_t i = 0; i < START_STEPS; i++)
        if (text_equal(start_steps[i].name, name))
            return &start_steps[i];
    return NULL;
}

static const char *sector_guess(struct arena *arena, const char *name) {
    static const struct {
        const char *word, *sector;
    } guesses[] = {{"council", "social care"},      {"mental", "mental health care"},
                   {"community", "community care"}, {"hospital", "hospital care"},
                   {"practice", "primary care"},    {"surgery", "general practice"},
                   {"charity", "voluntary sector"}, {"voluntary", "voluntary sector"},
                   {"housing", "housing"},          {"trust", "hospital care"}};
    const char *folded = text_fold(arena, name);
    for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++)
        if (strstr(folded, guesses[i].word))
            return guesses[i].sector;
    return NULL;
}

static void cell_set(const struct kind *kind, const char **cells, const char *field,
                     const char *value) {
    cells[kind_field_index(kind, field)] = value;
}

/* By its name or its key. */
static const struct record *named_find(const struct around_list *all, const char *name) {
    enum { NAME = 1 }; /* in each kind of the steps, what it is called stands behind its key */
    for (size_t i = 0; i < all->list.n; i++) {
        const struct record *record = all->list.items[i];
        if (text_same_name(record->values[NAME], name) || text_same_name(record->id, name))
            return record;
    }
    return NULL;
}

static bool wanted_name(const struct corrections *wish, const char *name) {
    for (size_t i = 0; i < wish->records.n; i++)
        if (text_same_name(wish->records.items[i].cells[1], name))
            return true;
    return false;
}

static const char *key_unused(struct arena *arena, const struct kind *kind, const char *name,
                              const struct around_list *there, const struct corrections *wish) {
    const char *plain = key_of_text(arena, name);
    if (!plain)
        plain = kind->name;
    for (unsigned n = 1;; n++) {
        const char *key = n == 1 ? plain : arena_format(arena, "%s-%u", plain, n);
        bool is_used = false;
        for (size_t i = 0; i < there->list.n && !is_used; i++)
            is_used = text_same_name(there->list.items[i]->id, key);
        for (size_t i = 0; i < wish->records.n && !is_used; i++)
            is_used = text_same_name(wish->records.items[i].cells[0], key);
        if (!is_used)
            return key;
    }
}

/* The name ends before the last comma if what comes behind it means something. */
static const char *name_cut(struct arena *arena, const char *line, const char **behind) {
    const char *comma = strrchr(line, ',');
    *behind = comma ? text_trim(arena, comma + 1) : NULL;
    return comma ? text_trim(arena, arena_format(arena, "%.*s", (int)(comma - line), line)) : line;
}

static const char *organisation_fill(struct arena *arena, const struct kind *kind, const char *line,
                                     const char **cells) {
    const struct choice *sector = kind->fields[kind_field_index(kind, "sector")].choices;
    const char *behind, *name = name_cut(arena, line, &behind);
    while (sector->value && !(behind && text_same_name(sector->value, behind)))
        sector++;
    cell_set(kind, cells, "sector", sector->value ? sector->value : sector_guess(arena, line));
    cell_set(kind, cells, "part", "partner");
    return sector->value ? name : line;
}

void start_lines_read(struct arena *arena, const struct start_step *step, const char *lines,
                      const struct around_list *there, const struct around_list *organisations,
                      struct corrections *out, struct start_problems *problems) {
    const struct kind *kind = kind_find(step->kind);
    const char *rest = lines;
    for (unsigned number = 1; rest; number++) {
        const char *line = text_trim(arena, text_next_piece(arena, &rest, '\n')), *behind = NULL;
        const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
        const char *name = line;
        if (text_equal(step->kind, "organisation")) {
            name = organisation_fill(arena, kind, line, cells);
        } else if (text_equal(step->kind, "person")) {
            name = name_cut(arena, line, &behind);
            const struct record *employer = behind ? named_find(organisations, behind) : NULL;
            if (behind && !employer)
                list_add(arena, &problems->list,
                         arena_format(arena, "Line %u: there is no organisation called “%s”.",
                                      number, behind));
            cell_set(kind, cells, "employer", employer ? employer->id : NULL);
        } else {
            cell_set(kind, cells, "state", "open");
        }
        if (text_blank(name) || named_find(there, name) || wanted_name(out, name))
            continue;
        cells[0] = key_unused(arena, kind, name, there, out);
        cells[1] = name;
        list_add(arena, &out->records, (struct wanted){.kind = kind, .cells = cells});
    }
}
