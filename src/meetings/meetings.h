/* A programme's meetings, and all that belongs to one of them: who sits in the team, what was
 * promised earlier, what is to be decided. Logic only; what is written down when it is closed:
 * close.h.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_MEETINGS_H
#define ITHACA_MEETINGS_H

#include "base/list.h"
#include "base/names.h"
#include "store/around.h"

struct meeting_line {
    const char *key, *team, *when; /* the team's name; the day as it was written */
    const char *starts, *ends;     /* times of day, or NULL */
    char day[11];                  /* the first that it can mean; "": not known */
    const char *state;             /* "held", "planned", "cancelled" */
};
struct meeting_lines {
    LIST(struct meeting_line) list; /* the newest first */
};
enum err meetings_read(struct db *db, struct arena *arena, const struct programme *programme,
                       const char *today, struct meeting_lines *out) MUST_CHECK;

struct meeting_member {
    const char *key, *name;          /* of the person */
    const struct record *attendance; /* at this meeting; NULL: nothing is written down */
};
struct meeting {
    struct around_found found; /* the record is NULL: there is no such meeting */
    const char *key, *team, *team_name, *when, *state;
    bool is_closed;                      /* its minutes are written */
    LIST(struct meeting_member) members; /* of the team now; and who else was there */
    /* Promised to the team at an earlier time, open or not yet reported back; the team's open
     * decisions and those of nobody's that are due by then. */
    LIST(const struct record *) actions;
    LIST(const struct record *) decisions;
    LIST(const struct record *) agreed; /* actions agreed at this meeting */
    struct names items;                 /* of its own agenda */
};
enum err meeting_read(struct db *db, struct arena *arena, const struct programme *programme,
                      const char *key, const char *today, struct meeting *out) MUST_CHECK;
/* An action that is neither done nor dropped. */
bool meeting_action_is_open(const struct record *action);
/* Reads the name of somebody on the sheet People; the key where there is none. */
enum err meeting_person_name(struct around *around, const char *key, const char **name) MUST_CHECK;

/* Meetings that were taken out of the records while people have them in their calendars
 * (invitations/), from today on. */
struct orphan {
    const char *key, *day;
    int64_t people;
};
struct orphans {
    LIST(struct orphan) list;
};
enum err meetings_orphans(struct db *db, struct arena *arena, const struct programme *programme,
                          const char *today, struct orphans *out) MUST_CHECK;

#endif
