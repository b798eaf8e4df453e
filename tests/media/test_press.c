#include "media/press.h"

#include "check.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct pdf_column COLUMNS[] = {{.title = STR_INIT("序号"), .whole = true, .centred = true},
                                            {.title = STR_INIT("姓名"), .weight = 3}};
static const struct str CELLS[] = {STR_INIT("1"), STR_INIT("王𬱖"), STR_INIT("2"), STR_INIT("")};
static const struct pdf_pair PAIRS[] = {{STR_INIT("合计人数"), STR_INIT("2 人")},
                                        {STR_INIT("电话"), {NULL, 0}}};
static const struct pdf_batch BATCHES[] = {
    {.title = STR_INIT("汇总表"),
     .head = PAIRS,
     .head_count = COUNT(PAIRS),
     .qr = STR_INIT("http://127.0.0.1:8080/b/0123456789abcdef.1"),
     .number = STR_INIT("TJ-2026-0001-01"),
     .check_code = STR_INIT("0B59-DDBB-1DA5-B7FC"),
     .columns = COLUMNS,
     .column_count = COUNT(COLUMNS),
     .cells = CELLS,
     .row_count = 2,
     .totals = PAIRS,
     .total_count = 1,
     .phone = STR_INIT("0931-1234567"),
     .note = STR_INIT("请加盖公章")},
    {.title = STR_INIT("空"), .preview = true, .columns = COLUMNS, .column_count = COUNT(COLUMNS)},
};
static const struct pdf_field FIELDS[] = {{STR_INIT("姓名"), STR_INIT("王小明"), false},
                                          {STR_INIT("地址"), STR_INIT("兰州"), true}};
static const struct str TEXTS[] = {STR_INIT("一。"), STR_INIT("二。")};
static const struct pdf_signature SIGNATURES[] = {{STR_INIT("单位意见"), STR_INIT("单位（盖章）")}};
static const struct pdf_application FORM = {.title = STR_INIT("入会申请表"),
                                            .number = STR_INIT("GSJL2026000001"),
                                            .date = {2026, 11, 23},
                                            .fields = FIELDS,
                                            .field_count = COUNT(FIELDS),
                                            .photo = {(const uint8_t *)"no jpeg", 7},
                                            .pledge_title = STR_INIT("承诺"),
                                            .pledge = TEXTS,
                                            .pledge_count = COUNT(TEXTS),
                                            .signatures = SIGNATURES,
                                            .signature_count = COUNT(SIGNATURES)};
static const struct pdf_letter LETTERS[] = {
    {.title = STR_INIT("通知"),
     .to = STR_INIT("某公司"),
     .paragraphs = TEXTS,
     .paragraph_count = COUNT(TEXTS),
     .account_label = STR_INIT("账号"),
     .account = STR_INIT("某公司"),
     .password_label = STR_INIT("密码"),
     .password = STR_INIT("K7mQ-w3xR-9pT4"),
     .address = STR_INIT("http://127.0.0.1:8080/login"),
     .from = STR_INIT("协会"),
     .date = {2026, 11, 23}},
    {.title = STR_INIT("没有网址"), .date = {2026, 11, 23}},
};

static const struct document SUMMARY = {DOCUMENT_SUMMARY, .made_on = {2026, 11, 23}, .batches = BATCHES,
                                        .batch_count = COUNT(BATCHES)};
static const struct document APPLICATION = {DOCUMENT_APPLICATION, .form = &FORM};
static const struct document LETTER = {DOCUMENT_LETTERS, .letters = LETTERS, .letter_count = 1};
static const struct document WRONG_LETTER = {DOCUMENT_LETTERS, .letters = LETTERS, .letter_count = 2};

static const struct press_options USUAL = {
    .children = 2, .memory = (size_t)2 << 30, .deadline_ms = 120000, .documents = 100};

static enum status drawn(struct press *p, const struct document *d)
{
    struct arena *a = arena_new();
    struct fault f = {0};
    struct bytes pdf = {NULL, 7};
    enum status s = press_draw(p, a, &f, d, &pdf);
    if (s == ST_OK)
        assert_memory_equal(pdf.p, "%PDF-", 5);
    else
        assert_int_equal(pdf.n, 7);
    if (s == ST_UNAVAILABLE) assert_true(str_find(str_from(f.text), STR("没有打印成"), NULL));
    arena_free(a);
    return s;
}

/* The parent of a process; 0: there is none of that name. */
static long parent_of(const char *name)
{
    char path[300], line[512];
    snprintf(path, sizeof path, "/proc/%s/stat", name);
    FILE *stat = fopen(path, "r");
    bool read = stat && fgets(line, sizeof line, stat);
    const char *after = read ? strrchr(line, ')') : NULL; /* ") S 123 " */
    if (stat) fclose(stat);
    return after ? strtol(after + sizeof ") S" - 1, NULL, 10) : 0;
}

