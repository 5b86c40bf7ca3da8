/* The team that leads the change: what for, who sits in it, who chairs, when it meets. */
#include "base/date.h"
#include "base/text.h"
#include "start/inside.h"
#include <stdlib.h>

static const char seat_prefix[] = "sits-";

/* Answers that are nobody's key: a "?" stands in none. */
static const char nobody[] = "?nobody", unclear[] = "?unclear", rotates[] = "?rotates";

static const struct record *seat_of(const struct start *start, const struct record *team,
                                    const char *person) {
    const struct around_list *seats = start_all(start, "team_member");
    for (size_t i = 0; team && i < seats->list.n; i++)
        if (start_is(seats->list.items[i], "team", team->id) &&
            start_is(seats->list.items[i], "person", person))
            return seats->list.items[i];
    return NULL;
}

static const char *seat_name(struct start *start, const struct record *person) {
    return arena_format(start->arena, "%s%s", seat_prefix, person->id);
}

/* ---- what is written down ---- */

/* The first who chairs; NULL if nobody does. */
static const char *chair_now(struct start *start, const struct record *team) {
    const struct around_list *people = start_all(start, "person");
    const char *chairing = team ? record_value(team, "chairing") : NULL;
    for (size_t i = 0; i < people->list.n; i++) {
        const struct record *seat = seat_of(start, team, people->list.items[i]->id);
        if (seat && start_is(seat, "role", "chair"))
            return people->list.items[i]->id;
    }
    return !chairing                                      ? NULL
           : text_equal(chairing, "unclear")              ? unclear
           : text_equal(chairing, "rotates by agreement") ? rotates
                                                          : NULL;
}

static bool speaks_as_user(const struct record *seat) {
    return start_is(seat, "capacity", "lived experience") || start_is(seat, "capacity", "carer");
}

/* Who sits there as somebody who uses services; where nobody does, whoever may be put forward. */
static const char *user_now(struct start *start, const struct record *team) {
    const struct around_list *people = start_all(start, "person");
    const char *put_forward = NULL;
    for (size_t i = people->list.n; i-- > 0;) {
        const struct record *person = people->list.items[i];
        const struct record *seat = seat_of(start, team, person->id);
        if (seat && speaks_as_user(seat))
            return person->id;
        if (!seat && start_is(person, "profession", "none"))
            put_forward = person->id;
    }
    return team && start_is_complete(start, "team_member") ? nobody : put_forward;
}

static const char *votes_now(struct start *start, const struct record *team) {
    const struct around_list *seats = start_all(start, "team_member");
    size_t n = 0, yes = 0, no = 0;
    for (size_t i = 0; team && i < seats->list.n; i++)
        if (start_is(seats->list.items[i], "team", team->id)) {
            n++;
            yes += start_is(seats->list.items[i], "vote", "yes");
            no += start_is(seats->list.items[i], "vote", "no");
        }
    return n && yes == n ? "all" : n && no == n ? "none" : yes || no ? "some" : NULL;
}

/* The last meeting that has a day of its own. */
static const struct record *last_meeting(const struct start *start, const struct record *team) {
    const struct around_list *meetings = start_all(start, "meeting");
    const struct record *last = NULL;
    for (size_t i = 0; team && i < meetings->list.n; i++) {
        const struct record *meeting = meetings->list.items[i];
        const char *day = record_value(meeting, "held_on");
        const char *state = record_value(meeting, "state");
        if (start_is(meeting, "team", team->id) && day_valid(day) &&
            strcmp(day, start->today) <= 0 && (!state || text_equal(state, "held")) &&
            (!last || strcmp(day, record_value(last, "held_on")) > 0))
            last = meeting;
    }
    return last;
}

/* ---- the form ---- */

static void members_ask(struct start *start, const struct record *team) {
    const struct around_list *people = start_all(start, "person");
    start_group_add(start, "Who sits in it?",
                    people->list.n == 0 ? "Nobody is written down yet." : NULL);
    start_field_add(start, START_TICK, "everybody", "Everybody", NULL);
    for (size_t i = 0; i < people->list.n; i++) {
        const struct record *person = people->list.items[i];
        const struct record *home =
            start_record(start, "organisation", record_value(person, "employer"));
        const char *name = record_value(person, "name");
        start_field_add(
            start, START_TICK, seat_name(start, person),
            home ? arena_format(start->arena, "%s (%s)", name, record_value(home, "name")) : name,
            NULL)
            ->is_ticked = seat_of(start, team, person->id);
    }
}

