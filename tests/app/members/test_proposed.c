/* 单位不在列表中: the application waits for the association, which opens the company, takes a known one for
 * it, or sends the application back. */
#include "people.h"
#include "raw_sql.h"

#include "app/companies/companies.h"
#include "app/companies/direct.h"
#include "app/core/todo.h"
#include "app/members/corrections.h"
#include "app/members/progress.h"
#include "app/members/proposed.h"

#include <pthread.h>

#define UNKNOWN "甘肃新安工程监理有限公司"

static struct application naming(struct fixture *x, const char *name, int i)
{
    struct application form = application_of(x, x->company, i);
    form.details.company = STR("");
    form.details.company_new = str_from(name);
    return form;
}

static struct member_id propose(struct fixture *x, const char *name, int i)
{
    struct application form = naming(x, name, i);
    return application_send(x, &form);
}

static struct proposed_page listed(struct fixture *x)
{
    struct proposed_page page;
    struct ctx *c = as_membership(x);
    assert_ok(c, app_companies_proposed(c, &(struct page_want){.size = 10}, &page));
    app_end(c);
    return page;
}

static enum status decided_by(struct ctx *c, struct proposal_id id, struct proposed_decision in,
                              struct proposed_done *ret)
{
    enum status s = app_company_proposed(c, id, &in, ret);
    app_end(c);
    return s;
}

static enum status say(struct fixture *x, struct proposal_id id, struct proposed_decision in)
{
    struct proposed_done done;
    return decided_by(as_membership(x), id, in, &done);
}

static const struct proposed_decision YES = {.decision = STR_INIT("yes")},
                                      NO = {.decision = STR_INIT("no"), .reason = STR_INIT("请填全称")};

static struct str id_text(struct fixture *x, struct company_id id)
{
    return arena_fmt(x->arena, "%ld", (long)id.v);
}

static struct company_id make_company(struct fixture *x, const char *name)
{
    struct one_time made;
    struct ctx *c = as_membership(x);
    struct company_input in = {.name = str_from(name), .enabled = true};
    assert_ok(c, app_company_create(c, &in, &made));
    app_end(c);
    return made.company.id;
}

static void disable(struct fixture *x, struct company_id id)
{
    struct ctx *c = as_membership(x);
    assert_ok(c, app_company_enable(c, id, false));
    app_end(c);
}

static void it_waits_and_nobody_recommends_it(void **state)
{
    struct fixture *x = *state;
    struct member_id id = propose(x, "  " UNKNOWN " ", 1);
    struct decision recommend = {.event = EVENT_RECOMMEND};
    assert_int_equal(state_of(x, id), STATE_SUBMITTED);
    assert_int_equal(person_of(x, id).company_id.v, 0);
    assert_text(dossier_of(x, id).proposed, UNKNOWN);
    assert_int_equal(decide_with(as_membership(x), &recommend, id).done, 0);
    struct selection s = {.ids = &id, .n = 1, .expect = -1};
    struct str token;
    struct ctx *c = as_clerk(x);
    assert_int_equal(app_members_decide(c, &recommend, &s, STR_NONE, &token), ST_NOT_FOUND);
    app_end(c);
    for (int event = EVENT_RECOMMEND; event < EVENT_CLOSE; event++)
        assert_false(dossier_of(x, id).may[event]);
    struct proposed_page page = listed(x);
    assert_int_equal(page.items.n, 1);
    assert_int_equal(page.total, 1);
    assert_int_equal(page.items.p[0].people.p[0].member_id.v, id.v);
    assert_sound(x);
}

/* Checked like a company's; who is called so already is to be chosen, who is almost called so may be. */
static void names(void **state)
{
    struct fixture *x = *state;
    struct company_id renamed = make_company(x, "兰州旧名监理有限公司");
    struct company_id over = make_company(x, "兰州停办监理有限公司");
    struct ctx *c = as_membership(x);
    assert_ok(c, app_company_update(
                     c, renamed,
                     &(struct company_input){.name = STR("兰州（新名）监理有限公司"), .enabled = true}, 1));
    app_end(c);
    disable(x, over);
    const struct {
        const char *name;
        bool good;
    } CASES[] = {{"", false},
                 {"监理公", false},
                 {"新安监理", true},
                 {"新安\n监理公司", false},
                 {"兰州(新名)监理 有限公司", false},
                 {"兰州旧名监理有限公司", false},
                 {"兰州停办监理有限公司", false},
                 {"兰州市旧名监理公司", true}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct application form = naming(x, CASES[i].name, 10 + (int)i);
        struct str token;
        c = as_command_line(x);
        assert_ok(c, app_register_start(c, &form.account, arena_fmt(x->arena, "192.0.2.%zu", i), &token));
        app_end(c);
        enum status s = app_register_details(c, token, &form.details, &form.photo);
        app_end(c);
        if (s != (CASES[i].good ? ST_OK : ST_BAD_INPUT)) print_error("%s\n", CASES[i].name);
        assert_int_equal(s, CASES[i].good ? ST_OK : ST_BAD_INPUT);
        if (!CASES[i].good) assert_problem(c, CASES[i].name[0] ? "company_new" : "company");
        struct draft d;
        assert_ok(c, app_register_draft(c, token, &d));
        app_end(c);
        assert_text(d.fields.company_new, CASES[i].name);
    }
    struct str longest = STR(""), longer;
    for (int i = 0; i < COMPANY_NAME_MAX; i++)
        longest = arena_fmt(x->arena, "%.*s安", STR_ARG(longest));
    longer = arena_fmt(x->arena, "%.*s安", STR_ARG(longest));
    assert_true(company_name_good(longest));
    assert_false(company_name_good(longer));
}

