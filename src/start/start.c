#include "start/start.h"
#include "base/text.h"
#include "record/standing.h"
#include "start/inside.h"
#include "store/counts.h"

enum { MOST = 1000 }; /* records of a kind that these questions look at */

/* Before the name of a question, in the reason of a revision. */
static const char reason_begin[] = "Begin here: ";

const struct start_question start_questions[START_QUESTIONS] = {
    {.name = "organisations",
     .title = "Which organisations take part?",
     .why = "Whether each of them can decide, is heard and gains is most of what a first diagnosis "
            "tells.",
     .kind = "organisation",
     .there = "organisation",
     .ask = start_organisations_ask,
     .take = start_organisations_take},
    {.name = "people",
     .title = "Who are the people?",
     .why = "Everything else is about them: who decides, who sits in the team, who tells whom.",
     .kind = "person",
     .needs = {"organisations"},
     .there = "person",
     .ask = start_people_ask,
     .take = start_people_take},
    {.name = "team",
     .title = "Which team leads the change?",
     .why = "A team that knows what it is there for, who chairs it and when it meets can carry the "
            "work.",
     .kind = "team",
     .needs = {"people"},
     .ask = start_team_ask,
     .take = start_team_take},
    {.name = "decisions",
     .title = "Which decisions are still to be taken?",
     .why = "Most programmes wait for decisions. Five that matter are enough to begin with.",
     .kind = "decision",
     .there = "decision",
     .ask = start_decisions_ask,
     .take = start_decisions_take},
    {.name = "who-decides",
     .title = "Who has the last word on each?",
     .why = "Work stops where nobody knows who may say yes, and where two believe that they may.",
     .kind = "decision_right",
     .needs = {"people", "decisions"},
     .ask = start_deciders_ask,
     .take = start_deciders_take},
    {.name = "who-tells",
     .title = "Who tells those who decide?",
     .why = "Somebody who is not in the team, and hears nothing from it, says no, or nothing.",
     .kind = "message_route",
     .needs = {"team", "who-decides"},
     .ask = start_telling_ask,
     .take = start_telling_take},
    {.name = "who-leads",
     .title = "Who leads, and have they time for it?",
     .why = "The diagnosis looks for leads who stand alone, and for roles on top of a day job.",
     .kind = "post",
     .needs = {"people"},
     .ask = start_leading_ask,
     .take = start_leading_take},
    {.name = "vision",
     .title = "What have the partners agreed?",
     .why = "Without a shared picture of where it goes, each partner goes its own way.",
     .kind = "agreement",
     .needs = {"organisations"},
     .ask = start_vision_ask,
     .take = start_vision_take},
};

const struct start_question *start_question_find(const char *name) {
    for (size_t i = 0; i < START_QUESTIONS; i++)
        if (text_equal(start_questions[i].name, name))
            return &start_questions[i];
    return NULL;
}

const char *start_reason(struct arena *arena, const struct start_question *question) {
    return arena_format(arena, "%s%s", reason_begin, question->title);
}

static enum err records_load(struct start *start) {
    static const char *const wanted[] = {
        "organisation",    "person",        "team",    "team_member", "decision",
        "decision_right",  "message_route", "post",    "post_holder", "agreement",
        "agreement_party", "meeting",       "coverage"};
    enum err err = OK;
    start->around = around_new(start->db, start->arena, start->programme);
    start->ever = arena_alloc_array(start->arena, kind_count, sizeof *start->ever);
    start->of_kind = arena_alloc_array(start->arena, kind_count, sizeof *start->of_kind);
    for (size_t i = 0; !err && i < sizeof wanted / sizeof *wanted; i++) {
        const struct kind *kind = kind_find(wanted[i]);
        struct around_list *ever = &start->ever[kind_index(kind)];
        err = around_kind(&start->around, kind, 0, MOST, ever);
        for (size_t r = 0; !err && r < ever->list.n; r++)
            if (record_in_force(ever->list.items[r], start->today))
                list_add(start->arena, &start->of_kind[kind_index(kind)].list, ever->list.items[r]);
    }
    return err;
}

/* ---- how far it has come ---- */

