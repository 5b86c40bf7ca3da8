#include "store/erase.h"
#include "base/text.h"
#include "record/check.h"
#include "record/value.h"
#include "store/erase_said.h"
#include "store/open_actions.h"
#include "store/organisations.h"
#include "store/redact.h"
#include "store/revision.h"
#include "store/stored.h"
#include "store/versions.h"
#include <sodium.h>

/* How likely it is that words that are part of somebody's name speak of that person: "Smith", then
 * "smith", then what is no name by its looks ("geriatrician"), then what an organisation is called.
 */
enum hint_rank { HINT_NAME, HINT_LOWER_CASE, HINT_WORD, HINT_ORGANISATION, HINT_RANKS };

struct erasing {
    struct arena *arena;
    const struct programme *programme;
    const struct erase_wish *wish;
    const struct kind *person;
    struct versions versions;
    struct audit revisions;
    struct redaction names;  /* of the person */
    struct redaction savers; /* these, and logins: in who saved or decided */
    struct redaction texts;  /* what is replaced in words of other records */
    struct redaction parts;
    struct redaction proper, proper_exactly; /* parts that the name has with a capital */
    LIST(struct erased_place) hints[HINT_RANKS];
    bool key_shared; /* something else has the person's key: in words nobody can tell which is meant
                      */
    struct index texts_known, hints_known;
    struct new_revision revision;
    struct erased *out;
    /* The version at which we are. */
    const struct version *version;
    const struct kind *kind; /* NULL: this program does not know it */
    bool own;
};

static bool is_own(const struct erasing *erasing, const struct version *version) {
    return erasing->wish->key && text_equal(version->kind, "person") &&
           text_equal(version->key, erasing->wish->key);
}

/* ---- who it is ---- */

static const char *name_in(const struct erasing *erasing, const struct version *version) {
    const char **cells =
        arena_alloc_array(erasing->arena, kind_field_count(erasing->person), sizeof *cells);
    if (stored_read(erasing->arena, erasing->person, version->content, cells) != OK)
        return NULL;
    return cells[kind_field_index(erasing->person, "name")];
}

static bool key_taken(const struct erasing *erasing, const char *key) {
    for (size_t i = 0; i < erasing->versions.list.n; i++)
        if (text_equal(erasing->versions.list.items[i].kind, "person") &&
            text_same_name(erasing->versions.list.items[i].key, key))
            return true;
    return false;
}

/* Random, and long only where short ones are taken. */
static const char *key_new(const struct erasing *erasing) {
    for (unsigned tries = 0;; tries++) {
        uint32_t chance = randombytes_random();
        const char *key = tries < 16 ? arena_format(erasing->arena, "person-%04x", chance & 0xFFFFu)
                                     : arena_format(erasing->arena, "person-%08x", chance);
        if (!key_taken(erasing, key))
            return key;
    }
}

static void namesakes_find(struct erasing *erasing) {
    for (size_t i = 0; i < erasing->versions.list.n; i++) {
        const struct version *version = &erasing->versions.list.items[i];
        if (!text_equal(version->kind, "person") || is_own(erasing, version))
            continue;
        const char *name = name_in(erasing, version);
        if (name && !text_equal(name, REDACTED) &&
            text_equal(redact(&erasing->names, name), REDACTED) &&
            !names_contain(&erasing->out->namesakes, version->key))
            list_add(erasing->arena, &erasing->out->namesakes.list, version->key);
    }
}

static bool named(const struct names *names, const char *name) {
    for (size_t i = 0; names && i < names->list.n; i++)
        if (text_same_name(names->list.items[i], name))
            return true;
    return false;
}

