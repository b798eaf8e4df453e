/* 激活条: a code on paper gives a first password, once, as long as it lives, and only with the number of the
 * person whose it is; and the password at the counter. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "app/members/activation.h"
#include "app/members/counter.h"
#include "gen/queries.h"

#define NEW   "Qiushui-7731"
#define OLD   PASSWORD
#define HERE  "192.0.2.7"
#define TODAY DAY(2026, 11, 23)
#define CODE  "ACDE-FGHJ-KLMN"

static struct str number_of(struct fixture *x, int i)
{
    return application_of(x, x->company, i).account.id_number;
}

/* As the slip that was printed says: what stands on it is known to the paper alone, so the test puts its own.
 */
static void slip(struct fixture *x, struct member_id id)
{
    struct bytes pdf;
    struct selection s = {.ids = &id, .n = 1, .expect = -1};
    struct ctx *c = as_membership(x);
    assert_ok(c, app_activation_print(c, &s, STR_NONE, STR("http://127.0.0.1:8080"), &pdf));
    app_end(c);
    assert_true(pdf.n > 1000);
    c = as_command_line(x);
    struct activation_full a;
    assert_ok(c, app_begin(c));
    assert_ok(c, q_activation_of_unscoped(c->db, c->arena, id, &a));
    struct bytes index = vault_index(c, INDEX_ACCOUNT, STR("activation|ACDEFGHJKLMN"));
    assert_ok(c, q_activation_put(c->db, id, index, a.made_at, a.good_until, NULL));
    assert_ok(c, app_commit(c));
}

static enum status activate(struct fixture *x, const char *code, struct str number, const char *address)
{
    struct ctx *c = as_command_line(x);
    struct activation_input in = {.code = str_from(code),
                                  .id_number = number,
                                  .password = STR(NEW),
                                  .password_again = STR(NEW),
                                  .address = str_from(address),
                                  .consent = true,
                                  .consent_sensitive = true};
    enum status s = app_activate(c, &in);
    if (s == ST_BAD_INPUT) assert_problem(c, "code");
    app_end(c);
    return s;
}

static bool log_in(struct fixture *x, struct str number, struct str password)
{
    struct str token;
    struct ctx *c = as_command_line(x);
    struct login_input in = {SIDE_MEMBER, number, password, STR(HERE)};
    enum status s = app_login(c, &in, &token);
    app_end(c);
    return s == ST_OK;
}

/* Imported: without an account. */
static struct member_id imported(struct fixture *x, int i)
{
    struct member_id id = person_register(x, i);
    raw_sql(x, "delete from consent where account_id = (select max(id) from account)");
    raw_sql(x, "update audit set account_id = null where account_id = (select max(id) from account)");
    raw_sql(x, "delete from account where id = (select max(id) from account)");
    return id;
}

static void a_code_gives_a_password_once(void **state)
{
    static const char *const SPELLINGS[] = {CODE, "acdefghjklmn", " ACDE FGHJ KLMN ",
                                            "ａｃｄｅ－ｆｇｈｊ－ｋｌｍｎ"};
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(SPELLINGS); i++) {
        struct str number = number_of(x, (int)i + 1);
        slip(x, imported(x, (int)i + 1));
        assert_int_equal(activate(x, SPELLINGS[i], number, HERE), ST_OK);
        assert_true(log_in(x, number, STR(NEW)));
        assert_int_equal(activate(x, SPELLINGS[i], number, HERE), ST_BAD_INPUT);
        raw_sql(x, "delete from activation");
    }
    assert_int_equal(raw_sql_number(x, "select count(*) from consent"), 2 * (int64_t)COUNT(SPELLINGS));
    assert_int_equal(trail_count(x, "account.activate", "ok"), COUNT(SPELLINGS));
}

static void only_with_its_own_number_and_while_it_lives(void **state)
{
    static const struct {
        const char *code;
        int number, after;
        int64_t days;
        enum status status;
    } CASES[] = {
        {"ACDE-FGHJ-KLMP", 1, 0, 90, ST_BAD_INPUT},
        {CODE, 2, 0, 90, ST_BAD_INPUT},
        {CODE, 3, 0, 90, ST_BAD_INPUT},
        {"ACDE-FGHJ", 1, 0, 90, ST_BAD_INPUT},
        {CODE, 1, 91, 90, ST_BAD_INPUT},
        {CODE, 1, 2, 1, ST_BAD_INPUT},
        {CODE, 1, 1, 1, ST_OK},
        {CODE, 1, 90, 90, ST_OK},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        assert_int_equal(register_setup(state), 0);
        struct fixture *x = *state;
        settings_of(x)->activation_days = CASES[i].days;
        struct member_id id = imported(x, 1);
        person_register(x, 2);
        slip(x, id);
        set_today(x, day_add(TODAY, CASES[i].after));
        assert_int_equal(activate(x, CASES[i].code, number_of(x, CASES[i].number), HERE), CASES[i].status);
        assert_int_equal(log_in(x, number_of(x, 1), STR(NEW)), CASES[i].status == ST_OK);
        register_teardown(state);
    }
    assert_int_equal(register_setup(state), 0);
}

