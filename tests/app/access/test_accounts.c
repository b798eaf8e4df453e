/* Logging in on the three sides, what is refused and how often one may try; sessions; passwords. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/access/limits.h"
#include "app/access/roles.h"
#include "app/access/sessions.h"
#include "app/companies/companies.h"
#include "app/core/settings.h"
#include "gen/queries.h"

#include <string.h>

#define STAFF_PASSWORD "Zhaoqi-8842"
#define ADDRESS        "192.0.2.7"

struct company_login {
    struct company_id id;
    struct str name, credit_code, password; /* given out: must be changed */
};

/* A company with an account of its own. */
static struct company_login company_with_login(struct fixture *x)
{
    struct company_input in = {.name = STR("甘肃春风（集团）监理有限公司"),
                               .credit_code = STR("91620100712345678F"),
                               .contact = STR("马联系"),
                               .phone = STR("0931-8800001"),
                               .address = STR("兰州市"),
                               .enabled = true,
                               .credit_code_anyway = true,
                               .reason = STR("测试")};
    struct one_time made;
    struct ctx *c = as_membership(x);
    enum status s = app_company_create(c, &in, &made);
    for (size_t i = 0; i < c->problems.n; i++)
        print_error("%.*s\n", STR_ARG(c->problems.p[i].text));
    assert_ok(c, s);
    app_end(c);
    return (struct company_login){made.company.id, in.name, made.company.credit_code, made.password};
}

static enum status login_at(struct ctx *c, enum side as, struct str account, const char *password,
                            const char *address, struct str *ret_token)
{
    struct login_input in = {as, account, str_from(password), str_from(address)};
    enum status s = app_login(c, &in, ret_token);
    app_end(c);
    return s;
}

static enum status login(struct fixture *x, enum side as, struct str account, const char *password)
{
    struct str token;
    return login_at(as_command_line(x), as, account, password, ADDRESS, &token);
}

static struct actor session_actor(struct fixture *x, struct str token, int64_t later_ms)
{
    struct ctx *c = as_command_line(x);
    c->now_ms += later_ms;
    assert_ok(c, app_read(c));
    assert_ok(c, app_session_find(c, token));
    app_end(c);
    return c->actor;
}

static void members_log_in(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct str token, number = form.account.id_number;
    struct member_id id = application_send(x, &form);
    struct ctx *c = as_command_line(x);
    assert_int_equal(login_at(c, SIDE_MEMBER, number, PASSWORD, ADDRESS, &token), ST_OK);
    struct actor a = session_actor(x, token, 0);
    assert_int_equal(a.side, SIDE_MEMBER);
    assert_int_equal(a.member.v, id.v);
    assert_text(a.member_state, "submitted");
    assert_false(a.must_change);
    assert_int_equal(login(x, SIDE_MEMBER, arena_fmt(x->arena, " %.*s ", STR_ARG(number)), PASSWORD), ST_OK);
    assert_int_equal(login(x, SIDE_COMPANY, number, PASSWORD), ST_BAD_INPUT); /* another side's */
    assert_int_equal(login(x, SIDE_STAFF, number, PASSWORD), ST_BAD_INPUT);
}

static void companies_log_in(void **state)
{
    struct fixture *x = *state;
    struct company_login k = company_with_login(x);
    static const char *const NAMES[] = {
        "甘肃春风（集团）监理有限公司",  "甘肃春风(集团)监理有限公司", " 甘肃春风〔集团〕监理有限公司 ",
        "甘肃春风（集团） 监理有限公司", "91620100712345678F",         "91620100712345678f"};
    const char *password = arena_cstr(x->arena, k.password);
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        enum status s = login(x, SIDE_COMPANY, str_from(NAMES[i]), password);
        if (s != ST_OK) print_error("%s\n", NAMES[i]);
        raw_sql(x, "update account set onetime = 1 where onetime = 2"); /* as if given out again */
        assert_int_equal(s, ST_OK);
    }
    struct str token;
    assert_int_equal(login_at(as_command_line(x), SIDE_COMPANY, k.name, password, ADDRESS, &token), ST_OK);
    struct actor a = session_actor(x, token, 0);
    assert_int_equal(a.side, SIDE_COMPANY);
    assert_int_equal(a.company.v, k.id.v);
    assert_true(a.main);
    assert_true(a.must_change); /* it was given out */
    assert_int_equal(login(x, SIDE_COMPANY, STR("协会直管"), password), ST_BAD_INPUT);
}

