/* What happens to an account while its password is being verified: a login, or a change, that began with what
 * was true then ends with what is true now. And passwords that were given out, and hashes of yesterday. */
#include "raw_sql.h"
#include "register.h"

#include "app/access/accounts.h"
#include "app/access/sessions.h"
#include "app/companies/companies.h"
#include "app/core/settings.h"
#include "crypto/password.h"
#include "gen/queries.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#define OLD   "Zhaoqi-8842"
#define NEW   "Qiushui-7731"
#define OTHER "Dongxue-5519"

/* Something that somebody else does after a use case has read the account, and before it has verified the
 * password: at a query that it reads after that. */
struct meanwhile {
    struct fixture *x;
    void (*act)(struct fixture *x);
    const char *query;
    int acted;
};

static void *act_alone(void *arg)
{
    struct meanwhile *m = arg;
    m->act(m->x);
    return NULL;
}

static bool may(void *arg, const char *what)
{
    struct meanwhile *m = arg;
    pthread_t other;
    if (strcmp(what, m->query) != 0) return true;
    m->acted++;
    m->x->may = NULL;
    assert_int_equal(pthread_create(&other, NULL, act_alone, m), 0);
    pthread_join(other, NULL);
    return true;
}

static void meanwhile(struct fixture *x, struct meanwhile *m, const char *query,
                      void (*act)(struct fixture *x))
{
    *m = (struct meanwhile){.x = x, .act = act, .query = query};
    x->may_arg = m;
    x->may = may;
}

static void change(struct fixture *x)
{
    struct ctx *c = as_membership(x);
    struct str token;
    assert_ok(c, app_password_change(c, STR(OLD), STR(OTHER), STR(OTHER), &token));
}

static void set(struct fixture *x)
{
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_staff_set_password(c, STR("huiyuan"), STR(OTHER)));
}

static void disable(struct fixture *x)
{
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_staff_disable(c, STR("huiyuan")));
}

static void disable_company(struct fixture *x)
{
    struct ctx *c = as_membership(x);
    assert_ok(c, app_company_enable(c, x->company, false));
}

static void disable_company_by_form(struct fixture *x)
{
    struct ctx *c = as_membership(x);
    struct company_full k;
    assert_ok(c, app_company(c, x->company, &k));
    app_end(c);
    struct company_input in = {.name = k.name,
                               .credit_code = k.credit_code,
                               .contact = k.contact,
                               .phone = k.phone,
                               .address = k.address,
                               .credit_code_anyway = true};
    assert_ok(c, app_company_update(c, x->company, &in, k.version));
}

static void give_password(struct fixture *x, struct account_id id, const char *password)
{
    struct ctx *c = as_command_line(x);
    struct str hash;
    struct account_full account;
    assert_ok(c, account_hash(c, str_from(password), &hash));
    assert_ok(c, app_begin(c));
    assert_ok(c, q_account_by_id(c->db, c->arena, id, &account));
    hash = account_password_seal(c, account.side, account.login, hash);
    assert_ok(c, q_account_set_password(c->db, id, hash, false, false, c->now_ms, NULL));
    assert_ok(c, app_commit(c));
}

static enum status login_at(struct fixture *x, int days, enum side side, struct str account,
                            const char *password, struct str *ret_token)
{
    struct ctx *c = as_command_line(x);
    struct login_input in = {side, account, str_from(password), STR("192.0.2.7")};
    c->now_ms += days * DAY_MS;
    c->today = day_add(c->today, days);
    enum status s = app_login(c, &in, ret_token);
    if (s == ST_BAD_INPUT) *ret_token = arena_str(x->arena, c->problems.p[0].text);
    app_end(c);
    return s;
}

static bool lives(struct fixture *x, struct str token)
{
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_session_find(c, token));
    bool lives = c->actor.account.v != 0;
    app_end(c);
    return lives;
}

static int64_t sessions_of(struct fixture *x, struct account_id id)
{
    struct ctx *c = as_command_line(x);
    int64_t n;
    assert_ok(c, app_begin(c));
    assert_ok(c, q_sessions_delete_of(c->db, id, &n));
    app_rollback(c);
    return n;
}

static void a_login_that_something_overtakes_opens_nothing(void **state)
{
    static const struct {
        void (*act)(struct fixture *x);
        bool company;
    } CASES[] = {{change, false},
                 {set, false},
                 {disable, false},
                 {disable_company, true},
                 {disable_company_by_form, true}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        assert_int_equal(register_setup(state), 0);
        struct fixture *x = *state;
        struct meanwhile m;
        struct str token;
        struct account_id id = CASES[i].company ? x->clerk : x->membership;
        give_password(x, id, OLD);
        meanwhile(x, &m, "known_network_find", CASES[i].act);
        enum status s = CASES[i].company
                            ? login_at(x, 0, SIDE_COMPANY, STR("甘肃示范工程监理有限公司"), OLD, &token)
                            : login_at(x, 0, SIDE_STAFF, STR("huiyuan"), OLD, &token);
        assert_int_equal(m.acted, 1);
        assert_int_equal(s, ST_BAD_INPUT);
        assert_int_equal(sessions_of(x, id), CASES[i].act == change); /* the change's own */
        register_teardown(state);
    }
}

