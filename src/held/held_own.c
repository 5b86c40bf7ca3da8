#include "held/held_own.h"
#include "base/text.h"
#include "findings/shown.h"
#include "record/personal.h"
#include "store/stored.h"

struct own {
    struct arena *arena;
    const struct held *held;
    const struct held_programme *programme;
    struct names keys; /* by which they stand on its sheet People */
    bool is_lead;
    struct shown shown; /* the diagnosis as it is for them */
    bool leaves_out;    /* something was */
};

enum role held_role(const struct held *held, const struct programme *programme) {
    for (size_t i = 0; i < held->person.memberships.n; i++) {
        const struct membership *membership = &held->person.memberships.items[i];
        int role = name_index(role_names, ROLE_COUNT, membership->role);
        if (membership->programme.id == programme->id && role >= 0)
            return (enum role)role;
    }
    return ROLE_NONE;
}

/* ---- records ---- */

static const char *personal_drop(void *context, const struct field *field, const char *value) {
    const struct kind *kind = context;
    return field && field_is_personal(kind, field) ? NULL : value;
}

/* The version as they may read it; false if not at all. `is_cut` where something is left out. */
static bool version_cut(const struct own *own, const struct kind *kind,
                        struct held_version *version, bool *is_cut) {
    const char **cells = arena_alloc_array(own->arena, kind_field_count(kind), sizeof *cells);
    const struct record record = {.kind = kind, .id = "", .values = cells};
    if (stored_read(own->arena, kind, version->content, cells) != OK)
        return false;
    const char *person = text_equal(kind->name, "person")
                             ? cells[0]
                             : record_personal(&record); /* its key is first */
    const char *whole = version->content;
    if (!person || names_contain(&own->keys, person))
        return true;
    if (kind_is_personal(kind) ||
        stored_alter(own->arena, kind, whole, personal_drop, (void *)kind, &version->content) != OK)
        return false;
    *is_cut |= version->content != whole;
    return true;
}

/* Without the headings of what is left out. */
static struct names fields_cut(struct arena *arena, const struct kind *kind,
                               const struct names *fields) {
    struct names left = {0};
    for (size_t f = 0; kind->fields[f].name; f++) {
        const char *heading = field_heading(arena, &kind->fields[f]);
        if (!field_is_personal(kind, &kind->fields[f]) && names_contain(fields, heading))
            list_add(arena, &left.list, heading);
    }
    return left;
}

static void record_cut(struct own *own, const struct held_record *record,
                       struct held_programme *out) {
    struct held_record left = *record;
    bool is_cut = false;
    left.versions.items = NULL;
    left.versions.n = left.versions.room = 0;
    for (size_t i = 0; i < record->versions.n; i++) {
        struct held_version version = record->versions.items[i];
        if (version_cut(own, record->kind, &version, &is_cut))
            list_add(own->arena, &left.versions, version);
    }
    if (is_cut)
        left.fields = fields_cut(own->arena, record->kind, &record->fields);
    own->leaves_out |= is_cut || left.versions.n < record->versions.n;
    if (left.versions.n && left.fields.list.n)
        list_add(own->arena, &out->others, left);
}

/* ---- findings ---- */

static bool may_read(const struct own *own, const struct held_finding *finding) {
    if (finding->is_private)
        return own->is_lead ||
               (finding->private_to && names_contain(&own->keys, finding->private_to));
    return own->is_lead || shown_find(&own->shown, finding->identity);
}

/* What they decided, and what was given to them. */
static bool is_theirs(const struct own *own, const struct held_decision *decision) {
    return (decision->author && text_equal(decision->author, own->held->person.name)) ||
           (decision->assigned_to && names_contain(&own->keys, decision->assigned_to));
}

static struct held_finding finding_unnamed(const struct held_finding *finding) {
    return (struct held_finding){.id = finding->id,
                                 .identity = "",
                                 .sentence = "a finding that is not for you to read now",
                                 .is_open = finding->is_open};
}

static void finding_cut(struct own *own, const struct held_finding *finding,
                        struct held_programme *out) {
    struct held_finding left = finding_unnamed(finding);
    if (may_read(own, finding)) {
        list_add(own->arena, &out->findings, *finding);
        return;
    }
    own->leaves_out = true;
    for (size_t i = 0; i < finding->decisions.n; i++)
        if (is_theirs(own, &finding->decisions.items[i]))
            list_add(own->arena, &left.decisions, finding->decisions.items[i]);
    if (left.decisions.n)
        list_add(own->arena, &out->findings, left);
}

/* ---- answers ---- */

/* Their own, whatever it was about. */
static void reply_cut(struct own *own, const struct held_reply *reply, struct held_programme *out) {
    struct held_reply left = *reply;
    if (!reply->is_theirs) {
        own->leaves_out = true;
        return;
    }
    if (reply->finding.id && !may_read(own, &reply->finding)) {
        own->leaves_out = true;
        left.finding = finding_unnamed(&reply->finding);
    }
    list_add(own->arena, &out->replies, left);
}

/* ---- all of it ---- */

static enum err programme_cut(struct db *db, struct own *own, struct held_programme *out) {
    const struct held_programme *whole = own->programme;
    const struct person *person = &own->held->person;
    own->keys = (struct names){0};
    own->is_lead = held_role(own->held, &whole->programme) == ROLE_LEAD;
    for (size_t i = 0; i < person->records.n; i++)
        if (person->records.items[i].programme.id == whole->programme.id)
            list_add(own->arena, &own->keys.list, person->records.items[i].key);
    enum err err = shown_read(db, own->arena, &whole->programme, own->is_lead, &own->shown);
    *out = *whole;
    if (err || own->is_lead)
        return err;
    out->others.items = NULL;
    out->others.n = out->others.room = 0;
    out->findings.items = NULL;
    out->findings.n = out->findings.room = 0;
    out->replies.items = NULL;
    out->replies.n = out->replies.room = 0;
    for (size_t i = 0; i < whole->others.n; i++)
        record_cut(own, &whole->others.items[i], out);
    for (size_t i = 0; i < whole->findings.n; i++)
        finding_cut(own, &whole->findings.items[i], out);
    for (size_t i = 0; i < whole->replies.n; i++)
        reply_cut(own, &whole->replies.items[i], out);
    return OK;
}

enum err held_own_read(struct db *db, struct arena *arena, const char *login, struct held *out) {
    struct held whole;
    enum err err = rights_read_own(db, arena, login, HELD_OWN_MOST, &whole);
    struct own own = {.arena = arena, .held = &whole};
    if (err)
        return err;
    *out = whole;
    out->programmes.items = NULL;
    out->programmes.n = out->programmes.room = 0;
    for (size_t i = 0; !err && i < whole.programmes.n; i++) {
        struct held_programme programme;
        own.programme = &whole.programmes.items[i];
        err = programme_cut(db, &own, &programme);
        list_add(arena, &out->programmes, programme);
    }
    if (own.leaves_out)
        out->left_out = "Not told here: what is private to other people, and what the programme "
                        "lead has not shared yet.";
    return err;
}
