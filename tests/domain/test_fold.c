#include "check.h"

#include "base/utf8.h"
#include "domain/fold.h"

#include <stdlib.h>

static void names(void **state)
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
        {STR_INIT("甘肃\uFE59兰州\uFE5A｟监理｠"), "甘肃(兰州)(监理)"},
        {STR_INIT(" 甘肃　监理\t有限\xC2\xA0公司\r\n"), "甘肃监理有限公司"},
        {STR_INIT("\xEF\xBB\xBF监理\xE2\x80\x8B公司"), "监理公司"},
        {STR_INIT("\u2F62肃长城\u2EA0"), "甘肃长城民"},
        {STR_INIT("\uF90A监理"), "金监理"},
        {STR_INIT("欧•亚 欧・亚 欧･亚 欧．亚 欧.亚"), "欧·亚欧·亚欧·亚欧·亚欧·亚"},
        {STR_INIT("欧—亚－监‐理"), "欧-亚-监-理"},
        {STR_INIT("“甘肃”＂监理＂‘有限’"), "\"甘肃\"\"监理\"'有限'"},
        {STR_INIT("abcＸｙＺ０９"), "ABCXYZ09"},
        {STR_INIT("𠮷监理"), "𠮷监理"},
        {STR_INIT("é"), "É"},
        {STR_INIT("e\u0301"), "É"},
        {STR_INIT("㈱①㎡ﬁ"), "(株)1M2FI"},
        {STR_INIT(""), ""},
        {STR_INIT(" 　"), ""},
        {STR_INIT("监\xFF理"), "监\xEF\xBF\xBD理"},
        {STR_INIT("\xFF\xFF\xFF"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {STR_INIT("监\0理"), "监理"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_row_text(name_fold(*state, cases[i].name), cases[i].folded);
}

/* Between the characters of a name these are not there. */
static void what_is_not_seen_makes_no_other_name(void **state)
{
    static const uint32_t UNSEEN[] = {0x200C, 0x200D,  0x200E, 0x2060, 0x00AD, 0x202D,  0x202E, 0x2002,
                                      0x2003, 0x2009,  0x205F, 0xFE0F, 0x180E, 0x3164,  0x2800, 0x061C,
                                      0x115F, 0xE0020, 0x2028, 0xA0,   0x3000, 0x1D173, 0x7F,   1};
    for (size_t i = 0; i < COUNT(UNSEEN); i++) {
        char mark[4];
        struct str name = arena_fmt(*state, "甘肃长城%.*s监理", (int)utf8_put(UNSEEN[i], mark), mark);
        assert_row_text(name_fold(*state, name), "甘肃长城监理");
        assert_row_text(search_fold(*state, name), "甘肃长城监理");
    }
    assert_row_text(name_fold(*state, STR("甘肃长城+监理")), "甘肃长城+监理");
    assert_row_text(name_fold(*state, STR("甘肃长城、监理")), "甘肃长城、监理");
}

static void searches(void **state)
{
    static const struct {
        const char *name, *folded;
    } cases[] = {
        {"张三", "张三"},
        {"买买提·艾力江", "买买提艾力江"},
        {"买买提•艾力江", "买买提艾力江"},
        {"买买提 . 艾力江", "买买提艾力江"},
        {"买买提艾力江", "买买提艾力江"},
        {"O'Brien Shaun", "OBRIENSHAUN"},
        {"o’brien", "OBRIEN"},
        {"Jean-Luc Picard", "JEANLUCPICARD"},
        {"Nguyễn Văn An", "NGUYENVANAN"},
        {"nguyen van an", "NGUYENVANAN"},
        {"Đặng Thị Ánh", "DANGTHIANH"},
        {"José", "JOSE"},
        {"Jose\u0301", "JOSE"},
        {"Łódź Ørsted Æsir Straße", "LODZORSTEDAESIRSTRASSE"},
        {"甘肃（兰州）监理", "甘肃兰州监理"},
        {"金\uF90A", "金金"},
        {"（", ""},
        {" ·-", ""},
        {"100%_C++", "100C++"},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_row_text(search_fold(*state, str_from(cases[i].name)), cases[i].folded);
}

static uint32_t any_character(void)
{
    static const uint32_t FROM[] = {0x20,   0x00A0, 0x0300,  0x0370,  0x1100,  0x1E00, 0x1F00, 0x2000,
                                    0x2460, 0x2E80, 0x3000,  0x3200,  0x4E00,  0xAC00, 0xF900, 0xFB00,
                                    0xFE00, 0xFF00, 0x1D15E, 0x1D400, 0x1F100, 0x2F800};
    uint32_t c = FROM[(size_t)rand() % COUNT(FROM)] + (uint32_t)rand() % 256;
    return c >= 0xD800 && c < 0xE000 ? 'x' : c;
}

static void folding_twice_changes_nothing(void **state)
{
    (void)state;
    srand(5);
    for (int round = 0; round < 20000; round++) {
        struct arena *a = arena_new();
        char text[48];
        size_t n = 0, most = (size_t)rand() % 10;
        for (size_t i = 0; i < most; i++)
            n += utf8_put(any_character(), text + n);
        struct str typed = {text, n}, name = name_fold(a, typed), search = search_fold(a, typed);
        assert_same(name_fold(a, name), name);
        assert_same(search_fold(a, search), search);
        assert_same(search_fold(a, name), search);
        assert_true(utf8_valid(name) && utf8_valid(search));
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {WITH_ARENA(names), WITH_ARENA(what_is_not_seen_makes_no_other_name),
                                       WITH_ARENA(searches), WITH_ARENA(folding_twice_changes_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