static void rename(struct fixture *x, struct company_id id, const char *name)
{
    struct ctx *c = as_membership(x);
    struct company_full company;
    assert_ok(c, app_company(c, id, &company));
    struct company_input in = {.name = str_from(name),
                               .credit_code = company.credit_code,
                               .contact = company.contact,
                               .phone = company.phone,
                               .address = company.address,
                               .enabled = true,
                               .credit_code_anyway = true,
                               .reason = STR("更名")};
    app_end(c);
    c = as_membership(x);
    assert_ok(c, app_company_update(c, id, &in, company.version));
    app_end(c);
}

/* A former name still logs in, until somebody else has it. */
static void former_names_log_in(void **state)
{
    struct fixture *x = *state;
    struct company_login k = company_with_login(x);
    const char *password = arena_cstr(x->arena, k.password);
    rename(x, k.id, "甘肃秋水监理有限公司");
    raw_sql(x, "update account set onetime = 0"); /* as if a person had chosen it */
    assert_int_equal(login(x, SIDE_COMPANY, STR("甘肃秋水监理有限公司"), password), ST_OK);
    assert_int_equal(login(x, SIDE_COMPANY, k.name, password), ST_OK);
    rename(x, x->other, "甘肃春风（集团）监理有限公司");
    assert_int_equal(login(x, SIDE_COMPANY, k.name, password), ST_BAD_INPUT);
    assert_int_equal(login(x, SIDE_COMPANY, STR("甘肃秋水监理有限公司"), password), ST_OK);
    rename(x, x->other, "甘肃冬雪监理有限公司"); /* a former name of two is nobody's, whatever they chose */
    settings_of(x)->initial_password = STR("Huiyuan-8842");
    struct company_id both[] = {k.id, x->other};
    for (size_t i = 0; i < COUNT(both); i++) {
        struct one_time made;
        struct ctx *c = as_membership(x);
        assert_ok(c, app_company_reset_password(c, both[i], &made));
        app_end(c);
    }
    raw_sql(x, "update account set onetime = 0");
    password = "Huiyuan-8842";
    assert_int_equal(login(x, SIDE_COMPANY, STR("甘肃冬雪监理有限公司"), password), ST_OK);
    assert_int_equal(login(x, SIDE_COMPANY, k.name, password), ST_BAD_INPUT);
}

static void staff_log_in(void **state)
{
    struct fixture *x = *state;
    struct str token;
    assert_int_equal(
        login_at(as_command_line(x), SIDE_STAFF, STR("huiyuan"), STAFF_PASSWORD, ADDRESS, &token), ST_OK);
    struct actor a = session_actor(x, token, 0);
    assert_int_equal(a.side, SIDE_STAFF);
    assert_int_equal(a.roles, ROLE_MEMBERSHIP);
    assert_true(a.must_change);
}

