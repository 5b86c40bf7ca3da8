#include "base/text.h"
#include "whatif/render.h"

static struct arena *arena_of(const struct whatif *whatif) {
    return whatif->after.arena;
}

static size_t rows_of(const struct listed_rows *rows, const struct listing *listing) {
    size_t n = 0;
    for (size_t i = 0; i < rows->list.n; i++)
        n += rows->list.items[i].listing == listing;
    return n;
}

/* ---- the head ---- */

static const char *gone_names(const struct whatif *whatif) {
    const struct record_set *gone = &whatif->question->without;
    struct arena *arena = arena_of(whatif);
    const char **names = arena_alloc_array(arena, gone->list.n + 1, sizeof *names);
    for (size_t i = 0; i < gone->list.n; i++)
        names[i] = record_label(whatif->question->now, gone->list.items[i]);
    return text_enumerate(arena, names, gone->list.n, gone->list.n);
}

static void head_print(struct printer *printer, const struct whatif *whatif) {
    struct arena *arena = arena_of(whatif);
    const struct whatif_question *question = whatif->question;
    const char *day = day_long(arena, question->diagnosis.workbench.today);
    const char *added = question->with != question->now ? " and with what the other file adds" : "";
    const char *text =
        question->without.list.n
            ? arena_format(arena, "What if, from %s, without %s%s?", day, gone_names(whatif), added)
            : arena_format(arena, "What if, from %s, with what the other file adds?", day);
    print_styled(printer, BOLD, whatif->after.programme);
    fputc('\n', printer->out);
    print_wrapped(printer, "", NULL, text);
    print_wrapped(printer, "", NULL, "The workbook itself stays as it is.");
}

/* ---- what would be lost ---- */

static void row_print(struct printer *printer, const char *mark, const struct listed *row) {
    print_wrapped(printer, mark, NULL, row->sentence);
}

/* Rows in the order of their listings, each listing under its title. */
static void rows_print(struct printer *printer, const struct listed_rows *rows, const char *mark) {
    for (size_t i = 0; i < rows->list.n; i++) {
        const struct listed *row = &rows->list.items[i];
        if (i == 0 || rows->list.items[i - 1].listing != row->listing)
            print_wrapped(printer, "", NULL, row->listing->title);
        row_print(printer, mark, row);
    }
}

/* Each repair once, those of the gravest losses first. */
static void repairs_print(struct printer *printer, struct arena *arena,
                          const struct listed_rows *lost) {
    enum { REPAIRS_MAX = 5 };
    struct index known = {0};
    print_heading(printer, "What would soften it, before it happens");
    for (size_t i = 0; i < lost->list.n && known.n < REPAIRS_MAX; i++) {
        const struct listed *row = &lost->list.items[i];
        if (row->repair && index_add(arena, &known, row->repair, printer))
            print_wrapped(printer, "  - ", NULL, row->repair);
    }
}

static void losses_print(struct printer *printer, const struct whatif *whatif) {
    print_heading(printer, "What would be lost");
    if (!whatif->lost.list.n) {
        print_wrapped(printer, "", NULL,
                      whatif->appeared.n
                          ? "Nothing that is counted here. The findings below say what would break."
                          : "Nothing that Ithaca looks at: for each decision, message, promise and "
                            "role there is somebody else.");
        return;
    }
    rows_print(printer, &whatif->lost, "  - ");
    repairs_print(printer, arena_of(whatif), &whatif->lost);
}

/* ---- findings ---- */

static void finding_print(struct printer *printer, struct arena *arena,
                          const struct finding *finding) {
    static const char *const marks[] = {"!", "!!", "!!!"};
    print_wrapped(printer,
                  arena_format(arena, "  %-3s %s ", marks[finding->severity], finding->rule->id),
                  "      ", finding->sentence);
}

/* A few of each rule; the findings of one rule stand together. */
static void finding_list_print(struct printer *printer, struct arena *arena,
                               const struct finding *const *findings, size_t n) {
    enum { EACH_RULE_SHOWS = 3 };
    for (size_t i = 0, of_rule; i < n; i += of_rule) {
        for (of_rule = 1; i + of_rule < n && findings[i + of_rule]->rule == findings[i]->rule;)
            of_rule++;
        for (size_t k = 0; k < of_rule && k < EACH_RULE_SHOWS; k++)
            finding_print(printer, arena, findings[i + k]);
        if (of_rule > EACH_RULE_SHOWS)
            fprintf(printer->out, "      ... and %zu more like this.\n", of_rule - EACH_RULE_SHOWS);
    }
}

static void findings_print(struct printer *printer, const struct whatif *whatif) {
    struct arena *arena = arena_of(whatif);
    if (whatif->appeared.n)
        print_heading(printer, "Findings that would appear");
    finding_list_print(printer, arena, whatif->appeared.items, whatif->appeared.n);
    if (whatif->vanished.n) {
        print_heading(printer, "Findings that would no longer be there");
        if (whatif->question->without.list.n)
            print_wrapped(printer, "", NULL,
                          "This repairs nothing: what these findings look at would be gone, too.");
    }
    finding_list_print(printer, arena, whatif->vanished.items, whatif->vanished.n);
    if (!whatif->appeared.n && !whatif->vanished.n) {
        print_heading(printer, "Findings");
        print_wrapped(printer, "", NULL, "No finding would appear, and none would vanish.");
    }
}

