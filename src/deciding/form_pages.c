#include "deciding/form_pages.h"
#include "base/date.h"
#include "base/text.h"

/* ---- what was typed ---- */

/* On one line, as it stands in a line. */
static const char *typed(const struct request *request, const char *name) {
    struct arena *arena = request->arena;
    const char *text = text_typed(arena, request_field(request, name));
    return text ? text_replace_char(arena, text_replace_char(arena, text, '\n', ' '), '\t', ' ')
                : NULL;
}

static const char *part(const struct request *request, const char *what, const char *place,
                        const char *row) {
    return arena_format(request->arena, "%s:%s:%s", what, place, row);
}

/* NAMED of what stands in a field, with what was chosen for it; NULL if nothing. The choice counts
 * for the words it was made for. */
static const char *named_typed(const struct deciding *deciding, const struct request *request,
                               const char *field, const char *place, bool is_messenger) {
    struct arena *arena = request->arena;
    const char *text = typed(request, field);
    const char *said = typed(request, arena_format(arena, "said:%s", field));
    const char *answer =
        text_equal(text, said) ? request_field(request, arena_format(arena, "is:%s", field)) : NULL;
    return deciding_match_find(deciding, text, place, is_messenger, answer).named;
}

/* Whoever clears the name of somebody need not clear who told them, too. */
static bool is_left_over(const struct request *request, const char *place, const char *by) {
    struct arena *arena = request->arena;
    const struct deciding_lines was = form_kept_read(arena, request_field(request, "was"));
    const char *start = arena_format(arena, "by %s ", place);
    for (size_t i = 0; i < was.list.n; i++)
        if (text_starts_with(was.list.items[i].key, start) &&
            text_equal(was.list.items[i].value, by))
            return true;
    return false;
}

static void row_read(const struct deciding *deciding, const struct request *request,
                     const char *place, const char *row, struct deciding_lines *out) {
    struct arena *arena = request->arena;
    const char *right = typed(request, part(request, "right", place, row));
    const char *who =
        named_typed(deciding, request, part(request, "who", place, row), place, false);
    const char *by = named_typed(deciding, request, part(request, "by", place, row), place, true);
    if (!right || (!who && (!by || is_left_over(request, place, by))))
        return;
    who = who ? who : "?:";
    right = deciding_dashed(arena, right);
    const char *key = arena_format(arena, "decides %s", place);
    if (text_equal(right, DECIDING_DECIDES)) {
        const char *others = deciding_value(out, key);
        deciding_put(arena, out, key, others ? arena_format(arena, "%s; %s", others, who) : who);
    } else
        deciding_put(arena, out, arena_format(arena, "right %s %s %s", place, right, who), "yes");
    deciding_put(arena, out, arena_format(arena, "by %s %s %s", place, right, who), by);
}

/* "who:council:2" */
static void field_read(const struct deciding *deciding, const struct request *request,
                       const struct parameter *field, struct deciding_lines *out) {
    struct arena *arena = request->arena;
    const char *rest = field->name;
    if (text_equal(field->name, "concerns[]") && deciding_organisation(deciding, field->value))
        deciding_put(
            arena, out,
            arena_format(arena, "concerns %s", deciding_organisation(deciding, field->value)->id),
            "yes");
    if (!text_starts_with(field->name, "who:"))
        return;
    (void)text_next_piece(arena, &rest, ':');
    const char *place = text_next_piece(arena, &rest, ':');
    if (place && rest &&
        (text_equal(place, DECIDING_TOGETHER) || deciding_organisation(deciding, place)))
        row_read(deciding, request, place, rest, out);
}

struct deciding_lines form_read(const struct deciding *deciding, const struct request *request) {
    struct arena *arena = request->arena;
    struct deciding_lines out = {0};
    const char *due = typed(request, "due"), *day = due ? day_from_text(arena, due) : NULL;
    deciding_put(arena, &out, "title", typed(request, "title"));
    deciding_put(arena, &out, "due", day ? day : due);
    deciding_put(arena, &out, "manner", typed(request, "manner"));
    deciding_put(arena, &out, "final-say", typed(request, "final-say"));
    for (size_t i = 0; i < request->form.list.n; i++)
        field_read(deciding, request, &request->form.list.items[i], &out);
    return out;
}

