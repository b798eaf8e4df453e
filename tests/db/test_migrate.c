#include "sample.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct db_migration BROKEN = {
    .number = 3,
    .name = "0003_broken",
    .sha256 = "3333",
    .sqlite = "create table half (id integer primary key) strict; insert into nosuch values (1);",
    .postgres = "create table half (id bigint primary key); insert into nosuch values (1);",
};

static int set_up(void **state)
{
    *state = db_fixture_new();
    return 0;
}

static int tear_down(void **state)
{
    db_fixture_free(*state);
    return 0;
}

static enum db_schema state_with(const struct db_fixture *x, const struct db_migration *migrations, int n)
{
    struct db_options o = {.migrations = migrations, .n_migrations = n};
    struct fault f = {0};
    enum db_schema state;
    struct db *db = db_fixture_open(x, &o);
    OK(db_schema_state(db, &f, &state));
    db_close(db);
    return state;
}

/* Outputs are untouched on failure, so -1 says that it failed. */
static int migrate_with(const struct db_fixture *x, const struct db_migration *migrations, int n,
                        enum status expected)
{
    struct db_options o = {.migrations = migrations, .n_migrations = n};
    struct fault f = {0};
    int applied = -1;
    struct db *db = db_fixture_open(x, &o);
    assert_int_equal(db_migrate(db, &f, &applied), expected);
    db_close(db);
    return applied;
}

static void a_database_is_brought_up_step_by_step(void **state)
{
    const struct db_fixture *x = *state;
    assert_int_equal(state_with(x, sample_migrations, 0), DB_SCHEMA_CURRENT);
    assert_int_equal(state_with(x, sample_migrations, 2), DB_SCHEMA_EMPTY);
    assert_int_equal(migrate_with(x, sample_migrations, 1, ST_OK), 1);
    assert_int_equal(state_with(x, sample_migrations, 1), DB_SCHEMA_CURRENT);
    assert_int_equal(state_with(x, sample_migrations, 2), DB_SCHEMA_OLDER);
    assert_int_equal(migrate_with(x, sample_migrations, 2, ST_OK), 1);
    assert_int_equal(state_with(x, sample_migrations, 2), DB_SCHEMA_CURRENT);
    assert_int_equal(migrate_with(x, sample_migrations, 2, ST_OK), 0);
}

static void a_newer_or_foreign_database_is_left_alone(void **state)
{
    const struct db_fixture *x = *state;
    struct db_migration other[] = {sample_migrations[0], sample_migrations[1], BROKEN};
    migrate_with(x, sample_migrations, 2, ST_OK);
    assert_int_equal(state_with(x, sample_migrations, 1), DB_SCHEMA_NEWER);
    assert_int_equal(migrate_with(x, sample_migrations, 1, ST_CONFLICT), -1);
    other[0].sha256 = "another";
    assert_int_equal(state_with(x, other, 2), DB_SCHEMA_CHANGED);
    assert_int_equal(migrate_with(x, other, 3, ST_CONFLICT), -1);
    other[0] = sample_migrations[0];
    other[1].number = 5;
    assert_int_equal(state_with(x, other, 2), DB_SCHEMA_CHANGED);
}

static void a_failing_migration_leaves_what_was_before_it(void **state)
{
    const struct db_fixture *x = *state;
    struct db_migration all[] = {sample_migrations[0], sample_migrations[1], BROKEN};
    assert_int_equal(migrate_with(x, all, 3, ST_BROKEN), -1);
    assert_int_equal(state_with(x, all, 2), DB_SCHEMA_CURRENT);
    all[2].sqlite = all[2].postgres = "create table half (id integer)";
    assert_int_equal(migrate_with(x, all, 3, ST_OK), 1);
}

static void a_migration_does_not_commit_by_itself(void **state)
{
    const struct db_fixture *x = *state;
    struct db_migration commits = BROKEN;
    commits.sqlite = commits.postgres = "create table half (id integer); commit;";
    assert_int_equal(migrate_with(x, &commits, 1, ST_BROKEN), -1);
}

