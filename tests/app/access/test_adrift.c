/* A disk that is full: who still gets in, what they can do, how much of what can't be written waits, what
 * becomes of the rest. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/access/adrift.h"
#include "app/access/gate.h"
#include "app/access/sessions.h"
#include "app/core/chain.h"
#include "app/core/ledger.h"
#include "app/core/settings.h"
#include "base/limits.h"
#include "crypto/token.h"
#include "db/db.h"
#include "gen/queries.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define STAFF_PASSWORD "Zhaoqi-8842"

/* Files can neither grow nor be written: what the process meets is what a full disk does. */
static void limit_files(bool full)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = full ? 0 : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static int64_t begun_ms;

static int setup(void **state)
{
    signal(SIGXFSZ, SIG_IGN);
    int failed = register_setup(state);
    if (!failed) begun_ms = as_command_line(*state)->now_ms;
    return failed;
}

static int teardown(void **state)
{
    limit_files(false);
    return register_teardown(state);
}

static void fill_disk(struct fixture *x)
{
    struct ctx *c = as_membership(x);
    assert_false(adrift_takes_over(c, ST_UNAVAILABLE));
    limit_files(true);
    assert_ok(c, app_begin(c));
    assert_ok(c, audit_add(c, &(struct audit_note){.event = "account.add"}));
    assert_int_equal(app_commit(c), ST_UNAVAILABLE);
    assert_non_null(strstr(c->fault.text, "磁盘已满"));
    assert_false(adrift_takes_over(c, ST_BAD_INPUT));
    assert_true(adrift_takes_over(c, ST_UNAVAILABLE));
}

/* There is room again, and somebody changes something. */
static void make_room(struct fixture *x)
{
    limit_files(false);
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_begin(c));
    assert_ok(c, audit_add(c, &(struct audit_note){.event = "account.add"}));
    assert_ok(c, app_commit(c));
    assert_false(adrift_takes_over(c, ST_UNAVAILABLE));
}

static enum status login_from(struct fixture *x, const char *password, const char *address, int64_t later_ms,
                              struct str *ret_token)
{
    struct ctx *c = as_command_line(x);
    struct login_input in = {SIDE_STAFF, STR("huiyuan"), str_from(password), str_from(address)};
    c->address = in.address;
    c->now_ms = begun_ms + later_ms;
    enum status s = app_login(c, &in, ret_token);
    app_end(c);
    return s;
}

static struct str log_in(struct fixture *x)
{
    struct str token = STR_NONE;
    assert_int_equal(login_from(x, STAFF_PASSWORD, "192.0.2.7", 0, &token), ST_OK);
    return token;
}

static struct actor session_later(struct fixture *x, struct str token, int64_t later_ms)
{
    struct ctx *c = as_command_line(x);
    c->now_ms = begun_ms + later_ms;
    assert_ok(c, app_read(c));
    assert_ok(c, app_session_find(c, token));
    app_end(c);
    return c->actor;
}

static struct actor session_of(struct fixture *x, struct str token)
{
    return session_later(x, token, 0);
}

static enum status change(struct fixture *x, struct actor who)
{
    struct ctx *c = as_command_line(x);
    c->actor = who;
    enum status s = app_begin(c);
    if (s == ST_OK) s = audit_add(c, &(struct audit_note){.event = "account.add"});
    if (s == ST_OK) s = app_commit(c);
    app_end(c);
    return s;
}

static struct bytes hash_of(struct fixture *x, int i)
{
    uint8_t *hash = arena_alloc(x->arena, 32);
    memcpy(hash, &i, sizeof i);
    return (struct bytes){hash, 32};
}

