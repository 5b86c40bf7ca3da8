/* Who has the last word on what is open, in each organisation; and who tells those of them who do
 * not sit in the team. */
#include "base/text.h"
#include "record/value.h"
#include "start/inside.h"

enum { DECISIONS_MOST = 12, PARTNERS_MOST = 12 }; /* on one page */

/* Answers that are nobody's key: a "?" stands in none. In an organisation nothing chosen means "not
 * sure"; for all of them together, that each organisation decides for itself. */
static const char nobody[] = "?nobody", out[] = "?out", disputed[] = "?disputed";

static struct around_list open_decisions(const struct start *start) {
    const struct around_list *all = start_all(start, "decision");
    struct around_list open = {0};
    for (size_t i = 0; i < all->list.n; i++) {
        const char *state = record_value(all->list.items[i], "state");
        bool is_open = !state || text_equal(state, "open") || text_equal(state, "proposed");
        open.more |= is_open && open.list.n == DECISIONS_MOST;
        if (is_open && open.list.n < DECISIONS_MOST)
            list_add(start->arena, &open.list, all->list.items[i]);
    }
    return open;
}

static struct around_list asked_partners(const struct start *start) {
    struct around_list partners = start_partners(start);
    partners.more = partners.list.n > PARTNERS_MOST;
    if (partners.more)
        partners.list.n = PARTNERS_MOST;
    return partners;
}

/* ---- what is written down ---- */

/* For which organisation somebody decides; NULL: for all. */
static const char *decides_in(const struct start *start, const struct record *right) {
    const char *organisation = record_value(right, "for_organisation");
    const struct record *post = start_record(start, "post", record_value(right, "post"));
    const struct record *person = start_record(start, "person", record_value(right, "person"));
    return organisation ? organisation
           : post       ? record_value(post, "organisation")
           : person     ? record_value(person, "employer")
                        : record_value(right, "body");
}

/* The first right to the last word on a decision in an organisation, or for all where that is NULL;
 * NULL: nobody has it. */
static const struct record *right_now(const struct start *start, const struct record *decision,
                                      const char *organisation) {
    const struct around_list *rights = start_all(start, "decision_right");
    for (size_t i = 0; i < rights->list.n; i++) {
        const struct record *right = rights->list.items[i];
        const char *in = decides_in(start, right);
        if (start_is(right, "decision", decision->id) && start_is(right, "right_held", "decides") &&
            (organisation ? in && text_same_name(in, organisation) : !in))
            return right;
    }
    return NULL;
}

/* Who has it, as a choice of the form: "person/clinical-lead". */
static const char *holder_of(struct start *start, const struct record *right) {
    static const char *const kinds_held[] = {"person", "post", "team", "body"};
    for (size_t i = 0; right && i < 4; i++)
        if (record_value(right, kinds_held[i]))
            return arena_format(start->arena, "%s/%s", kinds_held[i],
                                record_value(right, kinds_held[i]));
    return NULL;
}

static const char *said_in(struct start *start, const struct record *decision,
                           const struct record *organisation) {
    const char *concerns = record_value(decision, "concerns");
    const char *holder = holder_of(start, right_now(start, decision, organisation->id));
    bool is_unsettled = start_is(decision, "final_say", "not settled");
    if (holder || !concerns)
        return holder;
    if (start_holds(start, concerns, organisation->id))
        return is_unsettled ? nobody : NULL;
    return is_unsettled ? NULL : out;
}

static const char *said_for_all(struct start *start, const struct record *decision) {
    const char *holder = holder_of(start, right_now(start, decision, NULL));
    if (start_is(decision, "manner", "disputed"))
        return disputed;
    if (holder || record_value(decision, "concerns"))
        return holder;
    return start_is(decision, "final_say", "not settled") ? nobody : NULL;
}

/* ---- the form ---- */

static const char *field_name(struct start *start, const struct record *decision,
                              const struct record *organisation) {
    return arena_format(start->arena, "decides:%s:%s", decision->id,
                        organisation ? organisation->id : "");
}

static void posts_add(struct start *start, struct start_field *field, const char *organisation,
                      const char *chosen) {
    const struct around_list *posts = start_all(start, "post");
    for (size_t i = 0; i < posts->list.n; i++) {
        const struct record *post = posts->list.items[i];
        const char *in = record_value(post, "organisation");
        if (organisation ? in && text_same_name(in, organisation) : !in)
            start_option_add(
                start, field, arena_format(start->arena, "post/%s", post->id),
                arena_format(start->arena, "%s (the post)", record_value(post, "title")), chosen);
    }
}

