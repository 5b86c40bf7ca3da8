#include "reminders/worker.h"
#include "accounts/visitor.h"
#include "base/date.h"
#include "db/migrate.h"
#include "reminders/reminders.h"
#include <time.h>

enum {
    WORKER_MEMORY = 4 * 1024 * 1024,
    ROUND_MEMORY = 256 * 1024 * 1024, /* a programme's actions and meetings, or one mail */
    TROUBLE_SECONDS_MOST = 600,       /* between tries of a server in trouble */
};

struct mailing {
    const struct mailer *mailer;
    struct post post;
    struct db *db;
    double trouble; /* how long was waited for the server the last time; 0: it is well */
};

bool mail_is_on(const struct mail_settings *settings) {
    return settings->server || settings->folder;
}

static enum err link_make(struct db *db, struct arena *arena, int64_t account,
                          const char **address) {
    const char *token;
    enum err err = sign_in_link_new(db, arena, account, &token);
    *address = err ? NULL : arena_format(arena, "/link/%s", token);
    return err;
}

/* ---- the morning ---- */

struct morning {
    struct arena *arena;
    char day[DAY_SIZE];
    bool found;
};

static enum err programme_remind(struct db *db, void *context) {
    struct morning *morning = context;
    return reminders_next(db, morning->arena, morning->day, &morning->found);
}

static bool is_morning(const struct mailer *mailer) {
    time_t now = time(NULL);
    struct tm parts;
    return localtime_r(&now, &parts) && parts.tm_hour >= mailer->settings.hour;
}

static enum err reminders_write(const struct mailing *mailing) {
    struct morning morning = {.found = is_morning(mailing->mailer)};
    enum err err = OK;
    day_today(morning.day);
    while (!err && morning.found && !worker_pause(0)) {
        morning.arena = arena_new(ROUND_MEMORY);
        err = db_write(mailing->db, programme_remind, &morning);
        arena_free(morning.arena);
    }
    return err;
}

/* ---- sending ---- */

/* All that is due, unless the server is in trouble. */
static enum err mails_send(struct mailing *mailing) {
    struct posted posted = {.what = POST_SENT};
    enum err err = OK;
    while (!err && posted.what != POST_NOTHING && posted.what != POST_UNREACHED &&
           !worker_pause(0)) {
        struct arena *arena = arena_new(ROUND_MEMORY);
        err = post_next(mailing->db, arena, &mailing->post, &posted);
        bool is_old = posted.what == POST_UNREACHED && mailing->trouble > 0;
        if (!err && posted.what != POST_NOTHING && !is_old)
            mailing->mailer->posted(&posted);
        arena_free(arena);
    }
    if (posted.what != POST_UNREACHED)
        mailing->trouble = 0;
    else
        mailing->trouble =
            mailing->trouble > 0 ? mailing->trouble * 2 : mailing->mailer->settings.again;
    if (mailing->trouble > TROUBLE_SECONDS_MOST)
        mailing->trouble = TROUBLE_SECONDS_MOST;
    return err;
}

static enum worker_end mailing_run(struct mailing *mailing, struct problems *problems) {
    for (;;) {
        enum err written = reminders_write(mailing), sent = mails_send(mailing);
        if (written || sent) {
            mailing->mailer->failed(problems);
            problems->list.n = 0;
        }
        double pause = mailing->trouble > 0 ? mailing->trouble : mailing->mailer->pause;
        if (worker_pause(pause))
            return WORKER_FINISHED;
    }
}

enum worker_end mailer_work(void *context) {
    const struct mailer *mailer = context;
    struct arena *arena = arena_new(WORKER_MEMORY);
    struct problems problems = problems_new(arena);
    struct mailing mailing = {.mailer = mailer};
    enum err err = db_open(arena, &problems, mailer->url, DB_EXISTING, &mailing.db);
    if (!err)
        err = db_schema_check(mailing.db);
    mailing.post = (struct post){&mailer->settings, smtp_new(&mailer->settings), link_make};
    if (err)
        mailer->failed(&problems);
    enum worker_end end = err ? WORKER_BROKEN : mailing_run(&mailing, &problems);
    smtp_free(mailing.post.smtp);
    db_close(mailing.db);
    arena_free(arena);
    return end;
}
