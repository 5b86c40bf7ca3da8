/* Where a visitor arrives: their programmes; of one, what matters most. */
#include "base/text.h"
#include "diagnosis/first.h"
#include "findings/findings_pages.h"
#include "findings/looks.h"
#include "findings/reader_pages.h"
#include "home/agenda.h"
#include "home/views.h"
#include "replies/ask_pages.h"
#include "replies/reply_pages.h"
#include "start/start.h"
#include "steps/steps_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <string.h>

page_handler programmes_show, home_show;

enum err programmes_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct parts_taken parts;
    struct programmes_view view = {
        .site_url = request->visitor.is_administrator ? url_to(arena, ROUTE_site) : NULL};
    struct text body = text_new(arena);
    enum err err = visitor_programmes(request->db, arena, &request->visitor, &parts);
    if (err)
        return err;
    for (size_t i = 0; i < parts.list.n; i++) {
        const struct part_taken *part = &parts.list.items[i];
        list_add(arena, &view.list,
                 (struct programme_line){url_to(arena, ROUTE_home, part->programme.key),
                                         part->programme.name, role_titles[part->role]});
    }
    if (parts.list.n == 1)
        response_see_other(response, view.list.items[0].url);
    template_programmes(&body, &view);
    layout_page(request, response, "Your programmes", &body);
    return OK;
}

/* ---- one programme ---- */

enum { CHANGED_MOST = 5 };

static const char *count_words(struct arena *arena, size_t n, const char *one, const char *many) {
    return n ? arena_format(arena, "%zu %s", n, n == 1 ? one : many) : NULL;
}

/* ---- what has changed ---- */

/* Closed since that look, as far as the visitor's diagnosis goes. */
static bool has_closed(const struct seen *seen, const struct kept_finding *kept,
                       const struct look_point *before, bool is_lead) {
    const struct look_point shown = {.revision = seen->shown.revision, .day = seen->shown.day};
    if (!kept->periods.n || (kept->private && !is_lead))
        return false;
    const struct finding_period *last = &kept->periods.items[kept->periods.n - 1];
    return last->closed && look_has(before, last) &&
           look_is_after(&shown, last->closed_revision, last->closed);
}

static void changes_fill(const struct request *request, const struct seen *seen,
                         const struct look_point *before, struct home_view *view) {
    struct arena *arena = request->arena;
    bool is_lead = role_may(request->visitor.role, PERMISSION_SEE_UNSHARED);
    size_t opened = 0, closed = 0;
    for (size_t i = 0; i < seen->shown.findings.n; i++) {
        const struct shown_finding *finding = &seen->shown.findings.items[i];
        const struct kept_finding *kept = seen_kept(seen, finding->id);
        if (!kept || !kept->periods.n ||
            look_has(before, &kept->periods.items[kept->periods.n - 1]))
            continue;
        if (opened++ < CHANGED_MOST)
            list_add(arena, &view->changed.list, finding_line_of(request, seen, finding));
    }
    view->changed_more = opened - view->changed.list.n;
    for (size_t i = 0; i < seen->kept.list.n; i++)
        closed += has_closed(seen, &seen->kept.list.items[i], before, is_lead);
    const char *new = count_words(arena, opened, "new finding", "new findings"),
               *gone = count_words(arena, closed, "closed", "closed");
    view->since_words = new &&gone ? arena_format(arena, "%s, %s.", new, gone)
                        : new      ? arena_format(arena, "%s, none closed.", new)
                        : gone     ? arena_format(arena, "%s, nothing new.", gone)
                                   : "Nothing has opened or closed.";
}

/* What opened and what closed since the visitor was last here. */
static enum err since_fill(struct request *request, const struct seen *seen,
                           struct home_view *view) {
    const struct visitor *visitor = &request->visitor;
    struct look_point before;
    if (!visitor->was_here || !seen->shown.is_there)
        return OK;
    enum err err =
        look_before(request->db, request->arena, &visitor->programme,
                    role_may(visitor->role, PERMISSION_SEE_UNSHARED), visitor->was_here, &before);
    if (err)
        return err;
    view->since_title = arena_format(request->arena, "Since you were last here, on %s",
                                     day_of_moment(request->arena, visitor->was_here));
    if (before.revision)
        changes_fill(request, seen, &before, view);
    else
        view->since_words = "There is a diagnosis for you now.";
    return OK;
}

/* ---- what matters most ---- */

