#include "base/csv.h"
#include "base/text.h"
#include "content/json.h"
#include "findings/findings.h"

bool findings_chosen(const struct findings_choice *choice, const struct kept_finding *finding) {
    return (choice->state < 0 || (int)finding->state == choice->state) &&
           (choice->decided < 0 || kept_finding_is(finding, (enum decision)choice->decided)) &&
           kept_finding_seen(finding, &choice->audience);
}

/* Those decided last are what holds; NULL if nobody decided anything. */
static const struct finding_decision *last_decision(const struct kept_finding *finding) {
    return finding->decisions.n ? &finding->decisions.items[finding->decisions.n - 1] : NULL;
}

static const struct finding_period *last_period(const struct kept_finding *finding) {
    return finding->periods.n ? &finding->periods.items[finding->periods.n - 1] : NULL;
}

/* ---- for people ---- */

static const char *day_of(struct arena *arena, const char *time) {
    return day_long(arena, arena_copy_n(arena, time, DAY_SIZE - 1));
}

static void head_print(struct printer *printer, struct arena *arena,
                       const struct kept_findings *findings) {
    const struct programme *programme = &findings->programme;
    if (findings->given_up)
        print_wrapped(printer, "", NULL,
                      arena_format(arena,
                                   "The newest look at %s failed, and is not tried again until "
                                   "something changes: %s",
                                   programme->name, findings->given_up));
    if (!findings->revision)
        return;
    print_wrapped(printer, "", NULL,
                  arena_format(arena, "%s, as of %s and revision %lld", programme->name,
                               day_long(arena, findings->day), (long long)findings->revision));
    if (findings->revision != programme->revision)
        print_wrapped(printer, "", NULL,
                      arena_format(arena,
                                   "Since then it was saved again (revision %lld): `ithaca "
                                   "diagnose` looks at it.",
                                   (long long)programme->revision));
}

static void periods_print(struct printer *printer, struct arena *arena,
                          const struct kept_finding *finding) {
    for (size_t i = finding->periods.n; i-- > 0;) {
        const struct finding_period *period = &finding->periods.items[i];
        const char *first = day_long(arena, period->opened);
        const char *words =
            period->closed
                ? arena_format(
                      arena, "%s %s to %s (revision %lld to %lld).",
                      i + 1 < finding->periods.n ? "Before that, there from" : "There from", first,
                      day_long(arena, period->closed), (long long)period->opened_revision,
                      (long long)period->closed_revision)
                : arena_format(arena, "%s since %s (revision %lld).", i ? "There again" : "There",
                               first, (long long)period->opened_revision);
        print_wrapped(printer, "    ", NULL, words);
    }
}

static void decision_print(struct printer *printer, struct arena *arena,
                           const struct finding_decision *decision) {
    struct text words = text_new(arena);
    text_add(&words, text_capital(arena, decision_names[decision->what]));
    if (decision->assigned_to)
        text_add_format(&words, " to %s", decision->assigned_to);
    if (decision->review)
        text_add_format(&words, " until %s", day_long(arena, decision->review));
    text_add_format(&words, ", by %s on %s.", decision->author ? decision->author : "somebody",
                    day_of(arena, decision->at));
    if (decision->reason)
        text_add_format(&words, " Why: %s", decision->reason);
    print_wrapped(printer, "    ", NULL, words.bytes);
}

/* The last one, and to whom it was assigned before that. */
static void decisions_print(struct printer *printer, struct arena *arena,
                            const struct kept_finding *finding) {
    const struct finding_decision *last = last_decision(finding),
                                  *assignment = kept_finding_assignment(finding);
    if (!last)
        return;
    decision_print(printer, arena, last);
    if (assignment && assignment != last)
        decision_print(printer, arena, assignment);
    if (finding->to_review)
        print_wrapped(printer, "    ", NULL, "The day of review has come: it counts as open.");
}

void findings_print_text(struct printer *printer, struct arena *arena,
                         const struct kept_findings *findings,
                         const struct findings_choice *choice) {
    size_t shown = 0;
    head_print(printer, arena, findings);
    for (size_t i = 0; i < findings->list.n; i++) {
        const struct kept_finding *finding = &findings->list.items[i];
        if (!findings_chosen(choice, finding))
            continue;
        fputc('\n', printer->out);
        print_wrapped(printer, "", "    ",
                      arena_format(arena, "%s, %s, %s: %s", finding->identity,
                                   finding_state_names[finding->state], finding->severity,
                                   kept_finding_sentence(finding, &choice->audience)));
        periods_print(printer, arena, finding);
        decisions_print(printer, arena, finding);
        shown++;
    }
    if (!shown && findings->revision)
        fputs("\nNothing to list here.\n", printer->out);
}

