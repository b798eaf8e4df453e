#include "app/reports/audit_filter.h"

#include "app/access/accounts.h"
#include "app/core/events.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "domain/typed_day.h"
#include "gen/queries.h"

#define ACCOUNT_CHARS 100
#define CLERKS_MOST   100 /* accounts of a company that are looked at as actors */

static void read_day(struct ctx *c, const char *field, struct str typed, struct day *ret)
{
    if (typed.n && !typed_day(typed, ret)) problem_add(&c->problems, field, "没有这样的日期，" TYPED_DAY_HOW);
}

static void read_days(struct ctx *c, const struct audit_asked *asked, struct audit_filter *f)
{
    read_day(c, "from", asked->from, &f->from);
    read_day(c, "to", asked->to, &f->to);
    if (day_is(f->from) && day_is(f->to) && day_cmp(f->from, f->to) > 0)
        problem_add(&c->problems, "to", "止日早于起日");
}

static void read_id(struct ctx *c, const char *field, struct str typed, int64_t *ret)
{
    if (typed.n && (!str_int(typed, ret) || *ret <= 0 || *ret > LIMIT_ID)) {
        *ret = 0;
        problem_add(&c->problems, field, "请填写编号（数字），例如 12");
    }
}

static void read_words(struct ctx *c, const struct audit_asked *asked, struct audit_filter *f)
{
    f->event = asked->event;
    f->address = asked->address;
    if (asked->event.n && !event_find(asked->event))
        problem_add(&c->problems, "event", "没有这种事件，请从列表中选择");
    if (asked->address.n > LIMIT_ADDRESS_BYTES)
        problem_add(&c->problems, "address", "地址太长，最多 %d 个字符", LIMIT_ADDRESS_BYTES);
    if (str_eq(asked->result, STR("ok")))
        f->outcome = AUDIT_OK;
    else if (str_eq(asked->result, STR("refused")))
        f->outcome = AUDIT_REFUSED;
    else if (asked->result.n)
        problem_add(&c->problems, "result", "没有这种结果，请从列表中选择");
    if (utf8_count(asked->account) > ACCOUNT_CHARS)
        problem_add(&c->problems, "account", "账号太长，最多 %d 个字", ACCOUNT_CHARS);
}

static enum status find_accounts(struct ctx *c, struct str login, struct audit_filter *f)
{
    static const enum side SIDES[] = {SIDE_STAFF, SIDE_COMPANY, SIDE_MEMBER};
    f->by_account = login.n > 0;
    for (size_t i = 0; login.n && i < sizeof SIDES / sizeof *SIDES; i++) {
        struct account_full account;
        enum status s = account_find(c, SIDES[i], login, &account);
        if (s == ST_NOT_FOUND) continue;
        if (s) return s;
        *ARENA_PUSH(c->arena, &f->accounts) = account.id;
    }
    return ST_OK;
}

static enum status find_actors(struct ctx *c, struct audit_filter *f)
{
    struct account_full own;
    struct audit_accounts_of_rows clerks = {0};
    if (f->member.v) {
        enum status s = q_account_of_member_unscoped(c->db, c->arena, f->member, &own);
        if (s != ST_OK && s != ST_NOT_FOUND) return s;
        if (s == ST_OK) *ARENA_PUSH(c->arena, &f->of_member) = own.id;
    }
    if (f->company.v) TRY(q_audit_accounts_of(c->db, c->arena, f->company, CLERKS_MOST, &clerks));
    for (size_t i = 0; i < clerks.n; i++)
        *ARENA_PUSH(c->arena, &f->of_company) = clerks.p[i].id;
    return ST_OK;
}

static struct str add_words(struct ctx *c, struct str words, const char *what, struct str value)
{
    return value.n ? arena_fmt(c->arena, "%.*s，%s %.*s", STR_ARG(words), what, STR_ARG(value)) : words;
}

/* The login name is left to the row's own reader: a member's is an ID number. */
static struct str words_of(struct ctx *c, const struct audit_asked *asked)
{
    struct str words = STR("审计日志");
    words = add_words(c, words, "起", asked->from);
    words = add_words(c, words, "止", asked->to);
    words = add_words(c, words, "事件", asked->event);
    words = add_words(c, words, "账号", asked->account.n ? STR("一个") : STR_NONE);
    words = add_words(c, words, "人员", asked->member);
    words = add_words(c, words, "企业", asked->company);
    words = add_words(c, words, "地址", asked->address);
    return add_words(c, words, "结果", asked->result);
}

enum status audit_filter_read(struct ctx *c, const struct audit_asked *asked, struct audit_filter *ret)
{
    struct audit_filter f = {0};
    read_days(c, asked, &f);
    read_id(c, "member", asked->member, &f.member.v);
    read_id(c, "company", asked->company, &f.company.v);
    read_words(c, asked, &f);
    TRY(problems_status(c));
    TRY(app_read(c));
    TRY(find_accounts(c, asked->account, &f));
    TRY(find_actors(c, &f));
    f.words = words_of(c, asked);
    *ret = f;
    return ST_OK;
}

bool audit_filter_is_all(const struct audit_filter *f)
{
    return !day_is(f->from) && !day_is(f->to) && !f->event.n && !f->address.n && !f->outcome &&
           !f->member.v && !f->company.v && !f->by_account;
}
