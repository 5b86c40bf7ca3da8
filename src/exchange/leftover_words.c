#include "exchange/leftover_words.h"
#include "base/text.h"
#include "db/fulltext.h"
#include <stdlib.h>

/* ---- what is ordinary: each list in the order of strcmp ---- */

static const char *const everyday[] = {
    "amber",   "april",  "art",    "august",   "autumn", "baker",   "ball",  "banks",  "bell",
    "best",    "bill",   "bishop", "black",    "brook",  "brooks",  "brown", "bush",   "carol",
    "carter",  "case",   "chance", "church",   "clark",  "close",   "cook",  "cooper", "cross",
    "crystal", "daisy",  "dawn",   "day",      "dean",   "drew",    "duke",  "earl",   "english",
    "eve",     "faith",  "field",  "fields",   "fisher", "ford",    "frank", "french", "good",
    "grace",   "grant",  "gray",   "green",    "guy",    "hall",    "hand",  "head",   "heather",
    "hill",    "hills",  "holly",  "hope",     "house",  "iris",    "ivy",   "jack",   "jade",
    "jay",     "joy",    "june",   "king",     "lake",   "lane",    "law",   "lily",   "long",
    "love",    "low",    "major",  "mark",     "martin", "mason",   "max",   "may",    "miles",
    "miller",  "moody",  "moon",   "nick",     "north",  "nurse",   "olive", "page",   "park",
    "parker",  "pat",    "pearl",  "penny",    "pope",   "power",   "price", "ray",    "reed",
    "rice",    "rich",   "rivers", "rob",      "robin",  "rose",    "ruby",  "rusty",  "sandy",
    "savage",  "self",   "sharp",  "shepherd", "short",  "singer",  "small", "south",  "speed",
    "spring",  "star",   "steel",  "stone",    "street", "strong",  "sue",   "summer", "swift",
    "taylor",  "temple", "town",   "turner",   "violet", "walker",  "ward",  "waters", "weaver",
    "wells",   "west",   "white",  "will",     "winter", "winters", "wise",  "wood",   "woods",
    "worth",   "wright", "young"};

static const char *const months[] = {"april", "august", "june", "may"};

static const char *const generic[] = {"a",
                                      "acute",
                                      "adult",
                                      "adults",
                                      "alliance",
                                      "and",
                                      "association",
                                      "authority",
                                      "board",
                                      "body",
                                      "borough",
                                      "care",
                                      "carers",
                                      "centre",
                                      "charity",
                                      "children",
                                      "city",
                                      "clinic",
                                      "college",
                                      "commissioner",
                                      "commissioners",
                                      "commissioning",
                                      "committee",
                                      "community",
                                      "company",
                                      "council",
                                      "county",
                                      "delivery",
                                      "department",
                                      "development",
                                      "district",
                                      "east",
                                      "executive",
                                      "falls",
                                      "federation",
                                      "for",
                                      "forum",
                                      "foundation",
                                      "general",
                                      "gp",
                                      "group",
                                      "health",
                                      "healthcare",
                                      "home",
                                      "homes",
                                      "hospice",
                                      "hospital",
                                      "hospitals",
                                      "housing",
                                      "in",
                                      "integrated",
                                      "integration",
                                      "joint",
                                      "lead",
                                      "leadership",
                                      "limited",
                                      "local",
                                      "ltd",
                                      "management",
                                      "mental",
                                      "national",
                                      "neighbourhood",
                                      "network",
                                      "nhs",
                                      "north",
                                      "nursing",
                                      "of",
                                      "older",
                                      "on",
                                      "operational",
                                      "organisation",
                                      "partners",
                                      "partnership",
                                      "patient",
                                      "patients",
                                      "people",
                                      "place",
                                      "plc",
                                      "practice",
                                      "practices",
                                      "primary",
                                      "programme",
                                      "project",
                                      "provider",
                                      "providers",
                                      "public",
                                      "region",
                                      "regional",
                                      "royal",
                                      "school",
                                      "service",
                                      "services",
                                      "social",
                                      "south",
                                      "steering",
                                      "strategic",
                                      "support",
                                      "surgery",
                                      "system",
                                      "team",
                                      "the",
                                      "together",
                                      "trust",
                                      "unit",
                                      "university",
                                      "user",
                                      "users",
                                      "voluntary",
                                      "ward",
                                      "west",
                                      "with",
                                      "working"};

