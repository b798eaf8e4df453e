/* Whichever database call fails: the right status, nothing half done, nothing acknowledged lost, and trying
 * again helps. The call fails before it happens, or (at its end) the whole group's COMMIT does: db/db.h,
 * db_may_fn. */
#include "people.h"

#include "app/access/accounts.h"
#include "app/access/consent.h"
#include "app/access/lost.h"
#include "app/access/lost_desk.h"
#include "app/batches/print.h"
#include "app/companies/companies.h"
#include "app/core/privacy_desk.h"
#include "app/core/settings.h"
#include "app/core/settings_desk.h"
#include "app/core/vault.h"
#include "app/members/corrections.h"
#include "app/members/exceptions.h"
#include "app/members/period.h"
#include "app/members/undo.h"
#include "app/ops/first_start.h"
#include "db/db.h"
#include "gen/queries.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Refuses call number fail_at, and with fail_on all that follow. */
struct saboteur {
    _Atomic int calls;
    int fail_at;
    bool fail_on;
    void (*first_call)(void *arg); /* or NULL */
    void *arg;
};

static bool sabotage(void *arg, const char *what)
{
    struct saboteur *s = arg;
    (void)what;
    int call = atomic_fetch_add(&s->calls, 1) + 1;
    if (call == 1 && s->first_call) s->first_call(s->arg);
    return !s->fail_at || (s->fail_on ? call < s->fail_at : call != s->fail_at);
}

static void arm(struct fixture *x, struct saboteur *s, int fail_at)
{
    s->fail_at = fail_at;
    atomic_store(&s->calls, 0);
    x->may = sabotage;
    x->may_arg = s;
}

static void disarm(struct fixture *x)
{
    x->may = NULL;
}

static int64_t trail_head(struct fixture *x)
{
    struct ctx *c = as_command_line(x);
    struct audit_head_row head;
    assert_ok(c, app_read(c));
    assert_ok(c, q_audit_head(c->db, c->arena, &head));
    app_end(c);
    return head.number;
}

/* Three people at once: one submits a registration, a clerk recommends another, the association approves a
 * third. On SQLite they share a COMMIT: the first holds the turn until the others wait for it. */
enum deed { REGISTERS, RECOMMENDS, APPROVES };
#define WRITERS 3

struct trio;
struct writer {
    struct trio *trio;
    enum deed deed;
    pthread_t thread;
    enum status status;
    char said[sizeof((struct fault *)0)->text];
};

struct trio {
    struct fixture *x;
    pthread_barrier_t begun;
    struct str draft, id_number, once;
    struct member_id submitted, recommended;
    struct writer writers[WRITERS];
};

/* What a use case hands out stands there only when it was done: no byte of it is written before the commit.
 */
#define UNTOUCHED 0xA5
#define OUTPUT(type, name)                                                                                   \
    type name;                                                                                               \
    memset(&(name), UNTOUCHED, sizeof(name))
#define OUTCOME(call, name) kept_unless_done((call), (const uint8_t *)&(name), sizeof(name))

static enum status kept_unless_done(enum status s, const uint8_t *output, size_t size)
{
    for (size_t i = 0; i < size && s != ST_OK; i++)
        assert_int_equal(output[i], UNTOUCHED);
    return s;
}

static enum status decide_once(struct ctx *c, enum member_event event, struct member_id id, struct str once)
{
    OUTPUT(struct str, token);
    struct selection s = {.ids = &id, .n = 1, .expect = -1};
    return OUTCOME(app_members_decide(c, &(struct decision){.event = event}, &s, once, &token), token);
}

static enum status act(struct trio *t, enum deed deed, struct ctx *c)
{
    struct fixture *x = t->x;
    switch (deed) {
    case REGISTERS:
        return app_register_submit(c, t->draft);
    case RECOMMENDS:
        c->actor =
            (struct actor){.side = SIDE_COMPANY, .account = x->clerk, .company = x->company, .main = true};
        return decide_once(c, EVENT_RECOMMEND, t->submitted, t->once);
    case APPROVES:
        c->actor = (struct actor){.side = SIDE_STAFF, .account = x->membership, .roles = ROLE_MEMBERSHIP};
        return decide_once(c, EVENT_APPROVE, t->recommended, t->once);
    }
    return ST_BROKEN;
}

static void *write_as(void *arg)
{
    struct writer *w = arg;
    struct arena *a = arena_new();
    struct ctx c;
    ctx_init(&c, w->trio->x->app, a);
    w->status = act(w->trio, w->deed, &c);
    memcpy(w->said, c.fault.text, sizeof w->said);
    app_end(&c);
    arena_free(a);
    return NULL;
}

static void wait_for_writers(const struct trio *t, int n)
{
    while (!db_fixture_is_postgres() && db_waiting(t->x->app->db) < n)
        sched_yield();
}