static void one_that_is_chosen_counts(void **state)
{
    struct fixture *x = *state;
    struct application form = naming(x, UNKNOWN, 1);
    form.details.company = id_text(x, x->company);
    struct member_id id = application_send(x, &form);
    assert_int_equal(person_of(x, id).company_id.v, x->company.v);
    assert_int_equal(listed(x).items.n, 0);
}

/* Called so meanwhile: 提交 says so, and nothing typed is lost. */
static void it_is_checked_again_at_the_end(void **state)
{
    struct fixture *x = *state;
    struct application form = naming(x, UNKNOWN, 1);
    struct str token = application_draft(x, &form);
    make_company(x, UNKNOWN);
    struct ctx *c = as_command_line(x);
    assert_int_equal(app_register_submit(c, token), ST_BAD_INPUT);
    assert_problem(c, "company_new");
    app_end(c);
}

static void opened_it_takes_all_who_named_it(void **state)
{
    struct fixture *x = *state;
    struct member_id a = propose(x, "甘肃新安工程（监理）有限公司", 1),
                     b = propose(x, "甘肃新安工程(监理) 有限公司", 2),
                     other = propose(x, "酒泉安达监理公司", 3);
    struct proposed_page page = listed(x);
    struct proposed_done done;
    assert_int_equal(page.items.n, 2);
    assert_int_equal(page.items.p[0].row.n, 2);
    assert_int_equal(decided_by(as_membership(x), page.items.p[0].row.id, YES, &done), ST_OK);
    assert_true(done.made);
    assert_int_equal(done.people, 2);
    assert_int_equal(person_of(x, a).company_id.v, done.company.id.v);
    assert_int_equal(person_of(x, b).company_id.v, done.company.id.v);
    assert_int_equal(state_of(x, a), STATE_SUBMITTED);
    assert_int_equal(person_of(x, other).company_id.v, 0);
    assert_int_equal(listed(x).items.n, 1);
    struct ctx *c = as_person(x, a);
    struct own_page own;
    assert_ok(c, app_progress_own(c, &own));
    app_end(c);
    assert_text(own.events.p[0].event, "member.employer");
    assert_text(own.events.p[0].changes.p[0].after, done.company.name.p);
    assert_text(own.dossier.proposed, "");
    assert_int_equal(raw_sql_number(x, "select count(*) from account where main = 1 and password = '' and "
                                       "company_id = (select max(id) from company)"),
                     1);
    assert_sound(x);
}

static void a_known_one_may_be_taken(void **state)
{
    struct fixture *x = *state;
    struct member_id id = propose(x, UNKNOWN, 1);
    struct proposal_id p = listed(x).items.p[0].row.id;
    struct company_id off = make_company(x, "兰州停办监理有限公司"), direct;
    disable(x, off);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_read(c));
    assert_ok(c, company_direct(c, &direct));
    app_end(c);
    const struct str WRONG[] = {STR("9999"), STR("-1"), STR("x"), id_text(x, off), id_text(x, direct)};
    for (size_t i = 0; i < COUNT(WRONG); i++) {
        struct proposed_done done;
        struct proposed_decision in = {.decision = STR("yes"), .company = WRONG[i]};
        c = as_membership(x);
        assert_int_equal(decided_by(c, p, in, &done), ST_BAD_INPUT);
        assert_problem(c, "company");
    }
    assert_int_equal(person_of(x, id).company_id.v, 0);
    struct proposed_decision in = {.decision = STR("yes"), .company = id_text(x, x->company)};
    assert_int_equal(say(x, p, in), ST_OK);
    assert_int_equal(decide_with(as_clerk(x), &(struct decision){.event = EVENT_RECOMMEND}, id).done, 1);
    assert_sound(x);
}

