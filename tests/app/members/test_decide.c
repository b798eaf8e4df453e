/* Transitions at the level of the use cases: every state, side and act; what each brings with it. */
#include "people.h"

#include "app/members/corrections.h"
#include "gen/queries.h"

#define SIDES 3

struct cell {
    enum member_state from;
    enum side by;
    enum member_event event;
};

/* product.md, transitions, and nothing else. 退回 of a renewal and 撤销批准 lead back by date: see below. */
static const struct allowed {
    struct cell cell;
    enum member_state to;
} ALLOWED[] = {
    {{STATE_SUBMITTED, SIDE_MEMBER, EVENT_WITHDRAW}, STATE_RETURNED},
    {{STATE_SUBMITTED, SIDE_COMPANY, EVENT_RECOMMEND}, STATE_RECOMMENDED_NEW},
    {{STATE_SUBMITTED, SIDE_COMPANY, EVENT_RETURN_TO_PERSON}, STATE_RETURNED},
    {{STATE_RECOMMENDED_NEW, SIDE_COMPANY, EVENT_UNRECOMMEND}, STATE_SUBMITTED},
    {{STATE_EXPIRED, SIDE_COMPANY, EVENT_RECOMMEND_RENEWAL}, STATE_RECOMMENDED_RENEWAL},
    {{STATE_RECOMMENDED_RENEWAL, SIDE_COMPANY, EVENT_UNRECOMMEND}, STATE_EXPIRED},
    {{STATE_RECOMMENDED_NEW, SIDE_STAFF, EVENT_APPROVE}, STATE_MEMBER},
    {{STATE_RECOMMENDED_RENEWAL, SIDE_STAFF, EVENT_APPROVE}, STATE_MEMBER},
    {{STATE_RECOMMENDED_NEW, SIDE_STAFF, EVENT_RETURN_TO_COMPANY}, STATE_SUBMITTED},
    {{STATE_RECOMMENDED_NEW, SIDE_STAFF, EVENT_RETURN_TO_PERSON}, STATE_RETURNED},
    {{STATE_RECOMMENDED_RENEWAL, SIDE_STAFF, EVENT_RETURN_TO_COMPANY}, STATE_EXPIRED},
    {{STATE_MEMBER, SIDE_STAFF, EVENT_UNAPPROVE}, STATE_RECOMMENDED_NEW},
    {{STATE_EXPIRED, SIDE_STAFF, EVENT_UNAPPROVE}, STATE_RECOMMENDED_NEW},
    {{STATE_SUBMITTED, SIDE_STAFF, EVENT_CLOSE}, STATE_CLOSED},
    {{STATE_RECOMMENDED_NEW, SIDE_STAFF, EVENT_CLOSE}, STATE_CLOSED},
    {{STATE_RECOMMENDED_RENEWAL, SIDE_STAFF, EVENT_CLOSE}, STATE_CLOSED},
    {{STATE_MEMBER, SIDE_STAFF, EVENT_CLOSE}, STATE_CLOSED},
    {{STATE_EXPIRED, SIDE_STAFF, EVENT_CLOSE}, STATE_CLOSED},
    {{STATE_RETURNED, SIDE_STAFF, EVENT_CLOSE}, STATE_CLOSED},
    {{STATE_CLOSED, SIDE_STAFF, EVENT_REOPEN}, STATE_SUBMITTED},
};

/* 重新提交 carries the person's fields and has its own use case: test_corrections.c. 注册:
 * test_registration.c. */
static bool by_decision(enum member_event event)
{
    return event != EVENT_REGISTER && event != EVENT_RESUBMIT;
}

static enum member_state expected(struct cell cell)
{
    for (size_t i = 0; i < COUNT(ALLOWED); i++) {
        const struct cell *a = &ALLOWED[i].cell;
        if (a->from == cell.from && a->by == cell.by && a->event == cell.event) return ALLOWED[i].to;
    }
    return STATE_NONE;
}

static struct ctx *as_side(struct fixture *x, enum side side, struct member_id id)
{
    switch (side) {
    case SIDE_MEMBER:
        return as_person(x, id);
    case SIDE_COMPANY:
        return as_clerk(x);
    case SIDE_STAFF:
        return as_membership(x);
    }
    return NULL;
}

