/* Decision paths and the scheme of delegation on a terminal. */
#include "base/text.h"
#include "decisions/decisions.h"
#include <string.h>

struct page_out {
    struct printer *printer;
    struct arena *arena;
    const struct decisions *decisions;
    struct index next_steps; /* number of the decision where each was first told */
};

static const char *const marks[] = {"+", "?", "!"};

/* "broken (A3)" */
static const char *link_say(struct arena *arena, enum link link, const char *rule) {
    return link == LINK_BROKEN && rule ? arena_format(arena, "broken (%s)", rule)
                                       : link_names[link];
}

static size_t count_open(const struct decisions *decisions, int worst) {
    size_t n = 0;
    for (size_t i = 0; i < decisions->list.n; i++)
        n += decisions->list.items[i]->is_open &&
             (worst < 0 || (int)decisions->list.items[i]->worst == worst);
    return n;
}

/* Bold where it fits on a line. */
static void title_print(const struct page_out *out, const char *first, const char *title) {
    if (text_width(first) + text_width(title) > PRINT_WIDTH || strchr(title, '\n')) {
        print_wrapped(out->printer, first, NULL, title);
        return;
    }
    fputs(first, out->printer->out);
    print_styled(out->printer, BOLD, title);
    fputc('\n', out->printer->out);
}

/* ---- the head ---- */

static const char *summary_say(struct arena *arena, const struct decisions *decisions) {
    size_t open = count_open(decisions, -1), broken = count_open(decisions, LINK_BROKEN);
    size_t unsaid = count_open(decisions, LINK_UNSAID);
    struct text out = text_new(arena);
    text_add_format(&out, "%zu open %s. ", open, open == 1 ? "decision" : "decisions");
    if (broken + unsaid == 0) {
        text_add(&out, open == 1 ? "The team reaches everyone who decides it or must agree."
                                 : "For each of them the team reaches everyone who decides or must "
                                   "agree.");
        return out.bytes;
    }
    if (open == 1) {
        text_add(&out, broken ? "Something on the way is broken."
                              : "Too little is written down to tell whether every way works.");
        return out.bytes;
    }
    if (broken)
        text_add_format(&out, "For %zu, something on the way is broken. ", broken);
    if (unsaid)
        text_add_format(&out, "For %zu, too little is written down to tell. ", unsaid);
    if (open > broken + unsaid)
        text_add_format(&out, "For %zu, every way works.", open - broken - unsaid);
    return out.bytes;
}

static void head_print(const struct page_out *out, const char *words) {
    title_print(out, "", out->decisions->programme);
    print_wrapped(out->printer, "", NULL,
                  arena_format(out->arena, "As of %s: %s",
                               day_long(out->arena, out->decisions->as_of), words));
}

static void nothing_print(const struct page_out *out) {
    head_print(out, "no decision is written down.");
    print_wrapped(out->printer, "Next: ", NULL,
                  arena_format(out->arena,
                               "Write three decisions that you wait for on the sheet Decisions, a "
                               "row for each, and under Final say whether it is settled who takes "
                               "them. Then, on the sheet Decision rights: %s On the sheet Message "
                               "routes: %s",
                               kind_find("decision_right")->ask, kind_find("message_route")->ask));
}

/* ---- one decision ---- */

static void way_print(const struct page_out *out, const struct decision_holding *holding,
                      const struct decision_way *way) {
    print_wrapped(out->printer, arena_format(out->arena, "     %s ", marks[way->link]), "       ",
                  arena_format(out->arena, "%s → (%s) → %s: %s", way->team, way->words,
                               holding->who, link_say(out->arena, way->link, way->rule)));
}

static void holding_print(const struct page_out *out, const struct decision *decision,
                          const struct decision_holding *holding) {
    const char *held =
        holding->holders ? arena_format(out->arena, " (held by %s)", holding->holders) : "";
    const char *sum = holding->up_to ? arena_format(out->arena, ", up to %s", holding->up_to) : "";
    print_wrapped(
        out->printer, arena_format(out->arena, "   %s: ", text_capital(out->arena, holding->right)),
        "     ", arena_format(out->arena, "%s%s%s", holding_name(out->arena, holding), sum, held));
    if (holding->state_words && (holding->lost || holding->is_leading))
        print_wrapped(out->printer, arena_format(out->arena, "     %s ", marks[holding->link]),
                      "       ",
                      arena_format(out->arena, "%s: %s", holding->state_words,
                                   link_say(out->arena, holding->link, holding->rule)));
    else if (holding->state_words)
        print_wrapped(
            out->printer, arena_format(out->arena, "     %s ", marks[holding->link]), "       ",
            arena_format(out->arena, "%s → (%s) → %s: %s",
                         decision->team ? decision->team : "the team", holding->state_words,
                         holding->who, link_say(out->arena, holding->link, holding->rule)));
    size_t shown = holding_ways_shown(out->decisions, holding);
    for (size_t i = 0; i < shown; i++)
        way_print(out, holding, &holding->ways.items[i]);
    if (holding->ways.n > shown)
        fprintf(out->printer->out, "       (and %zu more %s)\n", holding->ways.n - shown,
                holding->ways.n - shown == 1 ? "way" : "ways");
}