/* A key may have been a role's, and that of one person after the other. */
static enum err names_check(struct db *db, const struct erasing *erasing) {
    struct names known = {0};
    bool all_said = true;
    for (size_t i = 0; i < erasing->versions.list.n; i++) {
        const struct version *version = &erasing->versions.list.items[i];
        const char *name = is_own(erasing, version) ? name_in(erasing, version) : NULL;
        if (!name || text_equal(name, REDACTED) || named(&known, name))
            continue;
        list_add(erasing->arena, &known.list, name);
        all_said &= named(erasing->wish->also, name);
    }
    if (known.list.n < 2 || all_said)
        return OK;
    problem_add(db_problems(db), (struct place){.file = db_name(db)},
                "On the sheet People of \"%s\", \"%s\" was the key of several names: %s. All that "
                "stands under it would be erased. If they are one person, say each of these names "
                "with --also.",
                erasing->programme->key, text_quote(erasing->arena, erasing->wish->key),
                text_enumerate(erasing->arena, known.list.items, known.list.n, known.list.n));
    return ERR_INPUT;
}

/* Parts of names that are written with a capital: proper names, if anything is. */
static void proper_find(struct erasing *erasing) {
    erasing->proper = redaction_new(erasing->arena);
    erasing->proper_exactly = redaction_new(erasing->arena);
    for (size_t i = 0; i < erasing->parts.words.n; i++) {
        const char *part = erasing->parts.words.items[i].word;
        if (*part >= 'a' && *part <= 'z')
            continue;
        redaction_add_name(&erasing->proper, part);
        redaction_add_key(&erasing->proper_exactly, part, "");
    }
}

/* Whose name the versions hold; false if there are none. */
static bool own_find(struct erasing *erasing) {
    const struct erase_wish *wish = erasing->wish;
    bool found = false;
    erasing->names = redaction_new(erasing->arena);
    for (size_t i = 0; i < erasing->versions.list.n; i++) {
        const struct version *version = &erasing->versions.list.items[i];
        const struct kind *kind = kind_find(version->kind);
        erasing->key_shared |= kind && kind != erasing->person && kind_has_key(kind) && wish->key &&
                               text_equal(version->key, wish->key);
        if (!is_own(erasing, version))
            continue;
        found = true;
        redaction_add_name(&erasing->names, name_in(erasing, version));
    }
    for (size_t i = 0; wish->names && i < wish->names->list.n; i++)
        redaction_add_name(&erasing->names, wish->names->list.items[i]);
    return found;
}

static enum err person_find(struct db *db, struct erasing *erasing) {
    const struct erase_wish *wish = erasing->wish;
    if (!own_find(erasing) && wish->key) {
        problem_add(db_problems(db), (struct place){.file = db_name(db)},
                    "There is no \"%s\" on the sheet People of \"%s\", and there never was.",
                    text_quote(erasing->arena, wish->key), erasing->programme->key);
        return ERR_INPUT;
    }
    if (names_check(db, erasing))
        return ERR_INPUT;
    if (wish->key)
        erasing->out->key = key_new(erasing);
    erasing->savers = redaction_new(erasing->arena);
    for (size_t i = 0; i < erasing->names.words.n; i++)
        redaction_add_name(&erasing->savers, erasing->names.words.items[i].word);
    for (size_t i = 0; wish->logins && i < wish->logins->list.n; i++)
        redaction_add_name(&erasing->savers, wish->logins->list.items[i]);
    erasing->texts = redaction_new(erasing->arena);
    for (size_t i = 0; i < erasing->names.words.n && !wish->keep_texts; i++)
        redaction_add_name(&erasing->texts, erasing->names.words.items[i].word);
    erasing->parts = redaction_parts(&erasing->names);
    proper_find(erasing);
    if (wish->key && !wish->keep_texts && !erasing->key_shared)
        redaction_add_key(&erasing->texts, wish->key, erasing->out->key);
    if (wish->key)
        redaction_add_key(&erasing->parts, wish->key, "");
    namesakes_find(erasing);
    return OK;
}

/* ---- the values of a version ---- */

static struct erased_place place_of(const struct erasing *erasing, const char *key,
                                    const struct field *field, const char *text) {
    return (struct erased_place){
        .sheet = erasing->kind ? erasing->kind->sheet : erasing->version->kind,
        .key = key,
        .field = field ? field_heading(erasing->arena, field) : "",
        .text = text,
    };
}

