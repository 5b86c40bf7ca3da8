#include "accounts/invite.h"
#include "accounts/account.h"
#include "accounts/visitor.h"
#include "base/text.h"
#include "mail/mail.h"
#include "store/stored.h"
#include <stdlib.h>
#include <strings.h>

/* ---- who takes part ---- */

static void part_take(struct arena *arena, const struct db_rows *rows, struct part *out) {
    int role = name_index(role_names, ROLE_COUNT, db_row_text(rows, 3));
    *out = (struct part){
        .person = db_row_integer(rows, 0),
        .name = db_row_copy(arena, rows, 1),
        .email = db_row_copy(arena, rows, 2),
        .role = role < 0 ? ROLE_NONE : (enum role)role,
        .since = db_row_copy(arena, rows, 4),
        .has_account = db_row_integer(rows, 5) > 0,
        .has_signed_in = !db_row_null(rows, 6),
    };
    out->may_be_linked = out->has_account && !out->has_signed_in && db_row_integer(rows, 7) == 0 &&
                         db_row_integer(rows, 8) == 0;
}

static int part_compare(const void *a, const void *b) {
    const struct part *left = a, *right = b;
    if (left->role != right->role)
        return left->role < right->role ? -1 : 1;
    int name = strcasecmp(left->name, right->name);
    return name ? name : (left->person > right->person) - (left->person < right->person);
}

static enum err part_records_read(struct db *db, struct arena *arena,
                                  const struct programme *programme, struct taking_part *out) {
    const struct kind *kind = kind_find("person");
    const int name = kind_field_index(kind, "name");
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    struct db_rows rows;
    enum err err = db_query(db, SQL_part_records, DB_VALUES(db_integer(programme->id)), &rows);
    while (!err && db_next(&rows)) {
        struct part_record record = {.id = db_row_integer(&rows, 0),
                                     .key = db_row_copy(arena, &rows, 1),
                                     .person = db_row_null(&rows, 3) ? 0 : db_row_integer(&rows, 3),
                                     .joined_at = db_row_copy(arena, &rows, 4),
                                     .joined_by = db_row_copy(arena, &rows, 5)};
        bool readable = stored_read(arena, kind, db_row_text(&rows, 2), cells) == OK;
        record.name = readable && cells[name] ? cells[name] : record.key;
        list_add(arena, &out->records, record);
    }
    return db_rows_end(&rows, err);
}

enum err taking_part_read(struct db *db, struct arena *arena, const struct programme *programme,
                          struct taking_part *out) {
    struct db_rows rows;
    *out = (struct taking_part){0};
    enum err err = db_query(db, SQL_part_list, DB_VALUES(db_integer(programme->id)), &rows);
    while (!err && db_next(&rows)) {
        struct part part;
        part_take(arena, &rows, &part);
        list_add(arena, &out->parts, part);
    }
    err = db_rows_end(&rows, err);
    if (out->parts.n)
        qsort(out->parts.items, out->parts.n, sizeof *out->parts.items, part_compare);
    return err ? err : part_records_read(db, arena, programme, out);
}

const char *taking_part_leads(struct arena *arena, const struct taking_part *all) {
    struct names names = {0};
    for (size_t i = 0; i < all->parts.n; i++)
        if (all->parts.items[i].role == ROLE_LEAD)
            list_add(arena, &names.list, all->parts.items[i].name);
    return names.list.n ? text_enumerate(arena, names.list.items, names.list.n, names.list.n)
                        : NULL;
}

const struct part *part_of(const struct taking_part *all, int64_t person) {
    for (size_t i = 0; i < all->parts.n; i++)
        if (all->parts.items[i].person == person)
            return &all->parts.items[i];
    return NULL;
}

bool is_last_lead(const struct taking_part *all, const struct part *part) {
    for (size_t i = 0; i < all->parts.n; i++) {
        const struct part *other = &all->parts.items[i];
        if (other != part && other->role == ROLE_LEAD && other->has_account)
            return false;
    }
    return part->role == ROLE_LEAD;
}

