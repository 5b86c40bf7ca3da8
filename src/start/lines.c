/* The questions that are answered in lines: organisations, people, decisions, who leads. What is
 * there already, by name, is left as it is: sending the same lines again makes no twins. */
#include "base/date.h"
#include "base/text.h"
#include "start/inside.h"
#include <stdlib.h>

enum { LINES_MOST = 200, NAME = 1 }; /* what a record is called stands behind its key */

static const char lines_name[] = "lines";

/* A line cut at its commas. */
struct cut {
    const char *pieces[8];
    size_t n;
};

static struct cut line_cut(struct arena *arena, const char *line) {
    struct cut cut = {0};
    const char *rest = line;
    while (rest && cut.n < sizeof cut.pieces / sizeof *cut.pieces) {
        bool is_last = cut.n + 1 == sizeof cut.pieces / sizeof *cut.pieces;
        cut.pieces[cut.n++] = is_last ? text_trim(arena, rest) : text_next_piece(arena, &rest, ',');
        if (is_last)
            break;
    }
    return cut;
}

/* The first pieces, with their commas again. */
static const char *joined(struct arena *arena, const struct cut *cut, size_t from, size_t to) {
    struct text out = text_new(arena);
    for (size_t i = from; i < to; i++) {
        text_add(&out, i > from ? ", " : "");
        text_add(&out, cut->pieces[i]);
    }
    return out.length ? out.bytes : "";
}

static void lines_ask(struct start *start, const char *label, const char *hint,
                      const char *example) {
    start_field_add(start, START_LINES, lines_name, label, hint)->example = example;
}

static void line_fault(struct start *start, unsigned number, const char *words) {
    start_fault(start, lines_name, arena_format(start->arena, "Line %u: %s", number, words));
}

typedef void line_taker(struct start *start, const char *line, unsigned number);

static void lines_take(struct start *start, line_taker *take) {
    const char *rest = start_answer(start, lines_name);
    size_t taken = 0;
    if (!rest)
        start_fault(start, lines_name, "Write at least one line, or choose “Not now” below");
    for (unsigned number = 1; rest && !start->has_fault; number++) {
        const char *line = text_next_piece(start->arena, &rest, '\n');
        if (!*line)
            continue;
        if (++taken > LINES_MOST)
            line_fault(start, number,
                       "these are more than 200. Save the first of them, then go on");
        else
            take(start, line, number);
    }
}

/* Whether there is one of the name, or will be. */
static bool is_there(struct start *start, const char *kind, const char *name) {
    const struct around_list *all = start_all(start, kind);
    for (size_t i = 0; i < all->list.n; i++)
        if (text_same_name(all->list.items[i]->values[NAME], name) ||
            text_same_name(all->list.items[i]->id, name))
            return true;
    for (size_t i = 0; i < start->wish.records.n; i++) {
        const struct wanted *wanted = &start->wish.records.items[i];
        if (wanted->kind == kind_find(kind) && text_same_name(wanted->cells[NAME], name))
            return true;
    }
    return false;
}

static const char **named_make(struct start *start, const char *kind, const char *name) {
    const char *key = start_key(start, kind, name), **cells = start_make(start, kind);
    cells[0] = key;
    cells[NAME] = name;
    return cells;
}

/* The value of a kind's field that is meant, in its own words; NULL if none is. */
static const char *choice_named(const char *kind, const char *field, const char *words) {
    const struct kind *of = kind_find(kind);
    const struct choice *choice = of->fields[kind_field_index(of, field)].choices;
    for (; choice->value; choice++)
        if (text_same_name(choice->value, words))
            return choice->value;
    return NULL;
}

/* What the first word that is in the text stands for; NULL: none of them is. */
struct guess {
    const char *word, *means;
};
static const char *guessed(struct arena *arena, const struct guess *guesses, const char *text) {
    const char *folded = text_fold(arena, text);
    for (; guesses->word; guesses++)
        if (strstr(folded, guesses->word))
            return guesses->means;
    return NULL;
}

