#include "filled.h"

#include "app/access/accounts.h"
#include "app/batches/sheet.h"
#include "app/members/list.h"
#include "gen/queries.h"
#include "people.h"

#define MEMBERS 120

static void everything_agrees(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_membership(x);
    struct member_counts all;
    assert_sound(x);
    assert_ok(c, app_read(c));
    assert_ok(c, member_counts_read(c, (struct company_id){0}, &all));
    assert_int_equal(all.of[STATE_NONE], MEMBERS);
    app_end(c);
    assert_int_equal(trail_count(x, "member.register", "ok"), MEMBERS);
    assert_int_equal(trail_count(x, "company.create", "ok"), 3);
}

static struct company_id company_of(struct ctx *c, const char *code)
{
    struct company_full company;
    assert_ok(c, app_read(c));
    assert_ok(c, q_company_by_code_unscoped(c->db, c->arena, str_from(code), &company));
    return company.id;
}

static void the_first_company_has_every_state(void **state)
{
    struct ctx *c = as_membership(*state);
    struct member_counts counts;
    struct company_full first;
    struct company_id id = company_of(c, "0001");
    assert_ok(c, q_company_by_id_unscoped(c->db, c->arena, id, &first));
    assert_text(first.name, "演示监理公司0001");
    assert_ok(c, member_counts_read(c, id, &counts));
    for (int s = STATE_NONE + 1; s < STATE_COUNT; s++)
        assert_true(counts.of[s] > 0);
    app_end(c);
}

static void a_second_demo_is_refused(void **state)
{
    struct ctx *c = as_command_line(*state);
    struct demo_report report;
    assert_int_equal(fill_demo(c, 1, 2, &report), ST_CONFLICT);
    assert_true(c->fault.text[0]);
}

static void impossible_sizes_are_refused(void **state)
{
    static const struct demo_options CASES[] = {
        {.members = -1}, {.members = 1000001}, {.companies = -1}, {.companies = 1000000}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_command_line(*state);
        struct demo_report report;
        assert_int_equal(app_demo(c, &CASES[i], &report), ST_BAD_INPUT);
    }
}

static void assert_logs_in(struct fixture *x, enum side as, struct str account)
{
    struct ctx *c = as_command_line(x);
    struct login_input in = {as, account, STR(FILLED_PASSWORD), STR("192.0.2.1")};
    struct login_input wrong = {as, account, STR("Demo-2027"), STR("192.0.2.1")};
    struct str token;
    assert_ok(c, app_login(c, &in, &token));
    assert_true(token.n > 0);
    c = as_command_line(x);
    assert_int_equal(app_login(c, &wrong, &token), ST_BAD_INPUT);
}

static void what_is_reported_can_log_in(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_command_line(x);
    struct demo_report report;
    assert_ok(c, fill_demo(c, 30, 1, &report));
    assert_int_equal(report.members, 30);
    assert_int_equal(report.companies, 3);
    for (int s = STATE_NONE + 1; s < STATE_COUNT; s++)
        assert_int_equal(report.login[s].n, 18);
    assert_logs_in(x, SIDE_MEMBER, report.login[STATE_MEMBER]);
    assert_logs_in(x, SIDE_COMPANY, report.company);
    assert_logs_in(x, SIDE_STAFF, STR("huiyuan"));
}

static void every_role_has_an_account(void **state)
{
    static const struct {
        const char *login;
        unsigned roles;
    } CASES[] = {
        {"admin", ROLE_SYSTEM},    {"huiyuan", ROLE_MEMBERSHIP}, {"caiwu", ROLE_FINANCE},
        {"peixun", ROLE_TRAINING}, {"neirong", ROLE_CONTENT},    {"anquan", ROLE_SECURITY},
        {"shenji", ROLE_AUDITOR},  {"chakan", ROLE_VIEWER},
    };
    struct ctx *c = as_command_line(*state);
    assert_ok(c, app_read(c));
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct account_full account;
        assert_ok(c, q_account_by_login(c->db, c->arena, STR("staff"), str_from(CASES[i].login), &account));
        assert_int_equal(account.roles, CASES[i].roles);
        assert_false(account.must_change);
    }
    app_end(c);
}

