#include "app/access/own_sessions.h"

#include "app/access/sessions.h"
#include "app/core/ledger.h"
#include "crypto/token.h"
#include "gen/queries.h"

#define SESSIONS_SHOWN 100

enum status app_last_login(struct ctx *c, struct str token, struct last_login *ret)
{
    struct session_line row;
    TRY(app_read(c));
    TRY(q_session_line_by_token(c->db, c->arena, token_hash(c->arena, token), &row));
    *ret = (struct last_login){row.before_at, row.failures};
    return ST_OK;
}

enum status app_own_sessions(struct ctx *c, struct str token, struct own_sessions *ret)
{
    struct session_lines rows;
    struct own_sessions list = {0};
    struct bytes hash = token_hash(c->arena, token);
    TRY(app_read(c));
    TRY(q_sessions_of(c->db, c->arena, c->actor.account, SESSIONS_SHOWN, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct session_line *row = &rows.p[i];
        struct session_source from;
        if (session_is_over(c, c->actor.side, row->created_at, row->seen_at)) continue;
        TRY(session_source(c, row, &from));
        *ARENA_PUSH(c->arena, &list) =
            (struct own_session){row->id,     row->created_at, row->seen_at,
                                 from.device, from.address,    bytes_eq(row->token_hash, hash)};
    }
    *ret = list;
    return ST_OK;
}

static enum status note_end(struct ctx *c)
{
    return audit_add(c, &(struct audit_note){.event = "account.session_end",
                                             .about = {.member = c->actor.member},
                                             .company = c->actor.company,
                                             .shown = true});
}

enum status app_own_session_end(struct ctx *c, struct session_id id)
{
    int64_t ended;
    TRY(app_begin(c));
    TRY(q_session_end_own(c->db, id, c->actor.account, &ended));
    if (!ended) return not_found(c);
    TRY(note_end(c));
    return app_commit(c);
}

enum status app_own_sessions_end_others(struct ctx *c, struct str token)
{
    TRY(app_begin(c));
    TRY(q_sessions_end_others(c->db, c->actor.account, token_hash(c->arena, token), NULL));
    TRY(note_end(c));
    return app_commit(c);
}
