/* 推荐汇总表: number, 核验码, what was printed and what differs since, closing, and whose it is. */
#include "people.h"

#include "app/batches/sheet.h"
#include "app/members/corrections.h"

static struct batch_sheet sheet_of(struct fixture *x, struct batch_id id)
{
    struct ctx *c = as_clerk(x);
    struct batch_sheet sheet;
    assert_ok(c, app_batch(c, id, &sheet));
    app_end(c);
    return sheet;
}

static struct batch_sheet print(struct fixture *x, struct batch_id id)
{
    struct ctx *c = as_clerk(x);
    struct batch_sheet sheet;
    assert_ok(c, app_batch_print(c, id, &sheet));
    app_end(c);
    return sheet;
}

static struct str code_of(struct fixture *x, struct batch_id id)
{
    return sheet_of(x, id).code;
}

static enum status close_status(struct ctx *c, struct batch_id id)
{
    enum status s = app_batch_close(c, id);
    app_end(c);
    return s;
}

static void numbers(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1);
    struct member_id renewal = person_in(x, STATE_RECOMMENDED_RENEWAL, 2);
    assert_text(batch_of(x, a).number, "TJ-2026-0001-01");
    assert_text(batch_of(x, renewal).number, "XQ-2026-0001-01");
    assert_int_equal(close_status(as_clerk(x), batch_of(x, a).id), ST_OK);
    assert_text(batch_of(x, person_in(x, STATE_RECOMMENDED_NEW, 3)).number, "TJ-2026-0001-02");
    struct application form = application_of(x, x->other, 4);
    struct member_id other = application_send(x, &form);
    decide(as_other_clerk(x), EVENT_RECOMMEND, &other, 1);
    assert_text(batch_of(x, other).number, "TJ-2026-0002-01");
    set_today(x, DAY(2027, 1, 1));
    assert_int_equal(close_status(as_other_clerk(x), batch_of(x, other).id), ST_OK);
    form = application_of(x, x->other, 5);
    other = application_send(x, &form);
    decide(as_other_clerk(x), EVENT_RECOMMEND, &other, 1);
    assert_text(batch_of(x, other).number, "TJ-2027-0002-01"); /* each year anew */
}

/* Over who is in it and in which order, and nothing else. */
static void the_code_says_who_is_in_it(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1);
    struct batch_id id = batch_of(x, a).id;
    struct str alone = code_of(x, id);
    assert_int_equal(alone.n, 19);
    assert_true(str_eq(code_of(x, id), alone));
    struct member_id b = person_in(x, STATE_RECOMMENDED_NEW, 2);
    struct str both = code_of(x, id);
    assert_false(str_eq(both, alone));
    decide(as_clerk(x), EVENT_UNRECOMMEND, &a, 1);
    decide(as_clerk(x), EVENT_RECOMMEND, &a, 1); /* behind the other now */
    assert_int_equal(sheet_of(x, id).rows.p[0].member.v, b.v);
    struct str turned = code_of(x, id);
    assert_false(str_eq(turned, both));
    decide(as_clerk(x), EVENT_UNRECOMMEND, &b, 1);
    assert_true(str_eq(code_of(x, id), alone));
}

static void what_was_printed_is_kept(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1), b = person_in(x, STATE_RECOMMENDED_NEW, 2);
    struct batch_id id = batch_of(x, a).id;
    assert_false(sheet_of(x, id).batch.printed_at);
    assert_true(sheet_of(x, id).code_agrees); /* nothing is printed yet */
    struct batch_sheet printed = print(x, id);
    assert_int_equal(printed.rows.n, 2);
    assert_text(printed.rows.p[0].id_number, application_of(x, x->company, 1).account.id_number.p);
    assert_text(printed.rows.p[0].mobile, "13900000001");
    assert_text(batch_of(x, a).check_code, printed.code.p);
    assert_int_equal(trail_count(x, "batch.print", "ok"), 1);
    decide(as_clerk(x), EVENT_UNRECOMMEND, &b, 1);
    struct application form = application_of(x, x->company, 2);
    form.details.major = STR("工程管理");
    struct ctx *c = as_clerk(x);
    assert_ok(c,
              app_member_correct(c, b, &form.details, &form.photo, false, person_of(x, b).version, STR_NONE));
    app_end(c);
    assert_false(sheet_of(x, id).code_agrees); /* one is missing */
    decide(as_clerk(x), EVENT_RECOMMEND, &b, 1);
    struct member_id late = person_in(x, STATE_RECOMMENDED_NEW, 3);
    struct batch_sheet now = sheet_of(x, id);
    assert_false(now.code_agrees);
    assert_false(now.rows.p[0].changed.n);
    assert_text(now.rows.p[1].changed,
                "打印后加入"); /* left and came again: it is not on the paper as it is now */
    assert_text(now.rows.p[2].changed, "打印后加入");
    assert_int_equal(now.rows.p[2].member.v, late.v);
    print(x, id);
    now = sheet_of(x, id);
    assert_true(now.code_agrees);
    for (size_t i = 0; i < now.rows.n; i++)
        assert_false(now.rows.p[i].changed.n);
}