/* ---- organisations ---- */

void start_organisations_ask(struct start *start) {
    lines_ask(start, "Organisations, one on each line",
              "You can say what it does behind a comma. Where you do not, it is guessed from the "
              "name and shown to you: correct it then.",
              "Hillside Hospital Trust\nHarbour Carers, voluntary sector");
}

static void organisation_take(struct start *start, const char *line, unsigned number) {
    static const struct guess guesses[] = {{"council", "social care"},
                                           {"socialcare", "social care"},
                                           {"mental", "mental health care"},
                                           {"community", "community care"},
                                           {"hospital", "hospital care"},
                                           {"practice", "primary care"},
                                           {"surgery", "primary care"},
                                           {"primarycare", "primary care"},
                                           {"charity", "voluntary sector"},
                                           {"voluntary", "voluntary sector"},
                                           {"housing", "housing"},
                                           {"commission", "commissioning"},
                                           {NULL, NULL}};
    struct cut cut = line_cut(start->arena, line);
    const char *sector =
        cut.n > 1 ? choice_named("organisation", "sector", cut.pieces[cut.n - 1]) : NULL;
    const char *name = sector ? joined(start->arena, &cut, 0, cut.n - 1) : line;
    if (!*name)
        line_fault(start, number, "write the name before the comma");
    else if (!is_there(start, "organisation", name)) {
        const char **cells = named_make(start, "organisation", name);
        bool commissions = sector && text_equal(sector, "commissioning");
        start_set(cells, "organisation", "sector",
                  sector ? sector : guessed(start->arena, guesses, name));
        start_set(cells, "organisation", "part", commissions ? "commissioner" : "partner");
    }
}

void start_organisations_take(struct start *start) {
    lines_take(start, organisation_take);
}

/* ---- people ---- */

/* What was guessed is shown where one looks next. */
static const char *sectors_said(struct start *start) {
    const struct around_list *all = start_all(start, "organisation");
    struct text said = text_new(start->arena);
    for (size_t i = 0; i < all->list.n; i++) {
        const char *sector = record_value(all->list.items[i], "sector");
        text_add_format(&said, "%s%s (%s)", i ? "; " : "", record_value(all->list.items[i], "name"),
                        sector ? sector : "it is not said what it does");
    }
    return arena_format(start->arena,
                        "The organisations: %s. Is one of them wrong? Correct it "
                        "under “Which organisations take part?”.",
                        said.length ? said.bytes : "none yet");
}

void start_people_ask(struct start *start) {
    start_group_add(start, NULL, sectors_said(start));
    lines_ask(start, "People, one on each line",
              "A name or a role, the organisation, and what they are. A piece of the "
              "organisation's name is enough, and you can leave out what they are. Write patient "
              "or carer for those who use services.",
              "Clinical lead, Hospital, doctor\nHead of adult care, Council");
}

/* What people write for what somebody is. */
static const char *profession_of(struct arena *arena, const char *words) {
    static const struct guess guesses[] = {{"doctor", "doctor"},
                                           {"consultant", "doctor"},
                                           {"physician", "doctor"},
                                           {"nurs", "nurse"},
                                           {"midwi", "nurse"},
                                           {"physio", "allied health professional"},
                                           {"therapist", "allied health professional"},
                                           {"dieti", "allied health professional"},
                                           {"pharmac", "pharmacist"},
                                           {"psycholog", "psychologist"},
                                           {"socialworker", "social worker"},
                                           {"careworker", "care worker"},
                                           {"teacher", "teacher"},
                                           {"commissioner", "commissioner"},
                                           {"manager", "manager"},
                                           {"director", "manager"},
                                           {"analyst", "analyst"},
                                           {"officer", "officer"},
                                           {"patient", "none"},
                                           {"carer", "none"},
                                           {"serviceuser", "none"},
                                           {"usesservices", "none"},
                                           {"livedexperience", "none"},
                                           {"citizen", "none"},
                                           {NULL, NULL}};
    const char *exact = choice_named("person", "profession", words);
    return exact ? exact : text_same_name(words, "GP") ? "doctor" : guessed(arena, guesses, words);
}

