/* ithaca audit: who changed what, when and why; and whether that history is whole. */
#include "base/text.h"
#include "command/audit_print.h"
#include "command/options.h"
#include "command/store.h"
#include "command/verdict.h"
#include <stdlib.h>

extern const struct command audit_command;

static const char *const verbs[] = {"list", "verify"};
enum { VERB_LIST, VERB_VERIFY, VERB_COUNT };
static const char *const formats[] = {"text", "json", "csv"};
enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_COUNT };

struct audit_options {
    const char *url, *programme, *record;
    struct names kept_texts;
    int64_t from, to;
    bool all;
    int verb, format;
    /* Worked out of these. */
    const struct kind *kind;
    const char *key;
    struct kept_links kept;
};

/* "Sheet/key"; keys may have a "/" in them, sheets have none. */
static const char *record_fault(struct arena *arena, struct audit_options *options) {
    const char *key = options->record;
    const char *sheet = text_next_piece(arena, &key, '/');
    options->kind = sheet ? kind_of_sheet(sheet) : NULL;
    options->key = key;
    return options->kind && key && *key
               ? NULL
               : "--record takes a sheet and a key: \"Decisions/eastern-pilot\".";
}

/* What was kept tells which programme is meant, unless something else was said. */
static const char *kept_fault(struct arena *arena, struct audit_options *options) {
    for (size_t i = 0; i < options->kept_texts.list.n; i++) {
        struct kept_link kept;
        if (!kept_parse(arena, options->kept_texts.list.items[i], &kept))
            return "--kept takes the line that `ithaca audit verify` printed for keeping:\n"
                   "KEY:REVISION:LINK. The link has 64 letters and digits.";
        list_add(arena, &options->kept.list, kept);
        if (options->all || !kept.programme)
            continue;
        if (!options->programme)
            options->programme = kept.programme;
        else if (!text_equal(options->programme, kept.programme))
            return arena_format(arena,
                                "a link you kept is of the programme \"%s\", not of\n\"%s\". Look "
                                "at that one, or at all with --all.",
                                text_quote(arena, kept.programme),
                                text_quote(arena, options->programme));
    }
    return NULL;
}

static const char *list_fault(struct arena *arena, struct audit_options *options) {
    if (options->kept_texts.list.n || options->all)
        return "--kept and --all go with `ithaca audit verify`.";
    if (options->to && options->from > options->to)
        return "--from must not be greater than --to.";
    return options->record ? record_fault(arena, options) : NULL;
}

static const char *verify_fault(struct arena *arena, struct audit_options *options) {
    if (options->from || options->to || options->record)
        return "verify looks at the whole history; leave --from, --to and --record out.";
    if (options->format == FORMAT_CSV)
        return "verify prints text or json.";
    if (options->all && options->programme)
        return "--all goes without --programme.";
    return kept_fault(arena, options);
}

static bool arguments_read(struct arena *arena, struct audit_options *out, int argc, char **argv) {
    const char *verb = NULL;
    const struct option options[] = {
        {"--db", .text = &out->url},
        {"--programme", .text = &out->programme},
        {"--from", .number = &out->from},
        {"--to", .number = &out->to},
        {"--record", .text = &out->record},
        {"--kept", .texts = &out->kept_texts},
        {"--all", .flag = &out->all},
        {"--format", .choice = &out->format, .choices = formats, .choice_count = FORMAT_COUNT},
        {0},
    };
    if (!options_read_with(&audit_command, arena, options, NULL, argc, argv, &verb))
        return false;
    out->verb = verb ? name_index(verbs, VERB_COUNT, verb) : VERB_LIST;
    const char *fault = out->verb < 0              ? "say list or verify."
                        : out->verb == VERB_VERIFY ? verify_fault(arena, out)
                                                   : list_fault(arena, out);
    if (fault)
        usage_refuse(&audit_command, "%s", fault);
    return !fault && store_named(&audit_command, out->url);
}

struct auditing {
    struct arena *arena;
    const struct audit_options *options;
    struct programme programme;
    struct audit audit;
    struct contents contents;
};

static bool mentions(const struct audit *audit, const struct kind *kind, const char *key) {
    for (size_t i = 0; i < audit->changes.n; i++)
        if (text_equal(audit->changes.items[i].kind, kind->name) &&
            text_equal(audit->changes.items[i].key, key))
            return true;
    return false;
}

/* That something of this name was ever there: a slip is not "nothing was done to it". */
static enum err record_demand(struct db *db, struct auditing *auditing) {
    const struct audit_options *options = auditing->options;
    struct arena *arena = auditing->arena;
    struct audit all;
    if (!options->kind || mentions(&auditing->audit, options->kind, options->key))
        return OK;
    enum err err = audit_read(db, arena, &auditing->programme, 1, INT64_MAX, &all);
    if (err || mentions(&all, options->kind, options->key))
        return err;
    const char **keys = arena_alloc_array(arena, all.changes.n + 1, sizeof *keys);
    size_t n = 0;
    for (size_t i = 0; i < all.changes.n; i++)
        if (text_equal(all.changes.items[i].kind, options->kind->name))
            keys[n++] = all.changes.items[i].key;
    const char *nearest = text_nearest(arena, options->key, keys, n);
    problem_add(db_problems(db), (struct place){.file = db_name(db)},
                "There never was a \"%s\" on the sheet %s of \"%s\".%s",
                text_quote(arena, options->key), options->kind->sheet, auditing->programme.key,
                nearest ? arena_format(arena, " Did you mean \"%s\"?", nearest) : "");
    return ERR_INPUT;
}

