/* 忘记密码: what is asked for is answered alike whoever asks, one code told at the right desk makes the
 * chosen password work, and nothing else does. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/access/lost.h"
#include "app/access/lost_desk.h"
#include "app/access/sessions.h"
#include "app/companies/clerks.h"
#include "app/companies/companies.h"
#include "app/core/files.h"
#include "app/core/settings.h"
#include "base/limits.h"
#include "gen/queries.h"

#include <pthread.h>

#define NAMED   "王小明"
#define NEW     "Qiushui-7731"
#define COMPANY "甘肃示范工程监理有限公司"
#define CONTACT "马联系"
#define MOBILE  "13893112345"
#define HERE    "192.0.2.7"
#define THERE   "198.51.100.7"
#define TODAY   DAY(2026, 11, 23)

struct ask {
    enum side as;
    const char *account, *name, *password, *address;
};

static enum status ask(struct fixture *x, const struct ask *a, struct lost_code *ret)
{
    struct ctx *c = as_command_line(x);
    struct str password = str_from(a->password ? a->password : NEW);
    struct lost_input in = {a->as,
                            str_from(a->account),
                            str_from(a->name),
                            password,
                            password,
                            str_from(a->address ? a->address : HERE)};
    enum status s = app_lost_ask(c, &in, ret);
    app_end(c);
    return s;
}

static const char *number_of(struct fixture *x, int i)
{
    return arena_cstr(x->arena, application_of(x, x->company, i).account.id_number);
}

static struct lost_code ask_of(struct fixture *x, int i, const char *password, const char *address)
{
    struct lost_code code;
    struct ask a = {SIDE_MEMBER, number_of(x, i), NAMED, password, address};
    assert_int_equal(ask(x, &a, &code), ST_OK);
    assert_int_equal(code.code.n, 6);
    return code;
}

static struct lost_id newest(struct fixture *x)
{
    return (struct lost_id){raw_sql_number(x, "select max(id) from lost_password")};
}

static int64_t pending(struct fixture *x)
{
    return raw_sql_number(x, "select count(*) from lost_password where state = 'pending'");
}

static enum status answer_as(struct ctx *c, struct lost_id id, struct str code, struct lost_verdict *ret)
{
    struct lost_verdict v = {0};
    enum status s = app_lost_answer(c, &(struct lost_answer){.request = id, .code = code}, &v);
    app_end(c);
    if (ret) *ret = v;
    return s;
}

static bool log_in(struct fixture *x, enum side side, const char *account, const char *password,
                   const char *address)
{
    struct str token;
    struct ctx *c = as_command_line(x);
    struct login_input in = {side, str_from(account), str_from(password), str_from(address)};
    enum status s = app_login(c, &in, &token);
    app_end(c);
    return s == ST_OK;
}

static struct str wrong(struct fixture *x, struct lost_code right)
{
    return arena_fmt(x->arena, "%c%.*s", right.code.p[0] == '9' ? '0' : '9', 5, right.code.p + 1);
}

static void the_chosen_password_works_when_the_code_was_told(void **state)
{
    struct fixture *x = *state;
    person_register(x, 1);
    assert_true(log_in(x, SIDE_MEMBER, number_of(x, 1), PASSWORD, HERE));
    raw_sql(x, "update account set must_change = 1, onetime = 2, password_at = 1 where side = 'member'");
    struct lost_code code = ask_of(x, 1, NEW, HERE);
    assert_int_equal(day_cmp(code.until, day_add(TODAY, 7)), 0);
    for (int i = 0; i < 5; i++) /* locked out, from there */
        assert_false(log_in(x, SIDE_MEMBER, number_of(x, 1), NEW, HERE));
    struct lost_verdict v;
    assert_int_equal(answer_as(as_clerk(x), newest(x), code.code, &v), ST_OK);
    assert_text(v.name, NAMED);
    assert_int_equal(raw_sql_number(x, "select count(*) from session"), 0);
    assert_int_equal(raw_sql_number(x,
                                    "select count(*) from account where side = 'member' and must_change = 0 "
                                    "and onetime = 0 and password_at > 1"),
                     1);
    assert_int_equal(raw_sql_number(x, "select count(*) from lost_password where password <> ''"), 0);
    assert_true(log_in(x, SIDE_MEMBER, number_of(x, 1), NEW, HERE));
    assert_false(log_in(x, SIDE_MEMBER, number_of(x, 1), PASSWORD, THERE));
    assert_int_equal(trail_count(x, "account.lost_ask", "ok"), 1);
    assert_int_equal(trail_count(x, "account.lost_grant", "ok"), 1);
    assert_int_equal(answer_as(as_clerk(x), newest(x), code.code, &v), ST_CONFLICT);
}

