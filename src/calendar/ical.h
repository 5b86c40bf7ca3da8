/* Events as iCalendar (RFC 5545, libical), as Outlook, Google and Apple read it.
 *
 * What happens at a time of day is told in the time of the site's time zone, which is written into
 * the calendar with its changes between winter and summer; where the zone has no name that libical
 * knows, in UTC. The same events give the same bytes. */
#ifndef ITHACA_ICAL_H
#define ITHACA_ICAL_H

#include "calendar/calendar.h"

enum { ICAL_HOUR_IF_NO_END = 1, ICAL_REFRESH_HOURS = 4 };

struct ical_wish {
    const struct calendar *calendar;
    const char *name; /* of the calendar */
    const char *zone; /* "Europe/London"; or NULL */
    /* The address of the page of an event. */
    const char *(*address)(void *context, const struct calendar_event *event);
    void *context;
};
/* The text belongs to the arena; its lines end as the standard says. */
const char *ical_write(struct arena *arena, const struct ical_wish *wish);

/* The name of the zone that this process lives in; NULL: it has none that libical knows. */
const char *ical_zone_here(void);

#endif
