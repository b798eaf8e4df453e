#include "sample.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

struct world {
    struct db_fixture *x;
    struct db *db;
    struct arena *a;
    struct fault f;
    int found;
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
    assert_int_equal(db_health(w->db), DB_READ_ONLY);
    assert_int_equal(sample_read(w->db, ITEM_COUNT, NULL), 0);
    limit_files_to(RLIM_INFINITY);
    signal(SIGXFSZ, before);
    assert_int_equal(status, ST_UNAVAILABLE);
    assert_non_null(strstr(w->f.detail, "sqlite"));
    for (int i = 0; i < 2; i++)
        assert_int_equal(writers[i].status, ST_UNAVAILABLE);
    OK(sample_save(w->db, &w->f, 4));
    assert_int_equal(db_health(w->db), DB_WELL);
    sample_assert_gapless(w->db);
    assert_int_equal(sample_read(w->db, ITEM_COUNT, NULL), 1);
}

/* What befalls the files of an open database. */
enum mishap {
    FILE_MOVED,
    FILE_DELETED,
    FILE_REPLACED,
    WAL_DELETED,
    WAL_REPLACED,
    SHM_DELETED,
    FOLDER_MOVED,
    FILE_CUT,
    FILE_WRITTEN_OVER, /* cp onto it */
    SHM_CUT,
    MISHAPS
};

static const char *file_of(const struct db_fixture *x, const char *suffix)
{
    return arena_fmt(x->arena, "%s/test.db%s", x->folder, suffix).p;
}

static void replace(const struct db_fixture *x, const char *suffix)
{
    const char *path = file_of(x, suffix), *copy = file_of(x, "-copy");
    assert_int_equal(system(arena_fmt(x->arena, "cp %s %s && mv %s %s", path, copy, copy, path).p), 0);
}

static void befall(const struct db_fixture *x, enum mishap mishap)
{
    switch (mishap) {
    case FILE_MOVED:
        assert_int_equal(rename(file_of(x, ""), file_of(x, "-moved")), 0);
        break;
    case FILE_DELETED:
        assert_int_equal(unlink(file_of(x, "")), 0);
        break;
    case FILE_REPLACED:
        replace(x, "");
        break;
    case WAL_DELETED:
        assert_int_equal(unlink(file_of(x, "-wal")), 0);
        break;
    case WAL_REPLACED:
        replace(x, "-wal");
        break;
    case SHM_DELETED:
        assert_int_equal(unlink(file_of(x, "-shm")), 0);
        break;
    case FOLDER_MOVED:
        assert_int_equal(rename(x->folder, arena_fmt(x->arena, "%s-moved", x->folder).p), 0);
        break;
    case FILE_CUT:
        assert_int_equal(truncate(file_of(x, ""), 0), 0);
        break;
    case FILE_WRITTEN_OVER:
        assert_int_equal(system(arena_fmt(x->arena, "head -c 4096 %s > %s && cat %s > %s", file_of(x, ""),
                                          file_of(x, "-copy"), file_of(x, "-copy"), file_of(x, ""))
                                    .p),
                         0);
        break;
    case SHM_CUT:
        assert_int_equal(truncate(file_of(x, "-shm"), 0), 0);
        break;
    case MISHAPS:
        break;
    }
}

static void move_back(const struct db_fixture *x, enum mishap mishap)
{
    if (mishap == FILE_MOVED) assert_int_equal(rename(file_of(x, "-moved"), file_of(x, "")), 0);
    if (mishap == FOLDER_MOVED)
        assert_int_equal(rename(arena_fmt(x->arena, "%s-moved", x->folder).p, x->folder), 0);
}

/* A page may still be shown for a moment. */
static void read_until_noticed(struct db *db)
{
    enum status s = ST_OK;
    while (s == ST_OK) {
        struct arena *a = arena_new();
        struct fault f = {0};
        struct db_conn *c = NULL;
        s = db_read(db, a, &f, &c);
        arena_free(a);
    }
    assert_int_equal(s, ST_UNAVAILABLE);
}