/* The same answer, and nothing that waits. */
static void whoever_asks_is_answered_alike(void **state)
{
    struct fixture *x = *state;
    person_register(x, 1);
    person_register(x, 2);
    raw_sql(x, "update account set enabled = 0 where member_id = (select max(id) from member)");
    const char *known = number_of(x, 1);
    const struct ask CASES[] = {
        {SIDE_MEMBER, number_of(x, 3), NAMED, NULL, NULL},
        {SIDE_MEMBER, known, "王小", NULL, NULL},
        {SIDE_MEMBER, known, "王小明明", NULL, NULL},
        {SIDE_MEMBER, number_of(x, 2), NAMED, NULL, NULL},
        {SIDE_COMPANY, known, NAMED, NULL, NULL},
        {SIDE_COMPANY, "没有这个公司", CONTACT, NULL, NULL},
        {SIDE_COMPANY, COMPANY, "马联", NULL, NULL},
        {SIDE_COMPANY, MOBILE, "赵经办", NULL, NULL},
        {SIDE_COMPANY, "协会直管", CONTACT, NULL, NULL},
        {SIDE_COMPANY, "huiyuan", "huiyuan", NULL, NULL},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct lost_code code;
        assert_int_equal(ask(x, &CASES[i], &code), ST_OK);
        assert_int_equal(code.code.n, 6);
        assert_int_equal(day_cmp(code.until, day_add(TODAY, 7)), 0);
        assert_int_equal(pending(x), 0);
    }
    assert_int_equal(trail_count(x, "account.lost_ask", "unknown"), COUNT(CASES));
}

