#include "check.h"

#include "base/status.h"
#include "base/utf8.h"

#include <string.h>

static void each_status_has_its_answers(void **state)
{
    (void)state;
    static const struct {
        enum status status;
        int http;
        const char *name;
    } cases[] = {
        {ST_OK, 200, "ok"},
        {ST_BAD_INPUT, 422, "bad_input"},
        {ST_LOGIN, 303, "login"},
        {ST_FORBIDDEN, 403, "forbidden"},
        {ST_NOT_FOUND, 404, "not_found"},
        {ST_CONFLICT, 409, "conflict"},
        {ST_TOO_LARGE, 413, "too_large"},
        {ST_TOO_MANY, 429, "too_many"},
        {ST_UNAVAILABLE, 503, "unavailable"},
        {ST_BROKEN, 500, "broken"},
    };
    assert_int_equal(COUNT(cases), ST_BROKEN + 1);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(status_http(cases[i].status), cases[i].http);
        assert_string_equal(status_name(cases[i].status), cases[i].name);
    }
}

static void fail_records_and_returns(void **state)
{
    (void)state;
    struct fault f = {0};
    assert_int_equal(fail(&f, ST_CONFLICT, "第 %d 行", 3), ST_CONFLICT);
    assert_int_equal(f.status, ST_CONFLICT);
    assert_string_equal(f.text, "第 3 行");
    assert_string_equal(f.detail, "");

    assert_int_equal(fail_detail(&f, ST_BROKEN, "row %d", 4), ST_BROKEN);
    assert_int_equal(f.status, ST_BROKEN);
    assert_string_equal(f.text, "第 3 行");
    assert_string_equal(f.detail, "row 4");
}

static void fail_without_a_place(void **state)
{
    (void)state;
    assert_int_equal(fail(NULL, ST_NOT_FOUND, "x"), ST_NOT_FOUND);
    assert_int_equal(fail_detail(NULL, ST_BROKEN, "x"), ST_BROKEN);
}

/* Three bytes a character: the 256 bytes never end on a boundary for all of the three beginnings. */
static void a_long_text_is_cut_between_characters(void **state)
{
    (void)state;
    char text[600] = "";
    for (size_t at = 0; at + 3 < sizeof text; at += 3)
        memcpy(text + at, "会", 3);
    for (int ascii = 0; ascii < 3; ascii++) {
        struct fault f = {0};
        (void)fail(&f, ST_BAD_INPUT, "%.*s%s", ascii, "ab", text);
        assert_true(utf8_valid(str_from(f.text)));
        assert_in_range(strlen(f.text), sizeof f.text - 3, sizeof f.text - 1);
    }
}

static void problems_by_field(void **state)
{
    (void)state;
    struct problems ps = {.arena = arena_new()};
    assert_null(problem_of(&ps, STR("name")).p);
    problem_add(&ps, "name", "请填写%s", "姓名");
    problem_add(&ps, "mobile", "手机号应为 %d 位", 11);
    problem_add(&ps, "name", "第二句");
    assert_int_equal(ps.n, 3);
    assert_text(problem_of(&ps, STR("name")), "请填写姓名"); /* the first of two */
    assert_text(problem_of(&ps, STR("mobile")), "手机号应为 11 位");
    assert_null(problem_of(&ps, STR("nam")).p);
    arena_free(ps.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_status_has_its_answers),
        cmocka_unit_test(fail_records_and_returns),
        cmocka_unit_test(fail_without_a_place),
        cmocka_unit_test(a_long_text_is_cut_between_characters),
        cmocka_unit_test(problems_by_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
