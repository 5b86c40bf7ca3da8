#include "base/date.h"
#include "base/text.h"
#include <ctype.h>
#include <string.h>
#include <time.h>

static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month) {
    return month_days[month - 1] + (month == 2 && is_leap(year));
}

/* Days since 1970-01-01 (H. Hinnant, chrono-compatible low-level date algorithms). */
static long day_number(int year, int month, int day) {
    long y = year - (month <= 2);
    long era = y / 400, year_of_era = y - era * 400;
    long day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

static void digits_write(char *out, int count, int value) {
    for (unsigned rest = (unsigned)value; count; rest /= 10)
        out[--count] = (char)('0' + rest % 10);
}

/* By hand: printf takes a tenth of the time that a large file takes. */
static void day_write(int year, int month, int day, char out[DAY_SIZE]) {
    memcpy(out, "0000-00-00", DAY_SIZE);
    digits_write(out, 4, year);
    digits_write(out + 5, 2, month);
    digits_write(out + 8, 2, day);
}

static void day_from_number(long number, char out[DAY_SIZE]) {
    long z = number + 719468, era = z / 146097, day_of_era = z - era * 146097;
    long year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long shifted = (5 * day_of_year + 2) / 153;
    int month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    day_write((int)(year_of_era + era * 400 + (month <= 2)), month,
              (int)(day_of_year - (153 * shifted + 2) / 5 + 1), out);
}

/* A date of 1 (year), 2 (and month) or 3 (and day) parts. */
struct date {
    int parts, year, month, day;
};

static bool digits_read(const char **text, int count, int *out) {
    int value = 0;
    for (int i = 0; i < count; i++, (*text)++) {
        if (!isdigit((unsigned char)**text))
            return false;
        value = value * 10 + (**text - '0');
    }
    *out = value;
    return true;
}

static const char *const month_names[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};

/* Moves behind the name of a month, in full or its first three letters; 0 if there is none. */
static int month_name_read(const char **text) {
    for (int month = 1; month <= 12; month++) {
        const char *name = month_names[month - 1];
        size_t full = strlen(name);
        size_t length = strncasecmp(*text, name, full) == 0 ? full
                        : strncasecmp(*text, name, 3) == 0  ? 3
                                                            : 0;
        if (!length || isalpha((unsigned char)(*text)[length]))
            continue;
        *text += length;
        return month;
    }
    return 0;
}

/* "March 2024", "3 March 2024", "3 Mar 2024": named months leave no doubt which number is which. */
static bool date_parse_named(const char *text, struct date *out) {
    *out = (struct date){.parts = 2, .day = 1};
    if (isdigit((unsigned char)*text)) {
        out->parts = 3;
        out->day = *text++ - '0';
        if (isdigit((unsigned char)*text))
            out->day = out->day * 10 + (*text++ - '0');
        if (*text++ != ' ')
            return false;
    }
    out->month = month_name_read(&text);
    if (!out->month || *text++ != ' ' || !digits_read(&text, 4, &out->year) || *text ||
        out->year < 1000 || out->year > 2999)
        return false;
    return out->day >= 1 && out->day <= days_in_month(out->year, out->month);
}

static bool date_parse(const char *text, struct date *out) {
    if (date_parse_named(text, out))
        return true;
    *out = (struct date){.parts = 1, .month = 1, .day = 1};
    if (!digits_read(&text, 4, &out->year) || out->year < 1000 || out->year > 2999)
        return false;
    if (*text == '\0')
        return true;
    out->parts = 2;
    if (*text++ != '-' || !digits_read(&text, 2, &out->month) || out->month < 1 || out->month > 12)
        return false;
    if (*text == '\0')
        return true;
    out->parts = 3;
    return *text++ == '-' && digits_read(&text, 2, &out->day) && *text == '\0' && out->day >= 1 &&
           out->day <= days_in_month(out->year, out->month);
}

static void date_first(const struct date *date, char out[DAY_SIZE]) {
    day_write(date->year, date->month, date->day, out);
}

static void date_last(const struct date *date, char out[DAY_SIZE]) {
    int month = date->parts >= 2 ? date->month : 12;
    day_write(date->year, month, date->parts == 3 ? date->day : days_in_month(date->year, month),
              out);
}

/* Widens a date said to be "about" by one of its own units (a day by a week) on either side. */
static void date_spread(const struct date *date, struct when *out) {
    static const long margin[] = {0, 360, 28, 7}; /* reaches into the neighbour, not past it */
    char exact[DAY_SIZE];
    date_first(date, exact);
    day_add(exact, -margin[date->parts], out->first);
    date_last(date, exact);
    day_add(exact, margin[date->parts], out->last);
    if (date->parts == 3)
        return;
    struct date first, last; /* whole months and years read better than "2 December 2014" */
    if (date_parse(out->first, &first) && date_parse(out->last, &last)) {
        first.parts = last.parts = date->parts;
        first.day = 1;
        if (date->parts == 1)
            first.month = 1;
        date_first(&first, out->first);
        date_last(&last, out->last);
    }
}

static bool word_strip(const char **text, const char *word) {
    size_t length = strlen(word);
    for (size_t i = 0; i < length; i++)
        if (tolower((unsigned char)(*text)[i]) != word[i])
            return false;
    if ((*text)[length] != ' ')
        return false;
    *text += length + 1;
    while (**text == ' ')
        (*text)++;
    return true;
}

static bool is_unknown(const char *text) {
    return text_same_name(text, "unknown");
}

bool when_parse(const char *text, struct when *out) {
    *out = (struct when){0};
    struct date date;
    if (is_unknown(text))
        return true;
    if (word_strip(&text, "about")) {
        if (!date_parse(text, &date))
            return false;
        date_spread(&date, out);
        return true;
    }
    bool before = word_strip(&text, "before"), after = !before && word_strip(&text, "after");
    if (!date_parse(text, &date))
        return (before || after) && isalpha((unsigned char)*text);
    char first[DAY_SIZE], last[DAY_SIZE];
    date_first(&date, first);
    date_last(&date, last);
    if (before) {
        day_add(first, -1, out->last);
    } else if (after) {
        day_add(last, 1, out->first);
    } else {
        memcpy(out->first, first, DAY_SIZE);
        memcpy(out->last, last, DAY_SIZE);
    }
    return true;
}

/* Moves behind one or two digits; false if there is none. */
static bool figure_read(const char **text, int *out) {
    if (!isdigit((unsigned char)**text))
        return false;
    *out = *(*text)++ - '0';
    if (isdigit((unsigned char)**text))
        *out = *out * 10 + (*(*text)++ - '0');
    return true;
}

/* Nothing, or the midnight that programs put behind a day. */
static bool is_midnight(const char *text) {
    static const char *const forms[] = {"", " 00:00", " 00:00:00", "T00:00:00"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (text_equal(text, forms[i]))
            return true;
    return false;
}

static bool day_exists(int year, int month, int day) {
    return year >= 1000 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(year, month);
}

/* Figures parted by "/", "." or "-"; `year_first` says which end the year is at. */
static bool figures_read(const char *text, bool *year_first, int *year, int figures[2]) {
    const char *start = text;
    *year_first = digits_read(&text, 4, year);
    if (!*year_first)
        text = start;
    if (!*year_first && !figure_read(&text, &figures[0]))
        return false;
    char between = *text;
    if (!between || !strchr("/.-", between))
        return false;
    text++;
    if (*year_first && (!figure_read(&text, &figures[0]) || *text++ != between))
        return false;
    if (!figure_read(&text, &figures[1]))
        return false;
    if (!*year_first && (*text++ != between || !digits_read(&text, 4, year)))
        return false;
    return is_midnight(text);
}

size_t when_readings(struct arena *arena, const char *text, const char *readings[2]) {
    static const char *const words[] = {"about", "before", "after"};
    const char *date = text;
    for (size_t i = 0; i < sizeof words / sizeof *words && date == text; i++)
        word_strip(&date, words[i]);
    int year, figures[2];
    bool year_first;
    if (!figures_read(date, &year_first, &year, figures))
        return 0;
    size_t n = 0;
    for (int order = 0; order < (year_first ? 1 : 2); order++) {
        bool day_first = !year_first && order == 0;
        int day = figures[day_first ? 0 : 1], month = figures[day_first ? 1 : 0];
        if (!day_exists(year, month, day) || (n && day == month))
            continue;
        readings[n++] =
            arena_format(arena, "%.*s%04d-%02d-%02d", (int)(date - text), text, year, month, day);
    }
    return n;
}

bool day_valid(const char *text) {
    struct date date;
    return isdigit((unsigned char)text[0]) && strlen(text) == DAY_SIZE - 1 && text[4] == '-' &&
           date_parse(text, &date) && date.parts == 3;
}

bool month_valid(const char *text) {
    struct date date;
    return isdigit((unsigned char)text[0]) && date_parse(text, &date) && date.parts == 2;
}

void day_add(const char *day, long days, char out[DAY_SIZE]) {
    struct date date;
    if (!date_parse(day, &date)) {
        out[0] = '\0';
        return;
    }
    day_from_number(day_number(date.year, date.month, date.day) + days, out);
}

long day_number_of(const char *day) {
    struct date date;
    return date_parse(day, &date) ? day_number(date.year, date.month, date.day) : 0;
}

long month_number_of(const char *day) {
    struct date date;
    return date_parse(day, &date) ? date.year * 12L + date.month - 1 : 0;
}

void month_first(long month, char out[DAY_SIZE]) {
    day_write((int)(month / 12), (int)(month % 12) + 1, 1, out);
}

void day_today(char out[DAY_SIZE]) {
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    day_write(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday, out);
}

char *day_of_moment(struct arena *arena, const char *at) {
    struct tm parts = {0}, local;
    char day[DAY_SIZE];
    if (!strptime(at, "%Y-%m-%dT%H:%M:%S", &parts))
        return day_long(arena, at);
    time_t then = timegm(&parts);
    localtime_r(&then, &local);
    day_write(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday, day);
    return day_long(arena, day);
}

char *day_long(struct arena *arena, const char *day) {
    struct date date;
    if (!date_parse(day, &date))
        return arena_copy(arena, day);
    if (date.parts == 1)
        return arena_format(arena, "%d", date.year);
    if (date.parts == 2)
        return arena_format(arena, "%s %d", month_names[date.month - 1], date.year);
    return arena_format(arena, "%d %s %d", date.day, month_names[date.month - 1], date.year);
}

const char *when_long(struct arena *arena, const char *time) {
    static const char *const before[] = {"", "about ", "before ", "after "};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        const char *plain = time + strlen(before[i]);
        if (text_starts_with(time, before[i]) && (day_valid(plain) || month_valid(plain)))
            return arena_format(arena, "%s%s", before[i], day_long(arena, plain));
    }
    return time;
}

const char *day_from_text(struct arena *arena, const char *text) {
    struct when when;
    const char *readings[2];
    if (day_valid(text))
        return text;
    if (when_readings(arena, text, readings) > 0)
        text = readings[0];
    if (!when_parse(text, &when) || !*when.first || !text_equal(when.first, when.last))
        return NULL;
    return arena_copy(arena, when.first);
}

bool when_is_past(const char *time, const char *day) {
    struct when when;
    return time && when_parse(time, &when) && *when.last && strcmp(when.last, day) < 0;
}

/* ---- times of day ---- */

enum { HOURS_HALF = 12, HOURS = 24, MINUTES = 60 };

/* Two figures, or one if `least` is 1; -1 if there are fewer, or more. */
static int two_figures(const char **text, int least) {
    int value = 0, n = 0;
    for (; **text >= '0' && **text <= '9'; (*text)++, n++)
        value = n < 2 ? value * 10 + (**text - '0') : value;
    return n >= least && n <= 2 ? value : -1;
}

/* "am", "p.m." at the end: 'a', 'p'; 0 if nothing stands there, -1 if something else. */
static int half_read(const char *text) {
    char letters[3] = "";
    size_t n = 0;
    for (; *text; text++) {
        if (*text == ' ' || *text == '.')
            continue;
        if (n == 2)
            return -1;
        letters[n++] = (char)(*text | ' ');
    }
    if (!n)
        return 0;
    return n == 2 && (letters[0] == 'a' || letters[0] == 'p') && letters[1] == 'm' ? letters[0]
                                                                                   : -1;
}

bool clock_parse(const char *text, char out[CLOCK_SIZE]) {
    *out = '\0';
    text += strspn(text, " ");
    if (text[0] == '0' && text[1] == '.') /* how Excel counts, rather than past midnight */
        return false;
    int hour = two_figures(&text, 1), minute = -1, second = 0;
    if ((*text == ':' || *text == '.') && text[1] >= '0' && text[1] <= '9') {
        text++;
        minute = two_figures(&text, 2);
        if (minute >= 0 && *text == ':') {
            text++;
            second = two_figures(&text, 2);
        }
        if (minute < 0)
            return false;
    }
    int half = half_read(text);
    if (half < 0 || (!half && minute < 0) || hour < 0 || second != 0 || minute >= MINUTES)
        return false;
    if (half && (hour < 1 || hour > HOURS_HALF))
        return false;
    if (half)
        hour = hour % HOURS_HALF + (half == 'p' ? HOURS_HALF : 0);
    if (hour >= HOURS)
        return false;
    minute = minute < 0 ? 0 : minute;
    const char digits[] = {(char)('0' + hour / 10),   (char)('0' + hour % 10),   ':',
                           (char)('0' + minute / 10), (char)('0' + minute % 10), '\0'};
    memcpy(out, digits, sizeof digits);
    return true;
}
