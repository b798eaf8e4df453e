/* Imports: a verdict for each row, nothing seen before all of it is there, and all of it taken back. */
#include "imports/sheets.h"
#include "raw_sql.h"
#include "tables.h"

#include "app/companies/companies.h"
#include "app/members/list.h"
#include "base/buf.h"

#include <string.h>

static int64_t members_listed(struct fixture *x, struct str q, enum member_state state)
{
    struct member_page page;
    struct ctx *c = as_membership(x);
    struct member_filter f = {.q = q, .state = state};
    assert_ok(c, app_members_list(c, &f, &(struct page_want){.size = 100}, &page));
    assert_int_equal(page.items.n, page.total);
    app_end(c);
    return page.total;
}

static int64_t companies_listed(struct fixture *x, struct str q)
{
    struct company_page page;
    struct ctx *c = as_membership(x);
    assert_ok(c, app_companies_list(c, q, &(struct page_want){.size = 100}, &page));
    app_end(c);
    return (int64_t)page.items.n;
}

static void companies_come_in(void **state)
{
    struct fixture *x = *state;
    struct table_prints before = tables_now(x);
    int64_t there = companies_listed(x, STR(""));
    struct job_id id =
        import_checked(x, "company",
                       COMPANY_HEADING "甘肃秋水监理有限公司,91620100MA71B2C3XT,马联系,0931-8800001,兰州市\n"
                                       "兰州朝阳工程咨询有限公司,,,,\n");
    assert_import(x, id, IMPORT_CHECKED, 2, 2, 0);
    assert_int_equal(companies_listed(x, STR("")), there);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_import_commit(c, id));
    app_end(c);
    import_worked(x, id);
    assert_import(x, id, IMPORT_COMMITTED, 2, 2, 0);
    assert_int_equal(companies_listed(x, STR("")), there + 2);
    assert_int_equal(companies_listed(x, STR("秋水")), 1);
    assert_int_equal(trail_count(x, "company.import", "ok"), 2);
    assert_sound(x);
    import_undone(x, id);
    assert_import(x, id, IMPORT_UNDONE, 2, 2, 0);
    struct table_prints after = tables_now(x);
    assert_tables_same(&before, &after, IMPORT_LEAVES);
}

/* Every column of the sheet, and gone with it. */
static void all_of_a_company_comes_in(void **state)
{
    struct fixture *x = *state;
    struct table_prints before = tables_now(x);
    struct company_id all, bare;
    struct job_id id =
        import_done(x, "company",
                    "单位名称,信用代码,联系人,电话,地址,会员级别,有效期至,开票抬头,税号,是否启用\n"
                    "甘肃秋水监理有限公司,91620100MA71B2C3XT,马联系,0931-8800001,兰州市,理事单位,2027.12.31,"
                    "甘肃秋水监理,620102198808081,停用\n兰州朝阳工程咨询有限公司,,,,,,,,,\n");
    struct ctx *c = as_membership(x);
    struct company_full row;
    assert_ok(c, app_company_named(c, STR("甘肃秋水监理有限公司"), &all));
    assert_ok(c, app_company(c, all, &row));
    assert_text(row.credit_code, "91620100MA71B2C3XT");
    assert_text(row.contact, "马联系");
    assert_text(row.phone, "0931-8800001");
    assert_text(row.address, "兰州市");
    assert_text(row.unit_level, "理事单位");
    assert_text(day_str(c->arena, row.unit_valid_to), "2027-12-31");
    assert_text(row.title, "甘肃秋水监理");
    assert_text(row.tax_no, "620102198808081");
    assert_false(row.enabled);
    assert_ok(c, app_company_named(c, STR("兰州朝阳工程咨询有限公司"), &bare));
    assert_ok(c, app_company(c, bare, &row));
    assert_true(row.enabled && !day_is(row.unit_valid_to));
    assert_text(row.tax_no, "");
    app_end(c);
    import_undone(x, id);
    struct table_prints after = tables_now(x);
    assert_tables_same(&before, &after, IMPORT_LEAVES);
}

