/* Working out the chain again from what lies in the store. */
#include "base/text.h"
#include "store/versions.h"
#include <stdlib.h>

struct verifying {
    struct arena *arena;
    const struct programme *programme;
    struct audit revisions;
    struct versions begun, ended;
    struct erasures erasures;
    LIST(const struct erasure *) latest; /* of each thing erased, by record and revision */
    size_t next_begun, next_ended, next_erasure;
    struct audit_verdict *out;
};

static void fault_add(struct verifying *verifying, int64_t revision, const char *format, ...)
    PRINTF_LIKE(3, 4);

static void fault_add(struct verifying *verifying, int64_t revision, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    list_add(
        verifying->arena, &verifying->out->faults,
        (struct audit_fault){revision, arena_format_list(verifying->arena, format, arguments)});
    va_end(arguments);
}

static int order(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int erasure_compare(const void *a, const void *b) {
    const struct erasure *const *left = a, *const *right = b;
    int by_record = order((*left)->record_id, (*right)->record_id);
    return by_record ? by_record : order((*left)->revision, (*right)->revision);
}

/* Of several erasures of the same thing only the last stands for what is there now. */
static void latest_find(struct verifying *verifying) {
    LIST(const struct erasure *) all = {0};
    for (size_t i = verifying->erasures.list.n; i > 0; i--)
        list_add(verifying->arena, &all, &verifying->erasures.list.items[i - 1]);
    if (all.n)
        qsort(all.items, all.n, sizeof *all.items, erasure_compare);
    for (size_t i = 0; i < all.n; i++) {
        size_t n = verifying->latest.n;
        if (!n || erasure_compare(&verifying->latest.items[n - 1], &all.items[i]) != 0)
            list_add(verifying->arena, &verifying->latest, all.items[i]);
        else if (all.items[i]->number > verifying->latest.items[n - 1]->number)
            verifying->latest.items[n - 1] = all.items[i];
    }
}

static const struct erasure *erasure_of(const struct verifying *verifying, int64_t record_id,
                                        int64_t revision) {
    const struct erasure wanted = {.record_id = record_id, .revision = revision};
    const struct erasure *key = &wanted;
    const struct erasure *const *found =
        verifying->latest.n ? bsearch(&key, verifying->latest.items, verifying->latest.n,
                                      sizeof *verifying->latest.items, erasure_compare)
                            : NULL;
    return found ? *found : NULL;
}

static void version_verify(struct verifying *verifying, const struct version *version) {
    char commitment[CHAIN_HASH_SIZE];
    const struct erasure *erasure = erasure_of(verifying, version->id, version->revision);
    chain_commit_record(version->salt, version->kind, version->key, version->content, commitment);
    if (!text_equal(commitment, erasure ? erasure->commitment : version->commitment))
        fault_add(verifying, version->revision,
                  "The %s \"%s\", as saved in revision %lld, does not read as it was saved.",
                  version->kind, version->key, (long long)version->revision);
    verifying->out->erased += erasure != NULL;
    verifying->out->versions++;
}

/* What happened in one revision, into its link. */
static void events_add(struct verifying *verifying, const struct revision *revision,
                       struct chain_link *link) {
    const struct versions *begun = &verifying->begun, *ended = &verifying->ended;
    size_t *b = &verifying->next_begun, *e = &verifying->next_ended;
    int64_t number = revision->number;
    for (;;) {
        const struct version *starts =
            *b < begun->list.n && begun->list.items[*b].revision <= number ? &begun->list.items[*b]
                                                                           : NULL;
        const struct version *ends = *e < ended->list.n && ended->list.items[*e].until <= number
                                         ? &ended->list.items[*e]
                                         : NULL;
        if (!starts && !ends)
            break;
        if (starts && (!ends || starts->id <= ends->id)) {
            version_verify(verifying, starts);
            chain_link_add(link, CHAIN_BEGAN, starts->id, 0, starts->commitment);
            ++*b;
            *e += ends && ends->id == starts->id; /* replaced, which the beginning says */
        } else {
            chain_link_add(link, CHAIN_ENDED, ends->id, 0, "");
            ++*e;
        }
    }
    for (size_t *x = &verifying->next_erasure; *x < verifying->erasures.list.n; ++*x) {
        const struct erasure *erasure = &verifying->erasures.list.items[*x];
        if (erasure->number > number)
            break;
        chain_link_add(link, CHAIN_ERASED, erasure->record_id, erasure->revision,
                       erasure->commitment);
    }
}

static void words_verify(struct verifying *verifying, const struct revision *revision) {
    char commitment[CHAIN_HASH_SIZE];
    const struct erasure *erasure = erasure_of(verifying, 0, revision->number);
    chain_commit_words(revision->salt, revision->author, revision->reason, commitment);
    if (!text_equal(commitment, erasure ? erasure->commitment : revision->commitment))
        fault_add(verifying, revision->number,
                  "Who saved revision %lld, or why, does not read as it was saved.",
                  (long long)revision->number);
}

static void chain_verify(struct verifying *verifying) {
    const char *before = "", *at = "";
    int64_t expected = 1;
    for (size_t i = 0; i < verifying->revisions.revisions.n; i++, expected++) {
        const struct revision *revision = &verifying->revisions.revisions.items[i];
        char hash[CHAIN_HASH_SIZE];
        struct chain_link link;
        if (revision->number != expected) {
            fault_add(verifying, revision->number, "Revision %lld is missing.",
                      (long long)expected);
            expected = revision->number;
        }
        if (strcmp(revision->at, at) < 0)
            fault_add(verifying, revision->number,
                      "Revision %lld is dated before the one it follows.",
                      (long long)revision->number);
        words_verify(verifying, revision);
        chain_link_begin(&link, before, revision->number, revision->at, revision->commitment);
        events_add(verifying, revision, &link);
        chain_link_end(&link, hash);
        if (!text_equal(hash, revision->link))
            fault_add(verifying, revision->number,
                      "Revision %lld does not follow from the one before: something in it was "
                      "added, taken away or altered.",
                      (long long)revision->number);
        before = revision->link; /* so that one alteration is told once */
        at = revision->at;
        verifying->out->revisions++;
    }
    if (verifying->next_begun < verifying->begun.list.n ||
        verifying->next_ended < verifying->ended.list.n ||
        verifying->next_erasure < verifying->erasures.list.n)
        fault_add(verifying, expected - 1, "There are records of a revision that is missing.");
    if (expected - 1 != verifying->programme->revision ||
        !text_equal(before, verifying->programme->link))
        fault_add(verifying, expected - 1,
                  "The programme says that its newest revision is %lld, and its history ends with "
                  "%lld: the end was cut off, or added to.",
                  (long long)verifying->programme->revision, (long long)(expected - 1));
}

static int by_record(const void *a, const void *b) {
    const struct version *const *left = a, *const *right = b;
    int by_id = order((*left)->id, (*right)->id);
    return by_id ? by_id : order((*left)->revision, (*right)->revision);
}

/* A version ends when the next one of the same record begins. */
static void succession_verify(struct verifying *verifying) {
    size_t n = verifying->begun.list.n;
    const struct version **sorted = arena_alloc_array(verifying->arena, n, sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &verifying->begun.list.items[i];
    if (n)
        qsort(sorted, n, sizeof *sorted, by_record);
    for (size_t i = 1; i < n; i++)
        if (sorted[i]->id == sorted[i - 1]->id && sorted[i - 1]->until != sorted[i]->revision)
            fault_add(verifying, sorted[i]->revision,
                      "The %s \"%s\" has two versions at once, or a gap between them.",
                      sorted[i]->kind, sorted[i]->key);
}

enum err audit_verify(struct db *db, struct arena *arena, const struct programme *programme,
                      struct audit_verdict *out) {
    struct verifying verifying = {.arena = arena, .programme = programme, .out = out};
    int64_t id = programme->id;
    *out = (struct audit_verdict){0};
    chain_start();
    enum err err = revisions_read(db, arena, id, 1, INT64_MAX, &verifying.revisions);
    if (!err)
        err = versions_begun(db, arena, id, 0, INT64_MAX, &verifying.begun);
    if (!err)
        err = versions_ended(db, arena, id, 0, INT64_MAX, &verifying.ended);
    if (!err)
        err = erasures_read(db, arena, id, &verifying.erasures);
    if (err)
        return err;
    latest_find(&verifying);
    chain_verify(&verifying);
    succession_verify(&verifying);
    return OK;
}
