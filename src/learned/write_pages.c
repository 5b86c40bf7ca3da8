/* Writing up what was learned: a new thing, one split off another, two made into one, and changing
 * what is there. */
#include "base/date.h"
#include "base/text.h"
#include "diagnosis/rule.h"
#include "learned/choices_pages.h"
#include "learned/one_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler learned_new_show, learned_add_do, learned_change_show, learned_change_do;

/* What is being written: the values as they were typed, or as they stand. */
struct writing {
    struct request *request;
    const struct learned_kind *kind;
    const char *values[LEARNED_FIELDS_MOST];
    const char *errors[LEARNED_FIELDS_MOST];
    const struct learned *theirs; /* of a conflict; or NULL */
    const char *url, *back_url, *from, *with, *base;
    bool is_change;
};

static const char *field_id(const struct writing *writing, size_t field) {
    return arena_format(writing->request->arena, "f-%s", writing->kind->fields[field].name);
}

/* ---- the form ---- */

static enum err field_add(const struct writing *writing, struct choosing *choosing, size_t i,
                          struct learned_form_view *view) {
    struct arena *arena = writing->request->arena;
    const struct learned_field *field = &writing->kind->fields[i];
    const char *theirs = writing->theirs ? writing->theirs->values[i] : NULL;
    struct learned_field_view out = {.id = field_id(writing, i),
                                     .label = field->label,
                                     .hint = field->hint,
                                     .value = writing->values[i],
                                     .error = writing->errors[i],
                                     .is_line =
                                         field->type == LEARNED_LINE || field->type == LEARNED_DAY,
                                     .is_text = field->type == LEARNED_TEXT};
    out.error_id = arena_format(arena, "%s-error", out.id);
    if (field->type == LEARNED_DAY && out.value && day_valid(out.value))
        out.value = day_long(arena, out.value);
    if (writing->theirs && !text_equal(theirs, writing->values[i]))
        out.theirs = theirs ? theirs : "Nothing.";
    enum err err = choices_fill(choosing, field, writing->values[i], &out);
    form_fault_add(arena, &view->faults, out.id, out.error);
    if (!out.is_many || out.choices.n)
        list_add(arena, &view->fields, out);
    return err;
}

static enum err form_put(const struct writing *writing, struct response *response) {
    struct request *request = writing->request;
    struct arena *arena = request->arena;
    struct choosing choosing;
    struct text body = text_new(arena);
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    struct learned_form_view view = {
        .form_token = layout_form_token(request),
        .title = writing->is_change ? arena_format(arena, "Change: %s", writing->values[0])
                                    : writing->kind->begin,
        .url = writing->url,
        .back_url = writing->back_url,
        .about = writing->kind->about,
        .token = token,
        .base = writing->base,
        .from = writing->from,
        .with = writing->with,
        .why = request_field(request, "why"),
        .button = "Save it",
        .is_change = writing->is_change,
        .is_conflict = writing->theirs};
    enum err err = choosing_begin(request, &choosing);
    for (size_t i = 0; !err && writing->kind->fields[i].name; i++)
        err = field_add(writing, &choosing, i, &view);
    template_learned_form(&body, &view);
    layout_page(request, response, view.title, &body);
    if (view.faults.list.n)
        response->status = STATUS_BAD_REQUEST;
    if (writing->theirs)
        response->status = STATUS_CONFLICT;
    return err;
}

/* ---- what was sent ---- */

/* Boxes that were ticked. */
static const char *ticked(const struct writing *writing, size_t field) {
    const struct request *request = writing->request;
    struct text out = text_new(request->arena);
    const char *name = arena_format(request->arena, "%s[]", field_id(writing, field));
    for (size_t i = 0; i < request->form.list.n; i++) {
        const struct parameter *sent = &request->form.list.items[i];
        if (text_equal(sent->name, name) && !text_blank(sent->value) &&
            !strchr(sent->value, '\n') && out.length < LEARNED_TEXT_MOST)
            text_add_format(&out, "%s%s", out.length ? "\n" : "", sent->value);
    }
    return out.length ? out.bytes : NULL;
}

static const char *line_typed(struct arena *arena, const char *typed) {
    return typed ? text_replace_char(arena, typed, '\n', ' ') : NULL;
}

static void value_take(struct writing *writing, size_t i) {
    const struct request *request = writing->request;
    struct arena *arena = request->arena;
    const struct learned_field *field = &writing->kind->fields[i];
    const char *typed = text_typed(arena, request_field(request, field_id(writing, i)));
    const size_t most = field->type == LEARNED_LINE ? LEARNED_LINE_MOST : LEARNED_TEXT_MOST;
    if (field->type >= LEARNED_LIBRARY) {
        writing->values[i] = ticked(writing, i);
        return;
    }
    writing->values[i] = field->type == LEARNED_TEXT ? typed : line_typed(arena, typed);
    if (typed && strlen(typed) > most)
        writing->errors[i] = field->type == LEARNED_LINE
                                 ? "Say it in one line of at most 150 letters"
                                 : "Say it shorter: at most 10,000 letters";
    if (field->type == LEARNED_DAY && typed) {
        const char *day = day_from_text(arena, typed);
        if (day)
            writing->values[i] = day;
        else
            writing->errors[i] = "This is no day: write it like 31 March 2027";
    }
    if (field->type == LEARNED_CHOICE && typed) {
        bool is_known = false;
        for (size_t c = 0; field->choices[c]; c++)
            is_known = is_known || text_equal(field->choices[c], typed);
        if (!is_known)
            writing->errors[i] = "Choose one of those that are offered";
    }
}

