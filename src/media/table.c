#include "media/table.h"

#include "base/limits.h"
#include "media/delimited.h"
#include "media/worksheet.h"

#include <string.h>
#include <strings.h>

#define TO_XLSX "请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再上传"

struct table {
    struct arena *arena;
    struct bytes file;
    struct workbook book;
    bool is_book, shared_read;
};

/* What people bring instead, by its first bytes. */
static const char *other_kind(struct bytes file)
{
    static const struct {
        struct str begins;
        const char *text;
    } KINDS[] = {
        {STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
         "这是旧格式（.xls）或加了密码的表格，" TO_XLSX "；有密码的请先去掉密码"},
        {STR_INIT("%PDF-"), "这是 PDF，不是表格，请上传 .xlsx 或 .csv"},
        {STR_INIT("\xff\xd8\xff"), "这是照片，不是表格，请上传 .xlsx 或 .csv"},
        {STR_INIT("\x89PNG"), "这是图片，不是表格，请上传 .xlsx 或 .csv"},
        {STR_INIT("Rar!"), "这是压缩包，请先解压，再上传其中的 .xlsx 或 .csv"},
        {STR_INIT("7z\xbc\xaf"), "这是压缩包，请先解压，再上传其中的 .xlsx 或 .csv"},
        {STR_INIT("\x1f\x8b"), "这是压缩包，请先解压，再上传其中的 .xlsx 或 .csv"},
        {STR_INIT("{\\rtf"), "这是文字文档，不是表格，" TO_XLSX},
    };
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (file.n >= KINDS[i].begins.n && memcmp(file.p, KINDS[i].begins.p, KINDS[i].begins.n) == 0)
            return KINDS[i].text;
    return NULL;
}

/* Old systems give web pages and XML the name .xls. */
static bool is_markup(struct bytes file)
{
    static const char *const BEGINS[] = {"<html", "<!doctype", "<table", "<?xml", "<meta", "<head", "<style"};
    size_t at = file.n >= 3 && memcmp(file.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < file.n && strchr(" \t\r\n", file.p[at]) && file.p[at])
        at++;
    for (size_t i = 0; i < sizeof BEGINS / sizeof *BEGINS; i++) {
        size_t n = strlen(BEGINS[i]);
        if (file.n - at >= n && strncasecmp((const char *)file.p + at, BEGINS[i], n) == 0) return true;
    }
    return false;
}

static enum status open_kind(struct table *t, struct fault *f)
{
    struct bytes file = t->file;
    const char *other = other_kind(file);
    if (file.n == 0) return fail(f, ST_BAD_INPUT, "文件是空的，请重新选择");
    if (file.n > LIMIT_FILE_BYTES)
        return fail(f, ST_BAD_INPUT, "文件太大，最多 %u MB，请分成几个文件上传", LIMIT_FILE_BYTES >> 20);
    if (other) return fail(f, ST_BAD_INPUT, "%s", other);
    t->is_book = file.n >= 4 && memcmp(file.p, "PK\3\4", 4) == 0;
    if (t->is_book) return workbook_open(t->arena, f, file, &t->book);
    if (is_markup(file)) return fail(f, ST_BAD_INPUT, "这是网页或 XML 格式的表格，" TO_XLSX);
    if (!delimited_is(file)) return fail(f, ST_BAD_INPUT, "这不是表格文件，请上传 .xlsx 或 .csv");
    return ST_OK;
}

enum status table_open(struct arena *a, struct fault *f, struct bytes file, struct table **ret)
{
    struct table *t = ARENA_NEW(a, struct table);
    *t = (struct table){.arena = a, .file = file};
    TRY(open_kind(t, f));
    *ret = t;
    return ST_OK;
}

size_t table_sheets(const struct table *t)
{
    return t->is_book ? t->book.n : 1;
}

struct str table_sheet_name(const struct table *t, size_t at)
{
    return t->is_book ? t->book.p[at].name : STR("");
}

bool table_sheet_hidden(const struct table *t, size_t at)
{
    return t->is_book && t->book.p[at].hidden;
}

enum status table_read(struct table *t, struct fault *f, size_t sheet, table_row_fn each, void *arg)
{
    size_t entry;
    if (!t->is_book) return delimited_read(t->arena, f, t->file, each, arg);
    if (!t->shared_read) TRY(workbook_shared(&t->book, f));
    t->shared_read = true;
    TRY(workbook_part(&t->book, f, t->book.p[sheet].relation, &entry));
    return worksheet_read(&t->book, f, entry, each, arg);
}
