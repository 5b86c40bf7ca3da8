#include "content/library.h"
#include "base/text.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_ROOM = 200 }; /* bytes of "competences/communication.sv"; no file of ours is longer */

struct library_reader {
    struct arena *arena;
    struct library *library;
    struct problems *problems;
};

static void item_problem(struct library_reader *reader, const struct library_item *item,
                         unsigned line, const char *message) {
    problem_add(reader->problems, (struct place){.file = item->page->file, .row = line}, "%s",
                message);
}

/* ---- marks and statements ---- */

/* Cuts "[mark]" off the end of a text; NULL if there is none. */
static const char *mark_cut(struct arena *arena, char *text) {
    size_t length = strlen(text);
    char *open = strrchr(text, '[');
    if (!open || text[length - 1] != ']')
        return NULL;
    char *mark = arena_copy_n(arena, open + 1, length - (size_t)(open - text) - 2);
    *open = '\0';
    return mark;
}

static bool is_paper(const struct library *library, struct arena *arena, const char *piece) {
    return library_find(library, "papers", arena_copy_n(arena, piece, strcspn(piece, " ")));
}

/* Fills where a statement comes from; what is wrong with the mark, or NULL. */
static const char *mark_read(struct library_reader *reader, const char *mark,
                             struct library_statement *out) {
    if (text_equal(mark, "ours") || text_starts_with(mark, "ours:")) {
        out->basis = STATEMENT_OURS;
        out->source = text_trim(reader->arena, mark + strlen("ours") + (mark[4] == ':'));
        return NULL;
    }
    struct text source = text_new(reader->arena);
    for (char *piece; (piece = text_next_piece(reader->arena, &mark, ';'));) {
        if (text_equal(piece, "inferred") && source.length && !mark)
            out->basis = STATEMENT_INFERRED;
        else if (!is_paper(reader->library, reader->arena, piece))
            return "A mark names a paper and where in it ([000 Table 3]), or says [ours].";
        else
            text_add_format(&source, "%s%s", source.length ? "; " : "", piece);
    }
    out->source = source.bytes;
    return NULL;
}

static char sign_cut(struct arena *arena, struct library_statement *statement) {
    const char *text = statement->text;
    bool is_signed = text_starts_with(text, "(+) ") || text_starts_with(text, "(-) ");
    if (!is_signed)
        return 0;
    statement->text = text_trim(arena, text + strlen("(+) "));
    return text[1];
}

struct section_reader {
    struct library_reader *reader;
    struct library_item *item;
    struct library_section *section;
    const char *mark; /* of the title, or NULL */
    struct text growing;
    unsigned line, begun; /* where it is, and where the statement began */
};

static void statement_end(struct section_reader *at) {
    struct arena *arena = at->reader->arena;
    if (!at->growing.length)
        return;
    char *text = at->growing.bytes;
    struct library_statement statement = {.is_point = text_starts_with(text, "- ")};
    const char *mark = mark_cut(arena, text);
    statement.text = text_trim(arena, text + (statement.is_point ? 2 : 0));
    statement.sign = sign_cut(arena, &statement);
    at->growing = text_new(arena);
    if (!mark)
        mark = at->mark;
    const char *fault = !mark ? "Nothing says where this comes from. End it with the paper and the "
                                "place in it, such as [000 Table 3], or with [ours]."
                              : mark_read(at->reader, mark, &statement);
    if (!fault && text_blank(statement.text))
        fault = "Here is a mark without words before it.";
    if (fault)
        item_problem(at->reader, at->item, at->begun, fault);
    else
        list_add(arena, &at->section->statements, statement);
}

static void section_read(struct library_reader *reader, struct library_item *item,
                         const struct page_part *part) {
    struct library_section section = {.title = part->name};
    struct section_reader at = {.reader = reader,
                                .item = item,
                                .section = &section,
                                .mark = part->mark,
                                .growing = text_new(reader->arena),
                                .line = part->line};
    const char *rest = part->text;
    for (char *line; (line = text_next_piece(reader->arena, &rest, '\n')); at.line++) {
        if (!*line || text_starts_with(line, "- "))
            statement_end(&at);
        if (!*line)
            continue;
        if (!at.growing.length)
            at.begun = at.line;
        text_add_format(&at.growing, "%s%s", at.growing.length ? " " : "", line);
    }
    statement_end(&at);
    list_add(reader->arena, &item->sections, section);
}

/* ---- what an item of that kind has to have ---- */

static const char *title_of(struct arena *arena, const char *wanted, bool *is_needed) {
    *is_needed = *wanted != '(';
    return *is_needed ? wanted : arena_copy_n(arena, wanted + 1, strlen(wanted) - 2);
}

