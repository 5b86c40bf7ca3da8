#include "decisions/decisions.h"
#include "base/text.h"
#include "diagnosis/listing.h"
#include "diagnosis/render.h"
#include "diagnosis/speak.h"
#include <stdlib.h>

const char *const link_names[] = {"works", "cannot be told yet", "broken"};

/* Which next step a decision needs, the most urgent first. */
enum urgency {
    DECIDER_LACKS,
    DECIDERS_CLASH,
    NOBODY_TELLS,
    MESSENGER_LACKS,
    UNWRITTEN,
    LATE,
    FINE
};

/* A decision while it is read. */
struct draft {
    struct decision *decision;
    enum urgency urgency; /* of its next step */
};

struct finding_list {
    LIST(const struct finding *) list;
};

struct reading {
    struct arena *arena;
    struct workbench *workbench;
    const struct records *records;
    struct listings listings;
    struct rules rules; /* A1 to A5 */
    struct diagnosis diagnosis;
    struct index speaking; /* struct finding_list, by rule and record */
    LIST(struct draft *) drafts;
    struct index drafts_by_key;
    struct index ways; /* struct way_list, by the id of who is asked */
};

struct way_list {
    LIST(struct decision_way) list;
    LIST(const char *) next; /* by way: what to write down where it cannot be told, or NULL */
};

/* ---- what the rules say ---- */

/* The only rules that the program knows by their names. */
static const char *const rules_wanted[] = {"A1", "A2", "A3", "A4", "A5"};

static struct rule *rule_wanted(const struct rules *all, const char *id) {
    for (size_t i = 0; i < all->list.n; i++)
        if (text_equal(all->list.items[i]->id, id))
            return all->list.items[i];
    fprintf(stderr, "ithaca: the paths of decisions need the rule %s, and it is not built in.\n",
            id);
    abort();
}

static enum err rules_read(struct reading *reading, const struct content *content,
                           const struct diagnosis_options *options, struct problems *problems) {
    struct rules all;
    enum err err = rules_load(reading->arena, content, NULL, &all, problems);
    for (size_t i = 0; i < sizeof rules_wanted / sizeof *rules_wanted && !err; i++)
        list_add(reading->arena, &reading->rules.list, rule_wanted(&all, rules_wanted[i]));
    return err ? err
               : diagnosis_make(reading->workbench, reading->arena, reading->records, content,
                                &reading->rules, options, &reading->diagnosis, problems);
}

/* "A4 message_route board/council" */
static const char *speaking_name(struct arena *arena, const char *id, const struct record *record) {
    return arena_format(arena, "%s %s %s", id, record->kind->name, record->id);
}

/* Notes each finding by its rule and every record that it rests on. */
static void findings_index(struct reading *reading) {
    for (size_t i = 0; i < reading->diagnosis.findings.n; i++) {
        const struct finding *finding = reading->diagnosis.findings.items[i];
        for (size_t r = 0; r < finding->records.list.n; r++) {
            const char *name =
                speaking_name(reading->arena, finding->rule->id, finding->records.list.items[r]);
            struct finding_list *speaking = index_find(&reading->speaking, name);
            if (!speaking) {
                speaking = arena_alloc(reading->arena, sizeof *speaking);
                index_add(reading->arena, &reading->speaking, name, speaking);
            }
            list_add(reading->arena, &speaking->list, finding);
        }
    }
}

/* The rule's findings that rest on the record. */
static struct finding_list findings_on(const struct reading *reading, const char *id,
                                       const struct record *record) {
    const struct finding_list *found =
        record ? index_find(&reading->speaking, speaking_name(reading->arena, id, record)) : NULL;
    return found ? *found : (struct finding_list){0};
}

static bool finding_names(const struct finding *finding, const struct record *record) {
    for (size_t i = 0; i < finding->records.list.n; i++)
        if (finding->records.list.items[i] == record)
            return true;
    return false;
}