static const char *const heads[] = {
    "academy",   "avenue",  "centre",      "clinic",     "close", "college", "council",  "court",
    "crescent",  "drive",   "federation",  "foundation", "grove", "hospice", "hospital", "house",
    "infirmary", "lane",    "partnership", "practice",   "road",  "school",  "square",   "street",
    "surgery",   "terrace", "trust",       "university", "ward"};

static const char *const roles[] = {
    "administrator", "adviser",    "advisor",         "allied",       "analyst",
    "assistant",     "associate",  "carer",           "chair",        "chief",
    "clinical",      "clinician",  "commissioner",    "consultant",   "coordinator",
    "deputy",        "director",   "district",        "doctor",       "executive",
    "facilitator",   "finance",    "first",           "geriatrician", "governor",
    "head",          "interim",    "joint",           "lead",         "leader",
    "manager",       "matron",     "medical",         "medicine",     "member",
    "midwife",       "minister",   "nurse",           "nursing",      "occupational",
    "officer",       "operating",  "operations",      "paramedic",    "patient",
    "people",        "pharmacist", "physiotherapist", "practitioner", "president",
    "professional",  "quality",    "representative",  "resources",    "second",
    "secretary",     "senior",     "social",          "speaker",      "specialist",
    "strategy",      "support",    "therapist",       "therapy",      "treasurer",
    "vice",          "volunteer",  "worker"};

static const char *const titles[] = {"captain",  "cllr", "councillor", "dame",  "doctor",    "dr",
                                     "father",   "lady", "lord",       "madam", "miss",      "mr",
                                     "mrs",      "ms",   "mx",         "prof",  "professor", "rev",
                                     "reverend", "sir",  "sister"};

static const char *const initials[] = {
    "ae",  "ahp", "ai",  "am",  "bma", "ccg",  "ceo", "cfo", "cmo",  "coo",  "covid",
    "cqc", "ed",  "eu",  "fte", "gmc", "gp",   "gps", "hr",  "icb",  "ics",  "ict",
    "icu", "id",  "it",  "kpi", "mdt", "mdts", "mp",  "nhs", "nice", "nmc",  "ok",
    "ons", "ot",  "ots", "pa",  "pcn", "pcns", "pdf", "pm",  "ppi",  "pt",   "qi",
    "qof", "rcn", "stp", "tbc", "tv",  "uk",   "us",  "usa", "vat",  "vcse", "wte"};

static const char *const starters[] = {
    "a",    "acute", "all",  "an",   "any",   "as",    "at",   "both",  "but",   "by",
    "each", "every", "for",  "from", "her",   "his",   "if",   "in",    "its",   "local",
    "many", "most",  "my",   "no",   "not",   "of",    "on",   "one",   "other", "our",
    "some", "such",  "that", "the",  "their", "these", "this", "those", "three", "to",
    "two",  "we",    "what", "when", "where", "which", "with", "your"};

static int by_text(const void *key, const void *item) {
    return strcmp(key, *(const char *const *)item);
}

#define IS_AMONG(list, word)                                                                       \
    (bsearch(word, list, sizeof(list) / sizeof *(list), sizeof *(list), by_text) != NULL)

