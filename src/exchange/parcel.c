#include "exchange/parcel.h"
#include "base/date.h"
#include "base/text.h"
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>

static const char format_name[] = "ithaca-learned-1";

enum { SIGNED_FLAGS = JSON_COMPACT | JSON_SORT_KEYS, SIGNATURE_SIZE = 2 * crypto_sign_BYTES + 1 };

bool parcel_takes(const struct learned_kind *kind) {
    return learned_field_index(kind, "review") < 0; /* what one believes is one's own */
}

bool parcel_takes_field(const struct learned_field *field) {
    return field->type != LEARNED_FINDINGS && field->type != LEARNED_RECORDS &&
           field->type != LEARNED_EVIDENCE;
}

const char *parcel_key_words(struct arena *arena, const char *key) {
    return arena_format(arena, "%.4s %.4s %.4s %.4s", key, key + 4, key + 8, key + 12);
}

/* ---- the key ---- */

struct signing {
    unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
};

static bool from_hex(const char *text, unsigned char *out, size_t size) {
    size_t length;
    return text && sodium_hex2bin(out, size, text, strlen(text), NULL, &length, NULL) == 0 &&
           length == size;
}

static enum err key_find(struct db *db, struct signing *out, bool *found) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_signing_key, DB_NO_VALUES, &rows);
    *found = !err && db_next(&rows) &&
             from_hex(db_row_text(&rows, 0), out->public, sizeof out->public) &&
             from_hex(db_row_text(&rows, 1), out->secret, sizeof out->secret);
    return db_rows_end(&rows, err);
}

static enum err key_get(struct db *db, struct signing *out) {
    char public[2 * sizeof out->public + 1], secret[2 * sizeof out->secret + 1];
    char now[DB_TIME_SIZE];
    bool found;
    enum err err = key_find(db, out, &found);
    if (err || found)
        return err;
    crypto_sign_keypair(out->public, out->secret);
    sodium_bin2hex(public, sizeof public, out->public, sizeof out->public);
    sodium_bin2hex(secret, sizeof secret, out->secret, sizeof out->secret);
    db_now(now);
    err =
        db_run(db, SQL_signing_key_add, DB_VALUES(db_text(public), db_text(secret), db_text(now)));
    sodium_memzero(secret, sizeof secret);
    return err ? err : key_find(db, out, &found); /* of two at once one was first */
}

/* ---- writing ---- */

static json_t *item_json(struct arena *arena, const struct learned *item) {
    json_t *fields = json_object(), *lists = json_object();
    for (size_t i = 0; item->kind->fields[i].name; i++) {
        const struct learned_field *field = &item->kind->fields[i];
        const char *rest = item->values[i], *piece;
        if (!rest || !parcel_takes_field(field))
            continue;
        if (field->type != LEARNED_LIBRARY) {
            json_object_set_new(fields, field->name, json_string(rest));
            continue;
        }
        json_t *list = json_array();
        while (rest && (piece = text_next_piece(arena, &rest, '\n')))
            json_array_append_new(list, json_string(piece));
        json_object_set_new(lists, field->name, list);
    }
    return json_pack("{s:s, s:I, s:I, s:o, s:o}", "kind", item->kind->name, "number",
                     (json_int_t)item->id, "version", (json_int_t)item->number, "fields", fields,
                     "lists", lists);
}

static char *dumped(const json_t *root, size_t flags) {
    char *bytes = json_dumps(root, flags);
    if (!bytes)
        abort(); /* no memory */
    return bytes;
}

enum err parcel_write(struct db *db, struct arena *arena, const struct parcel *parcel,
                      const char **file) {
    struct signing signing;
    enum err err = key_get(db, &signing);
    if (err)
        return err;
    char key[PARCEL_KEY_SIZE], signature[SIGNATURE_SIZE];
    unsigned char bytes[crypto_sign_BYTES];
    json_t *items = json_array();
    for (size_t i = 0; i < parcel->items.list.n; i++)
        json_array_append_new(items, item_json(arena, &parcel->items.list.items[i]));
    sodium_bin2hex(key, sizeof key, signing.public, sizeof signing.public);
    json_t *root = json_pack("{s:s, s:s, s:s, s:o, s:s}", "format", format_name, "from",
                             parcel->from, "made_on", parcel->made_on, "items", items, "key", key);
    char *plain = dumped(root, SIGNED_FLAGS);
    crypto_sign_detached(bytes, NULL, (const unsigned char *)plain, strlen(plain), signing.secret);
    sodium_memzero(&signing, sizeof signing);
    free(plain);
    sodium_bin2hex(signature, sizeof signature, bytes, sizeof bytes);
    json_object_set_new(root, "signature", json_string(signature));
    char *whole = dumped(root, JSON_INDENT(2) | JSON_SORT_KEYS);
    *file = arena_format(arena, "%s\n", whole);
    free(whole);
    json_decref(root);
    return OK;
}

/* ---- reading ---- */

