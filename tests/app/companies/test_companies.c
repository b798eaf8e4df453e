/* 企业管理: new companies, names through time, one-time passwords, finding them. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/companies/companies.h"

#include <string.h>

static const struct company_input GOOD = {.name = STR_INIT("甘肃春风（集团）监理有限公司"),
                                          .credit_code = STR_INIT("91620100MA71B2C3XT"),
                                          .contact = STR_INIT("马联系"),
                                          .phone = STR_INIT("0931-8800001"),
                                          .address = STR_INIT("兰州市"),
                                          .enabled = true,
                                          .credit_code_anyway = true,
                                          .reason = STR_INIT("营业执照如此")};

static enum status create(struct ctx *c, const struct company_input *in, struct one_time *ret)
{
    enum status s = app_company_create(c, in, ret);
    app_end(c);
    return s;
}

static struct one_time created(struct fixture *x)
{
    struct one_time made;
    struct ctx *c = as_membership(x);
    assert_ok(c, create(c, &GOOD, &made));
    return made;
}

static enum status login(struct fixture *x, struct str account, struct str password)
{
    struct str token;
    struct ctx *c = as_command_line(x);
    enum status s =
        app_login(c, &(struct login_input){SIDE_COMPANY, account, password, STR("192.0.2.7")}, &token);
    app_end(c);
    return s;
}

static struct company_full company_of(struct fixture *x, struct company_id id)
{
    struct ctx *c = as_membership(x);
    struct company_full company;
    assert_ok(c, app_company(c, id, &company));
    app_end(c);
    return company;
}

static void a_new_company_logs_in(void **state)
{
    struct fixture *x = *state;
    struct one_time made = created(x);
    assert_text(made.company.code, "0003");
    assert_true(made.password.n >= 8);
    assert_text(made.account, GOOD.name.p);
    assert_int_equal(login(x, made.account, made.password), ST_OK);
    assert_int_equal(trail_count(x, "company.create", "ok"), 1);
    struct one_time other;
    struct company_input in = {.name = STR("甘肃秋水监理有限公司"), .enabled = true};
    assert_int_equal(create(as_membership(x), &in, &other), ST_OK);
    assert_false(str_eq(other.password, made.password)); /* random, not one for all */
}

static void what_is_refused(void **state)
{
    struct fixture *x = *state;
    created(x);
    const struct {
        const char *name, *credit_code, *field;
        bool anyway;
        const char *reason;
    } CASES[] = {
        {"监理", "", "name", false, ""},
        {"", "", "name", false, ""},
        {"甘肃春风(集团)监理有限公司", "", "name", false, ""}, /* the same but for the brackets */
        {"甘肃秋水监理有限公司", "91620100MA71B2C3XT", "credit_code", true, "如此"}, /* another's */
        {"甘肃秋水监理有限公司", "9162010", "credit_code", false, ""},
        {"甘肃秋水监理有限公司", "91620100MA71B2C3XA", "credit_code", false, ""}, /* check digit */
        {"甘肃秋水监理有限公司", "91620100MA71B2C3XA", "reason", true, " "},      /* without a reason */
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct company_input in = {.name = str_from(CASES[i].name),
                                   .credit_code = str_from(CASES[i].credit_code),
                                   .enabled = true,
                                   .credit_code_anyway = CASES[i].anyway,
                                   .reason = str_from(CASES[i].reason)};
        struct one_time made;
        struct ctx *c = as_membership(x);
        enum status s = create(c, &in, &made);
        if (s != ST_BAD_INPUT) print_error("case %zu\n", i);
        assert_int_equal(s, ST_BAD_INPUT);
        assert_problem(c, CASES[i].field);
    }
    assert_int_equal(trail_count(x, "company.create", "ok"), 1);
}

static enum status update(struct fixture *x, struct company_id id, const char *name, bool enabled,
                          int64_t version)
{
    struct company_input in = GOOD;
    in.name = str_from(name);
    in.enabled = enabled;
    struct ctx *c = as_membership(x);
    enum status s = app_company_update(c, id, &in, version);
    app_end(c);
    return s;
}

static bool found(struct fixture *x, const char *q, struct company_id id)
{
    struct companies_matching_rows rows;
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_companies_search(c, str_from(q), &rows));
    app_end(c);
    for (size_t i = 0; i < rows.n; i++)
        if (rows.p[i].id.v == id.v) return true;
    return false;
}

static bool listed(struct fixture *x, const char *q, struct company_id id)
{
    struct company_page page;
    struct ctx *c = as_membership(x);
    assert_ok(c, app_companies_list(c, str_from(q), &(struct page_want){.size = 10}, &page));
    app_end(c);
    for (size_t i = 0; i < page.items.n; i++)
        if (page.items.p[i].row.id.v == id.v) return true;
    return false;
}

/* More namesakes than a public search looks at, all older than the one that is meant: found by the rarest
 * pair of what was typed, wherever it stands. */