/* The rule's id if one of its findings rests on both records (`other` may be NULL), else NULL. */
static const char *rule_speaks(const struct reading *reading, const char *id,
                               const struct record *record, const struct record *other) {
    struct finding_list found = findings_on(reading, id, record);
    for (size_t i = 0; i < found.list.n; i++)
        if (!other || finding_names(found.list.items[i], other))
            return id;
    return NULL;
}

static const char *rule_next(const struct reading *reading, const char *id) {
    return rule_next_step(reading->arena, rules_find(&reading->rules, id));
}

/* ---- reading the listings ---- */

/* Reads each row of a listing with `row_read`. */
static void listing_read(struct reading *reading, const char *name,
                         void (*row_read)(struct reading *reading, const struct listed *listed)) {
    struct listed_rows rows = {0};
    for (size_t i = 0; i < reading->listings.list.n; i++)
        if (text_equal(reading->listings.list.items[i]->name, name))
            listing_run(reading->listings.list.items[i], reading->workbench, reading->arena,
                        reading->records, NULL, &rows);
    for (size_t i = 0; i < rows.list.n; i++)
        row_read(reading, &rows.list.items[i]);
}

/* The names of the record or records in a column; NULL if it is empty. */
static const char *column_say(const struct reading *reading, const struct row *row,
                              const char *column) {
    return row_value(row, column) ? speak_row(reading->arena, reading->records,
                                              arena_format(reading->arena, "{{%s}}", column), row)
                                  : NULL;
}

static const struct record *column_record(const struct reading *reading, const struct row *row,
                                          const char *column, const char *kind) {
    const char *key = row_value(row, column);
    return key ? records_find(reading->records, kind_find(kind), key) : NULL;
}

/* The names of the records whose keys are in a column, with spaces between. */
static struct names labels_read(const struct reading *reading, const struct row *row,
                                const char *column, const char *kind) {
    const char *keys = row_value(row, column);
    struct names names = {0};
    for (char *key; (key = text_next_piece(reading->arena, &keys, ' '));) {
        const struct record *record = records_find(reading->records, kind_find(kind), key);
        list_add(reading->arena, &names.list,
                 record ? record_label(reading->records, record) : key);
    }
    return names;
}

static enum link link_read(const struct row *row) {
    const char *link = row_value(row, "link");
    return text_equal(link, "works")    ? LINK_WORKS
           : text_equal(link, "broken") ? LINK_BROKEN
                                        : LINK_UNSAID;
}

/* Who carries the messages, did, or should; NULL for a seat and where nobody is named. */
static const char *messenger_say(const struct reading *reading, const struct row *row) {
    const char *word = row_value(row, "word");
    if (text_equal(word, "seat"))
        return NULL;
    const char *told = column_say(reading, row, "person_list");
    const char *person = column_say(reading, row, "person__messenger");
    return told ? told : person ? person : column_say(reading, row, "post__messenger");
}

static void way_read(struct reading *reading, const struct listed *listed) {
    const struct row *row = &listed->row;
    const char *asked = row_value(row, "asked"), *word = row_value(row, "word");
    const struct record *route = column_record(reading, row, "message_route", "message_route");
    struct way_list *ways = index_find(&reading->ways, asked);
    if (!ways) {
        ways = arena_alloc(reading->arena, sizeof *ways);
        index_add(reading->arena, &reading->ways, asked, ways);
    }
    struct decision_way way = {
        .link = link_read(row),
        .team_key = row_value(row, "team"),
        .team = column_say(reading, row, "team"),
        .words = listed->sentence,
        .messenger = messenger_say(reading, row),
        .is_seat = text_equal(word, "seat"),
        .lost = text_equal(word, "left")     ? "has left"
                : text_equal(word, "vacant") ? "vacant"
                                             : NULL,
        .every = row_value(row, "every"),
    };
    if (way.lost && route)
        way.rule = rule_speaks(reading, "A4", route, NULL);
    list_add(reading->arena, &ways->list, way);
    list_add(reading->arena, &ways->next, row_value(row, "next"));
}

static void link_note(struct draft *draft, enum link link) {
    if (link > draft->decision->worst)
        draft->decision->worst = link;
}

