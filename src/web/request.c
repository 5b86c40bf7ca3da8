#include "web/request.h"

static const char *parameter_find(const struct parameters *parameters, const char *name) {
    for (size_t i = 0; i < parameters->list.n; i++)
        if (text_equal(parameters->list.items[i].name, name))
            return parameters->list.items[i].value;
    return NULL;
}

const char *request_query(const struct request *request, const char *name) {
    return parameter_find(&request->query, name);
}

const char *request_field(const struct request *request, const char *name) {
    return parameter_find(&request->form, name);
}

const char *request_filled(const struct request *request, const char *name) {
    const char *value = request_field(request, name);
    return value && !text_blank(value) ? text_trim(request->arena, value) : NULL;
}

void response_see_other(struct response *response, const char *address) {
    response->status = STATUS_SEE_OTHER;
    response->location = address;
}
