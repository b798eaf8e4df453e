#include "http/forwarded.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

/* Without port and brackets: "[v6]:port", "v4:port", else as it is. */
static struct str bare(struct str s)
{
    struct str host, rest, port;
    if (str_starts(s, STR("["))) {
        bool closed = str_cut(str_sub(s, 1, s.n), ']', &host, &rest);
        return closed && (rest.n == 0 || rest.p[0] == ':') ? host : STR_NONE;
    }
    bool one_colon = str_cut(s, ':', &host, &port) && !memchr(port.p, ':', port.n);
    return one_colon ? host : s;
}

bool forwarded_address(struct str s, char ret[ADDRESS_SIZE])
{
    char text[ADDRESS_SIZE];
    struct in_addr v4;
    struct in6_addr v6;
    struct str host = bare(str_trim(s));
    if (host.n == 0 || host.n >= sizeof text || str_has_nul(host)) return false;
    snprintf(text, sizeof text, "%.*s", STR_ARG(host));
    if (inet_pton(AF_INET, text, &v4) == 1) return inet_ntop(AF_INET, &v4, ret, ADDRESS_SIZE) != NULL;
    if (inet_pton(AF_INET6, text, &v6) != 1) return false;
    if (IN6_IS_ADDR_V4MAPPED(&v6)) return inet_ntop(AF_INET, &v6.s6_addr[12], ret, ADDRESS_SIZE) != NULL;
    return inet_ntop(AF_INET6, &v6, ret, ADDRESS_SIZE) != NULL;
}

static bool is_trusted(struct str peer, struct str trusted)
{
    char a[ADDRESS_SIZE], b[ADDRESS_SIZE];
    if (trusted.n == 0 || str_eq(peer, trusted)) return trusted.n > 0;
    return forwarded_address(peer, a) && forwarded_address(trusted, b) && strcmp(a, b) == 0;
}

void forwarded_client(struct str peer, struct str trusted, struct str forwarded_for, char ret[ADDRESS_SIZE])
{
    snprintf(ret, ADDRESS_SIZE, "%.*s", STR_ARG(peer));
    if (!is_trusted(peer, trusted)) return;
    struct str last = STR_NONE, part, rest = forwarded_for;
    while (rest.n) {
        str_cut(rest, ',', &part, &rest);
        if (str_trim(part).n) last = str_trim(part);
    }
    (void)forwarded_address(last, ret);
}
