/* 撤销本次操作: what a batch did is taken back row by row, while nothing newer depends on it. */
#include "people.h"
#include "raw_sql.h"

#include "app/members/corrections.h"
#include "app/members/undo.h"
#include "gen/queries.h"

#include <pthread.h>
#include <string.h>

static struct str do_it(struct ctx *c, const struct decision *d, const struct member_id *ids, size_t n)
{
    struct str token;
    struct selection s = {.ids = ids, .n = n, .expect = -1};
    assert_ok(c, app_members_decide(c, d, &s, STR_NONE, &token));
    app_end(c);
    return token;
}

static enum status undo(struct ctx *c, struct str token, struct str *ret)
{
    enum status s = app_outcome_undo(c, token, STR_NONE, ret);
    app_end(c);
    return s;
}

static struct outcome outcome_of(struct ctx *c, struct str token)
{
    struct outcome o;
    assert_ok(c, app_outcome(c, token, &o));
    app_end(c);
    return o;
}

static struct ctx *as_side(struct fixture *x, enum side side)
{
    return side == SIDE_COMPANY ? as_clerk(x) : as_membership(x);
}

/* Every act that can be taken back, in every state that it is done in: all is as it was. */
static void all_is_as_it_was(void **state)
{
    static const struct {
        enum member_state from;
        enum side by;
        enum member_event event;
        bool not_ours;
    } CASES[] = {
        {STATE_SUBMITTED, SIDE_COMPANY, EVENT_RECOMMEND, false},
        {STATE_EXPIRED, SIDE_COMPANY, EVENT_RECOMMEND_RENEWAL, false},
        {STATE_SUBMITTED, SIDE_COMPANY, EVENT_RETURN_TO_PERSON, false},
        {STATE_SUBMITTED, SIDE_COMPANY, EVENT_RETURN_TO_PERSON, true},
        {STATE_RECOMMENDED_NEW, SIDE_STAFF, EVENT_RETURN_TO_PERSON, false},
        {STATE_RECOMMENDED_NEW, SIDE_STAFF, EVENT_RETURN_TO_COMPANY, false},
        {STATE_RECOMMENDED_RENEWAL, SIDE_STAFF, EVENT_RETURN_TO_COMPANY, false},
        {STATE_RECOMMENDED_NEW, SIDE_STAFF, EVENT_APPROVE, false},
        {STATE_RECOMMENDED_RENEWAL, SIDE_STAFF, EVENT_APPROVE, false},
    };
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct member_id id = person_in(x, CASES[i].from, (int)i);
        struct member_full before = person_of(x, id), after;
        struct decision d = {.event = CASES[i].event, .reason = STR("弄错了"), .not_ours = CASES[i].not_ours};
        struct str token = do_it(as_side(x, CASES[i].by), &d, &id, 1), undone;
        assert_true(outcome_may_be_undone(&(struct outcome){.what = CASES[i].event}));
        assert_ok(as_side(x, CASES[i].by), undo(as_side(x, CASES[i].by), token, &undone));
        struct outcome o = outcome_of(as_side(x, CASES[i].by), undone);
        assert_int_equal(o.done, 1);
        assert_int_equal(o.skipped.n, 0);
        assert_true(str_eq(o.undoes, token));
        assert_int_equal(state_of(x, id), CASES[i].from);
        after = person_of(x, id);
        assert_int_equal(after.state_at, before.state_at);
        assert_true(str_eq(after.reason, before.reason));
        assert_int_equal(after.company_id.v, before.company_id.v);
        assert_int_equal(day_cmp(after.period_end, before.period_end), 0);
        assert_int_equal(after.version, before.version + 2);
        assert_sound(x);
        d.reason = STR("这次是对的");
        do_it(as_side(x, CASES[i].by), &d, &id, 1); /* and can be done again */
        assert_sound(x);
    }
}

/* 会员编号 is never used again; the period is void, not gone; a second approval goes on with both. */
static void an_approval_taken_back(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_RECOMMENDED_NEW, 1);
    struct decision d = {.event = EVENT_APPROVE};
    struct str undone, token = do_it(as_membership(x), &d, &id, 1);
    struct str number = person_of(x, id).number;
    assert_int_equal(undo(as_membership(x), token, &undone), ST_OK);
    struct dossier back = dossier_of(x, id);
    assert_true(str_eq(back.row.number, number));
    assert_int_equal(back.periods.n, 1);
    assert_true(back.periods.p[0].voided_at > 0);
    assert_false(item_of(x, id).decision.n);
    do_it(as_membership(x), &d, &id, 1);
    assert_true(str_eq(person_of(x, id).number, number));
    assert_int_equal(trail_count(x, "member.undo", "ok"), 1);
    assert_sound(x);
}

enum meanwhile { NOTHING, DECIDED, EDITED };

static void do_meanwhile(struct fixture *x, enum meanwhile what, struct member_id id)
{
    if (what == DECIDED) decide(as_membership(x), EVENT_APPROVE, &id, 1);
    if (what != EDITED) return;
    struct dossier d;
    struct photo_input none = {0};
    struct ctx *c = as_membership(x);
    assert_ok(c, app_member_dossier(c, id, &d));
    struct person_input in = person_input_of(c, &d);
    in.school = STR("西北民族大学");
    struct member_edit e = {.id = id, .in = &in, .version = d.row.version, .reason = STR("更正")};
    app_end(c);
    assert_ok(c, app_member_edit(c, &e, &none, STR_NONE));
    app_end(c);
}