static void a_form_is_refused_for_itself_alone(void **state)
{
    struct fixture *x = *state;
    person_register(x, 1);
    const char *known = number_of(x, 1);
    const struct {
        struct ask ask;
        const char *field;
    } CASES[] = {
        {{SIDE_MEMBER, "", NAMED, NULL, NULL}, "account"},
        {{SIDE_MEMBER, "620112198001021", NAMED, NULL, NULL}, "account"},
        {{SIDE_MEMBER, "620112198001020000", NAMED, NULL, NULL}, "account"},
        {{SIDE_COMPANY, " ", NAMED, NULL, NULL}, "account"},
        {{SIDE_MEMBER, known, "", NULL, NULL}, "name"},
        {{SIDE_MEMBER, known, "　", NULL, NULL}, "name"},
        {{SIDE_MEMBER, known, NAMED, "short1", NULL}, "password"},
        {{SIDE_MEMBER, known, NAMED, "abcdefghij", NULL}, "password"},
        {{SIDE_COMPANY, COMPANY, CONTACT, "abcdefgh12", NULL}, "password"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct lost_code code = {.code = STR("untouched")};
        struct ctx *c = as_command_line(x);
        struct str password = str_from(CASES[i].ask.password ? CASES[i].ask.password : NEW);
        struct lost_input in = {
            CASES[i].ask.as, str_from(CASES[i].ask.account), str_from(CASES[i].ask.name), password, password,
            STR(HERE)};
        assert_int_equal(app_lost_ask(c, &in, &code), ST_BAD_INPUT);
        assert_problem(c, CASES[i].field);
        assert_text(code.code, "untouched");
        app_end(c);
    }
    struct ctx *c = as_command_line(x);
    struct lost_code code;
    struct lost_input in = {SIDE_MEMBER, str_from(known),     STR(NAMED),
                            STR(NEW),    STR("Qiushui-7732"), STR(HERE)};
    assert_int_equal(app_lost_ask(c, &in, &code), ST_BAD_INPUT);
    assert_problem(c, "password_again");
}

static void people_write_themselves_as_they_do(void **state)
{
    struct fixture *x = *state;
    person_register(x, 1);
    const char *known = number_of(x, 1);
    struct str spaced = arena_fmt(x->arena, "%.6s %.8s-%.4s", known, known + 6, known + 14);
    raw_sql(x, "update company set credit_code = '91620102MA7ABCDE0X' where id = 2");
    const struct ask CASES[] = {
        {SIDE_MEMBER, arena_cstr(x->arena, spaced), NAMED, NULL, "192.0.2.1"},
        {SIDE_MEMBER, known, " 王 小明 ", NULL, "192.0.3.1"},
        {SIDE_COMPANY, COMPANY, CONTACT, NULL, "192.0.2.1"},
        {SIDE_COMPANY, "甘肃 示范工程监理有限公司", CONTACT, NULL, "192.0.3.1"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct lost_code code;
        assert_int_equal(ask(x, &CASES[i], &code), ST_OK);
        assert_int_equal(pending(x), i + 1);
    }
}

static void a_code_lives_as_long_as_is_set(void **state)
{
    static const struct {
        int64_t days;
        int after;
        enum status status;
    } CASES[] = {{7, 0, ST_OK}, {7, 7, ST_OK},        {7, 8, ST_BAD_INPUT}, {7, 400, ST_BAD_INPUT},
                 {1, 1, ST_OK}, {1, 2, ST_BAD_INPUT}, {90, 90, ST_OK},      {90, 91, ST_BAD_INPUT}};
    struct fixture *x = *state;
    person_register(x, 1);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct lost_verdict v;
        struct lost_page list;
        struct page_want want = {.size = 20};
        settings_of(x)->lost_days = CASES[i].days;
        set_today(x, TODAY);
        struct lost_code code = ask_of(x, 1, arena_fmt(x->arena, "Qiushui-77%02zu", i).p, HERE);
        set_today(x, day_add(TODAY, CASES[i].after));
        struct ctx *c = as_clerk(x);
        assert_ok(c, app_lost_list(c, STR_NONE, &want, &list));
        assert_int_equal(list.items.n, CASES[i].status == ST_OK);
        app_end(c);
        assert_int_equal(answer_as(as_clerk(x), newest(x), code.code, &v), CASES[i].status);
        assert_int_equal(v.over, CASES[i].status != ST_OK);
        raw_sql(x, "delete from lost_password");
    }
}

static void five_wrong_codes_cancel(void **state)
{
    struct fixture *x = *state;
    person_register(x, 1);
    struct lost_code code = ask_of(x, 1, NEW, HERE);
    struct lost_verdict v;
    assert_int_equal(answer_as(as_clerk(x), newest(x), STR(""), &v), ST_BAD_INPUT); /* no try */
    for (int left = 4; left >= 0; left--) {
        struct ctx *c = left % 2 ? as_membership(x) : as_clerk(x); /* whoever types them */
        assert_int_equal(answer_as(c, newest(x), wrong(x, code), &v), ST_BAD_INPUT);
        assert_int_equal(v.left, left);
        assert_int_equal(v.over, left == 0);
    }
    assert_int_equal(answer_as(as_clerk(x), newest(x), code.code, &v), ST_CONFLICT);
    assert_int_equal(trail_count(x, "account.lost_wrong", "refused"), 5);
    assert_true(log_in(x, SIDE_MEMBER, number_of(x, 1), PASSWORD, HERE));
    code = ask_of(x, 1, NEW, HERE);
    for (int left = 4; left > 0; left--)
        assert_int_equal(answer_as(as_clerk(x), newest(x), wrong(x, code), &v), ST_BAD_INPUT);
    struct str typed = arena_fmt(x->arena, " %.3s-%.3s ", code.code.p, code.code.p + 3);
    assert_int_equal(answer_as(as_clerk(x), newest(x), typed, &v), ST_OK);
}

static struct str refused(struct fixture *x)
{
    return arena_fmt(x->arena, "%ld", (long)raw_sql_number(x, "select max(refused) from lost_password"));
}

static void three_wait_and_the_fourth_gives_way_or_takes_a_place(void **state)
{
    struct fixture *x = *state;
    person_register(x, 1);
    person_register(x, 2);
    struct lost_code first = ask_of(x, 1, NEW, "192.0.2.1"), second = ask_of(x, 1, NEW, "198.51.100.1");
    struct lost_id first_id = {newest(x).v - 1};
    ask_of(x, 1, NEW, "203.0.113.1");
    ask_of(x, 2, NEW, "203.0.113.1"); /* another's do not count */
    assert_int_equal(pending(x), 4);
    assert_text(refused(x), "0");
    ask_of(x, 1, NEW, "203.0.114.1"); /* from elsewhere: not kept, and the clerk is told */
    assert_int_equal(pending(x), 4);
    assert_text(refused(x), "1");
    assert_int_equal(trail_count(x, "account.lost_ask", "full"), 1);
    struct lost_code mine = ask_of(x, 1, NEW, "192.0.2.200"); /* the same /24: instead of its oldest */
    assert_int_equal(pending(x), 4);
    assert_text(refused(x), "1");
    assert_int_equal(answer_as(as_clerk(x), first_id, first.code, NULL), ST_CONFLICT);
    struct lost_verdict v;
    assert_int_equal(answer_as(as_clerk(x), newest(x), mine.code, &v), ST_OK);
    assert_int_equal(answer_as(as_clerk(x), (struct lost_id){first_id.v + 1}, second.code, &v), ST_CONFLICT);
    assert_int_equal(pending(x), 1); /* the other person's */
    assert_true(log_in(x, SIDE_MEMBER, number_of(x, 1), NEW, HERE));
}

static struct clerk_made clerk_new(struct fixture *x, bool view_only)
{
    struct clerk_made made;
    struct clerk_input in = {
        .name = STR("赵经办"), .mobile = STR(MOBILE), .view_only = view_only, .enabled = true};
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_clerk_create(c, &in, &made));
    app_end(c);
    return made;
}

