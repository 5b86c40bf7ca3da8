#include "calendar/ical.h"
#include "base/text.h"
#include <libical/ical.h>
#include <stdlib.h>
#include <time.h>

/* ---- the zone ---- */

/* A copy of what libical knows of a zone; NULL if it knows none of that name. */
static icalcomponent *zone_find(const char *name) {
    icaltimezone *zone =
        name && !strstr(name, "..") ? icaltimezone_get_builtin_timezone(name) : NULL;
    icalcomponent *known = zone ? icaltimezone_get_component(zone) : NULL;
    return known ? icalcomponent_new_clone(known) : NULL;
}

const char *ical_zone_here(void) {
    const char *name = getenv("TZ");
    icalcomponent *zone = zone_find(name);
    if (!zone)
        return NULL;
    icalcomponent_free(zone);
    return name;
}

/* Whether a change of the clocks comes every year, still in `year`. */
static bool part_goes_on(icalcomponent *part, int year) {
    icalproperty *rule = icalcomponent_get_first_property(part, ICAL_RRULE_PROPERTY);
    if (!rule)
        return false;
    struct icaltimetype until = icalproperty_get_rrule(rule).until;
    return icaltime_is_null_time(until) || until.year >= year;
}

/* Whether one of a part's own days lies in these years. */
static bool part_is_within(icalcomponent *part, int first, int last) {
    int year = icalcomponent_get_dtstart(part).year;
    bool within = year >= first && year <= last;
    for (icalproperty *p = icalcomponent_get_first_property(part, ICAL_RDATE_PROPERTY);
         p && !within; p = icalcomponent_get_next_property(part, ICAL_RDATE_PROPERTY)) {
        int also = icalproperty_get_rdate(p).time.year;
        within = also >= first && also <= last;
    }
    return within;
}

static icalcomponent *part_next(icalcomponent *zone, bool *begun) {
    icalcomponent *part = *begun ? icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)
                                 : icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT);
    *begun = true;
    return part;
}

/* The part that holds when nothing changes any more: the last to begin until a year. */
static icalcomponent *part_last(icalcomponent *zone, int year) {
    icalcomponent *last = NULL, *part;
    for (bool begun = false; (part = part_next(zone, &begun));) {
        struct icaltimetype start = icalcomponent_get_dtstart(part);
        if (start.year <= year &&
            (!last || icaltime_compare(icalcomponent_get_dtstart(last), start) < 0))
            last = part;
    }
    return last;
}

/* Without what was before these years and comes after them: some programs give up on the whole
 * history since 1847. */
static void zone_trim(icalcomponent *zone, int first, int last) {
    enum { PARTS_MAX = 500 };
    icalcomponent *needless[PARTS_MAX], *part, *standing = part_last(zone, first - 1);
    size_t n = 0;
    for (bool begun = false; (part = part_next(zone, &begun));) {
        bool is_needed =
            part == standing || part_is_within(part, first, last) ||
            (part_goes_on(part, first) && icalcomponent_get_dtstart(part).year <= last);
        if (!is_needed && n < PARTS_MAX)
            needless[n++] = part;
    }
    for (size_t i = 0; i < n; i++) {
        icalcomponent_remove_component(zone, needless[i]);
        icalcomponent_free(needless[i]);
    }
}

static int year_of(const char *day) {
    return (int)strtol(day, NULL, 10);
}

static void zone_add(icalcomponent *calendar, const struct ical_wish *wish, const char *name) {
    icalcomponent *zone = zone_find(name);
    const struct calendar *events = wish->calendar;
    int first = year_of(events->list.items[0].day) - 1;
    int last = year_of(events->list.items[events->list.n - 1].day) + 1;
    if (!zone)
        abort(); /* it was there a moment ago */
    icalproperty *id = icalcomponent_get_first_property(zone, ICAL_TZID_PROPERTY);
    icalproperty_set_tzid(id, name); /* libical's own begins with its address */
    zone_trim(zone, first, last);
    icalcomponent_add_component(calendar, zone);
}