static void common_words_hide_nobody(void **state)
{
    struct fixture *x = *state;
    bool postgres = db_engine(x->app->db) == DB_POSTGRES;
    raw_sql(x,
            arena_fmt(
                x->arena,
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2100) "
                "insert into company (uid, code, name, folded, contact, phone, address, enabled, direct, "
                "created_at, version) select %s, 'K' || i, '有限公司' || i, '有限公司' || i, '', '', '', 1, "
                "0, 1, 1 from n",
                postgres ? "decode(md5(cast(i as text)), 'hex')" : "randomblob(16)")
                .p);
    raw_sql(x, "insert into company_name (company_id, name, folded, searched, from_day) "
               "select id, name, folded, folded, '2026-11-23' from company where code like 'K%'");
    static const char *const GRAMS[] = {"有", "限", "公", "司", "有限", "限公", "公司"};
    for (size_t i = 0; i < COUNT(GRAMS); i++)
        raw_sql(x, arena_fmt(x->arena,
                             "insert into company_gram (gram, company_id) "
                             "select '%s', id from company where code like 'K%%'",
                             GRAMS[i])
                       .p);
    struct company_id id = created(x).company.id;
    assert_int_equal(update(x, id, "甘肃有限公司春风分部", true, 1), ST_OK);
    static const char *const WORDS[] = {"有限公司春风", "春风分部", "甘肃有限公司", "限公司春"};
    for (size_t i = 0; i < COUNT(WORDS); i++) {
        assert_true(found(x, WORDS[i], id));
        assert_true(listed(x, WORDS[i], id));
    }
    struct companies_matching_rows rows;
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_companies_search(c, STR("有限公司"), &rows));
    assert_int_equal(rows.n, 20);
    app_end(c);
}

static void a_former_name_finds_it(void **state)
{
    struct fixture *x = *state;
    struct one_time made = created(x);
    struct company_id id = made.company.id;
    raw_sql(x, "update account set onetime = 0"); /* as if the clerk had chosen it */
    set_today(x, DAY(2026, 12, 1));
    assert_int_equal(update(x, id, "甘肃秋水监理有限公司", true, made.company.version), ST_OK);
    static const char *const WORDS[] = {"秋水", "春风", "春风（集团）", "春风(集团)监", "水"};
    for (size_t i = 0; i < COUNT(WORDS); i++) {
        assert_true(found(x, WORDS[i], id));
        assert_true(listed(x, WORDS[i], id));
    }
    assert_false(found(x, "秋风", id));
    assert_false(found(x, "%", id));
    assert_int_equal(login(x, STR("甘肃春风（集团）监理有限公司"), made.password), ST_OK);
    struct ctx *c = as_membership(x);
    struct company_card card;
    assert_ok(c, app_company_card(c, id, &card));
    app_end(c);
    assert_int_equal(card.names.n, 2);
    assert_int_equal(day_cmp(card.names.p[0].to_day, DAY(2026, 12, 1)), 0);
    assert_false(day_is(card.names.p[1].to_day));
    assert_text(card.names.p[1].name, "甘肃秋水监理有限公司");
    assert_int_equal(trail_count(x, "company.update", "ok"), 1);
}

/* With accents or without, whichever of the two has them; and with any punctuation. */
static void accents_and_punctuation_do_not_matter(void **state)
{
    struct fixture *x = *state;
    struct one_time made = created(x);
    struct company_id id = made.company.id;
    static const char *const WORDS[] = {"Méridien", "meridien", "MÉRIDIEN 监理", "A&B",
                                        "ab",       "Ａ＆Ｂ",   "肃mé",          "b监理"};
    static const char *const OTHERS[] = {"meridian", "méridienn", "a&c", "监理b"};
    assert_int_equal(update(x, id, "甘肃Méridien监理A&B监理有限公司", true, made.company.version), ST_OK);
    for (size_t i = 0; i < COUNT(WORDS); i++) {
        assert_true(found(x, WORDS[i], id));
        assert_true(listed(x, WORDS[i], id));
    }
    for (size_t i = 0; i < COUNT(OTHERS); i++)
        assert_false(found(x, OTHERS[i], id));
}

/* Typed where a name is expected. */
static void its_credit_code_finds_it(void **state)
{
    struct fixture *x = *state;
    struct company_id id = created(x).company.id;
    assert_true(found(x, "91620100MA71B2C3XT", id));
    assert_true(found(x, " 91620100ma71b2c3xt ", id));
    assert_false(found(x, "91620100MA71B2C3X", id));
    assert_true(listed(x, "91620100MA71B2C3XT", id));
}

/* By name, by credit code, and as a form holds it. */
static void its_address_comes_with_it(void **state)
{
    struct fixture *x = *state;
    struct company_id id = created(x).company.id;
    struct str as_held = arena_fmt(x->arena, " %ld ", (long)id.v);
    struct companies_matching_rows rows;
    struct companies_matching_row one;
    for (int i = 0; i < 2; i++) {
        struct ctx *c = as_command_line(x);
        assert_ok(c, app_companies_search(c, i ? GOOD.credit_code : STR("春风"), &rows));
        assert_int_equal(rows.n, 1);
        assert_true(str_eq(rows.p[0].address, GOOD.address));
        app_end(c);
    }
    for (int enabled = 1; enabled >= 0; enabled--) {
        struct ctx *c = as_membership(x);
        assert_ok(c, app_company_enable(c, id, enabled));
        app_end(c);
        c = as_command_line(x);
        assert_ok(c, app_company_choice(c, as_held, &one));
        assert_int_equal(one.id.v, enabled ? id.v : 0);
        assert_true(str_eq(one.address, enabled ? GOOD.address : STR_NONE));
        app_end(c);
    }
}

