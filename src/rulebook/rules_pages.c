/* What the diagnosis looks for: all rules, one of them, and changing the limits that it uses, for
 * one programme or for the whole site. */
#include "diagnosis/render.h"
#include "findings/findings_pages.h"
#include "findings/limits.h"
#include "rulebook/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler rules_show, rule_show, rule_limit_do, site_rules_show, site_rule_show,
    site_rule_limit_do;

/* A page of a programme, or of the site (the programme is 0). */
struct reading {
    struct request *request;
    int64_t programme;
    struct limit_changes changes;
    struct seen seen; /* of a programme */
    bool sees_findings;
};

static enum err reading_begin(struct request *request, bool is_of_site, struct reading *out) {
    *out = (struct reading){
        .request = request,
        .programme = is_of_site ? 0 : request->visitor.programme.id,
        .sees_findings = !is_of_site && role_may(request->visitor.role, PERMISSION_SEE_DIAGNOSIS)};
    enum err err = limits_read(request->db, request->arena, out->programme, &out->changes);
    return err || !out->sees_findings ? err : seen_read(request, &out->seen);
}

static const char *rules_url(const struct reading *reading) {
    const struct request *request = reading->request;
    return reading->programme ? url_to(request->arena, ROUTE_rules, request->visitor.programme.key)
                              : url_to(request->arena, ROUTE_site_rules);
}

static const char *rule_url(const struct reading *reading, const char *rule) {
    const struct request *request = reading->request;
    return reading->programme
               ? url_to(request->arena, ROUTE_rule, request->visitor.programme.key, rule)
               : url_to(request->arena, ROUTE_site_rule, rule);
}

/* ---- all of them ---- */

static size_t findings_count(const struct reading *reading, const char *rule) {
    size_t n = 0;
    for (size_t i = 0; reading->sees_findings && i < reading->seen.shown.findings.n; i++)
        n += text_equal(reading->seen.shown.findings.items[i].rule, rule);
    return n;
}

/* How it stands in this programme: NULL where nobody can say, or they may not know. */
static const char *standing_of(const struct reading *reading, const struct rule *rule) {
    struct arena *arena = reading->request->arena;
    const struct shown *shown = &reading->seen.shown;
    const size_t n = findings_count(reading, rule->id);
    const bool is_unsure = names_contain(&shown->unsure, rule->id);
    if (!reading->sees_findings || !shown->number || !shown->is_there)
        return NULL;
    if (n)
        return arena_format(arena, "%zu finding%s now%s", n, n == 1 ? "" : "s",
                            is_unsure ? ", and cannot tell everywhere yet" : "");
    if (is_unsure)
        return "cannot tell yet";
    return rule->is_private || shown->doubts != shown->unsure.list.n ? NULL : "finds nothing";
}

static const char *note_of(const struct reading *reading, const struct rule *rule) {
    const char *standing = standing_of(reading, rule);
    bool is_changed = false;
    for (size_t i = 0; i < rule->query.thresholds.n; i++)
        is_changed = is_changed || limit_in_force(&reading->changes, rule->id,
                                                  rule->query.thresholds.items[i].name);
    if (standing && is_changed)
        return arena_format(reading->request->arena, "%s; limits changed", standing);
    return is_changed ? "limits changed" : standing;
}

static struct rule_group *group_of(struct arena *arena, const struct rule *rule,
                                   struct rules_view *view) {
    const char *title = arena_format(arena, "%s: %s", text_capital(arena, level_names[rule->level]),
                                     outcome_names[rule->outcome]);
    for (size_t i = 0; i < view->groups.n; i++)
        if (text_equal(view->groups.items[i].title, title))
            return &view->groups.items[i];
    list_add(arena, &view->groups, (struct rule_group){.title = title});
    return &view->groups.items[view->groups.n - 1];
}

