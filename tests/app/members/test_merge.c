/* Two companies become one, and are two again. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/companies/companies.h"
#include "app/members/corrections.h"
#include "app/members/list.h"
#include "app/members/merge.h"
#include "app/members/undo.h"

static struct str id_text(struct fixture *x, struct company_id id)
{
    return arena_fmt(x->arena, "%ld", (long)id.v);
}

static enum status merge_on(struct fixture *x, struct ctx *c, struct day on, struct str *ret)
{
    struct merge_asked in = {id_text(x, x->company), id_text(x, x->other), day_str(x->arena, on)};
    enum status s = app_company_merge(c, &in, STR_NONE, ret);
    app_end(c);
    return s;
}

static struct company_card card_of(struct fixture *x, struct company_id id)
{
    struct ctx *c = as_membership(x);
    struct company_card card;
    assert_ok(c, app_company_card(c, id, &card));
    app_end(c);
    return card;
}

static enum status log_in(struct fixture *x, struct str name, struct str password)
{
    struct str token;
    struct ctx *c = as_command_line(x);
    enum status s =
        app_login(c, &(struct login_input){SIDE_COMPANY, name, password, STR("192.0.2.7")}, &token);
    app_end(c);
    return s;
}

static struct str reset(struct fixture *x, struct company_id id)
{
    struct one_time made;
    struct ctx *c = as_membership(x);
    assert_ok(c, app_company_reset_password(c, id, &made));
    return made.password;
}

static size_t offered(struct fixture *x, struct str q, struct company_id id)
{
    struct companies_matching_rows rows;
    struct ctx *c = as_command_line(x);
    size_t n = 0;
    assert_ok(c, app_companies_search(c, q, &rows));
    for (size_t i = 0; i < rows.n; i++)
        n += rows.p[i].id.v == id.v;
    app_end(c);
    return n;
}

static void everything_goes_over_and_back(void **state)
{
    static const enum member_state STATES[] = {STATE_SUBMITTED, STATE_RECOMMENDED_NEW,     STATE_MEMBER,
                                               STATE_EXPIRED,   STATE_RECOMMENDED_RENEWAL, STATE_RETURNED,
                                               STATE_CLOSED};
    struct fixture *x = *state;
    struct member_id ids[COUNT(STATES)];
    struct str token, undone, name = card_of(x, x->company).row.name;
    for (size_t i = 0; i < COUNT(STATES); i++)
        ids[i] = person_in(x, STATES[i], (int)i);
    struct str password = reset(x, x->company);
    assert_ok(as_membership(x), merge_on(x, as_membership(x), x->app->fixed_today, &token));
    for (size_t i = 0; i < COUNT(STATES); i++) {
        struct dossier d = dossier_of(x, ids[i]);
        assert_int_equal(d.row.company_id.v, x->other.v);
        assert_int_equal(d.state, STATES[i]);
        assert_int_equal(day_cmp(d.employments.p[0].to_day, x->app->fixed_today), 0);
    }
    assert_sound(x);
    struct company_card from = card_of(x, x->company), into = card_of(x, x->other);
    assert_false(from.row.enabled);
    assert_int_equal(from.row.merged_into.v, x->other.v);
    assert_int_equal(into.names.n, 2);
    assert_int_equal(offered(x, name, x->other), 1); /* the old name finds the new company */
    assert_int_equal(offered(x, name, x->company), 0);
    assert_int_equal(log_in(x, name, password), ST_OK); /* and its clerk still logs in by it */
    assert_int_equal(
        raw_sql_number(
            x,
            arena_fmt(x->arena, "select count(*) from account where company_id = %ld", (long)x->other.v).p),
        2);
    struct ctx *c = as_membership(x);
    assert_int_equal(app_company_enable(c, x->company, true), ST_CONFLICT);
    app_end(c);
    decide(as_membership(x), EVENT_APPROVE, &ids[1], 1); /* somebody goes on with one of them */
    c = as_membership(x);
    assert_ok(c, app_outcome_undo(c, token, STR_NONE, &undone));
    app_end(c);
    struct outcome o;
    c = as_membership(x);
    assert_ok(c, app_outcome(c, undone, &o));
    app_end(c);
    assert_int_equal(o.done, COUNT(STATES) - 1);
    assert_int_equal(o.skipped.n, 1);
    assert_text(o.skipped.p[0].code, "newer");
    for (size_t i = 0; i < COUNT(STATES); i++) {
        struct dossier d = dossier_of(x, ids[i]);
        assert_int_equal(d.row.company_id.v, i == 1 ? x->other.v : x->company.v);
        assert_int_equal(d.employments.n, i == 1 ? 2 : 1);
        if (i != 1) assert_int_equal(d.state, STATES[i]);
    }
    assert_true(card_of(x, x->company).row.enabled);
    assert_int_equal(card_of(x, x->other).names.n, 1);
    assert_int_equal(offered(x, name, x->other), 0);
    assert_int_equal(log_in(x, name, reset(x, x->company)), ST_OK); /* the main clerk again */
    assert_sound(x);
    struct str again;
    c = as_membership(x);
    assert_ok(c, app_outcome_undo(c, token, STR_NONE, &again));
    app_end(c);
    assert_true(str_eq(again, undone));
}

