#include "check.h"

#include "domain/person.h"

#include <string.h>

typedef bool person_fn(struct problems *ps, struct str typed, struct str *ret);

struct row {
    struct str typed;
    const char *value; /* NULL: refused */
};

static void check_rows(struct arena *a, person_fn *parse, const char *field, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct problems ps = {.arena = a};
        struct str value = STR("untouched");
        bool good = parse(&ps, rows[i].typed, &value);
        assert_row(rows[i].typed.p, good, rows[i].value != NULL);
        assert_row(rows[i].typed.p, ps.n, good ? 0 : 1);
        assert_row_text(value, good ? rows[i].value : "untouched");
        if (!good) assert_row_text(ps.p[0].field, field);
    }
}

static void names(void **state)
{
    static const struct row rows[] = {
        {STR_INIT("张三"), "张三"},
        {STR_INIT(" 　张三　 \n"), "张三"},
        {STR_INIT("买买提·艾力"), "买买提·艾力"},
        {STR_INIT("买买提•艾力"), "买买提·艾力"},
        {STR_INIT("买买提‧艾力"), "买买提·艾力"},
        {STR_INIT("买买提・艾力"), "买买提·艾力"},
        {STR_INIT("买买提．艾力"), "买买提·艾力"},
        {STR_INIT("𠮷田𪚥"), "𠮷田𪚥"},
        {STR_INIT("㛃〇"), "㛃〇"},
        {STR_INIT("买买提∙艾力"), "买买提·艾力"},
        {STR_INIT("买买提⋅艾力"), "买买提·艾力"},
        {STR_INIT("买买提･艾力"), "买买提·艾力"},
        {STR_INIT("买买提\u0387艾力"), "买买提·艾力"},
        {STR_INIT("买买提.艾力"), "买买提·艾力"},
        {STR_INIT("买买提。艾力"), "买买提·艾力"},
        {STR_INIT("买买提 · 艾力"), "买买提·艾力"},
        {STR_INIT("\uF90A大明"), "金大明"},
        {STR_INIT("\u2F62大明"), "甘大明"},
        {STR_INIT("\u202D张三\u202C"), "张三"},
        {STR_INIT("张\u200B三"), "张三"},
        {STR_INIT("John Smith"), "John Smith"},
        {STR_INIT("John  Smith"), "John Smith"},
        {STR_INIT("Ｊｏｈｎ　Ｓｍｉｔｈ"), "John Smith"},
        {STR_INIT("O'Brien Shaun"), "O'Brien Shaun"},
        {STR_INIT("O’Brien Shaun"), "O'Brien Shaun"},
        {STR_INIT("O‘Brien Oʼbrien O＇Brien O`Brien O´Brien"), "O'Brien O'brien O'Brien O'Brien O'Brien"},
        {STR_INIT("Vincent van 't Hoff"), "Vincent van 't Hoff"},
        {STR_INIT("Jean-Luc Picard"), "Jean-Luc Picard"},
        {STR_INIT("Jean‐Luc Anne–Marie Ana－Maria"), "Jean-Luc Anne-Marie Ana-Maria"},
        {STR_INIT("Nguyễn Văn An"), "Nguyễn Văn An"},
        {STR_INIT("Nguye\u0302\u0303n Va\u0306n An"), "Nguyễn Văn An"},
        {STR_INIT("José Silva"), "José Silva"},
        {STR_INIT("Jose\u0301 Silva"), "José Silva"},
        {STR_INIT("Bo\u0323\u0300la"), "Bọ̀la"}, /* no letter has both accents */
        {STR_INIT("Ægir Ødegård Łuczak Đặng"), "Ægir Ødegård Łuczak Đặng"},
        {STR_INIT("José"), "José"},
        {STR_INIT("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五"
                  "六七八九十"),
         "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九"
         "十"},
        {STR_INIT("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五"
                  "六七八九十一"),
         NULL},
        {STR_INIT(""), NULL},
        {STR_INIT("  "), NULL},
        {STR_INIT("张"), NULL},
        {STR_INIT("𠮷"), NULL},
        {STR_INIT("张 三"), NULL},
        {STR_INIT("张　三"), NULL},
        {STR_INIT("张 Smith"), NULL},
        {STR_INIT("·艾力"), NULL},
        {STR_INIT("艾力·"), NULL},
        {STR_INIT("买··力"), NULL},
        {STR_INIT("张三1"), NULL},
        {STR_INIT("张三。"), NULL},
        {STR_INIT("<张三>"), NULL},
        {STR_INIT("张\0三"), NULL},
        {STR_INIT("张\xFF三"), NULL},
        {STR_INIT("张\u202E三"), NULL},
        {STR_INIT("张\n三"), NULL},
        {STR_INIT("\u3164\u2800"), NULL},
        {STR_INIT("O''Brien"), NULL},
        {STR_INIT("O'"), NULL},
        {STR_INIT("'Brien"), NULL},
        {STR_INIT("Jean--Luc"), NULL},
        {STR_INIT("-Luc"), NULL},
        {STR_INIT("张-三"), NULL},
        {STR_INIT("张'三"), NULL},
        {STR_INIT("张\u0301三"), NULL},
        {STR_INIT("J. Smith"), NULL},
        {STR_INIT("Иван"), NULL},
        {STR_INIT("××"), NULL}, /* signs among the Latin letters */
        {STR_INIT("😀😀"), NULL},
    };
    check_rows(*state, person_name, "name", rows, COUNT(rows));
}