static struct ctx *as_ordinary(struct fixture *x, bool view_only)
{
    struct ctx *c = as_clerk(x);
    c->actor.account = x->other_clerk;
    c->actor.main = false;
    c->actor.view_only = view_only;
    return c;
}

enum desk { MAIN, ORDINARY, LOOKER, OTHERS, STAFF, VIEWER, DESKS };

static struct ctx *at_desk(struct fixture *x, enum desk desk)
{
    switch (desk) {
    case MAIN:
        return as_clerk(x);
    case ORDINARY:
        return as_ordinary(x, false);
    case LOOKER:
        return as_ordinary(x, true);
    case OTHERS:
        return as_other_clerk(x);
    case STAFF:
        return as_membership(x);
    case VIEWER:
    case DESKS:
        break;
    }
    return as_viewer(x);
}

static void each_desk_has_its_own(void **state)
{
    static const struct {
        struct ask ask;
        enum status at[DESKS]; /* main, ordinary, looks only, another company's, membership, viewer */
    } CASES[] = {
        {{SIDE_MEMBER, NULL, NAMED, NULL, NULL},
         {ST_OK, ST_OK, ST_FORBIDDEN, ST_NOT_FOUND, ST_OK, ST_FORBIDDEN}},
        {{SIDE_COMPANY, MOBILE, "赵经办", NULL, NULL},
         {ST_OK, ST_NOT_FOUND, ST_FORBIDDEN, ST_NOT_FOUND, ST_NOT_FOUND, ST_FORBIDDEN}},
        {{SIDE_COMPANY, COMPANY, CONTACT, NULL, NULL},
         {ST_NOT_FOUND, ST_NOT_FOUND, ST_FORBIDDEN, ST_NOT_FOUND, ST_OK, ST_FORBIDDEN}},
    };
    struct fixture *x = *state;
    struct page_want want = {.size = 20};
    person_register(x, 1);
    clerk_new(x, false);
    for (size_t i = 0; i < COUNT(CASES); i++)
        for (int desk = 0; desk < DESKS; desk++) {
            struct ask a = CASES[i].ask;
            struct lost_code code;
            struct lost_page list = {0};
            if (!a.account) a.account = number_of(x, 1);
            a.password = desk % 2 ? "Dongxue-5519" : NEW;
            assert_int_equal(ask(x, &a, &code), ST_OK);
            enum status expected = CASES[i].at[desk];
            struct ctx *c = at_desk(x, (enum desk)desk);
            enum status listed = app_lost_list(c, STR_NONE, &want, &list);
            assert_int_equal(listed, desk == VIEWER ? ST_FORBIDDEN : ST_OK);
            assert_int_equal(list.total, expected == ST_OK || (desk == LOOKER && i == 0));
            app_end(c);
            assert_int_equal(answer_as(at_desk(x, (enum desk)desk), newest(x), code.code, NULL), expected);
            raw_sql(x, "delete from lost_password");
        }
}

