/* What one does alone: any database call of it may fail (torture.h). The desks of accounts, and of people,
 * have theirs in their own rooms. */
#include "people.h"
#include "torture.h"

#include "app/access/accounts.h"
#include "app/access/consent.h"
#include "app/access/lost.h"
#include "app/access/lost_desk.h"
#include "app/batches/print.h"
#include "app/companies/companies.h"
#include "app/core/privacy_desk.h"
#include "app/core/settings.h"
#include "app/core/settings_desk.h"
#include "app/members/corrections.h"
#include "app/members/exceptions.h"
#include "app/members/period.h"
#include "app/members/proposed.h"
#include "app/members/undo.h"
#include "app/ops/first_start.h"

/* The other use cases, each alone. They are tried until every call of theirs has failed once. */
struct alone {
    struct fixture *x;
    struct str draft;
    struct application form;
    struct member_id submitted, returned, recommended, approved;
    struct str approval; /* of another one: its outcome */
    int64_t version;     /* of the recommended one */
    struct actor clerk, membership, viewer;
    struct actor person, holder; /* who was returned; who was recommended */
    struct batch_id batch;
    struct company_full company;
    int64_t newest_rules;
    struct lost_id asked[2]; /* of the recommended one, for a new password */
    struct str code;         /* the second's */
    struct proposal_id proposed;
};

static enum status register_start(void *at, struct ctx *c)
{
    struct alone *k = at;
    OUTPUT(struct str, token);
    struct application form = application_of(k->x, k->x->company, 100);
    return OUTCOME(app_register_start(c, &form.account, STR("192.0.2.1"), &token), token);
}

static enum status register_details(void *at, struct ctx *c)
{
    struct alone *k = at;
    return app_register_details(c, k->draft, &k->form.details, &k->form.photo);
}

static enum status log_in(void *at, struct ctx *c)
{
    (void)at;
    OUTPUT(struct str, token);
    struct login_input in = {SIDE_STAFF, STR("huiyuan"), STR("Zhaoqi-8842"), STR("192.0.2.1")};
    return OUTCOME(app_login(c, &in, &token), token);
}

static enum status fail_to_log_in(void *at, struct ctx *c)
{
    (void)at;
    struct str token;
    enum status s = app_login(
        c, &(struct login_input){SIDE_STAFF, STR("nobody"), STR("wrong"), STR("192.0.2.1")}, &token);
    return s == ST_BAD_INPUT ? ST_OK : s;
}

static enum status change_password(void *at, struct ctx *c)
{
    struct alone *k = at;
    OUTPUT(struct str, token);
    c->actor = k->viewer;
    return OUTCOME(
        app_password_change(c, STR("Zhaoqi-8842"), STR("Qiushui-7731"), STR("Qiushui-7731"), &token), token);
}

/* Of the person who was returned. */
static enum status ask_for_password(void *at, struct ctx *c)
{
    struct alone *k = at;
    OUTPUT(struct lost_code, code);
    struct application form = application_of(k->x, k->x->company, 2);
    struct lost_input in = {SIDE_MEMBER,         form.account.id_number, form.details.name,
                            STR("Qiushui-7731"), STR("Qiushui-7731"),    STR("192.0.2.1")};
    return OUTCOME(app_lost_ask(c, &in, &code), code);
}

static enum status cancel_asked(void *at, struct ctx *c)
{
    struct alone *k = at;
    c->actor = k->holder;
    return app_lost_cancel(c, k->asked[0]);
}

static enum status tell_code(void *at, struct ctx *c)
{
    struct alone *k = at;
    OUTPUT(struct lost_verdict, v);
    c->actor = k->clerk;
    struct lost_answer in = {.request = k->asked[1], .code = k->code};
    return OUTCOME(app_lost_answer(c, &in, &v), v);
}

static enum status correct(void *at, struct ctx *c)
{
    struct alone *k = at;
    struct application form = application_of(k->x, k->x->company, 1);
    form.details.name = STR("王晓明");
    c->actor = k->clerk;
    return app_member_correct(c, k->submitted, &form.details, &form.photo, true, 1, STR("once"));
}

static enum status edit(void *at, struct ctx *c)
{
    struct alone *k = at;
    struct application form = application_of(k->x, k->x->company, 3);
    form.details.name = STR("赵晓明");
    c->actor = k->membership;
    struct member_edit e = {.id = k->recommended,
                            .in = &form.details,
                            .version = k->version,
                            .reason = STR("原因"),
                            .id_number = id_number_of(k->x->arena, DAY(1980, 2, 3), 903)};
    return app_member_edit(c, &e, &form.photo, STR("edited"));
}

