#include "http/listen.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void test_not_addresses(void **state)
{
    static const char *const CASES[] = {
        "",           "8080",           ":8080",        "localhost:8080",  "127.0.0.1",
        "127.0.0.1:", "127.0.0.1:x",    "127.0.0.1:-1", "127.0.0.1:65536", "::1:8080",
        "[::1]",      "[127.0.0.1]:80", "[::1:80",      "unix:",           "fd:",
        "fd:x",       "fd:-1",
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct fault f = {0};
        int fd = -1;
        if (listen_open(str_from(CASES[i]), &f, &fd) != ST_BAD_INPUT || fd != -1) fail_msg("'%s'", CASES[i]);
        assert_non_null(strstr(f.text, "ADDR:PORT"));
    }
}

static void test_tcp(void **state)
{
    static const char *const CASES[] = {"127.0.0.1:0", "[::1]:0", "0.0.0.0:0"};
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct fault f = {0};
        int fd;
        assert_int_equal(listen_open(str_from(CASES[i]), &f, &fd), ST_OK);
        assert_true(listen_port(fd) > 0);
        close(fd);
    }
}

static void test_in_use(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct fault f = {0};
    int fd, second = -1;
    assert_int_equal(listen_open(STR("127.0.0.1:0"), &f, &fd), ST_OK);
    struct str same = arena_fmt(a, "127.0.0.1:%d", listen_port(fd));
    assert_int_equal(listen_open(same, &f, &second), ST_UNAVAILABLE);
    assert_int_equal(second, -1);
    assert_non_null(strstr(f.text, "in use"));
    close(fd);
    assert_int_equal(listen_open(STR("192.0.2.1:0"), &f, &second), ST_UNAVAILABLE);
    assert_non_null(strstr(f.text, "does not have"));
    arena_free(a);
}

static void test_unix(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct fault f = {0};
    char folder[] = "huiyuan-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct str path = arena_fmt(a, "%s/sock", folder), where = arena_fmt(a, "unix:%s/sock", folder);
    int fd, second = -1;
    struct stat st;
    assert_int_equal(listen_open(where, &f, &fd), ST_OK);
    assert_int_equal(listen_port(fd), 0);
    assert_int_equal(stat(path.p, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0660);
    assert_int_equal(listen_open(where, &f, &second), ST_UNAVAILABLE);
    assert_non_null(strstr(f.text, "in use"));
    close(fd);
    assert_int_equal(listen_open(where, &f, &fd), ST_OK);
    close(fd);
    unlink(path.p);
    close(open(path.p, O_CREAT | O_WRONLY, 0600));
    assert_int_equal(listen_open(where, &f, &second), ST_UNAVAILABLE);
    assert_int_equal(stat(path.p, &st), 0);
    assert_non_null(strstr(f.text, "no socket"));
    unlink(path.p);
    rmdir(folder);
    assert_int_equal(listen_open(where, &f, &second), ST_UNAVAILABLE);
    arena_free(a);
}

static void test_handed_over(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct fault f = {0};
    int fd, same;
    assert_int_equal(listen_open(STR("127.0.0.1:0"), &f, &fd), ST_OK);
    assert_int_equal(listen_open(arena_fmt(a, "fd:%d", fd), &f, &same), ST_OK);
    assert_int_equal(same, fd);
    close(fd);
    assert_int_equal(listen_open(arena_fmt(a, "fd:%d", fd), &f, &same), ST_UNAVAILABLE);
    int plain = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(listen_open(arena_fmt(a, "fd:%d", plain), &f, &same), ST_UNAVAILABLE);
    close(plain);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_not_addresses), cmocka_unit_test(test_tcp),
                                       cmocka_unit_test(test_in_use), cmocka_unit_test(test_unix),
                                       cmocka_unit_test(test_handed_over)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