static bool values_take(struct writing *writing) {
    bool good = true;
    for (size_t i = 0; writing->kind->fields[i].name; i++) {
        value_take(writing, i);
        if (!i && !writing->values[i])
            writing->errors[i] = "Say in one line what it is about; the rest can wait";
        good = good && !writing->errors[i];
    }
    return good;
}

/* ---- a new one ---- */

static int64_t number_of(const char *text) {
    return text ? strtoll(text, NULL, 10) : 0;
}

/* Of a finding: the level, and what its rule names. */
static enum err finding_put_in(struct writing *writing, const char *id) {
    struct request *request = writing->request;
    struct arena *arena = request->arena;
    struct seen seen;
    enum err err = seen_read(request, &seen);
    const struct shown_finding *finding = err ? NULL : seen_finding(request, &seen, id);
    const char *of[] = {"findings", "level", "mechanisms", "competences"};
    for (size_t i = 0; finding && i < sizeof of / sizeof *of; i++) {
        int field = learned_field_index(writing->kind, of[i]);
        struct text out = text_new(arena);
        const struct names *ids = i == 2 ? &finding->mechanisms : &finding->competences;
        for (size_t n = 0; i >= 2 && n < ids->list.n; n++)
            text_add_format(&out, "%s%s/%s", n ? "\n" : "", of[i], ids->list.items[n]);
        if (field >= 0 && !(i == 0 && finding->is_private))
            writing->values[field] = i == 0       ? id
                                     : i == 1     ? finding->level
                                     : out.length ? out.bytes
                                                  : NULL;
    }
    return err;
}

/* Two texts one below the other; two lists with nothing twice. */
static const char *joined(struct arena *arena, const struct learned_field *field, const char *one,
                          const char *other) {
    struct text out = text_new(arena);
    if (!one || !other || text_equal(one, other))
        return one ? one : other;
    if (field->type == LEARNED_CHOICE || field->type == LEARNED_LINE || field->type == LEARNED_DAY)
        return one;
    if (field->type == LEARNED_TEXT)
        return arena_format(arena, "%s\n\n%s", one, other);
    text_add(&out, one);
    const char *rest = other, *piece;
    while (rest && (piece = text_next_piece(arena, &rest, '\n')))
        if (!strstr(one, piece))
            text_add_format(&out, "\n%s", piece);
    return out.bytes;
}

/* As those stand of which it is made. */
static enum err origin_put_in(struct writing *writing) {
    struct request *request = writing->request;
    const char *const numbers[] = {writing->from, writing->with};
    enum err err = OK;
    for (size_t n = 0; !err && n < 2 && numbers[n]; n++) {
        struct learned_list versions;
        err = learned_read(request->db, request->arena, &request->visitor.programme,
                           number_of(numbers[n]), &versions);
        if (err || !versions.list.n || versions.list.items[0].kind != writing->kind)
            continue;
        for (size_t i = 0; writing->kind->fields[i].name; i++)
            writing->values[i] = joined(request->arena, &writing->kind->fields[i],
                                        writing->values[i], versions.list.items[0].values[i]);
    }
    return err;
}

static bool new_begin(struct request *request, struct writing *writing) {
    const bool is_post = request->method == METHOD_POST;
    *writing = (struct writing){.request = request, .kind = learned_kind_find(request->values[1])};
    if (!writing->kind)
        return false;
    writing->url = url_to(request->arena, ROUTE_learned_new, request->visitor.programme.key,
                          writing->kind->name);
    writing->from = is_post ? request_filled(request, "from") : request_query(request, "from");
    writing->with = is_post ? request_filled(request, "with") : request_query(request, "with");
    writing->back_url = writing->from
                            ? learned_one_url(request, number_of(writing->from))
                            : url_to(request->arena, ROUTE_learned, request->visitor.programme.key);
    return true;
}

enum err learned_new_show(struct request *request, struct response *response) {
    struct writing writing;
    const char *finding = request_query(request, "finding");
    if (!new_begin(request, &writing)) {
        learned_gone(request, response);
        return OK;
    }
    enum err err = finding ? finding_put_in(&writing, finding) : origin_put_in(&writing);
    return err ? err : form_put(&writing, response);
}