static void gap_print(const struct page_out *out, const struct decision *decision) {
    size_t lacking = decision->gap_organisations.list.n;
    const char *where = !lacking ? ""
                        : lacking > 1 && lacking == decision->concerns.list.n
                            ? " for any of them"
                            : arena_format(out->arena, " for %s",
                                           names_say(out->arena, &decision->gap_organisations));
    print_wrapped(
        out->printer, arena_format(out->arena, "   %s ", marks[decision->gap_link]), "     ",
        arena_format(out->arena, "%s%s: %s", text_capital(out->arena, decision->gap_words), where,
                     link_say(out->arena, decision->gap_link, decision->gap_rule)));
}

/* The same advice is told once. */
static void next_print(struct page_out *out, const struct decision *decision, size_t number) {
    const char *told = index_find(&out->next_steps, decision->next);
    if (told) {
        print_wrapped(out->printer, "   Next: ", "         ",
                      arena_format(out->arena, "as for %s.", told));
        return;
    }
    index_add(out->arena, &out->next_steps, decision->next,
              arena_format(out->arena, "%zu", number));
    print_wrapped(out->printer, "   Next: ", "         ", decision->next);
}

static const char *concerns_say(struct arena *arena, const struct decision *decision) {
    return decision->concerns.list.n
               ? arena_format(arena, "Concerns %s.", names_say(arena, &decision->concerns))
               : "Concerns the partnership as a whole.";
}

static void open_print(struct page_out *out, const struct decision *decision, size_t number) {
    fputc('\n', out->printer->out);
    title_print(out, arena_format(out->arena, "%zu. ", number), decision->title);
    print_wrapped(out->printer, "   ", NULL,
                  arena_format(out->arena, "%s. %s", text_capital(out->arena, decision->about),
                               concerns_say(out->arena, decision)));
    if (decision->gap_words)
        gap_print(out, decision);
    for (size_t i = 0; i < decision->rights.n; i++)
        if (decision->rights.items[i].is_asked)
            holding_print(out, decision, &decision->rights.items[i]);
    if (decision->clash)
        print_wrapped(out->printer, "   ! ", "     ", decision->clash);
    if (decision->next)
        next_print(out, decision, number);
}

static void taken_print(const struct page_out *out, bool has_open) {
    bool any = false;
    for (size_t i = 0; i < out->decisions->list.n; i++) {
        const struct decision *decision = out->decisions->list.items[i];
        if (decision->is_open)
            continue;
        if (!any)
            print_heading(out->printer, has_open ? "No longer open" : "Not open");
        any = true;
        print_wrapped(out->printer, "  - ", "    ",
                      arena_format(out->arena, "%s: %s.", decision->title, decision->about));
    }
}

void decisions_render_key(struct printer *printer, const struct decisions *decisions) {
    if (!count_open(decisions, -1))
        return;
    const char *why = count_open(decisions, LINK_BROKEN)
                          ? "In brackets the rule that finds it: `ithaca check WORKBOOK --why A1` "
                            "tells all that is behind A1. "
                          : "";
    fputc('\n', printer->out);
    print_wrapped(printer, "", NULL,
                  arena_format(decisions->arena,
                               "+ works; ? cannot be told yet, because it is not written down; ! "
                               "broken. %s--format svg draws this, --scheme lists every right.",
                               why));
}

void decisions_render_text(struct printer *printer, const struct decisions *decisions) {
    struct page_out out = {printer, decisions->arena, decisions, {0}};
    size_t open = count_open(decisions, -1), number = 0;
    if (!decisions->list.n) {
        nothing_print(&out);
        return;
    }
    head_print(&out, open ? summary_say(out.arena, decisions)
                          : "no open decision is written down. If you wait for one, write it on "
                            "the sheet Decisions.");
    for (size_t i = 0; i < decisions->list.n; i++)
        if (decisions->list.items[i]->is_open)
            open_print(&out, decisions->list.items[i], ++number);
    taken_print(&out, open > 0);
}

/* ---- the scheme of delegation ---- */

static void scheme_print(const struct page_out *out, const struct decision *decision) {
    fputc('\n', out->printer->out);
    title_print(out, "", decision->title);
    print_wrapped(out->printer, "  ", NULL,
                  arena_format(out->arena, "%s. %s", text_capital(out->arena, decision->about),
                               concerns_say(out->arena, decision)));
    for (size_t i = 0; i < decision->rights.n; i++)
        print_wrapped(out->printer,
                      arena_format(out->arena, "  %-13s ", decision->rights.items[i].right), NULL,
                      decision->rights.items[i].words);
    if (!decision->rights.n)
        print_wrapped(out->printer, "  ", NULL,
                      "Nobody is written down who has a right over it (sheet Decision rights).");
}

void decisions_render_scheme(struct printer *printer, const struct decisions *decisions) {
    struct page_out out = {printer, decisions->arena, decisions, {0}};
    if (!decisions->list.n) {
        nothing_print(&out);
        return;
    }
    head_print(&out, "the scheme of delegation, as far as it is written down.");
    for (size_t i = 0; i < decisions->list.n; i++)
        scheme_print(&out, decisions->list.items[i]);
    fputc('\n', printer->out);
    print_wrapped(printer, "", NULL,
                  "Where no document is named, none is written down: the sheet Decision rights has "
                  "the columns Document and Page, Delegated by, Up to, Since and Until.");
}