/* One sentence for all of it: nobody learns which accounts exist. */
static void the_wrong_ones_are_refused_alike(void **state)
{
    struct fixture *x = *state;
    struct company_login k = company_with_login(x);
    person_register(x, 1);
    const struct {
        enum side as;
        struct str account;
        const char *password;
    } CASES[] = {
        {SIDE_STAFF, STR("huiyuan"), "Zhaoqi-8843"},
        {SIDE_STAFF, STR("huiyuan"), ""},
        {SIDE_STAFF, STR("nobody"), STAFF_PASSWORD},
        {SIDE_STAFF, STR(""), STAFF_PASSWORD},
        {SIDE_STAFF, STR("huiyuan\0x"), STAFF_PASSWORD},
        {SIDE_STAFF, STR("\xff\xfe"), STAFF_PASSWORD},
        {SIDE_COMPANY, k.name, STAFF_PASSWORD},
        {SIDE_COMPANY, STR("没有这个单位"), STAFF_PASSWORD},
        {SIDE_MEMBER, application_of(x, x->company, 1).account.id_number, "Chunfeng-2027"},
        {SIDE_MEMBER, application_of(x, x->company, 2).account.id_number, PASSWORD},
        {SIDE_MEMBER, STR("620112"), PASSWORD},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_command_line(x);
        struct str token = STR("untouched");
        assert_int_equal(login_at(c, CASES[i].as, CASES[i].account, CASES[i].password, ADDRESS, &token),
                         ST_BAD_INPUT);
        assert_text(problem_of(&c->problems, STR("password")), "账号或密码不正确");
        assert_int_equal(c->problems.n, 1);
        assert_text(token, "untouched");
    }
    assert_int_equal(trail_count(x, "account.login", "refused"), COUNT(CASES));
}

static void the_disabled_are_out_at_once(void **state)
{
    struct fixture *x = *state;
    struct company_login k = company_with_login(x);
    const char *password = arena_cstr(x->arena, k.password);
    struct str staff, clerk;
    assert_int_equal(
        login_at(as_command_line(x), SIDE_STAFF, STR("huiyuan"), STAFF_PASSWORD, ADDRESS, &staff), ST_OK);
    assert_int_equal(login_at(as_command_line(x), SIDE_COMPANY, k.name, password, ADDRESS, &clerk), ST_OK);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_company_enable(c, k.id, false));
    c = as_command_line(x);
    assert_ok(c, app_staff_disable(c, STR("huiyuan")));
    raw_sql(x, "update account set onetime = 1 where onetime = 2");
    assert_false(session_actor(x, staff, 0).account.v);
    assert_false(session_actor(x, clerk, 0).account.v);
    assert_int_equal(login(x, SIDE_STAFF, STR("huiyuan"), STAFF_PASSWORD), ST_BAD_INPUT);
    assert_int_equal(login(x, SIDE_COMPANY, k.name, password), ST_BAD_INPUT);
    c = as_membership(x);
    assert_ok(c, app_company_enable(c, k.id, true));
    assert_int_equal(login(x, SIDE_COMPANY, k.name, password), ST_OK);
}

/* Wrong passwords, one a second from `from_ms` on; the status of each must be ST_BAD_INPUT. */
static void fail_times(struct fixture *x, int n, int64_t from_ms, const char *account, const char *address)
{
    struct str token;
    for (int i = 0; i < n; i++) {
        struct ctx *c = as_command_line(x);
        c->now_ms = from_ms + i * 1000;
        assert_int_equal(login_at(c, SIDE_STAFF, str_from(account), "wrong", address, &token), ST_BAD_INPUT);
    }
}

static enum status login_then(struct fixture *x, int64_t at_ms, const char *address, int *ret_wait_s)
{
    struct str token;
    struct ctx *c = as_command_line(x);
    c->now_ms = at_ms;
    enum status s = login_at(c, SIDE_STAFF, STR("huiyuan"), STAFF_PASSWORD, address, &token);
    *ret_wait_s = c->fault.retry_after_s;
    return s;
}

