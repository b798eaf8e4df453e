#include "check.h"

#include "base/network.h"

static void kinds(void **state)
{
    (void)state;
    static const struct {
        const char *address, *kind;
    } ROWS[] = {
        {"127.0.0.1", "loopback"},
        {"127.255.0.9", "loopback"},
        {"126.255.255.255", "public"},
        {"128.0.0.1", "public"},
        {"10.0.0.1", "private"},
        {"11.0.0.1", "public"},
        {"172.16.0.1", "private"},
        {"172.31.255.255", "private"},
        {"172.32.0.1", "public"},
        {"172.15.0.1", "public"},
        {"192.168.1.1", "private"},
        {"192.169.1.1", "public"},
        {"169.254.1.1", "private"},
        {"100.64.0.1", "private"},
        {"100.128.0.1", "public"},
        {"203.0.113.8", "public"},
        {"::1", "loopback6"},
        {"fd00::1", "private6"},
        {"fe80::1", "private6"},
        {"2001:db8:6::1", "public6"},
        {"::ffff:10.0.0.1", "private"},
        {"::ffff:203.0.113.8", "public"},
        {"unix", "local"},
        {"", "local"},
        {"1.2.3.4, 5.6.7.8", "local"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        assert_string_equal(network_kind(str_from(ROWS[i].address)), ROWS[i].kind);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(kinds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
