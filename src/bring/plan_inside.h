/* How a plan is made. Private to bring/. */
#ifndef ITHACA_BRING_PLAN_INSIDE_H
#define ITHACA_BRING_PLAN_INSIDE_H

#include "base/index.h"
#include "bring/match.h"
#include "bring/plan.h"

struct planning {
    struct arena *arena;
    const struct plan_wish *wish;
    struct plan *plan;
    struct match_names **names;  /* by kind; NULL: not looked up yet */
    struct index doubts;         /* by name */
    struct index made;           /* records that are added, by kind and plain name: their keys */
    struct index keys;           /* taken by them and by what is there, by kind and key */
    bool *keys_noted;            /* by kind: those of what is there are among them */
    struct index sures;          /* whom texts name without doubt */
    struct index *identities;    /* by kind: records without keys, by what tells them apart */
    struct index brought;        /* records that a row is about already */
    const struct sheet_row *row; /* at which we are */
};

/* The place of a cell of the row: "C6". */
const char *place_of(const struct planning *planning, size_t at);
/* The doubt of that name, made if it is new; `*is_new` says so. The place is added. */
struct bring_doubt *doubt_at(struct planning *planning, const char *name, const char *place,
                             bool *is_new);
void doubt_offer(struct planning *planning, struct bring_doubt *doubt, const char *value,
                 const char *words);
/* What it is taken for: the answer, or what is suggested where it need not be answered. */
void doubt_settle(struct planning *planning, struct bring_doubt *doubt);

/* What a cell says for a field, as the record keeps it; NULL: nothing, or not known yet. */
const char *value_read(struct planning *planning, const struct layout_column *column,
                       const struct field *field, const char *text);

/* Which record of these kinds a cell names: its key, or NULL; `*kind` is its kind. One that is
 * added is planned. */
struct naming {
    const struct kind *kinds[TARGET_FIELDS_MAX];
    int n;
    bool is_easy; /* where there is none like it, it is added without being asked */
};
const char *record_named(struct planning *planning, const struct layout_column *column,
                         const struct naming *naming, const char *text, const struct kind **kind);

/* Plans one that is added, if there is none of the name yet; gives its key. */
const char *record_add(struct planning *planning, const struct kind *kind, const char *name);
/* The planned record of that key, or NULL. It stays where it is until the next is planned. */
struct planned *planned_find(const struct planning *planning, const struct kind *kind,
                             const char *key);
/* A key that no record of the kind has. */
const char *key_free(struct planning *planning, const struct kind *kind, const char *wanted);
struct match_names *names_of(struct planning *planning, const struct kind *kind);

#endif
