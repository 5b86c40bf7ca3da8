/* The kinds of record, and the records of each. */
#include "records/records_pages.h"
#include "accounts/visitor.h"
#include "base/text.h"
#include "findings/known_pages.h"
#include "findings/reader_pages.h"
#include "record/personal.h"
#include "record/standing.h"
#include "store/around.h"
#include "store/counts.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler records_show, records_of_show;

void record_gone(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "This record is not here",
                   "Either somebody has taken it out, or it is not for you to see. Under Records "
                   "you find what there is.");
}

enum err records_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct records_view view = {
        .may_correct = role_may(request->visitor.role, PERMISSION_CORRECT),
        .coverage_url = url_to(arena, ROUTE_coverage, request->visitor.programme.key),
    };
    if (view.may_correct)
        view.bring_url = url_to(request->arena, ROUTE_bring, request->visitor.programme.key);
    struct text body = text_new(arena);
    struct kind_counts *counts = arena_alloc_array(arena, kind_count, sizeof *counts);
    enum err err = counts_read(request->db, &request->visitor.programme, counts);
    for (size_t i = 0; i < kind_count; i++)
        list_add(arena, &view.kinds.list,
                 (struct record_line){.title = kinds[i]->sheet,
                                      .url = url_to(arena, ROUTE_records_of,
                                                    request->visitor.programme.key, kinds[i]->name),
                                      .what = kinds[i]->what,
                                      .count = counts[i].now});
    template_records(&body, &view);
    layout_page(request, response, "Records", &body);
    return err;
}

/* ---- of one kind ---- */

static const char *page_url(const struct request *request, const struct kind *kind, size_t from) {
    return arena_format(
        request->arena, "%s?from=%zu",
        url_to(request->arena, ROUTE_records_of, request->visitor.programme.key, kind->name), from);
}

/* "1 to 50 of 10,000"; of a list that fits on a page nothing is said. */
static const char *which_words(struct arena *arena, size_t from, size_t shown, size_t of) {
    return from || shown < of ? arena_format(arena, "%zu to %zu of %zu", from + 1, from + shown, of)
                              : NULL;
}

/* How many there are of what is private, only those are told who may read it. */
static void gone_fill(const struct request *request, const struct kind *kind, size_t gone,
                      const struct record_reader *reader, struct records_of_view *view) {
    if (!gone || (!reader->sees_personal && kind_is_personal(kind)))
        return;
    view->gone = arena_format(request->arena, "Taken out (%zu)", gone);
    view->gone_url =
        url_to(request->arena, ROUTE_records_gone, request->visitor.programme.key, kind->name);
}

static void lines_fill(const struct request *request, struct around *around,
                       const struct around_list *all, const struct names *own,
                       const struct way_back *way, struct records_of_view *view) {
    const struct record_reader reader = reader_of(request, own);
    for (size_t i = 0; i < all->list.n; i++) {
        const struct record *record = all->list.items[i];
        if (!reader_sees(&reader, record))
            continue;
        bool is_there = record_in_force(record, request->today);
        list_add(request->arena, is_there ? &view->records.list : &view->past.list,
                 (struct record_line){
                     .title = text_capital(request->arena, record_label(&around->records, record)),
                     .url = url_from_finding(request->arena,
                                             record_url(request, record->kind, record->id),
                                             way->finding),
                     .what = record_standing(request->arena, record, request->today)});
    }
}

/* After several were changed: how many, and undoing it. */
static void several_fill(const struct request *request, const struct kind *kind,
                         struct records_of_view *view) {
    const char *n = request_query(request, "several");
    const char *revision = request_query(request, "revision");
    if (request_query(request, "undone"))
        view->said = "It is undone: all of it reads as it did before.";
    if (request_query(request, "saved"))
        view->said = "It is saved.";
    if (!n)
        return;
    const unsigned long count = strtoul(n, NULL, 10),
                        number = strtoul(revision ? revision : "", NULL, 10);
    view->said = count ? arena_format(request->arena, "Saved: %lu record%s changed.", count,
                                      count == 1 ? " was" : "s were")
                       : "Saved. Nothing was different from before.";
    if (!number || !role_may(request->visitor.role, PERMISSION_CORRECT))
        return;
    view->form_token = layout_form_token(request);
    view->undo_url =
        url_to(request->arena, ROUTE_several_undo, request->visitor.programme.key, kind->name);
    view->undo_revision = arena_format(request->arena, "%lu", number);
}

enum err records_of_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    const struct kind *kind = kind_find(request->values[1]);
    const char *asked = request_query(request, "from");
    size_t from = asked ? strtoul(asked, NULL, 10) % 1000000000 : 0;
    struct around around = around_new(request->db, arena, programme);
    struct around_list all = {0};
    struct names own = {0};
    struct way_back way = {0};
    struct kind_counts *counts = arena_alloc_array(arena, kind_count, sizeof *counts);
    struct text body = text_new(arena);
    if (!kind) {
        record_gone(request, response);
        return OK;
    }
    enum err err = around_kind(&around, kind, from, LIST_MOST, &all);
    if (!err)
        err = counts_read(request->db, programme, counts);
    if (!err)
        err = visitor_records(request->db, arena, &request->visitor, &own);
    if (!err)
        err = way_back_read(request, NULL, &way);
    struct records_of_view view = {
        .title = kind->sheet,
        .what = kind->what,
        .ask = kind->ask,
        .all_url = url_to(arena, ROUTE_records, programme->key),
        .add_url = role_may(request->visitor.role, PERMISSION_CORRECT)
                       ? url_from_finding(
                             arena, url_to(arena, ROUTE_record_new, programme->key, kind->name),
                             way.finding)
                       : NULL,
        .said = request_query(request, "removed") ? "It is taken out." : NULL,
        .finding = way.title,
        .finding_url = way.url,
        .before_url =
            from ? page_url(request, kind, from > LIST_MOST ? from - LIST_MOST : 0) : NULL,
        .after_url = all.more ? page_url(request, kind, from + LIST_MOST) : NULL,
        .which = which_words(arena, from, all.list.n, counts[kind_index(kind)].now),
    };
    if (text_equal(kind->name, "programme"))
        view.add_url = NULL; /* there is one, and no other */
    else if (view.add_url && all.list.n > 1)
        view.several_url =
            arena_format(arena, "%s?from=%zu",
                         url_to(arena, ROUTE_several_choose, programme->key, kind->name), from);
    several_fill(request, kind, &view);
    const struct record_reader reader = reader_of(request, &own);
    gone_fill(request, kind, counts[kind_index(kind)].gone, &reader, &view);
    lines_fill(request, &around, &all, &own, &way, &view);
    template_records_of(&body, &view);
    layout_page(request, response, kind->sheet, &body);
    return err;
}
