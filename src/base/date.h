/* Days and times as people write them.
 *
 * A day is ISO text, "2017-12-31". What people know is often less: "2016",
 * "2016-05", "May 2016", "about 2016", "after the pilot", "unknown". Such a time keeps its
 * words and gets the first and the last day that it can mean, as far as that is
 * known. "Today" is always a parameter; only a command asks the clock. */
#ifndef ITHACA_DATE_H
#define ITHACA_DATE_H

#include "base/arena.h"
#include <stdbool.h>

enum { DAY_SIZE = sizeof "2017-12-31" };

/* Where a bound is not known, `first` or `last` is "". */
struct when {
    char first[DAY_SIZE], last[DAY_SIZE];
};

/* What a person should write, for messages. */
#define WHEN_ADVICE                                                                                \
    "write a day (2017-12-31, 31 December 2017 or 31/12/2017), a month (2017-12), a year (2017); " \
    "for what you know less well, \"about 2017-10\", \"before 2018\", \"after 2015\" or "          \
    "\"unknown\""

/* Reads a time; false if it is none. "about 2016" spreads to the years 2015 to 2017, "about
 * 2016-05" to April to June, "about" a day to the week before and after. "before X" knows only its
 * last day, the one before X; "after X" only its first, the one after X. Before and after may name
 * something else than a date ("after the pilot"), and then know neither. */
bool when_parse(const char *text, struct when *out);

/* Days in figures as other programs write them ("25/04/2016", "25.4.2016", "2016/04/25", with
 * "00:00" behind, or "about" in front), as this program keeps them: "2016-04-25", "about
 * 2016-04-25". Gives the number of ways to read it, 0 to 2, and each. "03/04/2016" has two, the
 * British one first; 25/04 and 04/25 can mean only one day, and so can 04/04. */
size_t when_readings(struct arena *arena, const char *text, const char *readings[2]);

/* Whether all that a time can mean lies before the day; false where that is not known. */
bool when_is_past(const char *time, const char *day);

/* A day that exists in the calendar, from year 1000 to 2999. */
bool day_valid(const char *text);
/* A month of a year in that range: "2017-12". */
bool month_valid(const char *text);
/* The day `days` later (or earlier, if negative). */
void day_add(const char *day, long days, char out[DAY_SIZE]);
/* Days from 1970-01-01 to a valid day; 0 for what is none. */
long day_number_of(const char *day);
/* Months from year 0 to the month of a valid day: one more for each month. */
long month_number_of(const char *day);
/* The first day of the month of that number. */
void month_first(long month, char out[DAY_SIZE]);
/* The machine's local day now. */
void day_today(char out[DAY_SIZE]);
/* The machine's local day of a moment as the database keeps it, in UTC: "31 December 2017". */
char *day_of_moment(struct arena *arena, const char *at);
/* "31 December 2017"; of a month "December 2017"; of a year "2017". */
char *day_long(struct arena *arena, const char *day);
/* A time as people wrote it: the same for a day or month, also with "about", "before" or "after";
 * otherwise in their own words. */
const char *when_long(struct arena *arena, const char *time);

/* One day as people write it ("31 March 2027"), in ISO; NULL if it is none, or not one day alone.
 */
const char *day_from_text(struct arena *arena, const char *text);

/* A time of day: "14:30". */
enum { CLOCK_SIZE = sizeof "14:30" };
#define CLOCK_ADVICE "write hours and minutes (14:30), or 2.30pm"
/* As people write it ("14:30", "9.30", "2pm", "2:30 p.m.", "14:30:00"); false, and "" in `out`, if
 * it is none. A single number is none: "9" may be morning or evening. */
bool clock_parse(const char *text, char out[CLOCK_SIZE]);

#endif
