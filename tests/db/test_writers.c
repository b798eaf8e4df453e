/* Several writers at once: what is acknowledged is there, what is not is not, whatever fails and whenever. */
#include "sample.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct world {
    struct db_fixture *x;
    struct db *db;
    struct db_options options;
    /* The fault hook: refuses the call number fail_at, and with fail_on all that follow. */
    _Atomic int calls, commits;
    int fail_at;
    bool fail_on;
};

static bool may(void *arg, const char *what)
{
    struct world *w = arg;
    int call = atomic_fetch_add(&w->calls, 1) + 1;
    bool fails = w->fail_at > 0 && (w->fail_on ? call >= w->fail_at : call == w->fail_at);
    if (!fails && !strcmp(what, "commit")) atomic_fetch_add(&w->commits, 1);
    return !fails;
}

static int set_up(void **state)
{
    struct db_fixture *x = db_fixture_new();
    struct world *w = ARENA_NEW(x->arena, struct world);
    w->x = x;
    w->options = sample_options();
    w->options.may = may;
    w->options.may_arg = w;
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    db_fixture_free(w->x);
    return 0;
}

static void arm(struct world *w, int fail_at, bool fail_on)
{
    w->fail_at = fail_at;
    w->fail_on = fail_on;
    atomic_store(&w->calls, 0);
    atomic_store(&w->commits, 0);
}

/* Three writers: the first holds the turn until the others wait for it, one after the other. On PostgreSQL,
 * with one connection, they wait for that. */
struct trio {
    struct world *w;
    pthread_barrier_t begun;
    bool holds;
};

enum deed { SAVES, CLASHES, LIES, GIVES_UP, GOES_AWAY };

struct writer {
    struct trio *trio;
    pthread_t thread;
    int64_t id;
    enum deed deed;
    enum status status;
    struct fault f;
};

static enum status save(struct writer *w, struct db_conn *tx)
{
    TRY(sample_add(tx, &w->id));
    switch (w->deed) {
    case SAVES:
        break;
    case CLASHES:
        TRY(sample_add(tx, &w->id));
        break;
    case LIES: /* a foreign key that only the commit looks at */
        TRY(db_exec(tx, sample_queries[PROMISE_ADD], (struct db_value[]){db_i(-1)}, NULL));
        break;
    case GIVES_UP:
        tx_rollback(tx);
        return ST_FORBIDDEN;
    case GOES_AWAY: /* the arena ends, and the transaction with it */
        return ST_LOGIN;
    }
    return tx_commit(tx);
}

static void *write_after(void *arg)
{
    struct writer *w = arg;
    struct arena *a = arena_new();
    struct db_conn *tx = NULL;
    w->status = tx_begin(w->trio->w->db, a, &w->f, &tx);
    if (w->status == ST_OK) w->status = save(w, tx);
    arena_free(a);
    return NULL;
}

static void *write_first(void *arg)
{
    struct writer *w = arg;
    struct arena *a = arena_new();
    struct db_conn *tx = NULL;
    w->status = tx_begin(w->trio->w->db, a, &w->f, &tx);
    w->trio->holds = w->status == ST_OK;
    pthread_barrier_wait(&w->trio->begun);
    while (w->trio->holds && db_waiting(w->trio->w->db) < 2)
        sched_yield();
    if (w->status == ST_OK) w->status = save(w, tx);
    arena_free(a);
    return NULL;
}

static void start(struct writer *w, struct trio *trio, void *(*write)(void *))
{
    w->trio = trio;
    assert_int_equal(pthread_create(&w->thread, NULL, write, w), 0);
}

/* When the first one's begin fails there is nobody to wait for, and the other two come as they come. */
static void run_trio(struct world *world, struct writer writers[3])
{
    struct trio trio = {.w = world};
    pthread_barrier_init(&trio.begun, NULL, 2);
    start(&writers[0], &trio, write_first);
    pthread_barrier_wait(&trio.begun);
    start(&writers[1], &trio, write_after);
    while (trio.holds && db_waiting(world->db) < 1)
        sched_yield();
    start(&writers[2], &trio, write_after);
    for (int i = 0; i < 3; i++)
        pthread_join(writers[i].thread, NULL);
    pthread_barrier_destroy(&trio.begun);
}

