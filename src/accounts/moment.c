#include "accounts/moment.h"
#include "base/date.h"
#include <time.h>

void moment_in(long seconds, char out[DB_TIME_SIZE]) {
    db_time_write(((int64_t)time(NULL) + seconds) * 1000, out);
}

static time_t moment_read(const char *at) {
    struct tm parts = {0};
    return strptime(at, "%Y-%m-%dT%H:%M:%S", &parts) ? timegm(&parts) : 0;
}

long moment_since(const char *at) {
    return (long)(time(NULL) - moment_read(at));
}

char *moment_words(struct arena *arena, const char *at) {
    char day[DAY_SIZE];
    time_t then = moment_read(at);
    struct tm parts;
    localtime_r(&then, &parts);
    strftime(day, sizeof day, "%Y-%m-%d", &parts);
    return arena_format(arena, "%s at %02d:%02d", day_long(arena, day), parts.tm_hour,
                        parts.tm_min);
}

const char *joined_words(struct arena *arena, const char *at, const char *by) {
    return arena_format(arena, "joined to this account on %s%s%s", moment_words(arena, at),
                        by ? " by " : "", by ? by : "");
}
