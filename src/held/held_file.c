#include "held/held_file.h"
#include "base/print.h"
#include "base/text.h"
#include "content/json.h"
#include "replies/replies.h"
#include "store/stored.h"
#include <jansson.h>

/* ---- as JSON ---- */

static json_t *record_json(const struct held_record *record) {
    json_t *versions = json_array();
    for (size_t i = 0; i < record->versions.n; i++) {
        const struct held_version *version = &record->versions.items[i];
        json_t *content = json_loads(version->content, 0, NULL);
        json_t *until = version->until ? json_integer(version->until) : json_null();
        json_array_append_new(versions,
                              json_pack("{s:I, s:s?, s:o, s:s?, s:o}", "revision",
                                        (json_int_t)version->revision, "saved_at", version->at,
                                        "until_revision", until, "until", version->until_at,
                                        "fields", content ? content : json_null()));
    }
    return json_pack("{s:s, s:s, s:s, s:o, s:o}", "sheet", record->kind->sheet, "key", record->key,
                     "label", record->label, "concerned_fields", names_json(&record->fields),
                     "versions", versions);
}

static json_t *finding_json(const struct held_finding *finding) {
    json_t *decisions = json_array();
    for (size_t i = 0; i < finding->decisions.n; i++) {
        const struct held_decision *decision = &finding->decisions.items[i];
        json_array_append_new(
            decisions, json_pack("{s:s, s:s?, s:s, s:s?, s:s?, s:s?}", "what", decision->what, "by",
                                 decision->author, "at", decision->at, "reason", decision->reason,
                                 "assigned_to", decision->assigned_to, "review", decision->review));
    }
    return json_pack("{s:s, s:s, s:b, s:b, s:o}", "id", finding->identity, "sentence",
                     finding->sentence, "about_the_person", finding->is_about, "open",
                     finding->is_open, "decisions", decisions);
}

static json_t *step_json(const struct held_step *step) {
    return json_pack("{s:s, s:s, s:s?, s:s, s:s?}", "step", step->step, "what", step->what, "by",
                     step->author, "at", step->at, "words", step->words);
}

static json_t *reply_json(const struct held_reply *reply) {
    bool is_finding = reply->finding.id != 0;
    return json_pack("{s:s, s:s?, s:s?, s:s, s:s?, s:s, s:s?, s:s?, s:s?, s:s?}", "about",
                     is_finding ? "finding" : "action", "id",
                     is_finding ? reply->finding.identity : reply->action, "sentence",
                     is_finding ? reply->finding.sentence : reply->title, "what", reply->what, "by",
                     reply->author, "at", reply->at, "words", reply->words, "taken_up_at",
                     reply->taken_up_at, "taken_up_by", reply->taken_up_by, "taken_up_words",
                     reply->taken_up_words);
}

static json_t *share_json(const struct held_share *share) {
    return json_pack("{s:s?, s:s}", "by", share->author, "at", share->at);
}

static json_t *brought_json(const struct held_brought *brought) {
    return json_pack("{s:s, s:s, s:s}", "by", brought->author, "at", brought->at, "file",
                     brought->file);
}

static json_t *document_json(const struct held_document *document) {
    return json_pack("{s:s?, s:s, s:s, s:s}", "by", document->author, "at", document->at, "file",
                     document->file, "document", document->document);
}

static json_t *learned_json(const struct held_learned *learned) {
    return json_pack("{s:s, s:s, s:s, s:s}", "by", learned->author, "at", learned->at, "why",
                     learned->why, "words", learned->words);
}

