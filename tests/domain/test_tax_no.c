#include "check.h"

#include "domain/tax_no.h"

static void what_is_taken(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *credit_code, *text; /* text: NULL for what is refused */
    } CASES[] = {
        {"", "", ""},
        {"91350100M000100Y43", "", "91350100M000100Y43"},
        {"９1350100m000100y43", "", "91350100M000100Y43"},
        {"91350100M000100Y44", "", NULL},
        {"91350100M000100Y44", "91350100M000100Y44", "91350100M000100Y44"},
        {"91350100M000100Y44", "91350100M000100Y43", NULL},
        {"620102198808081", "", "620102198808081"},
        {"620102 1988-0808 1", "", "620102198808081"},
        {"62010219880808", "", NULL},
        {"6201021988080812", "", NULL},
        {"62010219880808123", "", "62010219880808123"},
        {"6201021988080812345", "", NULL},
        {"62010219880808123456", "", "62010219880808123456"},
        {"620102198808081234567", "", NULL},
        {"62010219880808?", "", NULL},
        {"税务登记证号一二三四五六七八九", "", NULL},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char code[TAX_NO_MAX + 1] = "kept";
        bool good = tax_no_parse(str_from(CASES[i].typed), str_from(CASES[i].credit_code), code);
        assert_row(CASES[i].typed, good, CASES[i].text != NULL);
        assert_string_equal(code, good ? CASES[i].text : "kept");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_taken)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
