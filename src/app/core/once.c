#include "app/core/once.h"

#include "app/core/hold.h"
#include "crypto/token.h"
#include "gen/queries.h"

struct str once_token(struct ctx *c)
{
    return token_make(c->arena);
}

/* A client may send anything: what is too long for ours is cut. */
static struct bytes once_key(struct str once)
{
    return str_bytes(str_sub(once, 0, 64));
}

enum status once_take(struct ctx *c, struct str once, struct str answer, struct str *ret_earlier)
{
    struct str earlier = STR_NONE;
    if (once.n) {
        int64_t rows;
        struct once_find_row row;
        TRY(q_once_insert(c->db, c->actor.account, once_key(once), answer, c->now_ms, &rows));
        if (rows == 0) {
            enum status s = q_once_find(c->db, c->arena, c->actor.account, once_key(once), &row);
            if (s == ST_NOT_FOUND) return someone_was_faster(c, "once: swept meanwhile");
            TRY(s);
            earlier = row.location;
        }
    }
    *ret_earlier = earlier;
    return ST_OK;
}

enum status once_taken(struct ctx *c, struct str once, bool *ret)
{
    struct once_find_row row;
    enum status s =
        once.n ? q_once_find(c->db, c->arena, c->actor.account, once_key(once), &row) : ST_NOT_FOUND;
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    *ret = s == ST_OK;
    return ST_OK;
}