static json_t *programme_json(const struct held_programme *programme) {
    json_t *own = json_array(), *others = json_array(), *saves = json_array(),
           *findings = json_array(), *steps = json_array(), *answers = json_array(),
           *shares = json_array(), *brought = json_array(), *drafts = json_array(),
           *documents = json_array(), *learned = json_array();
    for (size_t i = 0; i < programme->own.n; i++)
        json_array_append_new(own, record_json(&programme->own.items[i]));
    for (size_t i = 0; i < programme->others.n; i++)
        json_array_append_new(others, record_json(&programme->others.items[i]));
    for (size_t i = 0; i < programme->saves.n; i++) {
        const struct revision *save = &programme->saves.items[i];
        json_array_append_new(saves, json_pack("{s:I, s:s, s:s?, s:s?}", "revision",
                                               (json_int_t)save->number, "at", save->at, "author",
                                               save->author, "reason", save->reason));
    }
    for (size_t i = 0; i < programme->findings.n; i++)
        json_array_append_new(findings, finding_json(&programme->findings.items[i]));
    for (size_t i = 0; i < programme->steps.n; i++)
        json_array_append_new(steps, step_json(&programme->steps.items[i]));
    for (size_t i = 0; i < programme->replies.n; i++)
        json_array_append_new(answers, reply_json(&programme->replies.items[i]));
    for (size_t i = 0; i < programme->shares.n; i++)
        json_array_append_new(shares, share_json(&programme->shares.items[i]));
    for (size_t i = 0; i < programme->brought.n; i++)
        json_array_append_new(brought, brought_json(&programme->brought.items[i]));
    for (size_t i = 0; i < programme->documents.n; i++)
        json_array_append_new(documents, document_json(&programme->documents.items[i]));
    for (size_t i = 0; i < programme->learned.n; i++)
        json_array_append_new(learned, learned_json(&programme->learned.items[i]));
    for (size_t i = 0; i < programme->drafts.n; i++)
        json_array_append_new(drafts,
                              json_pack("{s:s, s:s}", "meeting", programme->drafts.items[i].meeting,
                                        "words", programme->drafts.items[i].words));
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "key",
                     programme->programme.key, "name", programme->programme.name, "own_record", own,
                     "other_records", others, "saved", saves, "findings", findings, "steps", steps,
                     "answers", answers, "shared", shares, "lists", brought, "meetings_not_closed",
                     drafts, "documents", documents, "learned", learned);
}

static json_t *joined_json(const struct person_record *record) {
    return json_pack("{s:s, s:s, s:s?, s:s?}", "programme", record->programme.key, "key",
                     record->key, "joined_at", record->joined_at, "joined_by", record->joined_by);
}

static json_t *mails_json(const struct held *held) {
    json_t *all = json_array();
    for (size_t i = 0; i < held->mails.n; i++) {
        const struct held_mail *mail = &held->mails.items[i];
        json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s?}", "kind", mail->kind, "subject",
                                             mail->subject, "written_at", mail->made_at, "sent_at",
                                             mail->sent_at));
    }
    return all;
}

static json_t *meetings_json(const struct held *held) {
    json_t *all = json_array();
    for (size_t i = 0; i < held->meetings.n; i++) {
        const struct held_meeting *meeting = &held->meetings.items[i];
        json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s}", "programme",
                                             meeting->programme, "day", meeting->day, "state",
                                             meeting->state, "sent_at", meeting->sent_at));
    }
    return all;
}

void held_print_json(FILE *out, const struct held *held) {
    const struct person *person = &held->person;
    json_t *accounts = json_array(), *memberships = json_array(), *programmes = json_array(),
           *sessions = json_array(), *keys = json_array(), *requests = json_array(),
           *records = json_array();
    for (size_t i = 0; i < person->accounts.n; i++)
        json_array_append_new(
            accounts, json_pack("{s:s, s:s, s:s?, s:s?}", "login", person->accounts.items[i].login,
                                "created_at", person->accounts.items[i].created_at, "signed_in_at",
                                person->accounts.items[i].signed_in_at, "calendar_address_made_at",
                                person->accounts.items[i].calendar_at));
    for (size_t i = 0; i < held->sessions.n; i++) {
        const struct held_session *held_session = &held->sessions.items[i];
        json_array_append_new(sessions,
                              json_pack("{s:s, s:s, s:s, s:s?}", "login", held_session->login,
                                        "since", held_session->since, "until", held_session->until,
                                        "browser", held_session->agent));
    }
    for (size_t i = 0; i < held->keys.n; i++) {
        const struct held_key *key = &held->keys.items[i];
        json_array_append_new(keys, json_pack("{s:s, s:s, s:s, s:s, s:s?}", "login", key->login,
                                              "name", key->name, "since", key->made_at, "until",
                                              key->ends_at, "used_on", key->used_on));
    }
    for (size_t i = 0; i < held->requests.n; i++) {
        const struct held_request *asked = &held->requests.items[i];
        json_array_append_new(requests,
                              json_pack("{s:s, s:s, s:s, s:s, s:s}", "what", asked->what, "words",
                                        asked->words, "asked_on", asked->asked_on, "state",
                                        asked->state, "answer", asked->answer));
    }
    for (size_t i = 0; i < person->memberships.n; i++) {
        const struct membership *membership = &person->memberships.items[i];
        json_array_append_new(memberships, json_pack("{s:s, s:s, s:s, s:s?, s:s?}", "programme",
                                                     membership->programme.key, "role",
                                                     membership->role, "since", membership->since,
                                                     "visited_at", membership->visited_at,
                                                     "visited_before", membership->seen_before));
    }
    for (size_t i = 0; i < person->records.n; i++)
        json_array_append_new(records, joined_json(&person->records.items[i]));
    for (size_t i = 0; i < held->programmes.n; i++)
        json_array_append_new(programmes, programme_json(&held->programmes.items[i]));
    json_t *root = json_pack("{s:s, s:s?, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "name", person->name,
                             "email", person->email, "accounts", accounts, "sessions", sessions,
                             "keys", keys, "requests", requests, "memberships", memberships,
                             "joined_records", records, "programmes", programmes);
    json_object_set_new(root, "mails", mails_json(held));
    json_object_set_new(root, "meetings_sent", meetings_json(held));
    if (held->left_out)
        json_object_set_new(root, "left_out", json_string(held->left_out));
    json_print(out, root);
}

