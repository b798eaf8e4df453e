#include "crypto/keys.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* The tests work in a new folder. */
static char folder[] = "huiyuan-XXXXXX";

static int enter(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave(void **state)
{
    (void)state;
    unlink("keys");
    return chdir("..") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static void test_make_and_read(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct fault f = {0};
    struct keys *made, *read_again, *third = NULL;
    struct stat st;
    assert_int_equal(keys_make("keys", &f, &made), ST_OK);
    assert_int_equal(stat("keys", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(keys_read("keys", &f, &read_again), ST_OK);
    assert_true(str_eq(keys_id(made), keys_id(read_again)));
    assert_int_equal(keys_id(made).n, 16);
    assert_true(str_eq(keys_check_value(made, a), keys_check_value(read_again, a)));
    for (enum key_use use = KEY_SEAL; use < KEY_USES; use++) {
        assert_memory_equal(keys_use(made, use), keys_use(read_again, use), KEY_SIZE);
        for (enum key_use other = KEY_SEAL; other < use; other++)
            assert_memory_not_equal(keys_use(made, use), keys_use(made, other), KEY_SIZE);
    }
    assert_int_equal(keys_make("keys", &f, &third), ST_CONFLICT);
    assert_null(third);
    keys_free(made);
    keys_free(read_again);
    arena_free(a);
}

static void test_known_keys(void **state)
{
    (void)state;
    struct fixture t;
    fixture_make(&t);
    assert_true(str_eq(keys_id(t.keys), STR("0011223344556677")));
    assert_hex(keys_use(t.keys, KEY_SEAL), KEY_SIZE,
               "b3a671aa05974d8353f843675e699afcb6b7108ebede1758c5fbb2e04f89c77c");
    assert_hex(keys_use(t.keys, KEY_PEPPER), KEY_SIZE,
               "cc1d7cefb169b37101ca7f912affa846ee84ce8872d1ec2b7948662adeb5cfdb");
    assert_string_equal(keys_check_value(t.keys, t.arena).p,
                        "84c672c7925da55b05ddcbea9e3cfd1255c2f7b1262173256725e51a92a8b863");
    assert_false(str_eq(keys_check_value(t.keys, t.arena), keys_check_value(t.others, t.arena)));
    fixture_free(&t);
}

static void test_damaged(void **state)
{
    static const struct str CASES[] = {
        STR_INIT(""),
        STR_INIT("huiyuan-keys 2\nid 0011223344556677\nmaster "
                 "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"),
        STR_INIT("huiyuan-keys 1\nid 001122334455667x\nmaster "
                 "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"),
        STR_INIT("huiyuan-keys 1\nid 0011223344556677\nmaster "
                 "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1x\n"),
        STR_INIT("huiyuan-keys 1\nid 0011223344556677\nmaster "
                 "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e\n"),
        STR_INIT("huiyuan-keys 1\nid 0011223344556677\nmaster_"
                 "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"),
        STR_INIT(KNOWN_KEY_FILE "\n"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct fault f = {0};
        struct keys *k = NULL;
        write_file("keys", CASES[i]);
        if (keys_read("keys", &f, &k) != ST_BROKEN || k) fail_msg("case %zu", i);
        assert_non_null(strstr(f.text, "backup"));
        assert_null(strstr(f.text, "0a0b"));
    }
}

static void test_readable_by_others(void **state)
{
    static const mode_t CASES[] = {0640, 0604, 0620, 0601, 0777};
    (void)state;
    write_file("keys", STR(KNOWN_KEY_FILE));
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct fault f = {0};
        struct keys *k = NULL;
        assert_int_equal(chmod("keys", CASES[i]), 0);
        assert_int_equal(keys_read("keys", &f, &k), ST_FORBIDDEN);
        assert_null(k);
        assert_non_null(strstr(f.text, "chmod 600"));
    }
    unlink("keys");
}

/* Only root can give a file away: for others there is nothing to see here. */
static void test_of_another_user(void **state)
{
    (void)state;
    struct fault f = {0};
    struct keys *k = NULL;
    if (geteuid() != 0) skip();
    write_file("keys", STR(KNOWN_KEY_FILE));
    assert_int_equal(chown("keys", 12345, (gid_t)-1), 0);
    assert_int_equal(keys_read("keys", &f, &k), ST_FORBIDDEN);
    assert_non_null(strstr(f.text, "another user"));
    unlink("keys");
}

static void test_not_there(void **state)
{
    (void)state;
    struct fault f = {0};
    struct keys *k = NULL;
    assert_int_equal(keys_read("nothing", &f, &k), ST_NOT_FOUND);
    assert_int_equal(keys_read(".", &f, &k), ST_BROKEN);
    assert_int_equal(keys_make("nowhere/keys", &f, &k), ST_UNAVAILABLE);
    assert_null(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_keys),         cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_readable_by_others), cmocka_unit_test(test_of_another_user),
        cmocka_unit_test(test_not_there),          cmocka_unit_test(test_make_and_read)};
    return cmocka_run_group_tests(tests, enter, leave);
}
