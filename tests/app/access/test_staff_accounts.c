/* The accounts of the association: who may add and change them, which roles go together, and that somebody
 * who may manage accounts is always left. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/access/sessions.h"
#include "app/access/staff_accounts.h"
#include "app/companies/companies.h"
#include "gen/queries.h"

#define ADDRESS "192.0.2.7"

static struct account_id account_named(struct fixture *x, const char *login)
{
    struct account_full row;
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_read(c));
    assert_ok(c, q_account_by_login(c->db, c->arena, STR("staff"), str_from(login), &row));
    app_end(c);
    return row.id;
}

static void add(struct fixture *x, const char *name, const char *roles)
{
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_staff_add(c, str_from(name), str_from(roles), STR("Zhaoqi-8842")));
}

/* Whoever manages accounts: the first time it is asked for, it is made. */
static struct ctx *as_system(struct fixture *x)
{
    struct ctx *c = as_viewer(x);
    if (!raw_sql_number(x, "select count(*) from account where login = 'guanli'")) add(x, "guanli", "system");
    c->actor.account = account_named(x, "guanli");
    c->actor.roles = ROLE_SYSTEM;
    return c;
}

static struct account_full row_of(struct fixture *x, const char *login)
{
    struct staff_item item;
    struct ctx *c = as_system(x);
    assert_ok(c, app_staff_account(c, account_named(x, login), &item));
    app_end(c);
    return item.row;
}

static enum status update(struct fixture *x, const char *login, const char *roles, bool enabled,
                          const char *field)
{
    struct staff_input in = {.roles = str_from(roles), .enabled = enabled};
    struct account_full row = row_of(x, login);
    struct ctx *c = as_system(x);
    enum status s = app_staff_account_update(c, row.id, &in, row.version);
    if (s == ST_BAD_INPUT) assert_problem(c, field);
    app_end(c);
    return s;
}

static enum status log_in(struct fixture *x, struct str name, struct str password, struct str *ret_token)
{
    struct ctx *c = as_command_line(x);
    enum status s = app_login(c, &(struct login_input){SIDE_STAFF, name, password, STR(ADDRESS)}, ret_token);
    app_end(c);
    return s;
}

static struct actor session_actor(struct fixture *x, struct str token)
{
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_session_find(c, token));
    app_end(c);
    return c->actor;
}

static void a_new_one_logs_in_with_what_is_shown_once(void **state)
{
    struct fixture *x = *state;
    struct staff_input in = {.name = STR(" 张三ｆｅｎ "), .roles = STR("finance,training"), .once = STR("o")};
    struct staff_made made, again;
    struct str token;
    struct ctx *c = as_system(x);
    assert_ok(c, app_staff_account_create(c, &in, &made));
    assert_text(made.name, "张三fen");
    c = as_system(x);
    assert_ok(c, app_staff_account_create(c, &in, &again)); /* the same form */
    assert_int_equal(again.id.v, made.id.v);
    assert_false(again.password.n);
    assert_int_equal(log_in(x, made.name, made.password, &token), ST_OK);
    struct actor a = session_actor(x, token);
    assert_int_equal(a.roles, ROLE_FINANCE | ROLE_TRAINING);
    assert_true(a.must_change);
    assert_int_equal(log_in(x, made.name, made.password, &token), ST_BAD_INPUT); /* once */
    assert_int_equal(trail_count(x, "account.add", "ok"), 4); /* two of the fixture, as_system's, this */
    assert_text(trail_note(x, "account.add"), "张三fen");
}

static void a_new_one_is_refused(void **state)
{
    static const struct {
        const char *name, *roles, *field;
    } CASES[] = {
        {"", "viewer", "name"},
        {"a", "viewer", "name"},
        {"a\nb", "viewer", "name"},
        {"huiyuan", "viewer", "name"}, /* there is one */
        {"ｈｕｉｙｕａｎ", "viewer", "name"},
        {"lisi", "", "role"},
        {"lisi", "nothing", "role"},
        {"lisi", "viewer,", "role"},
        {"lisi", "system,viewer", "role"},
        {"lisi", "security,system", "role"},
        {"lisi", "auditor,membership", "role"},
    };
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct staff_input in = {.name = str_from(CASES[i].name), .roles = str_from(CASES[i].roles)};
        struct staff_made made = {.id = {-1}};
        struct ctx *c = as_system(x);
        assert_int_equal(app_staff_account_create(c, &in, &made), ST_BAD_INPUT);
        assert_problem(c, CASES[i].field);
        assert_int_equal(made.id.v, -1);
        app_end(c);
    }
}

