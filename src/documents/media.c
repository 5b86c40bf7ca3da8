#include "documents/media.h"
#include "base/text.h"
#include <string.h>

/* `mark` is at the beginning of each such file; `inside`, if there is one, somewhere in it: names
 * of what is in a ZIP archive stand there as they are. Without a mark it is text. */
static const struct media {
    const char *ending, *type, *words, *mark, *inside;
} medias[] = {
    {".pdf", "application/pdf", "PDF", "%PDF-", NULL},
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word",
     "PK\003\004", "word/document.xml"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel",
     "PK\003\004", "xl/workbook.xml"},
    {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
     "PowerPoint", "PK\003\004", "ppt/presentation.xml"},
    {".odt", "application/vnd.oasis.opendocument.text", "OpenDocument text", "PK\003\004",
     "mimetypeapplication/vnd.oasis.opendocument.text"},
    {".ods", "application/vnd.oasis.opendocument.spreadsheet", "OpenDocument table", "PK\003\004",
     "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"},
    {".odp", "application/vnd.oasis.opendocument.presentation", "OpenDocument slides", "PK\003\004",
     "mimetypeapplication/vnd.oasis.opendocument.presentation"},
    {".png", "image/png", "PNG picture", "\x89PNG\r\n\x1a\n", NULL},
    {".jpg", "image/jpeg", "JPEG picture", "\xff\xd8\xff", NULL},
    {".jpeg", "image/jpeg", "JPEG picture", "\xff\xd8\xff", NULL},
    {".txt", "text/plain", "text", NULL, NULL},
    {".csv", "text/csv", "CSV", NULL, NULL},
    {".md", "text/markdown", "Markdown", NULL, NULL},
};

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), n = strlen(end);
    return length > n && text_equal(text + length - n, end);
}

static bool contains(const char *bytes, size_t length, const char *part) {
    return memmem(bytes, length, part, strlen(part)) != NULL;
}

static bool is_media(const struct media *media, const char *bytes, size_t length) {
    if (!media->mark)
        return !memchr(bytes, '\0', length);
    return length > strlen(media->mark) && memcmp(bytes, media->mark, strlen(media->mark)) == 0 &&
           (!media->inside || contains(bytes, length, media->inside));
}

const char *media_of(struct arena *arena, const char *file, const char *bytes, size_t length,
                     const char **fault) {
    const char *name = text_lower(arena, file);
    const struct media *media = NULL;
    *fault = NULL;
    for (size_t i = 0; i < sizeof medias / sizeof *medias; i++)
        if (ends_with(name, medias[i].ending))
            media = &medias[i];
    if (!media)
        *fault = "This kind of file is not taken. Save it as PDF, or as one of the kinds named "
                 "below, and choose that";
    else if (!is_media(media, bytes, length))
        *fault = arena_format(arena,
                              "It is called %s, but that is not what is in it. Perhaps it is "
                              "damaged, or has a password: open it, save it anew, and choose that",
                              media->ending);
    else if (media->inside && contains(bytes, length, "vbaProject.bin"))
        *fault = "There are macros in this file. Save it without them, and choose that";
    return *fault ? NULL : media->type;
}

const char *media_words(const char *type) {
    for (size_t i = 0; i < sizeof medias / sizeof *medias; i++)
        if (text_equal(medias[i].type, type))
            return medias[i].words;
    return type;
}
