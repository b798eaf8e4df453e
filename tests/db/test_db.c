#include "sample.h"

#include <pthread.h>
#include <string.h>

struct world {
    struct db_fixture *x;
    struct db *db;
    struct arena *a;
    struct fault f;
};

static int set_up(void **state)
{
    struct db_fixture *x = db_fixture_new();
    struct db_options o = sample_options();
    struct world *w = ARENA_NEW(x->arena, struct world);
    w->x = x;
    w->db = sample_open(x, &o);
    w->a = arena_new();
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    arena_free(w->a);
    db_close(w->db);
    db_fixture_free(w->x);
    return 0;
}

static struct db_conn *writing(struct world *w)
{
    struct db_conn *tx = NULL;
    OK(tx_begin(w->db, w->a, &w->f, &tx));
    return tx;
}

static struct db_conn *reading(struct world *w)
{
    struct db_conn *c = NULL;
    OK(db_read(w->db, w->a, &w->f, &c));
    return c;
}

/* What a row callback saw, compared with what went in. */
struct expected {
    const struct db_value *values;
    int rows;
    bool equal;
};

static bool value_equal(const struct db_value *a, const struct db_value *b)
{
    if (a->type != b->type || a->null != b->null) return false;
    if (a->null) return true;
    switch (a->type) {
    case DB_INT:
        return a->i == b->i;
    case DB_TEXT:
        return a->text.p && str_eq(a->text, b->text);
    case DB_BYTES:
        return a->bytes.p && bytes_eq(a->bytes, b->bytes);
    }
    return false;
}

static enum status compare_row(void *arg, const struct db_value *row)
{
    struct expected *e = arg;
    e->rows++;
    e->equal = true;
    for (int i = 0; i < 3; i++)
        e->equal = e->equal && value_equal(&row[i], &e->values[i]);
    return ST_OK;
}

#define BYTES(literal) ((struct bytes){(const uint8_t *)(literal), sizeof(literal) - 1})

static void values_come_back_as_they_went_in(void **state)
{
    struct world *w = *state;
    char large[70000];
    memset(large, 'x', sizeof large);
    const struct db_value rows[][4] = {
        {db_i(1), db_t(STR("监理")), db_i(42), db_b(BYTES("\x01\x02"))},
        {db_i(2), db_t(STR("𠮷田 😀")), db_i(INT64_MIN), db_b(BYTES("\0a\0\0b\xff\0"))},
        {db_i(3), db_t(STR("")), db_i(INT64_MAX), db_b(BYTES(""))},
        {db_i(4), db_null(DB_TEXT), db_i(-1), db_null(DB_BYTES)},
        {db_i(INT64_MIN), db_t((struct str){large, sizeof large}), db_i(0),
         db_b(str_bytes((struct str){large, sizeof large}))},
    };
    struct db_conn *tx = writing(w);
    for (size_t i = 0; i < COUNT(rows); i++)
        OK(db_exec(tx, sample_queries[ITEM_ADD], rows[i], NULL));
    OK(tx_commit(tx));
    struct db_conn *c = reading(w);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct expected e = {.values = &rows[i][1]};
        OK(db_each(c, sample_queries[ITEM_GET], rows[i], compare_row, &e));
        assert_int_equal(e.rows, 1);
        assert_true(e.equal);
    }
}

static void bad_statements_end_their_transaction(void **state)
{
    struct world *w = *state;
    OK(sample_save(w->db, &w->f, 1));
    const struct {
        enum sample_query query;
        struct db_value in[4];
        enum status status;
    } cases[] = {
        {ITEM_ADD_BADLY, {db_i(2), db_t(STR("twelve"))}, ST_BROKEN},
        {ITEM_ADD, {db_i(2), db_t(STR("a\0b")), db_i(0), db_null(DB_BYTES)}, ST_BROKEN},
        {ITEM_ADD, {db_i(2), db_t(STR("\xff\xfe")), db_i(0), db_null(DB_BYTES)}, ST_BROKEN},
        {ITEM_ADD, {db_i(2), db_i(5), db_i(0), db_null(DB_BYTES)}, ST_BROKEN},
        {ITEM_ADD, {db_i(2), db_null(DB_TEXT), db_null(DB_INT), db_null(DB_BYTES)}, ST_BROKEN},
        {ITEM_ADD, {db_i(1), db_null(DB_TEXT), db_i(0), db_null(DB_BYTES)}, ST_CONFLICT},
        {PART_ADD, {db_i(2), db_i(99)}, ST_BROKEN},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t id = 100, number;
        struct db_conn *tx = writing(w);
        OK(sample_add(tx, &id));
        assert_int_equal(db_exec(tx, sample_queries[cases[i].query], cases[i].in, NULL), cases[i].status);
        assert_non_null(strstr(w->f.detail, sample_queries[cases[i].query]->name));
        assert_int_equal(sample_number(tx, ITEM_COUNT, NULL, &number), cases[i].status);
        assert_int_equal(tx_commit(tx), cases[i].status);
        sample_assert_whole(w->db, 100, false);
    }
}

