/* What is wrong with a form that was sent, as it is told above it when it comes back (form.html).
 */
#ifndef ITHACA_FORM_H
#define ITHACA_FORM_H

#include "base/arena.h"
#include "base/list.h"

struct form_fault {
    const char *field, *words; /* `field`: its id; NULL: the fault is none of one field */
};
struct form_faults {
    LIST(struct form_fault) list;
};

/* Does nothing where `words` is NULL. */
void form_fault_add(struct arena *arena, struct form_faults *faults, const char *field,
                    const char *words);

#endif
