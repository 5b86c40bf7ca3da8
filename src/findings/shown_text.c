#include "findings/shown_text.h"
#include "base/text.h"
#include <stdlib.h>

enum { END = '\x1F' };

/* The letters with which things begin. */
enum {
    FINDING = 'F',
    PRIVATE_FINDING = 'P',
    RECORD = 'R',   /* of the finding before it, as are the next four */
    STANDING = 'S', /* of the record before it; not there in what was kept before there were any */
    BARRIER = 'B',
    MECHANISM = 'M',
    COMPETENCE = 'C',
    IN_ORDER = 'O',
    CELL = 'G',
    REQUEST = 'Q',
    OVERALL = 'W', /* the whole; not there in what was kept before there was any */
    DOUBTS = 'D',  /* how many questions stay open; the same */
    UNSURE = 'U',  /* a rule that cannot tell yet; the same */
};

/* A text of a thing: its name in JSON, its place in the struct, and whether it is NULL rather than
 * empty where there is none. */
struct piece {
    const char *name;
    size_t place;
    bool is_optional;
};

#define PIECE(of, name)                                                                            \
    { #name, offsetof(struct of, name), false }
#define OPTIONAL(of, name)                                                                         \
    { #name, offsetof(struct of, name), true }
static const struct piece finding_pieces[] = {
    PIECE(shown_finding, id),       PIECE(shown_finding, rule),    PIECE(shown_finding, title),
    PIECE(shown_finding, about),    PIECE(shown_finding, level),   PIECE(shown_finding, outcome),
    PIECE(shown_finding, severity), PIECE(shown_finding, effect),  PIECE(shown_finding, sentence),
    PIECE(shown_finding, next),     PIECE(shown_finding, basis),   PIECE(shown_finding, source),
    PIECE(shown_finding, evidence), OPTIONAL(shown_finding, step), {NULL, 0, false},
};
static const struct piece record_pieces[] = {
    OPTIONAL(shown_record, kind), OPTIONAL(shown_record, key),  OPTIONAL(shown_record, sheet),
    PIECE(shown_record, label),   OPTIONAL(shown_record, said), {NULL, 0, false},
};
static const struct piece evidence_pieces[] = {
    PIECE(shown_evidence, level),
    PIECE(shown_evidence, outcome),
    PIECE(shown_evidence, sentence),
    OPTIONAL(shown_evidence, since),
    {NULL, 0, false},
};

/* ---- writing ---- */

static const char *member(const json_t *object, const char *name) {
    return json_string_value(json_object_get(object, name));
}

/* What ends a piece is nothing that anybody can see, should it stand in the middle of one. */
static void piece_write(struct text *out, const char *piece) {
    size_t at = out->length;
    text_add(out, piece ? piece : "");
    for (; at < out->length; at++)
        if (out->bytes[at] == END)
            out->bytes[at] = ' ';
    text_add_char(out, END);
}

static void number_write(struct text *out, const json_t *number) {
    text_add_format(out, "%lld%c", (long long)json_integer_value(number), END);
}

static void thing_write(struct text *out, char letter, const struct piece *pieces,
                        const json_t *thing) {
    text_add_char(out, letter);
    for (; pieces->name; pieces++)
        piece_write(out, member(thing, pieces->name));
}

static void names_write(struct text *out, char letter, const json_t *names) {
    for (size_t i = 0; i < json_array_size(names); i++) {
        text_add_char(out, letter);
        piece_write(out, json_string_value(json_array_get(names, i)));
    }
}

static void record_write(struct text *out, const json_t *record) {
    const char *standing = member(record, "standing");
    thing_write(out, RECORD, record_pieces, record);
    if (!standing || !*standing)
        return;
    text_add_char(out, STANDING);
    piece_write(out, standing);
}

static void finding_write(struct text *out, const json_t *finding) {
    const json_t *records = json_object_get(finding, "records");
    bool is_private = json_is_true(json_object_get(finding, "private"));
    thing_write(out, is_private ? PRIVATE_FINDING : FINDING, finding_pieces, finding);
    for (size_t i = 0; i < json_array_size(records); i++)
        record_write(out, json_array_get(records, i));
    names_write(out, BARRIER, json_object_get(finding, "barriers"));
    names_write(out, MECHANISM, json_object_get(finding, "mechanisms"));
    names_write(out, COMPETENCE, json_object_get(finding, "competences"));
}

static void cell_write(struct text *out, const json_t *cell) {
    text_add_char(out, CELL);
    piece_write(out, member(cell, "level"));
    piece_write(out, member(cell, "outcome"));
    piece_write(out, member(cell, "reading"));
    number_write(out, json_object_get(cell, "for"));
    number_write(out, json_object_get(cell, "against"));
}

const char *shown_text_of(struct arena *arena, const json_t *diagnosis) {
    struct text out = text_new(arena);
    const json_t *findings = json_object_get(diagnosis, "findings");
    const json_t *in_order = json_object_get(diagnosis, "in_place");
    const json_t *grid = json_object_get(diagnosis, "grid");
    const json_t *requests = json_object_get(diagnosis, "requests");
    const json_t *doubts = json_object_get(diagnosis, "cannot_tell");
    const char *overall = member(diagnosis, "overall");
    if (overall) {
        text_add_char(&out, OVERALL);
        piece_write(&out, overall);
    }
    for (size_t i = 0; i < json_array_size(findings); i++)
        finding_write(&out, json_array_get(findings, i));
    for (size_t i = 0; i < json_array_size(in_order); i++)
        thing_write(&out, IN_ORDER, evidence_pieces, json_array_get(in_order, i));
    for (size_t i = 0; i < json_array_size(grid); i++)
        cell_write(&out, json_array_get(grid, i));
    for (size_t i = 0; i < json_array_size(requests); i++) {
        text_add_char(&out, REQUEST);
        piece_write(&out, member(json_array_get(requests, i), "sentence"));
    }
    if (json_array_size(doubts))
        text_add_format(&out, "%c%zu%c", DOUBTS, json_array_size(doubts), END);
    for (size_t i = 0; i < json_array_size(doubts); i++) {
        text_add_char(&out, UNSURE);
        piece_write(&out, member(json_array_get(doubts, i), "rule"));
    }
    return out.bytes;
}

/* ---- reading ---- */

/* Cuts the next piece off; NULL if there is none. */
static const char *piece_take(char **at) {
    char *piece = *at, *end = strchr(piece, END);
    if (!end)
        return NULL;
    *end = '\0';
    *at = end + 1;
    return piece;
}

static bool thing_take(char **at, const struct piece *pieces, void *thing) {
    for (; pieces->name; pieces++) {
        const char *text = piece_take(at);
        if (!text)
            return false;
        *(const char **)((char *)thing + pieces->place) =
            *text || !pieces->is_optional ? text : NULL;
    }
    return true;
}

static bool name_take(struct arena *arena, char **at, struct names *names) {
    const char *name = piece_take(at);
    if (name)
        list_add(arena, &names->list, name);
    return name;
}

static bool cell_take(char **at, struct shown *out) {
    const char *level = piece_take(at), *outcome = level ? piece_take(at) : NULL;
    const char *reading = outcome ? piece_take(at) : NULL;
    const char *in_order = reading ? piece_take(at) : NULL;
    const char *findings = in_order ? piece_take(at) : NULL;
    int row = level ? name_index(level_names, LEVEL_COUNT, level) : -1;
    int column = outcome ? name_index(outcome_names, OUTCOME_COUNT, outcome) : -1;
    if (!findings || row < 0 || column < 0)
        return false;
    out->grid[row][column] = (struct shown_cell){.reading = reading,
                                                 .in_order = strtoul(in_order, NULL, 10),
                                                 .findings = strtoul(findings, NULL, 10)};
    return true;
}

static bool finding_take(struct arena *arena, char **at, bool is_private, struct shown *out) {
    struct shown_finding finding = {.is_private = is_private};
    bool is_whole = thing_take(at, finding_pieces, &finding);
    list_add(arena, &out->findings, finding);
    return is_whole;
}

static bool standing_take(char **at, struct shown_finding *finding) {
    const char *standing = piece_take(at);
    if (finding->records.n)
        finding->records.items[finding->records.n - 1].standing = standing;
    return standing && finding->records.n;
}

/* What belongs to the last finding. */
static bool finding_add(struct arena *arena, char **at, char letter, struct shown *out) {
    struct shown_finding *finding =
        out->findings.n ? &out->findings.items[out->findings.n - 1] : NULL;
    struct shown_record record = {0};
    if (!finding)
        return false;
    switch (letter) {
    case BARRIER:
        return name_take(arena, at, &finding->barriers);
    case MECHANISM:
        return name_take(arena, at, &finding->mechanisms);
    case COMPETENCE:
        return name_take(arena, at, &finding->competences);
    case STANDING:
        return standing_take(at, finding);
    case RECORD:
        if (!thing_take(at, record_pieces, &record))
            return false;
        list_add(arena, &finding->records, record);
        return true;
    default:
        return false;
    }
}

static bool evidence_take(struct arena *arena, char **at, struct shown *out) {
    struct shown_evidence evidence = {0};
    bool is_whole = thing_take(at, evidence_pieces, &evidence);
    list_add(arena, &out->in_order, evidence);
    return is_whole;
}

static bool doubts_take(char **at, struct shown *out) {
    const char *doubts = piece_take(at);
    out->doubts = doubts ? strtoul(doubts, NULL, 10) : 0;
    return doubts;
}

static bool next_take(struct arena *arena, char **at, struct shown *out) {
    char letter = *(*at)++;
    switch (letter) {
    case FINDING:
    case PRIVATE_FINDING:
        return finding_take(arena, at, letter == PRIVATE_FINDING, out);
    case IN_ORDER:
        return evidence_take(arena, at, out);
    case CELL:
        return cell_take(at, out);
    case REQUEST:
        return name_take(arena, at, &out->requests);
    case DOUBTS:
        return doubts_take(at, out);
    case UNSURE:
        return name_take(arena, at, &out->unsure);
    case OVERALL:
        return (out->overall = piece_take(at));
    default:
        return finding_add(arena, at, letter, out);
    }
}

/* As it was kept once: what was shared then is still read. NULL if it is damaged. */
static char *from_json(struct arena *arena, const char *json) {
    json_t *root = json_loads(json, 0, NULL);
    char *text = root ? arena_copy(arena, shown_text_of(arena, root)) : NULL;
    json_decref(root);
    return text;
}

bool shown_text_read(struct arena *arena, char *text, struct shown *out) {
    char *at = *text == '{' ? from_json(arena, text) : text;
    bool is_whole = at;
    while (is_whole && *at)
        is_whole = next_take(arena, &at, out);
    if (is_whole)
        return true;
    out->findings.n = out->in_order.n = out->requests.list.n = out->unsure.list.n = 0;
    out->overall = NULL;
    out->doubts = 0;
    return false;
}
