#include "replies/ask_pages.h"
#include "base/text.h"
#include "findings/parts.h"
#include "record/records.h"
#include "store/around.h"
#include "web/route.h"
#include <string.h>

enum { NAMED_MOST = 3 };

static const char your_decision[] = "A decision of yours",
                  shared_decision[] = "A decision of your board or organisation";

/* A line of PART_YOURS. */
struct line {
    const char *person, *what, *about;
};

/* The next line, and behind it; false at the end. */
static bool line_next(struct arena *arena, const char **at, struct line *out) {
    if (!*at || !**at)
        return false;
    const char *end = strchrnul(*at, '\n'), *rest = arena_copy_n(arena, *at, (size_t)(end - *at));
    out->person = text_next_piece(arena, &rest, '\t');
    out->what = text_next_piece(arena, &rest, '\t');
    out->about = rest ? rest : "";
    *at = *end ? end + 1 : end;
    return out->what;
}

static enum err lines_read(const struct request *request, const struct seen *seen,
                           struct asking *out) {
    struct part part = {0};
    if (out->lines || !seen->shown.is_there)
        return OK;
    enum err err = part_read(request->db, request->arena, request->visitor.programme.id,
                             seen->shown.number, PART_YOURS, &part);
    out->lines = part.content;
    return err;
}

enum err asking_read(const struct request *request, const struct seen *seen, struct asking *out) {
    struct arena *arena = request->arena;
    struct line line;
    *out = (struct asking){0};
    if (!seen->records.list.n)
        return OK;
    enum err err = lines_read(request, seen, out);
    for (const char *at = out->lines; !err && line_next(arena, &at, &line);) {
        if (!names_contain(&seen->records, line.person))
            continue;
        bool is_post = text_equal(line.what, "post");
        index_add(arena, &out->yours,
                  arena_format(arena, "%s %s", is_post ? "post" : "decision", line.about),
                  is_post                             ? "About your post"
                  : text_equal(line.what, "decision") ? (void *)your_decision
                                                      : (void *)shared_decision);
    }
    return err;
}

/* ---- who decides besides ---- */

/* "director of finance (council)" of "director of finance, council": several stand in a row. */
static const char *in_row(struct arena *arena, const char *name) {
    const char *comma = strstr(name, ", ");
    return comma ? arena_format(arena, "%s (%s)", arena_copy_n(arena, name, (size_t)(comma - name)),
                                comma + strlen(", "))
                 : name;
}

/* As the sheet People has it. */
static enum err name_add(const struct request *request, const struct seen *seen, const char *key,
                         struct names *out) {
    const char *name = index_find(&seen->people, key);
    struct around around = around_new(request->db, request->arena, &request->visitor.programme);
    struct around_found found = {0};
    enum err err = OK;
    if (!name && out->list.n < NAMED_MOST)
        err = around_record(&around, kind_find("person"), key, &found);
    if (found.record)
        name = record_label(&around.records, found.record);
    list_add(request->arena, &out->list, in_row(request->arena, name ? name : key));
    return err;
}

/* Everybody else who takes this decision, or has to agree to it. */
static enum err others_find(const struct request *request, const struct seen *seen,
                            const struct asking *asking, const char *decision, bool is_shared,
                            struct names *out) {
    struct names keys = {0};
    struct line line;
    bool any_body = false;
    enum err err = OK;
    for (const char *at = asking->lines; line_next(request->arena, &at, &line);) {
        bool is_theirs = names_contain(&seen->records, line.person);
        if (!text_equal(line.about, decision) || text_equal(line.what, "post"))
            continue;
        any_body |= text_equal(line.what, "shared");
        if (text_equal(line.what, "decision") && !is_theirs && !names_contain(&keys, line.person))
            list_add(request->arena, &keys.list, line.person);
    }
    for (size_t i = 0; !err && i < keys.list.n; i++)
        err = name_add(request, seen, keys.list.items[i], out);
    if (any_body && !is_shared)
        list_add(request->arena, &out->list, "a board or organisation");
    return err;
}

static enum err decision_words(const struct request *request, const struct seen *seen,
                               const struct asking *asking, const char *decision, bool is_shared,
                               const char **words) {
    struct arena *arena = request->arena;
    struct names others = {0};
    enum err err = others_find(request, seen, asking, decision, is_shared, &others);
    const char *together =
        others.list.n
            ? arena_format(arena, " together with %s",
                           text_enumerate(arena, others.list.items, others.list.n, NAMED_MOST))
            : "";
    *words =
        is_shared
            ? arena_format(arena,
                           "Your board or organisation decides this%s: the team asks for yes, "
                           "no, or another date.",
                           together)
            : arena_format(arena, "You decide this%s: the team asks for yes, no, or another date.",
                           together);
    return err;
}

/* ---- what is asked ---- */

