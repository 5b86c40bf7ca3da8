#include "learned/choices_pages.h"
#include "base/text.h"
#include "content/library.h"
#include "findings/known_pages.h"
#include "findings/reader_pages.h"
#include "store/around.h"
#include "web/route.h"
#include <stdlib.h>

/* Records that show something, rather than say who is who. */
static const char *const showing[] = {"document", "milestone", "action",
                                      "meeting",  "decision",  NULL};
static const char learned_prefix[] = "learned/";

enum err choosing_begin(struct request *request, struct choosing *out) {
    *out = (struct choosing){.request = request};
    enum err err = role_may(request->visitor.role, PERMISSION_SEE_DIAGNOSIS)
                       ? seen_read(request, &out->seen)
                       : OK;
    return err ? err
               : learned_read_all(request->db, request->arena, &request->visitor.programme, NULL,
                                  &out->own);
}

/* ---- what can be chosen ---- */

static bool is_chosen(struct arena *arena, const char *values, const char *value) {
    const char *rest = values, *piece;
    while (rest && (piece = text_next_piece(arena, &rest, '\n')))
        if (text_equal(piece, value))
            return true;
    return false;
}

static void choice_add(const struct choosing *choosing, struct learned_choices *group,
                       const char *values, const char *value, const char *label) {
    struct arena *arena = choosing->request->arena;
    list_add(arena, &group->list,
             (struct learned_choice){value, label, is_chosen(arena, values, value)});
}

static void group_add(const struct choosing *choosing, struct learned_field_view *view,
                      const struct learned_choices *group) {
    if (group->list.n)
        list_add(choosing->request->arena, &view->choices, *group);
}

static void library_add(const struct choosing *choosing, const char *folder, const char *title,
                        const char *values, struct learned_field_view *view) {
    const struct library *library = &choosing->request->site->content->library;
    struct learned_choices group = {.title = title};
    for (size_t i = 0; i < library->items.n; i++) {
        const struct library_item *item = library->items.items[i];
        if (text_equal(item->kind->folder, folder) && !*item->language)
            choice_add(choosing, &group, values,
                       arena_format(choosing->request->arena, "%s/%s", folder, item->id),
                       item->title);
    }
    group_add(choosing, view, &group);
}

static enum err past_add(const struct choosing *choosing, const char *values,
                         struct learned_field_view *view) {
    const struct seen *seen = &choosing->seen;
    struct learned_choices group = {.title = "Findings that have closed"};
    enum err err = OK;
    for (size_t i = 0; !err && i < seen->kept.list.n && group.list.n < CHOICES_OF_A_KIND_MOST;
         i++) {
        const struct kept_finding *kept = &seen->kept.list.items[i];
        const char *title = NULL;
        if (kept->private || shown_find(&seen->shown, kept->identity))
            continue;
        err = known_past(choosing->request, seen, kept->identity, &title);
        if (title)
            choice_add(choosing, &group, values, kept->identity, title);
    }
    group_add(choosing, view, &group);
    return err;
}

static enum err findings_add(const struct choosing *choosing, const char *values,
                             struct learned_field_view *view) {
    const struct request *request = choosing->request;
    struct learned_choices group = {.title = "Findings of the diagnosis now"};
    for (size_t i = 0; i < choosing->seen.shown.findings.n; i++) {
        const struct shown_finding *finding = &choosing->seen.shown.findings.items[i];
        if (!finding->is_private)
            choice_add(choosing, &group, values, finding->id,
                       finding_line_of(request, &choosing->seen, finding).title);
    }
    group_add(choosing, view, &group);
    return past_add(choosing, values, view);
}

static enum err showing_add(const struct choosing *choosing, const char *values,
                            struct learned_field_view *view) {
    struct request *request = choosing->request;
    struct arena *arena = request->arena;
    const struct record_reader reader = reader_of(request, &choosing->seen.records);
    enum err err = OK;
    for (size_t k = 0; reader.may_read && !err && showing[k]; k++) {
        const struct kind *kind = kind_find(showing[k]);
        struct around around = around_new(request->db, arena, &request->visitor.programme);
        struct around_list all = {0};
        struct learned_choices group = {.title = kind->sheet};
        err = around_kind(&around, kind, 0, CHOICES_OF_A_KIND_MOST, &all);
        for (size_t i = 0; !err && i < all.list.n; i++) {
            const struct record *record = all.list.items[i];
            if (!reader_sees(&reader, record))
                continue;
            err = around_references(&around, record);
            choice_add(choosing, &group, values,
                       arena_format(arena, "%s/%s", kind->name, record->id),
                       record_label(&around.records, record));
        }
        if (all.more)
            view->left_out = "Of each kind the first hundred stand here.";
        group_add(choosing, view, &group);
    }
    return err;
}

static void own_add(const struct choosing *choosing, const char *values,
                    struct learned_field_view *view) {
    struct learned_choices group = {.title = "What happened here"};
    for (size_t i = 0; i < choosing->own.list.n; i++) {
        const struct learned *learned = &choosing->own.list.items[i];
        if (learned->kind == learned_kinds[0] && learned->state != LEARNED_WITHDRAWN)
            choice_add(choosing, &group, values,
                       arena_format(choosing->request->arena, "%s%lld", learned_prefix,
                                    (long long)learned->id),
                       learned_title(learned));
    }
    group_add(choosing, view, &group);
}

static void words_add(const struct choosing *choosing, const struct learned_field *field,
                      const char *values, struct learned_field_view *view) {
    struct learned_choices group = {0};
    for (size_t i = 0; field->choices[i]; i++)
        choice_add(choosing, &group, values, field->choices[i],
                   text_capital(choosing->request->arena, field->choices[i]));
    group_add(choosing, view, &group);
}