static void hold_the_turn(void *arg)
{
    struct trio *t = arg;
    pthread_barrier_wait(&t->begun);
    wait_for_writers(t, WRITERS - 1);
}

static void start(struct trio *t, int i, enum deed deed)
{
    t->writers[i] = (struct writer){.trio = t, .deed = deed};
    assert_int_equal(pthread_create(&t->writers[i].thread, NULL, write_as, &t->writers[i]), 0);
}

/* `turn` says whose deed comes first. */
static int run_trio(struct trio *t, struct saboteur *s, int fail_at, int turn)
{
    s->first_call = hold_the_turn;
    s->arg = t;
    pthread_barrier_init(&t->begun, NULL, 2);
    arm(t->x, s, fail_at);
    start(t, 0, (enum deed)(turn % WRITERS));
    pthread_barrier_wait(&t->begun);
    start(t, 1, (enum deed)((turn + 1) % WRITERS));
    wait_for_writers(t, 1);
    start(t, 2, (enum deed)((turn + 2) % WRITERS));
    for (int i = 0; i < WRITERS; i++)
        pthread_join(t->writers[i].thread, NULL);
    pthread_barrier_destroy(&t->begun);
    disarm(t->x);
    return s->calls;
}

static void prepare(struct trio *t, int i)
{
    struct application form = application_of(t->x, t->x->company, i * 3);
    t->draft = application_draft(t->x, &form);
    t->id_number = form.account.id_number;
    t->submitted = person_register(t->x, i * 3 + 1);
    t->recommended = person_in(t->x, STATE_RECOMMENDED_NEW, i * 3 + 2);
    t->once = arena_fmt(t->x->arena, "once-%d", i);
}

static bool is_registered(struct trio *t)
{
    struct ctx *c = as_command_line(t->x);
    struct member_by_id_index_unscoped_row row;
    struct account_full account;
    struct draft d;
    assert_ok(c, app_read(c));
    enum status member =
        q_member_by_id_index_unscoped(c->db, c->arena, vault_index(c, INDEX_ID_NUMBER, t->id_number), &row);
    enum status login =
        q_account_by_login(c->db, c->arena, STR("member"), login_of(c, t->id_number), &account);
    assert_ok(c, app_register_draft(c, t->draft, &d));
    app_end(c);
    assert_int_equal(login, member);
    assert_int_equal(d.row.member_id.v != 0, member == ST_OK);
    assert_int_equal(d.row.password.n == 0, member == ST_OK); /* taken over by the account */
    return member == ST_OK;
}

static bool is_recommended(struct trio *t)
{
    bool yes = state_of(t->x, t->submitted) == STATE_RECOMMENDED_NEW;
    struct ctx *c = as_command_line(t->x);
    struct batch_item_full item;
    assert_ok(c, app_read(c));
    assert_int_equal(q_batch_item_of_unscoped(c->db, c->arena, t->submitted, &item),
                     yes ? ST_OK : ST_NOT_FOUND);
    app_end(c);
    return yes;
}

static bool is_approved(struct trio *t)
{
    struct dossier d = dossier_of(t->x, t->recommended);
    bool yes = d.state == STATE_MEMBER;
    assert_int_equal(d.periods.n, yes);
    assert_int_equal(d.row.number.n > 0, yes);
    assert_int_equal(item_of(t->x, t->recommended).decision.n > 0, yes);
    return yes;
}

static bool is_done(struct trio *t, enum deed deed)
{
    switch (deed) {
    case REGISTERS:
        return is_registered(t);
    case RECOMMENDS:
        return is_recommended(t);
    case APPROVES:
        return is_approved(t);
    }
    return false;
}

/* Acknowledged and done are the same; what was refused says so. How many were refused. */
static int look(struct trio *t)
{
    int refused = 0;
    for (int i = 0; i < WRITERS; i++) {
        struct writer *w = &t->writers[i];
        assert_int_equal(is_done(t, w->deed), w->status == ST_OK);
        if (w->status == ST_OK) continue;
        assert_int_equal(w->status, ST_UNAVAILABLE);
        assert_true(str_find(str_from(w->said), STR("没有保存"), NULL));
        refused++;
    }
    assert_sound(t->x);
    return refused;
}

/* Which calls fail: on SQLite the odd ones, on PostgreSQL the even ones; all of both with EVERY_CALL (make
 * stress). */
static int first_call(const struct fixture *x)
{
    return getenv("EVERY_CALL") || x->db->folder ? 1 : 2;
}

static int next_call(int n)
{
    return n + (getenv("EVERY_CALL") ? 1 : 2);
}

