/* Setting up and turning off the second factor of one's own account. The secret of one that is
 * being set up is kept nowhere but in the form, until figures show that the app has it. */
#include "accounts/account.h"
#include "accounts/moment.h"
#include "accounts/second_factor.h"
#include "accounts/views.h"
#include "base/text.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <qrencode.h>
#include <stdlib.h>

page_handler second_factor_show, second_factor_set_do, second_factor_off_do, second_factor_told_do;

enum { QR_MARGIN = 4, QR_DARK = 1 /* the bit of a square */ };

/* ---- the picture ---- */

/* What an app reads: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
static const char *key_address(const struct request *request, const char *secret) {
    struct text address = text_new(request->arena);
    text_add(&address, "otpauth://totp/Ithaca:");
    html_url_part(&address, request->visitor.login);
    text_add_format(&address, "?secret=%s&issuer=Ithaca", secret);
    return address.bytes;
}

/* Dark squares as lines of an SVG path, one for each run in a row. */
static const char *squares_path(struct arena *arena, const QRcode *code) {
    struct text path = text_new(arena);
    for (int y = 0; y < code->width; y++) {
        const unsigned char *row = code->data + (ptrdiff_t)y * code->width;
        for (int x = 0, from = 0; x < code->width; x = from) {
            for (; x < code->width && !(row[x] & QR_DARK); x++)
                ;
            for (from = x; from < code->width && (row[from] & QR_DARK); from++)
                ;
            if (from > x)
                text_add_format(&path, "M%d %dh%dv1H%dz", x, y, from - x, x);
        }
    }
    return path.bytes;
}

static void picture_fill(const struct request *request, struct second_factor_view *view) {
    QRcode *code = QRcode_encodeString8bit(key_address(request, view->secret), 0, QR_ECLEVEL_M);
    if (!code)
        abort(); /* no memory: it is far shorter than a code can hold */
    int size = code->width + 2 * QR_MARGIN;
    view->qr_box = arena_format(request->arena, "-%d -%d %d %d", QR_MARGIN, QR_MARGIN, size, size);
    view->qr_path = squares_path(request->arena, code);
    QRcode_free(code);
}

static const char *groups(struct arena *arena, const char *secret) {
    enum { GROUP = 4 };
    struct text out = text_new(arena);
    for (size_t i = 0; secret[i]; i++) {
        if (i && i % GROUP == 0)
            text_add_char(&out, ' ');
        text_add_char(&out, secret[i]);
    }
    return out.bytes;
}

/* ---- the page ---- */

/* `secret` of one that is being set up; NULL: a new one. */
static void page_put(const struct request *request, struct response *response, enum status status,
                     const struct second_factor *factor, const char *secret, const char *error) {
    struct arena *arena = request->arena;
    struct text body = text_new(arena);
    struct second_factor_view view = {
        .is_on = factor->secret != NULL,
        .url = url_to(arena, ROUTE_second_factor_set),
        .off_url = url_to(arena, ROUTE_second_factor_off),
        .account_url = url_to(arena, ROUTE_account),
        .form_token = layout_form_token(request),
        .codes_left = factor->codes_left == 1 ? "1 recovery code is left"
                                              : arena_format(arena, "%lld recovery codes are left",
                                                             (long long)factor->codes_left),
        .error = error,
        .taken = factor->taken_at ? moment_words(arena, factor->taken_at) : NULL,
        .told_url = url_to(arena, ROUTE_second_factor_told),
        .password_url = url_to(arena, ROUTE_password),
    };
    if (!view.is_on) {
        char *fresh = arena_alloc(arena, TOTP_SECRET_SIZE);
        totp_secret_new(fresh);
        view.secret = secret ? secret : fresh;
        view.secret_groups = groups(arena, view.secret);
        picture_fill(request, &view);
    }
    const char *title = view.is_on ? "Turn off the second step" : "Set up a second step";
    response->is_secret = view.secret;
    template_second_factor(&body, &view);
    layout_page(request, response, error ? arena_format(arena, "Error: %s", title) : title, &body);
    response->status = status;
}

