#include "http/multipart.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define TYPE        "multipart/form-data; boundary=XyZ"
#define FIELD(name) "Content-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define FILE_AS(name, filename)                                                                              \
    "Content-Disposition: form-data; name=\"" name "\"; filename=\"" filename                                \
    "\"\r\nContent-Type: image/jpeg\r\n\r\n"

struct result {
    struct http_pairs fields;
    struct http_files files;
};

/* Takes the body in pieces of `step` bytes. */
static enum parsed parse(struct arena *a, struct str body, size_t step, size_t file_bytes, struct result *ret)
{
    struct multipart *m = multipart_begin(a, STR(TYPE), file_bytes);
    assert_non_null(m);
    for (size_t at = 0; at < body.n; at += step) {
        struct str piece = str_sub(body, at, step);
        multipart_take(m, piece.p, piece.n);
    }
    return multipart_end(m, &ret->fields, &ret->files);
}

static void test_a_form(void **state)
{
    static const struct str BODY =
        STR_INIT(
            "preamble\r\n--XyZ  \r\n" FIELD("a") "x\0y\r\n--XyZ\r\n" FIELD("empty") "\r\n--XyZ\r\n" FILE_AS("photo", "\u7167\u7247.jpg") "\r\n--XyY\r\n-\r\r\n--Xy\r\n--XyZ\r\n" FILE_AS(
                "none", "") "\r\n--XyZ\r\n" FILE_AS("blank",
                                                    "b.txt") "\r\n--XyZ\r\n" FIELD("a") "\r\n\r\n--XyZ--"
                                                                                        "\r\nepilogue");
    (void)state;
    for (size_t step = 1; step <= BODY.n; step++) {
        struct arena *a = arena_new();
        struct result r = {0};
        assert_int_equal(parse(a, BODY, step, 1000, &r), PARSED);
        assert_int_equal(r.fields.n, 3);
        assert_true(str_eq(r.fields.p[0].name, STR("a")));
        assert_true(str_eq(r.fields.p[0].value, STR("x\0y")));
        assert_true(str_eq(r.fields.p[1].value, STR("")));
        assert_true(str_eq(r.fields.p[2].value, STR("\r\n")));
        assert_int_equal(r.files.n, 2);
        assert_true(str_eq(r.files.p[0].filename, STR("\u7167\u7247.jpg")));
        assert_true(bytes_eq(r.files.p[0].bytes, str_bytes(STR("\r\n--XyY\r\n-\r\r\n--Xy"))));
        assert_int_equal(r.files.p[0].size, r.files.p[0].bytes.n);
        assert_true(str_eq(r.files.p[1].field, STR("blank")));
        assert_int_equal(r.files.p[1].size, 0);
        arena_free(a);
    }
}

static void test_refused(void **state)
{
    static const struct {
        struct str body;
        enum parsed parsed;
    } CASES[] = {
        {STR_INIT("--XyZ--"), PARSED},
        {STR_INIT("--XyZ\r\n" FIELD("a") "1\r\n--XyZ--"), PARSED},
        {STR_INIT(""), PARSED_BAD},
        {STR_INIT("--XyZ"), PARSED_BAD},
        {STR_INIT("--XyZ-"), PARSED_BAD},
        {STR_INIT("--XyZ\r\n" FIELD("a") "1"), PARSED_BAD},
        {STR_INIT("--XyZ\r\n" FIELD("a") "1\r\n--XyZ\r\n"), PARSED_BAD},
        {STR_INIT("--XyZ\r\n" FIELD("a") "1\r\n--XyZx--"), PARSED_BAD},
        {STR_INIT("--XyZ\n" FIELD("a") "1\r\n--XyZ--"), PARSED_BAD},
        {STR_INIT("--XyZ -\r\n" FIELD("a") "1\r\n--XyZ--"), PARSED_BAD},
        {STR_INIT("--XyZ\rx" FIELD("a") "1\r\n--XyZ--"), PARSED_BAD},
        {STR_INIT("--XyZ\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XyZ--"), PARSED_BAD},
        {STR_INIT("--XyZ\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--XyZ--"), PARSED_BAD},
        {STR_INIT("--XyZ\r\nContent-Type: text/plain\r\n\r\n1\r\n--XyZ--"), PARSED_BAD},
        {STR_INIT("--XyZ\r\n\r\n\r\n1\r\n--XyZ--"), PARSED_BAD},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct result r = {0};
        if (parse(a, CASES[i].body, 7, 10, &r) != CASES[i].parsed) fail_msg("case %zu", i);
        if (CASES[i].parsed != PARSED) assert_int_equal(r.fields.n, 0);
    }
    arena_free(a);
}

static void test_boundaries(void **state)
{
    static const struct {
        const char *type;
        bool fine;
    } CASES[] = {
        {"multipart/form-data; boundary=a", true},
        {"multipart/form-data; boundary=\"a b\"", true},
        {"multipart/form-data; "
         "boundary=7890123456789012345678901234567890123456789012345678901234567890123456",
         true},
        {"multipart/form-data; "
         "boundary=78901234567890123456789012345678901234567890123456789012345678901234567",
         false},
        {"multipart/form-data", false},
        {"multipart/form-data; boundary=", false},
        {"multipart/form-data; boundary=\"a \"", false},
        {"multipart/form-data; boundary=\"\u4f1a\"", false},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++)
        assert_int_equal(multipart_begin(a, str_from(CASES[i].type), 0) != NULL, CASES[i].fine);
    arena_free(a);
}

