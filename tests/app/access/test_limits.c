/* How often one may try to log in: by account and network, by account, by network; what is counted, what is
 * not, and what happens when many try at once. */
#include "register.h"

#include "app/access/accounts.h"
#include "app/core/settings.h"

#include <pthread.h>

#define RIGHT "Zhaoqi-8842"

static enum status try_login(struct fixture *x, int64_t at_ms, const char *account, const char *password,
                             const char *address, int *ret_wait_s)
{
    struct ctx *c = as_command_line(x);
    struct login_input in = {SIDE_STAFF, str_from(account), str_from(password), str_from(address)};
    struct str token;
    c->now_ms = at_ms;
    enum status s = app_login(c, &in, &token);
    app_end(c);
    if (ret_wait_s) *ret_wait_s = c->fault.retry_after_s;
    return s;
}

static enum status right(struct fixture *x, int64_t at_ms, const char *address)
{
    return try_login(x, at_ms, "huiyuan", RIGHT, address, NULL);
}

static void fail_times(struct fixture *x, int n, int64_t at_ms, const char *account, const char *address)
{
    for (int i = 0; i < n; i++)
        assert_int_equal(try_login(x, at_ms, account, "wrong", address, NULL), ST_BAD_INPUT);
}

static int64_t now_of(struct fixture *x)
{
    return as_command_line(x)->now_ms;
}

static void thirty_from_one_network_over_all_accounts(void **state)
{
    struct fixture *x = *state;
    int64_t t = now_of(x);
    int wait_s;
    for (int i = 0; i < 30; i++) {
        const char *name = arena_fmt(x->arena, "nobody-%d", i).p;
        fail_times(x, 1, t, name, i % 2 ? "192.0.2.7" : "192.0.2.250");
    }
    assert_int_equal(try_login(x, t, "nobody-30", "wrong", "192.0.2.8", &wait_s), ST_TOO_MANY);
    assert_int_equal(wait_s, 15 * 60);
    assert_int_equal(right(x, t, "192.0.2.7"), ST_TOO_MANY);
    assert_int_equal(right(x, t, "192.0.3.7"), ST_OK);
    assert_int_equal(right(x, t + 15 * MINUTE_MS, "192.0.2.7"), ST_OK);
}

/* Failures from everywhere lock an account, but not for whoever logged in from there in the last ninety days.
 */
static void a_known_network_keeps_a_way_in(void **state)
{
    static const struct {
        const char *known, *back; /* logged in from there, comes back from here */
        int64_t days;
        enum status status;
    } CASES[] = {
        {"203.0.113.5", "203.0.113.5", 0, ST_OK},
        {"203.0.113.5", "203.0.113.77", 89, ST_OK},
        {"203.0.113.5", "203.0.113.5", 91, ST_TOO_MANY},
        {"203.0.113.5", "203.0.114.5", 0, ST_TOO_MANY},
        {"2001:db8:1:100::5", "2001:db8:1:1ff::9", 0, ST_OK}, /* one /56 */
        {"2001:db8:1:100::5", "2001:db8:1:200::5", 0, ST_TOO_MANY},
        {"::ffff:203.0.113.5", "203.0.113.6", 0, ST_OK},
    };
    struct fixture *x = *state;
    int64_t t = now_of(x);
    settings_of(x)->login_account_failures = 4; /* instead of twenty: it takes long */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        t += 400 * DAY_MS;
        assert_int_equal(right(x, t, CASES[i].known), ST_OK);
        int64_t later = t + CASES[i].days * DAY_MS;
        fail_times(x, 4, later, "huiyuan", "198.51.7.1");
        assert_int_equal(right(x, later, "198.51.100.1"), ST_TOO_MANY);
        assert_int_equal(right(x, later, CASES[i].back), CASES[i].status);
    }
}

/* The known network is no licence to guess. */
static void five_lock_a_known_network_too(void **state)
{
    struct fixture *x = *state;
    int64_t t = now_of(x);
    assert_int_equal(right(x, t, "203.0.113.5"), ST_OK);
    fail_times(x, 5, t, "huiyuan", "203.0.113.5");
    assert_int_equal(right(x, t, "203.0.113.5"), ST_TOO_MANY);
}

static void what_succeeds_is_not_counted(void **state)
{
    struct fixture *x = *state;
    int64_t t = now_of(x);
    settings_of(x)->login_account_failures = 4;
    settings_of(x)->login_network_failures = 5;
    for (int i = 0; i < 3; i++) {
        fail_times(x, 3, t + i * 40 * MINUTE_MS, "huiyuan", "192.0.2.7");
        assert_int_equal(right(x, t + i * 40 * MINUTE_MS, "192.0.2.7"), ST_OK); /* clears the three */
    }
    settings_of(x)->login_pair_failures = 2;
    t += DAY_MS;
    for (int i = 0; i < 3; i++) { /* success clears the pair's */
        fail_times(x, 1, t, "huiyuan", "192.0.2.7");
        assert_int_equal(right(x, t, "192.0.2.7"), ST_OK);
    }
    for (int i = 0; i < 6; i++)
        assert_int_equal(right(x, t + DAY_MS, "192.0.2.7"), ST_OK);
    assert_int_equal(right(x, t + DAY_MS, "198.51.100.1"), ST_OK); /* for a stranger's network neither */
}