/* Five failures of an account from a network in fifteen minutes; the right password waits, too. */
static void five_from_one_network(void **state)
{
    struct fixture *x = *state;
    int64_t t = as_command_line(x)->now_ms;
    int wait_s;
    fail_times(x, 5, t, "huiyuan", ADDRESS);
    assert_int_equal(login_then(x, t + 5000, ADDRESS, &wait_s), ST_TOO_MANY);
    assert_int_equal(wait_s, 15 * 60 - 5);
    assert_int_equal(login_then(x, t + 5000, "192.0.2.200", &wait_s), ST_TOO_MANY); /* the same /24 */
    assert_int_equal(login_then(x, t + 15 * MINUTE_MS - 1, ADDRESS, &wait_s), ST_TOO_MANY);
    assert_int_equal(login_then(x, t + 15 * MINUTE_MS, ADDRESS, &wait_s), ST_OK);
    fail_times(x, 5, t + 16 * MINUTE_MS, "huiyuan", ADDRESS); /* counted anew after success */
    assert_int_equal(login_then(x, t + 17 * MINUTE_MS, "198.51.100.1", &wait_s),
                     ST_OK); /* elsewhere it is open */
}

/* An office of IPv6 has as many addresses as it likes, and each has several texts. */
static void five_from_one_network_of_ipv6(void **state)
{
    static const char *const NEIGHBOURS[] = {"2001:db8::1", "2001:db8::a:1", "2001:db8:0:ff::2",
                                             "2001:0db8:0000::3", "2001:db8:0:1:2:3:4:5"};
    struct fixture *x = *state;
    int64_t t = as_command_line(x)->now_ms;
    int wait_s;
    for (size_t i = 0; i < COUNT(NEIGHBOURS); i++)
        fail_times(x, 1, t + (int64_t)i, "huiyuan", NEIGHBOURS[i]);
    assert_int_equal(login_then(x, t + 5000, "2001:db8::9", &wait_s), ST_TOO_MANY);
    assert_int_equal(login_then(x, t + 5000, "2001:db8:1::1", &wait_s), ST_OK);
}

static void twenty_of_one_account(void **state)
{
    static const char *const ADDRESSES[] = {"192.0.2.1", "192.0.3.1", "2001:db8:1:2::3", "192.0.5.1"};
    struct fixture *x = *state;
    int64_t t = as_command_line(x)->now_ms;
    int wait_s;
    for (int i = 0; i < 4; i++)
        fail_times(x, 5, t + i * 5000, "huiyuan", ADDRESSES[i]);
    assert_int_equal(login_then(x, t + MINUTE_MS, "203.0.113.1", &wait_s), ST_TOO_MANY);
    assert_int_equal(wait_s, 29 * 60);
    assert_int_equal(login_then(x, t + 30 * MINUTE_MS, "203.0.113.1", &wait_s), ST_OK);
}

/* However the account is written, it is one. */
static void other_spellings_do_not_count_apart(void **state)
{
    struct fixture *x = *state;
    struct company_login k = company_with_login(x);
    static const char *const NAMES[] = {"甘肃春风（集团）监理有限公司", "甘肃春风(集团)监理有限公司",
                                        "甘 肃春风(集团)监理有限公司", "91620100712345678F",
                                        "91620100712345678f"};
    for (size_t i = 0; i < COUNT(NAMES); i++)
        assert_int_equal(login(x, SIDE_COMPANY, str_from(NAMES[i]), "wrong"), ST_BAD_INPUT);
    assert_int_equal(login(x, SIDE_COMPANY, k.name, arena_cstr(x->arena, k.password)), ST_TOO_MANY);
    static const char *const UNKNOWN[] = {"没有（这个）单位", "没有(这个)单位", "没有 (这个)单位",
                                          "没 有(这个)单位", "没有(这个) 单位"};
    for (size_t i = 0; i < COUNT(UNKNOWN); i++)
        assert_int_equal(login(x, SIDE_COMPANY, str_from(UNKNOWN[i]), "wrong"), ST_BAD_INPUT);
    assert_int_equal(login(x, SIDE_COMPANY, STR("没有(这个)单位"), "wrong"), ST_TOO_MANY);
}

/* Whether the session is alive so many minutes after the login; asking uses it. */
static bool alive_after(struct fixture *x, struct str token, int64_t minutes)
{
    return session_actor(x, token, minutes * MINUTE_MS).account.v != 0;
}

