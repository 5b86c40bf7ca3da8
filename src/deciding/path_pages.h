/* A path as it is drawn on pages. */
#ifndef ITHACA_DECIDING_PATH_PAGES_H
#define ITHACA_DECIDING_PATH_PAGES_H

#include "deciding/views.h"

struct path_view path_view_of(struct arena *arena, const struct path *path);

#endif