static enum status refuse(struct db_conn *tx, void *extra)
{
    (void)extra;
    return fail(db_conn_fault(tx), ST_FORBIDDEN, "not for migrations");
}

static void migrations_are_not_a_use_case(void **state)
{
    struct db_options o = sample_options();
    struct db *db = db_fixture_open(*state, &o);
    struct fault f = {0};
    int applied;
    db_set_last(db, refuse);
    OK(db_migrate(db, &f, &applied));
    db_close(db);
}

/* Waits until the pipe is closed. What it applied is the exit status. */
static pid_t migrate_in_child(const struct db_fixture *x, const int start[2])
{
    pid_t child = fork();
    if (child != 0) return child;
    struct db_options o = sample_options();
    struct fault f = {0};
    int applied = 100;
    char byte;
    close(start[1]);
    if (read(start[0], &byte, 1) != 0) _exit(101);
    struct db *db = db_fixture_open(x, &o);
    if (db_migrate(db, &f, &applied) != ST_OK) fprintf(stderr, "%s %s\n", f.text, f.detail);
    db_close(db);
    _exit(applied);
}

static void two_processes_migrate_once(void **state)
{
    for (int round = 0; round < 5; round++) {
        struct db_fixture *x = round == 0 ? *state : db_fixture_new();
        int start[2], total = 0;
        assert_int_equal(pipe(start), 0);
        pid_t children[3];
        for (size_t i = 0; i < COUNT(children); i++) {
            children[i] = migrate_in_child(x, start);
            assert_true(children[i] > 0);
        }
        close(start[0]);
        close(start[1]);
        for (size_t i = 0; i < COUNT(children); i++) {
            int status = 0;
            assert_int_equal(waitpid(children[i], &status, 0), children[i]);
            assert_true(WIFEXITED(status));
            total += WEXITSTATUS(status);
        }
        assert_int_equal(total, COUNT(sample_migrations));
        if (round > 0) db_fixture_free(x);
    }
}

static enum status migrate_as(const struct db_fixture *x, const char *role, struct fault *f)
{
    struct db_options o = {.migrations = sample_migrations, .n_migrations = 2};
    struct db_fixture as = *x;
    int applied = -1;
    as.url = arena_fmt(x->arena, "%.*s&user=%s", STR_ARG(x->url), role);
    struct db *db = db_fixture_open(&as, &o);
    enum status s = db_migrate(db, f, &applied);
    db_close(db);
    return s;
}

/* Since PostgreSQL 15 a role that owns nothing may make no table: which GRANT is missing is said in a line.
 * Where there is nothing to do it needs none. */
static void a_missing_grant_is_named(void **state)
{
    const struct db_fixture *x = *state;
    const char *role = arena_fmt(x->arena, "plain_%d", (int)getpid()).p;
    struct fault f = {0};
    if (!db_fixture_is_postgres()) return;
    db_fixture_sql(x, arena_fmt(x->arena, "create role %s login", role).p);
    assert_int_equal(migrate_as(x, role, &f), ST_UNAVAILABLE);
    assert_non_null(strstr(f.text, arena_fmt(x->arena, "GRANT CREATE ON SCHEMA public TO \"%s\"", role).p));
    assert_null(strchr(f.text, '\n'));
    db_fixture_sql(x, arena_fmt(x->arena, "grant create on schema public to %s", role).p);
    OK(migrate_as(x, role, &f));
    db_fixture_sql(x, arena_fmt(x->arena, "revoke create on schema public from %s", role).p);
    OK(migrate_as(x, role, &f));
    db_fixture_sql(x, arena_fmt(x->arena, "drop owned by %s; drop role %s", role, role).p);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_database_is_brought_up_step_by_step),
        TEST(a_newer_or_foreign_database_is_left_alone),
        TEST(a_failing_migration_leaves_what_was_before_it),
        TEST(a_migration_does_not_commit_by_itself),
        TEST(migrations_are_not_a_use_case),
        TEST(two_processes_migrate_once),
        TEST(a_missing_grant_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
