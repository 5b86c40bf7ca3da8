/* What the picture and the page about it must agree on. */
#ifndef ITHACA_DECISIONS_LIMITS_H
#define ITHACA_DECISIONS_LIMITS_H

enum { DECISIONS_PER_MAP_MAX = 12 };

#endif