static bool same_row(const struct member_full *a, const struct member_full *b)
{
    return a->version == b->version && a->state_at == b->state_at && str_eq(a->state, b->state) &&
           a->company_id.v == b->company_id.v && day_cmp(a->period_end, b->period_end) == 0;
}

/* Tries one act; says what the person's state is afterwards. A refusal must change nothing and name the
 * state. */
static enum member_state try_act(struct fixture *x, struct cell cell, struct member_id id)
{
    struct member_full before = person_of(x, id);
    struct decision d = {.event = cell.event, .reason = STR("测试")};
    struct outcome o = decide_with(as_side(x, cell.by, id), &d, id);
    struct member_full after = person_of(x, id);
    if (o.done == 1) {
        assert_int_equal(after.version, before.version + 1);
        return state_of(x, id);
    }
    assert_true(same_row(&before, &after));
    assert_int_equal(o.skipped.p[0].id.v, id.v);
    assert_text(o.skipped.p[0].name, "王小明");
    assert_true(o.skipped.p[0].code.n > 0);
    assert_true(str_find(o.skipped.p[0].text, STR("现状态"), NULL));
    return STATE_NONE;
}

/* A refusal leaves the person as he is, so that one serves for all acts that are refused in that state. */
static void acts_in_state(struct fixture *x, enum member_state from, int *i)
{
    struct member_id id = person_in(x, from, (*i)++);
    for (enum side by = SIDE_MEMBER; by < SIDES; by++) {
        for (enum member_event event = EVENT_REGISTER; event < EVENT_COUNT; event++) {
            struct cell cell = {from, by, event};
            if (!by_decision(event)) continue;
            enum member_state to = expected(cell), got = try_act(x, cell, id);
            if (got != to)
                print_error("%s %s %s: %s, not %s\n", member_state_code(from), side_code(by),
                            member_event_label(event), member_state_code(got), member_state_code(to));
            assert_int_equal(got, to);
            if (to != STATE_NONE) id = person_in(x, from, (*i)++);
        }
    }
}

static void every_act_in_every_state(void **state)
{
    struct fixture *x = *state;
    int i = 0;
    for (enum member_state from = STATE_SUBMITTED; from < STATE_COUNT; from++)
        acts_in_state(x, from, &i);
    assert_sound(x);
}

/* 注销 and 恢复: whatever it was, it is again. */
static void reopened_is_what_it_was(void **state)
{
    static const enum member_state STATES[] = {STATE_SUBMITTED, STATE_RECOMMENDED_NEW,     STATE_MEMBER,
                                               STATE_EXPIRED,   STATE_RECOMMENDED_RENEWAL, STATE_RETURNED};
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(STATES); i++) {
        struct member_id id = person_in(x, STATES[i], (int)i);
        struct member_full before = person_of(x, id);
        decide_with(as_membership(x), &(struct decision){.event = EVENT_CLOSE, .reason = STR("本人去世")},
                    id);
        assert_int_equal(state_of(x, id), STATE_CLOSED);
        assert_text(person_of(x, id).reason, "本人去世");
        assert_sound(x);
        decide_with(as_membership(x), &(struct decision){.event = EVENT_REOPEN, .reason = STR("弄错了人")},
                    id);
        assert_int_equal(state_of(x, id), STATES[i]);
        struct member_full after = person_of(x, id);
        assert_int_equal(day_cmp(after.period_end, before.period_end), 0);
        assert_false(after.state_before.n);
        assert_sound(x);
    }
}

static void a_closed_period_ends_that_day(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    decide_with(as_membership(x), &(struct decision){.event = EVENT_CLOSE, .reason = STR("离职")}, id);
    struct dossier d = dossier_of(x, id);
    assert_int_equal(d.periods.n, 1);
    assert_int_equal(day_cmp(d.periods.p[0].ended_on, x->app->fixed_today), 0);
    assert_text(d.periods.p[0].ended_why, "离职");
    decide_with(as_membership(x), &(struct decision){.event = EVENT_REOPEN, .reason = STR("更正")}, id);
    d = dossier_of(x, id);
    assert_false(day_is(d.periods.p[0].ended_on));
}

