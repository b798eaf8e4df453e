/* 更正批准日期: the period moves with the date, as the rules of periods say; the number stays. */
#include "people.h"
#include "raw_sql.h"

#include "app/core/settings.h"
#include "app/members/period.h"

/* Registered and recommended on the fixture's day, approved ten days later. */
static struct member_id approved(struct fixture *x, int i, const char *document)
{
    struct day today = x->app->fixed_today;
    struct member_id id = person_in(x, STATE_RECOMMENDED_NEW, i);
    set_today(x, day_add(today, 10));
    decide_with(as_membership(x),
                &(struct decision){.event = EVENT_APPROVE, .document_no = str_from(document)}, id);
    set_today(x, today);
    return id;
}

static enum status correct_with(struct ctx *c, const struct period_correction *p, const struct selection *s,
                                struct outcome *ret)
{
    struct str token;
    enum status got = app_members_period(c, p, s, STR_NONE, &token);
    if (got == ST_OK) assert_ok(c, app_outcome(c, token, ret));
    app_end(c);
    return got;
}

static struct outcome correct_one(struct fixture *x, struct day on, const char *document, struct member_id id)
{
    struct outcome o;
    struct period_correction p = {on, str_from(document), STR("会议日期录错")};
    struct selection s = {.ids = &id, .n = 1, .expect = -1};
    assert_int_equal(correct_with(as_membership(x), &p, &s, &o), ST_OK);
    return o;
}

static void the_period_moves_with_it(void **state)
{
    struct fixture *x = *state;
    struct day today = x->app->fixed_today, later = day_add(today, 20);
    struct member_id id = approved(x, 1, "甘监协〔2026〕12号");
    struct member_full before = person_of(x, id);
    settings_of(x)->period_years = 3; /* what was opened for five years stays so long */
    set_today(x, later);
    const struct day DAYS[] = {day_add(today, 5), today, later};
    for (size_t i = 0; i < COUNT(DAYS); i++) {
        assert_int_equal(correct_one(x, DAYS[i], "", id).done, 1);
        struct dossier d = dossier_of(x, id);
        assert_int_equal(day_cmp(d.periods.p[0].approved_on, DAYS[i]), 0);
        assert_int_equal(day_cmp(d.periods.p[0].start_day, DAYS[i]), 0);
        assert_int_equal(day_cmp(d.row.period_end, day_add(day_add_years(DAYS[i], 5), -1)), 0);
        assert_text(d.periods.p[0].document_no, "甘监协〔2026〕12号");
        assert_int_equal(d.periods.n, 1);
        assert_int_equal(d.period_changes.n, i + 1); /* both dates are kept */
        assert_true(str_eq(d.row.number, before.number));
        assert_int_equal(d.row.state_at, before.state_at);
        assert_sound(x);
    }
    assert_int_equal(day_cmp(dossier_of(x, id).period_changes.p[0].approved_on, day_add(today, 10)), 0);
    assert_int_equal(correct_one(x, later, "甘监协〔2026〕13号", id).done, 1); /* the 文号 alone */
    assert_text(dossier_of(x, id).periods.p[0].document_no, "甘监协〔2026〕13号");
    assert_int_equal(trail_count(x, "member.period", "ok"), 4);
    assert_int_equal(correct_one(x, later, "", id).done, 1); /* says so already: nothing happens */
    assert_int_equal(trail_count(x, "member.period", "ok"), 4);
    struct ctx *c = as_person(x, id);
    struct dossier d;
    struct events_shown events;
    assert_ok(c, app_member_dossier(c, id, &d));
    assert_ok(c, app_member_events(c, &d, 0, 20, &events));
    app_end(c);
    assert_text(events.p[0].event, "member.period");
    assert_text(events.p[0].note, "会议日期录错");
    assert_text(events.p[0].changes.p[0].field, "文号");
}

/* Approved again before the old end, or after it. */
static void a_renewal_moves_by_its_own_rule(void **state)
{
    struct fixture *x = *state;
    struct day today = x->app->fixed_today;
    struct member_id early = approved(x, 1, ""), lapsed = approved(x, 2, "");
    struct day end = person_of(x, early).period_end;
    set_today(x, day_add(end, -30));
    decide(as_clerk(x), EVENT_RECOMMEND_RENEWAL, &early, 1);
    decide(as_clerk(x), EVENT_RECOMMEND_RENEWAL, &lapsed, 1);
    decide(as_membership(x), EVENT_APPROVE, &early, 1);
    set_today(x, day_add(end, 40));
    decide(as_membership(x), EVENT_APPROVE, &lapsed, 1);
    assert_int_equal(correct_one(x, day_add(end, -10), "", early).done, 1);
    assert_int_equal(day_cmp(dossier_of(x, early).periods.p[1].start_day, day_add(end, 1)), 0);
    assert_int_equal(correct_one(x, day_add(end, 20), "", lapsed).done, 1);
    assert_int_equal(day_cmp(dossier_of(x, lapsed).periods.p[1].start_day, day_add(end, 20)), 0);
    assert_int_equal(correct_one(x, end, "", lapsed).done, 1); /* in time after all */
    assert_int_equal(day_cmp(dossier_of(x, lapsed).periods.p[1].start_day, day_add(end, 1)), 0);
    assert_sound(x);
    set_today(x, today);
}

