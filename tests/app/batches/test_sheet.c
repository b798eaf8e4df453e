/* 推荐汇总表: number, 核验码, what was printed and what differs since, closing, and whose it is. */
#include "people.h"
#include "raw_sql.h"

#include "app/batches/list.h"
#include "app/batches/summary.h"

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
    assert_ok(c, app_prints_make(c, (struct print_wanted){.batch = id}, STR_NONE));
    app_end(c);
    return sheet_of(x, id);
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
    assert_int_equal(sheet_of(x, id).match, MATCH_NONE);
    struct batch_sheet printed = print(x, id);
    assert_int_equal(printed.match, MATCH_YES);
    assert_int_equal(printed.last.number, 1);
    assert_text(printed.last.check_code, printed.code.p);
    assert_text(batch_of(x, a).check_code, printed.code.p);
    assert_int_equal(trail_count(x, "batch.print", "ok"), 1);
    decide(as_clerk(x), EVENT_UNRECOMMEND, &b, 1);
    struct batch_sheet now = sheet_of(x, id);
    assert_int_equal(now.match, MATCH_PEOPLE);
    assert_int_equal(now.left.n, 1);
    assert_int_equal(now.left.p[0].member.v, b.v);
    assert_text(now.left.p[0].shown.mobile, "13900000002");
    decide(as_clerk(x), EVENT_RECOMMEND, &b, 1);
    struct member_id late = person_in(x, STATE_RECOMMENDED_NEW, 3);
    now = sheet_of(x, id);
    assert_int_equal(now.match, MATCH_PEOPLE);
    assert_int_equal(now.left.n, 0);
    assert_int_equal(now.rows.p[0].change, CHANGE_NONE);
    assert_int_equal(now.rows.p[1].member.v, b.v);
    assert_int_equal(now.rows.p[1].change, CHANGE_JOINED); /* was on it, and came again */
    assert_int_equal(now.rows.p[2].change, CHANGE_JOINED);
    assert_int_equal(now.rows.p[2].member.v, late.v);
    now = print(x, id);
    assert_int_equal(now.match, MATCH_YES);
    assert_int_equal(now.last.number, 2);
    for (size_t i = 0; i < now.rows.n; i++)
        assert_int_equal(now.rows.p[i].change, CHANGE_NONE);
}

static void a_print_sent_twice_is_one(void **state)
{
    struct fixture *x = *state;
    struct batch_id id = batch_of(x, person_in(x, STATE_RECOMMENDED_NEW, 1)).id;
    for (int i = 0; i < 3; i++) {
        struct ctx *c = as_clerk(x);
        assert_ok(c, app_prints_make(c, (struct print_wanted){.batch = id}, i < 2 ? STR("one") : STR("two")));
        app_end(c);
        assert_int_equal(sheet_of(x, id).last.number, i < 2 ? 1 : 2);
    }
}

/* Who left and came again since the print was not printed as such; in another order it is another list. */
static void who_came_again_has_joined(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1), b = person_in(x, STATE_RECOMMENDED_NEW, 2);
    struct batch_id id = batch_of(x, a).id;
    raw_sql(x, "update batch_item set joined_at = joined_at - 10000");
    print(x, id);
    raw_sql(x, "update batch_print set printed_at = printed_at - 5000");
    decide(as_clerk(x), EVENT_UNRECOMMEND, &a, 1);
    decide(as_clerk(x), EVENT_RECOMMEND, &a, 1);
    struct batch_sheet now = sheet_of(x, id);
    assert_int_equal(now.rows.p[0].member.v, b.v);
    assert_int_equal(now.rows.p[0].change, CHANGE_NONE);
    assert_int_equal(now.rows.p[1].change, CHANGE_JOINED);
    raw_sql(x, "update batch_item set joined_at = 0"); /* a clock that was set back: the code tells */
    now = sheet_of(x, id);
    assert_int_equal(now.rows.p[1].change, CHANGE_NONE);
    assert_int_equal(now.match, MATCH_PEOPLE);
}