/* Whom nobody employs, and who left: the association's desk. */
static void without_an_employer_it_is_the_association(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_CLOSED, 1);
    struct lost_code code = ask_of(x, 1, NEW, HERE);
    struct lost_id request = newest(x);
    raw_sql(x, arena_fmt(x->arena, "update member set company_id = null where id = %ld", (long)id.v).p);
    assert_int_equal(answer_as(as_clerk(x), request, code.code, NULL), ST_NOT_FOUND);
    raw_sql(x, arena_fmt(
                   x->arena,
                   "update member set company_id = (select id from company where direct = 1) where id = %ld",
                   (long)id.v)
                   .p);
    assert_int_equal(answer_as(as_clerk(x), request, code.code, NULL), ST_NOT_FOUND);
    assert_int_equal(answer_as(as_membership(x), request, code.code, NULL), ST_OK);
    assert_true(log_in(x, SIDE_MEMBER, number_of(x, 1), NEW, HERE));
}

/* Another employer by the time that the code is told. */
static void it_goes_with_the_person(void **state)
{
    struct fixture *x = *state;
    person_register(x, 1);
    struct lost_code code = ask_of(x, 1, NEW, HERE);
    raw_sql(x, arena_fmt(x->arena, "update member set company_id = %ld", (long)x->other.v).p);
    assert_int_equal(answer_as(as_clerk(x), newest(x), code.code, NULL), ST_NOT_FOUND);
    assert_int_equal(answer_as(as_other_clerk(x), newest(x), code.code, NULL), ST_OK);
}

static void what_an_account_cannot_have_is_told_with_the_code(void **state)
{
    static const struct {
        const char *password;
        int64_t history;
        enum status status;
    } CASES[] = {
        {PASSWORD, 5, ST_BAD_INPUT},       {PASSWORD, 0, ST_BAD_INPUT}, /* the present one */
        {"Dongxue-5519", 5, ST_BAD_INPUT}, {"Dongxue-5519", 2, ST_BAD_INPUT},
        {"Dongxue-5519", 1, ST_OK},        {NEW, 5, ST_OK},
    };
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct lost_verdict v;
        register_teardown(state);
        assert_int_equal(register_setup(state), 0);
        x = *state;
        settings_of(x)->password_history = 5;
        struct member_id id = person_register(x, 1);
        struct ctx *c = as_person(x, id);
        struct str token;
        assert_ok(c, app_password_change(c, STR(PASSWORD), STR("Dongxue-5519"), STR("Dongxue-5519"), &token));
        app_end(c);
        c = as_person(x, id);
        settings_of(x)->password_history = 1;
        assert_ok(c, app_password_change(c, STR("Dongxue-5519"), STR(PASSWORD), STR(PASSWORD), &token));
        app_end(c);
        settings_of(x)->password_history = CASES[i].history;
        struct lost_code code = ask_of(x, 1, CASES[i].password, HERE);
        assert_int_equal(answer_as(as_clerk(x), newest(x), code.code, &v), CASES[i].status);
        assert_int_equal(v.over, CASES[i].status != ST_OK);
        assert_int_equal(pending(x), 0);
        assert_true(
            log_in(x, SIDE_MEMBER, number_of(x, 1), CASES[i].status ? PASSWORD : CASES[i].password, HERE));
    }
    struct lost_code code; /* what a credit code does not show: the company's name in the password */
    struct ask a = {SIDE_COMPANY, COMPANY, CONTACT, NULL, HERE};
    raw_sql(x, "update company set credit_code = '91620000MA74XYT13P' where id = (select min(id) from "
               "company where direct = 0)");
    a.account = "91620000MA74XYT13P";
    a.password = "甘肃示范工程监理Aa1";
    if (ask(x, &a, &code) == ST_OK && pending(x))
        assert_int_equal(answer_as(as_membership(x), newest(x), code.code, NULL), ST_BAD_INPUT);
}

