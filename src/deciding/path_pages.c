#include "deciding/path_pages.h"
#include "base/text.h"

/* In units of the drawing, which is scaled to the page. */
enum {
    DRAWN_MAX = 60, /* steps */
    BOX_WIDTH = 200,
    BOX_HEIGHT = 52,
    GAP_WIDTH = 60,
    ROW = 68,
    LABEL = 30,
    LINE = 17,
    CHARACTERS = 25, /* in a line of a box */
    LINES = 3
};

static void box_add(struct arena *arena, struct path_view *view, int column, int y,
                    const char *words, bool is_gap) {
    const struct names lines = path_wrapped(arena, words, CHARACTERS, LINES);
    struct box_view box = {.x = 1 + column * (BOX_WIDTH + GAP_WIDTH),
                           .y = y,
                           .width = BOX_WIDTH,
                           .height = BOX_HEIGHT,
                           .is_gap = is_gap,
                           .title = words};
    int top = y + BOX_HEIGHT / 2 - LINE * ((int)lines.list.n - 1) / 2 + LINE / 3;
    for (size_t i = 0; i < lines.list.n; i++)
        list_add(arena, &box.lines, (struct box_line){lines.list.items[i], top + LINE * (int)i});
    list_add(arena, &view->boxes, box);
}

static void arrow_add(struct arena *arena, struct path_view *view, int from, int to, int y,
                      bool is_gap) {
    const int step = BOX_WIDTH + GAP_WIDTH;
    list_add(arena, &view->arrows,
             (struct arrow_view){1 + from * step + BOX_WIDTH, 1 + to * step, y + BOX_HEIGHT / 2,
                                 is_gap});
}

static const char *who_words(struct arena *arena, const struct path_step *step) {
    return step->who ? arena_format(arena, "%s: %s", text_capital(arena, step->right), step->who)
                     : "Nobody decides here";
}

static void step_draw(struct arena *arena, const struct path *path, const struct path_step *step,
                      int y, struct path_view *view) {
    const char *team = path->team ? path->team : "No team leads the change";
    box_add(arena, view, 2, y, who_words(arena, step), step->is_who_gap);
    if (!step->who || step->is_own)
        return;
    box_add(arena, view, 0, y, team, !path->team);
    if (step->way) {
        box_add(arena, view, 1, y, step->way, step->is_way_gap);
        arrow_add(arena, view, 0, 1, y, step->is_way_gap);
        arrow_add(arena, view, 1, 2, y, step->is_way_gap);
    } else {
        arrow_add(arena, view, 0, 2, y, false);
    }
}

static void step_list(struct arena *arena, const struct path *path, const struct path_step *step,
                      struct path_view *view) {
    const char *who = who_words(arena, step);
    const char *words = !step->who ? who
                        : step->way
                            ? arena_format(arena, "%s → %s → %s",
                                           path->team ? path->team : "No team", step->way, who)
                            : who;
    bool is_gap = step->gap != NULL;
    list_add(arena, &view->list,
             is_gap ? (struct path_line){step->place, words, "Missing", "red", "broken"}
             : step->is_unsure
                 ? (struct path_line){step->place, words, "Cannot be told yet", "grey", "unsaid"}
                 : (struct path_line){step->place, words, "In place", "green", "works"});
}

struct path_view path_view_of(struct arena *arena, const struct path *path) {
    struct path_view view = {.summary = path->summary,
                             .team = path->team,
                             .width = 3 * BOX_WIDTH + 2 * GAP_WIDTH + 2,
                             .is_cut = path->steps.n > DRAWN_MAX};
    int y = 0;
    for (size_t i = 0; i < path->steps.n; i++) {
        const struct path_step *step = &path->steps.items[i];
        step_list(arena, path, step, &view);
        if (i >= DRAWN_MAX)
            continue;
        if (step->place) {
            list_add(arena, &view.labels, (struct place_label){step->place, y + 20});
            y += LABEL;
        }
        step_draw(arena, path, step, y + 1, &view);
        y += ROW;
    }
    view.height = y ? y : 1;
    return view;
}