enum err second_factor_show(struct request *request, struct response *response) {
    struct second_factor factor;
    enum err err =
        second_factor_read(request->db, request->arena, request->visitor.account, &factor);
    if (!err)
        page_put(request, response, STATUS_OK, &factor, NULL, NULL);
    return err;
}

/* ---- setting it up ---- */

static void codes_show(const struct request *request, struct response *response,
                       char codes[RECOVERY_CODES][RECOVERY_CODE_SIZE]) {
    struct text body = text_new(request->arena);
    struct recovery_codes_view view = {.account_url = url_to(request->arena, ROUTE_account),
                                       .n = RECOVERY_CODES};
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        view.codes[i] = codes[i];
    response->is_secret = true;
    template_recovery_codes(&body, &view);
    layout_page(request, response, "The second step is on", &body);
}

/* The step whose figures show that the app has the secret; -1 with words if they do not. A form
 * that is sent twice has shown it before. */
static int64_t proof_read(const struct request *request, const struct second_factor *factor,
                          const char *secret, const char **error) {
    const char *typed = request_filled(request, "code");
    if (factor->secret && text_equal(factor->secret, secret))
        return factor->used_step;
    if (!typed) {
        *error = "Enter the six figures that your app shows";
        return -1;
    }
    int64_t step = totp_step_of(secret, second_factor_trim(request->arena, typed), totp_step_now(),
                                factor->used_step);
    if (step < 0)
        *error = "These figures are not right. Wait for the next ones, and look whether your "
                 "phone's clock is right";
    return step;
}

/* The recovery codes are in the answer itself, since they are kept nowhere from which another page
 * could show them. */
enum err second_factor_set_do(struct request *request, struct response *response) {
    struct second_factor factor;
    char codes[RECOVERY_CODES][RECOVERY_CODE_SIZE];
    const char *secret = request_filled(request, "secret"), *error = NULL;
    enum err err =
        second_factor_read(request->db, request->arena, request->visitor.account, &factor);
    if (err)
        return err;
    bool is_usable = secret && totp_secret_valid(secret);
    if (!is_usable || (factor.secret && !text_equal(factor.secret, secret))) {
        response_see_other(response, url_to(request->arena, ROUTE_second_factor));
        return OK;
    }
    int64_t step = proof_read(request, &factor, secret, &error);
    if (error) {
        page_put(request, response, STATUS_BAD_REQUEST, &factor, secret, error);
        return OK;
    }
    err = second_factor_set(request->db, request->arena, request->visitor.account, secret, step,
                            codes);
    if (!err) /* sessions that were begun without it */
        err = account_sessions_end_others(request->db, request->visitor.account,
                                          request->visitor.token);
    if (!err)
        codes_show(request, response, codes);
    return err;
}

/* ---- turning it off ---- */

enum err second_factor_off_do(struct request *request, struct response *response) {
    struct second_factor factor;
    const char *error = NULL;
    bool is_tried = true;
    enum err err =
        second_factor_read(request->db, request->arena, request->visitor.account, &factor);
    if (err)
        return err;
    if (factor.secret) {
        err = second_factor_try(request->db, request->arena, request->visitor.account,
                                request_filled(request, "code"), &error, &is_tried);
        if (err)
            return err;
    }
    if (error) {
        page_put(request, response, is_tried ? STATUS_BAD_REQUEST : STATUS_TOO_MANY, &factor, NULL,
                 error);
        return OK;
    }
    response_see_other(response, arena_format(request->arena, "%s?done=second-factor",
                                              url_to(request->arena, ROUTE_account)));
    return second_factor_remove(request->db, request->visitor.account);
}

/* ---- when it was taken off ---- */

enum err second_factor_told_do(struct request *request, struct response *response) {
    response_see_other(response, url_to(request->arena, ROUTE_programmes));
    return second_factor_told(request->db, request->visitor.account);
}