static void open_for_trio(struct world *w)
{
    w->options.connections = 1;
    w->db = sample_open(w->x, &w->options);
}

static void reopen_and_look(struct world *w, const struct writer *writers)
{
    arm(w, 0, false);
    db_close(w->db);
    w->db = sample_open(w->x, &w->options);
    for (int i = 0; i < 3; i++)
        sample_assert_whole(w->db, writers[i].id, writers[i].status == ST_OK);
    sample_assert_gapless(w->db);
}

static void those_who_wait_share_a_commit(void **state)
{
    struct world *w = *state;
    struct writer writers[3] = {{.id = 1}, {.id = 2}, {.id = 3}};
    open_for_trio(w);
    arm(w, 0, false);
    run_trio(w, writers);
    assert_int_equal(w->commits, db_fixture_is_postgres() ? 3 : 1);
    for (int i = 0; i < 3; i++)
        OK(writers[i].status);
    reopen_and_look(w, writers);
    db_close(w->db);
}

/* Whatever one does, in whatever place, the other two are saved. */
static void a_neighbour_does_not_matter(void **state)
{
    static const struct {
        enum deed deed;
        enum status status;
    } cases[] = {{CLASHES, ST_CONFLICT}, {LIES, ST_BROKEN}, {GIVES_UP, ST_FORBIDDEN}, {GOES_AWAY, ST_LOGIN}};
    struct world *w = *state;
    open_for_trio(w);
    for (int i = 0; i < (int)COUNT(cases) * 3; i++) {
        struct writer writers[3] = {{.id = i * 3 + 1}, {.id = i * 3 + 2}, {.id = i * 3 + 3}};
        writers[i % 3].deed = cases[i / 3].deed;
        run_trio(w, writers);
        for (int j = 0; j < 3; j++)
            assert_int_equal(writers[j].status, j == i % 3 ? cases[i / 3].status : ST_OK);
        reopen_and_look(w, writers);
    }
    db_close(w->db);
}

static void torture(struct world *w, const enum deed deeds[3], bool fail_on)
{
    static int64_t id;
    int calls = 1;
    open_for_trio(w);
    for (int n = 0; n <= calls; n++) {
        struct writer writers[3] = {0};
        for (int i = 0; i < 3; i++) {
            writers[i].id = ++id;
            writers[i].deed = deeds[i];
        }
        arm(w, n, fail_on);
        run_trio(w, writers);
        if (n == 0) calls = w->calls;
        int failed = 0;
        for (int i = 0; i < 3; i++)
            failed += writers[i].status == ST_UNAVAILABLE && strstr(writers[i].f.text, "没有保存");
        /* A refused rollback alone is nobody's failure on PostgreSQL. */
        if (deeds[0] == SAVES && deeds[1] == SAVES && deeds[2] == SAVES) assert_int_equal(failed > 0, n > 0);
        arm(w, 0, false);
        OK(sample_save(w->db, NULL, ++id)); /* would save what a failure left open */
        reopen_and_look(w, writers);
    }
    assert_true(calls > 15);
    db_close(w->db);
}

static void any_call_may_fail(void **state)
{
    torture(*state, (const enum deed[]){SAVES, SAVES, SAVES}, false);
}

static void any_call_may_fail_and_all_after_it(void **state)
{
    torture(*state, (const enum deed[]){SAVES, SAVES, SAVES}, true);
}

static void any_call_may_fail_beside_a_failure(void **state)
{
    torture(*state, (const enum deed[]){SAVES, CLASHES, GIVES_UP}, false);
}

/* Many writers without any order; each acknowledges by setting its bit. */
#define THREADS 6
#define ROUNDS  25

struct crowd {
    struct db *db;
    pthread_t thread;
    int64_t first_id;
    bool saved[ROUNDS];
};

