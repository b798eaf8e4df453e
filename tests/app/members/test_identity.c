/* An ID number and an employer, corrected by the association; and the second look at the number. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/companies/companies.h"
#include "app/core/looks.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "app/members/corrections.h"
#include "app/members/list.h"
#include "gen/queries.h"

#define NEW_BORN DAY(1979, 3, 4)

struct special {
    const char *id_number, *company, *on;
};

static enum status edit(struct ctx *c, struct member_id id, const struct special *s)
{
    struct dossier d = {0};
    struct photo_input none = {0};
    enum status got = app_member_dossier(c, id, &d);
    if (got != ST_OK) return got;
    struct person_input in = person_input_of(c, &d);
    if (s->company) in.company = str_from(s->company);
    struct member_edit e = {.id = id,
                            .in = &in,
                            .version = d.row.version,
                            .reason = STR("与身份证原件核对"),
                            .id_number = s->id_number ? str_from(s->id_number) : STR(""),
                            .effective_on = s->on ? str_from(s->on) : STR("")};
    app_end(c);
    got = app_member_edit(c, &e, &none, STR_NONE);
    app_end(c);
    return got;
}

static const char *other_number(struct fixture *x)
{
    return id_number_of(x->arena, NEW_BORN, 904).p;
}

static const char *company_text(struct fixture *x, struct company_id id)
{
    return arena_fmt(x->arena, "%ld", (long)id.v).p;
}

static enum status log_in(struct fixture *x, struct str number)
{
    struct str token;
    struct ctx *c = as_command_line(x);
    struct login_input in = {SIDE_MEMBER, number, STR(PASSWORD), STR("192.0.2.9")};
    enum status s = app_login(c, &in, &token);
    app_end(c);
    return s;
}

static size_t found(struct fixture *x, struct str q)
{
    struct ctx *c = as_membership(x);
    struct member_page page;
    assert_ok(c, app_read(c));
    assert_ok(c,
              app_members_list(c, &(struct member_filter){.q = q}, &(struct page_want){.size = 10}, &page));
    app_end(c);
    return page.items.n;
}

static int64_t sessions_of(struct fixture *x, struct member_id id)
{
    return raw_sql_number(x, arena_fmt(x->arena,
                                       "select count(*) from session where account_id in (select id from "
                                       "account where member_id = %ld)",
                                       (long)id.v)
                                 .p);
}

static struct looks open_looks(struct ctx *c)
{
    struct look_page page;
    assert_ok(c, app_looks_list(c, &(struct page_want){.size = 100}, &page));
    app_end(c);
    return page.items;
}

/* Another account of the same role. */
static struct ctx *as_colleague(struct fixture *x)
{
    struct ctx *c = as_membership(x);
    c->actor.account = x->viewer;
    return c;
}

static enum status look(struct ctx *c, struct look_id id, bool ok, bool refused, const char *note)
{
    enum status s = app_look_done(
        c, id, &(struct look_done){.ok = ok, .refused = refused, .note = str_from(note), .once = STR_NONE});
    app_end(c);
    return s;
}

static void the_number_moves_everything(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    struct str old = dossier_of(x, id).id_number, now = str_from(other_number(x));
    struct member_full before = person_of(x, id);
    assert_int_equal(log_in(x, old), ST_OK);
    assert_int_equal(sessions_of(x, id), 1);
    assert_int_equal(edit(as_membership(x), id, &(struct special){.id_number = now.p}), ST_OK);
    struct dossier d = dossier_of(x, id);
    assert_true(str_eq(d.id_number, now));
    assert_int_equal(d.row.birth_year, 1979);
    assert_int_equal(d.row.sex, SEX_FEMALE);
    assert_int_equal(day_cmp(d.born, NEW_BORN), 0);
    assert_true(str_eq(d.row.number, before.number)); /* 会员编号 stays */
    assert_int_equal(sessions_of(x, id), 0);
    assert_int_equal(log_in(x, old), ST_BAD_INPUT);
    assert_int_equal(log_in(x, now), ST_OK);
    assert_int_equal(found(x, now), 1);
    assert_int_equal(found(x, str_sub(now, 14, 4)), 1);
    assert_int_equal(found(x, old), 0);
    assert_sound(x);
}

