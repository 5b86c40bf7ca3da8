#include "serve/log.h"
#include "base/text.h"
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_SIZE = 2048 };

const char *const log_level_names[LOG_LEVELS] = {"error", "info", "debug"};
static enum log_level chosen = LOG_INFO;
static bool requests_wanted;

void log_choose(enum log_level level) {
    chosen = level;
}

static size_t shorter(int length, size_t room) {
    return length < 0 ? 0 : (size_t)length < room ? (size_t)length : room - 1;
}

/* One line, with nothing in it that a terminal might obey; there is a NUL behind `length`. */
static void line_tame(char *line, size_t length) {
    for (size_t i = 0; i < length; i++) {
        bool two = line[i] == '\xC2' && i + 1 < length;
        if (strchr("\n\r\t", line[i])) {
            line[i] = ' ';
        } else if (text_is_control(line + i)) {
            line[i] = '?';
            if (two)
                line[++i] = '?';
        }
    }
}

/* `kind` is a level, or what else stands in its place. */
static void PRINTF_LIKE(2, 0) line_write(const char *kind, const char *format, va_list arguments) {
    char line[LINE_SIZE];
    time_t now = time(NULL);
    struct tm tm;
    gmtime_r(&now, &tm);
    size_t length = strftime(line, sizeof line, "%Y-%m-%dT%H:%M:%SZ ", &tm);
    length +=
        shorter(snprintf(line + length, sizeof line - length, "%-5s [%ld] ", kind, (long)getpid()),
                sizeof line - length);
    length += shorter(vsnprintf(line + length, sizeof line - length - 1, format, arguments),
                      sizeof line - length - 1);
    line_tame(line, length);
    line[length++] = '\n';
    if (write(STDERR_FILENO, line, length) < 0)
        return; /* nobody is there to be told */
}

void log_write(enum log_level level, const char *format, ...) {
    va_list arguments;
    if (level > chosen)
        return;
    va_start(arguments, format);
    line_write(log_level_names[level], format, arguments);
    va_end(arguments);
}

void log_requests_choose(bool wanted) {
    requests_wanted = wanted;
}

static void PRINTF_LIKE(1, 2) request_write(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    line_write("request", format, arguments);
    va_end(arguments);
}

void log_request(const struct log_request *request) {
    if (requests_wanted)
        request_write("method=%s route=%s status=%u bytes=%zu milliseconds=%.1f worker=%ld",
                      request->method, request->route, request->status, request->bytes,
                      request->milliseconds, (long)getpid());
}

void log_problems(const struct problems *problems) {
    for (size_t i = 0; i < problems->list.n; i++) {
        const struct problem *problem = &problems->list.items[i];
        log_write(LOG_ERROR, "%s%s%s", problem->place.file ? problem->place.file : "",
                  problem->place.file ? ": " : "", problem->message);
    }
}
