/* What a programme learned, written up by those who were there: what happened (a local
 * configuration: circumstances, what was offered, how people reasoned, what came of it), what it
 * believes works (its programme theory), and cases to learn from. Local evidence beside the
 * literature, and always marked as that.
 *
 * A kind is one table in kinds.c; the form, the page, the versions and the exchange with other
 * sites follow from it. A thing is never overwritten: each saving is a further version, with its
 * author and why. Somebody else than who wrote it last agrees to it or disputes it.
 *
 * To be called within db_read or db_write; everything belongs to the arena. Cost grows with what a
 * programme has written up, of which there is at most LEARNED_MOST. */
#ifndef ITHACA_LEARNED_H
#define ITHACA_LEARNED_H

#include "base/list.h"
#include "base/names.h"
#include "store/programme.h"
#include <stdbool.h>

enum {
    LEARNED_MOST = 1000,       /* things in a programme */
    LEARNED_LINE_MOST = 150,   /* bytes of a title */
    LEARNED_TEXT_MOST = 10000, /* bytes of a text */
    LEARNED_FIELDS_MOST = 24,
};

/* ---- kinds ---- */

enum learned_type {
    LEARNED_LINE,
    LEARNED_TEXT,
    LEARNED_CHOICE,
    LEARNED_DAY,
    /* Several values, a line each: */
    LEARNED_LIBRARY,  /* "competences/communication": pages of one kind of the library */
    LEARNED_FINDINGS, /* their ids */
    LEARNED_RECORDS,  /* "document/vision" */
    LEARNED_EVIDENCE, /* "configurations/cmo-1" of the library, "learned/3" of the programme */
};

struct learned_field {
    const char *name; /* as it is stored; NULL ends a table */
    const char *label, *hint;
    const char *const *choices; /* of LEARNED_CHOICE, ended by NULL */
    const char *folder;         /* of LEARNED_LIBRARY */
    enum learned_type type;
    bool is_whole; /* nobody can agree while it is empty */
    bool is_part;  /* of the picture: one box after the other */
};

struct learned_kind {
    const char *name; /* in addresses, and as it is stored */
    const char *one, *many, *about, *begin;
    const struct learned_field *fields; /* the first is the title */
};
extern const struct learned_kind *const learned_kinds[]; /* ended by NULL */

const struct learned_kind *learned_kind_find(const char *name);
size_t learned_field_count(const struct learned_kind *kind);
int learned_field_index(const struct learned_kind *kind, const char *name); /* or -1 */

/* ---- things ---- */

enum learned_state {
    LEARNED_DRAFT,
    LEARNED_AGREED,
    LEARNED_DISPUTED,
    LEARNED_WITHDRAWN,
    LEARNED_STATES
};
extern const char *const learned_state_names[LEARNED_STATES];

struct learned {
    const struct learned_kind *kind;
    int64_t id, number; /* the thing; its version */
    enum learned_state state;
    const char *what; /* was done: "written", "changed", "agreed", ... */
    const char *at, *author, *why;
    int64_t account;                         /* 0: nobody's any more */
    int64_t other;                           /* 0: none */
    const char *origin;                      /* from which site; NULL: written here */
    const char *values[LEARNED_FIELDS_MOST]; /* by field; NULL where empty */
};
struct learned_list {
    LIST(struct learned) list;
};

const char *learned_title(const struct learned *learned);
const char *learned_value(const struct learned *learned, const char *field);
/* Whether a field of several values has this one. */
bool learned_names(struct arena *arena, const struct learned *learned, const char *field,
                   const char *value);
/* What has to be said before anybody can agree: labels of fields. */
struct names learned_gaps(struct arena *arena, const struct learned *learned);

/* How all of a kind (NULL: of any) stand now, the newest first. */
enum err learned_read_all(struct db *db, struct arena *arena, const struct programme *programme,
                          const struct learned_kind *kind, struct learned_list *out) MUST_CHECK;
/* Those that have to do with a finding, and were not withdrawn. */
enum err learned_of_finding(struct db *db, struct arena *arena, const struct programme *programme,
                            const char *finding, struct learned_list *out) MUST_CHECK;
/* All versions of one, the newest first; empty if there is none. */
enum err learned_read(struct db *db, struct arena *arena, const struct programme *programme,
                      int64_t id, struct learned_list *out) MUST_CHECK;
/* Whose words the newest version has: it, or an earlier one that only was agreed to since. */
const struct learned *learned_written(const struct learned_list *versions);
/* The version in which it came to stand as it does: agreed to, disputed, withdrawn. */
const struct learned *learned_decided(const struct learned_list *versions);

enum learned_outcome {
    LEARNED_SAVED,
    LEARNED_KNOWN,    /* the token was saved before */
    LEARNED_CONFLICT, /* somebody else saved another version since */
    LEARNED_FULL,     /* there are LEARNED_MOST */
};
/* Adds a version: `version` as it is to be, its number the one that its writer saw. An `id` of 0
 * makes a new thing. `token` may be NULL. Within db_write, with the programme locked. */
enum err learned_save(struct db *db, struct arena *arena, const struct programme *programme,
                      const struct learned *version, const char *token,
                      enum learned_outcome *outcome, int64_t *id) MUST_CHECK;

/* ---- as text ---- */

/* A line for each field that has something, "name: value"; further lines of a value begin with a
 * tab. */
char *learned_content_write(struct arena *arena, const struct learned_kind *kind,
                            const char *const *values);
/* Fields that the kind does not know are left out. */
void learned_content_read(struct arena *arena, const struct learned_kind *kind, const char *content,
                          const char **values);

#endif