/* Before and after, masked, with the reason. */
static void the_person_sees_it(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    assert_int_equal(edit(as_membership(x), id, &(struct special){.id_number = other_number(x)}), ST_OK);
    struct ctx *c = as_person(x, id);
    struct dossier d;
    struct events_shown events;
    assert_ok(c, app_member_dossier(c, id, &d));
    assert_ok(c, app_member_events(c, &d, 0, 20, &events));
    app_end(c);
    assert_text(events.p[0].event, "member.edit");
    assert_text(events.p[0].note, "与身份证原件核对");
    assert_int_equal(events.p[0].changes.n, 3);
    const struct change *change = &events.p[0].changes.p[0];
    assert_text(change->field, "身份证号");
    size_t at;
    assert_true(str_find(change->before, STR("***********"), &at));
    assert_true(str_find(change->after, STR("***********"), &at));
}

/* Refused with words beside the field; nothing is changed, and nothing is to be looked at. */
static void numbers_that_are_refused(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1), taken = person_register(x, 2);
    const char *const wrong[] = {"620102198808081234", "12345", "620102880808123",
                                 dossier_of(x, taken).id_number.p};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct ctx *c = as_membership(x);
        assert_int_equal(edit(c, id, &(struct special){.id_number = wrong[i]}), ST_BAD_INPUT);
        assert_problem(c, "id_number");
        assert_int_equal(c->problems.n, 1);
    }
    assert_int_equal(open_looks(as_membership(x)).n, 0);
    struct member_full before = person_of(x, id);
    const char *const same[] = {"", "  ", dossier_of(x, id).id_number.p};
    for (size_t i = 0; i < COUNT(same); i++)
        assert_int_equal(edit(as_membership(x), id, &(struct special){.id_number = same[i]}), ST_OK);
    assert_int_equal(person_of(x, id).version, before.version);
    assert_int_equal(open_looks(as_membership(x)).n, 0);
}

/* What was printed is what was decided on; an open sheet says that it changed. */
static void a_sheet_stays_as_it_was_sealed(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    struct batch_item_full before = item_of(x, id);
    assert_int_equal(edit(as_membership(x), id, &(struct special){.id_number = other_number(x)}), ST_OK);
    struct batch_item_full after = item_of(x, id);
    assert_true(after.snapshot_sealed.n && after.snapshot_sealed.n == before.snapshot_sealed.n);
    assert_memory_equal(after.snapshot_sealed.p, before.snapshot_sealed.p, before.snapshot_sealed.n);
}

static void a_look_is_another_accounts(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    assert_int_equal(edit(as_membership(x), id, &(struct special){.id_number = other_number(x)}), ST_OK);
    struct looks own = open_looks(as_membership(x)), all = open_looks(as_colleague(x));
    assert_int_equal(own.n, 1);
    assert_true(own.p[0].own);
    assert_int_equal(all.n, 1);
    assert_false(all.p[0].own);
    assert_text(all.p[0].row.what, "id_number");
    assert_text(all.p[0].reason, "与身份证原件核对");
    struct look_id it = all.p[0].row.id;
    assert_int_equal(look(as_membership(x), it, true, false, ""), ST_CONFLICT);
    struct ctx *c = as_colleague(x);
    assert_int_equal(look(c, it, false, false, ""), ST_BAD_INPUT);
    assert_problem(c, "ok");
    c = as_colleague(x);
    c->actor.roles = ROLE_FINANCE; /* another role's: nothing is there */
    struct look_page page;
    assert_ok(c, app_looks_list(c, &(struct page_want){.size = 10}, &page));
    assert_int_equal(page.items.n, 0);
    assert_int_equal(look(c, it, true, false, ""), ST_NOT_FOUND);
    assert_int_equal(look(as_viewer(x), it, true, false, ""), ST_FORBIDDEN);
    assert_int_equal(look(as_colleague(x), (struct look_id){999}, true, false, ""), ST_NOT_FOUND);
    assert_int_equal(look(as_colleague(x), it, true, false, "与原件一致"), ST_OK);
    assert_int_equal(open_looks(as_colleague(x)).n, 0);
    assert_int_equal(look(as_colleague(x), it, true, false, ""), ST_CONFLICT);
    assert_int_equal(trail_count(x, "look.done", "ok"), 1);
    assert_sound(x);
}

