/* 待办: what waits for whom, how many, since when, and where it is dealt with. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/lost.h"
#include "app/companies/direct.h"
#include "app/core/settings.h"
#include "app/core/todo.h"
#include "app/members/todo.h"

static struct todos todo_of(struct ctx *c)
{
    struct todos all;
    assert_ok(c, app_todo(c, &all));
    app_end(c);
    return all;
}

static const struct todo *row_of(const struct todos *all, const char *word)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(str_from(all->p[i].kind->word), str_from(word))) return &all->p[i];
    return NULL;
}

/* -1: there is no such row. */
static void expect(const struct todos *all, const char *word, int count, int days)
{
    const struct todo *t = row_of(all, word);
    if (!t != (count == 0)) print_error("%s: %d\n", word, t ? (int)t->found.count : 0);
    assert_int_equal(t ? t->found.count : 0, count);
    if (t) assert_int_equal(t->days, days);
}

static void days_pass(struct fixture *x, int days)
{
    set_today(x, day_add(x->app->fixed_today, days));
}

static void nothing_waits(void **state)
{
    struct fixture *x = *state;
    assert_int_equal(todo_of(as_clerk(x)).n, 0);
    assert_int_equal(todo_of(as_membership(x)).n, 0);
}

static void each_state_with_its_age(void **state)
{
    struct fixture *x = *state;
    person_in(x, STATE_SUBMITTED, 1);
    days_pass(x, 3);
    person_in(x, STATE_SUBMITTED, 2);
    person_in(x, STATE_RECOMMENDED_NEW, 3);
    person_in(x, STATE_RECOMMENDED_RENEWAL, 4);
    person_in(x, STATE_RETURNED, 5);
    person_in(x, STATE_CLOSED, 6);
    days_pass(x, 2);
    struct todos clerk = todo_of(as_clerk(x)), staff = todo_of(as_membership(x));
    expect(&clerk, "submitted", 2, 5);
    expect(&clerk, "recommended_new", 1, 2);
    expect(&clerk, "recommended_renewal", 1, 2);
    expect(&clerk, "returned", 1, 2);
    assert_int_equal(clerk.n, 4);
    expect(&staff, "recommended_new", 1, 2);
    expect(&staff, "recommended_renewal", 1, 2);
    assert_int_equal(staff.n, 2);
    assert_int_equal(todo_of(as_other_clerk(x)).n, 0);
}

static void whose_turn_it_is_comes_first(void **state)
{
    struct fixture *x = *state;
    person_in(x, STATE_RECOMMENDED_NEW, 1);
    days_pass(x, 9);
    person_in(x, STATE_SUBMITTED, 2);
    days_pass(x, 1);
    struct todos all = todo_of(as_clerk(x));
    assert_int_equal(all.n, 2);
    assert_text(str_from(all.p[0].kind->word), "submitted");
    assert_null(all.p[0].kind->owner);
    assert_text(str_from(all.p[1].kind->owner), "协会");
    assert_text(all.p[0].found.list, "/company/members?status=submitted&sort=waiting");
}

/* The last day of a period is still inside it. */
static void ends_of_periods(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    struct day end = person_of(x, id).period_end;
    const struct {
        int before; /* days before the end */
        int expiring, expired, days;
    } rows[] = {{91, 0, 0, 0}, {90, 1, 0, 0}, {0, 1, 0, 0}, {-1, 0, 1, 1}, {-10, 0, 1, 10}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        set_today(x, day_add(end, -rows[i].before));
        struct todos all = todo_of(as_clerk(x));
        expect(&all, "expiring", rows[i].expiring, 0);
        expect(&all, "expired", rows[i].expired, rows[i].days);
    }
}

static void a_company_that_does_not_answer(void **state)
{
    struct fixture *x = *state;
    person_in(x, STATE_SUBMITTED, 1);
    days_pass(x, TODO_PATIENCE_DAYS);
    struct todos all = todo_of(as_membership(x));
    expect(&all, "unanswered", 0, 0);
    days_pass(x, 1);
    all = todo_of(as_membership(x));
    expect(&all, "unanswered", 1, TODO_PATIENCE_DAYS + 1);
    assert_text(str_from(row_of(&all, "unanswered")->kind->owner), "单位");
}

static void those_without_employer_are_the_associations(void **state)
{
    struct fixture *x = *state;
    struct company_id company = x->company;
    struct ctx *c = as_membership(x);
    assert_ok(c, app_read(c));
    assert_ok(c, company_direct(c, &x->company));
    app_end(c);
    person_in(x, STATE_SUBMITTED, 1);
    person_in(x, STATE_EXPIRED, 2);
    struct str list = arena_fmt(x->arena, "/staff/members?status=submitted&company=%ld", (long)x->company.v);
    x->company = company;
    person_in(x, STATE_SUBMITTED, 3);
    struct todos all = todo_of(as_membership(x));
    expect(&all, "direct_submitted", 1, 0);
    assert_true(row_of(&all, "direct_expired"));
    assert_true(str_eq(row_of(&all, "direct_submitted")->found.list, list));
}

