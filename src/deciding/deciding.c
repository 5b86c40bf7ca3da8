#include "deciding/deciding.h"
#include "base/date.h"
#include "base/text.h"
#include "bring/match.h"
#include <stdlib.h>

enum { MOST = 20000 }; /* of each kind */

/* ---- lines ---- */

static struct deciding_line *line_find(const struct deciding_lines *lines, const char *key) {
    for (size_t i = 0; i < lines->list.n; i++)
        if (text_equal(lines->list.items[i].key, key))
            return &lines->list.items[i];
    return NULL;
}

const char *deciding_value(const struct deciding_lines *lines, const char *key) {
    const struct deciding_line *line = line_find(lines, key);
    return line ? line->value : NULL;
}

void deciding_put(struct arena *arena, struct deciding_lines *lines, const char *key,
                  const char *value) {
    struct deciding_line *there = line_find(lines, key);
    if (text_blank(value))
        return;
    if (there)
        there->value = value;
    else
        list_add(arena, &lines->list, (struct deciding_line){key, value});
}

void deciding_drop(struct deciding_lines *lines, const char *key) {
    struct deciding_line *there = line_find(lines, key);
    if (there)
        *there = lines->list.items[--lines->list.n];
}

const char *deciding_dashed(struct arena *arena, const char *right) {
    return text_replace_char(arena, right, ' ', '-');
}

const char *deciding_undashed(struct arena *arena, const char *right) {
    return text_replace_char(arena, right, '-', ' ');
}

struct deciding_key deciding_key_read(struct arena *arena, const char *key) {
    struct deciding_key out = {0};
    const char **pieces[] = {&out.what, &out.place, &out.right};
    const char *rest = key;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces && *rest; i++) {
        size_t n = strcspn(rest, " ");
        *pieces[i] = arena_format(arena, "%.*s", (int)n, rest);
        rest += n + (rest[n] == ' ');
    }
    out.named = *rest ? rest : NULL;
    return out;
}

const char *deciding_next(struct arena *arena, const char **rest) {
    return text_next_piece(arena, rest, ';');
}

/* ---- names ---- */

static const struct record *found_in(const struct deciding *deciding, const char *kind,
                                     const char *key) {
    return key ? records_find(&deciding->around.records, kind_find(kind), key) : NULL;
}

const struct record *deciding_organisation(const struct deciding *deciding, const char *key) {
    return found_in(deciding, "organisation", key);
}

const char *deciding_place_name(const struct deciding *deciding, const char *place) {
    const struct record *organisation = deciding_organisation(deciding, place);
    return organisation                           ? record_value(organisation, "name")
           : text_equal(place, DECIDING_TOGETHER) ? "all of them together"
                                                  : place;
}

static const struct deciding_name *name_find(const struct deciding *deciding, const char *named) {
    return named ? index_find(&deciding->named, named) : NULL;
}

const struct record *deciding_record(const struct deciding *deciding, const char *named) {
    const struct deciding_name *name = name_find(deciding, named);
    return name ? name->record : NULL;
}

const char *deciding_display(const struct deciding *deciding, const char *named) {
    const struct deciding_name *name = name_find(deciding, named);
    const char *colon = named ? strchr(named, ':') : NULL;
    return name ? name->display : colon ? colon + 1 : named;
}

/* Where somebody or a post is at home; NULL if nobody says. */
static const char *home_of(const struct record *record) {
    const char *kind = record->kind->name;
    return text_equal(kind, "post")     ? record_value(record, "organisation")
           : text_equal(kind, "person") ? record_value(record, "employer")
           : text_equal(kind, "team")   ? record_value(record, "host")
                                        : record->id;
}

/* All that are displayed alike, one after the other. */
struct alike {
    LIST(const struct deciding_name *) list;
};

static void alike_add(struct deciding *deciding, const char *words,
                      const struct deciding_name *name) {
    struct arena *arena = deciding->around.arena;
    const char *fold = text_fold(arena, words);
    struct alike *alike = index_find(&deciding->displayed, fold);
    if (!alike) {
        alike = arena_alloc(arena, sizeof *alike);
        (void)index_add(arena, &deciding->displayed, fold, alike);
    }
    for (size_t i = 0; i < alike->list.n; i++)
        if (alike->list.items[i] == name)
            return;
    list_add(arena, &alike->list, name);
}

static const struct alike *alike_find(const struct deciding *deciding, const char *words) {
    return index_find(&deciding->displayed, text_fold(deciding->around.arena, words));
}

static const char *plain_name(const struct record *record) {
    int field = match_name_field(record->kind);
    const char *name = field >= 0 ? record->values[field] : NULL;
    return name ? name : record->id;
}

