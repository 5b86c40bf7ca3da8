/* ithaca content: the library, as pages show it. */
#include "base/text.h"
#include "command/options.h"
#include "content/json.h"
#include "db/db.h"
#include "library/search.h"
#include <string.h>

extern const struct command content_command;

static const char *const verbs[] = {"list", "show", "check", "search"};
enum { VERB_LIST, VERB_SHOW, VERB_CHECK, VERB_SEARCH, VERB_COUNT };
enum { WORDS_MOST = 20 };

struct content_options {
    const char *folder;
    struct names words;
    int verb;
};

static bool arguments_read(struct arena *arena, struct content_options *out, int argc,
                           char **argv) {
    const struct option options[] = {{"--content", .text = &out->folder}, {0}};
    if (!options_read_words(&content_command, arena, options, argc, argv, &out->words, WORDS_MOST))
        return false;
    const size_t n = out->words.list.n;
    out->verb = n ? name_index(verbs, VERB_COUNT, out->words.list.items[0]) : VERB_LIST;
    if (out->verb == VERB_CHECK && n == 2 && !out->folder)
        out->folder = out->words.list.items[1];
    if (out->verb < 0 || ((out->verb == VERB_SHOW || out->verb == VERB_SEARCH) && n < 2)) {
        usage_refuse(&content_command, "say list, show KIND/ID, check FOLDER or search WORDS.");
        return false;
    }
    return true;
}

static void item_line(struct arena *arena, struct printer *printer,
                      const struct library_item *item) {
    print_wrapped(printer, "", "    ",
                  arena_format(arena, "%s/%s: %s%s", item->kind->folder, item->id, item->title,
                               item->is_of_site ? " (written at this site)" : ""));
}

/* ---- list ---- */

static int list(struct session *session, const struct content_options *options) {
    const char *folder = options->words.list.n > 1 ? options->words.list.items[1] : NULL;
    const struct library *library = &session->content.library;
    struct printer printer = printer_new(stdout);
    if (folder && !library_kind_find(folder)) {
        problem_add(&session->problems, (struct place){0},
                    "There is no \"%s\" in the library. `ithaca content list` tells what there is.",
                    folder);
        return session_refuse(session, NULL);
    }
    for (size_t k = 0; library_kinds[k] && !folder; k++) {
        size_t n = 0;
        for (size_t i = 0; i < library->items.n; i++)
            n += library->items.items[i]->kind == library_kinds[k];
        print_wrapped(&printer,
                      arena_format(session->arena, "%-14s %3zu  ", library_kinds[k]->folder, n),
                      NULL, library_kinds[k]->about);
    }
    for (size_t i = 0; i < library->items.n && folder; i++)
        if (text_equal(library->items.items[i]->kind->folder, folder))
            item_line(session->arena, &printer, library->items.items[i]);
    session_close(session);
    return EXIT_IN_ORDER;
}

/* ---- show ---- */

static const char *source_words(struct session *session, const struct library_statement *at) {
    struct arena *arena = session->arena;
    if (at->basis == STATEMENT_OURS)
        return *at->source ? arena_format(arena, "ours: %s", at->source) : "ours";
    return arena_format(arena, "%s%s", content_cite(arena, &session->content, at->source),
                        at->basis == STATEMENT_INFERRED ? "; our conclusion" : "");
}

static void section_print(struct session *session, struct printer *printer,
                          const struct library_section *section) {
    print_heading(printer, section->title);
    for (size_t i = 0; i < section->statements.n; i++) {
        const struct library_statement *at = &section->statements.items[i];
        const char *sign = at->sign == '+' ? "For the better: " : at->sign ? "For the worse: " : "";
        print_wrapped(
            printer, at->is_point ? "  - " : "  ", at->is_point ? "    " : "  ",
            arena_format(session->arena, "%s%s (%s)", sign, at->text, source_words(session, at)));
    }
}