/* As it is when nobody else can change it any more. */
static enum err locked_read(struct db *db, struct arena *arena, struct programme *programme,
                            struct taking_part *out) {
    enum err err = programme_lock(db, arena, programme);
    return err ? err : taking_part_read(db, arena, programme, out);
}

/* ---- links ---- */

/* 0 if there is none. */
static enum err account_ask(struct db *db, enum statement statement, struct db_value value,
                            int64_t *account) {
    struct db_rows rows;
    *account = 0;
    enum err err = db_query(db, statement, &value, 1, &rows);
    if (!err && db_next(&rows))
        *account = db_row_integer(&rows, 0);
    return db_rows_end(&rows, err);
}

/* In the place of those that were not used. */
static enum err link_renew(struct db *db, struct arena *arena, int64_t account,
                           struct invited *out) {
    enum err err = db_run(db, SQL_sign_in_link_remove_unused, DB_VALUES(db_integer(account)));
    return err ? err : sign_in_link_new(db, arena, account, &out->token);
}

enum err account_link(struct db *db, struct arena *arena, int64_t account, struct invited *out) {
    struct sign_in_account found;
    enum err err = account_read(db, arena, account, &found);
    *out = (struct invited){.name = found.name, .email = found.email};
    return err || !found.id ? err : link_renew(db, arena, account, out);
}

enum err part_link(struct db *db, struct arena *arena, struct programme *programme, int64_t person,
                   struct invited *out, enum part_result *result) {
    struct taking_part all;
    int64_t account;
    *out = (struct invited){0};
    enum err err = locked_read(db, arena, programme, &all);
    if (err)
        return err;
    const struct part *part = part_of(&all, person);
    *result = !part ? PART_GONE : part->may_be_linked ? PART_DONE : PART_NO_LINK;
    if (*result != PART_DONE)
        return OK;
    out->name = part->name;
    out->email = part->email;
    err = account_ask(db, SQL_account_of_person, db_integer(person), &account);
    return err ? err : link_renew(db, arena, account, out);
}

/* ---- inviting ---- */

bool email_valid(const char *text) {
    enum { EMAIL_MOST = 254 };
    const char *at = strchr(text, '@');
    return at && at != text && at[1] && !strchr(at + 1, '@') && !strpbrk(text, " \t/<>\"',;") &&
           !text_has_control(text) && strlen(text) <= EMAIL_MOST;
}

struct inviting {
    struct db *db;
    struct arena *arena;
    const struct programme *programme;
    const struct invitation *invitation;
    struct taking_part all;
    struct person person; /* id 0: to be made */
    const struct part_record *record;
    struct invited *out;
};

/* What stands in the way, before anything is written. */
static enum err obstacles_find(struct inviting *inviting) {
    const struct invitation *invitation = inviting->invitation;
    struct invited *out = inviting->out;
    const struct part *part = part_of(&inviting->all, inviting->person.id);
    if (part &&
        (part->role != invitation->role || (!part->may_be_linked && !invitation->by_administrator)))
        out->result = INVITE_TAKES_PART;
    for (size_t i = 0; invitation->record && i < inviting->all.records.n; i++)
        if (text_equal(inviting->all.records.items[i].key, invitation->record))
            inviting->record = &inviting->all.records.items[i];
    const struct part_record *record = inviting->record;
    if (invitation->record &&
        (!record || (record->person && record->person != inviting->person.id)))
        out->result = INVITE_RECORD_TAKEN;
    if (inviting->person.accounts.n)
        return OK;
    int64_t account;
    enum err err = account_ask(inviting->db, SQL_account_by_login,
                               db_text(email_fold(inviting->arena, invitation->email)), &account);
    if (account)
        out->result = INVITE_LOGIN_TAKEN;
    return err;
}

