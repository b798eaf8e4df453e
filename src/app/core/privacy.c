#include "app/core/privacy.h"

#include "app/core/app.h"
#include "app/core/check.h"
#include "gen/queries.h"

enum status privacy_in_force(struct ctx *c, struct str *ret)
{
    struct privacy_text row;
    TRY(app_read(c));
    TRY(q_privacy_in_force(c->db, c->arena, c->today, &row));
    *ret = row.version;
    return ST_OK;
}

enum status app_privacy(struct ctx *c, struct str version, struct str url, struct privacy_rules *ret)
{
    struct privacy_text now, row;
    TRY(app_read(c));
    TRY(q_privacy_in_force(c->db, c->arena, c->today, &now));
    row = now;
    if (version.n) {
        enum status s = q_privacy_by_version(c->db, c->arena, version, &row);
        if (s == ST_NOT_FOUND) return not_found(c);
        if (s) return s;
    }
    *ret = (struct privacy_rules){
        .version = row.version,
        .in_force_from = row.in_force_from,
        .text = {STR("个人信息处理规则"),
                 row.own ? text_sections_filled(c, row.text, url) : text_sections_typed(c->arena, row.text)},
        .in_force = row.id == now.id,
    };
    return ST_OK;
}

enum status consent_give(struct ctx *c, struct account_id account, struct str version, int64_t at)
{
    TRY(q_consent_insert(c->db, account, STR("terms"), version, at, NULL));
    return q_consent_insert(c->db, account, STR("sensitive"), version, at, NULL);
}

#define CONSENTS 2

enum status consent_is_due(struct ctx *c, struct account_id account, bool *ret)
{
    struct consents_standing_row row;
    TRY(q_consents_standing(c->db, c->arena, account, c->today, &row));
    *ret = row.n < CONSENTS;
    return ST_OK;
}

enum status look_at_consents(struct ctx *c, struct str *ret_wrong)
{
    struct consents_of_nothing_rows rows;
    TRY(q_consents_of_nothing(c->db, c->arena, CONSENT_BEFORE_VERSIONS, CHECK_SHOWN, &rows));
    *ret_wrong = check_rows(c->arena, rows.n);
    return ST_OK;
}
