#include "check.h"

#include "domain/required.h"

static void sets_are_read(void **state)
{
    (void)state;
    static const struct {
        struct str names;
        unsigned set;
    } cases[] = {
        {STR_INIT(""), 0},
        {STR_INIT("  "), 0},
        {STR_INIT("address,mobile,photo"), REQUIRED_USUALLY},
        {STR_INIT(" photo , address,mobile "), REQUIRED_USUALLY},
        {STR_INIT("qq,qq"), REQUIRED_QQ},
        {STR_INIT("school,major,title_specialty,post,qq,email"),
         REQUIRED_SCHOOL | REQUIRED_MAJOR | REQUIRED_TITLE_SPECIALTY | REQUIRED_POST | REQUIRED_QQ |
             REQUIRED_EMAIL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        unsigned set = ~0u;
        struct str unknown;
        assert_row(cases[i].names.p, required_parse(cases[i].names, &set, &unknown), true);
        assert_row(cases[i].names.p, set, cases[i].set);
    }
}

static void other_words_are_named(void **state)
{
    (void)state;
    static const struct {
        struct str names;
        const char *unknown;
    } cases[] = {
        {STR_INIT("gender"), "gender"},
        {STR_INIT("mobile, gender ,photo"), "gender"},
        {STR_INIT("mobile photo"), "mobile photo"},
        {STR_INIT("Mobile"), "Mobile"},
        {STR_INIT("mobile,"), ""},
        {STR_INIT("name"), "name"}, /* always required: nothing to choose */
        {STR_INIT("id_number"), "id_number"},
        {STR_INIT("education"), "education"},
        {STR_INIT("title_level"), "title_level"},
        {STR_INIT("started_on"), "started_on"},
        {STR_INIT("company"), "company"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        unsigned set = REQUIRED_QQ;
        struct str unknown;
        assert_row(cases[i].names.p, required_parse(cases[i].names, &set, &unknown), false);
        assert_row_text(unknown, cases[i].unknown);
        assert_row(cases[i].names.p, set, REQUIRED_QQ); /* untouched */
    }
}

static const struct {
    enum required field;
    const char *name;
} FIELDS[] = {
    {REQUIRED_SCHOOL, "school"}, {REQUIRED_MAJOR, "major"},     {REQUIRED_TITLE_SPECIALTY, "title_specialty"},
    {REQUIRED_POST, "post"},     {REQUIRED_ADDRESS, "address"}, {REQUIRED_MOBILE, "mobile"},
    {REQUIRED_QQ, "qq"},         {REQUIRED_EMAIL, "email"},     {REQUIRED_PHOTO, "photo"},
};

static void each_field_has_a_name_and_a_sentence(void **state)
{
    for (size_t i = 0; i < COUNT(FIELDS); i++) {
        struct problems ps = {.arena = *state};
        struct str unknown;
        unsigned bit;
        assert_row(FIELDS[i].name, required_parse(str_from(FIELDS[i].name), &bit, &unknown), true);
        assert_row(FIELDS[i].name, bit, FIELDS[i].field);
        required_check(&ps, FIELDS[i].field, FIELDS[i].field, false);
        assert_row(FIELDS[i].name, ps.n, 1);
        assert_row_text(ps.p[0].field, FIELDS[i].name);
        assert_row(FIELDS[i].name, str_starts(ps.p[0].text, STR("请")), true);
    }
}

static void only_what_is_required_empty_and_not_wrong_yet(void **state)
{
    struct problems ps = {.arena = *state};
    required_check(&ps, REQUIRED_QQ, REQUIRED_QQ, true);
    required_check(&ps, REQUIRED_QQ, REQUIRED_EMAIL, false);
    required_check(&ps, 0, REQUIRED_QQ, false);
    assert_int_equal(ps.n, 0);
    problem_add(&ps, "qq", "QQ 号应为 5 至 11 位数字，不以 0 开头");
    required_check(&ps, REQUIRED_QQ, REQUIRED_QQ, false);
    assert_int_equal(ps.n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_are_read),
        cmocka_unit_test(other_words_are_named),
        WITH_ARENA(each_field_has_a_name_and_a_sentence),
        WITH_ARENA(only_what_is_required_empty_and_not_wrong_yet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
