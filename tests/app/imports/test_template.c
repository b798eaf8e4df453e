#include "app/imports/template.h"

#include "../../domain/check.h"
#include "seen.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Filled in as it is, with a line below the example: that line alone is read. */
static void a_template_brings_nothing_by_itself(void **state)
{
    struct arena *a = *state;
    for (int kind = 0; kind < IMPORT_KIND_COUNT; kind++) {
        char folder[] = "/tmp/huiyuan-template-XXXXXX";
        struct fault f = {0};
        struct import_summary sum;
        assert_non_null(mkdtemp(folder));
        struct str path = arena_fmt(a, "%s/template.xlsx", folder);
        assert_int_equal(import_template(a, NULL, (enum import_kind)kind, path.p), ST_OK);
        struct bytes file = file_bytes(a, path.p);
        unlink(path.p);
        rmdir(folder); /* which also shows that nothing else was left in it */
        assert_int_equal(import_read(a, &f, (enum import_kind)kind, file, TODAY, NULL, NULL, &sum),
                         ST_BAD_INPUT);
        assert_string_equal(f.text, "表头下面没有数据，请检查是不是选错了文件");
    }
}

static void it_cannot_be_written_everywhere(void **state)
{
    assert_int_equal(import_template(*state, NULL, IMPORT_MEMBER, "/nowhere/template.xlsx"), ST_UNAVAILABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_template_brings_nothing_by_itself),
        WITH_ARENA(it_cannot_be_written_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