static enum err rules_put(struct request *request, struct response *response, bool is_of_site) {
    struct arena *arena = request->arena;
    struct reading reading;
    struct rules_view view = {
        .back = is_of_site ? "the site" : NULL,
        .back_url = is_of_site ? url_to(arena, ROUTE_site) : NULL,
        .intro = arena_format(
            arena,
            "What the diagnosis looks for: %zu rules, each with what it means, what to do, where "
            "it "
            "comes from, and the limits it uses. %s",
            request->site->rules->list.n,
            is_of_site ? "A limit that you change here holds for all programmes, except where a "
                         "lead has changed it for their own."
                       : "The lead can change a limit for this programme, with a reason.")};
    struct text body = text_new(arena);
    enum err err = reading_begin(request, is_of_site, &reading);
    for (size_t i = 0; !err && i < request->site->rules->list.n; i++) {
        const struct rule *rule = request->site->rules->list.items[i];
        struct rule_group *group = group_of(arena, rule, &view);
        list_add(arena, &group->rules,
                 (struct rule_line){rule->id, rule->title, rule_url(&reading, rule->id),
                                    note_of(&reading, rule)});
    }
    if (!is_of_site && reading.seen.shown.unsure.list.n &&
        role_may(request->visitor.role, PERMISSION_SEE_RECORDS))
        view.coverage_url = url_to(arena, ROUTE_coverage, request->visitor.programme.key);
    template_rules(&body, &view);
    layout_page(request, response, "Rules", &body);
    return err;
}

enum err rules_show(struct request *request, struct response *response) {
    return rules_put(request, response, false);
}

enum err site_rules_show(struct request *request, struct response *response) {
    return rules_put(request, response, true);
}

/* ---- one ---- */

static const char *needs_words(struct arena *arena, const struct rule *rule) {
    const char **sheets = arena_alloc_array(arena, rule->needs.list.n + 1, sizeof *sheets);
    for (size_t i = 0; i < rule->needs.list.n; i++)
        sheets[i] = kind_find(rule->needs.list.items[i])->sheet;
    return rule->needs.list.n
               ? arena_format(arena,
                              "Where something is not written down, it speaks only if %s are kept "
                              "completely.",
                              text_enumerate(arena, sheets, rule->needs.list.n, 9))
               : NULL;
}

static const char *limit_label(struct arena *arena, const char *name) {
    return text_capital(arena, text_replace_char(arena, name, '_', ' '));
}

static bool may_set(const struct reading *reading) {
    return !reading->programme || role_may(reading->request->visitor.role, PERMISSION_SET_LIMITS);
}

static void limits_fill(const struct reading *reading, const struct rule *rule,
                        struct rule_view *view) {
    struct arena *arena = reading->request->arena;
    for (size_t i = 0; i < rule->query.thresholds.n; i++) {
        const struct threshold *limit = &rule->query.thresholds.items[i];
        const struct limit_change *change =
            limit_in_force(&reading->changes, rule->id, limit->name);
        list_add(arena, &view->limits,
                 (struct limit_view){
                     .name = limit->name,
                     .label = limit_label(arena, limit->name),
                     .now = arena_format(arena, "%g", change ? change->value : limit->value),
                     .reason = limit_words(arena, limit, change),
                     .is_changed = change && change->is_of_programme == (reading->programme != 0),
                     .url = may_set(reading) ? rule_url(reading, rule->id) : NULL,
                     .field = arena_format(arena, "limit-%s", limit->name)});
    }
}

static void past_fill(const struct reading *reading, const struct rule *rule,
                      struct rule_view *view) {
    struct arena *arena = reading->request->arena;
    for (size_t i = reading->changes.list.n; i-- > 0;) {
        const struct limit_change *change = &reading->changes.list.items[i];
        if (!text_equal(change->rule, rule->id))
            continue;
        const char *where = change->is_of_programme ? "for this programme" : "for the whole site";
        const char *what =
            change->is_put_back
                ? arena_format(arena, "%s put back %s", limit_label(arena, change->name), where)
                : arena_format(arena, "%s to %g %s", limit_label(arena, change->name),
                               change->value, where);
        list_add(
            arena, &view->past,
            (struct limit_past){
                arena_format(arena, "%s, %s, by %s", day_of_moment(arena, change->at), what,
                             change->author ? change->author : "somebody who was erased since"),
                change->reason});
    }
}

static void findings_fill(const struct reading *reading, const struct rule *rule,
                          struct rule_view *view) {
    for (size_t i = 0; reading->sees_findings && i < reading->seen.shown.findings.n; i++) {
        const struct shown_finding *finding = &reading->seen.shown.findings.items[i];
        if (!text_equal(finding->rule, rule->id))
            continue;
        const struct finding_line line = finding_line_of(reading->request, &reading->seen, finding);
        list_add(reading->request->arena, &view->findings,
                 (struct rule_line){.title = line.sentence, .url = line.url});
    }
}

