/* Settings: what is taken, what is refused before it is stored, and what is refused that somebody stored. */
#include "raw_sql.h"

#include "app/core/ledger.h"
#include "app/core/open.h"
#include "app/core/settings.h"
#include "app/core/settings_desk.h"
#include "domain/required.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

static struct setting_now now_of(struct ctx *c, const char *name)
{
    struct setting_now now;
    struct setting_history_rows past;
    assert_ok(c, app_setting(c, str_from(name), &now, &past));
    return now;
}

static enum status put_by(struct ctx *c, const char *name, const char *value)
{
    struct setting_change change = {
        .name = str_from(name), .value = str_from(value), .reason = STR("理事会决定")};
    if (setting_find(change.name)) change.version = now_of(c, name).version;
    enum status s = app_setting_set(c, &change);
    app_end(c);
    return s;
}

static enum status put(struct fixture *x, const char *name, const char *value)
{
    return put_by(as_command_line(x), name, value);
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
    assert_int_equal(put(x, "register.required", "school"), ST_OK);
    assert_int_equal(put(x, "register.required", "qq, email"), ST_OK);
    assert_int_equal(put(x, "period.years", "3"), ST_OK);
    assert_int_equal(put(x, "member.number_prefix", "HB"), ST_OK);
    assert_int_equal(load(x, &s, &f), ST_OK);
    assert_int_equal(s.required, REQUIRED_QQ | REQUIRED_EMAIL);
    assert_int_equal(s.period_years, 3);
    assert_true(str_eq(s.number_prefix, STR("HB")));
    assert_int_equal(put(x, "register.required", ""), ST_OK);
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
        struct str value = str_from(SENSELESS[i].value);
        struct str wrong = setting_wrong(x->arena, setting_find(str_from(SENSELESS[i].name)), value);
        assert_int_equal(put(x, SENSELESS[i].name, SENSELESS[i].value), ST_BAD_INPUT);
        assert_non_null(strstr(wrong.p, SENSELESS[i].word));
    }
    assert_int_equal(put(x, "register.colour", "red"), ST_NOT_FOUND);
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
    const struct setting *row;
    for (size_t i = 0; (row = setting_at(i)); i++) {
        assert_ptr_equal(setting_find(str_from(row->name)), row);
        assert_non_null(setting_group_of(row));
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
            assert_int_equal(put(x, row->name, arena_fmt(x->arena, "%ld", (long)VALUES[k].value).p),
                             VALUES[k].status);
    }
}

/* Another process on the database. */
static struct app *other_process(struct fixture *x)
{
    struct app_options o = {.db_url = x->db->url, .keys_path = x->keys_path};
    struct fault f = {0};
    struct app *app;
    assert_int_equal(app_open(&o, &f, &app), ST_OK);
    return app;
}

static int64_t years_seen(struct app *app, struct arena *a)
{
    struct ctx c;
    ctx_init(&c, app, a);
    assert_ok(&c, app_read(&c));
    app_end(&c);
    return c.settings->period_years;
}

/* The next request sees it, wherever it is; one that has begun keeps what it saw. */
static void a_change_is_in_force_everywhere(void **state)
{
    struct fixture *x = *state;
    struct app *other = other_process(x);
    struct arena *a = arena_new();
    struct ctx begun;
    ctx_init(&begun, other, a);
    assert_ok(&begun, app_read(&begun));
    app_read_end(&begun);
    for (int years = 1; years <= 20; years++) {
        char value[12];
        snprintf(value, sizeof value, "%d", years);
        assert_int_equal(put(x, "period.years", value), ST_OK);
        assert_int_equal(years_seen(x->app, a), years);
        assert_int_equal(years_seen(other, a), years);
    }
    assert_ok(&begun, app_read(&begun));
    assert_int_equal(begun.settings->period_years, 5);
    app_end(&begun);
    arena_free(a);
    app_close(other);
}

struct look {
    struct app *app;
    struct arena *arena;
    int64_t years;
};

/* Another request, on a thread of its own. */
static void *look(void *arg)
{
    struct look *l = arg;
    struct ctx c;
    ctx_init(&c, l->app, l->arena);
    if (app_read(&c) == ST_OK) l->years = c.settings->period_years;
    app_end(&c);
    return NULL;
}

static int64_t years_beside(struct app *app)
{
    struct look l = {app, arena_new(), 0};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, look, &l), 0);
    pthread_join(thread, NULL);
    arena_free(l.arena);
    return l.years;
}

/* Whoever looked before a change was made does not take it back for those who looked after it. */
static void an_older_look_takes_nothing_back(void **state)
{
    struct fixture *x = *state;
    struct app *other = other_process(x);
    struct arena *a = arena_new();
    struct ctx early;
    ctx_init(&early, other, a);
    int64_t version;
    early.settings_read = true;
    assert_ok(&early, app_read(&early));
    assert_ok(&early, data_version(&early, &version));
    assert_int_equal(put(x, "period.years", "7"), ST_OK);
    assert_int_equal(years_beside(other), 7);
    early.settings_read = false;
    assert_ok(&early, settings_follow(&early));
    assert_int_equal(early.settings->period_years, 5);
    assert_int_equal(years_beside(other), 7);
    app_end(&early);
    arena_free(a);
    app_close(other);
}

