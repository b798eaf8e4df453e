/* 审计日志: what each condition keeps, alone and with another, page by page in both directions and as a file;
 * how a search goes on that had to look at too many rows; and what is told of a row. */
#include "people.h"
#include "raw_sql.h"

#include "app/core/trail.h"
#include "app/reports/audit_export.h"
#include "app/reports/audit_list.h"
#include "base/limits.h"
#include "gen/queries.h"

#include <stdio.h>
#include <string.h>

#define ENTRIES 90
#define FIRST   DAY(2031, 3, 1)
#define ROWS    400 /* more than the trail of such a test has */

static const char *const ADDRESSES[] = {"10.1.2.3", "10.1.20.7", "2001:db8::7"};
static const char *const EVENTS[] = {"batch.close", "member.reveal", "account.logout", "future.event"};

/* A trail, and by hand what each of its rows is. */
struct trail {
    struct fixture *x;
    struct member_id member;
    struct account_id person;
    struct audit_full rows[ROWS]; /* by number - 1 */
    const char *address[ROWS];
    int64_t n;
};

static struct ctx *as_auditor(struct fixture *x)
{
    struct ctx *c = as_viewer(x);
    c->actor.roles = ROLE_AUDITOR;
    return c;
}

static struct ctx *actor_of(struct trail *t, int i)
{
    switch (i % 5) {
    case 0:
        return as_membership(t->x);
    case 1:
        return as_clerk(t->x);
    case 2:
        return as_other_clerk(t->x);
    case 3:
        return as_person(t->x, t->member);
    }
    return as_command_line(t->x);
}

/* The clock is set back by five days at the fortieth. */
static struct day day_of(int i)
{
    return day_add(FIRST, i / 10 - (i >= 40 ? 5 : 0));
}

static void entry_add(struct trail *t, int i)
{
    struct fixture *x = t->x;
    struct ctx *c = actor_of(t, i);
    c->now_ms = instant_of(day_of(i)) + i * MINUTE_MS;
    c->address = str_from(ADDRESSES[i % 3]);
    assert_ok(c, audit_add_alone(c, &(struct audit_note){
                                        .event = EVENTS[i % 4],
                                        .result = i % 7 == 0 ? "not_found" : NULL,
                                        .about = {.member = {i % 3 == 0 ? t->member.v : 0}},
                                        .company = i % 2 ? x->company : (struct company_id){0},
                                    }));
    app_end(c);
}

static void rows_read(struct trail *t)
{
    struct ctx *c = as_command_line(t->x);
    struct audit_fulls all;
    assert_ok(c, app_read(c));
    assert_ok(c, q_audit_after(c->db, c->arena, 0, ROWS, &all));
    assert_true(all.n < ROWS);
    for (size_t i = 0; i < all.n; i++)
        t->rows[i] = all.p[i];
    t->n = (int64_t)all.n;
    app_end(c);
}

static void trail_make(struct fixture *x, struct trail *t)
{
    t->x = x;
    t->member = person_register(x, 1);
    t->person = as_person(x, t->member)->actor.account;
    rows_read(t);
    int64_t before = t->n;
    for (int i = 0; i < ENTRIES; i++) {
        entry_add(t, i);
        t->address[before + i] = ADDRESSES[i % 3];
    }
    rows_read(t);
    assert_int_equal(t->n, before + ENTRIES);
}

/* A condition by hand. Days count from FIRST; -1: none. */
struct condition {
    const char *event, *account, *address, *result;
    int from, to;
    bool member, company;
};
#define NO_DAYS .from = -1, .to = -1
static const struct condition ALONE[] = {
    {NO_DAYS},
    {NO_DAYS, .event = "member.reveal"},
    {NO_DAYS, .account = "huiyuan"},
    {NO_DAYS, .account = "甘肃示范工程监理有限公司"},
    {NO_DAYS, .account = "nobody"},
    {NO_DAYS, .address = "10.1.2"},
    {NO_DAYS, .address = "10.1.2."},
    {NO_DAYS, .address = "2001:"},
    {NO_DAYS, .address = "0.1.2"},
    {NO_DAYS, .result = "ok"},
    {NO_DAYS, .result = "refused"},
    {NO_DAYS, .member = true},
    {NO_DAYS, .company = true},
    {.from = 2, .to = -1},
    {.from = -1, .to = 1},
    {.from = 1, .to = 1},
    {.from = 1, .to = 3},
    {.from = 40, .to = 50},
};