static enum err missing_make(struct inviting *inviting) {
    const struct invitation *invitation = inviting->invitation;
    struct person *person = &inviting->person;
    struct db *db = inviting->db;
    char now[DB_TIME_SIZE];
    bool has_account = person->accounts.n;
    enum err err = OK;
    db_now(now);
    if (!person->id)
        err = person_add(db, inviting->arena, invitation->name, invitation->email, person);
    if (!err && !has_account)
        err = account_add_for(db, inviting->arena, person->id, person->email);
    bool is_new = !part_of(&inviting->all, person->id);
    if (!err && is_new)
        err = db_run(db, SQL_part_add,
                     DB_VALUES(db_integer(inviting->programme->id), db_integer(person->id),
                               db_text(role_names[invitation->role]), db_text(now)));
    if (!err && is_new)
        err = db_run(db, SQL_member_links_end, DB_VALUES(db_integer(person->id)));
    if (!err && inviting->record && !inviting->record->person)
        err =
            db_run(db, SQL_person_record_add,
                   DB_VALUES(db_integer(inviting->programme->id), db_integer(inviting->record->id),
                             db_integer(person->id), db_text(now), db_integer(invitation->by)));
    return err;
}

/* A link, where one may be shown. */
static enum err link_if_allowed(struct inviting *inviting) {
    struct taking_part all;
    int64_t account;
    enum err err = taking_part_read(inviting->db, inviting->arena, inviting->programme, &all);
    if (err)
        return err;
    const struct part *part = part_of(&all, inviting->person.id);
    if (!part || (!part->may_be_linked && !inviting->invitation->by_administrator))
        return OK;
    err =
        account_ask(inviting->db, SQL_account_of_person, db_integer(inviting->person.id), &account);
    return err ? err : link_renew(inviting->db, inviting->arena, account, inviting->out);
}

enum err invite(struct db *db, struct arena *arena, struct programme *programme,
                const struct invitation *invitation, struct invited *out) {
    struct inviting inviting = {
        .db = db, .arena = arena, .programme = programme, .invitation = invitation, .out = out};
    *out = (struct invited){.result = INVITED};
    enum err err = locked_read(db, arena, programme, &inviting.all);
    if (!err)
        err = person_with_email(db, arena, invitation->email, &inviting.person);
    if (!err)
        err = obstacles_find(&inviting);
    if (err || out->result != INVITED)
        return err;
    err = missing_make(&inviting);
    out->name = inviting.person.name;
    out->email = inviting.person.email;
    for (size_t i = 0; i < inviting.person.accounts.n; i++)
        out->has_signed_in |= inviting.person.accounts.items[i].signed_in_at != NULL;
    if (!err)
        err = account_ask(db, SQL_account_of_person, db_integer(inviting.person.id), &out->account);
    return err ? err : link_if_allowed(&inviting);
}

enum err invitation_mail(struct db *db, struct arena *arena, const struct programme *programme,
                         const struct invited *invited) {
    const char *way = invited->has_signed_in
                          ? "You have an account already. Sign in as you are used to:\n\n" MAIL_SITE
                          : "This link lets you in, once, within two days; then you can choose a "
                            "password:\n\n" MAIL_LINK;
    const struct mail mail = {
        .account = invited->account,
        .kind = MAIL_INVITATION,
        .subject = arena_format(arena, "You are invited to %s", programme->name),
        .words = arena_format(arena,
                              "you are invited to take part in %s, in Ithaca.\n\n%s\n\nIf you do "
                              "not know what this is about, do nothing, and ask whoever leads it.",
                              programme->name, way),
    };
    return mail_add(db, &mail);
}

/* ---- changing ---- */

enum err part_change(struct db *db, struct arena *arena, struct programme *programme,
                     int64_t person, enum role role, enum part_result *result) {
    struct taking_part all;
    enum err err = locked_read(db, arena, programme, &all);
    if (err)
        return err;
    const struct part *part = part_of(&all, person);
    *result = !part                                           ? PART_GONE
              : role != ROLE_LEAD && is_last_lead(&all, part) ? PART_LAST_LEAD
                                                              : PART_DONE;
    if (*result != PART_DONE)
        return OK;
    if (role == ROLE_NONE)
        return db_run(db, SQL_member_remove,
                      DB_VALUES(db_integer(programme->id), db_integer(person)));
    return db_run(
        db, SQL_part_change,
        DB_VALUES(db_integer(programme->id), db_integer(person), db_text(role_names[role])));
}