/* domain/test_period.c has the rule; here its place in the use case: what is stored, from when to when. */
static void periods_of_approvals(void **state)
{
    static const struct {
        struct day approved, recommended_again, again, first, last;
    } CASES[] = {
        /* early: goes on from the old end */
        {{2021, 12, 1}, {2026, 10, 1}, {2026, 11, 1}, {2026, 12, 1}, {2031, 11, 30}},
        /* on the last day */
        {{2021, 12, 1}, {2026, 11, 30}, {2026, 11, 30}, {2026, 12, 1}, {2031, 11, 30}},
        /* a day late: from the approval */
        {{2021, 12, 1}, {2026, 12, 1}, {2026, 12, 1}, {2026, 12, 1}, {2031, 11, 30}},
        {{2021, 12, 1}, {2026, 12, 2}, {2026, 12, 5}, {2026, 12, 5}, {2031, 12, 4}},
        /* years late */
        {{2015, 1, 1}, {2026, 11, 23}, {2026, 11, 23}, {2026, 11, 23}, {2031, 11, 22}},
        /* from 29 February to 28 February */
        {{2020, 2, 29}, {2025, 3, 1}, {2025, 3, 1}, {2025, 3, 1}, {2030, 2, 28}},
    };
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        set_today(x, CASES[i].approved);
        struct member_id id = person_in(x, STATE_MEMBER, (int)i);
        set_today(x, CASES[i].recommended_again);
        decide(as_clerk(x), EVENT_RECOMMEND_RENEWAL, &id, 1);
        set_today(x, CASES[i].again);
        decide(as_membership(x), EVENT_APPROVE, &id, 1);
        struct dossier d = dossier_of(x, id);
        assert_int_equal(d.periods.n, 2);
        assert_text(d.periods.p[1].kind, "renewal");
        assert_int_equal(day_cmp(d.periods.p[1].start_day, CASES[i].first), 0);
        assert_int_equal(day_cmp(d.periods.p[1].end_day, CASES[i].last), 0);
        assert_int_equal(day_cmp(d.row.period_end, CASES[i].last), 0);
        assert_int_equal(day_cmp(d.periods.p[1].approved_on, CASES[i].again), 0);
    }
    assert_sound(x);
}

static void a_renewal_waits_for_the_window(void **state)
{
    static const struct {
        int days_left;
        enum member_state to;
    } CASES[] = {{91, STATE_NONE}, {90, STATE_RECOMMENDED_RENEWAL}, {0, STATE_RECOMMENDED_RENEWAL}};
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        set_today(x, DAY(2026, 11, 23));
        struct member_id id = person_in(x, STATE_MEMBER, (int)i);
        set_today(x, day_add(DAY(2031, 11, 22), -CASES[i].days_left));
        enum member_state before = state_of(x, id);
        assert_int_equal(before, STATE_MEMBER);
        struct outcome o = decide_with(as_clerk(x), &(struct decision){.event = EVENT_RECOMMEND_RENEWAL}, id);
        if (CASES[i].to == STATE_NONE) assert_text(o.skipped.p[0].code, "not_due");
        assert_int_equal(state_of(x, id), CASES[i].to == STATE_NONE ? before : CASES[i].to);
    }
}

/* Nobody writes it: it is read from the date. */
static void a_member_is_expired_the_day_after(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    struct day last = person_of(x, id).period_end;
    assert_int_equal(day_cmp(last, DAY(2031, 11, 22)), 0);
    set_today(x, last);
    assert_int_equal(state_of(x, id), STATE_MEMBER);
    set_today(x, day_add(last, 1));
    assert_int_equal(state_of(x, id), STATE_EXPIRED);
    struct ctx *c = as_clerk(x);
    struct member_counts counts;
    assert_ok(c, app_read(c));
    assert_ok(c, member_counts_read(c, x->company, &counts));
    assert_int_equal(counts.of[STATE_EXPIRED], 1);
    assert_int_equal(counts.of[STATE_MEMBER], 0);
    app_end(c);
}