static void sessions_end(void **state)
{
    static const struct {
        enum side side;
        int64_t idle, whole; /* minutes */
    } CASES[] = {{SIDE_MEMBER, 30, 480}, {SIDE_STAFF, 15, 240}};
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    application_send(x, &form);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct str idle, used,
            account = CASES[i].side == SIDE_STAFF ? STR("huiyuan") : form.account.id_number;
        const char *password = CASES[i].side == SIDE_STAFF ? STAFF_PASSWORD : PASSWORD;
        struct ctx *c = as_command_line(x);
        assert_int_equal(login_at(c, CASES[i].side, account, password, ADDRESS, &idle), ST_OK);
        assert_int_equal(login_at(c, CASES[i].side, account, password, ADDRESS, &used), ST_OK);
        assert_false(alive_after(x, idle, CASES[i].idle + 1));
        for (int64_t t = 0; t < CASES[i].whole; t += CASES[i].idle - 1)
            assert_true(alive_after(x, used, t));
        assert_false(alive_after(x, used, CASES[i].whole + 1));
    }
    assert_false(alive_after(x, STR("nonsense"), 0));
}

/* A session may be used through one server while another keeps what it read long ago. */
static void a_session_is_alive_wherever_it_was_seen(void **state)
{
    struct fixture *x = *state;
    struct str token;
    struct ctx *c = as_command_line(x);
    assert_int_equal(login_at(c, SIDE_STAFF, STR("huiyuan"), STAFF_PASSWORD, ADDRESS, &token), ST_OK);
    assert_true(alive_after(x, token, 0));
    raw_sql(x, "update session set seen_at = seen_at + 600000");
    assert_true(alive_after(x, token, 20));
    assert_false(alive_after(x, token, 36));
}

/* What a process keeps of a session has room for usual names; a longer one is read anew each time. */
static void a_name_of_any_length_is_shown_whole(void **state)
{
    struct fixture *x = *state;
    struct company_login k = company_with_login(x);
    struct str token, name = arena_fmt(x->arena, "%0300d", 7);
    struct ctx *c = as_command_line(x);
    assert_int_equal(login_at(c, SIDE_COMPANY, k.name, arena_cstr(x->arena, k.password), ADDRESS, &token),
                     ST_OK);
    raw_sql(x,
            arena_fmt(x->arena, "update account set name = '%.*s' where side = 'company'", STR_ARG(name)).p);
    for (int i = 0; i < 2; i++)
        assert_true(str_eq(session_actor(x, token, i).name, name));
}

static void leaving_ends_the_session(void **state)
{
    struct fixture *x = *state;
    struct str token, other;
    assert_int_equal(
        login_at(as_command_line(x), SIDE_STAFF, STR("huiyuan"), STAFF_PASSWORD, ADDRESS, &token), ST_OK);
    assert_int_equal(
        login_at(as_command_line(x), SIDE_STAFF, STR("huiyuan"), STAFF_PASSWORD, ADDRESS, &other), ST_OK);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_logout(c, token));
    assert_false(session_actor(x, token, 0).account.v);
    assert_true(session_actor(x, other, 0).account.v);
}

static void a_new_password_ends_the_other_sessions(void **state)
{
    struct fixture *x = *state;
    struct str here, there, fresh;
    assert_int_equal(login_at(as_command_line(x), SIDE_STAFF, STR("huiyuan"), STAFF_PASSWORD, ADDRESS, &here),
                     ST_OK);
    assert_int_equal(
        login_at(as_command_line(x), SIDE_STAFF, STR("huiyuan"), STAFF_PASSWORD, ADDRESS, &there), ST_OK);
    struct ctx *c = as_command_line(x);
    c->actor = session_actor(x, here, 0);
    assert_true(c->actor.must_change);
    assert_ok(c,
              app_password_change(c, STR(STAFF_PASSWORD), STR("Qiushui-7731"), STR("Qiushui-7731"), &fresh));
    assert_false(session_actor(x, here, 0).account.v);
    assert_false(session_actor(x, there, 0).account.v);
    struct actor a = session_actor(x, fresh, 0);
    assert_int_equal(a.account.v, x->membership.v);
    assert_false(a.must_change);
    assert_int_equal(login(x, SIDE_STAFF, STR("huiyuan"), STAFF_PASSWORD), ST_BAD_INPUT);
    assert_int_equal(login(x, SIDE_STAFF, STR("huiyuan"), "Qiushui-7731"), ST_OK);
}