static int show(struct session *session, const char *name) {
    const char *slash = strchr(name, '/');
    const struct library_item *item =
        slash ? library_find(&session->content.library,
                             arena_copy_n(session->arena, name, (size_t)(slash - name)), slash + 1)
              : NULL;
    struct printer printer = printer_new(stdout);
    if (!item) {
        problem_add(&session->problems, (struct place){0},
                    "There is no \"%s\" in the library. `ithaca content list KIND` lists what "
                    "there is, such as competences/communication.",
                    name);
        return session_refuse(session, NULL);
    }
    print_styled(&printer, BOLD, arena_format(session->arena, "%s\n", item->title));
    for (const struct library_field *field = item->kind->fields; field->name; field++)
        if (library_value(item, field->name))
            print_wrapped(&printer, arena_format(session->arena, "%s: ", field->label), "    ",
                          library_value(item, field->name));
    for (size_t i = 0; i < item->sections.n; i++)
        section_print(session, &printer, &item->sections.items[i]);
    session_close(session);
    return EXIT_IN_ORDER;
}

/* ---- search ---- */

struct searching {
    struct session *session;
    const char *words;
    struct library_found found;
};

static enum err search_read(struct db *db, void *context) {
    struct searching *searching = context;
    return library_search(db, searching->session->arena, &searching->session->content.library, NULL,
                          searching->words, &searching->found);
}

/* In an index of its own, in memory: the same as a site has in its database. */
static int search(struct session *session, const struct names *words) {
    enum { SHOWN = 10 };
    struct text asked = text_new(session->arena);
    struct searching searching = {.session = session};
    struct printer printer = printer_new(stdout);
    struct db *db = NULL;
    bool worked;
    for (size_t i = 1; i < words->list.n; i++)
        text_add_format(&asked, "%s%s", i > 1 ? " " : "", words->list.items[i]);
    searching.words = asked.bytes;
    enum err err = db_open(session->arena, &session->problems, "the library", DB_REHEARSE, &db);
    if (!err)
        err = library_index(db, session->arena, &session->content.library, &worked);
    if (!err)
        err = db_read(db, search_read, &searching);
    db_close(db);
    if (err)
        return session_refuse(session, NULL);
    for (size_t i = 0; i < searching.found.items.list.n && i < SHOWN; i++)
        item_line(session->arena, &printer, searching.found.items.list.items[i]);
    const bool is_empty = !searching.found.items.list.n;
    if (is_empty)
        puts("No page has any of these words.");
    session_close(session);
    return is_empty ? EXIT_FINDINGS : EXIT_IN_ORDER;
}

static int run(int argc, char **argv) {
    struct session session;
    struct content_options options = {0};
    enum err err = session_open(&session);
    if (!err && !arguments_read(session.arena, &options, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    if (!err && options.folder)
        err = content_load(session.arena, options.folder, &session.content, &session.problems);
    if (err)
        return session_refuse(&session, "This cannot be used in the library yet.");
    switch (options.verb) {
    case VERB_LIST:
        return list(&session, &options);
    case VERB_SHOW:
        return show(&session, options.words.list.items[1]);
    case VERB_SEARCH:
        return search(&session, &options.words);
    default:
        break;
    }
    printf("%zu pages, nothing wrong with them. Version %s.\n", session.content.library.items.n,
           session.content.library.version);
    session_close(&session);
    return EXIT_IN_ORDER;
}

const struct command content_command = {
    .name = "content",
    .summary = "the library: what is known, and where each sentence comes from",
    .help =
        "ithaca content [list [KIND]]         the kinds of page, or the pages of one\n"
        "ithaca content show KIND/ID          one page, with its sources\n"
        "ithaca content search WORDS          the likeliest pages, ten at most\n"
        "ithaca content check [FOLDER]        whether your own pages can be used\n"
        "\n"
        "  --content FOLDER       with your own pages, besides those built in or in their place\n"
        "\n"
        "docs/content.md tells how to write a page.\n",
    .run = run,
};