/* Who is decided stands as on the paper, whatever becomes of the person. */
static void decided_is_what_was_printed(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1), b = person_in(x, STATE_RECOMMENDED_NEW, 2);
    struct batch_id id = batch_of(x, a).id;
    struct str code = print(x, id).last.check_code;
    decide(as_membership(x), EVENT_APPROVE, &a, 1);
    raw_sql(x, "update member set name = '改名后', major = '改过的专业'");
    struct batch_sheet now = sheet_of(x, id);
    assert_text(now.rows.p[0].decision, "approved");
    assert_int_equal(now.rows.p[0].change, CHANGE_NONE); /* not even the 会员编号 that it has now */
    assert_text(now.rows.p[0].shown.name, application_of(x, x->company, 1).details.name.p);
    assert_int_equal(now.rows.p[1].change, CHANGE_KEY); /* who waits is read as of now */
    assert_text(now.rows.p[1].shown.name, "改名后");
    assert_text(now.rows.p[1].changed, "打印后修改：姓名、专业");
    assert_int_equal(now.match, MATCH_PEOPLE);
    assert_text(now.last.check_code, code.p);
    decide(as_membership(x), EVENT_UNAPPROVE, &a, 1); /* waits again */
    assert_text(sheet_of(x, id).rows.p[0].shown.name, "改名后");
    decide(as_membership(x), EVENT_RETURN_TO_PERSON, &b, 1);
    assert_text(sheet_of(x, id).rows.p[1].shown.name, application_of(x, x->company, 2).details.name.p);
}

/* Where nothing was printed, or later than the person came, the decision is on the person as of then. */
static void decided_without_a_print(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1), b = person_in(x, STATE_RECOMMENDED_NEW, 2);
    struct batch_id id = batch_of(x, a).id;
    decide(as_membership(x), EVENT_APPROVE, &a, 1);
    raw_sql(x, "update member set name = '改名后'");
    decide(as_membership(x), EVENT_APPROVE, &b, 1);
    raw_sql(x, "update member set name = '又改名'");
    struct batch_sheet now = sheet_of(x, id);
    assert_text(now.rows.p[0].shown.name, application_of(x, x->company, 1).details.name.p);
    assert_text(now.rows.p[1].shown.name, "改名后");
    assert_int_equal(now.match, MATCH_NONE);
    now = print(x, id); /* the first print of a closed batch */
    assert_int_equal(now.last.number, 1);
    assert_int_equal(now.match, MATCH_YES);
}

/* Came again after the print, corrected meanwhile: decided is who came. */
static void decided_after_coming_again(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1);
    struct batch_id id = batch_of(x, a).id;
    print(x, id);
    decide(as_clerk(x), EVENT_UNRECOMMEND, &a, 1);
    raw_sql(x, "update member set name = '改名后'");
    decide(as_clerk(x), EVENT_RECOMMEND, &a, 1);
    decide(as_membership(x), EVENT_APPROVE, &a, 1);
    raw_sql(x, "update member set name = '又改名'");
    assert_text(sheet_of(x, id).rows.p[0].shown.name, "改名后");
    assert_int_equal(sheet_of(x, id).match, MATCH_PEOPLE);
}

/* The 核验码 covers the company, too. */
static void another_credit_code_is_another_list(void **state)
{
    struct fixture *x = *state;
    struct batch_id id = batch_of(x, person_in(x, STATE_RECOMMENDED_NEW, 1)).id;
    assert_int_equal(print(x, id).match, MATCH_YES);
    raw_sql(x, "update company set credit_code = '91620100MA9000002X' where code = '0001'");
    assert_int_equal(sheet_of(x, id).match, MATCH_PEOPLE);
    assert_int_equal(print(x, id).match, MATCH_YES);
}

/* A closed batch that was printed keeps that print. */
static void a_closed_batch_is_not_printed_anew(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1), b = person_in(x, STATE_RECOMMENDED_NEW, 2);
    struct batch_id id = batch_of(x, a).id;
    struct str code = print(x, id).last.check_code;
    assert_int_equal(close_status(as_clerk(x), id), ST_OK);
    decide(as_clerk(x), EVENT_UNRECOMMEND, &b, 1);
    struct batch_sheet now = print(x, id);
    assert_int_equal(now.last.number, 1);
    assert_text(now.last.check_code, code.p);
    assert_text(batch_of(x, a).check_code, code.p);
    assert_int_equal(now.match, MATCH_PEOPLE);
    assert_int_equal(trail_count(x, "batch.print", "ok"), 1);
}

