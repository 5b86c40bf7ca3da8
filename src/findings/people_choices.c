/* Whom to choose from, where somebody is chosen among all who are written down. */
#include "base/date.h"
#include "base/text.h"
#include "findings/findings_pages.h"
#include <stdlib.h>

enum group { GROUP_SELF, GROUP_ORGANISATION, GROUP_NOWHERE, GROUP_LEFT };

struct placed {
    const struct person_seen *person;
    enum group group;
    const char *title;
};

/* As the records have it: the last day is written down, or that it is unknown. */
static bool has_left(const struct person_seen *person, const char *today) {
    struct when when;
    if (!person->until || !when_parse(person->until, &when))
        return false;
    return !*when.last || strcmp(when.last, today) < 0;
}

static struct placed placed_of(const struct request *request, const struct seen *seen,
                               const struct person_seen *person) {
    const char *organisation =
        person->employer ? index_find(&seen->organisations, person->employer) : NULL;
    if (has_left(person, request->today))
        return (struct placed){person, GROUP_LEFT, "Have left"};
    if (names_contain(&seen->records, person->key))
        return (struct placed){person, GROUP_SELF, "You"};
    return organisation ? (struct placed){person, GROUP_ORGANISATION, organisation}
                        : (struct placed){person, GROUP_NOWHERE, "No organisation recorded"};
}

static int placed_compare(const void *a, const void *b) {
    const struct placed *left = a, *right = b;
    if (left->group != right->group)
        return left->group < right->group ? -1 : 1;
    int order = strcmp(left->title, right->title);
    return order ? order : left->person < right->person ? -1 : 1; /* as on the sheet */
}

struct person_choices people_choices(const struct request *request, const struct seen *seen,
                                     const char *chosen) {
    struct person_choices out = {0};
    size_t n = seen->everybody.n;
    struct placed *placed = arena_alloc_array(request->arena, n + 1, sizeof *placed);
    for (size_t i = 0; i < n; i++)
        placed[i] = placed_of(request, seen, &seen->everybody.items[i]);
    qsort(placed, n, sizeof *placed, placed_compare);
    for (size_t i = 0; i < n; i++) {
        const struct person_seen *person = placed[i].person;
        bool is_first = !i || !text_equal(placed[i].title, placed[i - 1].title),
             is_last = i + 1 == n || !text_equal(placed[i].title, placed[i + 1].title);
        list_add(request->arena, &out.list,
                 (struct person_choice){.key = person->key,
                                        .name = person->name,
                                        .is_chosen = chosen && text_equal(chosen, person->key),
                                        .group = is_first ? placed[i].title : NULL,
                                        .ends_group = is_last});
    }
    return out;
}
