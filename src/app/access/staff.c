#include "app/access/accounts.h"
#include "app/core/ledger.h"
#include "base/text.h"
#include "base/utf8.h"
#include "gen/queries.h"

static const struct {
    const char *word, *label;
    enum role role;
    bool alone; /* the security standard keeps it apart from every other */
} ROLES[] = {
    {"membership", "会员管理", ROLE_MEMBERSHIP, false},
    {"finance", "财务", ROLE_FINANCE, false},
    {"training", "培训", ROLE_TRAINING, false},
    {"content", "通知资料", ROLE_CONTENT, false},
    {"viewer", "查看", ROLE_VIEWER, false},
    {"system", "系统管理员", ROLE_SYSTEM, true},
    {"security", "安全管理员", ROLE_SECURITY, true},
    {"auditor", "审计员", ROLE_AUDITOR, true},
};
#define N_ROLES (sizeof ROLES / sizeof *ROLES)

bool roles_parse(struct str words, unsigned *ret)
{
    unsigned roles = 0;
    bool alone = false;
    struct str word;
    for (bool more = true; more;) {
        more = str_cut(words, ',', &word, &words);
        size_t i = 0;
        while (i < N_ROLES && !str_eq(str_trim(word), str_from(ROLES[i].word)))
            i++;
        if (i == N_ROLES) return false;
        roles |= ROLES[i].role;
        alone |= ROLES[i].alone;
    }
    if (alone && (roles & (roles - 1))) return false;
    *ret = roles;
    return true;
}

struct str roles_text(struct arena *a, unsigned roles)
{
    struct str text = STR("");
    for (size_t i = 0; i < N_ROLES; i++)
        if (roles & ROLES[i].role)
            text = arena_fmt(a, "%.*s%s%s", STR_ARG(text), text.n ? "、" : "", ROLES[i].label);
    return text;
}

/* As it is typed at the login, too. */
static enum status staff_name(struct ctx *c, struct str typed, struct str *ret)
{
    struct str name = text_clean(c->arena, utf8_half_width(c->arena, typed));
    if (name.n < 2 || name.n > 60 || !text_is_line(name))
        return fail(&c->fault, ST_BAD_INPUT, "a name has 2 to 60 bytes, all of which can be seen");
    *ret = name;
    return ST_OK;
}

static enum status check_password(struct ctx *c, struct str name, struct str password)
{
    password_check_new(&c->problems, SIDE_STAFF, name, password, password);
    if (c->problems.n == 0) return ST_OK;
    return fail(&c->fault, ST_BAD_INPUT, "%.*s", STR_ARG(c->problems.p[0].text));
}

enum status app_staff_add(struct ctx *c, struct str name, struct str roles, struct str password)
{
    unsigned bits;
    struct str hash;
    struct account_insert_row row;
    if (!roles_parse(roles, &bits))
        return fail(&c->fault, ST_BAD_INPUT,
                    "unknown roles, or system, security or auditor together with another: %.*s",
                    STR_ARG(roles));
    TRY(staff_name(c, name, &name));
    TRY(check_password(c, name, password));
    TRY(account_hash(c, password, &hash));
    TRY(app_begin(c));
    enum status s = q_account_insert(
        c->db, c->arena,
        &(struct account_insert_in){.side = STR("staff"),
                                    .login = name,
                                    .name = name,
                                    .roles = bits,
                                    .password = account_password_seal(c, STR("staff"), name, hash),
                                    .must_change = true,
                                    .now = c->now_ms},
        &row);
    if (s == ST_NOT_FOUND)
        return fail(&c->fault, ST_CONFLICT, "there is an account %.*s already", STR_ARG(name));
    if (s) return s;
    TRY(audit_add(c, &(struct audit_note){.event = "account.add", .note = name}));
    return app_commit(c);
}

enum status app_staff_set_password(struct ctx *c, struct str name, struct str password)
{
    struct account_full account;
    struct str hash;
    TRY(staff_name(c, name, &name));
    TRY(check_password(c, name, password));
    TRY(account_hash(c, password, &hash));
    TRY(app_begin(c));
    enum status s = q_account_by_login(c->db, c->arena, STR("staff"), name, &account);
    if (s == ST_NOT_FOUND) return fail(&c->fault, ST_NOT_FOUND, "no account %.*s", STR_ARG(name));
    if (s) return s;
    TRY(account_reset(c, &account, hash, false));
    TRY(audit_add(c, &(struct audit_note){.event = "account.reset", .note = name}));
    return app_commit(c);
}

enum status app_staff_disable(struct ctx *c, struct str name)
{
    struct account_full account;
    TRY(app_begin(c));
    enum status s = q_account_by_login(c->db, c->arena, STR("staff"), name, &account);
    if (s == ST_NOT_FOUND) return fail(&c->fault, ST_NOT_FOUND, "no account %.*s", STR_ARG(name));
    if (s) return s;
    TRY(account_disable(c, account.id));
    TRY(audit_add(c, &(struct audit_note){.event = "account.disable", .note = name}));
    return app_commit(c);
}
