/* What an association requires of step 2, and what becomes of people who gave less: in registration, 重新提交
 * and the clerk's correction, in lists and on paper. */
#include "people.h"
#include "printed.h"

#include "app/core/settings.h"
#include "app/members/application.h"
#include "app/members/corrections.h"
#include "app/reports/exports.h"
#include "domain/required.h"
#include "gen/queries.h"

static void require_fields(struct fixture *x, unsigned set)
{
    settings_of(x)->required = set;
}

#define FIELD(bit, field)                                                                                    \
    {                                                                                                        \
        REQUIRED_##bit, #field, offsetof(struct person_input, field)                                         \
    }
static const struct asked {
    enum required bit;
    const char *name;
    size_t offset;
} FIELDS[] = {
    FIELD(SCHOOL, school), FIELD(MAJOR, major),   FIELD(TITLE_SPECIALTY, title_specialty),
    FIELD(POST, post),     FIELD(MOBILE, mobile), FIELD(ADDRESS, address),
    FIELD(QQ, qq),         FIELD(EMAIL, email),
};

static struct person_input with(struct person_input in, const struct asked *field, const char *value)
{
    *(struct str *)(void *)((char *)&in + field->offset) = str_from(value);
    return in;
}

static enum status fill_in(struct fixture *x, struct str token, const struct person_input *in,
                           struct ctx **ret)
{
    struct ctx *c = *ret = as_command_line(x);
    enum status s = app_register_details(c, token, in, &(struct photo_input){0});
    app_end(c);
    return s;
}

static void assert_only_problem(const struct ctx *c, const char *field)
{
    assert_problem(c, field);
    assert_int_equal(c->problems.n, 1);
}

static void each_in_registration(void **state)
{
    static const char *const BLANKS[] = {"", " ", "　"};
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct str token = application_draft(x, &form);
    for (size_t i = 0; i < COUNT(FIELDS); i++) {
        struct ctx *c;
        struct person_input in = with(form.details, &FIELDS[i], "");
        require_fields(x, ~(unsigned)FIELDS[i].bit);
        assert_int_equal(fill_in(x, token, &in, &c), ST_OK);
        require_fields(x, FIELDS[i].bit);
        assert_int_equal(fill_in(x, token, &form.details, &c), ST_OK);
        for (size_t k = 0; k < COUNT(BLANKS); k++) {
            if (FIELDS[i].bit == REQUIRED_POST && k == 2) continue; /* a word that no list has */
            in = with(form.details, &FIELDS[i], BLANKS[k]);
            assert_int_equal(fill_in(x, token, &in, &c), ST_BAD_INPUT);
            assert_only_problem(c, FIELDS[i].name);
        }
        c = as_command_line(x);
        assert_int_equal(app_register_submit(c, token), ST_BAD_INPUT);
        app_end(c);
    }
}

static void each_in_a_correction_and_when_resubmitted(void **state)
{
    struct fixture *x = *state;
    struct member_id submitted = person_register(x, 1), returned = person_in(x, STATE_RETURNED, 2);
    for (size_t i = 0; i < COUNT(FIELDS); i++) {
        require_fields(x, FIELDS[i].bit);
        struct person_input in = with(application_of(x, x->company, 1).details, &FIELDS[i], "");
        struct ctx *c = as_clerk(x);
        assert_int_equal(app_member_correct(c, submitted, &in, &(struct photo_input){0}, false, 1, STR_NONE),
                         ST_BAD_INPUT);
        assert_only_problem(c, FIELDS[i].name);
        app_end(c);
        c = as_person(x, returned);
        assert_int_equal(app_member_resubmit(c, &in, &(struct photo_input){0}, STR_NONE), ST_BAD_INPUT);
        assert_only_problem(c, FIELDS[i].name);
        app_end(c);
    }
    assert_int_equal(state_of(x, returned), STATE_RETURNED);
    assert_int_equal(person_of(x, submitted).version, 1);
}

/* Nothing but what every association needs. */
static struct application bare_application(struct fixture *x, int i)
{
    struct application form = application_of(x, x->company, i);
    for (size_t k = 0; k < COUNT(FIELDS); k++)
        form.details = with(form.details, &FIELDS[k], "");
    form.photo = (struct photo_input){0};
    return form;
}

