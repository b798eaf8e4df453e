/* The C that tools/queries.py makes of sample/member.sql, over a database that is only an array. */
#include "gen/queries.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define COLUMNS 8

struct db_conn {
    struct fault fault;
    struct db_value in[COLUMNS]; /* as they came; texts are copied to text */
    char text[COLUMNS][64];
    const struct db_query *query; /* the last that was run; NULL when none was */
    struct db_value row[COLUMNS];
    int n_rows; /* that `row` is given so many times */
    enum status fails;
};

static void remember(struct db_conn *c, const struct db_query *q, const struct db_value *in)
{
    c->query = q;
    for (int i = 0; i < q->n_in; i++) {
        c->in[i] = in[i];
        if (in[i].text.p) memcpy(c->text[i], in[i].text.p, in[i].text.n);
    }
}

enum status db_each(struct db_conn *c, const struct db_query *q, const struct db_value *in, db_row_fn *row,
                    void *arg)
{
    remember(c, q, in);
    for (int i = 0; i < c->n_rows; i++) {
        char name[] = "李明";
        struct db_value values[COLUMNS];
        memcpy(values, c->row, sizeof values);
        if (values[1].text.p) values[1].text.p = name;
        enum status st = row(arg, values);
        memset(name, '?', sizeof name); /* values live until row returns */
        if (st != ST_OK) return st;
    }
    return c->fails;
}

enum status db_exec(struct db_conn *c, const struct db_query *q, const struct db_value *in, int64_t *ret_rows)
{
    remember(c, q, in);
    if (c->fails == ST_OK) *ret_rows = c->n_rows;
    return c->fails;
}

struct fault *db_conn_fault(struct db_conn *c)
{
    return &c->fault;
}

/* id, name, sealed, female, until, seen, paid, company */
static struct db_conn database(int n_rows)
{
    return (struct db_conn){
        .n_rows = n_rows,
        .row = {{.type = DB_INT, .i = 7},
                {.type = DB_TEXT, .text = STR_INIT("李明")},
                {.type = DB_BYTES, .bytes = {(const uint8_t *)"\0s", 2}},
                {.type = DB_INT, .i = 1},
                {.type = DB_TEXT, .text = STR_INIT("2026-02-28")},
                {.type = DB_INT, .i = 1700000000000},
                {.type = DB_INT, .i = 12300},
                {.type = DB_INT, .i = 3}},
    };
}

static void check_line(const struct member_line *line)
{
    assert_int_equal(line->id.v, 7);
    assert_true(str_eq(line->name, STR("李明")));
    assert_int_equal(line->sealed.n, 2);
    assert_memory_equal(line->sealed.p, "\0s", 2);
    assert_true(line->female);
    assert_int_equal(day_cmp(line->until, DAY(2026, 2, 28)), 0);
    assert_int_equal(line->seen, 1700000000000);
    assert_int_equal(line->paid.n, 12300);
    assert_int_equal(line->company.v, 3);
}

static void gives_many_rows(void **state)
{
    struct db_conn db = database(20);
    struct member_lines lines;
    assert_int_equal(q_member_of_company(&db, *state, (struct company_id){3}, STR("x"), DAY(2026, 1, 2),
                                         (struct member_id){5}, &lines),
                     ST_OK);
    assert_int_equal(lines.n, 20);
    for (size_t i = 0; i < lines.n; i++)
        check_line(&lines.p[i]);
}

static void gives_no_rows(void **state)
{
    struct db_conn db = database(0);
    struct member_lines lines = {NULL, 9};
    assert_int_equal(q_member_of_company(&db, *state, (struct company_id){3}, STR("x"), DAY_NONE,
                                         (struct member_id){5}, &lines),
                     ST_OK);
    assert_int_equal(lines.n, 0);
}

static void hands_inputs_over(void **state)
{
    struct db_conn db = database(0);
    struct member_lines lines;
    assert_int_equal(q_member_of_company(&db, *state, (struct company_id){3}, STR("x"), DAY(2026, 1, 2),
                                         (struct member_id){0}, &lines),
                     ST_OK);
    assert_string_equal(db.query->name, "member_of_company");
    assert_int_equal(db.in[0].i, 3);
    assert_string_equal(db.text[1], "x");
    assert_int_equal(db.in[1].text.n, 1);
    assert_string_equal(db.text[2], "2026-01-02");
    assert_false(db.in[2].null);
    assert_true(db.in[3].null);
    for (int i = 0; i < db.query->n_in; i++)
        assert_int_equal(db.in[i].type, db.query->in[i]);
}

static void none_is_null_where_declared(void **state)
{
    (void)state;
    struct db_conn db = database(1);
    struct member_add_in in = {.name = STR(""), .until = DAY(2026, 1, 1)};
    assert_int_equal(q_member_add(&db, &in, NULL), ST_OK);
    assert_false(db.in[0].null);
    assert_true(db.in[1].null);
    assert_false(db.in[4].null); /* a time without ?: 0 is an instant */
}

