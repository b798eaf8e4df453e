#include "sample.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* Two writers behind one that holds the turn: the second arrives when the first waits. */
struct writer {
    struct world *world;
    pthread_t thread;
    int64_t id;
    enum sample_query add;
    enum status status;
    struct fault f;
};

static void *write_one(void *arg)
{
    struct writer *w = arg;
    struct arena *a = arena_new();
    struct db_conn *tx = NULL;
    struct db_value item[] = {db_i(w->id), db_null(DB_TEXT), db_i(0), db_null(DB_BYTES)};
    w->status = tx_begin(w->world->db, a, &w->f, &tx);
    if (w->status == ST_OK) w->status = db_exec(tx, sample_queries[w->add], item, NULL);
    if (w->status == ST_OK) {
        tx_extra_set(tx, &w->id);
        w->status = tx_commit(tx);
    }
    arena_free(a);
    return NULL;
}

static struct db_conn *hold(struct world *w, const int64_t *id)
{
    struct db_conn *tx = NULL;
    OK(tx_begin(w->db, w->a, &w->f, &tx));
    OK(sample_add(tx, id));
    return tx;
}

static void line_up(struct writer *writers, int n)
{
    for (int i = 0; i < n; i++) {
        assert_int_equal(pthread_create(&writers[i].thread, NULL, write_one, &writers[i]), 0);
        while (db_waiting(writers[i].world->db) < i + 1)
            sched_yield();
    }
}

static void join(struct writer *writers, int n)
{
    for (int i = 0; i < n; i++)
        pthread_join(writers[i].thread, NULL);
}

static void writers_go_in_order_of_arrival(void **state)
{
    struct world *w = *state;
    struct writer writers[4];
    int64_t first = 9;
    struct db_conn *tx = hold(w, &first);
    for (int i = 0; i < 4; i++)
        writers[i] = (struct writer){.world = w, .id = 4 - i, .add = ITEM_ADD};
    line_up(writers, 4);
    OK(tx_commit(tx));
    join(writers, 4);
    for (int i = 0; i < 4; i++) {
        OK(writers[i].status);
        assert_int_equal(sample_read(w->db, CHAIN_AT, (struct db_value[]){db_i(2 + i)}), 4 - i);
    }
}

/* "or rollback" ends the whole group's transaction. Nothing of it may be acknowledged, and what comes next
 * goes on in a new one, not without any. */
static void a_lost_transaction_takes_its_group_along(void **state)
{
    struct world *w = *state;
    int64_t first = 1;
    struct db_conn *tx = hold(w, &first);
    struct writer writers[] = {
        {.world = w, .id = 1, .add = ITEM_ADD_OR_ALL_IS_LOST},
        {.world = w, .id = 3, .add = ITEM_ADD},
    };
    line_up(writers, 2);
    assert_int_equal(tx_commit(tx), ST_UNAVAILABLE);
    assert_non_null(strstr(w->f.text, "没有保存"));
    join(writers, 2);
    assert_int_equal(writers[0].status, ST_CONFLICT);
    OK(writers[1].status);
    assert_int_equal(sample_read(w->db, ITEM_COUNT_ID, (struct db_value[]){db_i(1)}), 0);
    assert_int_equal(sample_read(w->db, ITEM_COUNT_ID, (struct db_value[]){db_i(3)}), 1);
    sample_assert_gapless(w->db);
}

/* Files can't grow any more: what a full disk does. */
static void limit_files_to(rlim_t size)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = size == RLIM_INFINITY ? limit.rlim_max : size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static rlim_t wal_size(const struct world *w)
{
    struct stat st;
    assert_int_equal(stat(arena_fmt(w->a, "%s/test.db-wal", w->x->folder).p, &st), 0);
    return (rlim_t)st.st_size;
}

static void a_full_disk_fails_the_whole_group_and_no_more(void **state)
{
    struct world *w = *state;
    int64_t first = 1;
    void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
    struct db_conn *tx = hold(w, &first);
    struct writer writers[] = {
        {.world = w, .id = 2, .add = ITEM_ADD},
        {.world = w, .id = 3, .add = ITEM_ADD},
    };
    line_up(writers, 2);
    limit_files_to(wal_size(w));
    enum status status = tx_commit(tx);
    join(writers, 2);
    limit_files_to(RLIM_INFINITY);
    signal(SIGXFSZ, before);
    assert_int_equal(status, ST_UNAVAILABLE);
    assert_non_null(strstr(w->f.detail, "sqlite"));
    for (int i = 0; i < 2; i++)
        assert_int_equal(writers[i].status, ST_UNAVAILABLE);
    OK(sample_save(w->db, &w->f, 4));
    sample_assert_gapless(w->db);
    assert_int_equal(sample_read(w->db, ITEM_COUNT, NULL), 1);
}

