#include "command/store.h"
#include "db/migrate.h"
#include <pwd.h>
#include <unistd.h>

enum err store_open(struct session *session, const char *url, enum db_open_mode mode,
                    struct db **out) {
    enum err err = db_open(session->arena, &session->problems, url, mode, out);
    if (!err)
        err = mode == DB_CREATE ? db_migrate(*out) : db_schema_check(*out);
    if (err) {
        db_close(*out);
        *out = NULL;
    }
    return err;
}

const char *author_otherwise(struct arena *arena, const char *author) {
    const struct passwd *user = author ? NULL : getpwuid(getuid());
    return author ? author : user ? arena_copy(arena, user->pw_name) : NULL;
}