static void name_sentences(void **state)
{
    static const struct {
        const char *typed, *text;
    } cases[] = {
        {"", "请填写姓名"},
        {"张", "姓名至少 2 个字，请填写全名"},
        {"张 三", "姓名中间不要加空格（外文姓名的单词之间可以有一个空格）"},
        {"艾力·", "姓名中的间隔号“·”只能在两个字之间，且只写一个"},
        {"张3", "姓名只能用汉字、字母和间隔号“·”，外文姓名还可以有撇号和连字符"},
        {"3", "姓名只能用汉字、字母和间隔号“·”，外文姓名还可以有撇号和连字符"},
        {"张-三", "姓名中的撇号和连字符只能在外文姓名的两个字母之间，如 O'Brien、Jean-Luc"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct problems ps = {.arena = *state};
        struct str value;
        assert_false(person_name(&ps, str_from(cases[i].typed), &value));
        assert_row_text(problem_of(&ps, STR("name")), cases[i].text);
    }
}

static void mobiles(void **state)
{
    static const struct row rows[] = {
        {STR_INIT("13812345678"), "13812345678"},
        {STR_INIT("19912345678"), "19912345678"},
        {STR_INIT("+8613812345678"), "13812345678"},
        {STR_INIT("8613812345678"), "13812345678"},
        {STR_INIT("+86 138-1234-5678"), "13812345678"},
        {STR_INIT(" 138 1234 5678 "), "13812345678"},
        {STR_INIT("１３８１２３４５６７８"), "13812345678"},
        {STR_INIT("\u202D13812345678\u202C"), "13812345678"},
        {STR_INIT("\u200E13812345678"), "13812345678"},
        {STR_INIT("13812345678\u200B"), "13812345678"},
        {STR_INIT("138\uFE0D12345678"), "13812345678"},
        {STR_INIT("138\u00A01234\u00A05678"), "13812345678"},
        {STR_INIT("138\u20111234\u20135678"), "13812345678"},
        {STR_INIT("138—1234－5678"), "13812345678"},
        {STR_INIT("138.1234.5678"), "13812345678"},
        {STR_INIT("（+86）13812345678"), "13812345678"},
        {STR_INIT("0086-138 1234 5678"), "13812345678"},
        {STR_INIT("＋８６１３８１２３４５６７８"), "13812345678"},
        {STR_INIT("013812345678"), "13812345678"},
        {STR_INIT("\u3164\u200B"), ""},
        {STR_INIT(""), ""},
        {STR_INIT(" "), ""},
        {STR_INIT("12812345678"), NULL},
        {STR_INIT("23812345678"), NULL},
        {STR_INIT("1381234567"), NULL},
        {STR_INIT("138123456789"), NULL},
        {STR_INIT("13812345678 13812345679"), NULL},
        {STR_INIT("13812345678                                           1"), NULL},
        {STR_INIT("0931-8123456"), NULL},
        {STR_INIT("1381234567a"), NULL},
        {STR_INIT("13812345678\0"), NULL},
        {STR_INIT("-"), NULL},
        {STR_INIT("+86"), NULL},
        {STR_INIT("+8513812345678"), NULL},
        {STR_INIT("868613812345678"), NULL},
        {STR_INIT("13812345678+86"), NULL},
        {STR_INIT("138\u202E12345678"), NULL},
    };
    check_rows(*state, person_mobile, "mobile", rows, COUNT(rows));
}

static void qqs(void **state)
{
    static const struct row rows[] = {
        {STR_INIT("10000"), "10000"},
        {STR_INIT("12345678901"), "12345678901"},
        {STR_INIT(" １２３４５ "), "12345"},
        {STR_INIT("123 456\u200B"), "123456"},
        {STR_INIT(""), ""},
        {STR_INIT("1234"), NULL},
        {STR_INIT("123456789012"), NULL},
        {STR_INIT("1234567890123456"), NULL},
        {STR_INIT("01234567"), NULL},
        {STR_INIT("12345a"), NULL},
        {STR_INIT("12345、6"), NULL},
        {STR_INIT("12345\0"), NULL},
    };
    check_rows(*state, person_qq, "qq", rows, COUNT(rows));
}

static void emails(void **state)
{
    static const struct row rows[] = {
        {STR_INIT("zhang.san+1@mail.example.com"), "zhang.san+1@mail.example.com"},
        {STR_INIT(" a@b.c "), "a@b.c"},
        {STR_INIT("a＠b．museum"), "a@b.museum"},
        {STR_INIT("name@163。com"), "name@163.com"},
        {STR_INIT("name＠163｡com"), "name@163.com"},
        {STR_INIT("ｎａｍｅ＠１６３．ｃｏｍ"), "name@163.com"},
        {STR_INIT("name@163.com\u00A0"), "name@163.com"},
        {STR_INIT("\u200Bname@163.com"), "name@163.com"},
        {STR_INIT("name @ 163 . com"), "name@163.com"},
        {STR_INIT("na—me＿1@my－mail.com"), "na-me_1@my-mail.com"},
        {STR_INIT("\u2800"), ""},
        {STR_INIT(""), ""},
        {STR_INIT("a"), NULL},
        {STR_INIT("a@b"), NULL},
        {STR_INIT("@b.c"), NULL},
        {STR_INIT("a@"), NULL},
        {STR_INIT("a@b@c.d"), NULL},
        {STR_INIT("a@.c"), NULL},
        {STR_INIT("a@b."), NULL},
        {STR_INIT("a@b..c"), NULL},
        {STR_INIT(".a@b.c"), NULL},
        {STR_INIT("a..b@c.d"), NULL},
        {STR_INIT("a b@c.d"), NULL},
        {STR_INIT("a@c.d,b@c.d"), NULL},
        {STR_INIT("a@b.c\r\nBcc: x@y.z"), NULL},
        {STR_INIT("a\0@b.c"), NULL},
        {STR_INIT("张三@b.c"), NULL},
        {STR_INIT("name@163、com"), NULL},
        {STR_INIT("name@163·com"), NULL},
        {STR_INIT("a\u202E@b.c"), NULL},
        {STR_INIT("<a@b.c>"), NULL},
    };
    check_rows(*state, person_email, "email", rows, COUNT(rows));
}

static void email_length(void **state)
{
    char text[256];
    memset(text, 'a', sizeof text);
    memcpy(text, "a@", 2);
    text[254 - 4] = '.';
    struct problems ps = {.arena = *state};
    struct str value;
    assert_true(person_email(&ps, (struct str){text, 254}, &value));
    assert_false(person_email(&ps, (struct str){text, 255}, &value));
}

static void phones(void **state)
{
    static const struct row rows[] = {
        {STR_INIT("0931-8123456"), "0931-8123456"},
        {STR_INIT("（0931）8123456"), "0931-8123456"},
        {STR_INIT("(0931) 8123456"), "0931-8123456"},
        {STR_INIT("0931 8123456"), "0931-8123456"},
        {STR_INIT("0931——8123456"), "0931-8123456"},
        {STR_INIT("０９３１－８１２３４５６"), "0931-8123456"},
        {STR_INIT("\u202D0931-8123456\u202C"), "0931-8123456"},
        {STR_INIT("8123456"), "8123456"},
        {STR_INIT("95598"), "95598"},
        {STR_INIT("+86 138 1234 5678"), "13812345678"},
        {STR_INIT("0931-8123456 转 801"), "0931-8123456 转 801"},
        {STR_INIT("0931－8123456、13812345678（王工）"), "0931-8123456、13812345678(王工)"},
        {STR_INIT(""), ""},
        {STR_INIT("\u3164"), ""},
        {STR_INIT("没有电话"), NULL},
        {STR_INIT("8123"), NULL},
        {STR_INIT("0931\u202E8123456"), NULL},
        {STR_INIT("0931-8123456\n8123457"), NULL},
    };
    check_rows(*state, person_phone, "phone", rows, COUNT(rows));
}

static bool parse_school(struct problems *ps, struct str typed, struct str *ret)
{
    return person_text(ps, "school", typed, ret);
}

static void texts(void **state)
{
    static const struct row rows[] = {
        {STR_INIT("兰州交通大学（本部）"), "兰州交通大学（本部）"},
        {STR_INIT(" 　兰州 大学　"), "兰州 大学"},
        {STR_INIT("<b>&\"'"), "<b>&\"'"}, /* escaping is the page's */
        {STR_INIT(""), ""},
        {STR_INIT("兰州\0大学"), NULL},
        {STR_INIT("\u200B兰州\u2060大学\uFEFF"), "兰州大学"},
        {STR_INIT("\u3164\u3164"), ""},
        {STR_INIT("兰州\u00A0大学\t一"), "兰州 大学 一"},
        {STR_INIT("ＡＢ座１２号"), "AB座12号"},
        {STR_INIT("\u2F62\uF90A"), "甘金"},
        {STR_INIT("兰州\u2028大学"), NULL},
        {STR_INIT("兰州\n大学"), NULL},
        {STR_INIT("兰州\x7F"), NULL},
        {STR_INIT("兰州\xE2\x80\xAE大学"), NULL}, /* right to left override */
        {STR_INIT("兰州\xE4\xB8"), NULL},
    };
    check_rows(*state, parse_school, "school", rows, COUNT(rows));
}

static void text_length(void **state)
{
    static const struct {
        const char *field, *text;
        size_t max;
    } cases[] = {
        {"school", "毕业院校最多 50 个字", 50},
        {"major", "所学专业最多 50 个字", 50},
        {"title_specialty", "职称专业最多 50 个字", 50},
        {"address", "通讯地址最多 100 个字", 100},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct problems ps = {.arena = *state};
        char text[3 * 101];
        for (size_t c = 0; c < 101; c++)
            memcpy(text + 3 * c, "甘", 3);
        struct str value;
        assert_int_equal(person_field(cases[i].field)->max, cases[i].max);
        assert_true(person_text(&ps, cases[i].field, (struct str){text, 3 * cases[i].max}, &value));
        assert_int_equal(value.n, 3 * cases[i].max);
        assert_false(person_text(&ps, cases[i].field, (struct str){text, 3 * cases[i].max + 3}, &value));
        assert_row_text(problem_of(&ps, str_from(cases[i].field)), cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(names),  WITH_ARENA(name_sentences), WITH_ARENA(mobiles),
        WITH_ARENA(qqs),    WITH_ARENA(emails),         WITH_ARENA(email_length),
        WITH_ARENA(phones), WITH_ARENA(texts),          WITH_ARENA(text_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
