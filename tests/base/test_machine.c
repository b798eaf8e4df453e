#include "check.h"

#include "base/machine.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

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

/* A file of three pages: one that is cut is zeros from then on, and can be written to; what is left of the
 * file is as it was. */
static void a_mapped_file_that_is_cut(void **state)
{
    (void)state;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    FILE *file = tmpfile();
    assert_non_null(file);
    for (size_t i = 0; i < 3 * page; i++)
        fputc('x', file);
    fflush(file);
    char *p = mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
    assert_true(p != MAP_FAILED);
    machine_bear_cut_files();
    unsigned before = machine_files_cut();
    assert_int_equal(p[2 * page], 'x');
    assert_int_equal(ftruncate(fileno(file), (off_t)page), 0);
    assert_int_equal(machine_files_cut(), before);
    assert_int_equal(p[2 * page + 7], 0);
    assert_int_equal(machine_files_cut(), before + 1);
    p[page + 1] = 'y';
    assert_int_equal(p[page + 1], 'y');
    assert_int_equal(p[0], 'x');
    assert_int_equal(machine_files_cut(), before + 2);
    munmap(p, 3 * page);
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_many_files_as_allowed),
                                       cmocka_unit_test(no_core_dump),
                                       cmocka_unit_test(a_mapped_file_that_is_cut)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
