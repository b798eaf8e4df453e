/* 修改资料: the association's edit of anybody, at any time, with a reason. */
#include "people.h"
#include "raw_sql.h"

#include "app/members/corrections.h"
#include "app/members/notes.h"
#include "base/limits.h"

static enum status edit(struct ctx *c, struct member_id id, const struct person_input *in, const char *reason,
                        const char *once)
{
    struct dossier d = {0};
    struct photo_input none = {0};
    enum status s = app_member_dossier(c, id, &d);
    struct member_edit e = {.id = id, .in = in, .version = d.row.version, .reason = str_from(reason)};
    if (s == ST_OK) s = app_member_edit(c, &e, &none, once ? str_from(once) : STR_NONE);
    app_end(c);
    return s;
}

static struct person_input stored(struct fixture *x, struct member_id id)
{
    struct ctx *c = as_membership(x);
    struct dossier d;
    assert_ok(c, app_member_dossier(c, id, &d));
    struct person_input in = person_input_of(c, &d);
    app_end(c);
    return in;
}

static void in_any_state(void **state)
{
    static const enum member_state STATES[] = {STATE_SUBMITTED, STATE_RECOMMENDED_NEW,     STATE_MEMBER,
                                               STATE_EXPIRED,   STATE_RECOMMENDED_RENEWAL, STATE_RETURNED,
                                               STATE_CLOSED};
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(STATES); i++) {
        struct member_id id = person_in(x, STATES[i], (int)i);
        struct member_full before = person_of(x, id);
        struct person_input in = stored(x, id);
        in.school = STR("西北民族大学");
        assert_int_equal(edit(as_membership(x), id, &in, "本人来函更正", NULL), ST_OK);
        struct member_full now = person_of(x, id);
        assert_text(now.school, "西北民族大学");
        assert_true(str_eq(now.state, before.state));
        assert_int_equal(now.company_id.v, before.company_id.v);
        assert_int_equal(now.version, before.version + 1);
    }
    assert_int_equal(trail_count(x, "member.edit", "ok"), COUNT(STATES));
    assert_sound(x);
}

/* The person reads what changed and why. */
static void the_person_sees_it(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    struct person_input in = stored(x, id);
    in.name = STR("王晓明");
    assert_int_equal(edit(as_membership(x), id, &in, "身份证上是晓", NULL), ST_OK);
    struct ctx *c = as_person(x, id);
    struct dossier d;
    struct events_shown events;
    assert_ok(c, app_member_dossier(c, id, &d));
    assert_ok(c, app_member_events(c, &d, 0, 20, &events));
    assert_text(events.p[0].event, "member.edit");
    assert_text(events.p[0].note, "身份证上是晓");
    assert_text(events.p[0].changes.p[0].after, "王晓明");
    assert_false(events.p[0].who.n);
    app_end(c);
}

static void who_may_not(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct person_input in = stored(x, id);
    in.school = STR("西北民族大学");
    assert_int_equal(edit(as_clerk(x), id, &in, "原因", NULL), ST_FORBIDDEN);
    assert_int_equal(edit(as_person(x, id), id, &in, "原因", NULL), ST_FORBIDDEN);
    assert_int_equal(edit(as_viewer(x), id, &in, "原因", NULL), ST_FORBIDDEN);
    assert_int_equal(edit(as_membership(x), (struct member_id){99999}, &in, "原因", NULL), ST_NOT_FOUND);
    assert_text(person_of(x, id).school, "兰州理工大学");
}

static void a_wrong_edit_changes_nothing(void **state)
{
    static const struct {
        const char *mobile, *name, *reason, *wrong;
    } CASES[] = {{"13812345678", "王小明", "", "reason"},
                 {"13812345678", "王小明", " \n ", "reason"},
                 {"13812345678", "王小明", "a\x01", "reason"},
                 {"12", "王小明", "原因", "mobile"},
                 {"", "王小明", "原因", "mobile"},
                 {"13812345678", "", "原因", "name"}};
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_membership(x);
        struct person_input in = stored(x, id);
        in.school = STR("西北民族大学");
        in.mobile = str_from(CASES[i].mobile);
        in.name = str_from(CASES[i].name);
        assert_int_equal(edit(c, id, &in, CASES[i].reason, NULL), ST_BAD_INPUT);
        assert_problem(c, CASES[i].wrong);
        assert_int_equal(c->problems.n, 1);
    }
    assert_text(person_of(x, id).school, "兰州理工大学");
    assert_int_equal(trail_count(x, "member.edit", NULL), 0);
}

