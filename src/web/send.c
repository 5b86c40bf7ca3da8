#include "web/send.h"
#include "web/answer.h"
#include "web/static_file.h"
#include <libdeflate.h>
#include <stdlib.h>

/* In bytes. What is long is pressed harder: there the network is slower than we are. */
enum { WORTH_COMPRESSING = 1000, LONG = 64 * 1024, GZIP_LEVEL = 1, GZIP_LEVEL_LONG = 6 };

static const char policy[] =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
static const char picture_policy[] = "default-src 'none'; frame-ancestors 'none'";
/* Of what somebody uploaded: should a browser show it in spite of all, nothing in it may act. */
static const char file_policy[] = "sandbox; default-src 'none'; frame-ancestors 'none'";

static void header(struct MHD_Response *response, const char *name, const char *value) {
    if (MHD_add_response_header(response, name, value) != MHD_YES)
        abort(); /* no memory, or a line end in a value of ours */
}

static void security_headers(struct MHD_Response *response, const char *allowed) {
    header(response, "Content-Security-Policy", allowed);
    header(response, "X-Content-Type-Options", "nosniff");
    header(response, "Referrer-Policy", "same-origin");
    header(response, "Cross-Origin-Opener-Policy", "same-origin");
}

static struct MHD_Response *response_new(struct sending *sending, size_t size, const void *bytes,
                                         enum MHD_ResponseMemoryMode mode) {
    struct MHD_Response *made = MHD_create_response_from_buffer(size, (void *)bytes, mode);
    if (!made)
        abort();
    sending->size = size;
    return made;
}

static enum MHD_Result send_and_forget(const struct sending *sending, enum status status,
                                       struct MHD_Response *made) {
    if (sending->is_last)
        header(made, MHD_HTTP_HEADER_CONNECTION, "close");
    enum MHD_Result result = MHD_queue_response(sending->connection, (unsigned)status, made);
    MHD_destroy_response(made);
    return result;
}

/* Whether the browser takes gzip. "gzip;q=0" is so rare that it gets what it did not want. */
static bool takes_gzip(struct MHD_Connection *connection) {
    const char *takes =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    return takes && strstr(takes, "gzip");
}

/* Compressed, in memory of malloc that libmicrohttpd frees; NULL if that does not make it shorter.
 */
static void *gzip(const char *bytes, size_t length, size_t *size) {
    static struct libdeflate_compressor *compressors[2]; /* the process keeps them to its end */
    bool is_long = length >= LONG;
    void *room = malloc(length);
    if (!compressors[is_long])
        compressors[is_long] = libdeflate_alloc_compressor(is_long ? GZIP_LEVEL_LONG : GZIP_LEVEL);
    if (!room || !compressors[is_long])
        abort();
    *size = libdeflate_gzip_compress(compressors[is_long], bytes, length, room, length);
    if (*size)
        return room;
    free(room);
    return NULL;
}

