/* A database of an earlier schema with everything in it that there was then (old/README.md), brought to this
 * version: nothing is lost, and everything still works. */
#include "old_data.h"
#include "people.h"

#include "app/access/accounts.h"
#include "app/access/lost.h"
#include "app/access/lost_desk.h"
#include "app/access/sessions.h"
#include "app/batches/list.h"
#include "app/batches/print.h"
#include "app/companies/companies.h"
#include "app/core/trail.h"
#include "app/members/list.h"
#include "app/members/merge.h"
#include "app/members/notes.h"
#include "app/members/period.h"
#include "app/members/register.h"
#include "app/members/undo.h"
#include "app/ops/doctor.h"
#include "domain/id_number.h"
#include "gen/queries.h"

#include <string.h>

#define DEMO_CLERK "演示监理公司0001"

static int setup_first(void **state)
{
    return old_setup(state, "0001", 1);
}

static int brought_over(void **state)
{
    struct fault f = {0};
    struct old *o = *state;
    int applied = 0;
    enum status s = old_migrate(o, &f, &applied);
    if (s) print_error("%s %s\n", f.text, f.detail);
    assert_int_equal(s, ST_OK);
    assert_int_equal(applied, huiyuan_migrations_n - o->migrations);
    old_open(o);
    return 0;
}

static int setup(void **state)
{
    return setup_first(state) || brought_over(state);
}

/* One for all the cases of its group. */
static int setup_later(void **state)
{
    return old_setup(state, "0009", 9) || brought_over(state);
}

static void doctor_finds_nothing_and_the_trail_is_whole(void **state)
{
    struct old *o = *state;
    int64_t rows, bad;
    old_assert_well(o);
    struct ctx *c = as_command_line(&o->x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_audit_walk(c, NULL, NULL, &rows, &bad));
    assert_int_equal(bad, 0);
    assert_true(rows > 90);
    app_end(c);
}

static void everybody_is_readable(void **state)
{
    struct old *o = *state;
    for (int64_t id = 1; id <= OLD_PEOPLE; id++) {
        struct dossier d = dossier_of(&o->x, (struct member_id){id});
        struct id_number number;
        struct bytes photo;
        struct events_shown events;
        struct ctx *c = as_membership(&o->x);
        assert_int_equal(id_number_parse(d.id_number, c->today, &number), ID_OK);
        assert_int_equal(d.mobile.n, 11);
        assert_ok(c, app_member_photo(c, d.row.id, &photo));
        assert_memory_equal(photo.p, "\xff\xd8\xff", 3);
        assert_ok(c, app_read(c));
        assert_ok(c, app_member_events(c, &d, INT64_MAX, 100, &events));
        app_end(c);
    }
    struct dossier back = dossier_of(&o->x, (struct member_id){old_known_number(o, "returned")});
    assert_int_equal(back.state, STATE_SUBMITTED);
    assert_text(back.row.reason, "请核对职称");
}

static enum status login(struct old *o, enum side as, struct str account, struct str password,
                         struct str *ret_token)
{
    struct ctx *c = as_command_line(&o->x);
    struct login_input in = {as, account, password, STR("192.0.2.7")};
    enum status s = app_login(c, &in, ret_token);
    app_end(c);
    return s;
}

static void everybody_logs_in(void **state)
{
    static const char *const PERSONS[] = {"number_submitted", "number_member", "number_expired",
                                          "number_returned", "number_closed"};
    struct old *o = *state;
    struct str token, password = STR(FILLED_PASSWORD);
    for (size_t i = 0; i < COUNT(PERSONS); i++) {
        assert_int_equal(login(o, SIDE_MEMBER, old_known(o, PERSONS[i]), password, &token), ST_OK);
        assert_int_equal(login(o, SIDE_MEMBER, old_known(o, PERSONS[i]), STR("Falsch-2026"), &token),
                         ST_BAD_INPUT);
    }
    assert_int_equal(login(o, SIDE_STAFF, STR("huiyuan"), password, &token), ST_OK);
    assert_int_equal(login(o, SIDE_COMPANY, STR(DEMO_CLERK), password, &token), ST_OK);
}

