#include "imports/sheets.h"

#include "base/buf.h"

const char *const IMPORT_LEAVES[] = {"audit", "audit_detail", "audit_head", "job", "series", NULL};

struct job_id import_started(struct fixture *x, const char *kind, const char *csv)
{
    struct job_id id;
    struct ctx *c = as_membership(x);
    struct import_input in = {
        .kind = str_from(kind), .name = STR("名册.csv"), .file = str_bytes(str_from(csv))};
    assert_ok(c, app_import_start(c, &in, &id));
    app_end(c);
    return id;
}

void import_worked(struct fixture *x, struct job_id id)
{
    struct ctx *c = as_command_line(x);
    assert_ok(c, import_run(c, id, NODE, NULL, NULL));
    app_end(c);
}

bool import_pieces(struct fixture *x, struct job_id id, struct str node, int n)
{
    bool more = true;
    for (int i = 0; i < n && more; i++) {
        struct ctx *c = as_command_line(x);
        assert_ok(c, import_piece(c, id, node, &more));
        app_end(c);
    }
    return more;
}

struct job_id import_checked(struct fixture *x, const char *kind, const char *csv)
{
    struct job_id id = import_started(x, kind, csv);
    import_worked(x, id);
    return id;
}

struct job_id import_done(struct fixture *x, const char *kind, const char *csv)
{
    struct job_id id = import_checked(x, kind, csv);
    struct import_page page = import_of(x, id);
    if (page.bad.n) print_error("row %ld: %s\n", (long)page.bad.p[0].row, page.bad.p[0].reason.p);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_import_commit(c, id));
    app_end(c);
    import_worked(x, id);
    return id;
}

void import_undone(struct fixture *x, struct job_id id)
{
    struct ctx *c = as_membership(x);
    assert_ok(c, app_import_undo(c, id));
    app_end(c);
    import_worked(x, id);
}

struct import_page import_of(struct fixture *x, struct job_id id)
{
    struct import_page page;
    struct ctx *c = as_membership(x);
    assert_ok(c, app_import(c, id, &page));
    app_end(c);
    return page;
}

void assert_import(struct fixture *x, struct job_id id, enum import_state state, int64_t total, int64_t good,
                   int64_t bad)
{
    struct import_page page = import_of(x, id);
    if (page.job.state != state) print_error("%s: %s\n", page.job.row.state.p, page.job.row.why.p);
    assert_int_equal(page.job.state, state);
    assert_int_equal(page.job.row.total, total);
    assert_int_equal(page.job.row.good, good);
    assert_int_equal(page.job.row.bad, bad);
}

const char *import_people(struct fixture *x, int from, int n, int companies)
{
    static const char *const NAMES[] = {"李春风", "王秋水", "张朝阳", "赵明月", "马山川", "丁长河"};
    struct buf *b = buf_new(x->arena, 1 << 16, 64u << 20);
    buf_str(b, STR(MEMBER_HEADING));
    for (int i = from; i < from + n; i++) {
        struct str number = id_number_of(x->arena, day_add(DAY(1970, 1, 1), i / 400), 500 + i % 400);
        buf_fmt(b, "%s,%.*s,甘肃新进%d号监理有限公司,,本科,中级,2005-03,139%08d,兰州市,", NAMES[i % 6],
                STR_ARG(number), i % companies, i);
        if (i % 2)
            buf_fmt(b, "GSJL2020%06d,2020-03-01,2022-03-01,2027-02-28,%d,", i, i % 9);
        else
            buf_str(b, STR(",,,,,"));
        buf_char(b, '\n');
    }
    return arena_cstr(x->arena, buf_text(b));
}
