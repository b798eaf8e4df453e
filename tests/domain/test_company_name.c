#include "check.h"

#include "domain/company_name.h"

static void folding(void **state)
{
    static const struct {
        struct str name;
        const char *folded;
    } cases[] = {
        {STR_INIT("演示监理公司0001"), "演示监理公司0001"},
        {STR_INIT("甘肃（兰州）监理有限公司"), "甘肃(兰州)监理有限公司"},
        {STR_INIT("甘肃(兰州)监理有限公司"), "甘肃(兰州)监理有限公司"},
        {STR_INIT("甘肃【兰州】监理有限公司"), "甘肃(兰州)监理有限公司"},
        {STR_INIT("甘肃〔兰州〕监理［有限］[公司]"), "甘肃(兰州)监理(有限)(公司)"},
        {STR_INIT(" 甘肃　监理\t有限\xC2\xA0公司\r\n"), "甘肃监理有限公司"},
        {STR_INIT("\xEF\xBB\xBF监理\xE2\x80\x8B公司"), "监理公司"},
        {STR_INIT("abcＸｙＺ０９"), "ABCXYZ09"},
        {STR_INIT("𠮷监理"), "𠮷监理"},
        {STR_INIT("é"), "é"},
        {STR_INIT(""), ""},
        {STR_INIT(" 　"), ""},
        {STR_INIT("监\xFF理"), "监\xEF\xBF\xBD理"},
        {STR_INIT("\xFF\xFF\xFF"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_row_text(company_name_fold(*state, cases[i].name), cases[i].folded);
}

static void folding_twice_changes_nothing(void **state)
{
    struct str once = company_name_fold(*state, STR("ａｂ c【甲】\xFF"));
    assert_same(company_name_fold(*state, once), once);
}

int main(void)
{
    const struct CMUnitTest tests[] = {WITH_ARENA(folding), WITH_ARENA(folding_twice_changes_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
