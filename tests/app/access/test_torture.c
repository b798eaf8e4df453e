/* Accounts, sessions, second factors, clerks and companies: any database call of theirs may fail (torture.h).
 */
#include "people.h"
#include "torture.h"

#include "app/access/accounts.h"
#include "app/access/own_sessions.h"
#include "app/access/refused.h"
#include "app/access/sessions.h"
#include "app/access/staff_accounts.h"
#include "app/access/totp.h"
#include "app/companies/clerks.h"
#include "app/companies/companies.h"
#include "app/companies/unit.h"
#include "app/core/settings.h"
#include "app/core/trail.h"
#include "crypto/totp.h"

#define STAFF_PASSWORD "Zhaoqi-8842"
#define HERE           "192.0.2.1"

struct desk {
    struct fixture *x;
    struct actor clerk, viewer, system, membership;
    struct str token, half; /* the viewer's session; a login of theirs that waits for the code */
    struct recovery_codes codes;
    struct session_id other_session;
    struct account_id made, made_clerk;
    int64_t version;
};

static struct login_input as_typed(void)
{
    return (struct login_input){SIDE_STAFF, STR("chakan"), STR(STAFF_PASSWORD), STR(HERE)};
}

static enum status accept(void *at, struct ctx *c)
{
    (void)at;
    return app_audit_accept(c, STR("why not"));
}

static enum status refused(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->clerk;
    c->address = STR(HERE);
    return app_audit_refused(c, ST_FORBIDDEN, STR("GET /x"));
}

static void log_in(void *at)
{
    struct desk *k = at;
    struct login_input in = as_typed();
    struct ctx *c = as_command_line(k->x);
    assert_ok(c, app_login(c, &in, &k->token));
}

static enum status begin_login(void *at, struct ctx *c)
{
    OUTPUT(struct str, token);
    OUTPUT(struct str, half);
    struct login_input in = as_typed();
    (void)at;
    return OUTCOME(app_login_begin(c, &in, &token, &half), token);
}

static enum status again(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->viewer;
    return app_again(c, k->token, STR(STAFF_PASSWORD));
}

static enum status turn_on(void *at, struct ctx *c)
{
    struct desk *k = at;
    char code[TOTP_DIGITS + 1];
    uint8_t secret[TOTP_SECRET];
    OUTPUT(struct recovery_codes, codes);
    c->actor = k->viewer;
    totp_secret_for(k->x->app->keys, token_hash(c->arena, k->token), k->x->viewer.v, secret);
    assert_true(totp_code(secret, totp_step(c->now_ms), code));
    enum status s = OUTCOME(app_totp_on(c, k->token, str_from(code), &codes), codes);
    if (s == ST_OK) k->codes = codes;
    return s;
}

static void half_way(void *at)
{
    struct desk *k = at;
    struct str token;
    struct login_input in = as_typed();
    struct ctx *c = as_command_line(k->x);
    assert_ok(c, app_login_begin(c, &in, &token, &k->half));
}

static enum status type_code(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct str, token);
    return OUTCOME(app_login_code(c, k->half, k->codes.p[0], STR(HERE), &token), token);
}

static enum status turn_off(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->viewer;
    return app_totp_off(c, k->codes.p[1]);
}

static enum status reset_totp(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->system;
    return app_totp_reset(c, k->x->viewer);
}

static void log_in_twice(void *at)
{
    struct desk *k = at;
    struct own_sessions list;
    log_in(k);
    struct str first = k->token;
    log_in(k);
    struct ctx *c = as_viewer(k->x);
    assert_ok(c, app_own_sessions(c, first, &list));
    app_end(c);
    assert_int_equal(list.n, 2);
    k->other_session = list.p[0].current ? list.p[1].id : list.p[0].id;
    k->token = first;
}

static enum status end_session(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->viewer;
    return app_own_session_end(c, k->other_session);
}

static enum status end_others(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->viewer;
    return app_own_sessions_end_others(c, k->token);
}

static enum status log_out(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->viewer;
    return app_logout(c, k->token);
}

static enum status add_staff(void *at, struct ctx *c)
{
    (void)at;
    return app_staff_add(c, STR("xinlai"), STR("viewer"), STR(STAFF_PASSWORD));
}

static enum status set_password(void *at, struct ctx *c)
{
    (void)at;
    return app_staff_set_password(c, STR("xinlai"), STR("Qiushui-7731"));
}

static enum status set_roles(void *at, struct ctx *c)
{
    (void)at;
    return app_staff_set_roles(c, STR("xinlai"), STR("finance"));
}

static enum status disable(void *at, struct ctx *c)
{
    (void)at;
    return app_staff_disable(c, STR("xinlai"));
}

static enum status create_account(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct staff_made, made);
    c->actor = k->system;
    struct staff_input in = {.name = STR("lingyi"), .roles = STR("viewer"), .once = STR("account")};
    enum status s = OUTCOME(app_staff_account_create(c, &in, &made), made);
    if (s == ST_OK) k->made = made.id;
    return s;
}

