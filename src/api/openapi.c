#include "api/openapi.h"
#include "api/shapes.h"
#include "diagnosis/diagnosis.h"
#include "findings/findings.h"

static const char about[] = "Reads the records and findings of programmes in Ithaca. A key lets a "
                            "program read what the person who made it may "
                            "read, and no more: what is about somebody's own situation is left "
                            "out, except for that person and the lead. "
                            "Nothing can be written. Each page of a list says which revision of "
                            "the programme it was read at: where that "
                            "changes between two pages, records were saved meanwhile, and whoever "
                            "needs one picture begins again.";

/* ---- schemas that are no kind of record ---- */

static json_t *reference_to(const char *schema) {
    return json_pack("{s:o}", "$ref", json_sprintf("#/components/schemas/%s", schema));
}

static json_t *text_or_nothing(const char *words) {
    return json_pack("{s:[s, s], s:s}", "type", "string", "null", "description", words);
}

static json_t *text_of(const char *words) {
    return json_pack("{s:s, s:s}", "type", "string", "description", words);
}

static json_t *list_of(json_t *items, const char *words) {
    return json_pack("{s:s, s:o, s:s}", "type", "array", "items", items, "description", words);
}

static json_t *one_of(const char *const *values, size_t n, const char *words) {
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, json_string(values[i]));
    return json_pack("{s:s, s:o, s:s}", "type", "string", "enum", list, "description", words);
}

/* An object of which every property is there. */
static json_t *whole(json_t *properties) {
    json_t *required = json_array();
    const char *name;
    json_t *each;
    json_object_foreach(properties, name, each) json_array_append_new(required, json_string(name));
    return json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties, "required",
                     required, "additionalProperties", 0);
}

static json_t *time_schema(void) {
    json_t *schema = whole(json_pack(
        "{s:o, s:o, s:o}", "written", text_of("As people wrote it: \"about 2016\"."), "first",
        text_or_nothing("The first day it can mean (2015-01-01); null where nobody knows."), "last",
        text_or_nothing("The last day it can mean; null where nobody knows.")));
    json_object_set_new(schema, "description", json_string("A day, or what people know of it."));
    return schema;
}

static json_t *programme_schema(void) {
    return whole(json_pack(
        "{s:o, s:o, s:o, s:o}", "key", text_of("By which addresses name it."), "name",
        text_of("As people call it."), "role",
        text_of("The part that the key's owner takes in it."), "revision",
        json_pack("{s:s, s:s}", "type", "integer", "description", "One more with each save.")));
}

static json_t *finding_record_schema(void) {
    return whole(json_pack("{s:o, s:o, s:o, s:o}", "kind", text_of("Of record."), "key",
                           text_of("Its key."), "label", text_of("How people name it."), "said",
                           text_of("On whose word it rests.")));
}

static json_t *finding_schema(void) {
    json_t *properties =
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
                  text_of("The same as long as it is the same finding."), "rule",
                  text_of("Which rule found it."), "title", text_of("What the rule looks for."),
                  "sentence", text_of("What was found."), "next", text_of("What to do next."),
                  "level", one_of(level_names, LEVEL_COUNT, "Whose arrangements."), "outcome",
                  one_of(outcome_names, OUTCOME_COUNT, "Which outcome of leading it harms."),
                  "severity", one_of(severity_names, SEVERITY_COUNT, "How bad."));
    json_object_set_new(
        properties, "state",
        one_of(finding_state_names, FINDING_CLOSED, "What people decided about it."));
    json_object_set_new(properties, "since",
                        text_or_nothing("The day on which it was seen first."));
    json_object_set_new(properties, "source", text_of("Where the rule comes from."));
    json_object_set_new(
        properties, "evidence",
        text_of("Whether that says so (\"stated\"), or we conclude it (\"inferred\")."));
    json_object_set_new(properties, "private",
                        json_pack("{s:s, s:s}", "type", "boolean", "description",
                                  "Shown to the person it is about, and to the lead, only."));
    json_object_set_new(properties, "step",
                        text_or_nothing("Which of the eight steps answers it."));
    static const char *const lists[] = {"barriers", "mechanisms", "competences"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        json_object_set_new(properties, lists[i], list_of(text_of("An id."), "In the library."));
    json_object_set_new(properties, "records",
                        list_of(finding_record_schema(), "Those that make it true."));
    return whole(properties);
}

static json_t *problem_schema(void) {
    return whole(json_pack("{s:o, s:o, s:{s:s}, s:o}", "type", text_of("about:blank"), "title",
                           text_of("What is wrong."), "status", "type", "integer", "detail",
                           text_of("What to do.")));
}

/* A page of a list, whose things are called `things`. */
static json_t *page_schema(const char *things, json_t *thing) {
    json_t *properties =
        json_pack("{s:o, s:{s:s, s:s}, s:o}", "programme", text_of("Its key."), "revision", "type",
                  "integer", "description", "At which it was read.", things,
                  list_of(thing, "At most as many as the limit."));
    json_object_set_new(
        properties, "next",
        text_or_nothing("The address of the page after this one; null: there is none."));
    return whole(properties);
}

