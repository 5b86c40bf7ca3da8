#include "base/random.h"
#include "network/graph.h"
#include "network/groups.h"
#include <math.h>

static const uint64_t SEED = 1; /* any other would do; the same gives the same p */

/* The ties among people of known group, as places in a list of their groups. */
struct dealing {
    unsigned *labels; /* the group of each person of known group */
    struct arc *ties;
    size_t count;
};

static struct dealing dealing_make(struct arena *arena, const struct graph *graph,
                                   const struct groups *groups, struct network_ei *out) {
    struct dealing dealing = {
        .labels = arena_alloc_array(arena, groups->known, sizeof *dealing.labels),
        .ties = arena_alloc_array(arena, graph->near.start[graph->n] / 2, sizeof *dealing.ties)};
    unsigned *place = arena_alloc_array(arena, graph->n, sizeof *place), next = 0;
    for (unsigned i = 0; i < graph->n; i++)
        if (groups->of[i] != GROUP_UNKNOWN) {
            place[i] = next;
            dealing.labels[next++] = (unsigned)groups->of[i];
        }
    for (unsigned i = 0; i < graph->n; i++)
        for (size_t a = graph->near.start[i]; a < graph->near.start[i + 1]; a++) {
            unsigned j = graph->near.to[a];
            if (j < i)
                continue;
            if (groups->of[i] == GROUP_UNKNOWN || groups->of[j] == GROUP_UNKNOWN)
                out->ties_left++;
            else
                dealing.ties[dealing.count++] = (struct arc){place[i], place[j]};
        }
    return dealing;
}

static unsigned external_count(const struct dealing *dealing) {
    unsigned external = 0;
    for (size_t a = 0; a < dealing->count; a++)
        external += dealing->labels[dealing->ties[a].from] != dealing->labels[dealing->ties[a].to];
    return external;
}

/* The share of pairs of people who are of different groups. */
static double different_share(const struct groups *groups) {
    double n = groups->known, same = 0;
    for (unsigned g = 0; g < groups->count; g++)
        same += (double)groups->size[g] * (groups->size[g] - 1.0);
    return 1 - same / (n * (n - 1));
}

enum err network_ei(const struct network *network, const int *group, unsigned permutations,
                    struct network_ei *out, struct problems *problems) {
    struct arena *scratch = arena_new(GRAPH_MEMORY);
    struct graph graph;
    *out =
        (struct network_ei){.index = NAN, .expected = NAN, .p = NAN, .permutations = permutations};
    enum err err = graph_make(scratch, network, &graph, problems);
    if (err)
        goto done;
    struct groups groups = groups_make(scratch, group, network->people);
    struct dealing dealing = dealing_make(scratch, &graph, &groups, out);
    double share = different_share(&groups), ties = (double)dealing.count;
    out->people = groups.known;
    out->unknown = groups.unknown;
    out->external = external_count(&dealing);
    out->internal = (unsigned)dealing.count - out->external;
    if (groups.known > 1)
        out->expected = 2 * share - 1;
    if (dealing.count == 0)
        goto done;
    out->index = ((double)out->external - out->internal) / ties;
    /* What is equally far must count as such, whatever the rounding. */
    double far = fabs(out->external - share * ties) - 1e-9 * ties;
    struct random random = {SEED};
    unsigned as_far = 0;
    for (unsigned i = 0; i < permutations; i++) {
        random_draw(&random, dealing.labels, groups.known, groups.known);
        as_far += fabs(external_count(&dealing) - share * ties) >= far;
    }
    if (permutations)
        out->p = (1.0 + as_far) / (1.0 + permutations);
done:
    arena_free(scratch);
    return err;
}
