#include "mail/message.h"
#include "base/date.h"
#include "base/text.h"
#include <sodium.h>
#include <stdlib.h>
#include <time.h>

enum { LINE = 76 /* most characters of a line with encoded words, or of base64 */ };

/* ---- headers ---- */

static bool is_plain(const char *value) {
    for (const char *c = value; *c; c++)
        if (*c < ' ' || *c > '~')
            return false;
    return strlen(value) < LINE && !strstr(value, "=?");
}

static void base64_add(struct text *out, const char *bytes, size_t n) {
    size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);
    char *encoded = arena_alloc(out->arena, room);
    sodium_bin2base64(encoded, room, (const unsigned char *)bytes, n,
                      sodium_base64_VARIANT_ORIGINAL);
    text_add(out, encoded);
}

/* How many bytes of the text make one encoded word, without a letter cut in two. */
static size_t word_length(const char *text) {
    enum { MOST = 42 }; /* 56 of base64, and what stands around them */
    size_t n = strlen(text);
    if (n <= MOST)
        return n;
    for (n = MOST; n && ((unsigned char)text[n] & 0xC0) == 0x80;)
        n--;
    return n;
}

static void header_add(struct text *out, const char *name, const char *value) {
    char *line = arena_copy(out->arena, value);
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7F)
            *c = ' ';
    text_add_format(out, "%s:", name);
    if (is_plain(line)) {
        text_add_format(out, " %s\r\n", line);
        return;
    }
    while (*line) {
        size_t n = word_length(line);
        text_add(out, "\r\n =?UTF-8?B?");
        base64_add(out, line, n);
        text_add(out, "?=");
        line += n;
    }
    text_add(out, "\r\n");
}

/* "Mon, 23 Nov 2026 08:00:00 +0000", in English whatever the machine speaks. */
static char *date_words(struct arena *arena, const char *at) {
    static const char days[][4] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char day[DAY_SIZE];
    memcpy(day, at, DAY_SIZE - 1);
    day[DAY_SIZE - 1] = '\0';
    return arena_format(arena, "%s, %.2s %s %.4s %.8s +0000", days[day_number_of(day) % 7], day + 8,
                        months[month_number_of(day) % 12], day, at + DAY_SIZE);
}

/* ---- the text ---- */

/* Line ends become those of mail, whichever they were. */
static void part_add(struct text *out, const char *type, const char *words) {
    struct text lines = text_new(out->arena), encoded = text_new(out->arena);
    text_add_format(out, "Content-Type: %s\r\nContent-Transfer-Encoding: base64\r\n\r\n", type);
    for (const char *c = words; *c; c++)
        if (*c == '\n')
            text_add(&lines, "\r\n");
        else if (*c != '\r')
            text_add_char(&lines, *c);
    base64_add(&encoded, lines.bytes ? lines.bytes : "", lines.length);
    for (size_t at = 0; at < encoded.length; at += LINE)
        text_add_format(out, "%.*s\r\n", (int)LINE, encoded.bytes + at);
}

/* The same in words and for a calendar: a program shows the last that it understands. Neither part
 * can hold the boundary, since base64 has no "_". */
static void parts_add(struct text *out, const struct message *message) {
    static const char boundary[] = "=_ithaca_part";
    text_add_format(out, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n--%s\r\n",
                    boundary, boundary);
    part_add(out, "text/plain; charset=utf-8", message->words);
    text_add_format(out, "--%s\r\n", boundary);
    part_add(out,
             arena_format(out->arena, "text/calendar; charset=utf-8; method=%s",
                          message->calendar_method),
             message->calendar);
    text_add_format(out, "--%s--\r\n", boundary);
}

char *message_write(struct arena *arena, const struct message *message, size_t *length) {
    struct text out = text_new(arena);
    text_add_format(&out, "Date: %s\r\n", date_words(arena, message->date));
    header_add(&out, "From", arena_format(arena, "Ithaca <%s>", message->from));
    header_add(&out, "To", message->to);
    header_add(&out, "Subject", message->subject);
    header_add(&out, "Message-ID", arena_format(arena, "<%s>", message->id));
    if (message->stop) {
        text_add_format(&out, "List-Unsubscribe: <%s>\r\n", message->stop);
        text_add(&out, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    }
    text_add(&out, "Auto-Submitted: auto-generated\r\n"
                   "Content-Language: en-GB\r\n"
                   "MIME-Version: 1.0\r\n");
    if (message->calendar)
        parts_add(&out, message);
    else
        part_add(&out, "text/plain; charset=utf-8", message->words);
    *length = out.length;
    return out.bytes;
}