static struct str day_word(struct trail *t, int offset)
{
    return offset < 0 ? STR("") : day_str(t->x->arena, day_add(FIRST, offset));
}

static struct str number_word(struct trail *t, int64_t id)
{
    return arena_fmt(t->x->arena, "%ld", (long)id);
}

static struct audit_asked asked_of(struct trail *t, const struct condition *k)
{
    return (struct audit_asked){
        .from = day_word(t, k->from),
        .to = day_word(t, k->to),
        .event = str_from(k->event ? k->event : ""),
        .account = str_from(k->account ? k->account : ""),
        .address = str_from(k->address ? k->address : ""),
        .result = str_from(k->result ? k->result : ""),
        .member = k->member ? number_word(t, t->member.v) : STR(""),
        .company = k->company ? number_word(t, t->x->company.v) : STR(""),
    };
}

static bool is_of_account(struct trail *t, const struct audit_full *row, const char *login)
{
    if (strcmp(login, "huiyuan") == 0) return row->account_id.v == t->x->membership.v;
    return strcmp(login, "nobody") != 0 && row->account_id.v == t->x->clerk.v;
}

static bool keeps(struct trail *t, const struct condition *k, const struct audit_full *row)
{
    const char *address = t->address[row->number - 1];
    bool ok = str_eq(row->result, STR("ok"));
    struct day day = day_at(row->at);
    if (k->from >= 0 && day_cmp(day, day_add(FIRST, k->from)) < 0) return false;
    if (k->to >= 0 && day_cmp(day, day_add(FIRST, k->to)) > 0) return false;
    if (k->event && !str_eq(row->event, str_from(k->event))) return false;
    if (k->account && !is_of_account(t, row, k->account)) return false;
    if (k->address && (!address || strncmp(address, k->address, strlen(k->address)) != 0)) return false;
    if (k->result && (strcmp(k->result, "ok") == 0) != ok) return false;
    if (k->member && row->member_id.v != t->member.v && row->account_id.v != t->person.v) return false;
    return !k->company || row->company_id.v == t->x->company.v || row->account_id.v == t->x->clerk.v;
}

static struct condition both(const struct condition *a, const struct condition *b)
{
    struct condition k = *a;
    if (b->event) k.event = b->event;
    if (b->account) k.account = b->account;
    if (b->address) k.address = b->address;
    if (b->result) k.result = b->result;
    if (b->from >= 0) k.from = b->from;
    if (b->to >= 0) k.to = b->to;
    k.member |= b->member;
    k.company |= b->company;
    return k;
}

static void page_of(struct trail *t, const struct audit_asked *asked, const struct page_want *want,
                    struct audit_page *ret)
{
    struct ctx *c = as_auditor(t->x);
    assert_ok(c, app_audit_list(c, asked, want, ret));
    app_end(c);
}

/* By the clock where days are asked for and nobody is, else by number. */
static bool in_order(const struct audit_asked *asked, const struct audit_line *newer,
                     const struct audit_line *older)
{
    bool days = (asked->from.n || asked->to.n) && !asked->account.n && !asked->member.n && !asked->company.n;
    if (days && newer->at != older->at) return newer->at > older->at;
    return newer->number > older->number;
}

