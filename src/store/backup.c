#include "store/backup.h"
#include "base/file.h"
#include "base/text.h"
#include "db/migrate.h"
#include "db/sound.h"
#include "store/open_actions.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VERIFY_MEMORY = 1024 * 1024 * 1024 };
#define PART ".part-"

/* ---- what is in it ---- */

/* What one programme needs goes when it is done; only faults stay. */
static enum err programme_verify(struct db *db, struct arena *arena,
                                 const struct programme *programme, struct contents *out) {
    struct arena *scratch = arena_new(VERIFY_MEMORY);
    struct programme_verdict entry = {.programme = *programme};
    struct audit_verdict verdict;
    enum err err = audit_verify(db, scratch, programme, &verdict);
    if (!err) {
        entry.verdict = verdict;
        entry.verdict.faults.items = NULL;
        entry.verdict.faults.n = entry.verdict.faults.room = 0;
        for (size_t i = 0; i < verdict.faults.n; i++)
            list_add(arena, &entry.verdict.faults,
                     (struct audit_fault){verdict.faults.items[i].revision,
                                          arena_copy(arena, verdict.faults.items[i].message)});
        list_add(arena, &out->programmes, entry);
        out->revisions += verdict.revisions;
        out->versions += verdict.versions;
        out->faults += verdict.faults.n;
    }
    arena_free(scratch);
    return err;
}

enum err contents_verify(struct db *db, struct arena *arena, struct contents *out) {
    struct programmes all;
    *out = (struct contents){0};
    enum err err = programmes_list(db, arena, &all);
    for (size_t i = 0; !err && i < all.list.n; i++)
        err = programme_verify(db, arena, &all.list.items[i], out);
    return err;
}

enum err contents_verify_kept(struct db *db, struct arena *arena, const struct kept_links *kept,
                              struct contents *contents) {
    struct programmes among = {0};
    enum err err = OK;
    for (size_t i = 0; i < contents->programmes.n; i++)
        list_add(arena, &among.list, contents->programmes.items[i].programme);
    for (size_t i = 0; !err && i < kept->list.n; i++) {
        struct kept_verdict verdict;
        err = kept_verify(db, arena, &kept->list.items[i], &among, &verdict);
        list_add(arena, &contents->kept.list, verdict);
        contents->kept.missed += !verdict.found;
    }
    return err;
}

struct looking {
    struct arena *arena;
    struct contents *out;
};

static enum err contents_look(struct db *db, void *context) {
    struct looking *looking = context;
    return contents_verify(db, looking->arena, looking->out);
}

/* ---- making ---- */

static enum err place_refuse(struct problems *problems, const char *path, int error) {
    if (error == EEXIST)
        problem_add(problems, (struct place){.file = path},
                    "There is something of this name already, and nothing is written over. Choose "
                    "another name, or move it away first.");
    else
        problem_add(problems, (struct place){.file = path}, "This cannot be written: %s.",
                    strerror(error));
    return error == EEXIST ? ERR_INPUT : ERR_IO;
}

static enum err copy_into(struct db *from, struct db *to, int64_t version,
                          const struct backup_watch *watch) {
    enum err err = db_unsettle(to);
    if (!err)
        err = db_migrate_to(to, version);
    if (!err)
        err = db_copy(from, to, watch->tell, watch->context);
    return err ? err : db_settle(to);
}

/* A database that an older program made can be backed up too: that comes before migrating it. */
static enum err from_open(struct arena *arena, struct problems *problems, const char *url,
                          struct db **out, int64_t *version) {
    struct db_schema schema = {0};
    enum err err = db_open(arena, problems, url, DB_READ_ONLY, out);
    if (!err)
        err = db_schema_look(*out, &schema);
    if (!err && !(schema.state == DB_SCHEMA_OLDER && schema.version > 0))
        err = db_schema_check(*out);
    *version = schema.version;
    return err;
}

static enum err temporary_fill(struct arena *arena, struct problems *problems, const char *url,
                               const char *temporary, const struct backup_watch *watch) {
    struct db *from = NULL, *to = NULL;
    int64_t version = 0;
    enum err err = from_open(arena, problems, url, &from, &version);
    if (!err)
        err =
            db_open(arena, problems, arena_format(arena, "sqlite:%s", temporary), DB_EXISTING, &to);
    if (!err)
        err = copy_into(from, to, version, watch);
    db_close(to);
    db_close(from);
    return err;
}

static void temporary_remove(struct arena *arena, const char *temporary) {
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        unlink(arena_format(arena, "%s%s", temporary, endings[i]));
}

/* Whether a file is another one's with ".part-" and six letters or digits behind its name. */
static bool is_part_of(const char *name, const char *of) {
    size_t n = strlen(of);
    return strncmp(name, of, n) == 0 && text_starts_with(name + n, PART) &&
           strlen(name + n) == strlen(PART) + 6 && !strpbrk(name + n + strlen(PART), "-.~");
}

/* What is left of the same backup when it was stopped half-way: it holds what was written about
 * people. Whoever still works on one has it locked. */
