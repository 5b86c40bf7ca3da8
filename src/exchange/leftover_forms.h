/* The ways in which a known name is written, for exchange/leftover.h. Private to exchange/.
 *
 * All is compared folded, word by word (leftover_words.h). A form is looked up by its first words,
 * a long word with a slip in it by what is left without one of its letters, so that what it costs
 * to read a text does not grow with the names. Everything belongs to the finder's arena. */
#ifndef ITHACA_LEFTOVER_FORMS_H
#define ITHACA_LEFTOVER_FORMS_H

#include "base/index.h"
#include "exchange/leftover.h"

enum {
    FORM_WORDS_MOST = 12, /* of a name that is compared; further ones are left out */
    SLIP_LEAST = 7,       /* letters of a word in which one may be wrong */
    SLIP_MOST = 40,
};

/* How a form must be written to be the name. */
enum written {
    WRITTEN_ANY,
    WRITTEN_CAPITAL,  /* the first word with a capital */
    WRITTEN_NAME,     /* each word with a capital */
    WRITTEN_WITHIN,   /* with a capital, and neither at a beginning nor after "the" */
    WRITTEN_CAPS,     /* in capitals */
    WRITTEN_INITIAL,  /* "J. Smith", "j.smith", "J Smith" */
    WRITTEN_REVERSED, /* "Smith, J.", "Smith J." */
};

/* A way to write a name. */
struct form {
    const char *words[FORM_WORDS_MOST]; /* folded */
    size_t n;
    enum written written;
    const struct leftover_known *of;
    const struct form *next; /* with the same first two words */
};
struct forms {
    const struct form *first;
};

struct leftover_finder {
    struct arena *arena;
    struct index forms; /* struct forms, by the first two words, or the only one */
    struct index slips; /* struct slips, by a long word, and by it without one of its letters */
};
struct slip {
    const char *word;
    const struct leftover_known *of;
    const struct slip *next;
};
struct slips {
    const struct slip *first;
};

/* What the forms of one or two first words are kept by; `second` may be NULL. */
const char *leftover_key(struct arena *arena, const char *first, const char *second);
/* The word without the letter that begins at that byte. */
const char *leftover_without_letter(struct arena *arena, const char *word, size_t at);

#endif
