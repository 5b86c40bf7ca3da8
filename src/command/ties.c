#include "command/ties.h"
#include "base/text.h"
#include <string.h>

static bool kinds_read(const struct command *command, struct arena *arena, const char *value,
                       struct ties_options *out) {
    out->kinds = 0;
    for (char *name; (name = text_next_piece(arena, &value, ','));) {
        int kind = -1;
        for (int i = 0; i < TIE_KINDS; i++)
            if (text_same_name(name, tie_kind_names[i]))
                kind = i;
        if (kind < 0) {
            usage_refuse(command, "--ties takes these, with commas between them: %s; not \"%s\".",
                         text_enumerate(arena, tie_kind_names, TIE_KINDS, TIE_KINDS), name);
            return false;
        }
        out->kinds |= 1U << kind;
    }
    return true;
}

static bool format_read(const struct command *command, struct arena *arena, const char *value,
                        const char *const *formats, size_t n, struct ties_options *out) {
    int format = name_index(formats, (int)n, value);
    if (format < 0) {
        usage_refuse(command, "--format takes one of these: %s; not \"%s\".",
                     text_enumerate(arena, formats, n, n), value);
        return false;
    }
    out->format = formats[format];
    return true;
}

static bool day_read(const struct command *command, const char *value, struct ties_options *out) {
    if (!day_valid(value)) {
        usage_refuse(command, "--as-of takes a day like 2026-06-30, not \"%s\".", value);
        return false;
    }
    memcpy(out->today, value, DAY_SIZE);
    return true;
}

bool ties_arguments(const struct command *command, struct arena *arena, int argc, char **argv,
                    const char *const *formats, size_t format_count, struct ties_options *out) {
    *out = (struct ties_options){.kinds = TIE_ALL, .format = formats[0]};
    day_today(out->today);
    for (int i = 1; i < argc; i++) {
        const char *value;
        bool good = true;
        if ((value = option_value(argc, argv, &i, "--as-of"))) {
            good = day_read(command, value, out);
        } else if ((value = option_value(argc, argv, &i, "--ties"))) {
            good = kinds_read(command, arena, value, out);
        } else if ((value = option_value(argc, argv, &i, "--format"))) {
            good = format_read(command, arena, value, formats, format_count, out);
        } else if ((value = option_value(argc, argv, &i, "--output"))) {
            out->output = value;
        } else if (argv[i][0] == '-' || out->path) {
            usage_refuse(command, "\"%s\" is not understood here.", argv[i]);
            good = false;
        } else {
            out->path = argv[i];
        }
        if (!good)
            return false;
    }
    if (!out->path)
        usage_refuse(command, "say which workbook.");
    return out->path;
}

enum err ties_read(struct session *session, const struct ties_options *options,
                   struct partnership *partnership, struct map *map) {
    struct arena *arena = session->arena;
    struct records records;
    struct workbench_options as_of = {0};
    if (session_read(session, options->path, &records) != OK)
        return ERR_INPUT;
    memcpy(as_of.today, options->today, DAY_SIZE);
    const struct record_list *programmes = records_of(&records, kind_find("programme"));
    const char *programme =
        programmes->list.n ? record_value(programmes->list.items[0], "name") : options->path;
    struct workbench *workbench = workbench_open(arena);
    workbench_fill(workbench, &records, &as_of);
    enum err err =
        partnership_read(workbench, arena, options->kinds, partnership, &session->problems);
    workbench_close(workbench);
    return err ? err
               : partnership_map(arena, partnership, options->kinds, programme,
                                 day_long(arena, options->today), map, &session->problems);
}
