/* 会员单位, 开票抬头, 税号: as the association and as the main clerk keep them; and what recommending says
 * when the 会员单位 is over. */
#include "people.h"

#include "app/companies/unit.h"
#include "app/core/settings.h"

static struct company_full company_of(struct fixture *x, struct company_id id)
{
    struct ctx *c = as_membership(x);
    struct company_full company;
    assert_ok(c, app_company(c, id, &company));
    app_end(c);
    return company;
}

/* Everything else stays. */
static enum status update(struct ctx *c, const struct company_full *row, const struct unit_input *in)
{
    struct company_input all = {.name = row->name,
                                .credit_code = str_or_empty(row->credit_code),
                                .contact = row->contact,
                                .phone = row->phone,
                                .address = row->address,
                                .unit_valid_to = in->unit_valid_to,
                                .unit_level = in->unit_level,
                                .title = in->title,
                                .tax_no = in->tax_no,
                                .enabled = true};
    enum status s = app_company_update(c, row->id, &all, row->version);
    app_end(c);
    return s;
}

static void the_association_keeps_them(void **state)
{
    struct fixture *x = *state;
    struct company_full row = company_of(x, x->company);
    struct unit_input in = {STR("2027.6.30"), STR("理事单位"), STR("甘肃示范工程监理有限公司"),
                            STR("916201007 19007 1234")};
    in.tax_no = STR("620102 198808081");
    assert_ok(as_membership(x), update(as_membership(x), &row, &in));
    row = company_of(x, x->company);
    assert_int_equal(day_cmp(row.unit_valid_to, DAY(2027, 6, 30)), 0);
    assert_text(row.unit_level, "理事单位");
    assert_text(row.tax_no, "620102198808081");
    assert_ok(as_membership(x), update(as_membership(x), &row, &(struct unit_input){0}));
    row = company_of(x, x->company); /* what is not sent stays */
    assert_int_equal(day_cmp(row.unit_valid_to, DAY(2027, 6, 30)), 0);
    assert_text(row.title, "甘肃示范工程监理有限公司");
    assert_ok(as_membership(x),
              update(as_membership(x), &row, &(struct unit_input){.unit_valid_to = STR("")}));
    assert_false(day_is(company_of(x, x->company).unit_valid_to)); /* sent empty is none */
}

/* The 18th is the check character of GB 32100-2015. */
static void tax_numbers(void **state)
{
    static const struct {
        const char *typed;
        bool good;
    } CASES[] = {
        {"91350100M000100Y43", true},     {"91350100m000100y43", true},   {" 91350100 M000100Y43 ", true},
        {"91350100M000100Y44", false},    {"91350100M000100Y4", true}, /* 17: from before */
        {"620102198808081", true},        {"62010219880808", false},      {"62010219880808110111", true},
        {"620102198808081101112", false}, {"91350100M000100Y4？", false}, {"", true},
    };
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct company_full row = company_of(x, x->company);
        struct ctx *c = as_membership(x);
        enum status s = update(c, &row, &(struct unit_input){.tax_no = str_from(CASES[i].typed)});
        if (s != (CASES[i].good ? ST_OK : ST_BAD_INPUT)) print_error("%s\n", CASES[i].typed);
        assert_int_equal(s, CASES[i].good ? ST_OK : ST_BAD_INPUT);
        if (s) assert_problem(c, "tax_no");
    }
}

static void what_is_refused(void **state)
{
    static const struct {
        struct unit_input in;
        const char *wrong;
    } CASES[] = {
        {{.unit_valid_to = STR_INIT("2027-02-30")}, "unit_valid_to"},
        {{.unit_valid_to = STR_INIT("明年")}, "unit_valid_to"},
        {{.unit_level = STR_INIT("一二三四五六七八九十一二三四五六七八九十一")}, "unit_level"},
        {{.title = STR_INIT("两\n行")}, "title"},
    };
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct company_full row = company_of(x, x->company);
        struct ctx *c = as_membership(x);
        assert_int_equal(update(c, &row, &CASES[i].in), ST_BAD_INPUT);
        assert_problem(c, CASES[i].wrong);
    }
}

static void the_main_clerk_keeps_the_rest(void **state)
{
    struct fixture *x = *state;
    struct company_full row, now;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_unit(c, &row));
    app_end(c);
    struct own_unit_input in = {.contact = STR("马联系"),
                                .phone = STR("0931-8800001"),
                                .address = STR("兰州市城关区"),
                                .title = STR("甘肃示范"),
                                .tax_no = STR("91350100M000100Y43"),
                                .version = row.version};
    c = as_clerk(x);
    assert_ok(c, app_unit_update(c, &in));
    app_end(c);
    now = company_of(x, x->company);
    assert_text(now.contact, "马联系");
    assert_text(now.tax_no, "91350100M000100Y43");
    assert_true(str_eq(now.name, row.name));
    assert_true(now.enabled);
    c = as_clerk(x);
    assert_int_equal(app_unit_update(c, &in), ST_CONFLICT); /* the version is an old one */
    app_end(c);
    in.version = now.version;
    in.tax_no = STR("91350100M000100Y44");
    c = as_clerk(x);
    assert_int_equal(app_unit_update(c, &in), ST_BAD_INPUT);
    assert_problem(c, "tax_no");
    app_end(c);
    in.tax_no = STR("");
    c = as_clerk(x);
    c->actor.main = false;
    assert_int_equal(app_unit_update(c, &in), ST_FORBIDDEN);
    c->actor.view_only = true;
    assert_int_equal(app_unit(c, &row), ST_FORBIDDEN);
    assert_int_equal(app_unit_update(as_membership(x), &in), ST_FORBIDDEN);
}

/* 会员单位 until yesterday, until today, never registered; warned of, or forbidden. */
static void a_lapsed_unit(void **state)
{
    static const struct {
        int days; /* until so many days from today */
        unsigned setting;
        bool done, warned;
    } CASES[] = {
        {-1, LAPSED_WARNS, true, true},
        {0, LAPSED_WARNS, true, false},
        {-1, LAPSED_BLOCKS, false, false},
        {0, LAPSED_BLOCKS, true, false},
    };
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct member_id id = person_register(x, (int)i);
        struct day until = day_add(x->app->fixed_today, CASES[i].days);
        struct company_full row = company_of(x, x->company);
        assert_ok(as_membership(x), update(as_membership(x), &row,
                                           &(struct unit_input){.unit_valid_to = day_str(x->arena, until)}));
        settings_of(x)->lapsed_unit = CASES[i].setting;
        struct outcome o = decide_with(as_clerk(x), &(struct decision){.event = EVENT_RECOMMEND}, id);
        assert_int_equal(o.done, CASES[i].done);
        assert_int_equal(o.skipped.n, !CASES[i].done);
        assert_int_equal(o.warned.n, CASES[i].warned);
        if (CASES[i].warned) assert_text(o.warned.p[0].code, "lapsed");
        if (!CASES[i].done) assert_text(o.skipped.p[0].code, "lapsed");
    }
    settings_of(x)->lapsed_unit = LAPSED_BLOCKS;
    struct company_full row = company_of(x, x->company);
    assert_ok(as_membership(x),
              update(as_membership(x), &row, &(struct unit_input){.unit_valid_to = STR("")}));
    struct member_id id = person_register(x, 9);
    assert_int_equal(decide_with(as_clerk(x), &(struct decision){.event = EVENT_RECOMMEND}, id).done, 1);
    assert_sound(x);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_association_keeps_them),    TEST(tax_numbers),   TEST(what_is_refused),
        TEST(the_main_clerk_keeps_the_rest), TEST(a_lapsed_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
