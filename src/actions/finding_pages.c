/* One finding with all that is behind it. */
#include "actions/finding_pages.h"
#include "actions/actions.h"
#include "actions/near_pages.h"
#include "base/text.h"
#include "findings/advice_pages.h"
#include "findings/holder_pages.h"
#include "findings/known_pages.h"
#include "findings/limits.h"
#include "findings/reader_pages.h"
#include "learned/learned.h"
#include "replies/ask_pages.h"
#include "replies/reply_pages.h"
#include "store/around.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler finding_show;

/* ---- what it says ---- */

/* Pages of the library; an id of which there is none (any more) is only named. */
static struct known_links known_of(const struct request *request, const char *folder,
                                   const struct names *ids) {
    struct arena *arena = request->arena;
    struct known_links out = {0};
    for (size_t i = 0; i < ids->list.n; i++) {
        const char *id = ids->list.items[i];
        const struct library_item *item =
            library_find(&request->site->content->library, folder, id);
        const char *status = item ? library_value(item, "status") : NULL;
        list_add(arena, &out.list,
                 (struct known_link){.title = item ? item->title : id,
                                     .url = item
                                                ? url_to(arena, ROUTE_library_item,
                                                         request->visitor.programme.key, folder, id)
                                                : NULL,
                                     .note = text_equal(status, "supported") ? NULL : status});
    }
    return out;
}

static void advice_leads_back(struct arena *arena, struct advice *advice, const char *finding) {
    for (size_t i = 0; i < advice->pieces.n; i++) {
        struct advice_piece *piece = &advice->pieces.items[i];
        if (piece->url)
            piece->url = url_from_finding(arena, piece->url, finding);
    }
}

/* What was changed of the limits that the rule uses. */
static enum err limits_fill(const struct request *request, const struct shown_finding *finding,
                            struct finding_view *view) {
    struct arena *arena = request->arena;
    const struct rule *rule = rules_find(request->site->rules, finding->rule);
    struct limit_changes changes;
    enum err err = limits_read(request->db, arena, request->visitor.programme.id, &changes);
    if (rule)
        view->rule_url = url_to(arena, ROUTE_rule, request->visitor.programme.key, finding->rule);
    for (size_t i = 0; !err && rule && i < rule->query.thresholds.n; i++) {
        const struct threshold *limit = &rule->query.thresholds.items[i];
        const struct limit_change *change = limit_in_force(&changes, rule->id, limit->name);
        if (change)
            list_add(arena, &view->limits.list,
                     arena_format(arena, "%s: %g %s", text_capital(arena, limit->name),
                                  change->value, limit_words(arena, limit, change)));
    }
    return err;
}

/* What was learned here about this finding. */
static enum err learned_fill(const struct request *request, const struct shown_finding *finding,
                             struct finding_view *view) {
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    const bool writes = role_may(request->visitor.role, PERMISSION_WRITE_UP);
    struct learned_list all;
    enum err err =
        learned_of_finding(request->db, arena, &request->visitor.programme, finding->id, &all);
    if (err)
        return err;
    for (size_t i = 0; i < all.list.n; i++) {
        const struct learned *learned = &all.list.items[i];
        if (writes || learned->state == LEARNED_AGREED)
            list_add(arena, &view->learned.list,
                     (struct known_link){
                         .title = learned_title(learned),
                         .url = url_to(arena, ROUTE_learned_one, programme,
                                       arena_format(arena, "%lld", (long long)learned->id)),
                         .note = learned_state_names[learned->state]});
    }
    if (writes)
        view->write_up_url = url_from_finding(
            arena, url_to(arena, ROUTE_learned_new, programme, learned_kinds[0]->name),
            finding->id);
    return OK;
}

static void knowledge_fill(const struct request *request, const struct shown_finding *finding,
                           struct finding_view *view) {
    struct arena *arena = request->arena;
    const struct content *content = request->site->content;
    const struct rule *rule = rules_find(request->site->rules, finding->rule);
    const struct page *step = finding->step ? content_step(content, finding->step) : NULL;
    view->meaning = names_paragraphs(arena, rule ? rule->meaning : "");
    const struct names what_to_do =
        names_paragraphs(arena, rule ? rule->what_to_do : finding->next);
    view->what_to_do = advices_for(request, &what_to_do);
    if (!role_may(request->visitor.role, PERMISSION_CORRECT)) /* to whom it gives the links */
        view->sheets = sheets_named(request, &what_to_do);
    for (size_t i = 0; i < view->what_to_do.list.n; i++)
        advice_leads_back(arena, &view->what_to_do.list.items[i], finding->id);
    view->source = arena_format(arena, "%s (%s)", finding->source, finding->evidence);
    view->barriers = known_of(request, "barriers", &finding->barriers);
    view->mechanisms = known_of(request, "mechanisms", &finding->mechanisms);
    view->competences = known_of(request, "competences", &finding->competences);
    if (step) {
        view->step = step->title;
        view->step_url = url_to(arena, ROUTE_step, request->visitor.programme.key, finding->step);
        view->step_source = content_cite(arena, content, page_header(step, "source"));
    }
}