/* Those it has stand in the order of the kind; none is missing, none unknown. */
static void sections_check(struct library_reader *reader, const struct library_item *item) {
    size_t next = 0;
    const char *const *wanted = item->kind->sections;
    for (size_t i = 0; wanted[i]; i++) {
        bool is_needed;
        const char *title = title_of(reader->arena, wanted[i], &is_needed);
        if (next < item->sections.n && text_equal(item->sections.items[next].title, title)) {
            if (!item->sections.items[next++].statements.n)
                item_problem(reader, item, 0,
                             arena_format(reader->arena, "\"%s\" says nothing.", title));
        } else if (is_needed) {
            item_problem(reader, item, 0,
                         arena_format(reader->arena,
                                      "The section \"%s\" is missing, or stands elsewhere than it "
                                      "does in other pages of this kind.",
                                      title));
        }
    }
    if (next < item->sections.n)
        item_problem(reader, item, 0,
                     arena_format(reader->arena, "No %s has a section \"%s\" there.",
                                  item->kind->one, item->sections.items[next].title));
}

static const struct library_field *field_find(const struct library_kind *kind, const char *name) {
    static const struct library_field also = {.name = LIBRARY_ALSO, .type = LIBRARY_TEXT};
    if (text_equal(name, also.name))
        return &also;
    for (const struct library_field *field = kind->fields; field->name; field++)
        if (text_equal(field->name, name))
            return field;
    return NULL;
}

static const char *field_fault(struct library_reader *reader, const struct library_field *field,
                               const char *value) {
    struct arena *arena = reader->arena;
    char *end;
    int n = 0;
    switch (field->type) {
    case LIBRARY_TEXT:
        return text_blank(value) ? "This header line is empty." : NULL;
    case LIBRARY_NUMBER:
        strtol(value, &end, 10);
        return end == value || *end ? "Write a whole number here." : NULL;
    case LIBRARY_CHOICE:
        while (field->choices[n])
            n++;
        return name_index(field->choices, n, value) >= 0
                   ? NULL
                   : arena_format(arena, "Write %s here.",
                                  text_alternatives(arena, field->choices, (size_t)n));
    case LIBRARY_ITEMS:
        break;
    }
    const struct names ids = names_split(arena, value);
    for (size_t i = 0; i < ids.list.n; i++)
        if (!library_find(reader->library, field->refers_to, ids.list.items[i]))
            return arena_format(arena, "There is no \"%s\" among the %s.", ids.list.items[i],
                                field->refers_to);
    return NULL;
}

static void headers_check(struct library_reader *reader, const struct library_item *item) {
    const struct page_parts *headers = &item->page->headers;
    for (size_t i = 0; i < headers->list.n; i++) {
        const struct page_part *header = &headers->list.items[i];
        const struct library_field *field = field_find(item->kind, header->name);
        const char *fault = field ? field_fault(reader, field, header->text)
                                  : arena_format(reader->arena, "No %s has a header line \"%s\".",
                                                 item->kind->one, header->name);
        if (fault)
            item_problem(reader, item, header->line, fault);
    }
    for (const struct library_field *field = item->kind->fields; field->name; field++)
        if (field->is_needed && !library_value(item, field->name))
            item_problem(
                reader, item, 1,
                arena_format(reader->arena, "The header line \"%s\" is missing.", field->name));
}

/* ---- files ---- */

/* "content/competences/03-communication.sv.md": its kind, id and language; false if the file is in
 * no folder of the library. */
static bool path_read(struct arena *arena, const char *path, struct library_item *item) {
    const char *slash = strrchr(path, '/'), *folder = slash;
    while (folder && folder > path && folder[-1] != '/')
        folder--;
    item->kind =
        slash ? library_kind_find(arena_copy_n(arena, folder, (size_t)(slash - folder))) : NULL;
    if (!item->kind)
        return false;
    const char *name = slash + 1;
    if (strspn(name, "0123456789") == 2 && name[2] == '-')
        name += 3;
    size_t length = strcspn(name, ".");
    item->id = arena_copy_n(arena, name, length);
    item->language = text_equal(name + length, ".md")
                         ? ""
                         : arena_copy_n(arena, name + length + 1, strcspn(name + length + 1, "."));
    return true;
}

static char *name_of(struct arena *arena, const struct library_item *item) {
    return arena_format(arena, "%s/%s%s%s", item->kind->folder, item->id,
                        *item->language ? "." : "", item->language);
}

static void item_add(struct library_reader *reader, const struct file *file, bool is_of_site) {
    struct arena *arena = reader->arena;
    struct library *library = reader->library;
    struct library_item *item = arena_alloc(arena, sizeof *item);
    struct page *page = arena_alloc(arena, sizeof *page);
    *item = (struct library_item){.page = page, .is_of_site = is_of_site};
    if (!path_read(arena, file->path, item))
        return;
    if (page_parse(arena, file, page, reader->problems))
        return;
    item->title = page->title;
    const char *name = name_of(arena, item);
    struct library_item *before = index_find(&library->by_name, name);
    if (before && !(is_of_site && !before->is_of_site))
        item_problem(reader, item, 1, "Another file in this folder has the same name.");
    else if (before)
        *before = *item; /* the site's own in place of ours */
    else if (index_add(arena, &library->by_name, name, item))
        list_add(arena, &library->items, item);
}