static const char *place_name(const struct erasing *erasing, const struct erased_place *place) {
    return arena_format(erasing->arena, "%s\n%s\n%s", place->sheet, place->key, place->field);
}

static void text_note(struct erasing *erasing, const struct field *field, const char *text) {
    struct erased_place place = place_of(erasing, erasing->version->key, field, text);
    if (index_add(erasing->arena, &erasing->texts_known, place_name(erasing, &place), erasing))
        list_add(erasing->arena, &erasing->out->texts, place);
}

/* So much of a text as shows what stands around `at`, in whole words. */
static const char *excerpt(struct arena *arena, const char *text, size_t at) {
    enum { BEFORE = 30, AFTER = 40 };
    size_t start = at > BEFORE ? at - BEFORE : 0, end = at;
    while (start && start < at && text[start - 1] != ' ')
        start++;
    while (start == at && start && text[start - 1] != ' ') /* one long word */
        start--;
    while (text[end] && (end < at + AFTER || text[end] != ' '))
        end++;
    return arena_format(arena, "%s%s%s", start ? "... " : "",
                        arena_copy_n(arena, text + start, end - start), text[end] ? " ..." : "");
}

static enum hint_rank hint_rank(const struct erasing *erasing, const char *text) {
    if (redact(&erasing->proper_exactly, text) != text)
        return HINT_NAME;
    if (redact(&erasing->proper, text) != text)
        return HINT_LOWER_CASE;
    return erasing->kind && text_equal(erasing->kind->name, "organisation") ? HINT_ORGANISATION
                                                                            : HINT_WORD;
}

static void hints_gather(struct erasing *erasing) {
    for (size_t rank = 0; rank < HINT_RANKS; rank++)
        for (size_t i = 0; i < erasing->hints[rank].n; i++)
            list_add(erasing->arena, &erasing->out->hints, erasing->hints[rank].items[i]);
}

/* Whether a part of the name is still there: a person has to look. */
static void hint_note(struct erasing *erasing, const char *key, const struct field *field,
                      const char *text) {
    const char *without = redact(&erasing->parts, text);
    size_t at = 0;
    if (without == text)
        return;
    enum hint_rank rank = hint_rank(erasing, text);
    if (rank == HINT_ORGANISATION && field && field->type == FIELD_KEY)
        return; /* a common word */
    while (text[at] && text[at] == without[at])
        at++;
    struct erased_place place = place_of(erasing, key, field, excerpt(erasing->arena, text, at));
    if (index_add(erasing->arena, &erasing->hints_known, place_name(erasing, &place), erasing))
        list_add(erasing->arena, &erasing->hints[rank], place);
}

static const char *reference_alter(const struct erasing *erasing, const char *value) {
    const struct erase_wish *wish = erasing->wish;
    const char *rest = value;
    struct text out = text_new(erasing->arena);
    bool changed = false;
    for (const char *key; (key = value_next_ref(erasing->arena, &rest));) {
        bool same = wish->key && text_equal(key, wish->key);
        changed |= same;
        text_add_format(&out, "%s%s", out.length ? "; " : "", same ? erasing->out->key : key);
    }
    return changed ? out.bytes : value;
}

static const char *own_alter(const struct erasing *erasing, const struct field *field,
                             const char *value) {
    if (!field) /* what we do not know may be words */
        return NULL;
    if (field->type == FIELD_KEY)
        return erasing->out->key;
    if (field->type != FIELD_TEXT)
        return value;
    return field->flags & REQUIRED ? REDACTED : NULL;
}

static const char *value_alter(void *context, const struct field *field, const char *value) {
    struct erasing *erasing = context;
    bool refers = field && (field->type == FIELD_REF || field->type == FIELD_REFS);
    if (erasing->own)
        return own_alter(erasing, field, value);
    if (refers && text_equal(field->refers_to, "person"))
        return reference_alter(erasing, value);
    if (field && field->type != FIELD_TEXT)
        return value;
    const char *altered = redact(&erasing->texts, value);
    /* Two people of one name are two: whose record this is, somebody has to say. */
    if (erasing->kind == erasing->person && field && text_equal(field->name, "name") &&
        text_equal(altered, REDACTED))
        altered = value;
    if (altered != value)
        text_note(erasing, field, altered);
    hint_note(erasing, erasing->version->key, field, altered);
    return altered;
}

