/* The decisions of a programme: for each the paths to whoever decides, the picture, the matrix, the
 * scheme of delegation. Read from what was made ready (findings/parts.h). */
#include "base/text.h"
#include "decisions/limits.h"
#include "decisions/views.h"
#include "findings/advice_pages.h"
#include "findings/part_pages.h"
#include "findings/reader_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <jansson.h>

page_handler decisions_show, decisions_picture_show, scheme_show;

enum { WAYS_SHOWN = 2 };

struct reading {
    const struct request *request;
    struct arena *arena;
    const struct shown *shown;
    struct index recorded; /* the keys of decisions whose records the visitor can read now */
};

static const char *text_of(const struct reading *reading, const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    return text ? arena_copy(reading->arena, text) : NULL;
}

static const char *names_in_words(const struct reading *reading, const json_t *array) {
    size_t n = json_array_size(array);
    const char **names = arena_alloc_array(reading->arena, n + 1, sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = json_string_value(json_array_get(array, i));
    return text_enumerate(reading->arena, names, n, n);
}

/* Without the rules' names in brackets, " (A5)": where there is a finding, the page leads there. */
static const char *without_rules(const struct reading *reading, const char *text) {
    struct text out = text_new(reading->arena);
    while (text && *text) {
        size_t length = strspn(text, " ") == 1 && text[1] == '(' && text[2] == 'A'
                            ? strspn(text + 3, "0123456789")
                            : 0;
        if (length && text[3 + length] == ')')
            text += length + 4;
        else
            text_add_char(&out, *text++);
    }
    return out.length ? out.bytes : "";
}

/* ---- how a link stands ---- */

/* The finding of a rule about something, if the visitor can see one. */
static const char *finding_url(const struct reading *reading, const char *rule, const char *about) {
    const char *id = rule && about ? arena_format(reading->arena, "%s/%s", rule, about) : NULL;
    return id && shown_find(reading->shown, id)
               ? url_to(reading->arena, ROUTE_finding, reading->request->visitor.programme.key, id)
               : NULL;
}

static struct link_view link_of(const struct reading *reading, const json_t *object,
                                const char *field, const char *about) {
    const char *state = json_string_value(json_object_get(object, field));
    struct link_view link = {"Works", "green", "works", NULL};
    if (state && text_equal(state, "broken"))
        link = (struct link_view){"Broken", "red", "broken", NULL};
    else if (state && !text_equal(state, "works"))
        link = (struct link_view){"Cannot be told yet", "grey", "unsaid", NULL};
    link.url = finding_url(reading, json_string_value(json_object_get(object, "rule")), about);
    return link;
}

/* ---- an open decision ---- */

/* "director" of "post director": findings about whom somebody cannot reach are named by it. */
static const char *holder_key(const struct reading *reading, const json_t *right) {
    const char *key = text_of(reading, right, "who_key");
    const char *space = key ? strchr(key, ' ') : NULL;
    return space ? space + 1 : key;
}

static void ways_fill(const struct reading *reading, const json_t *decision, const json_t *right,
                      struct holder_view *holder) {
    const json_t *ways = json_object_get(right, "ways");
    const char *who = text_of(reading, right, "who"), *key = holder_key(reading, right);
    const char *words = text_of(reading, right, "state_words");
    const char *team = text_of(reading, decision, "team");
    const struct link_view link = link_of(reading, right, "state", key);
    bool says_all = json_is_true(json_object_get(right, "leading")) ||
                    json_string_value(json_object_get(right, "lost"));
    size_t shown = link.shape[0] == 'w' ? 1 : WAYS_SHOWN, n = json_array_size(ways);
    if (words)
        list_add(reading->arena, &holder->ways,
                 (struct way_view){says_all ? NULL
                                   : team   ? team
                                            : "The team",
                                   says_all ? text_capital(reading->arena, words) : words, who,
                                   link});
    for (size_t i = 0; i < n && i < shown; i++) {
        const json_t *way = json_array_get(ways, i);
        list_add(reading->arena, &holder->ways,
                 (struct way_view){text_of(reading, way, "team_name"),
                                   text_of(reading, way, "words"), who,
                                   link_of(reading, way, "state", key)});
    }
    holder->more = n > shown ? n - shown : 0;
}

static struct holder_view holder_of(const struct reading *reading, const json_t *decision,
                                    const json_t *right) {
    struct arena *arena = reading->arena;
    const char *who = text_of(reading, right, "who");
    const char *organisation = text_of(reading, right, "organisation");
    const char *up_to = text_of(reading, right, "up_to");
    struct holder_view holder = {
        .right = text_capital(arena, text_of(reading, right, "right")),
        .who = organisation ? arena_format(arena, "%s, %s", who, organisation) : who,
        .held_by = text_of(reading, right, "held_by"),
    };
    if (up_to)
        holder.who = arena_format(arena, "%s, up to %s", holder.who, up_to);
    ways_fill(reading, decision, right, &holder);
    return holder;
}

static const char *gap_in_words(const struct reading *reading, const json_t *decision,
                                const json_t *gap) {
    const json_t *where = json_object_get(gap, "organisations");
    size_t n = json_array_size(where), all = json_array_size(json_object_get(decision, "concerns"));
    const char *words = text_capital(reading->arena, text_of(reading, gap, "words"));
    if (!n)
        return words;
    return n > 1 && n == all
               ? arena_format(reading->arena, "%s for any of them", words)
               : arena_format(reading->arena, "%s for %s", words, names_in_words(reading, where));
}

static struct advice advice_of(const struct reading *reading, const json_t *decision) {
    const char *next = text_of(reading, decision, "next");
    return next ? advice_for(reading->request, next) : (struct advice){0};
}

static struct open_decision open_of(const struct reading *reading, const json_t *decision) {
    struct arena *arena = reading->arena;
    const json_t *concerns = json_object_get(decision, "concerns");
    const json_t *rights = json_object_get(decision, "rights");
    const json_t *gap = json_object_get(decision, "undecided");
    const char *key = text_of(reading, decision, "key");
    struct open_decision out = {
        .key = key,
        .title = text_of(reading, decision, "title"),
        .about = without_rules(reading, text_capital(arena, text_of(reading, decision, "about"))),
        .late_url = finding_url(reading, "A5", key),
        .concerns = json_array_size(concerns)
                        ? arena_format(arena, "Concerns %s.", names_in_words(reading, concerns))
                        : "Concerns the partnership as a whole.",
        .next = advice_of(reading, decision),
        .next_for = role_may(reading->request->visitor.role, PERMISSION_CORRECT)
                        ? ""
                        : ", for the programme lead",
        .clash = text_of(reading, decision, "clash")
                     ? without_rules(reading, text_of(reading, decision, "clash"))
                     : NULL,
        .paths = link_of(reading, decision, "paths", NULL),
        .clash_link = {"Broken", "red", "broken", finding_url(reading, "A2", key)},
    };
    if (key && index_find(&reading->recorded, key)) {
        const char *programme = reading->request->visitor.programme.key;
        out.url = url_to(arena, ROUTE_decision, programme, key);
        if (role_may(reading->request->visitor.role, PERMISSION_CORRECT))
            out.change_url = url_to(arena, ROUTE_decision_change, programme, key);
    }
    if (json_is_object(gap)) {
        out.gap_words = gap_in_words(reading, decision, gap);
        out.gap = link_of(reading, gap, "state", key);
    }
    for (size_t i = 0; i < json_array_size(rights); i++) {
        const json_t *right = json_array_get(rights, i);
        if (json_is_true(json_object_get(right, "needed")))
            list_add(arena, &out.holders, holder_of(reading, decision, right));
    }
    return out;
}

/* ---- what became of one that is not open any more ---- */

static const char *taken_words(const struct reading *reading, const json_t *outcome) {
    const char *day = text_of(reading, outcome, "day"), *by = text_of(reading, outcome, "by");
    struct arena *arena = reading->arena;
    if (day && by)
        return arena_format(arena, "Decided: %s, by %s.", when_long(arena, day), by);
    if (day)
        return arena_format(arena, "Decided: %s. By whom is not written down.",
                            when_long(arena, day));
    if (by)
        return arena_format(arena, "Decided by %s. The day is not written down.", by);
    return "Decided. Neither the day nor by whom is written down.";
}

static const char *carried_out_words(const struct reading *reading, const json_t *outcome) {
    const char *day = text_of(reading, outcome, "carried_out_day");
    if (!json_is_true(json_object_get(outcome, "carried_out")))
        return "Not carried out yet, as far as is written down.";
    return day ? arena_format(reading->arena, "Carried out: %s.", when_long(reading->arena, day))
               : "Carried out. The day is not written down.";
}

/* It was undone, or somebody put something else in its place. */
static const char *undone_words(const struct reading *reading, const json_t *outcome,
                                bool is_overridden) {
    struct arena *arena = reading->arena;
    const char *over = text_of(reading, outcome, "overridden_by");
    const char *day = text_of(reading, outcome, "overridden_day");
    const char *reasons = text_of(reading, outcome, "reasons_given");
    if (!is_overridden)
        return "It was undone later.";
    return arena_format(arena, "%s put something else in its place%s. %s",
                        over ? text_capital(arena, over) : "Somebody",
                        day ? arena_format(arena, " (%s)", when_long(arena, day)) : "",
                        !reasons ? "Whether reasons were given is not written down."
                        : text_equal(reasons, "yes") ? "Reasons were given."
                                                     : "No reasons were given.");
}

static const char *instead_words(const struct reading *reading, const json_t *outcome) {
    const json_t *instead = json_object_get(outcome, "instead");
    return json_array_size(instead)
               ? arena_format(reading->arena, "In its place: %s.", names_in_words(reading, instead))
               : NULL;
}

static void outcome_fill(const struct reading *reading, const json_t *decision, struct names *out) {
    const json_t *outcome = json_object_get(decision, "outcome");
    const char *state = json_string_value(json_object_get(decision, "state"));
    const char *instead = instead_words(reading, outcome);
    bool is_overridden = state && text_equal(state, "overridden");
    bool is_undone = is_overridden || (state && text_equal(state, "reversed"));
    if (!json_is_object(outcome)) { /* made ready by an earlier Ithaca */
        list_add(reading->arena, &out->list,
                 arena_format(reading->arena, "%s.",
                              text_capital(reading->arena, text_of(reading, decision, "about"))));
        return;
    }
    if (json_is_true(json_object_get(outcome, "taken")))
        list_add(reading->arena, &out->list, taken_words(reading, outcome));
    if (!is_undone || json_is_true(json_object_get(outcome, "carried_out")))
        list_add(reading->arena, &out->list, carried_out_words(reading, outcome));
    if (is_undone)
        list_add(reading->arena, &out->list, undone_words(reading, outcome, is_overridden));
    if (instead || is_undone)
        list_add(reading->arena, &out->list,
                 instead ? instead : "What is in its place is not written down.");
}

static struct closed_decision closed_of(const struct reading *reading, const json_t *decision) {
    const struct request *request = reading->request;
    const char *key = text_of(reading, decision, "key");
    struct closed_decision out = {.title = text_of(reading, decision, "title")};
    if (key && index_find(&reading->recorded, key))
        out.url = url_to(reading->arena, ROUTE_decision, request->visitor.programme.key, key);
    out.day = text_of(reading, json_object_get(decision, "outcome"), "day");
    outcome_fill(reading, decision, &out.outcome);
    return out;
}

/* The newest first; those without a day last. */
static int closed_compare(const void *a, const void *b) {
    const struct closed_decision *left = a, *right = b;
    return strcmp(right->day ? right->day : "", left->day ? left->day : "");
}

/* ---- the matrix ---- */

static const char *const shared_bodies = "Others";

/* Whose right it is: the holder's organisation, or the holder, where that is one. */
static const char *organisation_of(const json_t *right) {
    const char *organisation = json_string_value(json_object_get(right, "organisation"));
    const char *key = json_string_value(json_object_get(right, "who_key"));
    if (!organisation && key && text_starts_with(key, "organisation"))
        organisation = json_string_value(json_object_get(right, "who"));
    return organisation ? organisation : shared_bodies;
}

static void column_add(const struct reading *reading, struct names *columns, const char *name) {
    if (!names_contain(columns, name))
        list_add(reading->arena, &columns->list, arena_copy(reading->arena, name));
}

static void columns_find(const struct reading *reading, const json_t *decisions,
                         struct names *columns) {
    bool any_shared = false;
    for (size_t i = 0; i < json_array_size(decisions); i++) {
        const json_t *decision = json_array_get(decisions, i);
        const json_t *concerns = json_object_get(decision, "concerns");
        const json_t *rights = json_object_get(decision, "rights");
        if (!json_is_true(json_object_get(decision, "open")))
            continue;
        for (size_t k = 0; k < json_array_size(concerns); k++)
            column_add(reading, columns, json_string_value(json_array_get(concerns, k)));
        for (size_t k = 0; k < json_array_size(rights); k++) {
            const char *name = organisation_of(json_array_get(rights, k));
            any_shared |= name == shared_bodies;
            if (name != shared_bodies)
                column_add(reading, columns, name);
        }
    }
    if (any_shared)
        column_add(reading, columns, shared_bodies);
}

static struct matrix_cell cell_of(const struct reading *reading, const json_t *decision,
                                  const char *organisation) {
    const json_t *rights = json_object_get(decision, "rights");
    const json_t *concerns = json_object_get(decision, "concerns");
    struct matrix_cell cell = {0};
    for (size_t i = 0; i < json_array_size(rights); i++) {
        const json_t *right = json_array_get(rights, i);
        if (text_equal(organisation_of(right), organisation))
            list_add(reading->arena, &cell.entries,
                     arena_format(reading->arena, "%s: %s",
                                  text_capital(reading->arena, text_of(reading, right, "right")),
                                  text_of(reading, right, "who")));
    }
    for (size_t i = 0; !cell.entries.n && i < json_array_size(concerns); i++)
        if (text_equal(json_string_value(json_array_get(concerns, i)), organisation))
            list_add(reading->arena, &cell.entries, "It concerns them; nobody is written down");
    return cell;
}

static struct matrix_row row_of(const struct reading *reading, const json_t *decision,
                                const struct names *columns) {
    struct matrix_row row = {.title = text_of(reading, decision, "title")};
    for (size_t i = 0; i < columns->list.n; i++)
        list_add(reading->arena, &row.cells, cell_of(reading, decision, columns->list.items[i]));
    return row;
}

/* ---- the page ---- */

/* What was shared may speak of decisions that were taken out since. */
static enum err recorded_read(struct reading *reading) {
    const struct request *request = reading->request;
    struct db_rows rows;
    if (!role_may(request->visitor.role, PERMISSION_SEE_RECORDS))
        return OK;
    enum err err = db_query(request->db, SQL_decision_keys,
                            DB_VALUES(db_integer(request->visitor.programme.id)), &rows);
    while (!err && db_next(&rows)) {
        char *key = arena_copy(reading->arena, db_row_text(&rows, 0));
        index_add(reading->arena, &reading->recorded, key, key);
    }
    return db_rows_end(&rows, err);
}

static const char *summary_words(const struct reading *reading, const struct decisions_view *view) {
    size_t broken = 0, unsaid = 0, open = view->open.n;
    for (size_t i = 0; i < open; i++) {
        broken += view->open.items[i].paths.shape[0] == 'b';
        unsaid += view->open.items[i].paths.shape[0] == 'u';
    }
    struct text out = text_new(reading->arena);
    if (!open)
        return "No open decision is written down. If you wait for one, write it on the sheet "
               "Decisions.";
    text_add_format(&out, "%zu decision%s open. ", open, open == 1 ? " is" : "s are");
    if (broken)
        text_add_format(&out, "For %zu, something on the way to those who decide is broken. ",
                        broken);
    if (unsaid)
        text_add_format(&out, "For %zu, too little is written down to tell. ", unsaid);
    if (!broken && !unsaid)
        text_add(&out, "Every way to those who decide works.");
    return out.bytes;
}

static void picture_fill(const struct reading *reading, const struct part_seen *seen,
                         struct decisions_view *view) {
    if (seen->has_picture)
        view->picture_url = url_to(reading->arena, ROUTE_decisions_picture,
                                   reading->request->visitor.programme.key);
    else
        view->picture_note = "There is no picture: this site could not draw it (whoever runs it "
                             "needs Graphviz). Everything is in the list above.";
    if (seen->has_picture && view->open.n > DECISIONS_PER_MAP_MAX)
        view->picture_note = arena_format(
            reading->arena, "It shows the first %d of %zu: more would be too small to read.",
            DECISIONS_PER_MAP_MAX, view->open.n);
}

static void decisions_fill(const struct reading *reading, const struct part_seen *seen,
                           const json_t *decisions, struct decisions_view *view) {
    columns_find(reading, decisions, &view->organisations);
    for (size_t i = 0; i < json_array_size(decisions); i++) {
        const json_t *decision = json_array_get(decisions, i);
        if (json_is_true(json_object_get(decision, "open"))) {
            list_add(reading->arena, &view->open, open_of(reading, decision));
            list_add(reading->arena, &view->matrix,
                     row_of(reading, decision, &view->organisations));
        } else {
            list_add(reading->arena, &view->closed, closed_of(reading, decision));
        }
    }
    if (view->closed.n)
        qsort(view->closed.items, view->closed.n, sizeof *view->closed.items, closed_compare);
    view->summary = advice_for(reading->request, summary_words(reading, view));
    picture_fill(reading, seen, view);
}

enum err decisions_show(struct request *request, struct response *response) {
    if (response_is_unchanged(request, response))
        return OK;
    struct arena *arena = request->arena;
    struct part_seen seen;
    struct text body = text_new(arena);
    enum err err = part_seen_read(request, PART_DECISIONS, PART_DECISIONS_PICTURE, &seen);
    if (err)
        return err;
    struct reading reading = {request, arena, &seen.shown, {0}};
    err = recorded_read(&reading);
    if (err)
        return err;
    struct decisions_view view = {
        .missing = seen.missing,
        .private_words = seen.private_words,
        .scheme_url = url_to(arena, ROUTE_scheme, request->visitor.programme.key),
        .new_url = role_may(request->visitor.role, PERMISSION_CORRECT)
                       ? url_to(arena, ROUTE_decision_new, request->visitor.programme.key)
                       : NULL,
    };
    if (seen.content) {
        json_t *root = json_loads(seen.content, 0, NULL);
        view.day = day_long(arena, seen.shown.day);
        decisions_fill(&reading, &seen, json_object_get(root, "decisions"), &view);
        json_decref(root);
    }
    template_decisions(&body, &view);
    layout_page(request, response, "Decisions", &body);
    return OK;
}

enum err decisions_picture_show(struct request *request, struct response *response) {
    return part_picture_answer(request, response, PART_DECISIONS_PICTURE);
}

/* ---- the scheme of delegation ---- */

static void scheme_fill(const struct reading *reading, const json_t *decisions,
                        struct scheme_view *view) {
    for (size_t i = 0; i < json_array_size(decisions); i++) {
        const json_t *decision = json_array_get(decisions, i);
        const json_t *rights = json_object_get(decision, "rights");
        struct scheme_decision entry = {
            .title = text_of(reading, decision, "title"),
            .about = without_rules(
                reading, text_capital(reading->arena, text_of(reading, decision, "about"))),
        };
        for (size_t k = 0; k < json_array_size(rights); k++) {
            const json_t *right = json_array_get(rights, k);
            list_add(reading->arena, &entry.entries,
                     (struct scheme_entry){
                         text_capital(reading->arena, text_of(reading, right, "right")),
                         text_of(reading, right, "words")});
        }
        if (!entry.entries.n)
            list_add(reading->arena, &entry.entries,
                     (struct scheme_entry){"None", "Nobody is written down who has a right over "
                                                   "it."});
        list_add(reading->arena, &view->decisions, entry);
    }
}

enum err scheme_show(struct request *request, struct response *response) {
    if (response_is_unchanged(request, response))
        return OK;
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    struct part_seen seen;
    struct text body = text_new(arena);
    enum err err = part_seen_read(request, PART_DECISIONS, PART_DECISIONS_PICTURE, &seen);
    if (err)
        return err;
    const struct reading reading = {request, arena, &seen.shown, {0}};
    struct scheme_view view = {
        .programme = programme->name,
        .missing = seen.missing,
        .private_words = seen.private_words,
        .decisions_url = url_to(arena, ROUTE_decisions, programme->key),
        .compare_url = url_to(arena, ROUTE_delegation, programme->key),
        .nothing = advice_for(request, "No decision is written down yet. Write those that you wait "
                                       "for on the sheet Decisions."),
    };
    if (seen.content) {
        json_t *root = json_loads(seen.content, 0, NULL);
        view.day = day_long(arena, seen.shown.day);
        scheme_fill(&reading, json_object_get(root, "decisions"), &view);
        json_decref(root);
    }
    template_scheme(&body, &view);
    layout_page(request, response, "Delegation", &body);
    return OK;
}
