#include "media/press.h"

#include "base/day.h"
#include "base/limits.h"
#include "media/press_frame.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PACKED_FIRST (64u << 10)
#define OURSELVES    "/proc/self/exe"

struct child {
    pid_t pid; /* 0: none */
    int asks, answers;
    int documents; /* that it has drawn */
    bool at_work;
};

struct press {
    struct press_options options;
    char **environment; /* nothing of the program's own, which may name a database and its password */
    char memory[24];
    pthread_mutex_t lock;
    pthread_cond_t free_again;
    struct child children[PRESS_CHILDREN];
};

static bool is_needed(const char *variable)
{
    static const char *const NEEDED[] = {
        "HOME=",         "PATH=",          "LANG=",        "LC_", "XDG_", "FONTCONFIG_", "LD_LIBRARY_PATH=",
        "ASAN_OPTIONS=", "UBSAN_OPTIONS=", "TSAN_OPTIONS="};
    for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++)
        if (strncmp(variable, NEEDED[i], strlen(NEEDED[i])) == 0) return true;
    return false;
}

static char **environment_of_children(void)
{
    size_t n = 0, kept = 0;
    while (environ[n])
        n++;
    char **variables = calloc(n + 1, sizeof *variables);
    if (!variables) memory_gone();
    for (size_t i = 0; i < n; i++)
        if (is_needed(environ[i])) variables[kept++] = environ[i];
    return variables;
}

struct press *press_start(const struct press_options *o)
{
    pthread_condattr_t monotonic;
    struct press *p = calloc(1, sizeof *p);
    if (!p) memory_gone();
    p->options = *o;
    if (!o->program) p->options.program = OURSELVES;
    if (o->children > PRESS_CHILDREN) p->options.children = PRESS_CHILDREN;
    p->environment = environment_of_children();
    snprintf(p->memory, sizeof p->memory, "%zu", o->memory);
    pthread_mutex_init(&p->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&p->free_again, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return p;
}

/* Ends it wherever it is; how it had ended, if it had. */
static int child_end(struct child *c)
{
    int how = 0;
    kill(c->pid, SIGKILL);
    close(c->asks);
    close(c->answers);
    while (waitpid(c->pid, &how, 0) < 0 && errno == EINTR)
        continue;
    *c = (struct child){.at_work = c->at_work};
    return how;
}

void press_stop(struct press *p)
{
    if (!p) return;
    for (int i = 0; i < PRESS_CHILDREN; i++)
        if (p->children[i].pid) child_end(&p->children[i]);
    pthread_cond_destroy(&p->free_again);
    pthread_mutex_destroy(&p->lock);
    free(p->environment);
    free(p);
}

/* It gets its ends of the pipes, the log, and no other file that is open here. */
static bool child_exec(struct press *p, int asks, int answers, pid_t *ret)
{
    char name[] = "huiyuan", command[] = PRESS_COMMAND;
    char *const argv[] = {name, command, p->memory, NULL};
    posix_spawn_file_actions_t files;
    if (posix_spawn_file_actions_init(&files) != 0) return false;
    bool fine = posix_spawn_file_actions_adddup2(&files, asks, STDIN_FILENO) == 0 &&
                posix_spawn_file_actions_adddup2(&files, answers, STDOUT_FILENO) == 0 &&
                posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1) == 0 &&
                posix_spawn(ret, p->options.program, &files, NULL, argv, p->environment) == 0;
    posix_spawn_file_actions_destroy(&files);
    return fine;
}

static bool child_start(struct press *p, struct child *c)
{
    int asks[2], answers[2];
    pid_t pid;
    if (pipe2(asks, O_CLOEXEC) != 0) return false;
    if (pipe2(answers, O_CLOEXEC) != 0) {
        close(asks[0]);
        close(asks[1]);
        return false;
    }
    bool fine = child_exec(p, asks[0], answers[1], &pid);
    close(asks[0]);
    close(answers[1]);
    if (!fine) {
        close(asks[1]);
        close(answers[0]);
        return false;
    }
    fcntl(asks[1], F_SETFL, O_NONBLOCK);
    fcntl(answers[0], F_SETFL, O_NONBLOCK);
    *c = (struct child){.pid = pid, .asks = asks[1], .answers = answers[0], .at_work = true};
    return true;
}

/* One document's turn with a child; it hangs on the document's arena, so that it is over when memory is. */
struct turn {
    struct press *press;
    struct child *child; /* NULL: none */
    int64_t end_ms;
    bool whole;      /* the child has said all that it had to say, and waits */
    const char *why; /* it is not whole */
};

static struct child *free_child(struct press *p)
{
    struct child *cold = NULL;
    for (int i = 0; i < p->options.children; i++) {
        struct child *c = &p->children[i];
        if (c->at_work) continue;
        if (c->pid) return c;
        if (!cold) cold = c;
    }
    return cold;
}

static bool turn_take(struct turn *t)
{
    struct press *p = t->press;
    struct timespec until = {t->end_ms / 1000, t->end_ms % 1000 * 1000000};
    pthread_mutex_lock(&p->lock);
    while (!(t->child = free_child(p)) && pthread_cond_timedwait(&p->free_again, &p->lock, &until) == 0)
        continue;
    if (t->child) t->child->at_work = true;
    pthread_mutex_unlock(&p->lock);
    return t->child != NULL;
}

