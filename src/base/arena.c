#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_SIZE = 64 * 1024,
    KEPT_MOST = 4, /* blocks from one piece of work to the next */
    ALIGNMENT = 16,
};

struct block {
    struct block *older;
    size_t used, size;
    _Alignas(ALIGNMENT) unsigned char bytes[];
};

struct arena {
    struct block *newest;
    struct block *spare; /* kept by arena_clear: of BLOCK_SIZE, and zero */
    size_t handed_out, cap;
    size_t limit;        /* never above the cap */
    const char *refusal; /* what is said at the limit, NULL if it is the cap */
};

static _Noreturn void stop_out_of_memory(const struct arena *arena) {
    if (arena->refusal)
        fputs(arena->refusal, stderr);
    else
        fprintf(stderr,
                "ithaca: this needs more memory than the %zu MiB set aside for it.\n"
                "If the file is what you meant, split it into smaller programmes.\n",
                arena->cap / (1024 * 1024));
    exit(2);
}

struct arena *arena_new(size_t cap) {
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        stop_out_of_memory(&(struct arena){.cap = cap});
    arena->cap = arena->limit = cap;
    return arena;
}

static void blocks_free(struct block *block) {
    while (block) {
        struct block *older = block->older;
        free(block);
        block = older;
    }
}

void arena_free(struct arena *arena) {
    if (!arena)
        return;
    blocks_free(arena->newest);
    blocks_free(arena->spare);
    free(arena);
}

void arena_clear(struct arena *arena) {
    struct block *spare = arena->spare;
    size_t kept = 0;
    for (const struct block *block = spare; block; block = block->older)
        kept++;
    for (struct block *block = arena->newest; block;) {
        struct block *older = block->older;
        if (block->size == BLOCK_SIZE && kept < KEPT_MOST) {
            memset(block->bytes, 0, block->used);
            *block = (struct block){.older = spare, .size = BLOCK_SIZE};
            spare = block;
            kept++;
        } else {
            free(block);
        }
        block = older;
    }
    *arena = (struct arena){.spare = spare, .cap = arena->cap, .limit = arena->cap};
}

static struct block *add_block(struct arena *arena, size_t at_least) {
    size_t size = at_least > BLOCK_SIZE ? at_least : BLOCK_SIZE;
    bool is_kept = size == BLOCK_SIZE && arena->spare;
    struct block *block = is_kept ? arena->spare : calloc(1, sizeof *block + size);
    if (!block)
        stop_out_of_memory(arena);
    if (is_kept)
        arena->spare = block->older;
    block->size = size;
    block->older = arena->newest;
    arena->newest = block;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size) {
    if (size > SIZE_MAX - ALIGNMENT)
        stop_out_of_memory(arena);
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size > arena->limit - arena->handed_out)
        stop_out_of_memory(arena);
    struct block *block = arena->newest;
    if (!block || block->size - block->used < size)
        block = add_block(arena, size);
    void *piece = block->bytes + block->used;
    block->used += size;
    arena->handed_out += size;
    return piece;
}

void arena_limit(struct arena *arena, size_t bytes, const char *refusal) {
    size_t left = arena->cap - arena->handed_out;
    if (bytes >= left)
        return;
    arena->limit = arena->handed_out + bytes;
    arena->refusal = refusal;
}

size_t arena_limit_end(struct arena *arena) {
    size_t left = arena->limit - arena->handed_out;
    arena->limit = arena->cap;
    arena->refusal = NULL;
    return left;
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size)
        stop_out_of_memory(arena);
    return arena_alloc(arena, count * size);
}

char *arena_copy_n(struct arena *arena, const char *text, size_t length) {
    char *copy = arena_alloc(arena, length + 1);
    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *arena_copy(struct arena *arena, const char *text) {
    return arena_copy_n(arena, text, strlen(text));
}

/* Writes a format of %s, %d and %zu alone; -1 if there is something else in it, or no room. Most
 * are such, and pages have hundreds: igraph brings a library that registers conversions of its own,
 * upon which glibc reads every format by its slow way. */
static int format_plainly(char *out, size_t room, const char *format, va_list arguments) {
    size_t length = 0;
    for (const char *at = format; *at; at++) {
        char digits[24], *number = digits + sizeof digits;
        const char *piece = at;
        size_t piece_length = 1;
        if (at[0] == '%' && at[1] == 's') {
            piece = va_arg(arguments, const char *);
            if (!piece)
                return -1; /* printf has a word for it */
            piece_length = strlen(piece);
            at += 1;
        } else if (at[0] == '%') {
            bool is_size = at[1] == 'z' && at[2] == 'u';
            int whole = is_size || at[1] != 'd' ? 0 : va_arg(arguments, int);
            if (whole < 0 || (!is_size && at[1] != 'd'))
                return -1;
            size_t rest = is_size ? va_arg(arguments, size_t) : (size_t)whole;
            do
                *--number = (char)('0' + rest % 10);
            while (rest /= 10);
            piece = number;
            piece_length = (size_t)(digits + sizeof digits - number);
            at += is_size ? 2 : 1;
        }
        if (piece_length >= room - length)
            return -1;
        memcpy(out + length, piece, piece_length);
        length += piece_length;
    }
    out[length] = '\0';
    return (int)length;
}

char *arena_format_list(struct arena *arena, const char *format, va_list arguments) {
    char short_text[256]; /* most are: they need not be measured first, and written again */
    va_list measured;
    va_copy(measured, arguments);
    int length = format_plainly(short_text, sizeof short_text, format, measured);
    va_end(measured);
    if (length < 0) {
        va_copy(measured, arguments);
        length = vsnprintf(short_text, sizeof short_text, format, measured);
        va_end(measured);
    }
    if (length < 0)
        abort(); /* only a broken format string gets here */
    if ((size_t)length < sizeof short_text)
        return arena_copy_n(arena, short_text, (size_t)length);
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *arena_format(struct arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_format_list(arena, format, arguments);
    va_end(arguments);
    return text;
}
