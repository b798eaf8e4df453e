#include "media/canvas.h"

#include "check.h"
#include "media/portrait.h"

#include <string.h>

static const struct type type = {FACE_SANS, 10, ALIGN_LEFT};

static struct canvas *paper(struct arena *a)
{
    return canvas_new(a, 200, 300, STR("标题"), DAY(2026, 11, 23));
}

static void texts_are_fitted(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        double width;
        int lines;
        double size;
        bool cut;
    } cases[] = {
        {STR_INIT("李建国"), 60, 2, 10, false},                             /* as it is */
        {STR_INIT("建筑环境与能源应用工程"), 58, 2, 9.5, false},            /* 11 em on two lines: shrunk */
        {STR_INIT("建筑环境与能源应用工程建筑环境与能源"), 58, 2, 8, true}, /* 18 em: cut */
        {STR_INIT("620102198506070001"), 80, 1, 8, false},                  /* on one line */
        {STR_INIT("620102198506070001"), 60, 1, 8, true},                   /* cut, but not broken */
    };
    struct arena *a = arena_new();
    struct canvas *c = paper(a);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fitted fitted = canvas_fit(c, type, cases[i].width, cases[i].text, 8, cases[i].lines);
        assert_true(fitted.size_pt == cases[i].size);
        assert_int_equal(fitted.cut, cases[i].cut);
        assert_true(fitted.height < fitted.size_pt * 1.5 * cases[i].lines);
    }
    struct fitted one = canvas_fit(c, type, 80, STR("620102198506070001"), 8, 1);
    struct fitted two = canvas_fit(c, type, 25, STR("李建国"), 8, 2);
    assert_true(two.height > one.height * 1.5);
    arena_free(a);
}

static void widths_and_paragraphs_are_measured(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct canvas *c = paper(a);
    double width = canvas_width(c, type, STR("建筑环境与能源应用工"));
    assert_true(width > 99 && width < 101);
    struct box box = {0, 0, 101, 0};
    double one = canvas_paragraph(c, type, box, 0, STR("建筑环境与能源应用工"), false);
    assert_true(canvas_paragraph(c, type, box, 20, STR("建筑环境与能源应用工"), false) > one * 1.5);
    assert_true(canvas_paragraph(c, type, box, 0, STR_NONE, false) <= one);
    arena_free(a);
}

static struct bytes draw_all(struct arena *a, struct str text, struct bytes jpeg)
{
    struct canvas *c = paper(a);
    struct box box = {10, 10, 100, 140};
    canvas_label(c, type, box, text, 8, 2);
    canvas_paragraph(c, type, box, 20, text, true);
    canvas_jpeg(c, box, jpeg);
    canvas_frame(c, box, 1);
    canvas_dashed_frame(c, box);
    canvas_fill(c, box, 0.5);
    canvas_line(c, 0, 0, 10, 10, 1);
    canvas_next_page(c);
    struct bytes pdf;
    assert_int_equal(canvas_finish(c, NULL, &pdf), ST_OK);
    return pdf;
}

static void a_document_is_a_pdf_and_always_the_same(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct bytes photo = portrait_jpeg(a, false, 1);
    struct bytes one = draw_all(a, STR("王𬱖"), photo), two = draw_all(a, STR("王𬱖"), photo);
    assert_memory_equal(one.p, "%PDF-1.", 7);
    assert_non_null(memmem(one.p, one.n, "%%EOF", 5));
    assert_true(bytes_eq(one, two));
    assert_false(bytes_eq(one, draw_all(a, STR("王维"), photo)));
    arena_free(a);
}

static void a_photo_goes_in_as_it_is_and_anything_else_does_not(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct bytes photo = portrait_jpeg(a, false, 1);
    struct bytes pdf = draw_all(a, STR("a"), photo);
    assert_non_null(memmem(pdf.p, pdf.n, photo.p, photo.n));
    pdf = draw_all(a, STR("a"), str_bytes(STR("\xff\xd8\xffnonsense")));
    assert_null(memmem(pdf.p, pdf.n, "nonsense", 8));
    assert_true(draw_all(a, STR("a"), (struct bytes){0}).n > 0);
    arena_free(a);
}

static void text_that_is_not_utf8_does_not_break_the_document(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_true(draw_all(a, STR("a\xff\xfe\0b\xf0\x9f"), (struct bytes){0}).n > 0);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_fitted),
        cmocka_unit_test(widths_and_paragraphs_are_measured),
        cmocka_unit_test(a_document_is_a_pdf_and_always_the_same),
        cmocka_unit_test(a_photo_goes_in_as_it_is_and_anything_else_does_not),
        cmocka_unit_test(text_that_is_not_utf8_does_not_break_the_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
