#include "check.h"

#include "base/log.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define STAMP "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9].[0-9][0-9][0-9]Z "

static char captured[4096];
static FILE *file;
static int real_stderr;

static void capture(void)
{
    file = tmpfile();
    real_stderr = dup(STDERR_FILENO);
    dup2(fileno(file), STDERR_FILENO);
}

static const char *release(void)
{
    dup2(real_stderr, STDERR_FILENO);
    close(real_stderr);
    rewind(file);
    captured[fread(captured, 1, sizeof captured - 1, file)] = 0;
    fclose(file);
    return captured;
}

static void one_line_with_time_and_level(void **state)
{
    (void)state;
    static const struct {
        enum log_level level;
        const char *pattern;
    } cases[] = {
        {LOG_INFO, STAMP "info request 7\n"},
        {LOG_WARN, STAMP "warn request 7\n"},
        {LOG_ERROR, STAMP "error request 7\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        capture();
        log_line(cases[i].level, "request %d", 7);
        assert_int_equal(fnmatch(cases[i].pattern, release(), 0), 0);
    }
}

static void control_characters_come_out_as_marks(void **state)
{
    (void)state;
    capture();
    log_line(LOG_INFO, "path %s", "a\nb\r\x1B[31m\x7F\t会");
    assert_int_equal(fnmatch(STAMP "info path a[?]b[?][?][[]31m[?][?]会\n", release(), 0), 0);
}

static void a_long_line_stays_one_line(void **state)
{
    (void)state;
    char words[3000];
    memset(words, 'w', sizeof words - 1);
    words[sizeof words - 1] = 0;
    capture();
    log_line(LOG_INFO, "%s", words);
    const char *line = release();
    assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
    assert_in_range(strlen(line), 500, 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line_with_time_and_level),
        cmocka_unit_test(control_characters_come_out_as_marks),
        cmocka_unit_test(a_long_line_stays_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
