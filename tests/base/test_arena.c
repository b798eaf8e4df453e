#include "check.h"

#include "base/arena.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

static int open_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int close_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void memory_is_zeroed_and_aligned(void **state)
{
    static const size_t sizes[] = {1, 3, 16, 17, 1000, 16 << 10, 100000, 3 << 20};
    static const unsigned char zero[3 << 20];
    for (size_t i = 0; i < COUNT(sizes); i++) {
        unsigned char *p = arena_alloc(*state, sizes[i]);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        assert_memory_equal(p, zero, sizes[i]);
        memset(p, 0xAA, sizes[i]);
    }
}

static void pieces_do_not_overlap(void **state)
{
    unsigned char *pieces[500];
    for (unsigned i = 0; i < COUNT(pieces); i++) {
        pieces[i] = arena_alloc(*state, i + 1);
        memset(pieces[i], (int)(i & 0xFF), i + 1);
    }
    for (unsigned i = 0; i < COUNT(pieces); i++)
        for (unsigned at = 0; at <= i; at++)
            assert_int_equal(pieces[i][at], i & 0xFF);
}

static void reset_zeroes_again(void **state)
{
    memset(arena_alloc(*state, 1000), 0xAA, 1000);
    arena_alloc(*state, 1 << 20);
    arena_reset(*state);
    static const unsigned char zero[1000];
    assert_memory_equal(arena_alloc(*state, 1000), zero, 1000);
}

static void copies(void **state)
{
    struct str text = arena_str(*state, str_sub(STR("会员制度"), 0, 6));
    assert_text(text, "会员");
    assert_int_equal(text.p[text.n], 0);
    assert_text(arena_str(*state, STR("")), "");
    assert_null(arena_str(*state, STR_NONE).p);

    struct bytes bytes = arena_bytes(*state, str_bytes(STR("a\0b")));
    assert_int_equal(bytes.n, 3);
    assert_memory_equal(bytes.p, "a\0b", 3);
    assert_null(arena_bytes(*state, (struct bytes){0}).p);
    assert_string_equal(arena_hex(*state, str_bytes(STR("\x00\x1f\xa0\xff"))).p, "001fa0ff");
    assert_int_equal(arena_hex(*state, (struct bytes){0}).n, 0);

    assert_string_equal(arena_cstr(*state, STR("abc")), "abc");
    assert_string_equal(arena_cstr(*state, STR_NONE), "");
}

static void formatting(void **state)
{
    assert_text(arena_fmt(*state, "%s-%04d", "TJ", 7), "TJ-0007");
    assert_text(arena_fmt(*state, "%.*s|", STR_ARG(STR("会员"))), "会员|");
    assert_text(arena_fmt(*state, "%s", ""), "");
    struct str wide = arena_fmt(*state, "%050000d", 1);
    assert_int_equal(wide.n, 50000);
    assert_int_equal(wide.p[49999], '1');
}

struct numbers {
    LIST(int);
};

static void a_list_grows(void **state)
{
    struct arena *a = *state;
    struct numbers list = {0};
    for (int i = 0; i < 1000; i++) {
        int *last = ARENA_PUSH(a, &list);
        assert_int_equal(*last, 0);
        *last = i;
    }
    assert_int_equal(list.n, 1000);
    assert_true(list.cap >= list.n);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(list.p[i], i);
}

struct closing {
    char order[8];
    size_t n;
    struct arena *arena;
};

static void close_a(void *what)
{
    struct closing *c = what;
    c->order[c->n++] = 'a';
}

static void close_b(void *what)
{
    struct closing *c = what;
    c->order[c->n++] = 'b';
}

static void deferred_calls_run_newest_first(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct closing closing = {0};
    arena_defer(a, close_a, &closing);
    arena_defer(a, close_b, &closing);
    arena_reset(a);
    assert_string_equal(closing.order, "ba");
    arena_reset(a);
    assert_string_equal(closing.order, "ba"); /* once only */
    arena_defer(a, close_a, &closing);
    arena_free(a);
    assert_string_equal(closing.order, "baa");
}

static void close_with_allocation(void *what)
{
    struct closing *c = what;
    c->order[c->n++] = arena_cstr(c->arena, STR("x"))[0];
}

static void a_deferred_call_may_allocate(void **state)
{
    (void)state;
    struct closing closing = {.arena = arena_new()};
    arena_defer(closing.arena, close_with_allocation, &closing);
    arena_free(closing.arena);
    assert_string_equal(closing.order, "x");
}

static void free_of_nothing(void **state)
{
    (void)state;
    arena_free(NULL);
}

static void too_large_array(void)
{
    arena_array(arena_new(), SIZE_MAX / 2, 4);
}

static void too_large_piece(void)
{
    arena_alloc(arena_new(), SIZE_MAX - 8);
}

