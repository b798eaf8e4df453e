#include "media/pdf.h"

#include "check.h"
#include "media/portrait.h"
#include "pdf_pages.h"

#define A4 "595.28 841.89"

static const struct pdf_signature signatures[] = {{STR_INIT("申请人"), STR_INIT("申请人（签字）")},
                                                  {STR_INIT("单位意见"), STR_INIT("单位（盖章）")},
                                                  {STR_INIT("协会意见"), STR_INIT("协会（盖章）")}};
static const struct str pledge[] = {STR_INIT("本人自愿加入协会，遵守章程。"), STR_INIT("以上内容真实。")};

static struct pdf_application form_of(struct arena *a, size_t fields)
{
    struct pdf_field *list = ARENA_ARRAY(a, fields, struct pdf_field);
    for (size_t i = 0; i < fields; i++)
        list[i] = (struct pdf_field){STR("姓名"), STR("王𬱖"), i % 3 == 2};
    return (struct pdf_application){.title = STR("入会申请表"),
                                    .number = STR("2026-000123"),
                                    .date = DAY(2026, 11, 23),
                                    .fields = list,
                                    .field_count = fields,
                                    .photo = portrait_jpeg(a, true, 1),
                                    .pledge_title = STR("承诺"),
                                    .pledge = pledge,
                                    .pledge_count = COUNT(pledge),
                                    .signatures = signatures,
                                    .signature_count = COUNT(signatures)};
}

static struct bytes print(struct arena *a, const struct pdf_application *form)
{
    struct bytes pdf;
    assert_int_equal(pdf_application(a, NULL, form, &pdf), ST_OK);
    return pdf;
}

static void an_ordinary_form_is_one_page_a_long_one_more(void **state)
{
    (void)state;
    static const struct {
        size_t fields;
        int pages;
    } cases[] = {{0, 1}, {1, 1}, {16, 1}, {20, 1}, {60, 2}};
    for (size_t c = 0; c < COUNT(cases); c++) {
        struct arena *a = arena_new();
        struct pdf_application form = form_of(a, cases[c].fields);
        struct bytes pdf = print(a, &form);
        assert_int_equal(pages_of(pdf, A4), cases[c].pages);
        assert_true(bytes_eq(pdf, print(a, &form)));
        arena_free(a);
    }
}

static void the_photo_is_in_it_and_may_be_missing(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct pdf_application form = form_of(a, 16);
    struct bytes with = print(a, &form);
    assert_non_null(memmem(with.p, with.n, form.photo.p, form.photo.n));
    form.photo = (struct bytes){0};
    struct bytes without = print(a, &form);
    assert_int_equal(count_of(without, "/DCTDecode"), 0);
    assert_int_equal(pages_of(without, A4), 1);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_ordinary_form_is_one_page_a_long_one_more),
        cmocka_unit_test(the_photo_is_in_it_and_may_be_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
