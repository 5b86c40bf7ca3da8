/* Makes C functions of the HTML templates (docs/web.md tells the language).
 *
 *     templates-gen OUT.h OUT.c ROOT FOLDER
 *
 * For each {% template NAME(PARAMETERS) %} in the .html files below ROOT/FOLDER, OUT.c has
 * `void template_NAME(struct text *out, PARAMETERS)`. How a value is escaped follows from where it
 * stands (markup.h). Compilers' messages point into the template.
 *
 * OUT.h includes nothing of what the templates include, so that who calls one depends on no more
 * than before: the structs in its parameters are only declared. */
#include "files.h"
#include "markup.h"
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS_MAX = 64, WORD_SIZE = 64 };

struct template {
    char *name;
    const char *path;
    unsigned line;
};

struct templates {
    struct template *items;
    size_t n;
};

/* A { of the code that waits for its }. */
struct block {
    struct markup start;
    bool loop; /* or switch: where break and continue lead */
};

struct reader {
    const char *path;
    const char *at;
    unsigned line;
    FILE *header, *source;
    struct templates *templates;
    bool inside;     /* of a template */
    bool fresh;      /* nothing of it was written yet */
    bool after_code; /* nothing since */
    bool line_ends;  /* a line end is to be written before the literal */
    struct markup markup;
    struct block blocks[BLOCKS_MAX];
    size_t block_count;
    bool loop_begins; /* the next { is that of a loop or a switch */
    char *literal;
    size_t literal_length, literal_room;
};

static void advance(struct reader *reader, size_t length) {
    for (; length; length--)
        reader->line += *reader->at++ == '\n';
}

static bool starts_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

static size_t space_length(const char *text) {
    size_t length = 0;
    while (isspace((unsigned char)text[length]))
        length++;
    return length;
}

