#include "app/access/consent.h"

#include "app/access/kept.h"
#include "app/core/app.h"
#include "app/core/ledger.h"
#include "gen/queries.h"

static enum status check(struct ctx *c, const struct consent_given *given)
{
    if (!given->terms) problem_add(&c->problems, "consent", "请阅读并同意个人信息处理规则");
    if (!given->sensitive) problem_add(&c->problems, "consent_sensitive", "处理敏感个人信息，需要您单独同意");
    return problems_status(c);
}

/* Whose detail it is, sealed with their own key; of a clerk nobody's. */
static enum status subject_of(struct ctx *c, struct subject *ret)
{
    struct subject_of_account_row row;
    enum status s = q_subject_of_account(c->db, c->arena, c->actor.account, &row);
    if (s == ST_OK) *ret = (struct subject){row.id, row.uid, row.data_key_sealed};
    return s == ST_NOT_FOUND ? ST_OK : s;
}

static enum status give(struct ctx *c, struct str session, struct str version)
{
    struct subject about = {0};
    TRY(subject_of(c, &about));
    TRY(kept_claim(c, c->actor.account, session));
    TRY(consent_give(c, c->actor.account, version, c->now_ms));
    return audit_add(c, &(struct audit_note){.event = "account.consent",
                                             .about = about,
                                             .company = c->actor.company,
                                             .shown = true,
                                             .note = arena_fmt(c->arena, "版本 %.*s", STR_ARG(version))});
}

enum status app_consent(struct ctx *c, const struct consent_given *given)
{
    bool due;
    struct str version;
    if (!c->actor.account.v || c->actor.side == SIDE_STAFF)
        return fail(&c->fault, ST_FORBIDDEN, "您没有权限进行这项操作");
    TRY(check(c, given));
    TRY(app_begin(c));
    TRY(privacy_in_force(c, &version));
    if (given->version.n && !str_eq(given->version, version))
        return fail(&c->fault, ST_CONFLICT, "规则刚刚有了新的版本，请重新阅读");
    TRY(consent_is_due(c, c->actor.account, &due));
    if (!due) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(give(c, given->session, version));
    return app_commit(c);
}
