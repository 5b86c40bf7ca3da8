#include "deciding/path.h"
#include "base/date.h"
#include "base/text.h"

struct drawing {
    const struct deciding *deciding;
    struct arena *arena;
    const struct deciding_lines *lines;
    struct path *out;
    const char *place; /* whose steps are being added */
    bool is_named;     /* the place's name has been said */
    struct names gaps;
};

static bool needs_telling(const char *right) {
    return text_equal(right, DECIDING_DECIDES) || text_equal(right, "must agree");
}

/* What to say of somebody who cannot do it. */
static const char *standing_of(const struct deciding *deciding, const char *named) {
    const struct record *record = deciding_record(deciding, named);
    if (!record)
        return text_starts_with(named, "?:")  ? "who is not in the records yet"
               : text_starts_with(named, "+") ? NULL
                                              : "who is not there any more";
    if (when_is_past(record_value(record, "until"), deciding->today))
        return text_equal(record->kind->name, "person") ? "who has left" : "which has ended";
    const char *state =
        text_equal(record->kind->name, "post") ? record_value(record, "state") : NULL;
    bool is_empty = text_equal(state, "vacant") || text_equal(state, "suspended") ||
                    text_equal(state, "missing");
    return is_empty ? arena_format(deciding->around.arena, "which is %s", state) : NULL;
}

static void way_by(const struct drawing *drawing, const char *carrier, struct path_step *step) {
    const char *standing = standing_of(drawing->deciding, carrier);
    step->way = arena_format(drawing->arena, "%s tells them%s%s",
                             deciding_display(drawing->deciding, carrier), standing ? ", " : "",
                             standing ? standing : "");
    step->is_way_gap = standing != NULL;
}

/* How they hear of it. */
static void way_find(const struct drawing *drawing, const char *named, struct path_step *step) {
    const struct deciding *deciding = drawing->deciding;
    struct arena *arena = drawing->arena;
    const char *by =
        deciding_value(drawing->lines, arena_format(arena, "by %s %s %s", drawing->place,
                                                    deciding_dashed(arena, step->right), named));
    struct deciding_target target = deciding_target_of(deciding, named);
    const struct record *general = deciding_route(deciding, &target, true);
    target.may_be = true;
    const struct record *perhaps = deciding_route(deciding, &target, true);
    if (by)
        way_by(drawing, by, step);
    else if (deciding_is_leading(deciding, named))
        step->is_own = true;
    else if (deciding_is_seated(deciding, named))
        step->way = "sits in the team";
    else if (general)
        way_by(drawing, deciding_messenger(deciding, general), step);
    else if (perhaps) {
        step->way = arena_format(arena, "%s tells some managers there",
                                 deciding_display(deciding, deciding_messenger(deciding, perhaps)));
        step->is_unsure = true;
    } else if (needs_telling(step->right)) {
        step->way = "Nobody tells them";
        step->is_way_gap = true;
    }
}

static void step_add(struct drawing *drawing, struct path_step step) {
    const char *name = deciding_place_name(drawing->deciding, drawing->place);
    if (!drawing->is_named)
        step.place = text_equal(drawing->place, DECIDING_TOGETHER)
                         ? arena_format(drawing->arena, "For %s", name)
                         : arena_format(drawing->arena, "In %s", name);
    drawing->is_named = true;
    if (step.gap)
        list_add(drawing->arena, &drawing->gaps.list, step.gap);
    list_add(drawing->arena, &drawing->out->steps, step);
}

static void somebody_add(struct drawing *drawing, const char *right, const char *named) {
    struct arena *arena = drawing->arena;
    const char *name = deciding_display_in(drawing->deciding, named, drawing->place);
    const char *standing = standing_of(drawing->deciding, named);
    struct path_step step = {.who = name, .right = right};
    way_find(drawing, named, &step);
    if (standing) {
        step.who = arena_format(arena, "%s, %s", name, standing);
        step.is_who_gap = true;
        step.gap = arena_format(arena, "%s %s, but is somebody %s.", name, right, standing);
        if (text_starts_with(standing, "which"))
            step.gap = arena_format(arena, "%s %s, %s.", name, right, standing);
    } else if (step.is_way_gap)
        step.gap = text_equal(step.way, "Nobody tells them")
                       ? arena_format(arena, "Nobody tells %s.", name)
                       : arena_format(arena, "Whoever is to tell %s cannot: %s.", name, step.way);
    step_add(drawing, step);
}

