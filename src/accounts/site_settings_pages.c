/* For whoever looks after the site: the settings in force. */
#include "accounts/site_views.h"
#include "serve/config.h"
#include "templates.h"
#include "web/layout.h"

page_handler site_settings_show;

enum err site_settings_show(struct request *request, struct response *response) {
    const struct site *site = request->site;
    struct settings_view view = {
        .file = site->settings_file, .database = site->database, .version = ITHACA_VERSION};
    struct text body = text_new(request->arena);
    for (size_t i = 0; site->settings && i < site->settings->list.n; i++) {
        const struct config_line *line = &site->settings->list.items[i];
        list_add(request->arena, &view.lines,
                 (struct setting_line){line->name, line->words, line->value});
    }
    template_site_settings(&body, &view);
    layout_page(request, response, "Settings", &body);
    return OK;
}
