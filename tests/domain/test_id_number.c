#include "check.h"

#include "domain/id_number.h"

#include <string.h>

static void valid(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *text;
        enum id_kind kind;
        enum sex sex;
        struct day born;
    } cases[] = {
        {"620102190001010002", NULL, ID_RESIDENT, SEX_FEMALE, {1900, 1, 1}},
        {"620102190001010010", NULL, ID_RESIDENT, SEX_MALE, {1900, 1, 1}},
        {"620102190402290025", NULL, ID_RESIDENT, SEX_FEMALE, {1904, 2, 29}},
        {"620402190802290039", NULL, ID_RESIDENT, SEX_MALE, {1908, 2, 29}},
        {"620200190101310048", NULL, ID_RESIDENT, SEX_FEMALE, {1901, 1, 31}},
        {"620201190101310044", NULL, ID_RESIDENT, SEX_FEMALE, {1901, 1, 31}},
        {"62088119101231005X", NULL, ID_RESIDENT, SEX_MALE, {1910, 12, 31}},
        {"620824191012310060", NULL, ID_RESIDENT, SEX_FEMALE, {1910, 12, 31}},
        {"62242119050630007X", NULL, ID_RESIDENT, SEX_MALE, {1905, 6, 30}},
        {"623027190911300089", NULL, ID_RESIDENT, SEX_FEMALE, {1909, 11, 30}},
        {"622927190310090096", NULL, ID_RESIDENT, SEX_MALE, {1903, 10, 9}},
        {"620112198808081011", NULL, ID_RESIDENT, SEX_MALE, {1988, 8, 8}},
        {"62011219880808102X", NULL, ID_RESIDENT, SEX_FEMALE, {1988, 8, 8}},
        {"62011219880808049X", NULL, ID_RESIDENT, SEX_MALE, {1988, 8, 8}},
        {"62011219880808006X", NULL, ID_RESIDENT, SEX_FEMALE, {1988, 8, 8}},
        {"62011219661123103X", NULL, ID_RESIDENT, SEX_MALE, {1966, 11, 23}},
        {"620112196611241043", NULL, ID_RESIDENT, SEX_FEMALE, {1966, 11, 24}},
        {"620112196511231059", NULL, ID_RESIDENT, SEX_MALE, {1965, 11, 23}},
        {"622525199503152069", NULL, ID_RESIDENT, SEX_FEMALE, {1995, 3, 15}},
        {"622530200002292078", NULL, ID_RESIDENT, SEX_MALE, {2000, 2, 29}},
        {"622522200801012087", NULL, ID_RESIDENT, SEX_FEMALE, {2008, 1, 1}},
        {"622528201011232096", NULL, ID_RESIDENT, SEX_MALE, {2010, 11, 23}},
        {"622621200505053115", NULL, ID_RESIDENT, SEX_MALE, {2005, 5, 5}},
        {"622826200312123124", NULL, ID_RESIDENT, SEX_FEMALE, {2003, 12, 12}},
        {"620000199001014014", NULL, ID_RESIDENT, SEX_MALE, {1990, 1, 1}},
        {"620100198506074021", NULL, ID_RESIDENT, SEX_FEMALE, {1985, 6, 7}},
        {"11010519491231002X", NULL, ID_RESIDENT, SEX_FEMALE, {1949, 12, 31}},
        {"810000190001010018", NULL, ID_HONG_KONG, SEX_MALE, {1900, 1, 1}},
        {"820000190001010028", NULL, ID_MACAO, SEX_FEMALE, {1900, 1, 1}},
        {"830000190001010038", NULL, ID_TAIWAN, SEX_MALE, {1900, 1, 1}},
        {"810000199408230021", NULL, ID_HONG_KONG, SEX_FEMALE, {1994, 8, 23}},
        {"830000199201300022", NULL, ID_TAIWAN, SEX_FEMALE, {1992, 1, 30}},
        {"962840198808080012", NULL, ID_FOREIGNER, SEX_MALE, {1988, 8, 8}},
        {"962156198808080023", NULL, ID_FOREIGNER, SEX_FEMALE, {1988, 8, 8}},
        {"911124198108030024", NULL, ID_FOREIGNER, SEX_FEMALE, {1981, 8, 3}},
        {"62011219880808102x", "62011219880808102X", ID_RESIDENT, SEX_FEMALE, {1988, 8, 8}},
        {"６２０１１２１９８８０８０８１０１１", "620112198808081011", ID_RESIDENT, SEX_MALE, {1988, 8, 8}},
        {"６２０１１２１９８８０８０８１０２ｘ", "62011219880808102X", ID_RESIDENT, SEX_FEMALE, {1988, 8, 8}},
        {"62011219880808102Ⅹ", "62011219880808102X", ID_RESIDENT, SEX_FEMALE, {1988, 8, 8}},
        {"62011219880808102×", "62011219880808102X", ID_RESIDENT, SEX_FEMALE, {1988, 8, 8}},
        {"62011219880808102х", "62011219880808102X", ID_RESIDENT, SEX_FEMALE, {1988, 8, 8}}, /* Cyrillic */
        {"620112 19880808 1011", "620112198808081011", ID_RESIDENT, SEX_MALE, {1988, 8, 8}},
        {"620112-19880808-102x", "62011219880808102X", ID_RESIDENT, SEX_FEMALE, {1988, 8, 8}},
        {"\u3000\u00A0620112198808081011\u200B", "620112198808081011", ID_RESIDENT, SEX_MALE, {1988, 8, 8}},
        {"\uFEFF\u202D620112198808081011\u202C", "620112198808081011", ID_RESIDENT, SEX_MALE, {1988, 8, 8}},
        {" \t620112198808081011\r\n", "620112198808081011", ID_RESIDENT, SEX_MALE, {1988, 8, 8}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct id_number n;
        assert_row(cases[i].typed, id_number_parse(str_from(cases[i].typed), TODAY, &n), ID_OK);
        assert_string_equal(n.text, cases[i].text ? cases[i].text : cases[i].typed);
        assert_row(cases[i].typed, n.kind, cases[i].kind);
        assert_row(cases[i].typed, n.sex, cases[i].sex);
        assert_same_day(n.born, cases[i].born);
    }
}