static const char *unknown_organisation(struct start *start, const char *words) {
    const struct around_list *all = start_all(start, "organisation");
    const char **names = arena_alloc_array(start->arena, all->list.n + 1, sizeof *names);
    for (size_t i = 0; i < all->list.n; i++)
        names[i] = record_value(all->list.items[i], "name");
    return arena_format(start->arena,
                        "there is no organisation called “%s”, or more than one is like it. There "
                        "are: %s.",
                        words, text_enumerate(start->arena, names, all->list.n, 12));
}

/* The organisation stands where a piece behind the first is one; its name may hold commas itself.
 */
static const struct record *employer_find(struct start *start, const struct cut *cut, size_t *from,
                                          size_t *to) {
    for (size_t n = cut->n; n-- > 1;)
        for (size_t i = 1; i + n <= cut->n; i++) {
            const struct record *found =
                start_named(start, "organisation", joined(start->arena, cut, i, i + n));
            *from = i;
            *to = i + n;
            if (found)
                return found;
        }
    *from = *to = cut->n;
    return NULL;
}

static void person_take(struct start *start, const char *line, unsigned number) {
    struct cut cut = line_cut(start->arena, line);
    size_t from, to;
    const struct record *employer = employer_find(start, &cut, &from, &to);
    const char *behind = joined(start->arena, &cut, to, cut.n);
    /* "Role, doctor": no organisation, and what they are. */
    if (!employer && cut.n == 2 && profession_of(start->arena, cut.pieces[1])) {
        from = 1;
        behind = cut.pieces[1];
    } else if (!employer && cut.n > 1) {
        line_fault(start, number, unknown_organisation(start, cut.pieces[1]));
        return;
    }
    const char *name = joined(start->arena, &cut, 0, from);
    if (!*name)
        line_fault(start, number, "write a name or a role before the comma");
    else if (!is_there(start, "person", name)) {
        const char *profession = *behind ? profession_of(start->arena, behind) : NULL;
        const char **cells = named_make(start, "person", name);
        start_set(cells, "person", "employer", employer ? employer->id : NULL);
        start_set(cells, "person", "profession", profession);
        if (*behind && !profession)
            start_set(cells, "person", "note", behind);
    }
}

void start_people_take(struct start *start) {
    lines_take(start, person_take);
}

/* ---- decisions ---- */

void start_decisions_ask(struct start *start) {
    lines_ask(
        start, "Decisions, one on each line",
        "So that a stranger understands it, and by when it is needed. Leave the day out where "
        "nobody has set one.",
        "Start the pilot, 31 March 2027\nShare one care record");
}

static void decision_take(struct start *start, const char *line, unsigned number) {
    struct cut cut = line_cut(start->arena, line);
    struct when when;
    const char *last = cut.pieces[cut.n - 1];
    bool has_due = cut.n > 1 && when_parse(last, &when);
    const char *title = has_due ? joined(start->arena, &cut, 0, cut.n - 1) : line;
    if (!*title)
        line_fault(start, number, "write what is to be decided before the day");
    else if (!is_there(start, "decision", title)) {
        const char **cells = named_make(start, "decision", title);
        start_set(cells, "decision", "state", "open");
        start_set(cells, "decision", "due", has_due ? last : NULL);
    }
}

void start_decisions_take(struct start *start) {
    lines_take(start, decision_take);
}

/* ---- who leads ---- */

static const struct lead_part {
    const char *words, *function;
} lead_parts[] = {{"programme lead", "management"},
                  {"network manager", "management"},
                  {"clinical lead", "clinical"},
                  {"management lead", "management"},
                  {NULL, NULL}};

