/* One post for many people: whom it is for, what is done, what is skipped and why. */
#include "people.h"

#include "app/core/settings.h"
#include "gen/queries.h"

#include <string.h>

static const struct decision RECOMMEND = {.event = EVENT_RECOMMEND};

static enum status decide_status(struct ctx *c, const struct decision *d, const struct selection *s,
                                 const char *once, struct str *ret_token)
{
    enum status status = app_members_decide(c, d, s, str_from(once), ret_token);
    app_end(c);
    return status;
}

static struct selection these(const struct member_id *ids, size_t n)
{
    return (struct selection){.ids = ids, .n = n, .expect = -1};
}

static const struct skipped *skipped_of(const struct outcome *o, struct member_id id)
{
    for (size_t i = 0; i < o->skipped.n; i++)
        if (o->skipped.p[i].id.v == id.v) return &o->skipped.p[i];
    assert_true(false);
    return NULL;
}

static struct member_id stranger(struct fixture *x, int i)
{
    struct application form = application_of(x, x->other, i);
    return application_send(x, &form);
}

/* How many rows say that this account asked for this person in vain. */
static int asked_for(struct fixture *x, struct member_id id, struct account_id who)
{
    struct audit_fulls rows;
    struct ctx *c = as_command_line(x);
    int n = 0;
    assert_ok(c, app_read(c));
    assert_ok(c, q_audit_after(c->db, c->arena, 0, 100000, &rows));
    for (size_t i = 0; i < rows.n; i++)
        n += rows.p[i].member_id.v == id.v && rows.p[i].account_id.v == who.v &&
             str_eq(rows.p[i].result, STR("not_found"));
    app_end(c);
    return n;
}

static void some_done_some_skipped(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[] = {person_register(x, 1),
                              person_in(x, STATE_RETURNED, 2),
                              stranger(x, 3),
                              person_register(x, 4),
                              {999999}};
    struct outcome o = decide_many(as_clerk(x), &RECOMMEND, ids, COUNT(ids));
    assert_int_equal(o.done, 2);
    assert_int_equal(o.what, EVENT_RECOMMEND);
    assert_text(skipped_of(&o, ids[1])->code, "wrong_state");
    assert_text(skipped_of(&o, ids[1])->text, "现状态：已退回；不能推荐");
    for (int i = 2; i < 5; i += 2) {
        const struct skipped *foreign = skipped_of(&o, ids[i]);
        assert_text(foreign->code, "not_found");
        assert_text(foreign->text, "不存在或不属于本单位");
        assert_false(foreign->name.n);
    }
    assert_int_equal(trail_count(x, "member.recommend", "not_found"), 2);
    assert_int_equal(asked_for(x, ids[2], x->clerk) + asked_for(x, ids[4], x->clerk), 2);
    assert_int_equal(trail_count(x, "member.recommend", "ok"), 2);
    assert_int_equal(state_of(x, ids[2]), STATE_SUBMITTED);
    assert_sound(x);
}

static void all_foreign_is_not_found(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[] = {stranger(x, 1), {999999}};
    struct selection s = these(ids, COUNT(ids));
    struct str token = STR("untouched");
    assert_int_equal(decide_status(as_clerk(x), &RECOMMEND, &s, NULL, &token), ST_NOT_FOUND);
    assert_text(token, "untouched");
    assert_int_equal(state_of(x, ids[0]), STATE_SUBMITTED);
    for (size_t i = 0; i < COUNT(ids); i++)
        assert_int_equal(asked_for(x, ids[i], x->clerk), 1);
    assert_int_equal(trail_count(x, "member.recommend", "not_found"), COUNT(ids));
    assert_sound(x);
}

static void each_once(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1), ids[] = {id, id, id};
    struct selection s = these(ids, COUNT(ids));
    struct str token;
    struct outcome o;
    struct ctx *c = as_clerk(x);
    assert_int_equal(decide_status(c, &RECOMMEND, &s, NULL, &token), ST_OK);
    assert_ok(c, app_outcome(c, token, &o));
    app_end(c);
    assert_int_equal(o.done, 1);
    assert_int_equal(o.skipped.n, 0);
}

static void nobody_is_bad_input(void **state)
{
    struct fixture *x = *state;
    struct selection none = these(NULL, 0),
                     nobody = {.all = true, .filter = {.state = STATE_EXPIRED}, .expect = -1};
    struct str token;
    assert_int_equal(decide_status(as_clerk(x), &RECOMMEND, &none, NULL, &token), ST_BAD_INPUT);
    assert_int_equal(decide_status(as_clerk(x), &RECOMMEND, &nobody, NULL, &token), ST_BAD_INPUT);
}

