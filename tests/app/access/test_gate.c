/* What lets a browser through: the captcha that was shown to it, or work that was found for it; each once,
 * and both where many logins of its network failed. */
#include "register.h"

#include "app/access/accounts.h"
#include "app/access/gate.h"
#include "app/core/settings.h"
#include "base/limits.h"
#include "crypto/work.h"

#include <sodium.h>
#include <string.h>

#define COOKIE  STR("cookie of a browser")
#define ADDRESS STR("192.0.2.7")
#define BITS    3

static int setup(void **state)
{
    int failed = register_setup(state);
    if (!failed) settings_of(*state)->captcha_work_bits = BITS;
    return failed;
}

/* "" when it lets in; "429", or the message. */
static struct str admitted_at(struct fixture *x, int64_t later_ms, const struct gate_answer *in)
{
    struct ctx *c = as_command_line(x);
    c->now_ms += later_ms;
    enum status s = gate_admit(c, in);
    app_end(c);
    if (s == ST_TOO_MANY) return arena_fmt(x->arena, "429 %d", c->fault.retry_after_s);
    assert_int_equal(s, ST_OK);
    return str_or_empty(problem_of(&c->problems, STR("captcha")));
}

static bool lets_in(struct fixture *x, const struct gate_answer *in)
{
    return admitted_at(x, 0, in).n == 0;
}

/* Another picture, with what stands in it typed. */
static struct gate_answer read_picture(struct fixture *x)
{
    struct ctx *c = as_command_line(x);
    struct bytes nonce;
    struct gate_answer in = {.cookie = COOKIE, .address = ADDRESS, .work = STR("")};
    in.captcha_cookie = gate_captcha(c).cookie;
    assert_true(captcha_open(x->app->keys, x->arena, in.captcha_cookie, c->now_ms, &in.typed, &nonce));
    return in;
}

static bool piece_good(const uint8_t *seed, uint32_t i, uint32_t n, int bits)
{
    uint8_t text[40] = {0}, hash[32];
    memcpy(text, seed, 32);
    text[35] = (uint8_t)i;
    for (int b = 0; b < 4; b++)
        text[36 + b] = (uint8_t)(n >> (24 - 8 * b));
    crypto_hash_sha256(hash, text, sizeof text);
    return ((uint32_t)hash[0] << 8 | hash[1]) >> (16 - bits) == 0;
}

/* What a script would find for what the page asks. */
static struct gate_answer work_for(struct fixture *x, struct str cookie, int *ret_bits)
{
    struct gate_question asked;
    struct str challenge, bits;
    struct ctx *c = as_command_line(x);
    uint8_t seed[32];
    int64_t n_bits;
    assert_ok(c, gate_ask(c, cookie, ADDRESS, &asked));
    app_end(c);
    assert_true(str_cut(asked.work, '.', &challenge, &bits) && str_int(bits, &n_bits));
    crypto_hash_sha256(seed, (const uint8_t *)challenge.p, challenge.n);
    struct gate_answer in = {.cookie = cookie, .address = ADDRESS, .typed = STR(""), .work = challenge};
    for (uint32_t i = 0; i < WORK_PIECES; i++) {
        uint32_t n = 0;
        while (!piece_good(seed, i, n, (int)n_bits))
            n++;
        in.work = arena_fmt(x->arena, "%.*s%c%u", STR_ARG(in.work), i ? '-' : '.', n);
    }
    if (ret_bits) *ret_bits = (int)n_bits;
    return in;
}

static void fail_times(struct fixture *x, int n)
{
    for (int i = 0; i < n; i++) {
        struct ctx *c = as_command_line(x);
        struct str token;
        struct login_input in = {SIDE_STAFF, arena_fmt(x->arena, "nobody-%d-%d", n, i), STR("wrong"),
                                 ADDRESS};
        assert_int_equal(app_login(c, &in, &token), ST_BAD_INPUT);
        app_end(c);
    }
}

static struct str lower(struct fixture *x, struct str s)
{
    char *p = arena_cstr(x->arena, s);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] = (char)(p[i] - 'A' + 'a');
    return (struct str){p, s.n};
}

static void the_right_captcha_lets_in_once(void **state)
{
    struct fixture *x = *state;
    for (int i = 0; i < 5; i++) {
        struct gate_answer in = read_picture(x);
        if (i == 1) in.typed = lower(x, in.typed);
        if (i == 2) in.typed = arena_fmt(x->arena, " %.*s　", STR_ARG(in.typed));
        assert_true(lets_in(x, &in));
        assert_true(str_find(admitted_at(x, 0, &in), STR("已过期"), NULL));
    }
}

static void any_other_does_not(void **state)
{
    struct fixture *x = *state;
    for (int i = 0; i < 9; i++) {
        struct gate_answer in = read_picture(x), other = read_picture(x);
        struct str right = in.typed, typed[] = {
                                         str_sub(right, 0, 3),
                                         str_sub(right, 0, 1),
                                         str_sub(right, 1, 4),
                                         arena_fmt(x->arena, "%.*sA", STR_ARG(right)),
                                         arena_fmt(x->arena, "%.*s%.*s", STR_ARG(right), STR_ARG(right)),
                                         STR(""),
                                         STR("0000"),
                                         arena_fmt(x->arena, "%.*s0", STR_ARG(str_sub(right, 0, 3))),
                                         arena_fmt(x->arena, "0%.*s", STR_ARG(str_sub(right, 1, 4))),
                                     };
        in.typed = typed[i];
        assert_false(lets_in(x, &in));
        in.typed = right; /* spent by the wrong one */
        assert_false(lets_in(x, &in));
        other.captcha_cookie = STR("x");
        assert_false(lets_in(x, &other));
    }
    struct gate_answer late = read_picture(x);
    assert_true(admitted_at(x, CAPTCHA_MINUTES * MINUTE_MS, &late).n > 0);
}

