#include "base/text.h"
#include "content/library.h"

static const char *const bases[] = {"stated", "inferred", NULL};
static const char *const levels[] = {"system", "organisation", "transformation team", NULL};

/* ---- competences ---- */

static const char *const groups[] = {"knowledge", "skill", "attitude", NULL};
static const struct library_field competence_fields[] = {
    {.name = "group",
     .label = "Group",
     .type = LIBRARY_CHOICE,
     .choices = groups,
     .is_needed = true,
     .is_facet = true},
    {0},
};
static const char *const competence_sections[] = {"What it is",
                                                  "What people can see",
                                                  "Why it matters",
                                                  "How people have developed it",
                                                  "From one team to a whole system",
                                                  "(Doubts)",
                                                  NULL};
static const struct library_kind competences = {
    "competences",
    "competence",
    "Competences",
    "What managing integrated care takes: one kind of knowledge, six skills, three attitudes.",
    competence_fields,
    competence_sections};

static const char *const pairings[] = {"stated", "inferred", "mixed", "none", NULL};
static const struct library_field framework_fields[] = {
    {.name = "citation", .label = "Citation", .type = LIBRARY_TEXT, .is_needed = true},
    {.name = "basis",
     .label = "Who paired it with the ten",
     .type = LIBRARY_CHOICE,
     .choices = pairings,
     .is_needed = true,
     .is_facet = true},
    {0},
};
static const char *const framework_sections[] = {"What it is", "What the paper says of it",
                                                 "(How we pair it)", "(Doubts)", NULL};
static const struct library_kind frameworks = {
    "frameworks",       "framework",
    "Other frameworks", "How the ten competences go with the frameworks that the study names.",
    framework_fields,   framework_sections};

static const char *const themes[] = {"learning form", "organisation", "support",
                                     "role",          "background",   NULL};
static const struct library_field learning_fields[] = {
    {.name = "theme",
     .label = "Theme",
     .type = LIBRARY_CHOICE,
     .choices = themes,
     .is_needed = true,
     .is_facet = true},
    {.name = "competences",
     .label = "Competences",
     .type = LIBRARY_ITEMS,
     .refers_to = "competences"},
    {0},
};
static const char *const learning_sections[] = {"What was found", "What you can do", "(Doubts)",
                                                NULL};
static const struct library_kind learning = {
    "learning",        "way to develop",
    "Ways to develop", "How managers have learned this work, and what helps or hinders them.",
    learning_fields,   learning_sections};

/* ---- mechanisms ---- */

static const char *const statuses[] = {"supported", "merged", "not evidenced", NULL};
static const struct library_field mechanism_fields[] = {
    {.name = "status",
     .label = "Status in the review",
     .type = LIBRARY_CHOICE,
     .choices = statuses,
     .is_needed = true,
     .is_facet = true},
    {.name = "papers",
     .label = "Papers the review counts",
     .type = LIBRARY_NUMBER,
     .is_needed = true},
    {.name = "merged-into",
     .label = "Merged into",
     .type = LIBRARY_ITEMS,
     .refers_to = "mechanisms"},
    {.name = "cited",
     .label = "Studies cited in its text",
     .type = LIBRARY_ITEMS,
     .refers_to = "studies"},
    {.name = "in-box",
     .label = "Study told in its box",
     .type = LIBRARY_ITEMS,
     .refers_to = "studies"},
    {0},
};
static const char *const mechanism_sections[] = {"What it is",
                                                 "What leaders do",
                                                 "(What stakeholders added)",
                                                 "How far the evidence goes",
                                                 "(Doubts)",
                                                 NULL};
static const struct library_kind mechanisms = {
    "mechanisms",
    "mechanism",
    "Mechanisms",
    "How leading is thought to work: what leaders do, and what that sets off in people.",
    mechanism_fields,
    mechanism_sections};