/* A request that counts in its transaction counts anew in the snapshot behind it. */
static void counts_are_those_of_the_moment(void **state)
{
    struct fixture *x = *state;
    struct member_counts counts;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_begin(c));
    assert_ok(c, member_counts_read(c, x->company, &counts));
    assert_int_equal(counts.of[STATE_SUBMITTED], 0);
    app_rollback(c);
    assert_ok(c, app_read(c));
    assert_ok(c, member_counts_read(c, x->company, &counts));
    app_read_end(c);
    assert_ok(c, app_begin(c));
    assert_ok(c, member_counts_read(c, x->company, &counts));
    assert_ok(c, app_commit(c));
    person_register(x, 1);
    assert_ok(c, app_read(c));
    assert_ok(c, member_counts_read(c, x->company, &counts));
    assert_int_equal(counts.of[STATE_SUBMITTED], 1);
    app_end(c);
}

/* The date of the meeting: not in the future, not before the recommendation; an 文号 beside it. */
static void the_date_of_the_meeting(void **state)
{
    static const struct {
        struct day on;
        bool good;
    } CASES[] = {{{2026, 11, 19}, false},
                 {{2026, 11, 20}, true},
                 {{2026, 11, 22}, true},
                 {{2026, 11, 23}, true},
                 {{0, 0, 0}, true}};
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        set_today(x, DAY(2026, 11, 20));
        struct member_id id = person_in(x, STATE_RECOMMENDED_NEW, (int)i);
        set_today(x, DAY(2026, 11, 23));
        struct decision d = {
            .event = EVENT_APPROVE, .approved_on = CASES[i].on, .document_no = STR("甘监协〔2026〕5号")};
        struct outcome o = decide_with(as_membership(x), &d, id);
        assert_int_equal(o.done, CASES[i].good);
        if (!CASES[i].good) {
            assert_text(o.skipped.p[0].code, "approved_on");
            assert_int_equal(state_of(x, id), STATE_RECOMMENDED_NEW);
            continue;
        }
        struct period_full period = dossier_of(x, id).periods.p[0];
        assert_int_equal(day_cmp(period.start_day, day_is(CASES[i].on) ? CASES[i].on : x->app->fixed_today),
                         0);
        assert_text(period.document_no, "甘监协〔2026〕5号");
    }
    assert_sound(x);
}

/* The usual reason for 撤销批准 is a wrong date: then the right one, that of the meeting, must be accepted.
 */
static void approved_again_with_the_right_date(void **state)
{
    struct fixture *x = *state;
    set_today(x, DAY(2026, 11, 10));
    struct member_id id = person_in(x, STATE_RECOMMENDED_NEW, 1);
    set_today(x, DAY(2026, 11, 20));
    decide(as_membership(x), EVENT_APPROVE, &id, 1);
    set_today(x, DAY(2026, 11, 23));
    decide_with(as_membership(x), &(struct decision){.event = EVENT_UNAPPROVE, .reason = STR("日期有误")},
                id);
    struct decision d = {.event = EVENT_APPROVE, .approved_on = DAY(2026, 11, 12)};
    assert_int_equal(decide_with(as_membership(x), &d, id).done, 1);
    d.approved_on = DAY(2026, 11, 9);
    decide_with(as_membership(x), &(struct decision){.event = EVENT_UNAPPROVE, .reason = STR("日期有误")},
                id);
    assert_int_equal(decide_with(as_membership(x), &d, id).done, 0);
}

static void a_number_is_given_once(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_MEMBER, 1), b = person_in(x, STATE_MEMBER, 2);
    assert_text(person_of(x, a).number, "GSJL2026000001");
    assert_text(person_of(x, b).number, "GSJL2026000002");
    decide_with(as_membership(x), &(struct decision){.event = EVENT_UNAPPROVE, .reason = STR("误批")}, a);
    assert_text(person_of(x, a).number, "GSJL2026000001");
    decide(as_membership(x), EVENT_APPROVE, &a, 1);
    assert_text(person_of(x, a).number, "GSJL2026000001");
    assert_text(person_of(x, person_in(x, STATE_MEMBER, 3)).number, "GSJL2026000003");
}

