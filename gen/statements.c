/* Writes the registry of SQL: the statements of src/ and the steps of schema/.
 *
 *     statements OUT.h OUT.c ROOT
 *
 * OUT.h has the enum of the statements in the .sql files below ROOT/src, OUT.c the tables of
 * src/db/engine.h. A .sql file looks so:
 *
 *     -- Comments about the file or the next statement.
 *     -- statement programme_find
 *     select id, name from programme where key = $1;
 *
 * A statement ends at a ";" at the end of a line. SQLite would number $1 and $2 by their first
 * appearance, so it gets them as ?1 and ?2.
 *
 * ROOT/schema has one file for each step, 0001-words.sql and so on without a gap, of statements
 * without names or parameters. It is written in PostgreSQL's words; SQLite gets "integer" for
 * "bigint", and every table STRICT, so that it too refuses a text where a number belongs. */
#include "files.h"
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { PARAMETERS_MAX = 100, NAME_MAX_LENGTH = 60 }; /* as DB_PARAMETERS_MAX in db/engine.h */

/* A text that is being written, for each engine its own. */
struct writing {
    FILE *sqlite, *postgres;
    char *sqlite_bytes, *postgres_bytes;
    size_t sqlite_length, postgres_length;
};

struct statement {
    char *name;
    const char *path; /* from ROOT */
    unsigned line;
    unsigned parameters;
    struct writing text;
};

struct reader {
    const char *path;
    const char *at;
    unsigned line;
    bool schema, follows_like; /* the word before was "like" */
    struct writing *out;
    bool parameters[PARAMETERS_MAX + 1];
    unsigned word;    /* of the statement, from 0 */
    bool makes_table; /* its first words are "create table" */
    char last;        /* the last character that is no space */
};

struct statements {
    struct statement *items;
    size_t n;
};

static _Noreturn void fault(const struct reader *reader, unsigned line, const char *what,
                            const char *which) {
    fprintf(stderr, "%s:%u: %s%s\n", reader->path, line, what, which);
    exit(1);
}

static void writing_start(struct writing *writing) {
    writing->sqlite = open_memstream(&writing->sqlite_bytes, &writing->sqlite_length);
    writing->postgres = open_memstream(&writing->postgres_bytes, &writing->postgres_length);
    if (!writing->sqlite || !writing->postgres)
        stop("out of memory", "");
}

static void writing_end(struct writing *writing) {
    fclose(writing->sqlite);
    fclose(writing->postgres);
}

static void put(struct reader *reader, const char *bytes, size_t length) {
    fwrite(bytes, 1, length, reader->out->sqlite);
    fwrite(bytes, 1, length, reader->out->postgres);
    for (size_t i = 0; i < length; i++)
        if (!isspace((unsigned char)bytes[i]))
            reader->last = bytes[i];
}

/* A text or a name in quotation marks, whole. */
static void quoted_read(struct reader *reader) {
    const char *start = reader->at;
    unsigned line = reader->line;
    char quote = *reader->at++;
    for (; *reader->at != quote; reader->at++) {
        if (!*reader->at)
            fault(reader, line, "this quotation mark has no partner", "");
        reader->line += *reader->at == '\n';
    }
    reader->at++;
    put(reader, start, (size_t)(reader->at - start));
}

static void parameter_read(struct reader *reader) {
    char *end;
    unsigned long number = isdigit((unsigned char)reader->at[1]) ? strtoul(reader->at + 1, &end, 10)
                                                                 : PARAMETERS_MAX + 1;
    if (reader->schema)
        fault(reader, reader->line, "a step of the schema has no parameters", "");
    if (number < 1 || number > PARAMETERS_MAX)
        fault(reader, reader->line, "parameters are called $1 to $100", "");
    if (reader->follows_like)
        fault(reader, reader->line,
              "SQLite plans a statement anew each time whose pattern is a parameter and nothing "
              "else: write like cast($1 as text) || '%'",
              "");
    reader->parameters[number] = true;
    fprintf(reader->out->sqlite, "?%lu", number);
    fprintf(reader->out->postgres, "$%lu", number);
    reader->at = end;
    reader->last = '$';
}

static bool word_is(const char *word, size_t length, const char *wanted) {
    return strlen(wanted) == length && strncasecmp(word, wanted, length) == 0;
}

static void word_read(struct reader *reader) {
    const char *start = reader->at;
    while (isalnum((unsigned char)*reader->at) || *reader->at == '_')
        reader->at++;
    size_t length = (size_t)(reader->at - start);
    reader->follows_like = word_is(start, length, "like");
    if (reader->word == 0)
        reader->makes_table = word_is(start, length, "create");
    else if (reader->word == 1)
        reader->makes_table = reader->makes_table && word_is(start, length, "table");
    reader->word++;
    if (reader->schema && word_is(start, length, "bigint")) {
        fputs("integer", reader->out->sqlite);
        fwrite(start, 1, length, reader->out->postgres);
        reader->last = 't';
    } else
        put(reader, start, length);
}