static void more_than_memory_aborts(void **state)
{
    (void)state;
    static void (*const cases[])(void) = {too_large_array, too_large_piece};
    for (size_t i = 0; i < COUNT(cases); i++) {
        pid_t child = fork();
        if (child == 0) {
            dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
            signal(SIGABRT, SIG_DFL); /* not cmocka's */
            cases[i]();
            _exit(0);
        }
        int how;
        assert_int_equal(waitpid(child, &how, 0), child);
        assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGABRT);
    }
}

#if defined(__SANITIZE_ADDRESS__)
static void what_is_free_is_poisoned(void **state)
{
    char *p = arena_alloc(*state, 10);
    assert_false(__asan_address_is_poisoned(p + 9));
    assert_true(__asan_address_is_poisoned(p + 10));
    char *q = arena_alloc(*state, 10);
    assert_true(__asan_address_is_poisoned(q - 1));
    arena_reset(*state);
    assert_true(__asan_address_is_poisoned(p));
}
#endif

/* What a piece of work took on the way to the end of memory, and who let go of it. */
struct taking {
    struct arena *arena, *other;
    size_t step;
    int held, released, taken;
};

static void release(void *taking)
{
    ((struct taking *)taking)->released++;
}

static void take_without_end(void *taking)
{
    struct taking *t = taking;
    for (;;) {
        arena_defer(t->arena, release, t);
        t->held++;
        (void)arena_alloc(t->other, t->step);
        t->taken++;
    }
}

static void memory_that_is_gone_ends_the_work(void **state)
{
    static const size_t STEPS[] = {1, 100, 5000, 40000, 1 << 20};
    for (size_t i = 0; i < COUNT(STEPS); i++) {
        struct taking t = {.arena = *state, .other = *state, .step = STEPS[i]};
        arena_limit(*state, 256 << 10);
        assert_false(memory_try(*state, take_without_end, &t));
        assert_int_equal(t.released,
                         t.held + (t.held > t.taken ? 0 : 1)); /* or the last one could not be tied */
        assert_true(arena_size(*state) <= 256 << 10);
        arena_reset(*state);
        assert_non_null(arena_alloc(*state, 1000));
    }
}

static void of_another_arena_too(void **state)
{
    struct taking t = {.arena = *state, .other = arena_new(), .step = 10000};
    arena_limit(t.other, 64 << 10);
    assert_false(memory_try(*state, take_without_end, &t));
    assert_int_equal(t.released, t.held);
    arena_free(t.other);
}

static void try_inside(void *taking)
{
    struct taking *t = taking;
    struct taking inner = {.arena = t->arena, .other = t->arena, .step = 1000};
    arena_defer(t->arena, release, t);
    t->held++;
    t->taken = !memory_try(t->arena, take_without_end, &inner);
    assert_int_equal(t->released, 0); /* what was tied before the inner work stays */
    take_without_end(t);
}

static void the_innermost_ends_first(void **state)
{
    struct taking t = {.arena = *state, .other = *state, .step = 1000};
    arena_limit(*state, 64 << 10);
    assert_false(memory_try(*state, try_inside, &t));
    assert_true(t.released > 0);
}

static void a_child_ends_with_its_parent(void **state)
{
    (void)state;
    struct arena *parent = arena_new(), *child = arena_child(parent);
    struct taking t = {0};
    arena_defer(child, release, &t);
    arena_reset(child);
    assert_int_equal(t.released, 1);
    arena_defer(child, release, &t);
    arena_free(parent);
    assert_int_equal(t.released, 2);
}

static void nothing(void *taking)
{
    ((struct taking *)taking)->taken++;
}

static void work_that_has_enough_is_done(void **state)
{
    struct taking t = {.arena = *state};
    assert_true(memory_try(*state, nothing, &t));
    assert_int_equal(t.taken, 1);
}

/* A second arena gets the block that the first gave back: nothing of it may be left. */
static void what_it_held_is_wiped(void **state)
{
    char *secret = arena_alloc(*state, 64);
    memcpy(secret, "Chunfeng-2026", 13);
    arena_reset(*state);
#if defined(__SANITIZE_ADDRESS__)
    __asan_unpoison_memory_region(secret, 64);
#endif
    static const char zero[64];
    assert_memory_equal(secret, zero, 64);
#if defined(__SANITIZE_ADDRESS__)
    __asan_poison_memory_region(secret, 64);
#endif
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(memory_is_zeroed_and_aligned),
        TEST(pieces_do_not_overlap),
        TEST(reset_zeroes_again),
        TEST(copies),
        TEST(formatting),
        TEST(a_list_grows),
        cmocka_unit_test(deferred_calls_run_newest_first),
        cmocka_unit_test(a_deferred_call_may_allocate),
        cmocka_unit_test(free_of_nothing),
        cmocka_unit_test(more_than_memory_aborts),
        TEST(memory_that_is_gone_ends_the_work),
        TEST(of_another_arena_too),
        TEST(the_innermost_ends_first),
        cmocka_unit_test(a_child_ends_with_its_parent),
        TEST(work_that_has_enough_is_done),
        TEST(what_it_held_is_wiped),
#if defined(__SANITIZE_ADDRESS__)
        TEST(what_is_free_is_poisoned),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
