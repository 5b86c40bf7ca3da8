#include "markup.h"
#include "files.h"
#include <ctype.h>
#include <string.h>

static const char *const address_attributes[] = {"href",   "src",  "action",     "formaction",
                                                 "poster", "cite", "xlink:href", NULL};
/* They hold code, HTML or several addresses: no escaping is right for a value in them. */
static const char *const refused_attributes[] = {"srcdoc", "srcset",     "imagesrcset",
                                                 "ping",   "http-equiv", NULL};
static const char *const refused_tags[] = {"iframe", "frame",   "object", "embed",
                                           "applet", "base",    "xmp",    "plaintext",
                                           "set",    "animate", NULL};
static const char *const raw_tags[] = {"title", "textarea", "script", NULL};

static bool is_one_of(const char *word, const char *const *words) {
    while (*words && strcmp(word, *words) != 0)
        words++;
    return *words != NULL;
}

static bool is_tag(const struct markup *markup, const char *name) {
    return strcmp(markup->tag, name) == 0;
}

static void name_start(char *name) {
    memset(name, 0, MARKUP_NAME_SIZE);
}

static void name_add(const struct markup *markup, char *name, char c) {
    size_t length = strlen(name);
    if (length + 1 >= MARKUP_NAME_SIZE)
        stop_at(markup->path, markup->line, "the name \"%s...\" is too long", name);
    name[length] = (char)tolower((unsigned char)c);
}

static bool is_name(char c) {
    return isalnum((unsigned char)c) || (c && strchr("-_:.", c));
}

static void tag_check(const struct markup *markup) {
    if (is_tag(markup, "style"))
        stop_at(
            markup->path, markup->line,
            "pages have no <style>: browsers are told to ignore it. Write a class, and its look "
            "into static/ithaca.css");
    if (is_one_of(markup->tag, refused_tags))
        stop_at(markup->path, markup->line,
                "pages have no <%s>: it is not safe, or browsers are told "
                "to ignore it",
                markup->tag);
}

static void attribute_check(struct markup *markup) {
    if (strncmp(markup->attribute, "on", 2) == 0)
        stop_at(markup->path, markup->line,
                "pages have no %s=: browsers are told to ignore scripts in attributes. Pages work "
                "without scripts",
                markup->attribute);
    if (strcmp(markup->attribute, "style") == 0)
        stop_at(markup->path, markup->line,
                "pages have no style=: browsers are told to ignore it. Write a class, and its look "
                "into static/ithaca.css");
    if (is_one_of(markup->attribute, refused_attributes))
        stop_at(markup->path, markup->line, "pages have no %s=: it is not safe", markup->attribute);
    if (strcmp(markup->attribute, "src") == 0)
        markup->has_src = true;
}

/* A name ends, if there is one. */
static void name_check(struct markup *markup) {
    if (markup->state == IN_TAG_NAME)
        tag_check(markup);
    else if (markup->state == IN_ATTRIBUTE_NAME)
        attribute_check(markup);
}

static void tag_start(struct markup *markup, char c) {
    markup->state = IN_TAG_NAME;
    markup->tag_line = markup->line;
    markup->has_src = false;
    name_start(markup->tag);
    name_add(markup, markup->tag, c);
}

static void tag_end(struct markup *markup) {
    markup->state = IN_TEXT;
    if (is_tag(markup, "pre"))
        markup->in_pre = !markup->closing;
    if (markup->closing)
        return;
    if (is_tag(markup, "script") && !markup->has_src)
        stop_at(
            markup->path, markup->tag_line,
            "this <script> has no src: browsers are told to ignore scripts inside pages. Make it "
            "a file of static/");
    if (is_one_of(markup->tag, raw_tags)) {
        markup->state = IN_RAW;
        markup->raw_matched = 0;
    }
}

