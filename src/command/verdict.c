#include "command/verdict.h"
#include "command/command.h"
#include "content/json.h"

/* As --kept takes it. */
static char *link_write(struct arena *arena, const struct programme *programme) {
    return arena_format(arena, "%lld:%s", (long long)programme->revision, programme->link);
}

static void verdict_tell(struct printer *printer, struct arena *arena,
                         const struct programme_verdict *entry) {
    const struct audit_verdict *verdict = &entry->verdict;
    print_heading(printer,
                  arena_format(arena, "%s: %s", entry->programme.key, entry->programme.name));
    print_wrapped(
        printer, "  ", NULL,
        arena_format(arena, "%zu %s and %zu %s of records were looked at: %s", verdict->revisions,
                     verdict->revisions == 1 ? "revision" : "revisions", verdict->versions,
                     verdict->versions == 1 ? "version" : "versions",
                     verdict->faults.n ? "this is not as it was saved." : "the history is whole."));
    if (verdict->erased)
        print_wrapped(printer, "  ", NULL,
                      arena_format(arena, "%zu of them were lawfully erased; the history says so.",
                                   verdict->erased));
    for (size_t i = 0; i < verdict->faults.n; i++)
        print_wrapped(printer, "  ! ", NULL, verdict->faults.items[i].message);
    if (verdict->faults.n)
        return;
    puts("  For keeping elsewhere, in minutes for example:");
    fprintf(printer->out, "  %s\n", link_write(arena, &entry->programme));
}

void verdicts_tell(struct printer *printer, struct arena *arena, const struct contents *contents) {
    for (size_t i = 0; i < contents->programmes.n; i++)
        verdict_tell(printer, arena, &contents->programmes.items[i]);
    if (!contents->faults)
        return;
    fputc('\n', printer->out);
    print_wrapped(printer, "", NULL,
                  "Somebody changed the database behind the program's back, or a disk did. What "
                  "you can do: find the newest backup in which the history is whole (`ithaca "
                  "restore --verify FILE`), restore it into a new database, and keep this one for "
                  "whoever looks into it.");
}

void verdicts_print_json(FILE *out, struct arena *arena, const struct contents *contents) {
    json_t *programmes = json_array();
    for (size_t i = 0; i < contents->programmes.n; i++) {
        const struct programme_verdict *entry = &contents->programmes.items[i];
        const struct audit_verdict *verdict = &entry->verdict;
        json_t *faults = json_array();
        for (size_t f = 0; f < verdict->faults.n; f++)
            json_array_append_new(faults, json_pack("{s:I, s:s}", "revision",
                                                    (json_int_t)verdict->faults.items[f].revision,
                                                    "message", verdict->faults.items[f].message));
        json_array_append_new(
            programmes,
            json_pack("{s:s, s:s, s:I, s:I, s:I, s:b, s:s, s:o}", "programme", entry->programme.key,
                      "name", entry->programme.name, "revisions", (json_int_t)verdict->revisions,
                      "versions", (json_int_t)verdict->versions, "erased",
                      (json_int_t)verdict->erased, "whole", verdict->faults.n == 0, "link",
                      link_write(arena, &entry->programme), "faults", faults));
    }
    json_print(out, json_pack("{s:o}", "programmes", programmes));
}

int verdicts_exit(const struct contents *contents) {
    return contents->faults ? EXIT_FINDINGS : EXIT_IN_ORDER;
}