static void who_logs_in_may_look_and_change_nothing(void **state)
{
    struct fixture *x = *state;
    int64_t before = trail_count(x, "account.login", "ok");
    fill_disk(x);
    struct str token = log_in(x), other = log_in(x);
    struct actor a = session_of(x, token);
    assert_int_equal(a.account.v, x->membership.v);
    assert_true(a.adrift);
    assert_int_equal(a.roles, ROLE_MEMBERSHIP);
    assert_int_equal(change(x, a), ST_UNAVAILABLE);
    assert_int_equal(session_of(x, STR("unknown")).account.v, 0);
    limit_files(false);
    /* Its own row comes first, then what it does. */
    assert_int_equal(change(x, a), ST_OK);
    assert_int_equal(raw_sql_number(x,
                                    "select count(*) from audit where event = 'account.login' and number in "
                                    "(select number - 1 from audit where event = 'account.add')"),
                     1);
    assert_int_equal(trail_count(x, "account.login", "ok"), before + 2);
    assert_int_equal(trail_count(x, "system.trail_lost", "ok"), 0);
    assert_int_equal(raw_sql_number(x, "select count(*) from session"), 2);
    assert_false(session_of(x, token).adrift);
    assert_int_equal(session_of(x, other).account.v, x->membership.v);
    assert_sound(x);
}

static void it_ends_as_others_do(void **state)
{
    struct fixture *x = *state;
    fill_disk(x);
    struct str token = log_in(x), idle = log_in(x);
    for (int i = 1; i <= 4; i++)
        assert_int_equal(session_later(x, token, i * 10 * MINUTE_MS).account.v, x->membership.v);
    assert_int_equal(session_later(x, idle, 16 * MINUTE_MS).account.v, 0);
    assert_int_equal(session_later(x, idle, 17 * MINUTE_MS).account.v, 0);
    make_room(x);
    assert_int_equal(session_later(x, token, 50 * MINUTE_MS).account.v, x->membership.v);
}

static void who_logs_out_is_out(void **state)
{
    struct fixture *x = *state;
    fill_disk(x);
    struct str token = log_in(x);
    struct ctx *c = as_command_line(x);
    c->actor = session_of(x, token);
    assert_ok(c, app_logout(c, token));
    assert_int_equal(session_of(x, token).account.v, 0);
    make_room(x);
    assert_int_equal(session_of(x, token).account.v, 0);
    assert_int_equal(trail_count(x, "account.logout", "ok"), 1);
    assert_int_equal(raw_sql_number(x, "select count(*) from session"), 0);
}

/* What happened to the account meanwhile, in another process that found room. */
static const char *const ENDS[] = {
    "update account set enabled = 0 where login = 'huiyuan'",
    "update account set password = '$hy1$other' where login = 'huiyuan'",
};

static void a_session_ends_with_what_it_was_opened_with(void **state)
{
    struct fixture *x = *state;
    fill_disk(x);
    struct str token = log_in(x);
    for (size_t i = 0; i < COUNT(ENDS); i++) {
        limit_files(false);
        raw_sql(x, ENDS[i]);
        assert_int_equal(session_of(x, token).account.v, 0);
        if (i == COUNT(ENDS) - 1) break;
        raw_sql(x, "update account set enabled = 1");
        assert_int_equal(session_of(x, token).account.v, x->membership.v);
    }
    make_room(x);
    assert_int_equal(raw_sql_number(x, "select count(*) from session"), 0);
    assert_int_equal(trail_count(x, "account.login", "ok"), 1); /* it was one */
}

static void a_password_that_was_given_out_waits(void **state)
{
    struct fixture *x = *state;
    struct str token;
    raw_sql(x, "update account set onetime = 1, password_at = 1795000000000");
    fill_disk(x);
    assert_int_equal(login_from(x, STAFF_PASSWORD, "192.0.2.7", 0, &token), ST_BAD_INPUT);
    make_room(x);
    assert_int_equal(trail_count(x, "account.login", "refused"), 1);
}

