/* The C that tools/assets.py makes of sample/app.css. */
#include "gen/assets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void finds_by_path(void **state)
{
    (void)state;
    assert_int_equal(assets_n, 1);
    const struct asset *css = asset_find(ASSET_APP_CSS.text);
    assert_ptr_equal(css, &assets[0]);
    assert_true(str_eq(css->type, STR("text/css; charset=utf-8")));
    assert_true(bytes_eq(css->plain.bytes, str_bytes(STR("body{margin:0}\n"))));
    assert_int_equal(css->plain.etag.p[0], '"');
    assert_null(css->gzip.bytes.p);
}

static void finds_nothing_else(void **state)
{
    (void)state;
    static const struct str others[] = {STR_INIT(""), STR_INIT("/assets/"), STR_INIT("/assets/app.css"),
                                        STR_INIT("/assets/zzz.css")};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_null(asset_find(others[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_by_path),
        cmocka_unit_test(finds_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
