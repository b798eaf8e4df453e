#include "check.h"

#include "domain/member.h"

#include <stdio.h>

/* Somebody in each state, against whom no guard speaks. */
static struct member_facts facts_of(enum member_state state)
{
    static const struct {
        enum member_stored stored, before;
        struct day period_end;
    } rows[STATE_COUNT] = {
        [STATE_NONE] = {STORED_NONE, STORED_NONE, {0}},
        [STATE_SUBMITTED] = {STORED_SUBMITTED, STORED_NONE, {0}},
        [STATE_RECOMMENDED_NEW] = {STORED_RECOMMENDED_NEW, STORED_NONE, {0}},
        [STATE_RECOMMENDED_RENEWAL] = {STORED_RECOMMENDED_RENEWAL, STORED_NONE, {2026, 11, 1}},
        [STATE_MEMBER] = {STORED_APPROVED, STORED_RECOMMENDED_NEW, {2026, 12, 31}},
        [STATE_EXPIRED] = {STORED_APPROVED, STORED_RECOMMENDED_RENEWAL, {2026, 11, 22}},
        [STATE_RETURNED] = {STORED_RETURNED, STORED_NONE, {0}},
        [STATE_CLOSED] = {STORED_CLOSED, STORED_SUBMITTED, {0}},
    };
    return (struct member_facts){.stored = rows[state].stored,
                                 .before = rows[state].before,
                                 .period_end = rows[state].period_end,
                                 .today = TODAY,
                                 .renewal_days = 90};
}

/* All that is allowed; every other state × side × event must be refused. */
static const struct {
    enum member_state from;
    enum side by;
    enum member_event event;
    enum member_stored to;
} ALLOWED[] = {
    {STATE_NONE, SIDE_MEMBER, EVENT_REGISTER, STORED_SUBMITTED},
    {STATE_NONE, SIDE_STAFF, EVENT_REGISTER, STORED_SUBMITTED},
    {STATE_SUBMITTED, SIDE_MEMBER, EVENT_WITHDRAW, STORED_RETURNED},
    {STATE_SUBMITTED, SIDE_COMPANY, EVENT_RECOMMEND, STORED_RECOMMENDED_NEW},
    {STATE_SUBMITTED, SIDE_COMPANY, EVENT_RETURN_TO_PERSON, STORED_RETURNED},
    {STATE_SUBMITTED, SIDE_STAFF, EVENT_CLOSE, STORED_CLOSED},
    {STATE_RECOMMENDED_NEW, SIDE_COMPANY, EVENT_UNRECOMMEND, STORED_SUBMITTED},
    {STATE_RECOMMENDED_NEW, SIDE_STAFF, EVENT_APPROVE, STORED_APPROVED},
    {STATE_RECOMMENDED_NEW, SIDE_STAFF, EVENT_RETURN_TO_COMPANY, STORED_SUBMITTED},
    {STATE_RECOMMENDED_NEW, SIDE_STAFF, EVENT_RETURN_TO_PERSON, STORED_RETURNED},
    {STATE_RECOMMENDED_NEW, SIDE_STAFF, EVENT_CLOSE, STORED_CLOSED},
    {STATE_RECOMMENDED_RENEWAL, SIDE_COMPANY, EVENT_UNRECOMMEND, STORED_APPROVED},
    {STATE_RECOMMENDED_RENEWAL, SIDE_STAFF, EVENT_APPROVE, STORED_APPROVED},
    {STATE_RECOMMENDED_RENEWAL, SIDE_STAFF, EVENT_RETURN_TO_COMPANY, STORED_APPROVED},
    {STATE_RECOMMENDED_RENEWAL, SIDE_STAFF, EVENT_CLOSE, STORED_CLOSED},
    {STATE_MEMBER, SIDE_COMPANY, EVENT_RECOMMEND_RENEWAL, STORED_RECOMMENDED_RENEWAL},
    {STATE_MEMBER, SIDE_STAFF, EVENT_UNAPPROVE, STORED_RECOMMENDED_NEW},
    {STATE_MEMBER, SIDE_STAFF, EVENT_CLOSE, STORED_CLOSED},
    {STATE_EXPIRED, SIDE_COMPANY, EVENT_RECOMMEND_RENEWAL, STORED_RECOMMENDED_RENEWAL},
    {STATE_EXPIRED, SIDE_STAFF, EVENT_UNAPPROVE, STORED_RECOMMENDED_RENEWAL},
    {STATE_EXPIRED, SIDE_STAFF, EVENT_CLOSE, STORED_CLOSED},
    {STATE_RETURNED, SIDE_MEMBER, EVENT_RESUBMIT, STORED_SUBMITTED},
    {STATE_RETURNED, SIDE_STAFF, EVENT_CLOSE, STORED_CLOSED},
    {STATE_CLOSED, SIDE_STAFF, EVENT_REOPEN, STORED_SUBMITTED},
};