static void check_condition(struct trail *t, const struct condition *k)
{
    struct audit_asked asked = asked_of(t, k);
    struct page_want want = {.size = 10};
    struct audit_page page;
    struct audit_line seen[ROWS];
    int64_t n = 0, wanted = 0;
    int pages = 0;
    for (int64_t i = 0; i < t->n; i++)
        wanted += keeps(t, k, &t->rows[i]);
    do {
        page_of(t, &asked, &want, &page);
        for (size_t i = 0; i < page.items.n; i++) {
            const struct audit_line *row = &page.items.p[i].row;
            assert_true(keeps(t, k, &t->rows[row->number - 1]));
            if (n) assert_true(in_order(&asked, &seen[n - 1], row));
            seen[n++] = *row;
        }
        assert_false(page.sifting);
        assert_true(!page.next.n || page.items.n == 10);
        assert_int_equal(page.previous.n > 0, pages > 0);
        pages++;
        want.after = page.next;
    } while (page.next.n);
    assert_int_equal(n, wanted);
    for (int64_t end = n - (int64_t)page.items.n; end > 0; end -= 10) { /* and back */
        page_of(t, &asked, &(struct page_want){.size = 10, .before = page.previous}, &page);
        assert_int_equal(page.items.n, 10);
        for (int64_t i = 0; i < 10; i++)
            assert_int_equal(page.items.p[i].row.number, seen[end - 10 + i].number);
        assert_true(page.next.n > 0);
        assert_int_equal(page.previous.n > 0, end > 10);
    }
}

static void every_condition_keeps_its_rows(void **state)
{
    static struct trail t;
    t = (struct trail){0};
    trail_make(*state, &t);
    for (size_t i = 0; i < COUNT(ALONE); i++)
        for (size_t k = 0; k <= i; k++) {
            struct condition two = both(&ALONE[i], &ALONE[k]);
            if (two.from >= 0 && two.to >= 0 && two.from > two.to) continue;
            check_condition(&t, &two);
        }
}

static void all_rows_are_counted(void **state)
{
    static struct trail t;
    struct audit_page page;
    t = (struct trail){0};
    trail_make(*state, &t);
    page_of(&t, &(struct audit_asked){0}, &(struct page_want){.size = 100}, &page);
    assert_int_equal(page.total, t.n);
    assert_int_equal(page.items.p[0].row.number, t.n);
    page_of(&t, &(struct audit_asked){.result = STR("ok")}, &(struct page_want){.size = 100}, &page);
    assert_int_equal(page.total, 0);
}

/* More rows than one page looks at, and only the oldest of them fits: the way there is told, and back. */
static void a_long_search_goes_on(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_command_line(x);
    c->address = STR("203.0.113.9");
    assert_ok(c, audit_add_alone(c, &(struct audit_note){.event = "batch.close"}));
    app_end(c);
    c = as_command_line(x);
    assert_ok(c, app_begin(c));
    for (int i = 0; i < LIMIT_AUDIT_LOOKED + 300; i++)
        assert_ok(c, audit_add(c, &(struct audit_note){.event = "account.logout"}));
    assert_ok(c, app_commit(c));
    struct audit_asked asked = {.address = STR("203.")};
    struct trail t = {.x = x};
    struct audit_page page;
    page_of(&t, &asked, &(struct page_want){.size = 20}, &page);
    assert_int_equal(page.items.n, 0);
    assert_true(page.sifting && page.next.n && !page.previous.n);
    page_of(&t, &asked, &(struct page_want){.size = 20, .after = page.next}, &page);
    assert_int_equal(page.items.n, 1);
    assert_true(!page.sifting && !page.next.n && page.previous.n);
    page_of(&t, &asked, &(struct page_want){.size = 20, .before = page.previous}, &page);
    assert_int_equal(page.items.n, 0);
    assert_true(page.back && page.previous.n && page.next.n);
    page_of(&t, &asked, &(struct page_want){.size = 20, .after = page.next}, &page);
    assert_int_equal(page.items.n, 1);
}