static void what_makes_no_sense_leaves_what_was(void **state)
{
    struct fixture *x = *state;
    struct ctx *c;
    assert_int_equal(put(x, "period.years", "7"), ST_OK);
    assert_int_equal(years_seen(x->app, x->arena), 7);
    raw_sql(x, "insert into setting (name, value, set_at) values ('period.years', '0', 1)");
    c = as_command_line(x);
    assert_ok(c, app_begin(c));
    assert_ok(c, audit_add(c, &(struct audit_note){.event = "system.demo"}));
    assert_ok(c, app_commit(c));
    assert_int_equal(years_seen(x->app, x->arena), 7);
}

/* Who sets what is the setting's; what is wrong, stale or without a reason is refused; twice is once. */
static void who_may_set_what(void **state)
{
    struct fixture *x = *state;
    static const struct {
        unsigned role;
        const char *name, *value;
        enum status status;
    } CASES[] = {
        {ROLE_SYSTEM, "period.years", "4", ST_OK},
        {ROLE_SECURITY, "period.years", "3", ST_FORBIDDEN},
        {ROLE_SECURITY, "login.pair_failures", "4", ST_OK},
        {ROLE_SYSTEM, "login.pair_failures", "3", ST_FORBIDDEN},
        {ROLE_SYSTEM, "period.nothing", "3", ST_NOT_FOUND},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_membership(x);
        c->actor.roles = CASES[i].role;
        assert_int_equal(put_by(c, CASES[i].name, CASES[i].value), CASES[i].status);
    }
    struct ctx *c = as_membership(x);
    struct settings_list all;
    struct setting_change change = {STR("period.years"), STR("3"), STR("x"), 0, STR_NONE};
    assert_int_equal(app_setting_set(c, &change), ST_FORBIDDEN);
    assert_int_equal(app_settings(c, &all), ST_FORBIDDEN);
    assert_int_equal(trail_count(x, "setting.set", NULL), 2);
    assert_string_equal(trail_note(x, "setting.set").p, "login.pair_failures：5 → 4；理事会决定");
}

/* A password that is given to new accounts: who may not set it does not read it, nor does the auditor. */
static void a_secret_is_for_who_sets_it(void **state)
{
    static const char SECRET[] = "Huiyuan-8842";
    struct fixture *x = *state;
    struct setting_now now;
    struct setting_history_rows past;
    struct settings_list all;
    struct ctx *c = as_membership(x);
    c->actor.roles = ROLE_SECURITY;
    assert_int_equal(put_by(c, "account.initial_password", SECRET), ST_OK);
    assert_null(strstr(trail_note(x, "setting.set").p, SECRET));
    for (int may = 0; may < 2; may++) {
        c = as_membership(x);
        c->actor.roles = may ? ROLE_SECURITY : ROLE_SYSTEM;
        assert_ok(c, app_setting(c, STR("account.initial_password"), &now, &past));
        assert_int_equal(str_eq(now.value, str_from(SECRET)), may);
        assert_int_equal(str_eq(past.p[0].value, str_from(SECRET)), may);
        assert_ok(c, app_settings(c, &all));
        for (size_t i = 0; i < all.n; i++)
            if (!may) assert_false(str_eq(all.p[i].value, str_from(SECRET)));
        app_end(c);
    }
}

static void a_change_is_checked(void **state)
{
    struct fixture *x = *state;
    static const struct {
        const char *value, *reason, *wrong;
    } CASES[] = {{"0", "x", "value"},
                 {"", "x", "value"},
                 {"4", "", "reason"},
                 {"4", " \t", "reason"},
                 {"4", "一行\n两行", "reason"}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_command_line(x);
        struct setting_change change = {STR("period.years"), str_from(CASES[i].value),
                                        str_from(CASES[i].reason), 0, STR_NONE};
        assert_int_equal(app_setting_set(c, &change), ST_BAD_INPUT);
        assert_true(problem_of(&c->problems, str_from(CASES[i].wrong)).n > 0);
    }
    struct setting_change change = {STR("period.years"), STR("4"), STR("x"), 0, STR("0123456789abcdef")};
    struct ctx *c = as_membership(x);
    c->actor.roles = ROLE_SYSTEM;
    assert_ok(c, app_setting_set(c, &change));
    assert_ok(c, app_setting_set(c, &change));
    change.once = STR("fedcba9876543210");
    assert_int_equal(app_setting_set(c, &change), ST_CONFLICT);
    app_end(c);
    assert_int_equal(trail_count(x, "setting.set", NULL), 1);
    assert_int_equal(now_of(as_command_line(x), "period.years").row->at,
                     offsetof(struct settings, period_years));
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
        TEST(a_change_is_in_force_everywhere),
        TEST(an_older_look_takes_nothing_back),
        TEST(what_makes_no_sense_leaves_what_was),
        TEST(who_may_set_what),
        TEST(a_secret_is_for_who_sets_it),
        TEST(a_change_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