/* What is answered with "nobody" or "not sure" may leave no record of its kind, but a revision. */
static enum err answers_count(struct db *db, struct arena *arena, const struct programme *programme,
                              struct start_progress *out) {
    struct kind_counts *counts = arena_alloc_array(arena, kind_count, sizeof *counts);
    struct db_rows rows;
    *out = (struct start_progress){0};
    enum err err = counts_read(db, programme, counts);
    if (!err)
        err = db_query(db, SQL_start_answered,
                       DB_VALUES(db_integer(programme->id), db_text(reason_begin)), &rows);
    if (err)
        return err;
    while (db_next(&rows)) {
        const char *reason = db_row_text(&rows, 0);
        out->is_begun = true;
        for (size_t i = 0; i < START_QUESTIONS; i++)
            out->answered[i] |= text_equal(start_reason(arena, &start_questions[i]), reason);
    }
    for (size_t i = 0; i < START_QUESTIONS; i++)
        out->answered[i] |= counts[kind_index(kind_find(start_questions[i].kind))].now > 0;
    return db_rows_end(&rows, OK);
}

/* Where everybody who decides sits in the team, there is nobody to be told. */
static enum err telling_look(struct db *db, struct arena *arena, const struct programme *programme,
                             const char *today, struct start_progress *out) {
    struct start start = {.db = db, .arena = arena, .programme = programme, .today = today};
    enum err err = records_load(&start);
    if (!err)
        out->answered[START_TELLING] = !start_telling_asks(&start);
    return err;
}

enum err start_progress_read(struct db *db, struct arena *arena, const struct programme *programme,
                             const char *today, struct start_progress *out) {
    const struct start_question *telling = &start_questions[START_TELLING];
    enum err err = answers_count(db, arena, programme, out);
    if (!err && out->is_begun && !out->answered[START_TELLING] && !start_waits_for(out, telling))
        err = telling_look(db, arena, programme, today, out);
    for (size_t i = 0; i < START_QUESTIONS; i++)
        out->n += out->answered[i];
    return err;
}

const struct start_question *start_waits_for(const struct start_progress *progress,
                                             const struct start_question *question) {
    for (size_t i = 0; i < 2 && question->needs[i]; i++) {
        const struct start_question *before = start_question_find(question->needs[i]);
        if (!progress->answered[before - start_questions])
            return before;
    }
    return NULL;
}

/* ---- the form of a question ---- */

static void choice_take(struct start *start, struct start_field *field, const char *sent) {
    bool is_known = false;
    for (size_t i = 0; i < field->options.n; i++)
        is_known |= text_equal(field->options.items[i].value, sent);
    for (size_t i = 0; is_known && i < field->options.n; i++)
        field->options.items[i].is_chosen = text_equal(field->options.items[i].value, sent);
    if (!is_known && *sent)
        start_fault(start, field->name, "This choice is not there any more. Choose again");
}

static void field_take(struct start *start, struct start_field *field, const char *sent) {
    enum { TEXT_MOST = 500, LINES_BYTES_MOST = 20000 };
    if (field->type == START_TICK)
        field->is_ticked = sent && *sent;
    else if (field->type == START_CHOICE)
        choice_take(start, field, sent ? sent : "");
    else {
        field->value = text_typed(start->arena, sent);
        if (field->value && text_has_control(field->value))
            start_fault(start, field->name,
                        "There is an invisible control character in it. Type it again");
        else if (field->value && field->type == START_TEXT && strlen(field->value) > TEXT_MOST)
            start_fault(start, field->name, "Shorten this to 500 letters");
        else if (field->value && strlen(field->value) > LINES_BYTES_MOST)
            start_fault(start, field->name, "This is too much at once. Save a part of it first");
    }
}

enum err start_ask(struct start *start, const struct start_question *question, start_sent *sent,
                   const void *context) {
    enum err err = records_load(start);
    if (err)
        return err;
    question->ask(start);
    for (size_t g = 0; sent && g < start->form.groups.n; g++) {
        struct start_group *group = &start->form.groups.items[g];
        for (size_t f = 0; f < group->fields.n; f++)
            field_take(start, &group->fields.items[f], sent(context, group->fields.items[f].name));
    }
    if (sent && !start->has_fault)
        question->take(start);
    return OK;
}