static void a_bad_change_changes_nothing(void **state)
{
    static const struct {
        const char *current, *password, *again, *field;
    } CASES[] = {
        {"wrong", "Qiushui-7731", "Qiushui-7731", "current"},
        {STAFF_PASSWORD, "Qiushui-7731", "Qiushui-7732", "password_again"},
        {STAFF_PASSWORD, "qiushui7731", "qiushui7731", "password"},   /* two classes */
        {STAFF_PASSWORD, "Huiyuan-7731", "Huiyuan-7731", "password"}, /* holds the account */
        {STAFF_PASSWORD, STAFF_PASSWORD, STAFF_PASSWORD, "password"}, /* the same */
    };
    struct fixture *x = *state;
    struct str token, fresh = STR("untouched");
    assert_int_equal(
        login_at(as_command_line(x), SIDE_STAFF, STR("huiyuan"), STAFF_PASSWORD, ADDRESS, &token), ST_OK);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_membership(x);
        c->actor.name = STR("huiyuan");
        assert_int_equal(app_password_change(c, str_from(CASES[i].current), str_from(CASES[i].password),
                                             str_from(CASES[i].again), &fresh),
                         ST_BAD_INPUT);
        assert_problem(c, CASES[i].field);
        app_end(c);
    }
    assert_text(fresh, "untouched");
    assert_true(session_actor(x, token, 0).account.v);
}

/* It logs in with that, whoever its contact is. */
static void a_password_does_not_hold_the_companys_name(void **state)
{
    struct fixture *x = *state;
    struct company_login ours = company_with_login(x);
    struct str token, fresh = STR("untouched"), password = STR("春风（集团）监理Abc-2031");
    assert_int_equal(login_at(as_command_line(x), SIDE_COMPANY, ours.name, ours.password.p, ADDRESS, &token),
                     ST_OK);
    struct actor clerk = session_actor(x, token, 0);
    struct ctx *c = as_command_line(x);
    c->actor = clerk;
    assert_int_equal(app_password_change(c, ours.password, password, password, &fresh), ST_BAD_INPUT);
    assert_problem(c, "password");
    app_end(c);
    assert_text(fresh, "untouched");
}

/* Five wrong ones in fifteen minutes, then not even the right one. */
static void the_current_password_is_not_guessed(void **state)
{
    struct fixture *x = *state;
    struct str fresh = STR("untouched");
    for (int i = 0; i < 6; i++) {
        struct ctx *c = as_membership(x);
        const char *current = i < 5 ? "wrong" : STAFF_PASSWORD;
        enum status s =
            app_password_change(c, str_from(current), STR("Qiushui-7731"), STR("Qiushui-7731"), &fresh);
        assert_int_equal(s, i < 5 ? ST_BAD_INPUT : ST_TOO_MANY);
        app_end(c);
    }
    assert_text(fresh, "untouched");
    struct ctx *c = as_membership(x);
    c->now_ms += INT64_C(16) * 60 * 1000;
    assert_ok(c,
              app_password_change(c, STR(STAFF_PASSWORD), STR("Qiushui-7731"), STR("Qiushui-7731"), &fresh));
}

