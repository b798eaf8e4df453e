/* The backup that a server makes by itself: when it is due, who makes it, what stays, what is told. */
#include "people.h"
#include "raw_sql.h"

#include "app/core/settings.h"
#include "app/ops/nightly.h"
#include "app/ops/restore.h"
#include "app/ops/system.h"
#include "gen/queries.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define AT_THREE (3 * 60)
#define OFF      (-10000)

struct night {
    struct fixture *x;
    struct day day;
    int64_t later_ms; /* after three in the morning of that day */
};

static struct ctx *at(struct night n)
{
    struct ctx *c = as_command_line(n.x);
    c->today = n.day;
    c->now_ms = instant_of(n.day) + 3 * HOUR_MS + n.later_ms;
    return c;
}

static struct night first(struct fixture *x)
{
    return (struct night){x, DAY(2026, 11, 24), 0};
}

static struct night later(struct night n, int64_t ms)
{
    n.later_ms += ms;
    return n;
}

static struct night days_later(struct night n, int days)
{
    n.day = day_add(n.day, days);
    return n;
}

static enum status claim(struct night n, struct nightly_turn *ret)
{
    struct ctx *c = at(n);
    enum status s = nightly_claim(c, ret);
    app_end(c);
    return s;
}

static enum status make(struct night n, const struct nightly_turn *turn)
{
    struct ctx *c = at(n);
    enum status s = nightly_make(c, turn, NULL);
    app_end(c);
    return s;
}

static enum status claim_and_make(struct night n)
{
    struct nightly_turn turn;
    enum status s = claim(n, &turn);
    return s == ST_OK ? make(n, &turn) : s;
}

static struct str wrong(struct night n)
{
    struct str text = STR_NONE;
    struct ctx *c = at(n);
    assert_ok(c, nightly_wrong(c, &text));
    app_end(c);
    return text;
}

static int files(struct fixture *x)
{
    int n = 0;
    DIR *folder = opendir(arena_cstr(x->arena, x->app->backups));
    if (!folder) return 0;
    for (struct dirent *file; (file = readdir(folder));)
        n += file->d_name[0] != '.';
    closedir(folder);
    return n;
}

static const char *file_of(struct fixture *x, const char *name)
{
    return arena_fmt(x->arena, "%.*s/%s", STR_ARG(x->app->backups), name).p;
}

static int setup(void **state)
{
    if (register_setup(state) != 0) return -1;
    struct fixture *x = *state;
    char *folder = arena_cstr(x->arena, arena_fmt(x->arena, "%.*s-backups", STR_ARG(x->keys_path)));
    x->app->backups = str_from(folder);
    x->app->version = STR("0.1");
    settings_of(x)->backup_at = AT_THREE;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *x = *state;
    const char *command = arena_fmt(x->arena, "rm -rf '%.*s'", STR_ARG(x->app->backups)).p;
    if (system(command) != 0) return -1;
    return register_teardown(state);
}

static void due_is_the_last_time_that_it_came(void **state)
{
    struct fixture *x = *state;
    static const struct {
        int64_t setting, now_minutes, due_minutes; /* from midnight; OFF: it is off */
    } ROWS[] = {
        {CLOCK_NONE, 600, OFF},
        {180, 180, 180},
        {180, 179, 180 - 1440},
        {180, 1439, 180},
        {0, 0, 0},
        {0, 1439, 0},
        {1439, 1439, 1439},
        {1439, 0, 1439 - 1440},
        {1439, 1438, 1439 - 1440},
    };
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        settings_of(x)->backup_at = ROWS[i].setting;
        struct ctx *c = at(first(x));
        int64_t midnight = instant_of(c->today);
        c->now_ms = midnight + ROWS[i].now_minutes * MINUTE_MS;
        int64_t due = ROWS[i].due_minutes == OFF ? 0 : midnight + ROWS[i].due_minutes * MINUTE_MS;
        assert_int_equal(nightly_due(c), due);
        app_end(c);
    }
}

static void off_nothing_is_due(void **state)
{
    struct fixture *x = *state;
    struct nightly_turn turn;
    settings_of(x)->backup_at = CLOCK_NONE;
    assert_int_equal(claim(first(x), &turn), ST_NOT_FOUND);
    assert_int_equal(wrong(days_later(first(x), 9)).n, 0);
}

static void one_has_it_until_its_lease_ends(void **state)
{
    struct fixture *x = *state;
    struct nightly_turn one, two;
    struct night now = first(x);
    assert_int_equal(claim(now, &one), ST_OK);
    assert_int_equal(claim(later(now, MINUTE_MS), &two), ST_NOT_FOUND);
    struct ctx *c = at(later(now, MINUTE_MS));
    assert_ok(c, nightly_renew(c, &one));
    assert_int_equal(claim(later(now, 2 * MINUTE_MS + 1), &two), ST_NOT_FOUND);
    assert_int_equal(claim(later(now, 3 * MINUTE_MS), &two), ST_OK);
    /* Who lost it neither renews nor ends it. */
    c = at(later(now, 4 * MINUTE_MS));
    assert_ok(c, nightly_renew(c, &one));
    assert_int_equal(make(later(now, 4 * MINUTE_MS), &one), ST_OK);
    assert_int_equal(claim(later(now, 5 * MINUTE_MS), &one), ST_OK);
}

