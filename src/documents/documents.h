/* The files of documents: kept in the database in pieces, told apart by the key of the document's
 * record. A new file of a document stands beside the old ones. They stay where the record is taken
 * out, so that it can be put back with them; document_file_remove is for good.
 *
 * To be called within db_read or db_write, as it says; everything belongs to the arena. Lengths are
 * in bytes. */
#ifndef ITHACA_DOCUMENTS_H
#define ITHACA_DOCUMENTS_H

#include "base/list.h"
#include "db/db.h"
#include <stddef.h>

enum {
    DOCUMENT_FILE_MAX = 20 * 1024 * 1024,
    DOCUMENTS_ROOM_MB = 500, /* all files of one programme together, in MB */
    DOCUMENT_PIECE = 96 * 1024,
    DOCUMENT_NAME_MAX = 200 /* bytes */
};

struct document_file {
    int64_t id; /* 0: there is none */
    const char *document, *at, *file, *media, *sha256;
    const char *author; /* NULL: erased */
    int64_t length;
};
struct document_files {
    LIST(struct document_file) list;
};

/* Why a file cannot be taken, in words for whoever sent it; NULL if it can be: `*media` is what it
 * is then. Its room in the programme is not looked at. */
const char *document_file_fault(struct arena *arena, const char *file, const char *bytes,
                                size_t length, const char **media);

enum document_added { DOCUMENT_ADDED, DOCUMENT_SAME /* the newest is the same */, DOCUMENT_FULL };
struct document_new {
    int64_t programme;
    const char *document, *token, *author, *file, *media, *bytes;
    size_t length;
};
/* Within db_write. The same token adds once. */
enum err document_file_add(struct db *db, struct arena *arena, const struct document_new *added,
                           enum document_added *out) MUST_CHECK;

/* Whether the programme has room for so much more. */
enum err document_room(struct db *db, int64_t programme, size_t length, bool *out) MUST_CHECK;

/* The newest first; `document` NULL: of all documents, sorted by their keys. */
enum err document_files(struct db *db, struct arena *arena, int64_t programme, const char *document,
                        struct document_files *out) MUST_CHECK;
enum err document_file_find(struct db *db, struct arena *arena, int64_t programme, int64_t id,
                            struct document_file *out) MUST_CHECK;

/* Within db_write: it and all that is in it. */
enum err document_file_remove(struct db *db, int64_t programme, int64_t id) MUST_CHECK;

/* Reading a file piece by piece, also when no transaction is open: one that goes away meanwhile
 * fails. Gives how many bytes from `at` were put into `out`, or -1. */
struct document_reader {
    struct db *db;
    int64_t programme, id, piece; /* which is in `bytes`; -1: none yet */
    uint64_t length;
    size_t held; /* bytes of that piece */
    unsigned char *bytes;
};
struct document_reader document_reader_new(struct db *db, struct arena *arena, int64_t programme,
                                           const struct document_file *file);
long document_read(struct document_reader *reader, uint64_t at, char *out, size_t most);

#endif