static void roles_and_standing_change(void **state)
{
    static const struct {
        const char *roles;
        bool enabled;
        const char *field; /* of the refusal; NULL: it changes */
    } STEPS[] = {
        {"viewer,finance", true, NULL}, {"", true, "role"},       {"system,viewer", true, "role"},
        {"auditor", true, NULL},        {"auditor", false, NULL}, {"viewer", true, NULL},
    };
    struct fixture *x = *state;
    struct str token;
    assert_int_equal(log_in(x, STR("chakan"), STR("Zhaoqi-8842"), &token), ST_OK);
    for (size_t i = 0; i < COUNT(STEPS); i++) {
        enum status s = update(x, "chakan", STEPS[i].roles, STEPS[i].enabled, STEPS[i].field);
        assert_int_equal(s, STEPS[i].field ? ST_BAD_INPUT : ST_OK);
        if (i == 0) assert_int_equal(session_actor(x, token).roles, ROLE_VIEWER | ROLE_FINANCE); /* at once */
        if (!STEPS[i].enabled) assert_false(session_actor(x, token).account.v);
    }
    assert_false(session_actor(x, token).account.v); /* enabled again, and not logged in by that */
    assert_int_equal(trail_count(x, "account.role", "ok"), 3);
    assert_int_equal(trail_count(x, "account.disable", "ok"), 1);
    assert_int_equal(trail_count(x, "account.enable", "ok"), 1);
}

static void a_stale_form_is_a_conflict(void **state)
{
    struct fixture *x = *state;
    struct account_full row = row_of(x, "chakan");
    assert_int_equal(update(x, "chakan", "viewer", true, NULL), ST_OK);
    struct staff_input in = {.roles = STR("viewer"), .enabled = false};
    struct ctx *c = as_system(x);
    assert_int_equal(app_staff_account_update(c, row.id, &in, row.version), ST_CONFLICT);
    app_end(c);
    assert_true(row_of(x, "chakan").enabled);
}

/* By the page and by the command, by role and by standing; what is disabled does not count. */
static void the_last_who_manages_accounts_stays(void **state)
{
    struct fixture *x = *state;
    assert_int_equal(update(x, "guanli", "viewer", true, "role"), ST_BAD_INPUT);
    assert_int_equal(update(x, "guanli", "system", false, "enabled"), ST_BAD_INPUT);
    struct ctx *c = as_command_line(x);
    assert_int_equal(app_staff_disable(c, STR("guanli")), ST_CONFLICT);
    app_end(c);
    c = as_command_line(x);
    assert_int_equal(app_staff_set_roles(c, STR("guanli"), STR("viewer")), ST_CONFLICT);
    app_end(c);
    add(x, "dierge", "system");
    assert_int_equal(update(x, "dierge", "system", false, NULL), ST_OK); /* not the last */
    assert_int_equal(update(x, "guanli", "viewer", true, "role"), ST_BAD_INPUT);
    assert_int_equal(update(x, "dierge", "system", true, NULL), ST_OK);
    c = as_command_line(x);
    assert_ok(c, app_staff_set_roles(c, STR("guanli"), STR("viewer")));
    c = as_command_line(x);
    assert_int_equal(app_staff_disable(c, STR("dierge")), ST_CONFLICT);
    app_end(c);
    c = as_command_line(x);
    assert_int_equal(app_staff_set_roles(c, STR("nobody"), STR("viewer")), ST_NOT_FOUND);
    app_end(c);
}

static void a_reset_ends_what_was(void **state)
{
    struct fixture *x = *state;
    struct staff_made made;
    struct str token, other;
    assert_int_equal(log_in(x, STR("chakan"), STR("Zhaoqi-8842"), &token), ST_OK);
    struct ctx *c = as_system(x);
    assert_ok(c, app_staff_account_reset(c, account_named(x, "chakan"), &made));
    assert_false(session_actor(x, token).account.v);
    assert_int_equal(log_in(x, STR("chakan"), STR("Zhaoqi-8842"), &other), ST_BAD_INPUT);
    assert_int_equal(log_in(x, STR("chakan"), made.password, &other), ST_OK);
    assert_true(session_actor(x, other).must_change);
}

/* What is no account of the association is not there, whoever's it is; and only who manages accounts is let
 * in. */
static void not_these_and_not_they(void **state)
{
    struct fixture *x = *state;
    struct staff_input in = {.roles = STR("viewer"), .enabled = true};
    struct staff_item item;
    struct staff_made made;
    struct account_id others[] = {x->clerk, {999999}};
    for (size_t i = 0; i < COUNT(others); i++) {
        struct ctx *c = as_system(x);
        assert_int_equal(app_staff_account(c, others[i], &item), ST_NOT_FOUND);
        app_end(c);
        c = as_system(x);
        assert_int_equal(app_staff_account_update(c, others[i], &in, 1), ST_NOT_FOUND);
        app_end(c);
        c = as_system(x);
        assert_int_equal(app_staff_account_reset(c, others[i], &made), ST_NOT_FOUND);
        app_end(c);
    }
    struct page_want want = {.size = 20};
    struct staff_page page;
    struct account_id id = account_named(x, "chakan");
    struct ctx *c = as_membership(x);
    assert_int_equal(app_staff_account(c, id, &item), ST_FORBIDDEN);
    assert_int_equal(app_staff_account_update(c, id, &in, 1), ST_FORBIDDEN);
    assert_int_equal(app_staff_account_reset(c, id, &made), ST_FORBIDDEN);
    assert_int_equal(app_staff_account_create(c, &in, &made), ST_FORBIDDEN);
    assert_int_equal(app_staff_accounts_list(c, STAFF_ALL, STR(""), &want, &page), ST_FORBIDDEN);
    app_end(c);
}