const char *form_kept(struct arena *arena, const struct deciding_lines *lines) {
    struct text out = text_new(arena);
    for (size_t i = 0; i < lines->list.n; i++) {
        const char *value = text_replace_char(arena, lines->list.items[i].value, '\n', ' ');
        text_add_format(&out, "%s\t%s\n", lines->list.items[i].key,
                        text_replace_char(arena, value, '\t', ' '));
    }
    return out.length ? out.bytes : "";
}

struct deciding_lines form_kept_read(struct arena *arena, const char *kept) {
    struct deciding_lines out = {0};
    const char *rest = text_typed(arena, kept), *line;
    while (rest && (line = text_next_piece(arena, &rest, '\n'))) {
        const char *value = line, *key = text_next_piece(arena, &value, '\t');
        if (key && value)
            deciding_put(arena, &out, key, value);
    }
    return out;
}

/* ---- what is shown ---- */

struct filling {
    const struct deciding *deciding;
    struct arena *arena;
    const struct deciding_lines *lines;
    const struct deciding_problems *problems;
    const char *more;
    struct deciding_form *view;
};

static void choice_put(struct arena *arena, struct deciding_choices *choices, const char *value,
                       const char *label, bool is_chosen) {
    list_add(arena, &choices->list, (struct deciding_choice){value, label, is_chosen});
}

static struct deciding_choices choices_of(const struct filling *filling, const char *field,
                                          const char *const (*labels)[2], const char *chosen) {
    struct deciding_choices out = {0};
    const struct kind *kind = kind_find("decision");
    const struct choice *choice = kind->fields[kind_field_index(kind, field)].choices;
    choice_put(filling->arena, &out, "", "Not said", !chosen);
    for (; choice->value; choice++) {
        const char *label = NULL;
        for (size_t i = 0; labels[i][0]; i++)
            label = text_equal(labels[i][0], choice->value) ? labels[i][1] : label;
        choice_put(filling->arena, &out, choice->value, label ? label : choice->value,
                   text_equal(choice->value, chosen));
    }
    return out;
}

static struct deciding_choices rights_of(const struct filling *filling, const char *chosen) {
    static const char *const labels[][2] = {{"decides", "decides"},
                                            {"must agree", "must agree"},
                                            {"recommends", "recommends"},
                                            {"is consulted", "is consulted before"},
                                            {"is told", "is told after"}};
    struct deciding_choices out = {0};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        choice_put(filling->arena, &out, labels[i][0], labels[i][1],
                   text_equal(labels[i][0], chosen));
    return out;
}

/* What somebody is called, and what is to be chosen where that is not clear. */
static struct typed_name name_of_field(const struct filling *filling, const char *field,
                                       const char *id, const char *label, const char *named,
                                       const char *place, bool is_messenger) {
    struct arena *arena = filling->arena;
    struct typed_name out = {.id = id,
                             .field = field,
                             .label = label,
                             .words =
                                 named ? deciding_display_in(filling->deciding, named, place) : ""};
    if (!named || (named[0] != '?' && named[0] != '+'))
        return out;
    const char *answer =
        named[0] == '+' ? arena_format(arena, "%.*s", (int)strcspn(named, ":"), named) : NULL;
    const struct deciding_match match =
        deciding_match_find(filling->deciding, out.words, place, is_messenger, answer);
    for (size_t i = 0; i < match.choices.n; i++)
        choice_put(arena, &out.choices, match.choices.items[i].key, match.choices.items[i].value,
                   text_equal(match.choices.items[i].key, answer));
    return out;
}

