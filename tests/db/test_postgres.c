#include "sample.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct world {
    struct db_fixture *x;
    struct db *db;
    struct arena *a;
    struct fault f;
    bool refuse_rollback;
};

static bool may(void *arg, const char *what)
{
    const struct world *w = arg;
    return !w->refuse_rollback || strcmp(what, "rollback") != 0;
}

/* Two connections, and nobody waits for a third. */
static int set_up(void **state)
{
    struct db_fixture *x = db_fixture_new();
    struct db_options o = sample_options();
    struct world *w = ARENA_NEW(x->arena, struct world);
    o.connections = 2;
    o.wait_ms = 1;
    o.may = may;
    o.may_arg = w;
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

static struct db_conn *hold(struct world *w, const int64_t *id)
{
    struct db_conn *tx = NULL;
    OK(tx_begin(w->db, w->a, &w->f, &tx));
    OK(sample_add(tx, id));
    return tx;
}

static void on_cluster(const char *sql, const char *argument)
{
    PGconn *pg = PQconnectdb(getenv("TEST_POSTGRES"));
    PGresult *r = PQexecParams(pg, sql, argument ? 1 : 0, NULL, &argument, NULL, NULL, 0);
    bool done = PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK;
    if (!done) print_error("%s: %s", sql, PQerrorMessage(pg));
    assert_true(done);
    PQclear(r);
    PQfinish(pg);
}

/* As a restart of the server does. Returns when they are gone. */
static void cut_connections(const struct world *w)
{
    on_cluster("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1",
               w->x->name);
}

/* Of ours, as the server counts them. */
static int64_t connections(const struct world *w)
{
    PGconn *pg = PQconnectdb(getenv("TEST_POSTGRES"));
    const char *name = w->x->name;
    PGresult *r = PQexecParams(pg, "select count(*) from pg_stat_activity where datname = $1", 1, NULL, &name,
                               NULL, NULL, 0);
    int64_t n = strtoll(PQgetvalue(r, 0, 0), NULL, 10);
    PQclear(r);
    PQfinish(pg);
    return n;
}

/* The server ends them on its own time. */
static void wait_for_connections(const struct world *w, int64_t n)
{
    while (connections(w) != n)
        sched_yield();
}

/* Holds the second row, then wants the first one. */
struct crossing {
    struct db *db;
    struct fault *f;
    pthread_barrier_t held;
    pthread_t thread;
    int64_t id;
    enum status status;
};

static void *hold_crosswise(void *arg)
{
    static const int64_t second[] = {2};
    struct crossing *x = arg;
    struct arena *a = arena_new();
    struct db_conn *tx = NULL;
    x->status = tx_begin(x->db, a, x->f, &tx);
    if (x->status == ST_OK) x->status = tx_hold(tx, "item", second, 1);
    pthread_barrier_wait(&x->held);
    if (x->status == ST_OK) x->status = tx_hold(tx, "item", &x->id, 1);
    arena_free(a);
    return NULL;
}

static void a_lost_connection_saves_nothing_and_the_next_works(void **state)
{
    struct world *w = *state;
    int64_t first = 1, second = 2;
    struct db_conn *tx = hold(w, &first);
    cut_connections(w);
    assert_int_equal(sample_add(tx, &second), ST_UNAVAILABLE);
    assert_non_null(strstr(w->f.text, "没有保存"));
    assert_int_equal(tx_commit(tx), ST_UNAVAILABLE);
    OK(sample_save(w->db, &w->f, 3));
    sample_assert_whole(w->db, 1, false);
    sample_assert_gapless(w->db);
}

/* The server says that it may only read: nothing is saved, and neither this connection nor those that lie
 * idle are asked again. */
static void a_server_that_may_only_read_is_left(void **state)
{
    struct world *w = *state;
    int64_t id = 1;
    struct db_conn *other = NULL, *tx = NULL;
    OK(db_read(w->db, w->a, &w->f, &other));
    tx = hold(w, &id);
    db_read_end(other);
    assert_int_equal(connections(w), 2);
    OK(sample_number(tx, TX_READ_ONLY, NULL, &(int64_t){0}));
    assert_int_equal(db_exec(tx, sample_queries[ITEM_RENAME_ALL], (struct db_value[]){db_i(1)}, NULL),
                     ST_UNAVAILABLE);
    assert_non_null(strstr(w->f.detail, "25006"));
    assert_int_equal(tx_commit(tx), ST_UNAVAILABLE);
    wait_for_connections(w, 0);
    assert_int_equal(db_health(w->db), DB_READ_ONLY);
    OK(sample_save(w->db, &w->f, 2));
    assert_int_equal(db_health(w->db), DB_WELL);
    sample_assert_whole(w->db, 1, false);
    sample_assert_gapless(w->db);
}

/* Two who hold the same rows, named in opposite order, never wait in a circle: both get what they want. */
#define ROUNDS 200
struct holder {
    struct db *db;
    const int64_t *ids;
    pthread_t thread;
    enum status status;
};

static enum status hold_and_add(struct db *db, struct arena *a, const int64_t ids[2])
{
    struct db_conn *tx = NULL;
    TRY(tx_begin(db, a, NULL, &tx));
    TRY(tx_hold(tx, "item", ids, 2));
    for (int i = 0; i < 2; i++)
        TRY(db_exec(tx, sample_queries[ITEM_AMOUNT_ADD], (struct db_value[]){db_i(ids[i])}, NULL));
    return tx_commit(tx);
}

static void *hold_often(void *arg)
{
    struct holder *h = arg;
    for (int i = 0; i < ROUNDS && h->status == ST_OK; i++) {
        struct arena *a = arena_new();
        h->status = hold_and_add(h->db, a, h->ids);
        arena_free(a);
    }
    return NULL;
}

static void rows_are_held_in_one_order(void **state)
{
    static const int64_t up[] = {1, 2}, down[] = {2, 1};
    struct world *w = *state;
    struct holder holders[] = {{.db = w->db, .ids = up}, {.db = w->db, .ids = down}};
    OK(sample_save(w->db, &w->f, 1));
    OK(sample_save(w->db, &w->f, 2));
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&holders[i].thread, NULL, hold_often, &holders[i]), 0);
    for (int i = 0; i < 2; i++)
        pthread_join(holders[i].thread, NULL);
    OK(holders[0].status);
    OK(holders[1].status);
    for (int64_t id = 1; id <= 2; id++)
        assert_int_equal(sample_read(w->db, ITEM_AMOUNT, (struct db_value[]){db_i(id)}), 2 * ROUNDS);
}