static void made_once_a_night_and_caught_up(void **state)
{
    struct fixture *x = *state;
    struct system_now now;
    assert_int_equal(claim_and_make(first(x)), ST_OK);
    assert_int_equal(files(x), 1);
    assert_int_equal(access(file_of(x, "huiyuan-2026-11-24-030000.tar"), R_OK), 0);
    assert_int_equal(trail_count(x, "system.backup", "ok"), 1);
    assert_int_equal(claim_and_make(later(first(x), 20 * HOUR_MS)), ST_NOT_FOUND);
    assert_int_equal(claim_and_make(later(days_later(first(x), 1), -1)), ST_NOT_FOUND);
    /* Two nights nobody ran: the last of them is made, at any hour. */
    assert_int_equal(claim_and_make(later(days_later(first(x), 3), 9 * HOUR_MS)), ST_OK);
    assert_int_equal(files(x), 2);
    struct ctx *c = at(later(days_later(first(x), 3), 10 * HOUR_MS));
    c->actor = (struct actor){.account = x->viewer, .side = SIDE_STAFF, .roles = ROLE_SYSTEM};
    assert_ok(c, app_system(c, &now));
    app_end(c);
    assert_true(now.facts.backup_at > 0);
    assert_int_equal(now.facts.verified_at, 0);
    assert_int_equal(now.nightly_wrong.n, 0);
    assert_int_equal(now.nightly_at, instant_of(DAY(2026, 11, 28)) + 3 * HOUR_MS);
}

static void say_nothing(void *arg, const char *what, struct str text)
{
    (void)arg, (void)what, (void)text;
}

static void it_can_be_restored(void **state)
{
    struct fixture *x = *state;
    bool told;
    struct manifest m;
    struct fault f = {0};
    struct restore_watch watch = {say_nothing, NULL, NULL};
    assert_int_equal(claim_and_make(first(x)), ST_OK);
    struct app_options o = {.db_url = x->db->url, .keys_path = x->keys_path};
    enum status s =
        app_backup_verify(x->arena, &o, file_of(x, "huiyuan-2026-11-24-030000.tar"), &watch, &f, &m, &told);
    if (s) print_error("%s %s\n", f.text, f.detail);
    assert_int_equal(s, ST_OK);
}

static void only_its_own_are_removed(void **state)
{
    struct fixture *x = *state;
    settings_of(x)->backup_keep = 2;
    assert_int_equal(claim_and_make(first(x)), ST_OK);
    assert_int_equal(claim_and_make(days_later(first(x), 1)), ST_OK);
    FILE *own = fopen(file_of(x, "huiyuan-2026-11-20-030000.tar"), "we"); /* by hand, of the same name */
    assert_non_null(own);
    fclose(own);
    assert_int_equal(files(x), 3);
    /* The first is one of them, the second was written over by something else, which stays. */
    assert_int_equal(claim_and_make(days_later(first(x), 2)), ST_OK);
    assert_int_equal(files(x), 3);
    assert_int_not_equal(access(file_of(x, "huiyuan-2026-11-24-030000.tar"), F_OK), 0);
    FILE *other = fopen(file_of(x, "huiyuan-2026-11-25-030000.tar"), "we");
    assert_non_null(other);
    fputs("mine", other);
    fclose(other);
    assert_int_equal(claim_and_make(days_later(first(x), 3)), ST_OK);
    assert_int_equal(access(file_of(x, "huiyuan-2026-11-25-030000.tar"), F_OK), 0);
    assert_int_equal(access(file_of(x, "huiyuan-2026-11-20-030000.tar"), F_OK), 0);
    /* Of a copy under an older name the moment is another. */
    unlink(file_of(x, "huiyuan-2026-11-26-030000.tar"));
    assert_int_equal(
        link(file_of(x, "huiyuan-2026-11-27-030000.tar"), file_of(x, "huiyuan-2026-11-26-030000.tar")), 0);
    /* What another machine made is its own business. */
    raw_sql(x, "update nightly_backup set node = 'elsewhere' where path like '%11-27%'");
    assert_int_equal(claim_and_make(days_later(first(x), 4)), ST_OK);
    assert_int_equal(access(file_of(x, "huiyuan-2026-11-26-030000.tar"), F_OK), 0);
    assert_int_equal(claim_and_make(days_later(first(x), 5)), ST_OK);
    assert_int_equal(access(file_of(x, "huiyuan-2026-11-27-030000.tar"), F_OK), 0);
}

