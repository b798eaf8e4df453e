#include "crypto/work.h"

#include "fixture.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BITS 6
#define SOON 1000

static int make(void **state)
{
    struct fixture *t = malloc(sizeof *t);
    fixture_make(t);
    *state = t;
    return 0;
}

static int end(void **state)
{
    fixture_free(*state);
    free(*state);
    return 0;
}

static bool good_piece(const uint8_t *seed, uint32_t i, uint32_t n, int bits)
{
    uint8_t text[40], hash[32];
    memcpy(text, seed, 32);
    for (int b = 0; b < 4; b++) {
        text[32 + b] = (uint8_t)(i >> (24 - 8 * b));
        text[36 + b] = (uint8_t)(n >> (24 - 8 * b));
    }
    crypto_hash_sha256(hash, text, sizeof text);
    return ((uint32_t)hash[0] << 8 | hash[1]) >> (16 - bits) == 0;
}

/* As a browser works it out; one more than asked makes it a little wrong. */
static struct str worked_out(struct arena *a, struct str shown, int bits, int spoilt)
{
    struct str challenge, rest, answer;
    uint8_t seed[32];
    assert_true(str_cut(shown, '.', &challenge, &rest));
    crypto_hash_sha256(seed, (const uint8_t *)challenge.p, challenge.n);
    answer = challenge;
    for (uint32_t i = 0; i < WORK_PIECES; i++) {
        uint32_t n = 0;
        while (good_piece(seed, i, n, bits) == ((int)i == spoilt))
            n++;
        answer = arena_fmt(a, "%.*s%c%u", STR_ARG(answer), i ? '-' : '.', n);
    }
    return answer;
}

static void what_was_worked_out_is_good(void **state)
{
    struct fixture *t = *state;
    struct work w;
    for (int bits = 0; bits <= BITS; bits += 3) {
        struct str shown = work_make(t->keys, t->arena, STR("cookie"), bits, SOON);
        assert_true(str_ends(shown, arena_fmt(t->arena, ".%d", bits)));
        struct str answer = worked_out(t->arena, shown, bits, -1);
        assert_true(work_check(t->keys, t->arena, STR("cookie"), answer, SOON - 1, &w));
        assert_int_equal(w.bits, bits);
        assert_int_equal(w.expires_ms, SOON);
        assert_int_equal(w.nonce.n, 16);
    }
}

static void what_was_not_is_refused(void **state)
{
    struct fixture *t = *state;
    struct work w = {.bits = 99};
    struct str shown = work_make(t->keys, t->arena, STR("cookie"), BITS, SOON), challenge, rest;
    struct str good = worked_out(t->arena, shown, BITS, -1);
    str_cut(shown, '.', &challenge, &rest);
    const struct {
        struct str answer, cookie;
        int64_t now_ms;
        const struct keys *keys;
    } CASES[] = {
        {good, STR("cookie"), SOON, t->keys},
        {good, STR("another"), 0, t->keys},
        {good, STR(""), 0, t->keys},
        {good, STR("cookie"), 0, t->others},
        {shown, STR("cookie"), 0, t->keys},
        {challenge, STR("cookie"), 0, t->keys},
        {STR(""), STR("cookie"), 0, t->keys},
        {STR_NONE, STR("cookie"), 0, t->keys},
        {str_sub(good, 1, good.n), STR("cookie"), 0, t->keys},
        {arena_fmt(t->arena, "%s-0", good.p), STR("cookie"), 0, t->keys},
        {arena_fmt(t->arena, "%s-", good.p), STR("cookie"), 0, t->keys},
        {arena_fmt(t->arena, "A%s", good.p), STR("cookie"), 0, t->keys},
        {arena_fmt(t->arena, "%.*s.0-0-0-0-0-0-0-0", STR_ARG(challenge)), STR("cookie"), 0, t->keys},
        {arena_fmt(t->arena, "%.*s.-1-0-0-0-0-0-0", STR_ARG(challenge)), STR("cookie"), 0, t->keys},
        {arena_fmt(t->arena, "%0600d", 0), STR("cookie"), 0, t->keys},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_false(
            work_check(CASES[i].keys, t->arena, CASES[i].cookie, CASES[i].answer, CASES[i].now_ms, &w));
    for (int piece = 0; piece < WORK_PIECES; piece++)
        assert_false(
            work_check(t->keys, t->arena, STR("cookie"), worked_out(t->arena, shown, BITS, piece), 0, &w));
    assert_int_equal(w.bits, 99);
}

static void no_two_have_one_nonce(void **state)
{
    struct fixture *t = *state;
    struct work w[2];
    for (int i = 0; i < 2; i++) {
        struct str shown = work_make(t->keys, t->arena, STR("cookie"), 0, SOON);
        assert_true(
            work_check(t->keys, t->arena, STR("cookie"), worked_out(t->arena, shown, 0, -1), 0, &w[i]));
    }
    assert_false(bytes_eq(w[0].nonce, w[1].nonce));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_worked_out_is_good, make, end),
        cmocka_unit_test_setup_teardown(what_was_not_is_refused, make, end),
        cmocka_unit_test_setup_teardown(no_two_have_one_nonce, make, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