static void a_column_of_another_type_is_refused(void **state)
{
    struct world *w = *state;
    struct db_value item[] = {db_i(1), db_t(STR("seven")), db_i(0), db_null(DB_BYTES)};
    struct db_conn *tx = writing(w);
    int64_t number;
    OK(db_exec(tx, sample_queries[ITEM_ADD], item, NULL));
    assert_int_equal(sample_number(tx, ITEM_GET_BADLY, item, &number), ST_BROKEN);
}

static void a_failure_tells_no_value(void **state)
{
    struct world *w = *state;
    struct db_value item[] = {db_i(1), db_t(STR("62010219900101")), db_i(0), db_null(DB_BYTES)};
    struct db_conn *tx = writing(w);
    OK(db_exec(tx, sample_queries[ITEM_ADD], item, NULL));
    item[0].i = 2;
    assert_int_equal(db_exec(tx, sample_queries[ITEM_ADD], item, NULL), ST_CONFLICT);
    assert_null(strstr(w->f.detail, "62010219900101"));
}

static void exec_tells_how_many_rows(void **state)
{
    struct world *w = *state;
    struct db_value item[] = {db_i(1), db_null(DB_TEXT), db_i(0), db_null(DB_BYTES)};
    struct db_conn *tx = writing(w);
    int64_t rows = -1;
    OK(db_exec(tx, sample_queries[ITEM_RENAME_ALL], (struct db_value[]){db_i(7)}, &rows));
    assert_int_equal(rows, 0);
    OK(db_exec(tx, sample_queries[ITEM_ADD_NEW], item, &rows));
    assert_int_equal(rows, 1);
    OK(db_exec(tx, sample_queries[ITEM_ADD_NEW], item, &rows));
    assert_int_equal(rows, 0);
    item[0].i = 2;
    OK(db_exec(tx, sample_queries[ITEM_ADD_NEW], item, NULL));
    OK(db_exec(tx, sample_queries[ITEM_RENAME_ALL], (struct db_value[]){db_i(7)}, &rows));
    assert_int_equal(rows, 2);
}

static void a_transaction_sees_its_own_writes(void **state)
{
    struct world *w = *state;
    int64_t id = 1, number = 0;
    struct db_conn *tx = writing(w);
    assert_true(db_conn_writes(tx));
    OK(sample_add(tx, &id));
    OK(sample_number(tx, ITEM_COUNT, NULL, &number));
    assert_int_equal(number, 1);
    assert_int_equal(sample_read(w->db, ITEM_COUNT, NULL), 0);
}

static void rollback_leaves_nothing(void **state)
{
    struct world *w = *state;
    int64_t id = 1, number;
    struct db_conn *tx = writing(w);
    OK(sample_add(tx, &id));
    tx_rollback(tx);
    sample_assert_whole(w->db, 1, false);
    assert_int_equal(sample_number(tx, ITEM_COUNT, NULL, &number), ST_BROKEN);
    assert_int_equal(tx_commit(tx), ST_BROKEN);
    OK(sample_save(w->db, &w->f, 1));
    sample_assert_whole(w->db, 1, true);
}

static void the_end_of_the_arena_rolls_back(void **state)
{
    struct world *w = *state;
    int64_t id = 1;
    OK(sample_add(writing(w), &id));
    arena_reset(w->a);
    sample_assert_whole(w->db, 1, false);
    OK(sample_save(w->db, &w->f, 1));
}

static enum status stop_at_first(void *arg, const struct db_value *row)
{
    (void)row;
    ++*(int *)arg;
    return ST_NOT_FOUND;
}