/* A record without a key of its own is called after what it refers to; what tells it from another
 * of the same name stays behind that. */
static const char *key_alter(const struct erasing *erasing, const char *content) {
    const struct version *version = erasing->version;
    struct arena *arena = erasing->arena;
    if (erasing->own)
        return erasing->out->key;
    if (!erasing->kind || kind_has_key(erasing->kind))
        return version->key;
    size_t n = kind_field_count(erasing->kind);
    const char **before = arena_alloc_array(arena, n, sizeof *before);
    const char **after = arena_alloc_array(arena, n, sizeof *after);
    if (stored_read(arena, erasing->kind, version->content, before) ||
        stored_read(arena, erasing->kind, content, after))
        return version->key;
    const char *old_id = record_id_plain(arena, erasing->kind, before);
    const char *new_id = record_id_plain(arena, erasing->kind, after);
    if (text_equal(old_id, new_id) || !old_id || !new_id)
        return version->key;
    const char *rest = text_starts_with(version->key, old_id) ? version->key + strlen(old_id) : "";
    return arena_format(arena, "%s%s", new_id, rest);
}

/* ---- writing ---- */

static enum err erasure_write(struct db *db, struct erasing *erasing, int64_t record_id,
                              int64_t revision, const char *commitment) {
    chain_link_add(&erasing->revision.link, CHAIN_ERASED, record_id, revision, commitment);
    return db_run(db, SQL_erasure_add,
                  DB_VALUES(db_integer(erasing->programme->id),
                            db_integer(erasing->revision.number), db_integer(record_id),
                            db_integer(revision), db_text(commitment)));
}

static enum err version_erase(struct db *db, struct erasing *erasing) {
    const struct version *version = erasing->version;
    char salt[CHAIN_SALT_SIZE], commitment[CHAIN_HASH_SIZE];
    const char *content = version->content;
    if (stored_alter(erasing->arena, erasing->kind, version->content, value_alter, erasing,
                     &content) != OK) /* damaged: a name must go from it all the same */
        content = erasing->own ? "{}" : redact(&erasing->texts, version->content);
    const char *key = key_alter(erasing, content);
    if (erasing->kind && kind_has_key(erasing->kind) && !erasing->own)
        hint_note(erasing, key, &erasing->kind->fields[0], key);
    if (text_equal(content, version->content) && text_equal(key, version->key))
        return OK;
    ++*(erasing->own ? &erasing->out->own : &erasing->out->others);
    if (erasing->wish->only_look)
        return OK;
    chain_salt_new(salt);
    chain_commit_record(salt, version->kind, key, content, commitment);
    enum err err = db_run(db, SQL_record_erase,
                          DB_VALUES(db_integer(erasing->programme->id), db_integer(version->id),
                                    db_integer(version->revision), db_text(key), db_text(content),
                                    db_text(salt)));
    if (!err && !version->until && text_equal(version->kind, "organisation"))
        err = organisation_keep(db, erasing->arena, erasing->programme->id, version->id, content);
    if (!err && !version->until && text_equal(version->kind, "action"))
        err = open_action_keep(db, erasing->arena, erasing->programme->id, version->id);
    return err ? err : erasure_write(db, erasing, version->id, version->revision, commitment);
}

static const char *author_redact(const struct erasing *erasing, const char *author) {
    return redact(&erasing->texts, redact(&erasing->savers, author));
}

