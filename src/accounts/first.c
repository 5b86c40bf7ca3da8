#include "accounts/first.h"
#include "store/people.h"

struct making {
    struct arena *arena;
    bool made;
};

static enum err is_there(struct db *db, bool *there) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_account_administrators, DB_NO_VALUES, &rows);
    *there = !err && db_next(&rows) && db_row_integer(&rows, 0) > 0;
    return db_rows_end(&rows, err);
}

static enum err make(struct db *db, void *context) {
    struct making *making = context;
    struct person person;
    bool there = false;
    making->made = false;
    enum err err = is_there(db, &there);
    if (err || there)
        return err;
    err = person_add(db, making->arena, "Administrator", NULL, &person);
    if (!err)
        err = account_add_for(db, making->arena, person.id, ADMINISTRATOR);
    if (!err)
        err = db_run(db, SQL_account_make_administrator, DB_VALUES(db_text(ADMINISTRATOR)));
    making->made = !err;
    return err;
}

enum err administrator_make(struct db *db, struct arena *arena, bool *made) {
    struct making making = {.arena = arena};
    enum err err = db_write(db, make, &making);
    *made = making.made;
    return err;
}
