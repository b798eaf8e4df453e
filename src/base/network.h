/* What kind of network an address is of: for a log that must not hold the address itself. */
#ifndef BASE_NETWORK_H
#define BASE_NETWORK_H

#include "base/str.h"

/* "loopback", "private" (RFC 1918, 4193, 6598, link-local), "public", with "6" behind it for IPv6; "local"
 * for what is no address, such as a socket's "unix". An IPv4 address written as IPv6 counts as IPv4. */
const char *network_kind(struct str address);

#endif