static bool may_choose(struct fixture *x, struct company_id id)
{
    struct ctx *c = as_command_line(x);
    struct companies_matching_row row;
    assert_ok(c, app_company_choice(c, arena_fmt(x->arena, "%ld", (long)id.v), &row));
    app_end(c);
    return row.id.v == id.v;
}

static void only_enabled_ones_are_offered(void **state)
{
    struct fixture *x = *state;
    struct one_time made = created(x);
    struct company_id id = made.company.id;
    assert_int_equal(update(x, id, GOOD.name.p, false, made.company.version), ST_OK);
    assert_false(found(x, "春风", id));
    assert_false(may_choose(x, id));
    assert_true(listed(x, "春风", id)); /* the association sees it all the same */
    assert_int_equal(login(x, GOOD.name, made.password), ST_BAD_INPUT);
    assert_int_equal(update(x, id, GOOD.name.p, true, company_of(x, id).version), ST_OK);
    assert_true(found(x, "春风", id));
    assert_true(may_choose(x, id));
    assert_int_equal(login(x, GOOD.name, made.password), ST_OK);
    struct company_id direct = {raw_sql_number(x, "select id from company where direct = 1")};
    assert_true(direct.v > 0);
    assert_true(may_choose(x, direct)); /* with a reason */
    struct ctx *c = as_membership(x);
    assert_int_equal(app_company_enable(c, direct, false), ST_CONFLICT);
    app_end(c);
    assert_true(company_of(x, direct).enabled);
}

/* The people of a disabled company are still found by its name. */
static void people_of_a_disabled_company(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct ctx *c = as_membership(x);
    struct member_page page;
    assert_ok(c, app_company_enable(c, x->company, false));
    app_end(c);
    c = as_membership(x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_members_list(c, &(struct member_filter){.q = STR("示范工程")},
                                  &(struct page_want){.size = 10}, &page));
    app_end(c);
    assert_int_equal(page.items.n, 1);
    assert_int_equal(page.items.p[0].row->id.v, id.v);
}

static void an_old_form_is_refused(void **state)
{
    struct fixture *x = *state;
    struct one_time made = created(x);
    assert_int_equal(update(x, made.company.id, "甘肃秋水监理有限公司", true, made.company.version), ST_OK);
    assert_int_equal(update(x, made.company.id, "甘肃冬雪监理有限公司", true, made.company.version),
                     ST_CONFLICT);
    assert_text(company_of(x, made.company.id).name, "甘肃秋水监理有限公司");
    assert_int_equal(
        update(x, made.company.id, "兰州另一家监理有限公司", true, company_of(x, made.company.id).version),
        ST_BAD_INPUT);
}

static void a_reset_replaces_the_password(void **state)
{
    struct fixture *x = *state;
    struct one_time made = created(x), again;
    struct ctx *c = as_membership(x);
    assert_ok(c, app_company_reset_password(c, made.company.id, &again));
    app_end(c);
    assert_false(str_eq(again.password, made.password));
    assert_int_equal(login(x, GOOD.name, made.password), ST_BAD_INPUT);
    assert_int_equal(login(x, GOOD.name, again.password), ST_OK);
    assert_int_equal(trail_count(x, "account.reset", "ok"), 1);
}

static void who_may_not(void **state)
{
    struct fixture *x = *state;
    struct one_time made;
    struct company_page page;
    struct company_full company;
    assert_int_equal(create(as_viewer(x), &GOOD, &made), ST_FORBIDDEN);
    assert_int_equal(create(as_clerk(x), &GOOD, &made), ST_FORBIDDEN);
    struct ctx *c = as_clerk(x);
    assert_int_equal(app_companies_list(c, STR(""), &(struct page_want){.size = 10}, &page), ST_FORBIDDEN);
    app_end(c);
    assert_int_equal(app_company(c, x->other, &company), ST_FORBIDDEN);
    assert_ok(c, app_company(c, x->company, &company));
    app_end(c);
    c = as_viewer(x);
    assert_ok(c, app_companies_list(c, STR(""), &(struct page_want){.size = 10}, &page));
    app_end(c);
    assert_int_equal(app_company_reset_password(c, x->company, &made), ST_FORBIDDEN);
    app_end(c);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_company_logs_in),
        TEST(what_is_refused),
        TEST(common_words_hide_nobody),
        TEST(a_former_name_finds_it),
        TEST(accents_and_punctuation_do_not_matter),
        TEST(its_credit_code_finds_it),
        TEST(its_address_comes_with_it),
        TEST(only_enabled_ones_are_offered),
        TEST(people_of_a_disabled_company),
        TEST(an_old_form_is_refused),
        TEST(a_reset_replaces_the_password),
        TEST(who_may_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
