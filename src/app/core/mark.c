#include "app/core/mark.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define ROUND_MS   500 /* between two writes: within a second of the commit, on a slow disk too */
#define FILE_BYTES 256
#define LOCK_TRIES 20 /* another process's write is a matter of milliseconds */
#define LOCK_MS    10

struct mark {
    const char *path, *fresh, *folder; /* fresh becomes path when it is whole */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct head noted;
    bool running, dirty, held, stop; /* held: stays where it is */
};

void mark_look(const struct mark *m, struct arena *a, struct mark_seen *ret)
{
    char text[FILE_BYTES];
    struct mark_seen seen = {.how = ST_OK};
    int fd = open(m->path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text);
    int why = errno;
    if (fd >= 0) close(fd);
    if (n < 0) {
        seen.how = fd < 0 && why == ENOENT ? ST_NOT_FOUND : ST_UNAVAILABLE;
        seen.wrong = arena_fmt(a, "%s: %s", m->path, strerror(why));
    } else if (!head_parse((struct str){text, (size_t)n}, &seen.head)) {
        seen.how = ST_BROKEN;
        seen.wrong = arena_fmt(a, "%s holds no head of a trail", m->path);
    }
    *ret = seen;
}

static enum status write_fresh(const struct mark *m, struct arena *a, const struct head *h)
{
    struct str line = head_text(a, h);
    line = arena_fmt(a, "%.*s\n", STR_ARG(line));
    int fd = open(m->fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool whole = fd >= 0 && write(fd, line.p, line.n) == (ssize_t)line.n && fdatasync(fd) == 0;
    if (fd >= 0) close(fd);
    return whole && rename(m->fresh, m->path) == 0 ? ST_OK : ST_UNAVAILABLE;
}

static void wait_ms(int ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

/* The folder is the lock: one process at a time looks and writes. -1: it can't be had. */
static int lock_folder(const struct mark *m)
{
    int fd = open(m->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int i = 0; fd >= 0 && i < LOCK_TRIES; i++) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
        wait_ms(LOCK_MS);
    }
    if (fd >= 0) close(fd);
    return -1;
}

static enum status move_on(const struct mark *m, struct arena *a, const struct head *h)
{
    struct mark_seen there;
    int locked = lock_folder(m);
    if (locked < 0) return ST_UNAVAILABLE;
    mark_look(m, a, &there);
    enum status s = there.how;
    if (s == ST_NOT_FOUND || (s == ST_OK && there.head.number < h->number)) s = write_fresh(m, a, h);
    close(locked);
    return s;
}

/* The next head to write; false when there is none and it is over. */
static bool next_head(struct mark *m, struct head *ret)
{
    pthread_mutex_lock(&m->lock);
    while (!m->stop && !m->dirty)
        pthread_cond_wait(&m->wake, &m->lock);
    bool some = m->dirty;
    *ret = m->noted;
    m->dirty = false;
    pthread_mutex_unlock(&m->lock);
    return some;
}

static void rest(struct mark *m)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ROUND_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&m->lock);
    while (!m->stop && pthread_cond_timedwait(&m->wake, &m->lock, &until) == 0)
        continue;
    pthread_mutex_unlock(&m->lock);
}

static void *follow(void *arg)
{
    struct mark *m = arg;
    struct head h;
    struct arena *a = arena_new();
    bool told = false;
    while (next_head(m, &h)) {
        enum status s = move_on(m, a, &h);
        if (s != ST_OK && !told)
            log_line(LOG_ERROR, "the high-water mark %s can't be written: %s", m->path, status_name(s));
        told = s != ST_OK;
        arena_reset(a);
        rest(m);
    }
    arena_free(a);
    return NULL;
}

/* With the lock held. The thread comes with the first commit: most commands only read. */
static void start(struct mark *m)
{
    if (m->running) return;
    m->running = pthread_create(&m->thread, NULL, follow, m) == 0;
    if (!m->running) log_line(LOG_ERROR, "no thread for the high-water mark");
}

void mark_note(struct mark *m, const struct head *h)
{
    if (!m) return;
    pthread_mutex_lock(&m->lock);
    if (!m->held && h->number > m->noted.number) {
        m->noted = *h;
        m->dirty = true;
        start(m);
        pthread_cond_signal(&m->wake);
    }
    pthread_mutex_unlock(&m->lock);
}

void mark_close(struct mark *m)
{
    if (!m) return;
    pthread_mutex_lock(&m->lock);
    m->stop = true;
    pthread_cond_signal(&m->wake);
    bool running = m->running;
    pthread_mutex_unlock(&m->lock);
    if (running) pthread_join(m->thread, NULL);
    pthread_cond_destroy(&m->wake);
    pthread_mutex_destroy(&m->lock);
}

enum status mark_put(struct mark *m, const struct head *h, struct fault *f)
{
    int locked = lock_folder(m);
    struct arena *a = arena_new();
    enum status s = locked < 0 ? ST_UNAVAILABLE : write_fresh(m, a, h);
    arena_free(a);
    if (locked >= 0) close(locked);
    if (s) return fail(f, s, "%s can't be written: look at its folder's owner and room", m->path);
    pthread_mutex_lock(&m->lock);
    m->held = false;
    pthread_mutex_unlock(&m->lock);
    return ST_OK;
}

static struct str words(struct ctx *c, const struct mark *m, const struct head *h, enum head_found found,
                        const struct head *newest)
{
    static const char CURE[] =
        "if you put an older copy back yourself, run huiyuan audit accept --reason TEXT; "
        "else put the newest backup back and keep both for whoever looks into it";
    switch (found) {
    case HEAD_HELD:
        return STR_NONE;
    case HEAD_BEYOND:
        return arena_fmt(
            c->arena,
            "the trail ends at row %ld, but row %ld was written (%s): rows were lost or cut off, "
            "or an older copy of the database was put back; %s",
            (long)newest->number, (long)h->number, m->path, CURE);
    case HEAD_OTHER:
        return arena_fmt(
            c->arena,
            "row %ld is not the one that was written (%s): an older copy of the database was put "
            "back and written on, or rows were made anew; %s",
            (long)h->number, m->path, CURE);
    }
    return STR_NONE;
}

enum status mark_judge(struct ctx *c, const struct mark *m, const struct mark_seen *seen, struct str *ret)
{
    struct head newest;
    enum head_found found;
    if (seen->how == ST_NOT_FOUND) {
        *ret = STR_NONE;
        return ST_OK;
    }
    if (seen->how != ST_OK) {
        *ret = arena_fmt(c->arena, "%.*s: run huiyuan audit verify, then huiyuan audit accept --reason TEXT",
                         STR_ARG(seen->wrong));
        return ST_OK;
    }
    TRY(head_find(c, &seen->head, &found));
    TRY(head_newest(c, &newest));
    *ret = words(c, m, &seen->head, found, &newest);
    return ST_OK;
}

static const char *folder_of(struct arena *a, struct str path)
{
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/')
        n--;
    return n ? arena_fmt(a, "%.*s", (int)n, path.p).p : ".";
}

struct mark *mark_new(struct arena *a, struct str keys_path)
{
    struct mark *m = ARENA_NEW(a, struct mark);
    m->path = arena_fmt(a, "%.*s.head", STR_ARG(keys_path)).p;
    m->fresh = arena_fmt(a, "%s.%ld", m->path, (long)getpid()).p;
    m->folder = folder_of(a, keys_path);
    pthread_mutex_init(&m->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&m->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return m;
}

void mark_hold(struct mark *m)
{
    pthread_mutex_lock(&m->lock);
    m->held = true;
    pthread_mutex_unlock(&m->lock);
}