static void people_come_in(void **state)
{
    struct fixture *x = *state;
    struct table_prints before = tables_now(x);
    struct job_id id = import_done(x, "member", import_people(x, 0, 250, 7));
    assert_import(x, id, IMPORT_COMMITTED, 250, 250, 0);
    assert_int_equal(raw_sql_number(x, "select count(*) from member"), 250);
    assert_int_equal(members_listed(x, STR("GSJL"), STATE_NONE), 0);
    assert_int_equal(companies_listed(x, STR("新进")), 7);
    assert_int_equal(raw_sql_number(x, "select count(*) from import_row where fields_sealed is not null"), 0);
    assert_int_equal(raw_sql_number(x, "select count(*) from file"), 0);
    assert_int_equal(trail_count(x, "member.import", "ok"), 250);
    assert_sound(x);
    import_undone(x, id);
    assert_import(x, id, IMPORT_UNDONE, 250, 250, 0);
    struct table_prints after = tables_now(x);
    assert_tables_same(&before, &after, IMPORT_LEAVES);
    assert_sound(x);
}

/* Lists, search, counters, companies: before the last piece nobody has come, behind it all have. */
static void nobody_is_seen_before_all_are(void **state)
{
    struct fixture *x = *state;
    struct job_id id = import_checked(x, "member", import_people(x, 0, 30, 3));
    struct ctx *c = as_membership(x);
    struct companies_matching_rows hits;
    assert_ok(c, app_import_commit(c, id));
    app_end(c);
    assert_true(import_pieces(x, id, NODE, 2));
    assert_int_equal(raw_sql_number(x, "select count(*) from member"), 30);
    for (enum member_state s = STATE_NONE; s < STATE_COUNT; s++)
        assert_int_equal(members_listed(x, STR(""), s), 0);
    assert_int_equal(members_listed(x, STR("李春风"), STATE_NONE), 0);
    assert_int_equal(members_listed(x, STR("13900000001"), STATE_NONE), 0);
    assert_int_equal(companies_listed(x, STR("新进")), 0);
    c = as_membership(x);
    assert_ok(c, app_companies_search(c, STR("新进"), &hits));
    assert_int_equal(hits.n, 0);
    app_end(c);
    assert_sound(x);
    assert_false(import_pieces(x, id, NODE, 10));
    assert_int_equal(members_listed(x, STR(""), STATE_NONE), 30);
    assert_int_equal(members_listed(x, STR(""), STATE_MEMBER), 15);
    assert_int_equal(members_listed(x, STR(""), STATE_SUBMITTED), 15);
    assert_int_equal(members_listed(x, STR("李春风"), STATE_NONE), 5);
    assert_int_equal(members_listed(x, STR("13900000001"), STATE_NONE), 1);
    assert_int_equal(companies_listed(x, STR("新进")), 3);
    assert_sound(x);
}

static const struct {
    int sequence; /* of the ID number; 0, -1: of who is in the register */
    const char *name, *facts;
    const char *code; /* of what is wrong; "": the row is good */
} ROWS[] = {
    {0, "李在册", ",,,,,,,,,,,,,", ""},
    {-1, "王别名", ",,,,,,,,,,,,,", "other_name"},
    {501, "张新人", ",,,,,,,,GSJL2001000001,,,,,", ""},
    {501, "张新人", ",,,,,,,,GSJL2001000001,,,,,", "repeated"},
    {503, "赵同号", ",,,,,,,,GSJL2001000001,,,,,", "repeated"},
    {505, "丁倒期", ",,,,,,,,,,2025-01-01,2020-01-01,,", "value"},
    {521, "丁未生", ",,,,,,,,,,1979-12-31,,,", "value"},
    {523, "丁未生", ",,,,,,,,,1979-11,,,,", "value"},
    {507, "", ",,,,,,,,,,,,,", "missing"},
    {508, "林生月", ",,,,,,,,,1980-01,,,,", ""},
    {509, "马前员", ",,,,,,,,,1999-05-01,,,,", ""},
    {511, "孙现员", ",,,,,,,,,,,2099-05-01,,", ""},
    {513, "周申请", ",,,,,,,,,,,,,", ""},
    {515, "吴注销", ",,,,,,,,,,,,,已注销", ""},
};

