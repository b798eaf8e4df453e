/* Packed texts: in their order, and by name, where neither order nor number of the fields matters. */
#include "register.h"

#include "app/core/pack.h"

static struct str text_of(struct arena *a, struct buf *b)
{
    struct str text = arena_str(a, buf_text(b));
    buf_free(b);
    return text;
}

static void assert_field(struct str packed, const char *name, const char *value)
{
    struct str got = pack_field_of(packed, name);
    assert_int_equal(got.p != NULL, value != NULL);
    assert_true(!value || str_eq(got, str_from(value)));
}

static void in_order(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct buf b;
    struct str got;
    buf_init(&b, 16, 1000);
    pack_put(&b, STR("王:1"));
    pack_put(&b, STR(""));
    struct str rest = text_of(a, &b);
    assert_true(pack_next(&rest, &got) && str_eq(got, STR("王:1")));
    assert_true(pack_next(&rest, &got) && str_eq(got, STR("")));
    assert_false(pack_next(&rest, &got));
    arena_free(a);
}

/* A name is found whole, wherever it stands; a value that looks like a name is none. */
static void by_name(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct buf b;
    buf_init(&b, 16, 1000);
    pack_fields(&b);
    pack_field(&b, "qq", STR("mobile"));
    pack_field(&b, "mobile", STR("13800000000"));
    pack_field(&b, "mob", STR(""));
    pack_field(&b, "name", STR("=5:吴\0𫰠"));
    struct str packed = text_of(a, &b);
    assert_field(packed, "mobile", "13800000000");
    assert_field(packed, "qq", "mobile");
    assert_field(packed, "mob", "");
    assert_field(packed, "mobil", NULL);
    assert_field(packed, "", NULL);
    assert_int_equal(pack_field_of(packed, "name").n, 11);
    arena_free(a);
}

static const char *const ORDER[] = {"name", "mobile"};

static void what_had_no_names_gets_them(void **state)
{
    (void)state;
    static const struct {
        const char *packed;
        bool good;
    } CASES[] = {
        {"3:abc5:13800", true},
        {"3:abc5:138002:xx", true},
        {"=4:name3:abc6:mobile5:13800", true},
        {"3:abc", false},
        {"", false},
        {"3:abc9:13800", false},
        {"-3:abc", false},
        {"nonsense", false},
    };
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct str named = STR_NONE;
        assert_int_equal(pack_named(a, str_from(CASES[i].packed), ORDER, 2, &named), CASES[i].good);
        assert_field(named, "name", CASES[i].good ? "abc" : NULL);
        assert_field(named, "mobile", CASES[i].good ? "13800" : NULL);
    }
    arena_free(a);
}

/* Cut anywhere, it never gives more than what was packed. */
static void cut_is_none(void **state)
{
    (void)state;
    struct str whole = STR("=4:name3:abc6:mobile5:13800");
    for (size_t n = 0; n < whole.n; n++) {
        assert_field(str_sub(whole, 0, n), "mobile", NULL);
        assert_field(str_sub(whole, 0, n), "name", n >= 12 ? "abc" : NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_order),
        cmocka_unit_test(by_name),
        cmocka_unit_test(what_had_no_names_gets_them),
        cmocka_unit_test(cut_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
