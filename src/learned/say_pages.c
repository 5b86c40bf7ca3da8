/* Agreeing to what somebody else wrote, seeing it otherwise, withdrawing it, looking at it again.
 */
#include "base/date.h"
#include "base/text.h"
#include "learned/one_pages.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler learned_say_do;

/* A way in which something can stand, and what must be so. */
static const struct saying {
    const char *name, *what;
    enum learned_state state; /* LEARNED_STATES: as it stands */
    const char *needs_words;  /* asks for them; NULL: they may be left out */
} sayings[] = {
    {"agreed", "agreed to", LEARNED_AGREED, NULL},
    {"disputed", "disputed", LEARNED_DISPUTED,
     "Say what you saw: that is what a reader learns from."},
    {"withdrawn", "withdrawn", LEARNED_WITHDRAWN,
     "Say why, so that nobody takes it up again by mistake."},
    {"draft", "taken up again", LEARNED_DRAFT, NULL},
    {"reviewed", "looked at again", LEARNED_STATES,
     "Say what you saw since, for it or against it."},
};

static const struct saying *saying_find(const char *name) {
    for (size_t i = 0; name && i < sizeof sayings / sizeof *sayings; i++)
        if (text_equal(sayings[i].name, name))
            return &sayings[i];
    return NULL;
}

static bool may_say(const struct request *request, const struct learned_list *versions,
                    const struct saying *saying) {
    const struct learned *now = &versions->list.items[0];
    const bool is_check = saying->state == LEARNED_DISPUTED || saying->state == LEARNED_AGREED;
    if (saying->state == LEARNED_DRAFT)
        return now->state == LEARNED_WITHDRAWN;
    if (now->state == LEARNED_WITHDRAWN)
        return false;
    return !is_check ||
           (!now->origin && learned_written(versions)->account != request->visitor.account &&
            !learned_gaps(request->arena, now).list.n);
}

/* Until they say another day. */
static void review_put_off(const struct request *request, struct learned *learned) {
    enum { QUARTER = 91 };
    char *day = arena_alloc(request->arena, DAY_SIZE);
    int field = learned_field_index(learned->kind, "review");
    day_add(request->today, QUARTER, day);
    if (field >= 0)
        learned->values[field] = day;
}

static enum err said_save(struct request *request, struct response *response,
                          const struct learned_list *versions, const struct saying *saying) {
    struct arena *arena = request->arena;
    struct learned next = versions->list.items[0];
    const char *base = request_filled(request, "base");
    enum learned_outcome outcome;
    int64_t id;
    if (saying->state == LEARNED_STATES)
        review_put_off(request, &next);
    else
        next.state = saying->state;
    next.what = saying->what;
    next.number = base ? strtoll(base, NULL, 10) : 0;
    next.author = request->visitor.name;
    next.account = request->visitor.account;
    next.why = text_typed(arena, request_field(request, "words"));
    enum err err = learned_save(request->db, arena, &request->visitor.programme, &next,
                                request_filled(request, "token"), &outcome, &id);
    if (err)
        return err;
    if (outcome == LEARNED_CONFLICT)
        return learned_one_put(
            request, response, versions,
            "Somebody else has just changed it. Read it again before you say so.");
    response_see_other(
        response, arena_format(arena, "%s?said=%s", learned_one_url(request, id), saying->name));
    return programme_touch(request->db, request->visitor.programme.id);
}

enum err learned_say_do(struct request *request, struct response *response) {
    const struct saying *saying = saying_find(request_field(request, "state"));
    const char *words = text_typed(request->arena, request_field(request, "words"));
    struct learned_list versions = {0};
    enum err err = programme_lock(request->db, request->arena, &request->visitor.programme);
    if (!err)
        err = learned_of_address(request, &versions);
    if (err || !versions.list.n) {
        learned_gone(request, response);
        return err;
    }
    if (!saying || !may_say(request, &versions, saying)) {
        response_see_other(response, learned_one_url(request, versions.list.items[0].id));
        return OK;
    }
    if (saying->needs_words && !words)
        return learned_one_put(request, response, &versions, saying->needs_words);
    if (words && strlen(words) > LEARNED_TEXT_MOST)
        return learned_one_put(request, response, &versions, "Say it shorter.");
    return said_save(request, response, &versions, saying);
}
