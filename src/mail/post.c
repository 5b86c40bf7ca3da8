#include "mail/post.h"
#include "base/file.h"
#include "base/names.h"
#include "base/random.h"
#include "base/text.h"
#include "base/token.h"
#include "mail/mail.h"
#include "mail/message.h"
#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum {
    CLAIM_SECONDS = 5 * 60, /* longer than a mail can take */
    GIVE_UP_SECONDS = 2 * 24 * 3600,
    KEEP_SECONDS = 60 * 24 * 3600, /* so long its link for ending them works */
};

/* A mail that was taken out to be sent. */
struct letter {
    const struct post *post;
    struct arena *arena;
    int64_t id, account; /* id 0: none is due */
    enum mail_kind kind;
    const char *subject, *words, *made_at, *to, *name;
    int64_t tries;
    const char *stop;                       /* the address that ends them; or NULL */
    const char *calendar, *calendar_method; /* or NULL */
};

static void seconds_from_now(long seconds, char out[DB_TIME_SIZE]) {
    db_time_write(((int64_t)time(NULL) + seconds) * 1000, out);
}

/* ---- taking it out ---- */

static enum err due_read(struct db *db, struct letter *letter, const char *now) {
    struct arena *arena = letter->arena;
    struct db_rows rows;
    enum err err = db_query(db, SQL_mail_due, DB_VALUES(db_text(now)), &rows);
    letter->id = 0;
    if (!err && db_next(&rows)) {
        int kind = name_index(mail_kind_names, MAIL_KINDS, db_row_text(&rows, 2));
        letter->id = db_row_integer(&rows, 0);
        letter->account = db_row_integer(&rows, 1);
        letter->kind = kind < 0 ? MAIL_REMINDER : (enum mail_kind)kind;
        letter->subject = db_row_copy(arena, &rows, 3);
        letter->words = db_row_copy(arena, &rows, 4);
        letter->made_at = db_row_copy(arena, &rows, 5);
        letter->tries = db_row_integer(&rows, 6);
        letter->to = db_row_copy(arena, &rows, 7);
        letter->name = db_row_copy(arena, &rows, 8);
        letter->calendar = db_row_copy(arena, &rows, 9);
        letter->calendar_method = db_row_copy(arena, &rows, 10);
    }
    return db_rows_end(&rows, err);
}

/* The words with the addresses for which something stands in them; the link is a fresh one. */
static enum err words_fill(struct db *db, struct letter *letter) {
    struct text out = text_new(letter->arena);
    const char *site = letter->post->settings->site, *link = NULL;
    enum err err = OK;
    if (strstr(letter->words, MAIL_LINK))
        err = letter->post->link(db, letter->arena, letter->account, &link);
    for (const char *c = letter->words; !err && *c; c++)
        if (*c == *MAIL_LINK)
            text_add_format(&out, "%s%s", site, link);
        else if (*c == *MAIL_SITE)
            text_add(&out, site);
        else
            text_add_char(&out, *c);
    letter->words = out.bytes ? out.bytes : "";
    return err;
}

static enum err letter_take(struct db *db, void *context) {
    struct letter *letter = context;
    char now[DB_TIME_SIZE], until[DB_TIME_SIZE], old[DB_TIME_SIZE];
    char token[TOKEN_SIZE], hash[TOKEN_HASH_SIZE];
    struct db_rows rows;
    db_now(now);
    seconds_from_now(CLAIM_SECONDS, until);
    seconds_from_now(-KEEP_SECONDS, old);
    enum err err = due_read(db, letter, now);
    if (err || !letter->id)
        return err ? err : db_run(db, SQL_mail_remove_old, DB_VALUES(db_text(old)));
    token_new(token);
    token_hash(mail_stop_purpose, token, hash);
    bool can_stop = letter->kind == MAIL_REMINDER || letter->kind == MAIL_MEETING;
    letter->stop = can_stop ? arena_format(letter->arena, "%s/mail/stop/%s",
                                           letter->post->settings->site, token)
                            : NULL;
    err = db_query(db, SQL_mail_claim,
                   DB_VALUES(db_integer(letter->id), db_text(now), db_text(until),
                             db_text(letter->stop ? hash : NULL)),
                   &rows);
    if (!err && !db_next(&rows))
        letter->id = 0;
    err = db_rows_end(&rows, err);
    return err || !letter->id ? err : words_fill(db, letter);
}

/* ---- sending it ---- */

static const char *signed_words(const struct letter *letter) {
    struct text out = text_new(letter->arena);
    text_add_format(&out, "Dear %s,\n\n%s\n", letter->name, letter->words);
    text_add_format(&out, "\n-- \nSent by Ithaca, %s\n", letter->post->settings->site);
    if (letter->stop)
        text_add_format(&out, "To get no more of these: %s\n", letter->stop);
    return out.bytes;
}