static void advise(struct draft *draft, enum urgency urgency, const char *next) {
    if (urgency < draft->urgency) {
        draft->urgency = urgency;
        draft->decision->next = next;
    }
}

/* ---- one right ---- */

static void holder_read(const struct reading *reading, const struct row *row,
                        struct decision_holding *holding) {
    static const char *const columns[] = {"post", "person", "team", "organisation__body"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns && !holding->who; i++) {
        const char *key = row_value(row, columns[i]);
        holding->who_key = key ? arena_format(reading->arena, "%s %s", columns[i], key) : NULL;
        holding->who = column_say(reading, row, columns[i]);
    }
    holding->organisation = column_say(reading, row, "organisation");
    holding->holders = column_say(reading, row, "person_list__holder");
}

/* What there is to say of holders before any message is sent. */
static const struct holder_state {
    const char *state, *lost, *words, *next;
    enum link link;
} holder_states[] = {
    {"vacant", "vacant", "nobody holds this post now",
     "Ask who has taken this over, and write the name on the sheet Post holders.", LINK_BROKEN},
    {"left", "has left", "has left",
     "Ask who has taken this over, and write the post on the sheet Decision rights.", LINK_BROKEN},
    {"ended", "is no longer there", "is no longer there",
     "Ask who has taken this over, and write it on the sheet Decision rights.", LINK_BROKEN},
    {"standing in", NULL, "the post is empty, and somebody stands in",
     "Ask whether whoever stands in may say yes. If so, write the post as open on the sheet Posts.",
     LINK_UNSAID},
    {"leads", NULL, "leads the change itself and needs no messenger", NULL, LINK_WORKS},
};

/* NULL if it all depends on the ways. */
static const struct holder_state *holder_judge(struct decision_holding *holding,
                                               const char *state) {
    for (size_t i = 0; i < sizeof holder_states / sizeof *holder_states; i++)
        if (text_equal(state, holder_states[i].state)) {
            holding->state_words = holder_states[i].words;
            holding->link = holder_states[i].link;
            holding->lost = holder_states[i].lost;
            holding->is_leading = text_equal(state, "leads");
            return &holder_states[i];
        }
    return NULL;
}

