#include "media/font.h"

#include "check.h"

static void rare_characters_have_glyphs(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        bool covered;
    } cases[] = {
        {STR_INIT("甘肃省建设监理协会 0123 ABC"), true},
        {STR_INIT("𬱖"), true},
        {STR_INIT("䶮"), true},
        {STR_INIT("吴𫰠"), true}, /* U+2BC20 */
        {STR_INIT("吴𱖎"), true}, /* U+3158E */
        {STR_INIT("吴𬖋"), true}, /* U+2C58B */
        {STR_INIT("吴𧎼"), true},    /* U+273BC */
        {STR_INIT("·（）：“”"), true},
        {STR_INIT("\xf3\xb0\x80\x80"), false}, /* U+F0000, private use */
        {STR_INIT(""), true},
    };
    for (size_t c = 0; c < COUNT(cases); c++)
        assert_int_equal(font_covers(cases[c].text), cases[c].covered);
}

static void families_are_found_by_their_own_name(void **state)
{
    (void)state;
    assert_true(font_installed(FONT_SANS));
    assert_true(font_installed(FONT_SERIF));
    assert_false(font_installed("No Such Font 12345"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rare_characters_have_glyphs),
        cmocka_unit_test(families_are_found_by_their_own_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
