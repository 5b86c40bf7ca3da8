/* What two wished at once, and the records that a wish becomes. */
#include "base/date.h"
#include "base/text.h"
#include "deciding/deciding.h"
#include "record/value.h"
#include <stdlib.h>

/* ---- two at once ---- */

static void merge_key(struct arena *arena, const char *key, const struct deciding_lines *was,
                      const struct deciding_lines *mine, const struct deciding_lines *now,
                      struct deciding_lines *out, struct deciding_clashes *clashes) {
    const char *before = deciding_value(was, key), *own = deciding_value(mine, key);
    const char *theirs = deciding_value(now, key);
    bool is_own = !text_equal(own, before), is_theirs = !text_equal(theirs, before);
    if (is_own && is_theirs && !text_equal(own, theirs))
        list_add(arena, &clashes->list, (struct deciding_clash){key, own, theirs});
    deciding_put(arena, out, key, is_own ? own : theirs);
}

struct deciding_lines deciding_merge(struct arena *arena, const struct deciding_lines *was,
                                     const struct deciding_lines *mine,
                                     const struct deciding_lines *now,
                                     struct deciding_clashes *clashes) {
    const struct deciding_lines *const all[] = {mine, now, was};
    struct deciding_lines out = {0};
    for (size_t l = 0; l < sizeof all / sizeof *all; l++)
        for (size_t i = 0; i < all[l]->list.n; i++) {
            const char *key = all[l]->list.items[i].key;
            bool is_done = false;
            for (size_t before = 0; before < l && !is_done; before++)
                is_done = deciding_value(all[before], key) != NULL;
            if (!is_done)
                merge_key(arena, key, was, mine, now, &out, clashes);
        }
    return out;
}

/* ---- what becomes of it ---- */

struct applying {
    const struct deciding *deciding;
    struct arena *arena;
    const struct deciding_lines *lines;
    struct deciding_lines now;
    const char *decision; /* its key */
    bool never_was;
    bool has_ended; /* something that held until now has ended: what begins begins today */
    struct corrections *out;
    struct deciding_problems *problems;
    struct index added;  /* "+post:TITLE place": the NAMED it has become (const char *) */
    struct index routes; /* those that are written already, by target and messenger */
};

static void wrong_say(struct applying *applying, const char *key, const char *words) {
    list_add(applying->arena, &applying->problems->list, (struct deciding_line){key, words});
}

static const char **cells_of(struct applying *applying, const struct kind *kind,
                             const struct record *record) {
    size_t n = kind_field_count(kind);
    const char **cells = arena_alloc_array(applying->arena, n, sizeof *cells);
    if (record)
        memcpy(cells, record->values, n * sizeof *cells);
    return cells;
}

static void set(const struct kind *kind, const char **cells, const char *field, const char *value) {
    cells[kind_field_index(kind, field)] = value;
}

static void want(struct applying *applying, const struct kind *kind, const struct record *record,
                 const char **cells) {
    list_add(applying->arena, &applying->out->records,
             (struct wanted){kind, record ? record->id : NULL, cells});
}

static const char *key_unused(struct applying *applying, const struct kind *kind,
                              const char *name) {
    const char *plain = key_of_text(applying->arena, text_lower(applying->arena, name));
    plain = plain ? plain : kind->name;
    for (unsigned n = 1;; n++) {
        const char *key = n == 1 ? plain : arena_format(applying->arena, "%s-%u", plain, n);
        bool is_used = records_find(&applying->deciding->around.records, kind, key);
        for (size_t i = 0; i < applying->out->records.n && !is_used; i++) {
            const struct wanted *wanted = &applying->out->records.items[i];
            is_used = wanted->kind == kind && !wanted->id && text_same_name(wanted->cells[0], key);
        }
        if (!is_used)
            return key;
    }
}

/* A new post or person, once however often they are named. */
static const char *named_added(struct applying *applying, const char *named, const char *place) {
    const char *title = strchr(named, ':') + 1, *once = named;
    bool is_post = text_starts_with(named, "+post:");
    const struct record *at = deciding_organisation(applying->deciding, place);
    if (is_post)
        once = arena_format(applying->arena, "%s %s", named, place);
    const char *there = index_find(&applying->added, once);
    if (there)
        return there;
    const struct kind *kind = kind_find(is_post ? "post" : "person");
    const char **cells = cells_of(applying, kind, NULL);
    const char *key = key_unused(applying, kind, title);
    set(kind, cells, "key", key);
    set(kind, cells, is_post ? "title" : "name", title);
    set(kind, cells, is_post ? "organisation" : "employer", at ? at->id : NULL);
    want(applying, kind, NULL, cells);
    there = arena_format(applying->arena, "%s:%s", kind->name, key);
    (void)index_add(applying->arena, &applying->added, once, (void *)there);
    return there;
}

