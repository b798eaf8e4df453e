#include "app/access/limits.h"

#include "app/core/vault.h"
#include "gen/queries.h"

#include <arpa/inet.h>
#include <string.h>

#define ADDRESS_BYTES 64 /* of what a proxy calls one */

struct bytes limit_key(struct ctx *c, struct str subject)
{
    return vault_index(c, INDEX_ACCOUNT, subject);
}

enum status limit_wait(struct ctx *c, int64_t until_ms)
{
    int64_t wait_s = (until_ms - c->now_ms + 999) / 1000;
    c->fault.retry_after_s = wait_s > 1 ? (int)wait_s : 1;
    return fail(&c->fault, ST_TOO_MANY, "尝试次数过多，还需等 %d 分钟", (c->fault.retry_after_s + 59) / 60);
}

enum status limit_free_at(struct ctx *c, const struct limit *l, int64_t *ret_ms)
{
    struct attempt_nth_row row;
    *ret_ms = 0;
    if (l->most <= 0) return ST_OK;
    enum status s =
        q_attempt_nth(c->db, c->arena, str_from(l->kind), limit_key(c, l->subject), l->most - 1, &row);
    if (s == ST_NOT_FOUND) return ST_OK;
    if (s == ST_OK && row.made_at > c->now_ms - l->span_ms) *ret_ms = row.made_at + l->span_ms;
    return s;
}

enum status limit_take(struct ctx *c, const struct limit *l, struct attempt_id *ret)
{
    struct attempt_insert_row row;
    struct str kind = str_from(l->kind);
    struct bytes key = limit_key(c, l->subject);
    int64_t free_at;
    TRY(q_attempt_turn_take(c->db, kind, key, c->now_ms, NULL));
    TRY(limit_free_at(c, l, &free_at));
    if (free_at) return limit_wait(c, free_at);
    TRY(q_attempt_insert(c->db, c->arena, kind, key, c->now_ms, &row));
    if (ret) *ret = row.id;
    return ST_OK;
}

enum status limit_give_back(struct ctx *c, struct attempt_id id)
{
    return q_attempt_delete(c->db, id, NULL);
}

enum status limit_clear(struct ctx *c, const struct limit *l)
{
    return q_attempts_clear(c->db, str_from(l->kind), limit_key(c, l->subject), NULL);
}

enum status limit_count(struct ctx *c, const struct limit *l, int64_t *ret)
{
    struct attempts_since_row row;
    TRY(q_attempts_since(c->db, c->arena, str_from(l->kind), limit_key(c, l->subject), c->now_ms - l->span_ms,
                         &row));
    *ret = row.n;
    return ST_OK;
}

/* One address has many texts in IPv6: its bytes are what counts. */
static struct str network_v6(struct ctx *c, const struct in6_addr *address)
{
    const uint8_t *b = address->s6_addr;
    return arena_fmt(c->arena, "%02x%02x:%02x%02x:%02x%02x:%02x00::/56", b[0], b[1], b[2], b[3], b[4], b[5],
                     b[6]);
}

struct str limit_network(struct ctx *c, struct str address)
{
    struct in_addr v4;
    struct in6_addr v6;
    const char *text = arena_cstr(c->arena, address);
    bool is_v6 = inet_pton(AF_INET6, text, &v6) == 1;
    if (is_v6 && IN6_IS_ADDR_V4MAPPED(&v6)) /* as a socket for both calls it */
        memcpy(&v4, v6.s6_addr + 12, sizeof v4);
    else if (is_v6)
        return network_v6(c, &v6);
    else if (inet_pton(AF_INET, text, &v4) != 1)
        return str_sub(address, 0, ADDRESS_BYTES);
    uint32_t host = ntohl(v4.s_addr);
    return arena_fmt(c->arena, "%u.%u.%u.0/24", host >> 24, host >> 16 & 255, host >> 8 & 255);
}

struct str limit_address(struct ctx *c, struct str address)
{
    return str_find(address, STR(":"), NULL) ? limit_network(c, address) : str_sub(address, 0, ADDRESS_BYTES);
}