/* "Told anyway: by the GP lead." */
static const char *already_words(const struct filling *filling, const char *named) {
    const struct deciding_target target = deciding_target_of(filling->deciding, named);
    const struct record *route = deciding_route(filling->deciding, &target, true);
    if (deciding_is_leading(filling->deciding, named))
        return "Leads the change itself, so needs nobody to tell it.";
    if (route && !deciding_is_seated(filling->deciding, named))
        return arena_format(
            filling->arena, "%s tells them anyway, about all decisions.",
            deciding_display(filling->deciding, deciding_messenger(filling->deciding, route)));
    return deciding_is_seated(filling->deciding, named) ? "Sits in the team, so hears of it there."
                                                        : NULL;
}

static void row_put(const struct filling *filling, struct place_view *place, const char *right,
                    const char *named) {
    struct arena *arena = filling->arena;
    int number = (int)place->rows.n + 1;
    const char *at = arena_format(arena, "%s:%d", place->key, number);
    const char *id = arena_format(arena, "%s-%d", place->id, number);
    const char *by =
        named ? deciding_value(filling->lines, arena_format(arena, "by %s %s %s", place->key,
                                                            deciding_dashed(arena, right), named))
              : NULL;
    list_add(arena, &place->rows,
             (struct row_view){.id = id,
                               .number = number,
                               .right_field = arena_format(arena, "right:%s", at),
                               .rights = rights_of(filling, right),
                               .who = name_of_field(filling, arena_format(arena, "who:%s", at),
                                                    arena_format(arena, "who-%s", id), "Who", named,
                                                    place->key, false),
                               .by = name_of_field(filling, arena_format(arena, "by:%s", at),
                                                   arena_format(arena, "by-%s", id),
                                                   "Told by (optional)", by, place->key, true),
                               .already = already_words(filling, named)});
}

static const char *place_error(const struct filling *filling, const char *place) {
    for (size_t i = 0; i < filling->problems->list.n; i++) {
        const struct deciding_line *problem = &filling->problems->list.items[i];
        const struct deciding_key key =
            deciding_key_read(filling->arena, problem->key ? problem->key : "");
        if (key.place && text_equal(key.place, place))
            return problem->value;
    }
    return NULL;
}

static bool is_concerned(const struct filling *filling, const char *place) {
    return deciding_value(filling->lines, arena_format(filling->arena, "concerns %s", place));
}

static void place_put(const struct filling *filling, const char *key) {
    struct arena *arena = filling->arena;
    struct place_view place = {
        .id = arena_format(arena, "place-%zu", filling->view->places.n + 1),
        .error_id = arena_format(arena, "place-%zu-error", filling->view->places.n + 1),
        .key = key,
        .name = deciding_place_name(filling->deciding, key),
        .is_together = text_equal(key, DECIDING_TOGETHER),
        .error = place_error(filling, key)};
    const char *rest = deciding_value(filling->lines, arena_format(arena, "decides %s", key));
    const char *one;
    if (!rest && is_concerned(filling, key))
        row_put(filling, &place, DECIDING_DECIDES, NULL);
    while (rest && (one = deciding_next(arena, &rest)))
        row_put(filling, &place, DECIDING_DECIDES, one);
    for (size_t i = 0; i < filling->lines->list.n; i++) {
        const struct deciding_key line =
            deciding_key_read(arena, filling->lines->list.items[i].key);
        if (text_equal(line.what, "right") && line.named && text_equal(line.place, key))
            row_put(filling, &place, deciding_undashed(arena, line.right), line.named);
    }
    if (!place.rows.n)
        row_put(filling, &place, DECIDING_DECIDES, NULL);
    if (filling->more && text_equal(filling->more, key) && place.rows.n < DECIDING_ROWS_MAX)
        row_put(filling, &place, "must agree", NULL);
    place.is_full = place.rows.n >= DECIDING_ROWS_MAX;
    list_add(arena, &filling->view->places, place);
}

