/* The certificate and the key by which pages are answered over https, where nothing stands in front
 * that does it. Read once, before the user is changed, and again when the configuration is. */
#ifndef ITHACA_CERTIFICATE_H
#define ITHACA_CERTIFICATE_H

#include "base/problem.h"

/* As PEM; both belong to the arena, and are NULL where there is no certificate. */
struct certificate {
    const char *chain, *key;
};

/* Reads both files (NULL: not said) and looks whether they can be used: ERR_INPUT or ERR_IO, with
 * all that is wrong in the problems. That it has run out, or does not hold yet, is logged only. */
enum err certificate_read(struct arena *arena, const char *chain_path, const char *key_path,
                          struct certificate *out, struct problems *problems) MUST_CHECK;

#endif