/* What is private and about the visitor, whether the diagnosis was shared or not: it is told to
 * them first. */
static void about_you_fill(const struct request *request, const struct seen *seen,
                           struct home_view *view, struct names *told) {
    const struct shown_findings own = seen_about_you(request, seen);
    for (size_t i = 0; i < own.list.n; i++) {
        const struct shown_finding *finding = &own.list.items[i];
        if (is_at_rest(seen_kept(seen, finding->id)))
            continue;
        list_add(request->arena, &told->list, finding->id);
        list_add(request->arena, &view->about_you.list, finding_line_to_do(request, seen, finding));
    }
}

/* ---- what the team asks of the visitor ---- */

/* What they answered last: "You answered “Yes” on 3 March 2027. Not taken up yet."; or NULL. And
 * how many have answered who decide with them. */
static enum err answered_read(const struct request *request, const struct seen *seen,
                              struct asking *asking, const struct shown_finding *finding,
                              const char **out) {
    struct arena *arena = request->arena;
    const struct kept_finding *kept = seen_kept(seen, finding->id);
    struct replies all = {0};
    struct answered answered;
    enum err err =
        kept ? replies_of_finding(request->db, arena, &request->visitor.programme, kept->id, &all)
             : OK;
    const struct replies own = replies_by(arena, &all, &seen->records);
    if (err || !own.list.n)
        return err;
    const struct reply_line line = reply_line_of(request, &own.list.items[own.list.n - 1]);
    err = answered_of(request, seen, asking, finding, &all, &answered);
    const char *back = line.back ? arena_format(arena, ": “%s”", line.back) : ".";
    *out = arena_format(arena, "You answered “%s” on %s. %s%s%s%s", line.what, line.when,
                        line.taken_up, back, answered.words ? " " : "",
                        answered.words ? answered.words : "");
    return err;
}

static enum err ask_add(const struct request *request, const struct seen *seen,
                        struct asking *asking, const struct shown_finding *finding,
                        const struct asked *asked, struct home_view *view) {
    enum { ASKED_MOST = 5 };
    struct ask ask = {.line = finding_line_to_do(request, seen, finding),
                      .why = asked->why,
                      .words = asked->words};
    enum err err = OK;
    if (view->yours.list.n >= ASKED_MOST) {
        view->yours_more++;
        return OK;
    }
    if (asked_may_answer(request, asked)) {
        ask.answer_url = arena_format(request->arena, "%s#answer", ask.line.url);
        err = answered_read(request, seen, asking, finding, &ask.answered);
    }
    list_add(request->arena, &view->yours.list, ask);
    return err;
}

static enum err findings_fill(const struct request *request, const struct seen *seen,
                              struct asking *asking, struct home_view *view, size_t *open) {
    struct arena *arena = request->arena;
    struct first_candidates candidates = {0};
    struct names told = {0};
    struct asked asked;
    enum err err = OK;
    about_you_fill(request, seen, view, &told);
    for (size_t i = 0; !err && i < seen->shown.findings.n; i++) {
        const struct shown_finding *finding = &seen->shown.findings.items[i];
        const struct kept_finding *kept = seen_kept(seen, finding->id);
        if (is_at_rest(kept))
            continue;
        ++*open;
        err = asked_of(request, seen, asking, finding, &asked);
        if (asked.why)
            err = err ? err : ask_add(request, seen, asking, finding, &asked, view);
        else if (!names_contain(&told, finding->id))
            list_add(arena, &candidates.list, seen_candidate(request, finding));
    }
    const struct first_things first = first_things_choose(&candidates);
    for (size_t i = 0; i < first.n; i++)
        list_add(arena, &view->first.list,
                 finding_line_to_do(request, seen, first.items[i]->finding));
    return err;
}

/* ---- what others answered ---- */

static struct done_line done_line_of(const struct request *request, const struct reply *reply) {
    struct arena *arena = request->arena;
    return (struct done_line){
        .title = reply->title ? reply->title : "An action that was taken out",
        .url = reply->action ? record_url(request, kind_find("action"), reply->action) : NULL,
        .words = reply->words,
        .who = reply->author ? reply->author : "Somebody",
        .when = day_long(arena, arena_copy_n(arena, reply->at, DAY_SIZE - 1))};
}

static const char *replies_since(const struct request *request) {
    return request->visitor.was_here ? request->visitor.was_here : request->today;
}

