#include "command/verdict.h"
#include "command/command.h"
#include "content/json.h"

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
    fprintf(printer->out, "  %s\n", kept_write(arena, &entry->programme));
}

static void kept_tell(struct printer *printer, const struct contents *contents) {
    bool whole = !contents->faults;
    if (contents->kept.list.n)
        fputc('\n', printer->out);
    for (size_t i = 0; i < contents->kept.list.n; i++)
        print_wrapped(printer, contents->kept.list.items[i].found ? "" : "! ", NULL,
                      contents->kept.list.items[i].message);
    if (whole && contents->kept.list.n && !contents->kept.missed)
        print_wrapped(printer, "", NULL,
                      "So nothing up to then was altered, cut off, or made anew.");
}

/* The likely first: nobody should be asked what they did before these are ruled out. */
static void missed_advise(struct printer *printer) {
    static const char *const reasons[] = {
        "The link is of another programme, or of another database: look at the line you kept, and "
        "at --db and --programme. A single other letter in it is enough.",
        "An older backup was restored, or this is a copy from before: then what was saved since "
        "then is missing here. Ask whoever looks after the database.",
        "If it is neither, the history was cut off or made anew after you kept the link. Keep this "
        "database for whoever looks into it, and look for a backup that has the link (`ithaca "
        "audit verify --db FILE --kept ...`).",
    };
    print_wrapped(printer, "", NULL, "What this can mean, the likely first:");
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        print_wrapped(printer, "  - ", NULL, reasons[i]);
}

void verdicts_tell(struct printer *printer, struct arena *arena, const struct contents *contents) {
    for (size_t i = 0; i < contents->programmes.n; i++)
        verdict_tell(printer, arena, &contents->programmes.items[i]);
    kept_tell(printer, contents);
    if (contents->faults || contents->kept.missed)
        fputc('\n', printer->out);
    if (contents->faults)
        print_wrapped(
            printer, "", NULL,
            "A disk did this, or somebody who changed the database past this program. What you can "
            "do: find the newest backup in which the history is whole (`ithaca restore --verify "
            "FILE`), restore it into a new database, and keep this one for whoever looks into it.");
    else if (contents->kept.missed)
        missed_advise(printer);
}

static json_t *kept_json(const struct kept_verdicts *kept) {
    json_t *list = json_array();
    for (size_t i = 0; i < kept->list.n; i++) {
        const struct kept_verdict *verdict = &kept->list.items[i];
        json_array_append_new(list, json_pack("{s:s?, s:I, s:s, s:b, s:s}", "programme",
                                              verdict->kept.programme, "revision",
                                              (json_int_t)verdict->kept.revision, "link",
                                              verdict->kept.link, "found", verdict->found,
                                              "message", verdict->message));
    }
    return list;
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
                      kept_write(arena, &entry->programme), "faults", faults));
    }
    json_print(
        out, json_pack("{s:o, s:o}", "programmes", programmes, "kept", kept_json(&contents->kept)));
}

int verdicts_exit(const struct contents *contents) {
    return contents->faults || contents->kept.missed ? EXIT_FINDINGS : EXIT_IN_ORDER;
}
