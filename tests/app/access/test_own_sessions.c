/* What somebody sees of their own sessions and can end; how the account stood before a login; the password
 * typed again. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/access/own_sessions.h"
#include "app/access/sessions.h"

#define STAFF_PASSWORD "Zhaoqi-8842"
#define CHROME         "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36"

static enum status try_login(struct fixture *x, const char *account, const char *password, int64_t later_ms,
                             struct str *ret_token)
{
    struct login_input in = {SIDE_STAFF, str_from(account), str_from(password), STR("192.0.2.9")};
    struct ctx *c = as_command_line(x);
    c->now_ms += later_ms;
    c->address = STR("192.0.2.9");
    c->device = STR(CHROME);
    enum status s = app_login(c, &in, ret_token);
    app_end(c);
    return s;
}

static struct str log_in(struct fixture *x, const char *account, int64_t later_ms)
{
    struct str token;
    assert_int_equal(try_login(x, account, STAFF_PASSWORD, later_ms, &token), ST_OK);
    return token;
}

static struct own_sessions sessions_of(struct ctx *c, struct str token)
{
    struct own_sessions list;
    assert_ok(c, app_own_sessions(c, token, &list));
    app_end(c);
    return list;
}

static bool lives(struct fixture *x, struct str token)
{
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_session_find(c, token));
    app_end(c);
    return c->actor.account.v != 0;
}

static void they_are_listed_with_their_device(void **state)
{
    struct fixture *x = *state;
    struct str here = log_in(x, "huiyuan", 0);
    log_in(x, "huiyuan", 1000);
    log_in(x, "chakan", 0); /* somebody else's */
    struct own_sessions list = sessions_of(as_membership(x), here);
    assert_int_equal(list.n, 2);
    assert_true(list.p[1].current);
    assert_false(list.p[0].current);
    assert_text(list.p[0].device, "Chrome · Windows");
    assert_text(list.p[0].address, "192.0.2.9");
    assert_true(list.p[0].since > list.p[1].since);
    struct ctx *c = as_membership(x);
    c->now_ms += 16 * MINUTE_MS; /* idle */
    assert_int_equal(sessions_of(c, here).n, 0);
}

/* What it was opened from is not readable in the database. */
static void device_and_address_are_sealed(void **state)
{
    struct fixture *x = *state;
    log_in(x, "huiyuan", 0);
    assert_int_equal(raw_sql_number(x, "select count(*) from session where length(address_sealed) = 51"), 1);
    assert_int_equal(raw_sql_number(x, "select count(*) from session where length(device_sealed) = 59"), 1);
}

static void one_is_ended_by_its_holder_alone(void **state)
{
    struct fixture *x = *state;
    struct str here = log_in(x, "huiyuan", 0), there = log_in(x, "huiyuan", 0);
    struct own_sessions list = sessions_of(as_membership(x), here);
    struct session_id other = list.p[0].current ? list.p[1].id : list.p[0].id;
    struct ctx *c = as_viewer(x);
    assert_int_equal(app_own_session_end(c, other), ST_NOT_FOUND);
    app_end(c);
    assert_true(lives(x, there));
    c = as_membership(x);
    assert_ok(c, app_own_session_end(c, other));
    assert_false(lives(x, there));
    assert_true(lives(x, here));
    c = as_membership(x);
    assert_int_equal(app_own_session_end(c, other), ST_NOT_FOUND); /* again */
    app_end(c);
}

static void the_others_are_ended_together(void **state)
{
    struct fixture *x = *state;
    struct str here = log_in(x, "huiyuan", 0), there = log_in(x, "huiyuan", 0);
    struct str somebody_elses = log_in(x, "chakan", 0);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_own_sessions_end_others(c, here));
    assert_true(lives(x, here));
    assert_false(lives(x, there));
    assert_true(lives(x, somebody_elses));
}

static struct last_login before(struct fixture *x, struct str token)
{
    struct last_login last;
    struct ctx *c = as_membership(x);
    assert_ok(c, app_last_login(c, token, &last));
    app_end(c);
    return last;
}

/* Each row: so many wrong passwords, then a login. */
static void how_it_stood_before(void **state)
{
    static const int64_t FAILURES[] = {0, 2, 0, 3};
    struct fixture *x = *state;
    int64_t last_at = 0;
    for (size_t i = 0; i < COUNT(FAILURES); i++) {
        struct str token;
        int64_t later_ms = (int64_t)i * HOUR_MS;
        for (int64_t n = 0; n < FAILURES[i]; n++)
            assert_int_equal(try_login(x, "huiyuan", "wrong", later_ms, &token), ST_BAD_INPUT);
        struct str entered = log_in(x, "huiyuan", later_ms);
        struct last_login last = before(x, entered);
        assert_int_equal(last.before_at, last_at);
        assert_int_equal(last.failures, FAILURES[i]);
        last_at = sessions_of(as_membership(x), entered).p[0].since;
    }
    struct last_login unknown;
    struct ctx *c = as_membership(x);
    assert_int_equal(app_last_login(c, STR("nonsense"), &unknown), ST_NOT_FOUND);
    app_end(c);
}

static int64_t proved_at(struct fixture *x, struct str token)
{
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_session_find(c, token));
    app_end(c);
    return c->actor.proved_at;
}

static void the_password_again(void **state)
{
    struct fixture *x = *state;
    struct str here = log_in(x, "huiyuan", 0), there = log_in(x, "huiyuan", 0);
    int64_t then = proved_at(x, here), other = proved_at(x, there);
    struct ctx *c = as_membership(x);
    c->now_ms = then + 5 * MINUTE_MS;
    assert_int_equal(app_again(c, here, STR("wrong")), ST_BAD_INPUT);
    assert_problem(c, "password");
    app_end(c);
    assert_int_equal(proved_at(x, here), then);
    c = as_membership(x);
    c->now_ms = then + 5 * MINUTE_MS;
    assert_ok(c, app_again(c, here, STR(STAFF_PASSWORD)));
    assert_int_equal(proved_at(x, here), then + 5 * MINUTE_MS);
    assert_int_equal(proved_at(x, there), other);
    c = as_viewer(x); /* with another's token: nothing of theirs is proved */
    assert_int_equal(app_again(c, there, STR(STAFF_PASSWORD)), ST_LOGIN);
    app_end(c);
    assert_int_equal(proved_at(x, there), other);
}

/* Five wrong ones in fifteen minutes, then not even the right one. */
static void it_is_not_guessed(void **state)
{
    struct fixture *x = *state;
    struct str here = log_in(x, "huiyuan", 0);
    for (int i = 0; i < 6; i++) {
        struct ctx *c = as_membership(x);
        enum status s = app_again(c, here, i < 5 ? STR("wrong") : STR(STAFF_PASSWORD));
        assert_int_equal(s, i < 5 ? ST_BAD_INPUT : ST_TOO_MANY);
        app_end(c);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(they_are_listed_with_their_device),
        TEST(device_and_address_are_sealed),
        TEST(one_is_ended_by_its_holder_alone),
        TEST(the_others_are_ended_together),
        TEST(how_it_stood_before),
        TEST(the_password_again),
        TEST(it_is_not_guessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
