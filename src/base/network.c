#include "base/network.h"

#include <arpa/inet.h>
#include <string.h>

static const struct {
    uint32_t network;
    int bits;
    const char *kind;
} NETWORKS_4[] = {
    {0x7F000000, 8, "loopback"}, {0x0A000000, 8, "private"},  {0xAC100000, 12, "private"},
    {0xC0A80000, 16, "private"}, {0xA9FE0000, 16, "private"}, {0x64400000, 10, "private"},
};

static const char *kind_4(uint32_t host)
{
    for (size_t i = 0; i < sizeof NETWORKS_4 / sizeof *NETWORKS_4; i++)
        if (host >> (32 - NETWORKS_4[i].bits) == NETWORKS_4[i].network >> (32 - NETWORKS_4[i].bits))
            return NETWORKS_4[i].kind;
    return "public";
}

static const char *kind_6(const struct in6_addr *a)
{
    if (IN6_IS_ADDR_LOOPBACK(a)) return "loopback6";
    bool unique_local = (a->s6_addr[0] & 0xFE) == 0xFC;
    return unique_local || IN6_IS_ADDR_LINKLOCAL(a) ? "private6" : "public6";
}

const char *network_kind(struct str address)
{
    char text[INET6_ADDRSTRLEN] = "";
    struct in_addr v4;
    struct in6_addr v6;
    uint32_t host;
    if (address.n >= sizeof text) return "local";
    if (address.n) memcpy(text, address.p, address.n);
    if (inet_pton(AF_INET, text, &v4) == 1) return kind_4(ntohl(v4.s_addr));
    if (inet_pton(AF_INET6, text, &v6) != 1) return "local";
    if (!IN6_IS_ADDR_V4MAPPED(&v6)) return kind_6(&v6);
    memcpy(&host, v6.s6_addr + 12, sizeof host);
    return kind_4(ntohl(host));
}
