/* The form that invites somebody, which two pages have; and the page that shows a link once. */
#ifndef ITHACA_INVITE_PAGES_H
#define ITHACA_INVITE_PAGES_H

#include "accounts/people_views.h"
#include "web/request.h"

/* The roles to choose from, with what each may do. */
void role_options(struct arena *arena, const char *chosen, struct options_view *out);
/* What was filled in, into `view` for the form and `out` for inviting; false if something is wrong
 * with it, which `view` says. */
bool invite_form_read(const struct request *request, struct invite_view *view,
                      struct invitation *out);
/* Says what stood in the way of an invitation. */
void invite_obstacle(struct invite_view *view, enum invite_result result);
bool invite_has_errors(const struct invite_view *view);

/* The answer to a form that made a link. It is no redirection: the link is kept nowhere. */
void link_given(const struct request *request, struct response *response,
                const struct invited *invited, const char *back_url);

#endif
