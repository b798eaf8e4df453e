#include "check.h"

#include "domain/name_grams.h"

#include <string.h>

/* The grams with a blank between them. */
static struct str joined(struct arena *a, struct grams list)
{
    struct str text = STR("");
    for (size_t i = 0; i < list.n; i++)
        text = arena_fmt(a, "%.*s%s%.*s", STR_ARG(text), i == 0 ? "" : " ", STR_ARG(list.p[i]));
    return text;
}

static void of_names(void **state)
{
    static const struct {
        const char *name, *grams;
    } cases[] = {
        {"", ""},
        {" 　", ""},
        {"王", "王"},
        {"张三", "张 三 张三"},
        {"王小明", "王 小 明 王小 小明"},
        {"王王王", "王 王王"},
        {"𠮷田", "𠮷 田 𠮷田"},
        {"a（b）", "A B AB"},
        {"买·力", "买 力 买力"},
        {"Lê", "L E LE"},
        {"张 三", "张 三 张三"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_row_text(joined(*state, name_grams(*state, str_from(cases[i].name))), cases[i].grams);
}

static void of_queries(void **state)
{
    static const struct {
        const char *query, *grams, *folded;
    } cases[] = {
        {"", "", ""},
        {" ", "", ""},
        {"王", "王", "王"},
        {"𠮷", "𠮷", "𠮷"},
        {"小明", "小明", "小明"},
        {"监理公司", "监理 理公 公司", "监理公司"},
        {"哈哈哈", "哈哈", "哈哈哈"},
        {" a（ ", "A", "A"},
        {"·", "", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str folded;
        assert_row_text(joined(*state, name_query_grams(*state, str_from(cases[i].query), &folded)),
                        cases[i].grams);
        assert_row_text(folded, cases[i].folded);
    }
    assert_int_equal(name_query_grams(*state, STR("监理"), NULL).n, 1);
}

/* Whatever part of a name is asked for, its grams are in the index. */
static void every_part_is_found(void **state)
{
    struct str name = STR("甘肃建设监理");
    struct grams index = name_grams(*state, name);
    for (size_t from = 0; from < name.n; from += 3)
        for (size_t n = 3; from + n <= name.n; n += 3) {
            struct grams query = name_query_grams(*state, str_sub(name, from, n), NULL);
            assert_true(query.n > 0);
            for (size_t i = 0; i < query.n; i++) {
                size_t at = 0;
                while (at < index.n && !str_eq(index.p[at], query.p[i]))
                    at++;
                assert_true(at < index.n);
            }
        }
}

static void limit(void **state)
{
    char long_name[3 * 1000];
    for (size_t i = 0; i < 1000; i++) { /* thousand different characters */
        char c[4];
        memcpy(c, "\xE4\xB8\x80", 3);
        c[1] = (char)(0x80 + i / 64 + 0x20);
        c[2] = (char)(0x80 + i % 64);
        memcpy(long_name + 3 * i, c, 3);
    }
    struct str name = {long_name, sizeof long_name};
    assert_int_equal(name_grams(*state, name).n, NAME_GRAMS_MAX);
    assert_int_equal(name_query_grams(*state, name, NULL).n, NAME_GRAMS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {WITH_ARENA(of_names), WITH_ARENA(of_queries),
                                       WITH_ARENA(every_part_is_found), WITH_ARENA(limit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
