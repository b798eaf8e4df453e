/* Settings: what is taken, what is refused before it is stored, and what is refused that somebody stored. */
#include "raw_sql.h"

#include "app/core/settings.h"
#include "domain/required.h"

#include <string.h>

static enum status put(struct fixture *x, const char *name, const char *value, struct fault *ret)
{
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_begin(c));
    enum status s = settings_put(c, str_from(name), str_from(value));
    *ret = c->fault;
    if (s == ST_OK) assert_ok(c, app_commit(c));
    app_end(c);
    return s;
}

static enum status load(struct fixture *x, struct settings *ret, struct fault *ret_fault)
{
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_read(c));
    enum status s = settings_load(c, x->arena, ret);
    *ret_fault = c->fault;
    app_end(c);
    return s;
}

static void defaults(void **state)
{
    struct settings s;
    struct fault f;
    assert_int_equal(load(*state, &s, &f), ST_OK);
    assert_true(str_eq(s.number_prefix, STR("GSJL")));
    assert_int_equal(s.period_years, 5);
    assert_int_equal(s.required, REQUIRED_ADDRESS | REQUIRED_MOBILE | REQUIRED_PHOTO);
}

static void the_newest_value_is_in_force(void **state)
{
    struct fixture *x = *state;
    struct settings s;
    struct fault f;
    assert_int_equal(put(x, "register.required", "school", &f), ST_OK);
    assert_int_equal(put(x, "register.required", "qq, email", &f), ST_OK);
    assert_int_equal(put(x, "period.years", "3", &f), ST_OK);
    assert_int_equal(put(x, "member.number_prefix", "HB", &f), ST_OK);
    assert_int_equal(load(x, &s, &f), ST_OK);
    assert_int_equal(s.required, REQUIRED_QQ | REQUIRED_EMAIL);
    assert_int_equal(s.period_years, 3);
    assert_true(str_eq(s.number_prefix, STR("HB")));
    assert_int_equal(put(x, "register.required", "", &f), ST_OK);
    assert_int_equal(load(x, &s, &f), ST_OK);
    assert_int_equal(s.required, 0);
}

/* `word`: what the refusal has to name. */
static const struct {
    const char *name, *value, *word;
} SENSELESS[] = {
    {"register.required", "mobile,gender", "\"gender\""},
    {"register.required", "name", "\"name\""},
    {"register.required", "mobile;photo", "\"mobile;photo\""},
    {"period.years", "five", "whole number"},
    {"period.years", "", "whole number"},
    {"period.years", "0", "from 1 to 50"},
    {"period.years", "51", "from 1 to 50"},
    {"period.years", "-1", "from 1 to 50"},
    {"export.masked", "2", "from 0 to 1"},
    {"batch.rows", "10001", "from 1 to 10000"},
    {"association.name", "", "1 to 50 characters"},
    {"association.record_no", "陇ICP备\n1号", "a line of"},
    {"member.number_prefix", "ABCDEFGHIJK", "0 to 10 characters"},
};

static void what_makes_no_sense_is_not_stored(void **state)
{
    struct fixture *x = *state;
    struct settings s;
    struct fault f;
    for (size_t i = 0; i < COUNT(SENSELESS); i++) {
        assert_int_equal(put(x, SENSELESS[i].name, SENSELESS[i].value, &f), ST_BAD_INPUT);
        assert_non_null(strstr(f.text, SENSELESS[i].name));
        assert_non_null(strstr(f.text, SENSELESS[i].word));
    }
    assert_int_equal(put(x, "register.colour", "red", &f), ST_BAD_INPUT);
    assert_int_equal(load(x, &s, &f), ST_OK);
    assert_int_equal(s.required, REQUIRED_USUALLY);
}

static void nor_taken_from_the_database(void **state)
{
    struct fixture *x = *state;
    struct settings s;
    struct fault f;
    for (size_t i = 0; i < COUNT(SENSELESS); i++) {
        raw_sql(x, arena_fmt(x->arena, "insert into setting (name, value, set_at) values ('%s', '%s', 1)",
                             SENSELESS[i].name, SENSELESS[i].value)
                       .p);
        assert_int_equal(load(x, &s, &f), ST_BROKEN);
        assert_non_null(strstr(f.detail, SENSELESS[i].name));
        assert_non_null(strstr(f.detail, SENSELESS[i].word));
        raw_sql(x, "delete from setting");
    }
    raw_sql(x, "insert into setting (name, value, set_at) values ('of.a.newer.version', 'x', 1)");
    assert_int_equal(load(x, &s, &f), ST_OK);
}

/* Each setting takes both ends of its range and its own default, and nothing beyond. */
static void both_ends_of_each_range(void **state)
{
    struct fixture *x = *state;
    struct fault f;
    const struct setting *row;
    for (size_t i = 0; (row = setting_at(i)); i++) {
        assert_ptr_equal(setting_find(str_from(row->name)), row);
        assert_true(row->title[0]);
        if (row->kind != SETTING_NUMBER && row->kind != SETTING_SWITCH) continue;
        assert_true(row->least <= row->number && row->number <= row->most);
        const struct {
            int64_t value;
            enum status status;
        } VALUES[] = {{row->least, ST_OK},
                      {row->most, ST_OK},
                      {row->least - 1, ST_BAD_INPUT},
                      {row->most + 1, ST_BAD_INPUT}};
        for (size_t k = 0; k < COUNT(VALUES); k++)
            assert_int_equal(put(x, row->name, arena_fmt(x->arena, "%ld", (long)VALUES[k].value).p, &f),
                             VALUES[k].status);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(defaults),
        TEST(the_newest_value_is_in_force),
        TEST(what_makes_no_sense_is_not_stored),
        TEST(nor_taken_from_the_database),
        TEST(both_ends_of_each_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
