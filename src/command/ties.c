#include "command/ties.h"
#include "base/text.h"
#include <string.h>

static bool kinds_read(const struct command *command, struct arena *arena, const char *value,
                       struct ties *out) {
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

/* False if they cannot be used, which has been said then. */
static bool arguments_read(const struct command *command, struct arena *arena, int argc,
                           char **argv, const char *const *formats, size_t format_count,
                           struct ties *out) {
    const char *wanted = NULL;
    int format = 0;
    *out = (struct ties){.kinds = TIE_ALL};
    const struct option options[] = {
        {"--as-of", .day = out->today},
        {"--ties", .text = &wanted},
        {"--format", .choice = &format, .choices = formats, .choice_count = (int)format_count},
        {"--output", .text = &out->output},
        {0},
    };
    day_today(out->today);
    if (!source_options_read(command, arena, options, argc, argv, &out->source))
        return false;
    out->format = formats[format];
    return !wanted || kinds_read(command, arena, wanted, out);
}

static enum err workbook_ties_read(struct session *session, struct ties *ties) {
    struct arena *arena = session->arena;
    struct records records;
    struct workbench_options as_of = {0};
    if (source_read(session, &ties->source, &records) != OK)
        return ERR_INPUT;
    memcpy(as_of.today, ties->today, DAY_SIZE);
    const struct record_list *programmes = records_of(&records, kind_find("programme"));
    const char *programme = programmes->list.n ? record_value(programmes->list.items[0], "name")
                                               : source_name(&ties->source);
    struct workbench *workbench = workbench_open(arena);
    workbench_fill(workbench, &records, &as_of);
    enum err err =
        partnership_read(workbench, arena, ties->kinds, &ties->partnership, &session->problems);
    workbench_close(workbench);
    return err ? err
               : partnership_map(arena, &ties->partnership, ties->kinds, programme,
                                 day_long(arena, ties->today), &ties->map, &session->problems);
}

int ties_run(const struct command *command, int argc, char **argv, const char *const *formats,
             size_t format_count, ties_printer *print) {
    struct session session;
    struct ties ties;
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(command, session.arena, argc, argv, formats, format_count, &ties)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    if (workbook_ties_read(&session, &ties) != OK)
        return session_refuse(&session, "This workbook cannot be used yet. Nothing was done with "
                                        "it.");
    if (print(&session, &ties) != OK)
        return session_refuse(&session, NULL);
    session_close(&session);
    return EXIT_IN_ORDER;
}