/* A post with its organisation, since many have posts of one name; whoever is called like somebody
 * else, with theirs. */
static const char *display_of(const struct deciding *deciding, const struct record *record,
                              bool is_unique) {
    struct arena *arena = deciding->around.arena;
    const char *name = plain_name(record), *home = home_of(record);
    const struct record *at = deciding_organisation(deciding, home);
    bool with_home = at && at != record && (!is_unique || text_equal(record->kind->name, "post"));
    return with_home ? arena_format(arena, "%s, %s", name, record_value(at, "name")) : name;
}

static void names_fill(struct deciding *deciding) {
    const struct around_list *const lists[] = {&deciding->posts, &deciding->people,
                                               &deciding->teams, &deciding->organisations};
    struct arena *arena = deciding->around.arena;
    struct index seen = {0}, twice = {0};
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
        for (size_t i = 0; i < lists[l]->list.n; i++) {
            const char *fold = text_fold(arena, plain_name(lists[l]->list.items[i]));
            if (!index_add(arena, &seen, fold, deciding))
                (void)index_add(arena, &twice, fold, deciding);
        }
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
        for (size_t i = 0; i < lists[l]->list.n; i++) {
            const struct record *record = lists[l]->list.items[i];
            bool is_unique = !index_find(&twice, text_fold(arena, plain_name(record)));
            list_add(
                arena, &deciding->names,
                (struct deciding_name){
                    .record = record,
                    .named = arena_format(arena, "%s:%s", record->kind->name, record->id),
                    .display = display_of(deciding, record, is_unique),
                    .is_there = !when_is_past(record_value(record, "until"), deciding->today)});
        }
    for (size_t i = 0; i < deciding->names.n; i++) {
        const struct deciding_name *name = &deciding->names.items[i];
        (void)index_add(arena, &deciding->named, name->named, (void *)name);
        alike_add(deciding, name->display, name);
        alike_add(deciding, plain_name(name->record), name);
    }
}

/* ---- matching ---- */

static bool is_choosable(const struct deciding_name *name, bool is_messenger) {
    const char *kind = name->record->kind->name;
    return !is_messenger || text_equal(kind, "person") || text_equal(kind, "post");
}

static void choice_add(const struct deciding *deciding, struct deciding_match *match,
                       const char *named, const char *words) {
    for (size_t i = 0; i < match->choices.n; i++)
        if (text_equal(match->choices.items[i].key, named))
            return;
    list_add(deciding->around.arena, &match->choices, (struct deciding_line){named, words});
}

static void choice_offer(const struct deciding *deciding, struct deciding_match *match,
                         const struct deciding_name *name) {
    struct arena *arena = deciding->around.arena;
    const char *what = text_equal(name->record->kind->name, "person")         ? "person"
                       : text_equal(name->record->kind->name, "post")         ? "post"
                       : text_equal(name->record->kind->name, "organisation") ? "organisation"
                                                                              : "team";
    choice_add(deciding, match, name->named, arena_format(arena, "%s (%s)", name->display, what));
}

/* The only one that is written out just so; of several the only one at home in the place. */
static const struct deciding_name *exact_find(const struct deciding *deciding, const char *text,
                                              const char *place, bool is_messenger,
                                              struct deciding_match *match) {
    const struct alike *alike = alike_find(deciding, text);
    const struct deciding_name *any = NULL, *here = NULL;
    size_t n = 0, n_here = 0;
    for (size_t i = 0; alike && i < alike->list.n; i++) {
        const struct deciding_name *name = alike->list.items[i];
        if (!is_choosable(name, is_messenger))
            continue;
        any = name;
        n++;
        if (text_equal(home_of(name->record), place)) {
            here = name;
            n_here++;
        }
    }
    if (n == 1 || n_here == 1)
        return n == 1 ? any : here;
    for (size_t i = 0; alike && i < alike->list.n; i++)
        if (is_choosable(alike->list.items[i], is_messenger))
            choice_offer(deciding, match, alike->list.items[i]);
    return NULL;
}