/* Who does not hold them runs into a circle, and one of them is told that the same may be done again. */
static void who_ends_a_circle_may_try_again(void **state)
{
    static const int64_t up[] = {1}, down[] = {2};
    struct world *w = *state;
    struct fault f[2] = {0};
    struct db_conn *tx[2] = {0};
    struct crossing other = {.id = 1};
    OK(sample_save(w->db, &w->f, 1));
    OK(sample_save(w->db, &w->f, 2));
    OK(tx_begin(w->db, w->a, &f[0], &tx[0]));
    OK(tx_hold(tx[0], "item", up, 1));
    other.db = w->db;
    other.f = &f[1];
    pthread_barrier_init(&other.held, NULL, 2);
    assert_int_equal(pthread_create(&other.thread, NULL, hold_crosswise, &other), 0);
    pthread_barrier_wait(&other.held);
    enum status mine = tx_hold(tx[0], "item", down, 1);
    if (mine == ST_OK) tx_rollback(tx[0]);
    pthread_join(other.thread, NULL);
    pthread_barrier_destroy(&other.held);
    assert_true((mine == ST_OK) != (other.status == ST_OK));
    assert_int_equal(mine == ST_OK ? other.status : mine, ST_UNAVAILABLE);
    assert_true(f[mine == ST_OK].again);
    assert_false(f[mine != ST_OK].again);
}

static void a_server_without_connections_is_gone(void **state)
{
    struct world *w = *state;
    assert_int_equal(db_health(w->db), DB_WELL);
    on_cluster(arena_fmt(w->a, "alter database %s allow_connections false", w->x->name).p, NULL);
    cut_connections(w);
    assert_int_equal(db_health(w->db), DB_GONE);
    on_cluster(arena_fmt(w->a, "alter database %s allow_connections true", w->x->name).p, NULL);
    assert_int_equal(db_health(w->db), DB_WELL);
}

static enum status nothing_last(struct db_conn *tx, void *extra)
{
    (void)tx;
    (void)extra;
    return ST_OK;
}

static void a_commit_without_an_answer_is_called_unknown(void **state)
{
    struct world *w = *state;
    int64_t id = 1;
    db_set_last(w->db, nothing_last);
    struct db_conn *tx = hold(w, &id);
    cut_connections(w);
    assert_int_equal(tx_commit(tx), ST_UNAVAILABLE);
    assert_non_null(strstr(w->f.text, "请先查看结果"));
}

static void connections_that_died_idle_are_not_noticed(void **state)
{
    struct world *w = *state;
    int64_t id = 1;
    struct db_conn *tx = hold(w, &id), *c = NULL;
    OK(db_read(w->db, w->a, &w->f, &c));
    db_read_end(c);
    tx_rollback(tx);
    cut_connections(w);
    OK(sample_save(w->db, &w->f, 2));
    assert_int_equal(sample_read(w->db, ITEM_COUNT, NULL), 1);
}