/* To the same texts; what demo had filled in, to the first that there was. Clerks of a demo agreed, too. */
static void consents_are_kept(void **state)
{
    struct old *o = *state;
    static const char WITHOUT[] = "select count(*) from account a where a.side <> 'staff' and 2 <> (select "
                                  "count(*) from consent c where c.account_id = a.id)";
    assert_int_equal(raw_sql_number(&o->x, WITHOUT), 0);
    assert_int_equal(raw_sql_number(&o->x, "select count(*) from consent where text_version not in "
                                           "('2026-11-01', '2026-11')"),
                     0);
    struct str token;
    assert_int_equal(login(o, SIDE_MEMBER, old_known(o, "number_member"), STR(FILLED_PASSWORD), &token),
                     ST_OK);
    struct ctx *c = as_command_line(&o->x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_session_find(c, token));
    assert_true(c->actor.account.v);
    assert_false(c->actor.must_consent);
    app_end(c);
}

static void a_consent_keeps_its_instant(void **state)
{
    struct old *o = *state;
    assert_int_equal(
        raw_sql_number(&o->x, "select count(*) from consent where text_version = '2026-11-01' and kind = "
                              "'terms' and given_at = 1542944816361"),
        1);
}

static void a_password_that_was_given_out_works_once(void **state)
{
    struct old *o = *state;
    int64_t id = raw_sql_number(&o->x, "select company_id from account where onetime = 1");
    struct str token, name = arena_fmt(o->x.arena, "演示监理公司%04ld", (long)id - 1);
    assert_int_equal(login(o, SIDE_COMPANY, name, STR(FILLED_PASSWORD), &token), ST_BAD_INPUT);
    assert_int_equal(login(o, SIDE_COMPANY, name, old_known(o, "onetime"), &token), ST_OK);
    assert_int_equal(login(o, SIDE_COMPANY, name, old_known(o, "onetime"), &token), ST_BAD_INPUT);
}

static void who_is_logged_in_stays_so(void **state)
{
    struct old *o = *state;
    struct ctx *c = as_command_line(&o->x);
    c->now_ms = raw_sql_number(&o->x, "select min(seen_at) from session") + MINUTE_MS;
    assert_ok(c, app_read(c));
    assert_ok(c, app_session_find(c, old_known(o, "session")));
    assert_int_equal(c->actor.account.v, o->x.membership.v);
    app_end(c);
}

static void a_registration_goes_on(void **state)
{
    struct old *o = *state;
    struct fixture *x = &o->x;
    struct draft d;
    struct bytes photo;
    struct str token = old_known(o, "draft"), number = old_known(o, "draft_number"),
               password = old_known(o, "draft_password");
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_register_draft(c, token, &d));
    assert_true(str_eq(d.id_number, number));
    assert_text(d.fields.name, "陈思远");
    assert_text(d.fields.school, "兰州理工大学");
    assert_text(d.fields.mobile, "13800001234");
    assert_text(d.fields.started_on, "2013-07");
    assert_true(str_eq(d.fields.company, arena_fmt(x->arena, "%ld", (long)x->company.v)));
    assert_true(d.has_photo);
    assert_ok(c, app_register_photo(c, token, &photo));
    app_end(c);
    /* By its cookie: what it was begun with then cannot be compared without one. */
    c = as_command_line(x);
    enum status s = app_register_submit(c, token);
    for (size_t i = 0; i < c->problems.n; i++)
        print_error("%.*s: %.*s\n", STR_ARG(c->problems.p[i].field), STR_ARG(c->problems.p[i].text));
    assert_ok(c, s);
    assert_int_equal(login(o, SIDE_MEMBER, number, password, &token), ST_OK);
    assert_text(person_newest(x).name, "陈思远");
    old_assert_well(o);
}

