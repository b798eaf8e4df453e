#include "check.h"

#include "domain/password.h"
#include "domain/password_common.h"

#include <ctype.h>
#include <string.h>

#define ID "620112198808081011"

static void rules(void **state)
{
    (void)state;
    static const struct {
        struct str password, account;
        enum side side;
        enum password_error error;
    } cases[] = {
        {STR_INIT("xiaohe78"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_OK},
        {STR_INIT("XIAOHE78"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_OK},
        {STR_INIT("小河 xiaohe 78"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_OK},
        {STR_INIT(""), STR_INIT(ID), SIDE_MEMBER, PASSWORD_SHORT},
        {STR_INIT("xiaoh78"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_SHORT},
        {STR_INIT("小河a1"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_SHORT}, /* eight bytes, four characters */
        {STR_INIT("小河小河小河a1"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_OK},
        {STR_INIT("xiaohexiao"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_LETTERS_AND_DIGITS},
        {STR_INIT("70419365"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_LETTERS_AND_DIGITS},
        {STR_INIT("小河小河小河78"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_LETTERS_AND_DIGITS},
        {STR_INIT("xiaohe7\n"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_UNPRINTABLE},
        {STR_INIT("xiaohe7\0"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_UNPRINTABLE},
        {STR_INIT("xiaohe7\xFF"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_UNPRINTABLE},

        {STR_INIT("Xiaohe78"), STR_INIT("演示监理公司0001"), SIDE_COMPANY, PASSWORD_OK},
        {STR_INIT("xiaohe-78"), STR_INIT("演示监理公司0001"), SIDE_COMPANY, PASSWORD_OK},
        {STR_INIT("XiaoHe-Hua"), STR_INIT("演示监理公司0001"), SIDE_COMPANY, PASSWORD_OK},
        {STR_INIT("XIAOHE-78"), STR_INIT("演示监理公司0001"), SIDE_COMPANY, PASSWORD_OK},
        {STR_INIT("Xiaohe小河"), STR_INIT("演示监理公司0001"), SIDE_COMPANY, PASSWORD_OK},
        {STR_INIT("xiaohe78"), STR_INIT("演示监理公司0001"), SIDE_COMPANY, PASSWORD_CLASSES},
        {STR_INIT("Xiaohehua"), STR_INIT("演示监理公司0001"), SIDE_COMPANY, PASSWORD_CLASSES},
        {STR_INIT("xiaohe78"), STR_INIT("caiwu"), SIDE_STAFF, PASSWORD_CLASSES},
        {STR_INIT("Demo-2026"), STR_INIT("admin"), SIDE_STAFF, PASSWORD_OK},
        {STR_INIT("Demo-2026"), STR_INIT("演示监理公司0001"), SIDE_COMPANY, PASSWORD_OK},
        {STR_INIT("Demo-2026"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_OK},

        {STR_INIT("he620112x"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_ACCOUNT},
        {STR_INIT("he081011"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_ACCOUNT},
        {STR_INIT("x19880808"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_ACCOUNT},
        {STR_INIT("he08101xx"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_OK}, /* five in a row */
        {STR_INIT("08102xhe"), STR_INIT("62011219880808102X"), SIDE_MEMBER, PASSWORD_ACCOUNT},
        {STR_INIT("A-演示监理公司0"), STR_INIT("演示监理公司0001"), SIDE_COMPANY, PASSWORD_ACCOUNT},
        {STR_INIT("A-演示监理公0a"), STR_INIT("演示监理公司0001"), SIDE_COMPANY, PASSWORD_OK},
        {STR_INIT("My-CaiWu-77"), STR_INIT("caiwu"), SIDE_STAFF, PASSWORD_ACCOUNT},
        {STR_INIT("My-Cai-Wu-77"), STR_INIT("caiwu"), SIDE_STAFF, PASSWORD_OK},
        {STR_INIT("My-Cai-77"), STR_INIT("my"), SIDE_STAFF, PASSWORD_OK}, /* too short to look for */
        {STR_INIT("My-Cai-77"), {NULL, 0}, SIDE_STAFF, PASSWORD_OK},

        {STR_INIT("a1234567"), STR_INIT("620112198012304567"), SIDE_MEMBER, PASSWORD_COMMON},
        {STR_INIT("Admin@123"), STR_INIT("admin"), SIDE_STAFF, PASSWORD_COMMON},
        {STR_INIT("P@ssw0rd"), STR_INIT("caiwu"), SIDE_STAFF, PASSWORD_COMMON},
        {STR_INIT("12345678"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_COMMON},
        {STR_INIT("1QAZ2wsx"), STR_INIT(ID), SIDE_MEMBER, PASSWORD_COMMON},
        {STR_INIT("Jianli2026"), STR_INIT("演示监理公司0001"), SIDE_COMPANY, PASSWORD_COMMON},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_row(cases[i].password.p, password_check(cases[i].password, cases[i].account, cases[i].side),
                   cases[i].error);
}

static void longest(void **state)
{
    (void)state;
    char text[3 * 129];
    for (size_t i = 0; i < 129; i++)
        memcpy(text + 3 * i, "河", 3);
    memcpy(text, "abc", 3);
    memcpy(text + 3, "123", 3); /* six characters where two were */
    assert_int_equal(password_check((struct str){text, 3 * (128 - 4)}, STR(ID), SIDE_MEMBER), PASSWORD_OK);
    assert_int_equal(password_check((struct str){text, 3 * (129 - 4)}, STR(ID), SIDE_MEMBER), PASSWORD_LONG);
}

static void common_list(void **state)
{
    (void)state;
    size_t fit = 0;
    for (size_t i = 0; i < password_common_n; i++) {
        struct str word = password_common_at(i);
        bool letter = false, digit = false;
        assert_true(word.n >= PASSWORD_MIN);
        for (size_t k = 0; k < word.n; k++) {
            letter |= islower((unsigned char)word.p[k]) != 0;
            digit |= isdigit((unsigned char)word.p[k]) != 0;
            assert_true(!isupper((unsigned char)word.p[k]));
        }
        fit += letter && digit;
        if (i > 0) assert_true(str_cmp(password_common_at(i - 1), word) < 0);
        assert_true(password_is_common(word));
    }
    assert_true(fit >= 10000); /* that nothing but the list refuses */
    assert_true(password_is_common(STR("PassWord123")));
    assert_true(password_is_common(STR("Zhangwei1990")));
    assert_true(password_is_common(STR("Lanzhou@2026")));
    assert_false(password_is_common(STR("password12345678x")));
    assert_false(password_is_common(STR("")));
    assert_false(password_is_common(STR("12345678\0")));
}

static void sentences(void **state)
{
    (void)state;
    assert_string_equal(password_error_text(PASSWORD_OK), "");
    for (int e = PASSWORD_OK + 1; e < PASSWORD_ERROR_COUNT; e++) {
        assert_true(strlen(password_error_text((enum password_error)e)) > 0);
        for (int other = PASSWORD_OK; other < e; other++)
            assert_string_not_equal(password_error_text((enum password_error)e),
                                    password_error_text((enum password_error)other));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules),
        cmocka_unit_test(longest),
        cmocka_unit_test(common_list),
        cmocka_unit_test(sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
