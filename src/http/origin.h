/* Scheme, host and port of an address, in the form in which browsers compare them (RFC 6454): letters small,
 * international names as punycode, a default port left out. */
#ifndef HTTP_ORIGIN_H
#define HTTP_ORIGIN_H

#include "base/arena.h"

/* "https://Bücher.example:443" → "https://xn--bcher-kva.example", in the arena. False for anything but http
 * or https with a host and perhaps a port: a path, a user, "null". */
bool origin_normal(struct arena *a, struct str address, struct str *ret);
/* The same for a Host header, as an address of that scheme ("http" or "https"). */
bool origin_of_host(struct arena *a, struct str scheme, struct str host, struct str *ret);
/* The scheme of what origin_normal returned. */
struct str origin_scheme(struct str normal);

#endif
