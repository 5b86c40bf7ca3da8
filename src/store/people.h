/* People across programmes. A person may be written down in several programmes, be a member of
 * several (which says what they may do there), and have accounts to sign in with. These are three
 * things, linked by the person; each can go without the others.
 *
 * PERSON, wherever a command asks for one, is a login, an email address, PROGRAMME/KEY (a key on
 * the sheet People, present or past), or a name that only one person has.
 *
 * Everything here is to be called within db_read or db_write, and belongs to the arena. */
#ifndef ITHACA_PEOPLE_H
#define ITHACA_PEOPLE_H

#include "base/names.h"
#include "store/programme.h"

/* A record of the sheet People that is the person. */
struct person_record {
    struct programme programme;
    int64_t id; /* of the record */
    const char *key, *name;
    const char *joined_at, *joined_by; /* who said that they are this; either may be NULL */
    bool is_gone;                      /* removed since */
};

struct membership {
    struct programme programme;
    const char *role, *since;
    const char *visited_at, *seen_before; /* when they were last in it, and before that; or NULL */
};

struct account {
    const char *login, *created_at;
    const char *signed_in_at; /* the last time; NULL: never */
    const char *calendar_at;  /* when the address of their calendar was made; NULL: there is none */
};

struct person {
    int64_t id; /* 0: there is a record of somebody, which is linked to nobody */
    const char *name, *email;
    LIST(struct person_record) records;
    LIST(struct membership) memberships;
    LIST(struct account) accounts;
};

struct people {
    LIST(struct person) list;
};

/* What part somebody takes in a programme; accounts/role.h tells what each may do. */
enum role { ROLE_LEAD, ROLE_TEAM, ROLE_SPONSOR, ROLE_MENTOR, ROLE_EVALUATOR, ROLE_NONE };
enum { ROLE_COUNT = ROLE_NONE };
extern const char *const role_names[ROLE_COUNT];

enum err people_list(struct db *db, struct arena *arena, struct people *out) MUST_CHECK;
/* ERR_INPUT with a message if there is none, or more than one. */
enum err person_find(struct db *db, struct arena *arena, const char *who,
                     struct person *out) MUST_CHECK;
/* `out->id` is 0 if nobody has that address. */
enum err person_with_email(struct db *db, struct arena *arena, const char *email,
                           struct person *out) MUST_CHECK;
/* An address as it is kept: in small letters, as far as they are ASCII. */
const char *email_fold(struct arena *arena, const char *email);
/* Whatever somebody may be called: names and email. */
struct names person_names(struct arena *arena, const struct person *person);
/* How they sign in, which is no name: a login may be any word. */
struct names person_logins(struct arena *arena, const struct person *person);

enum err person_add(struct db *db, struct arena *arena, const char *name, const char *email,
                    struct person *out) MUST_CHECK;
/* Each of `records` is PROGRAMME/KEY. Somebody who was only a record becomes a person. */
enum err person_link(struct db *db, struct arena *arena, const char *who,
                     const struct names *records, struct person *out) MUST_CHECK;
enum err person_unlink(struct db *db, struct arena *arena, const char *record,
                       struct person *out) MUST_CHECK;
/* A link that somebody holds to an account that was never used does not open a programme that is
 * added later: it ends. */
enum err member_set(struct db *db, struct arena *arena, const char *programme, const char *who,
                    const char *role, struct person *out) MUST_CHECK;
enum err member_remove(struct db *db, struct arena *arena, const char *programme, const char *who,
                       struct person *out) MUST_CHECK;
enum err account_add(struct db *db, struct arena *arena, const char *who, const char *login,
                     struct person *out) MUST_CHECK;
/* The same for a person who is known. */
enum err account_add_for(struct db *db, struct arena *arena, int64_t person,
                         const char *login) MUST_CHECK;
enum err account_remove(struct db *db, struct arena *arena, const char *login,
                        struct person *out) MUST_CHECK;

/* What is to be erased of a person. */
enum person_part { PART_RECORD = 1, PART_MEMBERSHIP = 2, PART_ACCOUNT = 4, PART_ALL = 7 };

/* Removes the links, memberships and accounts that are among `parts` (of one programme, unless that
 * is NULL; accounts belong to none), and the person if nothing is left or all was to go. The
 * records themselves: store/erase.h. */
enum err person_forget(struct db *db, struct arena *arena, const struct person *person, int parts,
                       const struct programme *only, bool *person_gone) MUST_CHECK;

#endif