/* What the form has no choice for stays as it is. */
static void rest_add(struct start *start, struct start_field *field, const char *chosen) {
    for (size_t i = 0; chosen && i < field->options.n; i++)
        if (field->options.items[i].is_chosen)
            return;
    if (chosen)
        start_option_add(start, field, chosen, "As it is in the records", chosen);
}

static void for_all_ask(struct start *start, const struct record *decision) {
    const struct around_list *teams = start_all(start, "team");
    const char *now = said_for_all(start, decision);
    struct start_field *field = start_field_add(
        start, START_CHOICE, field_name(start, decision, NULL), "For all of them together", NULL);
    start_option_add(start, field, "", "Each for itself, or not sure", now ? NULL : "");
    start_option_add(start, field, nobody, "Nobody can say", now);
    start_option_add(start, field, disputed, "More than one claims it", now);
    for (size_t i = 0; i < teams->list.n; i++)
        start_option_add(start, field,
                         arena_format(start->arena, "team/%s", teams->list.items[i]->id),
                         record_value(teams->list.items[i], "name"), now);
    posts_add(start, field, NULL, now);
    start_people_add(start, field, "person/", NULL, now);
    rest_add(start, field, now);
}

void start_deciders_ask(struct start *start) {
    const struct around_list open = open_decisions(start), partners = asked_partners(start);
    start_group_add(start, NULL,
                    "Choose one who decides for all of them together, or one for each "
                    "organisation. Where one decides for all, leave the others as they are. “Not "
                    "sure” claims nothing. Is somebody missing? Add them under “Who are the "
                    "people?” first.");
    if (open.more || partners.more)
        start_group_add(start, NULL,
                        "This page asks about 12 decisions and 12 organisations at most. Write the "
                        "others down under Records, Decision rights.");
    for (size_t d = 0; d < open.list.n; d++) {
        const struct record *decision = open.list.items[d];
        start_group_add(start, record_value(decision, "title"), NULL)->is_wide = true;
        for_all_ask(start, decision);
        for (size_t o = 0; o < partners.list.n; o++) {
            const struct record *organisation = partners.list.items[o];
            const char *now = said_in(start, decision, organisation);
            struct start_field *field =
                start_field_add(start, START_CHOICE, field_name(start, decision, organisation),
                                record_value(organisation, "name"), NULL);
            start_option_add(start, field, "", "Not sure", now ? NULL : "");
            start_option_add(start, field, nobody, "Nobody can say", now);
            start_option_add(start, field, out, "It does not concern them", now);
            posts_add(start, field, organisation->id, now);
            start_people_add(start, field, "person/", organisation->id, now);
            rest_add(start, field, now);
        }
    }
}

/* ---- what was filled in ---- */

/* What was said of one decision. */
struct said {
    size_t decided, nobody, unsure;
    bool for_all;             /* somebody decides for all */
    struct text settled, all; /* keys: where somebody decides or nobody can say; and not sure */
};

static void key_add(struct text *keys, const char *key) {
    text_add(keys, keys->length ? "; " : "");
    text_add(keys, key);
}

static void right_make(struct start *start, const struct record *decision,
                       const struct record *organisation, const char *holder) {
    const char *slash = strchr(holder, '/');
    const char **cells = start_make(start, "decision_right");
    start_set(cells, "decision_right", "decision", decision->id);
    start_set(cells, "decision_right", "right_held", "decides");
    start_set(cells, "decision_right", arena_copy_n(start->arena, holder, (size_t)(slash - holder)),
              slash + 1);
    start_set(cells, "decision_right", "for_organisation", organisation ? organisation->id : NULL);
}

static void right_put(struct start *start, const struct record *decision,
                      const struct record *organisation, const char *answer) {
    const char *in = organisation ? organisation->id : NULL;
    const struct record *before = right_now(start, decision, in);
    const char *now = holder_of(start, before);
    bool names = answer && *answer != '?';
    if (now && names && text_equal(now, answer))
        return;
    if (before)
        start_remove(start, before);
    if (names)
        right_make(start, decision, organisation, answer);
}

/* A person decides for an organisation, or for several, each by name: a right without one is for
 * the employer alone. */
static void right_share(struct start *start, const struct record *decision,
                        const struct record *organisation, const char *person) {
    const struct around_list *rights = start_all(start, "decision_right");
    for (size_t i = 0; i < rights->list.n; i++) {
        const struct record *right = rights->list.items[i];
        const char *in = decides_in(start, right);
        if (start_is(right, "decision", decision->id) && start_is(right, "right_held", "decides") &&
            in && text_same_name(in, organisation->id) &&
            text_equal(holder_of(start, right), person))
            return;
    }
    right_make(start, decision, organisation, person);
}

