#include "web/request.h"
#include <sodium.h>

static const char *parameter_find(const struct parameters *parameters, const char *name) {
    for (size_t i = 0; i < parameters->list.n; i++)
        if (text_equal(parameters->list.items[i].name, name))
            return parameters->list.items[i].value;
    return NULL;
}

const char *request_query(const struct request *request, const char *name) {
    return parameter_find(&request->query, name);
}

const char *request_field(const struct request *request, const char *name) {
    return parameter_find(&request->form, name);
}

const char *request_filled(const struct request *request, const char *name) {
    const char *value = request_field(request, name);
    return value && !text_blank(value) ? text_trim(request->arena, value) : NULL;
}

void response_see_other(struct response *response, const char *address) {
    response->status = STATUS_SEE_OTHER;
    response->location = address;
}

/* ---- what the browser has already ---- */

static void hash_text(crypto_generichash_state *hash, const char *text) {
    text = text ? text : "";
    crypto_generichash_update(hash, (const unsigned char *)text, strlen(text) + 1);
}

/* Stands for everything that such a page depends on: the program and its settings (the start), the
 * session (whose form token is on it), the day, who the visitor is and was told before, and how far
 * the programme has come. */
static const char *page_etag(const struct request *request) {
    enum { BYTES = 16, DIGITS = 2 * BYTES + 1 };
    const struct visitor *visitor = &request->visitor;
    const struct programme *programme = &visitor->programme;
    const char *const texts[] = {request->site->start,
                                 visitor->token,
                                 visitor->login,
                                 visitor->name,
                                 visitor->was_here,
                                 request->today,
                                 role_names[visitor->role],
                                 programme->key,
                                 programme->name,
                                 programme->link};
    crypto_generichash_state hash;
    unsigned char bytes[BYTES];
    char digits[DIGITS];
    struct text etag = text_new(request->arena);
    crypto_generichash_init(&hash, NULL, 0, sizeof bytes);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hash_text(&hash, texts[i]);
    hash_text(&hash, visitor->is_administrator ? "administrator" : "");
    crypto_generichash_update(&hash, (const unsigned char *)&visitor->touched,
                              sizeof visitor->touched);
    crypto_generichash_final(&hash, bytes, sizeof bytes);
    sodium_bin2hex(digits, sizeof digits, bytes, sizeof bytes);
    text_add(&etag, "W/\"");
    text_add(&etag, digits);
    text_add(&etag, "\"");
    return etag.bytes;
}

bool response_is_unchanged(const struct request *request, struct response *response) {
    /* Until the first look, pages tell how that gets on. */
    if (!request->visitor.looks)
        return false;
    response->etag = page_etag(request);
    if (!request->if_none_match || !text_equal(request->if_none_match, response->etag))
        return false;
    response->status = STATUS_UNCHANGED;
    return true;
}