static void the_holder_sees_and_cancels(void **state)
{
    struct fixture *x = *state;
    struct lost_owns own;
    struct member_id id = person_register(x, 1), other = person_register(x, 2);
    struct lost_code code = ask_of(x, 1, NEW, HERE);
    struct ctx *c = as_person(x, id);
    assert_ok(c, app_lost_own(c, &own));
    assert_int_equal(own.n, 1);
    app_end(c);
    c = as_person(x, other);
    assert_ok(c, app_lost_own(c, &own));
    assert_int_equal(own.n, 0);
    app_end(c);
    c = as_person(x, other);
    assert_int_equal(app_lost_cancel(c, newest(x)), ST_NOT_FOUND);
    app_end(c);
    assert_int_equal(pending(x), 1);
    for (int i = 0; i < 2; i++) { /* twice */
        c = as_person(x, id);
        assert_ok(c, app_lost_cancel(c, newest(x)));
        app_end(c);
    }
    assert_int_equal(pending(x), 0);
    assert_int_equal(trail_count(x, "account.lost_cancel", "ok"), 1);
    assert_int_equal(answer_as(as_clerk(x), newest(x), code.code, NULL), ST_CONFLICT);
    assert_true(log_in(x, SIDE_MEMBER, number_of(x, 1), PASSWORD, HERE));
}

static void another_password_ends_what_waits(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct lost_code code = ask_of(x, 1, NEW, HERE);
    struct str token;
    struct ctx *c = as_person(x, id);
    assert_ok(c, app_password_change(c, STR(PASSWORD), STR("Dongxue-5519"), STR("Dongxue-5519"), &token));
    app_end(c);
    assert_int_equal(pending(x), 0);
    assert_int_equal(answer_as(as_clerk(x), newest(x), code.code, NULL), ST_CONFLICT);
    assert_true(log_in(x, SIDE_MEMBER, number_of(x, 1), "Dongxue-5519", HERE));
    struct lost_code main_code;
    struct one_time made;
    struct ask a = {SIDE_COMPANY, COMPANY, CONTACT, NULL, NULL};
    assert_int_equal(ask(x, &a, &main_code), ST_OK);
    c = as_membership(x);
    assert_ok(c, app_company_reset_password(c, x->company, &made));
    app_end(c);
    assert_int_equal(answer_as(as_membership(x), newest(x), main_code.code, NULL), ST_CONFLICT);
}

static void whoever_was_disabled_meanwhile_stays_out(void **state)
{
    struct fixture *x = *state;
    person_register(x, 1);
    struct lost_code code = ask_of(x, 1, NEW, HERE);
    raw_sql(x, "update account set enabled = 0 where side = 'member'");
    assert_int_equal(answer_as(as_clerk(x), newest(x), code.code, NULL), ST_CONFLICT);
    struct ask a = {SIDE_COMPANY, COMPANY, CONTACT, NULL, NULL};
    assert_int_equal(ask(x, &a, &code), ST_OK);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_company_enable(c, x->company, false));
    app_end(c);
    assert_int_equal(answer_as(as_membership(x), newest(x), code.code, NULL), ST_CONFLICT);
    assert_false(log_in(x, SIDE_COMPANY, COMPANY, NEW, HERE));
}

static void a_company_is_known_by_any_name(void **state)
{
    static const char *const NAMES[] = {COMPANY, "甘肃新名字工程监理有限公司", "91620102MA71234566"};
    struct fixture *x = *state;
    struct company_full k;
    struct ctx *c = as_membership(x);
    assert_ok(c, app_company(c, x->company, &k));
    app_end(c);
    c = as_membership(x);
    struct company_input in = {.name = str_from(NAMES[1]),
                               .credit_code = str_from(NAMES[2]),
                               .contact = k.contact,
                               .phone = k.phone,
                               .address = k.address,
                               .enabled = true,
                               .credit_code_anyway = true,
                               .reason = STR("试")};
    assert_ok(c, app_company_update(c, x->company, &in, k.version));
    app_end(c);
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        struct lost_code code;
        struct ask a = {SIDE_COMPANY, NAMES[i], CONTACT, i % 2 ? "Dongxue-5519" : NEW, NULL};
        assert_int_equal(ask(x, &a, &code), ST_OK);
        assert_int_equal(answer_as(as_membership(x), newest(x), code.code, NULL), ST_OK);
        assert_true(log_in(x, SIDE_COMPANY, NAMES[i], a.password, HERE));
    }
}

static struct bytes text_bytes(const char *s)
{
    return str_bytes(str_from(s));
}

