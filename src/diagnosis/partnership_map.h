/* The partnership as a map: what partnership_read found, as network/map.h draws and prints it. */
#ifndef ITHACA_PARTNERSHIP_MAP_H
#define ITHACA_PARTNERSHIP_MAP_H

#include "diagnosis/partnership.h"
#include "network/map.h"

/* `tie_kinds` as for partnership_read; the measures are those of network_measure with all its
 * parts. The programme's name and the day are as they shall be shown. */
enum err partnership_map(struct arena *arena, const struct partnership *partnership,
                         unsigned tie_kinds, const char *programme, const char *day,
                         struct map *out, struct problems *problems) MUST_CHECK;

#endif