static void what_is_skipped(void **state)
{
    struct fixture *x = *state;
    struct day today = x->app->fixed_today;
    struct member_id one = approved(x, 1, "1号"), twice = approved(x, 2, "2号"),
                     never = person_register(x, 3), back = approved(x, 4, "4号");
    set_today(x, day_add(person_of(x, twice).period_end, -30));
    decide(as_clerk(x), EVENT_RECOMMEND_RENEWAL, &twice, 1);
    decide(as_membership(x), EVENT_APPROVE, &twice, 1);
    decide_with(as_membership(x), &(struct decision){.event = EVENT_UNAPPROVE, .reason = STR("错")}, back);
    const struct {
        struct member_id id;
        struct day on;
        const char *code;
    } CASES[] = {
        {one, day_add(today, -1), "approved_on"},   /* before the recommendation */
        {twice, day_add(today, 10), "approved_on"}, /* the newest was recommended years later */
        {never, today, "wrong_state"},
        {back, today, "wrong_state"}, /* taken back: none stands */
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct member_full before = person_of(x, CASES[i].id);
        struct outcome o = correct_one(x, CASES[i].on, "", CASES[i].id);
        assert_int_equal(o.done, 0);
        assert_text(o.skipped.p[0].code, CASES[i].code);
        assert_int_equal(person_of(x, CASES[i].id).version, before.version);
    }
    assert_sound(x);
}

/* With the filters the one that they name. */
static void the_filters_name_it(void **state)
{
    struct fixture *x = *state;
    struct day today = x->app->fixed_today, first = day_add(today, 10);
    struct member_id id = approved(x, 1, "甘监协〔2026〕12号");
    struct period_correction p = {day_add(today, 5), STR(""), STR("会议日期录错")};
    struct outcome o;
    struct selection s = {.ids = &id, .n = 1, .expect = -1};
    set_today(x, day_add(today, 30));
    s.filter.approved_from = day_add(first, 1);
    assert_int_equal(correct_with(as_membership(x), &p, &s, &o), ST_OK);
    assert_int_equal(o.done, 0);
    assert_text(o.skipped.p[0].code, "no_before");
    s.filter.approved_from = first;
    s.filter.document_no = STR("甘监协(2026)12号"); /* however it is written */
    assert_int_equal(correct_with(as_membership(x), &p, &s, &o), ST_OK);
    assert_int_equal(o.done, 1);
    struct day end = person_of(x, id).period_end;
    set_today(x, day_add(end, -30));
    decide(as_clerk(x), EVENT_RECOMMEND_RENEWAL, &id, 1);
    decide(as_membership(x), EVENT_APPROVE, &id, 1);
    s.filter.approved_from = DAY_NONE;
    assert_int_equal(correct_with(as_membership(x), &p, &s, &o), ST_OK);
    assert_int_equal(o.done, 0);
    assert_text(o.skipped.p[0].code, "newer");
    struct selection all = {.all = true, .expect = -1};
    all.filter.document_no = STR("甘监协〔2026〕12号");
    assert_int_equal(correct_with(as_membership(x), &p, &all, &o), ST_OK);
    assert_int_equal(o.skipped.n, 1);
    assert_sound(x);
}

static void what_is_refused(void **state)
{
    struct fixture *x = *state;
    struct member_id id = approved(x, 1, ""), nobody = {99999};
    struct day today = x->app->fixed_today;
    struct selection s = {.ids = &id, .n = 1, .expect = -1}, strange = {.ids = &nobody, .n = 1, .expect = -1};
    struct outcome o;
    const struct {
        struct period_correction p;
        const char *wrong;
    } CASES[] = {{{DAY_NONE, STR_INIT(""), STR_INIT("原因")}, "approved_on"},
                 {{day_add(today, 1), STR_INIT(""), STR_INIT("原因")}, "approved_on"},
                 {{today, STR_INIT(""), STR_INIT(" ")}, "reason"},
                 {{today, STR_INIT("a\x01"), STR_INIT("原因")}, "document_no"}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_membership(x);
        assert_int_equal(correct_with(c, &CASES[i].p, &s, &o), ST_BAD_INPUT);
        assert_problem(c, CASES[i].wrong);
    }
    struct period_correction good = {today, STR(""), STR("原因")};
    assert_int_equal(correct_with(as_membership(x), &good, &strange, &o), ST_NOT_FOUND);
    assert_int_equal(trail_count(x, "member.period", "not_found"), 1);
    assert_int_equal(correct_with(as_viewer(x), &good, &s, &o), ST_FORBIDDEN);
    assert_int_equal(correct_with(as_clerk(x), &good, &s, &o), ST_FORBIDDEN);
    struct ctx *c = as_membership(x);
    struct outcome *foreseen;
    assert_ok(c, app_members_period_foresee(c, &good, &s, &foreseen));
    app_end(c);
    assert_int_equal(foreseen->done, 1);
    assert_int_equal(trail_count(x, "member.period", "ok"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_period_moves_with_it), TEST(a_renewal_moves_by_its_own_rule),
        TEST(what_is_skipped),          TEST(the_filters_name_it),
        TEST(what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