static void decisions_fill(const struct request *request, const struct finding_page *page,
                           struct finding_view *view) {
    struct arena *arena = request->arena;
    const struct kept_finding *kept = page->kept;
    for (size_t i = kept ? kept->decisions.n : 0; i-- > 0;) {
        const struct finding_decision *decision = &kept->decisions.items[i];
        const char *what = text_capital(arena, decision_names[decision->what]);
        if (decision->assigned_to)
            what = arena_format(arena, "Given to %s", name_of(&page->seen, decision->assigned_to));
        if (decision->review)
            what = arena_format(arena, "Set aside until %s", day_long(arena, decision->review));
        list_add(arena, &view->decisions,
                 (struct decision_view){what,
                                        decision->author ? decision->author : "Nobody said who",
                                        day_of_moment(arena, decision->at), decision->reason});
    }
}

/* ---- the records it rests on ---- */

/* Where the visitor may go from a record: nowhere, if it was taken out since or is not for them. */
static enum err fact_link(const struct request *request, const struct record_reader *reader,
                          struct around *around, const char *finding,
                          const struct shown_record *record, struct fact_view *view) {
    struct arena *arena = request->arena;
    const struct kind *kind = record->kind ? kind_find(record->kind) : NULL;
    struct around_found found;
    if (!kind || !record->key || !reader->may_read)
        return OK;
    enum err err = around_record(around, kind, record->key, &found);
    if (err || !found.record || !reader_sees(reader, found.record))
        return err;
    view->url = url_from_finding(arena, record_url(request, kind, record->key), finding);
    bool is_path = finding[0] == 'A' && finding[1] >= '1' && finding[1] <= '5' && finding[2] == '/';
    if (is_path && reader->may_correct && text_equal(record->kind, "decision"))
        view->mend_url =
            url_to(arena, ROUTE_decision_change, request->visitor.programme.key, record->key);
    view->wrong_url =
        reader->may_correct
            ? url_from_finding(arena,
                               url_to(arena, ROUTE_correct, request->visitor.programme.key,
                                      kind->name, record->key),
                               finding)
            : arena_format(arena, "%s#wrong", view->url);
    return OK;
}

static enum err facts_fill(const struct request *request, const struct seen *seen,
                           const struct shown_finding *finding, struct finding_view *view) {
    const struct record_reader reader = reader_of(request, &seen->records);
    struct around around = around_new(request->db, request->arena, &request->visitor.programme);
    const struct holding_look look = {request, &reader, &around, finding->id};
    bool *is_told = arena_alloc_array(request->arena, finding->records.n, sizeof *is_told);
    enum err err = left_find(&look, finding, is_told, &view->left);
    for (size_t i = 0; !err && i < finding->records.n; i++) {
        const struct shown_record *record = &finding->records.items[i];
        struct fact_view fact = {.sheet = record->sheet,
                                 .label = record->label,
                                 .said = record->said,
                                 .standing = record->standing};
        err = fact_link(request, &reader, &around, finding->id, record, &fact);
        if (is_told[i])
            fact.wrong_url = NULL;
        list_add(request->arena, &view->facts, fact);
    }
    return err;
}

/* ---- what is done about it ---- */

static const char *action_when(struct arena *arena, const struct finding_action *action) {
    if (action->done)
        return arena_format(arena, "done %s", when_long(arena, action->done));
    return action->due ? arena_format(arena, "by %s", when_long(arena, action->due)) : NULL;
}

/* What was made just now. */
static void action_said(struct arena *arena, const struct seen *seen,
                        const struct finding_action *action, struct finding_view *view) {
    const char *by =
        action->due ? arena_format(arena, ", by %s", when_long(arena, action->due)) : "";
    bool is_own = action->owner && names_contain(&seen->records, action->owner);
    if (!action->owner)
        view->said = arena_format(arena, "The action is made%s. Nobody has taken it on yet.", by);
    else
        view->said = arena_format(arena, "The action is made for %s%s.",
                                  is_own ? "you" : name_of(seen, action->owner), by);
    view->said_more = !action->owner ? "Nobody is told by mail."
                      : is_own       ? "It is on your Home page."
                                     : "Nobody is told by mail: tell them.";
}

static enum err actions_fill(const struct request *request, const struct finding_page *page,
                             struct finding_view *view) {
    struct arena *arena = request->arena;
    const struct seen *seen = &page->seen;
    const struct kept_finding *kept = page->kept;
    struct finding_actions actions;
    bool may_read = role_may(request->visitor.role, PERMISSION_SEE_RECORDS);
    if (!kept)
        return OK;
    enum err err =
        finding_actions_read(request->db, arena, &request->visitor.programme, kept->id, &actions);
    for (size_t i = 0; i < actions.list.n; i++) {
        const struct finding_action *action = &actions.list.items[i];
        bool is_open = text_equal(action->state, "open");
        list_add(arena, &view->actions,
                 (struct action_line){
                     .title = action->title,
                     .url = may_read ? record_url(request, kind_find("action"), action->key) : NULL,
                     .owner = action->owner ? name_of(seen, action->owner) : "Nobody yet",
                     .when = action_when(arena, action),
                     .state = text_capital(arena, action->state),
                     .state_colour = is_open ? "blue" : "green"});
    }
    if (actions.list.n && request_query(request, "made"))
        action_said(arena, seen, &actions.list.items[actions.list.n - 1], view);
    if (view->decide.may)
        view->action_url =
            url_to(arena, ROUTE_action, request->visitor.programme.key, kept->identity);
    return err;
}