static void test_file_names(void **state)
{
    static const struct {
        struct str parameters;
        const char *filename; /* NULL: a field */
    } CASES[] = {
        {STR_INIT("filename=\"a.jpg\""), "a.jpg"},
        {STR_INIT("filename*=UTF-8''%E7%85%A7.jpg"), "\u7167.jpg"},
        {STR_INIT("filename=\"x.jpg\"; filename*=utf-8''y.jpg"), "y.jpg"},
        {STR_INIT("filename*=UTF-8''%zz; filename=\"x.jpg\""), "%zz"},
        {STR_INIT("filename*=UTF-8''%zz.jpg"), "%zz.jpg"},
        {STR_INIT("filename*=GBK''%D5%C5.jpg"), "%D5%C5.jpg"},
        {STR_INIT("filename*=GBK''%D5%C5.jpg; filename=\"x.jpg\""), "%D5%C5.jpg"},
        {STR_INIT("filename*=a.jpg"), "a.jpg"},
        {STR_INIT("filename*=; filename=x.jpg"), "x.jpg"},
        {STR_INIT("filename*0=\"a\"; filename*1=\".jpg\""), "a"},
        {STR_INIT("filename*0*=UTF-8''a; filename*1*=.jpg"), "UTF-8''a"},
        {STR_INIT("filename=\"C:\\photos\\\""), "C:\\photos\\"},
        {STR_INIT("filename=\"a.jpg"), ""},
        {STR_INIT("filename="), ""},
        {STR_INIT("file=\"x.jpg\""), NULL},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct str body = arena_fmt(
            a, "--XyZ\r\nX-Other: 1\r\ncontent-disposition: Form-Data; name=a; %.*s\r\n\r\n1\r\n--XyZ--",
            STR_ARG(CASES[i].parameters));
        struct result r = {0};
        assert_int_equal(parse(a, body, body.n, 10, &r), PARSED);
        assert_int_equal(r.files.n, CASES[i].filename ? 1 : 0);
        assert_int_equal(r.fields.n, CASES[i].filename ? 0 : 1);
        if (r.files.n) assert_true(str_eq(r.files.p[0].filename, str_from(CASES[i].filename)));
    }
    arena_free(a);
}

static enum parsed parse_one(struct str head, size_t data_n, size_t file_bytes, struct arena *a,
                             struct result *ret)
{
    static const struct str TAIL = STR_INIT("\r\n--XyZ--");
    char *body = arena_alloc(a, head.n + data_n + TAIL.n);
    memcpy(body, head.p, head.n);
    memset(body + head.n, 'x', data_n);
    memcpy(body + head.n + data_n, TAIL.p, TAIL.n);
    return parse(a, (struct str){body, head.n + data_n + TAIL.n}, 1000, file_bytes, ret);
}

static void test_limits(void **state)
{
    static const struct str AS_FIELD = STR_INIT("--XyZ\r\n" FIELD("a"));
    static const struct str AS_FILE = STR_INIT("--XyZ\r\n" FILE_AS("a", "b"));
    (void)state;
    struct arena *a = arena_new();
    struct result r = {0};
    assert_int_equal(parse_one(AS_FIELD, LIMIT_FIELD_BYTES, 0, a, &r), PARSED);
    assert_int_equal(r.fields.p[0].value.n, LIMIT_FIELD_BYTES);
    assert_int_equal(parse_one(AS_FIELD, LIMIT_FIELD_BYTES + 1, 0, a, &r), PARSED_OVER);
    assert_int_equal(parse_one(AS_FILE, 5000, 4999, a, &r), PARSED);
    assert_int_equal(r.files.p[0].size, 5000);
    assert_int_equal(r.files.p[0].bytes.n, 4999);
    assert_int_equal(parse_one(AS_FILE, 5000, 0, a, &r), PARSED);
    assert_int_equal(r.files.p[0].bytes.n, 0);
    arena_free(a);
}

static enum parsed parse_many(size_t fields, size_t *ret_n)
{
    static const struct str PART = STR_INIT("--XyZ\r\n" FIELD("id") "1\r\n");
    struct arena *a = arena_new();
    struct multipart *m = multipart_begin(a, STR(TYPE), 0);
    struct result r = {0};
    for (size_t i = 0; i < fields; i++)
        multipart_take(m, PART.p, PART.n);
    multipart_take(m, "--XyZ--", 7);
    enum parsed parsed = multipart_end(m, &r.fields, &r.files);
    *ret_n = r.fields.n;
    arena_free(a);
    return parsed;
}

static void test_many_fields(void **state)
{
    (void)state;
    size_t n;
    assert_int_equal(parse_many(LIMIT_FIELDS, &n), PARSED);
    assert_int_equal(n, LIMIT_FIELDS);
    assert_int_equal(parse_many(LIMIT_FIELDS + 1, &n), PARSED_OVER);
    assert_int_equal(n, 0);
}

static void test_long_head(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct result r = {0};
    struct str body = arena_fmt(a, "--XyZ\r\nX-Long: %05000d\r\n" FIELD("a") "1\r\n--XyZ--", 0);
    assert_int_equal(parse(a, body, body.n, 0, &r), PARSED_BAD);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_form),     cmocka_unit_test(test_refused), cmocka_unit_test(test_boundaries),
        cmocka_unit_test(test_file_names), cmocka_unit_test(test_limits),  cmocka_unit_test(test_many_fields),
        cmocka_unit_test(test_long_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
