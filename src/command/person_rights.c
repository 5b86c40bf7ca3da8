#include "command/person_rights.h"
#include "base/print.h"
#include "base/text.h"
#include "held/held_file.h"

enum { EXAMPLES = 10, HINTS_MOST = 200 };

/* ---- everything that is held ---- */

enum err held_write(struct session *session, const struct held *held, bool as_json,
                    const char *path) {
    struct output output;
    output_open(&output, path);
    if (as_json)
        held_print_json(output.file, held);
    else
        held_print_text(output.file, session->arena, held);
    return output_close(session, &output, OK);
}

/* ---- what erasing did ---- */

static void places_tell(struct printer *printer, struct arena *arena,
                        const struct erased_place *places, size_t n, size_t most) {
    for (size_t i = 0; i < n && i < most; i++)
        print_wrapped(printer, "  - ", NULL,
                      arena_format(arena, "%s, %s%s%s: %s", places[i].sheet, places[i].key,
                                   *places[i].field ? ", " : "", places[i].field,
                                   text_quote(arena, places[i].text)));
    if (n > most)
        fprintf(printer->out, "  and %zu more\n", n - most);
}

static const char *counted(struct arena *arena, size_t n, const char *one, const char *many) {
    return arena_format(arena, "%zu %s", n, n == 1 ? one : many);
}

static void erased_tell(struct printer *printer, struct arena *arena,
                        const struct rights_erased *done, const struct rights_wish *wish) {
    const struct erased *erased = &done->erased;
    print_heading(printer, arena_format(arena, "In %s", done->programme.key));
    if (done->old_key)
        print_wrapped(
            printer, "", NULL,
            wish->only_look
                ? "The record on the sheet People loses its name and all other words, and "
                  "gets a key by chance."
                : arena_format(arena,
                               "The record on the sheet People has no name and no other "
                               "words any more. Its key is now %s.",
                               erased->key));
    const char *when = wish->only_look ? "Would be altered"
                                       : arena_format(arena, "Altered, in revision %lld",
                                                      (long long)erased->revision);
    print_wrapped(printer, "", NULL,
                  arena_format(arena,
                               "%s: %s of the person's own record, %s of other records, and who "
                               "saved, or why, in %s.",
                               when, counted(arena, erased->own, "version", "versions"),
                               counted(arena, erased->others, "version", "versions"),
                               counted(arena, erased->saves, "revision", "revisions")));
    if (erased->said)
        print_wrapped(printer, "", NULL,
                      arena_format(arena, "%s: %s. Whole diagnoses are made anew from the records.",
                                   wish->only_look ? "Also" : "Also altered",
                                   counted(arena, erased->said,
                                           "finding, decision about one, or change of a step",
                                           "findings, decisions about them and changes of steps")));
    if (erased->texts.n) {
        fprintf(printer->out, "\nThe name %s taken out of these words:\n",
                wish->only_look ? "would be" : "was");
        places_tell(printer, arena, erased->texts.items, erased->texts.n, EXAMPLES);
    }
    if (erased->namesakes.list.n)
        print_wrapped(printer, "\n", "",
                      arena_format(arena,
                                   "Others on the sheet People have the same name, and were left "
                                   "as they are: %s. If one of them is the same person, erase that "
                                   "one too.",
                                   text_enumerate(arena, erased->namesakes.list.items,
                                                  erased->namesakes.list.n, EXAMPLES)));
    if (erased->hints.n) {
        fputs("\nPlease look at these, the likeliest first: they may speak of the same person.\n",
              printer->out);
        places_tell(printer, arena, erased->hints.items, erased->hints.n, HINTS_MOST);
    }
}

/* Programmes in which an author has the name, and nothing else says that it is this person. */
static void left_tell(struct printer *printer, struct arena *arena,
                      const struct rights_outcome *outcome, const struct rights_wish *wish) {
    const struct names *left = &outcome->left;
    print_wrapped(
        printer, "", NULL,
        arena_format(
            arena,
            "Somebody of this name has saved, decided, shared, answered or changed a step in %s "
            "too. Nothing else links that to this person: it %s left as it is. %s",
            text_enumerate(arena, left->list.items, left->list.n, left->list.n),
            wish->only_look ? "would be" : "was",
            wish->only_look ? "If it is the same person, say the name with --also, too."
                            : "If it is the same person, say `ithaca person add` with that name, "
                              "and erase it with --programme."));
}

void outcome_tell(struct arena *arena, const struct rights_outcome *outcome,
                  const struct rights_wish *wish) {
    struct printer printer = printer_new(stdout);
    if (outcome->memberships || outcome->accounts)
        print_wrapped(
            &printer, "", NULL,
            arena_format(arena, "%s: %s and %s.", wish->only_look ? "Would be removed" : "Removed",
                         counted(arena, outcome->memberships, "membership", "memberships"),
                         counted(arena, outcome->accounts, "account", "accounts")));
    if (outcome->left.list.n)
        left_tell(&printer, arena, outcome, wish);
    for (size_t i = 0; i < outcome->programmes.n; i++)
        erased_tell(&printer, arena, &outcome->programmes.items[i], wish);
    if (wish->only_look) {
        puts("\nNothing was written.");
        return;
    }
    if (outcome->person_gone)
        puts("\nNothing is left here that links programmes to this person.");
    print_wrapped(&printer, "\n", "",
                  "Backups and workbooks that were made before still hold all of it. Delete them, "
                  "or erase again after you have gone back to one. A workbook exported before is "
                  "not taken any more: export again.");
}