static bool has_line_of(const struct filling *filling, const char *place) {
    for (size_t i = 0; i < filling->lines->list.n; i++) {
        const struct deciding_key key =
            deciding_key_read(filling->arena, filling->lines->list.items[i].key);
        if (key.place && text_equal(key.place, place))
            return true;
    }
    return false;
}

static bool has_say_in(const struct filling *filling, const char *place) {
    for (size_t i = 0; i < filling->lines->list.n; i++) {
        const struct deciding_key key =
            deciding_key_read(filling->arena, filling->lines->list.items[i].key);
        if (text_equal(key.place, place) && !text_equal(key.what, "concerns"))
            return true;
    }
    return false;
}

/* Those that it concerns first, then others of which somebody has a say. */
static void places_fill(const struct filling *filling) {
    const struct around_list *all = &filling->deciding->organisations;
    for (size_t i = 0; i < all->list.n; i++) {
        const struct record *organisation = all->list.items[i];
        bool is_ticked = is_concerned(filling, organisation->id);
        if (is_ticked ||
            !when_is_past(record_value(organisation, "until"), filling->deciding->today))
            choice_put(filling->arena, &filling->view->concerns, organisation->id,
                       record_value(organisation, "name"), is_ticked);
    }
    for (int others = 0; others < 2; others++)
        for (size_t i = 0; i < all->list.n; i++) {
            const char *key = all->list.items[i]->id;
            if (is_concerned(filling, key) == others || !has_line_of(filling, key))
                continue;
            /* Where somebody has a say already they are shown, or saving would take it away. */
            if (filling->view->places.n < DECIDING_PLACES_MAX || has_say_in(filling, key))
                place_put(filling, key);
            else
                filling->view->is_cut = true;
        }
    place_put(filling, DECIDING_TOGETHER);
}

static void faults_fill(const struct filling *filling) {
    struct deciding_form *view = filling->view;
    for (size_t i = 0; i < filling->problems->list.n; i++) {
        const struct deciding_line *problem = &filling->problems->list.items[i];
        const struct deciding_key key =
            deciding_key_read(filling->arena, problem->key ? problem->key : "");
        const char *field = key.what && !key.place ? key.what : NULL;
        for (size_t p = 0; key.place && p < view->places.n; p++)
            if (text_equal(view->places.items[p].key, key.place))
                field = view->places.items[p].id;
        form_fault_add(filling->arena, &view->faults, field, problem->value);
        if (problem->key && text_equal(problem->key, "title"))
            view->title_error = problem->value;
        if (problem->key && text_equal(problem->key, "due"))
            view->due_error = problem->value;
    }
}

void form_fill(const struct deciding *deciding, const struct deciding_lines *lines,
               const struct deciding_problems *problems, const char *more,
               struct deciding_form *view) {
    static const char *const manners[][2] = {{"one decides", "One person or body decides"},
                                             {"jointly", "Several decide together"},
                                             {"each for itself", "Each organisation for itself"},
                                             {"disputed", "More than one claims it"},
                                             {NULL, NULL}};
    static const char *const says[][2] = {
        {"settled", "Everybody knows who has the last word"},
        {"not settled", "Nobody has it yet, or it is not clear who"},
        {"unknown", "We do not know"},
        {NULL, NULL}};
    const struct filling filling = {deciding, deciding->around.arena, lines, problems, more, view};
    const char *due = deciding_value(lines, "due");
    view->title = deciding_value(lines, "title");
    view->due = due && day_valid(due) ? when_long(filling.arena, due) : due;
    view->manners = choices_of(&filling, "manner", manners, deciding_value(lines, "manner"));
    view->final_says = choices_of(&filling, "final_say", says, deciding_value(lines, "final-say"));
    places_fill(&filling);
    faults_fill(&filling);
    for (size_t i = 0; i < deciding->names.n && view->names.list.n < DECIDING_NAMES_SHOWN; i++)
        if (deciding->names.items[i].is_there)
            list_add(filling.arena, &view->names.list, deciding->names.items[i].display);
}
