#include "store/audit.h"
#include "base/text.h"
#include "store/versions.h"

/* The version of a record that ended in a revision; the list is sorted by both. */
static const struct version *version_ended_at(const struct versions *ended, int64_t revision,
                                              int64_t id) {
    size_t low = 0, high = ended->list.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct version *version = &ended->list.items[middle];
        if (version->until == revision && version->id == id)
            return version;
        if (version->until < revision || (version->until == revision && version->id < id))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void begun_add(struct arena *arena, struct audit *out, const struct revision *revision,
                      const struct version *version, const struct versions *ended) {
    const struct version *before = version_ended_at(ended, revision->number, version->id);
    list_add(arena, &out->changes,
             (struct audit_change){
                 .revision = revision,
                 .what = before ? CHANGE_CHANGED : CHANGE_ADDED,
                 .kind = version->kind,
                 .key = version->key,
                 .before = before ? before->content : NULL,
                 .after = version->content,
             });
}

static enum err erased_count(struct db *db, struct arena *arena, int64_t programme,
                             struct audit *out) {
    struct erasures erasures;
    enum err err = erasures_read(db, arena, programme, &erasures);
    size_t r = 0;
    for (size_t i = 0; !err && i < erasures.list.n; i++) {
        while (r < out->revisions.n &&
               out->revisions.items[r].number < erasures.list.items[i].number)
            r++;
        if (r < out->revisions.n && out->revisions.items[r].number == erasures.list.items[i].number)
            out->revisions.items[r].erased++;
    }
    return err;
}

enum err audit_read(struct db *db, struct arena *arena, const struct programme *programme,
                    int64_t from, int64_t to, struct audit *out) {
    struct versions begun, ended;
    enum err err = revisions_read(db, arena, programme->id, from, to, out);
    if (!err)
        err = erased_count(db, arena, programme->id, out);
    if (!err)
        err = versions_begun(db, arena, programme->id, from, to, &begun);
    if (!err)
        err = versions_ended(db, arena, programme->id, from, to, &ended);
    if (err)
        return err;
    size_t b = 0, e = 0;
    for (size_t r = 0; r < out->revisions.n; r++) {
        const struct revision *revision = &out->revisions.items[r];
        struct index replaced = {0};
        for (; b < begun.list.n && begun.list.items[b].revision <= revision->number; b++) {
            const struct version *version = &begun.list.items[b];
            begun_add(arena, out, revision, version, &ended);
            index_add(arena, &replaced, arena_format(arena, "%lld", (long long)version->id),
                      (void *)version);
        }
        for (; e < ended.list.n && ended.list.items[e].until <= revision->number; e++) {
            const struct version *version = &ended.list.items[e];
            if (!index_find(&replaced, arena_format(arena, "%lld", (long long)version->id)))
                list_add(arena, &out->changes,
                         (struct audit_change){revision, CHANGE_REMOVED, version->kind,
                                               version->key, version->content, NULL});
        }
    }
    return OK;
}