static struct staff_page list(struct fixture *x, enum staff_tab tab, const char *q, struct page_want want)
{
    struct staff_page page;
    struct ctx *c = as_system(x);
    if (!want.size) want.size = 20;
    assert_ok(c, app_staff_accounts_list(c, tab, str_from(q), &want, &page));
    app_end(c);
    return page;
}

static void the_list_finds_and_counts(void **state)
{
    struct fixture *x = *state;
    struct str token;
    as_system(x);
    raw_sql(x, "update account set login_at = created_at - 7776000000 where login = 'huiyuan'"); /* 90 days */
    raw_sql(x, "update account set created_at = created_at - 7862400000 where login = 'chakan'"); /* 91 */
    static const struct {
        enum staff_tab tab;
        const char *q;
        size_t n;
    } CASES[] = {
        {STAFF_ALL, "", 3},   {STAFF_ENABLED, "", 3},     {STAFF_DISABLED, "", 0},
        {STAFF_STALE, "", 1}, {STAFF_ALL, "CHAK", 1},     {STAFF_ALL, "会员管理", 1},
        {STAFF_ALL, "x", 0},  {STAFF_STALE, "chakan", 1}, {STAFF_STALE, "huiyuan", 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct staff_page page = list(x, CASES[i].tab, CASES[i].q, (struct page_want){0});
        assert_int_equal(page.items.n, CASES[i].n);
        assert_int_equal(page.counts[CASES[i].tab], CASES[i].n);
    }
    assert_int_equal(log_in(x, STR("chakan"), STR("Zhaoqi-8842"), &token), ST_OK);
    assert_int_equal(list(x, STAFF_STALE, "", (struct page_want){0}).items.n, 0);
    assert_int_equal(update(x, "chakan", "viewer", false, NULL), ST_OK);
    assert_int_equal(list(x, STAFF_DISABLED, "", (struct page_want){0}).items.n, 1);
}

static void the_list_turns_pages(void **state)
{
    struct fixture *x = *state;
    for (int i = 0; i < 10; i++)
        add(x, arena_fmt(x->arena, "renyuan%02d", i).p, "viewer");
    as_system(x);
    struct staff_page first = list(x, STAFF_ALL, "", (struct page_want){.size = 10});
    assert_int_equal(first.items.n, 10);
    assert_text(first.items.p[0].row.login, "chakan");
    assert_false(first.previous.n);
    struct staff_page second = list(x, STAFF_ALL, "", (struct page_want){.size = 10, .after = first.next});
    assert_int_equal(second.items.n, 3);
    assert_false(second.next.n);
    struct staff_page back =
        list(x, STAFF_ALL, "", (struct page_want){.size = 10, .before = second.previous});
    assert_int_equal(back.items.n, 10);
    assert_int_equal(back.items.p[0].row.id.v, first.items.p[0].row.id.v);
    struct staff_page bad = list(x, STAFF_ALL, "", (struct page_want){.size = 10, .after = STR("nonsense")});
    assert_int_equal(bad.items.p[0].row.id.v, first.items.p[0].row.id.v);
}

static void failures_are_counted_until_a_login(void **state)
{
    struct fixture *x = *state;
    struct str token;
    for (int i = 0; i < 3; i++)
        assert_int_equal(log_in(x, STR("chakan"), STR("wrong"), &token), ST_BAD_INPUT);
    assert_int_equal(row_of(x, "chakan").failures, 3);
    assert_false(row_of(x, "chakan").login_at);
    assert_int_equal(log_in(x, STR("chakan"), STR("Zhaoqi-8842"), &token), ST_OK);
    assert_int_equal(row_of(x, "chakan").failures, 0);
    assert_true(row_of(x, "chakan").login_at > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_one_logs_in_with_what_is_shown_once),
        TEST(a_new_one_is_refused),
        TEST(roles_and_standing_change),
        TEST(a_stale_form_is_a_conflict),
        TEST(the_last_who_manages_accounts_stays),
        TEST(a_reset_ends_what_was),
        TEST(not_these_and_not_they),
        TEST(the_list_finds_and_counts),
        TEST(the_list_turns_pages),
        TEST(failures_are_counted_until_a_login),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
