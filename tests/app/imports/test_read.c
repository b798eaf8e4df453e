#include "seen.h"

#include "../../book_made.h"
#include "../../domain/check.h"

static struct bytes text(const char *p)
{
    return str_bytes(str_from(p));
}

static const char OLD[] = "甘肃省建设监理协会会员名册,,,,,\r\n"
                          "序号,姓 名,\"*身份证\n号码（必填）\",学历,从事监理时间,工作单位\r\n"
                          "1,张 三,620112198808081011,本科,2019.3,甘肃长城监理公司\r\n"
                          ",,,,,\r\n"
                          "2,李四,62011219880808102x,大学专科,2019年7月,甘肃长城监理公司\r\n"
                          "3,王五,6.20112E+17,工程师,201903,甘肃黄河监理公司\r\n"
                          "4,张三,６２０１１２ 19880808 1011,,,\r\n"
                          "5,,,,,\r\n"
                          "6,买买提•艾力,620112880808006,火星,2019-13,\r\n"
                          "合计 5 人,,,,,\r\n"
                          "填表人：张三,,,,,\r\n";

static void an_old_list_is_read(void **state)
{
    struct arena *a = *state;
    struct seen *s = read_rows(a, IMPORT_MEMBER, text(OLD));
    assert_int_equal(s->sum.rows, 5);
    assert_int_equal(s->sum.refused, 3);
    assert_int_equal(s->sum.open, 1);
    assert_int_equal(s->sum.sheet.heading_row, 2);
    assert_int_equal(s->row[0].row, 3);
    assert_row_text(seen_value(s, 0, "name"), "张三");
    assert_row_text(seen_value(s, 0, "id_number"), "620112198808081011");
    assert_row_text(seen_value(s, 0, "education"), "21");
    assert_row_text(seen_value(s, 0, "started_on"), "2019-03");
    assert_row_text(seen_value(s, 0, "company"), "甘肃长城监理公司");
    assert_true(s->row[0].incomplete && !s->row[0].refused);
    assert_row_text(seen_found(s, 0, "title_level"), "missing");
    assert_int_equal(s->row[1].row, 5);
    assert_row_text(seen_value(s, 1, "id_number"), "62011219880808102X");
    assert_row_text(seen_value(s, 1, "education"), "31");
    assert_row_text(seen_found(s, 2, "id_number"), "id_lost");
    assert_row_text(seen_found(s, 2, "education"), "value");
    assert_row_text(seen_found(s, 3, "id_number"), "repeated");
    assert_row_text(s->row[3].findings.p[s->row[3].findings.n - 1].text,
                    "与第 3 行重复（身份证号相同），请只留一行");
    assert_int_equal(s->row[4].row, 9);
    assert_row_text(seen_value(s, 4, "name"), "买买提·艾力");
    assert_row_text(seen_found(s, 4, "id_number"), "fifteen");
    assert_row_text(seen_value(s, 4, "id_number"), "62011219880808006X");
}

/* A row a cell of a column: what is read, or the code of what is wrong. */
struct cell_case {
    const char *heading, *xml, *field, *value, *code;
};

static void read_case(struct arena *a, const struct cell_case *k, const char *sheet_before)
{
    struct str rows = arena_fmt(
        a,
        "%s<row><c t=\"inlineStr\"><is><t>姓名</t></is></c><c t=\"inlineStr\"><is><t>身份证号</t></is></c>"
        "<c t=\"inlineStr\"><is><t>%s</t></is></c></row><row><c t=\"inlineStr\"><is><t>张三</t></is></c>"
        "<c t=\"inlineStr\"><is><t>620112198808081011</t></is></c>%s</row>",
        sheet_before, k->heading, k->xml);
    struct seen *s = read_rows(a, IMPORT_MEMBER, book_made(a, &(struct book_made){.rows = rows.p}));
    assert_int_equal(s->n, 1);
    if (!str_eq(seen_value(s, 0, k->field), str_from(k->value)) ||
        !str_eq(seen_found(s, 0, k->field), str_from(k->code)))
        fail_row("%s %s: %.*s (%.*s), not %s (%s)", k->heading, k->xml, STR_ARG(seen_value(s, 0, k->field)),
                 STR_ARG(seen_found(s, 0, k->field)), k->value, k->code);
}

