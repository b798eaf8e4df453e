#include "app/imports/errors.h"

#include "../../domain/check.h"
#include "seen.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char SHEET[] = "名单\r\n"
                            "姓名,身份证号,自备,错误原因,通讯地址\r\n"
                            "张三,62011219880808101,乙,旧的原因,\"=HYPERLINK(\"\"http://x\"\",1)\"\r\n"
                            "李四,6.20112E+17,,,+8613800000000\r\n";

struct writing {
    const char *path;
    struct import_errors *errors;
    struct arena *arena;
};

static enum status write_row(void *arg, struct arena *a, const struct import_row *row)
{
    struct writing *w = arg;
    if (!w->errors) TRY(import_errors_begin(w->arena, NULL, w->path, row->sheet, &w->errors));
    return import_errors_row(w->errors, NULL, row, arena_fmt(a, "第 %u 行：=1+1", row->row));
}

/* What was not taken comes back as it was, with the reason, and can be brought again. */
static void the_file_of_errors_is_read_like_the_first(void **state)
{
    char folder[] = "/tmp/huiyuan-errors-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct str path = arena_fmt(*state, "%s/errors.xlsx", folder);
    struct writing w = {.path = path.p, .arena = *state};
    struct import_summary sum;
    assert_int_equal(
        import_read(*state, NULL, IMPORT_MEMBER, str_bytes(str_from(SHEET)), TODAY, write_row, &w, &sum),
        ST_OK);
    assert_int_equal(import_errors_end(w.errors, NULL), ST_OK);
    struct seen *s = read_rows(*state, IMPORT_MEMBER, file_bytes(*state, path.p));
    unlink(path.p);
    rmdir(folder);
    assert_int_equal(s->n, 2);
    assert_int_equal(s->sum.sheet.columns, 5);
    assert_row_text(s->sum.sheet.headings[4], "错误原因");
    assert_row_text(s->sum.unread, "自备");
    assert_row_text(s->row[0].cells[0], "张三");
    assert_row_text(s->row[0].cells[1], "62011219880808101");
    assert_row_text(s->row[0].cells[2], "乙");
    assert_row_text(s->row[0].cells[3], "=HYPERLINK(\"http://x\",1)");
    assert_row_text(s->row[0].cells[4], "第 3 行：=1+1");
    assert_row_text(s->row[1].cells[1], "6.20112E+17");
    assert_row_text(s->row[1].cells[3], "+8613800000000");
    assert_row_text(seen_found(s, 0, "id_number"), "id_check");
}

int main(void)
{
    const struct CMUnitTest tests[] = {WITH_ARENA(the_file_of_errors_is_read_like_the_first)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
