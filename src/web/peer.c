#include "web/peer.h"
#include "base/text.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

enum { PREFIX_BYTES = 8, IPV4_AT = 12 /* in an address of IPv6 that stands for one */ };

/* Both kinds as IPv6. */
static bool address_read(const char *text, struct in6_addr *out) {
    struct in_addr four;
    if (inet_pton(AF_INET, text, &four) == 1) {
        *out = (struct in6_addr){.s6_addr = {[IPV4_AT - 2] = 0xff, [IPV4_AT - 1] = 0xff}};
        memcpy(out->s6_addr + IPV4_AT, &four, sizeof four);
        return true;
    }
    return inet_pton(AF_INET6, text, out) == 1;
}

static bool is_this_machine(const struct in6_addr *address) {
    return IN6_IS_ADDR_LOOPBACK(address) ||
           (IN6_IS_ADDR_V4MAPPED(address) && address->s6_addr[IPV4_AT] == IN_LOOPBACKNET);
}

static const char *address_write(struct arena *arena, struct in6_addr address) {
    char *out = arena_alloc(arena, INET6_ADDRSTRLEN);
    if (IN6_IS_ADDR_V4MAPPED(&address))
        return inet_ntop(AF_INET, address.s6_addr + IPV4_AT, out, INET6_ADDRSTRLEN);
    if (!IN6_IS_ADDR_LOOPBACK(&address))
        memset(address.s6_addr + PREFIX_BYTES, 0, sizeof address - PREFIX_BYTES);
    return inet_ntop(AF_INET6, &address, out, INET6_ADDRSTRLEN);
}

const char *peer_choose(struct arena *arena, const char *from, const char *forwarded,
                        const char *proxy) {
    struct in6_addr own, front, said;
    if (!address_read(from, &own))
        return "";
    bool is_front = is_this_machine(&own) ||
                    (proxy && address_read(proxy, &front) && IN6_ARE_ADDR_EQUAL(&own, &front));
    if (is_front && forwarded) {
        const char *comma = strrchr(forwarded, ',');
        if (address_read(text_trim(arena, comma ? comma + 1 : forwarded), &said))
            own = said;
    }
    return address_write(arena, own);
}

const char *peer_address(struct arena *arena, struct MHD_Connection *connection,
                         const char *proxy) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const char *forwarded =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "X-Forwarded-For");
    char from[INET6_ADDRSTRLEN] = "";
    if (info && info->client_addr && info->client_addr->sa_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, info->client_addr, sizeof six);
        inet_ntop(AF_INET6, &six.sin6_addr, from, sizeof from);
    } else if (info && info->client_addr && info->client_addr->sa_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, info->client_addr, sizeof four);
        inet_ntop(AF_INET, &four.sin_addr, from, sizeof from);
    }
    return peer_choose(arena, from, forwarded, proxy);
}
