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
    struct arena *a = arena_new();
    for (size_t c = 0; c < COUNT(cases); c++)
        assert_int_equal(font_missing(a, cases[c].text).n == 0, cases[c].covered);
    arena_free(a);
}

/* Each once, in the order of the text; what is no text is not a matter of fonts. */
static void what_no_font_has_is_named(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_true(str_eq(font_missing(a, STR("王\xf3\xb0\x80\x81小\xf3\xb0\x80\x80\xf3\xb0\x80\x81")),
                       STR("\xf3\xb0\x80\x81\xf3\xb0\x80\x80")));
    assert_int_equal(font_missing(a, STR("\xff a\u3000\u200b")).n, 0);
    arena_free(a);
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
        cmocka_unit_test(what_no_font_has_is_named),
        cmocka_unit_test(families_are_found_by_their_own_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
