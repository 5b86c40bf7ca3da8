/* From nothing to a first diagnosis: a few short questions, in order, that ask only for what the
 * first diagnosis needs. Each is a form that is made of the records there are, so that people can
 * stop, come back and correct themselves; what they answer becomes records, all of it or nothing.
 *
 * "Not sure" is an answer that says nothing: where it stands, no record claims anything. How fully
 * something is written down is said only where somebody ticks the box that says so.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_START_H
#define ITHACA_START_H

#include "store/around.h"
#include "store/correct_many.h"

enum start_field_type { START_TEXT, START_LINES, START_CHOICE, START_TICK };

struct start_option {
    const char *value, *label;
    bool is_chosen;
};

/* Something to fill in. Its name holds keys of records; its id is made for the page. */
struct start_field {
    enum start_field_type type;
    const char *name, *id, *label, *hint; /* the hint may be NULL */
    const char *example;                  /* of lines; or NULL */
    const char *value;                    /* of a text, or lines */
    bool is_ticked;
    LIST(struct start_option) options; /* the first stands for "not sure" */
    const char *fault;                 /* NULL: there is nothing wrong with it */
};

struct start_group {
    const char *legend, *hint; /* NULL: what is in it needs none */
    bool is_wide;              /* its fields stand beside each other where there is room */
    LIST(struct start_field) fields;
};

struct start_form {
    LIST(struct start_group) groups;
    size_t fields; /* in all of them */
};

/* What somebody sent in a field; NULL: nothing, or nothing was sent at all. */
typedef const char *start_sent(const void *context, const char *name);

struct start {
    struct db *db;
    struct arena *arena;
    const struct programme *programme;
    const char *today;
    struct around around;
    struct around_list *of_kind; /* by kind: those read; of what holds for a time, what holds now */
    struct around_list *ever;    /* by kind: all of them */
    struct start_form form;
    struct corrections wish;
    bool has_fault;
};

struct start_question {
    const char *name; /* in the address */
    const char *title, *why;
    const char *kind;     /* there are records of it: it was answered */
    const char *needs[2]; /* names of questions that come before it; NULL: none */
    const char *there;    /* the kind of which the page lists what is there already; or NULL */
    void (*ask)(struct start *);  /* makes the form, as the records have it */
    void (*take)(struct start *); /* adds what was filled in to the wish, and says what is wrong */
};

/* The places of some of them, and how many there are. */
enum { START_ORGANISATIONS = 0, START_DECISIONS = 3, START_TELLING = 5, START_QUESTIONS = 8 };
extern const struct start_question start_questions[START_QUESTIONS];
/* NULL if there is none of that name. */
const struct start_question *start_question_find(const char *name);
/* As it stands at the revision that an answer made. */
const char *start_reason(struct arena *arena, const struct start_question *question);

/* Which were answered, and how many. */
struct start_progress {
    bool answered[START_QUESTIONS];
    size_t n;
    bool is_begun; /* by one of these questions, not by a workbook only */
};
enum err start_progress_read(struct db *db, struct arena *arena, const struct programme *programme,
                             const char *today, struct start_progress *out) MUST_CHECK;
/* The question that has to be answered first; NULL: this one can be. */
const struct start_question *start_waits_for(const struct start_progress *progress,
                                             const struct start_question *question);

/* Reads the records and makes the form; with `sent`, as it was filled in. */
enum err start_ask(struct start *start, const struct start_question *question, start_sent *sent,
                   const void *context) MUST_CHECK;

#endif