static void what_was_printed_is_still_what_it_was(void **state)
{
    struct old *o = *state;
    struct fixture *x = &o->x;
    struct member_id who = {old_known_number(o, "approved")};
    struct batch_item_full item = item_of(x, who);
    struct batch_sheet sheet;
    struct prints prints;
    struct batch_id found;
    int64_t print;
    struct str number = dossier_of(x, who).id_number;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_batch(c, item.batch_id, &sheet));
    assert_int_equal(sheet.last.number, 1);
    assert_int_equal(sheet.rows.n, 3);
    assert_int_equal(sheet.rows.p[0].member.v, who.v);
    assert_true(str_eq(sheet.rows.p[0].shown.id_number, number));
    assert_ok(c, app_batch_by_code(c, sheet.batch.token, &found, &print));
    assert_int_equal(found.v, item.batch_id.v);
    app_end(c);
    c = as_clerk(x);
    assert_ok(c, app_prints_last(c, (struct print_wanted){.batch = item.batch_id}, &prints));
    assert_int_equal(prints.n, 1);
    assert_int_equal(prints.p[0].rows.n, 3);
    assert_true(str_eq(prints.p[0].check_code, sheet.last.check_code));
    app_end(c);
    struct batch_lines lines;
    struct batch_place next;
    c = as_membership(x);
    assert_ok(c, app_batches_list(c, &(struct batch_filter){0}, (struct batch_place){0}, 100, &lines, &next));
    assert_true(lines.n >= 24);
    for (size_t i = 0; i < lines.n; i++)
        assert_ok(c, app_batch(c, lines.p[i].id, &sheet));
    app_end(c);
}

static void a_result_can_be_read(void **state)
{
    struct old *o = *state;
    struct outcome result;
    struct ctx *c = as_clerk(&o->x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_outcome(c, old_known(o, "result"), &result));
    assert_int_equal(result.done, 1);
    assert_int_equal(result.skipped.n, 1);
    assert_int_equal(result.skipped.p[0].id.v, old_known_number(o, "skipped"));
    app_end(c);
}

static void work_goes_on(void **state)
{
    struct old *o = *state;
    struct fixture *x = &o->x;
    struct member_id some[100];
    size_t n = 0;
    struct member_page page;
    struct ctx *c = as_membership(x);
    struct member_filter f = {.state = STATE_RECOMMENDED_NEW};
    assert_ok(c, app_members_list(c, &f, &(struct page_want){.size = 100}, &page));
    for (size_t i = 0; i < page.items.n; i++)
        some[n++] = page.items.p[i].row->id;
    app_end(c);
    assert_true(n > 0);
    decide(as_membership(x), EVENT_APPROVE, some, n);
    struct member_id renewed = person_in(x, STATE_RECOMMENDED_RENEWAL, 1);
    decide(as_membership(x), EVENT_APPROVE, &renewed, 1);
    c = as_clerk(x);
    assert_ok(c, app_prints_make(c, (struct print_wanted){.kind = BATCH_RENEWAL}, STR_NONE));
    app_end(c);
    struct member_filter q = {.q = old_known(o, "number_member")};
    c = as_membership(x);
    assert_ok(c, app_members_list(c, &q, &(struct page_want){.size = 20}, &page));
    assert_int_equal(page.items.n, 1);
    app_end(c);
    old_assert_well(o);
}

static struct member_id by_number(struct old *o, struct str number)
{
    struct member_page page;
    struct member_filter f = {.q = number};
    struct ctx *c = as_membership(&o->x);
    assert_ok(c, app_members_list(c, &f, &(struct page_want){.size = 10}, &page));
    assert_int_equal(page.items.n, 1);
    app_end(c);
    return page.items.p[0].row->id;
}