static struct MHD_Response *body_response(struct sending *sending, const struct text *body) {
    size_t size = 0;
    void *small = body->length >= WORTH_COMPRESSING && takes_gzip(sending->connection)
                      ? gzip(body->bytes, body->length, &size)
                      : NULL;
    if (!small)
        return response_new(sending, body->length, body->length ? body->bytes : "",
                            MHD_RESPMEM_MUST_COPY);
    struct MHD_Response *made = response_new(sending, size, small, MHD_RESPMEM_MUST_FREE);
    header(made, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    return made;
}

static ssize_t stream_read(void *context, uint64_t at, char *out, size_t most) {
    const struct response_stream *stream = context;
    long n = stream->read(stream->context, at, out, most);
    return n > 0 ? (ssize_t)n : MHD_CONTENT_READER_END_WITH_ERROR;
}

/* As it is, not compressed: most of what people keep is so already. */
static struct MHD_Response *stream_response(struct sending *sending,
                                            const struct response_stream *stream) {
    enum { BLOCK = 32 * 1024 };
    struct MHD_Response *made =
        MHD_create_response_from_callback(stream->length, BLOCK, stream_read, (void *)stream, NULL);
    if (!made)
        abort();
    sending->size = (size_t)stream->length;
    return made;
}

/* A file is saved, never shown, under its name (RFC 6266). What older programs read is the same
 * without what they may not understand. */
static const char *disposition(struct arena *arena, const char *name) {
    struct text out = text_new(arena);
    bool is_plain = true;
    text_add(&out, "attachment; filename=\"");
    for (const unsigned char *c = (const unsigned char *)name; *c; c++) {
        bool fits = *c >= ' ' && *c < 0x7f && !strchr("\"\\%/", *c);
        text_add_char(&out, fits ? (char)*c : '_');
        is_plain &= fits;
    }
    text_add(&out, "\"");
    if (is_plain)
        return out.bytes;
    text_add(&out, "; filename*=UTF-8''");
    for (const unsigned char *c = (const unsigned char *)name; *c; c++)
        if ((*c >= '0' && *c <= '9') || ((*c | 0x20) >= 'a' && (*c | 0x20) <= 'z') ||
            strchr("-._~", *c))
            text_add_char(&out, (char)*c);
        else
            text_add_format(&out, "%%%02X", *c);
    return out.bytes;
}

static void cookie_header(struct MHD_Response *made, const struct request *request,
                          const char *token) {
    enum { SECONDS_AN_HOUR = 3600 };
    header(made, MHD_HTTP_HEADER_SET_COOKIE,
           arena_format(request->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s",
                        SEND_COOKIE, token, *token ? SESSION_HOURS * SECONDS_AN_HOUR : 0,
                        request->site->is_secure ? "; Secure" : ""));
}

enum MHD_Result send_response(struct sending *sending, const struct request *request,
                              const struct response *response) {
    bool is_stream = response->stream.context && response->status == STATUS_OK;
    struct MHD_Response *made = is_stream ? stream_response(sending, &response->stream)
                                          : body_response(sending, &response->body);
    bool is_known = response->status == STATUS_UNCHANGED; /* with all that belongs to the page */
    header(made, MHD_HTTP_HEADER_CACHE_CONTROL,
           (response->download && !response->etag) || response->is_secret ? "private, no-store"
                                                                          : "private, no-cache");
    if (response->download)
        header(made, "Content-Disposition", disposition(request->arena, response->download));
    header(made, MHD_HTTP_HEADER_VARY, "Accept-Encoding, Authorization, Cookie");
    if (!is_known)
        security_headers(made, is_stream              ? file_policy
                               : response->is_picture ? picture_policy
                                                      : policy);
    if (request->site->is_secure)
        header(made, "Strict-Transport-Security", "max-age=31536000");
    if (response->body.length || is_stream)
        header(made, MHD_HTTP_HEADER_CONTENT_TYPE, response->type);
    if (response->status == STATUS_NOT_KNOWN)
        header(made, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
    if (response->location)
        header(made, MHD_HTTP_HEADER_LOCATION, response->location);
    if (response->allow)
        header(made, MHD_HTTP_HEADER_ALLOW, response->allow);
    if (response->etag)
        header(made, MHD_HTTP_HEADER_ETAG, response->etag);
    if (response->refresh)
        header(made, "Refresh", arena_format(request->arena, "%u", response->refresh));
    if (response->cookie)
        cookie_header(made, request, response->cookie);
    return send_and_forget(sending, response->status, made);
}

enum MHD_Result send_static(struct sending *sending, const char *address) {
    const struct static_file *file = static_file_at(address);
    if (!file)
        return send_refusal(sending, STATUS_NOT_FOUND, "There is no such file.");
    bool small = file->gzip_size && takes_gzip(sending->connection);
    struct MHD_Response *made =
        small ? response_new(sending, file->gzip_size, file->gzip, MHD_RESPMEM_PERSISTENT)
              : response_new(sending, file->plain_size, file->plain, MHD_RESPMEM_PERSISTENT);
    security_headers(made, policy);
    header(made, MHD_HTTP_HEADER_CONTENT_TYPE, file->type);
    header(made, MHD_HTTP_HEADER_CACHE_CONTROL, "public, max-age=31536000, immutable");
    header(made, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
    if (small)
        header(made, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    return send_and_forget(sending, STATUS_OK, made);
}

enum MHD_Result send_refusal(struct sending *sending, enum status status, const char *words) {
    struct MHD_Response *made = response_new(sending, strlen(words), words, MHD_RESPMEM_MUST_COPY);
    security_headers(made, policy);
    header(made, MHD_HTTP_HEADER_CONTENT_TYPE, "text/plain; charset=utf-8");
    if (status == STATUS_WRONG_METHOD)
        header(made, MHD_HTTP_HEADER_ALLOW, "GET, HEAD, POST");
    return send_and_forget(sending, status, made);
}