static enum status correct_period(void *at, struct ctx *c)
{
    struct alone *k = at;
    OUTPUT(struct str, token);
    struct period_correction p = {k->x->app->fixed_today, STR("12号"), STR("录错")};
    struct selection s = {.ids = &k->approved, .n = 1, .expect = -1};
    c->actor = k->membership;
    return OUTCOME(app_members_period(c, &p, &s, STR("period"), &token), token);
}

static enum status undo(void *at, struct ctx *c)
{
    struct alone *k = at;
    OUTPUT(struct str, token);
    c->actor = k->membership;
    return OUTCOME(app_outcome_undo(c, k->approval, STR("undo"), &token), token);
}

/* Who named a company that is not in the list goes to a known one. */
static enum status take_known(void *at, struct ctx *c)
{
    struct alone *k = at;
    struct proposed_done done;
    struct proposed_decision in = {STR("yes"), arena_fmt(k->x->arena, "%ld", (long)k->x->other.v), STR(""),
                                   STR("taken")};
    c->actor = k->membership;
    return app_company_proposed(c, k->proposed, &in, &done);
}

static enum status add_exception(void *at, struct ctx *c)
{
    struct alone *k = at;
    struct exception_input in = {id_number_of(k->x->arena, DAY(1960, 1, 5), 901), STR("理事会同意"),
                                 STR("excepted")};
    c->actor = k->membership;
    return app_exception_add(c, &in);
}

/* The oldest of what `membership` did, by another account. */
static enum status look_at_it(void *at, struct ctx *c)
{
    struct alone *k = at;
    c->actor = k->membership;
    c->actor.account = k->viewer.account;
    struct look_page page;
    TRY(app_looks_list(c, &(struct page_want){.size = 10}, &page));
    app_end(c);
    return app_look_done(c, page.items.p[0].row.id, &(struct look_done){.ok = true, .once = STR("look")});
}

static enum status resubmit(void *at, struct ctx *c)
{
    struct alone *k = at;
    struct application form = application_of(k->x, k->x->other, 2);
    form.details.name = STR("李晓明");
    c->actor = k->person;
    return app_member_resubmit(c, &form.details, &form.photo, STR("once"));
}

static enum status print_batch(void *at, struct ctx *c)
{
    struct alone *k = at;
    c->actor = k->clerk;
    return app_prints_make(c, (struct print_wanted){.batch = k->batch}, STR("print"));
}

static enum status close_batch(void *at, struct ctx *c)
{
    struct alone *k = at;
    c->actor = k->clerk;
    return app_batch_close(c, k->batch);
}

static enum status create_company(void *at, struct ctx *c)
{
    struct alone *k = at;
    OUTPUT(struct one_time, made);
    struct company_input in = {.name = STR("甘肃新建监理有限公司"), .enabled = true};
    c->actor = k->membership;
    return OUTCOME(app_company_create(c, &in, &made), made);
}

static enum status rename_company(void *at, struct ctx *c)
{
    struct alone *k = at;
    struct company_input in = {.name = STR("甘肃改名监理有限公司"), .enabled = true, .reason = STR("更名")};
    c->actor = k->membership;
    return app_company_update(c, k->company.id, &in, k->company.version);
}

static enum status set_setting(void *at, struct ctx *c)
{
    struct alone *k = at;
    c->actor = k->membership;
    c->actor.roles = ROLE_SYSTEM;
    return app_setting_set(
        c, &(struct setting_change){STR("batch.rows"), STR("4000"), STR("试"), 0, STR("0123456789abcdef")});
}

static enum status publish_rules(void *at, struct ctx *c)
{
    struct alone *k = at;
    c->actor = k->membership;
    c->actor.roles = ROLE_SYSTEM;
    struct privacy_draft d = {STR("一段"), day_str(c->arena, c->today), STR("试"), k->newest_rules,
                              STR("rules")};
    return app_privacy_publish(c, &d);
}

static enum status agree(void *at, struct ctx *c)
{
    struct alone *k = at;
    c->actor = k->clerk;
    return app_consent(c, &(struct consent_given){.terms = true, .sensitive = true});
}

static enum status first_step(void *at, struct ctx *c)
{
    struct alone *k = at;
    struct first_values as_it_is = {0};
    c->actor = k->membership;
    c->actor.roles = ROLE_SYSTEM;
    return app_first_step_save(c, 0, &as_it_is);
}