/* Of a batch the rows that somebody went on with stay; the others go back. */
static void newer_rows_stay(void **state)
{
    static const enum meanwhile WHAT[] = {NOTHING, DECIDED, EDITED, NOTHING};
    struct fixture *x = *state;
    struct member_id ids[COUNT(WHAT)];
    struct str undone;
    for (size_t i = 0; i < COUNT(WHAT); i++)
        ids[i] = person_register(x, (int)i);
    struct str token = do_it(as_clerk(x), &(struct decision){.event = EVENT_RECOMMEND}, ids, COUNT(ids));
    for (size_t i = 0; i < COUNT(WHAT); i++)
        do_meanwhile(x, WHAT[i], ids[i]);
    assert_int_equal(undo(as_clerk(x), token, &undone), ST_OK);
    struct outcome o = outcome_of(as_clerk(x), undone);
    assert_int_equal(o.done, 2);
    assert_int_equal(o.skipped.n, 2);
    for (size_t i = 0; i < o.skipped.n; i++) {
        assert_text(o.skipped.p[i].code, "newer");
        assert_true(o.skipped.p[i].name.n > 0);
    }
    assert_int_equal(state_of(x, ids[0]), STATE_SUBMITTED);
    assert_int_equal(state_of(x, ids[1]), STATE_MEMBER);
    assert_int_equal(state_of(x, ids[2]), STATE_RECOMMENDED_NEW);
    assert_int_equal(state_of(x, ids[3]), STATE_SUBMITTED);
    assert_sound(x);
}

/* Twice leads to the first one's result; nothing happens again. */
static void twice_is_once(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct decision d = {.event = EVENT_RECOMMEND};
    struct str first, second, token = do_it(as_clerk(x), &d, &id, 1);
    assert_int_equal(undo(as_clerk(x), token, &first), ST_OK);
    do_it(as_clerk(x), &d, &id, 1);
    assert_int_equal(undo(as_clerk(x), token, &second), ST_OK);
    assert_true(str_eq(first, second));
    assert_int_equal(state_of(x, id), STATE_RECOMMENDED_NEW);
    assert_true(str_eq(outcome_of(as_clerk(x), token).undone, first));
    struct str none;
    assert_int_equal(undo(as_clerk(x), first, &none), ST_CONFLICT); /* an undo is not undone */
}

static void who_and_when(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1), gone = person_in(x, STATE_MEMBER, 2);
    struct str none, token = do_it(as_clerk(x), &(struct decision){.event = EVENT_RECOMMEND}, &id, 1);
    struct ctx *const others[] = {as_other_clerk(x), as_membership(x)};
    for (size_t i = 0; i < COUNT(others); i++)
        assert_int_equal(undo(others[i], token, &none), ST_NOT_FOUND);
    struct ctx *c = as_clerk(x);
    c->actor.view_only = true;
    assert_int_equal(undo(c, token, &none), ST_FORBIDDEN);
    c = as_membership(x);
    c->actor.roles = ROLE_FINANCE;
    assert_int_equal(undo(c, token, &none), ST_FORBIDDEN);
    assert_int_equal(undo(as_clerk(x), STR("nothing"), &none), ST_NOT_FOUND);
    struct str closed =
        do_it(as_membership(x), &(struct decision){.event = EVENT_CLOSE, .reason = STR("退会")}, &gone, 1);
    assert_int_equal(undo(as_membership(x), closed, &none), ST_CONFLICT); /* 注销 is not among them */
    c = as_clerk(x);
    c->now_ms += DAY_MS + 1;
    assert_int_equal(undo(c, token, &none), ST_NOT_FOUND);
    c = as_clerk(x);
    c->now_ms += DAY_MS - 60000;
    assert_int_equal(undo(c, token, &none), ST_OK);
    assert_int_equal(state_of(x, id), STATE_SUBMITTED);
}

/* Somebody else comes between the reading and the holding: PostgreSQL alone lets them. */
struct between {
    struct fixture *x;
    struct str token;
    struct member_id id;
    bool undoes; /* or approves */
    int acted;
};

static void *act(void *arg)
{
    struct between *b = arg;
    struct str token;
    if (b->undoes)
        assert_int_equal(undo(as_clerk(b->x), b->token, &token), ST_OK);
    else
        decide(as_membership(b->x), EVENT_APPROVE, &b->id, 1);
    return NULL;
}

static bool may(void *arg, const char *what)
{
    struct between *b = arg;
    pthread_t other;
    if (strcmp(what, "hold") != 0) return true;
    b->x->may = NULL;
    b->acted++;
    assert_int_equal(pthread_create(&other, NULL, act, b), 0);
    pthread_join(other, NULL);
    return true;
}

static void a_race_is_lost_in_words(void **state)
{
    struct fixture *x = *state;
    if (!db_fixture_is_postgres()) return; /* there nobody comes between */
    for (int undoes = 0; undoes < 2; undoes++) {
        struct member_id id = person_register(x, undoes);
        struct between b = {.x = x, .id = id, .undoes = undoes};
        struct str undone;
        b.token = do_it(as_clerk(x), &(struct decision){.event = EVENT_RECOMMEND}, &id, 1);
        x->may_arg = &b;
        x->may = may;
        assert_int_equal(undo(as_clerk(x), b.token, &undone), ST_OK);
        x->may = NULL;
        assert_int_equal(b.acted, 1);
        struct outcome o = outcome_of(as_clerk(x), undone);
        assert_int_equal(o.done, undoes);
        assert_int_equal(state_of(x, id), undoes ? STATE_SUBMITTED : STATE_MEMBER);
        assert_true(str_eq(outcome_of(as_clerk(x), b.token).undone, undone));
        assert_sound(x);
    }
    assert_int_equal(trail_count(x, "member.undo", "ok"), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_is_as_it_was), TEST(an_approval_taken_back), TEST(newer_rows_stay),
        TEST(twice_is_once),    TEST(who_and_when),           TEST(a_race_is_lost_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
