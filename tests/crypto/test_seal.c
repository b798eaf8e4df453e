#include "crypto/seal.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t UID[SEAL_UID_SIZE] = {100, 101, 102, 103, 104, 105, 106, 107,
                                           108, 109, 110, 111, 112, 113, 114, 115};
static const uint8_t OTHER_UID[SEAL_UID_SIZE] = {100};
static const struct seal_place PLACE = {"member", "id_sealed", {UID, sizeof UID}, false, 0};

/* Made by another implementation (HChaCha20 and ChaCha20-Poly1305, nonce 40 … 57). */
#define KNOWN                                                                                                \
    "0101404142434445464748494a4b4c4d4e4f5051525354555657"                                                   \
    "f7c1903e95ece7f8e2efcd04726f53f8f65754dbfd3044565007bd0da5555f2e6e43"
#define KNOWN_PLAIN STR("620112198001019991")

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

static void test_known_layout(void **state)
{
    struct fixture *t = *state;
    struct fault f = {0};
    struct str plain;
    assert_int_equal(unseal_text(t->keys, t->arena, PLACE, from_hex(t->arena, KNOWN), &f, &plain), ST_OK);
    assert_true(str_eq(plain, KNOWN_PLAIN));
}

static void test_round_trip(void **state)
{
    static const struct str CASES[] = {STR_INIT(""), STR_INIT("a"), STR_INIT("x\0y"),
                                       STR_INIT("\u738b\u5c0f\u660e")};
    struct fixture *t = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct fault f = {0};
        struct str plain;
        struct bytes sealed = seal_text(t->keys, t->arena, PLACE, CASES[i]);
        struct bytes again = seal_text(t->keys, t->arena, PLACE, CASES[i]);
        assert_int_equal(sealed.n, CASES[i].n + SEAL_EXTRA);
        assert_false(bytes_eq(sealed, again));
        assert_int_equal(unseal_text(t->keys, t->arena, PLACE, sealed, &f, &plain), ST_OK);
        assert_true(str_eq(plain, CASES[i]) && plain.p);
    }
}

static void test_none(void **state)
{
    struct fixture *t = *state;
    struct str plain = STR("untouched");
    assert_null(seal_text(t->keys, t->arena, PLACE, STR_NONE).p);
    assert_int_equal(unseal_text(t->keys, t->arena, PLACE, (struct bytes){0}, NULL, &plain), ST_OK);
    assert_null(plain.p);
}

static void refused(struct fixture *t, const struct keys *k, struct seal_place at, struct bytes sealed)
{
    struct fault f = {0};
    struct str plain = STR("untouched");
    assert_int_equal(unseal_text(k, t->arena, at, sealed, &f, &plain), ST_BROKEN);
    assert_true(str_eq(plain, STR("untouched")));
}

static void test_moved(void **state)
{
    struct fixture *t = *state;
    struct bytes sealed = from_hex(t->arena, KNOWN);
    refused(t, t->keys, (struct seal_place){"member", "id_sealed", {OTHER_UID, sizeof OTHER_UID}, false, 0},
            sealed);
    refused(t, t->keys, (struct seal_place){"member", "mobile_sealed", {UID, sizeof UID}, false, 0}, sealed);
    refused(t, t->keys, (struct seal_place){"draft", "id_sealed", {UID, sizeof UID}, false, 0}, sealed);
    refused(t, t->keys, (struct seal_place){"memberi", "d_sealed", {UID, sizeof UID}, false, 0}, sealed);
    refused(t, t->keys, (struct seal_place){"member", "id_sealed", {UID, sizeof UID}, true, 0}, sealed);
    refused(t, t->others, PLACE, sealed);
}

static void test_every_byte_counts(void **state)
{
    struct fixture *t = *state;
    struct bytes known = from_hex(t->arena, KNOWN);
    for (size_t i = 0; i < known.n; i++) {
        uint8_t *changed = (uint8_t *)(uintptr_t)arena_bytes(t->arena, known).p;
        changed[i] ^= 1;
        refused(t, t->keys, PLACE, (struct bytes){changed, known.n});
    }
}

