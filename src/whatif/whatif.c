#include "whatif/whatif.h"
#include "diagnosis/network_facts.h"
#include <math.h>

enum err whatif_fill(struct workbench *workbench, struct arena *arena,
                     const struct records *records, const struct workbench_options *options,
                     struct problems *problems) {
    workbench_fill(workbench, records, options);
    return network_facts_fill(workbench, arena, NETWORK_PLAIN, problems);
}

struct listed_rows whatif_losses(struct workbench *workbench, struct arena *arena,
                                 const struct records *records, const struct listings *losses) {
    struct listed_rows rows = {0};
    for (size_t i = 0; i < losses->list.n; i++)
        listing_run(losses->list.items[i], workbench, arena, records, NULL, &rows);
    return rows;
}

struct listed_rows whatif_new_rows(struct arena *arena, const struct listed_rows *rows,
                                   const struct listed_rows *others) {
    struct index known = {0};
    struct listed_rows fresh = {0};
    for (size_t i = 0; i < others->list.n; i++)
        index_add(arena, &known, others->list.items[i].identity, &fresh);
    for (size_t i = 0; i < rows->list.n; i++)
        if (!index_find(&known, rows->list.items[i].identity))
            list_add(arena, &fresh.list, rows->list.items[i]);
    return fresh;
}

static void findings_compare(struct arena *arena, struct whatif *whatif) {
    struct index before = {0}, after = {0};
    for (size_t i = 0; i < whatif->before.findings.n; i++)
        index_add(arena, &before, whatif->before.findings.items[i]->id, whatif);
    for (size_t i = 0; i < whatif->after.findings.n; i++) {
        const struct finding *finding = whatif->after.findings.items[i];
        index_add(arena, &after, finding->id, whatif);
        if (!index_find(&before, finding->id))
            list_add(arena, &whatif->appeared, finding);
    }
    for (size_t i = 0; i < whatif->before.findings.n; i++)
        if (!index_find(&after, whatif->before.findings.items[i]->id))
            list_add(arena, &whatif->vanished, whatif->before.findings.items[i]);
}

static enum err network_now(struct workbench *workbench, struct arena *arena,
                            struct network_measures *out, struct problems *problems) {
    struct partnership partnership;
    enum err err = partnership_read(workbench, arena, TIE_ALL, &partnership, problems);
    return err ? err
               : network_measure(arena, &partnership.network, NETWORK_BETWEENNESS, out, problems);
}

/* Moves by a tenth or more, or anything that was nothing. */
static void moves_compare(struct arena *arena, struct whatif *whatif,
                          const struct network_measures *before,
                          const struct network_measures *after) {
    const struct whatif_move all[] = {
        {"ties between people", before->ties, after->ties},
        {"people tied to nobody", before->isolates, after->isolates},
        {"parts that are not tied to each other", before->components, after->components},
        {"people in the largest part", before->largest, after->largest},
        {"share of all possible ties that are there", before->density, after->density},
        {"how far everything runs through one person (0: not at all, 1: all of it)",
         before->betweenness_centralisation, after->betweenness_centralisation},
    };
    const double much = 0.1;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (isfinite(all[i].before) && isfinite(all[i].after) &&
            fabs(all[i].after - all[i].before) > much * fabs(all[i].before))
            list_add(arena, &whatif->moves, all[i]);
}

static void handover_make(struct workbench *workbench, struct arena *arena,
                          const struct record *person, struct whatif *whatif) {
    struct handover handover = {.person = person};
    for (size_t i = 0; i < whatif->handover_listings.list.n; i++)
        listing_run(whatif->handover_listings.list.items[i], workbench, arena,
                    whatif->question->now, person->id, &handover.rows);
    list_add(arena, &whatif->handovers, handover);
}

enum err whatif_make(struct workbench *workbench, struct arena *arena,
                     const struct whatif_question *question, struct whatif *out,
                     struct problems *problems) {
    struct listings losses = listings_load(arena, "content/losses/");
    struct network_measures network_before, network_after;
    struct records *later = arena_alloc(arena, sizeof *later);
    *out = (struct whatif){.question = question};
    out->handover_listings = listings_load(arena, "content/handover/");
    *later = records_ending(arena, question->with, &question->without,
                            question->diagnosis.workbench.today);

    enum err err = diagnosis_make(workbench, arena, later, question->content, question->rules,
                                  &question->diagnosis, &out->after, problems);
    if (!err)
        err = network_now(workbench, arena, &network_after, problems);
    if (err)
        return err;
    struct listed_rows after = whatif_losses(workbench, arena, later, &losses);

    err = diagnosis_make(workbench, arena, question->now, question->content, question->rules,
                         &question->diagnosis, &out->before, problems);
    if (!err)
        err = network_now(workbench, arena, &network_before, problems);
    if (err)
        return err;
    struct listed_rows before = whatif_losses(workbench, arena, question->now, &losses);
    for (size_t i = 0; i < question->without.list.n; i++)
        if (question->without.list.items[i]->kind == kind_find("person"))
            handover_make(workbench, arena, question->without.list.items[i], out);

    out->lost = whatif_new_rows(arena, &after, &before);
    /* What only goes has covered nothing: what was not covered is gone with it. */
    if (question->with != question->now)
        out->gained = whatif_new_rows(arena, &before, &after);
    findings_compare(arena, out);
    moves_compare(arena, out, &network_before, &network_after);
    return OK;
}