static const char *const presences[] = {"presence", "absence", NULL};
static const char *const box_levels[] = {"system", "organisation", "team", NULL};
static const char *const signs[] = {"+", "-", NULL};
static const char *const yes_no[] = {"yes", "no", NULL};
static const char *const stages[] = {"merging", "joining up", "running", NULL};
static const struct library_field configuration_fields[] = {
    {.name = "mechanism",
     .label = "Mechanism",
     .type = LIBRARY_ITEMS,
     .refers_to = "mechanisms",
     .is_needed = true},
    {.name = "presence",
     .label = "The mechanism was",
     .type = LIBRARY_CHOICE,
     .choices = presences,
     .is_needed = true,
     .is_facet = true},
    {.name = "level",
     .label = "Level",
     .type = LIBRARY_CHOICE,
     .choices = box_levels,
     .is_needed = true,
     .is_facet = true},
    {.name = "country",
     .label = "Country",
     .type = LIBRARY_TEXT,
     .is_needed = true,
     .is_facet = true},
    {.name = "sector",
     .label = "Sector",
     .type = LIBRARY_TEXT,
     .is_needed = true,
     .is_facet = true},
    {.name = "sector-basis", .label = "Sector is", .type = LIBRARY_CHOICE, .choices = bases},
    {.name = "setting", .label = "Setting", .type = LIBRARY_TEXT, .is_needed = true},
    {.name = "stage",
     .label = "Stage",
     .type = LIBRARY_CHOICE,
     .choices = stages,
     .is_needed = true,
     .is_facet = true},
    {.name = "stage-basis", .label = "Stage is", .type = LIBRARY_CHOICE, .choices = bases},
    {.name = "voice",
     .label = "Voice of people who use services",
     .type = LIBRARY_CHOICE,
     .choices = yes_no,
     .is_needed = true,
     .is_facet = true},
    {.name = "study",
     .label = "Study",
     .type = LIBRARY_ITEMS,
     .refers_to = "studies",
     .is_needed = true},
    {.name = "resource",
     .label = "What was offered worked",
     .type = LIBRARY_CHOICE,
     .choices = signs,
     .is_needed = true},
    {.name = "reasoning",
     .label = "How people took it",
     .type = LIBRARY_CHOICE,
     .choices = signs,
     .is_needed = true},
    {0},
};
static const char *const configuration_sections[] = {
    "The circumstances", "What was offered", "How people reasoned",
    "What came of it",   "(Doubts)",         NULL};
static const struct library_kind configurations = {
    "configurations",     "configuration",
    "Configurations",     "What worked, or did not, for whom in which circumstances.",
    configuration_fields, configuration_sections};

static const struct library_field study_fields[] = {
    {.name = "label", .label = "In the review's table", .type = LIBRARY_TEXT, .is_needed = true},
    {.name = "authors", .label = "Authors", .type = LIBRARY_TEXT},
    {.name = "year", .label = "Year", .type = LIBRARY_NUMBER, .is_needed = true},
    {.name = "journal", .label = "Journal", .type = LIBRARY_TEXT},
    {.name = "doi", .label = "DOI", .type = LIBRARY_TEXT},
    {.name = "reference",
     .label = "Number in the review's list",
     .type = LIBRARY_TEXT,
     .is_needed = true},
    {.name = "ticks", .label = "Ticks in the review's table", .type = LIBRARY_NUMBER},
    {.name = "mechanisms",
     .label = "Mechanisms whose text cites it",
     .type = LIBRARY_ITEMS,
     .refers_to = "mechanisms"},
    {0},
};
static const char *const study_sections[] = {"What the review uses it for", "(Doubts)", NULL};
static const struct library_kind studies = {"studies",
                                            "study",
                                            "Studies in the review",
                                            "The 36 papers that the realist review rests on.",
                                            study_fields,
                                            study_sections};

/* ---- the case study ---- */