/* NAMED as it stands in the records, or will; NULL with a problem. */
static const char *named_settle(struct applying *applying, const char *key, const char *named,
                                const char *place) {
    if (named[0] == '+')
        return named_added(applying, named, place);
    if (deciding_record(applying->deciding, named))
        return named;
    const char *text = deciding_display(applying->deciding, named);
    wrong_say(applying, key,
              text_blank(text)
                  ? "Write whom they tell"
                  : arena_format(applying->arena, "Say who “%s” is: choose below the name", text));
    return NULL;
}

static const char *kind_of_named(struct applying *applying, const char *named, const char **key) {
    size_t n = strcspn(named, ":");
    *key = named + n + 1;
    return arena_format(applying->arena, "%.*s", (int)n, named);
}

/* ---- what ends ---- */

static void take_away(struct applying *applying, const struct record *record) {
    const char *since = record_value(record, "since"), *today = applying->deciding->today;
    char *yesterday = arena_alloc(applying->arena, DAY_SIZE);
    bool has_held = !applying->never_was && !(since && !when_is_past(since, today));
    const char **cells = has_held ? cells_of(applying, record->kind, record) : NULL;
    if (has_held) {
        day_add(today, -1, yesterday);
        set(record->kind, cells, "until", yesterday);
        applying->has_ended = true;
    }
    want(applying, record->kind, record, cells);
}

static bool is_decider_of(const struct applying *applying, const char *place, const char *named) {
    const char *rest =
        deciding_value(applying->lines, arena_format(applying->arena, "decides %s", place));
    const char *one;
    while (rest && (one = deciding_next(applying->arena, &rest)))
        if (text_equal(one, named))
            return true;
    return false;
}

static bool right_stays(const struct applying *applying, const struct deciding_right *right) {
    if (text_equal(right->right, DECIDING_DECIDES))
        return is_decider_of(applying, right->place, right->named);
    return deciding_value(applying->lines,
                          arena_format(applying->arena, "right %s %s %s", right->place,
                                       deciding_dashed(applying->arena, right->right),
                                       right->named));
}

static void rights_end(struct applying *applying) {
    const struct deciding *deciding = applying->deciding;
    for (size_t i = 0; i < deciding->rights.n; i++)
        if (!right_stays(applying, &deciding->rights.items[i]))
            take_away(applying, deciding->rights.items[i].record);
}

/* ---- what begins ---- */

static bool right_is_there(const struct deciding *deciding, const char *place, const char *right,
                           const char *named) {
    for (size_t i = 0; i < deciding->rights.n; i++) {
        const struct deciding_right *at = &deciding->rights.items[i];
        if (text_equal(at->place, place) && text_equal(at->right, right) &&
            text_equal(at->named, named))
            return true;
    }
    return false;
}

/* Whether they held the same right at an earlier time: then this is another time. */
static bool right_was_there(const struct deciding *deciding, const char *field, const char *right,
                            const char *key) {
    for (size_t i = 0; i < deciding->past_rights.list.n; i++) {
        const struct record *record = deciding->past_rights.list.items[i];
        if (text_equal(record_value(record, "right_held"), right) &&
            text_equal(record_value(record, field), key))
            return true;
    }
    return false;
}

static void right_begin(struct applying *applying, const char *line, const char *place,
                        const char *right, const char *wished) {
    const struct deciding *deciding = applying->deciding;
    const struct kind *kind = kind_find("decision_right");
    const char *key, *named = named_settle(applying, line, wished, place);
    if (!named || right_is_there(deciding, place, right, named))
        return;
    const char *what = kind_of_named(applying, named, &key);
    const char *field = text_equal(what, "organisation") ? "body" : what;
    bool is_together = text_equal(place, DECIDING_TOGETHER);
    const struct deciding_target home = deciding_target_of(deciding, named);
    bool is_new = !deciding_record(deciding, named);
    if (is_together && !text_equal(what, "team")) {
        wrong_say(applying, line,
                  arena_format(applying->arena,
                               "For all of them only a team or board can be named. Write “%s” "
                               "under their organisation",
                               deciding_display(deciding, wished)));
        return;
    }
    bool is_home = !text_equal(what, "team") && (is_new || text_equal(home.organisation, place));
    const char **cells = cells_of(applying, kind, NULL);
    set(kind, cells, "decision", applying->decision);
    set(kind, cells, "right_held", right);
    set(kind, cells, field, key);
    set(kind, cells, "for_organisation", is_together || is_home ? NULL : place);
    if (applying->has_ended || right_was_there(deciding, field, right, key))
        set(kind, cells, "since", deciding->today);
    want(applying, kind, NULL, cells);
}

