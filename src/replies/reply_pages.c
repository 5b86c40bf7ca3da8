#include "replies/reply_pages.h"
#include "accounts/invite.h"
#include "base/text.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler reply_take_up_do;

/* ---- shown ---- */

static const char *day_of(struct arena *arena, const char *at) {
    return day_long(arena, arena_copy_n(arena, at, DAY_SIZE - 1));
}

static const char *taken_up_words(struct arena *arena, const struct reply *reply, bool may) {
    const char *by = reply->taken_up_by ? reply->taken_up_by : "whoever led then";
    if (reply->taken_up_at)
        return arena_format(arena, "Taken up by %s on %s", by, day_of(arena, reply->taken_up_at));
    return may || reply->what == REPLY_DONE ? NULL : "Not taken up yet";
}

struct reply_lines reply_lines_of(const struct request *request, const struct replies *replies,
                                  const char *finding) {
    struct arena *arena = request->arena;
    struct reply_lines out = {.form_token = layout_form_token(request), .finding = finding};
    bool may = role_may(request->visitor.role, PERMISSION_TAKE_UP);
    for (size_t i = replies->list.n; i-- > 0;) {
        const struct reply *reply = &replies->list.items[i];
        const char *id = arena_format(arena, "%lld", (long long)reply->id);
        bool waits = !reply->taken_up_at && reply->what != REPLY_DONE;
        list_add(arena, &out.list,
                 (struct reply_line){.what = reply->what == REPLY_IN_THE_WAY
                                                 ? "Something stands in the way"
                                                 : text_capital(arena, reply_names[reply->what]),
                                     .who = reply->author ? reply->author : "Somebody",
                                     .when = day_of(arena, reply->at),
                                     .words = reply->words,
                                     .taken_up = taken_up_words(arena, reply, may),
                                     .take_up_url = may && waits
                                                        ? url_to(arena, ROUTE_reply_take_up,
                                                                 request->visitor.programme.key, id)
                                                        : NULL});
    }
    return out;
}

/* ---- given ---- */

enum err reply_readers(const struct request *request, const char **out) {
    struct taking_part all;
    enum err err = taking_part_read(request->db, request->arena, &request->visitor.programme, &all);
    const char *leads = err ? NULL : taking_part_leads(request->arena, &all);
    *out = leads ? leads : "whoever leads the programme";
    return err;
}

enum err reply_form_fill(const struct request *request, const char *url, struct reply_view *view) {
    char *token = arena_alloc(request->arena, TOKEN_SIZE);
    token_new(token);
    view->form_token = layout_form_token(request);
    view->url = url;
    view->token = token;
    return reply_readers(request, &view->leads);
}

const char *reply_words_error(const char *words) {
    if (words && strlen(words) > REPLY_WORDS_MOST)
        return "This is too long: say it in 2,000 characters, and the rest when you meet";
    return words && text_has_control(words) ? "There is an invisible control character in it. "
                                              "Delete the text and type it again"
                                            : NULL;
}

/* ---- taken up ---- */

enum err reply_take_up_do(struct request *request, struct response *response) {
    const struct visitor *visitor = &request->visitor;
    const char *finding = request_filled(request, "finding");
    enum err err = reply_take_up(request->db, &visitor->programme,
                                 strtoll(request->values[1], NULL, 10), visitor->name);
    response_see_other(
        response,
        finding
            ? arena_format(request->arena, "%s?taken-up=1",
                           url_to(request->arena, ROUTE_finding, visitor->programme.key, finding))
            : arena_format(request->arena, "%s#answers",
                           url_to(request->arena, ROUTE_home, visitor->programme.key)));
    return err;
}