/* An approval taken back stands there, too. */
static void unapproved_is_looked_at(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    decide_with(as_membership(x), &(struct decision){.event = EVENT_UNAPPROVE, .reason = STR("批准有误")},
                id);
    struct looks all = open_looks(as_colleague(x));
    assert_int_equal(all.n, 1);
    assert_text(all.p[0].row.what, "unapprove");
    assert_int_equal(all.p[0].row.member_id.v, id.v);
    assert_int_equal(look(as_colleague(x), all.p[0].row.id, true, false, ""), ST_OK);
    assert_int_equal(state_of(x, id), STATE_RECOMMENDED_NEW);
}

static void the_look_may_come_first(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_MEMBER, 1), b = person_in(x, STATE_MEMBER, 2);
    struct str old = dossier_of(x, a).id_number, now = str_from(other_number(x));
    settings_of(x)->look_wait = 1;
    assert_int_equal(edit(as_membership(x), a, &(struct special){.id_number = now.p}), ST_OK);
    assert_true(str_eq(dossier_of(x, a).id_number, old));
    struct ctx *c = as_membership(x); /* one at a time */
    assert_int_equal(edit(c, a, &(struct special){.id_number = id_number_of(x->arena, NEW_BORN, 906).p}),
                     ST_BAD_INPUT);
    assert_problem(c, "id_number");
    struct look_id it = open_looks(as_colleague(x)).p[0].row.id;
    c = as_colleague(x);
    assert_int_equal(look(c, it, false, true, ""), ST_BAD_INPUT);
    assert_problem(c, "note");
    assert_int_equal(look(as_colleague(x), it, true, false, ""), ST_OK);
    assert_true(str_eq(dossier_of(x, a).id_number, now));
    assert_int_equal(log_in(x, now), ST_OK);
    struct str third = id_number_of(x->arena, NEW_BORN, 908);
    assert_int_equal(edit(as_membership(x), b, &(struct special){.id_number = third.p}), ST_OK);
    it = open_looks(as_colleague(x)).p[0].row.id;
    assert_int_equal(look(as_colleague(x), it, false, true, "原件不是这个号码"), ST_OK);
    assert_false(str_eq(dossier_of(x, b).id_number, third));
    assert_sound(x);
}

/* Taken by somebody else while it waited: refused, and it still waits. */
static void taken_while_it_waits(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    struct application form = application_of(x, x->company, 5);
    settings_of(x)->look_wait = 1;
    form.account.id_number = id_number_of(x->arena, NEW_BORN, 904);
    assert_int_equal(edit(as_membership(x), id, &(struct special){.id_number = form.account.id_number.p}),
                     ST_OK);
    application_send(x, &form);
    struct look_id it = open_looks(as_colleague(x)).p[0].row.id;
    assert_int_equal(look(as_colleague(x), it, true, false, ""), ST_CONFLICT);
    assert_int_equal(open_looks(as_colleague(x)).n, 1);
}