static void organisation_take(struct start *start, const struct record *decision,
                              const struct record *organisation, const char *person_for_all,
                              struct said *said) {
    const char *own = start_answer(start, field_name(start, decision, organisation)),
               *answer = own ? own : person_for_all;
    bool is_out = answer && text_equal(answer, out),
         is_nobody = answer && text_equal(answer, nobody);
    right_put(start, decision, organisation, answer);
    if (person_for_all && own && !is_out && !text_equal(own, person_for_all))
        right_share(start, decision, organisation, person_for_all);
    said->unsure += !answer;
    said->nobody += is_nobody;
    said->decided += answer && !is_out && !is_nobody;
    if (answer && !is_out)
        key_add(&said->settled, organisation->id);
    if (!is_out)
        key_add(&said->all, organisation->id);
}

/* Of an organisation of which nobody is sure, nothing is claimed. Where nobody can say in another,
 * it is left out of those concerned; otherwise it is unknown who has the last word in all. */
static void decision_put(struct start *start, const struct record *decision,
                         const struct said *said, const char *for_all) {
    const char *before = record_value(decision, "final_say");
    bool is_nobody = said->nobody || (for_all && text_equal(for_all, nobody)),
         is_unknown = !is_nobody && !said->for_all && said->unsure && said->decided,
         is_disputed = for_all && text_equal(for_all, disputed),
         was_disputed = start_is(decision, "manner", "disputed");
    const char *say = is_nobody                                 ? "not settled"
                      : is_unknown                              ? "unknown"
                      : before && text_equal(before, "settled") ? before
                                                                : NULL;
    const char **cells = start_change(start, decision);
    start_set(cells, "decision", "final_say", say);
    if (said->decided || said->nobody)
        start_set(cells, "decision", "concerns",
                  is_unknown || (said->for_all && !said->nobody) ? said->all.bytes
                                                                 : said->settled.bytes);
    if (is_disputed != was_disputed)
        start_set(cells, "decision", "manner", is_disputed ? "disputed" : NULL);
}

/* Organisations that the page does not ask about stay among those concerned. */
static void others_keep(struct start *start, const struct record *decision,
                        const struct around_list *partners, struct said *said) {
    const char *rest = record_value(decision, "concerns");
    for (char *key; rest && (key = value_next_ref(start->arena, &rest));) {
        bool is_asked = false;
        for (size_t o = 0; o < partners->list.n; o++)
            is_asked |= text_same_name(partners->list.items[o]->id, key);
        if (!is_asked) {
            key_add(&said->settled, key);
            key_add(&said->all, key);
        }
    }
}

/* Whether anything is said otherwise than the records have it. */
static bool is_changed(struct start *start, const struct record *decision,
                       const struct around_list *partners) {
    bool changed = !text_equal(start_answer(start, field_name(start, decision, NULL)),
                               said_for_all(start, decision));
    for (size_t o = 0; o < partners->list.n && !changed; o++)
        changed =
            !text_equal(start_answer(start, field_name(start, decision, partners->list.items[o])),
                        said_in(start, decision, partners->list.items[o]));
    return changed;
}

static void decision_take(struct start *start, const struct record *decision,
                          const struct around_list *partners) {
    if (!is_changed(start, decision, partners))
        return;
    const char *for_all = start_answer(start, field_name(start, decision, NULL));
    const char *person = for_all && text_starts_with(for_all, "person/") ? for_all : NULL;
    struct said said = {.for_all = for_all && *for_all != '?' && !person,
                        .settled = text_new(start->arena),
                        .all = text_new(start->arena)};
    if (!for_all || !text_equal(for_all, disputed)) /* then whoever claims it stays */
        right_put(start, decision, NULL, person ? NULL : for_all);
    others_keep(start, decision, partners, &said);
    for (size_t o = 0; o < partners->list.n; o++)
        organisation_take(start, decision, partners->list.items[o], person, &said);
    decision_put(start, decision, &said, for_all);
}

void start_deciders_take(struct start *start) {
    const struct around_list open = open_decisions(start), partners = asked_partners(start);
    for (size_t d = 0; d < open.list.n; d++)
        decision_take(start, open.list.items[d], &partners);
}

/* ---- who tells them ---- */

static bool sits_in(const struct start *start, const struct record *team, const char *person) {
    const struct around_list *seats = start_all(start, "team_member");
    for (size_t i = 0; i < seats->list.n; i++)
        if (start_is(seats->list.items[i], "team", team->id) &&
            start_is(seats->list.items[i], "person", person))
            return true;
    return false;
}

/* Who decides there and sits outside the team: "Chief executive and Finance director"; NULL if
 * nobody does. */
