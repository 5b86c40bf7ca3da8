#include "mail/smtp.h"
#include "base/text.h"
#include <curl/curl.h>
#include <stdlib.h>

enum { CONNECT_SECONDS = 20, SECONDS = 60, REPLY_MOST = 200 };

struct smtp {
    const struct mail_settings *settings;
    CURL *curl;
};

/* One mail on its way. */
struct sending {
    const char *message;
    size_t length, at;
    bool is_addressed; /* the server has heard to whom: what it says now is about this mail */
    bool is_over;      /* we have said goodbye: what it says now is nothing but manners */
    char reply[REPLY_MOST + 1];
};

static void out_of_memory(void) {
    abort(); /* libcurl gives NULL for nothing else */
}

struct smtp *smtp_new(const struct mail_settings *settings) {
    struct smtp *smtp = malloc(sizeof *smtp);
    if (!smtp || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        out_of_memory();
    *smtp = (struct smtp){.settings = settings, .curl = curl_easy_init()};
    if (!smtp->curl)
        out_of_memory();
    return smtp;
}

void smtp_free(struct smtp *smtp) {
    if (smtp)
        curl_easy_cleanup(smtp->curl);
    free(smtp);
}

static size_t message_read(char *to, size_t size, size_t n, void *context) {
    struct sending *sending = context;
    size_t left = sending->length - sending->at, most = size * n;
    size_t now = left < most ? left : most;
    memcpy(to, sending->message + sending->at, now);
    sending->at += now;
    return now;
}

/* Of the conversation only where it stands is kept, and the last thing the server said: what we say
 * to it may be a password. */
static int overhear(CURL *curl, curl_infotype type, char *words, size_t n, void *context) {
    struct sending *sending = context;
    (void)curl;
    if (type == CURLINFO_HEADER_OUT && n > 4 && memcmp(words, "RCPT", 4) == 0)
        sending->is_addressed = true;
    if (type == CURLINFO_HEADER_OUT && n > 4 && memcmp(words, "QUIT", 4) == 0)
        sending->is_over = true;
    if (type == CURLINFO_HEADER_IN && !sending->is_over) {
        size_t most = n < REPLY_MOST ? n : REPLY_MOST;
        memcpy(sending->reply, words, most);
        sending->reply[most] = '\0';
    }
    return 0;
}

/* To a server on this machine nobody listens in between. */
static bool is_here(const char *server) {
    const char *host = strstr(server, "://");
    host = host ? host + 3 : server;
    return text_starts_with(host, "127.0.0.1") || text_starts_with(host, "localhost") ||
           text_starts_with(host, "[::1]");
}

/* A password goes over an encrypted connection, or not at all. */
static curl_usessl encryption(const struct mail_settings *settings) {
    return settings->user && !is_here(settings->server) ? CURLUSESSL_ALL : CURLUSESSL_TRY;
}

static struct curl_slist *options_set(struct smtp *smtp, struct arena *arena, const char *to,
                                      struct sending *sending) {
    const struct mail_settings *settings = smtp->settings;
    CURL *curl = smtp->curl;
    const char *us = strchr(settings->from, '@') + 1;
    struct curl_slist *receivers = curl_slist_append(NULL, arena_format(arena, "<%s>", to));
    if (!receivers)
        out_of_memory();
    curl_easy_reset(curl); /* the connection stays */
    curl_easy_setopt(curl, CURLOPT_URL, arena_format(arena, "%s/%s", settings->server, us));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* whatever the environment says */
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, arena_format(arena, "<%s>", settings->from));
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, receivers);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)encryption(settings));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, message_read);
    curl_easy_setopt(curl, CURLOPT_READDATA, sending);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, overhear);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, sending);
    if (settings->ca)
        curl_easy_setopt(curl, CURLOPT_CAINFO, settings->ca);
    if (settings->user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, settings->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, settings->password ? settings->password : "");
    }
    return receivers;
}

/* 421: it is closing; 530 and 535: it wants to know who we are. Those are not about this mail. */
static enum smtp_result result_of(CURLcode code, long reply, const struct sending *sending) {
    if (code == CURLE_OK)
        return SMTP_TAKEN;
    if (!sending->is_addressed || reply == 421 || reply == 530 || reply == 535)
        return SMTP_UNREACHED;
    return reply >= 500 ? SMTP_NEVER : SMTP_LATER;
}

static const char *words_of(struct arena *arena, CURLcode code, long reply,
                            const struct sending *sending) {
    if (reply < 400)
        return curl_easy_strerror(code);
    char *words = text_trim(arena, sending->reply);
    for (char *c = words; *c; c++)
        if ((unsigned char)*c < ' ' || (unsigned char)*c > '~')
            *c = ' ';
    return words;
}

enum smtp_result smtp_send(struct smtp *smtp, struct arena *arena, const char *to,
                           const char *message, size_t length, const char **said) {
    struct sending sending = {.message = message, .length = length};
    struct curl_slist *receivers = options_set(smtp, arena, to, &sending);
    long reply = 0;
    CURLcode code = curl_easy_perform(smtp->curl);
    curl_easy_getinfo(smtp->curl, CURLINFO_RESPONSE_CODE, &reply);
    curl_slist_free_all(receivers);
    *said = code == CURLE_OK ? NULL : words_of(arena, code, reply, &sending);
    return result_of(code, reply, &sending);
}