/* What it is about, and how many who decide have answered. From what is said of an action one goes
 * to the words first. */
static enum err waiting_add(const struct request *request, const struct seen *seen,
                            struct asking *asking, const struct reply *reply,
                            struct home_view *view) {
    const struct shown_finding *finding =
        reply->finding ? seen_finding(request, seen, reply->finding) : NULL;
    struct reply_line line = reply_line_of(request, reply);
    struct answered answered = {0};
    enum err err = reply_about_fill(request, seen, reply, &line);
    if (!reply->finding)
        line.about_url = line.answer_url;
    if (!err && finding)
        err = answered_of(request, seen, asking, finding, NULL, &answered);
    line.together = answered.words;
    list_add(request->arena, &view->replies.list, line);
    return err;
}

/* Taken up since they were last here; what is asked of them still says it there. */
static enum err heard_add(const struct request *request, const struct seen *seen,
                          const struct reply *reply, struct home_view *view) {
    struct reply_line line = reply_line_of(request, reply);
    enum err err = reply_about_fill(request, seen, reply, &line);
    for (size_t i = 0; i < view->yours.list.n; i++)
        if (view->yours.list.items[i].answered && line.about_url &&
            text_equal(view->yours.list.items[i].line.url, line.about_url))
            return err;
    line.who = "You";
    list_add(request->arena, &view->heard.list, line);
    return err;
}

/* The newest first. For whoever leads, what waits and what was done since they were last here: on
 * their first visit, since this morning. For others, what was taken up of theirs. */
static enum err replies_fill(const struct request *request, const struct seen *seen,
                             struct asking *asking, struct home_view *view) {
    const struct visitor *visitor = &request->visitor;
    const char *since = replies_since(request);
    bool leads = role_may(visitor->role, PERMISSION_TAKE_UP);
    struct replies all;
    view->replies.form_token = layout_form_token(request);
    enum err err = replies_new(request->db, request->arena, &visitor->programme, since, &all);
    for (size_t i = all.list.n; !err && i-- > 0;) {
        const struct reply *reply = &all.list.items[i];
        bool is_own = names_contain(&seen->records, reply->person);
        if (is_own && reply->taken_up_at && strcmp(reply->taken_up_at, since) >= 0)
            err = heard_add(request, seen, reply, view);
        else if (leads && !is_own && reply_waits(reply))
            err = waiting_add(request, seen, asking, reply, view);
        else if (leads && !is_own && reply->what == REPLY_DONE)
            list_add(request->arena, &view->done, done_line_of(request, reply));
    }
    return err;
}

/* ---- the page ---- */

static enum err agenda_fill(struct request *request, const struct seen *seen,
                            struct home_view *view) {
    struct arena *arena = request->arena;
    struct agenda agenda;
    enum err err = agenda_read(request->db, arena, &request->visitor.programme, request->today,
                               &seen->records, &agenda);
    if (err)
        return err;
    if (agenda.meeting_day)
        view->meeting =
            arena_format(arena, "%s, %s", day_long(arena, agenda.meeting_day), agenda.meeting_team);
    view->win = agenda.win;
    view->win_day = agenda.win_day ? when_long(arena, agenda.win_day) : NULL;
    for (size_t i = 0; i < agenda.actions.n; i++) {
        const struct agenda_action *action = &agenda.actions.items[i];
        list_add(arena, &view->actions.list,
                 (struct own_action){.title = action->title,
                                     .url = url_to(arena, ROUTE_own_action,
                                                   request->visitor.programme.key, action->key),
                                     .due = action->due ? when_long(arena, action->due) : NULL,
                                     .is_late = action->is_late});
    }
    return OK;
}

/* Whether it is aligned, and the like: what is open and what is in order of each outcome. */
static void outcomes_fill(const struct request *request, const struct seen *seen,
                          struct home_view *view) {
    struct arena *arena = request->arena;
    for (int outcome = 0; seen->shown.is_there && outcome < OUTCOME_COUNT; outcome++) {
        const char *name = outcome_names[outcome];
        size_t open = 0, in_order = 0;
        for (size_t i = 0; i < seen->shown.findings.n; i++)
            open += text_equal(seen->shown.findings.items[i].outcome, name) &&
                    !is_at_rest(seen_kept(seen, seen->shown.findings.items[i].id));
        for (int level = 0; level < LEVEL_COUNT; level++)
            in_order += seen->shown.grid[level][outcome].in_order;
        const struct outcome_line line = {
            arena_format(arena, "%s: %zu finding%s, %zu in order", text_capital(arena, name), open,
                         open == 1 ? "" : "s", in_order),
            arena_format(arena, "%s?outcome=%s#findings", view->diagnosis_url, name)};
        list_add(arena, &view->outcomes, line);
    }
}

