/* What nobody waits for: the sweeping of files that nothing links, and of those that a killed process left.
 */
#include "register.h"

#include "app/core/files.h"
#include "app/core/housekeeping.h"
#include "app/core/temporary.h"
#include "base/limits.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define HOURS(n) (INT64_C(3600000) * (n))

static struct file_id store(struct fixture *x, int64_t content, int64_t later_ms)
{
    struct ctx *c = as_command_line(x);
    struct file_id id;
    struct bytes bytes = {(const uint8_t *)&content, sizeof content};
    c->now_ms += later_ms;
    assert_ok(c, app_begin(c));
    assert_ok(c, file_store(c, bytes, "image/jpeg", STR("photo.jpg"), &id));
    assert_ok(c, app_commit(c));
    return id;
}

static void sweep(struct fixture *x, int64_t later_ms)
{
    struct ctx *c = as_command_line(x);
    c->now_ms += later_ms;
    assert_ok(c, housekeeping_round(c, NULL, 0, true));
}

static bool is_there(struct fixture *x, struct file_id id)
{
    struct ctx *c = as_command_line(x);
    struct bytes content;
    assert_ok(c, app_read(c));
    enum status s = file_read(c, id, &content);
    app_end(c);
    if (s != ST_NOT_FOUND) assert_int_equal(s, ST_OK);
    return s == ST_OK;
}

static void what_is_too_large_is_not_stored(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_command_line(x);
    struct file_id id = {0};
    uint8_t *content = calloc(1, LIMIT_FILE_BYTES + 1);
    assert_non_null(content);
    struct bytes over = {content, LIMIT_FILE_BYTES + 1};
    assert_ok(c, app_begin(c));
    assert_int_equal(file_store(c, over, "image/jpeg", STR("photo.jpg"), &id), ST_TOO_LARGE);
    app_end(c);
    free(content);
}

/* Its day begins again with the content: who sent it has not linked it yet. */
static void content_that_comes_again_stays(void **state)
{
    struct fixture *x = *state;
    struct file_id once = store(x, 1, 0), again = store(x, 2, 0);
    assert_int_equal(store(x, 2, HOURS(23)).v, again.v);
    sweep(x, HOURS(25));
    assert_false(is_there(x, once));
    assert_true(is_there(x, again));
    sweep(x, HOURS(48));
    assert_false(is_there(x, again));
}

static void all_that_is_old_goes_in_one_round(void **state)
{
    struct fixture *x = *state;
    struct file_id some[450];
    for (size_t i = 0; i < COUNT(some); i++)
        some[i] = store(x, (int64_t)i, 0);
    sweep(x, HOURS(25));
    for (size_t i = 0; i < COUNT(some); i += 64)
        assert_false(is_there(x, some[i]));
    assert_false(is_there(x, some[COUNT(some) - 1]));
}

/* As a process leaves them that is killed over an export: made so long ago. */
static struct temporary *leave_behind(struct fixture *x, time_t age_s)
{
    struct ctx *c = as_command_line(x);
    struct temporary *t;
    const struct timespec made[2] = {{.tv_sec = time(NULL) - age_s}, {.tv_sec = time(NULL) - age_s}};
    assert_ok(c, app_read(c));
    assert_ok(c, temporary_make(c, "export", &t));
    int fd = -1;
    assert_ok(c, file_create(&c->fault, t->path.p, &fd));
    close(fd);
    assert_int_equal(utimensat(AT_FDCWD, t->folder.p, made, 0), 0);
    app_end(c);
    return t;
}

/* Whatever day the association has: files bear the machine's. */
static void left_behind_files_go_after_a_day(void **state)
{
    struct fixture *x = *state;
    struct temporary *old = leave_behind(x, 25 * 3600), *young = leave_behind(x, 23 * 3600);
    sweep(x, HOURS(24 * 365));
    assert_int_not_equal(access(old->folder.p, F_OK), 0);
    assert_int_equal(access(young->path.p, F_OK), 0);
}

/* A server that stood still for long does not wait for its first hour. */
static void a_start_sweeps_at_once(void **state)
{
    struct fixture *x = *state;
    struct file_id old = store(x, 1, -HOURS(25)), young = store(x, 2, 0);
    housekeeping_stop(housekeeping_start(x->app));
    assert_false(is_there(x, old));
    assert_true(is_there(x, young));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_too_large_is_not_stored, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(content_that_comes_again_stays, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(all_that_is_old_goes_in_one_round, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(a_start_sweeps_at_once, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(left_behind_files_go_after_a_day, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
