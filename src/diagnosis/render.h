/* A diagnosis on paper: for people (text), for programs (JSON), for spreadsheets (CSV). */
#ifndef ITHACA_RENDER_H
#define ITHACA_RENDER_H

#include "base/print.h"
#include "diagnosis/diagnosis.h"

/* What to show; -1 or 0 for everything. */
struct selection {
    int level;   /* into level_names, or -1 */
    int outcome; /* enum outcome, or -1 */
    enum severity at_least;
    bool all_in_order; /* all that is in order, however long the list */
};

bool finding_selected(const struct selection *selection, const struct finding *finding);
bool evidence_selected(const struct selection *selection, const struct evidence *evidence);

void render_text(struct printer *printer, const struct diagnosis *diagnosis,
                 const struct selection *selection);
void render_json(FILE *out, const struct diagnosis *diagnosis, const struct selection *selection);
void render_csv(FILE *out, const struct diagnosis *diagnosis, const struct selection *selection);

/* One finding with all that is behind it. */
void render_why(struct printer *printer, const struct diagnosis *diagnosis,
                const struct finding *finding);

/* The first paragraph of a rule's "What to do": the next step, small enough for this week. */
char *rule_next_step(struct arena *arena, const struct rule *rule);
/* "sheet Decisions, row 4" */
char *record_where(struct arena *arena, const struct record *record);
/* On whose word it rests: "stated by the clinical lead, in Minutes of May, page 2" */
char *record_said(struct arena *arena, const struct records *records, const struct record *record);
/* "Kozłowska et al. 2020, Table 2 (stated)" */
char *rule_source(struct arena *arena, const struct content *content, const struct rule *rule);

#endif