static void who_sees_it(void **state)
{
    struct fixture *x = *state;
    struct todos all;
    struct member_id id = person_in(x, STATE_RECOMMENDED_NEW, 1);
    assert_int_equal(todo_of(as_viewer(x)).n, 0);
    struct ctx *c = as_person(x, id);
    assert_int_equal(app_todo(c, &all), ST_FORBIDDEN);
    app_end(c);
}

/* At the own company's desk, and at the association's. */
static void lost_passwords(void **state)
{
    struct fixture *x = *state;
    struct lost_code code;
    struct application form = application_of(x, x->company, 1);
    struct lost_input in = {SIDE_MEMBER,         form.account.id_number, form.details.name,
                            STR("Qiushui-7731"), STR("Qiushui-7731"),    STR("192.0.2.1")};
    person_register(x, 1);
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_lost_ask(c, &in, &code));
    app_end(c);
    days_pass(x, 2);
    struct todos clerk = todo_of(as_clerk(x)), other = todo_of(as_other_clerk(x)),
                 staff = todo_of(as_membership(x)), viewer = todo_of(as_viewer(x));
    expect(&clerk, "lost_passwords", 1, 2);
    assert_text(row_of(&clerk, "lost_passwords")->found.list, "/company/resets");
    expect(&other, "lost_passwords", 0, 0);
    expect(&staff, "lost_passwords", 1, 2);
    assert_text(row_of(&staff, "lost_passwords")->found.list, "/staff/resets");
    expect(&viewer, "lost_passwords", 0, 0);
    days_pass(x, 8);
    staff = todo_of(as_membership(x));
    expect(&staff, "lost_passwords", 0, 0); /* its code is over */
}

static void imports_to_look_at(void **state)
{
    struct fixture *x = *state;
    static const char JOB[] =
        "insert into job (id, uid, kind, name, state, step, behind, done, total, good, bad, why, "
        "lease_until, "
        "node, created_at, version) select %d, uid, 'member', 'a.csv', '%s', '', 0, 0, 1, 1, 0, '', 0, '', "
        "created_at, 1 from company where id = %d";
    static const char *const STATES[] = {"committed", "checked", "undone"};
    for (int i = 1; i <= 3; i++) {
        raw_sql(x, arena_fmt(x->arena, JOB, i, STATES[i - 1], i).p);
        raw_sql(x,
                arena_fmt(x->arena,
                          "insert into import_row (job_id, row, verdict, open) values (%d, 2, 'new', '%s')",
                          i, i == 2 ? "" : "near")
                    .p);
    }
    struct todos all = todo_of(as_membership(x));
    assert_int_equal(row_of(&all, "imports")->found.count, 1);
    assert_text(row_of(&all, "imports")->found.list, "/staff/import/1/open");
    raw_sql(x, "update import_row set open = 'near'");
    all = todo_of(as_membership(x));
    assert_int_equal(row_of(&all, "imports")->found.count, 2);
    assert_text(row_of(&all, "imports")->found.list, "/staff/import");
}

static struct todos of_system(struct fixture *x)
{
    struct ctx *c = as_membership(x);
    c->actor.roles = ROLE_SYSTEM;
    return todo_of(c);
}

static void what_the_machine_needs(void **state)
{
    struct fixture *x = *state;
    settings_of(x)->backup_at = CLOCK_NONE;
    struct todos all = of_system(x);
    assert_int_equal(row_of(&all, "key_copy")->found.count, 1);
    assert_null(row_of(&all, "backup"));
    settings_of(x)->backup_at = 60;
    days_pass(x, 2);
    all = of_system(x);
    assert_int_equal(row_of(&all, "backup")->found.count, 1);
    assert_text(row_of(&all, "backup")->found.list, "/staff/system");
    all = todo_of(as_membership(x));
    assert_null(row_of(&all, "backup"));
    assert_null(row_of(&all, "key_copy"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_waits),
        TEST(each_state_with_its_age),
        TEST(whose_turn_it_is_comes_first),
        TEST(ends_of_periods),
        TEST(a_company_that_does_not_answer),
        TEST(those_without_employer_are_the_associations),
        TEST(who_sees_it),
        TEST(lost_passwords),
        TEST(imports_to_look_at),
        TEST(what_the_machine_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