#define TEXT_CELL(text)       "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">" text "</t></is></c>"
#define NUMBER_CELL(text)     "<c><v>" text "</v></c>"
#define STYLED_CELL(style, n) "<c s=\"" #style "\"><v>" n "</v></c>"

static void cells_of_days(void **state)
{
    static const struct cell_case CASES[] = {
        {"从事监理时间", NUMBER_CELL("2019.3"), "started_on", "2019-03", ""},
        {"从事监理时间", NUMBER_CELL("2019.2999999999999"), "started_on", "2019-03", ""},
        {"从事监理时间", NUMBER_CELL("2019.12"), "started_on", "2019-12", ""},
        {"从事监理时间", NUMBER_CELL("2019.1"), "started_on", "", "value"},
        {"从事监理时间", STYLED_CELL(3, "2019.1"), "started_on", "2019-10", ""},
        {"从事监理时间", STYLED_CELL(3, "2019.01"), "started_on", "2019-01", ""},
        {"从事监理时间", TEXT_CELL("2019.1"), "started_on", "2019-01", ""},
        {"从事监理时间", TEXT_CELL("2019-3"), "started_on", "2019-03", ""},
        {"从事监理时间", TEXT_CELL("2019年3月"), "started_on", "2019-03", ""},
        {"从事监理时间", TEXT_CELL("2019/03/15"), "started_on", "2019-03", ""},
        {"从事监理时间", TEXT_CELL("2019-03-15 14:23:11.0"), "started_on", "2019-03", ""},
        {"从事监理时间", NUMBER_CELL("201903"), "started_on", "2019-03", ""},
        {"从事监理时间", STYLED_CELL(1, "201903"), "started_on", "2019-03", ""},
        {"从事监理时间", NUMBER_CELL("43539"), "started_on", "2019-03", ""},
        {"从事监理时间", STYLED_CELL(1, "43539"), "started_on", "2019-03", ""},
        {"从事监理时间", STYLED_CELL(2, "43539.75"), "started_on", "2019-03", ""},
        {"从事监理时间", TEXT_CELL("43539"), "started_on", "2019-03", ""},
        {"从事监理时间", NUMBER_CELL("20193"), "started_on", "", "value"},
        {"从事监理时间", NUMBER_CELL("2019"), "started_on", "", "value"},
        {"从事监理时间", NUMBER_CELL("2019.13"), "started_on", "", "value"},
        {"从事监理时间", STYLED_CELL(1, "2019.3"), "started_on", "", "value"},
        {"从事监理时间", STYLED_CELL(1, "60"), "started_on", "", "value"},
        {"从事监理时间", "<c t=\"d\"><v>2019-03-15T00:00:00</v></c>", "started_on", "2019-03", ""},
        {"从事监理时间", TEXT_CELL("2999-01"), "started_on", "", "value"},
        {"从事监理时间", TEXT_CELL("/"), "started_on", "", "missing"},
        {"到期日期", STYLED_CELL(1, "45365"), "period_end", "2024-03-14", ""},
        {"到期日期", TEXT_CELL("2024.3.14"), "period_end", "2024-03-14", ""},
        {"到期日期", TEXT_CELL("2024年3月"), "period_end", "", "value"},
        {"到期日期", TEXT_CELL("1024-03-14"), "period_end", "", "value"},
        {"有效期", TEXT_CELL("2019-03-15至2024-03-14"), "period_start", "2019-03-15", ""},
        {"有效期", TEXT_CELL("2019.3.15-2024.3.14"), "period_end", "2024-03-14", ""},
        {"有效期", TEXT_CELL("2019-03-15 - 2024-03-14"), "period_end", "2024-03-14", ""},
        {"有效期", TEXT_CELL("2024-03-14"), "period_end", "2024-03-14", ""},
        {"有效期", TEXT_CELL("2024-03-14至2019-03-15"), "period_end", "2019-03-15", "value"},
        {"有效期", TEXT_CELL("五年"), "period", "", "value"},
        {"入会日期", TEXT_CELL("2019.3"), "joined_on", "2019-03", ""},
        {"入会日期", TEXT_CELL("2019.3.15"), "joined_on", "2019-03-15", ""},
        {"出生日期", TEXT_CELL("1988-08-08"), "born", "1988-08-08", ""},
        {"出生日期", TEXT_CELL("1988.8"), "born", "1988-08", ""},
        {"出生日期", TEXT_CELL("1988.9"), "born", "1988-09", "born"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        read_case(*state, &CASES[i], "");
}

static void cells_of_other_fields(void **state)
{
    static const struct cell_case CASES[] = {
        {"手机", NUMBER_CELL("13812345678"), "mobile", "13812345678", ""},
        {"手机", NUMBER_CELL("1.3812345678E10"), "mobile", "13812345678", ""},
        {"手机", NUMBER_CELL("1.3812345678E+010"), "mobile", "13812345678", ""},
        {"手机", TEXT_CELL("1.38123E+10"), "mobile", "", "id_lost"},
        {"手机", TEXT_CELL("\u200e138 1234 5678"), "mobile", "13812345678", ""},
        {"手机", TEXT_CELL("无"), "mobile", "", "missing"},
        {"手机", TEXT_CELL("12345"), "mobile", "", "value"},
        {"手机", "<c t=\"e\"><v>#N/A</v></c>", "mobile", "", "formula_error"},
        {"手机", "<c><f>1+1</f></c>", "mobile", "", "formula_error"},
        {"手机", "<c t=\"str\"><f>CONCAT(1)</f><v>13812345678</v></c>", "mobile", "13812345678", ""},
        {"手机", "<c t=\"str\"><f>\"\"</f><v></v></c>", "mobile", "", "missing"},
        {"手机", "<c><v></v></c>", "mobile", "", "missing"},
        {"QQ", NUMBER_CELL("620112198"), "qq", "620112198", ""},
        {"学历",
         "<c t=\"inlineStr\"><is><r><t>大</t></r><r><rPr><b/></rPr><t>专</t></r><rPh sb=\"0\" "
         "eb=\"1\"><t>da</t></rPh></is></c>",
         "education", "31", ""},
        {"学历", TEXT_CELL("研究生"), "education", "", "value"},
        {"职称", TEXT_CELL("助工"), "title_level", "2", ""},
        {"职称", TEXT_CELL("/"), "title_level", "0", ""},
        {"岗位", TEXT_CELL("总监理工程师"), "post", "总监", ""},
        {"性别", TEXT_CELL("男"), "sex", "1", ""},
        {"性别", TEXT_CELL("女"), "sex", "2", "sex"},
        {"通讯地址", TEXT_CELL("_x005F_x0041_路 1号"), "address", "_x0041_路 1号", ""},
        {"通讯地址", TEXT_CELL("庆阳路_x000A_77号"), "address", "庆阳路 77号", ""},
        {"通讯地址", TEXT_CELL("'=1+1"), "address", "=1+1", ""},
        {"通讯地址", TEXT_CELL("'77号'"), "address", "'77号'", ""},
        {"通讯地址", TEXT_CELL("a\u202eb"), "address", "", "value"},
        {"会员编号", NUMBER_CELL("2019000123"), "number", "2019000123", ""},
        {"会员编号", TEXT_CELL("甘监 0123"), "number", "甘监 0123", ""},
        {"已缴年数", NUMBER_CELL("5"), "paid_years", "5", ""},
        {"已缴年数", TEXT_CELL("5年"), "paid_years", "5", ""},
        {"已缴年数", NUMBER_CELL("2.5"), "paid_years", "", "value"},
        {"已缴年数", TEXT_CELL("-1"), "paid_years", "", "value"},
        {"单位", TEXT_CELL("甘肃长城"), "company", "甘肃长城", ""},
        {"单位", TEXT_CELL("长城"), "company", "", "value"},
        {"统一社会信用代码", TEXT_CELL("９16200000000000004"), "company_code", "916200000000000004", ""},
        {"统一社会信用代码", TEXT_CELL("916200000000000005"), "company_code", "916200000000000005",
         "credit_check"},
        {"统一社会信用代码", NUMBER_CELL("9.162E+17"), "company_code", "", "id_lost"},
        {"状态", TEXT_CELL("逾期"), "state", "expired", ""},
        {"状态", TEXT_CELL("不知道"), "state", "", "value"},
        {"籍贯", "<c t=\"b\"><v>1</v></c>", "order", "", ""},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        read_case(*state, &CASES[i], "");
}

/* Beside a name and a credit code. */
static void cells_of_companies(void **state)
{
    static const struct cell_case CASES[] = {
        {"会员级别", "理事单位", "unit_level", "理事单位", ""},
        {"单位级别", "常务副会长单位兼秘书长单位兼理事单位兼会员单位", "unit_level", "", "value"},
        {"会员级别", "/", "unit_level", "", ""},
        {"单位会员有效期至", "2027.12.31", "unit_valid_to", "2027-12-31", ""},
        {"有效期至", "2027年12月31日", "unit_valid_to", "2027-12-31", ""},
        {"有效期至", "2027-02-30", "unit_valid_to", "", "value"},
        {"有效期至", "长期", "unit_valid_to", "", "value"},
        {"发票抬头", "甘肃长城监理公司", "title", "甘肃长城监理公司", ""},
        {"开票抬头", "甘肃\u202e长城", "title", "", "value"},
        {"税号", "916200000000000004", "tax_no", "916200000000000004", ""},
        {"纳税人识别号", "9162 0000 0000 00000 5", "tax_no", "", "value"},
        {"税号", "620102198808081", "tax_no", "620102198808081", ""},
        {"税号", "6201021988", "tax_no", "", "value"},
        {"税号", "9.162E+17", "tax_no", "", "id_lost"},
        {"启用", "停用", "enabled", "0", ""},
        {"账号状态", "正常", "enabled", "1", ""},
        {"启用", "也许", "enabled", "", "value"},
        {"电话", "（0931）8123456", "phone", "0931-8123456", ""},
        {"联系人电话", "12", "phone", "", "value"},
        {"经办人", "李四", "contact", "李四", ""},
        {"注册地址", "", "address", "", "missing"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct cell_case *k = &CASES[i];
        struct str csv =
            arena_fmt(*state, "单位名称,统一社会信用代码,%s\n甘肃长城监理公司,916200000000000004,%s\n",
                      k->heading, k->xml);
        struct seen *s = read_rows(*state, IMPORT_COMPANY, str_bytes(csv));
        if (!str_eq(seen_value(s, 0, k->field), str_from(k->value)) ||
            !str_eq(seen_found(s, 0, k->field), str_from(k->code)))
            fail_row("%s %s: %.*s (%.*s)", k->heading, k->xml, STR_ARG(seen_value(s, 0, k->field)),
                     STR_ARG(seen_found(s, 0, k->field)));
    }
}

static void numbers_of_people(void **state)
{
    static const struct {
        const char *name, *id, *name_read, *id_read, *code;
    } CASES[] = {
        {"张三", TEXT_CELL("620112198808081011"), "张三", "620112198808081011", ""},
        {"张　三", TEXT_CELL("'620112198808081011"), "张三", "620112198808081011", ""},
        {"欧 阳 靖", TEXT_CELL("=&quot;620112198808081011&quot;"), "欧阳靖", "620112198808081011", ""},
        {"买买提 • 艾力", TEXT_CELL("620112 19880808 1011"), "买买提·艾力", "620112198808081011", ""},
        {"张三", TEXT_CELL("６２０１１２１９８８０８０８１０２ｘ"), "张三", "62011219880808102X", ""},
        {"张三", TEXT_CELL("\u202d620112198808081011\u202c"), "张三", "620112198808081011", ""},
        {"张三", NUMBER_CELL("620112198808081011"), "张三", "620112198808081011", ""},
        {"张三", NUMBER_CELL("6.20112198808081E+17"), "张三", "", "id_lost"},
        {"张三", NUMBER_CELL("620112198808081000"), "张三", "", "id_lost"},
        {"张三", NUMBER_CELL("620112198801014000"), "张三", "", "id_lost"},
        {"张三", NUMBER_CELL("6.20112198801014E+17"), "张三", "", "id_lost"},
        {"张三", TEXT_CELL("620112198801014000"), "张三", "620112198801014000", ""},
        {"张三", TEXT_CELL("620112198808081000"), "张三", "", "id_lost"},
        {"张三", TEXT_CELL("6.20112E+17"), "张三", "", "id_lost"},
        {"张三", TEXT_CELL("6.20112e17"), "张三", "", "id_lost"},
        {"张三", TEXT_CELL("620112198808081010"), "张三", "", "id_check"},
        {"张三", TEXT_CELL("62011219880808101"), "张三", "", "id_check"},
        {"张三", NUMBER_CELL("620112880808101"), "张三", "620112198808081011", "fifteen"},
        {"张三", NUMBER_CELL("6.20112880808101E+14"), "张三", "620112198808081011", "fifteen"},
        {"张三", TEXT_CELL("620112880808101"), "张三", "620112198808081011", "fifteen"},
        {"张三", TEXT_CELL("620112000229207"), "张三", "", "fifteen"},
        {"张三", TEXT_CELL("962840198808080012"), "张三", "962840198808080012", ""},
        {"O'Brien Shaun", TEXT_CELL("620112198808081011"), "O'Brien Shaun", "620112198808081011", ""},
        {"张三（退休）", TEXT_CELL("620112198808081011"), "", "620112198808081011", ""},
        {"买买提 艾力江", TEXT_CELL("620112198808081011"), "", "620112198808081011", ""},
        {"张三", "<c/>", "张三", "", "missing"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct str rows = arena_fmt(
            *state, "<row>" TEXT_CELL("姓名") TEXT_CELL("身份证号") "</row><row>" TEXT_CELL("%s") "%s</row>",
            CASES[i].name, CASES[i].id);
        struct seen *s =
            read_rows(*state, IMPORT_MEMBER, book_made(*state, &(struct book_made){.rows = rows.p}));
        assert_row_text(seen_value(s, 0, "name"), CASES[i].name_read);
        if (!str_eq(seen_value(s, 0, "id_number"), str_from(CASES[i].id_read)))
            print_error("%s: ", CASES[i].id);
        assert_row_text(seen_value(s, 0, "id_number"), CASES[i].id_read);
        assert_row_text(seen_found(s, 0, "id_number"), CASES[i].code);
    }
}

/* A sheet as lines of text, a row each; rows read as row:name:id_number … of the kind's fields asked for. */
struct sheet_case {
    const char *what, *csv, *read, *fault;
    enum import_kind kind;
    int64_t heading, rows;
};

static void lines_of_a_sheet(void **state)
{
    static const struct sheet_case CASES[] = {
        {"a heading in two lines",
         "序号,姓名,证件,,单位\n,,身份证号,手机,\n1,张三,620112198808081011,13800000000,甘肃长城\n",
         "3:张三:620112198808081011:甘肃长城:13800000000", "", IMPORT_MEMBER, 2, 1},
        {"a heading in two lines, whole in the first",
         "姓名,身份证号,联系\n,,手机\n张三,620112198808081011,13800000000\n",
         "3:张三:620112198808081011::13800000000", "", IMPORT_MEMBER, 1, 1},
        {"the heading again on each page",
         "姓名,身份证号\n张三,620112198808081011\n姓 名,身份证号码\n李四,62011219880808102X\n",
         "2:张三:620112198808081011:: 4:李四:62011219880808102X::", "", IMPORT_MEMBER, 1, 2},
        {"two columns for one field: its own word goes before",
         "姓名,身份证号,电话,手机\n张三,620112198808081011,0931-1234567,13800000000\n",
         "2:张三:620112198808081011::13800000000", "", IMPORT_MEMBER, 1, 1},
        {"two columns for one field: else the first",
         "姓名,身份证号,联系电话,电话\n张三,620112198808081011,13800000000,1\n",
         "2:张三:620112198808081011::13800000000", "", IMPORT_MEMBER, 1, 1},
        {"numbers without people, and what stands below",
         "序号,姓名,身份证号\n1,张三,620112198808081011\n2,,\n小 计,1,\n总计：1 "
         "人\n制表人：李四,,\n注：以上\n备注,,\n",
         "2:张三:620112198808081011::", "", IMPORT_MEMBER, 1, 1},
        {"people who are named like a line below", "姓名,身份证号\n合计,620112198808081011\n",
         "2:合计:620112198808081011::", "", IMPORT_MEMBER, 1, 1},
        {"a name alone is somebody", "姓名,身份证号\n张三,\n", "2:张三:::", "", IMPORT_MEMBER, 1, 1},
        {"a number alone is somebody", "姓名,身份证号\n,620112198808081011\n", "2::620112198808081011::", "",
         IMPORT_MEMBER, 1, 1},
        {"totals in any column, and over all of them",
         "序号,姓名,身份证号,单位\n1,张三,620112198808081011,\n,合 计,35,\n,,合计：35人,\n,,,小计 2 人\n合计 "
         "2 行,,,\n,共计 3 页,,\n"
         "合计,,,\n总计：1家单位,总计：1家单位,总计：1家单位,总计：1家单位\n,,制表人：李四,\n,,,"
         "填表日期：2026.1.1\n",
         "2:张三:620112198808081011::", "", IMPORT_MEMBER, 1, 1},
        {"what only begins like a total", "单位名称,联系人\n合计监理有限公司,李合计\n总计咨询公司,说明\n",
         "2:合计监理有限公司:: 3:总计咨询公司::", "", IMPORT_COMPANY, 1, 2},
        {"an example", "序号,姓名,身份证号\n示例,张三,620112198808081011\n1,李四,62011219880808102X\n",
         "3:李四:62011219880808102X::", "", IMPORT_MEMBER, 1, 1},
        {"no number", "姓名,性别\n张三,男\n", "",
         "没有找到表头：表中要有一行写着“姓名”和“身份证号”，请对照模板检查", IMPORT_MEMBER, 0, 0},
        {"no row", "姓名,身份证号\n合计 0 人,\n", "", "表头下面没有数据，请检查是不是选错了文件",
         IMPORT_MEMBER, 0, 0},
        {"companies",
         "会员单位\n序号,企业名称,统一社会信用代码,联系电话\n1,甘肃长城监理有限公司,916200000000000004,"
         "（0931）8123456\n"
         "2,甘肃长城监理 有限公司,,\n合计 2 家\n",
         "3:甘肃长城监理有限公司:916200000000000004:0931-8123456 4:甘肃长城监理 有限公司::", "",
         IMPORT_COMPANY, 2, 2},
        {"periods",
         "姓名,身份证号,有效期,文号\n张三,620112198808081011,2019-03-15至2024-03-14,甘监协〔2019〕1号\n"
         "张三,620112198808081011,2024-03-15至2029-03-14,\n张三,620112198808081011,2024.3.15-2029.3.14,\n",
         "2:620112198808081011:2019-03-15:2024-03-14 3:620112198808081011:2024-03-15:2029-03-14 "
         "4:620112198808081011:2024-03-15:2029-03-14",
         "", IMPORT_PERIOD, 1, 3},
    };
    static const char *const FIELDS[IMPORT_KIND_COUNT][5] = {
        [IMPORT_COMPANY] = {"name", "credit_code", "phone"},
        [IMPORT_MEMBER] = {"name", "id_number", "company", "mobile"},
        [IMPORT_PERIOD] = {"id_number", "period_start", "period_end"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct sheet_case *k = &CASES[i];
        if (k->fault[0]) {
            struct fault f = {0};
            struct import_summary sum;
            assert_row(k->what, import_read(*state, &f, k->kind, text(k->csv), TODAY, NULL, NULL, &sum),
                       ST_BAD_INPUT);
            assert_row_text(str_from(f.text), k->fault);
            continue;
        }
        struct seen *s = read_rows(*state, k->kind, text(k->csv));
        struct str got = STR("");
        for (size_t r = 0; r < s->n; r++) {
            got = arena_fmt(*state, "%.*s%s%u", STR_ARG(got), r ? " " : "", s->row[r].row);
            for (size_t f = 0; FIELDS[k->kind][f]; f++)
                got = arena_fmt(*state, "%.*s:%.*s", STR_ARG(got),
                                STR_ARG(seen_value(s, r, FIELDS[k->kind][f])));
        }
        if (!str_eq(got, str_from(k->read))) fail_row("%s: %.*s", k->what, STR_ARG(got));
        assert_row(k->what, s->sum.sheet.heading_row, k->heading);
        assert_row(k->what, s->sum.rows, k->rows);
    }
}

static void repeated_rows_are_told(void **state)
{
    struct seen *s = read_rows(*state, IMPORT_COMPANY,
                               text("单位名称\n甘肃长城（兰州）公司\n甘肃黄河公司\n甘肃长城 (兰州) 公司\n"));
    assert_row_text(seen_found(s, 0, "name"), "");
    assert_row_text(seen_found(s, 2, "name"), "repeated");
    s = read_rows(
        *state, IMPORT_PERIOD,
        text("身份证号,会员期开始,到期日期\n620112198808081011,2019-01-01,2023-12-31\n"
             "620112198808081011,2024-01-01,2028-12-31\n620112198808081011,2019年1月1日,2023-12-31\n"));
    assert_row_text(seen_found(s, 1, "id_number"), "");
    assert_row_text(seen_found(s, 2, "id_number"), "repeated");
    assert_row_text(s->row[2].findings.p[0].text, "与第 2 行重复（身份证号和会员期相同），请只留一行");
    s = read_rows(*state, IMPORT_MEMBER,
                  text("姓名,身份证号\n张三,620112880808101\n张三,620112198808081011\n"));
    assert_row_text(seen_found(s, 1, "id_number"), "repeated");
}

#define MAIN             "xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\""
#define ROW_OF(name, id) "<row>" TEXT_CELL(name) TEXT_CELL(id) "</row>"

/* The second of three visible sheets, written by a program that prefixes everything, on a Mac. */
static void the_first_sheet_with_a_heading_is_taken(void **state)
{
    static const char HEAD[] = "<worksheet " MAIN "><sheetData>", END[] = "</sheetData></worksheet>";
    struct arena *a = *state;
    const struct book_part parts[] = {
        {"_rels/.rels",
         STR_INIT("<Relationships><Relationship Id=\"a\" Target=\"/xl/book.xml\" "
                  "Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\"/>"
                  "</Relationships>")},
        {"xl/book.xml",
         STR_INIT(
             "<x:workbook xmlns:x=\"m\" xmlns:r=\"r\"><x:workbookPr date1904=\"true\"/><x:sheets>"
             "<x:sheet name=\"词表\" state=\"hidden\" r:id=\"h\"/><x:sheet name=\"说明\" r:id=\"a\"/>"
             "<x:sheet name=\"会员\" r:id=\"b\"/><x:sheet name=\"旧\" r:id=\"c\"/></x:sheets></x:workbook>")},
        {"xl/_rels/book.xml.rels",
         STR_INIT(
             "<Relationships><Relationship Id=\"h\" Target=\"s/h.xml\" Type=\"/worksheet\"/><Relationship "
             "Id=\"a\" Target=\"s/a.xml\" Type=\"/worksheet\"/><Relationship Id=\"b\" "
             "Target=\"../xl/s/./b.xml\" Type=\"/worksheet\"/><Relationship Id=\"s\" "
             "Target=\"styles.xml\" Type=\"x/styles\"/></Relationships>")},
        {"xl/s/h.xml",
         arena_fmt(a, "%s" ROW_OF("姓名", "身份证号") ROW_OF("隐藏", "620112198808081011") "%s", HEAD, END)},
        {"xl/s/a.xml", arena_fmt(a, "%s" ROW_OF("填写说明", "姓名") "%s", HEAD, END)},
        {"xl/s/b.xml",
         STR_INIT("<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row><x:c t=\"str\"><x:v>姓名</x:v></x:c><x:c "
                  "t=\"str\"><x:v>身份证号</x:v></x:c><x:c t=\"str\"><x:v>入会日期</x:v></x:c></x:row><x:row "
                  "hidden=\"true\"><x:c t=\"str\"><x:v>张三</x:v></x:c><x:c "
                  "t=\"str\"><x:v>620112198808081011</x:v>"
                  "</x:c><x:c s=\"0\"><x:v>42077</x:v></x:c></x:row></x:sheetData></x:worksheet>")},
        {"xl/styles.xml", STR_INIT("<s><cellXfs><xf numFmtId=\"31\"/></cellXfs></s>")},
    };
    struct seen *s = read_rows(a, IMPORT_MEMBER, zip_made(a, parts, COUNT(parts)));
    assert_int_equal(s->n, 1);
    assert_row_text(seen_value(s, 0, "name"), "张三");
    assert_row_text(seen_value(s, 0, "joined_on"), "2019-03-15");
    assert_row_text(s->sum.sheet.name, "会员");
    assert_row_text(s->sum.others, "说明、旧");
    assert_int_equal(s->sum.hidden, 1);
}

static enum status refuse_second(void *arg, struct arena *a, const struct import_row *row)
{
    (void)a, (void)row;
    return ++*(int *)arg == 2 ? ST_CONFLICT : ST_OK;
}

static void who_asks_may_stop(void **state)
{
    struct import_summary sum;
    int n = 0;
    assert_int_equal(import_read(*state, NULL, IMPORT_MEMBER, text(OLD), TODAY, refuse_second, &n, &sum),
                     ST_CONFLICT);
    assert_int_equal(n, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(an_old_list_is_read),    WITH_ARENA(cells_of_days),
        WITH_ARENA(cells_of_other_fields),  WITH_ARENA(cells_of_companies),
        WITH_ARENA(numbers_of_people),      WITH_ARENA(lines_of_a_sheet),
        WITH_ARENA(repeated_rows_are_told), WITH_ARENA(the_first_sheet_with_a_heading_is_taken),
        WITH_ARENA(who_asks_may_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
