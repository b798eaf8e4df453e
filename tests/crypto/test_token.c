#include "crypto/token.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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

/* A text that differs from s at i, in the alphabet of tokens. */
static struct str changed(struct arena *a, struct str s, size_t i)
{
    char *p = arena_cstr(a, s);
    p[i] = p[i] == 'A' ? 'B' : 'A';
    return (struct str){p, s.n};
}

static void test_tokens(void **state)
{
    struct fixture *t = *state;
    struct str one = token_make(t->arena), two = token_make(t->arena);
    assert_int_equal(one.n, TOKEN_TEXT);
    assert_int_equal(strspn(one.p, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                     TOKEN_TEXT);
    assert_false(str_eq(one, two));
    struct bytes hash = token_hash(t->arena, STR("abc"));
    assert_hex(hash.p, hash.n, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void test_pre(void **state)
{
    struct fixture *t = *state;
    struct str cookie = pre_make(t->keys, t->arena);
    assert_true(pre_check(t->keys, cookie));
    assert_false(pre_check(t->others, cookie));
    assert_false(pre_check(t->keys, STR_NONE));
    assert_false(pre_check(t->keys, STR("")));
    assert_false(pre_check(t->keys, str_sub(cookie, 0, cookie.n - 1)));
    assert_false(pre_check(t->keys, arena_fmt(t->arena, "%sA", cookie.p)));
    assert_false(pre_check(t->keys, arena_fmt(t->arena, "%s=", cookie.p)));
    for (size_t i = 0; i < cookie.n; i++)
        assert_false(pre_check(t->keys, changed(t->arena, cookie, i)));
    assert_false(str_eq(cookie, pre_make(t->keys, t->arena)));
}

static void test_csrf(void **state)
{
    struct fixture *t = *state;
    struct str mine = token_make(t->arena), theirs = token_make(t->arena);
    struct str one = csrf_make(t->keys, t->arena, mine), two = csrf_make(t->keys, t->arena, mine);
    assert_false(str_eq(one, two));
    assert_true(csrf_check(t->keys, mine, one));
    assert_true(csrf_check(t->keys, mine, two));
    assert_false(csrf_check(t->keys, theirs, one));
    assert_false(csrf_check(t->others, mine, one));
    assert_false(csrf_check(t->keys, mine, STR_NONE));
    assert_false(csrf_check(t->keys, mine, STR("AAAA")));
    assert_false(csrf_check(t->keys, mine, str_sub(one, 0, one.n - 1)));
    for (size_t i = 0; i < one.n; i++)
        assert_false(csrf_check(t->keys, mine, changed(t->arena, one, i)));
}

static void test_captcha(void **state)
{
    struct fixture *t = *state;
    struct str answer = STR_NONE;
    struct bytes nonce, other_nonce;
    struct str cookie = captcha_seal(t->keys, t->arena, STR("k7mw"), 1000);
    struct str other = captcha_seal(t->keys, t->arena, STR("k7mw"), 1000);
    assert_false(captcha_open(t->keys, t->arena, cookie, 1000, &answer, &nonce));
    assert_null(answer.p);
    assert_true(captcha_open(t->keys, t->arena, cookie, 999, &answer, &nonce));
    assert_true(str_eq(answer, STR("k7mw")));
    assert_int_equal(nonce.n, 16);
    assert_true(captcha_open(t->keys, t->arena, other, 999, &answer, &other_nonce));
    assert_false(bytes_eq(nonce, other_nonce));
    assert_false(captcha_open(t->others, t->arena, cookie, 999, &answer, &nonce));
    assert_false(captcha_open(t->keys, t->arena, STR_NONE, 999, &answer, &nonce));
    for (size_t i = 0; i < cookie.n; i++)
        assert_false(captcha_open(t->keys, t->arena, changed(t->arena, cookie, i), 999, &answer, &nonce));
}

static void test_signed(void **state)
{
    static const struct str CASES[] = {STR_INIT(""), STR_INIT("expiry:2031-11-22:1234567"),
                                       STR_INIT("name:\u738b:1")};
    struct fixture *t = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct str text = STR("untouched");
        struct str token = signed_make(t->keys, t->arena, "cursor", CASES[i]);
        assert_false(signed_read(t->others, t->arena, "cursor", token, &text));
        assert_false(signed_read(t->keys, t->arena, "photo", token, &text));
        assert_false(signed_read(t->keys, t->arena, "cursor", STR_NONE, &text));
        assert_false(signed_read(t->keys, t->arena, "cursor", arena_fmt(t->arena, "%05000d", 0), &text));
        for (size_t k = 0; k < token.n; k++)
            assert_false(signed_read(t->keys, t->arena, "cursor", changed(t->arena, token, k), &text));
        assert_true(str_eq(text, STR("untouched")));
        assert_true(signed_read(t->keys, t->arena, "cursor", token, &text));
        assert_true(str_eq(text, CASES[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tokens), cmocka_unit_test(test_pre),
                                       cmocka_unit_test(test_csrf), cmocka_unit_test(test_captcha),
                                       cmocka_unit_test(test_signed)};
    return cmocka_run_group_tests(tests, make, end);
}
