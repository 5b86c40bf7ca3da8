#include "exchange/leftover_patterns.h"
#include "base/text.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c) {
    return is_upper(c) || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_word(char c) {
    return is_letter(c) || is_digit(c);
}

/* ---- e-mail, web ---- */

static bool is_of_mailbox(char c) {
    return is_word(c) || (c && strchr(".!#$%&'*+-/=?^_`{|}~", c));
}

static size_t host_length(const char *at) {
    size_t n = 0, dots = 0;
    while (is_word(at[n]) || at[n] == '-' || (at[n] == '.' && is_word(at[n + 1])))
        dots += at[n++] == '.';
    return dots ? n : 0;
}

/* Back from the "@" at `at`, on from there; a lone "@name" too. */
static size_t mail_length(const char *text, size_t at, size_t *start) {
    size_t host = host_length(text + at + 1), n = 0;
    *start = at;
    while (*start && is_of_mailbox(text[*start - 1]))
        --*start;
    if (*start < at && host)
        return at + 1 + host - *start;
    while (is_word(text[at + 1 + n]) || text[at + 1 + n] == '_')
        n++;
    *start = at;
    return n > 2 && (!at || !is_word(text[at - 1])) ? n + 1 : 0;
}

static size_t web_length(const char *at) {
    size_t n = strncmp(at, "https://", 8) == 0  ? 8
               : strncmp(at, "http://", 7) == 0 ? 7
               : strncmp(at, "www.", 4) == 0    ? 4
                                                : 0;
    if (!n)
        return 0;
    while (at[n] && (unsigned char)at[n] > ' ' && !strchr("<>\"", at[n]))
        n++;
    while (n && strchr(".,;:!?)'", at[n - 1]))
        n--;
    return n;
}

/* ---- numbers ---- */

/* Digits, as they are parted in numbers that people dial or quote; how many bytes, and the digits.
 */
static size_t number_length(const char *at, char *digits, size_t most, size_t *count) {
    enum { LONGEST = 40 };
    size_t n = 0, end = 0;
    *count = 0;
    if (at[n] == '+' || at[n] == '(')
        n++;
    for (; n < LONGEST && at[n] && *count < most; n++) {
        if (is_digit(at[n])) {
            digits[(*count)++] = at[n];
            end = n + 1;
        } else if (!strchr(" -()./", at[n]) || (n && at[n] == ' ' && at[n - 1] == ' ')) {
            break;
        }
    }
    return is_digit(at[end]) ? 0 : end; /* too long for any */
}

static size_t extension_length(const char *at) {
    size_t n = 0, digits = 0;
    while (at[n] == ' ' || at[n] == ',')
        n++;
    if (strncmp(at + n, "ext", 3) != 0 && strncmp(at + n, "x", 1) != 0)
        return 0;
    while (at[n] && strchr("extnsio. ", at[n]))
        n++;
    while (is_digit(at[n + digits]))
        digits++;
    return digits > 1 && digits < 7 ? n + digits : 0;
}

/* The last digit checks the nine before (modulo 11). */
static bool is_patient_number(const char *digits, size_t count) {
    int sum = 0;
    if (count != 10)
        return false;
    for (int i = 0; i < 9; i++)
        sum += (digits[i] - '0') * (10 - i);
    int check = (11 - sum % 11) % 11;
    return check != 10 && check == digits[9] - '0';
}

static size_t numbers_length(const char *at, enum leftover_kind *kind) {
    enum { MOST = 16 };
    char digits[MOST];
    size_t count, n = number_length(at, digits, MOST, &count);
    const bool is_dialled = *at == '+' || *at == '(' || *digits == '0';
    if (n && count >= 10 && count <= 15 && is_dialled) {
        *kind = LEFTOVER_PHONE;
        return n + extension_length(at + n);
    }
    *kind = LEFTOVER_NUMBER;
    return n && is_patient_number(digits, count) ? n : 0;
}

/* "QQ 12 34 56 C" */
static size_t insured_length(const char *at) {
    size_t n = 2;
    if (!is_upper(at[0]) || !is_upper(at[1]))
        return 0;
    for (int pair = 0; pair < 3; pair++) {
        n += at[n] == ' ';
        if (!is_digit(at[n]) || !is_digit(at[n + 1]))
            return 0;
        n += 2;
    }
    n += at[n] == ' ';
    return at[n] >= 'A' && at[n] <= 'D' && !is_word(at[n + 1]) ? n + 1 : 0;
}

/* "OX3 9DU" */
static size_t postcode_length(const char *at) {
    size_t n = 0;
    while (n < 2 && is_upper(at[n]))
        n++;
    if (!n || !is_digit(at[n]))
        return 0;
    n++;
    if (is_digit(at[n]) || (is_upper(at[n]) && at[n + 1] == ' '))
        n++;
    n += at[n] == ' ';
    return is_digit(at[n]) && is_upper(at[n + 1]) && is_upper(at[n + 2]) && !is_word(at[n + 3])
               ? n + 3
               : 0;
}

/* ---- all of them ---- */

static const char *instead_of(enum leftover_kind kind) {
    static const char *const words[LEFTOVER_KINDS] = {[LEFTOVER_EMAIL] = "(an e-mail address)",
                                                      [LEFTOVER_WEB] = "(an address of the web)",
                                                      [LEFTOVER_PHONE] = "(a telephone number)",
                                                      [LEFTOVER_POSTCODE] = "(a postcode)",
                                                      [LEFTOVER_NUMBER] = "(a number)"};
    return words[kind];
}

static size_t pattern_length(const char *text, size_t at, size_t *start, enum leftover_kind *kind) {
    size_t n = 0;
    bool is_begin = !at || !is_word(text[at - 1]);
    *start = at;
    if (text[at] == '@' && (*kind = LEFTOVER_EMAIL, n = mail_length(text, at, start)))
        return n;
    if (!is_begin)
        return 0;
    if ((*kind = LEFTOVER_WEB, n = web_length(text + at)))
        return n;
    if ((is_digit(text[at]) || text[at] == '+' || text[at] == '(') &&
        (n = numbers_length(text + at, kind)))
        return n;
    if ((*kind = LEFTOVER_NUMBER, n = insured_length(text + at)))
        return n;
    *kind = LEFTOVER_POSTCODE;
    return postcode_length(text + at);
}

void leftover_patterns_find(struct arena *arena, const char *text, struct leftovers *out) {
    size_t end = 0;
    for (size_t at = 0; text[at]; at++) {
        enum leftover_kind kind = LEFTOVER_EMAIL;
        size_t start, n = at < end ? 0 : pattern_length(text, at, &start, &kind);
        if (!n || start < end)
            continue;
        list_add(arena, &out->list,
                 (struct leftover){
                     .start = start, .length = n, .kind = kind, .instead = instead_of(kind)});
        end = start + n;
    }
}
