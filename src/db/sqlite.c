/* SQLite: one write connection behind a fair queue with group commit (queue.h), one read connection per
 * thread. */
#include "db/sqlite_link.h"

#include "base/day.h"
#include "base/machine.h"
#include "db/place.h"
#include "db/queue.h"
#include "db/sqlite_backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SCHEME        "sqlite:"
#define LOOK_EVERY_MS 50
/* What a statement or a savepoint can undo stays in memory up to so much, and goes on in a temporary file. A
 * member's row and its indexes are a score of pages. SQLite writes at most this at once: it could not move
 * more into a file. */
#define UNDO_BYTES 0x1ffff

/* The read connection of a thread, and its place among all of them. */
struct reader {
    struct link *link;
    struct sqlite *home;
    struct reader *next, **at;
    bool busy; /* a snapshot is open */
};

struct sqlite {
    struct db *db;
    const char *path;
    struct queue queue;
    struct link *writer; /* for who has the turn */
    bool first;          /* who has it is the first of its group: nothing but its own is in the transaction */
    struct place place;
    _Atomic int64_t looked_ms; /* when a reader last looked whether the place holds */
    atomic_bool moved;         /* what was seen then */
    pthread_key_t reader_key;
    pthread_mutex_t readers_lock;
    struct reader *readers;
};

static bool transaction_open(const struct sqlite *s)
{
    return link_in_transaction(s->writer);
}

static void undo_group(struct sqlite *s)
{
    link_control(s->writer, ROLLBACK);
    /* Going on in a transaction that can neither be kept nor undone would save what was refused. */
    if (transaction_open(s)) abort();
}

static int commit_group(struct sqlite *s)
{
    if (!transaction_open(s)) return SQLITE_ABORT_ROLLBACK;
    if (queue_group_size(&s->queue) == 0) {
        undo_group(s);
        return SQLITE_OK;
    }
    int code = !place_holds(&s->place)   ? SQLITE_READONLY_DBMOVED
               : db_may(s->db, "commit") ? link_control(s->writer, COMMIT)
                                         : SQLITE_ABORT_ROLLBACK;
    if (code != SQLITE_OK && transaction_open(s)) undo_group(s);
    /* A COMMIT into files that went away meanwhile is acknowledged to nobody. */
    return code == SQLITE_OK && !place_holds(&s->place) ? LINK_MOVED_LATE : code;
}

/* The turn goes on, after the COMMIT where this job is the last of its group. Whatever this job came to, the
 * others rely on it: also when it failed. */
static void hand_on(struct sqlite *s)
{
    if (!transaction_open(s) || queue_group_ends(&s->queue)) queue_settle(&s->queue, commit_group(s));
    queue_leave(&s->queue);
}

/* The first of a group needs no savepoint: what undoes it undoes the group. A savepoint copies each page
 * before it is changed, half of the time of a large job. */
static int begin_job(struct sqlite *s, int64_t until_ms)
{
    s->first = !transaction_open(s);
    if (s->first) {
        if (!place_holds(&s->place)) return SQLITE_READONLY_DBMOVED;
        /* Waiting for another process counts from the arrival, or a queue would wait once for each in it. */
        int64_t left_ms = until_ms - clock_monotonic_ms();
        sqlite3_busy_timeout(s->writer->handle, left_ms > 0 ? (int)left_ms : 0);
        return link_control(s->writer, BEGIN_WRITE);
    }
    return link_control(s->writer, JOB);
}

static enum status write_begin(struct db_conn *c)
{
    struct sqlite *s = c->db->own;
    if (queue_is_mine(&s->queue)) return db_failed(c, ST_BROKEN, "begin: a transaction inside a transaction");
    int64_t until_ms = clock_monotonic_ms() + s->db->options.wait_ms;
    struct job *job = ARENA_NEW(c->arena, struct job);
    queue_enter(&s->queue, job);
    bool may = db_may(s->db, "begin");
    int code = may ? begin_job(s, until_ms) : SQLITE_IOERR;
    if (code == SQLITE_OK) {
        c->own = job;
        return ST_OK;
    }
    enum status status =
        may ? link_failed(c, "begin", code, sqlite3_errmsg(s->writer->handle)) : db_refused(c, "begin");
    hand_on(s);
    queue_forget(job);
    return status;
}

