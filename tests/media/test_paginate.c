#include "media/paginate.h"

#include "check.h"

#define MAX_PAGES 6

static void rows_fall_on_pages(void **state)
{
    (void)state;
    static const struct {
        size_t rows;
        double height, closing;
        size_t pages, counts[MAX_PAGES];
    } cases[] = {
        {0, 10, 40, 1, {0}},    /* nobody: still a page with the closing block */
        {1, 10, 40, 1, {1}},    /* room for 10 rows on the first page, 15 on the next */
        {6, 10, 40, 1, {6}},    /* exactly full */
        {7, 10, 40, 2, {4, 3}}, /* the block goes over and takes three rows */
        {10, 10, 40, 2, {7, 3}},       {11, 10, 40, 2, {10, 1}}, {21, 10, 40, 2, {10, 11}},
        {25, 10, 40, 3, {10, 12, 3}},  {2, 50, 60, 2, {1, 1}}, /* one stays behind */
        {5, 20, 100, 2, {3, 2}},                               /* room for two beside the block */
        {3, 200, 40, 4, {1, 1, 1, 0}},                         /* rows higher than a page: one each */
        {40, 10, 0, 3, {10, 15, 15}},                          /* no closing block */
    };
    struct arena *a = arena_new();
    for (size_t c = 0; c < COUNT(cases); c++) {
        double heights[64];
        for (size_t i = 0; i < cases[c].rows; i++)
            heights[i] = cases[c].height;
        struct page_room room = {100, 150, cases[c].closing};
        struct page_spans spans = paginate(a, heights, cases[c].rows, &room);
        assert_int_equal(spans.n, cases[c].pages);
        size_t next = 0;
        for (size_t i = 0; i < spans.n; i++) {
            assert_int_equal(spans.p[i].first, next);
            assert_int_equal(spans.p[i].count, cases[c].counts[i]);
            assert_int_equal(spans.p[i].closing, i + 1 == spans.n);
            next += spans.p[i].count;
        }
        assert_int_equal(next, cases[c].rows);
    }
    arena_free(a);
}

static void heights_of_rows_may_differ(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const double heights[] = {60, 39, 2, 100, 49, 2};
    struct page_room room = {100, 150, 10};
    struct page_spans spans = paginate(a, heights, COUNT(heights), &room);
    assert_int_equal(spans.n, 3);
    assert_int_equal(spans.p[0].count, 2);
    assert_int_equal(spans.p[1].count, 2);
    assert_int_equal(spans.p[2].count, 2);
    arena_free(a);
}

/* Three would fit by number, not by height. */
static void as_many_high_rows_go_over_as_have_room(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const double heights[] = {20, 20, 40, 15};
    struct page_room room = {100, 150, 90};
    struct page_spans spans = paginate(a, heights, COUNT(heights), &room);
    assert_int_equal(spans.n, 2);
    assert_int_equal(spans.p[0].count, 2);
    assert_int_equal(spans.p[1].first, 2);
    assert_int_equal(spans.p[1].count, 2);
    assert_true(spans.p[1].closing);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_fall_on_pages),
        cmocka_unit_test(heights_of_rows_may_differ),
        cmocka_unit_test(as_many_high_rows_go_over_as_have_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