static void what_fits_is_written_and_the_rest_is_counted(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_membership(x);
    struct adrift_session found;
    struct str password = STR("$hy1$");
    int64_t before = trail_count(x, "account.login", "ok");
    fill_disk(x);
    for (int i = 0; i < LIMIT_ADRIFT_ROWS; i++)
        assert_ok(c, adrift_login(c, hash_of(x, i), password));
    for (int i = 0; i < 7; i++)
        assert_int_equal(adrift_login(c, hash_of(x, 1000 + i), password), ST_UNAVAILABLE);
    assert_true(adrift_find(c, hash_of(x, 3), &found));
    assert_int_equal(found.account.v, x->membership.v);
    assert_false(adrift_find(c, hash_of(x, 1003), &found));
    make_room(x);
    assert_int_equal(trail_count(x, "account.login", "ok"), before + LIMIT_ADRIFT_ROWS);
    assert_int_equal(trail_count(x, "system.trail_lost", "ok"), 1);
    assert_true(str_eq(trail_note(x, "system.trail_lost"), STR("7")));
    assert_false(adrift_find(c, hash_of(x, 3), &found));
    make_room(x);
    assert_int_equal(trail_count(x, "system.trail_lost", "ok"), 1);
    assert_sound(x);
}

static void those_who_are_refused_leave_room_for_others(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_membership(x);
    fill_disk(x);
    for (int i = 0; i < LIMIT_ADRIFT_ROWS; i++)
        adrift_refused(c, &c->actor);
    assert_ok(c, adrift_login(c, hash_of(x, 1), STR("$hy1$")));
    make_room(x);
    assert_int_equal(trail_count(x, "account.login", "refused"), LIMIT_ADRIFT_ROWS / 2);
    assert_true(str_eq(trail_note(x, "system.trail_lost"), arena_fmt(x->arena, "%d", LIMIT_ADRIFT_ROWS / 2)));
}

static void what_can_not_be_written_for_another_reason_holds_nobody_up(void **state)
{
    struct fixture *x = *state;
    int64_t before = trail_count(x, "account.add", "ok");
    fill_disk(x);
    log_in(x);
    limit_files(false);
    raw_sql(x, "alter table session rename to session_gone");
    make_room(x);
    raw_sql(x, "alter table session_gone rename to session");
    make_room(x);
    assert_int_equal(trail_count(x, "account.add", "ok"), before + 2);
    assert_true(str_eq(trail_note(x, "system.trail_lost"), STR("1")));
}

/* The limits are those of any day, with what the database has counted before. */
static void wrong_passwords_are_counted_on(void **state)
{
    struct fixture *x = *state;
    struct str token;
    assert_int_equal(settings_of(x)->login_pair_failures, 5);
    for (int i = 0; i < 2; i++)
        assert_int_equal(login_from(x, "Falsch-2026", "192.0.2.7", 0, &token), ST_BAD_INPUT);
    fill_disk(x);
    for (int i = 0; i < 3; i++)
        assert_int_equal(login_from(x, "Falsch-2026", "192.0.2.7", 0, &token), ST_BAD_INPUT);
    assert_int_equal(login_from(x, STAFF_PASSWORD, "192.0.2.7", 0, &token), ST_TOO_MANY);
    assert_int_equal(login_from(x, STAFF_PASSWORD, "198.51.100.7", 0, &token), ST_OK);
    assert_int_equal(login_from(x, STAFF_PASSWORD, "192.0.2.7", 16 * MINUTE_MS, &token), ST_OK);
    make_room(x);
    assert_int_equal(trail_count(x, "account.login", "refused"), 5);
}

static void who_got_in_begins_anew(void **state)
{
    struct fixture *x = *state;
    struct str token;
    for (int i = 0; i < 2; i++)
        assert_int_equal(login_from(x, "Falsch-2026", "192.0.2.7", 0, &token), ST_BAD_INPUT);
    fill_disk(x);
    for (int i = 0; i < 2; i++) {
        for (int wrong = 0; wrong < 2; wrong++)
            assert_int_equal(login_from(x, "Falsch-2026", "192.0.2.7", 0, &token), ST_BAD_INPUT);
        assert_int_equal(login_from(x, STAFF_PASSWORD, "192.0.2.7", 0, &token), ST_OK);
    }
}

