#include "store/kept.h"
#include "base/text.h"
#include "store/chain.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

char *kept_write(struct arena *arena, const struct programme *programme) {
    return arena_format(arena, "%s:%lld:%s", programme->key, (long long)programme->revision,
                        programme->link);
}

static bool is_link(const char *text) {
    return strlen(text) == CHAIN_HASH_SIZE - 1 &&
           strspn(text, "0123456789abcdef") == CHAIN_HASH_SIZE - 1;
}

/* From the end: a key may have colons in it. */
bool kept_parse(struct arena *arena, const char *text, struct kept_link *out) {
    char *rest = text_trim(arena, text), *end;
    char *colon = strrchr(rest, ':');
    if (!colon || !is_link(colon + 1))
        return false;
    *colon = '\0';
    *out = (struct kept_link){.link = colon + 1};
    colon = strrchr(rest, ':');
    const char *number = colon ? colon + 1 : rest;
    if (colon) {
        *colon = '\0';
        out->programme = rest;
    }
    errno = 0;
    out->revision = strtoll(number, &end, 10);
    return *number >= '0' && *number <= '9' && !*end && !errno && out->revision > 0 &&
           (!out->programme || *out->programme);
}

/* Where the same link stands in this database. */
struct standing {
    const char *programme;
    int64_t revision;
};
struct standings {
    LIST(struct standing) list;
};

static enum err standings_read(struct db *db, struct arena *arena, const char *link,
                               struct standings *out) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_revision_by_link, DB_VALUES(db_text(link)), &rows);
    while (!err && db_next(&rows))
        list_add(
            arena, &out->list,
            (struct standing){arena_copy(arena, db_row_text(&rows, 0)), db_row_integer(&rows, 1)});
    return db_rows_end(&rows, err);
}

static const struct programme *among_find(const struct programmes *among, const char *key) {
    for (size_t i = 0; i < among->list.n; i++)
        if (text_equal(among->list.items[i].key, key))
            return &among->list.items[i];
    return NULL;
}

static const char *missed_message(struct arena *arena, const struct kept_link *kept,
                                  const struct programme *of, const struct standings *standings) {
    long long revision = (long long)kept->revision;
    if (standings->list.n) {
        const struct standing *is = &standings->list.items[0];
        return arena_format(arena,
                            "The link you kept is that of revision %lld of \"%s\", not of %s.",
                            (long long)is->revision, is->programme,
                            of ? arena_format(arena, "revision %lld of \"%s\"", revision, of->key)
                               : arena_format(arena, "revision %lld", revision));
    }
    if (kept->programme && !of)
        return arena_format(arena, "There is no programme \"%s\" here, of which you kept a link.",
                            text_quote(arena, kept->programme));
    if (!of)
        return arena_format(arena, "No programme here has the link you kept of revision %lld.",
                            revision);
    if (of->revision < kept->revision)
        return arena_format(arena,
                            "Revision %lld of \"%s\", whose link you kept, is not there; the "
                            "newest is revision %lld.",
                            revision, of->key, (long long)of->revision);
    return arena_format(arena, "Revision %lld of \"%s\" has another link than the one you kept.",
                        revision, of->key);
}

enum err kept_verify(struct db *db, struct arena *arena, const struct kept_link *kept,
                     const struct programmes *among, struct kept_verdict *out) {
    struct standings standings = {0};
    const struct programme *of = kept->programme      ? among_find(among, kept->programme)
                                 : among->list.n == 1 ? &among->list.items[0]
                                                      : NULL;
    *out = (struct kept_verdict){.kept = *kept};
    enum err err = standings_read(db, arena, kept->link, &standings);
    for (size_t i = 0; i < standings.list.n; i++) {
        const struct standing *is = &standings.list.items[i];
        if (is->revision != kept->revision ||
            (kept->programme && !text_equal(is->programme, kept->programme)) ||
            !among_find(among, is->programme))
            continue;
        out->found = true;
        out->message = arena_format(arena,
                                    "The link you kept of revision %lld of \"%s\" is there "
                                    "as it was.",
                                    (long long)is->revision, is->programme);
        return err;
    }
    out->message = missed_message(arena, kept, of, &standings);
    return err;
}