/* Those that it may be, by parts of names; and what it could be as a new one. */
static void likely_offer(const struct deciding *deciding, const char *text, const char *place,
                         bool is_messenger, struct deciding_match *match) {
    static const char *const kinds_asked[] = {"post", "person", "team", "organisation"};
    struct arena *arena = deciding->around.arena;
    for (size_t k = 0; k < (is_messenger ? 2 : 4); k++) {
        const struct kind *kind = kind_find(kinds_asked[k]);
        const struct match likely =
            match_find(arena, match_names_of(arena, &deciding->around.records, kind), text);
        for (size_t i = 0; i < likely.list.n; i++)
            choice_offer(deciding, match,
                         name_find(deciding, arena_format(arena, "%s:%s", kind->name,
                                                          likely.list.items[i]->id)));
    }
    const struct record *at = deciding_organisation(deciding, place);
    if (at)
        choice_add(
            deciding, match, "+post",
            arena_format(arena, "Add “%s” as a new post in %s", text, record_value(at, "name")));
    choice_add(deciding, match, "+person", arena_format(arena, "Add “%s” as a new person", text));
}

struct deciding_match deciding_match_find(const struct deciding *deciding, const char *text,
                                          const char *place, bool is_messenger,
                                          const char *answer) {
    struct arena *arena = deciding->around.arena;
    struct deciding_match match = {0};
    /* It goes into a line, where several are parted. */
    text = text_typed(arena, text);
    text =
        text ? text_replace_char(arena, text_replace_char(arena, text, ';', ','), '\n', ' ') : NULL;
    if (!text)
        return match;
    const struct deciding_name *exact = exact_find(deciding, text, place, is_messenger, &match);
    const struct deciding_name *chosen = name_find(deciding, answer);
    bool may_post = deciding_organisation(deciding, place) != NULL;
    if (exact)
        match.named = exact->named;
    else if (chosen && is_choosable(chosen, is_messenger))
        match.named = chosen->named;
    else if (answer && (text_equal(answer, "+person") || (may_post && text_equal(answer, "+post"))))
        match.named = arena_format(arena, "%s:%s", answer, text);
    else
        match.named = arena_format(arena, "?:%s", text);
    if (!exact)
        likely_offer(deciding, text, place, is_messenger, &match);
    return match;
}

const char *deciding_display_in(const struct deciding *deciding, const char *named,
                                const char *place) {
    const struct record *record = deciding_record(deciding, named);
    const char *plain = record ? plain_name(record) : NULL;
    struct deciding_match match = {0};
    return plain && exact_find(deciding, plain, place, false, &match) == name_find(deciding, named)
               ? plain
               : deciding_display(deciding, named);
}

/* ---- reading ---- */

static bool is_past(const struct deciding *deciding, const struct record *record) {
    return when_is_past(record_value(record, "until"), deciding->today);
}

/* As the fact change_team says it. */
static bool leads_change(const struct deciding *deciding, const struct record *team) {
    const char *level = record_value(team, "level"), *type = record_value(team, "type");
    return (!level || text_equal(level, "transformation team")) && !text_equal(type, "care team") &&
           !text_equal(type, "peer group") && !text_equal(record_value(team, "phase"), "ended") &&
           !is_past(deciding, team);
}

static const char *named_of(const struct deciding *deciding, const struct record *record,
                            const char *const (*fields)[2]) {
    for (; (*fields)[0]; fields++) {
        const char *key = record_value(record, (*fields)[0]);
        if (key)
            return arena_format(deciding->around.arena, "%s:%s", (*fields)[1], key);
    }
    return NULL;
}

static const char *holder_named(const struct deciding *deciding, const struct record *right) {
    static const char *const fields[][2] = {{"post", "post"},
                                            {"person", "person"},
                                            {"team", "team"},
                                            {"body", "organisation"},
                                            {NULL, NULL}};
    return named_of(deciding, right, fields);
}

const char *deciding_messenger(const struct deciding *deciding, const struct record *route) {
    static const char *const fields[][2] = {
        {"messenger", "person"}, {"messenger_post", "post"}, {NULL, NULL}};
    return named_of(deciding, route, fields);
}

static void rights_fill(struct deciding *deciding) {
    for (size_t i = 0; i < deciding->past_rights.list.n; i++) {
        const struct record *record = deciding->past_rights.list.items[i];
        const char *named = holder_named(deciding, record);
        const struct record *holder = deciding_record(deciding, named);
        const char *place = record_value(record, "for_organisation");
        if (is_past(deciding, record) || !named)
            continue;
        if (!place && holder && !text_equal(holder->kind->name, "team"))
            place = home_of(holder);
        list_add(deciding->around.arena, &deciding->rights,
                 (struct deciding_right){record, place ? place : DECIDING_TOGETHER,
                                         record_value(record, "right_held"), named});
    }
}

static void seated_add(struct deciding *deciding, const char *kind, const char *key) {
    struct arena *arena = deciding->around.arena;
    if (key)
        (void)index_add(arena, &deciding->seated, arena_format(arena, "%s:%s", kind, key),
                        deciding);
}