bool leftover_is_everyday(const char *fold) {
    return IS_AMONG(everyday, fold);
}
bool leftover_is_month(const char *fold) {
    return IS_AMONG(months, fold);
}
bool leftover_is_generic(const char *fold) {
    return IS_AMONG(generic, fold);
}
bool leftover_is_head(const char *fold) {
    return IS_AMONG(heads, fold);
}
bool leftover_is_role(const char *fold) {
    return IS_AMONG(roles, fold);
}
bool leftover_is_title(const char *fold) {
    return IS_AMONG(titles, fold);
}
bool leftover_is_initials(const char *fold) {
    return IS_AMONG(initials, fold);
}
bool leftover_is_starter(const char *fold) {
    return IS_AMONG(starters, fold);
}

/* ---- words ---- */

/* How many bytes of a letter or digit stand there; 0: none. Of what is not ASCII, all but the
 * punctuation of Latin-1 and of U+2000 to U+206F is taken for letters. */
static size_t letter_length(const char *at) {
    const unsigned char *c = (const unsigned char *)at;
    if (*c < 0x80)
        return (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z');
    if (*c == 0xC2 || (*c == 0xE2 && (c[1] == 0x80 || c[1] == 0x81)))
        return 0;
    size_t length = 1;
    while ((c[length] & 0xC0) == 0x80)
        length++;
    return length;
}

/* Whether it is written with a capital, which folding changes in ASCII and Latin-1 alike. */
static bool is_capital_letter(const char *at) {
    const unsigned char *c = (const unsigned char *)at;
    return (*c >= 'A' && *c <= 'Z') || (*c == 0xC3 && c[1] >= 0x80 && c[1] <= 0x9E);
}

static bool all_caps(const char *at, size_t length) {
    size_t letters = 0;
    for (size_t i = 0; i < length; i += letter_length(at + i) ? letter_length(at + i) : 1) {
        if (at[i] >= '0' && at[i] <= '9')
            continue;
        if (!is_capital_letter(at + i))
            return false;
        letters++;
    }
    return letters > 1;
}

static bool is_little(const char *gap, size_t length) {
    enum { LITTLE = 4 };
    return length <= LITTLE && !memchr(gap, ';', length) && !memchr(gap, ':', length) &&
           !memchr(gap, '(', length) && !memchr(gap, '!', length) && !memchr(gap, '?', length) &&
           !memchr(gap, '@', length) && !memchr(gap, '/', length);
}

static bool is_hyphen_or_apostrophe(const char *gap, size_t length) {
    return (length == 1 && (*gap == '-' || *gap == '\'')) ||
           (length == 3 &&
            (memcmp(gap, "\xE2\x80\x99", 3) == 0 || memcmp(gap, "\xE2\x80\x91", 3) == 0));
}

/* What stands between two words ends a sentence; a single line end does not. */
static bool ends_sentence(const char *gap, size_t length) {
    size_t lines = 0;
    for (size_t i = 0; i < length; i++) {
        if (gap[i] == '!' || gap[i] == '?' || gap[i] == ':' || gap[i] == '"' ||
            (gap[i] == '.' && i + 1 < length))
            return true;
        lines += gap[i] == '\n';
    }
    return lines > 1;
}

struct leftover_words leftover_words_of(struct arena *arena, const char *text) {
    struct leftover_words out = {0};
    size_t end = 0, at = 0;
    while (text[at]) {
        size_t start = at, step;
        while ((step = letter_length(text + at)))
            at += step;
        if (at == start) {
            at++;
            continue;
        }
        const char *gap = text + end;
        size_t between = start - end;
        bool is_first = !out.list.n;
        list_add(arena, &out.list,
                 (struct leftover_word){
                     .start = start,
                     .length = at - start,
                     .fold = fulltext_fold(arena, arena_copy_n(arena, text + start, at - start)),
                     .is_capital = is_capital_letter(text + start),
                     .is_all_caps = all_caps(text + start, at - start),
                     .begins = is_first || ends_sentence(gap, between),
                     .is_joined = !is_first && is_little(gap, between),
                     .is_near = !is_first && is_hyphen_or_apostrophe(gap, between)});
        end = at;
    }
    return out;
}