static void the_callback_can_end_a_statement(void **state)
{
    struct world *w = *state;
    int64_t id = 1;
    int rows = 0;
    struct db_conn *tx = writing(w);
    OK(sample_add(tx, &id));
    assert_int_equal(
        db_each(tx, sample_queries[ITEM_GET], (struct db_value[]){db_i(1)}, stop_at_first, &rows),
        ST_NOT_FOUND);
    assert_int_equal(rows, 1);
    OK(tx_commit(tx));
    sample_assert_whole(w->db, 1, true);
}

static void reading_sees_one_moment(void **state)
{
    struct world *w = *state;
    int64_t items = 0, parts = 0;
    OK(sample_save(w->db, &w->f, 1));
    struct db_conn *c = reading(w);
    OK(sample_number(c, ITEM_COUNT, NULL, &items));
    OK(sample_save(w->db, &w->f, 2));
    OK(sample_number(c, PART_COUNT, NULL, &parts));
    assert_int_equal(items, 1);
    assert_int_equal(parts, 1);
    db_read_end(c);
    assert_int_equal(sample_number(c, ITEM_COUNT, NULL, &items), ST_BROKEN);
    assert_int_equal(sample_read(w->db, PART_COUNT, NULL), 2);
}

static void reading_cannot_write(void **state)
{
    struct world *w = *state;
    int64_t id = 1;
    struct db_conn *c = reading(w);
    assert_false(db_conn_writes(c));
    assert_int_equal(sample_add(c, &id), ST_BROKEN);
    assert_int_equal(tx_commit(c), ST_BROKEN);
    db_read_end(c);
    sample_assert_whole(w->db, 1, false);
}

static void *read_much(void *arg)
{
    struct world *w = arg;
    for (int i = 0; i < 20; i++) {
        struct arena *a = arena_new();
        struct db_conn *c = NULL;
        int64_t items = 0, parts = 0;
        bool ok = db_read(w->db, a, NULL, &c) == ST_OK &&
                  sample_number(c, ITEM_COUNT, NULL, &items) == ST_OK &&
                  sample_number(c, PART_COUNT, NULL, &parts) == ST_OK && items == parts;
        arena_free(a);
        if (!ok) return arg;
    }
    return NULL;
}