static void a_change_forgets_what_was_mistyped(void **state)
{
    struct fixture *x = *state;
    struct str passwords[] = {STR(STAFF_PASSWORD), STR("Qiushui-7731"), STR("Dongxue-5519")}, fresh;
    for (int round = 0; round < 2; round++) {
        struct str now = passwords[round], next = passwords[round + 1];
        for (int i = 0; i < 4; i++) {
            struct ctx *c = as_membership(x);
            assert_int_equal(app_password_change(c, STR("wrong"), next, next, &fresh), ST_BAD_INPUT);
            app_end(c);
        }
        struct ctx *c = as_membership(x);
        assert_ok(c, app_password_change(c, now, next, next, &fresh));
    }
}

/* system, security and auditor exclude every other; none, unknown and doubled words. */
static void roles_that_are_kept_apart(void **state)
{
    static const struct {
        const char *words;
        bool good;
        unsigned roles;
    } CASES[] = {
        {"membership", true, ROLE_MEMBERSHIP},
        {"membership, finance", true, ROLE_MEMBERSHIP | ROLE_FINANCE},
        {"viewer,viewer", true, ROLE_VIEWER},
        {"system", true, ROLE_SYSTEM},
        {"system,system", true, ROLE_SYSTEM},
        {"system,viewer", false, 0},
        {"membership,security", false, 0},
        {"auditor,system", false, 0},
        {"auditor,finance", false, 0},
        {"", false, 0},
        {"membership,", false, 0},
        {"root", false, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        unsigned roles = 99;
        assert_int_equal(roles_parse(str_from(CASES[i].words), &roles), CASES[i].good);
        assert_int_equal(roles, CASES[i].good ? CASES[i].roles : 99);
    }
}

static void staff_accounts(void **state)
{
    struct fixture *x = *state;
    const struct {
        const char *name, *roles, *password;
        enum status status;
    } CASES[] = {
        {"anquan", "security", "Zhaoqi-8842", ST_OK},
        {"anquan", "security", "Zhaoqi-8842", ST_CONFLICT},
        {"shenji", "auditor,viewer", "Zhaoqi-8842", ST_BAD_INPUT},
        {"shenji", "auditor", "zhaoqi8842", ST_BAD_INPUT},
        {"s", "auditor", "Zhaoqi-8842", ST_BAD_INPUT},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_command_line(x);
        assert_int_equal(
            app_staff_add(c, str_from(CASES[i].name), str_from(CASES[i].roles), str_from(CASES[i].password)),
            CASES[i].status);
        app_end(c);
    }
    struct str token;
    assert_int_equal(login_at(as_command_line(x), SIDE_STAFF, STR("anquan"), "Zhaoqi-8842", ADDRESS, &token),
                     ST_OK);
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_staff_set_password(c, STR("anquan"), STR("Dongxue-5519")));
    assert_false(session_actor(x, token, 0).account.v);
    assert_int_equal(login(x, SIDE_STAFF, STR("anquan"), "Dongxue-5519"), ST_OK);
    c = as_command_line(x);
    assert_int_equal(app_staff_set_password(c, STR("nobody"), STR("Dongxue-5519")), ST_NOT_FOUND);
    app_end(c);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(members_log_in),
        TEST(companies_log_in),
        TEST(former_names_log_in),
        TEST(staff_log_in),
        TEST(the_wrong_ones_are_refused_alike),
        TEST(the_disabled_are_out_at_once),
        TEST(five_from_one_network),
        TEST(five_from_one_network_of_ipv6),
        TEST(twenty_of_one_account),
        TEST(other_spellings_do_not_count_apart),
        TEST(sessions_end),
        TEST(a_session_is_alive_wherever_it_was_seen),
        TEST(a_name_of_any_length_is_shown_whole),
        TEST(leaving_ends_the_session),
        TEST(a_new_password_ends_the_other_sessions),
        TEST(a_bad_change_changes_nothing),
        TEST(a_password_does_not_hold_the_companys_name),
        TEST(the_current_password_is_not_guessed),
        TEST(a_change_forgets_what_was_mistyped),
        TEST(roles_that_are_kept_apart),
        TEST(staff_accounts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