static void to_another_employer(void **state)
{
    static const enum member_state STATES[] = {STATE_SUBMITTED, STATE_MEMBER, STATE_EXPIRED, STATE_RETURNED,
                                               STATE_CLOSED};
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(STATES); i++) {
        struct member_id id = person_in(x, STATES[i], (int)i);
        struct day on = x->app->fixed_today;
        struct special s = {.company = company_text(x, x->other), .on = day_str(x->arena, on).p};
        assert_int_equal(edit(as_membership(x), id, &s), ST_OK);
        struct dossier d = dossier_of(x, id);
        assert_int_equal(d.row.company_id.v, x->other.v);
        assert_int_equal(d.state, STATES[i]);
        assert_int_equal(d.employments.n, 2);
        assert_int_equal(day_cmp(d.employments.p[0].to_day, on), 0);
        assert_int_equal(day_cmp(d.employments.p[1].from_day, on), 0);
        struct ctx *c = as_clerk(x); /* no longer theirs */
        assert_int_equal(app_member_dossier(c, id, &d), ST_NOT_FOUND);
        app_end(c);
        c = as_other_clerk(x);
        assert_ok(c, app_member_dossier(c, id, &d));
        app_end(c);
        assert_sound(x);
    }
}

static void employers_that_are_refused(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1), waits = person_in(x, STATE_RECOMMENDED_NEW, 2),
                     renews = person_in(x, STATE_RECOMMENDED_RENEWAL, 3);
    struct day today = x->app->fixed_today;
    const char *other = company_text(x, x->other), *now = day_str(x->arena, today).p;
    const struct {
        struct member_id who;
        struct special s;
        const char *wrong;
    } CASES[] = {
        {id, {.company = other}, "effective_on"},
        {id, {.company = other, .on = "2026-13-01"}, "effective_on"},
        {id, {.company = other, .on = day_str(x->arena, day_add(today, 1)).p}, "effective_on"},
        {id, {.company = other, .on = "1999-01-01"}, "effective_on"},
        {id, {.company = "99999", .on = now}, "company"},
        {id, {.company = "?", .on = now}, "company"},
        {waits, {.company = other, .on = now}, "company"},
        {renews, {.company = other, .on = now}, "company"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct member_full before = person_of(x, CASES[i].who);
        struct ctx *c = as_membership(x);
        assert_int_equal(edit(c, CASES[i].who, &CASES[i].s), ST_BAD_INPUT);
        assert_problem(c, CASES[i].wrong);
        assert_int_equal(person_of(x, CASES[i].who).company_id.v, before.company_id.v);
    }
    raw_sql(x, arena_fmt(x->arena, "update company set enabled = 0 where id = %ld", (long)x->other.v).p);
    struct ctx *c = as_membership(x);
    assert_int_equal(edit(c, id, &(struct special){.company = other, .on = now}), ST_BAD_INPUT);
    assert_problem(c, "company");
    assert_sound(x);
}

/* The approval was another employer's recommendation: taking it back would put the person into its sheet. */
static void moved_is_newer_than_its_approval(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    struct special s = {.company = company_text(x, x->other), .on = day_str(x->arena, x->app->fixed_today).p};
    assert_int_equal(edit(as_membership(x), id, &s), ST_OK);
    struct outcome o = decide_with(
        as_membership(x), &(struct decision){.event = EVENT_UNAPPROVE, .reason = STR("批准有误")}, id);
    assert_int_equal(o.done, 0);
    assert_text(o.skipped.p[0].code, "newer");
}

/* Who came from an old system was never recommended here. */
static void without_a_recommendation_nothing_to_go_back_to(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    raw_sql(x, "delete from batch_item");
    struct outcome o = decide_with(
        as_membership(x), &(struct decision){.event = EVENT_UNAPPROVE, .reason = STR("批准有误")}, id);
    assert_int_equal(o.done, 0);
    assert_text(o.skipped.p[0].code, "no_before");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_number_moves_everything),
        TEST(the_person_sees_it),
        TEST(numbers_that_are_refused),
        TEST(a_sheet_stays_as_it_was_sealed),
        TEST(a_look_is_another_accounts),
        TEST(unapproved_is_looked_at),
        TEST(the_look_may_come_first),
        TEST(taken_while_it_waits),
        TEST(to_another_employer),
        TEST(employers_that_are_refused),
        TEST(moved_is_newer_than_its_approval),
        TEST(without_a_recommendation_nothing_to_go_back_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
