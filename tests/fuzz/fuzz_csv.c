/* Text files: the first byte says whether the rest is a .sheets file or one sheet, and which. */
#include "fuzz.h"
#include "record/records.h"
#include "workbook/workbook.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    if (n < 1)
        return 0;
    struct arena *arena = arena_new(FUZZ_MEMORY);
    struct problems problems = problems_new(arena);
    struct records records = records_new(arena);
    struct sheets sheets = {.path = "fuzz"};
    const char *name = bytes[0] % 2 ? kinds[bytes[0] / 2 % kind_count]->sheet : NULL;
    if (csv_read_bytes(arena, "fuzz", name, (const char *)bytes + 1, n - 1, &sheets, &problems) ==
            OK &&
        records_read(&sheets, &records, &problems) != OK && !problems.list.n)
        __builtin_trap(); /* refused without a word */
    arena_free(arena);
    return 0;
}
