/* The calendar that somebody subscribes to: the page at which they get its address, and what their
 * program reads there. */
#include "accounts/moment.h"
#include "base/text.h"
#include "calendar/calendar.h"
#include "calendar/ical.h"
#include "calendar/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <sodium.h>

page_handler calendar_show, calendar_make_do, calendar_end_do, calendar_feed_show;

static const char ending[] = ".ics";

/* ---- the page ---- */

/* `secret` of an address that was just made; or NULL. */
static enum err page_put(struct request *request, struct response *response, const char *secret) {
    struct arena *arena = request->arena;
    struct text body = text_new(arena);
    const char *since;
    enum err err = calendar_address_since(request->db, arena, request->visitor.account, &since);
    struct calendar_view view = {
        .form_token = layout_form_token(request),
        .account_url = url_to(arena, ROUTE_account),
        .make_url = url_to(arena, ROUTE_calendar_make),
        .end_url = url_to(arena, ROUTE_calendar_end),
        .since = since ? moment_words(arena, since) : NULL,
        .is_ended = !since && request_query(request, "ended"),
        .hours = ICAL_REFRESH_HOURS,
        .most = arena_format(arena, "%d,%03d", CALENDAR_MOST / 1000, CALENDAR_MOST % 1000)};
    if (secret)
        view.address = arena_format(
            arena, "%s%s", request->site->address,
            url_to(arena, ROUTE_calendar_feed, arena_format(arena, "%s%s", secret, ending)));
    response->is_secret = secret;
    template_calendar(&body, &view);
    layout_page(request, response, "Your calendar", &body);
    return err;
}

enum err calendar_show(struct request *request, struct response *response) {
    return page_put(request, response, NULL);
}

/* Sent twice, it makes two, of which the second holds: that is the one that is shown. */
enum err calendar_make_do(struct request *request, struct response *response) {
    char *secret = arena_alloc(request->arena, TOKEN_SIZE);
    enum err err = calendar_address_new(request->db, request->visitor.account, secret);
    return err ? err : page_put(request, response, secret);
}

enum err calendar_end_do(struct request *request, struct response *response) {
    response_see_other(response, arena_format(request->arena, "%s?ended=1",
                                              url_to(request->arena, ROUTE_calendar)));
    return calendar_address_end(request->db, request->visitor.account);
}

/* ---- what programs read ---- */

static const char *event_address(void *context, const struct calendar_event *event) {
    const struct request *request = context;
    enum route_name route = event->what == CALENDAR_MEETING ? ROUTE_meeting : ROUTE_own_action;
    return arena_format(request->arena, "%s%s", request->site->address,
                        url_to(request->arena, route, event->programme.key, event->key));
}

static const char *etag_of(struct arena *arena, const char *text) {
    enum { BYTES = 16, DIGITS = 2 * BYTES + 1 };
    unsigned char bytes[BYTES];
    char digits[DIGITS];
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)text, strlen(text), NULL, 0);
    sodium_bin2hex(digits, sizeof digits, bytes, sizeof bytes);
    return arena_format(arena, "W/\"%s\"", digits);
}

/* The secret in "SECRET.ics"; NULL if it does not end so. */
static const char *secret_of(struct arena *arena, const char *file) {
    size_t length = strlen(file), behind = strlen(ending);
    return length > behind && text_equal(file + length - behind, ending)
               ? arena_copy_n(arena, file, length - behind)
               : NULL;
}

static void calendar_gone(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "There is no calendar here",
                   "Its address was ended or cut short. Whoever it belongs to finds a new one in "
                   "Ithaca, under their name.");
}

enum err calendar_feed_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const char *secret = secret_of(arena, request->values[0]);
    int64_t account = 0, person = 0;
    struct calendar calendar;
    enum err err = secret ? calendar_address_find(request->db, secret, &account, &person) : OK;
    if (err || !account) {
        calendar_gone(request, response);
        return err;
    }
    err = calendar_read(request->db, arena, person, request->today, &calendar);
    if (err)
        return err;
    const struct ical_wish wish = {
        .calendar = &calendar,
        .name = calendar.name ? arena_format(arena, "Ithaca: %s", calendar.name) : "Ithaca",
        .zone = ical_zone_here(),
        .address = event_address,
        .context = request};
    const char *written = ical_write(arena, &wish);
    response->etag = etag_of(arena, written);
    response->type = "text/calendar; charset=utf-8";
    if (request->if_none_match && text_equal(request->if_none_match, response->etag))
        response->status = STATUS_UNCHANGED;
    else
        text_add(&response->body, written);
    return OK;
}