/* Nothing is acknowledged that nobody will find; what was acknowledged before is there when the files are
 * back, and also when only the WAL was taken away: the open connection still has it. */
static void whatever_befalls_the_files_is_noticed_before_an_answer(void **state)
{
    (void)state;
    for (enum mishap m = FILE_MOVED; m < MISHAPS; m++) {
        struct db_fixture *x = db_fixture_new();
        struct db_options o = sample_options();
        struct db *db = sample_open(x, &o);
        struct fault f = {0};
        OK(sample_save(db, &f, 1));
        db_close(db); /* what is in the WAL comes into the file */
        db = sample_open(x, &o);
        assert_int_equal(db_health(db), DB_WELL);
        befall(x, m);
        assert_int_equal(sample_save(db, &f, 2), ST_UNAVAILABLE);
        assert_non_null(strstr(f.text, "没有保存"));
        assert_non_null(strstr(f.detail, "moved"));
        assert_int_equal(db_health(db), DB_GONE);
        read_until_noticed(db);
        move_back(x, m);
        db_close(db);
        if (m != FILE_DELETED && m != FILE_REPLACED && m != FILE_CUT && m != FILE_WRITTEN_OVER) {
            db = sample_open(x, &o);
            sample_assert_whole(db, 1, true);
            sample_assert_whole(db, 2, false);
            db_close(db);
        }
        db_fixture_free(x);
    }
}

/* A page that is read before anybody looked: a refusal, and this process lives. What was read of the file
 * before is no longer in the reader's cache once something is written. */
static void what_is_cut_short_ends_nobody(void **state)
{
    static const enum mishap CUTS[] = {FILE_CUT, FILE_WRITTEN_OVER, SHM_CUT};
    (void)state;
    for (size_t i = 0; i < COUNT(CUTS); i++) {
        struct db_fixture *x = db_fixture_new();
        struct db_options o = sample_options();
        struct fault f = {0};
        struct db *db = sample_open(x, &o);
        OK(sample_save(db, &f, 1));
        db_close(db);
        db = sample_open(x, &o);
        sample_assert_whole(db, 1, true);
        OK(sample_save(db, &f, 2));
        struct arena *a = arena_new();
        struct db_conn *c = NULL;
        int64_t n = 0;
        enum status s = db_read(db, a, &f, &c);
        befall(x, CUTS[i]);
        if (s == ST_OK) s = sample_number(c, PART_COUNT, NULL, &n);
        assert_true(s == ST_UNAVAILABLE || (s == ST_OK && n == 2));
        if (s != ST_OK) assert_int_equal(sample_number(c, PART_COUNT, NULL, &n), ST_UNAVAILABLE);
        arena_free(a);
        read_until_noticed(db);
        assert_int_equal(sample_save(db, &f, 3), ST_UNAVAILABLE);
        assert_int_equal(db_health(db), DB_GONE);
        db_close(db);
        db_fixture_free(x);
    }
}

static bool move_at_commit(void *arg, const char *what)
{
    struct db_fixture *x = *(struct db_fixture **)arg;
    if (x && !strcmp(what, "commit")) befall(x, FILE_MOVED);
    return true;
}

static void moved_while_it_commits_is_called_unknown(void **state)
{
    struct world *w = *state;
    struct db_fixture *x = NULL;
    struct db_options o = sample_options();
    o.may = move_at_commit;
    o.may_arg = &x;
    struct db *db = sample_open(w->x, &o);
    x = w->x;
    assert_int_equal(sample_save(db, &w->f, 1), ST_UNAVAILABLE);
    assert_non_null(strstr(w->f.text, "请先查看结果"));
    x = NULL;
    move_back(w->x, FILE_MOVED);
    OK(sample_save(db, &w->f, 2));
    db_close(db);
}

