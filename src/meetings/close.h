/* Closing a meeting: all that was written while it went on becomes records, in one revision or not
 * at all: who was there, what became of earlier actions, decisions, new actions, and the minutes.
 *
 * To be called within db_write; everything belongs to the arena. */
#ifndef ITHACA_MEETING_CLOSE_H
#define ITHACA_MEETING_CLOSE_H

#include "meetings/draft.h"
#include "meetings/meetings.h"

enum { MEETING_NEW_DECISIONS = 3, MEETING_NEW_ACTIONS = 6 }; /* rows on the form */

/* The names of the form's fields: what, and of which record or row; in words,
 * since they are told to whoever asks what is held about them. A key stands alone behind the
 * colon, so that it is found where somebody is erased. */
#define MEETING_PRESENCE "presence:"     /* "present", "apologies", "absent" */
#define MEETING_SPOKEN "minutes-spoken:" /* minutes, or "" */
#define MEETING_OUTCOME "outcome:"       /* "done", "open", "dropped", or "": not spoken of */
#define MEETING_UNTIL "until:"           /* still open until this day */
#define MEETING_WORDS "words:"           /* what was said of it */
#define MEETING_TAKEN "taken:"           /* "taken", or "" */
#define MEETING_DECIDED "decision:"      /* 1 and on: the title of a new decision */
#define MEETING_TO_DO "action:"          /* 1 and on: of a new action what, */
#define MEETING_TO_DO_WHO "owner:"       /* who, */
#define MEETING_TO_DO_WHEN "due:"        /* by when */
#define MEETING_NOTES "notes"

/* Headings of the minutes under which actions stand. */
#define MINUTES_EARLIER "What became of earlier actions"
#define MINUTES_NEW "New actions"
/* Minutes without what stands under these two: for whoever may not read the records. */
const char *minutes_without_actions(struct arena *arena, const char *minutes);

/* All of them for a meeting, each once. */
struct names meeting_fields(struct arena *arena, const struct meeting *meeting);

struct close_wish {
    const struct programme *programme;
    const struct meeting *meeting;
    const struct meeting_draft *draft; /* with all that was written */
    const char *today, *author, *token;
};
struct close_problem {
    const char *field, *words; /* `field` NULL: none of one field */
};
struct closed_meeting {
    bool is_closed;
    LIST(struct close_problem) problems;
};
/* The draft goes when it is closed. */
enum err meeting_close(struct db *db, struct arena *arena, const struct close_wish *wish,
                       struct closed_meeting *out) MUST_CHECK;

#endif
