/* What people call things in lists of their own, in several languages: content/bring/, one file for
 * each kind of list, built in.
 *
 * All is compared in plain letters (words_plain). Everything belongs to the arena handed in. */
#ifndef ITHACA_BRING_WORDS_H
#define ITHACA_BRING_WORDS_H

#include "base/problem.h"
#include "record/kind.h"

enum words_what {
    WORDS_HEADING, /* "due: deadline": a heading that means the target */
    WORDS_VALUE,   /* "state = done: erledigt" */
};
struct word {
    enum words_what what;
    const char *target, *value, *words; /* `words` in plain letters; `value` of WORDS_VALUE */
};

/* One kind of list. */
struct word_list {
    const char *name;        /* that of the kind of record: "action" */
    const struct kind *kind; /* NULL for what is the same in all lists */
    LIST(struct word) words;
    LIST(const char *) names; /* "action log" */
    LIST(const char *) needs; /* targets one of which must be there */
    const char *set, *set_to; /* what each record gets where no column says it; NULL: nothing */
};

struct word_lists {
    LIST(struct word_list) list;
    const struct word_list *common;
};

enum err words_load(struct arena *arena, struct word_lists *out,
                    struct problems *problems) MUST_CHECK;

/* Small letters without accents, words parted by one space: "Fällig am:" is "fallig am". */
char *words_plain(struct arena *arena, const char *text);
/* Whether a plain text has the plain words in it, whole. */
bool words_within(const char *text, const char *words);
/* What a cell that reads so means for the target, or NULL. */
const char *words_value(const struct word_list *list, const char *target, const char *plain);

#endif
