#include "diagnosis/requests.h"
#include "base/text.h"
#include <string.h>

/* How many of the things a doubt wants are neither in `asked` nor in `more`. */
static size_t wants_left(const struct doubt *doubt, const struct names *asked,
                         const struct names *more) {
    size_t left = 0;
    for (size_t i = 0; i < doubt->wants.list.n; i++) {
        const char *want = doubt->wants.list.items[i];
        left += !names_contain(asked, want) && !(more && names_contain(more, want));
    }
    return left;
}

/* The work of writing down what is wanted: the sheets that everybody begins with cost least. */
static double wants_cost(const struct doubt *doubt, const struct names *asked) {
    double cost = 0;
    for (size_t i = 0; i < doubt->wants.list.n; i++) {
        const struct kind *kind = kind_find(doubt->wants.list.items[i]); /* none for a column */
        if (!names_contain(asked, doubt->wants.list.items[i]))
            cost += kind && !kind->beginner ? 2 : 1;
    }
    return cost;
}

/* What answering `candidate`'s wants is worth for the work it takes: the doubts that would go, the
 * graver the more. */
static double request_worth(const struct diagnosis *diagnosis, const struct names *asked,
                            const struct doubt *candidate) {
    double gain = 0;
    for (size_t i = 0; i < diagnosis->doubts.n; i++) {
        const struct doubt *doubt = diagnosis->doubts.items[i];
        if (wants_left(doubt, asked, NULL) && !wants_left(doubt, asked, &candidate->wants))
            gain += 1 + (double)doubt->rule->severity;
    }
    return gain / wants_cost(candidate, asked);
}

/* "Fill in Powers" for a field, the kind's own words for a kind. */
static char *want_speak(struct arena *arena, const char *want) {
    const char *point = strchr(want, '.');
    const struct kind *kind =
        kind_find(point ? arena_copy_n(arena, want, (size_t)(point - want)) : want);
    if (!point)
        return arena_format(arena,
                            "%s (Sheet %s; when all are there, say so on the sheet Coverage.)",
                            kind->ask, kind->sheet);
    int field = kind_field_index(kind, point + 1);
    return arena_format(arena, "Fill in %s on the sheet %s.",
                        field < 0 ? point + 1 : field_heading(arena, &kind->fields[field]),
                        kind->sheet);
}

static struct record_request request_make(struct arena *arena, const struct diagnosis *diagnosis,
                                          struct names *asked, const struct doubt *chosen) {
    struct record_request request = {0};
    struct text sentence = text_new(arena);
    for (size_t i = 0; i < diagnosis->doubts.n; i++) {
        const struct doubt *doubt = diagnosis->doubts.items[i];
        if (!wants_left(doubt, asked, NULL) || wants_left(doubt, asked, &chosen->wants))
            continue;
        for (size_t a = 0; a < doubt->rule->answers.list.n; a++)
            if (!names_contain(&request.lines, doubt->rule->answers.list.items[a]))
                list_add(arena, &request.lines.list, doubt->rule->answers.list.items[a]);
    }
    for (size_t i = 0; i < chosen->wants.list.n; i++) {
        const char *want = chosen->wants.list.items[i];
        if (names_contain(asked, want))
            continue;
        text_add_format(&sentence, "%s%s", sentence.length ? " " : "", want_speak(arena, want));
        list_add(arena, &asked->list, want);
    }
    request.sentence = sentence.bytes;
    return request;
}

void requests_make(struct arena *arena, struct diagnosis *diagnosis) {
    struct names asked = {0};
    while (diagnosis->request_count < REQUESTS_MAX) {
        const struct doubt *best = NULL;
        double best_worth = 0;
        for (size_t i = 0; i < diagnosis->doubts.n; i++) {
            const struct doubt *doubt = diagnosis->doubts.items[i];
            double worth =
                wants_left(doubt, &asked, NULL) ? request_worth(diagnosis, &asked, doubt) : 0;
            if (worth > best_worth) {
                best = doubt;
                best_worth = worth;
            }
        }
        if (!best)
            return;
        diagnosis->requests[diagnosis->request_count++] =
            request_make(arena, diagnosis, &asked, best);
    }
}
