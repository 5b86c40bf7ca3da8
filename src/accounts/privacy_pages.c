/* What is held about people, in plain words (docs/data.md has the rest). */
#include "accounts/invite.h"
#include "base/text.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler privacy_show;

/* Whom to ask: everybody who leads the programme here. */
static const char *leads_words(struct arena *arena, const struct taking_part *all) {
    struct names names = {0};
    for (size_t i = 0; i < all->parts.n; i++)
        if (all->parts.items[i].role == ROLE_LEAD)
            list_add(arena, &names.list, all->parts.items[i].name);
    return names.list.n ? text_enumerate(arena, names.list.items, names.list.n, names.list.n)
                        : NULL;
}

enum err privacy_show(struct request *request, struct response *response) {
    struct taking_part all;
    struct text body = text_new(request->arena);
    enum err err = taking_part_read(request->db, request->arena, &request->visitor.programme, &all);
    if (err)
        return err;
    template_privacy(&body, request->visitor.programme.name, leads_words(request->arena, &all));
    layout_page(request, response, "What is held about you", &body);
    return OK;
}