static void a_cursor_of_elsewhere_shows_the_first_page(void **state)
{
    static struct trail t;
    struct audit_page first, page;
    t = (struct trail){0};
    trail_make(*state, &t);
    page_of(&t, &(struct audit_asked){0}, &(struct page_want){.size = 10}, &first);
    struct audit_asked days = {.from = STR("2031-03-01")};
    page_of(&t, &days, &(struct page_want){.size = 10, .after = first.next}, &page);
    assert_false(page.previous.n);
    page_of(&t, &(struct audit_asked){0}, &(struct page_want){.size = 10, .after = STR("x")}, &page);
    assert_int_equal(page.items.p[0].row.number, first.items.p[0].row.number);
}

static const struct {
    const char *field;
    struct audit_asked asked;
} WRONG[] = {
    {"from", {.from = STR_INIT("2026-02-30")}},
    {"from", {.from = STR_INIT("yesterday")}},
    {"to", {.to = STR_INIT("31.12.2026")}},
    {"to", {.from = STR_INIT("2026-02-02"), .to = STR_INIT("2026-02-01")}},
    {"event", {.event = STR_INIT("no.such")}},
    {"member", {.member = STR_INIT("x")}},
    {"member", {.member = STR_INIT("0")}},
    {"member", {.member = STR_INIT("-1")}},
    {"company", {.company = STR_INIT("620112198507149019")}},
    {"result", {.result = STR_INIT("not_found")}},
    {"address", {.address = STR_INIT("00000000001111111111222222222233333333334444444444555555555566666")}},
};

static void what_is_wrong_is_said(void **state)
{
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(WRONG); i++) {
        struct audit_page page;
        struct export_file file;
        struct ctx *c = as_auditor(x);
        assert_int_equal(app_audit_list(c, &WRONG[i].asked, &(struct page_want){.size = 20}, &page),
                         ST_BAD_INPUT);
        assert_int_equal(c->problems.n, 1);
        assert_problem(c, WRONG[i].field);
        app_end(c);
        c = as_auditor(x);
        assert_int_equal(app_audit_export(c, &WRONG[i].asked, &file), ST_BAD_INPUT);
        assert_problem(c, WRONG[i].field);
        app_end(c);
    }
    assert_int_equal(trail_count(x, "export.begin", "ok"), 0);
}

static void only_the_auditor(void **state)
{
    struct fixture *x = *state;
    struct ctx *const others[] = {as_command_line(x), as_viewer(x), as_membership(x), as_clerk(x),
                                  as_member(x, (struct member_id){1})};
    for (size_t i = 0; i < COUNT(others); i++) {
        struct audit_page page;
        struct export_file file;
        struct audit_asked asked = {0};
        struct ctx *c = others[i];
        assert_int_equal(app_audit_list(c, &asked, &(struct page_want){.size = 20}, &page), ST_FORBIDDEN);
        assert_int_equal(app_audit_export(c, &asked, &file), ST_FORBIDDEN);
        app_end(c);
    }
}

static struct audit_item newest(struct fixture *x)
{
    struct trail t = {.x = x};
    struct audit_page page;
    page_of(&t, &(struct audit_asked){0}, &(struct page_want){.size = 10}, &page);
    return page.items.p[0];
}

static void a_row_in_words(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct member_full m = person_of(x, id);
    struct ctx *c = as_membership(x);
    struct changes changes = {0};
    *ARENA_PUSH(c->arena, &changes) = (struct change){STR("手机"), STR("13893100011"), STR("13893100012")};
    *ARENA_PUSH(c->arena, &changes) = (struct change){STR("专业"), STR("土木"), STR("测绘")};
    c->address = STR("10.9.8.7");
    assert_ok(c, audit_add_alone(c, &(struct audit_note){.event = "member.edit",
                                                         .about = {id, m.uid, m.data_key_sealed},
                                                         .company = x->company,
                                                         .note = STR("本人来电"),
                                                         .changes = changes}));
    app_end(c);
    struct audit_item item = newest(x);
    assert_text(item.title, "协会修改资料");
    assert_text(item.outcome, "成功");
    assert_text(item.login, "huiyuan");
    assert_true(str_eq(item.member, m.name));
    assert_text(item.company, "甘肃示范工程监理有限公司");
    assert_text(item.address, "10.9.8.7");
    assert_text(item.note, "本人来电");
    assert_text(item.changed, "手机、专业"); /* and not what stood there */
    assert_false(item.address_broken || item.detail_broken);
    c = as_person(x, id);
    assert_ok(c, audit_add_alone(c, &(struct audit_note){.event = "future.event", .result = "strange"}));
    app_end(c);
    item = newest(x);
    assert_text(item.title, "future.event");
    assert_text(item.outcome, "strange");
    assert_int_equal(item.login.n, 0); /* a member's is made of the ID number */
    assert_true(str_eq(item.who, m.name));
}

