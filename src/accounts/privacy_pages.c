/* What is held about people, in plain words (docs/data.md has the rest). */
#include "accounts/invite.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler privacy_show;

enum err privacy_show(struct request *request, struct response *response) {
    struct taking_part all;
    struct text body = text_new(request->arena);
    enum err err = taking_part_read(request->db, request->arena, &request->visitor.programme, &all);
    if (err)
        return err;
    template_privacy(&body, request->visitor.programme.name,
                     taking_part_leads(request->arena, &all));
    layout_page(request, response, "How your data are used", &body);
    return OK;
}