/* Told before it is stamped. U+F0000 is nobody's character. */
static void what_no_font_has_is_told(void **state)
{
    static const char *const PLACES[] = {"member set name", "member set major", "member set post",
                                         "company set name", "company set contact"};
    struct fixture *x = *state;
    struct batch_id id = batch_of(x, person_in(x, STATE_RECOMMENDED_NEW, 1)).id;
    assert_text(sheet_of(x, id).unprintable, "");
    for (size_t i = 0; i < COUNT(PLACES); i++) {
        raw_sql(x, arena_fmt(x->arena, "update %s = '王\xf3\xb0\x80\x80\xf3\xb0\x80\x80'", PLACES[i]).p);
        assert_text(sheet_of(x, id).unprintable, "\xf3\xb0\x80\x80");
        raw_sql(x, arena_fmt(x->arena, "update %s = '王'", PLACES[i]).p);
        assert_text(sheet_of(x, id).unprintable, "");
    }
}

static void move_to_other(struct fixture *x, struct member_id id)
{
    raw_sql(x, arena_fmt(x->arena, "update member set company_id = %ld where id = %ld", (long)x->other.v,
                         (long)id.v)
                   .p);
}

/* On what the company would print now. */
static size_t printed_now(struct fixture *x, struct batch_id id)
{
    struct prints now;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_prints_now(c, (struct print_wanted){.batch = id}, &now));
    app_end(c);
    return now.p[0].rows.n;
}

/* Who joined a batch and then went elsewhere: what the former company and the association see of it. */
static void who_sees_whom_that_moved(void **state)
{
    static const struct {
        bool printed, decided;
        const char *before, *company,
            *staff; /* name at recommendation; as each side reads it; NULL: nothing */
    } CASES[] = {
        {true, true, "甲", "甲", "甲"},
        {false, true, "乙", "乙", "乙"},
        {true, false, "丙", "丙", "今名"},
        {false, false, "丁", NULL, "今名"},
    };
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct member_id id = person_in(x, STATE_RECOMMENDED_NEW, (int)i + 1);
        struct str who = arena_fmt(x->arena, " where id = %ld", (long)id.v);
        raw_sql(x, arena_fmt(x->arena, "update member set name = '%s'%s", CASES[i].before, who.p).p);
        struct batch_id batch = batch_of(x, id).id;
        if (CASES[i].printed) print(x, batch);
        if (CASES[i].decided) decide(as_membership(x), EVENT_APPROVE, &id, 1);
        if (!CASES[i].decided) close_status(as_clerk(x), batch);
        raw_sql(x, arena_fmt(x->arena, "update member set name = '今名'%s", who.p).p);
        move_to_other(x, id);
        struct batch_row company = sheet_of(x, batch).rows.p[0];
        struct batch_sheet sheet;
        struct ctx *c = as_viewer(x);
        assert_ok(c, app_batch(c, batch, &sheet));
        app_end(c);
        assert_false(company.readable);
        assert_int_equal(company.unknown, CASES[i].company == NULL);
        assert_int_equal(printed_now(x, batch), sheet_of(x, batch).rows.n - company.unknown);
        if (CASES[i].company) assert_text(company.shown.name, CASES[i].company);
        assert_text(sheet.rows.p[0].shown.name, CASES[i].staff);
        assert_true(sheet.rows.p[0].readable);
        struct prints prints;
        c = as_clerk(x);
        assert_ok(c, app_prints_now(c, (struct print_wanted){.batch = batch}, &prints));
        app_end(c);
        assert_int_equal(prints.p[0].rows.n, CASES[i].company != NULL); /* who is not shown is not printed */
    }
}