static void another_process_is_waited_for_and_then_given_up(void **state)
{
    struct world *w = *state;
    int64_t id = 1;
    struct db_options o = sample_options();
    o.wait_ms = 1;
    struct db *other = sample_open(w->x, &o);
    struct db_conn *tx = hold(w, &id);
    assert_int_equal(sample_save(other, &w->f, 2), ST_UNAVAILABLE);
    assert_int_equal(sample_read(other, ITEM_COUNT, NULL), 0);
    OK(tx_commit(tx));
    OK(sample_save(other, &w->f, 2));
    sample_assert_gapless(w->db);
    db_close(other);
}

static void a_thread_has_one_transaction_and_one_snapshot(void **state)
{
    struct world *w = *state;
    int64_t id = 1;
    struct db_conn *second = NULL;
    hold(w, &id);
    assert_int_equal(tx_begin(w->db, w->a, &w->f, &second), ST_BROKEN);
    OK(db_read(w->db, w->a, &w->f, &second));
    assert_int_equal(db_read(w->db, w->a, &w->f, &second), ST_BROKEN);
    arena_reset(w->a);
    OK(sample_save(w->db, &w->f, 2));
    sample_assert_gapless(w->db);
}

static enum status ask_again(void *arg, const struct db_value *row)
{
    (void)row;
    return sample_number(arg, ITEM_COUNT, NULL, &(int64_t){0});
}

static void a_statement_is_not_used_inside_itself(void **state)
{
    struct world *w = *state;
    struct db_conn *c = NULL;
    OK(db_read(w->db, w->a, &w->f, &c));
    assert_int_equal(db_each(c, sample_queries[ITEM_COUNT], NULL, ask_again, c), ST_BROKEN);
}

static void files_are_for_their_owner_only(void **state)
{
    struct world *w = *state;
    static const char *const names[] = {"deep/new.db", "deep/new.db-wal", "deep/new.db-shm"};
    struct stat st;
    struct db *db = NULL;
    struct db_options o = sample_options();
    int applied;
    o.url = arena_fmt(w->a, "sqlite:%s/deep/new.db", w->x->folder);
    mode_t mask = umask(0);
    assert_int_equal(db_open(&o, &w->f, &db), ST_UNAVAILABLE);
    assert_non_null(strstr(w->f.text, "huiyuan migrate"));
    o.create = true;
    OK(db_open(&o, &w->f, &db));
    OK(db_migrate(db, &w->f, &applied));
    umask(mask);
    assert_int_equal(stat(arena_fmt(w->a, "%s/deep", w->x->folder).p, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *path = arena_fmt(w->a, "%s/%s", w->x->folder, names[i]).p;
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
    }
    db_close(db);
    assert_int_equal(unlink(arena_fmt(w->a, "%s/deep/new.db", w->x->folder).p), 0);
    assert_int_equal(rmdir(arena_fmt(w->a, "%s/deep", w->x->folder).p), 0);
}

static void what_is_no_database_is_not_opened(void **state)
{
    struct world *w = *state;
    char *path = arena_cstr(w->a, arena_fmt(w->a, "%s/letter.txt", w->x->folder));
    const char text[] = "Dear Sir or Madam, this is not a database, however long you look at it.";
    struct str urls[] = {STR("sqlite:"), STR("sqlite::memory:"), arena_fmt(w->a, "sqlite:%s", path)};
    int fd = open(path, O_CREAT | O_WRONLY, 0600);
    assert_int_equal(write(fd, text, sizeof text), sizeof text);
    close(fd);
    for (size_t i = 0; i < COUNT(urls); i++) {
        struct db *db = NULL;
        struct db_options o = {.url = urls[i], .create = true};
        assert_int_equal(db_open(&o, &w->f, &db), ST_UNAVAILABLE);
        assert_null(db);
    }
    unlink(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(writers_go_in_order_of_arrival),
        TEST(a_lost_transaction_takes_its_group_along),
        TEST(a_full_disk_fails_the_whole_group_and_no_more),
        TEST(another_process_is_waited_for_and_then_given_up),
        TEST(a_thread_has_one_transaction_and_one_snapshot),
        TEST(a_statement_is_not_used_inside_itself),
        TEST(files_are_for_their_owner_only),
        TEST(what_is_no_database_is_not_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