static void too_many_at_once_are_refused(void **state)
{
    struct world *w = *state;
    int64_t id = 1;
    struct db_conn *tx = hold(w, &id), *reader = NULL, *third = NULL;
    OK(db_read(w->db, w->a, &w->f, &reader));
    assert_int_equal(db_read(w->db, w->a, &w->f, &third), ST_UNAVAILABLE);
    assert_int_equal(tx_begin(w->db, w->a, &w->f, &third), ST_UNAVAILABLE);
    assert_int_equal(db_waiting(w->db), 0);
    db_read_end(reader);
    OK(db_read(w->db, w->a, &w->f, &reader));
    OK(tx_commit(tx));
}

static void a_refused_rollback_rolls_back_all_the_same(void **state)
{
    struct world *w = *state;
    int64_t id = 1;
    w->refuse_rollback = true;
    tx_rollback(hold(w, &id));
    w->refuse_rollback = false;
    OK(sample_save(w->db, &w->f, 1));
    sample_assert_gapless(w->db);
}

static const enum db_type INTS[] = {DB_INT, DB_INT, DB_INT};
static const struct db_query SIZES = {
    .name = "sizes",
    .postgres = "select (-2)::smallint, (-70000)::integer, (-5000000000)::bigint",
    .n_out = 3,
    .out = INTS,
};

static void what_is_no_integer_is_not_taken_for_one(void **state)
{
    struct world *w = *state;
    static const char *const wrong[] = {"select true", "select 1.5", "select current_date",
                                        "select sum(id) from item"};
    OK(db_check_query(w->db, &SIZES, &w->f));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct db_query q = {.name = "wrong", .postgres = wrong[i], .n_out = 1, .out = INTS};
        assert_int_equal(db_check_query(w->db, &q, &w->f), ST_BROKEN);
    }
}

static enum status compare_sizes(void *arg, const struct db_value *row)
{
    *(bool *)arg = row[0].i == -2 && row[1].i == -70000 && row[2].i == -5000000000;
    return ST_OK;
}

static void integers_of_three_sizes_are_read(void **state)
{
    struct world *w = *state;
    static const struct db_query *const queries[] = {&SIZES};
    struct db_options o = {.queries = queries, .n_queries = 1};
    struct db *db = db_fixture_open(w->x, &o);
    struct db_conn *c = NULL;
    bool right = false;
    OK(db_read(db, w->a, &w->f, &c));
    OK(db_each(c, &SIZES, NULL, compare_sizes, &right));
    assert_true(right);
    db_read_end(c);
    db_close(db);
}

static void another_encoding_is_refused(void **state)
{
    struct world *w = *state;
    struct db *db = NULL;
    const char *name = arena_fmt(w->a, "%s_ascii", w->x->name).p;
    on_cluster(
        arena_fmt(w->a, "create database %s template template0 encoding 'SQL_ASCII' locale 'C'", name).p,
        NULL);
    struct db_options o = {.url = arena_fmt(w->a, "%s&dbname=%s", w->x->url.p, name)};
    assert_int_equal(db_open(&o, &w->f, &db), ST_UNAVAILABLE);
    assert_non_null(strstr(w->f.text, "UTF8"));
    on_cluster(arena_fmt(w->a, "drop database %s with (force)", name).p, NULL);
}

static void a_server_that_is_not_there_is_said_so(void **state)
{
    struct world *w = *state;
    struct db *db = NULL;
    struct db_options o = {.url = STR("postgresql://someone:secret@/x?host=/nonexistent")};
    assert_int_equal(db_open(&o, &w->f, &db), ST_UNAVAILABLE);
    assert_non_null(strstr(w->f.text, "/nonexistent"));
    assert_null(strstr(w->f.text, "secret"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_lost_connection_saves_nothing_and_the_next_works),
        TEST(a_commit_without_an_answer_is_called_unknown),
        TEST(connections_that_died_idle_are_not_noticed),
        TEST(too_many_at_once_are_refused),
        TEST(a_server_that_may_only_read_is_left),
        TEST(a_server_without_connections_is_gone),
        TEST(rows_are_held_in_one_order),
        TEST(who_ends_a_circle_may_try_again),
        TEST(a_refused_rollback_rolls_back_all_the_same),
        TEST(what_is_no_integer_is_not_taken_for_one),
        TEST(integers_of_three_sizes_are_read),
        TEST(another_encoding_is_refused),
        TEST(a_server_that_is_not_there_is_said_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