static void undo_job(struct sqlite *s)
{
    if (!transaction_open(s)) return;
    bool undone = !s->first && db_may(s->db, "rollback") && link_control(s->writer, JOB_UNDO) == SQLITE_OK &&
                  link_control(s->writer, JOB_KEEP) == SQLITE_OK;
    if (!undone) undo_group(s);
}

static void write_end(struct db_conn *c)
{
    struct sqlite *s = c->db->own;
    undo_job(s);
    hand_on(s);
    queue_forget(c->own);
}

/* A deferred foreign key would only be seen by the COMMIT and fail the whole group. */
static bool foreign_keys_hold(const struct sqlite *s)
{
    int violated = 0, unused = 0;
    sqlite3_db_status(s->writer->handle, SQLITE_DBSTATUS_DEFERRED_FKS, &violated, &unused, 0);
    return violated == 0;
}

static enum status keep_job(struct db_conn *c, struct sqlite *s)
{
    if (!foreign_keys_hold(s)) return db_failed(c, ST_BROKEN, "release: a deferred foreign key is violated");
    if (!db_may(s->db, "release")) return db_refused(c, "release");
    int code = s->first ? SQLITE_OK : link_control(s->writer, JOB_KEEP);
    return code == SQLITE_OK ? ST_OK : link_failed(c, "release", code, sqlite3_errmsg(s->writer->handle));
}

static enum status write_commit(struct db_conn *c)
{
    struct sqlite *s = c->db->own;
    enum status status = keep_job(c, s);
    if (status != ST_OK) {
        write_end(c);
        return status;
    }
    queue_join(&s->queue, c->own);
    hand_on(s);
    int code = queue_outcome(&s->queue, c->own);
    return code == SQLITE_OK ? ST_OK : link_failed(c, "commit", code, sqlite3_errstr(code));
}

static void reader_thread_ends(void *reader)
{
    struct reader *r = reader;
    pthread_mutex_lock(&r->home->readers_lock);
    *r->at = r->next;
    if (r->next) r->next->at = r->at;
    pthread_mutex_unlock(&r->home->readers_lock);
    link_close(r->link);
}

static void reader_keep(struct sqlite *s, struct reader *r)
{
    pthread_mutex_lock(&s->readers_lock);
    r->next = s->readers;
    r->at = &s->readers;
    if (r->next) r->next->at = &r->next;
    s->readers = r;
    pthread_mutex_unlock(&s->readers_lock);
    pthread_setspecific(s->reader_key, r);
}

static int reader_of_thread(struct sqlite *s, struct reader **ret)
{
    struct reader *r = pthread_getspecific(s->reader_key);
    if (!r) {
        struct link *l = NULL;
        int code = link_open(s->db, s->path, false, &l);
        if (code != SQLITE_OK) return code;
        r = ARENA_NEW(l->arena, struct reader);
        r->link = l;
        r->home = s;
        reader_keep(s, r);
    }
    *ret = r;
    return SQLITE_OK;
}

/* Who reads from files that were moved away would show what nobody else sees any more. Looked at now and
 * then: a page costs less than the looking. */
static bool moved(struct sqlite *s)
{
    int64_t now_ms = clock_monotonic_ms();
    if (now_ms - atomic_load(&s->looked_ms) >= LOOK_EVERY_MS) {
        atomic_store(&s->looked_ms, now_ms);
        atomic_store(&s->moved, !place_holds(&s->place));
    }
    return atomic_load(&s->moved);
}

static enum status read_begin(struct db_conn *c)
{
    struct sqlite *s = c->db->own;
    if (!db_may(s->db, "begin")) return db_refused(c, "begin");
    if (moved(s)) return link_failed(c, "begin", SQLITE_READONLY_DBMOVED, "");
    struct reader *r = NULL;
    int code = reader_of_thread(s, &r);
    if (code != SQLITE_OK) return link_failed(c, "begin", code, sqlite3_errstr(code));
    if (r->busy) return db_failed(c, ST_BROKEN, "begin: a snapshot inside a snapshot");
    code = link_control(r->link, BEGIN_READ);
    if (code != SQLITE_OK) return link_failed(c, "begin", code, sqlite3_errmsg(r->link->handle));
    r->busy = true;
    c->own = r;
    return ST_OK;
}

