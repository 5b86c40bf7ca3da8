#include "history/history.h"
#include "base/text.h"
#include "history/dating.h"
#include "history/times.h"
#include <limits.h>
#include <stdlib.h>

enum {
    DAY_MEMORY = 512 * 1024 * 1024, /* for the diagnosis of one day */
    DAYS_BEFORE_MAX = 40            /* days looked at before the first day shown */
};

/* The findings of one day: what each track's finding says, by the track's number; NULL where it is
 * not there. */
struct look {
    long day;
    size_t n;
    const char **sentences;
    size_t broken, in_order;
};

struct historian {
    struct arena *arena;
    const struct records *records;
    const struct rules *rules;
    const struct history_options *options;
    struct history *history;
    struct problems *problems;
    struct workbench *workbench;
    struct index known;        /* struct known, by the finding's name */
    LIST(const char *) latest; /* by track: what it said when it was last looked at */
    struct look last;          /* the day that was taken into the history last */
    size_t days_looked_at, narrowed;
};

static const char *look_sentence(const struct look *look, size_t track) {
    return track < look->n ? look->sentences[track] : NULL;
}

static bool looks_differ(const struct look *a, const struct look *b) {
    size_t n = a->n > b->n ? a->n : b->n;
    for (size_t i = 0; i < n; i++)
        if (!look_sentence(a, i) != !look_sentence(b, i))
            return true;
    return false;
}

static const char *day_of(struct arena *arena, long number) {
    char *day = arena_alloc(arena, DAY_SIZE);
    day_add("1970-01-01", number, day);
    return day;
}

/* ---- one day ---- */

struct known {
    struct track *track;
    size_t number;
    long day; /* the latest day on which it was found: days are not looked at in their order */
};

static struct known *track_new(struct historian *historian, const struct finding *finding) {
    struct track *track = arena_alloc(historian->arena, sizeof *track);
    struct known *known = arena_alloc(historian->arena, sizeof *known);
    track->id = arena_copy(historian->arena, finding->id);
    track->rule = finding->rule;
    *known = (struct known){track, historian->history->tracks.n, LONG_MIN};
    index_add(historian->arena, &historian->known, track->id, known);
    list_add(historian->arena, &historian->history->tracks, track);
    list_add(historian->arena, &historian->latest, "");
    return known;
}

static void records_learn(struct historian *historian, struct arena *scratch,
                          const struct record_refs *found, struct record_refs *out) {
    for (size_t i = 0; i < found->list.n; i++) {
        const struct record *record = found->list.items[i];
        const char *name = arena_format(scratch, "%s %s", record->kind->name, record->id);
        if (index_find(&out->known, name))
            continue;
        index_add(historian->arena, &out->known, arena_copy(historian->arena, name), out);
        list_add(historian->arena, &out->list, record);
    }
}

/* The number of the finding's track, which learns what is new about it. */
static size_t track_of(struct historian *historian, struct arena *scratch, long day,
                       const struct finding *finding) {
    struct known *known = index_find(&historian->known, finding->id);
    if (!known)
        known = track_new(historian, finding);
    struct track *track = known->track;
    if (day > known->day) {
        known->day = day;
        if (!track->about || !text_equal(track->about, finding->about))
            track->about = arena_copy(historian->arena, finding->about);
        track->level = finding->level;
        track->severity = finding->severity;
    }
    records_learn(historian, scratch, &finding->records, &track->records);
    records_learn(historian, scratch, &finding->subjects, &track->subjects);
    return known->number;
}

static void look_fill(struct historian *historian, const struct diagnosis *diagnosis,
                      struct look *look) {
    size_t n = diagnosis->findings.n;
    size_t *tracks = arena_alloc_array(diagnosis->arena, n, sizeof *tracks);
    for (size_t i = 0; i < n; i++)
        tracks[i] = track_of(historian, diagnosis->arena, look->day, diagnosis->findings.items[i]);
    look->n = historian->history->tracks.n;
    look->broken = n;
    look->sentences = arena_alloc_array(historian->arena, look->n, sizeof *look->sentences);
    for (size_t i = 0; i < n; i++) {
        const char **latest = &historian->latest.items[tracks[i]];
        if (!text_equal(*latest, diagnosis->findings.items[i]->sentence))
            *latest = arena_copy(historian->arena, diagnosis->findings.items[i]->sentence);
        look->sentences[tracks[i]] = *latest;
    }
    for (size_t i = 0; i < diagnosis->evidence.n; i++)
        look->in_order += diagnosis->evidence.items[i]->whole;
}

