/* From where somebody asks, for counting what they try. */
#ifndef ITHACA_PEER_H
#define ITHACA_PEER_H

#include "base/arena.h"
#include <microhttpd.h>

/* The address of whoever asks, as text; of IPv6 the first 64 bits, since a household has all that
 * are behind them. */
const char *peer_address(struct arena *arena, struct MHD_Connection *connection, const char *proxy);

/* The same of what came in: from which address, and the header X-Forwarded-For (or NULL), in which
 * what stands in front adds at the end for whom it asks. That is believed of this machine itself
 * and of the address `proxy` (NULL: none), of nobody else. */
const char *peer_choose(struct arena *arena, const char *from, const char *forwarded,
                        const char *proxy);

#endif
