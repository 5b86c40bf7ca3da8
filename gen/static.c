/* Builds files that the web pages need into the program, as they are and compressed.
 *
 *     static OUT.c FILE...
 *
 * OUT.c holds the table of src/web/static_file.h, in the order given. The address of a file has a
 * fingerprint of what is in it, so that browsers can keep it for ever. */
#include "files.h"
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

struct type {
    const char *ending, *name;
};

static const struct type types[] = {
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
};

static const struct type *type_of(const char *path) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t length = strlen(path), tail = strlen(types[i].ending);
        if (length > tail && strcmp(path + length - tail, types[i].ending) == 0)
            return &types[i];
    }
    stop("gen/static.c does not know the type of", path);
}

/* With the head of a gzip file, which tells no time: the same bytes give the same. The caller's to
 * free. */
static unsigned char *compress_gzip(const char *bytes, size_t length, size_t *compressed_length) {
    enum { BEST = 12 };
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(BEST);
    if (!compressor)
        stop("out of memory", "");
    size_t room = libdeflate_gzip_compress_bound(compressor, length);
    unsigned char *compressed = malloc(room);
    if (!compressed)
        stop("out of memory", "");
    *compressed_length = libdeflate_gzip_compress(compressor, bytes, length, compressed, room);
    libdeflate_free_compressor(compressor);
    return compressed;
}

static void entry_write(FILE *out, const char *path) {
    const struct type *type = type_of(path);
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t length, compressed_length;
    char *bytes = file_read(path, &length);
    unsigned char *compressed = compress_gzip(bytes, length, &compressed_length);
    uint32_t fingerprint = libdeflate_crc32(0, bytes, length);
    fprintf(out, "{\"%s\", \"/static/%.*s-%08x%s\", \"%s\",\n(const unsigned char *)", name,
            (int)(strlen(name) - strlen(type->ending)), name, fingerprint, type->ending,
            type->name);
    c_string_write(out, bytes, length);
    fputs(",\n(const unsigned char *)", out);
    c_string_write(out, (const char *)compressed, compressed_length);
    fprintf(out, ",\n%zu, %zu},\n", length, compressed_length);
    free(compressed);
    free(bytes);
}

int main(int argc, char **argv) {
    char *text = NULL;
    size_t length = 0;
    if (argc < 3)
        stop("usage: static OUT.c FILE...", "");
    FILE *out = open_memstream(&text, &length);
    if (!out)
        stop("out of memory", "");
    fputs("#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
          "#include \"web/static_file.h\"\n\nconst struct static_file static_files[] = {\n",
          out);
    for (int i = 2; i < argc; i++)
        entry_write(out, argv[i]);
    fputs("};\n\nconst size_t static_file_count = sizeof static_files / sizeof *static_files;\n",
          out);
    fclose(out);
    file_write(argv[1], text, length);
    free(text);
    return 0;
}
