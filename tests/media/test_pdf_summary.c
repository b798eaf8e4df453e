#include "media/pdf.h"

#include "check.h"
#include "pdf_pages.h"

#include <pthread.h>

static const struct pdf_column columns[] = {
    {.title = STR_INIT("序号"), .whole = true},
    {.title = STR_INIT("姓名"), .weight = 1},
    {.title = STR_INIT("身份证号"), .whole = true},
};
static const struct pdf_pair pairs[] = {{STR_INIT("企业名称（公章）"), STR_INIT("演示监理公司0001")},
                                        {STR_INIT("联系人"), STR_INIT("王𬱖")}};

static struct pdf_batch batch_of(struct arena *a, size_t rows)
{
    struct str *cells = ARENA_ARRAY(a, rows * COUNT(columns), struct str);
    for (size_t i = 0; i < rows; i++) {
        cells[i * 3] = arena_fmt(a, "%zu", i + 1);
        cells[i * 3 + 1] = STR("王𬱖");
        cells[i * 3 + 2] = STR("620102198506070001");
    }
    return (struct pdf_batch){.title = STR("汇总表"),
                              .head = pairs,
                              .head_count = COUNT(pairs),
                              .qr = STR("http://127.0.0.1:8080/b/1"),
                              .number = STR("N-2026-000012"),
                              .check_code = STR("9F3C-27A1-04BE-D865"),
                              .columns = columns,
                              .column_count = COUNT(columns),
                              .cells = cells,
                              .row_count = rows,
                              .totals = pairs,
                              .total_count = COUNT(pairs)};
}

static struct bytes print(struct arena *a, const struct pdf_batch *batches, size_t n)
{
    struct bytes pdf;
    assert_int_equal(pdf_summary(a, NULL, DAY(2026, 11, 23), batches, n, &pdf), ST_OK);
    return pdf;
}

static void every_page_is_a4_landscape(void **state)
{
    (void)state;
    static const struct {
        size_t rows;
        int least, most;
    } cases[] = {{0, 1, 1}, {1, 1, 1}, {10, 1, 1}, {20, 2, 2}, {100, 4, 6}, {500, 18, 23}};
    for (size_t c = 0; c < COUNT(cases); c++) {
        struct arena *a = arena_new();
        struct pdf_batch batch = batch_of(a, cases[c].rows);
        struct bytes pdf = print(a, &batch, 1);
        assert_in_range(pages_of(pdf, "841.89 595.28"), cases[c].least, cases[c].most);
        assert_int_equal(count_of(pdf, "/MediaBox"), pages_of(pdf, "841.89 595.28"));
        arena_free(a);
    }
}

static void each_batch_begins_on_a_new_page(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct pdf_batch batches[] = {batch_of(a, 3), batch_of(a, 4), batch_of(a, 5)};
    assert_int_equal(pages_of(print(a, batches, COUNT(batches)), "841.89 595.28"), 3);
    arena_free(a);
}

/* Seen by the room that is left for the rows. */
static void a_company_name_too_long_for_a_third_of_the_line_has_one_of_its_own(void **state)
{
    (void)state;
    static const struct {
        struct str name;
        int pages;
    } cases[] = {
        {STR_INIT("演示监理公司0001"), 1},
        {STR_INIT(
             "甘肃省兰州市黄河风情线建设工程项目管理与全过程工程咨询监理有限责任公司第二分公司（兰州新区）"),
         2}};
    for (size_t c = 0; c < COUNT(cases); c++) {
        struct arena *a = arena_new();
        struct pdf_pair head[15];
        for (size_t i = 0; i < COUNT(head); i++)
            head[i] = (struct pdf_pair){STR("企业名称（公章）"), cases[c].name};
        struct pdf_batch batch = batch_of(a, 10);
        batch.head = head;
        batch.head_count = COUNT(head);
        batch.qr = STR_NONE;
        assert_int_equal(pages_of(print(a, &batch, 1), "841.89 595.28"), cases[c].pages);
        arena_free(a);
    }
}

