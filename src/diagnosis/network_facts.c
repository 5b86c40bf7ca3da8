#include "diagnosis/network_facts.h"

static struct fact_value measured(double number) {
    return (struct fact_value){.number = number};
}

static void person_add(struct workbench *workbench, const char *id,
                       const struct network_person *measures) {
    const struct fact_value values[] = {
        {.text = id},
        measured(measures->degree),
        measured(measures->component),
        measured(measures->core),
        measured(measures->cut_off),
        measured(measures->betweenness),
        measured(measures->effective_size),
    };
    workbench_fact_add(workbench, "insert into network_person values(?, ?, ?, ?, ?, ?, ?)", values,
                       sizeof values / sizeof *values);
}

static void whole_add(struct workbench *workbench, const struct network_measures *measures) {
    const struct fact_value values[] = {
        measured(measures->people),     measured(measures->ties),    measured(measures->isolates),
        measured(measures->components), measured(measures->largest), measured(measures->density),
    };
    workbench_fact_add(workbench, "insert into network values(?, ?, ?, ?, ?, ?)", values,
                       sizeof values / sizeof *values);
}

enum err network_facts_fill(struct workbench *workbench, struct arena *arena,
                            enum network_parts parts, struct problems *problems) {
    struct names people;
    struct network network;
    struct network_measures measures;
    bool person = workbench_fact_renew(workbench, "network_person", parts, partnership_tie_queries,
                                       PARTNERSHIP_TIE_QUERIES);
    bool whole = workbench_fact_renew(workbench, "network", parts, partnership_tie_queries,
                                      PARTNERSHIP_TIE_QUERIES);
    if (!person && !whole)
        return OK;
    enum err err = partnership_read_ties(workbench, arena, &people, &network, problems);
    if (!err)
        err = network_measure(arena, &network, parts, &measures, problems);
    if (err)
        return err;
    for (size_t i = 0; i < people.list.n; i++)
        person_add(workbench, people.list.items[i], &measures.persons[i]);
    whole_add(workbench, &measures);
    return OK;
}
