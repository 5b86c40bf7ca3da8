/* The diagnosis over time: what broke, what closed, and how long it stayed broken.
 *
 * One workbench shows the programme as of one day after the other. What is looked at is the
 * workbook as it is now; what it said on an earlier day is not known. The days are those on which
 * something in the records begins, ends, happens or falls due, and every month end, since rules
 * also ask how long ago something was. Between two days with different findings the days in the
 * middle are looked at too, until the day of each change is found.
 *
 * A finding is the same at another time if it has the same name (finding->id). Where the records
 * give only a month or a year, the workbench lets a thing begin on the first day that it can mean
 * and end on the last; a dating tells that, so that nobody takes such a day for exact.
 *
 * Everything belongs to the arena of the history, but rules and records stay whose they are. */
#ifndef ITHACA_HISTORY_H
#define ITHACA_HISTORY_H

#include "diagnosis/diagnosis.h"

enum {
    HISTORY_DAYS_MAX = 400,  /* days looked at, besides those that narrow a change down */
    HISTORY_NARROW_MAX = 800 /* days that narrow changes down to a day */
};

/* Why a finding opened or closed on a day. */
enum dating_kind {
    DATED,         /* a record bears this very day */
    DATED_ROUGHLY, /* the day comes from a month, a year or an "about" */
    FIRST_TOLD,    /* from this day a sheet is said to be complete, so that it can be told */
    TIME_PASSED,   /* no record bears the day: a rule's limit of time ran out */
};

struct dating {
    enum dating_kind kind;
    const char *words;                    /* DATED_ROUGHLY: as written, "about 2017-06" */
    char first[DAY_SIZE], last[DAY_SIZE]; /* what the words can mean; "" where nobody knows */
    const struct record *record; /* that gives the day; NULL if the finding does not rest on it */
    const struct field *field;   /* its field */
};

/* A time without interruption in which a finding was there, on one of the days shown at least. */
struct span {
    const char *from;  /* the first day, or NULL: before the first day shown */
    const char *until; /* the last day, or NULL: still there on the last day shown */
    struct dating began, ended;
    const char *sentence_first, *sentence; /* what the finding said on its first, its last day */
    /* It is over because this, which it was about, ended on its last day: that mends nothing. NULL
     * if it is still there or was mended. */
    const struct record *gone;
    const char *gone_name; /* as people name it; NULL if a person must stay unnamed */
};

/* One finding through time. */
struct track {
    const char *id;
    const char *about; /* as people name it (finding->about), on its last day looked at */
    const struct rule *rule;
    int level; /* the level and the severity it had on that day */
    enum severity severity;
    /* It was there before any day in the records: no day tells when it began. */
    bool begins_nowhere;
    LIST(struct span) spans;
    struct record_refs records;  /* all that it ever rested on */
    struct record_refs subjects; /* those of them that tell it apart from others */
};

/* A span that begins or ends. */
struct shift {
    const struct track *track;
    size_t span; /* its place in the track's spans */
};

/* A day on which something opened or closed. */
struct moment {
    const char *day;
    LIST(struct shift) opened, closed;
    size_t broken, in_order; /* findings open, rules with nothing broken at a level, on that day */
};

struct history {
    struct arena *arena;
    const char *programme; /* its name */
    const struct content *content;
    const char *first_recorded; /* the first day in the records, or NULL if they have none */
    char from[DAY_SIZE], to[DAY_SIZE];
    bool from_start;                   /* `from` is the day the programme began */
    size_t days_looked_at;             /* from `from` to `to` */
    size_t days_left_out;              /* more than HISTORY_DAYS_MAX: not looked at */
    bool is_coarse;                    /* some changes could not be narrowed down to a day */
    size_t broken_before;              /* on the day before `from`, and still on that day */
    size_t broken_last, in_order_last; /* on the day `to` */
    /* Rule by rule, in the order in which they first opened; then those without a day. */
    LIST(struct track *) tracks;
    LIST(struct moment) moments;
};

struct history_options {
    struct diagnosis_options diagnosis; /* its day does not matter */
    const char *from, *to;              /* days; `from` may be NULL: since the programme began, or
                                         * else since the first day in the records */
    void (*progress)(size_t days);      /* told after each day looked at; may be NULL */
};

/* Looks at the records day by day. ERR_INPUT, with a problem, if `from` (given or not) is after
 * `to`, or a rule is wrong. */
enum err history_make(struct arena *arena, const struct records *records,
                      const struct content *content, const struct rules *rules,
                      const struct history_options *options, struct history *out,
                      struct problems *problems) MUST_CHECK;

/* Whether the finding was there on every day shown, and no day tells when it began. */
bool track_is_undated(const struct track *track);

#endif