static bool is_signed(const json_t *root, struct parcel *out) {
    unsigned char key[crypto_sign_PUBLICKEYBYTES], signature[crypto_sign_BYTES];
    const char *key_text = json_string_value(json_object_get(root, "key"));
    if (!from_hex(key_text, key, sizeof key) ||
        !from_hex(json_string_value(json_object_get(root, "signature")), signature,
                  sizeof signature))
        return false;
    json_t *without = json_copy((json_t *)root);
    json_object_del(without, "signature");
    char *plain = dumped(without, SIGNED_FLAGS);
    bool good = crypto_sign_verify_detached(signature, (const unsigned char *)plain, strlen(plain),
                                            key) == 0;
    free(plain);
    json_decref(without);
    sodium_bin2hex(out->key, sizeof out->key, key, sizeof key);
    return good;
}

/* A text that a field can hold; NULL if it cannot. */
static const char *text_taken(struct arena *arena, const struct learned_field *field,
                              const json_t *value) {
    const char *text = json_string_value(value);
    size_t most = field->type == LEARNED_LINE ? LEARNED_LINE_MOST : LEARNED_TEXT_MOST;
    if (!text || strlen(text) != json_string_length(value) || strlen(text) > most ||
        text_has_control(text) || (field->type != LEARNED_TEXT && strchr(text, '\n')))
        return NULL;
    for (size_t i = 0; field->type == LEARNED_CHOICE; i++) {
        if (!field->choices[i])
            return NULL;
        if (text_equal(field->choices[i], text))
            break;
    }
    return text_typed(arena, text);
}

static const char *list_taken(struct arena *arena, const struct learned_field *field,
                              const json_t *values) {
    struct text out = text_new(arena);
    for (size_t i = 0; i < json_array_size(values); i++) {
        const char *value = json_string_value(json_array_get(values, i));
        if (!value || text_has_control(value) || strchr(value, '\n') ||
            !text_starts_with(value, field->folder) || out.length > LEARNED_TEXT_MOST)
            return NULL;
        text_add_format(&out, "%s%s", i ? "\n" : "", value);
    }
    return out.length ? out.bytes : NULL;
}

static const char *item_read(struct arena *arena, const json_t *json, const struct parcel *parcel,
                             struct learned *out) {
    const json_t *fields = json_object_get(json, "fields"), *lists = json_object_get(json, "lists");
    *out = (struct learned){
        .kind = learned_kind_find(json_string_value(json_object_get(json, "kind")))};
    if (!out->kind || !parcel_takes(out->kind))
        return "It holds something that this version of Ithaca does not know.";
    for (size_t i = 0; out->kind->fields[i].name; i++) {
        const struct learned_field *field = &out->kind->fields[i];
        bool is_list = field->type == LEARNED_LIBRARY;
        const json_t *value = json_object_get(is_list ? lists : fields, field->name);
        if (!value || !parcel_takes_field(field))
            continue;
        out->values[i] =
            is_list ? list_taken(arena, field, value) : text_taken(arena, field, value);
        if (!out->values[i] && !(is_list && !json_array_size(value)))
            return arena_format(arena, "Something under “%s” cannot be taken over.", field->label);
    }
    if (!out->values[0])
        return "Something in it has no title.";
    out->state = LEARNED_AGREED;
    out->what = "brought";
    out->origin = arena_format(arena, "%s (key %s), number %lld", parcel->from,
                               parcel_key_words(arena, parcel->key),
                               (long long)json_integer_value(json_object_get(json, "number")));
    return NULL;
}

static const char *head_read(struct arena *arena, const json_t *root, struct parcel *out) {
    const char *format = json_string_value(json_object_get(root, "format"));
    const char *from = json_string_value(json_object_get(root, "from"));
    const char *made_on = json_string_value(json_object_get(root, "made_on"));
    if (!text_equal(format, format_name))
        return "This is no file that Ithaca made for exchange, or a later version made it.";
    if (!is_signed(root, out))
        return "It was changed after it was signed. Ask for it anew.";
    if (!from || text_blank(from) || strlen(from) > PARCEL_FROM_MOST || text_has_control(from) ||
        !made_on || !day_valid(made_on))
        return "It does not say from whom it is, and of which day.";
    out->from = arena_copy(arena, from);
    out->made_on = arena_copy(arena, made_on);
    return NULL;
}

enum err parcel_read(struct arena *arena, const char *bytes, size_t length, struct parcel *out,
                     const char **fault) {
    *out = (struct parcel){0};
    *fault = "It is larger than 1 MB.";
    if (length > PARCEL_BYTES_MOST)
        return ERR_INPUT;
    json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
    const json_t *items = json_object_get(root, "items");
    *fault = head_read(arena, root, out);
    if (!*fault && (!json_array_size(items) || json_array_size(items) > PARCEL_ITEMS_MOST))
        *fault = "There is nothing in it, or more than twenty things.";
    for (size_t i = 0; !*fault && i < json_array_size(items); i++) {
        struct learned item;
        *fault = item_read(arena, json_array_get(items, i), out, &item);
        list_add(arena, &out->items.list, item);
    }
    json_decref(root);
    return *fault ? ERR_INPUT : OK;
}
