#include "web/static_file.h"
#include "base/text.h"

const struct static_file *static_file_named(const char *name) {
    for (size_t i = 0; i < static_file_count; i++)
        if (text_equal(static_files[i].name, name))
            return &static_files[i];
    return NULL;
}

const struct static_file *static_file_at(const char *path) {
    for (size_t i = 0; i < static_file_count; i++)
        if (text_equal(static_files[i].path, path))
            return &static_files[i];
    return NULL;
}
