/* What is held about people, in plain words (docs/data.md has the rest). */
#include "accounts/invite.h"
#include "accounts/keeper_pages.h"
#include "accounts/notice_pages.h"
#include "accounts/people_views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler privacy_show;

enum err privacy_show(struct request *request, struct response *response) {
    struct taking_part all;
    struct text body = text_new(request->arena);
    enum err err = taking_part_read(request->db, request->arena, &request->visitor.programme, &all);
    struct privacy_view view = {.programme = request->visitor.programme.name,
                                .held_url = url_to(request->arena, ROUTE_held)};
    if (!err)
        err = keeper_read(request, &view.keeper);
    if (!err)
        err = notice_in_force(request, &view.notice);
    if (err)
        return err;
    view.leads = taking_part_leads(request->arena, &all);
    template_privacy(&body, &view);
    layout_page(request, response, "How your data are used", &body);
    return OK;
}
