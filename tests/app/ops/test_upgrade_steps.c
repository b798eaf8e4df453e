/* What each migration since 0009 makes of what stood there, and what becomes of an upgrade that is killed at
 * any call. */
#include "old_data.h"

#include "app/core/trail.h"
#include "gen/queries.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SCHEMA 9

/* The same number before, asked in the words of then, and after, in today's: nothing came, nothing went, and
 * what is new says that there was nothing of it. */
static const struct {
    int64_t migration;
    const char *before, *after;
} STEPS[] = {
    {10, "select sum(length(value) * id) from setting",
     "select sum(length(value) * id) from setting where reason = ''"},
    {11, "select sum(id) from period where document_no <> ''",
     "select sum(id) from period where document_folded <> ''"},
    {12, "select count(*) from account where password <> ''",
     "select count(*) from account where password <> '' and not exists (select 1 from password_history)"},
    {13, "select sum(id) from account",
     "select sum(id) from account where login_at is null and failures = 0"},
    {14, "select sum(id) from session",
     "select sum(id) from session where proved_at = 0 and before_at is null and device_sealed is null and "
     "address_sealed is null"},
    {15, "select sum(id) from account where side = 'company'",
     "select sum(id) from account where side = 'company' and main = 1 and view_only = 0 and mobile_sealed is "
     "null"},
    {16, "select 0", "select (select count(*) from totp) + (select count(*) from totp_recovery)"},
    {17, "select sum(number) from audit where account_id is not null and at > 0",
     "select sum(number) from audit where account_id is not null and at > 0"},
    {18,
     "select 1000 * count(*) + count(distinct member_id) from (select distinct member_id, kind, "
     "case when text_version = 'demo' then '2026-11-01' else text_version end as text_version from consent) "
     "c",
     "select 1000 * count(*) + count(distinct a.member_id) from consent c join account a on a.id = "
     "c.account_id where a.member_id is not null"},
    {19, "select 0", "select (select count(*) from look) + (select count(*) from eligibility_exception)"},
    {20, "select sum(id * company_id) from employment",
     "select sum(id * company_id) from employment where reason = ''"},
    {21, "select 1000 * count(*) + (select sum(id) from period) from outcome",
     "select 1000 * count(*) + (select sum(id) from period) from outcome where undoes is null and not exists "
     "(select 1 from period_change) and not exists (select 1 from outcome_row)"},
    {22, "select sum(id * company_id * length(state)) from member",
     "select sum(id * company_id * length(state)) from member where import_id is null and paid_years_before "
     "= 0 and not exists (select 1 from job)"},
    {22, "select sum(id) from company", "select sum(id) from company where import_id is null"},
    {22, "select sum(id) from period", "select sum(id) from period where import_id is null"},
    {23, "select 0", "select count(*) from nightly_backup"},
    {24, "select 0", "select count(*) from lost_password"},
    {25, "select sum(id * length(name)) from company",
     "select sum(id * length(name)) from company where unit_valid_to is null and merged_into is null and "
     "unit_level = '' and title = '' and tax_no = ''"},
    {26, "select sum(id * company_id) from company_name",
     "select sum(id * company_id) from company_name where taken_from is null and not exists (select 1 from "
     "company_merge)"},
    {26, "select sum(id) from account", "select sum(id) from account where taken_from is null"},
    {27, "select 0", "select count(*) from activation"},
    {28, "select 0", "select count(*) from company_proposal"},
    {29, "select count(*) from draft", "select count(*) from draft"},
};

static int setup(void **state)
{
    return old_setup(state, "0009", SCHEMA);
}

static void ask_before(struct old *o, int64_t numbers[])
{
    for (size_t i = 0; i < COUNT(STEPS); i++)
        numbers[i] = raw_sql_number(&o->x, STEPS[i].before);
}

static void assert_as_before(struct old *o, const int64_t numbers[])
{
    for (size_t i = 0; i < COUNT(STEPS); i++) {
        int64_t now = raw_sql_number(&o->x, STEPS[i].after);
        if (now != numbers[i]) print_error("migration %ld: %s\n", (long)STEPS[i].migration, STEPS[i].after);
        assert_int_equal(now, numbers[i]);
    }
}

