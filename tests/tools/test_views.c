/* The C that tools/templates.py makes of sample/page.html, with what hostile people type. */
#include "gen/views.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void expect(const struct page_view *v, struct str expected)
{
    struct html h;
    buf_init(&h.buf, 0, 4096);
    view_page(&h, v);
    struct str got = buf_text(&h.buf);
    assert_int_equal(got.n, expected.n);
    assert_memory_equal(got.p, expected.p, expected.n);
    buf_free(&h.buf);
}

static void renders_an_empty_page(void **state)
{
    (void)state;
    const struct page_view v = {.frame = {.title = STR("会员")}, .note = STR(""), .back = URL("/me?a=1&b=2")};
    expect(&v, STR("<!doctype html>\n"
                   "<title>会员</title>\n"
                   "<link rel=\"stylesheet\" href=\"/assets/app.6d606818.css\">\n"
                   "<body>\n"
                   "<a href=\"/me?a=1&amp;b=2\" title=\"\">新</a>\n"
                   "<textarea>\n</textarea>\n"
                   "<ul>\n"
                   "<li>暂无数据</li>\n"
                   "</ul></body>"));
}

static void renders_hostile_text_as_text(void **state)
{
    (void)state;
    struct member_line rows[] = {
        {.id = {5}, .name = STR("<script>x</script>"), .until = DAY(2026, 11, 3), .paid = {1234567}},
        {.id = {-6}, .name = STR("a\"b'c&d\0e")},
    };
    const struct page_view v = {
        .frame = {.title = STR("</title><script>"), .narrow = true},
        .note = STR("\n\" onfocus=\"x()\" </textarea>"),
        .back = URL("/\"><script>"),
        .state = SAMPLE_MEMBER,
        .rows = {rows, 2},
    };
    expect(&v, STR("<!doctype html>\n"
                   "<title>&lt;/title&gt;&lt;script&gt;</title>\n"
                   "<link rel=\"stylesheet\" href=\"/assets/app.6d606818.css\">\n"
                   "<body class=\"narrow\">\n"
                   "<a href=\"/&#34;&gt;&lt;script&gt;\" "
                   "title=\"\n&#34; onfocus=&#34;x()&#34; &lt;/textarea&gt;\">会员</a>\n"
                   "<textarea>\n\n&#34; onfocus=&#34;x()&#34; &lt;/textarea&gt;</textarea>\n"
                   "<ul>\n"
                   "<li data-id=\"5\">1 &lt;script&gt;x&lt;/script&gt; 2026-11-03 12,345.67</li>"
                   "<li data-id=\"-6\">2 a&#34;b&#39;c&amp;d\xEF\xBF\xBD"
                   "e - 0.00</li>"
                   "</ul></body>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(renders_an_empty_page),
        cmocka_unit_test(renders_hostile_text_as_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
