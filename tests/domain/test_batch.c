#include "check.h"

#include "domain/batch.h"

static void kinds(void **state)
{
    (void)state;
    static const struct {
        enum batch_kind kind;
        const char *code, *label;
    } cases[] = {
        {BATCH_NEW, "new", "新会员推荐"},
        {BATCH_RENEWAL, "renewal", "续期推荐"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum batch_kind kind;
        assert_string_equal(batch_kind_code(cases[i].kind), cases[i].code);
        assert_string_equal(batch_kind_label(cases[i].kind), cases[i].label);
        assert_true(batch_kind_parse(str_from(cases[i].code), &kind));
        assert_row(cases[i].code, kind, cases[i].kind);
    }
    enum batch_kind kind = BATCH_RENEWAL;
    assert_false(batch_kind_parse(STR("neu"), &kind));
    assert_int_equal(kind, BATCH_RENEWAL);
}

static void numbers(void **state)
{
    assert_row_text(batch_number(*state, BATCH_NEW, 2026, 12, 3), "TJ-2026-0012-03");
    assert_row_text(batch_number(*state, BATCH_RENEWAL, 2026, 12345, 100), "XQ-2026-12345-100");
}

static void message(void **state)
{
    const struct batch_heading heading = {STR("TJ-1"), BATCH_NEW, STR("91")};
    const struct batch_person people[] = {{STR("张三"), STR("62X")}, {STR("王"), STR("")}};
    struct bytes m = batch_message(*state, &heading, people, COUNT(people));
    const struct bytes expected = str_bytes(STR("\0\0\0\4TJ-1"
                                                "\0\0\0\3new"
                                                "\0\0\0\2"
                                                "91"
                                                "\0\0\0\6张三"
                                                "\0\0\0\3"
                                                "62X"
                                                "\0\0\0\3王"
                                                "\0\0\0\0"));
    assert_int_equal(m.n, expected.n);
    assert_memory_equal(m.p, expected.p, expected.n);
}

static void long_fields_have_long_lengths(void **state)
{
    char name[0x1234];
    for (size_t i = 0; i < sizeof name; i++)
        name[i] = 'n';
    const struct batch_heading heading = {{name, sizeof name}, BATCH_NEW, STR("")};
    struct bytes m = batch_message(*state, &heading, NULL, 0);
    assert_memory_equal(m.p, "\0\0\x12\x34n", 5);
}

/* What changes the list changes the message, also where the concatenation is the same. */
static void differences(void **state)
{
    const struct batch_heading heading = {STR("TJ-1"), BATCH_NEW, STR("91")};
    const struct batch_heading renewal = {STR("TJ-1"), BATCH_RENEWAL, STR("91")};
    const struct batch_heading shifted = {STR("TJ-"), BATCH_NEW, STR("191")};
    const struct batch_person a[] = {{STR("张三"), STR("1")}, {STR("李四"), STR("2")}};
    const struct batch_person swapped[] = {{STR("李四"), STR("2")}, {STR("张三"), STR("1")}};
    const struct batch_person moved[] = {{STR("张三1"), STR("")}, {STR("李四"), STR("2")}};
    const struct bytes messages[] = {
        batch_message(*state, &heading, a, 2),       batch_message(*state, &renewal, a, 2),
        batch_message(*state, &shifted, a, 2),       batch_message(*state, &heading, a, 1),
        batch_message(*state, &heading, swapped, 2), batch_message(*state, &heading, moved, 2),
    };
    for (size_t i = 0; i < COUNT(messages); i++)
        for (size_t j = 0; j < i; j++)
            assert_false(bytes_eq(messages[i], messages[j]));
}

static void code(void **state)
{
    (void)state;
    static const uint8_t mac[BATCH_CODE_BYTES] = {0x3F, 0x2A, 0x00, 0xC1, 0x77, 0xDE, 0x10, 0xAB};
    char text[BATCH_CODE_SIZE];
    batch_code_text(mac, text);
    assert_string_equal(text, "3F2A-00C1-77DE-10AB");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds), WITH_ARENA(numbers),
        WITH_ARENA(message),     WITH_ARENA(long_fields_have_long_lengths),
        WITH_ARENA(differences), cmocka_unit_test(code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