/* Whoever adds one says what it makes of what is there. */
static void every_migration_has_a_row(void **state)
{
    (void)state;
    for (int64_t number = SCHEMA + 1; number <= huiyuan_migrations_n; number++) {
        bool found = false;
        for (size_t i = 0; i < COUNT(STEPS); i++)
            found = found || STEPS[i].migration == number;
        if (!found) print_error("no row for migration %ld\n", (long)number);
        assert_true(found);
    }
}

static void what_stood_there_means_the_same(void **state)
{
    struct old *o = *state;
    int64_t before[COUNT(STEPS)];
    struct fault f = {0};
    int applied;
    ask_before(o, before);
    assert_true(before[0] > 0 && before[1] > 0);
    assert_int_equal(old_migrate(o, &f, &applied), ST_OK);
    assert_as_before(o, before);
}

/* Lets so many calls through from the first migration on, then ends the process as a power cut would. */
struct blow {
    bool begun;
    int left;
};

static bool strikes(void *arg, const char *what)
{
    struct blow *b = arg;
    b->begun = b->begun || !strcmp(what, "schema_lock") || !strcmp(what, "begin");
    if (b->begun && b->left-- == 0) raise(SIGKILL);
    return true;
}

/* Whether it came to its end. */
static bool migrate_struck(struct old *o, int call)
{
    int ended;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct fault f = {0};
        struct blow b = {.left = call};
        int applied;
        o->x.may = strikes;
        o->x.may_arg = &b;
        _exit(old_migrate(o, &f, &applied) == ST_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &ended, 0), child);
    if (WIFSIGNALED(ended)) {
        assert_int_equal(WTERMSIG(ended), SIGKILL);
        return false;
    }
    assert_int_equal(WEXITSTATUS(ended), 0);
    return true;
}

/* A start says what to do, or goes on where all was done. */
static void assert_told(struct old *o)
{
    struct fault f = {0};
    struct app *app;
    struct app_options options = filled_options(&o->x);
    assert_int_equal(app_open(&options, &f, &app), ST_UNAVAILABLE);
    if (!strstr(f.detail, "huiyuan migrate") && !strstr(f.text, "huiyuan migrate"))
        print_error("%s %s\n", f.text, f.detail);
    assert_true(strstr(f.detail, "huiyuan migrate") || strstr(f.text, "huiyuan migrate"));
}

static int64_t progress(struct old *o)
{
    int64_t n = raw_sql_number(&o->x, "select count(*) from schema_migration");
    return 1000000 * n +
           raw_sql_number(&o->x, "select coalesce(sum(behind + 1000 * done), 0) from upgrade_step");
}

/* Each migration and each step after them, until it is through: at every second call, on PostgreSQL every
 * fourth; all of both with EVERY_CALL. */
static void a_kill_at_any_call_loses_nothing(void **state)
{
    struct old *o = *state;
    int64_t before[COUNT(STEPS)], rows, bad, was = progress(o);
    bool every = getenv("EVERY_CALL");
    int kills = 0, first = every || !db_fixture_is_postgres() ? 0 : 1,
        step = every                      ? 1
               : db_fixture_is_postgres() ? 4
                                          : 2;
    ask_before(o, before);
    for (int call = first; !migrate_struck(o, call); kills++) {
        int64_t now = progress(o);
        if (kills % 16 == 0) assert_told(o);
        call = now == was ? call + step : first;
        was = now;
    }
    assert_true(kills > huiyuan_migrations_n - SCHEMA);
    assert_as_before(o, before);
    old_open(o);
    old_assert_well(o);
    struct ctx *c = as_command_line(&o->x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_audit_walk(c, NULL, NULL, &rows, &bad));
    assert_int_equal(bad, 0);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, old_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_migration_has_a_row),
        TEST(what_stood_there_means_the_same),
        TEST(a_kill_at_any_call_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