/* Every day has an arena of its own, so that many days take no more memory than one. */
static enum err day_look(struct historian *historian, long day, struct look *out) {
    struct diagnosis diagnosis;
    struct diagnosis_options options = historian->options->diagnosis;
    struct arena *arena = arena_new(DAY_MEMORY);
    *out = (struct look){.day = day};
    day_add("1970-01-01", day, options.workbench.today);
    enum err err =
        diagnosis_make(historian->workbench, arena, historian->records, historian->history->content,
                       historian->rules, &options, &diagnosis, historian->problems);
    if (!err)
        look_fill(historian, &diagnosis, out);
    arena_free(arena);
    historian->days_looked_at++;
    if (historian->options->progress)
        historian->options->progress(historian->days_looked_at);
    return err;
}

/* ---- one day after the other ---- */

static void span_open(struct historian *historian, size_t number, const struct look *look,
                      bool is_first, struct moment *moment) {
    struct track *track = historian->history->tracks.items[number];
    struct span span = {.from = is_first ? NULL : day_of(historian->arena, look->day),
                        .sentence_first = look_sentence(look, number)};
    list_add(historian->arena, &track->spans, span);
    if (!is_first)
        list_add(historian->arena, &moment->opened, (struct shift){track, track->spans.n - 1});
}

static void span_close(struct historian *historian, size_t number, const struct look *look,
                       struct moment *moment) {
    struct track *track = historian->history->tracks.items[number];
    if (look->day == day_number_of(historian->history->from)) {
        track->spans.n = 0; /* over before the first day shown; what comes later has a day */
        track->begins_nowhere = false;
        historian->history->broken_before--;
        return;
    }
    track->spans.items[track->spans.n - 1].until = day_of(historian->arena, look->day - 1);
    list_add(historian->arena, &moment->closed, (struct shift){track, track->spans.n - 1});
}

/* Takes the next day into the history. The first one is the day before the first day shown. */
static void look_take(struct historian *historian, const struct look *look, bool is_first) {
    struct history *history = historian->history;
    struct moment moment = {.day = day_of(historian->arena, look->day),
                            .broken = look->broken,
                            .in_order = look->in_order};
    for (size_t i = 0; i < history->tracks.n; i++) {
        bool was = !is_first && look_sentence(&historian->last, i);
        const char *sentence = look_sentence(look, i);
        if (sentence && !was)
            span_open(historian, i, look, is_first, &moment);
        else if (!sentence && was)
            span_close(historian, i, look, &moment);
        struct track *track = history->tracks.items[i];
        if (sentence)
            track->spans.items[track->spans.n - 1].sentence = sentence;
    }
    if (moment.opened.n || moment.closed.n)
        list_add(historian->arena, &history->moments, moment);
    historian->last = *look;
}

/* Finds the days of the changes between the day taken last and another, and takes them. */
static enum err between_look(struct historian *historian, const struct look *after) {
    while (looks_differ(&historian->last, after) && after->day - historian->last.day > 1) {
        long low = historian->last.day, high = after->day;
        struct look first_other = *after;
        while (high - low > 1) { /* the first day that differs from the last one taken */
            struct look middle;
            if (historian->narrowed++ >= HISTORY_NARROW_MAX) {
                historian->history->is_coarse = true;
                return OK;
            }
            enum err err = day_look(historian, low + (high - low) / 2, &middle);
            if (err)
                return err;
            if (looks_differ(&historian->last, &middle)) {
                first_other = middle;
                high = middle.day;
            } else {
                low = middle.day;
            }
        }
        if (high == after->day)
            return OK;
        look_take(historian, &first_other, false);
    }
    return OK;
}

/* The days before the first one shown tell which findings were there before any day in the records.
 * Leaves the last of them taken. */
