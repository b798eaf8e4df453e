/* A database whose folded forms are of an earlier version. */
#include "people.h"
#include "raw_sql.h"

#include "app/companies/companies.h"
#include "app/members/list.h"
#include "app/ops/setup.h"

#define OLD_FOLD "update company set folded = '甘肃欧•亚监理公司' where name = '甘肃欧•亚监理公司'"

static struct company_id company_made(struct fixture *x, const char *name)
{
    struct one_time made;
    struct ctx *c = as_membership(x);
    struct company_input in = {.name = str_from(name),
                               .contact = STR("马联系"),
                               .phone = STR("0931-8800001"),
                               .address = STR(""),
                               .enabled = true};
    assert_ok(c, app_company_create(c, &in, &made));
    app_end(c);
    return made.company.id;
}

static void migrate(struct fixture *x)
{
    int applied = 0;
    struct fault f = {0};
    struct app_options o = {.db_url = x->db->url, .keys_path = x->keys_path};
    assert_int_equal(app_migrate(x->app, &o, &f, &applied), ST_OK);
}

static bool is_named(struct fixture *x, const char *name, struct company_id id)
{
    struct company_id found = {0};
    struct ctx *c = as_membership(x);
    enum status s = app_company_named(c, str_from(name), &found);
    app_end(c);
    return s == ST_OK && found.v == id.v;
}

static int64_t found_people(struct fixture *x, const char *q)
{
    struct member_page page;
    struct ctx *c = as_membership(x);
    struct member_filter f = {.q = str_from(q)};
    assert_ok(c, app_members_list(c, &f, &(struct page_want){.size = 20}, &page));
    app_end(c);
    return page.total;
}

static void an_older_database_folds_as_this_version(void **state)
{
    struct fixture *x = *state;
    struct company_id company = company_made(x, "甘肃欧•亚监理公司");
    person_add(x, x->company, &(struct sample){.name = "买买提·艾力江", .id_number = "620112198808081011"});
    raw_sql(x, OLD_FOLD);
    raw_sql(x, "update company_name set folded = '甘肃欧•亚监理公司' where name = '甘肃欧•亚监理公司'");
    raw_sql(x, "delete from member_gram where gram = '提艾'");
    raw_sql(x, "delete from company_gram where gram = '欧亚'");
    raw_sql(x, "update company_name set searched = ''");
    raw_sql(x, "delete from meta where name = 'folds_2'");
    assert_false(is_named(x, "甘肃欧·亚监理公司", company));
    assert_int_equal(found_people(x, "提艾"), 0);
    migrate(x);
    assert_true(is_named(x, "甘肃欧·亚监理公司", company));
    assert_int_equal(found_people(x, "提艾"), 1);
    struct companies_matching_rows rows;
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_companies_search(c, STR("欧亚"), &rows));
    assert_int_equal(rows.n, 1);
    app_end(c);
    int64_t notes = trail_count(x, "system.migrate", "ok");
    migrate(x); /* nothing more to do */
    assert_int_equal(trail_count(x, "system.migrate", "ok"), notes);
}

static void two_that_have_one_name_now_stay_two(void **state)
{
    struct fixture *x = *state;
    struct company_id first = company_made(x, "甘肃欧·亚监理公司"),
                      second = company_made(x, "甘肃别的监理公司");
    raw_sql(x, "update company set name = '甘肃欧•亚监理公司', folded = '甘肃欧•亚监理公司' "
               "where name = '甘肃别的监理公司'");
    raw_sql(x, "update company_name set name = '甘肃欧•亚监理公司', folded = '甘肃欧•亚监理公司' "
               "where name = '甘肃别的监理公司'");
    raw_sql(x, "delete from meta where name = 'folds_2'");
    migrate(x);
    assert_true(is_named(x, "甘肃欧·亚监理公司", first));
    assert_int_not_equal(first.v, second.v);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(an_older_database_folds_as_this_version),
                                       TEST(two_that_have_one_name_now_stay_two)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
