#include "replies/reply_pages.h"
#include "accounts/invite.h"
#include "base/text.h"
#include "findings/reader_pages.h"
#include "web/layout.h"
#include "web/route.h"

/* ---- shown ---- */

static const char *taken_up_words(struct arena *arena, const struct reply *reply, bool may) {
    const char *by = reply->taken_up_by ? reply->taken_up_by : "whoever led then";
    if (reply->taken_up_at)
        return arena_format(arena, "Taken up by %s on %s", by,
                            day_of_moment(arena, reply->taken_up_at));
    return may || reply->what == REPLY_DONE ? NULL : "Not taken up yet";
}

struct reply_line reply_line_of(const struct request *request, const struct reply *reply) {
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    const char *id = arena_format(arena, "%lld", (long long)reply->id);
    bool may = role_may(request->visitor.role, PERMISSION_TAKE_UP);
    struct reply_line line = {.what = reply_titles[reply->what],
                              .who = reply->author ? reply->author : "Somebody",
                              .when = day_of_moment(arena, reply->at),
                              .words = reply->words,
                              .taken_up = taken_up_words(arena, reply, may),
                              .back = reply->taken_up_words};
    if (may && reply_waits(reply)) {
        line.take_up_url = url_to(arena, ROUTE_reply_take_up, programme, id);
        line.answer_url = url_to(arena, ROUTE_take_up, programme, id);
    }
    return line;
}

struct reply_lines reply_lines_of(const struct request *request, const struct replies *replies,
                                  const char *finding) {
    struct reply_lines out = {.form_token = layout_form_token(request), .finding = finding};
    for (size_t i = replies->list.n; i-- > 0;)
        list_add(request->arena, &out.list, reply_line_of(request, &replies->list.items[i]));
    return out;
}

/* ---- what it is about ---- */

static const char *action_url(const struct request *request, const struct seen *seen,
                              const struct reply *reply) {
    bool is_own = names_contain(&seen->records, reply->person);
    if (!reply->action)
        return NULL;
    if (is_own)
        return url_to(request->arena, ROUTE_own_action, request->visitor.programme.key,
                      reply->action);
    return role_may(request->visitor.role, PERMISSION_SEE_RECORDS)
               ? record_url(request, kind_find("action"), reply->action)
               : NULL;
}

enum err reply_about_fill(const struct request *request, const struct seen *seen,
                          const struct reply *reply, struct reply_line *line) {
    const struct kept_finding *kept = reply->finding ? seen_kept(seen, reply->finding) : NULL;
    const struct shown_finding *finding = kept ? seen_finding(request, seen, kept->identity) : NULL;
    struct kept_finding said;
    enum err err = OK;
    if (finding) {
        const struct finding_line shown = finding_line_of(request, seen, finding);
        line->about = shown.title;
        line->about_url = shown.url;
    } else if (kept) { /* it has closed since, or they see it no more */
        said = *kept;
        err = finding_said_read(request->db, request->arena, &request->visitor.programme, &said);
        line->about = said.title;
    } else {
        line->about = reply->title ? reply->title : "An action that was taken out";
        line->about_url = action_url(request, seen, reply);
    }
    return err;
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