static void torture_trio(struct fixture *x, bool fail_on)
{
    struct trio t = {.x = x};
    struct saboteur s = {.fail_on = fail_on};
    int calls = 1;
    for (int n = 0; n <= calls; n = n ? next_call(n) : first_call(x)) {
        prepare(&t, n);
        int64_t head = trail_head(x);
        int made = run_trio(&t, &s, n, n);
        if (n == 0) calls = made;
        int refused = look(&t);
        assert_int_equal(refused > 0, n > 0 && n <= made);
        assert_int_equal(trail_head(x), head + WRITERS - refused);
        run_trio(&t, &s, 0, n); /* again, by the same forms: what was done is not done twice, the rest is */
        assert_int_equal(look(&t), 0);
        assert_int_equal(trail_head(x), head + WRITERS);
    }
    assert_true(calls > 40);
}

static void any_call_of_three_writers_may_fail(void **state)
{
    torture_trio(*state, false);
}

static void the_database_may_go_at_any_call(void **state)
{
    torture_trio(*state, true);
}

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
};

static enum status register_start(struct alone *k, struct ctx *c)
{
    OUTPUT(struct str, token);
    struct application form = application_of(k->x, k->x->company, 100);
    return OUTCOME(app_register_start(c, &form.account, STR("192.0.2.1"), &token), token);
}

static enum status register_details(struct alone *k, struct ctx *c)
{
    return app_register_details(c, k->draft, &k->form.details, &k->form.photo);
}

static enum status log_in(struct alone *k, struct ctx *c)
{
    OUTPUT(struct str, token);
    struct login_input in = {SIDE_STAFF, STR("huiyuan"), STR("Zhaoqi-8842"), STR("192.0.2.1")};
    (void)k;
    return OUTCOME(app_login(c, &in, &token), token);
}

static enum status fail_to_log_in(struct alone *k, struct ctx *c)
{
    struct str token;
    (void)k;
    enum status s = app_login(
        c, &(struct login_input){SIDE_STAFF, STR("nobody"), STR("wrong"), STR("192.0.2.1")}, &token);
    return s == ST_BAD_INPUT ? ST_OK : s;
}

static enum status change_password(struct alone *k, struct ctx *c)
{
    OUTPUT(struct str, token);
    c->actor = k->viewer;
    return OUTCOME(
        app_password_change(c, STR("Zhaoqi-8842"), STR("Qiushui-7731"), STR("Qiushui-7731"), &token), token);
}

/* Of the person who was returned. */
static enum status ask_for_password(struct alone *k, struct ctx *c)
{
    OUTPUT(struct lost_code, code);
    struct application form = application_of(k->x, k->x->company, 2);
    struct lost_input in = {SIDE_MEMBER,         form.account.id_number, form.details.name,
                            STR("Qiushui-7731"), STR("Qiushui-7731"),    STR("192.0.2.1")};
    return OUTCOME(app_lost_ask(c, &in, &code), code);
}

static enum status cancel_asked(struct alone *k, struct ctx *c)
{
    c->actor = k->holder;
    return app_lost_cancel(c, k->asked[0]);
}

static enum status tell_code(struct alone *k, struct ctx *c)
{
    OUTPUT(struct lost_verdict, v);
    c->actor = k->clerk;
    struct lost_answer in = {.request = k->asked[1], .code = k->code};
    return OUTCOME(app_lost_answer(c, &in, &v), v);
}

static enum status correct(struct alone *k, struct ctx *c)
{
    struct application form = application_of(k->x, k->x->company, 1);
    form.details.name = STR("王晓明");
    c->actor = k->clerk;
    return app_member_correct(c, k->submitted, &form.details, &form.photo, true, 1, STR("once"));
}