/* The processes that this one has started and not yet waited for. */
static int children(pid_t ret[16])
{
    int n = 0;
    DIR *all = opendir("/proc");
    for (struct dirent *one; (one = readdir(all)) && n < 16;)
        if (one->d_name[0] != '.' && parent_of(one->d_name) == getpid())
            ret[n++] = (pid_t)strtol(one->d_name, NULL, 10);
    closedir(all);
    return n;
}

static pid_t the_child(void)
{
    pid_t pids[16];
    assert_int_equal(children(pids), 1);
    return pids[0];
}

static void a_child_draws_the_same(void **state)
{
    static const struct document *const DOCUMENTS[] = {&SUMMARY, &APPLICATION, &LETTER, &WRONG_LETTER};
    (void)state;
    struct press *p = press_start(&USUAL);
    for (size_t i = 0; i < COUNT(DOCUMENTS); i++) {
        struct arena *a = arena_new();
        struct fault here_fault = {0}, there_fault = {0};
        struct bytes here = {0}, there = {0};
        enum status s = press_draw(NULL, a, &here_fault, DOCUMENTS[i], &here);
        assert_int_equal(s, DOCUMENTS[i] == &WRONG_LETTER ? ST_BAD_INPUT : ST_OK);
        assert_int_equal(press_draw(p, a, &there_fault, DOCUMENTS[i], &there), s);
        assert_true(bytes_eq(here, there));
        assert_string_equal(here_fault.text, there_fault.text);
        arena_free(a);
    }
    the_child(); /* all of them by one */
    press_stop(p);
    pid_t pids[16];
    assert_int_equal(children(pids), 0);
}

/* However little of it arrives: no document, and nothing past the end is read. */
static void half_a_document_is_none(void **state)
{
    static const struct document *const DOCUMENTS[] = {&SUMMARY, &APPLICATION, &LETTER};
    (void)state;
    for (size_t i = 0; i < COUNT(DOCUMENTS); i++) {
        struct arena *a = arena_new();
        struct document d = *DOCUMENTS[i];
        struct wire w = {.out = buf_new(a, 256, 1u << 20), .arena = a};
        document_wire(&w, &d);
        for (size_t n = 0; n <= w.out->n; n++) {
            struct arena *b = arena_new();
            struct str part = arena_str(b, (struct str){w.out->p, n});
            struct wire r = {.in = part, .arena = b};
            struct document read = {0};
            document_wire(&r, &read);
            assert_int_equal(r.bad, n < w.out->n);
            arena_free(b);
        }
        arena_free(a);
    }
}

static const char *script(const char *text)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/press-test-%d", (int)getpid());
    FILE *f = fopen(path, "w");
    fprintf(f, "#!/bin/sh\n%s\n", text);
    fclose(f);
    chmod(path, 0700);
    return path;
}

/* Whatever the child does instead of drawing, the caller is told, and no process stays. */
static void a_child_that_fails_is_a_refusal(void **state)
{
    static const struct {
        const char *does;
        int deadline_ms;
    } CASES[] = {
        {"exit 0", 60000},
        {"exit 1", 60000},
        {"kill -ABRT $$", 60000},
        {"cat", 300},                          /* its answer is the question */
        {"head -c 64 >/dev/null; yes", 60000}, /* an answer that is none */
        {"head -c 300 /dev/zero", 60000},
        {"head -c 528 /dev/zero; exec sleep 600", 60000}, /* done, with a file of no bytes */
        {"exec sleep 600", 100},
        {"printf x; exec sleep 600", 100},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct press_options o = USUAL;
        pid_t pids[16];
        o.program = script(CASES[i].does);
        o.deadline_ms = CASES[i].deadline_ms;
        struct press *p = press_start(&o);
        assert_int_equal(drawn(p, &LETTER), ST_UNAVAILABLE);
        assert_int_equal(children(pids), 0);
        assert_int_equal(drawn(p, &LETTER), ST_UNAVAILABLE); /* nobody's turn is lost */
        press_stop(p);
        unlink(o.program);
    }
    struct press_options o = USUAL;
    o.program = "/nowhere/at/all";
    struct press *p = press_start(&o);
    assert_int_equal(drawn(p, &LETTER), ST_UNAVAILABLE);
    press_stop(p);
}

/* What the text library does without memory is abort, or draw without the font. A sanitizer maps more than
 * any limit, so it has none. */
static void without_memory_it_is_a_refusal(void **state)
{
    (void)state;
#if !defined(__SANITIZE_ADDRESS__)
    struct press_options o = USUAL;
    struct arena *a = arena_new();
    struct bytes right, pdf;
    int refused = 0;
    enum status s = press_draw(NULL, a, NULL, &SUMMARY, &right);
    assert_int_equal(s, ST_OK);
    for (o.memory = (size_t)32 << 20; s != ST_OK || refused == 0; o.memory += (size_t)16 << 20) {
        struct press *p = press_start(&o);
        s = press_draw(p, a, NULL, &SUMMARY, &pdf);
        assert_true(s == ST_OK || s == ST_UNAVAILABLE);
        refused += s == ST_UNAVAILABLE;
        if (s == ST_OK) assert_true(bytes_eq(pdf, right));
        press_stop(p);
    }
    arena_free(a);
#endif
}

