/* People of 协会直管: the association acts in the company's place, for them and for nobody else. */
#include "people.h"

#include "app/companies/companies.h"
#include "app/companies/direct.h"
#include "app/members/corrections.h"
#include "gen/queries.h"

static struct company_id direct_of(struct fixture *x)
{
    struct company_id id;
    struct ctx *c = as_membership(x);
    assert_ok(c, app_read(c));
    assert_ok(c, company_direct(c, &id));
    app_end(c);
    return id;
}

/* person_in registers with x->company, and its clerk acts: here that is the unit's own, who has no account.
 */
static struct member_id direct_in(struct fixture *x, enum member_state state, int i)
{
    struct company_id company = x->company;
    x->company = direct_of(x);
    struct member_id id = person_in(x, state, i);
    x->company = company;
    return id;
}

static const struct allowed {
    enum member_state from;
    enum member_event event;
    enum member_state to;
} ALLOWED[] = {
    {STATE_SUBMITTED, EVENT_RECOMMEND, STATE_RECOMMENDED_NEW},
    {STATE_SUBMITTED, EVENT_RETURN_TO_PERSON, STATE_RETURNED},
    {STATE_SUBMITTED, EVENT_CLOSE, STATE_CLOSED},
    {STATE_RECOMMENDED_NEW, EVENT_UNRECOMMEND, STATE_SUBMITTED},
    {STATE_RECOMMENDED_NEW, EVENT_APPROVE, STATE_MEMBER},
    {STATE_RECOMMENDED_NEW, EVENT_RETURN_TO_COMPANY, STATE_SUBMITTED},
    {STATE_RECOMMENDED_NEW, EVENT_RETURN_TO_PERSON, STATE_RETURNED},
    {STATE_RECOMMENDED_NEW, EVENT_CLOSE, STATE_CLOSED},
    {STATE_RECOMMENDED_RENEWAL, EVENT_UNRECOMMEND, STATE_EXPIRED},
    {STATE_RECOMMENDED_RENEWAL, EVENT_APPROVE, STATE_MEMBER},
    {STATE_RECOMMENDED_RENEWAL, EVENT_RETURN_TO_COMPANY, STATE_EXPIRED},
    {STATE_RECOMMENDED_RENEWAL, EVENT_CLOSE, STATE_CLOSED},
    {STATE_MEMBER, EVENT_UNAPPROVE, STATE_RECOMMENDED_NEW},
    {STATE_MEMBER, EVENT_CLOSE, STATE_CLOSED},
    {STATE_EXPIRED, EVENT_RECOMMEND_RENEWAL, STATE_RECOMMENDED_RENEWAL},
    {STATE_EXPIRED, EVENT_UNAPPROVE, STATE_RECOMMENDED_NEW},
    {STATE_EXPIRED, EVENT_CLOSE, STATE_CLOSED},
    {STATE_RETURNED, EVENT_CLOSE, STATE_CLOSED},
    {STATE_CLOSED, EVENT_REOPEN, STATE_SUBMITTED},
};

static enum member_state expected(enum member_state from, enum member_event event)
{
    for (size_t i = 0; i < COUNT(ALLOWED); i++)
        if (ALLOWED[i].from == from && ALLOWED[i].event == event) return ALLOWED[i].to;
    return STATE_NONE;
}

static struct outcome staff_decides(struct fixture *x, enum member_event event, struct member_id id)
{
    struct decision d = {.event = event, .reason = STR("测试")};
    return decide_with(as_membership(x), &d, id);
}

/* What the person's page offers is what the deed does. */
static bool offered(struct fixture *x, struct member_id id, enum member_event event)
{
    struct ctx *c = as_membership(x);
    struct dossier d;
    assert_ok(c, app_member_dossier(c, id, &d));
    app_end(c);
    return d.may[event];
}