static void test_cut(void **state)
{
    struct fixture *t = *state;
    struct bytes known = from_hex(t->arena, KNOWN);
    for (size_t n = 0; n < known.n; n++) {
        /* Memory of exactly that size: a read over the end is seen. */
        uint8_t *cut = malloc(n ? n : 1);
        memcpy(cut, known.p, n);
        refused(t, t->keys, PLACE, (struct bytes){cut, n});
        free(cut);
    }
}

static void test_data_keys(void **state)
{
    static const struct seal_place KEY_PLACE = {"person_key", "key_sealed", {UID, sizeof UID}, false, 0};
    struct fixture *t = *state;
    struct fault f = {0};
    struct data_key key, opened, other;
    struct bytes plain;
    data_key_make(&key);
    data_key_make(&other);
    struct bytes sealed_key = data_key_seal(t->keys, t->arena, KEY_PLACE, &key);
    struct bytes sealed = seal_with(&key, t->arena, PLACE, str_bytes(STR("before and after")));
    assert_int_equal(data_key_unseal(t->keys, KEY_PLACE, sealed_key, &f, &opened), ST_OK);
    assert_memory_equal(&opened, &key, sizeof key);
    assert_int_equal(unseal_with(&opened, t->arena, PLACE, sealed, &f, &plain), ST_OK);
    assert_true(bytes_eq(plain, str_bytes(STR("before and after"))));
    assert_int_equal(unseal_with(&other, t->arena, PLACE, sealed, &f, &plain), ST_BROKEN);
    assert_int_equal(unseal_with(&opened, t->arena, KEY_PLACE, sealed, &f, &plain), ST_BROKEN);
    assert_int_equal(unseal(t->keys, t->arena, PLACE, sealed, &f, &plain), ST_BROKEN);
    assert_int_equal(data_key_unseal(t->others, KEY_PLACE, sealed_key, &f, &opened), ST_BROKEN);
    assert_int_equal(data_key_unseal(t->keys, PLACE, sealed_key, &f, &opened), ST_BROKEN);
    assert_int_equal(data_key_unseal(t->keys, KEY_PLACE, (struct bytes){0}, &f, &opened), ST_BROKEN);
    sealed_key.n--;
    assert_int_equal(data_key_unseal(t->keys, KEY_PLACE, sealed_key, &f, &opened), ST_BROKEN);
    data_key_wipe(&key);
    assert_memory_equal(&key, &(struct data_key){0}, sizeof key);
}

/* One of several rows of a uid: none opens in the place of another, nor as the only one. */
static void test_place_among_several(void **state)
{
    struct fixture *t = *state;
    static const int64_t POSITIONS[] = {0, 1, 256, -1, INT64_MAX};
    for (size_t i = 0; i < sizeof POSITIONS / sizeof *POSITIONS; i++) {
        struct seal_place at = PLACE;
        struct fault f = {0};
        struct str plain;
        at.placed = true;
        at.position = POSITIONS[i];
        struct bytes sealed = seal_text(t->keys, t->arena, at, STR("part"));
        assert_int_equal(unseal_text(t->keys, t->arena, at, sealed, &f, &plain), ST_OK);
        refused(t, t->keys, PLACE, sealed);
        at.position ^= 2;
        refused(t, t->keys, at, sealed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_known_layout),
                                       cmocka_unit_test(test_round_trip),
                                       cmocka_unit_test(test_none),
                                       cmocka_unit_test(test_moved),
                                       cmocka_unit_test(test_place_among_several),
                                       cmocka_unit_test(test_every_byte_counts),
                                       cmocka_unit_test(test_cut),
                                       cmocka_unit_test(test_data_keys)};
    return cmocka_run_group_tests(tests, make, end);
}
