/* Makes the one stylesheet of the pages from nhsuk-frontend's and ours.
 *
 *     stylesheet OUT.css COMPONENTS NOTICE NHSUK.css OURS.css
 *
 * OUT.css is NOTICE (whose stylesheet it is, and its licence), what is kept of NHSUK.css, and
 * OURS.css. NHSUK.css is the compiled and minified stylesheet of the npm package. Kept are the
 * rules whose selectors name only classes that the file COMPONENTS lists. Left out are all rules
 * that fetch something: the fonts and icons are the NHS's own, and the pages of Ithaca fetch
 * nothing from elsewhere. In place of the NHS's font stand those of the reader's machine. */
#include "files.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char nhs_font[] = "Frutiger W01";
static const char system_fonts[] = "system-ui,-apple-system,Segoe UI,Roboto";

/* Lines of COMPONENTS, without "nhsuk-". */
struct components {
    char *text; /* the lines point into it */
    struct component {
        const char *name;
        bool used; /* a rule was kept, or left out, because of this line */
    } * items;
    size_t n;
};

static struct components components_read(const char *path) {
    size_t length;
    struct components components = {.text = file_read(path, &length)};
    for (char *rest = components.text, *line; (line = strsep(&rest, "\n"));) {
        if (line[0] == '\0' || line[0] == '#')
            continue;
        components.items = realloc(components.items, (components.n + 1) * sizeof *components.items);
        if (!components.items)
            stop("out of memory at", path);
        components.items[components.n++] = (struct component){line, false};
    }
    return components;
}

/* Whether a class is the component, a part of it ("__") or a variant of it ("--"). */
static bool class_belongs(const char *class, size_t length, const char *component) {
    size_t n = strlen(component);
    return length >= n && strncmp(class, component, n) == 0 &&
           (length == n || strncmp(class + n, "__", 2) == 0 || strncmp(class + n, "--", 2) == 0);
}

static bool class_kept(struct components *components, const char *class, size_t length) {
    bool kept = false;
    for (size_t i = 0; i < components->n; i++) {
        struct component *component = &components->items[i];
        bool without = component->name[0] == '-';
        if (!class_belongs(class, length, component->name + without))
            continue;
        component->used = true;
        if (without)
            return false;
        kept = true;
    }
    return kept;
}

/* How far to the first of `stops` outside strings, brackets and parentheses, or to the end. */
static size_t span_to(const char *css, const char *stops) {
    size_t at = 0;
    unsigned depth = 0;
    for (char quote = '\0'; css[at]; at++) {
        char c = css[at];
        if (c == '\\' && css[at + 1])
            at++;
        else if (quote)
            quote = c == quote ? '\0' : quote;
        else if (depth == 0 && strchr(stops, c))
            break;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '(' || c == '[' || c == '{')
            depth++;
        else if (c == ')' || c == ']' || c == '}')
            depth -= depth > 0;
    }
    return at;
}