static enum err before_look(struct historian *historian, const struct day_numbers *all, long from) {
    struct history *history = historian->history;
    long first = all->list.n && all->list.items[0] < from ? all->list.items[0] : from;
    struct day_numbers days = days_between(historian->arena, all, first, from - 2);
    days = days_thin(historian->arena, &days, DAYS_BEFORE_MAX);
    struct look look, earliest;
    enum err err = day_look(historian, first - 1, &earliest);
    bool *always = arena_alloc_array(historian->arena, earliest.n + 1, sizeof *always);
    look = earliest;
    for (size_t i = 0; i < earliest.n; i++)
        always[i] = look_sentence(&earliest, i) != NULL;
    for (size_t d = 0; d <= days.list.n && !err && first < from; d++) {
        err = day_look(historian, d < days.list.n ? days.list.items[d] : from - 1, &look);
        for (size_t i = 0; i < earliest.n && !err; i++)
            always[i] = always[i] && look_sentence(&look, i);
    }
    if (err)
        return err;
    look_take(historian, &look, true);
    for (size_t i = 0; i < earliest.n; i++)
        history->tracks.items[i]->begins_nowhere = always[i];
    history->broken_before = look.broken;
    return OK;
}

/* The days to look at. Days in the records go before month ends where there are too many. */
static struct day_numbers days_choose(struct historian *historian, const struct day_numbers *all,
                                      long from, long to) {
    struct arena *arena = historian->arena;
    struct day_numbers recorded = days_between(arena, all, from, to);
    struct day_numbers ends = times_month_ends(arena, from, to);
    struct day_numbers both = days_join(arena, &recorded, &ends);
    if (both.list.n <= HISTORY_DAYS_MAX)
        return both;
    historian->history->days_left_out = both.list.n - HISTORY_DAYS_MAX;
    if (recorded.list.n >= HISTORY_DAYS_MAX)
        return days_thin(arena, &recorded, HISTORY_DAYS_MAX);
    ends = days_thin(arena, &ends, HISTORY_DAYS_MAX - recorded.list.n);
    return days_join(arena, &recorded, &ends);
}

static enum err days_look(struct historian *historian, const struct day_numbers *all) {
    struct history *history = historian->history;
    long from = day_number_of(history->from), to = day_number_of(history->to);
    enum err err = before_look(historian, all, from);
    struct day_numbers days = days_choose(historian, all, from, to);
    if (!days.list.n || days.list.items[days.list.n - 1] < to)
        list_add(historian->arena, &days.list, to);
    historian->days_looked_at = 0;
    for (size_t i = 0; i < days.list.n && !err; i++) {
        struct look look;
        err = day_look(historian, days.list.items[i], &look);
        if (!err)
            err = between_look(historian, &look);
        if (!err)
            look_take(historian, &look, false);
    }
    history->days_looked_at = historian->days_looked_at;
    history->broken_last = historian->last.broken;
    history->in_order_last = historian->last.in_order;
    return err;
}

/* ---- the whole ---- */

/* Whether what the finding was about ended on the last day of the span. */
static void gone_find(const struct historian *historian, const struct track *track,
                      struct span *span) {
    for (size_t i = 0; i < track->subjects.list.n && !span->gone; i++) {
        const struct record *record = track->subjects.list.items[i];
        const char *until = kind_has_period(record->kind) ? record_value(record, "until") : NULL;
        struct when when;
        if (!until || !when_parse(until, &when) || !text_equal(when.last, span->until))
            continue;
        span->gone = record;
        if (!track->rule->is_private || !kind_names_person(record->kind))
            span->gone_name = record_label(historian->records, record);
    }
}

static void datings_fill(struct historian *historian) {
    const struct dating_index *index = dating_index_make(
        historian->arena, historian->records, historian->options->diagnosis.workbench.bases);
    for (size_t i = 0; i < historian->history->tracks.n; i++) {
        struct track *track = historian->history->tracks.items[i];
        for (size_t s = 0; s < track->spans.n; s++) {
            struct span *span = &track->spans.items[s];
            char day[DAY_SIZE];
            if (span->from)
                span->began = dating_find(index, track, span->from);
            if (!span->until)
                continue;
            day_add(span->until, 1, day);
            span->ended = dating_find(index, track, day);
            gone_find(historian, track, span);
        }
    }
}

/* The day on which a track is first open: "" before the first day shown, "~" if no day is known (so
 * that it comes last). */
static const char *track_opening(const struct track *track) {
    if (track_is_undated(track))
        return "~";
    return track->spans.items[0].from ? track->spans.items[0].from : "";
}

struct place_in_order {
    struct track *track;
    size_t rule; /* its place among the rules */
    const char *rule_opening, *opening;
};

