/* What was typed, put into a rendered page again. */
#include "web/core/refill.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define FORM(inside) "<main><form action=\"/a\">" inside "</form></main>"
/* The same page as refilled: with its notice. */
#define AGAIN(inside)                                                                                        \
    "<main><div class=\"alert alert-warning\" role=\"alert\" "                                               \
    "data-refilled><div>请再看&lt;一&gt;眼</div></div>"                                                 \
    "<form action=\"/a\">" inside "</form></main>"

#define MAX_FIELDS 3
struct row {
    const char *page;
    struct http_pair fields[MAX_FIELDS];
    const char *expected;
};

static void expect(const struct row *row, struct str number)
{
    struct http_pairs fields = {.p = (struct http_pair *)row->fields};
    while (fields.n < MAX_FIELDS && row->fields[fields.n].name.n)
        fields.n++;
    struct refill r = {
        .action = STR("/a"), .notice = STR("请再看<一>眼"), .number = number, .fields = &fields};
    struct buf got;
    refill(str_from(row->page), &r, &got);
    buf_add(&got, "", 1);
    assert_string_equal(got.p, row->expected);
    buf_free(&got);
}

#define F(name, value)                                                                                       \
    {                                                                                                        \
        STR_INIT(name), STR_INIT(value)                                                                      \
    }

static void a_control_takes_what_was_typed(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {FORM("<input name=\"n\" value=\"old\">"), {F("n", "新")}, AGAIN("<input name=\"n\" value=\"新\">")},
        {FORM("<input name=\"n\">"),
         {F("n", "a\"<b>&'")},
         AGAIN("<input name=\"n\" value=\"a&#34;&lt;b&gt;&amp;&#39;\">")},
        {FORM("<input name=\"n\" value=\"old\">"), {F("n", "")}, AGAIN("<input name=\"n\" value=\"\">")},
        {FORM("<input name=\"n\" value=\"old\">"),
         {F("other", "x")},
         AGAIN("<input name=\"n\" value=\"old\">")},
        {FORM("<input data-name=\"n\" name=\"m\">"),
         {F("n", "x")},
         AGAIN("<input data-name=\"n\" name=\"m\">")},
        {FORM("<input value=\"old\">"), {F("n", "x")}, AGAIN("<input value=\"old\">")},
        {FORM("<textarea name=\"t\">old</textarea><b>b</b>"),
         {F("t", "一<\n二")},
         AGAIN("<textarea name=\"t\">一&lt;\n二</textarea><b>b</b>")},
        {FORM("<textarea name=\"t\">old</textarea>"),
         {F("n", "x")},
         AGAIN("<textarea name=\"t\">old</textarea>")},
        {FORM("<input type=\"checkbox\" name=\"c\" value=\"1\"><input type=\"checkbox\" name=\"c\" "
              "value=\"2\" checked>"
              "<input type=\"checkbox\" name=\"c\" value=\"3\">"),
         {F("c", "1"), F("c", "3")},
         AGAIN("<input type=\"checkbox\" name=\"c\" value=\"1\" checked><input type=\"checkbox\" name=\"c\" "
               "value=\"2\">"
               "<input type=\"checkbox\" name=\"c\" value=\"3\" checked>")},
        {FORM("<input type=\"radio\" name=\"r\" value=\"a&amp;b\" checked><input type=\"radio\" name=\"r\" "
              "value=\"a\">"),
         {F("r", "a")},
         AGAIN("<input type=\"radio\" name=\"r\" value=\"a&amp;b\"><input type=\"radio\" name=\"r\" "
               "value=\"a\" checked>")},
        {FORM("<select name=\"s\"><option value=\"1\" selected>x</option><option "
              "value=\"&amp;\">y</option></select>"
              "<select name=\"u\"><option value=\"&amp;\">z</option></select>"),
         {F("s", "&")},
         AGAIN("<select name=\"s\"><option value=\"1\">x</option><option value=\"&amp;\" "
               "selected>y</option></select>"
               "<select name=\"u\"><option value=\"&amp;\">z</option></select>")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(&rows[i], STR_NONE);
}

static void secrets_and_files_stay(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {FORM("<input name=\"csrf\" value=\"new\">"),
         {F("csrf", "old")},
         AGAIN("<input name=\"csrf\" value=\"new\">")},
        {FORM("<input name=\"once\" value=\"new\">"),
         {F("once", "old")},
         AGAIN("<input name=\"once\" value=\"new\">")},
        {FORM("<input name=\"captcha\">"), {F("captcha", "AB12")}, AGAIN("<input name=\"captcha\">")},
        {FORM("<input name=\"work\">"), {F("work", "17")}, AGAIN("<input name=\"work\">")},
        {FORM("<input type=\"password\" name=\"p\">"),
         {F("p", "geheim")},
         AGAIN("<input type=\"password\" name=\"p\">")},
        {FORM("<input type=\"file\" name=\"photo\">"),
         {F("photo", "x")},
         AGAIN("<input type=\"file\" name=\"photo\">")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(&rows[i], STR_NONE);
}

static void only_in_the_form_that_posts_there(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"<main></main><form action=\"/b\"><input name=\"n\"></form><input name=\"n\"><form "
         "action=\"/a\"><input name=\"n\"></form>"
         "<input name=\"n\">",
         {F("n", "x")},
         "<main><div class=\"alert alert-warning\" role=\"alert\" "
         "data-refilled><div>请再看&lt;一&gt;眼</div></div></main>"
         "<form action=\"/b\"><input name=\"n\"></form><input name=\"n\"><form action=\"/a\"><input "
         "name=\"n\" value=\"x\"></form>"
         "<input name=\"n\">"},
        {"<form action=\"/b\"><input name=\"n\"><button formaction=\"/c\">c</button><button "
         "formaction=\"/a\">a</button></form>",
         {F("n", "x")},
         "<form action=\"/b\"><input name=\"n\" value=\"x\"><button formaction=\"/c\">c</button>"
         "<button formaction=\"/a\">a</button></form>"},
        {"<form action=\"/ab\"><input name=\"n\"></form><form><input name=\"n\"></form>",
         {F("n", "x")},
         "<form action=\"/ab\"><input name=\"n\"></form><form><input name=\"n\"></form>"},
        {"<form action=\"/b\"><input name=\"n\"></form><form action=\"/b\"><button "
         "formaction=\"/a\">a</button></form>",
         {F("n", "x")},
         "<form action=\"/b\"><input name=\"n\"></form><form action=\"/b\"><button "
         "formaction=\"/a\">a</button></form>"},
        {"", {F("n", "x")}, ""},
        {"a < b", {F("n", "x")}, "a < b"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(&rows[i], STR_NONE);
}

static void the_notice_gives_the_number(void **state)
{
    (void)state;
    static const struct row row = {
        "<main>x</main>",
        {F("n", "x")},
        "<main><div class=\"alert alert-warning\" role=\"alert\" data-refilled><div>请再看&lt;一&gt;眼"
        "<p class=\"form-text\">如需帮助，请报上编号 <span "
        "class=\"number\">0a1b</span>（403）。</p></div></div>x</main>"};
    expect(&row, STR("0a1b"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_control_takes_what_was_typed),
        cmocka_unit_test(secrets_and_files_stay),
        cmocka_unit_test(only_in_the_form_that_posts_there),
        cmocka_unit_test(the_notice_gives_the_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
