#include "media/table.h"

#include "../book_made.h"
#include "check.h"

#include "base/buf.h"
#include "base/limits.h"
#include "media/unzip.h"

#include <string.h>

#define WITH_ARENA(fn) cmocka_unit_test_setup_teardown(fn, arena_before, arena_after)

static int arena_before(void **state)
{
    *state = arena_new();
    return 0;
}

static int arena_after(void **state)
{
    arena_free(*state);
    return 0;
}

/* All rows as text: number and H where it is hidden, then | and a cell, with its kind before what is no text.
 */
struct lines {
    struct buf text;
};

static enum status keep(void *arg, const struct table_row *row)
{
    static const char KINDS[] = {
        [CELL_NONE] = 0, [CELL_TEXT] = 0, [CELL_NUMBER] = '#', [CELL_DAY] = '@', [CELL_ERROR] = '!'};
    struct lines *l = arg;
    buf_fmt(&l->text, "%u%s", (unsigned)row->number, row->hidden ? "H" : "");
    for (size_t i = 0; i < row->n; i++) {
        buf_char(&l->text, '|');
        if (KINDS[row->cells[i].kind]) buf_char(&l->text, KINDS[row->cells[i].kind]);
        if (row->cells[i].rounded) buf_char(&l->text, '~');
        buf_str(&l->text, row->cells[i].text);
    }
    buf_char(&l->text, '\n');
    return ST_OK;
}

/* The rows of the first sheet, or what the fault says. */
static struct str read_table(struct arena *a, struct bytes file)
{
    struct table *t;
    struct fault f = {0};
    struct lines l = {{0}};
    buf_init(&l.text, 256, 1 << 20);
    buf_tie(a, &l.text);
    enum status s = table_open(a, &f, file, &t);
    if (s == ST_OK) s = table_read(t, &f, 0, keep, &l);
    assert_true(s == ST_OK || s == ST_BAD_INPUT);
    struct str text = arena_str(a, s == ST_OK ? buf_text(&l.text) : str_from(f.text));
    buf_free(&l.text);
    return text;
}

static void expect(struct arena *a, const char *what, struct bytes file, const char *expected)
{
    struct str got = read_table(a, file);
    if (!str_eq(got, str_from(expected))) print_error("%s: %.*s, not %s\n", what, STR_ARG(got), expected);
    assert_true(str_eq(got, str_from(expected)));
}