static void turn_over(void *turn)
{
    struct turn *t = turn;
    struct press *p = t->press;
    struct child *c = t->child;
    if (!c) return;
    t->child = NULL;
    if (c->pid && (!t->whole || ++c->documents >= p->options.documents)) child_end(c);
    pthread_mutex_lock(&p->lock);
    c->at_work = false;
    pthread_cond_signal(&p->free_again);
    pthread_mutex_unlock(&p->lock);
}

/* Waits until something can be done with the pipe. */
static bool wait_for(struct turn *t, int fd, short events)
{
    struct pollfd ready = {.fd = fd, .events = events};
    for (;;) {
        int64_t left_ms = t->end_ms - clock_monotonic_ms();
        if (left_ms <= 0) {
            t->why = "not done in time";
            return false;
        }
        int n = poll(&ready, 1, (int)left_ms);
        if (n > 0) return true;
        if (n < 0 && errno != EINTR) return false;
    }
}

static bool again_later(void)
{
    return errno == EAGAIN || errno == EINTR;
}

static bool put(struct turn *t, const void *from, size_t n)
{
    const char *p = from;
    while (n > 0) {
        ssize_t put = write(t->child->asks, p, n);
        if (put < 0 && !again_later()) return false;
        if (put < 0 && !wait_for(t, t->child->asks, POLLOUT)) return false;
        if (put < 0) continue;
        p += put;
        n -= (size_t)put;
    }
    return true;
}

static bool get(struct turn *t, void *to, size_t n)
{
    char *p = to;
    while (n > 0) {
        ssize_t got = read(t->child->answers, p, n);
        if (got == 0 || (got < 0 && !again_later())) return false;
        if (got < 0 && !wait_for(t, t->child->answers, POLLIN)) return false;
        if (got < 0) continue;
        p += got;
        n -= (size_t)got;
    }
    return true;
}

/* A child that has waited for long has ended, or does so at this very moment. */
static bool ended_by_itself(int how)
{
    return WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

/* Brings the question to a child and reads the head of its answer. *ret_how: how it ended, if it did. */
static bool ask(struct turn *t, struct str packed, struct press_answer *ret, int *ret_how)
{
    const struct press_question q = {packed.n};
    bool warm = t->child->pid != 0;
    if (!warm && !child_start(t->press, t->child)) {
        t->why = "cannot be started";
        return false;
    }
    t->why = "ended";
    if (put(t, &q, sizeof q) && put(t, packed.p, packed.n) && get(t, ret, sizeof *ret)) return true;
    *ret_how = child_end(t->child);
    return warm && ended_by_itself(*ret_how) && ask(t, packed, ret, ret_how);
}

/* What it says is not believed further than it can be checked. */
static bool is_answer(const struct press_answer *a)
{
    if (a->status == ST_OK) return a->n > 0 && a->n <= LIMIT_FILE_BYTES;
    return a->n == 0 && (a->status == ST_BAD_INPUT || a->status == ST_TOO_LARGE || a->status == ST_BROKEN);
}

static enum status refused(struct fault *f, const struct turn *t, int how)
{
    fail(f, ST_UNAVAILABLE, "这次没有打印成，什么也没有记录。请稍后再试；仍不行请联系协会。");
    return fail_detail(f, ST_UNAVAILABLE, "the process that draws: %s (%s %d)", t->why,
                       WIFSIGNALED(how) ? "signal" : "status",
                       WIFSIGNALED(how) ? WTERMSIG(how) : WEXITSTATUS(how));
}

static enum status told(struct fault *f, const struct press_answer *a)
{
    enum status s = (enum status)a->status;
    if (f) {
        f->status = s;
        snprintf(f->text, sizeof f->text, "%.*s", (int)sizeof a->text - 1, a->text);
        snprintf(f->detail, sizeof f->detail, "%.*s", (int)sizeof a->detail - 1, a->detail);
    }
    return s;
}

static enum status draw(struct turn *t, struct arena *a, struct fault *f, struct str packed,
                        struct bytes *ret)
{
    struct press_answer answer;
    int how = 0;
    if (!turn_take(t)) {
        t->why = "all of them are at work";
        return refused(f, t, how);
    }
    if (!ask(t, packed, &answer, &how)) return refused(f, t, how);
    t->why = "answers nonsense";
    if (!is_answer(&answer)) return refused(f, t, how);
    char *file = arena_alloc(a, answer.n + 1);
    t->why = "ended within its answer";
    if (!get(t, file, answer.n)) return refused(f, t, how);
    t->whole = true;
    if (answer.status != ST_OK) return told(f, &answer);
    *ret = str_bytes((struct str){file, answer.n});
    return ST_OK;
}

enum status press_draw(struct press *p, struct arena *a, struct fault *f, const struct document *d,
                       struct bytes *ret)
{
    if (!p) return document_draw(a, f, d, ret);
    struct document copy = *d;
    struct wire w = {.out = buf_new(a, PACKED_FIRST, LIMIT_PRESS_BYTES), .arena = a};
    document_wire(&w, &copy);
    if (w.out->full) return fail(f, ST_TOO_LARGE, "内容太多，请分几次打印。");
    struct turn *t = ARENA_NEW(a, struct turn);
    *t = (struct turn){.press = p, .end_ms = clock_monotonic_ms() + p->options.deadline_ms};
    arena_defer(a, turn_over, t);
    enum status s = draw(t, a, f, buf_text(w.out), ret);
    turn_over(t);
    return s;
}
