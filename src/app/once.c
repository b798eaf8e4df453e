#include "app/once.h"

#include "crypto/token.h"
#include "gen/queries.h"

struct str once_token(struct ctx *c)
{
    return token_make(c->arena);
}

enum status once_take(struct ctx *c, struct str once, struct str answer, struct str *ret_earlier)
{
    struct str earlier = STR_NONE;
    if (once.n) {
        int64_t rows;
        struct once_find_row row;
        TRY(q_once_insert(c->db, c->actor.account, str_bytes(str_sub(once, 0, 64)), answer, c->now_ms, &rows));
        if (rows == 0) {
            TRY(q_once_find(c->db, c->arena, c->actor.account, str_bytes(str_sub(once, 0, 64)), &row));
            earlier = row.location;
        }
    }
    *ret_earlier = earlier;
    return ST_OK;
}