static int opening_compare(const void *a, const void *b) {
    return strcmp(((const struct place_in_order *)a)->opening,
                  ((const struct place_in_order *)b)->opening);
}

static int place_compare(const void *a, const void *b) {
    const struct place_in_order *x = a, *y = b;
    int order = strcmp(x->rule_opening, y->rule_opening);
    if (!order && x->track->rule != y->track->rule)
        order = x->rule < y->rule ? -1 : 1;
    if (!order)
        order = strcmp(x->opening, y->opening);
    return order ? order : strcmp(x->track->id, y->track->id);
}

static size_t rule_place(const struct historian *historian, const struct rule *rule) {
    size_t i = 0;
    while (historian->rules->list.items[i] != rule)
        i++;
    return i;
}

/* Drops the tracks that only the days before the first one shown knew, and puts the others in
 * order. */
static void tracks_sort(struct historian *historian) {
    struct history *history = historian->history;
    struct place_in_order *places =
        arena_alloc_array(history->arena, history->tracks.n + 1, sizeof *places);
    struct index rules = {0}; /* of each rule, the place of the track that opens first */
    size_t n = 0;
    for (size_t i = 0; i < history->tracks.n; i++) {
        struct track *track = history->tracks.items[i];
        if (track->spans.n)
            places[n++] = (struct place_in_order){.track = track,
                                                  .rule = rule_place(historian, track->rule),
                                                  .opening = track_opening(track)};
    }
    qsort(places, n, sizeof *places, opening_compare);
    for (size_t i = 0; i < n; i++) {
        index_add(history->arena, &rules, places[i].track->rule->id, &places[i]);
        const struct place_in_order *first = index_find(&rules, places[i].track->rule->id);
        places[i].rule_opening =
            track_is_undated(places[i].track) ? places[i].opening : first->opening;
    }
    qsort(places, n, sizeof *places, place_compare);
    history->tracks.n = n;
    for (size_t i = 0; i < n; i++)
        history->tracks.items[i] = places[i].track;
}

/* The first day shown. */
static void first_day_choose(struct historian *historian, const struct day_numbers *all) {
    struct history *history = historian->history;
    const struct record_list *programmes = records_of(historian->records, kind_find("programme"));
    const char *started =
        programmes->list.n ? record_value(programmes->list.items[0], "started") : NULL;
    struct when when = {0};
    if (started && when_parse(started, &when) && when.first[0])
        history->from_start = true;
    if (historian->options->from) {
        history->from_start &= text_equal(historian->options->from, when.first);
        memcpy(history->from, historian->options->from, DAY_SIZE);
    } else if (history->from_start) {
        memcpy(history->from, when.first, DAY_SIZE);
    } else if (all->list.n) {
        memcpy(history->from, history->first_recorded, DAY_SIZE);
    } else {
        memcpy(history->from, history->to, DAY_SIZE);
    }
}

enum err history_make(struct arena *arena, const struct records *records,
                      const struct content *content, const struct rules *rules,
                      const struct history_options *options, struct history *out,
                      struct problems *problems) {
    struct historian historian = {.arena = arena,
                                  .records = records,
                                  .rules = rules,
                                  .options = options,
                                  .history = out,
                                  .problems = problems};
    *out = (struct history){.arena = arena, .content = content};
    const struct record_list *programmes = records_of(records, kind_find("programme"));
    out->programme = programmes->list.n ? record_value(programmes->list.items[0], "name") : "";
    struct day_numbers all = times_days(arena, records, options->diagnosis.workbench.bases);
    out->first_recorded = all.list.n ? day_of(arena, all.list.items[0]) : NULL;
    memcpy(out->to, options->to, DAY_SIZE);
    first_day_choose(&historian, &all);
    if (strcmp(out->from, out->to) > 0) {
        problem_add(problems, (struct place){0},
                    "The first day to show, %s, is after the last one, %s. Give other days with "
                    "--from and --to.",
                    day_long(arena, out->from), day_long(arena, out->to));
        return ERR_INPUT;
    }
    historian.workbench = workbench_open(arena);
    enum err err = days_look(&historian, &all);
    workbench_close(historian.workbench);
    if (err)
        return err;
    datings_fill(&historian);
    tracks_sort(&historian);
    return OK;
}

bool track_is_undated(const struct track *track) {
    return track->begins_nowhere && track->spans.n == 1 && !track->spans.items[0].until;
}