/* ---- for programs ---- */

static json_t *periods_json(const struct kept_finding *finding) {
    json_t *array = json_array();
    for (size_t i = 0; i < finding->periods.n; i++) {
        const struct finding_period *period = &finding->periods.items[i];
        json_t *closed = period->closed ? json_integer(period->closed_revision) : json_null();
        json_array_append_new(array,
                              json_pack("{s:s, s:I, s:s?, s:o}", "opened", period->opened,
                                        "opened_revision", (json_int_t)period->opened_revision,
                                        "closed", period->closed, "closed_revision", closed));
    }
    return array;
}

static json_t *decisions_json(const struct kept_finding *finding) {
    json_t *array = json_array();
    for (size_t i = 0; i < finding->decisions.n; i++) {
        const struct finding_decision *decision = &finding->decisions.items[i];
        json_array_append_new(array, json_pack("{s:s, s:s?, s:s, s:s?, s:s?, s:s?}", "what",
                                               decision_names[decision->what], "by",
                                               decision->author, "at", decision->at, "reason",
                                               decision->reason, "assigned_to",
                                               decision->assigned_to, "review", decision->review));
    }
    return array;
}

static json_t *finding_json(const struct kept_finding *finding, const struct audience *audience) {
    return json_pack("{s:s, s:s, s:b, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:o, s:s?, s:o}",
                     "id", finding->identity, "state", finding_state_names[finding->state],
                     "to_review", finding->to_review, "rule", finding->rule, "title",
                     finding->title, "about", finding->about, "level", finding->level, "outcome",
                     finding->outcome, "severity", finding->severity, "private", finding->private,
                     "sentence", kept_finding_sentence(finding, audience), "periods",
                     periods_json(finding), "assigned_to", kept_finding_assigned(finding),
                     "decisions", decisions_json(finding));
}

void findings_print_json(FILE *out, const struct kept_findings *findings,
                         const struct findings_choice *choice) {
    const struct programme *programme = &findings->programme;
    json_t *array = json_array();
    for (size_t i = 0; i < findings->list.n; i++)
        if (findings_chosen(choice, &findings->list.items[i]))
            json_array_append_new(array, finding_json(&findings->list.items[i], &choice->audience));
    json_print(out, json_pack("{s:s, s:s, s:I, s:I, s:s?, s:s?, s:s?, s:s, s:o}", "programme",
                              programme->key, "name", programme->name, "newest_revision",
                              (json_int_t)programme->revision, "revision",
                              (json_int_t)findings->revision, "day", findings->day, "made_at",
                              findings->made_at, "given_up", findings->given_up, "audience",
                              reader_names[choice->audience.reader], "findings", array));
}

static void finding_row_print(FILE *out, struct arena *arena, const struct kept_finding *finding,
                              const struct audience *audience) {
    const struct finding_decision *decision = last_decision(finding);
    const struct finding_period *period = last_period(finding);
    const char *cells[] = {
        finding->identity,
        finding_state_names[finding->state],
        kept_finding_sentence(finding, audience),
        finding->level,
        finding->outcome,
        finding->severity,
        finding->private ? "yes" : "no",
        period ? period->opened : NULL,
        period ? period->closed : NULL,
        arena_format(arena, "%zu", finding->periods.n),
        decision ? decision_names[decision->what] : NULL,
        kept_finding_assigned(finding),
        decision ? decision->reason : NULL,
        decision ? decision->review : NULL,
        decision ? decision->author : NULL,
        decision ? decision->at : NULL,
    };
    csv_row_print(out, arena, cells, sizeof cells / sizeof *cells);
}

void findings_print_csv(FILE *out, struct arena *arena, const struct kept_findings *findings,
                        const struct findings_choice *choice) {
    fputs("Name,State,Finding,Level,Outcome,Severity,Private,Since,Closed,Periods,Decision,"
          "Assigned to,Reason,Review,Decided by,Decided at\n",
          out);
    for (size_t i = 0; i < findings->list.n; i++)
        if (findings_chosen(choice, &findings->list.items[i]))
            finding_row_print(out, arena, &findings->list.items[i], &choice->audience);
}
