#include "check.h"

#include "domain/mask.h"

typedef struct str mask_fn(struct arena *a, struct str s);

static void masks(void **state)
{
    static const struct {
        mask_fn *mask;
        const char *plain, *masked;
    } cases[] = {
        {mask_id_number, "620112198808081011", "620***********1011"},
        {mask_id_number, "62011219880808102X", "620***********102X"},
        {mask_id_number, "62011219", "620*1219"},
        {mask_id_number, "6201121", "*******"},
        {mask_id_number, "", ""},
        {mask_mobile, "13812341234", "138****1234"},
        {mask_mobile, "1381234", "*******"},
        {mask_qq, "1234567890", "12******90"},
        {mask_qq, "12345", "12*45"},
        {mask_qq, "1234", "****"},
        {mask_email, "zhang@example.com", "z***@example.com"},
        {mask_email, "张三@example.com", "张***@example.com"},
        {mask_email, "z@example.com", "z***@example.com"},
        {mask_email, "@example.com", "************"},
        {mask_email, "zhang", "*****"},
        {mask_email, "", ""},
        {mask_name, "张三", "张*"},
        {mask_name, "王小明", "王**"},
        {mask_name, "𠮷田", "𠮷*"},
        {mask_name, "买买提·艾力", "买*****"},
        {mask_name, "王", "*"},
        {mask_name, "", ""},
        {mask_mobile, "一二三四五六七八", "一二三*五六七八"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_row_text(cases[i].mask(*state, str_from(cases[i].plain)), cases[i].masked);
}

static void broken_text(void **state)
{
    assert_text(mask_name(*state, STR("\xFF\xFE\x80")), "\xFF**");
    assert_text(mask_id_number(*state, STR("\xE4\xB8")), "**");
    assert_int_equal(mask_mobile(*state, STR_NONE).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {WITH_ARENA(masks), WITH_ARENA(broken_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