/* A picture that is wrong, right, empty or over; how many rows of the trail there are then. */
static void wrong_ones_in_a_row_are_in_the_trail(void **state)
{
    static const struct {
        const char *typed; /* NULL: what stands in it */
        int times, rows;
        const char *address;
    } STEPS[] = {
        {"0000", LIMIT_CAPTCHA_ROW - 1, 0, "192.0.2.7"},
        {"", 3, 0, "192.0.2.7"},
        {"0000", 1, 0, "198.51.100.1"},
        {"0000", 1, 1, "192.0.2.99"},
        {"0000", LIMIT_CAPTCHA_ROW - 1, 1, "192.0.2.7"},
        {NULL, 1, 1, "192.0.2.7"},
        {"0000", 1, 1, "192.0.2.7"},
        {"0000", LIMIT_CAPTCHA_ROW - 1, 2, "192.0.2.7"},
        {"0000", LIMIT_CAPTCHA_ROW, 3, "192.0.2.7"},
    };
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(STEPS); i++) {
        for (int k = 0; k < STEPS[i].times; k++) {
            struct gate_answer in = read_picture(x);
            if (STEPS[i].typed) in.typed = str_from(STEPS[i].typed);
            in.address = str_from(STEPS[i].address);
            assert_int_equal(lets_in(x, &in), !STEPS[i].typed);
        }
        assert_int_equal(trail_count(x, "access.captcha", "wrong"), STEPS[i].rows);
    }
    assert_true(str_find(trail_note(x, "access.captcha"), STR("接连 10 次"), NULL));
}

static void work_lets_in_once_and_only_its_browser(void **state)
{
    struct fixture *x = *state;
    int bits;
    struct gate_answer in = work_for(x, COOKIE, &bits);
    assert_int_equal(bits, BITS);
    struct gate_answer stolen = in;
    stolen.cookie = STR("cookie of another browser");
    assert_false(lets_in(x, &stolen));
    assert_true(lets_in(x, &in));
    assert_true(str_find(admitted_at(x, 0, &in), STR("请再提交一次"), NULL));
    in = work_for(x, COOKIE, NULL);
    in.captcha_cookie = read_picture(x).captcha_cookie;
    in.typed = STR("0000"); /* a wrong picture does not matter */
    assert_true(lets_in(x, &in));
    struct gate_answer old = work_for(x, COOKIE, NULL);
    assert_true(admitted_at(x, DAY_MS, &old).n > 0);
    struct gate_answer lazy = work_for(x, COOKIE, NULL);
    lazy.work = str_sub(lazy.work, 0, lazy.work.n - 2);
    assert_false(lets_in(x, &lazy));
}

static void work_gets_dearer_with_failures(void **state)
{
    static const struct {
        int fail, bits;
    } CASES[] = {{2, BITS}, {1, BITS + 1}, {3, BITS + 2}, {3, BITS + 3}, {12, BITS + 3}};
    struct fixture *x = *state;
    struct gate_answer early = work_for(x, COOKIE, NULL), again = work_for(x, COOKIE, NULL);
    settings_of(x)->captcha_both_failures = 0;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int bits;
        fail_times(x, CASES[i].fail);
        struct gate_answer in = work_for(x, COOKIE, &bits);
        assert_int_equal(bits, CASES[i].bits);
        assert_true(lets_in(x, &in));
        if (i == 1) assert_true(lets_in(x, &early)); /* begun before the last failures */
    }
    assert_false(lets_in(x, &again));
}

/* At ten failures, which is a setting: picture and work; without a script it waits. */
static void after_many_failures_both_are_asked(void **state)
{
    static const int MOST[] = {10, 4};
    for (size_t i = 0; i < COUNT(MOST); i++) {
        assert_int_equal(setup(state), 0);
        struct fixture *x = *state;
        settings_of(x)->captcha_both_failures = MOST[i];
        fail_times(x, MOST[i] - 1);
        struct gate_answer picture = read_picture(x), work = work_for(x, COOKIE, NULL);
        assert_true(lets_in(x, &picture));
        assert_true(lets_in(x, &work));
        fail_times(x, 1);
        picture = read_picture(x);
        assert_true(str_starts(admitted_at(x, 0, &picture), STR("429 ")));
        assert_true(admitted_at(x, 15 * MINUTE_MS, &picture).n > 0); /* spent, or too old */
        work = work_for(x, COOKIE, NULL);
        assert_true(str_find(admitted_at(x, 0, &work), STR("请填写"), NULL));
        work = work_for(x, COOKIE, NULL);
        picture = read_picture(x);
        picture.work = work.work;
        assert_true(lets_in(x, &picture));
        picture = read_picture(x);
        picture.work = work.work; /* spent */
        assert_false(lets_in(x, &picture));
        struct gate_answer elsewhere = read_picture(x);
        elsewhere.address = STR("198.51.100.1");
        assert_true(lets_in(x, &elsewhere));
        register_teardown(state);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_right_captcha_lets_in_once),       TEST(any_other_does_not),
        TEST(wrong_ones_in_a_row_are_in_the_trail), TEST(work_lets_in_once_and_only_its_browser),
        TEST(work_gets_dearer_with_failures),       cmocka_unit_test(after_many_failures_both_are_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