static int item_compare(const void *a, const void *b) {
    const struct library_item *left = *(struct library_item *const *)a;
    const struct library_item *right = *(struct library_item *const *)b;
    for (size_t i = 0; library_kinds[i]; i++)
        if ((left->kind == library_kinds[i]) != (right->kind == library_kinds[i]))
            return left->kind == library_kinds[i] ? -1 : 1;
    if (left->is_of_site != right->is_of_site)
        return left->is_of_site - right->is_of_site;
    return strcmp(left->page->file, right->page->file);
}

static void items_check(struct library_reader *reader) {
    struct library *library = reader->library;
    for (size_t i = 0; i < library->items.n; i++) {
        struct library_item *item = library->items.items[i];
        const struct page_parts *sections = &item->page->sections;
        for (size_t s = 0; s < sections->list.n; s++)
            section_read(reader, item, &sections->list.items[s]);
        headers_check(reader, item);
        if (!*item->language)
            sections_check(reader, item);
        else if (!library_find(library, item->kind->folder, item->id))
            item_problem(reader, item, 1, "This translates a page that is not there.");
    }
}

/* ---- all of it ---- */

static void files_hash(crypto_generichash_state *state, const struct files *files) {
    for (size_t i = 0; files && i < files->list.n; i++) {
        const struct file *file = &files->list.items[i];
        crypto_generichash_update(state, (const unsigned char *)file->path, strlen(file->path) + 1);
        crypto_generichash_update(state, (const unsigned char *)file->text, strlen(file->text) + 1);
    }
}

static void version_make(struct library *library, const struct files *ours,
                         const struct files *own) {
    crypto_generichash_state state;
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    files_hash(&state, ours);
    files_hash(&state, own);
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(library->version, sizeof library->version, hash, LIBRARY_VERSION_SIZE / 2);
}

enum err library_load(struct arena *arena, const struct files *own, struct library *out,
                      struct problems *problems) {
    struct library_reader reader = {arena, out, problems};
    struct files files = {0};
    size_t problems_before = problems->list.n;
    *out = (struct library){0};
    files_add_builtin(arena, &files, "content/", ".md");
    for (size_t i = 0; i < files.list.n; i++)
        item_add(&reader, &files.list.items[i], false);
    for (size_t i = 0; own && i < own->list.n; i++)
        item_add(&reader, &own->list.items[i], true);
    if (out->items.n)
        qsort(out->items.items, out->items.n, sizeof *out->items.items, item_compare);
    files_add_builtin(arena, &files, "content/alike/", ".words"); /* the index has them, too */
    version_make(out, &files, own);
    items_check(&reader);
    return problems->list.n == problems_before ? OK : ERR_INPUT;
}

/* ---- looking up ---- */

const struct library_item *library_find(const struct library *library, const char *folder,
                                        const char *id) {
    char name[NAME_ROOM];
    int length = snprintf(name, sizeof name, "%s/%s", folder, id);
    if (length < 0 || (size_t)length >= sizeof name || strchr(id, '.'))
        return NULL;
    return index_find(&library->by_name, name);
}

const struct library_item *library_translation(const struct library *library,
                                               const struct library_item *item,
                                               const char *language) {
    char name[NAME_ROOM];
    int length = snprintf(name, sizeof name, "%s/%s.%s", item->kind->folder, item->id, language);
    if (length < 0 || (size_t)length >= sizeof name)
        return NULL;
    return index_find(&library->by_name, name);
}

const char *library_value(const struct library_item *item, const char *field) {
    return page_header(item->page, field);
}

struct library_items library_named(struct arena *arena, const struct library *library,
                                   const struct library_item *item, const char *field) {
    struct library_items out = {0};
    const struct library_field *described = field_find(item->kind, field);
    const struct names ids = names_split(arena, library_value(item, field));
    for (size_t i = 0; described && i < ids.list.n; i++)
        list_add(arena, &out.list, library_find(library, described->refers_to, ids.list.items[i]));
    return out;
}

struct library_items library_naming(struct arena *arena, const struct library *library,
                                    const char *folder, const char *field,
                                    const struct library_item *item) {
    struct library_items out = {0};
    for (size_t i = 0; i < library->items.n; i++) {
        const struct library_item *other = library->items.items[i];
        if (*other->language || !text_equal(other->kind->folder, folder))
            continue;
        const struct names ids = names_split(arena, library_value(other, field));
        if (names_contain(&ids, item->id))
            list_add(arena, &out.list, other);
    }
    return out;
}

const struct library_section *library_section(const struct library_item *item, const char *title) {
    for (size_t i = 0; i < item->sections.n; i++)
        if (text_equal(item->sections.items[i].title, title))
            return &item->sections.items[i];
    return NULL;
}
