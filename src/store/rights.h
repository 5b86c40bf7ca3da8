/* What somebody may ask of whoever keeps records about them: everything that is held, and that it
 * be erased. */
#ifndef ITHACA_RIGHTS_H
#define ITHACA_RIGHTS_H

#include "store/audit.h"
#include "store/erase.h"
#include "store/people.h"

/* ---- everything that is held ---- */

struct held_version {
    int64_t revision, until;   /* until 0: it still holds */
    const char *at, *until_at; /* when those were saved; until_at NULL if it still holds */
    const char *content;       /* JSON (store/stored.h) */
};

/* A record in all versions that concern the person. */
struct held_record {
    int64_t id;
    const struct kind *kind;
    const char *key, *label;
    struct names fields; /* headings of those that refer to the person or name them; none if it is
                          * the person's own record */
    LIST(struct held_version) versions;
};

/* What was decided about a finding. */
struct held_decision {
    const char *what, *author, *at, *reason, *assigned_to, *review; /* as in findings/findings.h */
};

/* A finding that is about the person, or names them; or about which they decided, or which somebody
 * gave to them. */
struct held_finding {
    int64_t id;
    const char *identity, *sentence; /* the sentence as it is said to them, if it is about them */
    bool is_about, is_open;
    bool is_private;
    const char *private_to; /* the key of whom it is about, where it is private; or NULL */
    LIST(struct held_decision)
    decisions; /* all if it is about them; else those that concern them */
};

/* What they changed in the programme's steps, or what somebody wrote there that names them. */
struct held_step {
    const char *step, *what, *author, *at, *words; /* `step` may be empty: all of them */
};

/* What they answered, or took up; or somebody wrote in an answer, or said back to it, that names
 * them. */
struct held_reply {
    struct held_finding finding; /* to what it is an answer, without decisions; id 0: an action */
    const char *action, *title;  /* its key, and what is to be done; NULL if it was taken out */
    const char *what, *author, *at, *words; /* the author and the words may be NULL */
    const char *taken_up_at;                /* NULL: it was not taken up */
    const char *taken_up_by, *taken_up_words;
    bool is_theirs; /* they gave it */
};

/* A diagnosis that they shared with everybody who takes part. */
struct held_share {
    const char *author, *at;
};

/* A list that they are bringing. */
struct held_brought {
    const char *author, *at, *file;
};

/* A file of a document that they uploaded, or that is called by their name. */
struct held_document {
    const char *author, *at, *file, *document; /* the author may be NULL */
};

/* What was learned, in a version that they wrote or agreed to, or that names them. */
struct held_learned {
    const char *author, *at, *why, *words;
};

/* What is written at a meeting that is not closed yet, of them or naming them. */
struct held_draft {
    const char *meeting, *words; /* its key; "presence: present" */
};

struct held_programme {
    struct programme programme;
    struct records records; /* as they are now, for their labels */
    LIST(struct held_record) own, others;
    LIST(struct revision) saves; /* by the person */
    LIST(struct held_finding) findings;
    LIST(struct held_step) steps;
    LIST(struct held_reply) replies;
    LIST(struct held_share) shares;
    LIST(struct held_brought) brought;
    LIST(struct held_document) documents;
    LIST(struct held_draft) drafts;
    LIST(struct held_learned) learned;
};

/* A browser in which they are signed in. */
struct held_session {
    const char *login, *since, *until, *agent; /* what the browser calls itself; or NULL */
};

/* A key with which another program reads for them. */
struct held_key {
    const char *login, *name, *made_at, *ends_at, *used_on; /* the last NULL: never */
};

/* What they asked for who have a right to it. */
struct held_request {
    const char *what, *words, *asked_on, *state, *answer;
};

/* A mail to them, sent in the last 60 days or waiting. */
struct held_mail {
    const char *kind, *subject, *made_at, *sent_at; /* the last NULL: not sent */
};

/* A meeting that was sent into their calendar. */
struct held_meeting {
    const char *programme, *day, *state, *sent_at;
};

struct held {
    struct person person;
    LIST(struct held_mail) mails;
    LIST(struct held_meeting) meetings;
    LIST(struct held_request) requests;
    LIST(struct held_session) sessions;
    LIST(struct held_key) keys;
    LIST(struct held_programme) programmes;
    bool is_too_much;     /* nothing was read of the programmes: rights_read_own */
    const char *left_out; /* what is not told here (held/held_own.h); or NULL */
};

/* Reads in one transaction. `also`: what else they are called, or NULL. */
enum err rights_read(struct db *db, struct arena *arena, const char *who, const struct names *also,
                     struct held *out) MUST_CHECK;
/* For whoever it is about, within db_read: of the programmes alone in which they take part or are
 * somebody on the sheet People, by what they are called there. A name is no proof: others may have
 * the same, in programmes of which they are to know nothing. And as long as the versions of
 * records in these weigh no more than `most` together, their characters and 200 for each: all of
 * them are looked through. */
enum err rights_read_own(struct db *db, struct arena *arena, const char *login, int64_t most,
                         struct held *out) MUST_CHECK;

/* ---- erasing ---- */

struct rights_wish {
    const char *who;
    int parts;             /* enum person_part */
    const char *programme; /* only there; NULL: everywhere */
    const struct names *also;
    bool keep_texts, only_look;
    const char *author, *reason;
};

struct rights_erased {
    struct programme programme;
    const char *old_key; /* NULL: there was no record of the person, only words */
    struct erased erased;
};

struct rights_outcome {
    struct person person; /* as it was */
    bool person_gone;
    size_t memberships, accounts; /* removed */
    LIST(struct rights_erased) programmes;
    struct names left; /* keys of programmes that only an author's name ties to the person */
};

/* A programme to which the person is not linked, but in which an author has their name, is left as
 * it is unless `programme` says so, or the name is among `also`: it may be somebody else.
 *
 * All of it in one transaction. What lay in the files is there until db_scrub. */
enum err rights_erase(struct db *db, struct arena *arena, const struct rights_wish *wish,
                      struct rights_outcome *out) MUST_CHECK;

#endif
