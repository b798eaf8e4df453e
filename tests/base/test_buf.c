#include "check.h"

#include "base/buf.h"

#include <string.h>

static void grows_to_what_is_written(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 4, 1 << 20);
    for (int i = 0; i < 10000; i++)
        buf_add(&b, "0123456789", 10);
    assert_false(b.full);
    assert_int_equal(b.n, 100000);
    for (size_t i = 0; i < b.n; i++)
        assert_int_equal(b.p[i], '0' + i % 10);
    buf_free(&b);
    assert_null(b.p);
    assert_int_equal(b.n, 0);
}

static void writers(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 64, 64);
    buf_str(&b, STR("会员"));
    buf_str(&b, STR_NONE);
    buf_char(&b, '|');
    buf_fmt(&b, "%02d%%", 7);
    buf_add(&b, "\0", 1);
    assert_text(buf_text(&b), "会员|07%\0");
    buf_free(&b);
}

static void integers(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {7, "7"},
        {-1, "-1"},
        {1234567890, "1234567890"},
        {INT64_MAX, "9223372036854775807"},
        {INT64_MIN, "-9223372036854775808"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf b;
        buf_init(&b, 0, 100);
        buf_int(&b, cases[i].value);
        assert_same(buf_text(&b), str_from(cases[i].text));
        buf_free(&b);
    }
}

static void the_limit_is_inclusive(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 0, 10);
    buf_add(&b, "0123456789", 10);
    assert_false(b.full);
    assert_int_equal(b.n, 10);
    buf_char(&b, 'x');
    assert_true(b.full);
    assert_int_equal(b.n, 10);
    buf_free(&b);
}

/* A page without its middle must not look like a page. */
static void nothing_is_written_once_full(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 10, 10);
    buf_add(&b, "01234567", 8);
    buf_add(&b, "abc", 3);
    assert_true(b.full);
    buf_char(&b, 'x');
    buf_fmt(&b, "y");
    assert_text(buf_text(&b), "01234567");
    buf_free(&b);
}

static void room_is_asked_then_counted(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 0, 100);
    char *to = buf_room(&b, 5);
    memcpy(to, "abc", 3);
    b.n += 3;
    assert_text(buf_text(&b), "abc");
    assert_null(buf_room(&b, 98));
    assert_true(b.full);
    buf_free(&b);
}

static void an_absurd_size_is_refused(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 0, 100);
    buf_char(&b, 'a');
    assert_null(buf_room(&b, SIZE_MAX));
    assert_true(b.full);
    buf_free(&b);
}

static void an_empty_one_has_text(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 0, 100);
    assert_text(buf_text(&b), "");
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_to_what_is_written),
        cmocka_unit_test(writers),
        cmocka_unit_test(integers),
        cmocka_unit_test(the_limit_is_inclusive),
        cmocka_unit_test(nothing_is_written_once_full),
        cmocka_unit_test(room_is_asked_then_counted),
        cmocka_unit_test(an_absurd_size_is_refused),
        cmocka_unit_test(an_empty_one_has_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
