#include "check.h"

#include "domain/person_field.h"

#include <string.h>

/* What hangs on a row: each must say enough for forms, drafts and messages. */
static void every_row_is_complete(void **state)
{
    (void)state;
    unsigned bits = 0;
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        assert_ptr_equal(person_field(f->name), f); /* no name twice */
        assert_true(f->word && *f->word);
        assert_row(f->name, f->missing != NULL, f->always || f->required);
        assert_row(f->name, f->always && f->required, false);
        assert_row(f->name, (bits & f->required) != 0, false);
        assert_row(f->name, f->codes != NULL, f->kind == PERSON_CODE);
        assert_row(f->name, f->words != NULL, f->kind == PERSON_WORD);
        bool typed = f->kind != PERSON_CODE && f->kind != PERSON_WORD && f->kind != PERSON_EMPLOYER &&
                     f->kind != PERSON_PHOTO;
        assert_row(f->name, f->max > 0, typed);
        bits |= f->required;
    }
    assert_null(person_field("gender"));
}

/* Each text of the struct belongs to one row. */
static void every_text_has_its_row(void **state)
{
    (void)state;
    struct person_input in = {0};
    size_t texts = 0;
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->kind == PERSON_PHOTO) continue;
        assert_null(person_text_in(&in, f).p);
        *person_text_of(&in, f) = str_from(f->name);
        texts++;
    }
    assert_int_equal(texts, offsetof(struct person_input, direct_reason) / sizeof(struct str));
    assert_row_text(in.name, "name");
    assert_row_text(in.email, "email");
    assert_row_text(in.started_on, "started_on");
}

static void codes_are_shown_as_labels(void **state)
{
    (void)state;
    assert_row_text(person_shown(person_field("education"), STR("21")), "本科");
    assert_row_text(person_shown(person_field("education"), STR("99")), "");
    assert_row_text(person_shown(person_field("title_level"), STR("0")), "无");
    assert_row_text(person_shown(person_field("school"), STR("21")), "21");
    assert_string_equal(person_field_brief(person_field("mobile")), "手机");
    assert_string_equal(person_field_brief(person_field("school")), "毕业院校");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_complete),
        cmocka_unit_test(every_text_has_its_row),
        cmocka_unit_test(codes_are_shown_as_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