static void the_closed_and_the_disabled_stay_out(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    slip(x, id);
    raw_sql(x, "update account set enabled = 0 where side = 'member'");
    assert_int_equal(activate(x, CODE, number_of(x, 1), HERE), ST_CONFLICT);
    raw_sql(x, "update account set enabled = 1");
    raw_sql(x, "update member set state = 'closed'");
    assert_int_equal(activate(x, CODE, number_of(x, 1), HERE), ST_BAD_INPUT);
    raw_sql(x, "update member set state = 'submitted'");
    assert_int_equal(activate(x, CODE, number_of(x, 1), HERE), ST_OK);
}

static void a_new_slip_ends_the_old_one(void **state)
{
    struct fixture *x = *state;
    struct member_id id = imported(x, 1);
    struct bytes pdf;
    struct selection s = {.ids = &id, .n = 1, .expect = -1};
    slip(x, id);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_activation_print(c, &s, STR("once"), STR("http://h"), &pdf));
    app_end(c);
    assert_int_equal(activate(x, CODE, number_of(x, 1), HERE), ST_BAD_INPUT);
    c = as_membership(x);
    assert_int_equal(app_activation_print(c, &s, STR("once"), STR("http://h"), &pdf), ST_CONFLICT);
    app_end(c);
    c = as_viewer(x);
    assert_int_equal(app_activation_print(c, &s, STR_NONE, STR("http://h"), &pdf), ST_FORBIDDEN);
}

/* Whoever has a password of their own, is closed or disabled, gets none. */
static void some_are_skipped(void **state)
{
    struct fixture *x = *state;
    struct bytes pdf;
    struct member_id ids[] = {
        imported(x, 1), person_register(x, 2), person_register(x, 3), person_register(x, 4), {999}};
    assert_true(log_in(x, number_of(x, 2), STR(OLD)));
    raw_sql(x, arena_fmt(x->arena, "update member set state = 'closed' where id = %ld", (long)ids[2].v).p);
    raw_sql(x, arena_fmt(x->arena, "update account set enabled = 0 where member_id = %ld", (long)ids[3].v).p);
    struct selection s = {.ids = ids, .n = COUNT(ids), .expect = -1};
    struct ctx *c = as_membership(x);
    assert_ok(c, app_activation_print(c, &s, STR_NONE, STR("http://h"), &pdf));
    app_end(c);
    assert_int_equal(raw_sql_number(x, "select count(*) from activation"), 1);
    assert_int_equal(trail_count(x, "account.activation_print", "ok"), 1);
}

static void wrong_ones_are_counted(void **state)
{
    struct fixture *x = *state;
    slip(x, imported(x, 1));
    settings_of(x)->activation_tries = 3;
    for (int i = 0; i < 3; i++)
        assert_int_equal(
            activate(x, "AAAA-AAAA-AAAA", number_of(x, 1), arena_fmt(x->arena, "10.0.%d.1", i).p),
            ST_BAD_INPUT);
    assert_int_equal(activate(x, CODE, number_of(x, 1), "10.0.9.1"), ST_TOO_MANY);
    assert_int_equal(trail_count(x, "account.activate", "refused"), 3);
}

static void the_counter_gives_a_password_that_works_once(void **state)
{
    struct fixture *x = *state;
    struct member_secret made;
    struct bytes pdf;
    struct member_id id = person_register(x, 1);
    struct ctx *c = as_viewer(x);
    assert_int_equal(app_member_reset_password(c, id, &made), ST_FORBIDDEN);
    app_end(c);
    c = as_membership(x);
    assert_ok(c, app_member_reset_password(c, id, &made));
    app_end(c);
    assert_false(log_in(x, number_of(x, 1), STR(OLD)));
    assert_true(log_in(x, number_of(x, 1), made.password));
    assert_false(log_in(x, number_of(x, 1), made.password));
    assert_int_equal(
        raw_sql_number(x, "select count(*) from audit where event = 'account.reset' and shown = 1"), 1);
    c = as_membership(x);
    assert_ok(c, app_member_letter_pdf(c, id, made.password, STR("http://h"), &pdf));
    app_end(c);
    struct member_id without = imported(x, 2);
    c = as_membership(x);
    assert_int_equal(app_member_reset_password(c, without, &made), ST_CONFLICT);
    app_end(c);
    c = as_membership(x);
    assert_int_equal(app_member_reset_password(c, (struct member_id){999}, &made), ST_NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_code_gives_a_password_once),
        cmocka_unit_test_teardown(only_with_its_own_number_and_while_it_lives, register_teardown),
        TEST(the_closed_and_the_disabled_stay_out),
        TEST(a_new_slip_ends_the_old_one),
        TEST(some_are_skipped),
        TEST(wrong_ones_are_counted),
        TEST(the_counter_gives_a_password_that_works_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
