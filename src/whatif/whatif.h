/* What if? Takes people, posts or organisations away on a day, or adds what stands in another
 * workbook, and says what would change before it happens: what would be lost (content/losses),
 * which findings would appear and vanish, how the network would move; and for each person who would
 * go, a handover sheet (content/handover).
 *
 * Nothing is written anywhere: the records are copied where they change, and one workbench is
 * filled twice. Everything belongs to the arena handed in. */
#ifndef ITHACA_WHATIF_H
#define ITHACA_WHATIF_H

#include "diagnosis/diagnosis.h"
#include "diagnosis/listing.h"
#include "network/network.h"
#include "record/ending.h"

struct whatif_question {
    const struct records *now;
    const struct records *with;         /* `now` and what is added to it; the same if nothing is */
    struct record_set without;          /* people, posts, organisations */
    struct diagnosis_options diagnosis; /* as of the day on which they are gone */
    const struct content *content;
    const struct rules *rules;
};

/* A measure of the network that moves much. */
struct whatif_move {
    const char *name;
    double before, after;
};

struct handover {
    const struct record *person;
    struct listed_rows rows;
};

struct whatif {
    const struct whatif_question *question;
    struct diagnosis before, after;
    LIST(const struct finding *) appeared, vanished;
    LIST(const struct finding *) changed; /* were there, and would say something else */
    struct listed_rows lost;              /* what nobody would carry, and was carried before */
    struct listed_rows gained; /* what nobody carries now, and somebody would, if anything came */
    LIST(struct whatif_move) moves;
    struct listings handover_listings;
    LIST(struct handover) handovers;
};

enum err whatif_make(struct workbench *workbench, struct arena *arena,
                     const struct whatif_question *question, struct whatif *out,
                     struct problems *problems) MUST_CHECK;

/* What would be lost if one person went; its rows have no columns (struct row) any more. */
struct sweep_person {
    const struct record *person;
    double weight; /* of all that would be lost */
    struct listed_rows lost;
    /* What would save most of it, by weight; NULL if nothing would be lost. */
    const char *repair;
};

struct sweep {
    LIST(struct sweep_person) people; /* by weight, then in the order of the sheet */
    bool is_stopped;
};

/* Takes everybody away in turn who is there on question->diagnosis's day; question->without is not
 * looked at. `progress` is told how many are done of how many, after each, and says whether to go
 * on: if not, the sweep is `is_stopped`, and holds nothing. It may be NULL. */
typedef bool sweep_progress(void *context, size_t done, size_t of);
enum err sweep_make(struct workbench *workbench, struct arena *arena,
                    const struct whatif_question *question, sweep_progress *progress, void *context,
                    struct sweep *out, struct problems *problems) MUST_CHECK;

/* ---- what only this room uses ---- */

/* Fills the workbench for losses, without running rules. */
enum err whatif_fill(struct workbench *workbench, struct arena *arena,
                     const struct records *records, const struct workbench_options *options,
                     struct problems *problems) MUST_CHECK;
/* What nobody carries, in the workbench as it is filled. */
struct listed_rows whatif_losses(struct workbench *workbench, struct arena *arena,
                                 const struct records *records, const struct listings *losses);
/* The rows of `rows` that are not in `others`. */
struct listed_rows whatif_new_rows(struct arena *arena, const struct listed_rows *rows,
                                   const struct listed_rows *others);

#endif