void start_leading_ask(struct start *start) {
    const struct around_list *posts = start_all(start, "post");
    struct text said = text_new(start->arena);
    for (size_t i = 0; i < posts->list.n; i++)
        if (record_value(posts->list.items[i], "programme_role"))
            text_add_format(&said, "%s%s", said.length ? "; " : "",
                            record_value(posts->list.items[i], "title"));
    if (said.length)
        start_group_add(start, NULL,
                        arena_format(start->arena, "Written down already: %s.", said.bytes));
    lines_ask(
        start, "Those who lead, one on each line",
        "Who; as what: programme lead, network manager, clinical lead or management lead; and "
        "how many days a week are set aside for it. Write 0 if it comes on top of the day "
        "job, and no number if you do not know. Where an organisation lacks one, write "
        "“Nobody”, and which.",
        "Medical director, clinical lead, 0.5\nNobody, management lead, Hospital");
}

static const struct lead_part *part_find(const char *words) {
    for (size_t i = 0; lead_parts[i].words; i++)
        if (text_same_name(lead_parts[i].words, words))
            return &lead_parts[i];
    return NULL;
}

static const char **lead_post_make(struct start *start, const struct lead_part *part,
                                   const struct record *organisation) {
    const char *title = text_capital(start->arena, part->words);
    if (organisation)
        title = arena_format(start->arena, "%s, %s", title, record_value(organisation, "name"));
    if (is_there(start, "post", title))
        return NULL;
    const char **cells = named_make(start, "post", title);
    start_set(cells, "post", "organisation", organisation ? organisation->id : NULL);
    start_set(cells, "post", "function", part->function);
    start_set(cells, "post", "programme_role", part->words);
    return cells;
}

static void lack_take(struct start *start, const struct cut *cut, const struct lead_part *part,
                      unsigned number) {
    const struct record *organisation =
        cut->n > 2 ? start_named(start, "organisation", cut->pieces[2]) : NULL;
    if (!organisation) {
        line_fault(start, number, unknown_organisation(start, cut->n > 2 ? cut->pieces[2] : ""));
        return;
    }
    const char **cells = lead_post_make(start, part, organisation);
    if (cells)
        start_set(cells, "post", "state", "missing");
}

static void lead_take(struct start *start, const char *line, unsigned number) {
    struct cut cut = line_cut(start->arena, line);
    size_t at = 1;
    while (at < cut.n && !part_find(cut.pieces[at]))
        at++;
    const struct lead_part *part = at < cut.n ? part_find(cut.pieces[at]) : NULL;
    const char *name = joined(start->arena, &cut, 0, at);
    const struct record *person = start_named(start, "person", name);
    const char *days = part && at + 1 < cut.n ? cut.pieces[at + 1] : NULL;
    char *end = NULL;
    double number_of_days = days ? strtod(days, &end) : 0;
    if (!part)
        line_fault(start, number,
                   "behind the name, write programme lead, network manager, clinical lead or "
                   "management lead.");
    else if (text_same_name(name, "nobody"))
        lack_take(start, &cut, part, number);
    else if (!person)
        line_fault(start, number,
                   arena_format(start->arena,
                                "there is nobody called “%s” among the people, or more than one. "
                                "Write the name as it stands there.",
                                name));
    else if (days && (end == days || *end || number_of_days < 0 || number_of_days > 7))
        line_fault(start, number, "write the days of a week as a number, such as 0.5.");
    else {
        const struct record *home =
            start_record(start, "organisation", record_value(person, "employer"));
        const char **cells = lead_post_make(start, part, home);
        if (!cells)
            return;
        const char *post = cells[0];
        cells = start_make(start, "post_holder");
        start_set(cells, "post_holder", "post", post);
        start_set(cells, "post_holder", "person", person->id);
        start_set(cells, "post_holder", "days_set_aside", days);
    }
}

void start_leading_take(struct start *start) {
    lines_take(start, lead_take);
}
