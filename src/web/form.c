#include "web/form.h"

void form_fault_add(struct arena *arena, struct form_faults *faults, const char *field,
                    const char *words) {
    if (words)
        list_add(arena, &faults->list, (struct form_fault){field, words});
}
