#include "accounts/keeper_pages.h"

static const char *keeper_words(struct arena *arena, const char *contact) {
    return contact ? arena_format(arena, "whoever runs this site (%s)", contact)
                   : "whoever runs this site";
}

const char *keeper_for_everybody(const struct request *request) {
    return keeper_words(request->arena, request->site->contact);
}

enum err keeper_read(const struct request *request, const char **out) {
    struct arena *arena = request->arena;
    struct names addresses = {0};
    struct db_rows rows;
    *out = keeper_for_everybody(request);
    if (request->site->contact || !request->visitor.account)
        return OK;
    enum err err = db_query(request->db, SQL_keeper_addresses, DB_NO_VALUES, &rows);
    while (!err && db_next(&rows))
        list_add(arena, &addresses.list, db_row_copy(arena, &rows, 0));
    size_t n = addresses.list.n;
    if (n)
        *out = keeper_words(arena, text_enumerate(arena, addresses.list.items, n, n));
    return db_rows_end(&rows, err);
}