static enum err list_read(struct db *db, void *context) {
    struct auditing *auditing = context;
    const struct audit_options *options = auditing->options;
    struct programme *programme = &auditing->programme;
    enum err err = programme_find(db, auditing->arena, options->programme, programme);
    if (!err)
        err = programme_has_revision(db, programme, options->from);
    if (!err)
        err = programme_has_revision(db, programme, options->to);
    if (!err)
        err = audit_read(db, auditing->arena, programme, options->from ? options->from : 1,
                         options->to ? options->to : INT64_MAX, &auditing->audit);
    return err ? err : record_demand(db, auditing);
}

static enum err one_verify(struct db *db, struct arena *arena, const char *key,
                           struct contents *out) {
    struct programme_verdict entry = {0};
    *out = (struct contents){0};
    enum err err = programme_choose(db, arena, key, true, &entry.programme);
    if (!err)
        err = audit_verify(db, arena, &entry.programme, &entry.verdict);
    if (!err)
        list_add(arena, &out->programmes, entry);
    out->faults = entry.verdict.faults.n;
    return err;
}

static enum err verify_read(struct db *db, void *context) {
    struct auditing *auditing = context;
    const struct audit_options *options = auditing->options;
    struct contents *contents = &auditing->contents;
    enum err err = options->all ? contents_verify(db, auditing->arena, contents)
                                : one_verify(db, auditing->arena, options->programme, contents);
    return err ? err : contents_verify_kept(db, auditing->arena, &options->kept, contents);
}

static int list(struct session *session, const struct audit_options *options) {
    struct auditing auditing = {.arena = session->arena, .options = options};
    struct printer printer = printer_new(stdout);
    if (store_read(session, options->url, list_read, &auditing) != OK)
        return session_refuse(session, NULL);
    const struct audit_view view = {&auditing.programme, &auditing.audit, options->kind,
                                    options->key};
    if (options->format == FORMAT_JSON)
        audit_print_json(stdout, &view);
    else if (options->format == FORMAT_CSV)
        audit_print_csv(stdout, session->arena, &view);
    else
        audit_print_text(&printer, session->arena, &view);
    session_close(session);
    return EXIT_IN_ORDER;
}

static int verify(struct session *session, const struct audit_options *options) {
    struct auditing auditing = {.arena = session->arena, .options = options};
    struct printer printer = printer_new(stdout);
    if (store_read(session, options->url, verify_read, &auditing) != OK)
        return session_refuse(session, NULL);
    if (options->format == FORMAT_JSON)
        verdicts_print_json(stdout, session->arena, &auditing.contents);
    else
        verdicts_tell(&printer, session->arena, &auditing.contents);
    int code = verdicts_exit(&auditing.contents);
    session_close(session);
    return code;
}

static int run(int argc, char **argv) {
    struct session session;
    struct audit_options options = {0};
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, &options, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    return options.verb == VERB_VERIFY ? verify(&session, &options) : list(&session, &options);
}

const struct command audit_command = {
    .name = "audit",
    .summary = "who changed what, when and why; whether that history is whole",
    .help = "ithaca audit --db DATABASE [list] [options]\n"
            "ithaca audit --db DATABASE verify [options]\n"
            "\n"
            "list (or nothing) prints every revision: who saved, when, why, and which records\n"
            "were added, changed and removed, field by field.\n"
            "\n"
            "  --programme KEY        which programme, if there are several\n"
            "  --from N, --to N       only these revisions\n"
            "  --record SHEET/KEY     only what was done to this record, in full:\n"
            "                         \"Decisions/eastern-pilot\"\n"
            "  --format FORMAT        text (for people), json or csv (a row for each field)\n"
            "\n"
            "verify works out again whether the history is as it was saved: each revision is\n"
            "tied to the one before it, so that nobody can alter, move or take out anything\n"
            "unseen, not even past this program. It prints the newest link. Keep that line\n"
            "outside the database, in the minutes of a meeting for example: with --kept it\n"
            "shows later that nothing up to that day was altered, cut off, or made anew.\n"
            "\n"
            "  --programme KEY        which programme, if there are several, or\n"
            "  --all                  all of them\n"
            "  --kept KEY:REVISION:LINK\n"
            "                         the line you kept; again for more. Without KEY: of the\n"
            "                         programme looked at, or of any with --all\n"
            "  --format FORMAT        text or json\n"
            "\n"
            "Exit code: 0 listed, or whole; 1 the history was altered, or is not the one of\n"
            "the link you kept; 2 it cannot be read.\n",
    .run = run,
};
