/* Files that pages need beside themselves: the stylesheet, the icon. They are built into the
 * program by gen/static.c; meson.build lists them. */
#ifndef ITHACA_STATIC_FILE_H
#define ITHACA_STATIC_FILE_H

#include <stddef.h>

struct static_file {
    const char *name; /* "ithaca.css" */
    /* Its address, "/static/ithaca-3f2a91c0.css". It changes with what is in the file, so browsers
     * may keep what they got there for ever. */
    const char *path;
    const char *type;                  /* for the header Content-Type */
    const unsigned char *plain, *gzip; /* as it is, and for those who accept gzip */
    size_t plain_size, gzip_size;      /* in bytes */
};

extern const struct static_file static_files[];
extern const size_t static_file_count;

/* By its name; NULL if there is none. */
const struct static_file *static_file_named(const char *name);
/* By its address; NULL if there is none, or it had that address in another version only. */
const struct static_file *static_file_at(const char *path);

#endif
