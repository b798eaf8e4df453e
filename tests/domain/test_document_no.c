#include "check.h"

#include "domain/document_no.h"

/* One number in each way in which people write it. */
static void one_number(void **state)
{
    static const struct str CASES[] = {
        STR_INIT("甘监协〔2026〕12号"),       STR_INIT("甘监协[2026]12号"),
        STR_INIT("甘监协【2026】12号"),       STR_INIT("甘监协(2026)12号"),
        STR_INIT("甘监协（2026）12号"),       STR_INIT("甘监协2026 12号"),
        STR_INIT("甘监协［２０２６］１２号"), STR_INIT(" 甘监协〔2026〕 12 号 "),
        STR_INIT("甘监协{2026}12号"),         STR_INIT("甘监协「2026」第12号"),
        STR_INIT("甘监协﹝2026﹞12号"),       STR_INIT("甘监协⟨2026⟩12号"),
        STR_INIT("甘监协〔2026）12\u200B号"), STR_INIT("甘监协〈2026〉\u300012号"),
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_row_text(document_no_fold(*state, CASES[i]), "甘监协202612号");
}

static void others(void **state)
{
    static const struct {
        struct str typed;
        const char *folded;
    } CASES[] = {
        {STR_INIT("甘监协〔2026〕1号"), "甘监协20261号"},
        {STR_INIT("甘监协〔2025〕12号"), "甘监协202512号"},
        {STR_INIT("甘监协〔2026〕1-2号"), "甘监协20261-2号"},
        {STR_INIT("甘监协〔2026〕1—2号"), "甘监协20261-2号"},
        {STR_INIT("gs〔2026〕12"), "GS202612"},
        {STR_INIT("甘监"), "甘监"},
        {STR_INIT("〔〕"), "()"}, /* never none: that would be any */
        {STR_INIT("第"), "第"},
        {STR_INIT(" 　"), ""},
        {STR_INIT(""), ""},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_row_text(document_no_fold(*state, CASES[i].typed), CASES[i].folded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {WITH_ARENA(one_number), WITH_ARENA(others)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
