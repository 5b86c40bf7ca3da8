/* Who takes part in a programme, and inviting others.
 *
 * An invitation makes whatever is missing: the person, an account whose login is the e-mail
 * address, the part they take. Whoever holds the link to an account is that person; so a lead gets
 * one only where nobody is harmed by it: the account was never used, opens no other programme and
 * does not look after the site. Everybody else signs in as they are used to, or asks the
 * administrator. When such an account is to open another programme, links to it that are out end:
 * the lead who has one does not come in there.
 *
 * These are to be called within db_read or db_write, and belong to the arena. What changes
 * something keeps other writers of the programme out. */
#ifndef ITHACA_INVITE_H
#define ITHACA_INVITE_H

#include "accounts/role.h"

struct part {
    int64_t person;
    const char *name, *email; /* the address may be NULL */
    enum role role;
    const char *since;
    bool has_account, has_signed_in;
    bool may_be_linked; /* a lead may be shown a link that lets them in */
};
/* Somebody on the sheet People. */
struct part_record {
    int64_t id;
    const char *key, *name;
    int64_t person;                    /* who that is; 0 if nobody has said */
    const char *joined_at, *joined_by; /* when, and who said so; either may be NULL */
};
struct taking_part {
    LIST(struct part) parts;          /* leads first, then by name */
    LIST(struct part_record) records; /* in the order of the sheet */
};
enum err taking_part_read(struct db *db, struct arena *arena, const struct programme *programme,
                          struct taking_part *out) MUST_CHECK;
/* Whom to ask: the names of everybody who leads it; NULL if nobody does. */
const char *taking_part_leads(struct arena *arena, const struct taking_part *all);
/* NULL if they take no part. */
const struct part *part_of(const struct taking_part *all, int64_t person);
/* Whether the programme would be without a lead who can sign in, were it not for this one. */
bool is_last_lead(const struct taking_part *all, const struct part *part);

struct invitation {
    const char *name, *email;
    enum role role;
    const char *record;    /* the key by which they stand on the sheet People; NULL: none */
    int64_t by;            /* the person who invites */
    bool by_administrator; /* who may have a link to every account */
};
enum invite_result {
    INVITED,
    INVITE_TAKES_PART,   /* they do already, in another way or signed in before */
    INVITE_LOGIN_TAKEN,  /* the address is the login of somebody else */
    INVITE_RECORD_TAKEN, /* the record is somebody else, or has gone */
};
struct invited {
    enum invite_result result; /* nothing was written unless it is INVITED */
    int64_t account;
    const char *name; /* as it is written down; another than was given, if they were known */
    const char *email, *token; /* of a link; NULL: they have an account */
    bool has_signed_in;        /* and have used it */
};
/* Invited once more in the same way, those who never came get a new link: a form may be sent twice.
 */
enum err invite(struct db *db, struct arena *arena, struct programme *programme,
                const struct invitation *invitation, struct invited *out) MUST_CHECK;

/* Tells them by mail, whoever may see a link: it goes to nobody but them. */
enum err invitation_mail(struct db *db, struct arena *arena, const struct programme *programme,
                         const struct invited *invited) MUST_CHECK;

enum part_result { PART_DONE, PART_GONE, PART_LAST_LEAD, PART_NO_LINK };
/* What somebody may do from now on; ROLE_NONE takes them out. */
enum err part_change(struct db *db, struct arena *arena, struct programme *programme,
                     int64_t person, enum role role, enum part_result *result) MUST_CHECK;
/* Another link; earlier ones that were not used end. */
enum err part_link(struct db *db, struct arena *arena, struct programme *programme, int64_t person,
                   struct invited *out, enum part_result *result) MUST_CHECK;
/* The same for any account, at the administrator's word. `out->token` is NULL if there is none. */
enum err account_link(struct db *db, struct arena *arena, int64_t account,
                      struct invited *out) MUST_CHECK;

/* Whether it looks like an e-mail address that can be a login. */
bool email_valid(const char *text);

#endif
