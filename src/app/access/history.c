#include "app/access/history.h"

#include "app/core/check.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "crypto/password.h"
#include "domain/password_life.h"
#include "gen/queries.h"

static struct seal_place place(struct bytes uid)
{
    return PLACE("password_history", "password", uid);
}

static enum status open_one(struct ctx *c, const struct earlier_password *row, struct str *ret_hash)
{
    return password_unseal(c->app->keys, c->arena, place(row->uid), row->password, &c->fault, ret_hash);
}

enum status password_was_used(struct ctx *c, const struct account_full *account, struct str password,
                              bool *ret)
{
    struct earlier_passwords rows;
    int64_t compared =
        password_earlier((enum password_origin)account->onetime, c->settings->password_history);
    TRY(app_read(c));
    TRY(q_earlier_passwords_of(c->db, c->arena, account->id, compared, &rows));
    app_read_end(c);
    bool used = false;
    for (size_t i = 0; i < rows.n && !used; i++) {
        struct str hash;
        TRY(open_one(c, &rows.p[i], &hash));
        used = password_verify(c->app->keys, hash, password);
    }
    *ret = used;
    return ST_OK;
}

enum status password_was_used_alike(struct ctx *c, const struct account_full *account, struct str present,
                                    struct str password, bool *ret)
{
    struct earlier_passwords rows = {0};
    int64_t most = c->settings->password_history > 1 ? c->settings->password_history : 1;
    TRY(app_read(c));
    if (account->id.v) TRY(q_earlier_passwords_of(c->db, c->arena, account->id, most - 1, &rows));
    app_read_end(c);
    bool used = password_verify(c->app->keys, present, password);
    for (size_t i = 0; i + 1 < (size_t)most; i++) {
        struct str hash = STR_NONE;
        if (i < rows.n) TRY(open_one(c, &rows.p[i], &hash));
        used |= password_verify(c->app->keys, hash, password);
    }
    *ret = used;
    return ST_OK;
}

enum status password_remember(struct ctx *c, const struct account_full *account, struct str hash)
{
    struct bytes uid = uid_new(c->arena);
    if (account->onetime != PASSWORD_CHOSEN || !hash.n) return ST_OK;
    TRY(q_earlier_password_insert(c->db, uid, account->id,
                                  password_seal(c->app->keys, c->arena, place(uid), hash), c->now_ms, NULL));
    return q_earlier_passwords_prune(c->db, account->id, c->settings->password_history, NULL);
}

#define ROWS_AT_ONCE 500

static enum status look_at_some(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong, bool *ret_more)
{
    struct earlier_passwords rows;
    TRY(q_earlier_passwords_behind(c->db, c->arena, *behind, ROWS_AT_ONCE, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct str hash;
        *behind = rows.p[i].id;
        TRY(sealed_look(c, wrong, "password_history", *behind, open_one(c, &rows.p[i], &hash)));
    }
    *ret_more = rows.n == ROWS_AT_ONCE;
    return ST_OK;
}

enum status look_at_earlier_passwords(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, look_at_some, ret_wrong);
}