static struct str number_of(struct fixture *x, int sequence)
{
    return id_number_of(x->arena, DAY(1980, 1, 1), sequence > 0 ? sequence : sequence ? 519 : 517);
}

static const char *rows_csv(struct fixture *x, bool with_wrong)
{
    struct buf *b = buf_new(x->arena, 4096, 1 << 20);
    buf_str(b, STR(MEMBER_HEADING));
    for (size_t i = 0; i < COUNT(ROWS); i++)
        if (with_wrong || !ROWS[i].code[0])
            buf_fmt(b, "%s,%.*s%s\n", ROWS[i].name, STR_ARG(number_of(x, ROWS[i].sequence)), ROWS[i].facts);
    return arena_cstr(x->arena, buf_text(b));
}

/* Each row its verdict, beside somebody who is in the register. */
static void a_verdict_for_each_row(void **state)
{
    struct fixture *x = *state;
    person_add(x, x->company, &(struct sample){.name = "李在册", .id_number = number_of(x, 0).p});
    person_add(x, x->company,
               &(struct sample){.name = "王本名", .id_number = number_of(x, -1).p, .mobile = "13893100002"});
    struct job_id id = import_checked(x, "member", rows_csv(x, true));
    struct import_page page = import_of(x, id);
    size_t bad = 0;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        bool is_bad = bad < page.bad.n && page.bad.p[bad].row == (int64_t)i + 2;
        if (is_bad != (ROWS[i].code[0] != 0)) print_error("row %zu\n", i + 2);
        assert_int_equal(is_bad, ROWS[i].code[0] != 0);
        if (!is_bad) continue;
        assert_text(page.bad.p[bad].code, ROWS[i].code);
        assert_true(page.bad.p[bad++].reason.n > 0);
    }
    assert_import(x, id, IMPORT_CHECKED, COUNT(ROWS), (int64_t)(COUNT(ROWS) - bad), (int64_t)bad);
}

/* What they had before, of people of the register: two who had their first membership in 2026, one who waits
 * for the own company, and one for the association. */
static const struct {
    int person;
    const char *days; /* start, end, paid years */
    const char *code; /* of what is wrong or to be looked at; "": neither */
    bool bad, known;
} PERIODS[] = {
    {0, "2019-03-15,2024-03-14,5", "", false, false},
    {0, "2019-03-15,2024-03-14,5", "repeated", true, false},
    {0, "2024-03-14,2025-03-13,", "overlap", true, false}, /* by a day with the row above */
    {0, "2024-03-15,2025-03-14,", "", false, false},
    {0, "2018-01-01,2030-12-31,", "overlap", true, false},
    {1, "2026-11-23,2031-11-22,", "", false, true},
    {1, "2026-11-24,2030-11-22,", "overlap", true, false},
    {1, "2031-11-22,2036-11-21,", "overlap", true, false},
    {1, "2021-11-23,2026-11-22,", "", false, false},
    {1, "1970-01-01,1974-12-31,", "value", true, false}, /* before birth */
    {2, "2019-03-15,2024-03-14,", "", false, false},
    {3, "2019-03-15,2024-03-14,", "wrong_state", true, false},
    {4, "2027-01-01,2031-12-31,", "overlap", true, false}, /* the membership of 2026 ended with that day */
    {4, "2027-01-02,2031-12-31,", "", false, false},
    {5, "2026-11-24,2031-12-31,", "", false, false}, /* and that one was taken back */
};

