#include "register.h"

#include "app/members/outcomes.h"

static const struct sample PERSON = {.name = "=王建国", .id_number = "620112198507149019"};

static struct str decide_one(struct ctx *c, const struct decision *d, struct member_id id)
{
    struct str token;
    struct selection s = {.ids = &id, .n = 1, .expect = -1};
    assert_ok(c, app_members_decide(c, d, &s, STR_NONE, &token));
    return token;
}

static void says_what_was_done_and_why_not(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_add(x, x->company, &PERSON);
    struct ctx *c = as_clerk(x);
    struct outcome o;
    assert_ok(c, app_outcome(c, decide_one(c, &(struct decision){.event = EVENT_RECOMMEND}, id), &o));
    assert_int_equal(o.what, EVENT_RECOMMEND);
    assert_int_equal(o.done, 1);
    assert_int_equal(o.skipped.n, 0);
    app_end(c);
    c = as_clerk(x);
    assert_ok(c, app_outcome(c, decide_one(c, &(struct decision){.event = EVENT_RECOMMEND}, id), &o));
    assert_int_equal(o.done, 0);
    assert_int_equal(o.skipped.n, 1);
    assert_int_equal(o.skipped.p[0].id.v, id.v);
    assert_true(str_eq(o.skipped.p[0].code, STR("wrong_state")));
    assert_true(str_eq(o.skipped.p[0].name, str_from(PERSON.name)));
}

static void only_to_who_did_it(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_add(x, x->company, &PERSON);
    struct str token = decide_one(as_clerk(x), &(struct decision){.event = EVENT_RECOMMEND}, id);
    struct outcome o;
    struct bytes csv;
    struct ctx *const others[] = {as_other_clerk(x), as_membership(x), as_member(x, id)};
    for (size_t i = 0; i < COUNT(others); i++) {
        assert_int_equal(app_outcome(others[i], token, &o), ST_NOT_FOUND);
        assert_int_equal(app_outcome_csv(others[i], token, &csv), ST_NOT_FOUND);
        app_end(others[i]);
    }
}

static void the_details_are_no_formulas(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_add(x, x->company, &PERSON);
    struct ctx *c = as_clerk(x);
    struct bytes csv;
    struct str token = decide_one(c, &(struct decision){.event = EVENT_UNRECOMMEND}, id);
    assert_ok(c, app_outcome_csv(c, token, &csv));
    struct str text = {(const char *)csv.p, csv.n};
    assert_true(str_starts(text, STR("\xEF\xBB\xBF姓名,原因\r\n'=王建国,现状态：个人提交；")));
}

static void what_needs_a_reason(void **state)
{
    struct fixture *x = *state;
    static char long_text[DECISION_REASON_MAX + 2];
    for (size_t i = 0; i <= DECISION_REASON_MAX; i++)
        long_text[i] = 'x';
    const struct {
        enum member_event event;
        struct str reason;
        bool wrong;
    } CASES[] = {
        {EVENT_RETURN_TO_PERSON, STR_NONE, true},
        {EVENT_RETURN_TO_PERSON, STR(" "), true},
        {EVENT_RETURN_TO_COMPANY, STR(""), true},
        {EVENT_UNAPPROVE, STR(""), true},
        {EVENT_CLOSE, STR(""), true},
        {EVENT_REOPEN, STR(""), true},
        {EVENT_CLOSE, STR("\xFF"), true},
        {EVENT_CLOSE, {long_text, DECISION_REASON_MAX + 1}, true},
        {EVENT_CLOSE, {long_text, DECISION_REASON_MAX}, false},
        {EVENT_APPROVE, STR_NONE, false},
    };
    struct member_id id = person_add(x, x->company, &PERSON);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_membership(x);
        struct str token;
        struct decision d = {.event = CASES[i].event, .reason = CASES[i].reason};
        struct selection s = {.ids = &id, .n = 1, .expect = -1};
        assert_int_equal(app_members_decide(c, &d, &s, STR_NONE, &token),
                         CASES[i].wrong ? ST_BAD_INPUT : ST_OK);
        assert_int_equal(problem_of(&c->problems, STR("reason")).n > 0, CASES[i].wrong);
        app_end(c);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)
    const struct CMUnitTest tests[] = {
        TEST(says_what_was_done_and_why_not),
        TEST(only_to_who_did_it),
        TEST(the_details_are_no_formulas),
        TEST(what_needs_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
