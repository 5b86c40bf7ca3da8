#include "records/form_pages.h"
#include "base/text.h"
#include "findings/reader_pages.h"
#include "record/value.h"

enum { SELECT_MOST = 300 }; /* more cannot be chosen from: then the key is written */

/* ---- words ---- */

const char *field_title(struct arena *arena, const struct field *field) {
    return field_heading(arena, field);
}

bool field_is_source(const struct field *field) {
    static const char *const source[] = {"basis", "stated_by", "document", "page"};
    return name_index(source, sizeof source / sizeof *source, field->name) >= 0;
}

/* Hints are written for cells into which keys go; here one chooses. "Key of the person who ..."
 * becomes "The person who ...". */
static const char *hint_of(struct arena *arena, const struct field *field) {
    static const char *const keys[] = {"Key of ", "Or key of ", "Keys of ",
                                       "For project support: keys of "};
    const char *hint = field->hint;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (text_starts_with(hint, keys[i])) {
            hint = text_capital(arena, hint + strlen(keys[i]));
            break;
        }
    const char *sheet = strstr(hint, " (sheet "), *behind = sheet ? strchr(sheet, ')') : NULL;
    if (behind)
        hint = arena_format(arena, "%.*s%s", (int)(sheet - hint), hint, behind + 1);
    if (field->type == FIELD_WHEN)
        return arena_format(arena, "%s For example 31 March 2027, 2027 or “unknown”.", hint);
    const char *how = strstr(hint, ", separated by \";\"");
    return how ? arena_format(arena, "%.*s.", (int)(how - hint), hint) : hint;
}

/* ---- what was filled in ---- */

static const char *input_name(struct arena *arena, const struct field *field) {
    return arena_format(arena, "f-%s", field->name);
}

static bool refs_contain(struct arena *arena, const char *refs, const char *key) {
    const char *one;
    while ((one = value_next_ref(arena, &refs)))
        if (text_equal(one, key))
            return true;
    return false;
}

static size_t refs_count(struct arena *arena, const char *refs) {
    size_t n = 0;
    while (value_next_ref(arena, &refs))
        n++;
    return n;
}

/* The boxes that were ticked, or the keys that were written where there are too many for boxes; in
 * the order of before, if they are the same. */
static const char *cell_of_checks(const struct request *request, const char *name,
                                  const char *before) {
    struct arena *arena = request->arena;
    const char *box = arena_format(arena, "%s[]", name);
    struct text out = text_new(arena);
    size_t n = 0;
    bool is_same = before != NULL;
    for (size_t i = 0; i < request->form.list.n; i++) {
        const struct parameter *sent = &request->form.list.items[i];
        if ((!text_equal(sent->name, name) && !text_equal(sent->name, box)) ||
            text_blank(sent->value))
            continue;
        is_same = is_same && refs_contain(arena, before, sent->value);
        text_add_format(&out, "%s%s", n++ ? "; " : "", text_trim(arena, sent->value));
    }
    return is_same && refs_count(arena, before) == n ? before : n ? out.bytes : NULL;
}

const char **form_cells(const struct request *request, const struct kind *kind,
                        const char **before) {
    struct arena *arena = request->arena;
    size_t n = kind_field_count(kind);
    const char **cells = arena_alloc_array(arena, n, sizeof *cells);
    for (size_t f = 0; f < n; f++) {
        const char *name = input_name(arena, &kind->fields[f]);
        const char *sent = request_field(request, name);
        /* Boxes that are not ticked are not sent: the form itself was, if this is there. */
        if (kind->fields[f].type == FIELD_REFS && request_field(request, "base"))
            cells[f] = cell_of_checks(request, name, before ? before[f] : NULL);
        else
            cells[f] = sent ? text_typed(arena, sent) : before ? before[f] : NULL;
    }
    return cells;
}

/* ---- the fields ---- */

static void option_add(struct arena *arena, struct form_field *field, const char *value,
                       const char *label, bool is_chosen) {
    list_add(arena, &field->options, (struct form_option){value, label, is_chosen});
}

static void choices_fill(struct arena *arena, const struct field *field, struct form_field *out) {
    const char *const *values = value_choices(arena, field);
    out->shape = FORM_SELECT;
    option_add(arena, out, "",
               field->otherwise ? arena_format(arena, "Not said (counts as: %s)", field->otherwise)
                                : "Not said",
               !out->value);
    for (size_t i = 0; values[i]; i++) {
        const char *meaning = field->choices ? field->choices[i].meaning : "";
        option_add(arena, out, values[i],
                   *meaning ? arena_format(arena, "%s: %s", text_capital(arena, values[i]), meaning)
                            : text_capital(arena, values[i]),
                   out->value && text_equal(out->value, values[i]));
    }
}

