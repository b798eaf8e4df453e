#include "base/limits.h"
#include "base/machine.h"
#include "media/press.h"
#include "media/press_frame.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define ASKS    STDIN_FILENO
#define ANSWERS STDOUT_FILENO

bool press_is_child(int argc, char **argv)
{
    return argc == 3 && strcmp(argv[1], PRESS_COMMAND) == 0;
}

/* Who tells the server to stop may tell its whole group: a document that was begun is finished. The end of
 * the pipe is what ends this process. */
static void hold_out(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static void give_up_rights(const char *memory)
{
    machine_keep_secrets();
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#if !defined(__SANITIZE_ADDRESS__)
    rlim_t bytes = (rlim_t)strtoull(memory, NULL, 10);
    setrlimit(RLIMIT_AS, &(struct rlimit){bytes, bytes});
#else
    (void)memory;
#endif
    if (chdir("/") != 0) _exit(1);
}

/* What draws does not tell when memory is out: it aborts at best, else it goes on without a font. So there is
 * more than any document needs, or nothing is begun. */
static bool has_room(void)
{
    void *room = mmap(NULL, LIMIT_PRESS_ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED) return false;
    munmap(room, LIMIT_PRESS_ROOM);
    return true;
}

/* False at the end of the pipe. */
static bool get(void *to, size_t n)
{
    char *p = to;
    while (n > 0) {
        ssize_t got = read(ASKS, p, n);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        p += got;
        n -= (size_t)got;
    }
    return true;
}

static bool put(const void *from, size_t n)
{
    const char *p = from;
    while (n > 0) {
        ssize_t put = write(ANSWERS, p, n);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        p += put;
        n -= (size_t)put;
    }
    return true;
}

static bool is_asked(void)
{
    struct pollfd asks = {.fd = ASKS, .events = POLLIN};
    int ready = poll(&asks, 1, LIMIT_PRESS_IDLE_MS);
    return ready > 0 || (ready < 0 && errno == EINTR);
}

static enum status draw(struct arena *a, struct fault *f, struct str packed, struct bytes *ret)
{
    struct wire w = {.in = packed, .arena = a};
    struct document d = {0};
    document_wire(&w, &d);
    if (w.bad || w.in.n) return fail_detail(f, ST_BROKEN, "a document does not unpack");
    return document_draw(a, f, &d, ret);
}

/* One question, with memory of its own, which is wiped. False when there will be no other. */
static bool answer_one(void)
{
    struct press_question q;
    struct press_answer answer = {0};
    struct fault f = {0};
    struct bytes file = {0};
    if (!get(&q, sizeof q) || q.n > LIMIT_PRESS_BYTES) return false;
    if (!has_room()) _exit(1);
    struct arena *a = arena_new();
    char *packed = arena_alloc(a, q.n + 1);
    bool whole = get(packed, q.n);
    if (whole) {
        answer.status = draw(a, &f, (struct str){packed, q.n}, &file);
        answer.n = file.n;
        memcpy(answer.text, f.text, sizeof answer.text);
        memcpy(answer.detail, f.detail, sizeof answer.detail);
        whole = put(&answer, sizeof answer) && put(file.p, file.n);
    }
    arena_free(a);
    return whole;
}

int press_child(char **argv)
{
    hold_out();
    give_up_rights(argv[2]);
    /* A font that does not load is a warning there. What is stamped is drawn right or not at all. */
    g_log_set_always_fatal(G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
    while (is_asked() && answer_one())
        continue;
    _exit(0);
}