static void a_verdict_for_each_period(void **state)
{
    static const enum member_state STATES[] = {STATE_MEMBER,          STATE_MEMBER, STATE_SUBMITTED,
                                               STATE_RECOMMENDED_NEW, STATE_MEMBER, STATE_MEMBER};
    struct fixture *x = *state;
    struct buf *csv = buf_new(x->arena, 4096, 1 << 20);
    struct str numbers[COUNT(STATES)];
    for (int i = 0; i < (int)COUNT(STATES); i++)
        numbers[i] = dossier_of(x, person_in(x, STATES[i], i + 1)).id_number;
    raw_sql(x, "update period set ended_on = '2027-01-01', ended_why = '' where member_id = 5");
    raw_sql(x, "update period set voided_at = 1, voided_why = '' where member_id = 6");
    buf_str(csv, STR(PERIOD_HEADING));
    for (size_t i = 0; i < COUNT(PERIODS); i++)
        buf_fmt(csv, ",%.*s,%s\n", STR_ARG(numbers[PERIODS[i].person]), PERIODS[i].days);
    struct job_id id = import_checked(x, "period", arena_cstr(x->arena, buf_text(csv)));
    struct import_page page = import_of(x, id);
    size_t bad = 0, known = 0;
    for (size_t i = 0; i < COUNT(PERIODS); i++) {
        bool is_bad = bad < page.bad.n && page.bad.p[bad].row == (int64_t)i + 2;
        if (is_bad != PERIODS[i].bad) print_error("row %zu\n", i + 2);
        assert_int_equal(is_bad, PERIODS[i].bad);
        known += PERIODS[i].known;
        if (is_bad) assert_text(page.bad.p[bad++].code, PERIODS[i].code);
    }
    assert_int_equal(page.n_known, known);
    assert_import(x, id, IMPORT_CHECKED, COUNT(PERIODS), (int64_t)(COUNT(PERIODS) - bad), (int64_t)bad);
}

static const char *paid_sheet(struct fixture *x, struct member_id member, int years)
{
    return arena_fmt(x->arena, PERIOD_HEADING ",%.*s,2019-03-15,2024-03-14,%d\n",
                     STR_ARG(dossier_of(x, member).id_number), years)
        .p;
}

/* An earlier membership comes behind the one in force; twice the same changes nothing, and paid years that
 * differ are to be looked at. */
static void periods_come_in(void **state)
{
    struct fixture *x = *state;
    struct member_id member = person_in(x, STATE_MEMBER, 1);
    struct member_full m = person_of(x, member);
    struct table_prints before = tables_now(x);
    struct job_id first = import_done(x, "period", paid_sheet(x, member, 5));
    struct dossier d = dossier_of(x, member);
    assert_int_equal(d.periods.n, 2);
    assert_true(day_cmp(d.row.period_end, m.period_end) == 0);
    assert_int_equal(raw_sql_number(x, "select paid_years_before from member"), 5);
    struct table_prints once = tables_now(x);
    struct job_id again = import_checked(x, "period", paid_sheet(x, member, 6));
    assert_int_equal(import_of(x, again).n_known, 1);
    assert_int_equal(import_of(x, again).n_open, 1);
    import_undone(x, again);
    struct table_prints after = tables_now(x);
    assert_tables_same(&once, &after, IMPORT_LEAVES);
    import_undone(x, first);
    after = tables_now(x);
    assert_tables_same(&before, &after, IMPORT_LEAVES);
    assert_sound(x);
}

/* Two sheets with the same membership, both good when they were checked: the second is not committed. */
static void a_membership_that_came_meanwhile(void **state)
{
    struct fixture *x = *state;
    struct member_id member = person_in(x, STATE_MEMBER, 1);
    struct job_id first = import_checked(x, "period", paid_sheet(x, member, 5));
    struct job_id second = import_checked(x, "period", paid_sheet(x, member, 5));
    const struct job_id jobs[] = {first, second};
    for (size_t i = 0; i < COUNT(jobs); i++) {
        struct ctx *c = as_membership(x);
        assert_ok(c, app_import_commit(c, jobs[i]));
        app_end(c);
        import_worked(x, jobs[i]);
    }
    assert_import(x, first, IMPORT_COMMITTED, 1, 1, 0);
    assert_int_equal(import_of(x, second).job.state, IMPORT_FAILED);
    assert_int_equal(dossier_of(x, member).periods.n, 2);
    assert_sound(x);
}

