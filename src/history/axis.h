/* Days on a line: where a day stands, which marks to write, and of what parts a bar is made. A
 * month is as wide as any other, so that years line up; the unit is a column or a pixel. */
#ifndef ITHACA_AXIS_H
#define ITHACA_AXIS_H

#include "history/history.h"

struct axis {
    long first_month, months; /* month_number_of; how many */
    double unit;              /* the width of a month */
};

/* The months from one day to another on a line that is `room` wide. With `whole`, a month takes a
 * whole number of units if there is room. */
struct axis axis_make(const char *from, const char *to, double room, bool whole);
double axis_width(const struct axis *axis);
/* Where the day begins. */
double axis_place(const struct axis *axis, const char *day);

struct tick {
    double place;
    const char *label; /* "2016", "Apr 2016" */
};

struct ticks {
    LIST(struct tick) list;
};

/* Marks at least `apart_year` from each other where they are years, `apart_month` where months; the
 * first month has one if there is room. */
struct ticks axis_ticks(struct arena *arena, const struct axis *axis, double apart_year,
                        double apart_month);

/* A part of a bar, both days included. */
enum part_kind {
    PART_ROUGH,   /* it was there if a rough time means its widest */
    PART_SURE,    /* it was there */
    PART_UNDATED, /* it was there, and no day tells when it began */
    PART_KINDS
};

struct part {
    enum part_kind kind;
    char first[DAY_SIZE], last[DAY_SIZE];
};

struct parts {
    LIST(struct part) list;
};

/* The bar of a track. */
struct parts track_parts(struct arena *arena, const struct history *history,
                         const struct track *track);

#endif
