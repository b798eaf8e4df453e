#include "check.h"

#include "domain/credit_code.h"

#include <string.h>

static void valid(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *text;
    } cases[] = {
        {"91350100M000100Y43", NULL}, /* the standard's example */
        {"916200000000000004", NULL},
        {"91620000000000027U", NULL},
        {"91620000000000086Y", NULL},
        {"916200000000001310", NULL}, /* 31 becomes 0 */
        {"91620000000000430X", NULL},
        {"91620102MA700000XE", NULL},
        {"91620100TUWXY00045", NULL},
        {"92620102MA7YYYYY3J", NULL},
        {"516200000000000195", NULL},
        {"52620000MJY000001M", NULL},
        {"12620000438000005X", NULL},
        {"91620102ma700000xe", "91620102MA700000XE"},
        {" ９１６２０１０２ＭＡ７０００００ｘｅ ", "91620102MA700000XE"},
        {"916201 02MA-700000 XE\u200B", "91620102MA700000XE"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char code[CREDIT_CODE_LENGTH + 1];
        assert_row(cases[i].typed, credit_code_parse(str_from(cases[i].typed), false, code), CREDIT_OK);
        assert_string_equal(code, cases[i].text ? cases[i].text : cases[i].typed);
    }
}

static void invalid(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        enum credit_error error, waived;
    } cases[] = {
        {"916200000000000005", CREDIT_CHECK, CREDIT_OK},
        {"91350211M0000XUF46", CREDIT_CHECK, CREDIT_OK}, /* really issued */
        {"91350100M0001TGQXM", CREDIT_CHECK, CREDIT_OK},
        {"91350100M000100Y4Z", CREDIT_CHARACTER, CREDIT_CHARACTER},
        {"9162000000000000O4", CREDIT_CHARACTER, CREDIT_CHARACTER},
        {"91620000000000I04X", CREDIT_CHARACTER, CREDIT_CHARACTER},
        {"91620102MA70.000XE", CREDIT_CHARACTER, CREDIT_CHARACTER},
        {"9162010200000000", CREDIT_LENGTH, CREDIT_LENGTH},
        {"9162000000000000041", CREDIT_LENGTH, CREDIT_LENGTH},
        {"91AB0102MA700000XE", CREDIT_REGION, CREDIT_REGION},
        {"91A20102MA700000XE", CREDIT_REGION, CREDIT_REGION},
        {"9162010YMA700000XE", CREDIT_REGION, CREDIT_REGION},
        {"", CREDIT_EMPTY, CREDIT_EMPTY},
        {"  ", CREDIT_EMPTY, CREDIT_EMPTY},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char code[CREDIT_CODE_LENGTH + 1] = "untouched";
        assert_row(cases[i].typed, credit_code_parse(str_from(cases[i].typed), false, code), cases[i].error);
        assert_string_equal(code, "untouched");
        assert_row(cases[i].typed, credit_code_parse(str_from(cases[i].typed), true, code), cases[i].waived);
        assert_string_equal(code, cases[i].waived == CREDIT_OK ? cases[i].typed : "untouched");
    }
    char code[CREDIT_CODE_LENGTH + 1];
    assert_int_equal(credit_code_parse(STR("91620000000000000\0"), false, code), CREDIT_CHARACTER);
    assert_int_equal(credit_code_parse(STR("916200000000000004\0x"), false, code), CREDIT_LENGTH);
}

static void check_character(void **state)
{
    (void)state;
    assert_int_equal(credit_code_check("91350100M000100Y4"), '3');
    assert_int_equal(credit_code_check("91620000000000131"), '0');
}

static void sentences(void **state)
{
    (void)state;
    assert_string_equal(credit_error_text(CREDIT_OK), "");
    for (int e = CREDIT_EMPTY; e <= CREDIT_CHECK; e++) {
        assert_true(strlen(credit_error_text((enum credit_error)e)) > 0);
        for (int other = CREDIT_EMPTY; other < e; other++)
            assert_string_not_equal(credit_error_text((enum credit_error)e),
                                    credit_error_text((enum credit_error)other));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid),
        cmocka_unit_test(invalid),
        cmocka_unit_test(check_character),
        cmocka_unit_test(sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
