/* Forms that came after their session had ended: for one account, an hour, so many and no larger. */
#include "register.h"

#include "app/access/kept.h"
#include "app/access/limits.h"
#include "base/limits.h"
#include "crypto/token.h"
#include "gen/queries.h"

#include <string.h>

static bool keep(struct fixture *x, struct account_id account, const char *action, struct str value)
{
    struct ctx *c = as_command_line(x);
    struct kept_field field = {STR("name"), value};
    struct kept_form form = {
        .action = str_from(action), .page = STR("/page"), .files = true, .fields = {.p = &field, .n = 1}};
    bool kept = false;
    assert_ok(c, app_kept_put(c, account, &form, &kept));
    return kept;
}

/* A login of the account; its token. */
static struct str enter(struct fixture *x, struct account_id account, int64_t later_ms)
{
    struct ctx *c = as_command_line(x);
    struct str token = token_make(x->arena);
    c->now_ms += later_ms;
    assert_ok(c, app_begin(c));
    assert_ok(c, kept_claim(c, account, token));
    assert_ok(c, app_commit(c));
    return token;
}

/* What stands in the field of the newest for the page; none: nothing is kept. */
static struct str found(struct fixture *x, struct str token, const char *page, int64_t later_ms)
{
    struct ctx *c = as_command_line(x);
    struct kept_form form;
    c->now_ms += later_ms;
    enum status s = app_kept_find(c, token, str_from(page), &form);
    app_end(c);
    if (s == ST_NOT_FOUND) return STR_NONE;
    assert_int_equal(s, ST_OK);
    assert_true(form.files);
    assert_int_equal(form.fields.n, 1);
    return arena_str(x->arena, form.fields.p[0].value);
}

static void it_waits_for_the_next_login_of_its_account(void **state)
{
    struct fixture *x = *state;
    assert_true(keep(x, x->clerk, "/action", STR("typed")));
    struct str other = enter(x, x->other_clerk, 0), own = enter(x, x->clerk, 0),
               later = enter(x, x->clerk, 0);
    assert_null(found(x, other, "/page", 0).p);
    assert_null(found(x, later, "/page", 0).p); /* the one before has it */
    assert_null(found(x, own, "/another", 0).p);
    assert_true(str_eq(found(x, own, "/page", 0), STR("typed")));
    struct ctx *c = as_command_line(x);
    bool waits;
    assert_ok(c, app_kept_waiting(c, own, &waits));
    assert_true(waits);
    assert_ok(c, app_kept_waiting(c, later, &waits));
    assert_false(waits);
    assert_ok(c, app_kept_done(c, own, STR("/other-action")));
    assert_true(found(x, own, "/page", 0).n > 0);
    c = as_command_line(x);
    assert_ok(c, app_kept_done(c, own, STR("/action")));
    assert_null(found(x, own, "/page", 0).p);
}

static void and_for_an_hour(void **state)
{
    struct fixture *x = *state;
    assert_true(keep(x, x->clerk, "/action", STR("typed")));
    assert_null(found(x, enter(x, x->clerk, HOUR_MS), "/page", HOUR_MS).p);
    struct str own = enter(x, x->clerk, HOUR_MS - MINUTE_MS);
    assert_true(found(x, own, "/page", HOUR_MS - MINUTE_MS).n > 0);
    assert_null(found(x, own, "/page", HOUR_MS).p);
}

static void the_newest_and_so_many(void **state)
{
    struct fixture *x = *state;
    for (int i = 0; i < LIMIT_KEPT_FORMS + 3; i++)
        assert_true(keep(x, x->clerk, arena_fmt(x->arena, "/action/%d", i).p, arena_fmt(x->arena, "%d", i)));
    assert_true(keep(x, x->clerk, "/action/6", STR("newest")));
    struct str own = enter(x, x->clerk, 0);
    assert_true(str_eq(found(x, own, "/page", 0), STR("newest")));
    struct ctx *c = as_command_line(x);
    int64_t n;
    assert_ok(c, app_begin(c));
    assert_ok(c, q_kept_forms_delete_old(c->db, c->now_ms + 1, &n));
    app_rollback(c);
    assert_int_equal(n, LIMIT_KEPT_FORMS);
}

static void no_larger_than_the_limit(void **state)
{
    struct fixture *x = *state;
    char *large = arena_alloc(x->arena, LIMIT_KEPT_FORM);
    memset(large, 'x', LIMIT_KEPT_FORM);
    assert_true(keep(x, x->clerk, "/action", (struct str){large, LIMIT_KEPT_FORM - 100}));
    assert_false(keep(x, x->clerk, "/action", (struct str){large, LIMIT_KEPT_FORM}));
    assert_int_equal(found(x, enter(x, x->clerk, 0), "/page", 0).n, LIMIT_KEPT_FORM - 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_waits_for_the_next_login_of_its_account),
        TEST(and_for_an_hour),
        TEST(the_newest_and_so_many),
        TEST(no_larger_than_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