/* Somebody else opens it meanwhile: it is taken; one that was disabled is not. */
static void it_may_be_there_by_now(void **state)
{
    struct fixture *x = *state;
    struct member_id id = propose(x, UNKNOWN, 1);
    struct proposal_id p = listed(x).items.p[0].row.id;
    struct company_id made = make_company(x, UNKNOWN);
    struct proposed_done done;
    assert_int_equal(listed(x).items.p[0].called.same.id.v, made.v);
    disable(x, made);
    struct ctx *c = as_membership(x);
    assert_int_equal(decided_by(c, p, YES, &done), ST_BAD_INPUT);
    assert_problem(c, "company");
    assert_ok(c, app_company_enable(as_membership(x), made, true));
    assert_int_equal(decided_by(as_membership(x), p, YES, &done), ST_OK);
    assert_false(done.made);
    assert_int_equal(done.company.id.v, made.v);
    assert_int_equal(person_of(x, id).company_id.v, made.v);
    assert_sound(x);
}

static void resubmit(struct fixture *x, struct member_id id, struct company_id company, const char *name)
{
    struct person_input in = application_of(x, company, 1).details;
    struct ctx *c = as_person(x, id);
    if (!company.v) in.company = STR("");
    in.company_new = str_from(name);
    assert_ok(c, app_member_resubmit(c, &in, &(struct photo_input){0}, STR_NONE));
    app_end(c);
}

static void refused_it_goes_back_with_the_reason(void **state)
{
    struct fixture *x = *state;
    struct member_id id = propose(x, UNKNOWN, 1);
    struct proposal_id p = listed(x).items.p[0].row.id;
    const struct proposed_decision WRONG[] = {{.decision = STR("no")},
                                              {.decision = STR("no"), .reason = STR(" \n")},
                                              {.decision = STR("maybe")},
                                              {.decision = STR("")}};
    for (size_t i = 0; i < COUNT(WRONG); i++) {
        struct proposed_done done;
        struct ctx *c = as_membership(x);
        assert_int_equal(decided_by(c, p, WRONG[i], &done), ST_BAD_INPUT);
        assert_problem(c, i < 2 ? "reason" : "decision");
    }
    assert_int_equal(say(x, p, NO), ST_OK);
    assert_int_equal(state_of(x, id), STATE_RETURNED);
    assert_text(person_of(x, id).reason, "请填全称");
    assert_int_equal(listed(x).items.n, 0);
    struct ctx *c = as_person(x, id);
    struct own_page own;
    assert_ok(c, app_progress_own(c, &own));
    assert_text(person_input_of(c, &own.dossier).company_new, UNKNOWN);
    app_end(c);
    assert_int_equal(own.progress.steps[STEP_RECOMMEND].standing, STEP_REFUSED);
    assert_int_equal(own.progress.steps[STEP_APPROVE].standing, STEP_AHEAD);
    resubmit(x, id, (struct company_id){0}, "甘肃新安建设工程监理有限公司");
    assert_text(listed(x).items.p[0].row.name, "甘肃新安建设工程监理有限公司");
    assert_int_equal(say(x, p, YES), ST_CONFLICT); /* the name of then */
    assert_int_equal(say(x, listed(x).items.p[0].row.id, NO), ST_OK);
    resubmit(x, id, x->company, "");
    assert_int_equal(person_of(x, id).company_id.v, x->company.v);
    assert_int_equal(listed(x).items.n, 0);
    assert_sound(x);
}

/* It waits as long as the application does. */
static void what_is_over_does_not_wait(void **state)
{
    struct fixture *x = *state;
    struct member_id id = propose(x, UNKNOWN, 1);
    struct proposal_id p = listed(x).items.p[0].row.id;
    struct decision close = {.event = EVENT_CLOSE, .reason = STR("本人放弃")},
                    reopen = {.event = EVENT_REOPEN, .reason = STR("弄错了")};
    assert_int_equal(decide_with(as_membership(x), &close, id).done, 1);
    assert_int_equal(listed(x).items.n, 0);
    assert_int_equal(say(x, p, YES), ST_CONFLICT);
    assert_int_equal(decide_with(as_membership(x), &reopen, id).done, 1);
    assert_int_equal(listed(x).items.n, 1);
    struct ctx *c = as_person(x, id);
    assert_ok(c, app_member_withdraw(c, STR_NONE));
    app_end(c);
    assert_int_equal(listed(x).items.n, 0);
    assert_int_equal(say(x, p, NO), ST_CONFLICT);
    resubmit(x, id, (struct company_id){0}, UNKNOWN);
    p = listed(x).items.p[0].row.id;
    struct proposed_decision once = {.decision = STR("yes"), .once = STR("0123456789")};
    assert_int_equal(say(x, p, once), ST_OK);
    assert_int_equal(say(x, p, once), ST_OK);
    assert_int_equal(say(x, p, YES), ST_CONFLICT);
    assert_int_equal(raw_sql_number(x, "select count(*) from company where name = '" UNKNOWN "'"), 1);
    assert_sound(x);
}