/* The literal text an address begins with is to lead to a place where addresses may lead. */
static void address_check(const struct markup *markup) {
    const char *text = markup->address_text;
    bool local =
        text[0] == '#' || text[0] == '?' || (text[0] == '/' && text[1] != '/' && text[1] != '\\');
    if (!local && strncasecmp(text, "http:", 5) != 0 && strncasecmp(text, "https:", 6) != 0 &&
        strncasecmp(text, "mailto:", 7) != 0)
        stop_at(
            markup->path, markup->line,
            "the address in %s=\"%s...\" should begin with / (but not //), #, ?, http:, https: or "
            "mailto:",
            markup->attribute, text);
}

/* What an address begins with has been read. */
static void address_literal_end(struct markup *markup) {
    if (markup->address_length)
        address_check(markup);
    markup->address_length = 0;
    memset(markup->address_text, 0, sizeof markup->address_text);
}

static void value_start(struct markup *markup) {
    markup->state = IN_VALUE;
    markup->value_line = markup->line;
    markup->address = is_one_of(markup->attribute, address_attributes) ? ADDRESS_START : NO_ADDRESS;
}

static void value_read(struct markup *markup, char c) {
    if (c == '"') {
        address_literal_end(markup);
        markup->state = IN_TAG;
        markup->address = NO_ADDRESS;
        return;
    }
    if (c == '<')
        stop_at(markup->path, markup->line,
                "a < in the value of %s=, which begins on line %u: is its closing quotation mark "
                "missing? Otherwise write &lt;",
                markup->attribute, markup->value_line);
    if (markup->address == NO_ADDRESS)
        return;
    if ((markup->address != ADDRESS_INSIDE || markup->address_length) &&
        markup->address_length + 1 < MARKUP_ADDRESS_SIZE)
        markup->address_text[markup->address_length++] = c;
    markup->address = ADDRESS_INSIDE;
}

static void less_read(struct markup *markup, char c) {
    if (c == '/' && !markup->closing)
        markup->closing = true;
    else if (isalpha((unsigned char)c))
        tag_start(markup, c);
    else if (c == '!' && !markup->closing)
        markup->state = IN_DOCTYPE;
    else
        stop_at(markup->path, markup->line, "this < begins no tag: write &lt;");
}

/* Something in a tag that belongs to no name or value. */
static void between_read(struct markup *markup, char c) {
    bool attribute_ends =
        markup->state == IN_ATTRIBUTE_NAME || markup->state == AFTER_ATTRIBUTE_NAME;
    if (isspace((unsigned char)c))
        markup->state = attribute_ends ? AFTER_ATTRIBUTE_NAME : IN_TAG;
    else if (c == '>')
        tag_end(markup);
    else if (c == '/')
        markup->state = IN_TAG;
    else if (c == '=' && attribute_ends)
        markup->state = BEFORE_VALUE;
    else if (is_name(c) && (markup->state == IN_TAG || attribute_ends)) {
        markup->state = IN_ATTRIBUTE_NAME;
        name_start(markup->attribute);
        name_add(markup, markup->attribute, c);
    } else if (is_name(c))
        stop_at(markup->path, markup->line,
                "a name ended just before this \"%c\", in the tag <%s: put a space between", c,
                markup->tag);
    else
        stop_at(markup->path, markup->line, "a \"%c\" has no business here, in the tag <%s",
                isascii(c) && isprint(c) ? c : '?', markup->tag);
}

/* In a tag, but not in a quoted value. */
static void tag_read(struct markup *markup, char c) {
    if (c == '<')
        stop_at(markup->path, markup->tag_line, "the tag <%s%s is not closed by a >",
                markup->closing ? "/" : "", markup->tag);
    if (markup->state == BEFORE_VALUE) {
        if (c == '"')
            value_start(markup);
        else if (!isspace((unsigned char)c))
            stop_at(markup->path, markup->line, "the value of %s= needs double quotation marks",
                    markup->attribute);
    } else if (is_name(c) && markup->state == IN_TAG_NAME)
        name_add(markup, markup->tag, c);
    else if (is_name(c) && markup->state == IN_ATTRIBUTE_NAME)
        name_add(markup, markup->attribute, c);
    else {
        name_check(markup);
        between_read(markup, c);
    }
}