static void a_failure_is_told_and_tried_again(void **state)
{
    struct fixture *x = *state;
    struct nightly_turn turn;
    size_t found;
    struct str folder = x->app->backups;
    FILE *file = fopen(arena_cstr(x->arena, folder), "we"); /* no folder can be made there */
    assert_non_null(file);
    fclose(file);
    assert_int_not_equal(claim_and_make(first(x)), ST_OK);
    assert_int_equal(trail_count(x, "system.backup", "failed"), 1);
    assert_true(str_find(wrong(later(first(x), 1)), STR("failed"), &found));
    assert_int_equal(claim(later(first(x), HOUR_MS - 1), &turn), ST_NOT_FOUND);
    unlink(arena_cstr(x->arena, folder));
    assert_int_equal(claim_and_make(later(first(x), HOUR_MS)), ST_OK);
    assert_int_equal(wrong(later(first(x), HOUR_MS)).n, 0);
    x->app->backups = STR_NONE;
    assert_int_not_equal(claim_and_make(days_later(first(x), 1)), ST_OK);
    assert_true(str_find(wrong(days_later(first(x), 1)), STR("--backups"), &found));
    x->app->backups = folder;
}

static void nobody_made_it(void **state)
{
    struct fixture *x = *state;
    size_t found;
    assert_int_equal(wrong(later(first(x), 2 * HOUR_MS)).n, 0);
    assert_true(str_find(wrong(later(first(x), 2 * HOUR_MS + 1)), STR("nobody made"), &found));
    assert_int_equal(claim_and_make(later(first(x), 3 * HOUR_MS)), ST_OK);
    assert_int_equal(wrong(later(first(x), 3 * HOUR_MS)).n, 0);
    assert_true(
        str_find(wrong(later(days_later(first(x), 1), 3 * HOUR_MS)), STR("2026-11-25 03:00"), &found));
}

static void stopped_it_is_nobodys(void **state)
{
    struct fixture *x = *state;
    struct nightly_turn turn;
    atomic_bool stop = true;
    assert_int_equal(claim(first(x), &turn), ST_OK);
    struct ctx *c = at(first(x));
    assert_int_equal(nightly_make(c, &turn, &stop), ST_UNAVAILABLE);
    app_end(c);
    assert_int_equal(files(x), 0);
    assert_int_equal(wrong(first(x)).n, 0);
    assert_int_equal(claim_and_make(later(first(x), 1)), ST_OK);
    assert_int_equal(files(x), 1);
}

static bool refuse_one(void *left, const char *what)
{
    (void)what;
    return (*(int *)left)-- != 0;
}

/* Whichever database call fails: a file is there only where a row says so, and the next one is made. */
static void any_call_may_fail(void **state)
{
    struct fixture *x = *state;
    enum status s = ST_UNAVAILABLE;
    int tries = 0;
    if (db_fixture_is_postgres()) skip(); /* as many runs of pg_dump */
    for (; s != ST_OK && tries < 200; tries++) {
        struct nightly_turn turn;
        struct night now = days_later(first(x), tries);
        assert_int_equal(claim(now, &turn), ST_OK);
        int left = tries;
        x->may = refuse_one;
        x->may_arg = &left;
        s = make(now, &turn);
        x->may = NULL;
        if (s == ST_OK && left >= 0) break;
        s = ST_UNAVAILABLE;
        assert_int_equal(files(x),
                         raw_sql_number(x, "select count(*) from nightly_backup where state = 'done'"));
    }
    assert_true(tries > 5 && tries < 200);
    assert_int_equal(files(x), raw_sql_number(x, "select count(*) from nightly_backup where state = 'done'"));
}

/* Whoever else asks. */
static void the_system_is_for_its_administrator(void **state)
{
    struct fixture *x = *state;
    struct system_now now;
    for (unsigned role = 1; role <= ROLE_AUDITOR; role <<= 1) {
        struct ctx *c = as_viewer(x);
        c->actor.roles = role;
        assert_int_equal(app_system(c, &now), role == ROLE_SYSTEM ? ST_OK : ST_FORBIDDEN);
        if (role == ROLE_SYSTEM) {
            assert_true(now.database_bytes > 100000);
            assert_true(now.head.number > 0);
            assert_int_equal(now.facts.backup_at, 0);
            assert_int_equal(now.facts.keys_checked_at, 0);
        }
        app_end(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(due_is_the_last_time_that_it_came, setup, teardown),
        cmocka_unit_test_setup_teardown(off_nothing_is_due, setup, teardown),
        cmocka_unit_test_setup_teardown(one_has_it_until_its_lease_ends, setup, teardown),
        cmocka_unit_test_setup_teardown(made_once_a_night_and_caught_up, setup, teardown),
        cmocka_unit_test_setup_teardown(it_can_be_restored, setup, teardown),
        cmocka_unit_test_setup_teardown(only_its_own_are_removed, setup, teardown),
        cmocka_unit_test_setup_teardown(a_failure_is_told_and_tried_again, setup, teardown),
        cmocka_unit_test_setup_teardown(nobody_made_it, setup, teardown),
        cmocka_unit_test_setup_teardown(stopped_it_is_nobodys, setup, teardown),
        cmocka_unit_test_setup_teardown(any_call_may_fail, setup, teardown),
        cmocka_unit_test_setup_teardown(the_system_is_for_its_administrator, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