static void text_with_separators(void **state)
{
    static const struct {
        struct str file;
        const char *rows;
    } CASES[] = {
        {STR_INIT("a,b\nc,d\n"), "1|a|b\n2|c|d\n"},
        {STR_INIT("\xef\xbb\xbf姓名,单位\r\n张三,甲\r\n"), "1|姓名|单位\n2|张三|甲\n"},
        {STR_INIT("\xd0\xd5\xc3\xfb,\xb5\xa5\xce\xbb\r\n\xd5\xc5\xc8\xfd\t,\xbc\xd7"),
         "1|姓名|单位\n2|张三\t|甲\n"},
        {STR_INIT("\x95\x32\x82\x36,a\n"), "1|𠀀|a\n"}, /* four bytes of GB18030 */
        {STR_INIT("\xff\xfe"
                  "a\0,\0b\0\n\0\xd3\x4e,\0c\0"),
         "1|a|b\n2|仓|c\n"},
        {STR_INIT("\xfe\xff\0a\0\t\0b\0\n"), "1|a|b\n"},
        {STR_INIT("a;b\nc;d,e\n"), "1|a|b\n2|c|d,e\n"},
        {STR_INIT("a\tb\nc\td\n"), "1|a|b\n2|c|d\n"},
        {STR_INIT("sep=;\r\na;b,c,d\r\n"), "1|a|b,c,d\n"},
        {STR_INIT("a,\"b\nc\",\"d\"\"e\"\r\nf,g,h"), "1|a|b\nc|d\"e\n2|f|g|h\n"},
        {STR_INIT("a,b\"c,\"d\"e\n"), "1|a|b\"c|de\n"},
        {STR_INIT("a,b\rc,d\r\r\ne,f"), "1|a|b\n2|c|d\n4|e|f\n"},
        {STR_INIT("\n,,\n,a,\n\n"), "3||a\n"},
        {STR_INIT("\"a,b\n"), "第 1 行的引号没有成对，请检查后再上传"},
        {STR_INIT("\xd0\xd5\xc3\xfb,\xff\xff\xff\n"),
         "第 1 行附近有不能识别的文字，请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再上传"},
        {STR_INIT("\xd0\xd5\xc3\xfb,\xb5"),
         "第 1 行附近有不能识别的文字，请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再上传"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        expect(*state, CASES[i].file.p, str_bytes(CASES[i].file), CASES[i].rows);
}

static void text_beyond_the_limits(void **state)
{
    struct buf b;
    buf_init(&b, 4096, 1 << 22);
    for (int i = 0; i < LIMIT_SHEET_COLUMNS; i++)
        buf_str(&b, STR("a,"));
    expect(*state, "empty behind the last column", str_bytes(buf_text(&b)),
           arena_fmt(*state, "1%.*s\n", 2 * LIMIT_SHEET_COLUMNS,
                     "|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|"
                     "a|a|a|a|a|a|a"
                     "|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|"
                     "a|a|a|a|a|a|a")
               .p);
    buf_str(&b, STR("b"));
    expect(*state, "wide", str_bytes(buf_text(&b)),
           "表格太宽：第 1 行有 101 列，最多 100 列，请删除多余的列后再上传");
    b.n = 0;
    for (unsigned i = 0; i <= LIMIT_SHEET_CELL; i++)
        buf_char(&b, 'x');
    expect(*state, "long", str_bytes(buf_text(&b)),
           "第 1 行有一格的内容太长，可能是引号没有成对，请检查后再上传");
    buf_free(&b);
}

#define TO_XLSX "请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再上传"

static void other_files_are_named(void **state)
{
    static const struct {
        struct str file;
        const char *text;
    } CASES[] = {
        {STR_INIT(""), "文件是空的，请重新选择"},
        {STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0"),
         "这是旧格式（.xls）或加了密码的表格，" TO_XLSX "；有密码的请先去掉密码"},
        {STR_INIT("%PDF-1.7\n"), "这是 PDF，不是表格，请上传 .xlsx 或 .csv"},
        {STR_INIT("\xff\xd8\xff\xe0"), "这是照片，不是表格，请上传 .xlsx 或 .csv"},
        {STR_INIT("\r\n <HTML><table>"), "这是网页或 XML 格式的表格，" TO_XLSX},
        {STR_INIT("\xef\xbb\xbf<?xml version=\"1.0\"?>"), "这是网页或 XML 格式的表格，" TO_XLSX},
        {STR_INIT("姓名\0,单位"), "这不是表格文件，请上传 .xlsx 或 .csv"},
        {STR_INIT("\x7f"
                  "ELF\2\1\1"),
         "这不是表格文件，请上传 .xlsx 或 .csv"},
        {STR_INIT("PK\3\4 and no more"), "文件不完整或已损坏，请在电脑上打开检查后重新保存，再上传"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        expect(*state, CASES[i].text, str_bytes(CASES[i].file), CASES[i].text);
    const struct book_part word[] = {{"[Content_Types].xml", STR_INIT("<Types/>")},
                                     {"word/document.xml", STR_INIT("<d/>")}};
    expect(*state, "a letter", zip_made(*state, word, COUNT(word)), "这不是 Excel 工作簿（.xlsx），" TO_XLSX);
}

#define T(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"

static void cells_of_a_workbook(void **state)
{
    static const struct {
        const char *rows, *expected;
    } CASES[] = {
        {"<row>" T("a") "<c/><c><v>1</v></c></row>", "1|a||#1\n"},
        {"<row r=\"3\" hidden=\"1\"><c r=\"B3\" t=\"s\"><v>1</v></c></row>", "3H||二段\n"},
        {"<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>2</v></c></row>", "1|一|_x41_A\n"},
        {"<row r=\"5\"/><row/><row>" T("a") "</row>", "7|a\n"},
        {"<row><c s=\"1\"><v>43539</v></c><c s=\"2\"><v>43539.5</v></c><c s=\"9\"><v>43539</v></c></row>",
         "1|@2019-03-15|@2019-03-15|#43539\n"},
        {"<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c></row>",
         "1|是|否|!#N/A\n"},
        {"<row><c><f>1+1</f><v>2</v></c><c><f>1+1</f></c><c t=\"str\"><f>a</f><v>x</v></c></row>",
         "1|#2|!|x\n"},
        {"<row><c><v>6.20112198808081E+17</v></c><c><v>620112198808081011</v></c></row>",
         "1|#~620112198808081000|#620112198808081011\n"},
        {"<row><c><v>NaN</v></c><c><v>1e999</v></c><c><v>0x10</v></c></row>", "1|NaN|1e999|0x10\n"},
        {"<row><c r=\"XFD1\"/></row><row r=\"1048576\">" T("a") "</row>", "1048576|a\n"},
        {"<row>" T("_x0041_&amp;_x000D_&#10;_xD800_") "</row>", "1|A&\r\n_xD800_\n"},
        {"<extLst><row/></extLst>", ""},
        {"<row spans=\"1:9\"><c r=\"c1\"><is><t>x</t></is><v>7</v></c></row>", "1|||#7\n"},
    };
    static const char SHARED[] =
        "<si><t>一</t></si>"
        "<si><r><t>二</t></r><r><rPr/><t>段</t></r><rPh sb=\"0\" eb=\"1\"><t>er</t></rPh></si>"
        "<si><t>_x005F_x41__x0041_</t></si>";
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct book_made m = {.rows = CASES[i].rows, .shared = SHARED};
        expect(*state, CASES[i].rows, book_made(*state, &m), CASES[i].expected);
    }
}

#define DAMAGED   "表格内容已损坏，请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再上传"
#define AT_ROW(n) "表格内容已损坏（第 " n " 行附近），请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再上传"

static void damaged_cells(void **state)
{
    static const struct {
        const char *rows, *expected;
    } CASES[] = {
        {"<row><c t=\"s\"><v>1</v></c></row>", AT_ROW("1")},
        {"<row><c t=\"s\"><v>-1</v></c></row>", AT_ROW("1")},
        {"<row><c t=\"s\"><v>x</v></c></row>", AT_ROW("1")},
        {"<row><c t=\"s\"><v>99999999999999999999</v></c></row>", AT_ROW("1")},
        {"<row r=\"2\"/><row r=\"2\"/>", AT_ROW("2")},
        {"<row r=\"2\"/><row r=\"1\"/>", AT_ROW("2")},
        {"<row r=\"0\"/>", AT_ROW("0")},
        {"<row r=\"-1\"/>", AT_ROW("0")},
        {"<row r=\"1048577\"/>", AT_ROW("0")},
        {"<row r=\"99999999999999999999\"/>", AT_ROW("0")},
        {"<row><c r=\"B1\"/><c r=\"A1\"/></row>", AT_ROW("1")},
        {"<row><c r=\"A1\"/><c r=\"A1\"/></row>", AT_ROW("1")},
        {"<row><c r=\"XFE1\"/></row>", AT_ROW("1")},
        {"<row><c r=\"AAAAAAAAAAAAAAAAAAAA1\"/></row>", AT_ROW("1")},
        {"<row><c r=\"1\"/></row>", AT_ROW("1")},
        {"<row><c r=\"A-1\"/></row>", AT_ROW("1")},
        {"<row><row/></row>", AT_ROW("1")},
        {"<row><c><c/></c></row>", AT_ROW("1")},
        {"<row><c><v>1</v></row>", DAMAGED},
        {"<row>&nosuch;</row>", DAMAGED},
        {"<row r=\"1\" r=\"1\"/>", DAMAGED},
        {"<row><c r=\"XFD1\"><v>1</v></c></row>",
         "表格太宽：第 1 行有 16384 列，最多 100 列，请删除多余的列后再上传"},
        {"<row r=\"9\"><c r=\"GR9\"><v>1</v></c></row>",
         "表格太宽：第 9 行有 200 列，最多 100 列，请删除多余的列后再上传"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct book_made m = {.rows = CASES[i].rows, .shared = "<si><t>一</t></si>"};
        expect(*state, CASES[i].rows, book_made(*state, &m), CASES[i].expected);
    }
}

#define DTD "表格里有不允许的内容（DTD），请用 Excel 或 WPS 另存为 .xlsx 后再上传"

static void nothing_is_expanded_or_fetched(void **state)
{
    static const char *const SHEETS[] = {
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;</worksheet>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><worksheet>&a;</worksheet>",
        "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\"><worksheet/>",
    };
    for (size_t i = 0; i < COUNT(SHEETS); i++)
        expect(*state, SHEETS[i], book_made(*state, &(struct book_made){.sheet = SHEETS[i]}), DTD);
    static const char BOOK[] = "<!DOCTYPE x [<!ENTITY a \"x\">]><workbook/>";
    expect(*state, "the workbook", book_made(*state, &(struct book_made){.workbook = BOOK}), DTD);
    static const char EXTERNAL[] =
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"rId4\"/></sheets></workbook>";
    expect(*state, "a sheet elsewhere", book_made(*state, &(struct book_made){.workbook = EXTERNAL}),
           DAMAGED);
}

/* Many times a piece. */
static const char *often(struct arena *a, const char *before, const char *piece, size_t n, const char *after)
{
    struct buf *b = buf_new(a, 1 << 16, 64u << 20);
    buf_str(b, str_from(before));
    for (size_t i = 0; i < n; i++)
        buf_str(b, str_from(piece));
    buf_str(b, str_from(after));
    buf_char(b, '\0');
    assert_false(b->full);
    return b->p;
}

static void much_of_it(void **state)
{
    struct arena *a = *state;
    struct book_made rows = {.rows = often(a, "", "<row/>", 1048575, "<row>" T("a") "</row>")};
    expect(a, "a million empty rows", book_made(a, &rows), "1048576|a\n");
    struct book_made more = {.rows = often(a, "", "<row/>", 1048577, "")};
    expect(a, "more rows than there can be", book_made(a, &more), AT_ROW("1048576"));
    struct book_made cell = {
        .rows = often(a, "<row><c t=\"str\"><v>", "x", LIMIT_SHEET_CELL + 1, "</v></c></row>")};
    expect(a, "a long cell", book_made(a, &cell), "第 1 行有一格的内容太长");
    struct book_made quiet = {.rows = often(a, "<!--", "x", 3u << 20, "-->")};
    expect(a, "a long comment", book_made(a, &quiet), DAMAGED);
    struct book_made attribute = {.rows = often(a, "<row a=\"", "x", 3u << 20, "\"/>")};
    expect(a, "a long attribute", book_made(a, &attribute), DAMAGED);
    struct book_made deep = {.rows = often(a, often(a, "", "<a>", 100, ""), "</a>", 100, "")};
    expect(a, "deep", book_made(a, &deep), DAMAGED);
}

/* Each name is kept by the parser as long as it lives. */
static void names_without_end(void **state)
{
    struct buf *b = buf_new(*state, 1 << 20, 64u << 20);
    for (int i = 0; i < 350000; i++)
        buf_fmt(b, "<a%d/>", i);
    buf_char(b, '\0');
    expect(*state, "names", book_made(*state, &(struct book_made){.rows = b->p}), DAMAGED);
}

static void shared_texts_have_a_limit(void **state)
{
    struct book_made m = {.rows = "",
                          .shared = often(*state, "<si><t>", "0123456789abcde\n", 1u << 20, "</t></si>")};
    expect(*state, "16 MB", book_made(*state, &m), "");
}

/* What is merged over rows stands in each that has something of its own. */
static void merged_cells(void **state)
{
    static const struct {
        const char *cells, *merged, *expected;
    } CASES[] = {
        {"<row>" T("a") T("b") "</row><row><c r=\"B2\" t=\"str\"><v>c</v></c></row><row><c r=\"B3\" "
                               "t=\"str\"><v>d</v></c></row>",
         "<mergeCell ref=\"A1:A2\"/>", "1|a|b\n2|a|c\n3||d\n"},
        {"<row>" T("a") T("b") "</row><row>" T("c") "</row>", "<mergeCell ref=\"B1:B2\"/>", "1|a|b\n2|c|b\n"},
        {"<row>" T("a") "</row><row/><row r=\"4\">" T("x") "</row>", "<mergeCell ref=\"A1:A3\"/>",
         "1|a\n4|x\n"},
        {"<row>" T("a") T("b") "</row><row>" T("c") "</row>", "<mergeCell ref=\"A1:B1\"/>", "1|a|b\n2|c\n"},
        {"<row>" T("a") "</row><row>" T("c") "</row>", "<mergeCell ref=\"A1:C2\"/>", "1|a\n2|c\n"},
        {"<row>" T("a") "</row><row><c/><c><v>1</v></c></row><row>" T(
             "b") "</row><row><c/><c><v>2</v></c></row>",
         "<mergeCell ref=\"A3:A4\"/><mergeCell ref=\"A1:A2\"/>", "1|a\n2|a|#1\n3|b\n4|b|#2\n"},
        {"<row><c s=\"1\"><v>43539</v></c></row><row><c/><c><v>1</v></c></row>", "<mergeCell ref=\"A1:A2\"/>",
         "1|@2019-03-15\n2|@2019-03-15|#1\n"},
        {"<row>" T("a") "</row><row><c/><c><v>1</v></c></row>",
         "<mergeCell ref=\"A0:A2\"/><mergeCell ref=\"A1\"/><mergeCell ref=\"XFD1:XFD9\"/><mergeCell "
         "ref=\"A2:A1\"/>"
         "<mergeCell ref=\"A1:A99999999999\"/><mergeCell ref=\"\"/>",
         "1|a\n2|a|#1\n"},
        {"<row/><row><c/><c><v>1</v></c></row>", "<mergeCell ref=\"A1:A2\"/>", "2||#1\n"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct str sheet =
            arena_fmt(*state, "<worksheet><sheetData>%s</sheetData><mergeCells>%s</mergeCells></worksheet>",
                      CASES[i].cells, CASES[i].merged);
        expect(*state, CASES[i].merged, book_made(*state, &(struct book_made){.sheet = sheet.p}),
               CASES[i].expected);
    }
}

/* Wherever the piece of the file ends that holds it. */
static void merged_cells_are_found_at_every_place(void **state)
{
    for (int shift = 0; shift < 130; shift++) {
        struct str sheet = arena_fmt(
            *state,
            "<worksheet><sheetData><row>" T("a") "</row><row><c/><c><v>1</v></c></row></sheetData>%*s"
                                                 "<mergeCell ref=\"A1:A2\"/></worksheet>",
            (64 << 10) - 200 + shift, "");
        expect(*state, "at every place", book_made(*state, &(struct book_made){.sheet = sheet.p}),
               "1|a\n2|a|#1\n");
    }
}

/* As an archive of Word or of a virus scanner's nightmares. */
static void archives(void **state)
{
    struct book_made usual = {.rows = "<row>" T("a") "</row>"};
    struct bytes file = book_made(*state, &usual);
    uint8_t *p = arena_alloc(*state, file.n);
    memcpy(p, file.p, file.n);
    expect(*state, "as it is", (struct bytes){p, file.n}, "1|a\n");
    for (size_t i = 0; i + 4 < file.n; i++) {
        if (memcmp(p + i, "PK\1\2", 4) == 0) p[i + 8] |= 1;
        if (memcmp(p + i, "PK\3\4", 4) == 0) p[i + 6] |= 1;
    }
    expect(*state, "encrypted", (struct bytes){p, file.n}, "文件加了密码，请去掉密码后重新保存，再上传");
    memcpy(p, file.p, file.n);
    for (size_t i = 0; i + 4 < file.n; i++) {
        if (memcmp(p + i, "PK\1\2", 4) == 0) p[i + 10] = 12;
        if (memcmp(p + i, "PK\3\4", 4) == 0) p[i + 8] = 12;
    }
    expect(*state, "packed otherwise", (struct bytes){p, file.n},
           "文件的压缩方式不能读取，请用普通 ZIP 方式重新保存，再上传");
    const struct book_part twice[] = {{"xl/workbook.xml", STR_INIT("<workbook/>")},
                                      {"XL\\Workbook.xml", STR_INIT("<workbook/>")}};
    expect(*state, "twice", zip_made(*state, twice, 2),
           "文件不完整或已损坏，请在电脑上打开检查后重新保存，再上传");
}

/* What an archive unpacks to is counted, whatever it says itself. */
static void unpacking_has_an_end(void **state)
{
    const struct book_part parts[] = {{"a", STR_INIT("0123456789")}, {"b", STR_INIT("0123456789")}};
    struct bytes file = zip_made(*state, parts, COUNT(parts));
    struct unzip *z;
    struct unzip_entry *e;
    struct fault f = {0};
    char to[64];
    size_t n;
    assert_int_equal(unzip_begin(*state, &f, file, 15, &z), ST_OK);
    assert_int_equal(unzip_open(*state, z, &f, 0, &e), ST_OK);
    assert_int_equal(unzip_read(e, &f, to, sizeof to, &n), ST_OK);
    assert_int_equal(n, 10);
    assert_int_equal(unzip_open(*state, z, &f, 1, &e), ST_OK);
    assert_int_equal(unzip_read(e, &f, to, sizeof to, &n), ST_BAD_INPUT);
    assert_string_equal(f.text, "文件解压后太大，请只保留需要的内容，分成几个文件上传");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(text_with_separators),
        WITH_ARENA(text_beyond_the_limits),
        WITH_ARENA(other_files_are_named),
        WITH_ARENA(cells_of_a_workbook),
        WITH_ARENA(damaged_cells),
        WITH_ARENA(nothing_is_expanded_or_fetched),
        WITH_ARENA(much_of_it),
        WITH_ARENA(names_without_end),
        WITH_ARENA(shared_texts_have_a_limit),
        WITH_ARENA(merged_cells),
        WITH_ARENA(merged_cells_are_found_at_every_place),
        WITH_ARENA(archives),
        WITH_ARENA(unpacking_has_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
