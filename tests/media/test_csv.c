#include "media/csv.h"

#include "check.h"

static void cells_are_quoted_and_guarded(void **state)
{
    (void)state;
    static const struct {
        struct str cell;
        const char *written;
    } cases[] = {
        {STR_INIT("王𬱖"), "王𬱖"},
        {STR_INIT(""), ""},
        {{NULL, 0}, ""},
        {STR_INIT("a,b"), "\"a,b\""},
        {STR_INIT("say \"hi\""), "\"say \"\"hi\"\"\""},
        {STR_INIT("two\nlines"), "\"two\nlines\""},
        {STR_INIT("=1+1"), "'=1+1"},
        {STR_INIT("+8613900000001"), "'+8613900000001"},
        {STR_INIT("-5"), "'-5"},
        {STR_INIT("@SUM(A1)"), "'@SUM(A1)"},
        {STR_INIT("\t=1"), "\"'\t=1\""},
        {STR_INIT("\r=1"), "\"'\r=1\""},
        {STR_INIT("\n=1"), "\"'\n=1\""},
        {STR_INIT("＝1"), "'＝1"},
        {STR_INIT("＋1"), "'＋1"},
        {STR_INIT("－1"), "'－1"},
        {STR_INIT("＠1"), "'＠1"},
        {STR_INIT("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""},
        {STR_INIT("a=b"), "a=b"},
    };
    for (size_t c = 0; c < COUNT(cases); c++) {
        struct buf b;
        buf_init(&b, 64, 1024);
        csv_row(&b, &cases[c].cell, 1);
        buf_char(&b, '\0');
        assert_true(str_ends(buf_text(&b), STR("\r\n\0")));
        b.p[b.n - 3] = '\0';
        assert_string_equal(b.p, cases[c].written);
        buf_free(&b);
    }
}

static void a_file_begins_with_the_mark(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 64, 1024);
    csv_begin(&b);
    csv_row(&b, (const struct str[]){STR("姓名"), STR("手机")}, 2);
    assert_true(str_eq(buf_text(&b), STR("\xef\xbb\xbf姓名,手机\r\n")));
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_quoted_and_guarded),
        cmocka_unit_test(a_file_begins_with_the_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