/* Which sides know an event at all: for them a refusal is about the state. */
static const char *const SIDES_OF[EVENT_COUNT] = {
    [EVENT_REGISTER] = "m.s",
    [EVENT_WITHDRAW] = "m..",
    [EVENT_RESUBMIT] = "m..",
    [EVENT_RECOMMEND] = ".c.",
    [EVENT_RECOMMEND_RENEWAL] = ".c.",
    [EVENT_UNRECOMMEND] = ".c.",
    [EVENT_RETURN_TO_PERSON] = ".cs",
    [EVENT_RETURN_TO_COMPANY] = "..s",
    [EVENT_APPROVE] = "..s",
    [EVENT_UNAPPROVE] = "..s",
    [EVENT_CLOSE] = "..s",
    [EVENT_REOPEN] = "..s",
};

static enum member_stored allowed_target(enum member_state from, enum side by, enum member_event event)
{
    for (size_t i = 0; i < COUNT(ALLOWED); i++) {
        if (ALLOWED[i].from == from && ALLOWED[i].by == by && ALLOWED[i].event == event) return ALLOWED[i].to;
    }
    return STORED_NONE;
}

static void check_pair(enum member_state from, enum side by, enum member_event event)
{
    char row[200];
    snprintf(row, sizeof row, "%s, %s, %s", member_state_label(from, SIDE_STAFF), side_label(by),
             member_event_label(event));
    struct member_facts facts = facts_of(from);
    enum member_stored expected = allowed_target(from, by, event), to = STORED_NONE;
    enum member_refusal refusal = member_transition(&facts, by, event, &to);
    assert_row(row, to, expected);
    if (expected != STORED_NONE)
        assert_row(row, refusal, MEMBER_MAY);
    else
        assert_row(row, refusal, SIDES_OF[event][by] == '.' ? MEMBER_WRONG_SIDE : MEMBER_WRONG_STATE);
}

static void every_pair(void **state)
{
    (void)state;
    for (int from = 0; from < STATE_COUNT; from++)
        for (int event = 0; event < EVENT_COUNT; event++)
            for (int by = 0; by < SIDE_COUNT; by++)
                check_pair((enum member_state)from, (enum side)by, (enum member_event)event);
}

static void renewal_window(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct day period_end;
        int renewal_days;
        enum member_refusal refusal;
    } cases[] = {
        {"90 days left", {2027, 2, 21}, 90, MEMBER_MAY},
        {"91 days left", {2027, 2, 22}, 90, MEMBER_NOT_DUE},
        {"last day", {2026, 11, 23}, 90, MEMBER_MAY},
        {"over", {2026, 11, 22}, 90, MEMBER_MAY},
        {"long over", {2016, 11, 22}, 90, MEMBER_MAY},
        {"manual, last day", {2026, 11, 23}, 0, MEMBER_NOT_DUE},
        {"manual, over", {2026, 11, 22}, 0, MEMBER_MAY},
        {"manual, a day left", {2026, 11, 24}, 0, MEMBER_NOT_DUE},
        {"30 days, 31 left", {2026, 12, 24}, 30, MEMBER_NOT_DUE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct member_facts facts = facts_of(STATE_MEMBER);
        facts.period_end = cases[i].period_end;
        facts.renewal_days = cases[i].renewal_days;
        enum member_stored to;
        assert_row(cases[i].name, member_transition(&facts, SIDE_COMPANY, EVENT_RECOMMEND_RENEWAL, &to),
                   cases[i].refusal);
    }
}

static void training_keeps_a_recommendation(void **state)
{
    (void)state;
    enum member_stored to = STORED_NONE;
    struct member_facts facts = facts_of(STATE_RECOMMENDED_NEW);
    facts.trained = true;
    assert_int_equal(member_transition(&facts, SIDE_COMPANY, EVENT_UNRECOMMEND, &to), MEMBER_TRAINED);
    assert_int_equal(to, STORED_NONE);
    assert_int_equal(member_transition(&facts, SIDE_STAFF, EVENT_RETURN_TO_COMPANY, &to), MEMBER_MAY);

    facts = facts_of(STATE_RECOMMENDED_RENEWAL);
    facts.trained = true;
    assert_int_equal(member_transition(&facts, SIDE_COMPANY, EVENT_UNRECOMMEND, &to), MEMBER_MAY);
}