static void a_lost_main_clerk_comes_by_paper(void **state)
{
    struct fixture *x = *state;
    person_register(x, 1);
    struct lost_code code = ask_of(x, 1, NEW, HERE), main_code;
    struct lost_id person = newest(x);
    struct ask a = {SIDE_COMPANY, COMPANY, CONTACT, NULL, "192.0.2.7"};
    assert_int_equal(ask(x, &a, &main_code), ST_OK);
    struct lost_id id = newest(x);
    a.address = "198.51.100.7";
    struct lost_code second;
    assert_int_equal(ask(x, &a, &second), ST_OK);
    const struct {
        struct lost_answer in;
        const char *field;
    } CASES[] = {
        {{person, code.code, true, text_bytes("%PDF-1.7")}, "paper"},
        {{id, main_code.code, true, {0}}, "file"},
        {{id, main_code.code, true, text_bytes("PK\3\4 no form")}, "file"},
        {{id, STR(""), true, text_bytes("%PDF-1.7")}, "code"}, /* which of the two? */
        {{id, wrong(x, main_code), true, text_bytes("%PDF-1.7")}, "code"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_membership(x);
        struct lost_verdict v;
        assert_int_equal(app_lost_answer(c, &CASES[i].in, &v), ST_BAD_INPUT);
        assert_problem(c, CASES[i].field);
        app_end(c);
    }
    raw_sql(x,
            arena_fmt(x->arena, "update lost_password set state = 'cancelled', password = '' where id = %ld",
                      (long)newest(x).v)
                .p);
    struct ctx *c = as_membership(x);
    struct lost_verdict v;
    struct lost_answer in = {id, STR(""), true, text_bytes("\x89PNG\r\n and so on")};
    assert_ok(c, app_lost_answer(c, &in, &v));
    app_end(c);
    assert_true(log_in(x, SIDE_COMPANY, COMPANY, NEW, HERE));
    assert_int_equal(raw_sql_number(x, "select count(*) from lost_password where paper_id is not null"), 1);
    assert_text(trail_note(x, "account.lost_grant"), "凭盖章的申请表");
    set_today(x, day_add(TODAY, 400)); /* what is over goes, the paper stays */
    c = as_command_line(x);
    assert_ok(c, app_begin(c));
    assert_ok(c, lost_sweep(c));
    assert_ok(c, app_commit(c));
    assert_int_equal(raw_sql_number(x, "select count(*) from lost_password"), 1);
}

static int until_refused(struct fixture *x, const struct ask *asks, size_t n)
{
    int done = 0;
    struct lost_code code;
    while (done < 50 && ask(x, &asks[(size_t)done % n], &code) == ST_OK)
        done++;
    return done;
}

static void tries_are_counted_alike(void **state)
{
    struct fixture *x = *state;
    person_register(x, 1);
    settings_of(x)->lost_account_tries = 4;
    settings_of(x)->lost_network_tries = 6;
    const char *known = number_of(x, 1), *unknown = number_of(x, 2);
    const struct ask OF_KNOWN[] = {{SIDE_MEMBER, known, NAMED, NULL, "10.0.1.1"},
                                   {SIDE_MEMBER, known, "谁", NULL, "10.0.2.1"}};
    const struct ask OF_UNKNOWN[] = {{SIDE_MEMBER, unknown, NAMED, NULL, "10.0.3.1"},
                                     {SIDE_MEMBER, unknown, "谁", NULL, "10.0.4.1"}};
    assert_int_equal(until_refused(x, OF_KNOWN, 2), 4);
    assert_int_equal(until_refused(x, OF_UNKNOWN, 2), 4);
    struct ask many[7];
    for (int i = 0; i < 7; i++)
        many[i] =
            (struct ask){SIDE_MEMBER, number_of(x, 10 + i), NAMED, NULL, i % 2 ? "10.0.9.1" : "10.0.9.200"};
    assert_int_equal(until_refused(x, many, 7), 6);
    assert_int_equal(pending(x), 3 - 1); /* two networks */
}

static void a_list_finds(void **state)
{
    struct fixture *x = *state;
    person_register(x, 1);
    person_register(x, 2);
    ask_of(x, 1, NEW, HERE);
    ask_of(x, 2, NEW, HERE);
    struct ask a = {SIDE_COMPANY, COMPANY, CONTACT, NULL, NULL};
    struct lost_code code;
    assert_int_equal(ask(x, &a, &code), ST_OK);
    const struct {
        const char *q;
        int64_t found;
    } CASES[] = {{"", 3},    {"小明", 2}, {"示范工程", 3}, {number_of(x, 1), 1}, {number_of(x, 1) + 14, 1},
                 {"没有", 0}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct lost_page page;
        struct page_want want = {.size = 20};
        struct ctx *c = as_membership(x);
        assert_ok(c, app_lost_list(c, str_from(CASES[i].q), &want, &page));
        assert_int_equal(page.total, CASES[i].found);
        app_end(c);
    }
    struct lost_page page;
    struct page_want want = {.size = 2};
    struct ctx *c = as_membership(x);
    assert_ok(c, app_lost_list(c, STR_NONE, &want, &page));
    assert_true(page.items.n == 2 && page.next.n && !page.previous.n);
    int64_t first = page.items.p[0].row.id.v;
    want.after = page.next;
    assert_ok(c, app_lost_list(c, STR_NONE, &want, &page));
    assert_true(page.items.n == 1 && !page.next.n && page.previous.n);
    want = (struct page_want){.size = 2, .before = page.previous};
    assert_ok(c, app_lost_list(c, STR_NONE, &want, &page));
    assert_int_equal(page.items.p[0].row.id.v, first);
    app_end(c);
}

/* Two clerks hear the code at once: it is good once. */
struct typist {
    struct fixture *x;
    struct lost_id id;
    struct str code;
    pthread_barrier_t *begin;
    enum status status;
};

static void *types(void *arg)
{
    struct typist *t = arg;
    struct arena *a = arena_new();
    struct ctx c;
    struct lost_verdict v;
    ctx_init(&c, t->x->app, a);
    c.actor =
        (struct actor){.side = SIDE_COMPANY, .account = t->x->clerk, .company = t->x->company, .main = true};
    pthread_barrier_wait(t->begin);
    t->status = app_lost_answer(&c, &(struct lost_answer){.request = t->id, .code = t->code}, &v);
    app_end(&c);
    arena_free(a);
    return NULL;
}

static void two_clerks_at_once_grant_once(void **state)
{
    struct fixture *x = *state;
    pthread_barrier_t begin;
    pthread_t threads[2];
    settings_of(x)->password_history = 5;
    person_register(x, 1);
    struct lost_code code = ask_of(x, 1, NEW, HERE);
    pthread_barrier_init(&begin, NULL, 2);
    struct typist t[2];
    for (int i = 0; i < 2; i++) {
        t[i] = (struct typist){x, newest(x), code.code, &begin, ST_OK};
        assert_int_equal(pthread_create(&threads[i], NULL, types, &t[i]), 0);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&begin);
    assert_int_equal((t[0].status == ST_OK) + (t[1].status == ST_OK), 1);
    assert_int_equal((t[0].status == ST_CONFLICT) + (t[1].status == ST_CONFLICT), 1);
    assert_int_equal(trail_count(x, "account.lost_grant", "ok"), 1);
    assert_int_equal(raw_sql_number(x, "select count(*) from password_history"), 1);
}

/* Few hashes for each request, and room for many. */
static int setup(void **state)
{
    int failed = register_setup(state);
    if (failed) return failed;
    struct settings *s = settings_of(*state);
    s->password_history = 0;
    s->lost_account_tries = s->lost_network_tries = 100;
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_chosen_password_works_when_the_code_was_told),
        TEST(whoever_asks_is_answered_alike),
        TEST(a_form_is_refused_for_itself_alone),
        TEST(people_write_themselves_as_they_do),
        TEST(a_code_lives_as_long_as_is_set),
        TEST(five_wrong_codes_cancel),
        TEST(three_wait_and_the_fourth_gives_way_or_takes_a_place),
        TEST(each_desk_has_its_own),
        TEST(without_an_employer_it_is_the_association),
        TEST(it_goes_with_the_person),
        TEST(what_an_account_cannot_have_is_told_with_the_code),
        TEST(the_holder_sees_and_cancels),
        TEST(another_password_ends_what_waits),
        TEST(whoever_was_disabled_meanwhile_stays_out),
        TEST(a_company_is_known_by_any_name),
        TEST(a_lost_main_clerk_comes_by_paper),
        TEST(tries_are_counted_alike),
        TEST(a_list_finds),
        TEST(two_clerks_at_once_grant_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