static void back_again_it_goes_on(void **state)
{
    struct world *w = *state;
    befall(w->x, FOLDER_MOVED);
    assert_int_equal(sample_save(w->db, &w->f, 1), ST_UNAVAILABLE);
    move_back(w->x, FOLDER_MOVED);
    assert_int_equal(db_health(w->db), DB_WELL);
    OK(sample_save(w->db, &w->f, 1));
    sample_assert_whole(w->db, 1, true);
}

/* The path may be another database's by now: closing what was there before must not take its WAL away. */
static void closing_what_was_replaced_leaves_the_new_one_alone(void **state)
{
    struct world *w = *state;
    struct db_options o = sample_options();
    struct db *old = sample_open(w->x, &o);
    OK(sample_save(old, &w->f, 1));
    static const char *const FILES[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < COUNT(FILES); i++)
        replace(w->x, FILES[i]);
    struct db *new = sample_open(w->x, &o);
    OK(sample_save(new, &w->f, 2));
    db_close(old);
    assert_int_equal(access(file_of(w->x, "-wal"), F_OK), 0);
    assert_int_equal(db_health(new), DB_WELL);
    sample_assert_whole(new, 1, true);
    sample_assert_whole(new, 2, true);
    db_close(new);
}

static void found(void *arg, const char *text)
{
    struct world *w = arg;
    w->found++;
    print_message("%s\n", text);
    assert_true(strlen(text) > 0);
    assert_null(strchr(text, '\n'));
}

static enum status look_over(struct world *w)
{
    struct arena *a = arena_new();
    struct db_conn *c = NULL;
    enum status s = db_read(w->db, a, &w->f, &c);
    w->found = 0;
    if (s == ST_OK) s = db_look_over(c, found, w);
    arena_free(a);
    return s;
}

/* Through a connection that looks at no foreign key. */
static void write_past(const struct world *w, const char *sql)
{
    sqlite3 *raw = NULL;
    assert_int_equal(sqlite3_open(file_of(w->x, ""), &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(raw);
}

static void what_is_wrong_inside_is_found(void **state)
{
    struct world *w = *state;
    OK(sample_save(w->db, &w->f, 1));
    OK(look_over(w));
    assert_int_equal(w->found, 0);
    write_past(w, "insert into part (id, item_id) values (7, 4711)");
    OK(look_over(w));
    assert_int_equal(w->found, 1);
    write_past(w, "delete from part where id = 7");
    OK(look_over(w));
    assert_int_equal(w->found, 0);
}

/* Half of the file's last page is overwritten, as a bad block does. */
static void a_damaged_page_is_told(void **state)
{
    struct world *w = *state;
    static const char noise[2048] = "noise";
    struct db_options o = sample_options();
    for (int64_t id = 1; id <= 300; id++)
        OK(sample_save(w->db, &w->f, id));
    db_close(w->db);
    int fd = open(file_of(w->x, ""), O_WRONLY | O_CLOEXEC);
    struct stat st;
    assert_int_equal(fstat(fd, &st), 0);
    assert_int_equal(pwrite(fd, noise, sizeof noise, st.st_size - 4096), sizeof noise);
    close(fd);
    w->db = sample_open(w->x, &o);
    enum status s = look_over(w);
    assert_true(s == ST_UNAVAILABLE || w->found > 0);
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
        TEST(whatever_befalls_the_files_is_noticed_before_an_answer),
        TEST(what_is_cut_short_ends_nobody),
        TEST(moved_while_it_commits_is_called_unknown),
        TEST(back_again_it_goes_on),
        TEST(closing_what_was_replaced_leaves_the_new_one_alone),
        TEST(what_is_wrong_inside_is_found),
        TEST(a_damaged_page_is_told),
        TEST(another_process_is_waited_for_and_then_given_up),
        TEST(a_thread_has_one_transaction_and_one_snapshot),
        TEST(a_statement_is_not_used_inside_itself),
        TEST(files_are_for_their_owner_only),
        TEST(what_is_no_database_is_not_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
