#include "findings/known_pages.h"
#include "base/text.h"
#include "web/html.h"
#include "web/layout.h"
#include "web/route.h"

/* ---- what was shared ---- */

enum err known_times_read(const struct request *request, const struct seen *seen,
                          struct known_times *out) {
    *out = (struct known_times){
        .seen = seen, .is_lead = role_may(request->visitor.role, PERMISSION_SEE_UNSHARED)};
    return out->is_lead ? OK
                        : looks_shared(request->db, request->arena, &request->visitor.programme,
                                       &out->shared);
}

static bool was_shared(const struct known_times *times, const struct kept_finding *kept, size_t i) {
    const struct finding_period *period = &kept->periods.items[i];
    if (i + 1 == kept->periods.n && shown_find(&times->seen->shown, kept->identity))
        return true;
    for (size_t k = 0; k < times->shared.list.n; k++)
        if (look_has(&times->shared.list.items[k], period))
            return true;
    return false;
}

bool known_period(const struct known_times *times, const struct kept_finding *kept, size_t period) {
    return times->is_lead || (!kept->private && was_shared(times, kept, period));
}

const char *known_closing(const struct known_times *times, const struct finding_period *period) {
    const struct look_points *shared = &times->shared;
    if (!period->closed || times->is_lead)
        return period->closed;
    return shared->list.n && look_is_after(&shared->list.items[shared->list.n - 1],
                                           period->closed_revision, period->closed)
               ? period->closed
               : NULL;
}

/* ---- one that has closed ---- */

/* A finding that is not there any more, as far as the visitor may know. */
struct past {
    const char *title, *opened, *closed; /* the title is NULL: there is none for them */
};

static enum err past_read(const struct request *request, const struct seen *seen, const char *id,
                          struct past *out) {
    struct arena *arena = request->arena;
    struct known_times times;
    *out = (struct past){0};
    if (!seen_kept(seen, id))
        return OK;
    struct kept_finding kept = *seen_kept(seen, id);
    bool is_own = kept.private && kept.person && names_contain(&seen->records, kept.person);
    enum err err = known_times_read(request, seen, &times);
    size_t at = kept.periods.n;
    while (!err && at && !is_own && !known_period(&times, &kept, at - 1))
        at--;
    const struct finding_period *period = at ? &kept.periods.items[at - 1] : NULL;
    const char *closed = err || !period ? NULL
                         : is_own       ? period->closed
                                        : known_closing(&times, period);
    if (!closed)
        return err;
    err = finding_said_read(request->db, arena, &request->visitor.programme, &kept);
    if (err)
        return err;
    *out = (struct past){*kept.about ? arena_format(arena, "%s: %s", kept.title, kept.about)
                                     : kept.title,
                         period->opened, closed};
    return OK;
}

enum err known_past(const struct request *request, const struct seen *seen, const char *id,
                    const char **title) {
    struct past past;
    enum err err = past_read(request, seen, id, &past);
    *title = past.title;
    return err;
}

enum err finding_gone(const struct request *request, struct response *response,
                      const struct seen *seen) {
    struct arena *arena = request->arena;
    const struct layout_link diagnosis = {
        "Back to the diagnosis", url_to(arena, ROUTE_diagnosis, request->visitor.programme.key)};
    struct past past;
    enum err err = past_read(request, seen, request->values[1], &past);
    if (err)
        return err;
    if (!past.title) {
        layout_message_with(request, response, STATUS_NOT_FOUND,
                            "This finding is not here any more",
                            "Either its reason has gone, which is good news, or it is not for you "
                            "to see. The diagnosis lists what there is.",
                            diagnosis);
        return OK;
    }
    const char *days = text_equal(past.opened, past.closed)
                           ? arena_format(arena, "on %s", day_long(arena, past.opened))
                           : arena_format(arena, "from %s to %s", day_long(arena, past.opened),
                                          day_long(arena, past.closed));
    layout_message_with(
        request, response, STATUS_OK, past.title,
        arena_format(arena, "This finding has closed: its reason has gone. It was open %s.", days),
        diagnosis);
    return OK;
}

/* ---- the way back ---- */

enum err way_back_read(struct request *request, const struct seen *seen, struct way_back *out) {
    const char *asked = request_query(request, "finding");
    const char *id = asked ? asked : request_filled(request, "finding");
    struct seen own;
    struct past past = {0};
    *out = (struct way_back){0};
    if (!id)
        return OK;
    enum err err = seen ? OK : seen_read(request, &own);
    seen = seen ? seen : &own;
    const struct shown_finding *finding = err ? NULL : seen_finding(request, seen, id);
    if (!err && !finding)
        err = past_read(request, seen, id, &past);
    if (finding || past.title)
        *out = (struct way_back){
            .finding = id,
            .title = finding ? finding_line_of(request, seen, finding).title : past.title,
            .url = url_to(request->arena, ROUTE_finding, request->visitor.programme.key, id)};
    return err;
}

const char *url_from_finding(struct arena *arena, const char *url, const char *finding) {
    struct text out = text_new(arena);
    if (!finding)
        return url;
    text_add_format(&out, "%s%cfinding=", url, strchr(url, '?') ? '&' : '?');
    html_url_part_write(&out, finding);
    return out.bytes;
}
