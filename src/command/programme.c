/* ithaca programme: what is in a database. */
#include "store/programme.h"
#include "base/text.h"
#include "command/options.h"
#include "command/store.h"
#include "content/json.h"
#include "store/counts.h"

extern const struct command programme_command;

static const char *const verbs[] = {"list", "show"};
enum { VERB_LIST, VERB_SHOW, VERB_COUNT };
static const char *const formats[] = {"text", "json"};
enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_COUNT };

struct programme_options {
    const char *url, *key;
    int verb, format;
};

static bool arguments_read(struct arena *arena, struct programme_options *out, int argc,
                           char **argv) {
    struct names words;
    const struct option options[] = {
        {"--db", .text = &out->url},
        {"--format", .choice = &out->format, .choices = formats, .choice_count = FORMAT_COUNT},
        {0},
    };
    if (!options_read_words(&programme_command, arena, options, argc, argv, &words, 2))
        return false;
    out->verb = words.list.n ? name_index(verbs, VERB_COUNT, words.list.items[0]) : VERB_LIST;
    out->key = words.list.n > 1 ? words.list.items[1] : NULL;
    if (out->verb < 0 || (out->verb == VERB_LIST && out->key)) {
        usage_refuse(&programme_command, "say list, or show and the key of a programme.");
        return false;
    }
    return store_named(&programme_command, out->url);
}

/* A programme as it is now. */
struct summary {
    struct programme programme;
    struct revision_point last;
    struct kind_counts *counts; /* by kind */
    size_t records;             /* of all */
};

struct summarising {
    struct arena *arena;
    const struct programme_options *options;
    LIST(struct summary) list;
};

static enum err summary_add(struct db *db, struct summarising *all,
                            const struct programme *programme) {
    struct summary summary = {.programme = *programme};
    summary.counts = arena_alloc_array(all->arena, kind_count, sizeof *summary.counts);
    enum err err = counts_read(db, programme, summary.counts);
    if (!err && programme->revision)
        err = programme_point(db, all->arena, programme, 0, &summary.last);
    for (size_t i = 0; i < kind_count; i++)
        summary.records += summary.counts[i].now;
    if (!err)
        list_add(all->arena, &all->list, summary);
    return err;
}

static enum err summaries_read(struct db *db, void *context) {
    struct summarising *all = context;
    struct programmes programmes;
    struct programme one;
    if (all->options->verb == VERB_SHOW) {
        enum err err = programme_find(db, all->arena, all->options->key, &one);
        return err ? err : summary_add(db, all, &one);
    }
    enum err err = programmes_list(db, all->arena, &programmes);
    for (size_t i = 0; !err && i < programmes.list.n; i++)
        err = summary_add(db, all, &programmes.list.items[i]);
    return err;
}

static void summary_print(struct printer *printer, struct arena *arena,
                          const struct summary *summary) {
    const struct revision_point *last = &summary->last;
    const char *newest =
        last->number ? arena_format(arena, "revision %lld: saved %s%s%s", (long long)last->number,
                                    time_long(arena, last->at), last->author ? " by " : "",
                                    last->author ? last->author : "")
                     : "nothing was saved in it yet";
    print_heading(printer,
                  arena_format(arena, "%s: %s", summary->programme.key, summary->programme.name));
    print_wrapped(printer, "  ", NULL,
                  arena_format(arena, "%zu records, %s.", summary->records, newest));
}

static void counts_print(struct printer *printer, const struct summary *summary) {
    fputc('\n', printer->out);
    for (size_t i = 0; i < kind_count; i++)
        if (summary->counts[i].now)
            fprintf(printer->out, "  %-22s %7zu\n", kinds[i]->sheet, summary->counts[i].now);
}

static void text_print(struct session *session, const struct summarising *all) {
    struct printer printer = printer_new(stdout);
    if (!all->list.n)
        puts("There is no programme in it yet. `ithaca import` brings one in.");
    for (size_t i = 0; i < all->list.n; i++)
        summary_print(&printer, session->arena, &all->list.items[i]);
    if (all->options->verb == VERB_SHOW)
        counts_print(&printer, &all->list.items[0]);
}

static json_t *summary_json(const struct summary *summary) {
    json_t *counts = json_object();
    for (size_t i = 0; i < kind_count; i++)
        if (summary->counts[i].now)
            json_object_set_new(counts, kinds[i]->name,
                                json_integer((json_int_t)summary->counts[i].now));
    return json_pack("{s:s, s:s, s:I, s:I, s:s?, s:s?, s:s, s:o}", "programme",
                     summary->programme.key, "name", summary->programme.name, "records",
                     (json_int_t)summary->records, "revision", (json_int_t)summary->last.number,
                     "at", summary->last.at, "author", summary->last.author, "link",
                     summary->programme.link, "by_kind", counts);
}

static void json_of(const struct summarising *all) {
    json_t *programmes = json_array();
    for (size_t i = 0; i < all->list.n; i++)
        json_array_append_new(programmes, summary_json(&all->list.items[i]));
    json_print(stdout, json_pack("{s:o}", "programmes", programmes));
}

static int run(int argc, char **argv) {
    struct session session;
    struct programme_options options = {0};
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, &options, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    struct summarising all = {.arena = session.arena, .options = &options};
    if (store_read(&session, options.url, summaries_read, &all) != OK)
        return session_refuse(&session, NULL);
    if (options.format == FORMAT_JSON)
        json_of(&all);
    else
        text_print(&session, &all);
    session_close(&session);
    return EXIT_IN_ORDER;
}

const struct command programme_command = {
    .name = "programme",
    .summary = "the programmes in a database",
    .help = "ithaca programme --db DATABASE [list]\n"
            "ithaca programme --db DATABASE show KEY\n"
            "\n"
            "list (or nothing) prints each programme: its name and key, how many records it\n"
            "has, its newest revision, when that was saved and by whom. show prints one, with\n"
            "the number of records on each sheet. A programme comes in with `ithaca import`.\n"
            "\n"
            "  --format FORMAT        text (for people) or json\n"
            "\n"
            "Exit code: 0; 2 if the database cannot be read, or there is no such programme.\n",
    .run = run,
};