/* Who saved, and why. */
static enum err saves_erase(struct db *db, struct erasing *erasing) {
    for (size_t i = 0; i < erasing->revisions.revisions.n; i++) {
        const struct revision *revision = &erasing->revisions.revisions.items[i];
        char salt[CHAIN_SALT_SIZE], commitment[CHAIN_HASH_SIZE];
        const char *author = author_redact(erasing, revision->author);
        const char *reason = redact(&erasing->texts, revision->reason);
        if (author == revision->author && reason == revision->reason)
            continue;
        erasing->out->saves++;
        if (erasing->wish->only_look)
            continue;
        chain_salt_new(salt);
        chain_commit_words(salt, author, reason, commitment);
        enum err err =
            db_run(db, SQL_revision_erase,
                   DB_VALUES(db_integer(erasing->programme->id), db_integer(revision->number),
                             db_text(author), db_text(reason), db_text(salt)));
        if (!err)
            err = erasure_write(db, erasing, 0, revision->number, commitment);
        if (err)
            return err;
    }
    return OK;
}

static enum err findings_erase(struct db *db, struct erasing *erasing) {
    const struct erase_wish *wish = erasing->wish;
    struct redaction names = redaction_new(erasing->arena), savers = redaction_new(erasing->arena),
                     keys = redaction_new(erasing->arena);
    for (size_t i = 0; i < erasing->names.words.n; i++)
        redaction_add_name(&names, erasing->names.words.items[i].word);
    for (size_t i = 0; i < erasing->savers.words.n; i++)
        redaction_add_name(&savers, erasing->savers.words.items[i].word);
    if (wish->key)
        redaction_add_key(&keys, wish->key, erasing->out->key);
    if (wish->key && !erasing->key_shared) {
        redaction_add_key(&names, wish->key, erasing->out->key);
        redaction_add_key(&savers, wish->key, erasing->out->key);
    }
    return said_erase(db, erasing->arena, erasing->programme->id,
                      &(struct said_words){&names, &savers, &keys}, wish->only_look,
                      &erasing->out->said);
}

static enum err all_erase(struct db *db, struct erasing *erasing) {
    enum err err = saves_erase(db, erasing);
    for (size_t i = 0; !err && i < erasing->versions.list.n; i++) {
        erasing->version = &erasing->versions.list.items[i];
        erasing->kind = kind_find(erasing->version->kind);
        erasing->own = is_own(erasing, erasing->version);
        err = version_erase(db, erasing);
    }
    hints_gather(erasing);
    return err ? err : findings_erase(db, erasing);
}

enum err erase_person(struct db *db, struct arena *arena, struct programme *programme,
                      const struct erase_wish *wish, struct erased *out) {
    struct erasing erasing = {.arena = arena,
                              .programme = programme,
                              .wish = wish,
                              .person = kind_find("person"),
                              .out = out};
    *out = (struct erased){0};
    chain_start();
    enum err err = wish->only_look ? OK : programme_lock(db, arena, programme);
    if (!err)
        err = versions_begun(db, arena, programme->id, 0, INT64_MAX, &erasing.versions);
    if (!err)
        err = revisions_read(db, arena, programme->id, 1, INT64_MAX, &erasing.revisions);
    if (!err)
        err = person_find(db, &erasing);
    if (err)
        return err;
    versions_sort(&erasing.versions);
    if (wish->only_look)
        return all_erase(db, &erasing);
    erasing.revision.author = author_redact(&erasing, wish->author);
    erasing.revision.reason = redact(&erasing.texts, wish->reason);
    programme->name = redact(&erasing.texts, programme->name);
    err = revision_begin(db, programme, &erasing.revision);
    if (!err)
        err = all_erase(db, &erasing);
    if (!err)
        err = revision_end(db, arena, &erasing.revision, programme);
    out->revision = programme->revision;
    return err;
}

enum err erase_latest(struct db *db, int64_t programme, int64_t *out) {
    struct db_rows rows;
    *out = 0;
    enum err err = db_query(db, SQL_erasure_latest, DB_VALUES(db_integer(programme)), &rows);
    if (err)
        return err;
    if (db_next(&rows))
        *out = db_row_integer(&rows, 0);
    return db_rows_end(&rows, OK);
}