/* Whoever really holds a post now: as the fact holder says it. */
static bool holds_now(const struct deciding *deciding, const struct record *holder) {
    const char *manner = record_value(holder, "manner");
    return !is_past(deciding, holder) && !text_equal(manner, "deputy") &&
           !text_equal(manner, "being prepared");
}

static void seated_fill(struct deciding *deciding) {
    for (size_t i = 0; i < deciding->seats.list.n; i++) {
        const struct record *seat = deciding->seats.list.items[i];
        const struct record *team = found_in(deciding, "team", record_value(seat, "team"));
        const char *person = record_value(seat, "person"), *post = record_value(seat, "post");
        const struct record *at =
            found_in(deciding, person ? "person" : "post", person ? person : post);
        if (!team || !at || is_past(deciding, seat) || !leads_change(deciding, team) ||
            is_past(deciding, at))
            continue;
        seated_add(deciding, "person", person);
        seated_add(deciding, "post", post);
        const char *organisation = record_value(seat, "organisation");
        seated_add(deciding, "organisation", organisation ? organisation : home_of(at));
        for (size_t h = 0; h < deciding->holders.list.n; h++) {
            const struct record *holder = deciding->holders.list.items[h];
            if (!holds_now(deciding, holder))
                continue;
            if (person && text_equal(record_value(holder, "person"), person))
                seated_add(deciding, "post", record_value(holder, "post"));
            if (!person && text_equal(record_value(holder, "post"), post))
                seated_add(deciding, "person", record_value(holder, "person"));
        }
    }
}

/* The team that has routes for this decision, or was asked; else the first that leads the change.
 */
static void team_choose(struct deciding *deciding) {
    const char *asked = deciding->decision ? record_value(deciding->decision, "asked_of") : NULL;
    const struct record *first = NULL, *driving = NULL;
    for (size_t i = 0; i < deciding->routes.list.n && deciding->decision; i++) {
        const struct record *route = deciding->routes.list.items[i];
        if (text_equal(record_value(route, "decision"), deciding->decision->id) &&
            !is_past(deciding, route))
            deciding->team = found_in(deciding, "team", record_value(route, "from_team"));
    }
    for (size_t i = 0; i < deciding->teams.list.n; i++) {
        const struct record *team = deciding->teams.list.items[i];
        if (!leads_change(deciding, team))
            continue;
        first = first ? first : team;
        if (!driving && text_equal(record_value(team, "type"), "transformation team"))
            driving = team;
        if (!deciding->team && asked && text_equal(team->id, asked))
            deciding->team = team;
    }
    if (!deciding->team)
        deciding->team = driving ? driving : first;
}

enum err deciding_read(struct db *db, struct arena *arena, const struct programme *programme,
                       const char *key, const char *today, struct deciding *out) {
    struct around_found found = {0};
    *out = (struct deciding){.around = around_new(db, arena, programme), .today = today};
    const struct {
        const char *kind;
        struct around_list *list;
    } wanted[] = {{"organisation", &out->organisations},
                  {"post", &out->posts},
                  {"person", &out->people},
                  {"team", &out->teams},
                  {"post_holder", &out->holders},
                  {"team_member", &out->seats},
                  {"message_route", &out->routes}};
    enum err err = key ? around_record(&out->around, kind_find("decision"), key, &found) : OK;
    out->decision = found.record;
    for (size_t i = 0; !err && i < sizeof wanted / sizeof *wanted; i++)
        err = around_kind(&out->around, kind_find(wanted[i].kind), 0, MOST, wanted[i].list);
    if (!err && out->decision)
        err = around_referring(&out->around, kind_find("decision_right"), "decision",
                               out->decision->id, &out->past_rights);
    if (err)
        return err;
    names_fill(out);
    rights_fill(out);
    seated_fill(out);
    team_choose(out);
    return OK;
}

/* ---- messages ---- */

struct deciding_target deciding_target_of(const struct deciding *deciding, const char *named) {
    const struct record *record = deciding_record(deciding, named);
    if (!record)
        return (struct deciding_target){0};
    bool is_post = text_equal(record->kind->name, "post");
    bool is_body = !is_post && !text_equal(record->kind->name, "person");
    return (struct deciding_target){home_of(record), is_post ? record->id : NULL,
                                    is_post ? record_value(record, "tier") : NULL, is_body, false};
}

/* Whether a route leads there. */
static bool goes_to(const struct record *route, const struct deciding_target *target,
                    bool is_general) {
    const char *post = record_value(route, "to_post"), *tier = record_value(route, "to_tier");
    if (!text_equal(record_value(route, "to_organisation"), target->organisation))
        return false;
    if (is_general && target->is_body)
        return true;
    if (post)
        return text_equal(post, target->post);
    if (!is_general)
        return !target->post;
    return !tier || (target->post && text_equal(tier, target->tier)) ||
           (target->may_be && target->post && !target->tier);
}