static void change_clerk(struct fixture *x)
{
    struct ctx *c = as_clerk(x);
    struct str token;
    assert_ok(c, app_password_change(c, STR(OLD), STR(OTHER), STR(OTHER), &token));
}

static void reset_clerk(struct fixture *x)
{
    struct ctx *c = as_membership(x);
    struct one_time made;
    assert_ok(c, app_company_reset_password(c, x->company, &made));
}

static void a_change_that_something_overtakes_is_told(void **state)
{
    static void (*const ACTS[])(struct fixture * x) = {change_clerk, reset_clerk, disable_company};
    for (size_t i = 0; i < COUNT(ACTS); i++) {
        assert_int_equal(register_setup(state), 0);
        struct fixture *x = *state;
        struct meanwhile m;
        struct str fresh = STR("untouched"), token;
        give_password(x, x->clerk, OLD);
        meanwhile(x, &m, "company_by_id_unscoped", ACTS[i]);
        struct ctx *c = as_clerk(x);
        assert_int_equal(app_password_change(c, STR(OLD), STR(NEW), STR(NEW), &fresh), ST_CONFLICT);
        app_end(c);
        assert_int_equal(m.acted, 1);
        assert_int_equal(fresh.n, strlen("untouched"));
        assert_int_equal(sessions_of(x, x->clerk), ACTS[i] == change_clerk);
        assert_int_equal(login_at(x, 0, SIDE_COMPANY, STR("甘肃示范工程监理有限公司"), NEW, &token),
                         ST_BAD_INPUT);
        register_teardown(state);
    }
}

struct changer {
    struct fixture *x;
    const char *to;
    pthread_t thread;
    enum status status;
};

static void *change_to(void *arg)
{
    struct changer *k = arg;
    struct arena *a = arena_new();
    struct ctx c, *as = as_membership(k->x);
    struct str token;
    ctx_init(&c, k->x->app, a);
    c.actor = as->actor;
    k->status = app_password_change(&c, STR(OLD), str_from(k->to), str_from(k->to), &token);
    app_end(&c);
    arena_free(a);
    return NULL;
}

static void changes_at_once(void **state)
{
    struct fixture *x = *state;
    struct changer k[2] = {{.x = x, .to = NEW}, {.x = x, .to = OTHER}};
    struct str token;
    for (size_t i = 0; i < COUNT(k); i++)
        assert_int_equal(pthread_create(&k[i].thread, NULL, change_to, &k[i]), 0);
    for (size_t i = 0; i < COUNT(k); i++)
        pthread_join(k[i].thread, NULL);
    int won = k[0].status == ST_OK ? 0 : 1;
    assert_int_equal(k[won].status, ST_OK);
    /* Told that it was changed, or, if it came later still, that this is not the password any more. */
    assert_true(k[!won].status == ST_CONFLICT || k[!won].status == ST_BAD_INPUT);
    assert_int_equal(login_at(x, 0, SIDE_STAFF, STR("huiyuan"), k[won].to, &token), ST_OK);
    assert_int_equal(sessions_of(x, x->membership), 2); /* the winner's and this one */
}

static void disabling_ends_sessions_for_good(void **state)
{
    struct fixture *x = *state;
    struct str staff, clerk;
    give_password(x, x->clerk, OLD);
    assert_int_equal(login_at(x, 0, SIDE_STAFF, STR("huiyuan"), OLD, &staff), ST_OK);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(login_at(x, 0, SIDE_COMPANY, STR("甘肃示范工程监理有限公司"), OLD, &clerk), ST_OK);
        assert_true(lives(x, clerk));
        (i ? disable_company_by_form : disable_company)(x);
        struct ctx *c = as_membership(x);
        assert_ok(c, app_company_enable(c, x->company, true));
        assert_false(lives(x, clerk));
    }
    disable(x);
    assert_int_equal(trail_count(x, "account.disable", "ok"), 1);
    raw_sql(x, "update account set enabled = 1");
    assert_false(lives(x, staff));
    struct ctx *c = as_command_line(x);
    assert_int_equal(app_staff_disable(c, STR("nobody")), ST_NOT_FOUND);
    app_end(c);
}

static struct str reset_company(struct fixture *x)
{
    struct ctx *c = as_membership(x);
    struct one_time made;
    assert_ok(c, app_company_reset_password(c, x->company, &made));
    return made.password;
}