static const char *summary_words(const struct request *request, const struct seen *seen,
                                 size_t open) {
    bool is_lead = role_may(request->visitor.role, PERMISSION_SEE_UNSHARED);
    if (!seen->shown.is_there)
        return is_lead
                   ? "The programme is being looked at. Load this page again in a moment."
                   : "The programme lead has not shared a diagnosis yet. Ask them when they will.";
    return arena_format(request->arena, "%zu finding%s open, %zu thing%s in order%s.", open,
                        open == 1 ? "" : "s", seen->shown.in_order.n,
                        seen->shown.in_order.n == 1 ? "" : "s",
                        is_lead ? "" : ", of what is for everybody to read");
}

/* What is asked for below, whatever else is: one round trip for all. */
static void home_expect(const struct request *request) {
    const struct db_value programme = db_integer(request->visitor.programme.id);
    db_expect(request->db, SQL_home_agenda, DB_VALUES(programme));
    db_expect(request->db, SQL_step_changes, DB_VALUES(programme));
    db_expect(request->db, SQL_replies_new, DB_VALUES(programme, db_text(replies_since(request))));
}

/* Where hardly anything is written down, that is the next thing to do; and what was begun by the
 * short questions can be gone on with. */
static enum err start_fill(const struct request *request, struct home_view *view) {
    const struct programme *programme = &request->visitor.programme;
    struct start_progress progress;
    if (!role_may(request->visitor.role, PERMISSION_CORRECT))
        return OK;
    enum err err =
        start_progress_read(request->db, request->arena, programme, request->today, &progress);
    bool is_bare = !progress.answered[START_ORGANISATIONS] || !progress.answered[START_DECISIONS];
    if (err || progress.n == START_QUESTIONS || !(is_bare || progress.is_begun))
        return err;
    view->start_url = url_to(request->arena, ROUTE_start, programme->key);
    view->start_title = progress.n ? arena_format(request->arena, "Go on: %zu of %d answered",
                                                  progress.n, START_QUESTIONS)
                                   : "Begin here";
    if (!progress.n) { /* nothing is in order, or broken, where nothing is written down */
        view->summary = "Nothing is written down yet.";
        view->overall = NULL;
        view->outcomes.n = 0;
        view->is_bare = true;
    }
    return OK;
}

enum err home_show(struct request *request, struct response *response) {
    if (response_is_unchanged(request, response))
        return OK;
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    struct seen seen;
    struct home_view view = {.programme = programme->name,
                             .diagnosis_url = url_to(arena, ROUTE_diagnosis, programme->key),
                             .history_url = url_to(arena, ROUTE_history, programme->key)};
    struct text body = text_new(arena);
    struct asking asking;
    size_t open = 0;
    home_expect(request);
    enum err err = seen_read(request, &seen);
    if (!err)
        err = since_fill(request, &seen, &view);
    if (!err)
        err = agenda_fill(request, &seen, &view);
    if (err)
        return err;
    if (seen.shown.is_there)
        view.as_of = day_long(arena, seen.shown.day);
    view.overall = seen.shown.overall;
    err = asking_read(request, &seen, &asking);
    if (!err)
        err = findings_fill(request, &seen, &asking, &view, &open);
    if (!err)
        err = replies_fill(request, &seen, &asking, &view);
    outcomes_fill(request, &seen, &view);
    if (!err)
        err = step_lines_read(request, &seen, &view.steps);
    view.summary = summary_words(request, &seen, open);
    if (!err)
        err = start_fill(request, &view);
    if (err)
        return err;
    view.leads = role_may(request->visitor.role, PERMISSION_SEE_UNSHARED);
    view.is_recorded = seen.records.list.n > 0;
    view.asks_first = seen.shown.is_there && request->visitor.role == ROLE_SPONSOR;
    if (!view.is_recorded && view.asks_first)
        view.unrecorded =
            "Ithaca cannot tell yet: nobody has said which of the people in the records you are. "
            "Ask whoever leads the programme; the page “Who takes part” is where they say it.";
    template_home(&body, &view);
    layout_page(request, response, "Home", &body);
    return OK;
}