static void asks_for_a_new_password(struct old *o)
{
    struct lost_code code;
    struct lost_page list;
    struct lost_verdict v;
    struct str token, chosen = STR("Dongxue-5519"), number = old_known(o, "number_member");
    struct dossier who = dossier_of(&o->x, by_number(o, number));
    struct lost_input in = {SIDE_MEMBER, number, who.row.name, chosen, chosen, STR("192.0.2.7")};
    struct ctx *c = as_command_line(&o->x);
    assert_ok(c, app_lost_ask(c, &in, &code));
    c = as_membership(&o->x);
    assert_ok(c, app_lost_list(c, STR_NONE, &(struct page_want){.size = 20}, &list));
    assert_int_equal(list.items.n, 1);
    app_end(c);
    struct lost_answer told = {.request = list.items.p[0].row.id, .code = code.code};
    assert_ok(c, app_lost_answer(c, &told, &v));
    assert_int_equal(login(o, SIDE_MEMBER, number, STR(FILLED_PASSWORD), &token), ST_BAD_INPUT);
    assert_int_equal(login(o, SIDE_MEMBER, number, chosen, &token), ST_OK);
}

/* 更正批准日期, notes, slips, 撤销本次操作 and a merge, of what was there before they were. */
static void what_is_newer_works_on_what_is_old(void **state)
{
    struct old *o = *state;
    struct fixture *x = &o->x;
    struct str token;
    struct member_id who = {old_known_number(o, "approved")};
    struct selection s = {.ids = &who, .n = 1, .expect = -1};
    asks_for_a_new_password(o);
    struct period_correction p = {x->app->fixed_today, STR("12号"), STR("录错")};
    struct ctx *c = as_membership(x);
    assert_ok(c, app_members_period(c, &p, &s, STR_NONE, &token));
    assert_int_equal(raw_sql_number(x, "select count(*) from period_change where document_no <> '12号'"), 1);
    c = as_membership(x);
    assert_ok(c, app_member_note(c, who, STR("来电核实过"), STR_NONE));
    c = as_clerk(x); /* nobody had written down how they were */
    assert_int_equal(app_outcome_undo(c, old_known(o, "result"), STR_NONE, &token), ST_OK);
    struct outcome undone;
    assert_ok(c, app_read(c));
    assert_ok(c, app_outcome(c, token, &undone));
    assert_int_equal(undone.done, 0);
    app_end(c);
    struct merge_asked in = {
        arena_fmt(x->arena, "%ld", (long)raw_sql_number(x, "select max(id) from company")),
        arena_fmt(x->arena, "%ld", (long)x->company.v), day_str(x->arena, x->app->fixed_today)};
    c = as_membership(x);
    assert_ok(c, app_company_merge(c, &in, STR_NONE, &token));
    c = as_membership(x);
    assert_ok(c, app_outcome_undo(c, token, STR_NONE, &token));
    old_assert_well(o);
}

/* Any call of any migration may fail: the next run goes on. */
struct stop {
    int calls, at;
};

static bool stops(void *stop, const char *what)
{
    struct stop *s = stop;
    (void)what;
    return ++s->calls < s->at;
}

static void an_upgrade_that_was_cut_off_goes_on(void **state)
{
    struct old *o = *state;
    struct fault f = {0};
    int applied, runs = 0;
    struct stop stop = {0};
    o->x.may = stops;
    o->x.may_arg = &stop;
    for (enum status s = ST_UNAVAILABLE; s != ST_OK; runs++) {
        stop.calls = 0;
        stop.at += 3 + stop.at / 4;
        s = old_migrate(o, &f, &applied);
        struct app *app;
        struct app_options options = filled_options(&o->x);
        if (s == ST_OK) break;
        assert_int_equal(s, ST_UNAVAILABLE);
        assert_int_equal(app_open(&options, &f, &app), ST_UNAVAILABLE); /* nobody works with half of it */
    }
    assert_true(runs > 3);
    o->x.may = NULL;
    old_open(o);
    old_assert_well(o);
    app_close(o->x.app);
    o->x.app = NULL;
    int64_t rows = raw_sql_number(&o->x, "select count(*) from audit");
    assert_int_equal(old_migrate(o, &f, &applied), ST_OK); /* nothing more to do */
    assert_int_equal(applied, 0);
    assert_int_equal(raw_sql_number(&o->x, "select count(*) from audit"), rows);
    old_open(o);
}

