/* Checking rules: that they run, that their sentences say what they can, and that they do on their
 * fixtures what the fixtures expect. */
#ifndef ITHACA_RULE_CHECK_H
#define ITHACA_RULE_CHECK_H

#include "diagnosis/diagnosis.h"

/* Runs every rule on an empty workbench: SQL errors, parameters without a threshold, and names in
 * sentences or in `identity` that the SELECT has no column for are problems. */
enum err rules_check(struct arena *arena, const struct rules *rules,
                     struct problems *problems) MUST_CHECK;

struct tally {
    unsigned passed, failed;
};

/* Tries a rule on each fixture beside its file: for rules/alignment/A1.md those are
 * rules/alignment/A1.*.sheets. A fixture is a workbook in one text file with one more sheet,
 * [expect], that says on each line what the rule must find, and nothing else:
 *
 *     as of,2026-06-30
 *     finding,A1/shared-budget
 *     finding,A1/start,organisation,unclear-decision-maker    (with level and barriers)
 *     in place,2
 *     cannot tell,decision_right
 *
 * Prints a line for each fixture. */
enum err rule_test(struct arena *arena, const struct content *content, const char *path, FILE *out,
                   struct tally *tally, struct problems *problems) MUST_CHECK;

#endif