static bool is_given(const struct seen *seen, const struct shown_finding *finding) {
    const struct kept_finding *kept = seen_kept(seen, finding->id);
    const char *assigned = kept ? kept_finding_assigned(kept) : NULL;
    return assigned && names_contain(&seen->records, assigned);
}

/* Whether a finding is about the decision itself, and not about the way to somebody who takes it:
 * its name is that of its rule and the keys of what it is about. */
static bool is_about_decision(const struct shown_finding *finding, const char *decision) {
    const char *about = strchr(finding->id, '/');
    return about && text_equal(about + 1, decision);
}

enum err asked_of(const struct request *request, const struct seen *seen,
                  const struct asking *asking, const struct shown_finding *finding,
                  struct asked *out) {
    enum err err = OK;
    *out = (struct asked){0};
    if (is_given(seen, finding))
        out->why = "Given to you";
    for (size_t i = 0; !finding->is_private && !err && i < finding->records.n; i++) {
        const struct shown_record *record = &finding->records.items[i];
        const char *why = record->kind && record->key
                              ? index_find(&asking->yours, arena_format(request->arena, "%s %s",
                                                                        record->kind, record->key))
                              : NULL;
        if (!why || out->words)
            continue;
        bool is_shared = why == shared_decision;
        if (!out->why)
            out->why = why;
        if ((is_shared || why == your_decision) && is_about_decision(finding, record->key))
            err = decision_words(request, seen, asking, record->key, is_shared, &out->words);
    }
    return err;
}

/* ---- how many have answered ---- */

/* The decision that a finding is about; or NULL. */
static const struct shown_record *decision_of(const struct shown_finding *finding) {
    for (size_t i = 0; i < finding->records.n; i++) {
        const struct shown_record *record = &finding->records.items[i];
        if (record->kind && record->key && text_equal(record->kind, "decision") &&
            is_about_decision(finding, record->key))
            return record;
    }
    return NULL;
}

static bool has_answered(const struct replies *replies, const char *person) {
    for (size_t i = 0; i < replies->list.n; i++)
        if (text_equal(replies->list.items[i].person, person))
            return true;
    return false;
}

/* Who decides, as far as one after the other is counted. */
struct deciders {
    size_t n, answered;
    bool any_body, body_answered;
};

static struct deciders deciders_of(struct arena *arena, const struct asking *asking,
                                   const char *decision, const struct replies *replies) {
    struct deciders out = {0};
    struct names counted = {0};
    struct line line;
    for (const char *at = asking->lines; line_next(arena, &at, &line);) {
        if (text_equal(line.what, "post") || !text_equal(line.about, decision))
            continue;
        bool has = has_answered(replies, line.person);
        if (text_equal(line.what, "shared")) {
            out.any_body = true;
            out.body_answered |= has && !names_contain(&counted, line.person);
        } else if (!names_contain(&counted, line.person)) {
            list_add(arena, &counted.list, line.person);
            out.n++;
            out.answered += has;
        }
    }
    return out;
}

static const char *answered_words(struct arena *arena, const struct deciders *deciders) {
    size_t n = deciders->n + deciders->any_body,
           answered = deciders->answered + deciders->body_answered;
    const char *count = answered ? arena_format(arena, "%zu", answered) : "None";
    return n < 2 ? NULL
                 : arena_format(
                       arena, "%s of the %zu who decide %s answered%s%s.", count, n,
                       answered > 1 ? "have" : "has", answered ? "" : " yet",
                       deciders->any_body ? " (boards and organisations are counted as one)" : "");
}

enum err answered_of(const struct request *request, const struct seen *seen, struct asking *asking,
                     const struct shown_finding *finding, const struct replies *replies,
                     struct answered *out) {
    struct arena *arena = request->arena;
    const struct shown_record *decision = decision_of(finding);
    const struct kept_finding *kept = seen_kept(seen, finding->id);
    struct replies own = {0};
    enum err err = OK;
    *out = (struct answered){0};
    if (!decision)
        return OK;
    out->decision = decision->label;
    out->url =
        arena_format(arena, "%s#decision-%s",
                     url_to(arena, ROUTE_decisions, request->visitor.programme.key), decision->key);
    if (!replies && kept)
        err = replies_of_finding(request->db, arena, &request->visitor.programme, kept->id, &own);
    replies = replies ? replies : &own;
    if (err || !replies->list.n)
        return err;
    err = lines_read(request, seen, asking);
    const struct deciders deciders = deciders_of(arena, asking, decision->key, replies);
    out->words = answered_words(arena, &deciders);
    return err;
}

bool asked_may_answer(const struct request *request, const struct asked *asked) {
    return asked->why && role_may(request->visitor.role, PERMISSION_ANSWER) &&
           !role_may(request->visitor.role, PERMISSION_TAKE_UP);
}