static void comment_skip(struct reader *reader) {
    while (*reader->at && *reader->at != '\n')
        reader->at++;
}

/* At a ";": whether the line ends there. */
static bool line_ends(const char *at) {
    at++;
    while (*at == ' ' || *at == '\t' || *at == '\r')
        at++;
    return !*at || *at == '\n';
}

static void part_read(struct reader *reader, unsigned started) {
    char c = *reader->at;
    if (!c || strncmp(reader->at, "-- statement ", 13) == 0)
        fault(reader, started, "this statement is not ended by a \";\" at the end of a line", "");
    else if (c == ';')
        fault(reader, reader->line, "a \";\" stands only at the end of a line", "");
    else if (c == '?' || strncmp(reader->at, "/*", 2) == 0)
        fault(reader, reader->line, "parameters are written $1, comments --", "");
    else if (c == '\'' || c == '"')
        quoted_read(reader);
    else if (c == '$')
        parameter_read(reader);
    else if (strncmp(reader->at, "--", 2) == 0)
        comment_skip(reader);
    else if (isalnum((unsigned char)c) || c == '_')
        word_read(reader);
    else {
        reader->line += c == '\n';
        reader->follows_like &= isspace((unsigned char)c) != 0;
        put(reader, reader->at++, 1);
    }
}

/* Reads one statement and the ";" behind it, which is not written. */
static void statement_read(struct reader *reader) {
    unsigned started = reader->line;
    reader->word = 0;
    reader->makes_table = false;
    memset(reader->parameters, 0, sizeof reader->parameters);
    while (!(*reader->at == ';' && line_ends(reader->at)))
        part_read(reader, started);
    reader->at++;
    if (reader->schema && reader->makes_table) {
        if (reader->last != ')')
            fault(reader, started, "a table ends with \");\", and nothing between", "");
        fputs(" strict", reader->out->sqlite);
    }
}

static unsigned parameters_count(const struct reader *reader, unsigned line) {
    unsigned highest = PARAMETERS_MAX;
    while (highest && !reader->parameters[highest])
        highest--;
    for (unsigned i = 1; i < highest; i++)
        if (!reader->parameters[i])
            fault(reader, line, "a parameter is missing: they are numbered from $1 without a gap",
                  "");
    return highest;
}

static char *name_read(struct reader *reader, const struct statements *statements) {
    const char *start = reader->at += strlen("-- statement ");
    while (islower((unsigned char)*reader->at) || isdigit((unsigned char)*reader->at) ||
           *reader->at == '_')
        reader->at++;
    size_t length = (size_t)(reader->at - start);
    while (*reader->at == ' ' || *reader->at == '\r')
        reader->at++;
    if (!length || length > NAME_MAX_LENGTH || !islower((unsigned char)*start) ||
        (*reader->at && *reader->at != '\n'))
        fault(reader, reader->line, "a name is small letters, digits and _", "");
    char *name = strndup(start, length);
    if (!name)
        stop("out of memory", "");
    for (size_t i = 0; i < statements->n; i++)
        if (strcmp(statements->items[i].name, name) == 0) {
            char other[4200];
            snprintf(other, sizeof other, "%s, %s:%u", name, statements->items[i].path,
                     statements->items[i].line);
            fault(reader, reader->line, "there is already a statement of this name: ", other);
        }
    return name;
}

static struct statement *statement_add(struct statements *statements) {
    statements->items = realloc(statements->items, (statements->n + 1) * sizeof *statements->items);
    if (!statements->items)
        stop("out of memory", "");
    struct statement *statement = &statements->items[statements->n++];
    memset(statement, 0, sizeof *statement);
    return statement;
}

static bool white_skip(struct reader *reader) {
    for (; isspace((unsigned char)*reader->at); reader->at++)
        reader->line += *reader->at == '\n';
    return *reader->at != '\0';
}

static void statements_read(struct statements *statements, const char *path, const char *text) {
    struct reader reader = {.path = path, .at = text, .line = 1};
    char *name = NULL;
    while (white_skip(&reader)) {
        if (strncmp(reader.at, "-- statement ", 13) == 0) {
            if (name)
                fault(&reader, reader.line, "there is no statement of the name above: ", name);
            name = name_read(&reader, statements);
        } else if (strncmp(reader.at, "--", 2) == 0)
            comment_skip(&reader);
        else if (!name)
            fault(&reader, reader.line, "this has no name: write \"-- statement NAME\" above it",
                  "");
        else {
            struct statement *statement = statement_add(statements);
            *statement = (struct statement){.name = name, .path = path, .line = reader.line};
            writing_start(&statement->text);
            reader.out = &statement->text;
            statement_read(&reader);
            writing_end(&statement->text);
            statement->parameters = parameters_count(&reader, statement->line);
            name = NULL;
        }
    }
    if (name)
        fault(&reader, reader.line, "there is no statement of the name ", name);
}