/* ---- what is asked, and answered ---- */

static enum err replies_fill(const struct request *request, const struct finding_page *page,
                             const struct reply_view *tried, struct finding_view *view) {
    const struct seen *seen = &page->seen;
    const struct shown_finding *finding = page->finding;
    const struct kept_finding *kept = page->kept;
    struct asking asking;
    struct asked asked;
    struct answered answered;
    struct replies replies;
    if (!kept)
        return OK;
    enum err err = asking_read(request, seen, &asking);
    if (!err)
        err = asked_of(request, seen, &asking, finding, &asked);
    if (!err)
        err = replies_of_finding(request->db, request->arena, &request->visitor.programme, kept->id,
                                 &replies);
    if (!err)
        err = answered_of(request, seen, &asking, finding, &replies, &answered);
    if (err)
        return err;
    view->replies = reply_lines_of(request, &replies, finding->id);
    view->together = answered.words;
    view->decision = answered.decision;
    view->decision_url = answered.url;
    if (is_at_rest(kept))
        return OK;
    view->asked = asked.why;
    view->asked_words = asked.words;
    if (tried)
        view->reply = *tried;
    return asked_may_answer(request, &asked)
               ? reply_form_fill(request,
                                 url_to(request->arena, ROUTE_reply, request->visitor.programme.key,
                                        finding->id),
                                 &view->reply)
               : OK;
}

/* ---- the page ---- */

/* What was saved just now. */
static void said_fill(const struct request *request, struct finding_view *view) {
    if (request_query(request, "saved")) {
        view->said = "What you decided is written down.";
        view->said_more = "Nobody is told by mail. If somebody else is to see to it, tell them.";
    } else if (request_query(request, "answered")) {
        view->said = "Your answer is written down.";
        view->said_more =
            arena_format(request->arena,
                         "%s%sWhoever leads the programme sees it on their Home page. Nobody is "
                         "told by mail.",
                         view->together ? view->together : "", view->together ? " " : "");
    } else if (request_query(request, "taken-up")) {
        view->said = "The answer is taken up.";
        view->said_more = "Whoever gave it can see that here. Nobody is told by mail.";
    }
}

enum err finding_page_read(struct request *request, struct finding_page *out) {
    *out = (struct finding_page){0};
    enum err err = seen_read(request, &out->seen);
    if (!err)
        err = seen_people_read(request, &out->seen);
    if (err)
        return err;
    out->finding = seen_finding(request, &out->seen, request->values[1]);
    out->kept = out->finding ? seen_kept(&out->seen, out->finding->id) : NULL;
    return OK;
}

enum err finding_page_put(const struct request *request, struct response *response,
                          const struct finding_page *page, const struct decide_view *decide,
                          const struct reply_view *reply) {
    struct arena *arena = request->arena;
    const struct seen *seen = &page->seen;
    const struct shown_finding *finding = page->finding;
    struct text body = text_new(arena);
    struct finding_line line = finding_line_of(request, seen, finding);
    struct finding_view view = {
        .title = line.title,
        .sentence = line.sentence,
        .severity = line.severity,
        .severity_colour = line.severity_colour,
        .level = line.level,
        .harm = arena_format(arena, "%s %s",
                             text_equal(finding->effect, "strain") ? "It strains" : "It harms",
                             finding->outcome),
        .since = line.since,
        .state = line.state,
        .next_for = line.next_for,
        .diagnosis_url = url_to(arena, ROUTE_diagnosis, request->visitor.programme.key),
        .is_private = finding->is_private,
        .is_looked_at = seen_is_behind(request, seen),
    };
    if (decide)
        view.decide = *decide;
    else
        decide_form_fill(request, page, &view.decide);
    enum err err = facts_fill(request, seen, finding, &view);
    if (!err)
        err = actions_fill(request, page, &view);
    if (!err)
        err = replies_fill(request, page, reply, &view);
    said_fill(request, &view);
    knowledge_fill(request, finding, &view);
    if (!err)
        err = limits_fill(request, finding, &view);
    if (!err)
        err = learned_fill(request, finding, &view);
    if (!err)
        err = near_read(request, finding, &view.elsewhere);
    decisions_fill(request, page, &view);
    template_finding(&body, &view);
    layout_page(request, response, line.title, &body);
    return err;
}

enum err finding_show(struct request *request, struct response *response) {
    if (response_is_unchanged(request, response))
        return OK;
    struct finding_page page;
    enum err err = finding_page_read(request, &page);
    if (err || !page.finding)
        return err ? err : finding_gone(request, response, &page.seen);
    return finding_page_put(request, response, &page, NULL, NULL);
}
