#include "command/source.h"
#include "base/text.h"
#include "command/store.h"
#include "findings/limits.h"
#include "store/programme.h"
#include "workbook/workbook.h"

static bool is_url(const char *path) {
    return text_starts_with(path, "sqlite:") || text_starts_with(path, "postgresql:") ||
           text_starts_with(path, "postgres:");
}

static const char *source_fault(const struct source *source) {
    if (source->path && source->url)
        return "say a workbook or a database, not both.";
    if (!source->path && !source->url)
        return "say which workbook, or which database with --db.";
    if (!source->url && (source->programme || source->revision))
        return "--programme and --revision go with --db.";
    return NULL;
}

bool source_options_read(const struct command *command, struct arena *arena,
                         const struct option *options, int argc, char **argv, struct source *out) {
    const struct option more[] = {
        {"--db", .text = &out->url},
        {"--programme", .text = &out->programme},
        {"--revision", .number = &out->revision},
        {0},
    };
    *out = (struct source){0};
    if (!options_read_with(command, arena, options, more, argc, argv, &out->path))
        return false;
    if (out->path && is_url(out->path) && !out->url) {
        out->url = out->path;
        out->path = NULL;
    }
    const char *fault = source_fault(out);
    if (fault)
        usage_refuse(command, "%s", fault);
    return !fault;
}

struct sheets_wish {
    struct arena *arena;
    const struct source *source;
    struct sheets *out;
};

static enum err programme_sheets_read(struct db *db, void *context) {
    struct sheets_wish *wish = context;
    struct programme programme;
    enum err err = programme_choose(db, wish->arena, wish->source->programme, wish->source->or_all,
                                    &programme);
    if (!err)
        err = programme_has_revision(db, &programme, wish->source->revision);
    return err ? err
               : programme_sheets(db, wish->arena, &programme, wish->source->revision, wish->out);
}

enum err source_sheets(struct session *session, const struct source *source, struct sheets *out) {
    struct sheets_wish wish = {session->arena, source, out};
    struct db *db = NULL;
    if (source->path)
        return workbook_read(session->arena, source->path, out, &session->problems);
    enum err err = store_open(session, source->url, DB_READ_ONLY, &db);
    if (!err)
        err = db_read(db, programme_sheets_read, &wish);
    db_close(db);
    return err;
}

enum err source_read(struct session *session, const struct source *source, struct records *out) {
    struct sheets sheets = {0};
    *out = records_new(session->arena);
    enum err err = source_sheets(session, source, &sheets);
    if (!err)
        err = records_read(&sheets, out, &session->problems);
    if (!err)
        session_remark(session);
    return err;
}

/* ---- rules ---- */

struct limits_reading {
    struct arena *arena;
    const struct source *source;
    struct limit_changes changes;
};

static enum err programme_limits_read(struct db *db, void *context) {
    struct limits_reading *reading = context;
    struct programme programme;
    enum err err = programme_choose(db, reading->arena, reading->source->programme,
                                    reading->source->or_all, &programme);
    return err ? err : limits_read(db, reading->arena, programme.id, &reading->changes);
}

enum err source_rules(struct session *session, const struct source *source, const char *folder,
                      struct rules *out) {
    struct limits_reading reading = {.arena = session->arena, .source = source};
    struct db *db = NULL;
    enum err err = session_rules(session, folder, out);
    if (err || !source->url)
        return err;
    err = store_open(session, source->url, DB_READ_ONLY, &db);
    if (!err)
        err = db_read(db, programme_limits_read, &reading);
    db_close(db);
    if (!err)
        *out = rules_with_limits(session->arena, out, &reading.changes);
    return err;
}

const char *source_name(const struct source *source) {
    return source->path ? source->path : "this programme";
}