/* Those that went into another stand no more by themselves. */
static enum err merged_withdraw(const struct writing *writing, int64_t into) {
    struct request *request = writing->request;
    const char *const numbers[] = {writing->from, writing->with};
    enum err err = OK;
    for (size_t n = 0; !err && n < 2; n++) {
        struct learned_list versions;
        enum learned_outcome outcome;
        int64_t id;
        err = learned_read(request->db, request->arena, &request->visitor.programme,
                           number_of(numbers[n]), &versions);
        if (err || !versions.list.n || versions.list.items[0].state == LEARNED_WITHDRAWN)
            continue;
        struct learned next = versions.list.items[0];
        next.state = LEARNED_WITHDRAWN;
        next.what = "withdrawn";
        next.why = arena_format(request->arena, "It was merged into number %lld.", (long long)into);
        next.author = request->visitor.name;
        next.account = request->visitor.account;
        next.other = into;
        err = learned_save(request->db, request->arena, &request->visitor.programme, &next, NULL,
                           &outcome, &id);
    }
    return err;
}

enum err learned_add_do(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct writing writing;
    enum learned_outcome outcome;
    int64_t id;
    if (!new_begin(request, &writing)) {
        learned_gone(request, response);
        return OK;
    }
    if (!values_take(&writing))
        return form_put(&writing, response);
    struct learned version = {.kind = writing.kind,
                              .what = writing.with   ? "merged"
                                      : writing.from ? "split off"
                                                     : "written",
                              .author = request->visitor.name,
                              .account = request->visitor.account,
                              .other = number_of(writing.from)};
    memcpy(version.values, writing.values, sizeof version.values);
    enum err err = programme_lock(request->db, arena, &request->visitor.programme);
    if (!err)
        err = learned_save(request->db, arena, &request->visitor.programme, &version,
                           request_filled(request, "token"), &outcome, &id);
    if (err)
        return err;
    if (outcome == LEARNED_FULL) {
        writing.errors[0] = "There is no room for more than 1,000 things in one programme";
        return form_put(&writing, response);
    }
    response_see_other(response,
                       arena_format(arena, "%s?said=saved", learned_one_url(request, id)));
    if (writing.with && outcome == LEARNED_SAVED)
        err = merged_withdraw(&writing, id);
    return err ? err : programme_touch(request->db, request->visitor.programme.id);
}

/* ---- changing one ---- */

static enum err change_begin(struct request *request, struct writing *writing,
                             struct learned_list *versions) {
    enum err err = learned_of_address(request, versions);
    *writing = (struct writing){.request = request, .is_change = true};
    if (err || !versions->list.n || versions->list.items[0].origin)
        return err;
    const struct learned *now = &versions->list.items[0];
    writing->kind = now->kind;
    writing->url = url_to(request->arena, ROUTE_learned_change, request->visitor.programme.key,
                          request->values[1]);
    writing->back_url = learned_one_url(request, now->id);
    writing->base = arena_format(request->arena, "%lld", (long long)now->number);
    return OK;
}

enum err learned_change_show(struct request *request, struct response *response) {
    struct learned_list versions;
    struct writing writing;
    enum err err = change_begin(request, &writing, &versions);
    if (err || !writing.kind) {
        learned_gone(request, response);
        return err;
    }
    memcpy(writing.values, versions.list.items[0].values, sizeof writing.values);
    return form_put(&writing, response);
}

/* What was written is to be agreed to anew; what reads as before is left as it stands. */
static enum err change_save(struct writing *writing, struct response *response,
                            const struct learned_list *versions) {
    struct request *request = writing->request;
    struct arena *arena = request->arena;
    const struct learned *now = &versions->list.items[0];
    struct learned next = *now;
    enum learned_outcome outcome = LEARNED_KNOWN;
    int64_t id = now->id;
    enum err err = OK;
    memcpy(next.values, writing->values, sizeof next.values);
    next.state = LEARNED_DRAFT;
    next.what = "changed";
    next.number = number_of(request_filled(request, "base"));
    next.author = request->visitor.name;
    next.account = request->visitor.account;
    next.why = text_typed(arena, request_field(request, "why"));
    next.other = 0;
    if (!text_equal(learned_content_write(arena, now->kind, now->values),
                    learned_content_write(arena, now->kind, next.values)))
        err = learned_save(request->db, arena, &request->visitor.programme, &next,
                           request_filled(request, "token"), &outcome, &id);
    if (err)
        return err;
    if (outcome == LEARNED_CONFLICT) {
        writing->theirs = now;
        return form_put(writing, response);
    }
    response_see_other(response,
                       arena_format(arena, "%s?said=saved", learned_one_url(request, id)));
    return programme_touch(request->db, request->visitor.programme.id);
}

enum err learned_change_do(struct request *request, struct response *response) {
    struct learned_list versions;
    struct writing writing;
    enum err err = programme_lock(request->db, request->arena, &request->visitor.programme);
    if (!err)
        err = change_begin(request, &writing, &versions);
    if (err || !writing.kind) {
        learned_gone(request, response);
        return err;
    }
    return values_take(&writing) ? change_save(&writing, response, &versions)
                                 : form_put(&writing, response);
}