static void none_is_refused_where_not(void **state)
{
    (void)state;
    static const struct {
        struct member_add_in in;
        const char *detail;
    } cases[] = {
        {{.until = {2026, 1, 1}}, "query member_add, name: none given, though declared without ?"},
        {{.name = STR_INIT("x")}, "query member_add, until: none given, though declared without ?"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct db_conn db = database(1);
        assert_int_equal(q_member_add(&db, &cases[i].in, NULL), ST_BROKEN);
        assert_string_equal(db.fault.detail, cases[i].detail);
        assert_null(db.query);
    }
}

static void says_how_many_rows_it_touched(void **state)
{
    (void)state;
    struct db_conn db = database(4);
    struct member_add_in in = {.name = STR("x"), .until = DAY(2026, 1, 1)};
    int64_t rows = -1;
    assert_int_equal(q_member_add(&db, &in, &rows), ST_OK);
    assert_int_equal(rows, 4);
    db.fails = ST_UNAVAILABLE;
    rows = -1;
    assert_int_equal(q_member_add(&db, &in, &rows), ST_UNAVAILABLE);
    assert_int_equal(rows, -1);
}

static void gives_one_row(void **state)
{
    struct db_conn db = database(1);
    struct member_line line;
    assert_int_equal(q_member_one(&db, *state, (struct member_id){7}, &line), ST_OK);
    check_line(&line);
}

static void one_is_not_none_and_not_two(void **state)
{
    static const struct {
        int rows;
        enum status fails, status;
        const char *detail;
    } cases[] = {
        {0, ST_OK, ST_NOT_FOUND, ""},
        {2, ST_OK, ST_BROKEN, "query member_one, rows: more than one"},
        {0, ST_UNAVAILABLE, ST_UNAVAILABLE, ""},
        {1, ST_UNAVAILABLE, ST_UNAVAILABLE, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct db_conn db = database(cases[i].rows);
        db.fails = cases[i].fails;
        struct member_line line = {.id = {99}};
        assert_int_equal(q_member_one(&db, *state, (struct member_id){7}, &line), cases[i].status);
        assert_int_equal(line.id.v, 99);
        assert_string_equal(db.fault.text, "");
        assert_string_equal(db.fault.detail, cases[i].detail);
    }
}

static void reads_null_as_none(void **state)
{
    struct db_conn db = database(1);
    static const int nullable[] = {2, 4, 5, 7};
    for (size_t i = 0; i < sizeof nullable / sizeof *nullable; i++)
        db.row[nullable[i]].null = true;
    struct member_line line;
    assert_int_equal(q_member_one(&db, *state, (struct member_id){7}, &line), ST_OK);
    assert_null(line.sealed.p);
    assert_false(day_is(line.until));
    assert_int_equal(line.seen, 0);
    assert_int_equal(line.company.v, 0);
}

static void keeps_empty_apart_from_none(void **state)
{
    struct db_conn db = database(1);
    db.row[1].text = STR_NONE;
    db.row[2].bytes = (struct bytes){0};
    struct member_line line;
    assert_int_equal(q_member_one(&db, *state, (struct member_id){7}, &line), ST_OK);
    assert_non_null(line.name.p);
    assert_int_equal(line.name.n, 0);
    assert_non_null(line.sealed.p);
    assert_int_equal(line.sealed.n, 0);
}

static void refuses_what_is_not_declared(void **state)
{
    static const struct {
        int column;
        struct db_value value;
        const char *detail;
    } cases[] = {
        {0, {.type = DB_INT, .null = true}, "query member_one, id: NULL, though declared without ?"},
        {1, {.type = DB_TEXT, .null = true}, "query member_one, name: NULL, though declared without ?"},
        {1, {.type = DB_BYTES}, "query member_one, name: of another type than declared"},
        {6, {.type = DB_TEXT}, "query member_one, paid: of another type than declared"},
        {3, {.type = DB_INT, .i = 2}, "query member_one, female: neither 0 nor 1"},
        {4, {.type = DB_TEXT, .text = STR_INIT("2026-02-29")}, "query member_one, until: not a day"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct db_conn db = database(1);
        db.row[cases[i].column] = cases[i].value;
        struct member_line line = {.id = {99}};
        assert_int_equal(q_member_one(&db, *state, (struct member_id){7}, &line), ST_BROKEN);
        assert_string_equal(db.fault.detail, cases[i].detail);
        assert_int_equal(line.id.v, 99);
    }
}

static void lists_queries_and_migrations(void **state)
{
    (void)state;
    assert_int_equal(huiyuan_queries_n, 3);
    for (int i = 0; i < huiyuan_queries_n; i++)
        assert_int_equal(huiyuan_queries[i]->index, i);
    assert_int_equal(huiyuan_queries[0]->n_in, 4);
    assert_int_equal(huiyuan_queries[0]->n_out, COLUMNS);
    assert_int_equal(huiyuan_migrations_n, 1);
    assert_string_equal(huiyuan_migrations[0].name, "member");
    assert_int_equal(strlen(huiyuan_migrations[0].sha256), 64);
    assert_string_equal(
        huiyuan_migrations[0].sqlite,
        "create table member (\n  id integer primary key,\n  name text not null\n) strict;\n");
}

static int make_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_many_rows),
        cmocka_unit_test(gives_no_rows),
        cmocka_unit_test(hands_inputs_over),
        cmocka_unit_test(none_is_null_where_declared),
        cmocka_unit_test(none_is_refused_where_not),
        cmocka_unit_test(says_how_many_rows_it_touched),
        cmocka_unit_test(gives_one_row),
        cmocka_unit_test(one_is_not_none_and_not_two),
        cmocka_unit_test(reads_null_as_none),
        cmocka_unit_test(keeps_empty_apart_from_none),
        cmocka_unit_test(refuses_what_is_not_declared),
        cmocka_unit_test(lists_queries_and_migrations),
    };
    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
