/* Whose device a request comes from, as far as it can be known. */
#ifndef HTTP_FORWARDED_H
#define HTTP_FORWARDED_H

#include "base/str.h"

#include <stdbool.h>

#define ADDRESS_SIZE 64

/* An address as proxies write it, with or without port and brackets, in its one spelling; an IPv4 address
 * that came as IPv6 is the IPv4 one. False, and nothing in ret, for what is no address. */
bool forwarded_address(struct str s, char ret[ADDRESS_SIZE]);
/* The last address of X-Forwarded-For when `peer` is the proxy that is trusted (an address in any spelling,
 * or "unix"): what stands before it anyone may have written. Else, and when it is no address, the peer's own.
 */
void forwarded_client(struct str peer, struct str trusted, struct str forwarded_for, char ret[ADDRESS_SIZE]);

#endif
