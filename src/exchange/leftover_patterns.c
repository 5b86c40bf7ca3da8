#include "exchange/leftover_patterns.h"
#include "base/text.h"
#include "exchange/leftover_words.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_word(char c) {
    return is_upper(c) || (c >= 'a' && c <= 'z') || is_digit(c);
}

static char lower(char c) {
    return is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* Whether it begins so, in small letters or capitals; `start` is in small ones. */
static bool starts(const char *at, const char *start) {
    while (*start && lower(*at) == *start)
        at++, start++;
    return !*start;
}

/* A space, which may be one at which no line ends; how many bytes. */
static size_t space_length(const char *at) {
    return *at == ' ' ? 1 : strncmp(at, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

/* ---- e-mail, web ---- */

static size_t mailbox_length(const char *at) {
    return *at && strchr(".!#$%&'*+-/=?^_`{|}~", *at) ? 1 : leftover_letter(at);
}

/* The labels of a host with dots between them; 0: there is no dot. */
static size_t host_length(const char *at) {
    enum { LONGEST = 253 };
    size_t n = 0, dots = 0;
    while (n < LONGEST) {
        size_t letter = leftover_letter(at + n);
        if (!letter && at[n] != '-' && (at[n] != '.' || !leftover_letter(at + n + 1)))
            break;
        dots += at[n] == '.';
        n += letter ? letter : 1;
    }
    return dots ? n : 0;
}

/* Back from the "@" at `at`, on from there; a lone "@name" too. */
static size_t mail_length(const char *text, size_t at, size_t *start) {
    size_t host = host_length(text + at + 1), n = 0;
    for (*start = at; *start;) {
        size_t letter = leftover_letter_before(text, *start);
        if (!letter && !mailbox_length(text + *start - 1))
            break;
        *start -= letter ? letter : 1;
    }
    while (*start < at && strchr("*_'", text[*start])) /* quotes and emphasis around it */
        ++*start;
    if (*start < at && host)
        return at + 1 + host - *start;
    while (is_word(text[at + 1 + n]) || text[at + 1 + n] == '_')
        n++;
    *start = at;
    return n > 2 && !leftover_letter_before(text, at) ? n + 1 : 0;
}

/* Whether the host at `at` is one of the web, though nothing says so before it. */
static bool is_site(const char *at, size_t length) {
    enum { MAILBOX = 64 };
    static const char *const ends[] = {".uk",  ".com", ".org",  ".net",   ".info", ".eu",
                                       ".int", ".gov", ".scot", ".wales", ".edu"};
    size_t n = length;
    for (size_t step; n < MAILBOX && (step = mailbox_length(at + n)); n += step)
        ;
    for (size_t i = 0; at[n] != '@' && i < sizeof ends / sizeof *ends; i++) {
        size_t end = strlen(ends[i]);
        if (length > end && starts(at + length - end, ends[i]))
            return true;
    }
    return false;
}

static size_t web_length(const char *at) {
    size_t n = starts(at, "https://") ? 8 : starts(at, "http://") ? 7 : starts(at, "www.") ? 4 : 0;
    size_t host = n ? 0 : host_length(at);
    if (host && is_site(at, host))
        n = host;
    if (!n || (host && !strchr("/?#:", at[n])))
        return n;
    for (size_t step; at[n]; n += step) {
        step = leftover_letter(at + n);
        if (!step &&
            ((unsigned char)at[n] <= ' ' || (unsigned char)at[n] >= 0x7F || strchr("<>\"", at[n])))
            break;
        step = step ? step : 1;
    }
    while (n && strchr(".,;:!?)'*_", at[n - 1]))
        n--;
    return n;
}

/* ---- numbers ---- */

/* What may stand between two digits of a number; how many bytes. */
static size_t between_length(const char *at) {
    static const char *const others[] = {"\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x93",
                                         "\xE2\x80\x87", "\xE2\x80\x89", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strncmp(at, others[i], 3) == 0)
            return 3;
    return *at && strchr("-()./", *at) ? 1 : space_length(at);
}

/* Digits, as they are parted in numbers that people dial or quote; how many bytes, and the digits.
 */
static size_t number_length(const char *at, char *digits, size_t most, size_t *count) {
    enum { LONGEST = 40 };
    size_t n = *at == '(' ? 1 : 0, end = 0, step;
    *count = 0;
    n += at[n] == '+';
    for (; n < LONGEST && at[n] && *count < most; n += step) {
        step = 1;
        if (is_digit(at[n])) {
            digits[(*count)++] = at[n];
            end = n + 1;
        } else if (!(step = between_length(at + n)) ||
                   (space_length(at + n) && space_length(at + n + step))) {
            break;
        }
    }
    return is_digit(at[end]) ? 0 : end; /* too long for any */
}

/* "14/02/2024", "2024-02-14": how many bytes, so that what follows is not taken for more of it. */
static size_t date_length(const char *at) {
    size_t n = 0, parts = 0, long_ones = 0;
    char mark = 0;
    while (parts < 3) {
        size_t digits = 0;
        while (is_digit(at[n + digits]))
            digits++;
        if (!digits || digits == 3 || digits > 4)
            return 0;
        long_ones += digits == 4;
        n += digits;
        if (++parts == 3)
            break;
        if (!at[n] || !strchr("-./", at[n]) || (mark && at[n] != mark))
            return 0;
        mark = at[n++];
    }
    return long_ones == 1 ? n : 0;
}

/* " ext. 2345", ", extension 2345", " x2345" */
static size_t extension_length(const char *at) {
    static const char *const words[] = {"extension", "extn", "ext", "x"};
    size_t n = 0, digits = 0, i = 0;
    while (at[n] == ',' || space_length(at + n))
        n += at[n] == ',' ? 1 : space_length(at + n);
    while (i < sizeof words / sizeof *words && !starts(at + n, words[i]))
        i++;
    if (i == sizeof words / sizeof *words)
        return 0;
    n += strlen(words[i]);
    n += at[n] == '.';
    n += space_length(at + n);
    while (is_digit(at[n + digits]))
        digits++;
    return digits > 1 && digits < 7 ? n + digits : 0;
}

/* The last digit checks the nine before (modulo 11); "943 476 5919", or nothing between them. */
static bool is_patient_number(const char *at, const char *digits, size_t count) {
    int sum = 0;
    size_t together = 0;
    while (is_digit(at[together]))
        together++;
    if (count != 10 || (together != 3 && together != 10))
        return false;
    for (int i = 0; i < 9; i++)
        sum += (digits[i] - '0') * (10 - i);
    int check = (11 - sum % 11) % 11;
    return check != 10 && check == digits[9] - '0';
}

/* "01865", "(01865)", "+44", "00 44"; not a scale from "0 1 2" on, nor a time, "09.30". */
static bool is_dialled(const char *at) {
    at += *at == '(';
    return (at[0] == '+' && is_digit(at[1])) ||
           (at[0] == '0' && is_digit(at[1]) && !(at[2] == '.' && is_digit(at[3])));
}

static size_t numbers_length(const char *at, enum leftover_kind *kind) {
    enum { MOST = 16 };
    char digits[MOST];
    size_t count, n = number_length(at, digits, MOST, &count);
    if (n && count >= 10 && count <= 15 && is_dialled(at)) {
        *kind = LEFTOVER_PHONE;
        return n + extension_length(at + n);
    }
    *kind = LEFTOVER_NUMBER;
    return n && is_patient_number(at, digits, count) ? n : 0;
}

/* "QQ 12 34 56 C" */
static size_t insured_length(const char *at) {
    size_t n = 2;
    if (!is_upper(at[0]) || !is_upper(at[1]))
        return 0;
    for (int pair = 0; pair < 3; pair++) {
        n += space_length(at + n);
        if (!is_digit(at[n]) || !is_digit(at[n + 1]))
            return 0;
        n += 2;
    }
    n += space_length(at + n);
    return at[n] >= 'A' && at[n] <= 'D' && !leftover_letter(at + n + 1) ? n + 1 : 0;
}

/* "9DU" at the end of one */
static size_t inward_length(const char *at) {
    const size_t n = space_length(at);
    bool is_there = is_digit(at[n]) && is_word(at[n + 1]) && !is_digit(at[n + 1]) &&
                    is_word(at[n + 2]) && !is_digit(at[n + 2]) && !leftover_letter(at + n + 3);
    /* Without a space, in capitals only: "a12bc" is anything. */
    return is_there && (n || (is_upper(at[n + 1]) && is_upper(at[n + 2]))) ? n + 3 : 0;
}

/* "OX3 9DU", "ox3 9du", "OX39DU" */
static size_t postcode_length(const char *at) {
    size_t n = 0;
    while (n < 2 && is_word(at[n]) && !is_digit(at[n]))
        n++;
    if (!n || !is_digit(at[n]))
        return 0;
    n++;
    const size_t inward = is_word(at[n]) ? inward_length(at + n + 1) : 0;
    if (inward)
        return n + 1 + inward;
    return inward_length(at + n) ? n + inward_length(at + n) : 0;
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
    *start = at;
    if (text[at] == '@' && (*kind = LEFTOVER_EMAIL, n = mail_length(text, at, start)))
        return n;
    if (leftover_letter_before(text, at))
        return 0;
    if ((*kind = LEFTOVER_WEB, n = web_length(text + at)))
        return n;
    if ((is_digit(text[at]) || text[at] == '+' || text[at] == '(') &&
        (n = numbers_length(text + at, kind)))
        return n;
    if (starts(text + at, "ext") && (*kind = LEFTOVER_PHONE, n = extension_length(text + at)))
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
        size_t start, n = 0;
        if (at < end)
            continue;
        if (is_digit(text[at]) && !leftover_letter_before(text, at) &&
            (n = date_length(text + at))) {
            end = at + n;
            continue;
        }
        n = pattern_length(text, at, &start, &kind);
        if (!n || start < end)
            continue;
        list_add(arena, &out->list,
                 (struct leftover){
                     .start = start, .length = n, .kind = kind, .instead = instead_of(kind)});
        end = start + n;
    }
}
