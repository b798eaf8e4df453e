#include "app/limits.h"

#include "app/vault.h"
#include "gen/queries.h"

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
