#include "base/print.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct printer printer_new(FILE *out) {
    const char *terminal = getenv("TERM"), *no_colour = getenv("NO_COLOR");
    bool wanted = !(no_colour && *no_colour) && terminal && strcmp(terminal, "dumb") != 0;
    return (struct printer){.out = out, .colour = wanted && isatty(fileno(out))};
}

/* What a terminal might obey is shown as a sign of replacement: text may come from files and
 * databases that somebody else wrote. */
static void put(FILE *out, const char *text, size_t length) {
    size_t from = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '\r' && !text_is_control(text + i))
            continue;
        fwrite(text + from, 1, i - from, out);
        fputs("\uFFFD", out);
        i += text[i] == '\xC2';
        from = i + 1;
    }
    if (from < length)
        fwrite(text + from, 1, length - from, out);
}

static void put_all(FILE *out, const char *text) {
    put(out, text, strlen(text));
}

void print_styled(struct printer *printer, enum print_style style, const char *text) {
    static const char *const codes[] = {"0", "1", "31", "33", "32", "2"};
    if (printer->colour && style != PLAIN)
        fprintf(printer->out, "\033[%sm", codes[style]);
    put_all(printer->out, text);
    if (printer->colour && style != PLAIN)
        fputs("\033[0m", printer->out);
}

void print_heading(struct printer *printer, const char *text) {
    fputc('\n', printer->out);
    print_styled(printer, BOLD, text);
    fputc('\n', printer->out);
}

static void print_indent(FILE *out, const char *indent, size_t spaces) {
    if (indent)
        put_all(out, indent);
    else
        fprintf(out, "%*s", (int)spaces, "");
}

/* Columns that `length` bytes of UTF-8 take. */
static size_t bytes_width(const char *text, size_t length) {
    size_t width = 0;
    for (size_t i = 0; i < length; i++)
        width += ((unsigned char)text[i] & 0xC0) != 0x80;
    return width;
}

void print_wrapped(struct printer *printer, const char *first, const char *rest, const char *text) {
    FILE *out = printer->out;
    size_t indent = text_width(rest ? rest : first), column = text_width(first);
    bool line_empty = true;
    put_all(out, first);
    for (;;) {
        size_t gap = strspn(text, " \n");
        size_t line_ends = 0;
        for (size_t i = 0; i < gap; i++)
            line_ends += text[i] == '\n';
        text += gap;
        size_t word = strcspn(text, " \n");
        if (!word)
            break;
        size_t width = bytes_width(text, word);
        bool paragraph = line_ends > 1 && !line_empty;
        if (paragraph || (!line_empty && column + 1 + width > PRINT_WIDTH)) {
            fputs(paragraph ? "\n\n" : "\n", out);
            print_indent(out, rest, indent);
            column = indent;
            line_empty = true;
        }
        if (!line_empty)
            fputc(' ', out);
        put(out, text, word);
        column += width + !line_empty;
        line_empty = false;
        text += word;
    }
    fputc('\n', out);
}
