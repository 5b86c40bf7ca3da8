#include "diagnosis/listing.h"
#include "base/text.h"
#include "diagnosis/speak.h"
#include <stdlib.h>
#include <string.h>

static _Noreturn void stop(const struct problems *problems, const char *file) {
    fprintf(stderr, "ithaca: the listing %s is broken: %s\n", file,
            problems->list.n ? problems->list.items[0].message : "a line is missing");
    abort();
}

static const char *base_name(struct arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    return arena_copy_n(arena, name, strcspn(name, "."));
}

static struct listing *listing_parse(struct arena *arena, const struct file *file) {
    struct problems problems = problems_new(arena);
    struct page page;
    if (page_parse(arena, file, &page, &problems) != OK)
        stop(&problems, file->path);
    const struct page_part *sql = page_find(&page.blocks, "sql");
    const char *weight = page_header(&page, "weight");
    const char *identity = page_header(&page, "identity");
    struct listing *listing = arena_alloc(arena, sizeof *listing);
    *listing = (struct listing){
        .name = base_name(arena, file->path),
        .title = page.title,
        .line = page_header(&page, "line"),
        .none = page_header(&page, "none"),
        .repair = page_header(&page, "repair"),
        .identity = names_split(arena, identity ? identity : ""),
        .weight = weight ? strtod(weight, NULL) : 0,
    };
    if (!sql || !listing->line)
        stop(&problems, file->path);
    listing->query =
        (struct query){.file = file->path, .sql = sql->text, .line = sql->line, .is_builtin = true};
    return listing;
}

struct listings listings_load(struct arena *arena, const char *folder) {
    struct files files = {0};
    struct listings listings = {0};
    files_add_builtin(arena, &files, folder, ".md");
    for (size_t i = 0; i < files.list.n; i++)
        list_add(arena, &listings.list, listing_parse(arena, &files.list.items[i]));
    return listings;
}

static const char *identity_of(struct arena *arena, const struct listing *listing,
                               const struct row *row) {
    struct text identity = text_new(arena);
    text_add(&identity, listing->name);
    for (size_t i = 0; i < listing->identity.list.n; i++) {
        const char *value = row_value(row, listing->identity.list.items[i]);
        text_add_format(&identity, "/%s", value ? value : "");
    }
    return identity.bytes;
}

void listing_run(const struct listing *listing, struct workbench *workbench, struct arena *arena,
                 const struct records *records, const char *subject, struct listed_rows *out) {
    struct problems problems = problems_new(arena);
    struct rows rows;
    struct index known = {0};
    if (workbench_run(workbench, arena, &listing->query, subject, &rows, &problems) != OK)
        stop(&problems, listing->query.file);
    for (size_t i = 0; i < rows.list.n; i++) {
        const struct row *row = &rows.list.items[i];
        struct listed listed = {
            .listing = listing,
            .identity = identity_of(arena, listing, row),
            .sentence = speak_row(arena, records, listing->line, row),
            .repair = listing->repair ? speak_row(arena, records, listing->repair, row) : NULL,
            .row = *row};
        if (!listing->identity.list.n || index_add(arena, &known, listed.identity, out))
            list_add(arena, &out->list, listed);
    }
}