/* Of the first row of logins with this result. */
static struct str address_of(struct ctx *c, const struct audit_fulls *rows, const char *result)
{
    struct str address = STR_NONE;
    for (size_t i = 0; i < rows->n && !address.n; i++) {
        const struct audit_full *row = &rows->p[i];
        if (str_eq(row->event, STR("account.login")) && str_eq(row->result, str_from(result)))
            assert_ok(c, chain_address_open(c, row->number, row->address_sealed, &address));
    }
    return address;
}

static void rows_say_when_and_from_where(void **state)
{
    struct fixture *x = *state;
    struct str token;
    fill_disk(x);
    assert_int_equal(login_from(x, STAFF_PASSWORD, "192.0.2.7", 3 * MINUTE_MS, &token), ST_OK);
    assert_int_equal(login_from(x, "Falsch-2026", "198.51.100.9", 4 * MINUTE_MS, &token), ST_BAD_INPUT);
    make_room(x);
    struct ctx *c = as_command_line(x);
    struct audit_fulls rows;
    assert_ok(c, app_read(c));
    assert_ok(c, q_audit_after(c->db, c->arena, 0, 1000, &rows));
    assert_int_equal(raw_sql_number(x, "select max(at) - min(at) from audit where event = 'account.login'"),
                     MINUTE_MS);
    assert_text(address_of(c, &rows, "ok"), "192.0.2.7");
    assert_text(address_of(c, &rows, "refused"), "198.51.100.9");
    app_end(c);
}

static void a_picture_is_good_once(void **state)
{
    struct fixture *x = *state;
    struct bytes nonce;
    fill_disk(x);
    struct ctx *c = as_command_line(x);
    struct gate_answer in = {.cookie = STR("browser"), .address = STR("192.0.2.7"), .work = STR("")};
    in.captcha_cookie = gate_captcha(c).cookie;
    assert_true(captcha_open(x->app->keys, x->arena, in.captcha_cookie, c->now_ms, &in.typed, &nonce));
    for (int i = 0; i < 3; i++) {
        c = as_command_line(x);
        if (i == 2) limit_files(false);
        assert_ok(c, gate_admit(c, &in));
        assert_int_equal(c->problems.n, i == 0 ? 0 : 1);
        app_end(c);
    }
}

static void what_was_spent_before_stays_spent(void **state)
{
    struct fixture *x = *state;
    struct bytes nonce;
    struct ctx *c = as_command_line(x);
    struct gate_answer in = {.cookie = STR("browser"), .address = STR("192.0.2.7"), .work = STR("")};
    in.captcha_cookie = gate_captcha(c).cookie;
    assert_true(captcha_open(x->app->keys, x->arena, in.captcha_cookie, c->now_ms, &in.typed, &nonce));
    assert_ok(c, gate_admit(c, &in));
    assert_int_equal(c->problems.n, 0);
    app_end(c);
    fill_disk(x);
    log_in(x); /* what waits comes before the spending: nothing is written any more */
    c = as_command_line(x);
    assert_ok(c, gate_admit(c, &in));
    assert_int_equal(c->problems.n, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_logs_in_may_look_and_change_nothing),
        TEST(it_ends_as_others_do),
        TEST(who_logs_out_is_out),
        TEST(a_session_ends_with_what_it_was_opened_with),
        TEST(a_password_that_was_given_out_waits),
        TEST(what_fits_is_written_and_the_rest_is_counted),
        TEST(those_who_are_refused_leave_room_for_others),
        TEST(what_can_not_be_written_for_another_reason_holds_nobody_up),
        TEST(wrong_passwords_are_counted_on),
        TEST(who_got_in_begins_anew),
        TEST(rows_say_when_and_from_where),
        TEST(a_picture_is_good_once),
        TEST(what_was_spent_before_stays_spent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