/* A meeting in December that is typed in January: each year counts for itself. */
static void a_number_has_the_year_of_the_approval(void **state)
{
    struct fixture *x = *state;
    static const struct {
        struct day on;
        const char *number;
    } CASES[] = {
        {DAY(2026, 12, 31), "GSJL2026000001"}, {DAY(2027, 1, 1), "GSJL2027000001"},
        {DAY(2026, 12, 1), "GSJL2026000002"},  {DAY_NONE, "GSJL2027000002"},
        {DAY(2027, 1, 4), "GSJL2027000003"},
    };
    struct member_id ids[COUNT(CASES)];
    for (size_t i = 0; i < COUNT(CASES); i++)
        ids[i] = person_in(x, STATE_RECOMMENDED_NEW, (int)i + 1);
    set_today(x, DAY(2027, 1, 4));
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct decision d = {.event = EVENT_APPROVE, .approved_on = CASES[i].on};
        assert_int_equal(decide_with(as_membership(x), &d, ids[i]).done, 1);
        assert_text(person_of(x, ids[i]).number, CASES[i].number);
    }
    assert_sound(x);
}

static void an_undone_period_is_voided_not_deleted(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_RECOMMENDED_RENEWAL, 1);
    struct day old_end = person_of(x, id).period_end;
    decide(as_membership(x), EVENT_APPROVE, &id, 1);
    assert_int_equal(state_of(x, id), STATE_MEMBER);
    decide_with(as_membership(x), &(struct decision){.event = EVENT_UNAPPROVE, .reason = STR("误批")}, id);
    assert_int_equal(state_of(x, id), STATE_RECOMMENDED_RENEWAL);
    struct dossier d = dossier_of(x, id);
    assert_int_equal(d.periods.n, 2);
    assert_true(d.periods.p[1].voided_at > 0);
    assert_text(d.periods.p[1].voided_why, "误批");
    assert_int_equal(day_cmp(d.row.period_end, old_end), 0);
    assert_false(item_of(x, id).decision.n); /* waits in its batch again */
    assert_sound(x);
}

/* A later recommendation that the association decided depends on the approval. */
static void an_approval_with_something_newer_stays(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_RECOMMENDED_RENEWAL, 1);
    decide_with(as_membership(x),
                &(struct decision){.event = EVENT_RETURN_TO_COMPANY, .reason = STR("缺材料")}, id);
    struct outcome o = decide_with(as_membership(x),
                                   &(struct decision){.event = EVENT_UNAPPROVE, .reason = STR("误批")}, id);
    assert_int_equal(o.done, 0);
    assert_text(o.skipped.p[0].code, "newer");
    assert_text(item_of(x, id).decision, "returned");
    assert_sound(x);
}

static void batches_follow(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1), b = person_in(x, STATE_RECOMMENDED_NEW, 2);
    struct batch_full first = batch_of(x, a);
    assert_int_equal(first.id.v, batch_of(x, b).id.v);
    assert_false(first.closed_at);
    decide(as_clerk(x), EVENT_UNRECOMMEND, &b, 1);
    decide(as_clerk(x), EVENT_RECOMMEND, &b, 1);
    assert_int_equal(item_of(x, b).position, 2);
    decide(as_membership(x), EVENT_APPROVE, &a, 1); /* the first decision closes it */
    assert_true(batch_of(x, a).closed_at > 0);
    assert_text(batch_of(x, a).closed_why, "decided");
    assert_text(item_of(x, a).decision, "approved");
    assert_false(item_of(x, b).decision.n);
    struct member_id late = person_in(x, STATE_RECOMMENDED_NEW, 3);
    assert_true(batch_of(x, late).id.v != first.id.v);
    decide(as_membership(x), EVENT_RETURN_TO_PERSON, &b, 1);
    assert_text(item_of(x, b).decision, "returned");
    assert_sound(x);
}

/* 非本单位人员 clears the employer; any other return does not. */
static void not_ours_clears_the_employer(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_register(x, 1), b = person_register(x, 2);
    struct decision d = {.event = EVENT_RETURN_TO_PERSON, .reason = STR("查无此人"), .not_ours = true};
    decide_with(as_clerk(x), &d, a);
    d.not_ours = false;
    decide_with(as_clerk(x), &d, b);
    assert_false(person_of(x, a).company_id.v);
    assert_int_equal(person_of(x, b).company_id.v, x->company.v);
    struct dossier was = dossier_of(x, a);
    assert_int_equal(was.employments.n, 1);
    assert_int_equal(day_cmp(was.employments.p[0].to_day, x->app->fixed_today), 0);
    assert_sound(x);
}

