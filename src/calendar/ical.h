/* Events as iCalendar (RFC 5545, libical), as Outlook, Google and Apple read it.
 *
 * What happens at a time of day is told in the time of the site's time zone, which is written into
 * the calendar with its changes between winter and summer; where the zone has no name that libical
 * knows, in UTC. The same events give the same bytes. */
#ifndef ITHACA_ICAL_H
#define ITHACA_ICAL_H

#include "calendar/calendar.h"

enum { ICAL_HOUR_IF_NO_END = 1, ICAL_REFRESH_HOURS = 4 };

/* Telling one person of one meeting (RFC 5546, RFC 6047): the calendar is then no feed, but asks
 * their own calendar to take the meeting in, to change it or to take it out. No answer is asked
 * for, since nobody reads the address that sends. */
struct ical_call {
    enum { ICAL_CALL_REQUEST, ICAL_CALL_CANCEL } method;
    const char *organizer, *organizer_address;
    const char *attendee, *attendee_address;
};

struct ical_wish {
    const struct calendar *calendar;
    const char *name;             /* of the calendar, if it is a feed */
    const char *zone;             /* "Europe/London"; or NULL */
    const struct ical_call *call; /* or NULL: a feed */
    /* The address of the page of an event. */
    const char *(*address)(void *context, const struct calendar_event *event);
    void *context;
};
/* The text belongs to the arena; its lines end as the standard says. */
const char *ical_write(struct arena *arena, const struct ical_wish *wish);

/* The name of the zone that this process lives in; NULL: it has none that libical knows. */
const char *ical_zone_here(void);

#endif