static void invalid(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        enum id_error error;
    } cases[] = {
        {"620112198808081010", ID_CHECK},
        {"621012198808081011", ID_CHECK}, /* 3 and 4 swapped */
        {"620112198808080111", ID_CHECK}, /* sequence swapped */
        {"620102190013010018", ID_DATE},  /* month 13 */
        {"620102190002310015", ID_DATE},  /* 31 February */
        {"620102190002290018", ID_DATE},  /* 1900 was no leap year */
        {"620102200102290011", ID_DATE},
        {"620102199904310015", ID_DATE},
        {"620102199000000014", ID_DATE},
        {"620102202701010017", ID_FUTURE},
        {"620102179912310017", ID_TOO_EARLY},
        {"440524188001010014", ID_TOO_EARLY}, /* the standard's own specimen */
        {"160102199001010010", ID_PROVINCE},
        {"700102199001010011", ID_PROVINCE},
        {"000000199001010018", ID_PROVINCE},
        {"990102199001010015", ID_PROVINCE}, /* a foreigner's from province 90 */
        {"620112000229207", ID_FIFTEEN},
        {"620112880808101", ID_FIFTEEN},
        {"USA620188080814", ID_FIFTEEN_FOREIGN},
        {"can620195031525", ID_FIFTEEN_FOREIGN},
        {"US1620188080814", ID_CHARACTER},
        {"62011219880808X011", ID_CHARACTER},
        {"62011219880808101O", ID_CHARACTER},
        {"62011219880808102十", ID_CHARACTER},
        {"620112,19880808,1011", ID_CHARACTER},
        {"620112\u202E198808081011", ID_CHARACTER},
        {"6201121988080810", ID_LENGTH},
        {"620112198808081X", ID_LENGTH},
        {"6201121988080810111", ID_LENGTH},
        {"", ID_EMPTY},
        {" \t ", ID_EMPTY},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct id_number n = {.text = "untouched"};
        assert_row(cases[i].typed, id_number_parse(str_from(cases[i].typed), TODAY, &n), cases[i].error);
        assert_string_equal(n.text, "untouched");
    }
}

static void hidden_bytes(void **state)
{
    (void)state;
    struct id_number n;
    assert_int_equal(id_number_parse(STR("620112198808081011\0x"), TODAY, &n), ID_LENGTH);
    assert_int_equal(id_number_parse(STR("62011219880808101\0"), TODAY, &n), ID_CHARACTER);
    assert_int_equal(id_number_parse(STR("62011219880808101\xFF"), TODAY, &n), ID_CHARACTER);
    assert_int_equal(id_number_parse(STR_NONE, TODAY, &n), ID_EMPTY);
}

static void born_today(void **state)
{
    (void)state;
    struct id_number n;
    struct str number = STR("622528201011232096");
    assert_int_equal(id_number_parse(number, DAY(2010, 11, 23), &n), ID_OK);
    assert_int_equal(id_number_parse(number, DAY(2010, 11, 22), &n), ID_FUTURE);
}

static void upgrade(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        enum id_error error;
        const char *text;
    } cases[] = {
        {"620112880808101", ID_OK, "620112198808081011"},
        {"622525950315206", ID_OK, "622525199503152069"},
        {"620102300101001", ID_OK, "620102193001010014"},
        {" ６２０１１２８８０８０８１０１ ", ID_OK, "620112198808081011"},
        {"620112880808995", ID_OK, NULL},
        {"620112880808996", ID_TOO_EARLY, NULL}, /* kept for people born before 1900 */
        {"620112880808999", ID_TOO_EARLY, NULL},
        {"620112000229207", ID_DATE, NULL},
        {"990112880808101", ID_PROVINCE, NULL},
        {"62011288080810X", ID_CHARACTER, NULL},
        {"62011288080810", ID_LENGTH, NULL},
        {"620112198808081011", ID_LENGTH, NULL},
        {"", ID_EMPTY, NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct id_number n;
        assert_row(cases[i].typed, id_number_upgrade(str_from(cases[i].typed), TODAY, &n), cases[i].error);
        if (cases[i].text) assert_string_equal(n.text, cases[i].text);
    }
}

static void sentences(void **state)
{
    (void)state;
    assert_string_equal(id_error_text(ID_OK), "");
    for (int e = ID_EMPTY; e <= ID_CHECK; e++) {
        assert_true(strlen(id_error_text((enum id_error)e)) > 0);
        for (int other = ID_EMPTY; other < e; other++)
            assert_string_not_equal(id_error_text((enum id_error)e), id_error_text((enum id_error)other));
    }
    assert_string_equal(id_error_text(ID_CHECK), "身份证号最后一位校验不符，请逐位核对");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid),      cmocka_unit_test(invalid), cmocka_unit_test(hidden_bytes),
        cmocka_unit_test(born_today), cmocka_unit_test(upgrade), cmocka_unit_test(sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