/* ---- times ---- */

static struct icaltimetype time_of(const char *day, const char *clock) {
    char *end;
    struct icaltimetype time = icaltime_null_time();
    time.year = (int)strtol(day, &end, 10);
    time.month = (int)strtol(end + 1, &end, 10);
    time.day = (int)strtol(end + 1, NULL, 10);
    time.is_date = !*clock;
    if (*clock) {
        time.hour = (int)strtol(clock, &end, 10);
        time.minute = (int)strtol(end + 1, NULL, 10);
    }
    return time;
}

/* "2026-06-30T12:00:00.000Z" */
static struct icaltimetype time_of_moment(const char *at) {
    struct icaltimetype time = time_of(at, at + DAY_SIZE);
    time.second = (int)strtol(at + DAY_SIZE + CLOCK_SIZE, NULL, 10);
    time.zone = icaltimezone_get_utc_timezone();
    return time;
}

/* A time on this machine's clock on the wall, in UTC. */
static struct icaltimetype time_in_utc(struct icaltimetype time) {
    struct tm here = {.tm_year = time.year - 1900,
                      .tm_mon = time.month - 1,
                      .tm_mday = time.day,
                      .tm_hour = time.hour,
                      .tm_min = time.minute,
                      .tm_isdst = -1};
    return icaltime_from_timet_with_zone(mktime(&here), 0, icaltimezone_get_utc_timezone());
}

static void time_add(icalcomponent *event, struct icaltimetype time, const char *zone,
                     icalproperty *(*make)(struct icaltimetype)) {
    if (!time.is_date && !zone)
        time = time_in_utc(time);
    icalproperty *property = make(time);
    if (time.is_date)
        icalproperty_add_parameter(property, icalparameter_new_value(ICAL_VALUE_DATE));
    else if (zone)
        icalproperty_add_parameter(property, icalparameter_new_tzid(zone));
    icalcomponent_add_property(event, property);
}

/* A whole day ends where the next one begins; so does what ends before it has begun. */
static void times_add(icalcomponent *event, const struct calendar_event *from, const char *zone) {
    struct icaltimetype start = time_of(from->day, from->starts), end = start;
    bool has_end = *from->ends && strcmp(from->ends, from->starts) > 0;
    if (start.is_date)
        icaltime_adjust(&end, 1, 0, 0, 0);
    else if (has_end)
        end = time_of(from->day, from->ends);
    else
        icaltime_adjust(&end, 0, ICAL_HOUR_IF_NO_END, 0, 0);
    time_add(event, start, zone, icalproperty_new_dtstart);
    time_add(event, end, zone, icalproperty_new_dtend);
}

/* ---- events ---- */

static icalproperty *named_text(const char *name, const char *text) {
    icalproperty *property = icalproperty_new_x(text);
    icalproperty_set_x_name(property, name);
    return property;
}

static icalcomponent *event_make(struct arena *arena, const struct ical_wish *wish,
                                 const struct calendar_event *from) {
    const char *url = wish->address(wish->context, from);
    const struct icaltimetype changed = time_of_moment(from->changed_at);
    bool is_meeting = from->what == CALENDAR_MEETING;
    icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    icalcomponent_add_property(
        event, icalproperty_new_uid(arena_format(
                   arena, "%s-%llx-%llx@ithaca", is_meeting ? "meeting" : "action",
                   (unsigned long long)from->programme.id, (unsigned long long)from->record)));
    icalcomponent_add_property(event, icalproperty_new_dtstamp(changed));
    icalcomponent_add_property(event, icalproperty_new_lastmodified(changed));
    icalcomponent_add_property(event, icalproperty_new_sequence((int)from->revision));
    times_add(event, from, wish->zone);
    icalcomponent_add_property(event, icalproperty_new_summary(from->summary));
    if (from->place)
        icalcomponent_add_property(event, icalproperty_new_location(from->place));
    icalcomponent_add_property(
        event,
        icalproperty_new_description(arena_format(
            arena, "%s\n%s", is_meeting ? "Agenda and minutes:" : "What is to be done:", url)));
    icalcomponent_add_property(event, icalproperty_new_url(url));
    icalcomponent_add_property(event,
                               icalproperty_new_status(from->is_cancelled ? ICAL_STATUS_CANCELLED
                                                                          : ICAL_STATUS_CONFIRMED));
    /* Nobody is busy all day because something is due. */
    bool is_busy = *from->starts && !from->is_cancelled;
    icalcomponent_add_property(
        event, icalproperty_new_transp(is_busy ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT));
    return event;
}

