#include "http/forwarded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_client(void **state)
{
    static const struct {
        const char *peer, *trusted, *header, *client;
    } CASES[] = {
        {"127.0.0.1", "127.0.0.1", "203.0.113.8", "203.0.113.8"},
        {"127.0.0.1", "127.0.0.1", "203.0.113.8:40000", "203.0.113.8"},
        {"127.0.0.1", "127.0.0.1", " 203.0.113.8 ", "203.0.113.8"},
        {"127.0.0.1", "127.0.0.1", "2001:db8:6::1", "2001:db8:6::1"},
        {"127.0.0.1", "127.0.0.1", "[2001:db8:6::1]:40000", "2001:db8:6::1"},
        {"127.0.0.1", "127.0.0.1", "[2001:DB8:6:0::1]", "2001:db8:6::1"},
        {"127.0.0.1", "127.0.0.1", "::ffff:203.0.113.8", "203.0.113.8"},
        {"127.0.0.1", "127.0.0.1", "[::ffff:203.0.113.8]:1", "203.0.113.8"},
        /* the last one, which the proxy itself saw */
        {"127.0.0.1", "127.0.0.1", "198.51.100.1, 203.0.113.8:40000", "203.0.113.8"},
        {"127.0.0.1", "127.0.0.1", "198.51.100.1,203.0.113.8,", "203.0.113.8"},
        {"127.0.0.1", "127.0.0.1", "unknown, [2001:db8::1]", "2001:db8::1"},
        /* what is no address: the peer's own */
        {"127.0.0.1", "127.0.0.1", "unknown", "127.0.0.1"},
        {"127.0.0.1", "127.0.0.1", "203.0.113.8, unknown", "127.0.0.1"},
        {"127.0.0.1", "127.0.0.1", "203.0.113.8, _hidden", "127.0.0.1"},
        {"127.0.0.1", "127.0.0.1", "203.0.113", "127.0.0.1"},
        {"127.0.0.1", "127.0.0.1", "[203.0.113.8", "127.0.0.1"},
        {"127.0.0.1", "127.0.0.1", "[2001:db8::1]x", "127.0.0.1"},
        {"127.0.0.1", "127.0.0.1", "fe80::1%eth0", "127.0.0.1"},
        {"127.0.0.1", "127.0.0.1", "", "127.0.0.1"},
        {"127.0.0.1", "127.0.0.1", NULL, "127.0.0.1"},
        {"unix", "unix", "203.0.113.8", "203.0.113.8"},
        {"unix", "unix", "nobody", "unix"},
        {"::1", "0:0::1", "203.0.113.8", "203.0.113.8"},
        {"127.0.0.1", "::ffff:127.0.0.1", "203.0.113.8", "203.0.113.8"},
        /* believed from the proxy alone */
        {"127.0.0.2", "127.0.0.1", "203.0.113.8", "127.0.0.2"},
        {"127.0.0.1", "unix", "203.0.113.8", "127.0.0.1"},
        {"unix", "127.0.0.1", "203.0.113.8", "unix"},
        {"127.0.0.1", NULL, "203.0.113.8", "127.0.0.1"},
        {"127.0.0.1", "", "203.0.113.8", "127.0.0.1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        char client[ADDRESS_SIZE];
        forwarded_client(str_from(CASES[i].peer), str_from(CASES[i].trusted), str_from(CASES[i].header),
                         client);
        if (strcmp(client, CASES[i].client) != 0)
            fail_msg("%s from %s: %s", CASES[i].header ? CASES[i].header : "none", CASES[i].peer, client);
    }
    char none[ADDRESS_SIZE];
    assert_false(forwarded_address((struct str){"203.0.113.8\0x", 13}, none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_client)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
