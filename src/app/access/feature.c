#include "app/access/accounts.h"
#include "app/access/adrift.h"
#include "app/access/history.h"
#include "app/access/kept.h"
#include "app/access/lost.h"
#include "app/access/lost_desk.h"
#include "app/access/refused.h"
#include "app/access/refused_soon.h"
#include "app/access/sessions.h"
#include "app/access/totp.h"
#include "app/core/detail.h"
#include "app/core/features.h"
#include "app/core/settings.h"
#include "gen/queries.h"

static void open_access(struct app *app)
{
    sessions_open(app);
    adrift_open(app);
    refusals_open(app);
}

static const struct event EVENTS[] = {
    {"account.login", "登录", KIND_ACCOUNT},
    {"account.logout", "退出", KIND_ACCOUNT},
    {"account.password_change", "修改密码", KIND_ACCOUNT},
    {"account.again", "再次输入密码", KIND_ACCOUNT},
    {"account.consent", "同意个人信息处理规则", KIND_ACCOUNT},
    {"account.session_end", "结束登录", KIND_ACCOUNT},
    {"account.totp_on", "开启动态码", KIND_ACCOUNT},
    {"account.totp_off", "关闭动态码", KIND_ACCOUNT},
    {"account.totp_reset", "重置动态码", KIND_ACCOUNT},
    {"account.lost_ask", "申请忘记密码", KIND_ACCOUNT},
    {"account.lost_grant", "核对码通过，启用新密码", KIND_ACCOUNT},
    {"account.lost_wrong", "核对码不正确", KIND_ACCOUNT},
    {"account.lost_cancel", "取消忘记密码的申请", KIND_ACCOUNT},
    {"account.activation_print", "打印激活条", KIND_ACCOUNT},
    {"account.activate", "激活账号", KIND_ACCOUNT},
    {"account.add", "新增协会账号", KIND_ACCOUNT},
    {"account.reset", "重置密码", KIND_ACCOUNT},
    {"account.disable", "停用账号", KIND_ACCOUNT},
    {"account.enable", "启用账号", KIND_ACCOUNT},
    {"account.role", "修改角色", KIND_ACCOUNT},
};

/* In the order of enum role. */
static const struct setting_word ROLE_WORDS[] = {
    {"membership", "会员管理"}, {"finance", "财务"},      {"training", "培训"},       {"content", "通知资料"},
    {"viewer", "查看"},         {"system", "系统管理员"}, {"security", "安全管理员"}, {"auditor", "审计员"},
};

static const struct setting SETTINGS[] = {
    SETTING_OF_SECRET("account.initial_password", initial_password, 0, 128, "初始密码",
                      "给出的密码都是它，首次登录必须修改；空：每次随机"),
    SETTING_OF_NUMBER("account.onetime_days", onetime_days, 7, 1, 90, "天", "一次性密码有效",
                      "给出后过了这么久就不能再用"),
    SETTING_OF_NUMBER("account.password_days.member", password_days[SIDE_MEMBER], 0, 0, 3650, "天",
                      "个人会员的密码可用", "过了这么久，登录后须先修改；0：不限"),
    SETTING_OF_NUMBER("account.password_days.company", password_days[SIDE_COMPANY], 90, 0, 3650, "天",
                      "企业经办人的密码可用", "过了这么久，登录后须先修改；0：不限"),
    SETTING_OF_NUMBER("account.password_days.staff", password_days[SIDE_STAFF], 90, 0, 3650, "天",
                      "协会人员的密码可用", "过了这么久，登录后须先修改；0：不限"),
    SETTING_OF_NUMBER("account.password_history", password_history, 5, 0, 24, "个", "不能再用的最近密码",
                      "连同现在的一个；0：只有现在的不能再用"),
    SETTING_OF_WORDS("account.totp_roles", totp_roles, 0, ROLE_WORDS, "登录须有动态码的角色",
                     "有这些角色的人登录后，须先开启动态码"),
    SETTING_OF_NUMBER("account.again_minutes", again_minutes, 10, 1, 240, "分钟", "输入密码后可办要紧的事",
                      "带完整证件号的导出、重置密码、修改角色，过了这么久要再输一次"),
    SETTING_OF_NUMBER("account.lost_days", lost_days, 7, 1, 90, "天", "核对码有效",
                      "忘记密码后过了这么久，核对码就不能再用"),
    SETTING_OF_NUMBER("account.lost_account_tries", lost_account_tries, 20, 1, 1000, "次",
                      "一个账号一天可申请忘记密码", NULL),
    SETTING_OF_NUMBER("account.lost_network_tries", lost_network_tries, 30, 1, 100000, "次",
                      "一个网络一小时可申请忘记密码", "对哪些账号都算；一个单位常常共用一个网络"),
    SETTING_OF_NUMBER("account.activation_days", activation_days, 90, 1, 3650, "天", "激活码有效",
                      "打印激活条后过了这么久，激活码就不能再用"),
    SETTING_OF_NUMBER("account.activation_tries", activation_tries, 10, 1, 1000, "次",
                      "一个身份证号一小时可试激活", NULL),
    SETTING_OF_NUMBER("account.stale_days", stale_days, 90, 1, 3650, "天", "久未登录",
                      "账号过了这么久没有人登录，就列出来"),
    SETTING_OF_NUMBER("captcha.work_bits", captcha_work_bits, 16, 1, 24, "位", "代替验证码的计算",
                      "每加一，计算加倍"),
    SETTING_OF_NUMBER("captcha.both_failures", captcha_both_failures, 10, 1, 1000, "次", "验证码和计算都要",
                      "一个网络失败了这么多次以后"),
    SETTING_OF_NUMBER("login.pair_failures", login_pair_failures, 5, 1, 1000, "次", "同一账号、同一网络可错",
                      NULL),
    SETTING_OF_NUMBER("login.pair_minutes", login_pair_minutes, 15, 1, 1440, "分钟",
                      "同一账号、同一网络错后要等", NULL),
    SETTING_OF_NUMBER("login.account_failures", login_account_failures, 20, 1, 10000, "次", "同一账号可错",
                      "从哪里来都算；账号用过的网络另算"),
    SETTING_OF_NUMBER("login.account_minutes", login_account_minutes, 30, 1, 1440, "分钟", "同一账号错后要等",
                      NULL),
    SETTING_OF_NUMBER("login.network_failures", login_network_failures, 30, 1, 100000, "次", "同一网络可错",
                      "对哪些账号都算；一个单位常常共用一个网络"),
    SETTING_OF_NUMBER("login.network_minutes", login_network_minutes, 15, 1, 1440, "分钟", "同一网络错后要等",
                      NULL),
    SETTING_OF_NUMBER("login.known_days", login_known_days, 90, 0, 3650, "天", "记得账号用过的网络",
                      "别人试错时，本人仍可从这些网络登录"),
};