static const char *const outcomes[] = {"direction", "alignment", "commitment", NULL};
static const struct library_field barrier_fields[] = {
    {.name = "level",
     .label = "Level",
     .type = LIBRARY_CHOICE,
     .choices = levels,
     .is_needed = true,
     .is_facet = true},
    {.name = "outcome",
     .label = "Leadership outcome",
     .type = LIBRARY_CHOICE,
     .choices = outcomes,
     .is_needed = true,
     .is_facet = true},
    {.name = "outcome-basis", .label = "The outcome is", .type = LIBRARY_CHOICE, .choices = bases},
    {.name = "steps",
     .label = "Steps that answer it (our inference)",
     .type = LIBRARY_ITEMS,
     .refers_to = "steps"},
    {0},
};
static const char *const barrier_sections[] = {"How to recognise it", "In the case study",
                                               "(What to do)", "(Doubts)", NULL};
static const struct library_kind barriers = {
    "barriers",     "barrier",
    "Barriers",     "What stood in the way of leading together in the case study.",
    barrier_fields, barrier_sections};

static const struct library_field step_fields[] = {
    {.name = "id", .label = "Id", .type = LIBRARY_TEXT},
    {.name = "source", .label = "Source", .type = LIBRARY_TEXT, .is_needed = true},
    {0},
};
static const char *const step_sections[] = {
    "Why", "What to do", "What good looks like", "Smallest next task", "(Doubts)", NULL};
static const struct library_kind steps = {
    "steps",     "step",       "Steps", "The eight practical steps that the case study ends with.",
    step_fields, step_sections};

static const struct library_field case_fields[] = {
    {.name = "place", .label = "Place", .type = LIBRARY_TEXT},
    {.name = "years", .label = "Years", .type = LIBRARY_TEXT},
    {0},
};
static const char *const case_sections[] = {
    "Where it happened",     "What they set out to do", "Who was in it",
    "What happened",         "What stood in the way",   "What we do not know",
    "Questions for a group", "How to use this case",    NULL};
static const struct library_kind cases = {
    "cases",          "learning case",
    "Learning cases", "Stories to learn from in a group, failures welcome.",
    case_fields,      case_sections};

static const struct library_field guidance_fields[] = {
    {.name = "steps", .label = "Steps", .type = LIBRARY_ITEMS, .refers_to = "steps"},
    {.name = "barriers",
     .label = "Barriers it answers",
     .type = LIBRARY_ITEMS,
     .refers_to = "barriers"},
    {0},
};
static const char *const guidance_sections[] = {
    "Why", "What to do", "What to settle in writing", "What to watch for", "(Doubts)", NULL};
static const struct library_kind guidance = {
    "guidance",
    "guidance",
    "Leading a transformation team",
    "How to set up and lead the team that drives the change, from its remit to its end.",
    guidance_fields,
    guidance_sections};

static const struct library_field paper_fields[] = {
    {.name = "cite", .label = "Short name", .type = LIBRARY_TEXT, .is_needed = true},
    {.name = "citation", .label = "Citation", .type = LIBRARY_TEXT, .is_needed = true},
    {.name = "doi", .label = "DOI", .type = LIBRARY_TEXT},
    {0},
};
static const char *const paper_sections[] = {
    "What it asks", "How it was done", "What it found", "What it calls for", "Doubts", NULL};
static const struct library_kind papers = {
    "papers",          "paper",
    "The five papers", "What all of this rests on, and how far it carries.",
    paper_fields,      paper_sections};

const struct library_kind *const library_kinds[] = {
    &competences, &mechanisms, &configurations, &guidance, &steps,  &barriers,
    &learning,    &cases,      &frameworks,     &studies,  &papers, NULL};

const struct library_kind *library_kind_find(const char *folder) {
    for (size_t i = 0; library_kinds[i]; i++)
        if (text_equal(library_kinds[i]->folder, folder))
            return library_kinds[i];
    return NULL;
}
