#include "http/origin.h"

#include <arpa/inet.h>
#include <idn2.h>
#include <string.h>
#include <strings.h>

#define HOST_MAX 1024 /* bytes, before punycode */

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80) return false;
    return true;
}

/* What no host holds and an address would read as something else. */
static bool has_stranger(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= 0x20 || s.p[i] == 0x7F || strchr("/\\?#@[]<>\"'%,;", s.p[i]))
            return true;
    return false;
}

static struct str lower(struct arena *a, struct str s)
{
    char *p = arena_cstr(a, s);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] = (char)(p[i] - 'A' + 'a');
    return (struct str){p, s.n};
}

static bool normal_name(struct arena *a, struct str host, struct str *ret)
{
    if (host.n == 0 || host.n > HOST_MAX || has_stranger(host)) return false;
    if (is_ascii(host)) {
        *ret = lower(a, host);
        return true;
    }
    char *ascii = NULL;
    int flags = IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL;
    if (idn2_to_ascii_8z(arena_cstr(a, host), &ascii, flags) != IDN2_OK) return false;
    *ret = arena_str(a, str_from(ascii));
    idn2_free(ascii);
    return !has_stranger(*ret);
}

/* [2001:DB8:0::1] → [2001:db8::1] */
static bool normal_v6(struct arena *a, struct str bracketed, struct str *ret)
{
    struct in6_addr address;
    char text[INET6_ADDRSTRLEN];
    if (inet_pton(AF_INET6, arena_cstr(a, str_sub(bracketed, 1, bracketed.n - 2)), &address) != 1)
        return false;
    if (!inet_ntop(AF_INET6, &address, text, sizeof text)) return false;
    *ret = arena_fmt(a, "[%s]", text);
    return true;
}

/* host, host:port, [v6] or [v6]:port; an empty port is none. */
static bool split(struct str s, struct str *ret_host, int64_t *ret_port)
{
    size_t end = s.n;
    while (end > 0 && s.p[end - 1] >= '0' && s.p[end - 1] <= '9')
        end--;
    bool has_port = end > 0 && s.p[end - 1] == ':';
    struct str digits = str_sub(s, end, s.n);
    *ret_host = has_port ? str_sub(s, 0, end - 1) : s;
    *ret_port = 0;
    if (!has_port || digits.n == 0) return true;
    return digits.n <= 5 && str_int(digits, ret_port) && *ret_port > 0 && *ret_port <= 65535;
}

static bool normal(struct arena *a, bool https, struct str host_port, struct str *ret)
{
    struct str host;
    int64_t port;
    if (!split(host_port, &host, &port)) return false;
    bool v6 = str_starts(host, STR("[")) && str_ends(host, STR("]"));
    if (!v6 && memchr(host_port.p ? host_port.p : "", ':', host.n)) return false;
    if (!(v6 ? normal_v6(a, host, &host) : normal_name(a, host, &host))) return false;
    const char *scheme = https ? "https" : "http";
    bool usual = port == 0 || port == (https ? 443 : 80);
    *ret = usual ? arena_fmt(a, "%s://%.*s", scheme, STR_ARG(host))
                 : arena_fmt(a, "%s://%.*s:%d", scheme, STR_ARG(host), (int)port);
    return true;
}

static bool is_scheme(struct str s, const char *scheme)
{
    return s.n == strlen(scheme) && strncasecmp(s.p, scheme, s.n) == 0;
}

bool origin_of_host(struct arena *a, struct str scheme, struct str host, struct str *ret)
{
    bool https = is_scheme(scheme, "https");
    return (https || is_scheme(scheme, "http")) && normal(a, https, host, ret);
}

bool origin_normal(struct arena *a, struct str address, struct str *ret)
{
    size_t at;
    if (!str_find(address, STR("://"), &at)) return false;
    return origin_of_host(a, str_sub(address, 0, at), str_sub(address, at + 3, address.n), ret);
}

struct str origin_scheme(struct str address)
{
    struct str scheme, rest;
    str_cut(address, ':', &scheme, &rest);
    return scheme;
}
