/* The library: what is known of managing integrated care. Competences, mechanisms, configurations,
 * barriers, studies, guidance ... An item is one page of content/FOLDER/, and a further item is a
 * further file; a further kind is one table in library_kinds.c.
 *
 * The text of an item is made of statements: a paragraph or a point ("- ..."), each of which ends
 * with its mark in square brackets, or stands in a section whose title does:
 *
 *     [000 Table 3]                 the paper of that number says so, there
 *     [003 Box 1; inferred]         we conclude it from there
 *     [ours], [ours: because ...]   our own
 *
 * So nothing can be said without saying where it comes from: an item with an unmarked statement is
 * refused. A site's own folder adds items, or replaces them; "communication.sv.md" is an item in
 * another language (Swedish), shown beside the one it translates.
 *
 * Everything belongs to the arena it was loaded into, or to the binary. */
#ifndef ITHACA_LIBRARY_H
#define ITHACA_LIBRARY_H

#include "base/index.h"
#include "base/names.h"
#include "content/page.h"

enum library_field_type { LIBRARY_TEXT, LIBRARY_CHOICE, LIBRARY_NUMBER, LIBRARY_ITEMS };

/* A header line that an item of any kind may have: other words that people use for it, by which it
 * is found, too. */
#define LIBRARY_ALSO "also"

/* A header line of an item. */
struct library_field {
    const char *name;           /* as it is written: "merged-into"; NULL ends a table */
    const char *label;          /* on screen */
    const char *const *choices; /* of LIBRARY_CHOICE, ended by NULL */
    const char *refers_to;      /* of LIBRARY_ITEMS: the folder of the kind whose ids are named */
    enum library_field_type type;
    bool is_needed;
    bool is_facet; /* lists can be narrowed down by it */
};

struct library_kind {
    const char *folder;     /* also in addresses */
    const char *one, *many; /* "competence", "Competences" */
    const char *about;      /* a sentence for whoever does not know what that is */
    const struct library_field *fields;
    const char *const *sections; /* in their order, ended by NULL; "(Doubts)" may be left out */
};
extern const struct library_kind *const library_kinds[]; /* ended by NULL */

const struct library_kind *library_kind_find(const char *folder);

enum statement_basis { STATEMENT_STATED, STATEMENT_INFERRED, STATEMENT_OURS };

struct library_statement {
    const char *text;
    const char *source; /* "000 Table 3"; of what is ours the reason, or "" */
    enum statement_basis basis;
    bool is_point;
    char sign; /* '+' or '-' where the text began with "(+) " or "(-) ", which is left out; or 0 */
};

struct library_section {
    const char *title;
    LIST(struct library_statement) statements;
};

struct library_item {
    const struct library_kind *kind;
    const char *id, *title;
    const char *language; /* "sv"; "" as built in */
    const struct page *page;
    LIST(struct library_section) sections;
    bool is_of_site; /* from the site's own folder */
};

enum { LIBRARY_VERSION_SIZE = 17 }; /* with the NUL */

struct library {
    LIST(struct library_item *) items; /* by kind, then by file name; translations among them */
    struct index by_name; /* "competences/communication", "competences/communication.sv" */
    char version[LIBRARY_VERSION_SIZE]; /* other contents, another version */
};

/* Loads what is built in and, beside it, the files of a site's own folder (`own` may be NULL), and
 * checks all of it. ERR_INPUT where `problems` tell what is wrong. */
enum err library_load(struct arena *arena, const struct files *own, struct library *out,
                      struct problems *problems) MUST_CHECK;

/* The item in the language built in, or NULL. */
const struct library_item *library_find(const struct library *library, const char *folder,
                                        const char *id);
/* Its translation, or NULL. */
const struct library_item *library_translation(const struct library *library,
                                               const struct library_item *item,
                                               const char *language);

/* What a header line says, or NULL. */
const char *library_value(const struct library_item *item, const char *field);
/* The items that a header line names. */
struct library_items {
    LIST(const struct library_item *) list;
};
struct library_items library_named(struct arena *arena, const struct library *library,
                                   const struct library_item *item, const char *field);
/* The items of a kind that name this one in that header line. */
struct library_items library_naming(struct arena *arena, const struct library *library,
                                    const char *folder, const char *field,
                                    const struct library_item *item);
const struct library_section *library_section(const struct library_item *item, const char *title);

#endif