static enum status clerk_in(struct fixture *x, int days, struct str password, struct str *ret)
{
    return login_at(x, days, SIDE_COMPANY, STR("甘肃示范工程监理有限公司"), arena_cstr(x->arena, password),
                    ret);
}

static void a_password_that_was_given_out_works_once(void **state)
{
    struct fixture *x = *state;
    struct str password = reset_company(x), token, said;
    assert_int_equal(clerk_in(x, 0, STR("Wrong-8842"), &said), ST_BAD_INPUT);
    assert_int_equal(clerk_in(x, 0, password, &token), ST_OK);
    assert_int_equal(clerk_in(x, 0, password, &said), ST_BAD_INPUT);
    assert_true(str_find(said, STR("只能使用一次"), NULL));
    assert_true(lives(x, token));
    struct ctx *c = as_clerk(x);
    struct str fresh, chosen = STR(NEW);
    assert_ok(c, app_password_change(c, password, chosen, chosen, &fresh));
    for (int i = 0; i < 3; i++)
        assert_int_equal(clerk_in(x, 30, chosen, &token), ST_OK);
}

static void and_for_some_days(void **state)
{
    static const struct {
        int64_t setting;
        int days;
        enum status status;
    } CASES[] = {{7, 7, ST_OK}, {7, 8, ST_BAD_INPUT}, {2, 2, ST_OK}, {2, 3, ST_BAD_INPUT}};
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        settings_of(x)->onetime_days = CASES[i].setting;
        struct str password = reset_company(x), said;
        assert_int_equal(clerk_in(x, CASES[i].days, password, &said), CASES[i].status);
        if (CASES[i].status == ST_BAD_INPUT) assert_true(str_find(said, STR("已过期"), NULL));
    }
}

/* Who is disabled is told what anybody is told, not that the password was right. */
static void the_disabled_learn_nothing_of_their_password(void **state)
{
    static const char *const OFF[][2] = {
        {"update account set enabled = 0", "update account set enabled = 1"},
        {"update company set enabled = 0", "update company set enabled = 1"},
    };
    struct fixture *x = *state;
    struct str password = reset_company(x), said;
    for (size_t i = 0; i < COUNT(OFF); i++) {
        raw_sql(x, OFF[i][0]);
        assert_int_equal(clerk_in(x, 30, password, &said), ST_BAD_INPUT);
        assert_true(str_eq(said, STR("账号或密码不正确")));
        raw_sql(x, OFF[i][1]);
    }
    assert_int_equal(clerk_in(x, 30, password, &said), ST_BAD_INPUT);
    assert_true(str_find(said, STR("已过期"), NULL));
}

static struct str cheap_hash(struct fixture *x, struct str password)
{
    uint8_t mac[MAC_SIZE];
    char peppered[64], hash[crypto_pwhash_STRBYTES];
    mac_once(keys_use(x->app->keys, KEY_PEPPER), KEY_SIZE, str_bytes(password), mac);
    sodium_bin2base64(peppered, sizeof peppered, mac, MAC_SIZE, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    assert_int_equal(crypto_pwhash_str(hash, peppered, strlen(peppered), 1, 8192), 0);
    return arena_fmt(x->arena, "$hy1$%s", hash);
}

/* With costs of another day: made anew while the password is at hand. */
static void a_hash_of_other_costs_is_made_anew(void **state)
{
    struct fixture *x = *state;
    struct account_full account;
    struct str token, cheap;
    struct ctx *c = as_command_line(x);
    cheap = cheap_hash(x, STR(OLD));
    assert_true(password_needs_rehash(cheap));
    cheap = account_password_seal(c, STR("staff"), STR("huiyuan"), cheap);
    assert_ok(c, app_begin(c));
    assert_ok(c, q_account_set_password(c->db, x->membership, cheap, true, false, c->now_ms, NULL));
    assert_ok(c, app_commit(c));
    for (int i = 0; i < 2; i++)
        assert_int_equal(login_at(x, 0, SIDE_STAFF, STR("huiyuan"), OLD, &token), ST_OK);
    assert_ok(c, app_read(c));
    assert_ok(c, q_account_by_id(c->db, c->arena, x->membership, &account));
    assert_false(password_needs_rehash(account_password(c, &account)));
    assert_true(account.must_change);
    app_end(c);
    assert_true(lives(x, token));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_login_that_something_overtakes_opens_nothing),
        cmocka_unit_test(a_change_that_something_overtakes_is_told),
        TEST(changes_at_once),
        TEST(disabling_ends_sessions_for_good),
        TEST(a_password_that_was_given_out_works_once),
        TEST(and_for_some_days),
        TEST(the_disabled_learn_nothing_of_their_password),
        TEST(a_hash_of_other_costs_is_made_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
