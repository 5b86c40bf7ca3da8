/* For whoever looks after the site: when the last backup was made, and making one. */
#include "accounts/moment.h"
#include "backups/backups.h"
#include "backups/views.h"
#include "base/text.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <sys/stat.h>

page_handler site_backup_show, site_backup_do;

enum { A_DAY = 24 * SECONDS_AN_HOUR, DAYS_MOST = 7, LATE_SECONDS = 600, REFRESH_SECONDS = 3 };

static const char *size_words(struct arena *arena, int64_t bytes) {
    enum { THOUSAND = 1000, MILLION = 1000 * 1000 };
    if (bytes < MILLION)
        return arena_format(arena, "%lld kB", (long long)((bytes + THOUSAND - 1) / THOUSAND));
    return arena_format(arena, "%.1f MB", (double)bytes / MILLION);
}

static bool is_there(const struct backup_line *line) {
    struct stat about;
    return line->place && stat(line->place, &about) == 0 && S_ISREG(about.st_mode);
}

static const char *by_words(struct arena *arena, const struct backup_line *line) {
    if (line->is_of_command)
        return "by the command ithaca backup";
    return line->by ? arena_format(arena, "asked for by %s", line->by)
                    : "asked for by somebody whose account is gone";
}

static bool is_late(const struct backup_line *line) {
    return line->state == BACKUP_WORKING && line->begun_at &&
           moment_since(line->begun_at) > LATE_SECONDS;
}

static bool is_waiting(const struct backup_line *line) {
    return line->state == BACKUP_ASKED || (line->state == BACKUP_WORKING && !is_late(line));
}

static const char *made_words(const struct backup_line *line) {
    if (!is_there(line))
        return "The file is not there any more, or this server cannot see it.";
    return line->is_whole ? "It was read back, and is whole."
                          : "It was read back: it can be restored, but the history in it was "
                            "altered behind the program's back. Ask: ithaca audit verify --all";
}

static struct backup_entry entry_of(struct arena *arena, const struct backup_line *line) {
    const char *at = line->ended_at ? line->ended_at : line->asked_at;
    struct backup_entry entry = {.when = moment_words(arena, at), .by = by_words(arena, line)};
    switch (line->state) {
    case BACKUP_ASKED:
        entry.state = "Waits";
        entry.colour = "blue";
        break;
    case BACKUP_WORKING:
        entry.state = is_late(line) ? "Perhaps interrupted" : "Being made";
        entry.colour = is_late(line) ? "orange" : "blue";
        entry.words =
            is_late(line) ? "It takes long, or was interrupted. Another can be made." : NULL;
        break;
    case BACKUP_MADE:
        entry.state = !is_there(line) ? "Gone" : line->is_whole ? "Made" : "Made, with a fault";
        entry.colour = !is_there(line) ? "grey" : line->is_whole ? "green" : "orange";
        entry.words = made_words(line);
        entry.place = line->place;
        entry.size = size_words(arena, line->bytes);
        break;
    case BACKUP_FAILED:
    case BACKUP_STATES:
        entry.state = "Not made";
        entry.colour = "red";
        entry.words = line->words;
        break;
    }
    return entry;
}

/* The last that was made and is still to be seen. */
static const struct backup_line *last_of(const struct backup_lines *lines) {
    for (size_t i = 0; i < lines->list.n; i++)
        if (lines->list.items[i].state == BACKUP_MADE && is_there(&lines->list.items[i]))
            return &lines->list.items[i];
    return NULL;
}

static void last_fill(struct arena *arena, const struct backup_line *last,
                      struct backups_view *view) {
    const long seconds = last ? moment_since(last->ended_at) : 0;
    view->restore =
        arena_format(arena, "ithaca restore %s --db NEW-DATABASE", last ? last->place : "FILE");
    if (!last) {
        view->warning = "There is no backup that this server can see. If the disk breaks now, "
                        "everything is lost, unless somebody keeps a copy elsewhere.";
        return;
    }
    view->last = arena_format(arena, "The last backup was made on %s, %s: %s, %s. %s",
                              moment_words(arena, last->ended_at), by_words(arena, last),
                              last->place, size_words(arena, last->bytes), made_words(last));
    if (seconds > (long)DAYS_MOST * A_DAY)
        view->warning = arena_format(arena,
                                     "The last backup is %ld days old. Whatever was saved since "
                                     "would be lost if the disk broke now.",
                                     seconds / A_DAY);
}

enum err site_backup_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const char *folder = request->site->backups;
    struct backup_lines lines;
    struct text body = text_new(arena);
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    struct backups_view view = {.folder = folder,
                                .obstacle = folder ? backups_obstacle(arena, folder) : NULL,
                                .form_token = layout_form_token(request),
                                .url = url_to(arena, ROUTE_site_backup_make),
                                .token = token};
    enum err err = backups_read(request->db, arena, &lines);
    if (err)
        return err;
    for (size_t i = 0; i < lines.list.n; i++) {
        view.is_waiting = view.is_waiting || is_waiting(&lines.list.items[i]);
        list_add(arena, &view.entries, entry_of(arena, &lines.list.items[i]));
    }
    last_fill(arena, last_of(&lines), &view);
    response->refresh = folder && view.is_waiting ? REFRESH_SECONDS : 0;
    template_backups(&body, &view);
    layout_page(request, response, "Backups", &body);
    return OK;
}

enum err site_backup_do(struct request *request, struct response *response) {
    const char *token = request_filled(request, "token");
    response_see_other(response, url_to(request->arena, ROUTE_site_backup));
    return request->site->backups ? backup_ask(request->db, request->visitor.account, token) : OK;
}