static void read_end(struct db_conn *c)
{
    struct reader *r = c->own;
    if (link_control(r->link, COMMIT) != SQLITE_OK) link_control(r->link, ROLLBACK);
    r->busy = false;
}

static enum status sqlite_begin(struct db_conn *c)
{
    return c->writes ? write_begin(c) : read_begin(c);
}

static void sqlite_end(struct db_conn *c)
{
    if (c->writes)
        write_end(c);
    else
        read_end(c);
}

static struct link *link_of(const struct db_conn *c)
{
    const struct sqlite *s = c->db->own;
    const struct reader *r = c->own;
    return c->writes ? s->writer : r->link;
}

static enum status sqlite_run(struct db_conn *c, const struct db_query *q, const struct db_value *in,
                              db_row_fn *row, void *arg, int64_t *ret_rows)
{
    struct sqlite *s = c->db->own;
    enum status status = link_run(c, link_of(c), q, in, row, arg, ret_rows);
    /* What was read may be zeros, whatever SQLite, or the types of the columns, made of them. */
    if (status == ST_OK ? !place_was_cut(&s->place) : place_holds(&s->place)) return status;
    c->failed = ST_OK;
    return link_failed(c, q->name, SQLITE_READONLY_DBMOVED, "");
}

/* Whoever has the turn is alone. */
static enum status sqlite_hold(struct db_conn *c, const char *table, const int64_t *ids, size_t n)
{
    (void)c, (void)table, (void)ids, (void)n;
    return ST_OK;
}

static enum status sqlite_script(struct db_conn *c, const char *what, const char *sql)
{
    return link_script(c, link_of(c), what, sql);
}

static enum status sqlite_check(struct db_conn *c, const struct db_query *q)
{
    return link_check(c, link_of(c), q);
}

static enum status make_file(const char *path, struct arena *a, struct fault *f)
{
    const char *slash = strrchr(path, '/');
    if (slash && slash != path) {
        char *folder = arena_cstr(a, (struct str){path, (size_t)(slash - path)});
        if (mkdir(folder, 0700) != 0 && errno != EEXIST)
            return fail(f, ST_UNAVAILABLE, "can't make the folder %s: %s", folder, strerror(errno));
    }
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno != EEXIST) return fail(f, ST_UNAVAILABLE, "can't make %s: %s", path, strerror(errno));
    if (fd >= 0) close(fd);
    return ST_OK;
}

/* A network file system has no shared memory and so no WAL; SQLite then silently stays as it was. */
static bool in_wal_mode(struct link *l)
{
    sqlite3_stmt *stmt = NULL;
    bool wal = sqlite3_prepare_v2(l->handle, "pragma journal_mode", -1, &stmt, NULL) == SQLITE_OK &&
               sqlite3_step(stmt) == SQLITE_ROW && !strcmp((const char *)sqlite3_column_text(stmt, 0), "wal");
    sqlite3_finalize(stmt);
    return wal;
}

/* Where two processes switch a new file to WAL at once SQLite refuses one of them without waiting. */
static int open_patiently(struct sqlite *s)
{
    const struct timespec pause = {.tv_nsec = 5000000};
    int64_t until_ms = clock_monotonic_ms() + s->db->options.wait_ms;
    for (;;) {
        int code = link_open(s->db, s->path, true, &s->writer);
        if ((code & 0xff) != SQLITE_BUSY || clock_monotonic_ms() >= until_ms) return code;
        nanosleep(&pause, NULL);
    }
}