static const struct use_case USE_CASES[] = {
    {"app_register_start", register_start, NO_ROWS, NULL},
    {"app_register_details", register_details, NO_ROWS, NULL},
    {"app_login", log_in, ONE_ROW, NULL},
    {"app_login", fail_to_log_in, ONE_ROW, NULL},
    {"app_password_change", change_password, ONE_ROW, NULL},
    {"app_lost_ask", ask_for_password, ONE_ROW, NULL},
    {"app_lost_cancel", cancel_asked, ONE_ROW, NULL},
    {"app_lost_answer", tell_code, ONE_ROW, NULL},
    {"app_member_correct", correct, ONE_ROW, NULL},
    {"app_member_edit", edit, ONE_ROW, NULL},
    {"app_members_period", correct_period, ONE_ROW, NULL},
    {"app_outcome_undo", undo, ONE_ROW, NULL},
    {"app_exception_add", add_exception, ONE_ROW, NULL},
    {"app_company_proposed", take_known, ONE_ROW, NULL},
    {"app_look_done", look_at_it, ONE_ROW, NULL},
    {"app_member_resubmit", resubmit, ONE_ROW, NULL},
    {"app_prints_make", print_batch, ONE_ROW, NULL},
    {"app_batch_close", close_batch, ONE_ROW, NULL},
    {"app_company_create", create_company, ONE_ROW, NULL},
    {"app_company_update", rename_company, ONE_ROW, NULL},
    {"app_setting_set", set_setting, ONE_ROW, NULL},
    {"app_privacy_publish", publish_rules, ONE_ROW, NULL},
    {"app_consent", agree, ONE_ROW, NULL},
    {"app_first_step_save", first_step, ONE_ROW, NULL},
};

static struct str approval_of(struct fixture *x, struct member_id id)
{
    struct str token;
    struct selection s = {.ids = &id, .n = 1, .expect = -1};
    struct ctx *c = as_membership(x);
    assert_ok(c, app_members_decide(c, &(struct decision){.event = EVENT_APPROVE}, &s, STR_NONE, &token));
    app_end(c);
    return token;
}

static void ask_twice(struct alone *k)
{
    struct application form = application_of(k->x, k->x->company, 3);
    struct lost_input in = {SIDE_MEMBER,         form.account.id_number, form.details.name,
                            STR("Qiushui-7731"), STR("Qiushui-7731"),    STR("192.0.2.1")};
    for (int i = 0; i < 2; i++) {
        struct lost_code code;
        struct lost_owns own;
        struct ctx *c = as_command_line(k->x);
        assert_ok(c, app_lost_ask(c, &in, &code));
        c = as_person(k->x, k->recommended);
        assert_ok(c, app_lost_own(c, &own));
        app_end(c);
        k->asked[i] = own.p[i].id;
        k->code = code.code;
    }
}

static struct proposal_id propose(struct fixture *x, int i)
{
    struct application form = application_of(x, x->company, i);
    struct proposed_page page;
    form.details.company = STR("");
    form.details.company_new = STR("甘肃新安工程监理有限公司");
    application_send(x, &form);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_companies_proposed(c, &(struct page_want){.size = 10}, &page));
    app_end(c);
    return page.items.p[0].row.id;
}

static void any_call_of_one_may_fail(void **state)
{
    struct fixture *x = *state;
    struct alone k = {.x = x,
                      .form = application_of(x, x->company, 10),
                      .clerk = as_clerk(x)->actor,
                      .membership = as_membership(x)->actor,
                      .viewer = as_viewer(x)->actor};
    k.draft = application_draft(x, &k.form);
    k.submitted = person_register(x, 1);
    k.returned = person_in(x, STATE_RETURNED, 2);
    k.person = as_person(x, k.returned)->actor;
    k.approved = person_in(x, STATE_MEMBER, 4);
    k.approval = approval_of(x, person_in(x, STATE_RECOMMENDED_NEW, 5));
    k.recommended = person_in(x, STATE_RECOMMENDED_NEW, 3); /* in a batch that no approval closed */
    k.holder = as_person(x, k.recommended)->actor;
    k.version = person_of(x, k.recommended).version;
    k.batch = batch_of(x, k.recommended).id;
    k.proposed = propose(x, 6);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_company(c, x->other, &k.company));
    c->actor.roles = ROLE_SYSTEM;
    struct privacy_versions rules;
    assert_ok(c, app_privacy_versions(c, STR_NONE, &rules));
    k.newest_rules = rules.newest;
    app_end(c);
    /* A try whose end failed was counted all the same. */
    settings_of(x)->login_pair_failures = 0;
    settings_of(x)->lost_account_tries = settings_of(x)->lost_network_tries = 1000;
    settings_of(x)->password_history = 0;
    ask_twice(&k);
    for (size_t i = 0; i < COUNT(USE_CASES); i++)
        torture(x, &USE_CASES[i], &k);
    assert_text(person_of(x, k.submitted).name, "王晓明");
    assert_int_equal(person_of(x, k.returned).company_id.v, x->other.v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(any_call_of_one_may_fail, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
