#include "imports/sheets.h"

#include "seen.h"

#include "app/imports/files.h"
#include "base/buf.h"

static const char SHEET[] =
    "姓名,身份证号,备用,手机\n张三,620112198808081011,甲,13800000000\n李四,6.20112E+17,乙,\n"
    "王五,62011219880808102X,丙,1\n";

static void wrong_rows_go_back(void **state)
{
    struct fixture *x = *state;
    struct import_file file;
    struct job_id id = import_checked(x, "member", SHEET);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_import_errors(c, id, &file));
    struct seen *s = read_rows(c->arena, IMPORT_MEMBER, file.bytes);
    assert_int_equal(s->n, 2);
    assert_text(s->row[0].cells[0], "李四");
    assert_text(s->row[0].cells[2], "乙");
    assert_true(s->row[0].cells[4].n > 0);
    assert_text(s->row[1].cells[1], "62011219880808102X");
    assert_text(file.filename, arena_fmt(c->arena, "导入_%ld_错误原因.xlsx", (long)id.v).p);
    assert_int_equal(trail_count(x, "import.errors", "ok"), 1); /* full numbers have left */
    assert_int_equal(files_left(x), 0);
}

static enum status count_row(void *arg, struct arena *a, const struct import_row *row)
{
    (void)a, (void)row;
    ++*(int *)arg;
    return ST_OK;
}

/* More of them than are read at once. */
static void many_wrong_rows_go_back(void **state)
{
    struct fixture *x = *state;
    struct buf b;
    struct import_file file;
    struct import_summary sum;
    struct fault f = {0};
    buf_init(&b, 4096, 1 << 20);
    buf_str(&b, STR("姓名,身份证号\n"));
    for (int i = 0; i < 1203; i++)
        buf_fmt(&b, "张三,%d\n", i);
    buf_char(&b, '\0');
    struct job_id id = import_checked(x, "member", b.p);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_import_errors(c, id, &file));
    int n = 0;
    assert_int_equal(import_read(c->arena, &f, IMPORT_MEMBER, file.bytes, c->today, count_row, &n, &sum),
                     ST_OK);
    assert_int_equal(n, 1203);
    buf_free(&b);
}

static void a_template_of_each_kind(void **state)
{
    struct fixture *x = *state;
    for (int kind = 0; kind < IMPORT_KIND_COUNT; kind++) {
        struct import_file file;
        struct ctx *c = as_membership(x);
        assert_ok(c, app_import_template(c, (enum import_kind)kind, &file));
        assert_memory_equal(file.bytes.p, "PK", 2);
        app_end(c);
        c = as_viewer(x);
        assert_int_equal(app_import_template(c, (enum import_kind)kind, &file), ST_FORBIDDEN);
    }
    assert_int_equal(files_left(x), 0);
}

static void who_may_not_and_what_is_not_there(void **state)
{
    struct fixture *x = *state;
    struct import_file file;
    struct job_id bad = import_checked(x, "member", SHEET);
    struct ctx *c = as_membership(x);
    assert_int_equal(app_import_errors(c, (struct job_id){99999}, &file), ST_NOT_FOUND);
    app_end(c);
    assert_int_equal(app_import_errors(as_viewer(x), bad, &file), ST_FORBIDDEN);
    import_undone(x, bad); /* dropped */
    c = as_membership(x);
    assert_int_equal(app_import_errors(c, bad, &file), ST_NOT_FOUND);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(wrong_rows_go_back),
        TEST(many_wrong_rows_go_back),
        TEST(a_template_of_each_kind),
        TEST(who_may_not_and_what_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