/* ---- for reading ---- */

static void fields_print(struct printer *printer, struct arena *arena, const struct kind *kind,
                         const char *content) {
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    if (stored_read(arena, kind, content, cells) != OK)
        return;
    for (size_t f = 0; kind->fields[f].name; f++)
        if (cells[f])
            print_wrapped(printer,
                          arena_format(arena, "      %s: ", field_heading(arena, &kind->fields[f])),
                          "        ", cells[f]);
}

static void record_print(struct printer *printer, struct arena *arena,
                         const struct held_record *record) {
    print_wrapped(printer, "  ", NULL,
                  arena_format(arena, "%s, %s", record->kind->sheet, record->label));
    if (record->fields.list.n)
        print_wrapped(printer, "    ", NULL,
                      arena_format(arena, "Refers to you, or names you, in: %s.",
                                   text_enumerate(arena, record->fields.list.items,
                                                  record->fields.list.n, record->fields.list.n)));
    for (size_t i = 0; i < record->versions.n; i++) {
        const struct held_version *version = &record->versions.items[i];
        fprintf(printer->out, "    Saved %.10s", version->at ? version->at : "on an unknown day");
        if (version->until_at)
            fprintf(printer->out, ", replaced or removed %.10s", version->until_at);
        fputs(":\n", printer->out);
        fields_print(printer, arena, record->kind, version->content);
    }
}

static void finding_print(struct printer *printer, struct arena *arena,
                          const struct held_finding *finding) {
    print_wrapped(printer, "  ", "    ",
                  arena_format(arena, "%s%s%s: %s", finding->identity,
                               *finding->identity ? ", " : "", finding->is_open ? "open" : "closed",
                               finding->sentence));
    for (size_t i = 0; i < finding->decisions.n; i++) {
        const struct held_decision *decision = &finding->decisions.items[i];
        struct text words = text_new(arena);
        text_add(&words, text_capital(arena, decision->what));
        if (decision->assigned_to)
            text_add_format(&words, " to %s", decision->assigned_to);
        if (decision->review)
            text_add_format(&words, " until %s", decision->review);
        text_add_format(&words, ", %.10s, by %s%s%s", decision->at,
                        decision->author ? decision->author : "somebody",
                        decision->reason ? ": " : "", decision->reason ? decision->reason : "");
        print_wrapped(printer, "    ", "      ", words.bytes);
    }
}

static void steps_print(struct printer *printer, struct arena *arena,
                        const struct held_programme *programme) {
    if (programme->steps.n)
        fputs("\nWhat you changed in the steps, or was written there with your name\n",
              printer->out);
    for (size_t i = 0; i < programme->steps.n; i++) {
        const struct held_step *step = &programme->steps.items[i];
        print_wrapped(printer, "  ", "    ",
                      arena_format(arena, "%s %s, %.10s, by %s%s%s",
                                   *step->step ? step->step : "All steps", step->what, step->at,
                                   step->author ? step->author : "somebody",
                                   step->words ? ": " : "", step->words ? step->words : ""));
    }
}

const char *held_reply_about(const struct held_reply *reply) {
    if (reply->finding.id)
        return reply->finding.sentence;
    return reply->title ? reply->title : "an action that was taken out";
}

const char *held_reply_title(const struct held_reply *reply) {
    int kind = name_index(reply_names, REPLY_KINDS, reply->what);
    return kind < 0 ? reply->what : reply_titles[kind];
}