static void raw_read(struct markup *markup, char c) {
    char end[MARKUP_NAME_SIZE + 3] = "</";
    memcpy(end + 2, markup->tag, MARKUP_NAME_SIZE);
    if (tolower((unsigned char)c) != end[markup->raw_matched])
        markup->raw_matched = 0;
    if (tolower((unsigned char)c) == end[markup->raw_matched])
        markup->raw_matched++;
    else if (is_tag(markup, "script") && !isspace((unsigned char)c))
        stop_at(
            markup->path, markup->line,
            "nothing stands between <script> and </script>: browsers are told to ignore scripts "
            "inside pages");
    if (!end[markup->raw_matched]) {
        markup->state = AFTER_NAME;
        markup->closing = true;
    }
}

void markup_read(struct markup *markup, char c) {
    switch (markup->state) {
    case IN_TEXT:
        if (c == '<') {
            markup->state = AFTER_LESS;
            markup->closing = false;
        }
        break;
    case AFTER_LESS:
        less_read(markup, c);
        break;
    case IN_DOCTYPE:
        if (c == '>')
            markup->state = IN_TEXT;
        break;
    case IN_VALUE:
        value_read(markup, c);
        break;
    case IN_RAW:
        raw_read(markup, c);
        break;
    case IN_TAG_NAME:
    case IN_TAG:
    case AFTER_NAME:
    case IN_ATTRIBUTE_NAME:
    case AFTER_ATTRIBUTE_NAME:
    case BEFORE_VALUE:
        tag_read(markup, c);
        break;
    }
}

bool markup_folds_space(const struct markup *markup) {
    return markup->state != IN_VALUE && !(markup->state == IN_RAW && is_tag(markup, "textarea")) &&
           !(markup->state == IN_TEXT && markup->in_pre);
}

bool markup_drops_line_end(const struct markup *markup) {
    return !markup->closing && ((markup->state == IN_TEXT && is_tag(markup, "pre")) ||
                                (markup->state == IN_RAW && is_tag(markup, "textarea")));
}

/* Where a place is, in words, for messages. */
static void place_tell(const struct markup *markup, char *out, size_t size) {
    switch (markup->state) {
    case IN_TEXT:
        snprintf(out, size, markup->in_pre ? "in text, in a <pre>" : "in text");
        break;
    case AFTER_LESS:
    case IN_TAG_NAME:
        snprintf(out, size, "in the name of a tag");
        break;
    case IN_DOCTYPE:
        snprintf(out, size, "in the document type");
        break;
    case IN_RAW:
        snprintf(out, size, "inside <%s>", markup->tag);
        break;
    case IN_VALUE:
        snprintf(out, size, "in the value of %s=", markup->attribute);
        break;
    case BEFORE_VALUE:
        snprintf(out, size, "in a value without quotation marks, %s=", markup->attribute);
        break;
    case IN_ATTRIBUTE_NAME:
        snprintf(out, size, "in the name of an attribute, in the tag <%s", markup->tag);
        break;
    case IN_TAG:
    case AFTER_NAME:
    case AFTER_ATTRIBUTE_NAME:
        snprintf(out, size, "in the tag <%s", markup->tag);
        break;
    }
}

static _Noreturn void refuse(const struct markup *markup, const char *what, const char *where) {
    char place[MARKUP_NAME_SIZE + 80];
    place_tell(markup, place, sizeof place);
    stop_at(markup->path, markup->line, "%s cannot stand here, %s; %s", what, place, where);
}

/* A value at the beginning of an address or further on. */
static const char *address_value(struct markup *markup) {
    if (markup->address == ADDRESS_UNSURE)
        stop_at(
            markup->path, markup->line,
            "whether this begins the address in %s= depends on code: write {{a ? b : c}}, or the "
            "whole attribute in each block",
            markup->attribute);
    if (markup->address == ADDRESS_START) {
        markup->address = ADDRESS_INSIDE;
        return "html_url";
    }
    address_literal_end(markup);
    return "html_url_part";
}

