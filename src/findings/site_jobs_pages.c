/* For whoever looks after the site: when each programme was last looked at, and trying again what
 * was left alone after it failed too often. */
#include "accounts/moment.h"
#include "base/text.h"
#include "findings/look.h"
#include "findings/views.h"
#include "jobs/jobs.h"
#include "store/programme.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler site_jobs_show, site_job_again_do;

static const char *state_words(struct arena *arena, const struct job_state *state) {
    if (job_is_retired(state))
        return arena_format(arena,
                            "Failed %lld times and was left alone. The server's log says what went "
                            "wrong. Once that is mended, try again.",
                            (long long)state->attempts);
    if (state->error)
        return "Failed, and is being tried again. The server's log says what went wrong.";
    return state->claimed_by ? "A worker is at it, or was when it ended." : NULL;
}

static void job_tell(struct arena *arena, const struct job_states *jobs, int64_t programme,
                     struct site_job *out) {
    for (size_t i = 0; i < jobs->list.n; i++) {
        const struct job_state *state = &jobs->list.items[i];
        if (state->job.programme != programme)
            continue;
        const char *id = arena_format(arena, "%lld", (long long)programme);
        out->state = state_words(arena, state);
        out->again_url = job_is_retired(state) ? url_to(arena, ROUTE_site_job_again, id) : NULL;
    }
}

enum err site_jobs_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct text body = text_new(arena);
    struct site_jobs_view view = {.form_token = layout_form_token(request),
                                  .site_url = url_to(arena, ROUTE_site)};
    struct job_states jobs;
    struct db_rows rows;
    enum err err = jobs_read(request->db, arena, LOOK_KIND, &jobs);
    if (err)
        return err;
    err = db_query(request->db, SQL_site_programmes, DB_NO_VALUES, &rows);
    while (!err && db_next(&rows)) {
        const struct programme programme = programme_of_row(arena, &rows);
        const char *looked_at = db_row_text(&rows, 5);
        struct site_job job = {.name = programme.name,
                               .looked_at = looked_at ? day_of_moment(arena, looked_at) : NULL};
        job_tell(arena, &jobs, programme.id, &job);
        list_add(arena, &view.jobs, job);
    }
    err = db_rows_end(&rows, err);
    if (err)
        return err;
    template_site_jobs(&body, &view);
    layout_page(request, response, "Jobs", &body);
    return OK;
}

enum err site_job_again_do(struct request *request, struct response *response) {
    response_see_other(response, url_to(request->arena, ROUTE_site_jobs));
    return job_again(request->db, strtoll(request->values[0], NULL, 10), LOOK_KIND);
}
