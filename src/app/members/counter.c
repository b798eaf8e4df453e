#include "app/members/counter.h"

#include "app/access/accounts.h"
#include "app/core/draw.h"
#include "app/core/hold.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "app/members/load.h"
#include "domain/mask.h"
#include "gen/queries.h"
#include "media/document.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static enum status account_text(struct ctx *c, const struct member_full *m, struct str *ret)
{
    struct str number;
    TRY(vault_open(c, PLACE("member", "id_sealed", m->uid), m->id_sealed, &number));
    *ret = mask_id_number(c->arena, number);
    return ST_OK;
}

static enum status account_hold(struct ctx *c, struct member_id id, struct account_full *ret)
{
    enum status s = q_account_of_member_unscoped(c->db, c->arena, id, ret);
    if (s == ST_NOT_FOUND) return fail(&c->fault, ST_CONFLICT, "本人还没有账号，请打印激活条，由本人激活");
    TRY(s);
    TRY(hold_accounts(c, &ret->id, 1));
    TRY(q_account_by_id(c->db, c->arena, ret->id, ret));
    return ret->enabled ? ST_OK : fail(&c->fault, ST_CONFLICT, "本人的账号已停用");
}

enum status app_member_reset_password(struct ctx *c, struct member_id id, struct member_secret *ret)
{
    struct member_secret made = {.id = id, .password = password_one_time(c)};
    struct member_full m;
    struct account_full account;
    struct str hash;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(account_hash(c, made.password, &hash));
    TRY(app_begin(c));
    TRY(hold_members(c, &id, 1));
    TRY(member_load(c, id, &m));
    TRY(account_hold(c, id, &account));
    TRY(account_reset(c, &account, hash, true));
    TRY(audit_add(c, &(struct audit_note){.event = "account.reset",
                                          .about = member_subject(&m),
                                          .company = m.company_id,
                                          .shown = true}));
    TRY(account_text(c, &m, &made.account));
    TRY(app_commit(c));
    made.name = m.name;
    *ret = made;
    return ST_OK;
}

enum status app_member_letter_pdf(struct ctx *c, struct member_id id, struct str password, struct str url,
                                  struct bytes *ret)
{
    const struct settings *set = c->settings;
    struct member_full m;
    struct pdf_letter letter = {
        .title = STR("个人会员密码通知"),
        .account_label = STR("账号（身份证号）"),
        .password_label = STR("一次性密码"),
        .password = password,
        .address = arena_fmt(c->arena, "%.*s/login?as=member", STR_ARG(url)),
        .from = set->association,
        .date = c->today,
    };
    const struct str paragraphs[] = {
        arena_fmt(
            c->arena,
            "您在%.*s%.*s的密码已经重置。请在登录页选择“个人登录”，用您的身份证号和下面的一次性密码登录，"
            "再按提示设置新密码。",
            STR_ARG(set->association), STR_ARG(set->system)),
        arena_fmt(c->arena, "一次性密码 %ld 天内有效，只能登录一次。协会工作人员不会询问您的新密码。",
                  (long)set->onetime_days),
        STR("如果不是您本人要求重置的，请立即与协会联系。"),
    };
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_read(c));
    TRY(member_load(c, id, &m));
    if (!password.n || password.n > 128)
        return fail(&c->fault, ST_BAD_INPUT, "没有要打印的密码，请重新生成一次性密码");
    TRY(account_text(c, &m, &letter.account));
    letter.to = m.name;
    letter.paragraphs = paragraphs;
    letter.paragraph_count = COUNT(paragraphs);
    return draw_document(c, &(struct document){DOCUMENT_LETTERS, .letters = &letter, .letter_count = 1}, ret);
}