static void parts_remove(struct arena *arena, const char *path) {
    const char *folder = dirname(arena_copy(arena, path));
    const char *name = basename(arena_copy(arena, path));
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        if (!is_part_of(entry->d_name, name))
            continue;
        const char *part = arena_format(arena, "%s/%s", folder, entry->d_name);
        int file = open(part, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
        if (file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0)
            temporary_remove(arena, part);
        if (file >= 0)
            close(file);
    }
    if (entries)
        closedir(entries);
}

/* Makes one, for its owner alone to read, as befits it, and locks it until it is closed. */
static int temporary_make(char *temporary) {
    struct stat about;
    int file = mkostemp(temporary, O_CLOEXEC);
    if (file < 0 || (flock(file, LOCK_EX) == 0 && fstat(file, &about) == 0 && about.st_nlink))
        return file;
    close(file); /* somebody took it for a part that was left */
    errno = EBUSY;
    return -1;
}

enum err backup_make(struct arena *arena, struct problems *problems, const char *url,
                     const char *path, const struct backup_watch *watch, struct contents *out) {
    struct stat about;
    if (lstat(path, &about) == 0)
        return place_refuse(problems, path, EEXIST);
    char *temporary = arena_format(arena, "%s" PART "XXXXXX", path);
    parts_remove(arena, path);
    int file = temporary_make(temporary);
    if (file < 0)
        return place_refuse(problems, path, errno);
    enum err err = temporary_fill(arena, problems, url, temporary, watch);
    if (!err)
        err = backup_verify(arena, problems, temporary, out);
    /* Nobody is to go on working in it: every later look would show something else. */
    if (!err &&
        (!file_settle(temporary) || fchmod(file, S_IRUSR) != 0 || !file_place(temporary, path)))
        err = place_refuse(problems, path, errno);
    if (err)
        temporary_remove(arena, temporary);
    else if (!file_name_settle(path))
        err = place_refuse(problems, path, errno);
    close(file); /* not before: it would undo SQLite's own locks */
    return err;
}

/* ---- looking at one, and restoring it ---- */

/* Opens a backup that could be restored. */
static enum err backup_open(struct arena *arena, struct problems *problems, const char *path,
                            struct db **out, struct db_schema *schema) {
    enum err err =
        db_open(arena, problems, arena_format(arena, "sqlite:%s", path), DB_READ_ONLY, out);
    if (!err)
        err = db_schema_look(*out, schema);
    if (err)
        return err;
    if (schema->version <= 0 || schema->state == DB_SCHEMA_FOREIGN) {
        problem_add(problems, (struct place){.file = path},
                    "This is not a backup of Ithaca: it is empty, or holds something else.");
        return ERR_INPUT;
    }
    if (schema->state == DB_SCHEMA_NEWER)
        return db_schema_check(*out);
    return db_sound(*out);
}

enum err backup_verify(struct arena *arena, struct problems *problems, const char *path,
                       struct contents *out) {
    struct db *db = NULL;
    struct db_schema schema = {0};
    struct looking looking = {arena, out};
    *out = (struct contents){0};
    enum err err = backup_open(arena, problems, path, &db, &schema);
    /* The chain of an older one is looked through when it is restored, and thereby up to date. */
    out->is_older = schema.state == DB_SCHEMA_OLDER;
    if (!err && !out->is_older)
        err = db_read(db, contents_look, &looking);
    db_close(db);
    return err;
}

/* Tables of the backup's version if there are none yet; otherwise db_copy looks at them. */
static enum err target_prepare(struct db *to, int64_t version) {
    struct db_schema schema;
    enum err err = db_schema_look(to, &schema);
    if (err || schema.state == DB_SCHEMA_CURRENT)
        return err;
    return schema.state == DB_SCHEMA_EMPTY ? db_migrate_to(to, version) : db_schema_check(to);
}

/* What was restored, once all of it is there. Only the looking can fail now, and must not say that
 * nothing was changed. */
static enum err restored_look(struct db *to, struct problems *problems, struct looking *looking) {
    struct problems own = problems_new(looking->arena);
    db_problems_set(to, &own);
    enum err err = db_migrate(to);
    if (!err)
        err = open_actions_fill(to, looking->arena);
    if (!err)
        err = db_read(to, contents_look, looking);
    db_problems_set(to, problems);
    if (err && db_lost(to))
        problem_add(problems, (struct place){.file = db_name(to)},
                    "The connection to the server broke when everything had been copied. It is "
                    "restored: `ithaca migrate` makes it ready, `ithaca audit verify --all` looks "
                    "at it.");
    else
        for (size_t i = 0; i < own.list.n; i++)
            list_add(problems->arena, &problems->list, own.list.items[i]);
    return err;
}

enum err backup_restore(struct arena *arena, struct problems *problems, const char *path,
                        const char *url, const struct backup_watch *watch, struct contents *out) {
    struct db *from = NULL, *to = NULL;
    struct db_schema schema = {0};
    struct looking looking = {arena, out};
    *out = (struct contents){0};
    enum err err = backup_open(arena, problems, path, &from, &schema);
    if (!err)
        err = db_open(arena, problems, url, DB_CREATE, &to);
    if (!err)
        err = target_prepare(to, schema.version);
    if (!err)
        err = db_copy(from, to, watch->tell, watch->context);
    out->is_copied = !err;
    if (!err)
        err = restored_look(to, problems, &looking);
    db_close(to);
    db_close(from);
    return err;
}