static void the_association_is_their_company(void **state)
{
    struct fixture *x = *state;
    int i = 0;
    for (enum member_state from = STATE_SUBMITTED; from < STATE_COUNT; from++) {
        struct member_id id = direct_in(x, from, i++);
        for (enum member_event event = EVENT_RECOMMEND; event < EVENT_COUNT; event++) {
            enum member_state to = expected(from, event);
            assert_int_equal(offered(x, id, event), to != STATE_NONE);
            struct outcome o = staff_decides(x, event, id);
            if ((o.done == 1) != (to != STATE_NONE))
                print_error("%s %s\n", member_state_code(from), member_event_label(event));
            assert_int_equal(o.done, to != STATE_NONE);
            assert_int_equal(state_of(x, id), to == STATE_NONE ? from : to);
            if (to != STATE_NONE) id = direct_in(x, from, i++);
        }
    }
    assert_sound(x);
}

static void others_have_their_own(void **state)
{
    struct fixture *x = *state;
    const struct {
        enum member_state from;
        enum member_event event;
        const char *code;
    } rows[] = {{STATE_SUBMITTED, EVENT_RECOMMEND, "wrong_side"},
                {STATE_SUBMITTED, EVENT_RETURN_TO_PERSON, "wrong_state"},
                {STATE_RECOMMENDED_NEW, EVENT_UNRECOMMEND, "wrong_side"},
                {STATE_EXPIRED, EVENT_RECOMMEND_RENEWAL, "wrong_side"}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct member_id id = person_in(x, rows[i].from, (int)i + 1);
        struct outcome o = staff_decides(x, rows[i].event, id);
        assert_int_equal(o.done, 0);
        assert_text(o.skipped.p[0].code, rows[i].code);
        assert_int_equal(state_of(x, id), rows[i].from);
    }
}

static void their_renewal_waits_for_its_time(void **state)
{
    struct fixture *x = *state;
    struct outcome o = staff_decides(x, EVENT_RECOMMEND_RENEWAL, direct_in(x, STATE_MEMBER, 1));
    assert_text(o.skipped.p[0].code, "not_due");
}

static void they_have_a_batch_like_any_company(void **state)
{
    struct fixture *x = *state;
    struct member_id id = direct_in(x, STATE_SUBMITTED, 1);
    assert_int_equal(staff_decides(x, EVENT_RECOMMEND, id).done, 1);
    assert_int_equal(batch_of(x, id).company_id.v, direct_of(x).v);
}

static struct dossier own_dossier(struct fixture *x, struct member_id id)
{
    struct ctx *c = as_person(x, id);
    struct dossier d;
    assert_ok(c, app_member_dossier(c, id, &d));
    app_end(c);
    return d;
}

static void resubmit(struct fixture *x, struct member_id id, struct company_id company, const char *reason)
{
    struct person_input in = application_of(x, company, 1).details;
    struct ctx *c = as_person(x, id);
    in.direct_reason = str_from(reason);
    assert_ok(c, app_member_resubmit(c, &in, &(struct photo_input){0}, STR_NONE));
    app_end(c);
}

static void the_reason_goes_with_the_employment(void **state)
{
    struct fixture *x = *state;
    struct company_id direct = direct_of(x);
    struct member_id id = direct_in(x, STATE_RETURNED, 1);
    assert_text(own_dossier(x, id).direct_reason, "已退休");
    assert_true(own_dossier(x, id).direct);
    resubmit(x, id, direct, "  已退休两年 ");
    assert_text(own_dossier(x, id).direct_reason, "已退休两年");
    assert_int_equal(staff_decides(x, EVENT_RETURN_TO_PERSON, id).done, 1);
    resubmit(x, id, x->company, "不相干");
    assert_text(own_dossier(x, id).direct_reason, "");
    assert_false(own_dossier(x, id).direct);
    struct ctx *c = as_membership(x);
    struct dossier d;
    assert_ok(c, app_member_dossier(c, id, &d));
    assert_int_equal(d.employments.n, 2);
    assert_text(d.employments.p[0].reason, "已退休两年");
    assert_text(d.employments.p[1].reason, "");
    app_end(c);
    assert_sound(x);
}