static bool is_word(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

static unsigned line_at(const struct reader *reader, const char *at) {
    unsigned line = reader->line;
    for (const char *c = reader->at; c < at; c++)
        line += *c == '\n';
    return line;
}

/* The end of the string, comment, word or other character of C there. */
static const char *token_end(const struct reader *reader, const char *at) {
    const char *start = at++;
    if (*start == '"' || *start == '\'') {
        for (; *at != *start; at++) {
            if (*at == '\\' && at[1])
                at++;
            if (!*at || *at == '\n')
                stop_at(reader->path, line_at(reader, start),
                        "the code has a quotation mark without a partner on its line");
        }
        return at + 1;
    }
    if (starts_with(start, "//"))
        stop_at(reader->path, line_at(reader, start), "comments in code are written /* so */");
    if (starts_with(start, "/*")) {
        at = strstr(start, "*/");
        if (!at)
            stop_at(reader->path, line_at(reader, start), "this comment is not closed by a */");
        return at + 2;
    }
    while (is_word(*start) && is_word(*at))
        at++;
    return at;
}

/* Where the code ends that begins after "{{" or "{%". */
static const char *code_end(const struct reader *reader, const char *ending) {
    unsigned depth = 0;
    for (const char *at = reader->at + 2; *at; at = token_end(reader, at)) {
        if (starts_with(at, ending) && (*ending == '%' || !depth))
            return at;
        if (starts_with(at, "{%"))
            break;
        if (*at == '{')
            depth++;
        else if (*at == '}' && depth)
            depth--;
    }
    stop_at(reader->path, reader->line, "this %.2s is not closed by a %s", reader->at, ending);
}

static void literal_put(struct reader *reader, char c) {
    if (reader->literal_length == reader->literal_room) {
        reader->literal_room = reader->literal_room * 2 + 256;
        reader->literal = realloc(reader->literal, reader->literal_room);
        if (!reader->literal)
            stop("out of memory", "");
    }
    reader->literal[reader->literal_length++] = c;
    reader->fresh = false;
    reader->after_code = false;
}

static void literal_end(struct reader *reader) {
    if (reader->line_ends)
        fputs("html_line_end(out);\n", reader->source);
    reader->line_ends = false;
    if (!reader->literal_length)
        return;
    fputs("text_add_n(out, ", reader->source);
    c_string_write(reader->source, reader->literal, reader->literal_length);
    fprintf(reader->source, ", %zu);\n", reader->literal_length);
    reader->literal_length = 0;
}

static void line_write(FILE *out, const struct reader *reader, unsigned line) {
    fprintf(out, "#line %u ", line);
    c_string_write(out, reader->path, strlen(reader->path));
    fputs("\n", out);
}

/* A run of white space: one line end if there is any in it. A line end right after code is only
 * written where there is none yet: the code may have left out what stands before. */
static void space_read(struct reader *reader) {
    size_t length = space_length(reader->at);
    bool line_ends = memchr(reader->at, '\n', length) != NULL;
    markup_read(&reader->markup, ' ');
    if (reader->fresh)
        ;
    else if (!line_ends)
        for (size_t i = 0; i < length; i++)
            literal_put(reader, reader->at[i]);
    else if (reader->after_code && reader->markup.state == IN_TEXT)
        reader->line_ends = true;
    else
        literal_put(reader, '\n');
    advance(reader, length);
}

static void character_read(struct reader *reader) {
    char c = *reader->at;
    bool tag = reader->markup.state != IN_TEXT && reader->markup.state != IN_RAW &&
               reader->markup.state != IN_VALUE;
    literal_put(reader, c);
    markup_read(&reader->markup, c);
    advance(reader, 1);
    if (tag && c == '>' && markup_drops_line_end(&reader->markup) && *reader->at != '\n')
        literal_put(reader, '\n');
}

/* Comments stay in the template. */
static void comment_skip(struct reader *reader) {
    const char *end = strstr(reader->at, "-->");
    if (!end)
        stop_at(reader->path, reader->line, "this comment is not closed by a -->");
    for (const char *at = reader->at; at < end; at++)
        if (starts_with(at, "{{") || starts_with(at, "{%"))
            stop_at(
                reader->path, line_at(reader, at),
                "a value or code cannot stand here, in a comment; write {%% /* ... */ %%} to leave "
                "something out");
    advance(reader, (size_t)(end + 3 - reader->at));
}

static void value_read(struct reader *reader) {
    reader->markup.line = reader->line;
    const char *function = markup_value(&reader->markup), *end = code_end(reader, "}}");
    advance(reader, 2);
    advance(reader, space_length(reader->at));
    if (reader->at >= end)
        stop_at(reader->path, reader->line, "there is no value between {{ and }}");
    literal_end(reader);
    line_write(reader->source, reader, reader->line);
    fprintf(reader->source, "%s(out, (%.*s));\n", function, (int)(end - reader->at), reader->at);
    advance(reader, (size_t)(end + 2 - reader->at));
    reader->fresh = false;
    reader->after_code = false;
}

static void block_start(struct reader *reader) {
    if (reader->block_count == BLOCKS_MAX)
        stop_at(reader->path, reader->line, "there are too many { within each other");
    reader->blocks[reader->block_count++] =
        (struct block){.start = reader->markup, .loop = reader->loop_begins};
    reader->loop_begins = false;
}

static void block_end(struct reader *reader) {
    if (!reader->block_count)
        stop_at(reader->path, reader->line, "this } closes no {");
    const struct block *block = &reader->blocks[--reader->block_count];
    markup_block_end(&reader->markup, &block->start, block->loop);
    reader->loop_begins = false;
}

/* A jump out of a block, or a label in one. */
static void jump_check(struct reader *reader, const char *word) {
    size_t i = reader->block_count;
    while (i && !reader->blocks[i - 1].loop)
        i--;
    if (i)
        markup_jump(&reader->markup, &reader->blocks[i - 1].start, word);
}

static bool is_among(const char *word, const char *list) {
    const char *found = strstr(list, word);
    return found && (found == list || found[-1] == ' ') && strchr(" ", found[strlen(word)]);
}

static void word_follow(struct reader *reader, const char *start, size_t length) {
    char word[WORD_SIZE];
    snprintf(word, sizeof word, "%.*s", (int)length, start);
    if (is_among(word, "for while do switch"))
        reader->loop_begins = true;
    else if (is_among(word, "if else"))
        reader->loop_begins = false;
    else if (is_among(word, "break continue case default"))
        jump_check(reader, word);
    else if (strcmp(word, "return") == 0)
        markup_end(&reader->markup);
    else if (strcmp(word, "goto") == 0)
        stop_at(reader->path, reader->line, "templates have no goto");
}

/* Follows the blocks of the code up to `end`, and moves there. */
static void code_follow(struct reader *reader, const char *end) {
    char last = ';';
    while (reader->at < end) {
        const char *next = token_end(reader, reader->at);
        char c = *reader->at;
        reader->markup.line = reader->line;
        if (c == '{')
            block_start(reader);
        else if (c == '}')
            block_end(reader);
        else if (c == '#')
            stop_at(reader->path, reader->line, "templates have no lines for the preprocessor");
        else if (is_word(c))
            word_follow(reader, reader->at, (size_t)(next - reader->at));
        if (!isspace((unsigned char)c) && !starts_with(reader->at, "/*"))
            last = c;
        advance(reader, (size_t)(next - reader->at));
    }
    if (!strchr(";{}:", last))
        stop_at(reader->path, reader->line,
                "code ends with a ; a { or a }, so that what follows is "
                "wholly in its block or not");
}

static void code_write(struct reader *reader, const char *end) {
    line_write(reader->source, reader, reader->line);
    fwrite(reader->at, 1, (size_t)(end - reader->at), reader->source);
    fputs("\n", reader->source);
    code_follow(reader, end);
}

/* Up to `end` without the white space before it. */
static size_t trimmed_length(const char *start, const char *end) {
    while (end > start && isspace((unsigned char)end[-1]))
        end--;
    return (size_t)(end - start);
}

static void include_read(struct reader *reader, const char *end) {
    if (reader->inside)
        stop_at(reader->path, reader->line, "includes stand before the first template");
    advance(reader, strlen("include"));
    advance(reader, space_length(reader->at));
    size_t length = trimmed_length(reader->at, end);
    if (length < 3 || reader->at[0] != '"' ||
        memchr(reader->at + 1, '"', length - 1) != reader->at + length - 1)
        stop_at(reader->path, reader->line, "write {%% include \"room/file.h\" %%}");
    line_write(reader->source, reader, reader->line);
    fprintf(reader->source, "#include %.*s\n", (int)length, reader->at);
}

/* Reads NAME(ARGUMENTS) up to `end`; gives the length of the name, and the arguments, "" for none.
 */
static size_t call_read(const struct reader *reader, const char *end, const char **arguments,
                        size_t *arguments_length) {
    const char *at = reader->at;
    while (islower((unsigned char)*at) || isdigit((unsigned char)*at) || *at == '_')
        at++;
    size_t name_length = (size_t)(at - reader->at), length = trimmed_length(at, end);
    if (!name_length || !islower((unsigned char)*reader->at) || length < 2 || *at != '(' ||
        at[length - 1] != ')')
        stop_at(reader->path, reader->line,
                "write NAME(...), with a name of small letters, digits and _");
    at++;
    size_t space = space_length(at);
    *arguments = at + space;
    *arguments_length = length - 2 > space ? length - 2 - space : 0;
    if (starts_with(*arguments, "void)"))
        *arguments_length = 0;
    return name_length;
}

/* Declares the structs in a template's parameters. */
static void structs_declare(const struct reader *reader, const char *parameters, size_t length) {
    const char *end = parameters + length;
    for (const char *at = parameters; at < end;) {
        const char *next = token_end(reader, at);
        size_t word = (size_t)(next - at);
        if (word == 4 && starts_with(at, "enum"))
            stop_at(
                reader->path, line_at(reader, at),
                "a template has no enum among its parameters: give it the struct that holds it");
        if (word == 6 && starts_with(at, "struct")) {
            at = next + space_length(next);
            next = token_end(reader, at);
            fprintf(reader->header, "struct %.*s;\n", (int)(next - at), at);
        }
        at = next;
    }
}

static void template_end(struct reader *reader) {
    if (!reader->inside)
        return;
    reader->markup.line = reader->line;
    markup_end(&reader->markup);
    if (reader->block_count)
        stop_at(reader->path, reader->blocks[reader->block_count - 1].start.line,
                "this { is not closed by a } before the template ends");
    while (reader->literal_length &&
           isspace((unsigned char)reader->literal[reader->literal_length - 1]))
        reader->literal_length--;
    if (!reader->literal_length)
        reader->line_ends = false;
    literal_end(reader);
    fputs("}\n\n", reader->source);
    reader->inside = false;
}

static void template_add(struct reader *reader, const char *name, size_t length) {
    struct templates *templates = reader->templates;
    for (size_t i = 0; i < templates->n; i++) {
        const struct template *other = &templates->items[i];
        if (strlen(other->name) == length && strncmp(other->name, name, length) == 0)
            stop_at(reader->path, reader->line, "there is already a template %s, %s:%u",
                    other->name, other->path, other->line);
    }
    templates->items = realloc(templates->items, (templates->n + 1) * sizeof *templates->items);
    char *copy = strndup(name, length);
    if (!templates->items || !copy)
        stop("out of memory", "");
    templates->items[templates->n++] =
        (struct template){.name = copy, .path = reader->path, .line = reader->line};
}

static void template_read(struct reader *reader, const char *end) {
    const char *parameters;
    size_t parameters_length;
    template_end(reader);
    advance(reader, strlen("template"));
    advance(reader, space_length(reader->at));
    size_t length = call_read(reader, end, &parameters, &parameters_length);
    template_add(reader, reader->at, length);
    structs_declare(reader, parameters, parameters_length);
    FILE *both[] = {reader->header, reader->source};
    for (size_t i = 0; i < 2; i++) {
        line_write(both[i], reader, reader->line);
        fprintf(both[i], "void template_%.*s(struct text *out%s%.*s)%s\n", (int)length, reader->at,
                parameters_length ? ", " : "", (int)parameters_length, parameters, i ? " {" : ";");
    }
    fputs("(void)out;\n", reader->source);
    reader->inside = reader->fresh = true;
    reader->after_code = false;
    reader->markup = (struct markup){.path = reader->path};
    reader->block_count = 0;
    reader->loop_begins = false;
}

static void add_read(struct reader *reader, const char *end) {
    const char *arguments;
    size_t arguments_length;
    if (reader->markup.state != IN_TEXT)
        stop_at(reader->path, reader->line, "a template can only be added where text may stand");
    advance(reader, strlen("add"));
    advance(reader, space_length(reader->at));
    size_t length = call_read(reader, end, &arguments, &arguments_length);
    line_write(reader->source, reader, reader->line);
    fprintf(reader->source, "template_%.*s(out%s%.*s);\n", (int)length, reader->at,
            arguments_length ? ", " : "", (int)arguments_length, arguments);
}

static bool is_command(const char *at, const char *word) {
    size_t length = strlen(word);
    return starts_with(at, word) && isspace((unsigned char)at[length]) &&
           (isalpha((unsigned char)at[length + space_length(at + length)]) ||
            at[length + space_length(at + length)] == '"');
}

/* At a "{%". */
static void code_read(struct reader *reader) {
    const char *end = code_end(reader, "%}");
    reader->markup.line = reader->line;
    if (reader->inside && !is_command(reader->at + 2 + space_length(reader->at + 2), "template")) {
        markup_code(&reader->markup);
        literal_end(reader);
    }
    advance(reader, 2);
    advance(reader, space_length(reader->at));
    if (is_command(reader->at, "include"))
        include_read(reader, end);
    else if (is_command(reader->at, "template"))
        template_read(reader, end);
    else if (!reader->inside)
        stop_at(reader->path, reader->line, "code stands before the first template");
    else if (is_command(reader->at, "add"))
        add_read(reader, end);
    else {
        code_write(reader, end);
        reader->fresh = false;
    }
    advance(reader, (size_t)(end + 2 - reader->at));
    if (!reader->fresh)
        reader->after_code = true;
}

static void templates_read(struct reader *reader) {
    while (*reader->at) {
        reader->markup.line = reader->line;
        if (starts_with(reader->at, "{%"))
            code_read(reader);
        else if (starts_with(reader->at, "<!--") && reader->markup.state == IN_TEXT)
            comment_skip(reader);
        else if (!reader->inside) {
            if (!isspace((unsigned char)*reader->at))
                stop_at(reader->path, reader->line,
                        "this stands before the first template: write {%% template NAME(...) %%} "
                        "above it");
            advance(reader, 1);
        } else if (starts_with(reader->at, "{{"))
            value_read(reader);
        else if (isspace((unsigned char)*reader->at) && markup_folds_space(&reader->markup))
            space_read(reader);
        else
            character_read(reader);
    }
    template_end(reader);
}

static const char *file_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void starts_write(FILE *header, FILE *source, const char *header_path) {
    char guard[256];
    snprintf(guard, sizeof guard, "ITHACA_%s", file_name(header_path));
    for (char *c = guard; *c; c++)
        *c = (char)(is_word(*c) ? toupper((unsigned char)*c) : '_');
    fprintf(header,
            "/* Made by gen/templates from the .html files. */\n#ifndef %s\n#define %s\n\n"
            "#include \"web/html.h\"\n#include <stdbool.h>\n#include <stddef.h>\n"
            "#include <stdint.h>\n\n",
            guard, guard);
    fprintf(source,
            "/* Made by gen/templates from the .html files. */\n"
            "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#include \"%s\"\n",
            file_name(header_path));
}

static void file_add(struct reader *reader, const char *path, size_t root_length) {
    size_t length;
    char *text = file_read(path, &length);
    *reader = (struct reader){.path = path + root_length + 1,
                              .at = text,
                              .line = 1,
                              .header = reader->header,
                              .source = reader->source,
                              .templates = reader->templates};
    if (strlen(text) != length)
        stop_at(reader->path, 1, "a NUL is in this file");
    templates_read(reader);
    free(reader->literal);
    free(text);
}

int main(int argc, char **argv) {
    if (argc != 5)
        stop("usage: templates-gen OUT.h OUT.c ROOT FOLDER", "");
    struct paths paths = {0};
    struct templates templates = {0};
    char folder[4096], *header = NULL, *source = NULL;
    size_t header_length = 0, source_length = 0;
    struct reader reader = {.templates = &templates};
    snprintf(folder, sizeof folder, "%s/%s", argv[3], argv[4]);
    paths_add(&paths, folder, ".html");
    reader.header = open_memstream(&header, &header_length);
    reader.source = open_memstream(&source, &source_length);
    if (!reader.header || !reader.source)
        stop("out of memory", "");
    starts_write(reader.header, reader.source, argv[1]);
    for (size_t i = 0; i < paths.n; i++)
        file_add(&reader, paths.items[i], strlen(argv[3]));
    fputs("\n#endif\n", reader.header);
    fclose(reader.header);
    fclose(reader.source);
    file_write(argv[1], header, header_length);
    file_write(argv[2], source, source_length);
    free(header);
    free(source);
    for (size_t i = 0; i < templates.n; i++)
        free(templates.items[i].name);
    free(templates.items);
    paths_free(&paths);
    return 0;
}