static void only_membership_decides(void **state)
{
    struct fixture *x = *state;
    struct proposed_done done;
    struct proposed_page page;
    propose(x, UNKNOWN, 1);
    struct proposal_id p = listed(x).items.p[0].row.id;
    assert_int_equal(decided_by(as_viewer(x), p, YES, &done), ST_FORBIDDEN);
    assert_int_equal(decided_by(as_clerk(x), p, YES, &done), ST_FORBIDDEN);
    assert_int_equal(say(x, (struct proposal_id){9999}, YES), ST_NOT_FOUND);
    struct ctx *c = as_viewer(x);
    assert_int_equal(app_companies_proposed(c, &(struct page_want){.size = 10}, &page), ST_FORBIDDEN);
    app_end(c);
}

static void it_stands_in_todo(void **state)
{
    struct fixture *x = *state;
    struct todos all;
    int found = 0;
    propose(x, UNKNOWN, 1);
    propose(x, UNKNOWN, 2);
    propose(x, "酒泉安达监理公司", 3);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_todo(c, &all));
    app_end(c);
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(str_from(all.p[i].kind->word), STR("proposed"))) found = (int)all.p[i].found.count;
    assert_int_equal(found, 2);
}

/* Forwards and back, two at a time. */
static void pages(void **state)
{
    struct fixture *x = *state;
    struct proposed_page a, b;
    for (int i = 0; i < 3; i++)
        propose(x, arena_fmt(x->arena, "酒泉安达第%d监理公司", i).p, i + 1);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_companies_proposed(c, &(struct page_want){.size = 2}, &a));
    assert_ok(c, app_companies_proposed(c, &(struct page_want){.size = 2, .after = a.next}, &b));
    assert_int_equal(b.items.n, 1);
    assert_false(b.next.n);
    assert_text(b.items.p[0].row.name, "酒泉安达第2监理公司");
    assert_ok(c, app_companies_proposed(c, &(struct page_want){.size = 2, .before = b.previous}, &a));
    app_end(c);
    assert_int_equal(a.items.n, 2);
    assert_text(a.items.p[0].row.name, "酒泉安达第0监理公司");
    assert_false(a.previous.n);
}

struct decider {
    struct ctx *c;
    struct proposal_id id;
    pthread_t thread;
    enum status status;
};

static void *decide_it(void *arg)
{
    struct decider *d = arg;
    struct proposed_done done;
    d->status = decided_by(d->c, d->id, YES, &done);
    return NULL;
}

/* One of them is told that it was decided; there is one company, and everybody went there once. */
static void two_decide_at_once(void **state)
{
    struct fixture *x = *state;
    for (int i = 0; i < 4; i++) {
        struct member_id id = propose(x, arena_fmt(x->arena, "酒泉安达第%d监理公司", i).p, i + 1);
        struct proposal_id p = listed(x).items.p[0].row.id;
        struct decider d[2] = {{.c = as_membership(x), .id = p}, {.c = as_membership(x), .id = p}};
        for (int k = 0; k < 2; k++)
            assert_int_equal(pthread_create(&d[k].thread, NULL, decide_it, &d[k]), 0);
        for (int k = 0; k < 2; k++)
            pthread_join(d[k].thread, NULL);
        assert_true((d[0].status == ST_OK && d[1].status == ST_CONFLICT) ||
                    (d[1].status == ST_OK && d[0].status == ST_CONFLICT));
        assert_int_equal(trail_count(x, "member.employer", "ok"), i + 1);
        assert_true(person_of(x, id).company_id.v != 0);
    }
    assert_int_equal(raw_sql_number(x, "select count(*) from company where name like '酒泉安达第%'"), 4);
    assert_sound(x);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_waits_and_nobody_recommends_it),
        TEST(names),
        TEST(one_that_is_chosen_counts),
        TEST(it_is_checked_again_at_the_end),
        TEST(opened_it_takes_all_who_named_it),
        TEST(a_known_one_may_be_taken),
        TEST(it_may_be_there_by_now),
        TEST(refused_it_goes_back_with_the_reason),
        TEST(what_is_over_does_not_wait),
        TEST(only_membership_decides),
        TEST(two_decide_at_once),
        TEST(it_stands_in_todo),
        TEST(pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