static void another_takes_the_place_of_one_that_died(void **state)
{
    (void)state;
    struct press *p = press_start(&USUAL);
    assert_int_equal(drawn(p, &LETTER), ST_OK);
    pid_t first = the_child();
    kill(first, SIGKILL); /* while it waits: the next document meets its end */
    enum status s = drawn(p, &LETTER);
    assert_true(s == ST_OK || s == ST_UNAVAILABLE);
    assert_int_equal(drawn(p, &LETTER), ST_OK);
    assert_int_not_equal(the_child(), first);
    press_stop(p);
}

static void after_some_documents_another_one(void **state)
{
    (void)state;
    struct press_options o = USUAL;
    pid_t pids[16];
    o.documents = 2;
    struct press *p = press_start(&o);
    assert_int_equal(drawn(p, &LETTER), ST_OK);
    the_child();
    assert_int_equal(drawn(p, &LETTER), ST_OK);
    assert_int_equal(children(pids), 0);
    assert_int_equal(drawn(p, &LETTER), ST_OK);
    press_stop(p);
}

struct drawer {
    struct press *press;
    pthread_t thread;
    enum status status;
};

static void *draw_some(void *arg)
{
    struct drawer *d = arg;
    for (int i = 0; i < 3 && d->status == ST_OK; i++)
        d->status = drawn(d->press, i % 2 ? &SUMMARY : &LETTER);
    return NULL;
}

static void more_documents_than_children(void **state)
{
    (void)state;
    struct press_options o = USUAL;
    struct drawer drawers[4];
    o.children = 1;
    struct press *p = press_start(&o);
    for (size_t i = 0; i < COUNT(drawers); i++) {
        drawers[i] = (struct drawer){.press = p};
        assert_int_equal(pthread_create(&drawers[i].thread, NULL, draw_some, &drawers[i]), 0);
    }
    for (size_t i = 0; i < COUNT(drawers); i++) {
        pthread_join(drawers[i].thread, NULL);
        assert_int_equal(drawers[i].status, ST_OK);
    }
    the_child();
    press_stop(p);
}

/* No file but its pipes and the log, nothing of the program's own environment, no core dump. */
static void what_a_child_is_given(void **state)
{
    (void)state;
    char path[64], text[65536];
    int of_ours = dup(STDOUT_FILENO); /* without O_CLOEXEC */
    setenv("HUIYUAN_DB", "postgresql://huiyuan:secret@/", 1);
    struct press *p = press_start(&USUAL);
    assert_int_equal(drawn(p, &LETTER), ST_OK);
    pid_t pid = the_child();
    for (int fd = 0; fd < 64; fd++) {
        struct stat there;
        snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
        if (lstat(path, &there) == 0) assert_true(fd <= STDERR_FILENO);
    }
    snprintf(path, sizeof path, "/proc/%d/environ", (int)pid);
    FILE *f = fopen(path, "r"); /* only root may: it is not dumpable */
    assert_true(f != NULL || getuid() != 0);
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    assert_false(str_find((struct str){text, n}, STR("HUIYUAN_"), NULL));
    if (f) fclose(f);
    snprintf(path, sizeof path, "/proc/%d/limits", (int)pid);
    f = fopen(path, "r");
    n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    if (f) fclose(f);
    assert_true(
        str_find((struct str){text, n}, STR("Max core file size        0                    0 "), NULL));
#if !defined(__SANITIZE_ADDRESS__)
    assert_true(str_find((struct str){text, n}, STR("Max address space         2147483648 "), NULL));
#endif
    press_stop(p);
    close(of_ours);
}

struct greedy {
    struct press *press;
    struct arena *arena;
};

static void draw_in_little(void *arg)
{
    struct greedy *g = arg;
    struct bytes pdf;
    enum status s = press_draw(g->press, g->arena, NULL, &SUMMARY, &pdf);
    (void)s;
}

/* Memory of the request that ends while the child answers: its turn is over all the same. */
static void a_request_without_memory(void **state)
{
    (void)state;
    struct press_options o = USUAL;
    o.children = 1;
    struct press *p = press_start(&o);
    struct greedy g = {p, arena_new()};
    arena_limit(g.arena, arena_size(g.arena) + 4096);
    assert_false(memory_try(g.arena, draw_in_little, &g));
    arena_free(g.arena);
    assert_int_equal(drawn(p, &LETTER), ST_OK);
    press_stop(p);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_draws_the_same),
        cmocka_unit_test(half_a_document_is_none),
        cmocka_unit_test(a_child_that_fails_is_a_refusal),
        cmocka_unit_test(without_memory_it_is_a_refusal),
        cmocka_unit_test(another_takes_the_place_of_one_that_died),
        cmocka_unit_test(after_some_documents_another_one),
        cmocka_unit_test(more_documents_than_children),
        cmocka_unit_test(what_a_child_is_given),
        cmocka_unit_test(a_request_without_memory),
    };
    if (press_is_child(argc, argv)) return press_child(argv);
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
