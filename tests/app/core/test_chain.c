/* The MAC of a row. Both were computed by another program from the words of chain.c: rows that were written
 * once must check for ever. */
#include "register.h"

#include "app/core/chain.h"

#include <stdlib.h>

#include <unistd.h>

#define KEY_FILE                                                                                             \
    "huiyuan-keys 1\nid 0011223344556677\nmaster "                                                           \
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"

static struct keys *known_keys(void)
{
    char path[] = "/tmp/huiyuan-keys-XXXXXX";
    struct keys *keys;
    struct fault f = {0};
    int fd = mkstemp(path);
    assert_int_equal(write(fd, KEY_FILE, sizeof KEY_FILE - 1), sizeof KEY_FILE - 1);
    close(fd);
    assert_int_equal(keys_read(path, &f, &keys), ST_OK);
    unlink(path);
    return keys;
}

static struct audit_full row_of_form(struct arena *a, int64_t form)
{
    uint8_t *digest = arena_alloc(a, 32);
    for (int i = 0; i < 32; i++)
        digest[i] = 0xAA;
    return (struct audit_full){.number = 7,
                               .at = 1795680000000,
                               .account_id = {3},
                               .side = STR("company"),
                               .event = STR("member.recommend"),
                               .result = STR("ok"),
                               .member_id = {11},
                               .company_id = {5},
                               .batch_id = {2},
                               .shown = true,
                               .digest = {digest, 32},
                               .form = form,
                               .address_sealed = str_bytes(STR("sealed"))};
}

static void each_form_is_fixed(void **state)
{
    (void)state;
    static const struct {
        int64_t form;
        const char *mac;
    } FORMS[] = {
        {CHAIN_FORM_PLAIN, "3e2ab83afea0efcc7613887fbe0dd5493982607565d2bb85cc8ff74db600b80b"},
        {CHAIN_FORM_ADDRESS, "2c31a9137107495f539992bcfe55ee552b95641f051f365559ff58feb7c1d829"},
    };
    struct arena *a = arena_new();
    struct app app = {.keys = known_keys()};
    uint8_t before[32];
    for (int i = 0; i < 32; i++)
        before[i] = 0xBB;
    for (size_t i = 0; i < COUNT(FORMS); i++) {
        struct audit_full row = row_of_form(a, FORMS[i].form);
        struct bytes mac = chain_mac(&app, a, &row, (struct bytes){before, 32});
        assert_string_equal(arena_hex(a, mac).p, FORMS[i].mac);
    }
    keys_free(app.keys);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_form_is_fixed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
