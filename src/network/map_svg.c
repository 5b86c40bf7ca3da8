#include "network/map.h"
#include "picture/graphviz.h"

enum err map_svg(struct arena *arena, const struct map *map, char **svg,
                 struct problems *problems) {
    enum err err = picture_draw(arena, map_dot(arena, map), "dot", svg, problems);
    if (!err)
        *svg = picture_describe(arena, *svg, map_title(arena, map), map_words(arena, map));
    return err;
}
