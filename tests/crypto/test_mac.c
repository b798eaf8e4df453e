#include "crypto/mac.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_rfc_4231(void **state)
{
    static const struct {
        const char *key, *text, *mac;
    } CASES[] = {
        {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {"4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
         "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
         "d",
         "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct bytes key = from_hex(a, CASES[i].key);
        uint8_t mac[MAC_SIZE];
        mac_once(key.p, key.n, from_hex(a, CASES[i].text), mac);
        assert_hex(mac, MAC_SIZE, CASES[i].mac);
    }
    arena_free(a);
}

/* RFC 4231, case 6: a key longer than a block. */
static void test_long_key(void **state)
{
    (void)state;
    uint8_t key[131], mac[MAC_SIZE];
    memset(key, 0xaa, sizeof key);
    mac_once(key, sizeof key, str_bytes(STR("Test Using Larger Than Block-Size Key - Hash Key First")), mac);
    assert_hex(mac, MAC_SIZE, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static void mac_of(struct str first, struct str second, uint8_t ret[MAC_SIZE])
{
    uint8_t key[KEY_SIZE] = {1};
    struct mac m;
    mac_begin(&m, key);
    mac_str(&m, first);
    mac_str(&m, second);
    mac_end(&m, ret);
}

static void test_fields(void **state)
{
    (void)state;
    uint8_t key[KEY_SIZE], mac[MAC_SIZE], other[MAC_SIZE];
    struct mac m;
    for (size_t i = 0; i < KEY_SIZE; i++)
        key[i] = (uint8_t)i;
    mac_begin(&m, key);
    mac_str(&m, STR("a"));
    mac_bytes(&m, (struct bytes){0});
    mac_str(&m, STR(""));
    mac_int(&m, -2);
    mac_end(&m, mac);
    assert_hex(mac, MAC_SIZE, "fc920232ee7f33cb287fa6762b3a56362b89422767cd27da1fbbc8801adef7b0");

    mac_of(STR("ab"), STR("c"), mac);
    mac_of(STR("a"), STR("bc"), other);
    assert_false(mac_same(mac, other));
    mac_of(STR("ab"), STR("c"), other);
    assert_true(mac_same(mac, other));
    mac_of(STR("a"), STR(""), mac);
    mac_of(STR("a"), STR_NONE, other);
    assert_false(mac_same(mac, other));
}

/* FIPS 180-4. */
static void test_digest(void **state)
{
    (void)state;
    struct digest d;
    uint8_t hash[32];
    digest_begin(&d);
    digest_end(&d, hash);
    assert_hex(hash, 32, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digest_begin(&d);
    digest_add(&d, str_bytes(STR("a")));
    digest_add(&d, str_bytes(STR("bc")));
    digest_end(&d, hash);
    assert_hex(hash, 32, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rfc_4231), cmocka_unit_test(test_long_key),
                                       cmocka_unit_test(test_fields), cmocka_unit_test(test_digest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