static void what_is_refused(void **state)
{
    struct fixture *x = *state;
    struct day today = x->app->fixed_today;
    struct company_id direct = {raw_sql_number(x, "select id from company where direct = 1")};
    struct str a = id_text(x, x->company), b = id_text(x, x->other), now = day_str(x->arena, today), token;
    const struct {
        struct merge_asked in;
        const char *wrong;
    } CASES[] = {
        {{STR("99999"), b, now}, "from"},
        {{STR(""), b, now}, "from"},
        {{a, STR("x"), now}, "into"},
        {{a, a, now}, "into"},
        {{id_text(x, direct), b, now}, "from"},
        {{a, id_text(x, direct), now}, "into"},
        {{a, b, STR("")}, "effective_on"},
        {{a, b, STR("2026-02-30")}, "effective_on"},
        {{a, b, day_str(x->arena, day_add(today, 1))}, "effective_on"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_membership(x);
        struct merge merge;
        assert_int_equal(app_company_merge_preview(c, &CASES[i].in, &merge), ST_BAD_INPUT);
        assert_problem(c, CASES[i].wrong);
        app_end(c);
        c = as_membership(x);
        assert_int_equal(app_company_merge(c, &CASES[i].in, STR_NONE, &token), ST_BAD_INPUT);
        assert_problem(c, CASES[i].wrong);
        app_end(c);
    }
    assert_int_equal(merge_on(x, as_viewer(x), today, &token), ST_FORBIDDEN);
    assert_int_equal(merge_on(x, as_clerk(x), today, &token), ST_FORBIDDEN);
    assert_ok(as_membership(x), merge_on(x, as_membership(x), today, &token));
    struct ctx *c = as_membership(x);
    assert_int_equal(merge_on(x, c, today, &token), ST_BAD_INPUT); /* it is part of the other by now */
    assert_problem(c, "from");
}

static void the_preview_counts(void **state)
{
    struct fixture *x = *state;
    struct merge_asked in = {id_text(x, x->company), id_text(x, x->other),
                             day_str(x->arena, x->app->fixed_today)};
    struct merge merge;
    person_register(x, 1);
    person_in(x, STATE_RECOMMENDED_NEW, 2);
    person_in(x, STATE_CLOSED, 3);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_company_merge_preview(c, &in, &merge));
    app_end(c);
    assert_int_equal(merge.people, 3);
    assert_int_equal(merge.waiting, 1);
    assert_int_equal(merge.clerks, 1);
    assert_int_equal(trail_count(x, "company.merge", "ok"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(everything_goes_over_and_back),
        TEST(what_is_refused),
        TEST(the_preview_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