/* all=1: everyone of the filter, as the actor may have it, if there are as many as the person saw. */
static void everyone_of_a_filter(void **state)
{
    static const struct {
        int64_t expect;
        enum status status;
        int64_t done;
    } CASES[] = {{2, ST_CONFLICT, 0}, {4, ST_CONFLICT, 0}, {3, ST_OK, 3}, {-1, ST_OK, 1}};
    struct fixture *x = *state;
    struct member_id other = stranger(x, 10), returned = person_in(x, STATE_RETURNED, 11);
    for (int i = 0; i < 3; i++)
        person_register(x, i);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct selection s = {.all = true,
                              .filter = {.company = x->other, .state = STATE_SUBMITTED},
                              .expect = CASES[i].expect};
        struct str token;
        struct outcome o;
        struct ctx *c = as_clerk(x);
        if (CASES[i].expect < 0) person_register(x, 4);
        assert_int_equal(decide_status(c, &RECOMMEND, &s, NULL, &token), CASES[i].status);
        if (CASES[i].status != ST_OK) continue;
        assert_ok(c, app_outcome(c, token, &o));
        app_end(c);
        assert_int_equal(o.done, CASES[i].done);
        assert_int_equal(o.skipped.n, 0);
    }
    assert_int_equal(state_of(x, other), STATE_SUBMITTED);
    assert_int_equal(state_of(x, returned), STATE_RETURNED);
    assert_sound(x);
}

/* The first answer is given again, and nothing is done twice. */
static void a_form_sent_twice_acts_once(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct selection s = these(&id, 1);
    struct str first, second, third;
    assert_int_equal(decide_status(as_clerk(x), &RECOMMEND, &s, "0123456789abcdef", &first), ST_OK);
    decide(as_clerk(x), EVENT_UNRECOMMEND, &id, 1);
    assert_int_equal(decide_status(as_clerk(x), &RECOMMEND, &s, "0123456789abcdef", &second), ST_OK);
    assert_true(str_eq(first, second));
    assert_int_equal(state_of(x, id), STATE_SUBMITTED);
    assert_int_equal(trail_count(x, "member.recommend", "ok"), 1);
    /* Another account may have the same token by chance. */
    struct decision close = {.event = EVENT_CLOSE, .reason = STR("测试")};
    assert_int_equal(decide_status(as_membership(x), &close, &s, "0123456789abcdef", &third), ST_OK);
    assert_int_equal(state_of(x, id), STATE_CLOSED);
}

/* What failed did not happen: sent again with the same token it is done. */
static void a_refused_form_may_be_sent_again(void **state)
{
    struct fixture *x = *state;
    struct member_id id = stranger(x, 1);
    struct selection s = these(&id, 1);
    struct str token;
    assert_int_equal(decide_status(as_clerk(x), &RECOMMEND, &s, "0123456789abcdef", &token), ST_NOT_FOUND);
    struct member_id own = person_register(x, 2);
    s.ids = &own;
    assert_int_equal(decide_status(as_clerk(x), &RECOMMEND, &s, "0123456789abcdef", &token), ST_OK);
    assert_int_equal(state_of(x, own), STATE_RECOMMENDED_NEW);
}

static void at_most_so_many(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[3];
    struct str token;
    for (int i = 0; i < 3; i++)
        ids[i] = person_register(x, i);
    settings_of(x)->batch_rows = 2;
    struct selection s = these(ids, 3), all = {.all = true, .expect = -1};
    assert_int_equal(decide_status(as_clerk(x), &RECOMMEND, &s, NULL, &token), ST_BAD_INPUT);
    assert_int_equal(decide_status(as_clerk(x), &RECOMMEND, &all, NULL, &token), ST_BAD_INPUT);
    assert_int_equal(state_of(x, ids[0]), STATE_SUBMITTED);
    s.n = 2;
    assert_int_equal(decide_status(as_clerk(x), &RECOMMEND, &s, NULL, &token), ST_OK);
    assert_int_equal(state_of(x, ids[1]), STATE_RECOMMENDED_NEW);
    assert_int_equal(state_of(x, ids[2]), STATE_SUBMITTED);
}

static void some_acts_need_a_reason(void **state)
{
    static const enum member_event EVENTS[] = {EVENT_RETURN_TO_PERSON, EVENT_RETURN_TO_COMPANY,
                                               EVENT_UNAPPROVE, EVENT_CLOSE, EVENT_REOPEN};
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct selection s = these(&id, 1);
    struct str token;
    char *too_long = arena_alloc(x->arena, DECISION_REASON_MAX + 2);
    memset(too_long, 'a', DECISION_REASON_MAX + 1);
    const struct str bad[] = {STR(""), STR("  "), STR("　 "), STR("\xff"), str_from(too_long)};
    for (size_t i = 0; i < COUNT(EVENTS); i++) {
        for (size_t k = 0; k < COUNT(bad); k++) {
            struct ctx *c = as_membership(x);
            struct decision d = {.event = EVENTS[i], .reason = bad[k]};
            assert_int_equal(decide_status(c, &d, &s, NULL, &token), ST_BAD_INPUT);
            assert_problem(c, "reason");
        }
    }
    assert_int_equal(state_of(x, id), STATE_SUBMITTED);
}