static void see_account(void *at)
{
    struct desk *k = at;
    struct staff_item item;
    struct ctx *c = as_viewer(k->x);
    c->actor = k->system;
    assert_ok(c, app_staff_account(c, k->made, &item));
    app_end(c);
    k->version = item.row.version;
}

static enum status update_account(void *at, struct ctx *c)
{
    struct desk *k = at;
    struct staff_input in = {.roles = STR("finance"), .enabled = true};
    c->actor = k->system;
    return app_staff_account_update(c, k->made, &in, k->version);
}

static enum status reset_account(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct staff_made, made);
    c->actor = k->system;
    return OUTCOME(app_staff_account_reset(c, k->made, &made), made);
}

static enum status create_clerk(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct clerk_made, made);
    c->actor = k->clerk;
    struct clerk_input in = {STR("赵经办"), STR("13893112345"), false, true, STR("clerk")};
    enum status s = OUTCOME(app_clerk_create(c, &in, &made), made);
    if (s == ST_OK) k->made_clerk = made.id;
    return s;
}

static enum status update_clerk(void *at, struct ctx *c)
{
    struct desk *k = at;
    struct clerk_input in = {.name = STR("赵经办"), .mobile = STR("13893112346"), .enabled = true};
    c->actor = k->clerk;
    return app_clerk_update(c, k->made_clerk, &in, 1);
}

static enum status reset_clerk(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct clerk_made, made);
    c->actor = k->clerk;
    return OUTCOME(app_clerk_reset(c, k->made_clerk, &made), made);
}

static enum status shut_company(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->membership;
    return app_company_enable(c, k->x->other, false);
}

static enum status reset_company(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct one_time, made);
    c->actor = k->membership;
    return OUTCOME(app_company_reset_password(c, k->x->company, &made), made);
}

static void see_unit(void *at)
{
    struct desk *k = at;
    struct company_full row;
    struct ctx *c = as_clerk(k->x);
    assert_ok(c, app_unit(c, &row));
    app_end(c);
    k->version = row.version;
}

static enum status update_unit(void *at, struct ctx *c)
{
    struct desk *k = at;
    struct own_unit_input in = {
        .contact = STR("马联系"), .title = STR("甘肃监理"), .version = k->version, .once = STR("unit")};
    c->actor = k->clerk;
    return app_unit_update(c, &in);
}

static const struct use_case DEEDS[] = {
    {"app_audit_accept", accept, SOME_ROWS, NULL},
    {"app_audit_refused", refused, ONE_ROW, NULL},
    {"app_login_begin", begin_login, ONE_ROW, NULL},
    {"app_again", again, ONE_ROW, log_in},
    {"app_totp_on", turn_on, ONE_ROW, NULL},
    {"app_login_code", type_code, ONE_ROW, half_way},
    {"app_totp_off", turn_off, ONE_ROW, NULL},
    {"app_totp_reset", reset_totp, ONE_ROW, NULL},
    {"app_own_session_end", end_session, ONE_ROW, log_in_twice},
    {"app_own_sessions_end_others", end_others, ONE_ROW, NULL},
    {"app_logout", log_out, ONE_ROW, NULL},
    {"app_staff_add", add_staff, ONE_ROW, NULL},
    {"app_staff_set_password", set_password, ONE_ROW, NULL},
    {"app_staff_set_roles", set_roles, ONE_ROW, NULL},
    {"app_staff_disable", disable, ONE_ROW, NULL},
    {"app_staff_account_create", create_account, ONE_ROW, NULL},
    {"app_staff_account_update", update_account, ONE_ROW, see_account},
    {"app_staff_account_reset", reset_account, ONE_ROW, NULL},
    {"app_clerk_create", create_clerk, ONE_ROW, NULL},
    {"app_clerk_update", update_clerk, ONE_ROW, NULL},
    {"app_clerk_reset", reset_clerk, ONE_ROW, NULL},
    {"app_company_enable", shut_company, ONE_ROW, NULL},
    {"app_company_reset_password", reset_company, ONE_ROW, NULL},
    {"app_unit_update", update_unit, ONE_ROW, see_unit},
};

static void any_call_at_the_desks_may_fail(void **state)
{
    struct fixture *x = *state;
    struct desk k = {.x = x,
                     .clerk = as_clerk(x)->actor,
                     .viewer = as_viewer(x)->actor,
                     .system = as_membership(x)->actor,
                     .membership = as_membership(x)->actor};
    k.system.roles = ROLE_SYSTEM;
    /* A try whose end failed was counted all the same. */
    settings_of(x)->login_pair_failures = 0;
    settings_of(x)->password_history = 0;
    for (size_t i = 0; i < COUNT(DEEDS); i++)
        torture(x, &DEEDS[i], &k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(any_call_at_the_desks_may_fail, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