/* The threads end before the database is closed, and their connections with them. */
static void many_threads_read_while_one_writes(void **state)
{
    struct world *w = *state;
    pthread_t threads[4];
    for (size_t i = 0; i < COUNT(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_much, w), 0);
    for (int64_t id = 1; id <= 20; id++)
        OK(sample_save(w->db, &w->f, id));
    for (size_t i = 0; i < COUNT(threads); i++) {
        void *failed = w;
        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
}

static enum status refuse(struct db_conn *tx, void *extra)
{
    (void)extra;
    return fail(db_conn_fault(tx), ST_FORBIDDEN, "no");
}

static void last_decides_too(void **state)
{
    struct world *w = *state;
    db_set_last(w->db, refuse);
    assert_int_equal(sample_save(w->db, &w->f, 1), ST_FORBIDDEN);
    assert_string_equal(w->f.text, "no");
    sample_assert_whole(w->db, 1, false);
}

static enum status overlook(struct db_conn *tx, void *extra)
{
    (void)extra;
    return db_exec(tx, sample_queries[PART_ADD], (struct db_value[]){db_i(5), db_i(99)}, NULL) == ST_OK
               ? ST_BROKEN
               : ST_OK;
}

static void a_failure_that_last_overlooks_counts(void **state)
{
    struct world *w = *state;
    db_set_last(w->db, overlook);
    assert_int_equal(sample_save(w->db, &w->f, 1), ST_BROKEN);
    sample_assert_whole(w->db, 1, false);
}

/* A foreign key that is only looked at by the commit: forbidden in the schema, but it must not hurt either.
 */
static void a_broken_promise_fails_the_commit(void **state)
{
    struct world *w = *state;
    int64_t id = 1;
    struct db_conn *tx = writing(w);
    OK(sample_add(tx, &id));
    OK(db_exec(tx, sample_queries[PROMISE_ADD], (struct db_value[]){db_i(99)}, NULL));
    assert_int_equal(tx_commit(tx), ST_BROKEN);
    sample_assert_whole(w->db, 1, false);
}

static void queries_are_checked_against_their_declaration(void **state)
{
    struct world *w = *state;
    static const enum db_type int_text[] = {DB_INT, DB_TEXT}, texts[] = {DB_TEXT, DB_TEXT};
    const struct {
        struct db_query query;
        enum status status;
    } cases[] = {
        {{.name = "right", .n_in = 1, .in = int_text, .n_out = 2, .out = int_text}, ST_OK},
        {{.name = "too many inputs", .n_in = 2, .in = int_text, .n_out = 2, .out = int_text}, ST_BROKEN},
        {{.name = "too few inputs", .n_out = 2, .out = int_text}, ST_BROKEN},
        {{.name = "too few columns", .n_in = 1, .in = int_text, .n_out = 1, .out = int_text}, ST_BROKEN},
        {{.name = "wrong column", .n_in = 1, .in = int_text, .n_out = 2, .out = texts}, ST_BROKEN},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct db_query q = cases[i].query;
        q.sqlite = "select id, label from item where id = ?1";
        q.postgres = "select id, label from item where id = $1::bigint";
        assert_int_equal(db_check_query(w->db, &q, &w->f), cases[i].status);
        if (cases[i].status != ST_OK) assert_non_null(strstr(w->f.detail, q.name));
    }
    for (int i = 0; i < SAMPLE_QUERIES; i++) {
        bool bad = i == ITEM_GET_BADLY || (i == ITEM_ADD_BADLY && db_fixture_is_postgres());
        assert_int_equal(db_check_query(w->db, sample_queries[i], &w->f), bad ? ST_BROKEN : ST_OK);
    }
}

static void wrong_sql_does_not_pass_the_check(void **state)
{
    struct world *w = *state;
    static const enum db_type in[] = {DB_INT, DB_INT};
    const struct db_query cases[] = {
        {.name = "no such table", .sqlite = "select 1 from nosuch", .postgres = "select 1 from nosuch"},
        {.name = "text in double quotes",
         .sqlite = "select id from item where label = \"nosuch\"",
         .postgres = "select id from item where label = \"nosuch\"",
         .n_out = 1,
         .out = in},
        {.name = "two statements",
         .sqlite = "delete from part; delete from item",
         .postgres = "delete from part; delete from item"},
        {.name = "unused input",
         .sqlite = "delete from part where id = ?2",
         .postgres = "delete from part where id = $2::bigint",
         .n_in = 2,
         .in = in},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(db_check_query(w->db, &cases[i], &w->f), ST_BROKEN);
}

static void wrong_options_do_not_open(void **state)
{
    struct world *w = *state;
    static const struct db_query misplaced = {.name = "misplaced", .index = 5};
    static const struct db_query *const queries[] = {&misplaced};
    struct db *db = NULL;
    assert_int_equal(db_open(&(struct db_options){.url = STR("mysql://root:secret@x/y")}, &w->f, &db),
                     ST_UNAVAILABLE);
    assert_null(strstr(w->f.text, "secret"));
    struct db_options o = {.url = w->x->url, .queries = queries, .n_queries = 1};
    assert_int_equal(db_open(&o, &w->f, &db), ST_BROKEN);
    assert_non_null(strstr(w->f.text, "misplaced"));
    assert_null(db);
    assert_int_equal(db_engine(w->db), db_fixture_is_postgres() ? DB_POSTGRES : DB_SQLITE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(values_come_back_as_they_went_in),
        TEST(bad_statements_end_their_transaction),
        TEST(a_column_of_another_type_is_refused),
        TEST(a_failure_tells_no_value),
        TEST(exec_tells_how_many_rows),
        TEST(a_transaction_sees_its_own_writes),
        TEST(rollback_leaves_nothing),
        TEST(the_end_of_the_arena_rolls_back),
        TEST(the_callback_can_end_a_statement),
        TEST(reading_sees_one_moment),
        TEST(reading_cannot_write),
        TEST(many_threads_read_while_one_writes),
        TEST(last_decides_too),
        TEST(a_failure_that_last_overlooks_counts),
        TEST(a_broken_promise_fails_the_commit),
        TEST(queries_are_checked_against_their_declaration),
        TEST(wrong_sql_does_not_pass_the_check),
        TEST(wrong_options_do_not_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