/* 历史动态: every transition, newest first, with its reason and side and without names. */
static void the_person_sees_what_happened(void **state)
{
    static const char *const TITLES[] = {"批准", "企业推荐（新会员）", "撤回推荐", "企业推荐（新会员）",
                                         "提交入会申请"};
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_RECOMMENDED_NEW, 1);
    decide_with(as_clerk(x), &(struct decision){.event = EVENT_UNRECOMMEND, .reason = STR("材料未齐")}, id);
    decide(as_clerk(x), EVENT_RECOMMEND, &id, 1);
    decide(as_membership(x), EVENT_APPROVE, &id, 1);
    struct ctx *c = as_person(x, id);
    struct dossier d;
    struct events_shown events;
    assert_ok(c, app_member_dossier(c, id, &d));
    assert_ok(c, app_member_events(c, &d, 0, 20, &events));
    app_end(c);
    assert_int_equal(events.n, COUNT(TITLES));
    for (size_t i = 0; i < events.n; i++) {
        assert_text(events.p[i].title, TITLES[i]);
        assert_false(events.p[i].who.n);
    }
    assert_text(events.p[2].note, "材料未齐");
    assert_int_equal(events.p[0].by, SIDE_STAFF);
    assert_int_equal(events.p[1].by, SIDE_COMPANY);
    assert_false(events.p[4].by_system); /* the account that the registration made */
    assert_int_equal(events.p[4].by, SIDE_MEMBER);
}

static void someone_elses_person_is_not_there(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1), other = person_register(x, 2);
    struct dossier d;
    struct str number;
    struct bytes photo;
    struct ctx *const strangers[] = {as_other_clerk(x), as_person(x, other)};
    for (size_t i = 0; i < COUNT(strangers); i++) {
        struct ctx *c = strangers[i];
        assert_int_equal(app_member_dossier(c, id, &d), ST_NOT_FOUND);
        assert_int_equal(app_member_photo(c, id, &photo), ST_NOT_FOUND);
        app_end(c);
        assert_int_equal(app_member_reveal(c, id, &number), ST_NOT_FOUND);
        app_end(c);
    }
    struct ctx *c = as_viewer(x);
    assert_int_equal(app_member_reveal(c, id, &number), ST_FORBIDDEN);
    c = as_viewer(x);
    c->actor.roles = ROLE_SYSTEM; /* reads no lists, and nobody on them */
    assert_int_equal(app_member_dossier(c, id, &d), ST_NOT_FOUND);
    assert_int_equal(app_member_photo(c, id, &photo), ST_NOT_FOUND);
    app_end(c);
    c = as_clerk(x);
    assert_ok(c, app_member_reveal(c, id, &number));
    assert_int_equal(number.n, 18);
    assert_int_equal(trail_count(x, "member.reveal", "ok"), 1);
    assert_ok(c, app_member_photo(c, id, &photo));
    assert_true(photo.n > 1000);
    app_end(c);
}

static void withdrawing_is_once(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct ctx *c = as_person(x, id);
    assert_ok(c, app_member_withdraw(c, STR_NONE));
    assert_int_equal(state_of(x, id), STATE_RETURNED);
    c = as_person(x, id);
    assert_int_equal(app_member_withdraw(c, STR_NONE), ST_CONFLICT);
    app_end(c);
    assert_sound(x);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_act_in_every_state),
        TEST(reopened_is_what_it_was),
        TEST(a_closed_period_ends_that_day),
        TEST(periods_of_approvals),
        TEST(a_renewal_waits_for_the_window),
        TEST(a_member_is_expired_the_day_after),
        TEST(the_date_of_the_meeting),
        TEST(approved_again_with_the_right_date),
        TEST(a_number_is_given_once),
        TEST(a_number_has_the_year_of_the_approval),
        TEST(an_undone_period_is_voided_not_deleted),
        TEST(an_approval_with_something_newer_stays),
        TEST(batches_follow),
        TEST(not_ours_clears_the_employer),
        TEST(the_person_sees_what_happened),
        TEST(counts_are_those_of_the_moment),
        TEST(someone_elses_person_is_not_there),
        TEST(withdrawing_is_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
