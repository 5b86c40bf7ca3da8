#include "command/audit_print.h"
#include "base/csv.h"
#include "base/text.h"
#include "command/store.h"
#include "content/json.h"

enum { SHOWN_IN_TEXT = 20 /* changes of one revision, unless it is one record's history */ };

static const char *const words[CHANGE_KINDS] = {"added", "changed", "removed"};

static const char *sheet_of(const struct audit_change *change) {
    const struct kind *kind = kind_find(change->kind);
    return kind ? kind->sheet : change->kind; /* of a kind that a newer program knows */
}

static bool is_shown(const struct audit_view *view, const struct audit_change *change) {
    return !view->kind ||
           (text_equal(change->kind, view->kind->name) && text_equal(change->key, view->key));
}

/* Moves `*next` over the changes of a revision and gives those that are shown. */
struct revision_changes {
    LIST(const struct audit_change *) list;
};
static struct revision_changes changes_take(struct arena *arena, const struct audit_view *view,
                                            const struct revision *revision, size_t *next) {
    struct revision_changes out = {0};
    for (; *next < view->audit->changes.n; ++*next) {
        const struct audit_change *change = &view->audit->changes.items[*next];
        if (change->revision != revision)
            break;
        if (is_shown(view, change))
            list_add(arena, &out.list, change);
    }
    return out;
}

/* ---- field by field ---- */

struct field_change {
    const char *name, *before, *after; /* NULL where it was empty */
};
struct field_changes {
    LIST(struct field_change) list;
};

static const char *heading_of(struct arena *arena, const char *kind_name, const char *field) {
    const struct kind *kind = kind_find(kind_name);
    int index = kind ? kind_field_index(kind, field) : -1;
    return index >= 0 ? field_heading(arena, &kind->fields[index]) : field;
}

/* What is not JSON any more, or no text, is nothing that this program wrote. */
static const char *field_read(struct arena *arena, const json_t *object, const char *name) {
    const char *value = json_string_value(json_object_get(object, name));
    return value ? arena_copy(arena, value) : NULL;
}

static struct field_changes fields_compare(struct arena *arena, const struct audit_change *change) {
    struct field_changes out = {0};
    json_t *before = change->before ? json_loads(change->before, 0, NULL) : json_object();
    json_t *after = change->after ? json_loads(change->after, 0, NULL) : json_object();
    const char *name;
    json_t *value;
    json_object_foreach(after, name, value) {
        const char *old = field_read(arena, before, name), *new = field_read(arena, after, name);
        if (!old || !new || !text_equal(old, new))
            list_add(arena, &out.list, (struct field_change){arena_copy(arena, name), old, new});
    }
    json_object_foreach(before, name, value) if (!json_object_get(after, name)) list_add(
        arena, &out.list,
        (struct field_change){arena_copy(arena, name), field_read(arena, before, name), NULL});
    json_decref(before);
    json_decref(after);
    return out;
}

/* ---- for people ---- */

static void change_print(struct printer *printer, struct arena *arena,
                         const struct audit_change *change, bool in_full) {
    static const char *const signs[CHANGE_KINDS] = {"  + ", "  ~ ", "  - "};
    print_wrapped(
        printer, signs[change->what], NULL,
        arena_format(arena, "%s, %s %s", sheet_of(change), change->key, words[change->what]));
    if (change->what != CHANGE_CHANGED && !in_full)
        return;
    struct field_changes fields = fields_compare(arena, change);
    for (size_t i = 0; i < fields.list.n; i++) {
        const struct field_change *field = &fields.list.items[i];
        const char *heading = heading_of(arena, change->kind, field->name);
        const char *before = field->before ? field->before : "(empty)";
        const char *after = field->after ? field->after : "(empty)";
        print_wrapped(printer, "      ", "        ",
                      change->what == CHANGE_CHANGED
                          ? arena_format(arena, "%s: %s → %s", heading, before, after)
                          : arena_format(arena, "%s: %s", heading, change->after ? after : before));
    }
}

