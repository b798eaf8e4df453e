#include "crypto/password.h"

#include "fixture.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_verify(void **state)
{
    (void)state;
    struct fixture t;
    struct fault f = {0};
    struct str stored, again;
    fixture_make(&t);
    assert_int_equal(password_hash(t.keys, t.arena, STR("Demo-2026"), &f, &stored), ST_OK);
    assert_int_equal(password_hash(t.keys, t.arena, STR("Demo-2026"), &f, &again), ST_OK);
    assert_true(str_starts(stored, STR("$hy1$$argon2id$v=19$m=19456,t=2,p=1$")));
    assert_false(str_eq(stored, again));
    assert_true(password_verify(t.keys, stored, STR("Demo-2026")));
    assert_false(password_verify(t.keys, stored, STR("Demo-2027")));
    assert_false(password_verify(t.keys, stored, STR("Demo-2026\0")));
    assert_false(password_verify(t.keys, stored, STR("")));
    assert_false(password_verify(t.others, stored, STR("Demo-2026")));
    assert_false(password_verify(t.keys, str_sub(stored, 5, stored.n), STR("Demo-2026")));
    assert_false(password_verify(t.keys, str_sub(stored, 0, stored.n - 1), STR("Demo-2026")));
    assert_false(password_verify(t.keys, STR_NONE, STR("Demo-2026")));
    fixture_free(&t);
}

/* The same again for the same name, and good for verifying as any other. */
static void test_same(void **state)
{
    (void)state;
    struct fixture t;
    struct fault f = {0};
    struct bytes seed = str_bytes(STR("a")), other = str_bytes(STR("b"));
    struct str once, again, wrong, elsewhere, others;
    fixture_make(&t);
    assert_int_equal(password_hash_same(t.keys, t.arena, STR("Demo-2026"), seed, &f, &once), ST_OK);
    assert_int_equal(password_hash_same(t.keys, t.arena, STR("Demo-2026"), seed, &f, &again), ST_OK);
    assert_int_equal(password_hash_same(t.keys, t.arena, STR("Demo-2027"), seed, &f, &wrong), ST_OK);
    assert_int_equal(password_hash_same(t.keys, t.arena, STR("Demo-2026"), other, &f, &elsewhere), ST_OK);
    assert_int_equal(password_hash_same(t.others, t.arena, STR("Demo-2026"), seed, &f, &others), ST_OK);
    assert_true(str_eq(once, again));
    assert_false(str_eq(once, wrong) || str_eq(once, elsewhere) || str_eq(once, others));
    assert_true(password_verify(t.keys, once, STR("Demo-2026")));
    assert_false(password_verify(t.keys, once, STR("Demo-2027")));
    assert_false(password_needs_rehash(once));
    fixture_free(&t);
}

static void test_long(void **state)
{
    (void)state;
    struct fixture t;
    struct fault f = {0};
    struct str stored = STR("untouched");
    char text[PASSWORD_BYTES_MAX + 1];
    memset(text, 'x', sizeof text);
    fixture_make(&t);
    assert_int_equal(password_hash(t.keys, t.arena, (struct str){text, sizeof text}, &f, &stored),
                     ST_BAD_INPUT);
    assert_true(str_eq(stored, STR("untouched")));
    assert_int_equal(password_hash(t.keys, t.arena, (struct str){text, PASSWORD_BYTES_MAX}, &f, &stored),
                     ST_OK);
    assert_true(password_verify(t.keys, stored, (struct str){text, PASSWORD_BYTES_MAX}));
    assert_false(password_verify(t.keys, stored, (struct str){text, PASSWORD_BYTES_MAX - 1}));
    /* Not the same as its first 512 bytes. */
    assert_false(password_verify(t.keys, stored, (struct str){text, sizeof text}));
    fixture_free(&t);
}

static void test_needs_rehash(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    char cheap[crypto_pwhash_STRBYTES];
    assert_true(sodium_init() >= 0);
    assert_int_equal(crypto_pwhash_str(cheap, "x", 1, 1, 8192), 0);
    assert_true(password_needs_rehash(arena_fmt(a, "$hy1$%s", cheap)));
    assert_true(password_needs_rehash(STR_NONE));
    assert_true(password_needs_rehash(STR("$hy1$")));
    /* What unknown accounts cost is what the known ones cost; a malformed one would cost nothing. */
    assert_false(password_needs_rehash(STR(PASSWORD_OF_NOBODY)));
    arena_free(a);
}

/* What is stored opens for its place alone. */
static void test_sealed(void **state)
{
    (void)state;
    struct fixture t;
    struct fault f = {0};
    const uint8_t one[SEAL_UID_SIZE] = {1}, two[SEAL_UID_SIZE] = {2};
    struct seal_place at = {.table = "account", .column = "password", .uid = {one, sizeof one}}, other = at;
    struct str hash = STR("$hy1$x"), opened;
    other.uid.p = two;
    fixture_make(&t);
    struct str stored = password_seal(t.keys, t.arena, at, hash);
    assert_true(str_starts(stored, STR("$hy2$")));
    assert_false(str_eq(stored, password_seal(t.keys, t.arena, at, hash)));
    assert_int_equal(password_unseal(t.keys, t.arena, at, stored, &f, &opened), ST_OK);
    assert_true(str_eq(opened, hash));
    assert_int_equal(password_unseal(t.keys, t.arena, other, stored, &f, &opened), ST_BROKEN);
    assert_int_equal(password_unseal(t.others, t.arena, at, stored, &f, &opened), ST_BROKEN);
    const struct str WRONG[] = {hash,
                                STR(""),
                                STR_NONE,
                                STR("$hy2$"),
                                STR("$hy2$*"),
                                str_sub(stored, 0, stored.n - 1),
                                str_sub(stored, 0, 20)};
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++)
        assert_int_equal(password_unseal(t.keys, t.arena, at, WRONG[i], &f, &opened), ST_BROKEN);
    assert_true(password_is_bare(hash));
    assert_false(password_is_bare(stored) || password_is_bare(STR("none")));
    fixture_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_verify), cmocka_unit_test(test_same),
                                       cmocka_unit_test(test_long), cmocka_unit_test(test_needs_rehash),
                                       cmocka_unit_test(test_sealed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