static const struct record *holder_record(const struct reading *reading, const struct row *row) {
    static const char *const columns[][2] = {{"post", "post"},
                                             {"person", "person"},
                                             {"team", "team"},
                                             {"organisation__body", "organisation"}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (row_value(row, columns[i][0]))
            return column_record(reading, row, columns[i][0], columns[i][1]);
    return NULL;
}

/* Gives what to write down where it cannot be told, or NULL. */
static const char *ways_judge(const struct reading *reading, const struct row *row,
                              struct decision_holding *holding) {
    const struct way_list *ways = index_find(&reading->ways, row_value(row, "asked"));
    /* About which of several decisions, the rule does not always say. */
    const char *untold = rule_speaks(reading, "A3", holder_record(reading, row), NULL);
    if (!ways) {
        holding->state_words = "no message route is written down";
        holding->link = untold ? LINK_BROKEN : LINK_UNSAID;
        holding->rule = untold;
        return NULL;
    }
    for (size_t i = 0; i < ways->list.n; i++) {
        struct decision_way way = ways->list.items[i];
        if (way.link == LINK_BROKEN && !way.lost)
            way.rule = untold;
        list_add(reading->arena, &holding->ways, way);
    }
    holding->link = holding->ways.items[0].link;
    holding->rule = holding->ways.items[0].rule;
    return ways->next.items[0];
}

/* A right to decide or to agree: do the team's messages reach its holder? */
static void asked_judge(const struct reading *reading, const struct row *row,
                        struct decision_holding *holding, struct draft *draft) {
    const struct holder_state *state = holder_judge(holding, row_value(row, "state"));
    if (state) {
        if (holding->lost && text_equal(holding->right, "decides"))
            holding->rule =
                rule_speaks(reading, "A1", draft->decision->record, holder_record(reading, row));
        if (state->next)
            advise(draft, holding->lost ? DECIDER_LACKS : UNWRITTEN,
                   holding->rule ? rule_next(reading, "A1") : state->next);
        return;
    }
    const char *write = ways_judge(reading, row, holding);
    bool unmanned = holding->ways.n && holding->ways.items[0].lost;
    if (write)
        advise(draft, UNWRITTEN, write);
    else if (unmanned)
        advise(draft, MESSENGER_LACKS, rule_next(reading, "A4"));
    else if (holding->link != LINK_WORKS)
        advise(draft, holding->link == LINK_BROKEN ? NOBODY_TELLS : UNWRITTEN,
               rule_next(reading, "A3"));
}

static void right_read(struct reading *reading, const struct listed *listed) {
    const struct row *row = &listed->row;
    struct draft *draft = index_find(&reading->drafts_by_key, row_value(row, "decision"));
    if (!draft)
        return; /* of a decision that had not been raised by the day */
    struct decision_holding holding = {
        .record = column_record(reading, row, "decision_right", "decision_right"),
        .right = row_value(row, "right_held"),
        .words = listed->sentence,
        .up_to = row_value(row, "sum"),
    };
    holder_read(reading, row, &holding);
    holding.is_asked = draft->decision->is_open && (text_equal(holding.right, "decides") ||
                                                    text_equal(holding.right, "must agree"));
    if (holding.is_asked)
        asked_judge(reading, row, &holding, draft);
    link_note(draft, holding.link);
    list_add(reading->arena, &draft->decision->rights, holding);
}

/* ---- all of it ---- */

static struct decision_outcome outcome_read(const struct reading *reading, const struct row *row) {
    const char *team = column_say(reading, row, "team__by");
    return (struct decision_outcome){
        .is_taken = row_value(row, "taken"),
        .is_carried_out = row_value(row, "is_carried_out"),
        .day = row_value(row, "when"),
        .carried_out = row_value(row, "carried_out"),
        .by = team ? team : column_say(reading, row, "post__by"),
        .over = column_say(reading, row, "post__over"),
        .over_day = row_value(row, "over_day"),
        .reasons = row_value(row, "reasons"),
        .instead = labels_read(reading, row, "decision_list__instead", "decision"),
    };
}

static void decision_read(struct reading *reading, const struct listed *listed) {
    const struct row *row = &listed->row;
    struct decision *decision = arena_alloc(reading->arena, sizeof *decision);
    struct draft *draft = arena_alloc(reading->arena, sizeof *draft);
    *decision = (struct decision){
        .record = column_record(reading, row, "decision", "decision"),
        .title = column_say(reading, row, "decision"),
        .state = row_value(row, "state"),
        .about = listed->sentence,
        .is_open = row_value(row, "open") != NULL,
        .team_key = row_value(row, "team"),
        .team = column_say(reading, row, "team"),
        .concerns = labels_read(reading, row, "organisation_list", "organisation"),
        .outcome = outcome_read(reading, row),
    };
    *draft = (struct draft){decision, FINE};
    index_add(reading->arena, &reading->drafts_by_key, row_value(row, "decision"), draft);
    list_add(reading->arena, &reading->drafts, draft);
}

static void gap_read(struct reading *reading, const struct listed *listed) {
    const struct row *row = &listed->row;
    struct draft *draft = index_find(&reading->drafts_by_key, row_value(row, "decision"));
    struct decision *decision = draft->decision;
    decision->gap_words = listed->sentence;
    decision->gap_organisations = labels_read(reading, row, "organisation_list", "organisation");
    decision->gap_rule = rule_speaks(reading, "A1", decision->record, NULL);
    decision->gap_link =
        decision->gap_rule || row_value(row, "unsettled") ? LINK_BROKEN : LINK_UNSAID;
    link_note(draft, decision->gap_link);
    const char *write = row_value(row, "next");
    advise(draft, write ? UNWRITTEN : DECIDER_LACKS, write ? write : rule_next(reading, "A1"));
}

/* What the rules find about the decision as a whole: two deciders, or that it is late. */
static void findings_read(const struct reading *reading, struct draft *draft) {
    struct decision *decision = draft->decision;
    struct finding_list clashes = findings_on(reading, "A2", decision->record);
    struct finding_list late = findings_on(reading, "A5", decision->record);
    for (size_t i = 0; i < clashes.list.n; i++) {
        const struct finding *finding = clashes.list.items[i];
        decision->clash =
            arena_format(reading->arena, "%s (%s)", finding->sentence, finding->rule->id);
        advise(draft, DECIDERS_CLASH, rule_next_step(reading->arena, finding->rule));
        link_note(draft, LINK_BROKEN);
    }
    for (size_t i = 0; i < late.list.n; i++) {
        const struct rule *rule = late.list.items[i]->rule;
        decision->about = arena_format(reading->arena, "%s (%s)", decision->about, rule->id);
        advise(draft, LATE, rule_next_step(reading->arena, rule));
    }
}

/* Of the open ones those first where something is broken; otherwise the order stays. */
static void decisions_order(const struct reading *reading, struct decisions *out) {
    for (int worst = LINK_BROKEN; worst >= -1; worst--)
        for (size_t i = 0; i < reading->drafts.n; i++) {
            struct decision *decision = reading->drafts.items[i]->decision;
            if (worst == (decision->is_open ? (int)decision->worst : -1))
                list_add(reading->arena, &out->list, decision);
        }
}

static void listings_read(struct reading *reading, struct decisions *out) {
    listing_read(reading, "decisions", decision_read);
    listing_read(reading, "ways", way_read);
    listing_read(reading, "rights", right_read);
    listing_read(reading, "undecided", gap_read);
    for (size_t i = 0; i < reading->drafts.n; i++)
        findings_read(reading, reading->drafts.items[i]);
    decisions_order(reading, out);
}

enum err decisions_read(struct workbench *workbench, struct arena *arena,
                        const struct records *records, const struct content *content,
                        const struct diagnosis_options *options, struct decisions *out,
                        struct problems *problems) {
    struct reading reading = {
        .arena = arena,
        .workbench = workbench,
        .records = records,
        .listings = listings_load(arena, "content/decisions/"),
    };
    enum err err = rules_read(&reading, content, options, problems);
    if (err)
        return err;
    findings_index(&reading);
    *out = (struct decisions){
        .arena = arena,
        .records = records,
        .programme = reading.diagnosis.programme,
        .as_of = arena_copy(arena, options->workbench.today),
    };
    listings_read(&reading, out);
    return OK;
}

struct decisions decisions_only(const struct decisions *decisions, const char *key) {
    struct decisions only = *decisions;
    only.list.items = NULL;
    only.list.n = only.list.room = 0;
    for (size_t i = 0; i < decisions->list.n; i++)
        if (text_equal(decisions->list.items[i]->record->id, key))
            list_add(decisions->arena, &only.list, decisions->list.items[i]);
    if (!only.list.n) /* it is in the records, but not in the workbench as of the day */
        only.unraised = records_find(decisions->records, kind_find("decision"), key);
    return only;
}

const char *decisions_unraised_say(const struct decisions *decisions) {
    return arena_format(decisions->arena, "“%s” had not been raised by that day.",
                        record_label(decisions->records, decisions->unraised));
}

size_t holding_ways_shown(const struct decisions *decisions,
                          const struct decision_holding *holding) {
    size_t shown = decisions->list.n == 1 ? 4 : holding->link == LINK_WORKS ? 1 : 2;
    return holding->ways.n < shown ? holding->ways.n : shown;
}

const char *holding_name(struct arena *arena, const struct decision_holding *holding) {
    return holding->organisation
               ? arena_format(arena, "%s, %s", holding->who, holding->organisation)
               : holding->who;
}

const char *names_say(struct arena *arena, const struct names *names) {
    return text_enumerate(arena, names->list.items, names->list.n, names->list.n);
}
