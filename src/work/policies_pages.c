/* Policies: what each says, beside what it provides. */
#include "base/text.h"
#include "findings/findings_pages.h"
#include "findings/reader_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include "work/views.h"
#include "work/work.h"

page_handler policies_show;

struct policies {
    struct request *request;
    struct around around;
    struct seen seen;
    struct around_list policies, provisions, organisations;
    struct policies_view view;
};

static enum err policies_read(struct policies *all) {
    struct request *request = all->request;
    all->around = around_new(request->db, request->arena, &request->visitor.programme);
    enum err err = seen_read(request, &all->seen);
    if (!err)
        err =
            around_kind(&all->around, kind_find("organisation"), 0, WORK_MOST, &all->organisations);
    if (!err)
        err = work_records(&all->around, "policy", request->today, &all->policies);
    return err ? err : work_records(&all->around, "provision", request->today, &all->provisions);
}

static struct policy_means means_of(const struct policies *all, const struct record *provision) {
    return (struct policy_means){record_value(provision, "title"),
                                 record_url(all->request, provision->kind, provision->id),
                                 text_capital(all->request->arena, record_value(provision, "type")),
                                 record_value(provision, "effect")};
}

/* Only what those outside ask for is measured by what they provide (rule A15). */
static bool is_from_outside(const struct record *owner) {
    static const char *const parts[] = {"regulator", "funder", "national body", "regional body"};
    for (size_t i = 0; owner && i < sizeof parts / sizeof *parts; i++)
        if (text_equal(record_value(owner, "part"), parts[i]))
            return true;
    return false;
}

static const char *gap_of(const struct record *policy, const struct record *owner, size_t means,
                          size_t helpful) {
    if (!is_from_outside(owner) || helpful)
        return NULL;
    if (!record_value(policy, "asks_for_integration"))
        return "It is not written down whether it asks for joined-up care";
    if (!text_equal(record_value(policy, "asks_for_integration"), "yes"))
        return NULL;
    return means ? "It asks for joined-up care; nothing of what follows makes that easier here"
                 : "It asks for joined-up care; nothing that follows from it is written down";
}

static void policy_add(struct policies *all, const struct record *policy) {
    const struct request *request = all->request;
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    const struct record *owner = records_find(&all->around.records, kind_find("organisation"),
                                              record_value(policy, "owner"));
    struct policy_line line = {.title = record_value(policy, "title"),
                               .url = record_url(request, policy->kind, policy->id),
                               .owner = owner ? record_label(&all->around.records, owner) : NULL,
                               .asks = record_value(policy, "asks_for")};
    size_t helpful = 0;
    for (size_t i = 0; i < all->provisions.list.n; i++) {
        const struct record *provision = all->provisions.list.items[i];
        if (!text_equal(record_value(provision, "policy"), policy->id))
            continue;
        list_add(arena, &line.means, means_of(all, provision));
        helpful += work_provision_helps(provision);
    }
    line.gap = gap_of(policy, owner, line.means.n, helpful);
    const struct shown_finding *finding =
        seen_finding(request, &all->seen, arena_format(arena, "A15/%s", policy->id));
    if (finding) {
        line.finding = finding_line_of(request, &all->seen, finding).title;
        line.finding_url = url_to(arena, ROUTE_finding, programme, finding->id);
    }
    if (role_may(request->visitor.role, PERMISSION_CORRECT))
        line.add_url =
            arena_format(arena, "%s?policy=%s",
                         url_to(arena, ROUTE_record_new, programme, "provision"), policy->id);
    if (line.gap)
        list_add(arena, &all->view.gaps, line);
    else if (is_from_outside(owner) || line.means.n)
        list_add(arena, &all->view.others, line);
    else
        list_add(arena, &all->view.own, line);
}

enum err policies_show(struct request *request, struct response *response) {
    struct policies all = {.request = request};
    struct text body = text_new(request->arena);
    if (response_is_unchanged(request, response))
        return OK;
    enum err err = policies_read(&all);
    if (err)
        return err;
    if (role_may(request->visitor.role, PERMISSION_CORRECT))
        all.view.add_url =
            url_to(request->arena, ROUTE_record_new, request->visitor.programme.key, "policy");
    for (size_t i = 0; i < all.policies.list.n; i++)
        policy_add(&all, all.policies.list.items[i]);
    for (size_t i = 0; i < all.provisions.list.n; i++)
        if (!record_value(all.provisions.list.items[i], "policy"))
            list_add(request->arena, &all.view.loose, means_of(&all, all.provisions.list.items[i]));
    template_policies(&body, &all.view);
    layout_page(request, response, "Policies", &body);
    return OK;
}