static void rights_begin(struct applying *applying) {
    for (size_t i = 0; i < applying->lines->list.n; i++) {
        const struct deciding_line *line = &applying->lines->list.items[i];
        const struct deciding_key key = deciding_key_read(applying->arena, line->key);
        const char *rest = line->value, *one;
        if (text_equal(key.what, "right") && key.named)
            right_begin(applying, line->key, key.place,
                        deciding_undashed(applying->arena, key.right), key.named);
        while (text_equal(key.what, "decides") && key.place && rest &&
               (one = deciding_next(applying->arena, &rest)))
            right_begin(applying, line->key, key.place, DECIDING_DECIDES, one);
    }
}

/* ---- who tells them ---- */

static struct deciding_target target_of(struct applying *applying, const char *named,
                                        const char *place) {
    const char *key, *kind;
    if (named[0] != '+')
        return deciding_target_of(applying->deciding, named);
    named = named_added(applying, named, place);
    kind = kind_of_named(applying, named, &key);
    return (struct deciding_target){text_equal(place, DECIDING_TOGETHER) ? NULL : place,
                                    text_equal(kind, "post") ? key : NULL, NULL, false, false};
}

static void route_write(struct applying *applying, const struct deciding_target *target,
                        const struct record *there, const char *messenger) {
    const struct kind *kind = kind_find("message_route");
    const char *key, *what = kind_of_named(applying, messenger, &key);
    const char *once = arena_format(applying->arena, "%s %s %s", target->organisation,
                                    target->post ? target->post : "", messenger);
    if (!index_add(applying->arena, &applying->routes, once, applying))
        return;
    /* A route of which nobody was said to carry it is the same route. */
    const char **cells = cells_of(applying, kind, there);
    set(kind, cells, "from_team", applying->deciding->team->id);
    set(kind, cells, "to_organisation", target->organisation);
    set(kind, cells, "to_post", target->post);
    set(kind, cells, "decision", applying->decision);
    set(kind, cells, "messenger", text_equal(what, "person") ? key : NULL);
    set(kind, cells, "messenger_post", text_equal(what, "post") ? key : NULL);
    set(kind, cells, "state", "works");
    if (applying->has_ended && !there)
        set(kind, cells, "since", applying->deciding->today);
    want(applying, kind, there, cells);
}

/* Whether a line that is left says that somebody, or this messenger, tells whoever the route leads
 * to: one route may lead to several. */
static bool route_is_wanted(struct applying *applying, const struct record *route,
                            const char *messenger) {
    for (size_t i = 0; i < applying->lines->list.n; i++) {
        const struct deciding_line *line = &applying->lines->list.items[i];
        const struct deciding_key key = deciding_key_read(applying->arena, line->key);
        if (!text_equal(key.what, "by") || !key.named)
            continue;
        const struct deciding_target target = deciding_target_of(applying->deciding, key.named);
        if (deciding_route(applying->deciding, &target, false) == route &&
            (!messenger || text_equal(line->value, messenger)))
            return true;
    }
    return false;
}

static void route_begin(struct applying *applying, const struct deciding_line *line,
                        const struct deciding_key *key) {
    const struct deciding *deciding = applying->deciding;
    const struct deciding_target target = target_of(applying, key->named, key->place);
    const char *messenger = named_settle(applying, line->key, line->value, key->place);
    const struct record *there = deciding_route(deciding, &target, false);
    const char *carried = there ? deciding_messenger(deciding, there) : NULL;
    if (!messenger || text_equal(carried, messenger))
        return;
    if (!deciding->team)
        wrong_say(applying, line->key,
                  "No team leads the change yet, so nobody can carry its messages. Add it in "
                  "Records under Teams first");
    else if (!target.organisation)
        wrong_say(applying, line->key,
                  arena_format(applying->arena,
                               "It is not written down to which organisation “%s” belongs, so "
                               "nobody can be said to tell them. Say so in Records first",
                               deciding_display(deciding, key->named)));
    else {
        if (carried && !route_is_wanted(applying, there, carried))
            take_away(applying, there);
        route_write(applying, &target, carried ? NULL : there, messenger);
    }
}

static void routes_change(struct applying *applying) {
    struct index ended = {0};
    for (size_t i = 0; i < applying->now.list.n; i++) {
        const struct deciding_key key =
            deciding_key_read(applying->arena, applying->now.list.items[i].key);
        if (!text_equal(key.what, "by") || !key.named)
            continue;
        const struct deciding_target target = deciding_target_of(applying->deciding, key.named);
        const struct record *route = deciding_route(applying->deciding, &target, false);
        if (route && !route_is_wanted(applying, route, NULL) &&
            index_add(applying->arena, &ended, route->id, applying))
            take_away(applying, route);
    }
    for (size_t i = 0; i < applying->lines->list.n; i++) {
        const struct deciding_line *line = &applying->lines->list.items[i];
        const struct deciding_key key = deciding_key_read(applying->arena, line->key);
        if (text_equal(key.what, "by") && key.named)
            route_begin(applying, line, &key);
    }
}

