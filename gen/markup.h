/* Follows the HTML of a template, character by character, so that the generator knows where a value
 * stands and how it is to be escaped. HTML that would make this uncertain (unquoted values,
 * scripts, styles) stops the build with its place.
 *
 * Code may stand between two characters; where its blocks end, the HTML must be where it was when
 * they began, whatever way the program takes. */
#ifndef ITHACA_GEN_MARKUP_H
#define ITHACA_GEN_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

enum { MARKUP_NAME_SIZE = 48, MARKUP_ADDRESS_SIZE = 12 };

enum markup_state {
    IN_TEXT,
    AFTER_LESS,
    IN_DOCTYPE,
    IN_TAG_NAME,
    IN_TAG,
    AFTER_NAME, /* code stands right behind the name of a tag or an attribute */
    IN_ATTRIBUTE_NAME,
    AFTER_ATTRIBUTE_NAME,
    BEFORE_VALUE,
    IN_VALUE,
    IN_RAW, /* in an element that holds no tags: title, textarea, script */
};

/* Where in a value that is an address, as of href. */
enum markup_address { NO_ADDRESS, ADDRESS_START, ADDRESS_INSIDE, ADDRESS_UNSURE };

/* Begins as all zero but for the path. */
struct markup {
    const char *path;
    unsigned line; /* of what is read next; the caller counts */
    enum markup_state state;
    enum markup_address address;
    bool closing; /* the tag is an end tag */
    bool has_src;
    bool in_pre;
    unsigned tag_line, value_line;
    size_t raw_matched; /* of the end tag of a raw element */
    size_t address_length;
    char tag[MARKUP_NAME_SIZE], attribute[MARKUP_NAME_SIZE]; /* in small letters */
    char address_text[MARKUP_ADDRESS_SIZE];                  /* how the address begins */
};

void markup_read(struct markup *markup, char c);

/* Whether white space may be folded here: nobody sees how much there is. */
bool markup_folds_space(const struct markup *markup);
/* Behind a ">": whether a line end would be lost that comes next, since browsers drop it. */
bool markup_drops_line_end(const struct markup *markup);

/* A value stands here: gives the function that writes it. */
const char *markup_value(struct markup *markup);
/* Code stands here. */
void markup_code(struct markup *markup);
/* A block of code ends that began at `start`; `loop`: that of a loop or a switch. */
void markup_block_end(struct markup *markup, const struct markup *start, bool loop);
/* Code jumps from here to where it was at `start`, or the other way. */
void markup_jump(struct markup *markup, const struct markup *start, const char *word);
/* The template ends. */
void markup_end(const struct markup *markup);

#endif