static void roles_ask(struct start *start, const struct record *team) {
    const char *chair = chair_now(start, team), *user = user_now(start, team),
               *votes = votes_now(start, team);
    start_group_add(start, NULL, NULL);
    struct start_field *field =
        start_field_add(start, START_CHOICE, "chair", "Who chairs it?", NULL);
    start_option_add(start, field, "", "Not sure", chair ? NULL : "");
    start_option_add(start, field, unclear, "Nobody, or it is not settled", chair);
    start_option_add(start, field, rotates, "They take turns, as they agreed", chair);
    start_people_add(start, field, "", NULL, chair);
    field = start_field_add(start, START_CHOICE, "user",
                            "Who sits there as somebody who uses services, or as a carer?", NULL);
    start_option_add(start, field, "", "Not sure", user ? NULL : "");
    start_option_add(start, field, nobody, "Nobody", user);
    start_people_add(start, field, "", NULL, user);
    field = start_field_add(start, START_CHOICE, "votes", "Who has a vote?", NULL);
    start_option_add(start, field, "", "Not sure", votes ? NULL : "");
    start_option_add(start, field, "all", "Everybody who sits in it", votes);
    start_option_add(start, field, "none", "Nobody: it does not vote", votes);
    start_option_add(start, field, "some", "Some: I write it down under Records later", votes);
}

static void rhythm_ask(struct start *start, const struct record *team) {
    static const struct {
        const char *days, *words;
    } rhythms[] = {{"7", "Every week"},   {"14", "Every two weeks"},  {"28", "Every four weeks"},
                   {"30", "Every month"}, {"60", "Every two months"}, {"91", "Every three months"}};
    const struct record *last = last_meeting(start, team);
    const char *now = team ? record_value(team, "meets_every") : NULL;
    bool is_known = !now;
    struct start_field *field =
        start_field_add(start, START_CHOICE, "rhythm", "How often does it mean to meet?", NULL);
    start_option_add(start, field, "", "Not sure, or no fixed rhythm", now ? NULL : "");
    for (size_t i = 0; i < sizeof rhythms / sizeof *rhythms; i++) {
        start_option_add(start, field, rhythms[i].days, rhythms[i].words, now);
        is_known |= now && text_equal(now, rhythms[i].days);
    }
    if (!is_known)
        start_option_add(start, field, now, arena_format(start->arena, "Every %s days", now), now);
    field = start_field_add(start, START_TEXT, "met", "When did it last meet?",
                            "For example 27 March 2027. Leave it open if you are not sure.");
    if (last)
        field->value = day_long(start->arena, record_value(last, "held_on"));
    start_field_add(start, START_TICK, "met-last", "It has not met again since that day",
                    "Tick this only if you know it. Then a lapse can be told from a gap in what "
                    "is written down.")
        ->is_ticked = start_is_complete(start, "meeting");
}

void start_team_ask(struct start *start) {
    const struct record *team = start_team(start);
    const char *powers = team ? record_value(team, "powers") : NULL;
    start_field_add(start, START_TEXT, "name", "What is it called?", NULL)->value =
        team ? record_value(team, "name")
             : arena_format(start->arena, "%s team", start->programme->name);
    start_field_add(start, START_TEXT, "remit", "What is it there to do?",
                    "One line, as somebody wrote it down. Leave it open if nobody has.")
        ->value = team ? record_value(team, "remit") : NULL;
    struct start_field *field =
        start_field_add(start, START_CHOICE, "powers", "What may it decide?", NULL);
    start_option_add(start, field, "", "Not sure", powers ? NULL : "");
    start_choices_add(start, field, "team", "powers", powers);
    members_ask(start, team);
    roles_ask(start, team);
    rhythm_ask(start, team);
    start_field_add(start, START_TICK, "all",
                    "These are all who sit in it, and no other team leads the change",
                    "Tick this only if it is so. Then a sector or a voice that has no seat can be "
                    "told.")
        ->is_ticked = start_is_complete(start, "team_member");
}

/* ---- what was filled in ---- */

static const char *team_take(struct start *start, const struct record *team) {
    const char *name = start_answer(start, "name"), *chair = start_answer(start, "chair");
    const char *key = team ? team->id : start_key(start, "team", name);
    const char **cells = team ? start_change(start, team) : start_make(start, "team");
    const char *chairing = team ? record_value(team, "chairing") : NULL;
    if (chair)
        chairing = text_equal(chair, unclear)   ? "unclear"
                   : text_equal(chair, rotates) ? "rotates by agreement"
                                                : "settled";
    else if (chairing && !text_equal(chairing, "settled"))
        chairing = NULL;
    start_set(cells, "team", "key", key);
    start_set(cells, "team", "name", name);
    if (!team)
        start_set(cells, "team", "type", "transformation team");
    start_set(cells, "team", "remit", start_answer(start, "remit"));
    start_set(cells, "team", "powers", start_answer(start, "powers"));
    start_set(cells, "team", "meets_every", start_answer(start, "rhythm"));
    start_set(cells, "team", "chairing", chairing);
    return key;
}

