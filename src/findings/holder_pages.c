#include "findings/holder_pages.h"
#include "base/text.h"
#include "findings/known_pages.h"
#include "record/standing.h"
#include "web/html.h"
#include "web/route.h"

static const char *value_of(const struct record *record, const char *field) {
    return record ? record_value(record, field) : NULL;
}

static const char *label_of(const struct holding_look *look, const struct record *record) {
    return record_label(&look->around->records, record);
}

static enum err find(const struct holding_look *look, const char *kind, const char *key,
                     struct record **out) {
    struct around_found found = {0};
    enum err err = key ? around_record(look->around, kind_find(kind), key, &found) : OK;
    *out = found.record && reader_sees(look->reader, found.record) ? found.record : NULL;
    return err;
}

static bool is_of(const struct record *record, const char *kind) {
    return text_equal(record->kind->name, kind);
}

/* "left 11 September 2026" */
static const char *standing_of(const struct holding_look *look, const struct record *record) {
    return record_standing(look->request->arena, record, look->request->today);
}

static bool is_there(const struct holding_look *look, const struct record *record) {
    return record && record_in_force(record, look->request->today);
}

static bool is_to_come(const struct holding_look *look, const struct record *record) {
    const char *since = value_of(record, "since");
    struct when when;
    return since && when_parse(since, &when) && strcmp(when.first, look->request->today) > 0;
}

/* Fills the post, and does not only stand in or learn it. */
static bool is_holder(const struct record *hold) {
    const char *manner = value_of(hold, "manner");
    return is_of(hold, "post_holder") && !text_equal(manner, "deputy") &&
           !text_equal(manner, "being prepared");
}

/* ---- forms that know already what to say ---- */

static void query_add(struct text *url, const char *field, const char *value) {
    text_add_format(url, "%c%s=", strchr(url->bytes, '?') ? '&' : '?', field);
    html_url_part_write(url, value);
}

static const char *url_with(const struct holding_look *look, struct text *url) {
    return url_from_finding(look->request->arena, url->bytes, look->finding);
}

/* The form of a record in which these fields (ended by NULL) have the value; "" empties them. */
static const char *url_to_change(const struct holding_look *look, const struct record *record,
                                 const char *const *fields, const char *value) {
    struct text url = text_new(look->request->arena);
    text_add(&url, url_to(look->request->arena, ROUTE_correct, look->request->visitor.programme.key,
                          record->kind->name, record->id));
    for (; *fields; fields++)
        query_add(&url, *fields, value);
    return url_with(look, &url);
}

static const char *url_to_stay(const struct holding_look *look, const struct record *record) {
    static const char *const of_person[] = {"until", "leaving", NULL},
                             *const of_hold[] = {"until", "ended", NULL},
                             *const of_seat[] = {"until", NULL};
    return url_to_change(look, record,
                         is_of(record, "person")        ? of_person
                         : is_of(record, "post_holder") ? of_hold
                                                        : of_seat,
                         "");
}

static const char *url_to_open(const struct holding_look *look, const struct record *post) {
    static const char *const state[] = {"state", NULL};
    return url_to_change(look, post, state, "open");
}

/* What is one's own, tells of its end, or is about another time is not said again. */
static bool is_said_again(const struct field *field) {
    static const char *const never[] = {"since",    "until", "basis", "stated_by",
                                        "document", "page",  "note"};
    return !(field->flags & (PERSONAL | OF_END)) &&
           name_index(never, sizeof never / sizeof *never, field->name) < 0;
}

static const char *url_to_repeat(const struct holding_look *look, const struct record *record) {
    struct text url = text_new(look->request->arena);
    text_add(&url, url_to(look->request->arena, ROUTE_record_new,
                          look->request->visitor.programme.key, record->kind->name));
    for (size_t f = 0; record->kind->fields[f].name; f++)
        if (record->values[f] && is_said_again(&record->kind->fields[f]))
            query_add(&url, record->kind->fields[f].name, record->values[f]);
    return url_with(look, &url);
}