/* Each sealed text opens where it was sealed and nowhere else (design.md 31). */
static void swapped_snapshots_are_noticed(void **state)
{
    struct fixture *x = *state;
    static const char *const SWAPS[] = {
        "update batch_print_item set snapshot_sealed = (select o.snapshot_sealed from batch_print_item o"
        " where o.print_id = batch_print_item.print_id and o.position = 2) where position = 1",
        "update batch_item set snapshot_sealed = (select o.snapshot_sealed from batch_item o"
        " where o.batch_id = batch_item.batch_id and o.position = 2) where position = 1",
    };
    for (int i = 0; i < (int)COUNT(SWAPS); i++) {
        struct batch_sheet sheet;
        struct member_id ids[] = {person_in(x, STATE_RECOMMENDED_NEW, 2 * i + 1),
                                  person_in(x, STATE_RECOMMENDED_NEW, 2 * i + 2)};
        struct batch_id id = batch_of(x, ids[0]).id;
        print(x, id);
        decide(as_membership(x), EVENT_APPROVE, ids, 2);
        raw_sql(x, SWAPS[i]);
        struct ctx *c = as_clerk(x);
        assert_int_equal(app_batch(c, id, &sheet), ST_BROKEN);
        app_end(c);
    }
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

static struct prints prints_of(struct ctx *c, enum batch_kind kind)
{
    struct prints prints;
    assert_ok(c, app_prints_last(c, (struct print_wanted){.kind = kind}, &prints));
    app_end(c);
    return prints;
}

/* 打印汇总表 of a tab: every batch that someone still waits in, oldest first. */
static void a_tab_prints_what_waits(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1);
    assert_int_equal(close_status(as_clerk(x), batch_of(x, a).id), ST_OK);
    struct member_id b = person_in(x, STATE_RECOMMENDED_NEW, 2);
    person_in(x, STATE_RECOMMENDED_RENEWAL, 3);
    struct prints prints = prints_of(as_clerk(x), BATCH_NEW);
    assert_int_equal(prints.n, 2);
    assert_int_equal(prints.p[0].number, 0); /* previews: nothing is printed yet */
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_prints_make(c, (struct print_wanted){.kind = BATCH_NEW}, STR("once")));
    c = as_clerk(x);
    assert_ok(c, app_prints_make(c, (struct print_wanted){.kind = BATCH_NEW}, STR("once"))); /* sent twice */
    prints = prints_of(as_clerk(x), BATCH_NEW);
    assert_int_equal(prints.n, 2);
    assert_int_equal(prints.p[0].rows.p[0].member.v, a.v);
    assert_int_equal(prints.p[1].rows.p[0].member.v, b.v);
    assert_int_equal(prints.p[1].number, 1);
    assert_int_equal(trail_count(x, "batch.print", "ok"), 2);
    decide(as_membership(x), EVENT_APPROVE, &a, 1);
    assert_int_equal(prints_of(as_clerk(x), BATCH_NEW).n, 1);
    assert_int_equal(prints_of(as_clerk(x), BATCH_RENEWAL).n, 1);
    assert_int_equal(prints_of(as_other_clerk(x), BATCH_NEW).n, 0);
    c = as_membership(x);
    assert_int_equal(app_prints_make(c, (struct print_wanted){.kind = BATCH_NEW}, STR_NONE), ST_FORBIDDEN);
}

static void a_form_sent_twice_prints_once(void **state)
{
    static const struct {
        const char *once;
        int64_t number; /* of the last print afterwards */
    } FORMS[] = {{"a", 1}, {"a", 1}, {"b", 2}, {"b", 2}, {"a", 2}, {"", 3}, {"", 4}};
    struct fixture *x = *state;
    struct batch_id id = batch_of(x, person_in(x, STATE_RECOMMENDED_NEW, 1)).id;
    for (size_t i = 0; i < COUNT(FORMS); i++) {
        struct ctx *c = as_clerk(x);
        assert_ok(c, app_prints_make(c, (struct print_wanted){.batch = id}, str_from(FORMS[i].once)));
        app_end(c);
        assert_int_equal(sheet_of(x, id).last.number, FORMS[i].number);
    }
}

/* What a GET gives: the last print as it was, whatever is recommended since; each reading is noted, none
 * changes anything. */
static void reading_a_print_changes_nothing(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1);
    struct batch_id id = batch_of(x, a).id;
    const struct print_wanted which = {.batch = id};
    struct prints prints;
    struct bytes pdf;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_summary_pdf(c, which, STR("http://x"), &prints, &pdf));
    assert_int_equal(prints.p[0].number, 0);
    assert_int_equal(sheet_of(x, id).match, MATCH_NONE);
    print(x, id);
    person_in(x, STATE_RECOMMENDED_NEW, 2);
    raw_sql(x, "update company set contact = '新联系人'");
    for (int i = 0; i < 2; i++) {
        c = i ? as_membership(x) : as_clerk(x);
        assert_ok(c, app_summary_pdf(c, which, STR("http://x"), &prints, &pdf));
        assert_int_equal(prints.p[0].number, 1);
        assert_int_equal(prints.p[0].rows.n, 1);
        assert_text(prints.p[0].head.contact, "马联系");
        assert_text(prints.p[0].check_code, batch_of(x, a).check_code.p);
    }
    assert_int_equal(sheet_of(x, id).last.number, 1);
    assert_int_equal(trail_count(x, "batch.print", "ok"), 1);
    assert_int_equal(trail_count(x, "batch.print_read", "ok"), 3);
    assert_true(str_eq(trail_note(x, "batch.print_read"), STR("第 1 次打印，1 人")));
}