/* The number is on the paper once the association has approved: facts that change are named. */
static void changed_facts_are_named(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1);
    struct batch_id id = batch_of(x, a).id;
    print(x, id);
    decide(as_membership(x), EVENT_APPROVE, &a, 1);
    struct batch_sheet now = sheet_of(x, id);
    assert_text(now.rows.p[0].changed, "打印后修改：会员编号/有效期");
    assert_true(now.code_agrees); /* the same people */
    assert_int_equal(now.undecided, 0);
}

static void closing(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1);
    struct batch_id id = batch_of(x, a).id;
    assert_int_equal(close_status(as_other_clerk(x), id), ST_NOT_FOUND);
    assert_int_equal(close_status(as_membership(x), id), ST_FORBIDDEN);
    assert_int_equal(close_status(as_clerk(x), id), ST_OK);
    assert_text(batch_of(x, a).closed_why, "company");
    assert_int_equal(close_status(as_clerk(x), id), ST_OK); /* sent twice */
    assert_int_equal(trail_count(x, "batch.close", "ok"), 1);
    assert_int_equal(close_status(as_clerk(x), (struct batch_id){9999}), ST_NOT_FOUND);
    decide(as_clerk(x), EVENT_UNRECOMMEND, &a, 1); /* until the association has decided */
    assert_int_equal(state_of(x, a), STATE_SUBMITTED);
    assert_sound(x);
}

/* 打印汇总表 of a tab: every batch that someone still waits in, oldest first. */
static void a_tab_prints_what_waits(void **state)
{
    struct fixture *x = *state;
    struct batch_sheets sheets;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1);
    assert_int_equal(close_status(as_clerk(x), batch_of(x, a).id), ST_OK);
    struct member_id b = person_in(x, STATE_RECOMMENDED_NEW, 2);
    person_in(x, STATE_RECOMMENDED_RENEWAL, 3);
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_batches_print(c, BATCH_NEW, &sheets));
    assert_int_equal(sheets.n, 2);
    assert_int_equal(sheets.p[0].rows.p[0].member.v, a.v);
    assert_int_equal(sheets.p[1].rows.p[0].member.v, b.v);
    decide(as_membership(x), EVENT_APPROVE, &a, 1);
    c = as_clerk(x);
    assert_ok(c, app_batches_print(c, BATCH_NEW, &sheets));
    assert_int_equal(sheets.n, 1);
    c = as_clerk(x);
    assert_ok(c, app_batches_print(c, BATCH_RENEWAL, &sheets));
    assert_int_equal(sheets.n, 1);
    c = as_other_clerk(x);
    assert_ok(c, app_batches_print(c, BATCH_NEW, &sheets));
    assert_int_equal(sheets.n, 0);
}

static enum status by_token(struct ctx *c, struct str token)
{
    struct batch_id id;
    enum status s = app_batch_by_token(c, token, &id);
    app_end(c);
    return s;
}

static enum status read_status(struct ctx *c, struct batch_id id)
{
    struct batch_sheet sheet;
    enum status s = app_batch(c, id, &sheet);
    app_end(c);
    return s;
}

static enum status print_status(struct ctx *c, struct batch_id id)
{
    struct batch_sheet sheet;
    enum status s = app_batch_print(c, id, &sheet);
    app_end(c);
    return s;
}