static void step_read(struct writing *step, const char *path, const char *text) {
    struct reader reader = {.path = path, .at = text, .line = 1, .schema = true, .out = step};
    writing_start(step);
    while (white_skip(&reader)) {
        if (strncmp(reader.at, "--", 2) == 0)
            comment_skip(&reader);
        else {
            statement_read(&reader);
            put(&reader, ";\n", 2);
        }
    }
    writing_end(step);
}

static void enum_write(FILE *out, const struct statements *statements) {
    fputs("/* Made by gen/statements from the .sql files. */\n#ifndef ITHACA_STATEMENTS_H\n"
          "#define ITHACA_STATEMENTS_H\n\nenum statement {\n",
          out);
    for (size_t i = 0; i < statements->n; i++)
        fprintf(out, "    SQL_%s,\n", statements->items[i].name);
    fputs("    SQL_COUNT\n};\n\n#endif\n", out);
}

static void texts_write(FILE *out, const struct writing *text) {
    fputs("{", out);
    c_string_write(out, text->sqlite_bytes, text->sqlite_length);
    fputs(",\n", out);
    c_string_write(out, text->postgres_bytes, text->postgres_length);
    fputs("}", out);
}

static void statements_write(FILE *out, const struct statements *statements) {
    fputs("/* Made by gen/statements from the .sql files. */\n"
          "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
          "#include \"db/engine.h\"\n\nconst struct db_statement db_statements[] = {\n",
          out);
    for (size_t i = 0; i < statements->n; i++) {
        const struct statement *statement = &statements->items[i];
        fprintf(out, "{\"%s\", \"%s\", %u, %u, ", statement->name, statement->path, statement->line,
                statement->parameters);
        texts_write(out, &statement->text);
        fputs("},\n", out);
    }
    fputs("{0}};\n\nconst struct db_migration db_migrations[] = {\n", out);
}

/* The steps' files are to be called 0001-..., 0002-..., in that order. */
static void steps_write(FILE *out, const struct paths *paths, size_t root_length) {
    for (size_t i = 0; i < paths->n; i++) {
        const char *path = paths->items[i] + root_length + 1;
        char start[32];
        snprintf(start, sizeof start, "schema/%04zu-", i + 1);
        if (strncmp(path, start, strlen(start)) != 0) {
            fprintf(stderr, "%s:1: this file's name should begin with %s\n", path, start);
            exit(1);
        }
        size_t length;
        char *text = file_read(paths->items[i], &length);
        struct writing step;
        step_read(&step, path, text);
        fprintf(out, "{\"%s\", ", path);
        texts_write(out, &step);
        fputs("},\n", out);
        free(step.sqlite_bytes);
        free(step.postgres_bytes);
        free(text);
    }
    fprintf(out, "{0}};\n\nconst size_t db_migration_count = %zu;\n", paths->n);
}

static void statements_free(struct statements *statements) {
    for (size_t i = 0; i < statements->n; i++) {
        free(statements->items[i].name);
        free(statements->items[i].text.sqlite_bytes);
        free(statements->items[i].text.postgres_bytes);
    }
    free(statements->items);
}

static void folder_add(struct paths *paths, const char *root, const char *name) {
    char folder[4096];
    snprintf(folder, sizeof folder, "%s/%s", root, name);
    paths_add(paths, folder, ".sql");
}

int main(int argc, char **argv) {
    if (argc != 4)
        stop("usage: statements OUT.h OUT.c ROOT", "");
    struct paths paths = {0}, steps = {0};
    struct statements statements = {0};
    size_t root_length = strlen(argv[3]);
    folder_add(&paths, argv[3], "src");
    folder_add(&steps, argv[3], "schema");
    for (size_t i = 0; i < paths.n; i++) {
        size_t length;
        char *text = file_read(paths.items[i], &length);
        statements_read(&statements, paths.items[i] + root_length + 1, text);
        free(text);
    }
    char *header = NULL, *source = NULL;
    size_t header_length = 0, source_length = 0;
    FILE *header_out = open_memstream(&header, &header_length);
    FILE *source_out = open_memstream(&source, &source_length);
    if (!header_out || !source_out)
        stop("out of memory", "");
    enum_write(header_out, &statements);
    statements_write(source_out, &statements);
    steps_write(source_out, &steps, root_length);
    fclose(header_out);
    fclose(source_out);
    file_write(argv[1], header, header_length);
    file_write(argv[2], source, source_length);
    free(header);
    free(source);
    statements_free(&statements);
    paths_free(&paths);
    paths_free(&steps);
    return 0;
}