/* More than a reason may have, in a narrow column: its row still stands on one page with the closing block.
 */
static void a_row_grows_but_not_beyond_its_page(void **state)
{
    (void)state;
    static const struct pdf_column narrow[] = {{.title = STR_INIT("姓名"), .weight = 11},
                                               {.title = STR_INIT("备注"), .weight = 1}};
    struct arena *a = arena_new();
    struct str cells[4];
    struct str text = STR("一");
    for (int i = 0; i < 9; i++)
        text = arena_fmt(a, "%.*s%.*s", STR_ARG(text), STR_ARG(text));
    cells[0] = cells[2] = STR("王𬱖");
    cells[1] = cells[3] = text;
    struct pdf_batch batch = batch_of(a, 2);
    batch.columns = narrow;
    batch.column_count = COUNT(narrow);
    batch.cells = cells;
    assert_int_equal(pages_of(print(a, &batch, 1), "841.89 595.28"), 2);
    arena_free(a);
}

static void the_same_input_makes_the_same_bytes(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct pdf_batch batch = batch_of(a, 30), other = batch_of(a, 31);
    assert_true(bytes_eq(print(a, &batch, 1), print(a, &batch, 1)));
    assert_false(bytes_eq(print(a, &batch, 1), print(a, &other, 1)));
    arena_free(a);
}

static void *print_in_thread(void *ret)
{
    struct arena *a = arena_new();
    struct pdf_batch batch = batch_of(a, 60);
    struct bytes pdf;
    if (pdf_summary(a, NULL, DAY(2026, 11, 23), &batch, 1, &pdf) == ST_OK) *(size_t *)ret = pdf.n;
    arena_free(a);
    return NULL;
}

static void several_threads_may_print_at_once(void **state)
{
    (void)state;
    pthread_t threads[4];
    size_t sizes[COUNT(threads)] = {0};
    for (size_t i = 0; i < COUNT(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, print_in_thread, &sizes[i]), 0);
    for (size_t i = 0; i < COUNT(threads); i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (size_t i = 0; i < COUNT(threads); i++) {
        assert_true(sizes[i] > 1000);
        assert_int_equal(sizes[i], sizes[0]);
    }
}

static void odd_tables_print(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct pdf_batch batch = batch_of(a, 2);
    batch.qr = STR_NONE;
    batch.column_count = 0;
    batch.row_count = 0;
    assert_int_equal(pages_of(print(a, &batch, 1), "841.89 595.28"), 1);
    static const struct pdf_column whole = {.title = STR_INIT("身份证号"), .whole = true};
    static const struct str broken[] = {STR_INIT("\xff\0\n620102198506070001"), {NULL, 0}};
    batch.columns = &whole;
    batch.column_count = 1;
    batch.cells = broken;
    batch.row_count = COUNT(broken);
    assert_int_equal(pages_of(print(a, &batch, 1), "841.89 595.28"), 1);
    arena_free(a);
}

static void an_address_that_fits_no_code_is_refused(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct pdf_batch batch = batch_of(a, 1);
    struct bytes pdf = {NULL, 7};
    batch.qr = STR("a\0b");
    assert_int_equal(pdf_summary(a, NULL, DAY(2026, 11, 23), &batch, 1, &pdf), ST_BAD_INPUT);
    assert_int_equal(pdf.n, 7);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_is_a4_landscape),
        cmocka_unit_test(each_batch_begins_on_a_new_page),
        cmocka_unit_test(a_company_name_too_long_for_a_third_of_the_line_has_one_of_its_own),
        cmocka_unit_test(a_row_grows_but_not_beyond_its_page),
        cmocka_unit_test(the_same_input_makes_the_same_bytes),
        cmocka_unit_test(several_threads_may_print_at_once),
        cmocka_unit_test(odd_tables_print),
        cmocka_unit_test(an_address_that_fits_no_code_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