static enum smtp_result into_folder(const struct letter *letter, const char *message, size_t length,
                                    const char **said) {
    const char *path = arena_format(letter->arena, "%s/%lld.eml", letter->post->settings->folder,
                                    (long long)letter->id);
    const char *part = arena_format(letter->arena, "%s.part", path);
    FILE *file = fopen(part, "wb");
    bool good = file && fwrite(message, 1, length, file) == length;
    if (file)
        good = fclose(file) == 0 && good;
    good = good && (file_place(part, path) || errno == EEXIST); /* there already: sent before */
    *said = good ? NULL : arena_format(letter->arena, "%s cannot be written", path);
    unlink(part);
    return good ? SMTP_TAKEN : SMTP_UNREACHED;
}

static bool is_ascii(const char *text) {
    while (*text && (unsigned char)*text > ' ' && (unsigned char)*text < 0x7F)
        text++;
    return !*text;
}

static enum smtp_result letter_send(const struct letter *letter, const char **said) {
    const struct mail_settings *settings = letter->post->settings;
    if (!letter->to || !is_ascii(letter->to)) {
        *said = letter->to ? "The address has letters that not every server understands"
                           : "No address is known";
        return SMTP_NEVER;
    }
    const struct message message = {
        .id = arena_format(letter->arena, "%lld@%s", (long long)letter->id,
                           strchr(settings->from, '@') + 1),
        .date = letter->made_at,
        .from = settings->from,
        .to = letter->to,
        .subject = letter->subject,
        .words = signed_words(letter),
        .stop = letter->stop,
        .calendar = letter->calendar,
        .calendar_method = letter->calendar_method,
    };
    size_t length;
    const char *bytes = message_write(letter->arena, &message, &length);
    return settings->folder
               ? into_folder(letter, bytes, length, said)
               : smtp_send(letter->post->smtp, letter->arena, letter->to, bytes, length, said);
}

/* ---- writing down what came of it ---- */

/* 1, 5, 15, 60 and then 120 times as long as the first time, a fifth more or less: those that were
 * refused together do not come back together. */
static long pause_after(const struct letter *letter) {
    static const int times[] = {1, 5, 15, 60, 120};
    const int most = sizeof times / sizeof *times;
    long pause = (long)letter->post->settings->again *
                 times[letter->tries < most ? letter->tries : most - 1];
    struct random random = {(uint64_t)letter->id};
    return pause - pause / 5 + (long)random_below(&random, (unsigned)(pause * 2 / 5 + 1));
}

struct outcome {
    const struct letter *letter;
    enum smtp_result result;
    struct posted *posted;
};

static enum err later_write(struct db *db, const struct outcome *outcome) {
    const struct letter *letter = outcome->letter;
    char at[DB_TIME_SIZE], old[DB_TIME_SIZE], now[DB_TIME_SIZE];
    seconds_from_now(-GIVE_UP_SECONDS, old);
    db_now(now);
    if (outcome->result == SMTP_NEVER || strcmp(letter->made_at, old) < 0) {
        outcome->posted->what = POST_GIVEN_UP;
        return db_run(
            db, SQL_mail_give_up,
            DB_VALUES(db_integer(letter->id), db_text(now), db_text(outcome->posted->said)));
    }
    outcome->posted->what = POST_LATER;
    seconds_from_now(pause_after(letter), at);
    return db_run(db, SQL_mail_later,
                  DB_VALUES(db_integer(letter->id), db_text(at), db_text(outcome->posted->said)));
}

static enum err outcome_write(struct db *db, void *context) {
    const struct outcome *outcome = context;
    char now[DB_TIME_SIZE];
    db_now(now);
    if (outcome->result == SMTP_TAKEN) {
        outcome->posted->what = POST_SENT;
        return db_run(db, SQL_mail_sent, DB_VALUES(db_integer(outcome->letter->id), db_text(now)));
    }
    if (outcome->result == SMTP_UNREACHED) {
        outcome->posted->what = POST_UNREACHED;
        return db_run(db, SQL_mail_put_back,
                      DB_VALUES(db_integer(outcome->letter->id), db_text(outcome->posted->said)));
    }
    return later_write(db, outcome);
}

enum err post_next(struct db *db, struct arena *arena, const struct post *post,
                   struct posted *out) {
    struct letter letter = {.post = post, .arena = arena};
    *out = (struct posted){.what = POST_NOTHING};
    enum err err = db_write(db, letter_take, &letter);
    if (err || !letter.id)
        return err;
    out->id = letter.id;
    struct outcome outcome = {&letter, letter_send(&letter, &out->said), out};
    return db_write(db, outcome_write, &outcome);
}