/* The QR code of a print leads only its own company and the association to the batch. */
static void whose_it_is(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1);
    struct batch_full batch = batch_of(x, a);
    struct ctx *finance = as_membership(x);
    finance->actor.roles = ROLE_FINANCE;
    const struct {
        struct ctx *c;
        enum status token, read, print;
    } CASES[] = {
        {as_clerk(x), ST_OK, ST_OK, ST_OK},
        {as_membership(x), ST_OK, ST_OK, ST_OK},
        {as_viewer(x), ST_OK, ST_OK, ST_FORBIDDEN}, /* 查看: no full ID numbers, no export */
        {as_other_clerk(x), ST_NOT_FOUND, ST_NOT_FOUND, ST_NOT_FOUND},
        {as_person(x, a), ST_NOT_FOUND, ST_NOT_FOUND, ST_NOT_FOUND},
        {finance, ST_NOT_FOUND, ST_NOT_FOUND, ST_FORBIDDEN},
        {as_command_line(x), ST_LOGIN, ST_LOGIN, ST_LOGIN},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        assert_int_equal(by_token(CASES[i].c, batch.token), CASES[i].token);
        assert_int_equal(read_status(CASES[i].c, batch.id), CASES[i].read);
        assert_int_equal(print_status(CASES[i].c, batch.id), CASES[i].print);
    }
    assert_int_equal(by_token(as_clerk(x), STR("nonsense")), ST_NOT_FOUND);
}

static struct batch_id closed_batch(struct fixture *x, int i)
{
    struct batch_id id = batch_of(x, person_in(x, STATE_RECOMMENDED_NEW, i)).id;
    assert_int_equal(close_status(as_clerk(x), id), ST_OK);
    return id;
}

/* Page by page until nothing follows: these, in this order. */
static void assert_list(struct ctx *c, size_t page, const struct batch_id *ids, size_t n)
{
    struct batch_place next = {0};
    size_t seen = 0;
    do {
        struct batch_lines lines;
        assert_ok(c, app_batches_list(c, next, page, &lines, &next));
        assert_true(lines.n <= page);
        for (size_t i = 0; i < lines.n; i++, seen++) {
            assert_true(seen < n);
            assert_int_equal(lines.p[i].id.v, ids[seen].v);
        }
    } while (next.below.v);
    assert_int_equal(seen, n);
    app_end(c);
}

/* Open ones first for the company, those that somebody waits in first for the association. Whose period is to
 * be renewed came in through a batch, too. */
static void lists_of_batches(void **state)
{
    struct fixture *x = *state;
    struct batch_lines lines;
    struct batch_place next;
    struct batch_id open = batch_of(x, person_in(x, STATE_RECOMMENDED_RENEWAL, 1)).id;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_batches_list(c, (struct batch_place){0}, 9, &lines, &next));
    assert_int_equal(lines.n, 2);
    assert_int_equal(lines.p[0].undecided, 1);
    assert_int_equal(lines.p[1].undecided, 0);
    assert_int_equal(lines.p[1].people, 1);
    struct batch_id first = lines.p[1].id;
    app_end(c);
    struct batch_id second = closed_batch(x, 2), third = closed_batch(x, 3);
    struct member_id approved = person_in(x, STATE_RECOMMENDED_NEW, 4);
    struct batch_id decided = batch_of(x, approved).id;
    decide(as_membership(x), EVENT_APPROVE, &approved, 1);
    const struct batch_id ours[] = {open, decided, third, second, first};
    const struct batch_id all[] = {third, second, open, decided, first};
    for (size_t page = 1; page <= COUNT(all) + 1; page++) {
        assert_list(as_clerk(x), page, ours, COUNT(ours));
        assert_list(as_viewer(x), page, all, COUNT(all));
        assert_list(as_other_clerk(x), page, ours, 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers),
        TEST(the_code_says_who_is_in_it),
        TEST(what_was_printed_is_kept),
        TEST(changed_facts_are_named),
        TEST(closing),
        TEST(a_tab_prints_what_waits),
        TEST(whose_it_is),
        TEST(lists_of_batches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