/* Who was a member is one, or has been one; the others wait for their company. */
static void states_as_the_sheet_says(void **state)
{
    static const struct {
        int sequence;
        enum member_state state;
    } CASES[] = {{501, STATE_EXPIRED},
                 {509, STATE_EXPIRED},
                 {511, STATE_MEMBER},
                 {513, STATE_SUBMITTED},
                 {515, STATE_CLOSED}};
    struct fixture *x = *state;
    struct member_id there =
        person_add(x, x->company, &(struct sample){.name = "李在册", .id_number = number_of(x, 0).p});
    struct member_full before = person_of(x, there);
    import_done(x, "member", rows_csv(x, false));
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_membership(x);
        struct member_page page;
        struct member_filter f = {.q = number_of(x, CASES[i].sequence), .state = CASES[i].state};
        assert_ok(c, app_members_list(c, &f, &(struct page_want){.size = 100}, &page));
        assert_int_equal(page.items.n, 1);
        app_end(c);
    }
    struct member_full after = person_of(x, there);
    assert_int_equal(after.version, before.version);
    assert_int_equal(members_listed(x, STR(""), STATE_EXPIRED), 3); /* they have no end */
    assert_int_equal(members_listed(x, STR("马前员"), STATE_EXPIRED), 1);
    assert_sound(x);
}

/* 就是这家: the people go to the company that is almost called so, and none is made. */
static void a_company_almost_called_so(void **state)
{
    struct fixture *x = *state;
    const char *csv = "姓名,身份证号,单位\n李春风,620000199001015009,示范工程监理公司\n";
    struct job_id id = import_checked(x, "member", csv);
    struct import_page page = import_of(x, id);
    assert_int_equal(page.companies.n, 1);
    assert_int_equal(page.companies.p[0].near_id.v, x->company.v);
    assert_text(page.near[0], "甘肃示范工程监理有限公司");
    assert_int_equal(page.n_open, 1);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_import_company(c, id, page.companies.p[0].id, true));
    app_end(c);
    c = as_membership(x);
    assert_ok(c, app_import_commit(c, id));
    app_end(c);
    import_worked(x, id);
    assert_int_equal(person_newest(x).company_id.v, x->company.v);
    assert_int_equal(raw_sql_number(x, "select count(*) from company where import_id is not null"), 0);
    import_undone(x, id);
    assert_import(x, id, IMPORT_UNDONE, 1, 1, 0);
}

static void what_cannot_be_committed(void **state)
{
    struct fixture *x = *state;
    const char *csv = MEMBER_HEADING ",620000197805160029,,,,,,,,,,,,,\n";
    struct job_id id = import_checked(x, "member", csv);
    assert_import(x, id, IMPORT_CHECKED, 1, 0, 1);
    struct ctx *c = as_membership(x);
    assert_int_equal(app_import_commit(c, id), ST_CONFLICT);
    app_end(c);
    assert_import(x, id, IMPORT_CHECKED, 1, 0, 1);
    c = as_viewer(x);
    assert_int_equal(app_import_commit(c, id), ST_FORBIDDEN);
    app_end(c);
    c = as_membership(x);
    assert_int_equal(app_import_commit(c, (struct job_id){id.v + 1}), ST_NOT_FOUND);
    app_end(c);
    import_undone(x, id);
    c = as_membership(x);
    assert_int_equal(app_import_undo(c, id), ST_CONFLICT);
    app_end(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(companies_come_in, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(all_of_a_company_comes_in, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(people_come_in, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(nobody_is_seen_before_all_are, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(a_verdict_for_each_row, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(a_verdict_for_each_period, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(a_membership_that_came_meanwhile, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(periods_come_in, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(states_as_the_sheet_says, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(a_company_almost_called_so, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_committed, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