static void *write_many(void *arg)
{
    struct crowd *c = arg;
    for (int i = 0; i < ROUNDS; i++) {
        struct arena *a = arena_new();
        struct db_conn *tx = NULL;
        int64_t id = c->first_id + i;
        bool added = tx_begin(c->db, a, NULL, &tx) == ST_OK && sample_add(tx, &id) == ST_OK;
        if (added && i % 7 == 3)
            tx_rollback(tx);
        else
            c->saved[i] = added && tx_commit(tx) == ST_OK;
        arena_free(a);
    }
    return NULL;
}

static void acknowledged_is_saved_and_nothing_else(void **state)
{
    struct world *w = *state;
    struct crowd crowd[THREADS] = {0};
    w->options.may = NULL;
    w->db = sample_open(w->x, &w->options);
    for (int i = 0; i < THREADS; i++) {
        crowd[i].db = w->db;
        crowd[i].first_id = 1 + i * ROUNDS;
        assert_int_equal(pthread_create(&crowd[i].thread, NULL, write_many, &crowd[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(crowd[i].thread, NULL);
    db_close(w->db);
    w->db = sample_open(w->x, &w->options);
    for (int i = 0; i < THREADS * ROUNDS; i++) {
        bool saved = crowd[i / ROUNDS].saved[i % ROUNDS];
        assert_int_equal(saved, i % ROUNDS % 7 != 3);
        sample_assert_whole(w->db, 1 + i, saved);
    }
    sample_assert_gapless(w->db);
    db_close(w->db);
}

/* A process that is killed while it writes. It tells each id over the pipe once it is acknowledged. */
struct victim {
    struct db *db;
    int64_t first_id;
    int out;
};

static void *write_for_ever(void *arg)
{
    const struct victim *v = arg;
    for (int64_t id = v->first_id;; id++) {
        if (sample_save(v->db, NULL, id) != ST_OK || write(v->out, &id, sizeof id) != sizeof id) _exit(1);
    }
}

static _Noreturn void be_killed(const struct world *w, int64_t first_id, int out)
{
    struct victim victims[3];
    pthread_t thread;
    struct db *db = sample_open(w->x, &w->options);
    for (int i = 0; i < 3; i++) {
        victims[i] = (struct victim){db, first_id + i * 100000, out};
        if (pthread_create(&thread, NULL, write_for_ever, &victims[i]) != 0) _exit(1);
    }
    pthread_join(thread, NULL);
    _exit(1);
}

/* Reads ids until the child is dead; kills it after `enough`. Returns how many there were. */
static int collect(pid_t child, int in, int enough, int64_t *ids, int room)
{
    int n = 0;
    while (n < room && read(in, &ids[n], sizeof *ids) == sizeof *ids) {
        if (++n == enough) kill(child, SIGKILL);
    }
    return n;
}

static void a_killed_process_loses_nothing_acknowledged(void **state)
{
    struct world *w = *state;
    static int64_t ids[4096];
    w->options.may = NULL;
    w->db = sample_open(w->x, &w->options);
    db_close(w->db);
    for (int round = 0; round < 20; round++) {
        int ends[2], status = 0;
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) be_killed(w, 1 + round * 1000000, ends[1]);
        close(ends[1]);
        int n = collect(child, ends[0], 3 + round * 2, ids, COUNT(ids));
        close(ends[0]);
        waitpid(child, &status, 0);
        assert_true(WIFSIGNALED(status));
        assert_true(n >= 3 + round * 2);
        w->db = sample_open(w->x, &w->options);
        for (int i = 0; i < n; i++)
            sample_assert_whole(w->db, ids[i], true);
        sample_assert_gapless(w->db);
        db_close(w->db);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(those_who_wait_share_a_commit),
        TEST(a_neighbour_does_not_matter),
        TEST(any_call_may_fail),
        TEST(any_call_may_fail_and_all_after_it),
        TEST(any_call_may_fail_beside_a_failure),
        TEST(acknowledged_is_saved_and_nothing_else),
        TEST(a_killed_process_loses_nothing_acknowledged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
