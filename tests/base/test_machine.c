#include "check.h"

#include "base/machine.h"

#include <sys/prctl.h>
#include <sys/resource.h>

static void as_many_files_as_allowed(void **state)
{
    (void)state;
    struct rlimit before, after;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &(struct rlimit){before.rlim_max / 2, before.rlim_max}), 0);
    machine_open_files();
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &after), 0);
    assert_int_equal(after.rlim_cur, before.rlim_max);
}

static void no_core_dump(void **state)
{
    (void)state;
    struct rlimit core;
    machine_keep_secrets();
    assert_int_equal(getrlimit(RLIMIT_CORE, &core), 0);
    assert_int_equal(core.rlim_cur, 0);
    assert_int_equal(core.rlim_max, 0);
    assert_int_equal(prctl(PR_GET_DUMPABLE), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_many_files_as_allowed),
                                       cmocka_unit_test(no_core_dump)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
