/* Has each file read once, as the fuzzer would: for the tests, where there is no fuzzer. */
#include "fuzz.h"
#include <stdio.h>
#include <stdlib.h>

enum { ROOM = 1024 * 1024 };

int main(int argc, char **argv) {
    uint8_t *bytes = malloc(ROOM);
    if (!bytes)
        return 1;
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (!file) {
            perror(argv[i]);
            free(bytes);
            return 1;
        }
        size_t n = fread(bytes, 1, ROOM, file);
        fclose(file);
        /* A copy of its own size, so that reading behind its end is noticed. */
        uint8_t *exact = malloc(n ? n : 1);
        for (size_t b = 0; exact && b < n; b++)
            exact[b] = bytes[b];
        if (exact)
            LLVMFuzzerTestOneInput(exact, n);
        free(exact);
        printf("ok fuzz %s\n", argv[i]);
    }
    free(bytes);
    printf("%d passed, 0 failed\n", argc - 1);
    return argc > 1 ? 0 : 1;
}
