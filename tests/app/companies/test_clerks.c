/* A company's clerks: the main one keeps them, each logs in with a mobile number, and who only looks does
 * nothing else. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/access/sessions.h"
#include "app/batches/print.h"
#include "app/companies/clerks.h"
#include "app/members/corrections.h"
#include "app/reports/exports.h"

#define NUMBER "13893112345"

static struct clerk_input input(const char *name, const char *mobile)
{
    return (struct clerk_input){.name = str_from(name), .mobile = str_from(mobile), .enabled = true};
}

static struct clerk_made made(struct ctx *c, const struct clerk_input *in)
{
    struct clerk_made made;
    enum status s = app_clerk_create(c, in, &made);
    for (size_t i = 0; i < c->problems.n; i++)
        print_error("%.*s\n", STR_ARG(c->problems.p[i].text));
    assert_ok(c, s);
    app_end(c);
    return made;
}

static struct clerk_made zhao(struct fixture *x)
{
    struct clerk_input in = input("赵经办", NUMBER);
    return made(as_clerk(x), &in);
}

static struct clerk clerk_of(struct fixture *x, struct account_id id)
{
    struct clerk k;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_clerk(c, id, &k));
    app_end(c);
    return k;
}

static enum status log_in(struct fixture *x, const char *account, struct str password, struct actor *ret)
{
    struct str token;
    struct ctx *c = as_command_line(x);
    struct login_input in = {SIDE_COMPANY, str_from(account), password, STR("192.0.2.7")};
    enum status s = app_login(c, &in, &token);
    app_end(c);
    if (s) return s;
    c = as_command_line(x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_session_find(c, token));
    app_end(c);
    *ret = c->actor;
    return ST_OK;
}

static enum status change(struct fixture *x, struct account_id id, const struct clerk_input *in)
{
    struct clerk k = clerk_of(x, id);
    struct ctx *c = as_clerk(x);
    enum status s = app_clerk_update(c, id, in, k.row.version);
    app_end(c);
    return s;
}

static void they_log_in_by_number(void **state)
{
    static const char *const SPELLINGS[] = {NUMBER, "138 9311 2345", "+86 13893112345",
                                            "１３８９３１１２３４５"};
    struct fixture *x = *state;
    struct actor a;
    struct clerk_made k = zhao(x);
    assert_text(k.mobile, NUMBER);
    for (size_t i = 0; i < COUNT(SPELLINGS); i++) {
        assert_int_equal(log_in(x, SPELLINGS[i], k.password, &a), ST_OK);
        raw_sql(x, "update account set onetime = 1 where onetime = 2"); /* as if given out again */
    }
    assert_int_equal(a.company.v, x->company.v);
    assert_false(a.main || a.view_only);
    assert_true(a.must_change);
    assert_text(a.name, "赵经办");
    assert_int_equal(log_in(x, "13893112346", k.password, &a), ST_BAD_INPUT);
    assert_int_equal(raw_sql_number(x, "select count(*) from account where login like '%13893112345%'"), 0);
    assert_int_equal(trail_count(x, "account.clerk_add", "ok"), 1);
}

static void a_new_one_is_refused(void **state)
{
    static const struct {
        const char *name, *mobile, *field;
    } CASES[] = {
        {"", NUMBER, "name"},
        {"赵", NUMBER, "name"},
        {"赵经办", "", "mobile"},
        {"赵经办", "123", "mobile"},
        {"", "", "name"},
        {"钱经办", NUMBER, "mobile"}, /* taken */
        {"钱经办", "86-138-9311-2345", "mobile"},
    };
    struct fixture *x = *state;
    zhao(x);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct clerk_made k = {.id = {-1}};
        struct clerk_input in = input(CASES[i].name, CASES[i].mobile);
        struct ctx *c = i % 2 ? as_clerk(x) : as_other_clerk(x); /* in any company */
        assert_int_equal(app_clerk_create(c, &in, &k), ST_BAD_INPUT);
        assert_problem(c, CASES[i].field);
        assert_int_equal(k.id.v, -1);
        app_end(c);
    }
}

static void a_form_sent_twice_makes_one(void **state)
{
    struct fixture *x = *state;
    struct clerk_input in = input("赵经办", NUMBER);
    in.once = STR("one");
    struct clerk_made first = made(as_clerk(x), &in), again = made(as_clerk(x), &in);
    assert_int_equal(first.id.v, again.id.v);
    assert_true(first.password.n > 0 && !again.password.n);
}

/* Another number: the password stays, the old number is nobody's. */
static void a_number_changes(void **state)
{
    struct fixture *x = *state;
    struct actor a;
    struct clerk_made k = zhao(x);
    struct clerk_input in = input("赵大经办", "13900000001");
    assert_int_equal(change(x, k.id, &in), ST_OK);
    assert_int_equal(log_in(x, NUMBER, k.password, &a), ST_BAD_INPUT);
    assert_int_equal(log_in(x, "13900000001", k.password, &a), ST_OK);
    assert_text(a.name, "赵大经办");
    assert_text(clerk_of(x, k.id).mobile, "13900000001");
    in = input("钱经办", NUMBER);
    struct clerk_made other = made(as_clerk(x), &in);
    in = input("钱经办", "13900000001");
    assert_int_equal(change(x, other.id, &in), ST_BAD_INPUT); /* taken */
    in = input("钱经办", NUMBER);
    assert_int_equal(change(x, other.id, &in), ST_OK); /* one's own is not */
}