static void what_an_approval_says_must_be_right(void **state)
{
    struct fixture *x = *state;
    set_today(x, DAY(2026, 11, 23));
    struct member_id id = person_in(x, STATE_RECOMMENDED_NEW, 1);
    struct selection s = these(&id, 1);
    struct str token, too_long = arena_fmt(x->arena, "%0*d", DOCUMENT_NO_MAX + 1, 0);
    const struct {
        struct decision d;
        const char *field;
    } CASES[] = {{{.event = EVENT_APPROVE, .approved_on = DAY(2026, 11, 24)}, "approved_on"},
                 {{.event = EVENT_APPROVE, .document_no = too_long}, "document_no"},
                 {{.event = EVENT_APPROVE, .document_no = STR("\xff")}, "document_no"}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_membership(x);
        assert_int_equal(decide_status(c, &CASES[i].d, &s, NULL, &token), ST_BAD_INPUT);
        assert_problem(c, CASES[i].field);
    }
    assert_int_equal(state_of(x, id), STATE_RECOMMENDED_NEW);
}

static void who_may_not(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_RECOMMENDED_NEW, 1);
    struct selection s = these(&id, 1);
    struct decision d = {.event = EVENT_APPROVE};
    struct str token;
    static const unsigned ROLES[] = {ROLE_FINANCE, ROLE_TRAINING, ROLE_CONTENT, ROLE_VIEWER,
                                     ROLE_SYSTEM,  ROLE_SECURITY, ROLE_AUDITOR, 0};
    for (size_t i = 0; i < COUNT(ROLES); i++) {
        struct ctx *c = as_membership(x);
        c->actor.roles = ROLES[i];
        assert_int_equal(decide_status(c, &d, &s, NULL, &token), ST_FORBIDDEN);
    }
    assert_int_equal(state_of(x, id), STATE_RECOMMENDED_NEW);
}

static void an_outcome_is_for_who_did_it(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct selection s = these(&id, 1);
    struct str token;
    struct outcome o;
    assert_int_equal(decide_status(as_clerk(x), &RECOMMEND, &s, NULL, &token), ST_OK);
    struct ctx *c = as_other_clerk(x);
    assert_int_equal(app_outcome(c, token, &o), ST_NOT_FOUND);
    app_end(c);
    c = as_clerk(x);
    assert_ok(c, app_outcome(c, token, &o));
    app_end(c);
}

/* Something that another connection does in the middle of a use case, once: before the query `when`. */
struct meanwhile {
    struct fixture *x;
    const char *when;
    enum member_event event;
    bool association;
    struct member_id id;
};

static bool meanwhile(void *arg, const char *what)
{
    struct meanwhile *m = arg;
    if (strcmp(what, m->when) != 0) return true;
    m->x->may = NULL;
    decide(m->association ? as_membership(m->x) : as_clerk(m->x), m->event, &m->id, 1);
    return true;
}

/* The faster one has decided when the slower one gets hold of the person: skipped with its reason, on both
 * engines, and no conflict for the whole batch. */
static void the_slower_of_two_clerks(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct meanwhile m = {x, "hold", EVENT_RETURN_TO_PERSON, false, id};
    if (db_fixture_is_postgres()) {
        x->may = meanwhile;
        x->may_arg = &m;
    } else {
        decide(as_clerk(x), EVENT_RETURN_TO_PERSON, &id, 1);
    }
    struct outcome o = decide_with(as_clerk(x), &RECOMMEND, id);
    assert_int_equal(o.done, 0);
    assert_text(o.skipped.p[0].code, "wrong_state");
    assert_int_equal(state_of(x, id), STATE_RETURNED);
    assert_sound(x);
}

/* The association decides the first of a batch while a clerk recommends the next: that one is for a new
 * batch. */
static void nobody_joins_a_closed_batch(void **state)
{
    struct fixture *x = *state;
    struct member_id first = person_in(x, STATE_RECOMMENDED_NEW, 1), next = person_register(x, 2);
    struct meanwhile m = {x, "hold", EVENT_APPROVE, true, first};
    if (db_fixture_is_postgres()) {
        x->may = meanwhile;
        x->may_arg = &m;
    } else {
        decide(as_membership(x), EVENT_APPROVE, &first, 1);
    }
    decide(as_clerk(x), EVENT_RECOMMEND, &next, 1);
    assert_null(x->may);
    assert_int_equal(state_of(x, first), STATE_MEMBER);
    assert_true(batch_of(x, next).id.v != batch_of(x, first).id.v);
    assert_false(batch_of(x, next).closed_at);
    assert_sound(x);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(some_done_some_skipped),
        TEST(all_foreign_is_not_found),
        TEST(each_once),
        TEST(nobody_is_bad_input),
        TEST(everyone_of_a_filter),
        TEST(a_form_sent_twice_acts_once),
        TEST(a_refused_form_may_be_sent_again),
        TEST(at_most_so_many),
        TEST(some_acts_need_a_reason),
        TEST(what_an_approval_says_must_be_right),
        TEST(who_may_not),
        TEST(an_outcome_is_for_who_did_it),
        TEST(the_slower_of_two_clerks),
        TEST(nobody_joins_a_closed_batch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