/* Someone of the first company in that state. */
static struct member_id someone(struct fixture *x, enum member_state wanted)
{
    struct ctx *c = as_membership(x);
    struct member_filter f = {.company = company_of(c, "0001"), .state = wanted};
    struct page_want want = {.size = 10};
    struct member_page page;
    struct account_full membership;
    assert_ok(c, q_account_by_login(c->db, c->arena, STR("staff"), STR("huiyuan"), &membership));
    x->membership = membership.id;
    c->actor.account = membership.id;
    assert_ok(c, app_members_list(c, &f, &want, &page));
    assert_true(page.items.n > 0);
    struct member_id id = page.items.p[0].row->id;
    app_end(c);
    return id;
}

static void assert_done(struct fixture *x, struct ctx *c, enum member_event event, struct member_id id)
{
    struct decision d = {.event = event, .reason = STR("试一试")};
    assert_int_equal(decide_with(c, &d, id).done, 1);
    assert_sound(x);
}

/* Numbers, batches and periods go on from where demo left them. */
static void life_goes_on(void **state)
{
    struct fixture *x = *state;
    struct member_id waiting = someone(x, STATE_RECOMMENDED_NEW),
                     renewing = someone(x, STATE_RECOMMENDED_RENEWAL);
    struct member_id submitted = someone(x, STATE_SUBMITTED), closed = someone(x, STATE_CLOSED);
    struct member_id member = someone(x, STATE_MEMBER);
    struct ctx *c = as_command_line(x);
    struct account_full clerk;
    x->company = company_of(c, "0001");
    assert_ok(c, q_account_of_company_unscoped(c->db, c->arena, x->company, &clerk));
    x->clerk = clerk.id;
    app_end(c);
    assert_done(x, as_clerk(x), EVENT_RECOMMEND, submitted);
    assert_done(x, as_membership(x), EVENT_APPROVE, waiting);
    assert_done(x, as_membership(x), EVENT_APPROVE, renewing);
    assert_done(x, as_membership(x), EVENT_UNAPPROVE, member);
    assert_done(x, as_membership(x), EVENT_REOPEN, closed);
    assert_int_equal(state_of(x, waiting), STATE_MEMBER);
    assert_int_equal(state_of(x, renewing), STATE_MEMBER);
}

static void the_seed_decides(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_command_line(x), *again;
    struct demo_report report, other;
    void *second;
    assert_ok(c, fill_demo(c, 20, 9, &report));
    assert_int_equal(empty_setup(&second), 0);
    again = as_command_line(second);
    assert_ok(again, fill_demo(again, 20, 9, &other));
    for (int s = STATE_NONE + 1; s < STATE_COUNT; s++)
        assert_true(str_eq(report.login[s], other.login[s]));
    register_teardown(&second);
}

/* What fails leaves no half transaction behind, and says so. */
static bool no_periods(void *arg, const char *what)
{
    (void)arg;
    return !str_eq(str_from(what), STR("period_insert"));
}

static void a_failure_is_told(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_command_line(x);
    struct demo_report report;
    struct anyone_here_row here;
    x->may = no_periods;
    assert_int_equal(fill_demo(c, 30, 1, &report), ST_UNAVAILABLE);
    assert_true(c->fault.text[0]);
    assert_ok(c, app_read(c));
    assert_ok(c, q_anyone_here(c->db, c->arena, &here));
    assert_int_equal(here.members, 0);
    assert_int_equal(here.companies, 3);
    app_end(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everything_agrees, filled_setup, register_teardown),
        cmocka_unit_test_setup_teardown(the_first_company_has_every_state, filled_setup, register_teardown),
        cmocka_unit_test_setup_teardown(a_second_demo_is_refused, filled_setup, register_teardown),
        cmocka_unit_test_setup_teardown(impossible_sizes_are_refused, empty_setup, register_teardown),
        cmocka_unit_test_setup_teardown(what_is_reported_can_log_in, empty_setup, register_teardown),
        cmocka_unit_test_setup_teardown(every_role_has_an_account, filled_setup, register_teardown),
        cmocka_unit_test_setup_teardown(life_goes_on, filled_setup, register_teardown),
        cmocka_unit_test_setup_teardown(the_seed_decides, empty_setup, register_teardown),
        cmocka_unit_test_setup_teardown(a_failure_is_told, empty_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