static size_t class_length(const char *class) {
    return strspn(class, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
}

/* Whether all classes that an element must have for the selector are kept. What it must not have
 * does not matter. */
static bool selector_kept(struct components *components, const char *selector, size_t length) {
    for (size_t at = 0; at < length; at++) {
        if (strncmp(selector + at, ":not(", 5) == 0)
            at += 5 + span_to(selector + at + 5, ")");
        else if (selector[at] == '[')
            at += 1 + span_to(selector + at + 1, "]");
        else if (selector[at] == '.') {
            const char *class = selector + at + 1;
            size_t n = class_length(class);
            /* A class without a name is an escaped one, ".\:hover": nhsuk-frontend shows states
             * with it on its own pages. */
            if (n == 0 ||
                (strncmp(class, "nhsuk-", 6) == 0 && !class_kept(components, class + 6, n - 6)))
                return false;
            at += n;
        }
    }
    return true;
}

static void with_our_fonts(FILE *out, const char *text) {
    for (const char *found; (found = strstr(text, nhs_font)); text = found + strlen(nhs_font)) {
        fwrite(text, 1, (size_t)(found - text), out);
        fputs(system_fonts, out);
    }
    fputs(text, out);
}

static void style_rule_keep(FILE *out, struct components *components, const char *selectors,
                            const char *declarations) {
    bool any = false;
    if (strstr(declarations, "url("))
        return;
    for (const char *at = selectors; *at;) {
        size_t n = span_to(at, ",");
        if (selector_kept(components, at, n)) {
            fprintf(out, "%s%.*s", any ? "," : "", (int)n, at);
            any = true;
        }
        at += n + (at[n] == ',');
    }
    if (!any)
        return;
    fputs("{", out);
    with_our_fonts(out, declarations);
    fputs("}", out);
}

static bool starts_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

static char *copy(const char *text, size_t length) {
    char *made = strndup(text, length);
    if (!made)
        stop("out of memory", "");
    return made;
}

static void rules_keep(FILE *out, struct components *components, const char *css);

/* A rule of any kind: "@media ...{rules}", "selectors{declarations}". */
static void rule_keep(FILE *out, struct components *components, const char *head,
                      const char *body) {
    if (!starts_with(head, "@")) {
        style_rule_keep(out, components, head, body);
    } else if (starts_with(head, "@media") || starts_with(head, "@supports") ||
               starts_with(head, "@container")) {
        char *inside = NULL;
        size_t length = 0;
        FILE *memory = open_memstream(&inside, &length);
        if (!memory)
            stop("out of memory", "");
        rules_keep(memory, components, body);
        fclose(memory);
        if (length > 0)
            fprintf(out, "%s{%s}", head, inside);
        free(inside);
    } else if (!strstr(body, "url(")) {
        fprintf(out, "%s{%s}", head, body);
    }
}

static void rules_keep(FILE *out, struct components *components, const char *css) {
    while (*(css += strspn(css, " \t\r\n"))) {
        if (starts_with(css, "/*")) {
            const char *end = strstr(css + 2, "*/");
            css = end ? end + 2 : css + strlen(css);
            continue;
        }
        size_t n = span_to(css, "{;");
        if (css[n] != '{') { /* "@charset ...;", which may only stand at the very beginning */
            css += n + (css[n] == ';');
            continue;
        }
        char *head = copy(css, n);
        css += n + 1;
        n = span_to(css, "}");
        char *body = copy(css, n);
        css += n + (css[n] == '}');
        rule_keep(out, components, head, body);
        free(head);
        free(body);
    }
}

static void file_add(FILE *out, const char *path) {
    size_t length;
    char *bytes = file_read(path, &length);
    fwrite(bytes, 1, length, out);
    free(bytes);
}

static void nhsuk_add(FILE *out, const char *list, const char *path) {
    struct components components = components_read(list);
    size_t length;
    char *css = file_read(path, &length);
    rules_keep(out, &components, css);
    fputs("\n", out);
    for (size_t i = 0; i < components.n; i++)
        if (!components.items[i].used)
            stop("gen/components.txt: nhsuk-frontend has no class for the line",
                 components.items[i].name);
    free(css);
    free(components.items);
    free(components.text);
}

int main(int argc, char **argv) {
    char *text = NULL;
    size_t length = 0;
    if (argc != 6)
        stop("usage: stylesheet OUT.css COMPONENTS NOTICE NHSUK.css OURS.css", "");
    FILE *out = open_memstream(&text, &length);
    if (!out)
        stop("out of memory", "");
    fputs("@charset \"UTF-8\";\n", out);
    file_add(out, argv[3]);
    nhsuk_add(out, argv[2], argv[4]);
    file_add(out, argv[5]);
    fclose(out);
    if (strstr(text, "url(") || strstr(text, "@import") || strstr(text, nhs_font))
        stop("the stylesheet would still fetch something, or name the NHS's font:", argv[5]);
    file_write(argv[1], text, length);
    free(text);
    return 0;
}