/* What cannot be chosen from is written; it stays what it is where it is not among the choices. */
static enum err references_fill(struct around *around, const struct field *field,
                                struct form_field *out) {
    const struct kind *kind = kind_find(field->refers_to);
    struct arena *arena = around->arena;
    struct around_list all;
    enum err err = around_kind(around, kind, 0, SELECT_MOST, &all);
    if (err || all.more) {
        out->hint = field->hint;
        return err;
    }
    bool is_there = !out->value;
    out->shape = field->type == FIELD_REFS ? FORM_CHECKS : FORM_SELECT;
    if (field->type == FIELD_REF)
        option_add(arena, out, "", all.list.n ? "Not said" : "There is none to choose from yet",
                   !out->value);
    for (size_t i = 0; i < all.list.n; i++) {
        const struct record *record = all.list.items[i];
        bool is_chosen = field->type == FIELD_REFS
                             ? refs_contain(arena, out->value, record->id)
                             : out->value && text_equal(out->value, record->id);
        is_there |= is_chosen;
        option_add(arena, out, record->id, record_label(&around->records, record), is_chosen);
    }
    if (!is_there && field->type == FIELD_REF)
        option_add(arena, out, out->value, out->value, true);
    return OK;
}

enum err form_field_of(struct around *around, const struct field *field, const char *cell,
                       struct form_field *out) {
    enum { LONG = 60 };
    struct arena *arena = around->arena;
    *out = (struct form_field){.name = input_name(arena, field),
                               .label = field_title(arena, field),
                               .hint = hint_of(arena, field),
                               .value = cell,
                               .shape = FORM_LINE,
                               .is_number = field->type == FIELD_NUMBER,
                               .begins_source = text_equal(field->name, "basis")};
    if (field->type == FIELD_CHOICE || field->type == FIELD_YES_NO || field->type == FIELD_COVERAGE)
        choices_fill(arena, field, out);
    else if (field->refers_to)
        return references_fill(around, field, out);
    else if (field->type == FIELD_TEXT &&
             (text_equal(field->name, "note") || (cell && text_width(cell) > LONG)))
        out->shape = FORM_AREA;
    return OK;
}

enum err form_fields(struct around *around, const struct kind *kind, const char **cells,
                     struct correct_view *view) {
    enum err err = OK;
    for (size_t f = 0; !err && kind->fields[f].name; f++) {
        struct form_field field;
        if (kind->fields[f].type == FIELD_KEY)
            continue;
        err = form_field_of(around, &kind->fields[f], cells[f], &field);
        list_add(around->arena, &view->fields, field);
    }
    return err;
}

/* ---- what is wrong ---- */

static struct form_field *field_of(struct correct_view *view, const struct kind *kind, int field) {
    size_t place = (size_t)field - (kind_has_key(kind) ? 1 : 0);
    return field < 0 || place >= view->fields.n ? NULL : &view->fields.items[place];
}

void form_problems(const struct request *request, const struct corrected *corrected,
                   const struct kind *kind, struct correct_view *view) {
    enum { MOST = 20 };
    for (size_t i = 0; i < corrected->problems.n && i < MOST; i++) {
        const struct correct_problem *problem = &corrected->problems.items[i];
        struct form_field *field = field_of(view, kind, problem->field);
        view->has_errors = true;
        if (field && !field->error)
            field->error = problem->words;
        else
            list_add(
                request->arena, &view->wrong.list,
                (struct record_line){
                    .title = problem->label,
                    .url = problem->kind ? record_url(request, problem->kind, problem->key) : NULL,
                    .what = problem->words});
    }
}

/* ---- two who change the same record ---- */

static bool same(const char *a, const char *b) {
    return a && b ? text_equal(a, b) : a == b;
}

void form_merge(const struct kind *kind, const struct corrected *corrected, const char **cells) {
    for (size_t f = 0; kind->fields[f].name; f++)
        if (same(cells[f], corrected->base[f]))
            cells[f] = corrected->now[f];
}

void form_conflict(struct arena *arena, const struct kind *kind, const struct corrected *corrected,
                   struct correct_view *view) {
    view->has_errors = true;
    view->conflict = arena_format(
        arena,
        "%s has changed the same record since you opened this page%s%s. What only they changed is "
        "in the form now. If all of it is right, save again.",
        corrected->author ? corrected->author : "Somebody else", corrected->at ? ", on " : "",
        corrected->at ? day_of_moment(arena, corrected->at) : "");
    for (int f = 0; kind->fields[f].name; f++) {
        struct form_field *field = field_of(view, kind, f);
        if (!field || kind->fields[f].type == FIELD_KEY ||
            same(corrected->base[f], corrected->now[f]) || same(field->value, corrected->now[f]))
            continue;
        field->was = corrected->base[f] ? corrected->base[f] : "nothing";
        field->now = corrected->now[f] ? corrected->now[f] : "nothing";
        field->error = "Both of you have changed this. What stands here is yours";
    }
}