const char *again_url(const struct holding_look *look, const struct record *record) {
    return look->reader->may_correct && !kind_has_key(record->kind) &&
                   kind_has_period(record->kind) && !is_there(look, record)
               ? url_to_repeat(look, record)
               : NULL;
}

static void way_add(const struct holding_look *look, struct way_links *ways, const char *title,
                    const char *url) {
    if (look->reader->may_correct)
        list_add(look->request->arena, &ways->list, (struct way_link){title, url});
}

/* ---- where records disagree ---- */

/* Of the kind, those in which the field is the key. */
static enum err holds_find(const struct holding_look *look, const char *kind, const char *field,
                           const char *key, struct around_list *out) {
    struct around_list all;
    enum err err = around_referring(look->around, kind_find(kind), field, key, &all);
    *out = (struct around_list){0};
    for (size_t i = 0; !err && i < all.list.n; i++)
        if (reader_sees(look->reader, all.list.items[i]))
            list_add(look->request->arena, &out->list, all.list.items[i]);
    return err;
}

/* They hold it still, and the person is written down as having left. */
static void person_note(const struct holding_look *look, const struct record *hold,
                        const struct record *person, struct record_notes *out) {
    struct arena *arena = look->request->arena;
    struct record_note note = {
        .words =
            arena_format(arena,
                         "Under People it is written down that %s %s: so this counts as ended, "
                         "too.",
                         label_of(look, person), standing_of(look, person))};
    way_add(look, &note.ways, "They are there: take that out under People",
            url_to_stay(look, person));
    if (!value_of(hold, "until")) {
        static const char *const until[] = {"until", NULL};
        way_add(look, &note.ways, "They left: write the last day here, too",
                url_to_change(look, hold, until, value_of(person, "until")));
    }
    list_add(arena, &out->list, note);
}

static void vacant_note(const struct holding_look *look, const struct record *hold,
                        const struct record *post, struct record_notes *out) {
    struct arena *arena = look->request->arena;
    struct record_note note = {
        .words = arena_format(arena,
                              "“%s” is still written down as vacant, and somebody is written down "
                              "as holding it: %s. Only one of the two can be right.",
                              label_of(look, post), label_of(look, hold))};
    way_add(look, &note.ways, "It is held: write the post as open", url_to_open(look, post));
    way_add(look, &note.ways, "It is empty: write the last day of whoever held it",
            url_to_change(look, hold, (const char *const[]){NULL}, ""));
    list_add(arena, &out->list, note);
}

/* What disagrees with somebody's hold of a post or a seat. */
static enum err hold_look_at(const struct holding_look *look, const struct record *hold,
                             bool of_person, struct record_notes *out) {
    struct record *person, *post;
    if (!is_there(look, hold) || is_to_come(look, hold))
        return OK;
    enum err err = find(look, "person", value_of(hold, "person"), &person);
    if (!err)
        err = find(look, "post", value_of(hold, "post"), &post);
    if (err || !person)
        return err;
    if (!is_there(look, person)) {
        if (!of_person)
            person_note(look, hold, person, out);
    } else if (post && is_holder(hold) && text_equal(value_of(post, "state"), "vacant")) {
        vacant_note(look, hold, post, out);
    }
    return OK;
}

enum err disagreements_find(const struct holding_look *look, const struct record *record,
                            struct record_notes *out) {
    struct around_list holds = {0};
    enum err err = OK;
    bool is_person = is_of(record, "person");
    *out = (struct record_notes){0};
    if (is_of(record, "post_holder") || is_of(record, "team_member"))
        return hold_look_at(look, record, false, out);
    if (is_person || (is_of(record, "post") && text_equal(value_of(record, "state"), "vacant")))
        err = holds_find(look, "post_holder", record->kind->name, record->id, &holds);
    for (size_t i = 0; !err && i < holds.list.n; i++)
        err = hold_look_at(look, holds.list.items[i], is_person, out);
    return err;
}

/* ---- somebody who came back ---- */

