/* What if, on paper: for people, and for programs. */
#ifndef ITHACA_WHATIF_RENDER_H
#define ITHACA_WHATIF_RENDER_H

#include "base/print.h"
#include "whatif/whatif.h"

void whatif_render_text(struct printer *printer, const struct whatif *whatif);
void whatif_render_json(FILE *out, const struct whatif *whatif);
/* The handover sheet of one person. */
void handover_render_text(struct printer *printer, const struct whatif *whatif,
                          const struct handover *handover);

void sweep_render_text(struct printer *printer, const struct whatif_question *question,
                       const struct sweep *sweep);
void sweep_render_json(FILE *out, const struct whatif_question *question,
                       const struct sweep *sweep);
void sweep_render_csv(FILE *out, const struct whatif_question *question, const struct sweep *sweep);

#endif