static void every_password_is_sealed(void **state)
{
    struct old *o = *state;
    static const char BARE[] = "select (select count(*) from account where password like '$hy1$%') + "
                               "(select count(*) from draft where password like '$hy1$%')";
    assert_true(raw_sql_number(&o->x, BARE) > OLD_PEOPLE);
    struct fault f = {0};
    int applied;
    assert_int_equal(old_migrate(o, &f, &applied), ST_OK);
    assert_int_equal(raw_sql_number(&o->x, BARE), 0);
    old_open(o);
}

static void documents_are_found_however_they_are_written(void **state)
{
    struct old *o = *state;
    static const char LEFT[] = "select count(*) from period where document_no <> '' and document_folded = ''";
    assert_int_equal(raw_sql_number(&o->x, LEFT), 0);
    assert_true(raw_sql_number(&o->x, "select count(*) from period where document_folded = '甘监协20269号'") >
                0);
}

static void keep_what(void *wrong, const char *what, struct str text)
{
    if (text.n && !str_starts(text, STR("warning: "))) *(struct str *)wrong = str_from(what);
}

/* It was damaged before; everything else is brought over. */
static void a_damaged_file_holds_nothing_up(void **state)
{
    struct old *o = *state;
    struct fault f = {0};
    int applied;
    struct bytes photo;
    raw_sql(&o->x, "update file_chunk set content_sealed = (select id_sealed from member where id = 1)");
    assert_int_equal(old_migrate(o, &f, &applied), ST_OK);
    old_open(o);
    struct ctx *c = as_membership(&o->x);
    assert_int_equal(app_member_photo(c, (struct member_id){1}, &photo), ST_BROKEN);
    app_end(c);
    struct app_options options = filled_options(&o->x);
    struct str wrong = STR_NONE;
    assert_int_equal(app_doctor(&options, keep_what, NULL, &wrong), 1);
    assert_text(wrong, "files");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, old_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(doctor_finds_nothing_and_the_trail_is_whole),
        TEST(everybody_is_readable),
        TEST(everybody_logs_in),
        TEST(consents_are_kept),
        TEST(a_consent_keeps_its_instant),
        TEST(a_password_that_was_given_out_works_once),
        TEST(who_is_logged_in_stays_so),
        TEST(a_registration_goes_on),
        TEST(what_was_printed_is_still_what_it_was),
        TEST(a_result_can_be_read),
        TEST(work_goes_on),
        TEST(documents_are_found_however_they_are_written),
        cmocka_unit_test_setup_teardown(every_password_is_sealed, setup_first, old_teardown),
        cmocka_unit_test_setup_teardown(a_damaged_file_holds_nothing_up, setup_first, old_teardown),
        cmocka_unit_test_setup_teardown(an_upgrade_that_was_cut_off_goes_on, setup_first, old_teardown),
    };
    const struct CMUnitTest later[] = {
        cmocka_unit_test(doctor_finds_nothing_and_the_trail_is_whole),
        cmocka_unit_test(everybody_is_readable),
        cmocka_unit_test(consents_are_kept),
        cmocka_unit_test(documents_are_found_however_they_are_written),
        cmocka_unit_test(what_was_printed_is_still_what_it_was),
        cmocka_unit_test(a_result_can_be_read),
        cmocka_unit_test(who_is_logged_in_stays_so),
        cmocka_unit_test(everybody_logs_in),
        cmocka_unit_test(a_password_that_was_given_out_works_once),
        cmocka_unit_test(a_registration_goes_on),
        cmocka_unit_test(what_is_newer_works_on_what_is_old),
        cmocka_unit_test(work_goes_on),
    };
    int failed = cmocka_run_group_tests_name("0001", tests, NULL, NULL);
    return failed + cmocka_run_group_tests_name("0009", later, setup_later, old_teardown);
}
