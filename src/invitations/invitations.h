/* A meeting sent by mail into the calendars of whoever sits in the team: who was told what, and
 * what is to be told next. Somebody sends it deliberately; nothing goes by itself.
 *
 * A mail says what somebody looking over a shoulder may read: which team, when, where, and a link.
 * The agenda stays behind the link. Everybody's own choice (mail/mail.h) is obeyed.
 *
 * To be called within db_read or db_write; everything belongs to the arena. Cost grows with the
 * members of the team and who takes part in the programme. */
#ifndef ITHACA_INVITATIONS_H
#define ITHACA_INVITATIONS_H

#include "calendar/calendar.h"

enum { INVITATIONS_MOST = 200 /* of one meeting, at once */ };

enum invitation_next {
    INVITATION_NONE,   /* nothing: they know it as it stands, or get none */
    INVITATION_FIRST,  /* they are invited */
    INVITATION_CHANGE, /* they hear when or where it is now */
    INVITATION_END,    /* it leaves their calendar */
};

struct invitation {
    const char *name;
    enum invitation_next next;
    const char *why;     /* nothing is sent, or it ends; NULL where there is nothing to say */
    const char *sent_at; /* UTC, the last time; NULL: never */
    /* What the mail needs. */
    int64_t account, record, sequence;
    const char *email;
    struct calendar_event event; /* as they are to know it */
};

struct invitations {
    bool is_known;    /* there is such a meeting, or people were invited to one */
    const char *team; /* and when, to show; of one that was taken out, as people know it */
    const char *when;
    const char *hurdle;           /* why nobody can be invited or told of a change; or NULL */
    LIST(struct invitation) list; /* by name */
    size_t to_send;
};
enum err invitations_read(struct db *db, struct arena *arena, const struct programme *programme,
                          const char *key, const char *today, struct invitations *out) MUST_CHECK;

struct invitations_wish {
    const struct programme *programme;
    const struct invitations *invitations;
    const char *key;       /* of the meeting */
    const char *address;   /* of its page: "https://..." */
    const char *mail_from; /* the site's address for mail */
};
/* Writes the mails, and down what was told. Within db_write; of two who send at the same time, each
 * person hears from one. */
enum err invitations_send(struct db *db, struct arena *arena,
                          const struct invitations_wish *wish) MUST_CHECK;

#endif
