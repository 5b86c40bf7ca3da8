/* The partnership as a network: the people in a workbench and the ties between them (the fact `tie`
 * of rules/facts.sql), ready to be measured and drawn.
 *
 * Who is in it: everybody on the sheet People who is there on the day, with ties or without. Ids
 * and names belong to the arena. */
#ifndef ITHACA_PARTNERSHIP_H
#define ITHACA_PARTNERSHIP_H

#include "diagnosis/workbench.h"
#include "network/network.h"

enum tie_kind { TIE_TEAM, TIE_ROUTE, TIE_RELATIONSHIP, TIE_LINE, TIE_KINDS };
/* "shared team", "message route", "relationship", "line management" */
extern const char *const tie_kind_names[TIE_KINDS];
/* What makes a tie of that kind, in a sentence for people. */
extern const char *const tie_kind_meanings[TIE_KINDS];

struct partner_person {
    const char *id, *name;
    /* The employer, else that of the person's seat in a team that leads the change; NULL where
     * nothing says. */
    const char *organisation, *organisation_name, *sector;
    const char *profession; /* NULL where nothing says */
    bool lived_experience;  /* has a seat for lived experience or as a carer */
};

/* Where two people meet: the team of a shared-team tie; NULLs for other ties. */
struct tie_team {
    const char *id, *name;
};

struct partnership {
    LIST(struct partner_person) people; /* in the order of their ids */
    struct network network;             /* people numbered as above */
    LIST(enum tie_kind) kinds;          /* of network.ties, one each */
    LIST(struct tie_team) teams;        /* of network.ties, one each */
};

/* Reads the ties of the kinds wanted (one bit each: 1 << TIE_TEAM; all: TIE_ALL). */
enum { TIE_ALL = (1 << TIE_KINDS) - 1 };
enum err partnership_read(struct workbench *workbench, struct arena *arena, unsigned tie_kinds,
                          struct partnership *out, struct problems *problems) MUST_CHECK;

/* Only what the measures need, in a third of the time: the ids of the people in their order, and
 * all ties in any order. */
enum err partnership_read_ties(struct workbench *workbench, struct arena *arena, struct names *ids,
                               struct network *out, struct problems *problems) MUST_CHECK;

/* What that asks the workbench: if no answer has changed, neither has the network. */
enum { PARTNERSHIP_TIE_QUERIES = 2 };
extern const struct query *const partnership_tie_queries[PARTNERSHIP_TIE_QUERIES];

/* People by a grouping, as network_ei and network_brokerage want them: a number for each, -1 where
 * nothing is known. `names` gets the names of the groups by number. */
enum grouping { BY_ORGANISATION, BY_SECTOR, BY_PROFESSION, BY_LIVED_EXPERIENCE, GROUPINGS };
extern const char *const grouping_names[GROUPINGS];
int *partnership_groups(struct arena *arena, const struct partnership *partnership,
                        enum grouping grouping, struct names *names);

#endif
