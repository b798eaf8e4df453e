#include "html/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct html page(void)
{
    struct html h;
    buf_init(&h.buf, 0, 256);
    return h;
}

/* Compares, and frees the page. */
static void expect(struct html *h, struct str expected)
{
    struct str got = buf_text(&h->buf);
    assert_int_equal(got.n, expected.n);
    assert_memory_equal(got.p, expected.p, expected.n);
    assert_false(h->buf.full);
    buf_free(&h->buf);
}

static void escapes_text(void **state)
{
    (void)state;
    static const struct {
        struct str in, out;
    } cases[] = {
        {STR_INIT(""), STR_INIT("")},
        {STR_INIT("李明"), STR_INIT("李明")},
        {STR_INIT("a<b"), STR_INIT("a&lt;b")},
        {STR_INIT("a>b"), STR_INIT("a&gt;b")},
        {STR_INIT("a&b"), STR_INIT("a&amp;b")},
        {STR_INIT("a\"b"), STR_INIT("a&#34;b")},
        {STR_INIT("a'b"), STR_INIT("a&#39;b")},
        {STR_INIT("a\0b"), STR_INIT("a\xEF\xBF\xBD"
                                    "b")},
        {STR_INIT("<script>alert('x')</script>"),
         STR_INIT("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")},
        {STR_INIT("&amp;"), STR_INIT("&amp;amp;")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct html h = page();
        html_put(&h, cases[i].in);
        expect(&h, cases[i].out);
    }
    struct html h = page();
    html_put(&h, STR_NONE);
    expect(&h, STR(""));
}

static void escapes_up_to_the_limit(void **state)
{
    (void)state;
    struct html h;
    buf_init(&h.buf, 0, 8);
    html_put(&h, STR("<<"));
    assert_false(h.buf.full);
    assert_int_equal(h.buf.n, 8);
    html_put(&h, STR("<"));
    assert_true(h.buf.full);
    assert_int_equal(h.buf.n, 8);
    buf_free(&h.buf);
}

static void prints_numbers(void **state)
{
    (void)state;
    struct html h = page();
    html_put(&h, 7);
    html_raw(&h, " ", 1);
    html_put(&h, INT64_MIN);
    html_raw(&h, " ", 1);
    html_put(&h, sizeof(char[12]));
    expect(&h, STR("7 -9223372036854775808 12"));
}

static void prints_days(void **state)
{
    (void)state;
    struct html h = page();
    html_put(&h, DAY(2026, 1, 3));
    html_put(&h, DAY_NONE);
    expect(&h, STR("2026-01-03"));
}

static void prints_money(void **state)
{
    (void)state;
    static const struct {
        int64_t fen;
        struct str out;
    } cases[] = {
        {0, STR_INIT("0.00")},
        {5, STR_INIT("0.05")},
        {-5, STR_INIT("-0.05")},
        {99, STR_INIT("0.99")},
        {100, STR_INIT("1.00")},
        {99999, STR_INIT("999.99")},
        {100000, STR_INIT("1,000.00")},
        {-100000, STR_INIT("-1,000.00")},
        {123456789012, STR_INIT("1,234,567,890.12")},
        {INT64_MIN, STR_INIT("-92,233,720,368,547,758.08")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct html h = page();
        html_put(&h, ((struct fen){cases[i].fen}));
        expect(&h, cases[i].out);
    }
}

static void prints_addresses_escaped(void **state)
{
    (void)state;
    struct html h = page();
    html_put(&h, URL("/members?q=1&a=2"));
    expect(&h, STR("/members?q=1&amp;a=2"));
}

static void knows_what_is_there(void **state)
{
    (void)state;
    assert_true(html_true(STR("x")));
    assert_false(html_true(STR("")));
    assert_false(html_true(STR_NONE));
    assert_true(html_true((int64_t)-1));
    assert_false(html_true((int64_t)0));
    assert_true(html_true((bool)true));
    assert_false(html_true((bool)false));
    assert_true(html_true((size_t)1));
    assert_false(html_true((size_t)0));
    assert_true(html_true(1u));
    assert_true(html_true(DAY(2026, 1, 1)));
    assert_false(html_true(DAY_NONE));
    assert_true(html_true(((struct fen){1})));
    assert_false(html_true(((struct fen){0})));
    assert_true(html_true(URL("/")));
    assert_false(html_true(((struct url){0})));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_text),        cmocka_unit_test(escapes_up_to_the_limit),
        cmocka_unit_test(prints_numbers),      cmocka_unit_test(prints_days),
        cmocka_unit_test(prints_money),        cmocka_unit_test(prints_addresses_escaped),
        cmocka_unit_test(knows_what_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