/* The name of somebody, without what a parameter cannot hold (RFC 5545, 3.2). */
static icalparameter *named(struct arena *arena, const char *name) {
    char *plain = arena_copy(arena, name);
    for (char *c = plain; *c; c++)
        if (*c == '"' || (unsigned char)*c < ' ' || *c == 0x7F)
            *c = ' ';
    return icalparameter_new_cn(plain);
}

static void call_add(struct arena *arena, const struct ical_call *call, icalcomponent *event) {
    icalproperty *organizer =
        icalproperty_new_organizer(arena_format(arena, "mailto:%s", call->organizer_address));
    icalproperty *attendee =
        icalproperty_new_attendee(arena_format(arena, "mailto:%s", call->attendee_address));
    icalproperty_add_parameter(organizer, named(arena, call->organizer));
    icalproperty_add_parameter(attendee, named(arena, call->attendee));
    icalproperty_add_parameter(attendee, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
    icalproperty_add_parameter(attendee, icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
    icalproperty_add_parameter(attendee, icalparameter_new_rsvp(ICAL_RSVP_FALSE));
    icalcomponent_add_property(event, organizer);
    icalcomponent_add_property(event, attendee);
}

static bool has_times(const struct calendar *calendar) {
    for (size_t i = 0; i < calendar->list.n; i++)
        if (*calendar->list.items[i].starts)
            return true;
    return false;
}

static void feed_describe(struct arena *arena, const struct ical_wish *wish,
                          icalcomponent *calendar) {
    const char *refresh = arena_format(arena, "PT%dH", ICAL_REFRESH_HOURS);
    icalcomponent_add_property(calendar, named_text("X-WR-CALNAME", wish->name));
    icalcomponent_add_property(calendar, named_text("X-PUBLISHED-TTL", refresh));
    icalcomponent_add_property(
        calendar, icalproperty_new_from_string(
                      arena_format(arena, "REFRESH-INTERVAL;VALUE=DURATION:%s", refresh)));
}

const char *ical_write(struct arena *arena, const struct ical_wish *wish) {
    const struct ical_call *call = wish->call;
    icalcomponent *calendar =
        icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
                            icalproperty_new_prodid("-//Ithaca//Calendar//EN"),
                            icalproperty_new_calscale("GREGORIAN"), (void *)0);
    if (call)
        icalcomponent_set_method(calendar, call->method == ICAL_CALL_CANCEL ? ICAL_METHOD_CANCEL
                                                                            : ICAL_METHOD_REQUEST);
    else
        feed_describe(arena, wish, calendar);
    if (wish->zone && has_times(wish->calendar))
        zone_add(calendar, wish, wish->zone);
    for (size_t i = 0; i < wish->calendar->list.n; i++) {
        icalcomponent *event = event_make(arena, wish, &wish->calendar->list.items[i]);
        if (call)
            call_add(arena, call, event);
        icalcomponent_add_component(calendar, event);
    }
    char *written = icalcomponent_as_ical_string_r(calendar);
    if (!written)
        abort(); /* no memory */
    const char *out = arena_copy(arena, written);
    free(written);
    icalcomponent_free(calendar);
    return out;
}