enum err return_ways(const struct holding_look *look, const struct record *person,
                     struct way_links *out) {
    static const char *const kinds_held[] = {"post_holder", "team_member"}, *const until[] = {
                                                                                "until", NULL};
    struct arena *arena = look->request->arena;
    enum err err = OK;
    *out = (struct way_links){0};
    if (!is_of(person, "person") || is_there(look, person) || !look->reader->may_correct)
        return OK;
    for (size_t k = 0; !err && k < sizeof kinds_held / sizeof *kinds_held; k++) {
        struct around_list holds;
        err = holds_find(look, kinds_held[k], "person", person->id, &holds);
        for (size_t i = 0; !err && i < holds.list.n; i++) {
            const struct record *hold = holds.list.items[i];
            const char *label = label_of(look, hold);
            if (!value_of(hold, "until"))
                way_add(look, out, arena_format(arena, "%s: write the last day here first", label),
                        url_to_change(look, hold, until, value_of(person, "until")));
            else if (!is_there(look, hold))
                way_add(look, out,
                        arena_format(arena, "%s: write it once more, from a later day", label),
                        url_to_repeat(look, hold));
        }
    }
    way_add(look, out, "Last of all: take the last day out here", url_to_stay(look, person));
    return err;
}

/* ---- findings ---- */

/* Tells of the hold, the person and the post among the records of the finding in one place. */
static void told_mark(const struct shown_finding *finding, const struct record *record,
                      bool *is_told) {
    for (size_t i = 0; record && i < finding->records.n; i++)
        is_told[i] |= text_equal(finding->records.items[i].kind, record->kind->name) &&
                      text_equal(finding->records.items[i].key, record->id);
}

static enum err left_add(const struct holding_look *look, const struct shown_finding *finding,
                         const struct record *hold, bool *is_told, struct record_notes *out) {
    struct arena *arena = look->request->arena;
    struct record *person, *post;
    enum err err = find(look, "person", value_of(hold, "person"), &person);
    if (!err)
        err = find(look, "post", value_of(hold, "post"), &post);
    if (err || !person || !post || (is_there(look, hold) && is_there(look, person)))
        return err;
    struct record_note note = {
        .words = arena_format(
            arena,
            "Is it wrong that %s %s, and holds “%s” no more? Begin here: what is saved "
            "leads on to what else has to change.",
            label_of(look, person), standing_of(look, is_there(look, hold) ? person : hold),
            label_of(look, post))};
    struct text add = text_new(arena);
    text_add(&add, url_to(arena, ROUTE_record_new, look->request->visitor.programme.key,
                          hold->kind->name));
    query_add(&add, "post", post->id);
    way_add(look, &note.ways, "They never left",
            url_to_stay(look, is_there(look, hold) ? person : hold));
    way_add(look, &note.ways, "They have come back",
            is_there(look, person)
                ? url_to_repeat(look, hold)
                : arena_format(arena, "%s#back",
                               url_from_finding(arena,
                                                record_url(look->request, person->kind, person->id),
                                                look->finding)));
    way_add(look, &note.ways, "Somebody else holds it now", url_with(look, &add));
    told_mark(finding, hold, is_told);
    told_mark(finding, person, is_told);
    told_mark(finding, post, is_told);
    list_add(arena, &out->list, note);
    return OK;
}

enum err left_find(const struct holding_look *look, const struct shown_finding *finding,
                   bool *is_told, struct record_notes *out) {
    enum { MOST = 3 }; /* a finding about many is put right in its records */
    enum err err = OK;
    *out = (struct record_notes){0};
    if (!look->reader->may_correct)
        return OK;
    for (size_t i = 0; !err && i < finding->records.n && out->list.n < MOST; i++) {
        const struct shown_record *fact = &finding->records.items[i];
        struct record *hold = NULL;
        if (text_equal(fact->kind, "post_holder"))
            err = find(look, fact->kind, fact->key, &hold);
        if (!err && hold && is_holder(hold))
            err = left_add(look, finding, hold, is_told, out);
    }
    return err;
}