static void a_photo_is_required_in_all_three(void **state)
{
    struct fixture *x = *state;
    struct application form = bare_application(x, 1);
    struct ctx *c;
    require_fields(x, 0);
    struct member_id a = application_send(x, &form);
    form = bare_application(x, 2);
    struct member_id b = application_send(x, &form);
    decide(as_clerk(x), EVENT_RETURN_TO_PERSON, &b, 1);
    form = bare_application(x, 3);
    struct str token = application_draft(x, &form);
    require_fields(x, REQUIRED_PHOTO);
    assert_int_equal(fill_in(x, token, &form.details, &c), ST_BAD_INPUT);
    assert_only_problem(c, "photo");
    c = as_command_line(x);
    assert_int_equal(app_register_submit(c, token), ST_BAD_INPUT);
    assert_only_problem(c, "photo");
    app_end(c);
    c = as_clerk(x);
    assert_int_equal(app_member_correct(c, a, &form.details, &(struct photo_input){0}, false, 1, STR_NONE),
                     ST_BAD_INPUT);
    assert_only_problem(c, "photo");
    app_end(c);
    c = as_person(x, b);
    assert_int_equal(app_member_resubmit(c, &form.details, &(struct photo_input){0}, STR_NONE), ST_BAD_INPUT);
    assert_only_problem(c, "photo");
    app_end(c);
    struct photo_input photo = portrait(x);
    c = as_clerk(x);
    assert_ok(c, app_member_correct(c, a, &form.details, &photo, false, 1, STR_NONE));
    c = as_person(x, b);
    assert_ok(c, app_member_resubmit(c, &form.details, &photo, STR_NONE));
    assert_true(person_of(x, a).photo_id.v && person_of(x, b).photo_id.v);
}

/* Two of them, for what is unique of a person must not be what is empty. */
static void people_who_gave_nothing_more(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[2];
    require_fields(x, 0);
    for (int i = 0; i < 2; i++) {
        struct application form = bare_application(x, i + 1);
        ids[i] = application_send(x, &form);
        struct ctx *c = as_person(x, ids[i]);
        struct bytes photo;
        assert_int_equal(app_member_photo(c, ids[i], &photo), ST_NOT_FOUND);
        app_end(c);
        assert_int_equal(dossier_of(x, ids[i]).mobile.n, 0);
    }
    decide(as_clerk(x), EVENT_RECOMMEND, ids, 2);
    decide(as_membership(x), EVENT_APPROVE, ids, 2);
    struct ctx *c = as_membership(x);
    struct member_page page;
    assert_ok(c, app_members_list(c, &(struct member_filter){0}, &(struct page_want){.size = 10}, &page));
    assert_int_equal(page.items.n, 2);
    assert_text(page.items.p[0].mobile, "");
    assert_false(page.items.p[0].has_photo);
    app_end(c);
    assert_sound(x);
}

static void and_their_papers(void **state)
{
    struct fixture *x = *state;
    require_fields(x, 0);
    struct application form = bare_application(x, 1);
    struct member_id id = application_send(x, &form);
    struct ctx *c = as_person(x, id);
    struct bytes pdf;
    struct export_file file;
    assert_ok(c, app_application_pdf(c, id, &pdf));
    app_end(c);
    assert_says(pdf_text(x, pdf), "王小明");
    c = as_clerk(x);
    assert_ok(c, app_members_export_bytes(c, &(struct member_filter){0}, EXPORT_XLSX, &file));
    assert_true(file.bytes.n > 1000);
    app_end(c);
}

/* A number given later is found; one taken back is not. */
static void a_mobile_comes_and_goes(void **state)
{
    static const struct {
        const char *mobile;
        size_t found;
    } STEPS[] = {{"13812345678", 1}, {"", 0}, {"13812345678", 1}};
    struct fixture *x = *state;
    require_fields(x, 0);
    struct application form = bare_application(x, 1);
    struct member_id id = application_send(x, &form);
    for (size_t i = 0; i < COUNT(STEPS); i++) {
        struct member_page page;
        struct ctx *c = as_clerk(x);
        form.details.mobile = str_from(STEPS[i].mobile);
        assert_ok(c, app_member_correct(c, id, &form.details, &(struct photo_input){0}, false, (int64_t)i + 1,
                                        STR_NONE));
        app_end(c);
        c = as_clerk(x);
        assert_ok(c, app_members_list(c, &(struct member_filter){.q = STR("13812345678")},
                                      &(struct page_want){.size = 10}, &page));
        assert_int_equal(page.items.n, STEPS[i].found);
        app_end(c);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_in_registration),
        TEST(each_in_a_correction_and_when_resubmitted),
        TEST(a_photo_is_required_in_all_three),
        TEST(people_who_gave_nothing_more),
        TEST(and_their_papers),
        TEST(a_mobile_comes_and_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