static enum status edit(struct alone *k, struct ctx *c)
{
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

static enum status correct_period(struct alone *k, struct ctx *c)
{
    OUTPUT(struct str, token);
    struct period_correction p = {k->x->app->fixed_today, STR("12号"), STR("录错")};
    struct selection s = {.ids = &k->approved, .n = 1, .expect = -1};
    c->actor = k->membership;
    return OUTCOME(app_members_period(c, &p, &s, STR("period"), &token), token);
}

static enum status undo(struct alone *k, struct ctx *c)
{
    OUTPUT(struct str, token);
    c->actor = k->membership;
    return OUTCOME(app_outcome_undo(c, k->approval, STR("undo"), &token), token);
}

static enum status add_exception(struct alone *k, struct ctx *c)
{
    struct exception_input in = {id_number_of(k->x->arena, DAY(1960, 1, 5), 901), STR("理事会同意"),
                                 STR("excepted")};
    c->actor = k->membership;
    return app_exception_add(c, &in);
}

/* The oldest of what `membership` did, by another account. */
static enum status look_at_it(struct alone *k, struct ctx *c)
{
    c->actor = k->membership;
    c->actor.account = k->viewer.account;
    struct look_page page;
    TRY(app_looks_list(c, &(struct page_want){.size = 10}, &page));
    app_end(c);
    return app_look_done(c, page.items.p[0].row.id, &(struct look_done){.ok = true, .once = STR("look")});
}

static enum status resubmit(struct alone *k, struct ctx *c)
{
    struct application form = application_of(k->x, k->x->other, 2);
    form.details.name = STR("李晓明");
    c->actor = k->person;
    return app_member_resubmit(c, &form.details, &form.photo, STR("once"));
}

static enum status print_batch(struct alone *k, struct ctx *c)
{
    c->actor = k->clerk;
    return app_prints_make(c, (struct print_wanted){.batch = k->batch}, STR("print"));
}

static enum status close_batch(struct alone *k, struct ctx *c)
{
    c->actor = k->clerk;
    return app_batch_close(c, k->batch);
}

static enum status create_company(struct alone *k, struct ctx *c)
{
    OUTPUT(struct one_time, made);
    struct company_input in = {.name = STR("甘肃新建监理有限公司"), .enabled = true};
    c->actor = k->membership;
    return OUTCOME(app_company_create(c, &in, &made), made);
}

static enum status rename_company(struct alone *k, struct ctx *c)
{
    struct company_input in = {.name = STR("甘肃改名监理有限公司"), .enabled = true, .reason = STR("更名")};
    c->actor = k->membership;
    return app_company_update(c, k->company.id, &in, k->company.version);
}

static enum status set_setting(struct alone *k, struct ctx *c)
{
    c->actor = k->membership;
    c->actor.roles = ROLE_SYSTEM;
    return app_setting_set(
        c, &(struct setting_change){STR("batch.rows"), STR("4000"), STR("试"), 0, STR("0123456789abcdef")});
}

static enum status publish_rules(struct alone *k, struct ctx *c)
{
    c->actor = k->membership;
    c->actor.roles = ROLE_SYSTEM;
    struct privacy_draft d = {STR("一段"), day_str(c->arena, c->today), STR("试"), k->newest_rules,
                              STR("rules")};
    return app_privacy_publish(c, &d);
}

static enum status agree(struct alone *k, struct ctx *c)
{
    c->actor = k->clerk;
    return app_consent(c, &(struct consent_given){.terms = true, .sensitive = true});
}

static enum status first_step(struct alone *k, struct ctx *c)
{
    struct first_values as_it_is = {0};
    c->actor = k->membership;
    c->actor.roles = ROLE_SYSTEM;
    return app_first_step_save(c, 0, &as_it_is);
}

static const struct use_case {
    const char *what;
    enum status (*run)(struct alone *k, struct ctx *c);
    bool kept; /* in the trail */
} USE_CASES[] = {
    {"register_start", register_start, false},
    {"register_details", register_details, false},
    {"log_in", log_in, true},
    {"fail_to_log_in", fail_to_log_in, true},
    {"change_password", change_password, true},
    {"ask_for_password", ask_for_password, true},
    {"cancel_asked", cancel_asked, true},
    {"tell_code", tell_code, true},
    {"correct", correct, true},
    {"edit", edit, true},
    {"correct_period", correct_period, true},
    {"undo", undo, true},
    {"add_exception", add_exception, true},
    {"look_at_it", look_at_it, true},
    {"resubmit", resubmit, true},
    {"print_batch", print_batch, true},
    {"close_batch", close_batch, true},
    {"create_company", create_company, true},
    {"rename_company", rename_company, true},
    {"set_setting", set_setting, true},
    {"publish_rules", publish_rules, true},
    {"agree", agree, true},
    {"first_step", first_step, true},
};

static void torture_alone(struct alone *k, const struct use_case *u)
{
    struct saboteur s = {0};
    for (int n = first_call(k->x);; n = next_call(n)) {
        int64_t head = trail_head(k->x);
        arm(k->x, &s, n);
        struct ctx *c = as_command_line(k->x);
        enum status status = u->run(k, c);
        disarm(k->x);
        app_end(c);
        bool went_through = s.calls < n;
        if (status != (went_through ? ST_OK : ST_UNAVAILABLE))
            print_error("%s, call %d: %s %s\n", u->what, n, c->fault.text, c->fault.detail);
        assert_int_equal(status, went_through ? ST_OK : ST_UNAVAILABLE);
        assert_int_equal(trail_head(k->x), head + (went_through && u->kept));
        assert_sound(k->x);
        if (went_through) break;
    }
}

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
        torture_alone(&k, &USE_CASES[i]);
    assert_text(person_of(x, k.submitted).name, "王晓明");
    assert_int_equal(person_of(x, k.returned).company_id.v, x->other.v);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(any_call_of_three_writers_may_fail),
        TEST(the_database_may_go_at_any_call),
        TEST(any_call_of_one_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
