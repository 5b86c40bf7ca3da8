/* Answering on the page of a finding, where its next move is the visitor's. */
#include "actions/finding_pages.h"
#include "base/text.h"
#include "findings/known_pages.h"
#include "replies/ask_pages.h"
#include "replies/reply_pages.h"
#include "store/programme.h"
#include "web/layout.h"
#include "web/route.h"

page_handler reply_do;

/* What was filled in; what is wrong with it goes into the form. */
static bool form_read(const struct request *request, struct reply_view *form,
                      struct reply_wish *out) {
    const char *what = request_filled(request, "what");
    int kind = what ? name_index(reply_names, REPLY_KINDS, what) : -1;
    *form = (struct reply_view){.what = what, .words = request_field(request, "words")};
    out->what = (enum reply_kind)kind;
    out->words = text_typed(request->arena, request_field(request, "words"));
    if (kind < 0 || kind >= REPLY_DONE)
        form->what_error = "Choose one of the four";
    form->words_error = reply_words_error(out->words);
    if (!out->words && kind == REPLY_ANOTHER_DATE)
        form->words_error = "Say which date";
    else if (!out->words && kind == REPLY_SOMETHING_ELSE)
        form->words_error = "Say it in your own words";
    return !form->what_error && !form->words_error;
}

/* Somebody else decides now, or it was given to somebody else. */
static void not_asked(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_CONFLICT, "This is not asked of you now",
                   "It is for others to answer, or it has been set aside meanwhile. Nothing was "
                   "changed.");
}

static enum err page_again(const struct request *request, struct response *response,
                           const struct finding_page *page, struct reply_view *form) {
    form_fault_add(request->arena, &form->faults, "answer-yes", form->what_error);
    form_fault_add(request->arena, &form->faults, "answer-words", form->words_error);
    enum err err = finding_page_put(request, response, page, NULL, form);
    response->status = STATUS_BAD_REQUEST;
    return err;
}

static enum err reply_save(struct request *request, struct response *response,
                           const struct finding_page *page) {
    const struct programme *programme = &request->visitor.programme;
    struct reply_wish wish = {.finding = page->kept->id,
                              .person = page->seen.records.list.items[0],
                              .author = request->visitor.name,
                              .token = request_filled(request, "token")};
    struct reply_view form;
    bool kept = false;
    enum err err = OK;
    if (form_read(request, &form, &wish)) {
        err = reply_keep(request->db, request->arena, programme, &wish, &kept);
        if (!kept)
            form.words_error = "You have answered this many times. Speak with whoever leads the "
                               "programme";
    }
    if (err)
        return err;
    if (!kept)
        return page_again(request, response, page, &form);
    response_see_other(response, arena_format(request->arena, "%s?answered=1",
                                              url_to(request->arena, ROUTE_finding, programme->key,
                                                     page->finding->id)));
    return OK;
}

enum err reply_do(struct request *request, struct response *response) {
    struct finding_page page;
    struct asking asking;
    struct asked asked = {0};
    struct programme locked = request->visitor.programme;
    /* Before it is read: who is asked may be another one meanwhile. */
    enum err err = programme_lock(request->db, request->arena, &locked);
    if (!err)
        err = finding_page_read(request, &page);
    if (err)
        return err;
    if (!page.kept)
        return finding_gone(request, response, &page.seen);
    err = asking_read(request, &page.seen, &asking);
    if (!err)
        err = asked_of(request, &page.seen, &asking, page.finding, &asked);
    if (err)
        return err;
    if (!asked_may_answer(request, &asked) || is_at_rest(page.kept)) {
        not_asked(request, response);
        return OK;
    }
    return reply_save(request, response, &page);
}
