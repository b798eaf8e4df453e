/* What an import takes of memory: the file once, and a little for each key of it; nothing else grows with the
 * rows. Looked at on PostgreSQL: SQLite keeps up to 20 MiB of pages in the process. */
#include "imports/sheets.h"

#include "base/buf.h"

#include <malloc.h>

#if defined(__SANITIZE_ADDRESS__)
size_t __sanitizer_get_current_allocated_bytes(void); /* Debian's gcc has no header for it */
static size_t taken_now(void)
{
    return __sanitizer_get_current_allocated_bytes();
}
#else
static size_t taken_now(void)
{
    struct mallinfo2 m = mallinfo2();
    return m.uordblks + m.hblkhd;
}
#endif

#define ROWS      250
#define REMARK    2000        /* bytes of a column that nobody reads: the file is large, the rows are few */
#define KEY_BYTES 64          /* a row, for finding it again in the sheet */
#define SLACK     (256 << 10) /* blocks of arenas, statements that are prepared on the way */

struct watch {
    size_t base, peak;
};

/* At each call of the database. */
static bool look(void *arg, const char *what)
{
    struct watch *w = arg;
    size_t now = taken_now();
    (void)what;
    if (now > w->peak) w->peak = now;
    return true;
}

static void watch_begin(struct fixture *x, struct watch *w)
{
    *w = (struct watch){taken_now(), 0};
    x->may = look;
    x->may_arg = w;
}

static int64_t watch_end(struct fixture *x, const struct watch *w)
{
    x->may = NULL;
    return w->peak > w->base ? (int64_t)(w->peak - w->base) : 0;
}

static struct bytes sheet_of(struct fixture *x, int rows)
{
    struct buf *b = buf_new(x->arena, 1 << 20, 64u << 20);
    buf_str(b, STR("姓名,身份证号,单位,手机,其他\n"));
    for (int i = 0; i < rows; i++) {
        struct str number = id_number_of(x->arena, day_add(DAY(1970, 1, 1), i / 400), 500 + i % 400);
        buf_fmt(b, "李春风,%.*s,甘肃新进%d号监理有限公司,139%08d,", STR_ARG(number), i % 5, i);
        for (int n = 0; n < REMARK; n++)
            buf_char(b, 'x');
        buf_char(b, '\n');
    }
    return str_bytes(buf_text(b));
}

/* The most that it takes beyond what there was before, of each step. */
struct peaks {
    int64_t check, commit, undo;
};

static struct peaks peaks_of(struct fixture *x, struct bytes sheet)
{
    struct watch w;
    struct job_id id;
    struct peaks p;
    struct ctx *c = as_membership(x);
    struct import_input in = {.kind = STR("member"), .name = STR("名册.csv"), .file = sheet};
    watch_begin(x, &w);
    assert_ok(c, app_import_start(c, &in, &id));
    app_end(c);
    import_worked(x, id);
    p.check = watch_end(x, &w);
    c = as_membership(x);
    assert_ok(c, app_import_commit(c, id));
    app_end(c);
    watch_begin(x, &w);
    import_worked(x, id);
    p.commit = watch_end(x, &w);
    watch_begin(x, &w);
    import_undone(x, id);
    p.undo = watch_end(x, &w);
    assert_int_equal(import_of(x, id).job.state, IMPORT_UNDONE);
    return p;
}

static void assert_grows_by(const char *step, int64_t few, int64_t many, int64_t most)
{
    if (many - few > most)
        print_error("%s: %ld bytes for %d rows, %ld for %d, at most %ld more\n", step, (long)few, ROWS,
                    (long)many, 4 * ROWS, (long)most);
    assert_true(many - few <= most);
}

static void memory_does_not_grow_with_rows(void **state)
{
    struct fixture *x = *state;
    struct bytes few = sheet_of(x, ROWS), many = sheet_of(x, 4 * ROWS);
    struct peaks f = peaks_of(x, few), m = peaks_of(x, many);
    assert_true(m.check >= (int64_t)many.n); /* it is seen at all */
    assert_grows_by("dry run", f.check, m.check, (int64_t)(many.n - few.n) + 3 * ROWS * KEY_BYTES + SLACK);
    assert_grows_by("commit", f.commit, m.commit, SLACK);
    assert_grows_by("undo", f.undo, m.undo, SLACK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(memory_does_not_grow_with_rows, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