static void revision_print(struct printer *printer, struct arena *arena,
                           const struct audit_view *view, const struct revision *revision,
                           const struct revision_changes *changes) {
    size_t n = changes->list.n, shown = view->kind || n < SHOWN_IN_TEXT ? n : SHOWN_IN_TEXT;
    print_heading(printer,
                  arena_format(arena, "Revision %lld, %s, %s", (long long)revision->number,
                               time_long(arena, revision->at),
                               revision->author ? arena_format(arena, "by %s", revision->author)
                                                : "by somebody who gave no name"));
    if (revision->reason)
        print_wrapped(printer, "  Reason: ", NULL, revision->reason);
    if (revision->erased)
        print_wrapped(printer, "  ", NULL,
                      arena_format(arena, "Erased what told who somebody was: %zu %s.",
                                   revision->erased,
                                   revision->erased == 1 ? "version" : "versions"));
    for (size_t i = 0; i < shown; i++)
        change_print(printer, arena, changes->list.items[i], view->kind);
    if (n > shown)
        print_wrapped(printer, "  ", NULL,
                      arena_format(arena, "and %zu more; --format csv lists them all.", n - shown));
}

void audit_print_text(struct printer *printer, struct arena *arena, const struct audit_view *view) {
    size_t next = 0, printed = 0;
    print_styled(printer, BOLD, arena_format(arena, "%s: who saved what\n", view->programme->name));
    for (size_t r = 0; r < view->audit->revisions.n; r++) {
        const struct revision *revision = &view->audit->revisions.items[r];
        struct revision_changes changes = changes_take(arena, view, revision, &next);
        if (view->kind && !changes.list.n)
            continue;
        revision_print(printer, arena, view, revision, &changes);
        printed++;
    }
    if (!printed)
        fputs("\nNothing was done to it in these revisions.\n", printer->out);
}

/* ---- for programs ---- */

static json_t *content_json(const char *content) {
    json_t *object = content ? json_loads(content, JSON_DECODE_ANY, NULL) : NULL;
    return object ? object : content ? json_string(content) : json_null();
}

static json_t *revision_json(const struct revision *revision,
                             const struct revision_changes *changes) {
    json_t *list = json_array();
    for (size_t i = 0; i < changes->list.n; i++) {
        const struct audit_change *change = changes->list.items[i];
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:s, s:s, s:o, s:o}", "what", words[change->what], "kind",
                            change->kind, "sheet", sheet_of(change), "key", change->key, "before",
                            content_json(change->before), "after", content_json(change->after)));
    }
    return json_pack("{s:I, s:s, s:s?, s:s?, s:s, s:I, s:o}", "revision",
                     (json_int_t)revision->number, "at", revision->at, "author", revision->author,
                     "reason", revision->reason, "link", revision->link, "erased",
                     (json_int_t)revision->erased, "changes", list);
}

void audit_print_json(FILE *out, const struct audit_view *view) {
    struct arena *arena = arena_new((size_t)256 * 1024 * 1024);
    json_t *revisions = json_array();
    size_t next = 0;
    for (size_t r = 0; r < view->audit->revisions.n; r++) {
        const struct revision *revision = &view->audit->revisions.items[r];
        struct revision_changes changes = changes_take(arena, view, revision, &next);
        if (!view->kind || changes.list.n)
            json_array_append_new(revisions, revision_json(revision, &changes));
    }
    json_print(out, json_pack("{s:s, s:s, s:o}", "programme", view->programme->key, "name",
                              view->programme->name, "revisions", revisions));
    arena_free(arena);
}

void audit_print_csv(FILE *out, struct arena *arena, const struct audit_view *view) {
    static const char *const headings[] = {"Revision", "At",     "Author", "Reason", "What",
                                           "Sheet",    "Record", "Field",  "Before", "After"};
    enum { COLUMNS = sizeof headings / sizeof *headings };
    csv_row_print(out, arena, headings, COLUMNS);
    for (size_t i = 0; i < view->audit->changes.n; i++) {
        const struct audit_change *change = &view->audit->changes.items[i];
        const struct revision *revision = change->revision;
        if (!is_shown(view, change))
            continue;
        struct field_changes fields = fields_compare(arena, change);
        for (size_t f = 0; f < fields.list.n; f++) {
            const struct field_change *field = &fields.list.items[f];
            const char *const cells[COLUMNS] = {
                arena_format(arena, "%lld", (long long)revision->number),
                revision->at,
                revision->author,
                revision->reason,
                words[change->what],
                sheet_of(change),
                change->key,
                heading_of(arena, change->kind, field->name),
                field->before,
                field->after,
            };
            csv_row_print(out, arena, cells, COLUMNS);
        }
    }
}