/* Each limit is a setting: the number before which a right password is let in, at two values. */
static void the_numbers_are_settings(void **state)
{
    struct fixture *x = *state;
    struct settings *s = settings_of(x);
    int64_t t = now_of(x);
    s->login_pair_failures = 2;
    s->login_pair_minutes = 3;
    fail_times(x, 2, t, "huiyuan", "192.0.2.7");
    assert_int_equal(right(x, t + 3 * MINUTE_MS - 1, "192.0.2.7"), ST_TOO_MANY);
    assert_int_equal(right(x, t + 3 * MINUTE_MS, "192.0.2.7"), ST_OK);
    t += DAY_MS;
    s->login_account_failures = 4;
    s->login_account_minutes = 7;
    for (int n = 0; n < 2; n++)
        fail_times(x, 2, t, "huiyuan", arena_fmt(x->arena, "198.51.%d.1", n).p);
    assert_int_equal(right(x, t + 7 * MINUTE_MS - 1, "203.0.113.1"), ST_TOO_MANY);
    assert_int_equal(right(x, t + 7 * MINUTE_MS, "203.0.113.1"), ST_OK);
    t += DAY_MS;
    s->login_network_failures = 3;
    s->login_network_minutes = 2;
    for (int n = 0; n < 3; n++)
        fail_times(x, 1, t, arena_fmt(x->arena, "nobody-%d", n).p, "192.0.2.7");
    assert_int_equal(right(x, t + 2 * MINUTE_MS - 1, "192.0.2.7"), ST_TOO_MANY);
    assert_int_equal(right(x, t + 2 * MINUTE_MS, "192.0.2.7"), ST_OK);
    s->login_known_days = 1;
    for (int n = 0; n < 2; n++)
        fail_times(x, 2, t + 3 * DAY_MS, "huiyuan", arena_fmt(x->arena, "198.51.%d.1", n).p);
    assert_int_equal(right(x, t + 3 * DAY_MS, "192.0.2.7"), ST_TOO_MANY);
}

static void the_minutes_are_said(void **state)
{
    static const struct {
        int64_t wait_ms;
        int seconds;
        const char *words;
    } CASES[] = {{1, 1, "还需等 1 分钟"},
                 {60000, 60, "还需等 1 分钟"},
                 {60001, 61, "还需等 2 分钟"},
                 {-5, 1, "还需等 1 分钟"},
                 {899001, 900, "还需等 15 分钟"}};
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_command_line(x);
        assert_int_equal(limit_wait(c, c->now_ms + CASES[i].wait_ms), ST_TOO_MANY);
        assert_int_equal(c->fault.retry_after_s, CASES[i].seconds);
        assert_true(str_find(str_from(c->fault.text), str_from(CASES[i].words), NULL));
    }
}

struct guesser {
    struct fixture *x;
    const char *address;
    pthread_t thread;
    enum status status;
};

static void *guess(void *arg)
{
    struct guesser *g = arg;
    struct arena *a = arena_new();
    struct ctx c;
    struct str token;
    struct login_input in = {SIDE_STAFF, STR("huiyuan"), STR("wrong"), str_from(g->address)};
    ctx_init(&c, g->x->app, a);
    g->status = app_login(&c, &in, &token);
    app_end(&c);
    arena_free(a);
    return NULL;
}

/* As many as the limit get an answer about the password, however many try at the same time. */
static void tries_at_once_do_not_pass_together(void **state)
{
    struct fixture *x = *state;
    struct guesser g[12];
    int answered = 0, locked = 0;
    for (size_t i = 0; i < COUNT(g); i++) {
        g[i] = (struct guesser){.x = x, .address = "192.0.2.7"};
        assert_int_equal(pthread_create(&g[i].thread, NULL, guess, &g[i]), 0);
    }
    for (size_t i = 0; i < COUNT(g); i++) {
        pthread_join(g[i].thread, NULL);
        answered += g[i].status == ST_BAD_INPUT;
        locked += g[i].status == ST_TOO_MANY;
    }
    assert_int_equal(answered, 5);
    assert_int_equal(locked, COUNT(g) - 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(thirty_from_one_network_over_all_accounts),
        TEST(a_known_network_keeps_a_way_in),
        TEST(five_lock_a_known_network_too),
        TEST(what_succeeds_is_not_counted),
        TEST(the_numbers_are_settings),
        TEST(the_minutes_are_said),
        TEST(tries_at_once_do_not_pass_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
