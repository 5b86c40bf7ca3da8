/* What the partners have agreed: the vision, and who agreed to it. */
#include "base/text.h"
#include "start/inside.h"

static const struct record *vision_now(const struct start *start) {
    const struct around_list *all = start_all(start, "agreement");
    for (size_t i = 0; i < all->list.n; i++)
        if (start_is(all->list.items[i], "type", "vision"))
            return all->list.items[i];
    return NULL;
}

static const struct record *party_now(const struct start *start, const struct record *vision,
                                      const struct record *organisation) {
    const struct around_list *all = start_all(start, "agreement_party");
    for (size_t i = 0; vision && i < all->list.n; i++)
        if (start_is(all->list.items[i], "agreement", vision->id) &&
            start_is(all->list.items[i], "organisation", organisation->id))
            return all->list.items[i];
    return NULL;
}

static const char *party_name(struct start *start, const struct record *organisation) {
    return arena_format(start->arena, "agreed:%s", organisation->id);
}

void start_vision_ask(struct start *start) {
    static const char *const states[][2] = {{"agreed", "Agreed"},
                                            {"asked", "Asked, no answer yet"},
                                            {"not asked", "Not asked"},
                                            {"refused", "Refused"},
                                            {"withdrew", "Agreed first, then no longer"}};
    const struct record *vision = vision_now(start);
    const struct around_list partners = start_partners(start);
    const char *written = vision ? record_value(vision, "written") : NULL,
               *centred = vision ? record_value(vision, "people_centred") : NULL;
    struct start_field *field =
        start_field_add(start, START_CHOICE, "written",
                        "Is it written down what they want to bring about together?", NULL);
    start_option_add(start, field, "", "Not sure, or there is nothing", written ? NULL : "");
    start_option_add(start, field, "yes", "Yes, it is written down", written);
    start_option_add(start, field, "no", "They speak of it, but it is not written down", written);
    field = start_field_add(start, START_CHOICE, "centred",
                            "Is it built round the people who use services?", NULL);
    start_option_add(start, field, "", "Not sure", centred ? NULL : "");
    start_choices_add(start, field, "agreement", "people_centred", centred);
    start_group_add(start, "Who has agreed to it?", NULL)->is_wide = true;
    for (size_t i = 0; i < partners.list.n; i++) {
        const struct record *organisation = partners.list.items[i],
                            *party = party_now(start, vision, organisation);
        const char *state = party ? record_value(party, "state") : NULL;
        field = start_field_add(start, START_CHOICE, party_name(start, organisation),
                                record_value(organisation, "name"), NULL);
        start_option_add(start, field, "", "Not sure", state ? NULL : "");
        for (size_t s = 0; s < sizeof states / sizeof *states; s++)
            start_option_add(start, field, states[s][0], states[s][1], state);
    }
    start_group_add(start, NULL, NULL);
    start_field_add(
        start, START_TICK, "all", "This is all that the partners have agreed in writing",
        "There is no other plan, no strategy for the change, no terms of reference; and "
        "no vision, if you say so above. Tick this only if it is so: then what is "
        "missing can be told.")
        ->is_ticked = start_is_complete(start, "agreement");
}

static const char *vision_put(struct start *start, const struct record *vision,
                              const char *written) {
    const char **cells = vision ? start_change(start, vision) : start_make(start, "agreement");
    if (!vision) {
        start_set(cells, "agreement", "key", start_key(start, "agreement", "vision"));
        start_set(cells, "agreement", "title", "Shared vision");
        start_set(cells, "agreement", "type", "vision");
    }
    start_set(cells, "agreement", "written", written);
    start_set(cells, "agreement", "people_centred", start_answer(start, "centred"));
    return cells[0];
}

void start_vision_take(struct start *start) {
    const struct record *vision = vision_now(start);
    const struct around_list partners = start_partners(start);
    const char *written = start_answer(start, "written"), *key = NULL;
    bool is_said = start_answer(start, "centred");
    for (size_t i = 0; i < partners.list.n; i++)
        is_said |= start_answer(start, party_name(start, partners.list.items[i])) != NULL;
    if (is_said && !written && !vision)
        start_fault(start, "written", "Say here whether it is written down; you answer more below");
    if (start->has_fault)
        return;
    if (written || vision)
        key = vision_put(start, vision, written);
    for (size_t i = 0; key && i < partners.list.n; i++) {
        const struct record *party = party_now(start, vision, partners.list.items[i]);
        const char *state = start_answer(start, party_name(start, partners.list.items[i]));
        if (!state && party)
            start_remove(start, party);
        if (!state)
            continue;
        const char **cells =
            party ? start_change(start, party) : start_make(start, "agreement_party");
        start_set(cells, "agreement_party", "agreement", key);
        start_set(cells, "agreement_party", "organisation", partners.list.items[i]->id);
        start_set(cells, "agreement_party", "state", state);
    }
    start_complete(start, "agreement", start_answer(start, "all"), start->today);
}