static const char *capacity_of(struct start *start, const struct record *person) {
    const char *words =
        arena_format(start->arena, "%s %s", record_value(person, "name"),
                     record_value(person, "note") ? record_value(person, "note") : "");
    return strstr(text_fold(start->arena, words), "carer") ? "carer" : "lived experience";
}

static void seat_fill(struct start *start, const char **cells, const struct record *person,
                      const struct record *seat) {
    const char *chair = start_answer(start, "chair"), *user = start_answer(start, "user"),
               *votes = start_answer(start, "votes");
    bool is_chair = chair && text_equal(chair, person->id),
         is_user = user && text_equal(user, person->id);
    if (is_chair)
        start_set(cells, "team_member", "role", "chair");
    else if (seat && start_is(seat, "role", "chair"))
        start_set(cells, "team_member", "role", NULL);
    if (is_user && !(seat && speaks_as_user(seat)))
        start_set(cells, "team_member", "capacity", capacity_of(start, person));
    else if (user && text_equal(user, nobody) && seat && speaks_as_user(seat))
        start_set(cells, "team_member", "capacity", NULL);
    if (votes && !text_equal(votes, "some"))
        start_set(cells, "team_member", "vote", text_equal(votes, "all") ? "yes" : "no");
}

static void members_take(struct start *start, const struct record *team, const char *key) {
    const struct around_list *people = start_all(start, "person");
    const char *chair = start_answer(start, "chair");
    bool everybody = start_answer(start, "everybody");
    for (size_t i = 0; i < people->list.n; i++) {
        const struct record *person = people->list.items[i];
        const struct record *seat = seat_of(start, team, person->id);
        bool sits = everybody || start_answer(start, seat_name(start, person)) ||
                    (chair && text_equal(chair, person->id));
        if (sits) {
            const char **cells =
                seat ? start_change(start, seat) : start_make(start, "team_member");
            start_set(cells, "team_member", "team", key);
            start_set(cells, "team_member", "person", person->id);
            seat_fill(start, cells, person, seat);
        } else if (seat)
            start_remove(start, seat);
    }
}

/* A later day is another meeting; an earlier one corrects what was written down. */
static void meeting_take(struct start *start, const struct record *team, const char *key) {
    const char *met = start_answer(start, "met");
    const char *day = met ? day_from_text(start->arena, met) : NULL;
    const struct record *last = last_meeting(start, team);
    const char *before = last ? record_value(last, "held_on") : NULL;
    const char **cells;
    if (met && (!day || strcmp(day, start->today) > 0)) {
        start_fault(start, "met",
                    day ? "This day is still to come. Write when it last met"
                        : "Write a day, such as 27 March 2027, or leave it open");
        return;
    }
    if (!met && start_answer(start, "met-last"))
        start_fault(start, "met", "Write the day, or do not tick that it has not met since");
    start_complete(start, "meeting", start_answer(start, "met-last"), day);
    if (!day || (before && text_equal(before, day)))
        return;
    if (before && strcmp(day, before) < 0)
        cells = start_change(start, last);
    else {
        cells = start_make(start, "meeting");
        start_set(cells, "meeting", "key",
                  start_key(start, "meeting", arena_format(start->arena, "%s-%s", key, day)));
        start_set(cells, "meeting", "team", key);
    }
    start_set(cells, "meeting", "held_on", day);
}

/* Whoever is put forward as somebody who uses services, and does not sit there after all, is left
 * out in silence; whoever was chosen, or belongs to all who sit there, is not. */
static void user_check(struct start *start, const struct record *team) {
    const char *user = start_answer(start, "user"), *chair = start_answer(start, "chair");
    bool all = start_answer(start, "all");
    if (all && !user)
        start_fault(start, "user",
                    "You said below that these are all who sit there: say who of them uses "
                    "services, or “Nobody”. Or do not tick that box");
    if (!user || *user == '?' || start_answer(start, "everybody") ||
        (chair && text_equal(chair, user)) ||
        start_answer(start, arena_format(start->arena, "%s%s", seat_prefix, user)))
        return;
    const char *put_forward = user_now(start, team);
    if (all || !put_forward || !text_equal(user, put_forward))
        start_fault(start, "user",
                    "Whoever you chose is not ticked above. Tick that they sit in the team, or "
                    "choose “Nobody”");
}

void start_team_take(struct start *start) {
    const struct record *team = start_team(start);
    if (!start_answer(start, "name"))
        start_fault(start, "name", "Write what the team is called");
    user_check(start, team);
    if (start->has_fault)
        return;
    const char *key = team_take(start, team);
    members_take(start, team, key);
    meeting_take(start, team, key);
    start_complete(start, "team_member", start_answer(start, "all"), start->today);
}
