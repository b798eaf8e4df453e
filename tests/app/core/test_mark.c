/* The high-water mark beside the keys: it follows the trail, never goes back, and tells when rows that were
 * acknowledged are gone. */
#include "people.h"
#include "raw_sql.h"

#include "app/core/mark.h"
#include "app/core/open.h"
#include "app/core/trail.h"
#include "gen/queries.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct str mark_path(struct fixture *x)
{
    return arena_fmt(x->arena, "%.*s.head", STR_ARG(x->keys_path));
}

static void mark_write(struct fixture *x, const char *text)
{
    int fd = open(mark_path(x).p, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static struct str mark_text(struct fixture *x)
{
    char *text = arena_alloc(x->arena, 256);
    int fd = open(mark_path(x).p, O_RDONLY);
    assert_true(fd >= 0);
    ssize_t n = read(fd, text, 256);
    close(fd);
    assert_true(n > 0);
    return (struct str){text, (size_t)n};
}

static struct head head_now(struct fixture *x)
{
    struct ctx *c = as_command_line(x);
    struct head h;
    assert_ok(c, app_audit_head(c, &h));
    app_end(c);
    return h;
}

/* Another process comes, writes so many rows and goes: what it noted is then in the file. */
static void visit(struct fixture *x, int rows)
{
    struct app_options o = {.db_url = x->db->url, .keys_path = x->keys_path};
    struct fault f = {0};
    struct app *app;
    struct ctx c;
    assert_int_equal(app_open(&o, &f, &app), ST_OK);
    for (int i = 0; i < rows; i++) {
        ctx_init(&c, app, x->arena);
        assert_ok(&c, audit_add_alone(&c, &(struct audit_note){.event = "system.demo"}));
    }
    app_close(app);
}

/* What a process that comes now says of the mark. */
static struct str judged(struct fixture *x)
{
    struct app_options o = {.db_url = x->db->url, .keys_path = x->keys_path};
    struct fault f = {0};
    struct app *app;
    struct ctx c;
    struct str wrong;
    assert_int_equal(app_open(&o, &f, &app), ST_OK);
    ctx_init(&c, app, x->arena);
    assert_ok(&c, app_audit_mark(&c, &wrong));
    app_end(&c);
    app_close(app);
    return wrong;
}

static void assert_says(struct str got, const char *part)
{
    size_t at;
    if (!str_find(got, str_from(part), &at)) print_error("%.*s\n", STR_ARG(got));
    assert_true(str_find(got, str_from(part), &at));
}

static void it_follows_the_trail(void **state)
{
    struct fixture *x = *state;
    for (int i = 1; i <= 3; i++) {
        visit(x, i);
        struct head h = head_now(x), kept;
        assert_true(head_parse(mark_text(x), &kept));
        assert_int_equal(kept.number, h.number);
        assert_memory_equal(kept.mac, h.mac, MAC_SIZE);
        assert_false(judged(x).n);
    }
}

/* Of two processes the one that is late does not take back what the other wrote. */
static void it_only_moves_forward(void **state)
{
    struct fixture *x = *state;
    static const int64_t NUMBERS[] = {500, 400, 499, 501, 2};
    static const int64_t KEPT[] = {500, 500, 500, 501, 501};
    for (size_t i = 0; i < COUNT(NUMBERS); i++) {
        struct mark *m = mark_new(x->arena, x->keys_path);
        struct head h = {NUMBERS[i], {(uint8_t)i}}, kept;
        mark_note(m, &h);
        mark_close(m);
        assert_true(head_parse(mark_text(x), &kept));
        assert_int_equal(kept.number, KEPT[i]);
    }
}

/* The end of the trail goes as if it had never been: by hand, or with a lost WAL, or by an older copy. */
static void cut_to(struct fixture *x, int64_t number)
{
    raw_sql(x, arena_fmt(x->arena, "delete from audit_detail where number > %ld", (long)number).p);
    raw_sql(x, arena_fmt(x->arena, "delete from audit where number > %ld", (long)number).p);
    raw_sql(x, "update audit_head set number = (select max(number) from audit), "
               "mac = (select mac from audit order by number desc limit 1)");
}

static void chain_is_whole(struct fixture *x)
{
    struct ctx *c = as_command_line(x);
    int64_t rows, bad;
    assert_ok(c, app_audit_walk(c, NULL, NULL, &rows, &bad));
    app_end(c);
    assert_int_equal(bad, 0);
}

static void a_cut_end_is_told(void **state)
{
    struct fixture *x = *state;
    visit(x, 20);
    struct head before = head_now(x);
    cut_to(x, before.number - 20);
    chain_is_whole(x); /* the chain alone says nothing */
    struct str wrong = judged(x);
    assert_says(wrong, arena_fmt(x->arena, "the trail ends at row %ld", (long)before.number - 20).p);
    assert_says(wrong, arena_fmt(x->arena, "row %ld was written", (long)before.number).p);
    assert_says(wrong, "audit accept");
    /* Nor does going on hide it, however many rows come. */
    struct str kept = mark_text(x);
    visit(x, 5);
    assert_says(judged(x), "the trail ends at row");
    visit(x, 25);
    assert_true(str_eq(mark_text(x), kept));
    assert_says(judged(x), arena_fmt(x->arena, "row %ld is not the one", (long)before.number).p);
}

static void accepting_goes_on(void **state)
{
    struct fixture *x = *state;
    visit(x, 5);
    struct str kept = str_trim(mark_text(x));
    cut_to(x, head_now(x).number - 3);
    struct app_options o = {.db_url = x->db->url, .keys_path = x->keys_path};
    struct fault f = {0};
    struct app *app;
    struct ctx c;
    assert_int_equal(app_open(&o, &f, &app), ST_OK);
    ctx_init(&c, app, x->arena);
    assert_ok(&c, app_audit_accept(&c, STR("昨晚的备份")));
    app_close(app);
    assert_says(trail_note(x, "system.accept_head"), "昨晚的备份");
    assert_says(trail_note(x, "system.accept_head"), arena_str(x->arena, kept).p);
    assert_false(judged(x).n);
    visit(x, 2);
    struct head h = head_now(x), now;
    assert_true(head_parse(mark_text(x), &now));
    assert_int_equal(now.number, h.number);
}

static void what_else_the_file_may_be(void **state)
{
    struct fixture *x = *state;
    static const struct {
        const char *text, *says; /* NULL: nothing is wrong */
    } FILES[] = {
        {"", "holds no head"},
        {"7\n", "holds no head"},
        {"7 abc\n", "holds no head"},
        {"1 3e2ab83afea0efcc7613887fbe0dd5493982607565d2bb85cc8ff74db600b80g\n", "holds no head"},
        {"1 3e2ab83afea0efcc7613887fbe0dd5493982607565d2bb85cc8ff74db600b8gb\n", "holds no head"},
        {"1 3e2ab83afea0efcc7613887fbe0dd5493982607565d2bb85cc8ff74db600b80b0b\n", "holds no head"},
        {"-1 3e2ab83afea0efcc7613887fbe0dd5493982607565d2bb85cc8ff74db600b80b\n", "holds no head"},
        {"1 3e2ab83afea0efcc7613887fbe0dd5493982607565d2bb85cc8ff74db600b80b\n", "row 1 is not the one"},
        {"999999 3e2ab83afea0efcc7613887fbe0dd5493982607565d2bb85cc8ff74db600b80b", "row 999999 was written"},
    };
    for (size_t i = 0; i < COUNT(FILES); i++) {
        mark_write(x, FILES[i].text);
        assert_says(judged(x), FILES[i].says);
        visit(x, 1);
        if (FILES[i].text[0]) assert_text(mark_text(x), FILES[i].text);
    }
    assert_int_equal(unlink(mark_path(x).p), 0);
    assert_false(judged(x).n);
}

/* Nobody waits for the file, and nothing fails with it. */
static void a_file_that_cannot_be_written(void **state)
{
    struct fixture *x = *state;
    unlink(mark_path(x).p);
    assert_int_equal(mkdir(mark_path(x).p, 0700), 0);
    person_register(x, 1);
    visit(x, 1);
    chain_is_whole(x);
    assert_says(judged(x), "audit accept");
    assert_int_equal(rmdir(mark_path(x).p), 0);
}

static void heads_kept_elsewhere(void **state)
{
    struct fixture *x = *state;
    enum head_found found;
    visit(x, 3);
    struct head h = head_now(x), old = h, wrong = h, beyond = h, read;
    struct ctx *c = as_command_line(x);
    struct audit_mac_row row;
    assert_ok(c, app_read(c));
    assert_ok(c, q_audit_mac(c->db, c->arena, 2, &row));
    assert_true(head_set(&old, 2, row.mac));
    wrong.mac[31] ^= 1;
    beyond.number++;
    const struct {
        const struct head *head;
        enum head_found found;
    } HEADS[] = {{&h, HEAD_HELD}, {&old, HEAD_HELD}, {&wrong, HEAD_OTHER}, {&beyond, HEAD_BEYOND}};
    for (size_t i = 0; i < COUNT(HEADS); i++) {
        assert_ok(c, app_audit_find(c, HEADS[i].head, &found));
        assert_int_equal(found, HEADS[i].found);
    }
    app_end(c);
    assert_true(head_parse(head_text(x->arena, &h), &read));
    assert_memory_equal(&read, &h, sizeof h);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_follows_the_trail), TEST(it_only_moves_forward),     TEST(a_cut_end_is_told),
        TEST(accepting_goes_on),    TEST(what_else_the_file_may_be), TEST(a_file_that_cannot_be_written),
        TEST(heads_kept_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