/* Somebody decides for all; or the federation of which it is a member has a decider. */
static bool is_decided_elsewhere(const struct drawing *drawing) {
    const struct record *at = deciding_organisation(drawing->deciding, drawing->place);
    const char *federation = at ? record_value(at, "member_of") : NULL;
    return deciding_value(drawing->lines, "decides " DECIDING_TOGETHER) ||
           (federation &&
            deciding_value(drawing->lines, arena_format(drawing->arena, "decides %s", federation)));
}

static void place_add(struct drawing *drawing, const char *place, bool is_concerned) {
    struct arena *arena = drawing->arena;
    const char *rest = deciding_value(drawing->lines, arena_format(arena, "decides %s", place));
    const char *one;
    drawing->place = place;
    drawing->is_named = false;
    if (!rest && is_concerned && !is_decided_elsewhere(drawing))
        step_add(drawing,
                 (struct path_step){
                     .right = DECIDING_DECIDES,
                     .is_who_gap = true,
                     .gap = text_equal(place, DECIDING_TOGETHER)
                                ? "Nobody is named who decides."
                                : arena_format(arena, "Nobody decides in %s.",
                                               deciding_place_name(drawing->deciding, place))});
    while (rest && (one = deciding_next(arena, &rest)))
        somebody_add(drawing, DECIDING_DECIDES, one);
    for (size_t i = 0; i < drawing->lines->list.n; i++) {
        const struct deciding_key key = deciding_key_read(arena, drawing->lines->list.items[i].key);
        if (text_equal(key.what, "right") && key.named && text_equal(key.place, place))
            somebody_add(drawing, deciding_undashed(arena, key.right), key.named);
    }
}

static void places_add(struct drawing *drawing) {
    struct names done = {0};
    for (size_t i = 0; i < drawing->lines->list.n; i++) {
        const char *key = drawing->lines->list.items[i].key;
        if (!text_starts_with(key, "concerns "))
            continue;
        list_add(drawing->arena, &done.list, key + strlen("concerns "));
        place_add(drawing, key + strlen("concerns "), true);
    }
    size_t concerned = done.list.n;
    for (size_t i = 0; i < drawing->lines->list.n; i++) {
        const struct deciding_key key =
            deciding_key_read(drawing->arena, drawing->lines->list.items[i].key);
        bool has_place = text_equal(key.what, "decides") || text_equal(key.what, "right");
        if (!has_place || !key.place || names_contain(&done, key.place))
            continue;
        list_add(drawing->arena, &done.list, key.place);
        place_add(drawing, key.place, false);
    }
    if (!concerned && !deciding_value(drawing->lines, "decides " DECIDING_TOGETHER) && !done.list.n)
        place_add(drawing, DECIDING_TOGETHER, true);
}

struct path path_of(const struct deciding *deciding, const struct deciding_lines *lines) {
    struct arena *arena = deciding->around.arena;
    struct path out = {.team = deciding->team ? record_value(deciding->team, "name") : NULL};
    struct drawing drawing = {.deciding = deciding, .arena = arena, .lines = lines, .out = &out};
    struct text summary = text_new(arena);
    places_add(&drawing);
    out.gaps = drawing.gaps.list.n;
    if (!out.gaps)
        text_add(&summary, "Nothing is missing on the way to those who decide.");
    else
        text_add_format(&summary, "%zu thing%s missing:", out.gaps,
                        out.gaps == 1 ? " is" : "s are");
    for (size_t i = 0; i < out.gaps; i++)
        text_add_format(&summary, " %s", drawing.gaps.list.items[i]);
    out.summary = summary.bytes;
    return out;
}

struct names path_wrapped(struct arena *arena, const char *text, size_t width, size_t most) {
    struct names lines = {0};
    struct text line = text_new(arena);
    const char *rest = text, *word;
    while (rest && (word = text_next_piece(arena, &rest, ' '))) {
        size_t has = line.length ? text_width(line.bytes) : 0;
        if (has && has + 1 + text_width(word) > width) {
            if (lines.list.n + 1 == most) {
                text_add(&line, "…");
                break;
            }
            list_add(arena, &lines.list, line.bytes);
            line = text_new(arena);
            has = 0;
        }
        if (text_width(word) > width) { /* cut, by whole characters */
            const char *end = word;
            for (size_t n = 0; n + 1 < width; n++)
                while ((*++end & 0xc0) == 0x80)
                    ;
            word = arena_format(arena, "%.*s…", (int)(end - word), word);
        }
        text_add_format(&line, "%s%s", has ? " " : "", word);
    }
    if (line.length)
        list_add(arena, &lines.list, line.bytes);
    return lines;
}