static void what_depends_keeps_an_approval(void **state)
{
    (void)state;
    static const struct {
        bool paid, issued, newer;
        enum member_refusal refusal;
    } cases[] = {
        {false, false, false, MEMBER_MAY},   {true, false, false, MEMBER_PAID},
        {false, true, false, MEMBER_ISSUED}, {false, false, true, MEMBER_NEWER},
        {true, true, true, MEMBER_PAID},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct member_facts facts = facts_of(STATE_MEMBER);
        facts.paid = cases[i].paid;
        facts.issued = cases[i].issued;
        facts.newer = cases[i].newer;
        enum member_stored to;
        assert_int_equal(member_transition(&facts, SIDE_STAFF, EVENT_UNAPPROVE, &to), cases[i].refusal);
        assert_int_equal(member_transition(&facts, SIDE_STAFF, EVENT_CLOSE, &to), MEMBER_MAY);
    }
}

/* Undoing leads to what there was, and only there. */
static void the_way_back(void **state)
{
    (void)state;
    for (int before = 0; before < STORED_COUNT; before++) {
        struct member_facts facts = facts_of(STATE_MEMBER);
        facts.before = (enum member_stored)before;
        enum member_stored to = STORED_NONE;
        bool recommended = before == STORED_RECOMMENDED_NEW || before == STORED_RECOMMENDED_RENEWAL;
        assert_int_equal(member_transition(&facts, SIDE_STAFF, EVENT_UNAPPROVE, &to),
                         recommended ? MEMBER_MAY : MEMBER_NO_BEFORE);
        assert_int_equal(to, recommended ? before : STORED_NONE);

        facts.stored = STORED_CLOSED;
        to = STORED_NONE;
        bool open = before != STORED_NONE && before != STORED_CLOSED;
        assert_int_equal(member_transition(&facts, SIDE_STAFF, EVENT_REOPEN, &to),
                         open ? MEMBER_MAY : MEMBER_NO_BEFORE);
        assert_int_equal(to, open ? before : STORED_NONE);
    }
}

static void words(void **state)
{
    (void)state;
    static const struct {
        enum member_state state;
        const char *code, *label, *to_the_person;
    } cases[] = {
        {STATE_SUBMITTED, "submitted", "个人提交", "个人提交"},
        {STATE_RECOMMENDED_NEW, "recommended_new", "企业推荐（新会员）", "企业推荐（新会员）"},
        {STATE_RECOMMENDED_RENEWAL, "recommended_renewal", "企业推荐（续期）", "企业推荐（续期）"},
        {STATE_MEMBER, "member", "正式会员", "正式会员"},
        {STATE_EXPIRED, "expired", "已过期", "已到期，待续期"},
        {STATE_RETURNED, "returned", "已退回", "需要您修改"},
        {STATE_CLOSED, "closed", "已注销", "已注销"},
    };
    assert_int_equal(COUNT(cases), STATE_COUNT - 1);
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum member_state parsed;
        assert_string_equal(member_state_code(cases[i].state), cases[i].code);
        assert_string_equal(member_state_label(cases[i].state, SIDE_COMPANY), cases[i].label);
        assert_string_equal(member_state_label(cases[i].state, SIDE_STAFF), cases[i].label);
        assert_string_equal(member_state_label(cases[i].state, SIDE_MEMBER), cases[i].to_the_person);
        assert_true(member_state_parse(str_from(cases[i].code), &parsed));
        assert_row(cases[i].code, parsed, cases[i].state);
    }
    enum member_state parsed = STATE_CLOSED;
    assert_false(member_state_parse(STR(""), &parsed));
    assert_false(member_state_parse(STR("approved"), &parsed));
    assert_int_equal(parsed, STATE_CLOSED);
}

static void stored_codes(void **state)
{
    (void)state;
    static const char *const codes[] = {"submitted", "recommended_new", "recommended_renewal",
                                        "approved",  "returned",        "closed"};
    assert_int_equal(COUNT(codes), STORED_COUNT - 1);
    for (size_t i = 0; i < COUNT(codes); i++) {
        enum member_stored parsed;
        assert_true(member_stored_parse(str_from(codes[i]), &parsed));
        assert_string_equal(member_stored_code(parsed), codes[i]);
    }
    enum member_stored parsed = STORED_CLOSED;
    assert_false(member_stored_parse(STR(""), &parsed));
    assert_false(member_stored_parse(STR("member"), &parsed));
    assert_int_equal(parsed, STORED_CLOSED);
}