static void replies_print(struct printer *printer, struct arena *arena,
                          const struct held_programme *programme) {
    if (programme->replies.n)
        fputs("\nWhat you answered or took up, or was answered with your name\n", printer->out);
    for (size_t i = 0; i < programme->replies.n; i++) {
        const struct held_reply *reply = &programme->replies.items[i];
        print_wrapped(printer, "  ", "    ",
                      arena_format(arena, "To: %s", held_reply_about(reply)));
        print_wrapped(printer, "    ", "      ",
                      arena_format(arena, "%s, %.10s, by %s%s%s", held_reply_title(reply),
                                   reply->at, reply->author ? reply->author : "somebody",
                                   reply->words ? ": " : "", reply->words ? reply->words : ""));
        if (reply->taken_up_at)
            print_wrapped(printer, "    ", "      ",
                          arena_format(arena, "Taken up, %.10s, by %s%s%s", reply->taken_up_at,
                                       reply->taken_up_by ? reply->taken_up_by : "somebody",
                                       reply->taken_up_words ? ": " : "",
                                       reply->taken_up_words ? reply->taken_up_words : ""));
    }
}

static void shares_print(struct printer *printer, struct arena *arena,
                         const struct held_programme *programme) {
    if (programme->shares.n)
        fputs("\nDiagnoses that you shared with everybody who takes part\n", printer->out);
    for (size_t i = 0; i < programme->shares.n; i++)
        print_wrapped(printer, "  ", "    ",
                      arena_format(arena, "%.10s, by %s", programme->shares.items[i].at,
                                   programme->shares.items[i].author));
}

static void brought_print(struct printer *printer, struct arena *arena,
                          const struct held_programme *programme) {
    if (programme->brought.n)
        fputs("\nLists of your own that you uploaded\n", printer->out);
    for (size_t i = 0; i < programme->brought.n; i++)
        print_wrapped(printer, "  ", "    ",
                      arena_format(arena, "%.10s, %s, by %s", programme->brought.items[i].at,
                                   programme->brought.items[i].file,
                                   programme->brought.items[i].author));
}

static void documents_print(struct printer *printer, struct arena *arena,
                            const struct held_programme *programme) {
    if (programme->documents.n)
        fputs("\nFiles of documents that you uploaded, or that are called by your name\n",
              printer->out);
    for (size_t i = 0; i < programme->documents.n; i++) {
        const struct held_document *document = &programme->documents.items[i];
        print_wrapped(printer, "  ", "    ",
                      arena_format(arena, "%.10s, %s, of the document %s, by %s", document->at,
                                   document->file, document->document,
                                   document->author ? document->author : "nobody who is known"));
    }
}

static void learned_print(struct printer *printer, struct arena *arena,
                          const struct held_programme *programme) {
    if (programme->learned.n)
        fputs("\nWhat was learned, in your words or naming you\n", printer->out);
    for (size_t i = 0; i < programme->learned.n; i++) {
        const struct held_learned *learned = &programme->learned.items[i];
        print_wrapped(printer, "  ", "    ",
                      arena_format(arena, "%.10s, by %s: %s %s", learned->at, learned->author,
                                   learned->words, learned->why));
    }
}

static void drafts_print(struct printer *printer, struct arena *arena,
                         const struct held_programme *programme) {
    if (programme->drafts.n)
        fputs("\nWritten at meetings that are not closed yet\n", printer->out);
    for (size_t i = 0; i < programme->drafts.n; i++)
        print_wrapped(printer, "  ", "    ",
                      arena_format(arena, "%s, %s", programme->drafts.items[i].meeting,
                                   programme->drafts.items[i].words));
}

static void programme_print(struct printer *printer, struct arena *arena,
                            const struct held_programme *programme) {
    print_heading(printer, arena_format(arena, "Programme: %s", programme->programme.name));
    fputs("\nYour own record\n", printer->out);
    for (size_t i = 0; i < programme->own.n; i++)
        record_print(printer, arena, &programme->own.items[i]);
    if (!programme->own.n)
        fputs("  There is none.\n", printer->out);
    fputs("\nOther records that refer to you or name you\n", printer->out);
    for (size_t i = 0; i < programme->others.n; i++)
        record_print(printer, arena, &programme->others.items[i]);
    if (!programme->others.n)
        fputs("  There are none.\n", printer->out);
    fputs("\nWhat you have saved, or was saved with your name in the reason\n", printer->out);
    for (size_t i = 0; i < programme->saves.n; i++) {
        const struct revision *save = &programme->saves.items[i];
        print_wrapped(printer, "  ", "    ",
                      arena_format(arena, "Revision %lld, %.10s, by %s%s%s",
                                   (long long)save->number, save->at,
                                   save->author ? save->author : "nobody who is known",
                                   save->reason ? ": " : "", save->reason ? save->reason : ""));
    }
    if (!programme->saves.n)
        fputs("  Nothing.\n", printer->out);
    fputs("\nFindings about you, given to you, or about which you decided something\n",
          printer->out);
    for (size_t i = 0; i < programme->findings.n; i++)
        finding_print(printer, arena, &programme->findings.items[i]);
    if (!programme->findings.n)
        fputs("  There are none.\n", printer->out);
    steps_print(printer, arena, programme);
    replies_print(printer, arena, programme);
    shares_print(printer, arena, programme);
    brought_print(printer, arena, programme);
    documents_print(printer, arena, programme);
    learned_print(printer, arena, programme);
    drafts_print(printer, arena, programme);
}

