#include "app/access/limits.h"

#include "app/core/vault.h"
#include "gen/queries.h"

#include <arpa/inet.h>

#define ADDRESS_BYTES 64 /* of what a proxy calls one */

static struct bytes key_of(struct ctx *c, struct str subject)
{
    return vault_index(c, INDEX_ACCOUNT, subject);
}

enum status limit_check(struct ctx *c, const char *kind, struct str subject, int64_t most, int64_t span_ms)
{
    struct attempts_since_row row;
    TRY(q_attempts_since(c->db, c->arena, str_from(kind), key_of(c, subject), c->now_ms - span_ms, &row));
    if (row.n < most) return ST_OK;
    int64_t wait_ms = row.oldest + span_ms - c->now_ms;
    c->fault.retry_after_s = wait_ms > 1000 ? (int)(wait_ms / 1000) : 1;
    return fail(&c->fault, ST_TOO_MANY, "尝试次数过多，还需等 %d 分钟", c->fault.retry_after_s / 60 + 1);
}

enum status limit_note(struct ctx *c, const char *kind, struct str subject)
{
    return q_attempt_insert(c->db, str_from(kind), key_of(c, subject), c->now_ms, NULL);
}

enum status limit_take(struct ctx *c, const char *kind, struct str subject, int64_t most, int64_t span_ms)
{
    TRY(limit_check(c, kind, subject, most, span_ms));
    return limit_note(c, kind, subject);
}

enum status limit_clear(struct ctx *c, const char *kind, struct str subject)
{
    return q_attempts_clear(c->db, str_from(kind), key_of(c, subject), NULL);
}

/* One address has many texts in IPv6: its bytes are what counts. */
static struct str network_v6(struct ctx *c, const struct in6_addr *address)
{
    const uint8_t *b = address->s6_addr;
    return arena_fmt(c->arena, "%02x%02x:%02x%02x:%02x%02x::/48", b[0], b[1], b[2], b[3], b[4], b[5]);
}

struct str limit_network(struct ctx *c, struct str address)
{
    struct in_addr v4;
    struct in6_addr v6;
    const char *text = arena_cstr(c->arena, address);
    if (inet_pton(AF_INET6, text, &v6) == 1) return network_v6(c, &v6);
    if (inet_pton(AF_INET, text, &v4) != 1) return str_sub(address, 0, ADDRESS_BYTES);
    uint32_t host = ntohl(v4.s_addr);
    return arena_fmt(c->arena, "%u.%u.%u.0/24", host >> 24, host >> 16 & 255, host >> 8 & 255);
}

struct str limit_address(struct ctx *c, struct str address)
{
    return str_find(address, STR(":"), NULL) ? limit_network(c, address) : str_sub(address, 0, ADDRESS_BYTES);
}