static json_t *record_schema(const char *kind) {
    return whole(json_pack("{s:o, s:o, s:o, s:o}", "kind",
                           json_pack("{s:s, s:s}", "type", "string", "const", kind), "key",
                           text_of("By which addresses and other records name it."), "label",
                           text_of("How people name it."), "values", reference_to(kind)));
}

static json_t *schemas_make(struct arena *arena) {
    json_t *schemas =
        json_pack("{s:o, s:o, s:o, s:o}", "time", time_schema(), "programme_of_mine",
                  programme_schema(), "finding", finding_schema(), "problem", problem_schema());
    for (size_t k = 0; k < kind_count; k++)
        json_object_set_new(schemas, kinds[k]->name, shape_of_kind(arena, kinds[k]));
    return schemas;
}

/* ---- addresses ---- */

static json_t *in_path(const char *name, const char *words) {
    return json_pack("{s:s, s:s, s:b, s:s, s:{s:s}}", "name", name, "in", "path", "required", 1,
                     "description", words, "schema", "type", "string");
}

static json_t *parameters_of_list(void) {
    json_t *limit = json_pack("{s:s, s:i, s:i, s:i}", "type", "integer", "minimum", 1, "maximum",
                              API_PAGE_MOST, "default", API_PAGE_USUAL);
    return json_pack("[o, {s:s, s:s, s:s, s:{s:s}}, {s:s, s:s, s:s, s:o}]",
                     in_path("programme", "The key of the programme."), "name", "after", "in",
                     "query", "description", "The key of the last one of the page before.",
                     "schema", "type", "string", "name", "limit", "in", "query", "description",
                     "How many at most.", "schema", limit);
}

static json_t *refusal(const char *words) {
    return json_pack("{s:s, s:{s:{s:o}}}", "description", words, "content",
                     "application/problem+json", "schema", reference_to("problem"));
}

static json_t *operation(const char *id, const char *summary, json_t *parameters, json_t *schema) {
    return json_pack("{s:{s:s, s:s, s:o, s:{s:{s:s, s:{s:{s:o}}}, s:{s:s}, s:o, s:o, s:o, s:o}}}",
                     "get", "operationId", id, "summary", summary, "parameters", parameters,
                     "responses", "200", "description", "What was asked for.", "content",
                     "application/json", "schema", schema, "304", "description",
                     "It is as it was when it was read last (If-None-Match).", "400",
                     refusal("Something in the address cannot be understood."), "401",
                     refusal("There is no key, or it has ended."), "403",
                     refusal("The key's owner may not read this."), "404",
                     refusal("There is nothing here, or it is not for the key's owner."));
}

static void kind_paths_add(struct arena *arena, json_t *paths, const struct kind *kind) {
    json_t *of_one = json_pack("[o, o]", in_path("programme", "The key of the programme."),
                               in_path("key", "The record's key, percent-encoded."));
    json_object_set_new(paths, arena_format(arena, "/p/{programme}/records/%s", kind->name),
                        operation(arena_format(arena, "list_%s", kind->name), kind->sheet,
                                  parameters_of_list(),
                                  page_schema("records", record_schema(kind->name))));
    json_object_set_new(paths, arena_format(arena, "/p/{programme}/record/%s/{key}", kind->name),
                        operation(arena_format(arena, "read_%s", kind->name), kind->what, of_one,
                                  record_schema(kind->name)));
}

static json_t *state_parameter(void) {
    return json_pack("{s:s, s:s, s:s, s:o}", "name", "state", "in", "query", "description",
                     "Only those in this state.", "schema",
                     one_of(finding_state_names, FINDING_CLOSED, "A state."));
}

static json_t *paths_make(struct arena *arena) {
    json_t *paths = json_object(), *of_findings = parameters_of_list();
    json_object_set_new(
        paths, "/programmes",
        operation("list_programmes", "The programmes that the key reads", json_array(),
                  whole(json_pack("{s:o}", "programmes",
                                  list_of(reference_to("programme_of_mine"), "All of them.")))));
    json_array_append_new(of_findings, state_parameter());
    json_object_set_new(paths, "/p/{programme}/findings",
                        operation("list_findings",
                                  "What the diagnosis finds now, as the key's owner may see it",
                                  of_findings, page_schema("findings", reference_to("finding"))));
    for (size_t k = 0; k < kind_count; k++)
        kind_paths_add(arena, paths, kinds[k]);
    return paths;
}

json_t *openapi_make(struct arena *arena) {
    return json_pack(
        "{s:s, s:{s:s, s:s, s:s}, s:[{s:s}], s:[{s:[]}], s:o, s:{s:{s:{s:s, s:s}}, s:o}}",
        "openapi", "3.1.0", "info", "title", "Ithaca", "version", ITHACA_VERSION, "description",
        about, "servers", "url", "/api/v1", "security", "key", "paths", paths_make(arena),
        "components", "securitySchemes", "key", "type", "http", "scheme", "bearer", "schemas",
        schemas_make(arena));
}