static void what_does_not_open_is_marked(void **state)
{
    struct fixture *x = *state;
    struct export_file file;
    for (int i = 0; i < 2; i++) {
        struct ctx *c = as_membership(x);
        c->address = STR("10.9.8.7");
        assert_ok(c, audit_add_alone(c, &(struct audit_note){.event = "batch.close", .note = STR("说明")}));
        app_end(c);
    }
    raw_sql(x, "update audit set address_sealed = (select b.address_sealed from audit b where b.number = "
               "audit.number - 1) where number = (select number from audit_head)");
    raw_sql(x, "update audit_detail set detail_sealed = (select b.detail_sealed from audit_detail b where "
               "b.number = audit_detail.number - 1) where number = (select number from audit_head)");
    struct audit_item item = newest(x);
    assert_true(item.address_broken && item.detail_broken);
    assert_int_equal(item.address.n + item.note.n, 0);
    struct trail t = {.x = x};
    struct audit_page page; /* nobody can say that it is not from there */
    page_of(&t, &(struct audit_asked){.address = STR("192.0.2.")}, &(struct page_want){.size = 10}, &page);
    assert_int_equal(page.items.n, 1);
    struct ctx *c = as_auditor(x);
    assert_ok(c, app_audit_export(c, &(struct audit_asked){0}, &file));
    app_end(c);
}

static int lines_of(struct bytes file, const char *with)
{
    int n = 0;
    struct str rest = {(const char *)file.p, file.n}, line;
    while (rest.n) {
        if (!str_cut(rest, '\n', &line, &rest)) break;
        n += str_find(line, str_from(with), NULL);
    }
    return n;
}

static void a_file_has_the_same_rows(void **state)
{
    static struct trail t;
    struct export_file file;
    struct fixture *x = *state;
    t = (struct trail){0};
    trail_make(x, &t);
    struct ctx *c = as_membership(x);
    assert_ok(c, audit_add_alone(c, &(struct audit_note){.event = "batch.close", .note = STR("=1+1")}));
    app_end(c);
    int64_t all = t.n + 1;
    c = as_auditor(x);
    assert_ok(c, app_audit_export(c, &(struct audit_asked){0}, &file));
    assert_int_equal(lines_of(file.bytes, ","), 1 + all + 1); /* headings; its own row of the trail */
    assert_int_equal(lines_of(file.bytes, ",'=1+1,"), 1);
    app_end(c);
    c = as_auditor(x);
    assert_ok(c, app_audit_export(c, &(struct audit_asked){.event = STR("member.reveal")}, &file));
    assert_int_equal(lines_of(file.bytes, ",member.reveal,"), lines_of(file.bytes, ",") - 1);
    app_end(c);
    assert_int_equal(trail_count(x, "export.begin", "ok"), 2);
    assert_int_equal(trail_count(x, "export.end", "ok"), 2);
    assert_text(trail_note(x, "export.begin"), "审计日志，事件 member.reveal");
    assert_int_equal(files_left(x), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)
    const struct CMUnitTest tests[] = {
        TEST(every_condition_keeps_its_rows),
        TEST(all_rows_are_counted),
        TEST(a_long_search_goes_on),
        TEST(a_cursor_of_elsewhere_shows_the_first_page),
        TEST(what_is_wrong_is_said),
        TEST(only_the_auditor),
        TEST(a_row_in_words),
        TEST(what_does_not_open_is_marked),
        TEST(a_file_has_the_same_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