static const char *number_words(struct arena *arena, double value) {
    bool is_whole = value >= 0 && value < 1e9 && (double)(long)value == value;
    return arena_format(arena, is_whole ? "%.0f" : "%.2f", value);
}

static void moves_print(struct printer *printer, const struct whatif *whatif) {
    struct arena *arena = arena_of(whatif);
    if (whatif->moves.n)
        print_heading(printer, "How the network of people would change");
    for (size_t i = 0; i < whatif->moves.n; i++) {
        const struct whatif_move *move = &whatif->moves.items[i];
        print_wrapped(printer, "  - ", NULL,
                      arena_format(arena, "%s: %s now, %s then", move->name,
                                   number_words(arena, move->before),
                                   number_words(arena, move->after)));
    }
}

/* ---- handover ---- */

static void handover_listing_print(struct printer *printer, const struct listing *listing,
                                   const struct handover *handover) {
    fputc('\n', printer->out);
    print_wrapped(printer, "", NULL, listing->title);
    if (!rows_of(&handover->rows, listing))
        print_wrapped(printer, "  ", NULL, listing->none);
    for (size_t i = 0; i < handover->rows.list.n; i++)
        if (handover->rows.list.items[i].listing == listing)
            row_print(printer, "  [ ] ", &handover->rows.list.items[i]);
}

void handover_render_text(struct printer *printer, const struct whatif *whatif,
                          const struct handover *handover) {
    print_heading(printer, arena_format(arena_of(whatif), "Handover sheet: %s",
                                        record_label(whatif->question->now, handover->person)));
    print_wrapped(printer, "", NULL,
                  "What is written down for this person. Tick off what somebody else has taken "
                  "over, and add what nobody wrote down.");
    for (size_t i = 0; i < whatif->handover_listings.list.n; i++)
        handover_listing_print(printer, whatif->handover_listings.list.items[i], handover);
}

void whatif_render_text(struct printer *printer, const struct whatif *whatif) {
    head_print(printer, whatif);
    losses_print(printer, whatif);
    if (whatif->gained.list.n) {
        print_heading(printer, "What would be covered that is not covered now");
        rows_print(printer, &whatif->gained, "  + ");
    }
    findings_print(printer, whatif);
    moves_print(printer, whatif);
    for (size_t i = 0; i < whatif->handovers.n; i++)
        handover_render_text(printer, whatif, &whatif->handovers.items[i]);
}

/* ---- everybody in turn ---- */

static void sweep_person_print(struct printer *printer, struct arena *arena,
                               const struct records *records, size_t place,
                               const struct sweep_person *person) {
    enum { LOSSES_SHOWN = 3 };
    const struct listed_rows *lost = &person->lost;
    print_styled(printer, BOLD,
                 arena_format(arena, "\n%2zu. %s", place, record_label(records, person->person)));
    fprintf(printer->out, " (weight %g)\n", person->weight);
    for (size_t i = 0; i < lost->list.n && i < LOSSES_SHOWN; i++)
        print_wrapped(printer, "    - ", NULL,
                      arena_format(arena, "%s: %s", lost->list.items[i].listing->title,
                                   lost->list.items[i].sentence));
    if (lost->list.n > LOSSES_SHOWN)
        fprintf(printer->out, "    ... and %zu more.\n", lost->list.n - LOSSES_SHOWN);
    if (person->repair)
        print_wrapped(printer, "    Helps most: ", "    ", person->repair);
    print_wrapped(printer, "    All about it: ", "    ",
                  arena_format(arena, "--without %s", person->person->id));
}

void sweep_render_text(struct printer *printer, const struct whatif_question *question,
                       const struct sweep *sweep) {
    enum { SHOWN = 10 };
    struct arena *arena = question->now->arena;
    size_t with_loss = 0;
    while (with_loss < sweep->people.n && sweep->people.items[with_loss].weight > 0)
        with_loss++;
    print_wrapped(
        printer, "", NULL,
        arena_format(arena,
                     "Everybody in turn, as of %s: what would be lost if only this person went. "
                     "%zu of %zu people carry something that nobody else carries. The number "
                     "behind a name weighs what would be lost: the higher, the graver. `ithaca "
                     "whatif WORKBOOK --without KEY` tells all about one person.",
                     day_long(arena, question->diagnosis.workbench.today), with_loss,
                     sweep->people.n));
    for (size_t i = 0; i < with_loss && i < SHOWN; i++)
        sweep_person_print(printer, arena, question->now, i + 1, &sweep->people.items[i]);
    if (with_loss > SHOWN)
        print_wrapped(printer, "\n", "",
                      arena_format(arena, "%zu more would be missed; --format csv lists all.",
                                   with_loss - SHOWN));
    if (!with_loss)
        print_wrapped(printer, "", NULL, "Nobody is alone with anything that Ithaca looks at.");
}