static enum status by_token(struct ctx *c, struct str token)
{
    struct batch_id id;
    int64_t print;
    enum status s = app_batch_by_code(c, token, &id, &print);
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
    struct prints prints;
    enum status s = app_prints_last(c, (struct print_wanted){.batch = id}, &prints);
    app_end(c);
    return s;
}

static enum status make_status(struct ctx *c, struct batch_id id)
{
    enum status s = app_prints_make(c, (struct print_wanted){.batch = id}, STR_NONE);
    app_end(c);
    return s;
}

static enum status list_status(struct ctx *c)
{
    struct batch_lines lines;
    struct batch_place next;
    enum status s = app_batches_list(c, &(struct batch_filter){0}, (struct batch_place){0}, 9, &lines, &next);
    app_end(c);
    return s;
}

static struct ctx *as_staff(struct fixture *x, unsigned roles)
{
    struct ctx *c = as_membership(x);
    c->actor.roles = roles;
    return c;
}

/* The QR code of a print leads only its own company and the association to the batch. */
static void whose_it_is(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_in(x, STATE_RECOMMENDED_NEW, 1);
    struct batch_full batch = batch_of(x, a);
    const struct {
        struct ctx *c;
        enum status token, read, print, make, list;
    } CASES[] = {
        {as_clerk(x), ST_OK, ST_OK, ST_OK, ST_OK, ST_OK},
        {as_membership(x), ST_OK, ST_OK, ST_OK, ST_FORBIDDEN, ST_OK},
        {as_viewer(x), ST_OK, ST_OK, ST_FORBIDDEN, ST_FORBIDDEN,
         ST_OK}, /* 查看: no full ID numbers, no export */
        {as_staff(x, ROLE_FINANCE), ST_OK, ST_OK, ST_FORBIDDEN, ST_FORBIDDEN, ST_OK},
        {as_staff(x, ROLE_TRAINING), ST_OK, ST_OK, ST_FORBIDDEN, ST_FORBIDDEN, ST_OK},
        {as_staff(x, ROLE_CONTENT), ST_OK, ST_OK, ST_FORBIDDEN, ST_FORBIDDEN, ST_OK},
        {as_staff(x, ROLE_SYSTEM), ST_NOT_FOUND, ST_NOT_FOUND, ST_FORBIDDEN, ST_FORBIDDEN, ST_FORBIDDEN},
        {as_staff(x, ROLE_SECURITY), ST_NOT_FOUND, ST_NOT_FOUND, ST_FORBIDDEN, ST_FORBIDDEN, ST_FORBIDDEN},
        {as_staff(x, ROLE_AUDITOR), ST_NOT_FOUND, ST_NOT_FOUND, ST_FORBIDDEN, ST_FORBIDDEN, ST_FORBIDDEN},
        {as_other_clerk(x), ST_NOT_FOUND, ST_NOT_FOUND, ST_NOT_FOUND, ST_NOT_FOUND, ST_OK},
        {as_person(x, a), ST_NOT_FOUND, ST_NOT_FOUND, ST_NOT_FOUND, ST_FORBIDDEN, ST_FORBIDDEN},
        {as_command_line(x), ST_LOGIN, ST_LOGIN, ST_LOGIN, ST_FORBIDDEN, ST_FORBIDDEN},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        assert_int_equal(by_token(CASES[i].c, batch.token), CASES[i].token);
        assert_int_equal(read_status(CASES[i].c, batch.id), CASES[i].read);
        assert_int_equal(print_status(CASES[i].c, batch.id), CASES[i].print);
        assert_int_equal(make_status(CASES[i].c, batch.id), CASES[i].make);
        assert_int_equal(list_status(CASES[i].c), CASES[i].list);
    }
    static const char *const NONSENSE[] = {"nonsense", ".1", "", ".", "0123456789abcdef.1"};
    for (size_t i = 0; i < COUNT(NONSENSE); i++)
        assert_int_equal(by_token(as_clerk(x), str_from(NONSENSE[i])), ST_NOT_FOUND);
    assert_int_equal(by_token(as_clerk(x), arena_fmt(x->arena, "%s.1", batch.token.p)), ST_OK);
    assert_int_equal(by_token(as_clerk(x), arena_fmt(x->arena, "%s.0", batch.token.p)), ST_NOT_FOUND);
    assert_int_equal(by_token(as_clerk(x), arena_fmt(x->arena, "%s.x", batch.token.p)), ST_NOT_FOUND);
}