bool deciding_is_leading(const struct deciding *deciding, const char *named) {
    const struct record *record = deciding_record(deciding, named);
    return record && text_equal(record->kind->name, "team") && leads_change(deciding, record);
}

bool deciding_is_seated(const struct deciding *deciding, const char *named) {
    const struct record *record = deciding_record(deciding, named);
    if (!record || index_find(&deciding->seated, named))
        return record;
    for (size_t i = 0; i < deciding->seats.list.n; i++) {
        const struct record *seat = deciding->seats.list.items[i];
        const char *person = record_value(seat, "person"), *post = record_value(seat, "post");
        const char *sits = arena_format(deciding->around.arena, "%s:%s", person ? "person" : "post",
                                        person ? person : post);
        if (text_equal(record->kind->name, "team") && !is_past(deciding, seat) &&
            text_equal(record_value(seat, "team"), record->id) &&
            index_find(&deciding->seated, sits))
            return true;
    }
    return false;
}

const struct record *deciding_route(const struct deciding *deciding,
                                    const struct deciding_target *target, bool is_general) {
    for (size_t i = 0; target->organisation && i < deciding->routes.list.n; i++) {
        const struct record *route = deciding->routes.list.items[i];
        const char *decision = record_value(route, "decision");
        const char *state = record_value(route, "state");
        const struct record *team = found_in(deciding, "team", record_value(route, "from_team"));
        bool is_for_this = decision && deciding->decision &&
                           text_equal(decision, deciding->decision->id) && team == deciding->team;
        bool works = !state || text_equal(state, "works");
        if (!is_past(deciding, route) && goes_to(route, target, is_general) &&
            (is_general ? !decision && works && team && deciding_messenger(deciding, route)
                        : is_for_this))
            return route;
    }
    return NULL;
}

/* ---- what the records say, in lines ---- */

static int texts_order(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *deciders_in(const struct deciding *deciding, const char *place) {
    struct arena *arena = deciding->around.arena;
    struct names found = {0};
    struct text out = text_new(arena);
    for (size_t i = 0; i < deciding->rights.n; i++) {
        const struct deciding_right *right = &deciding->rights.items[i];
        if (text_equal(right->right, DECIDING_DECIDES) && text_equal(right->place, place))
            list_add(arena, &found.list, right->named);
    }
    if (found.list.n)
        qsort(found.list.items, found.list.n, sizeof *found.list.items, texts_order);
    for (size_t i = 0; i < found.list.n; i++)
        text_add_format(&out, "%s%s", i ? "; " : "", found.list.items[i]);
    return out.length ? out.bytes : NULL;
}

static void concerns_put(const struct deciding *deciding, struct deciding_lines *out) {
    struct arena *arena = deciding->around.arena;
    const char *rest = record_value(deciding->decision, "concerns"), *key;
    while (rest && (key = text_next_piece(arena, &rest, ';'))) {
        const struct record *organisation = deciding_organisation(deciding, key);
        deciding_put(arena, out,
                     arena_format(arena, "concerns %s", organisation ? organisation->id : key),
                     "yes");
    }
}

struct deciding_lines deciding_now(const struct deciding *deciding) {
    static const char *const fields[][2] = {
        {"title", "title"}, {"due", "due"}, {"manner", "manner"}, {"final-say", "final_say"}};
    struct arena *arena = deciding->around.arena;
    struct deciding_lines out = {0};
    if (!deciding->decision)
        return out;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        deciding_put(arena, &out, fields[i][0], record_value(deciding->decision, fields[i][1]));
    concerns_put(deciding, &out);
    for (size_t i = 0; i < deciding->rights.n; i++) {
        const struct deciding_right *right = &deciding->rights.items[i];
        const char *dashed = deciding_dashed(arena, right->right);
        const struct deciding_target target = deciding_target_of(deciding, right->named);
        const struct record *route = deciding_route(deciding, &target, false);
        if (text_equal(right->right, DECIDING_DECIDES))
            deciding_put(arena, &out, arena_format(arena, "decides %s", right->place),
                         deciders_in(deciding, right->place));
        else
            deciding_put(arena, &out,
                         arena_format(arena, "right %s %s %s", right->place, dashed, right->named),
                         "yes");
        if (route)
            deciding_put(arena, &out,
                         arena_format(arena, "by %s %s %s", right->place, dashed, right->named),
                         deciding_messenger(deciding, route));
    }
    return out;
}
