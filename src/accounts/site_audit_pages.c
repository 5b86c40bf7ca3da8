/* For whoever looks after the site: who saved what programme when; not what. */
#include "accounts/moment.h"
#include "accounts/site_views.h"
#include "base/text.h"
#include "store/programme.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler site_audit_show;

enum { SAVES_MOST = 50 }; /* on a page */

static const char *audit_url(const struct request *request, const char *programme, size_t from) {
    struct text out = text_new(request->arena);
    text_add_format(&out, "%s?programme=", url_to(request->arena, ROUTE_site_audit));
    html_url_part(&out, programme);
    if (from)
        text_add_format(&out, "&from=%zu", from);
    return out.bytes;
}

/* The programme that was asked for; otherwise the first. Its id is 0 where there is none. */
static enum err programmes_fill(const struct request *request, struct audit_view *view,
                                struct programme *out) {
    struct arena *arena = request->arena;
    const char *asked = request_query(request, "programme");
    struct db_rows rows;
    *out = (struct programme){0};
    enum err err = db_query(request->db, SQL_site_programmes, DB_NO_VALUES, &rows);
    while (!err && db_next(&rows)) {
        const struct programme programme = programme_of_row(arena, &rows);
        if (!out->id || text_equal(programme.key, asked))
            *out = programme;
        list_add(
            arena, &view->programmes,
            (struct audit_programme){programme.name, audit_url(request, programme.key, 0), false});
    }
    for (size_t i = 0; i < view->programmes.n; i++)
        view->programmes.items[i].is_here = text_equal(view->programmes.items[i].name, out->name);
    return db_rows_end(&rows, err);
}

static enum err saves_fill(const struct request *request, const struct programme *programme,
                           size_t from, struct audit_view *view) {
    struct arena *arena = request->arena;
    struct db_rows rows;
    size_t n = 0;
    enum err err = db_query(
        request->db, SQL_site_saves,
        DB_VALUES(db_integer(programme->id), db_integer(SAVES_MOST + 1), db_integer((int64_t)from)),
        &rows);
    for (; !err && db_next(&rows) && n < SAVES_MOST; n++) {
        const int64_t erased = db_row_integer(&rows, 3);
        const char *author = db_row_copy(arena, &rows, 2);
        list_add(arena, &view->saves,
                 (struct audit_save){
                     .number = arena_format(arena, "%lld", (long long)db_row_integer(&rows, 0)),
                     .at = moment_words(arena, db_row_text(&rows, 1)),
                     .author = author ? author : "nobody who said so",
                     .erased = erased
                                   ? arena_format(arena, "somebody was erased from %lld version%s",
                                                  (long long)erased, erased == 1 ? "" : "s")
                                   : NULL});
    }
    const bool more = !err && n == SAVES_MOST && programme->revision > (int64_t)(from + n);
    if (from || more)
        view->which = arena_format(arena, "%zu to %zu of %lld", from + 1, from + n,
                                   (long long)programme->revision);
    if (from)
        view->before_url =
            audit_url(request, programme->key, from > SAVES_MOST ? from - SAVES_MOST : 0);
    if (more)
        view->after_url = audit_url(request, programme->key, from + SAVES_MOST);
    return db_rows_end(&rows, err);
}

enum err site_audit_show(struct request *request, struct response *response) {
    const char *asked = request_query(request, "from");
    const size_t from = asked ? strtoul(asked, NULL, 10) % 1000000000 : 0;
    struct audit_view view = {0};
    struct programme programme;
    struct text body = text_new(request->arena);
    enum err err = programmes_fill(request, &view, &programme);
    view.name = programme.name;
    view.key = programme.key;
    if (!err && programme.id)
        err = saves_fill(request, &programme, from, &view);
    template_site_audit(&body, &view);
    layout_page(request, response, "Who saved what", &body);
    return err;
}