/* `refused` may be NULL: what was asked for and why it cannot be. */
static enum err rule_put(struct reading *reading, struct response *response,
                         const struct rule *rule, const struct limit_wish *refused,
                         const char *fault) {
    struct request *request = reading->request;
    struct arena *arena = request->arena;
    struct text body = text_new(arena);
    struct rule_view view = {
        .title = rule->title,
        .id = rule->id,
        .rules_url = rules_url(reading),
        .said = request_query(request, "changed")
                    ? "It is changed. The diagnosis is made anew in a moment."
                    : NULL,
        .level = level_names[rule->level],
        .outcome = outcome_names[rule->outcome],
        .severity = severity_names[rule->severity],
        .meaning = names_paragraphs(arena, rule->meaning),
        .what_to_do = names_paragraphs(arena, rule->what_to_do),
        .source = rule_source(arena, request->site->content, rule),
        .needs = needs_words(arena, rule),
        .privacy = rule->is_private
                       ? "What it finds is private: for the person concerned, and for the lead in "
                         "words that name the arrangement."
                       : NULL,
        .form_token = layout_form_token(request)};
    limits_fill(reading, rule, &view);
    past_fill(reading, rule, &view);
    findings_fill(reading, rule, &view);
    for (size_t i = 0; refused && i < view.limits.n; i++) {
        struct limit_view *limit = &view.limits.items[i];
        if (!text_equal(limit->name, refused->name))
            continue;
        limit->value = refused->value;
        limit->why = refused->reason;
        limit->error = fault;
        form_fault_add(arena, &view.faults, limit->field, fault);
    }
    template_rule(&body, &view);
    layout_page(request, response, rule->title, &body);
    if (refused)
        response->status = STATUS_BAD_REQUEST;
    return OK;
}

static const struct rule *rule_asked(const struct request *request, bool is_of_site) {
    return rules_find(request->site->rules, request->values[is_of_site ? 0 : 1]);
}

static void rule_gone(struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "There is no such rule",
                   "Perhaps it has another name by now. Look through the list of rules.");
}

static enum err one_show(struct request *request, struct response *response, bool is_of_site) {
    struct reading reading;
    const struct rule *rule = rule_asked(request, is_of_site);
    if (!rule) {
        rule_gone(request, response);
        return OK;
    }
    enum err err = reading_begin(request, is_of_site, &reading);
    return err ? err : rule_put(&reading, response, rule, NULL, NULL);
}

enum err rule_show(struct request *request, struct response *response) {
    return one_show(request, response, false);
}

enum err site_rule_show(struct request *request, struct response *response) {
    return one_show(request, response, true);
}

/* ---- changing a limit ---- */

/* Sent twice, it is done once. */
static bool is_so_already(const struct limit_changes *changes, const struct limit_wish *wish) {
    for (size_t i = changes->list.n; i-- > 0;) {
        const struct limit_change *last = &changes->list.items[i];
        if (!text_equal(last->rule, wish->rule) || !text_equal(last->name, wish->name) ||
            last->is_of_programme != (wish->programme != 0))
            continue;
        const double value = wish->value ? strtod(wish->value, NULL) : 0;
        return last->is_put_back == !wish->value && text_equal(last->reason, wish->reason) &&
               !(last->value < value) && !(last->value > value);
    }
    return false;
}

static enum err limit_do(struct request *request, struct response *response, bool is_of_site) {
    struct reading reading;
    const struct rule *rule = rule_asked(request, is_of_site);
    if (!rule) {
        rule_gone(request, response);
        return OK;
    }
    enum err err = reading_begin(request, is_of_site, &reading);
    const char *limit = request_filled(request, "limit"), *value = request_filled(request, "value");
    const struct limit_wish wish = {
        .programme = reading.programme,
        .rule = rule->id,
        .name = limit ? limit : "",
        .value = request_field(request, "back") ? NULL
                 : value                        ? value
                                                : "",
        .reason = request_filled(request, "why"),
        /* Who looks after the site is no part of any programme's history. */
        .author = is_of_site ? "whoever looks after the site" : request->visitor.name};
    if (err)
        return err;
    const char *fault = limit_fault(request->arena, request->site->rules, &wish);
    if (fault)
        return rule_put(&reading, response, rule, &wish, fault);
    response_see_other(response,
                       arena_format(request->arena, "%s?changed=1", rule_url(&reading, rule->id)));
    return is_so_already(&reading.changes, &wish) ? OK : limit_change(request->db, &wish);
}

enum err rule_limit_do(struct request *request, struct response *response) {
    return limit_do(request, response, false);
}

enum err site_rule_limit_do(struct request *request, struct response *response) {
    return limit_do(request, response, true);
}