static const char *time_or_never(const char *time) {
    return time ? time : "never";
}

static void joined_print(FILE *out, const struct person_record *record) {
    if (record->joined_at)
        fprintf(out, "Record %s/%s, joined %.10s by %s\n", record->programme.key, record->key,
                record->joined_at, record->joined_by ? record->joined_by : "whoever runs the site");
}

static void membership_print(FILE *out, const struct membership *membership) {
    fprintf(out, "Member of %s, as %s, since %.10s, last there %.10s, before that %.10s\n",
            membership->programme.key, membership->role, membership->since,
            time_or_never(membership->visited_at), time_or_never(membership->seen_before));
}

void held_print_text(FILE *out, struct arena *arena, const struct held *held) {
    struct printer printer = {.out = out};
    const struct person *person = &held->person;
    print_wrapped(&printer, "", NULL, arena_format(arena, "What is held about %s", person->name));
    fputc('\n', out);
    if (held->left_out)
        print_wrapped(&printer, "", NULL, held->left_out);
    fprintf(out, "Email: %s\n", person->email ? person->email : "none is held");
    for (size_t i = 0; i < person->accounts.n; i++)
        fprintf(out, "Account: %s, since %.10s, last signed in %.10s\n",
                person->accounts.items[i].login, person->accounts.items[i].created_at,
                time_or_never(person->accounts.items[i].signed_in_at));
    for (size_t i = 0; i < person->accounts.n; i++)
        if (person->accounts.items[i].calendar_at)
            fprintf(out, "Address of a calendar: for %s, since %.10s\n",
                    person->accounts.items[i].login, person->accounts.items[i].calendar_at);
    if (!person->accounts.n)
        fputs("Account: none\n", out);
    for (size_t i = 0; i < held->sessions.n; i++)
        print_wrapped(&printer, "", "  ",
                      arena_format(arena, "Signed in as %s since %.10s, in: %s",
                                   held->sessions.items[i].login, held->sessions.items[i].since,
                                   held->sessions.items[i].agent ? held->sessions.items[i].agent
                                                                 : "a browser without a name"));
    for (size_t i = 0; i < held->requests.n; i++)
        print_wrapped(&printer, "", "  ",
                      arena_format(arena, "Asked for on %s: %s. %s (%s) %s",
                                   held->requests.items[i].asked_on, held->requests.items[i].what,
                                   held->requests.items[i].words, held->requests.items[i].state,
                                   held->requests.items[i].answer));
    for (size_t i = 0; i < held->keys.n; i++)
        print_wrapped(&printer, "", "  ",
                      arena_format(arena, "Key for other programs: \"%s\", for %s, %.10s to %.10s",
                                   held->keys.items[i].name, held->keys.items[i].login,
                                   held->keys.items[i].made_at, held->keys.items[i].ends_at));
    for (size_t i = 0; i < held->mails.n; i++)
        print_wrapped(&printer, "", "  ",
                      arena_format(arena, "Mail of %.10s: %s", held->mails.items[i].made_at,
                                   held->mails.items[i].subject));
    for (size_t i = 0; i < held->meetings.n; i++)
        print_wrapped(&printer, "", "  ",
                      arena_format(arena, "Meeting sent into the calendar on %.10s: of %s, %s (%s)",
                                   held->meetings.items[i].sent_at,
                                   held->meetings.items[i].programme, held->meetings.items[i].day,
                                   held->meetings.items[i].state));
    for (size_t i = 0; i < person->memberships.n; i++)
        membership_print(out, &person->memberships.items[i]);
    for (size_t i = 0; i < person->records.n; i++)
        joined_print(out, &person->records.items[i]);
    for (size_t i = 0; i < held->programmes.n; i++)
        programme_print(&printer, arena, &held->programmes.items[i]);
}