/* Somebody of whom little is known, or whose employer may be chosen no more, is edited all the same. */
static void what_was_empty_may_stay_so(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    raw_sql(
        x,
        arena_fmt(x->arena, "update member set address = '', photo_id = null where id = %ld", (long)id.v).p);
    raw_sql(x, arena_fmt(x->arena, "update company set enabled = 0 where id = %ld", (long)x->company.v).p);
    struct person_input in = stored(x, id);
    in.major = STR("土木工程");
    assert_int_equal(edit(as_membership(x), id, &in, "原因", NULL), ST_OK);
    assert_text(person_of(x, id).major, "土木工程");
    in = stored(x, id);
    in.mobile = STR("");
    struct ctx *c = as_membership(x);
    assert_int_equal(edit(c, id, &in, "原因", NULL), ST_BAD_INPUT);
    assert_problem(c, "mobile");
}

static void once_and_not_over_another(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct person_input in = stored(x, id);
    in.school = STR("西北民族大学");
    assert_int_equal(edit(as_membership(x), id, &in, "原因", "0123456789abcdef"), ST_OK);
    assert_int_equal(edit(as_membership(x), id, &in, "原因", "0123456789abcdef"), ST_OK);
    assert_int_equal(edit(as_membership(x), id, &in, "原因", NULL), ST_OK); /* nothing is different */
    assert_int_equal(trail_count(x, "member.edit", "ok"), 1);
    in.school = STR("兰州交通大学");
    struct photo_input none = {0};
    struct member_edit late = {.id = id, .in = &in, .version = 1, .reason = STR("原因")};
    struct ctx *c = as_membership(x);
    assert_int_equal(app_member_edit(c, &late, &none, STR_NONE), ST_CONFLICT);
    app_end(c);
    assert_text(person_of(x, id).school, "西北民族大学");
}

/* Who came in by an import without what every form asks for is corrected without it; what is there stays. */
static void what_an_import_left_out_may_stay_so(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    raw_sql(x, "update member set education = 0, started_on = '0001-01-01', school = '', address = ''");
    struct person_input in = stored(x, id);
    assert_text(in.education, "");
    assert_text(in.started_on, "");
    in.mobile = STR("13993123456");
    assert_int_equal(edit(as_membership(x), id, &in, "来电更正", NULL), ST_OK);
    struct member_full now = person_of(x, id);
    assert_int_equal(now.education, 0);
    assert_int_equal(now.started_on.year, 1);
    in = stored(x, id);
    assert_text(in.mobile, "13993123456");
    in.education = STR("21");
    in.started_on = STR("2010-05");
    assert_int_equal(edit(as_membership(x), id, &in, "补充", NULL), ST_OK);
    assert_int_equal(person_of(x, id).education, 21);
    in.education = STR("");
    in.started_on = STR("");
    struct ctx *c = as_membership(x);
    assert_int_equal(edit(c, id, &in, "清空", NULL), ST_BAD_INPUT);
    assert_problem(c, "education");
    assert_problem(c, "started_on");
    assert_int_equal(c->problems.n, 2);
}

static struct events_shown events_as(struct ctx *c, struct member_id id)
{
    struct dossier d;
    struct events_shown events;
    assert_ok(c, app_member_dossier(c, id, &d));
    assert_ok(c, app_member_events(c, &d, 0, 20, &events));
    app_end(c);
    return events;
}

/* Read by the association alone. */
static void a_note_is_the_associations(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_member_note(c, id, STR("来电核实过"), STR("once")));
    app_end(c);
    assert_ok(c, app_member_note(c, id, STR("来电核实过"), STR("once")));
    app_end(c);
    assert_int_equal(trail_count(x, "member.note", "ok"), 1);
    assert_text(events_as(as_membership(x), id).p[0].note, "来电核实过");
    assert_text(events_as(as_viewer(x), id).p[0].event, "member.note");
    assert_text(events_as(as_person(x, id), id).p[0].event, "member.register");
    assert_text(events_as(as_clerk(x), id).p[0].event, "member.register");
    static const char *const WRONG[] = {"", " \n", "a\x01"};
    for (size_t i = 0; i < COUNT(WRONG); i++) {
        c = as_membership(x);
        assert_int_equal(app_member_note(c, id, str_from(WRONG[i]), STR_NONE), ST_BAD_INPUT);
        assert_problem(c, "text");
        app_end(c);
    }
    assert_int_equal(app_member_note(as_viewer(x), id, STR("x"), STR_NONE), ST_FORBIDDEN);
    assert_int_equal(app_member_note(as_clerk(x), id, STR("x"), STR_NONE), ST_FORBIDDEN);
    assert_int_equal(app_member_note(as_membership(x), (struct member_id){99999}, STR("x"), STR_NONE),
                     ST_NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(in_any_state),
        TEST(the_person_sees_it),
        TEST(who_may_not),
        TEST(a_wrong_edit_changes_nothing),
        TEST(what_was_empty_may_stay_so),
        TEST(what_an_import_left_out_may_stay_so),
        TEST(once_and_not_over_another),
        TEST(a_note_is_the_associations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
