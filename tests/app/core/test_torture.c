/* Whichever database call of three writers at once fails: the right status, nothing half done, nothing
 * acknowledged lost, and trying again helps. */
#include "people.h"
#include "torture.h"

#include "app/core/vault.h"
#include "db/db.h"
#include "gen/queries.h"

#include <pthread.h>
#include <sched.h>
#include <string.h>

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
    saboteur_arm(t->x, s, fail_at);
    start(t, 0, (enum deed)(turn % WRITERS));
    pthread_barrier_wait(&t->begun);
    start(t, 1, (enum deed)((turn + 1) % WRITERS));
    wait_for_writers(t, 1);
    start(t, 2, (enum deed)((turn + 2) % WRITERS));
    for (int i = 0; i < WRITERS; i++)
        pthread_join(t->writers[i].thread, NULL);
    pthread_barrier_destroy(&t->begun);
    saboteur_disarm(t->x);
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

static void torture_trio(struct fixture *x, bool fail_on)
{
    struct trio t = {.x = x};
    struct saboteur s = {.fail_on = fail_on};
    int calls = 1;
    for (int n = 0; n <= calls; n = n ? torture_next(n) : torture_first(x)) {
        prepare(&t, n);
        int64_t head = torture_head(x);
        int made = run_trio(&t, &s, n, n);
        if (n == 0) calls = made;
        int refused = look(&t);
        assert_int_equal(refused > 0, n > 0 && n <= made);
        assert_int_equal(torture_head(x), head + WRITERS - refused);
        run_trio(&t, &s, 0, n); /* again, by the same forms: what was done is not done twice, the rest is */
        assert_int_equal(look(&t), 0);
        assert_int_equal(torture_head(x), head + WRITERS);
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(any_call_of_three_writers_may_fail),
        TEST(the_database_may_go_at_any_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