static struct batch_id closed_batch(struct fixture *x, int i)
{
    struct batch_id id = batch_of(x, person_in(x, STATE_RECOMMENDED_NEW, i)).id;
    assert_int_equal(close_status(as_clerk(x), id), ST_OK);
    return id;
}

/* Page by page until nothing follows: these, in this order. */
static void assert_list(struct ctx *c, const struct batch_filter *f, size_t page, const struct batch_id *ids,
                        size_t n)
{
    struct batch_place next = {0};
    size_t seen = 0;
    do {
        struct batch_lines lines;
        assert_ok(c, app_batches_list(c, f, next, page, &lines, &next));
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
    assert_ok(c, app_batches_list(c, &(struct batch_filter){0}, (struct batch_place){0}, 9, &lines, &next));
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
    const struct batch_filter any = {0};
    for (size_t page = 1; page <= COUNT(all) + 1; page++) {
        assert_list(as_clerk(x), &any, page, ours, COUNT(ours));
        assert_list(as_viewer(x), &any, page, all, COUNT(all));
        assert_list(as_other_clerk(x), &any, page, ours, 0);
    }
}

/* By the stage's code, and for staff by number and company. */
static void lists_are_filtered(void **state)
{
    struct fixture *x = *state;
    struct batch_id closed = closed_batch(x, 1);
    struct member_id approved = person_in(x, STATE_RECOMMENDED_NEW, 2);
    struct batch_id decided = batch_of(x, approved).id;
    decide(as_membership(x), EVENT_APPROVE, &approved, 1);
    struct batch_id open = batch_of(x, person_in(x, STATE_RECOMMENDED_NEW, 3)).id;
    const struct {
        enum batch_stage stage;
        const char *q;
        struct batch_id found[3];
        size_t n, n_of_company;
    } CASES[] = {
        {STAGE_OPEN, "", {open}, 1, 1},
        {STAGE_CLOSED, "", {closed}, 1, 1},
        {STAGE_SCANNED, "", {{0}}, 0, 0},
        {STAGE_DECIDED, "", {decided}, 1, 1},
        {STAGE_NONE, "示范工程", {open, decided, closed}, 3, 3},
        {STAGE_NONE, " 示范 工程", {open, decided, closed}, 3, 3},
        {STAGE_NONE, "tj-2026-0001-02", {decided}, 1, 3},
        {STAGE_NONE, "ＴＪ－2026－0001－03", {open}, 1, 3},
        {STAGE_CLOSED, "示范", {closed}, 1, 1},
        {STAGE_OPEN, "没有这家", {{0}}, 0, 1}, /* a company's list is not searched */
        {STAGE_OPEN, "%", {{0}}, 0, 1},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct batch_filter f = {CASES[i].stage, str_from(CASES[i].q)};
        for (size_t page = 1; page < 5; page++)
            assert_list(as_viewer(x), &f, page, CASES[i].found, CASES[i].n);
        if (CASES[i].n == CASES[i].n_of_company) assert_list(as_clerk(x), &f, 2, CASES[i].found, CASES[i].n);
        assert_list(as_other_clerk(x), &f, 2, CASES[i].found, 0);
    }
    static const struct {
        const char *code;
        bool good;
    } CODES[] = {{"", true},        {"open", true},  {"closed", true}, {"scanned", true},
                 {"decided", true}, {"OPEN", false}, {"member", false}};
    enum batch_stage stage;
    for (size_t i = 0; i < COUNT(CODES); i++)
        assert_int_equal(batch_stage_parse(str_from(CODES[i].code), &stage), CODES[i].good);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers),
        TEST(the_code_says_who_is_in_it),
        TEST(what_was_printed_is_kept),
        TEST(a_print_sent_twice_is_one),
        TEST(who_came_again_has_joined),
        TEST(decided_is_what_was_printed),
        TEST(decided_without_a_print),
        TEST(decided_after_coming_again),
        TEST(another_credit_code_is_another_list),
        TEST(a_closed_batch_is_not_printed_anew),
        TEST(what_no_font_has_is_told),
        TEST(who_sees_whom_that_moved),
        TEST(swapped_snapshots_are_noticed),
        TEST(a_form_sent_twice_prints_once),
        TEST(reading_a_print_changes_nothing),
        TEST(closing),
        TEST(a_tab_prints_what_waits),
        TEST(whose_it_is),
        TEST(lists_of_batches),
        TEST(lists_are_filtered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