static bool is_offered(const struct learned_field_view *view, const char *value) {
    for (size_t g = 0; g < view->choices.n; g++)
        for (size_t i = 0; i < view->choices.items[g].list.n; i++)
            if (text_equal(view->choices.items[g].list.items[i].value, value))
                return true;
    return false;
}

/* What was chosen and is not offered (any more): it stays. */
static void kept_add(const struct choosing *choosing, const char *values,
                     struct learned_field_view *view) {
    struct arena *arena = choosing->request->arena;
    const char *rest = values, *piece;
    while (rest && (piece = text_next_piece(arena, &rest, '\n')))
        if (!is_offered(view, piece))
            list_add(arena, &view->kept.list, piece);
}

static enum err offers_fill(struct choosing *choosing, const struct learned_field *field,
                            const char *values, struct learned_field_view *view) {
    view->is_one = field->type == LEARNED_CHOICE;
    view->is_many = field->type == LEARNED_LIBRARY || field->type == LEARNED_FINDINGS ||
                    field->type == LEARNED_RECORDS || field->type == LEARNED_EVIDENCE;
    switch (field->type) {
    case LEARNED_CHOICE:
        words_add(choosing, field, values, view);
        break;
    case LEARNED_LIBRARY:
        library_add(choosing, field->folder, NULL, values, view);
        break;
    case LEARNED_FINDINGS:
        return findings_add(choosing, values, view);
    case LEARNED_RECORDS:
        return showing_add(choosing, values, view);
    case LEARNED_EVIDENCE:
        own_add(choosing, values, view);
        library_add(choosing, "configurations", "What happened elsewhere, from research", values,
                    view);
        break;
    case LEARNED_LINE:
    case LEARNED_TEXT:
    case LEARNED_DAY:
        break;
    }
    return OK;
}

enum err choices_fill(struct choosing *choosing, const struct learned_field *field,
                      const char *values, struct learned_field_view *view) {
    enum err err = offers_fill(choosing, field, values, view);
    if (view->is_many)
        kept_add(choosing, values, view);
    return err;
}

/* ---- what was chosen ---- */

static bool library_link(const struct choosing *choosing, const char *value,
                         struct learned_link *out) {
    const struct request *request = choosing->request;
    const char *slash = strchr(value, '/');
    const char *folder = slash ? arena_copy_n(request->arena, value, (size_t)(slash - value)) : "";
    const struct library_item *item =
        slash ? library_find(&request->site->content->library, folder, slash + 1) : NULL;
    if (item)
        *out = (struct learned_link){item->title,
                                     url_to(request->arena, ROUTE_library_item,
                                            request->visitor.programme.key, folder, item->id),
                                     NULL};
    return item;
}

static bool own_link(const struct choosing *choosing, const char *value, struct learned_link *out) {
    const struct request *request = choosing->request;
    int64_t id = strtoll(value + sizeof learned_prefix - 1, NULL, 10);
    for (size_t i = 0; i < choosing->own.list.n; i++) {
        const struct learned *learned = &choosing->own.list.items[i];
        if (learned->id != id)
            continue;
        *out = (struct learned_link){learned_title(learned),
                                     url_to(request->arena, ROUTE_learned_one,
                                            request->visitor.programme.key,
                                            arena_format(request->arena, "%lld", (long long)id)),
                                     learned_state_names[learned->state]};
        return true;
    }
    return false;
}

static enum err finding_link(const struct choosing *choosing, const char *id,
                             struct learned_link *out, bool *is_theirs) {
    const struct request *request = choosing->request;
    const struct shown_finding *finding = seen_finding(request, &choosing->seen, id);
    const char *past = NULL;
    enum err err = finding ? OK : known_past(request, &choosing->seen, id, &past);
    *is_theirs = finding || past;
    if (err || !*is_theirs)
        return err;
    *out = (struct learned_link){
        finding ? finding_line_of(request, &choosing->seen, finding).title : past,
        url_to(request->arena, ROUTE_finding, request->visitor.programme.key, id),
        finding ? NULL : "closed since"};
    return OK;
}

static enum err record_link(const struct choosing *choosing, const char *value,
                            struct learned_link *out, bool *is_theirs) {
    struct request *request = choosing->request;
    const char *slash = strchr(value, '/');
    const char *name = slash ? arena_copy_n(request->arena, value, (size_t)(slash - value)) : "";
    const struct kind *kind = kind_find(name);
    struct around around = around_new(request->db, request->arena, &request->visitor.programme);
    struct around_found found = {0};
    const struct record_reader reader = reader_of(request, &choosing->seen.records);
    enum err err = kind && slash ? around_record(&around, kind, slash + 1, &found) : OK;
    *is_theirs = found.record && reader_sees(&reader, found.record);
    if (err || !*is_theirs)
        return err;
    err = around_references(&around, found.record);
    *out = (struct learned_link){record_label(&around.records, found.record),
                                 record_url(request, kind, found.record->id), kind->sheet};
    return err;
}

enum err chosen_link(struct choosing *choosing, const struct learned_field *field,
                     const char *value, struct learned_link *out, bool *is_theirs) {
    *out = (struct learned_link){0};
    *is_theirs = false;
    if (field->type == LEARNED_RECORDS)
        return record_link(choosing, value, out, is_theirs);
    if (field->type == LEARNED_FINDINGS)
        return finding_link(choosing, value, out, is_theirs);
    *is_theirs = text_starts_with(value, learned_prefix) ? own_link(choosing, value, out)
                                                         : library_link(choosing, value, out);
    return OK;
}
