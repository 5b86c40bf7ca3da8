/* How fully each kind of record is kept, in one place; one click says so. Only where a sheet is
 * complete does something missing from it mean something. */
#include "accounts/visitor.h"
#include "base/text.h"
#include "findings/advice_pages.h"
#include "findings/known_pages.h"
#include "findings/reader_pages.h"
#include "record/value.h"
#include "records/records_pages.h"
#include "records/views.h"
#include "store/around.h"
#include "store/correct.h"
#include "store/counts.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler coverage_show, coverage_say_do;

enum { COVERAGE_MOST = 200 }; /* there are fewer sheets and levels */

static const char complete[] = "complete", partly[] = "partly kept";

/* All but what is said here. */
static bool can_be_complete(const struct kind *kind) {
    return !text_equal(kind->name, "coverage");
}

/* What is said about a kind; NULL: nothing is. */
static const struct record *said_of(const struct around_list *said, const struct kind *kind) {
    for (size_t i = 0; i < said->list.n; i++) {
        const char *about = record_value(said->list.items[i], "about");
        if (about && text_same_name(about, kind->sheet))
            return said->list.items[i];
    }
    return NULL;
}

/* ---- the page ---- */

static struct coverage_line line_of(const struct request *request, const struct kind *kind,
                                    const struct record *said, size_t count) {
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    const char *state = said ? record_value(said, "state") : NULL;
    const char *since = said ? record_value(said, "complete_since") : NULL;
    const char *filled = arena_format(arena, "about=%s&state=complete",
                                      text_replace_char(arena, kind->sheet, ' ', '+'));
    bool is_complete = state && text_equal(state, complete);
    struct coverage_line line = {
        .title = kind->sheet,
        .what = kind->what,
        .url = url_to(arena, ROUTE_records_of, programme, kind->name),
        .count = count,
        .say_url = url_to(arena, ROUTE_coverage_say, programme, kind->name),
        .may_say_complete = !is_complete,
        .may_say_partly = !state || !text_equal(state, partly),
    };
    if (is_complete)
        line.state = since ? arena_format(arena, "all of them since %s", when_long(arena, since))
                           : "all of them since the programme began";
    else
        line.state = state;
    line.since_url =
        said ? arena_format(arena, "%s?state=complete",
                            url_to(arena, ROUTE_correct, programme, "coverage", said->id))
             : arena_format(arena, "%s?%s", url_to(arena, ROUTE_record_new, programme, "coverage"),
                            filled);
    return line;
}

static struct coverage_lines *group_of(struct coverage_view *view, const struct record *said) {
    const char *state = said ? record_value(said, "state") : NULL;
    if (!state)
        return &view->unsaid;
    return text_equal(state, complete) ? &view->whole : &view->part;
}

/* What the last look would have wanted to know, for those who see the diagnosis. */
static enum err requests_fill(struct request *request, struct coverage_view *view) {
    struct seen seen;
    enum err err = seen_read(request, &seen);
    for (size_t i = 0; !err && i < seen.shown.requests.list.n; i++)
        list_add(request->arena, &view->requests.list,
                 words_for(request, seen.shown.requests.list.items[i]));
    return err;
}

enum err coverage_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    struct around around = around_new(request->db, arena, programme);
    struct around_list said = {0};
    struct text body = text_new(arena);
    struct kind_counts *counts = arena_alloc_array(arena, kind_count, sizeof *counts);
    struct coverage_view view = {
        .form_token = layout_form_token(request),
        .base = arena_format(arena, "%lld", (long long)programme->revision),
        .records_url = url_to(arena, ROUTE_records, programme->key),
        .may_say = role_may(request->visitor.role, PERMISSION_CORRECT),
        .said = request_query(request, "saved")
                    ? "It is written down. The diagnosis will be looked at again in a moment."
                    : NULL,
    };
    enum err err = counts_read(request->db, programme, counts);
    if (!err)
        err = around_kind(&around, kind_find("coverage"), 0, COVERAGE_MOST, &said);
    if (!err)
        err = requests_fill(request, &view);
    if (err)
        return err;
    for (size_t i = 0; i < kind_count; i++) {
        const struct record *found = said_of(&said, kinds[i]);
        struct coverage_lines *group = group_of(&view, found);
        if (can_be_complete(kinds[i]))
            list_add(arena, &group->list, line_of(request, kinds[i], found, counts[i].now));
    }
    template_coverage(&body, &view);
    layout_page(request, response, "How fully it is kept", &body);
    return OK;
}

/* ---- saying it ---- */

/* The row as it is to read: what else stands in it (where it comes from) stays. */
static const char **cells_of(struct arena *arena, const struct kind *kind,
                             const struct record *found, const char *state) {
    const struct kind *coverage = kind_find("coverage");
    size_t n = kind_field_count(coverage);
    const char **cells = arena_alloc_array(arena, n, sizeof *cells);
    for (size_t f = 0; found && f < n; f++)
        cells[f] = found->values[f];
    cells[kind_field_index(coverage, "about")] = kind->sheet;
    cells[kind_field_index(coverage, "state")] = state;
    cells[kind_field_index(coverage, "complete_since")] = NULL;
    return cells;
}

static void refused(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_CONFLICT, "This was not saved",
                   "Somebody else has said something about it since you opened the page, or it "
                   "does not hold with the other records. Open the page again and look.");
}

enum err coverage_say_do(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    const struct kind *kind = kind_find(request->values[1]);
    const char *state = request_filled(request, "state"), *base = request_field(request, "base");
    struct around around = around_new(request->db, arena, programme);
    struct around_list said = {0};
    struct corrected corrected;
    if (!kind || !can_be_complete(kind)) {
        record_gone(request, response);
        return OK;
    }
    if (!state || (!text_equal(state, complete) && !text_equal(state, partly))) {
        layout_message(request, response, STATUS_BAD_REQUEST, "This was not saved",
                       "Say how it is kept with one of the buttons on the page.");
        return OK;
    }
    enum err err = around_kind(&around, kind_find("coverage"), 0, COVERAGE_MOST, &said);
    if (err)
        return err;
    /* Sent twice, the second finds what the first has written: it needs no token of its own. */
    const struct record *found = said_of(&said, kind);
    const char *found_state = found ? record_value(found, "state") : NULL;
    const char *url =
        arena_format(arena, "%s?saved=1", url_to(arena, ROUTE_coverage, programme->key));
    if (found_state && text_equal(found_state, state)) {
        response_see_other(response, url);
        return OK;
    }
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    const struct correction correction = {
        .programme = programme,
        .kind = kind_find("coverage"),
        .key = found ? found->id : NULL,
        .cells = cells_of(arena, kind, found, state),
        .base = base ? strtoll(base, NULL, 10) : 0,
        .author = request->visitor.name,
        .token = token,
    };
    err = correct_record(request->db, arena, &correction, &corrected);
    if (err)
        return err;
    if (corrected.as == CORRECT_SAVED || corrected.as == CORRECT_SAME)
        response_see_other(response, url);
    else
        refused(request, response);
    return OK;
}