static void derived_states(void **state)
{
    (void)state;
    for (int s = 0; s < STATE_COUNT; s++) {
        struct member_facts facts = facts_of((enum member_state)s);
        assert_int_equal(member_state_of(facts.stored, facts.period_end, TODAY), s);
    }
    assert_int_equal(member_state_of(STORED_APPROVED, TODAY, TODAY), STATE_MEMBER); /* the last day counts */
    assert_int_equal(member_state_of(STORED_APPROVED, DAY_NONE, TODAY), STATE_EXPIRED);
}

static bool in_range(struct member_range range, enum member_stored stored, struct day end)
{
    return stored == range.stored && (!day_is(range.end_from) || day_cmp(end, range.end_from) >= 0) &&
           (!day_is(range.end_to) || day_cmp(end, range.end_to) <= 0);
}

/* Each row is in the range of its own state and in no other. */
static void ranges(void **state)
{
    (void)state;
    static const struct day ends[] = {
        {2020, 1, 1}, {2026, 11, 22}, {2026, 11, 23}, {2026, 11, 24}, {2031, 1, 1}};
    for (int stored = 0; stored < STORED_COUNT; stored++)
        for (size_t e = 0; e < COUNT(ends); e++) {
            enum member_stored row = (enum member_stored)stored;
            for (int s = 0; s < STATE_COUNT; s++) {
                bool shown = member_state_of(row, ends[e], TODAY) == (enum member_state)s;
                assert_int_equal(in_range(member_range_of((enum member_state)s, TODAY), row, ends[e]), shown);
            }
        }
}

static void rights(void **state)
{
    (void)state;
    static const struct {
        enum member_stored stored;
        bool rights_inside, progress_only, by_person, by_company, by_staff;
    } cases[] = {
        {STORED_NONE, false, false, false, false, false},
        {STORED_SUBMITTED, false, true, false, true, true},
        {STORED_RECOMMENDED_NEW, false, false, false, false, true},
        {STORED_RECOMMENDED_RENEWAL, true, false, false, false, true},
        {STORED_APPROVED, true, false, false, false, true},
        {STORED_RETURNED, false, true, true, false, true},
        {STORED_CLOSED, false, true, false, false, true},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *row = member_stored_code(cases[i].stored);
        assert_row(row, member_has_rights(cases[i].stored, TODAY, TODAY), cases[i].rights_inside);
        assert_row(row, member_has_rights(cases[i].stored, day_add(TODAY, -1), TODAY), false);
        assert_row(row, member_progress_only(cases[i].stored), cases[i].progress_only);
        assert_row(row, member_may_correct(cases[i].stored, SIDE_MEMBER), cases[i].by_person);
        assert_row(row, member_may_correct(cases[i].stored, SIDE_COMPANY), cases[i].by_company);
        assert_row(row, member_may_correct(cases[i].stored, SIDE_STAFF), cases[i].by_staff);
    }
}

