#include "findings/shown.h"
#include "base/text.h"
#include <jansson.h>

static const char *text_of(struct arena *arena, const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    return text ? arena_copy(arena, text) : NULL;
}

static struct names names_of(struct arena *arena, const json_t *object, const char *name) {
    struct names names = {0};
    const json_t *array = json_object_get(object, name);
    for (size_t i = 0; i < json_array_size(array); i++)
        list_add(arena, &names.list,
                 arena_copy(arena, json_string_value(json_array_get(array, i))));
    return names;
}

static struct shown_finding finding_of(struct arena *arena, const json_t *object) {
    struct shown_finding finding = {
        .is_private = json_is_true(json_object_get(object, "private")),
        .barriers = names_of(arena, object, "barriers"),
        .mechanisms = names_of(arena, object, "mechanisms"),
        .competences = names_of(arena, object, "competences"),
    };
    const struct {
        const char *name, **place;
    } parts[] = {
        {"id", &finding.id},
        {"rule", &finding.rule},
        {"title", &finding.title},
        {"about", &finding.about},
        {"level", &finding.level},
        {"outcome", &finding.outcome},
        {"severity", &finding.severity},
        {"effect", &finding.effect},
        {"sentence", &finding.sentence},
        {"next", &finding.next},
        {"basis", &finding.basis},
        {"source", &finding.source},
        {"evidence", &finding.evidence},
        {"step", &finding.step},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        *parts[i].place = text_of(arena, object, parts[i].name);
    const json_t *records = json_object_get(object, "records");
    for (size_t i = 0; i < json_array_size(records); i++) {
        const json_t *record = json_array_get(records, i);
        list_add(
            arena, &finding.records,
            (struct shown_record){text_of(arena, record, "kind"), text_of(arena, record, "key"),
                                  text_of(arena, record, "sheet"), text_of(arena, record, "label"),
                                  text_of(arena, record, "said")});
    }
    return finding;
}

static struct shown_evidence evidence_of(struct arena *arena, const json_t *object) {
    return (struct shown_evidence){
        .level = text_of(arena, object, "level"),
        .outcome = text_of(arena, object, "outcome"),
        .sentence = text_of(arena, object, "sentence"),
        .since = text_of(arena, object, "since"),
    };
}

static void cell_take(struct arena *arena, const json_t *object, struct shown *out) {
    const char *level = json_string_value(json_object_get(object, "level"));
    const char *outcome = json_string_value(json_object_get(object, "outcome"));
    int row = level ? name_index(level_names, LEVEL_COUNT, level) : -1;
    int column = outcome ? name_index(outcome_names, OUTCOME_COUNT, outcome) : -1;
    if (row < 0 || column < 0)
        return;
    out->grid[row][column] = (struct shown_cell){
        .reading = text_of(arena, object, "reading"),
        .in_order = (size_t)json_integer_value(json_object_get(object, "for")),
        .findings = (size_t)json_integer_value(json_object_get(object, "against")),
    };
}

static void content_take(struct arena *arena, const char *content, struct shown *out) {
    json_t *root = json_loads(content, 0, NULL);
    const json_t *findings = json_object_get(root, "findings");
    const json_t *in_place = json_object_get(root, "in_place");
    const json_t *grid = json_object_get(root, "grid");
    const json_t *requests = json_object_get(root, "requests");
    for (size_t i = 0; i < json_array_size(findings); i++)
        list_add(arena, &out->findings, finding_of(arena, json_array_get(findings, i)));
    for (size_t i = 0; i < json_array_size(in_place); i++)
        list_add(arena, &out->in_order, evidence_of(arena, json_array_get(in_place, i)));
    for (size_t i = 0; i < json_array_size(grid); i++)
        cell_take(arena, json_array_get(grid, i), out);
    for (size_t i = 0; i < json_array_size(requests); i++)
        list_add(arena, &out->requests.list,
                 text_of(arena, json_array_get(requests, i), "sentence"));
    json_decref(root);
}

enum err shown_read(struct db *db, struct arena *arena, const struct programme *programme,
                    bool unshared, struct shown *out) {
    struct db_rows rows;
    const char *content = NULL;
    *out = (struct shown){0};
    enum err err = db_query(db, SQL_diagnosis_shown,
                            DB_VALUES(db_integer(programme->id), db_integer(unshared)), &rows);
    if (!err && db_next(&rows)) {
        out->number = db_row_integer(&rows, 0);
        out->revision = db_row_integer(&rows, 1);
        out->day = db_row_copy(arena, &rows, 2);
        out->made_at = db_row_copy(arena, &rows, 3);
        out->shared_at = db_row_copy(arena, &rows, 4);
        content = db_row_text(&rows, 5);
        out->is_there = content;
    }
    if (content)
        content_take(arena, content, out);
    return db_rows_end(&rows, err);
}

const struct shown_finding *shown_find(const struct shown *shown, const char *id) {
    for (size_t i = 0; i < shown->findings.n; i++)
        if (text_equal(shown->findings.items[i].id, id))
            return &shown->findings.items[i];
    return NULL;
}

enum err shown_share(struct db *db, const struct programme *programme, int64_t number,
                     const char *author) {
    char now[DB_TIME_SIZE];
    db_now(now);
    return db_run(
        db, SQL_diagnosis_share,
        DB_VALUES(db_integer(programme->id), db_integer(number), db_text(now), db_text(author)));
}
