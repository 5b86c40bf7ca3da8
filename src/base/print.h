/* Text for a terminal: 80 columns, colour only where a person is watching, and never alone. Control
 * characters in what is printed are replaced. */
#ifndef ITHACA_PRINT_H
#define ITHACA_PRINT_H

#include <stdbool.h>
#include <stdio.h>

enum { PRINT_WIDTH = 80 };

enum print_style { PLAIN, BOLD, RED, YELLOW, GREEN, DIM };

struct printer {
    FILE *out;
    bool colour;
};

/* A printer to `out`; in colour if that is a terminal that wants it (NO_COLOR and TERM=dumb say
 * no). */
struct printer printer_new(FILE *out);

/* The text broken between words into lines of at most PRINT_WIDTH, `first` in front of the first
 * line and as many spaces, or `rest` if given, in front of the others. Line ends in the text are
 * spaces, but an empty line begins a new paragraph. */
void print_wrapped(struct printer *printer, const char *first, const char *rest, const char *text);
/* A heading on a line of its own, with an empty line above. */
void print_heading(struct printer *printer, const char *text);
void print_styled(struct printer *printer, enum print_style style, const char *text);

#endif