const char *markup_value(struct markup *markup) {
    markup->raw_matched = 0;
    if (markup->state == IN_TEXT)
        return "html_text";
    if (markup->state == IN_RAW && !is_tag(markup, "script"))
        return "html_attribute"; /* as in text, but tags would have no meaning */
    if (markup->state == IN_VALUE)
        return markup->address == NO_ADDRESS ? "html_attribute" : address_value(markup);
    refuse(markup, "a value", "put it into text, or into a quoted value of an attribute");
}

void markup_code(struct markup *markup) {
    name_check(markup);
    if (markup->state == IN_TAG_NAME || markup->state == IN_ATTRIBUTE_NAME)
        markup->state = AFTER_NAME;
    else if (markup->state == AFTER_ATTRIBUTE_NAME)
        markup->state = IN_TAG;
    if (markup->state == AFTER_LESS || markup->state == IN_DOCTYPE ||
        markup->state == BEFORE_VALUE || (markup->state == IN_RAW && is_tag(markup, "script")))
        refuse(markup, "code", "put it into text, between attributes or into a quoted value");
    address_literal_end(markup);
    markup->raw_matched = 0;
}

static bool is_between_attributes(const struct markup *markup) {
    return markup->state == IN_TAG || markup->state == AFTER_NAME;
}

static bool is_same_place(const struct markup *a, const struct markup *b) {
    if (a->in_pre != b->in_pre)
        return false;
    if (is_between_attributes(a) && is_between_attributes(b))
        return strcmp(a->tag, b->tag) == 0 && a->closing == b->closing;
    if (a->state != b->state)
        return false;
    return a->state == IN_VALUE ? strcmp(a->tag, b->tag) == 0 && a->value_line == b->value_line &&
                                      strcmp(a->attribute, b->attribute) == 0
           : a->state == IN_RAW ? strcmp(a->tag, b->tag) == 0
                                : true;
}

static void places_compare(const struct markup *markup, const struct markup *start,
                           const char *what) {
    char here[MARKUP_NAME_SIZE + 80], there[MARKUP_NAME_SIZE + 80];
    if (is_same_place(markup, start))
        return;
    place_tell(markup, here, sizeof here);
    place_tell(start, there, sizeof there);
    stop_at(markup->path, markup->line,
            "%s stands %s, but the block that it belongs to begins %s (line %u): they should stand "
            "in the same place, so that the page is whole whatever way the code takes",
            what, here, there, start->line);
}

/* The code may come to this place from here or from `start`: what holds for one of them only is not
 * relied upon. */
static void ways_join(struct markup *markup, const struct markup *start, const char *what) {
    places_compare(markup, start, what);
    if (start->state == AFTER_NAME)
        markup->state = AFTER_NAME;
    if (start->address != markup->address)
        markup->address = ADDRESS_UNSURE;
    if (!start->has_src)
        markup->has_src = false;
}

void markup_block_end(struct markup *markup, const struct markup *start, bool loop) {
    if (loop && start->address == ADDRESS_START && markup->address == ADDRESS_INSIDE)
        stop_at(markup->path, start->line,
                "the address in %s= cannot begin in a loop or a switch: make it in C, and write "
                "{{it}}",
                start->attribute);
    ways_join(markup, start, "this }");
}

void markup_jump(struct markup *markup, const struct markup *start, const char *word) {
    ways_join(markup, start, word);
}

void markup_end(const struct markup *markup) {
    if (markup->state == IN_VALUE)
        stop_at(markup->path, markup->value_line,
                "the value of %s= in the tag <%s is not closed by a quotation mark",
                markup->attribute, markup->tag);
    if (markup->state == IN_RAW)
        stop_at(markup->path, markup->tag_line, "<%s> is not closed by </%s>", markup->tag,
                markup->tag);
    if (markup->state == AFTER_LESS || markup->state == IN_DOCTYPE)
        stop_at(markup->path, markup->line, "a tag is not closed by a > before the template ends");
    if (markup->state != IN_TEXT)
        stop_at(markup->path, markup->tag_line, "the tag <%s%s is not closed by a >",
                markup->closing ? "/" : "", markup->tag);
    if (markup->in_pre)
        stop_at(markup->path, markup->line, "<pre> is not closed by </pre>");
}