static enum status open_writer(struct sqlite *s, struct fault *f)
{
    int code = open_patiently(s);
    if (code != SQLITE_OK) {
        fail_detail(f, ST_UNAVAILABLE, "open: sqlite %d", code);
        return fail(f, ST_UNAVAILABLE, "can't open %s: %s", s->path, sqlite3_errstr(code));
    }
    if (!in_wal_mode(s->writer)) {
        link_close(s->writer);
        return fail(f, ST_UNAVAILABLE, "%s can't be in WAL mode: put it on a local disk", s->path);
    }
    sqlite3_exec(s->writer->handle, "pragma user_version", NULL, NULL, NULL); /* opens the WAL */
    if (!place_note(&s->place, s->db->arena, s->path, s->writer->handle)) {
        link_close(s->writer);
        return fail(f, ST_UNAVAILABLE, "%s was moved or deleted while it was opened", s->path);
    }
    return ST_OK;
}

static void configure_library(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* its counters are a lock that all threads share */
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, UNDO_BYTES);
}

static enum status sqlite_open(struct db *db, struct fault *f)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure_library);
    machine_bear_cut_files(); /* SQLite maps the database and the WAL's index */
    struct sqlite *s = ARENA_NEW(db->arena, struct sqlite);
    s->db = db;
    s->path = db->options.url.p + strlen(SCHEME);
    if (!*s->path || *s->path == ':') return fail(f, ST_UNAVAILABLE, "sqlite: needs the path of a file");
    if (db->options.create) TRY(make_file(s->path, db->arena, f));
    if (access(s->path, F_OK) != 0)
        return fail(f, ST_UNAVAILABLE, "there is no database %s: make it with `huiyuan migrate`", s->path);
    TRY(open_writer(s, f));
    if (pthread_key_create(&s->reader_key, reader_thread_ends) != 0) {
        link_close(s->writer);
        return fail(f, ST_UNAVAILABLE, "too many databases are open");
    }
    pthread_mutex_init(&s->readers_lock, NULL);
    queue_init(&s->queue);
    db->own = s;
    return ST_OK;
}

/* The writer last: it moves the WAL into the file, which a reader can't. */
static void sqlite_close(struct db *db)
{
    struct sqlite *s = db->own;
    if (!place_holds(&s->place)) link_keep_wal(s->writer, !place_was_cut(&s->place));
    pthread_key_delete(s->reader_key);
    while (s->readers) {
        struct reader *r = s->readers;
        s->readers = r->next;
        link_close(r->link);
    }
    link_close(s->writer);
    queue_destroy(&s->queue);
    pthread_mutex_destroy(&s->readers_lock);
}

static enum db_health sqlite_health(struct db *db)
{
    struct sqlite *s = db->own;
    if (!place_holds(&s->place)) return DB_GONE;
    return place_has_room(&s->place) ? DB_WELL : DB_READ_ONLY;
}

static enum status sqlite_look_over(struct db_conn *c, db_say_fn *say, void *arg)
{
    return link_look_over(c, link_of(c), say, arg);
}

static enum status sqlite_count_rows(struct db_conn *c, db_count_fn *each, void *arg)
{
    return link_count_rows(c, link_of(c), each, arg);
}

/* What was cut short meanwhile may have been copied as zeros. */
static enum status sqlite_dump(struct db_conn *c, const char *folder, db_piece_fn *take, void *arg)
{
    struct sqlite *s = c->db->own;
    TRY(link_dump(c, link_of(c), folder, take, arg));
    return place_was_cut(&s->place) ? link_failed(c, "dump", SQLITE_READONLY_DBMOVED, "") : ST_OK;
}

static int sqlite_waiting(struct db *db)
{
    struct sqlite *s = db->own;
    return queue_waiting(&s->queue);
}

const struct engine db_sqlite_engine = {
    .kind = DB_SQLITE,
    .open = sqlite_open,
    .close = sqlite_close,
    .waiting = sqlite_waiting,
    .begin = sqlite_begin,
    .commit = write_commit,
    .end = sqlite_end,
    .run = sqlite_run,
    .hold = sqlite_hold,
    .script = sqlite_script,
    .check = sqlite_check,
    .health = sqlite_health,
    .look_over = sqlite_look_over,
    .count_rows = sqlite_count_rows,
    .dump = sqlite_dump,
};