static const struct setting_group GROUPS[] = {
    {"account", "账号与密码", ROLE_SECURITY},
    {"captcha", "验证码", ROLE_SECURITY},
    {"login", "登录失败的次数", ROLE_SECURITY},
};

#define LOST_DAYS 30
#define LOST_ROWS 1000

/* Logins on a full disk for whose rows there was no place at all. */
static enum status look_at_lost(struct ctx *c, struct str *ret_wrong)
{
    struct audit_lost_rows rows;
    int64_t lost = 0;
    TRY(q_audit_lost(c->db, c->arena, c->now_ms - LOST_DAYS * DAY_MS, LOST_ROWS, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct audit_detail detail = {0};
        int64_t n = 0;
        TRY(detail_open(c, &(struct subject){0}, rows.p[i].digest, rows.p[i].detail_sealed, &detail));
        if (str_int(detail.note, &n)) lost += n;
    }
    if (lost)
        *ret_wrong =
            arena_fmt(c->arena, "%ld in the last %d days, while the disk was full: make room, and watch it",
                      (long)lost, LOST_DAYS);
    return ST_OK;
}

static const struct check CHECKS[] = {
    {"logins without a row", look_at_lost},
    {"passwords", look_at_passwords},
    {"sessions", look_at_sessions},
    {"earlier passwords", look_at_earlier_passwords},
    {"kept forms", look_at_kept_forms},
    {"second factors", look_at_totp},
    {"lost passwords", look_at_lost_passwords},
};

static enum status upgrade(struct ctx *c, bool *ret_more)
{
    TRY(accounts_upgrade(c, ret_more));
    return *ret_more ? ST_OK : kept_forms_upgrade(c, ret_more);
}

static enum status sweep(struct ctx *c)
{
    TRY(q_sessions_delete_old(c->db, c->now_ms - DAY_MS - HOUR_MS, NULL));
    TRY(q_attempts_delete_old(c->db, c->now_ms - DAY_MS, NULL));
    TRY(q_attempt_turns_delete_old(c->db, c->now_ms - DAY_MS, NULL));
    TRY(q_known_networks_delete_old(c->db, c->now_ms - c->settings->login_known_days * DAY_MS, NULL));
    TRY(q_kept_forms_delete_old(c->db, c->now_ms - HOUR_MS, NULL));
    TRY(lost_sweep(c));
    return q_spent_delete_old(c->db, c->now_ms, NULL);
}

static const struct todo_kind TODOS[] = {
    {"lost_passwords", "忘记密码，等核对本人", SIDE_STAFF, ROLE_MEMBERSHIP, NULL, todo_lost},
    {"lost_passwords", "忘记密码，等核对本人", SIDE_COMPANY, 0, NULL, todo_lost},
};

const struct feature access_feature = {.name = "access",
                                       FEATURE_EVENTS(EVENTS),
                                       FEATURE_SETTINGS(SETTINGS),
                                       FEATURE_GROUPS(GROUPS),
                                       FEATURE_CHECKS(CHECKS),
                                       FEATURE_TODOS(TODOS),
                                       .open = open_access,
                                       .sweep = sweep,
                                       .round = refusals_round,
                                       .last = refusals_tell,
                                       .upgrade = upgrade};
