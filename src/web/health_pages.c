/* What monitoring asks: whether a worker answers at all, and whether it can do its work. Nobody is
 * looked for, nothing is written, nothing is told but that. */
#include "db/migrate.h"
#include "serve/log.h"
#include "web/request.h"

page_handler health_show, ready_show;

static void say(struct response *response, enum status status, const char *words) {
    response->type = "text/plain; charset=utf-8";
    response->status = status;
    text_add(&response->body, words);
}

/* It asks nothing of the database: whoever starts what does not answer anew would not mend that. */
enum err health_show(struct request *request, struct response *response) {
    (void)request;
    say(response, STATUS_OK, "This process answers.\n");
    return OK;
}

enum err ready_show(struct request *request, struct response *response) {
    enum { PATIENCE = 2000 }; /* milliseconds: as long this worker answers nobody else */
    struct db_schema schema;
    if (db_reach(request->db, PATIENCE) != OK || db_schema_look(request->db, &schema) != OK) {
        log_problems(request->problems);
        say(response, STATUS_LATER, "Not ready: the database cannot be read.\n");
    } else if (schema.state != DB_SCHEMA_CURRENT) {
        say(response, STATUS_LATER, "Not ready: the database is not of this version.\n");
    } else {
        say(response, STATUS_OK, "Ready.\n");
    }
    return OK;
}