/* ---- the decision itself ---- */

static bool concerns_differ(const struct applying *applying) {
    const struct deciding_lines *const both[] = {applying->lines, &applying->now};
    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < both[side]->list.n; i++) {
            const char *key = both[side]->list.items[i].key;
            if (text_starts_with(key, "concerns ") && !deciding_value(both[1 - side], key))
                return true;
        }
    return false;
}

static const char *concerns_cell(const struct applying *applying) {
    struct text out = text_new(applying->arena);
    for (size_t i = 0; i < applying->lines->list.n; i++) {
        const char *key = applying->lines->list.items[i].key;
        if (text_starts_with(key, "concerns "))
            text_add_format(&out, "%s%s", out.length ? "; " : "", key + strlen("concerns "));
    }
    return out.length ? out.bytes : NULL;
}

static void decision_write(struct applying *applying) {
    static const char *const fields[][2] = {
        {"title", "title"}, {"due", "due"}, {"manner", "manner"}, {"final-say", "final_say"}};
    const struct record *record = applying->deciding->decision;
    const struct kind *kind = kind_find("decision");
    const char **cells = cells_of(applying, kind, record);
    bool is_changed = !record;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *value = deciding_value(applying->lines, fields[i][0]);
        is_changed |= !text_equal(value, deciding_value(&applying->now, fields[i][0]));
        set(kind, cells, fields[i][1], value);
    }
    if (concerns_differ(applying)) {
        set(kind, cells, "concerns", concerns_cell(applying));
        is_changed = true;
    }
    if (!record) {
        set(kind, cells, "key", applying->decision);
        set(kind, cells, "state", "open");
        set(kind, cells, "raised", applying->deciding->today);
    }
    if (is_changed)
        want(applying, kind, record, cells);
}

void deciding_apply(const struct deciding *deciding, const struct deciding_lines *lines,
                    bool never_was, struct corrections *out, const char **key,
                    struct deciding_problems *problems) {
    struct applying applying = {.deciding = deciding,
                                .arena = deciding->around.arena,
                                .lines = lines,
                                .now = deciding_now(deciding),
                                .never_was = never_was,
                                .out = out,
                                .problems = problems};
    const char *title = deciding_value(lines, "title");
    applying.decision = deciding->decision
                            ? deciding->decision->id
                            : key_unused(&applying, kind_find("decision"), title ? title : "");
    *key = applying.decision;
    if (!title)
        wrong_say(&applying, "title", "Say what is to be decided");
    decision_write(&applying);
    rights_end(&applying);
    rights_begin(&applying);
    routes_change(&applying);
}

/* ---- in words ---- */

const char *deciding_key_words(const struct deciding *deciding, const char *key) {
    static const char *const plain[][2] = {{"title", "What is to be decided"},
                                           {"due", "By when"},
                                           {"manner", "How it is decided"},
                                           {"final-say", "Whether it is settled who decides"}};
    struct arena *arena = deciding->around.arena;
    const struct deciding_key read = deciding_key_read(arena, key);
    const char *place = read.place ? deciding_place_name(deciding, read.place) : "";
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (text_equal(plain[i][0], key))
            return plain[i][1];
    if (text_equal(read.what, "concerns"))
        return arena_format(arena, "Whether it concerns %s", place);
    if (text_equal(read.what, "decides"))
        return arena_format(arena, "Who decides in %s", place);
    const char *who = deciding_display(deciding, read.named);
    return text_equal(read.what, "by")
               ? arena_format(arena, "Who tells %s", who ? who : place)
               : arena_format(arena, "Whether %s %s", who ? who : place,
                              read.right ? deciding_undashed(arena, read.right) : "");
}

const char *deciding_value_words(const struct deciding *deciding, const char *key,
                                 const char *value) {
    struct arena *arena = deciding->around.arena;
    struct names shown = {0};
    const char *rest = value, *one;
    if (!value)
        return text_starts_with(key, "concerns ") || text_starts_with(key, "right ") ? "no"
               : text_starts_with(key, "decides ") || text_starts_with(key, "by ")   ? "nobody"
                                                                                     : "nothing";
    if (!text_starts_with(key, "decides ") && !text_starts_with(key, "by "))
        return text_equal(key, "due") ? when_long(arena, value) : value;
    while (rest && (one = deciding_next(arena, &rest)))
        list_add(arena, &shown.list, deciding_display(deciding, one));
    return text_enumerate(arena, shown.list.items, shown.list.n, shown.list.n);
}