static void the_disabled_are_out(void **state)
{
    struct fixture *x = *state;
    struct actor a;
    struct clerk_made k = zhao(x);
    struct clerk_input in = input("赵经办", NUMBER);
    assert_int_equal(log_in(x, NUMBER, k.password, &a), ST_OK);
    in.enabled = false;
    assert_int_equal(change(x, k.id, &in), ST_OK);
    assert_int_equal(raw_sql_number(x, "select count(*) from session"), 0);
    struct clerk_made again;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_clerk_reset(c, k.id, &again));
    assert_int_equal(log_in(x, NUMBER, again.password, &a), ST_BAD_INPUT);
    in.enabled = true;
    assert_int_equal(change(x, k.id, &in), ST_OK);
    assert_int_equal(log_in(x, NUMBER, k.password, &a), ST_BAD_INPUT); /* reset meanwhile */
    assert_int_equal(log_in(x, NUMBER, again.password, &a), ST_OK);
}

static void a_stale_form_is_a_conflict(void **state)
{
    struct fixture *x = *state;
    struct clerk_made k = zhao(x);
    struct clerk_input in = input("赵经办", NUMBER);
    assert_int_equal(change(x, k.id, &in), ST_OK);
    struct ctx *c = as_clerk(x);
    assert_int_equal(app_clerk_update(c, k.id, &in, 1), ST_CONFLICT);
    app_end(c);
}

static struct ctx *as_zhao(struct fixture *x, struct account_id id)
{
    struct ctx *c = as_clerk(x);
    c->actor.account = id;
    c->actor.main = false;
    return c;
}

/* The other company's main clerk, the main one's own account, an ordinary clerk, the association. */
static void not_these_and_not_they(void **state)
{
    struct fixture *x = *state;
    struct clerk k;
    struct clerk_made reset;
    struct clerks list;
    struct account_id id = zhao(x).id;
    struct clerk_input in = input("赵经办", NUMBER);
    const struct {
        struct ctx *c;
        struct account_id id;
        enum status status;
    } CASES[] = {
        {as_other_clerk(x), id, ST_NOT_FOUND}, {as_clerk(x), x->clerk, ST_NOT_FOUND},
        {as_clerk(x), {999999}, ST_NOT_FOUND}, {as_zhao(x, id), id, ST_FORBIDDEN},
        {as_membership(x), id, ST_FORBIDDEN},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = CASES[i].c;
        assert_int_equal(app_clerk(c, CASES[i].id, &k), CASES[i].status);
        app_end(c);
        assert_int_equal(app_clerk_update(c, CASES[i].id, &in, 1), CASES[i].status);
        app_end(c);
        assert_int_equal(app_clerk_reset(c, CASES[i].id, &reset), CASES[i].status);
        app_end(c);
    }
    struct ctx *c = as_zhao(x, id);
    assert_int_equal(app_clerks_list(c, &list), ST_FORBIDDEN);
    assert_int_equal(app_clerk_create(c, &in, &reset), ST_FORBIDDEN);
    c = as_other_clerk(x);
    assert_ok(c, app_clerks_list(c, &list));
    assert_int_equal(list.n, 1); /* its own main one */
}

static void who_only_looks_does_nothing_else(void **state)
{
    struct fixture *x = *state;
    struct clerk_input in = input("赵经办", NUMBER);
    struct member_id id = person_register(x, 1);
    struct selection s = {.ids = &id, .n = 1, .expect = -1};
    struct str token, number;
    struct export_file file;
    struct dossier d;
    struct photo_input none = {0};
    struct person_input typed = application_of(x, x->company, 1).details;
    in.view_only = true;
    struct ctx *c = as_zhao(x, made(as_clerk(x), &in).id);
    c->actor.view_only = true;
    assert_ok(c, app_member_dossier(c, id, &d));
    assert_false(d.may_correct || d.may[EVENT_RECOMMEND] || d.may[EVENT_RETURN_TO_PERSON]);
    app_end(c);
    const enum status tries[] = {
        app_members_decide(c, &(struct decision){.event = EVENT_RECOMMEND}, &s, STR_NONE, &token),
        app_member_correct(c, id, &typed, &none, false, 1, STR_NONE),
        app_member_reveal(c, id, &number),
        app_members_export_bytes(c, &(struct member_filter){0}, EXPORT_CSV, &file),
        app_prints_make(c, (struct print_wanted){0}, STR_NONE),
    };
    for (size_t i = 0; i < COUNT(tries); i++)
        assert_int_equal(tries[i], ST_FORBIDDEN);
    app_end(c);
}

/* It says which of the clerks it was. */
static void the_trail_names_the_person(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct account_id clerk = zhao(x).id;
    decide(as_zhao(x, clerk), EVENT_RECOMMEND, &id, 1);
    struct dossier d;
    struct events_shown events;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_member_dossier(c, id, &d));
    assert_ok(c, app_member_events(c, &d, 0, 10, &events));
    app_end(c);
    assert_text(events.p[0].event, "member.recommend");
    assert_text(events.p[0].who, "赵经办");
}

static void a_password_does_not_hold_the_number(void **state)
{
    struct fixture *x = *state;
    struct str token, wanted = STR("Aa-" NUMBER);
    struct clerk_made k = zhao(x);
    struct ctx *c = as_zhao(x, k.id);
    assert_int_equal(app_password_change(c, k.password, wanted, wanted, &token), ST_BAD_INPUT);
    assert_problem(c, "password");
    app_end(c);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(they_log_in_by_number),       TEST(a_new_one_is_refused),
        TEST(a_form_sent_twice_makes_one), TEST(a_number_changes),
        TEST(the_disabled_are_out),        TEST(a_stale_form_is_a_conflict),
        TEST(not_these_and_not_they),      TEST(who_only_looks_does_nothing_else),
        TEST(the_trail_names_the_person),  TEST(a_password_does_not_hold_the_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
