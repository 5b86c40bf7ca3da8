/* What the fuzzer (or replay.c) calls, and what it shares. */
#ifndef ITHACA_FUZZ_H
#define ITHACA_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Has one input read; whatever it is, nothing may crash, leak or take long. Gives 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { FUZZ_MEMORY = 256 * 1024 * 1024 };

#endif