static const char *outside_in(struct start *start, const struct record *team,
                              const struct record *organisation) {
    const struct around_list *people = start_all(start, "person"), open = open_decisions(start),
                             *rights = start_all(start, "decision_right");
    LIST(const char *) names = {0};
    for (size_t p = 0; p < people->list.n; p++) {
        const struct record *person = people->list.items[p];
        bool decides = false;
        if (!start_is(person, "employer", organisation->id) || sits_in(start, team, person->id))
            continue;
        for (size_t r = 0; r < rights->list.n; r++)
            for (size_t d = 0; d < open.list.n; d++)
                decides |= start_is(rights->list.items[r], "person", person->id) &&
                           start_is(rights->list.items[r], "right_held", "decides") &&
                           start_is(rights->list.items[r], "decision", open.list.items[d]->id);
        if (decides)
            list_add(start->arena, &names, record_value(person, "name"));
    }
    return names.n ? text_enumerate(start->arena, names.items, names.n, 4) : NULL;
}

/* The route from the team to the organisation as a whole. */
static const struct record *route_now(const struct start *start, const struct record *team,
                                      const struct record *organisation) {
    const struct around_list *routes = start_all(start, "message_route");
    for (size_t i = 0; i < routes->list.n; i++) {
        const struct record *route = routes->list.items[i];
        if (start_is(route, "from_team", team->id) &&
            start_is(route, "to_organisation", organisation->id) &&
            !record_value(route, "to_tier") && !record_value(route, "to_post") &&
            !record_value(route, "messenger_post") && !record_value(route, "decision"))
            return route;
    }
    return NULL;
}

static const char *told_now(const struct start *start, const struct record *team,
                            const struct record *organisation) {
    const struct record *route = route_now(start, team, organisation);
    const char *state = route ? record_value(route, "state") : NULL;
    return !route                                  ? NULL
           : state && text_equal(state, "none")    ? nobody
           : state && text_equal(state, "unclear") ? disputed
                                                   : record_value(route, "messenger");
}

static const char *told_name(struct start *start, const struct record *organisation) {
    return arena_format(start->arena, "tells:%s", organisation->id);
}

bool start_telling_asks(struct start *start) {
    const struct record *team = start_team(start);
    const struct around_list partners = asked_partners(start);
    for (size_t i = 0; team && i < partners.list.n; i++)
        if (outside_in(start, team, partners.list.items[i]))
            return true;
    return false;
}

void start_telling_ask(struct start *start) {
    const struct record *team = start_team(start);
    const struct around_list partners = asked_partners(start), *people = start_all(start, "person");
    size_t asked = 0;
    for (size_t i = 0; team && i < partners.list.n; i++) {
        const struct record *organisation = partners.list.items[i];
        const char *outside = outside_in(start, team, organisation),
                   *now = told_now(start, team, organisation);
        if (!outside)
            continue;
        if (!asked++)
            start_group_add(start, NULL,
                            "These have the last word and do not sit in the team. Who of the team "
                            "tells them what is asked of them?");
        struct start_field *field = start_field_add(
            start, START_CHOICE, told_name(start, organisation),
            arena_format(start->arena, "%s: %s", record_value(organisation, "name"), outside),
            NULL);
        start_option_add(start, field, "", "Not sure", now ? NULL : "");
        start_option_add(start, field, nobody, "Nobody does", now);
        start_option_add(start, field, disputed, "It is not settled who does", now);
        for (size_t p = 0; p < people->list.n; p++)
            if (sits_in(start, team, people->list.items[p]->id))
                start_option_add(start, field, people->list.items[p]->id,
                                 record_value(people->list.items[p], "name"), now);
        rest_add(start, field, now);
    }
    if (!asked)
        start_group_add(start, NULL,
                        "There is nobody to ask about: everybody who is written down as having the "
                        "last word sits in the team.");
}

static void told_take(struct start *start, const struct record *team,
                      const struct record *organisation) {
    const char *answer = start_answer(start, told_name(start, organisation)),
               *now = told_now(start, team, organisation);
    const struct record *route = route_now(start, team, organisation);
    bool names = answer && *answer != '?';
    if (answer == now || (answer && now && text_equal(answer, now)))
        return;
    if (route)
        start_remove(start, route);
    if (!answer)
        return;
    const char **cells = start_make(start, "message_route");
    start_set(cells, "message_route", "from_team", team->id);
    start_set(cells, "message_route", "to_organisation", organisation->id);
    start_set(cells, "message_route", "messenger", names ? answer : NULL);
    start_set(cells, "message_route", "state",
              names                        ? "works"
              : text_equal(answer, nobody) ? "none"
                                           : "unclear");
}

void start_telling_take(struct start *start) {
    const struct record *team = start_team(start);
    const struct around_list partners = asked_partners(start);
    for (size_t i = 0; team && i < partners.list.n; i++)
        if (outside_in(start, team, partners.list.items[i]))
            told_take(start, team, partners.list.items[i]);
}