static void without_a_reason_nobody_is_without_employer(void **state)
{
    struct fixture *x = *state;
    struct str longest = arena_fmt(x->arena, "%0*d", DIRECT_REASON_MAX, 0);
    const struct {
        struct str reason;
        bool good;
    } rows[] = {{STR(""), false},
                {STR(" \t"), false},
                {STR("退休\n一年"), false},
                {longest, true},
                {arena_fmt(x->arena, "%.*s0", STR_ARG(longest)), false}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ctx *c = as_membership(x);
        struct person p;
        struct person_input in = application_of(x, direct_of(x), 1).details;
        in.direct_reason = rows[i].reason;
        assert_ok(c, app_read(c));
        assert_int_equal(person_check(c, &in, NULL, &p), rows[i].good ? ST_OK : ST_BAD_INPUT);
        if (!rows[i].good) assert_problem(c, "direct_reason");
        app_end(c);
    }
}

static enum status staff_corrects(struct fixture *x, struct member_id id, struct str name)
{
    struct person_input in = application_of(x, x->company, 1).details;
    struct ctx *c = as_membership(x);
    int64_t version = id.v < 999999 ? person_of(x, id).version : 1;
    in.name = name;
    in.direct_reason = STR("");
    enum status s = app_member_correct(c, id, &in, &(struct photo_input){0}, false, version, STR_NONE);
    app_end(c);
    return s;
}

static void the_association_corrects_as_their_clerk(void **state)
{
    struct fixture *x = *state;
    struct member_id id = direct_in(x, STATE_SUBMITTED, 1), other = person_in(x, STATE_SUBMITTED, 2);
    assert_int_equal(staff_corrects(x, id, STR("王晓明")), ST_OK);
    assert_text(person_of(x, id).name, "王晓明");
    assert_int_equal(person_of(x, id).company_id.v, direct_of(x).v);
    assert_text(own_dossier(x, id).direct_reason, "已退休");
    assert_int_equal(trail_count(x, "member.correct", "ok"), 1);
    assert_int_equal(staff_corrects(x, other, STR("王晓明")), ST_CONFLICT);
    assert_int_equal(staff_decides(x, EVENT_RECOMMEND, id).done, 1);
    assert_int_equal(staff_corrects(x, id, STR("王小明")), ST_CONFLICT);
    assert_int_equal(staff_corrects(x, (struct member_id){999999}, STR("王小明")), ST_NOT_FOUND);
    assert_sound(x);
}

static void edit(struct fixture *x, struct member_id id, struct company_id company, const char *reason)
{
    struct person_input in = application_of(x, company, 1).details;
    struct ctx *c = as_membership(x);
    in.direct_reason = str_from(reason);
    struct member_edit e = {.id = id,
                            .in = &in,
                            .reason = STR("本人来函"),
                            .effective_on = day_str(x->arena, x->app->fixed_today),
                            .version = person_of(x, id).version};
    assert_ok(c, app_member_edit(c, &e, &(struct photo_input){0}, STR_NONE));
    app_end(c);
}

static void an_edit_keeps_the_reason_or_gives_it(void **state)
{
    struct fixture *x = *state;
    struct company_id direct = direct_of(x);
    struct member_id id = direct_in(x, STATE_SUBMITTED, 1);
    edit(x, id, direct, "");
    assert_text(own_dossier(x, id).direct_reason, "已退休");
    assert_int_equal(trail_count(x, "member.edit", "ok"), 0); /* nothing was different */
    edit(x, id, direct, "待业");
    assert_text(own_dossier(x, id).direct_reason, "待业");
    edit(x, id, x->company, "待业");
    assert_text(own_dossier(x, id).direct_reason, "");
    edit(x, id, direct, "");
    assert_text(own_dossier(x, id).direct_reason, "本人来函");
    assert_int_equal(trail_count(x, "member.edit", "ok"), 3);
    assert_sound(x);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_association_is_their_company),        TEST(others_have_their_own),
        TEST(their_renewal_waits_for_its_time),        TEST(they_have_a_batch_like_any_company),
        TEST(the_reason_goes_with_the_employment),     TEST(without_a_reason_nobody_is_without_employer),
        TEST(the_association_corrects_as_their_clerk), TEST(an_edit_keeps_the_reason_or_gives_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
