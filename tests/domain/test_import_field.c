#include "domain/import_field.h"

#include "check.h"

#include "domain/fold.h"

static void headings_as_people_write_them(void **state)
{
    static const struct {
        enum import_kind kind;
        struct str cell;
        const char *field; /* "": nobody knows it */
    } ROWS[] = {
        {IMPORT_MEMBER, STR_INIT("姓名"), "name"},
        {IMPORT_MEMBER, STR_INIT(" 姓\u3000名 "), "name"},
        {IMPORT_MEMBER, STR_INIT("*姓名"), "name"},
        {IMPORT_MEMBER, STR_INIT("姓 名（必填）"), "name"},
        {IMPORT_MEMBER, STR_INIT("姓名\r\n(必填)"), "name"},
        {IMPORT_MEMBER, STR_INIT("姓名："), "name"},
        {IMPORT_MEMBER, STR_INIT("\u200b姓名"), "name"},
        {IMPORT_MEMBER, STR_INIT("身份证\n号码"), "id_number"},
        {IMPORT_MEMBER, STR_INIT("公民身份号码【18位】"), "id_number"},
        {IMPORT_MEMBER, STR_INIT("有效期（起）"), "period_start"},
        {IMPORT_MEMBER, STR_INIT("有效期(止)"), "period_end"},
        {IMPORT_MEMBER, STR_INIT("有效期"), "period"},
        {IMPORT_MEMBER, STR_INIT("ＱＱ号"), "qq"},
        {IMPORT_MEMBER, STR_INIT("e-mail"), "email"},
        {IMPORT_MEMBER, STR_INIT("会员编号/有效期"), "order"},
        {IMPORT_MEMBER, STR_INIT("错误原因"), "order"},
        {IMPORT_MEMBER, STR_INIT("专业"), "major"},
        {IMPORT_MEMBER, STR_INIT("职称专业"), "title_specialty"},
        {IMPORT_MEMBER, STR_INIT("单位名称"), "company"},
        {IMPORT_COMPANY, STR_INIT("单位名称"), "name"},
        {IMPORT_COMPANY, STR_INIT("有效期"), "unit_valid_to"},
        {IMPORT_PERIOD, STR_INIT("入会日期"), "period_start"},
        {IMPORT_MEMBER, STR_INIT("姓名（"), "name"},
        {IMPORT_MEMBER, STR_INIT("（姓名）"), "name"},
        {IMPORT_MEMBER, STR_INIT("张三"), ""},
        {IMPORT_MEMBER, STR_INIT("姓"), ""},
        {IMPORT_MEMBER, STR_INIT("姓名 性别"), ""},
        {IMPORT_MEMBER, STR_INIT("甘肃省建设监理协会个人会员名单"), ""},
        {IMPORT_MEMBER, STR_INIT("（）"), ""},
        {IMPORT_MEMBER, STR_INIT(""), ""},
        {IMPORT_MEMBER, STR_INIT("\xff\xfe"), ""},
    };
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        int at = import_heading(*state, ROWS[i].kind, ROWS[i].cell);
        const char *got = at < 0 ? "" : import_fields(ROWS[i].kind).p[at].name;
        if (strcmp(got, ROWS[i].field) != 0) fail_row("%s is %s", ROWS[i].cell.p, got);
    }
}

static void a_cell_longer_than_any_heading_is_none(void **state)
{
    struct str blanks = arena_fmt(*state, "姓%*s名", IMPORT_HEADING_BYTES, "");
    assert_int_equal(import_heading(*state, IMPORT_MEMBER, blanks), -1);
}

/* As they are compared, and each of one field. */
static void synonyms_are_folded_and_of_one_field(void **state)
{
    for (int kind = 0; kind < IMPORT_KIND_COUNT; kind++) {
        struct import_fields fields = import_fields((enum import_kind)kind);
        assert_true(fields.n <= IMPORT_FIELDS_MAX);
        for (size_t i = 0; i < fields.n; i++) {
            struct str word, rest = str_from(fields.p[i].synonyms);
            assert_row(fields.p[i].name,
                       import_heading(*state, (enum import_kind)kind, str_from(fields.p[i].word)), i);
            while (rest.n) {
                str_cut(rest, ' ', &word, &rest);
                assert_row_text(search_fold(*state, word), arena_cstr(*state, word));
                assert_row(arena_cstr(*state, word), import_heading(*state, (enum import_kind)kind, word), i);
            }
        }
    }
}

static void kinds_have_codes(void **state)
{
    (void)state;
    enum import_kind kind;
    for (int i = 0; i < IMPORT_KIND_COUNT; i++) {
        assert_true(import_kind_parse(str_from(import_kind_code((enum import_kind)i)), &kind));
        assert_int_equal(kind, i);
    }
    assert_false(import_kind_parse(STR("members"), &kind));
    assert_false(import_kind_parse(STR(""), &kind));
    assert_string_equal(import_kind_label(IMPORT_MEMBER), "会员");
    assert_int_equal(import_field_at(IMPORT_MEMBER, "name"), 0);
    assert_int_equal(import_field_at(IMPORT_COMPANY, "id_number"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(headings_as_people_write_them),
        WITH_ARENA(a_cell_longer_than_any_heading_is_none),
        WITH_ARENA(synonyms_are_folded_and_of_one_field),
        cmocka_unit_test(kinds_have_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