static void refusals(void **state)
{
    static const struct {
        enum member_refusal refusal;
        enum member_state in;
        enum side by;
        enum member_event event;
        const char *code, *text;
    } cases[] = {
        {MEMBER_WRONG_SIDE, STATE_SUBMITTED, SIDE_COMPANY, EVENT_APPROVE, "wrong_side",
         "现状态：个人提交；不能批准：这项操作不由您这一方办理"},
        {MEMBER_WRONG_STATE, STATE_MEMBER, SIDE_COMPANY, EVENT_RECOMMEND, "wrong_state",
         "现状态：正式会员；不能推荐"},
        {MEMBER_WRONG_STATE, STATE_EXPIRED, SIDE_MEMBER, EVENT_WITHDRAW, "wrong_state",
         "现状态：已到期，待续期；不能撤回修改"},
        {MEMBER_NOT_DUE, STATE_MEMBER, SIDE_COMPANY, EVENT_RECOMMEND_RENEWAL, "not_due",
         "现状态：正式会员；不能推荐续期：有效期至 2026-12-31，2026-10-02 起可以推荐续期"},
        {MEMBER_TRAINED, STATE_RECOMMENDED_NEW, SIDE_COMPANY, EVENT_UNRECOMMEND, "trained",
         "现状态：企业推荐（新会员）；不能回退：已有培训结果"},
        {MEMBER_PAID, STATE_MEMBER, SIDE_STAFF, EVENT_UNAPPROVE, "paid",
         "现状态：正式会员；不能撤销批准：这次批准之后已缴费，请先冲销缴费"},
        {MEMBER_ISSUED, STATE_MEMBER, SIDE_STAFF, EVENT_UNAPPROVE, "issued",
         "现状态：正式会员；不能撤销批准：这次批准之后已发放证书，请先撤销证书"},
        {MEMBER_NEWER, STATE_MEMBER, SIDE_STAFF, EVENT_UNAPPROVE, "newer",
         "现状态：正式会员；不能撤销批准：这次批准之后又办理了其他事项，如退回续期、变更单位。日期有误请更正"
         "批准日期，要退会请注销"},
        {MEMBER_NO_BEFORE, STATE_CLOSED, SIDE_STAFF, EVENT_REOPEN, "no_before",
         "现状态：已注销；不能恢复：没有记录注销之前的状态"},
        {MEMBER_NO_BEFORE, STATE_MEMBER, SIDE_STAFF, EVENT_UNAPPROVE, "no_before",
         "现状态：正式会员；不能撤销批准：没有记录之前的状态。日期有误请更正批准日期，要退会请注销"},
        {MEMBER_WRONG_STATE, STATE_CLOSED, SIDE_STAFF, EVENT_CLOSE, "wrong_state",
         "现状态：已注销；不能注销：已经注销，不用再办"},
        {MEMBER_WRONG_STATE, STATE_EXPIRED, SIDE_STAFF, EVENT_REOPEN, "wrong_state",
         "现状态：已过期；不能恢复：没有注销，不用恢复"},
        {MEMBER_WRONG_STATE, STATE_CLOSED, SIDE_STAFF, EVENT_UNAPPROVE, "wrong_state",
         "现状态：已注销；不能撤销批准：请先恢复，再撤销批准"},
        {MEMBER_WRONG_STATE, STATE_RECOMMENDED_RENEWAL, SIDE_STAFF, EVENT_UNAPPROVE, "wrong_state",
         "现状态：企业推荐（续期）；不能撤销批准：请先退回单位，再撤销批准"},
        {MEMBER_WRONG_STATE, STATE_SUBMITTED, SIDE_STAFF, EVENT_UNAPPROVE, "wrong_state",
         "现状态：个人提交；不能撤销批准：还没有批准"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct member_facts facts = facts_of(cases[i].in);
        assert_string_equal(member_refusal_code(cases[i].refusal), cases[i].code);
        assert_row_text(member_refusal_text(*state, cases[i].refusal, &facts, cases[i].by, cases[i].event),
                        cases[i].text);
    }
    assert_string_equal(member_refusal_code(MEMBER_MAY), "");
}

/* Without a window the day after the end is the first; with one, as many days before the end. */
static void due_dates_agree_with_the_rule(void **state)
{
    static const int windows[] = {0, 1, 90};
    for (size_t i = 0; i < COUNT(windows); i++) {
        struct member_facts facts = facts_of(STATE_MEMBER);
        facts.renewal_days = windows[i];
        struct day first =
            windows[i] > 0 ? day_add(facts.period_end, -windows[i]) : day_add(facts.period_end, 1);
        struct str text =
            member_refusal_text(*state, MEMBER_NOT_DUE, &facts, SIDE_COMPANY, EVENT_RECOMMEND_RENEWAL);
        assert_true(str_find(text, day_str(*state, first), NULL));
        enum member_stored to;
        facts.today = day_add(first, -1);
        assert_int_equal(member_transition(&facts, SIDE_COMPANY, EVENT_RECOMMEND_RENEWAL, &to),
                         MEMBER_NOT_DUE);
        facts.today = first;
        assert_int_equal(member_transition(&facts, SIDE_COMPANY, EVENT_RECOMMEND_RENEWAL, &to), MEMBER_MAY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair),
        cmocka_unit_test(renewal_window),
        cmocka_unit_test(training_keeps_a_recommendation),
        cmocka_unit_test(what_depends_keeps_an_approval),
        cmocka_unit_test(the_way_back),
        cmocka_unit_test(words),
        cmocka_unit_test(stored_codes),
        cmocka_unit_test(derived_states),
        cmocka_unit_test(ranges),
        cmocka_unit_test(rights),
        WITH_ARENA(refusals),
        WITH_ARENA(due_dates_agree_with_the_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
