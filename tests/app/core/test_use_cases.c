/* What is kept in the process holds by the number of the newest row of the trail (app/core/kept.h): every use
 * case that writes what anyone keeps adds a row. This walks all of them; a use case that no list names fails.
 */
#include "imports/sheets.h"

#include "app/access/accounts.h"
#include "app/access/consent.h"
#include "app/access/lost.h"
#include "app/access/lost_desk.h"
#include "app/access/own_sessions.h"
#include "app/access/refused.h"
#include "app/access/sessions.h"
#include "app/access/staff_accounts.h"
#include "app/access/totp.h"
#include "app/batches/print.h"
#include "app/batches/summary.h"
#include "app/companies/clerks.h"
#include "app/companies/companies.h"
#include "app/companies/unit.h"
#include "app/core/looks.h"
#include "app/core/mark.h"
#include "app/core/privacy_desk.h"
#include "app/core/settings_desk.h"
#include "app/core/trail.h"
#include "app/imports/files.h"
#include "app/members/activation.h"
#include "app/members/application.h"
#include "app/members/corrections.h"
#include "app/members/counter.h"
#include "app/members/exceptions.h"
#include "app/members/merge.h"
#include "app/members/notes.h"
#include "app/members/period.h"
#include "app/members/proposed.h"
#include "app/members/undo.h"
#include "app/ops/backup.h"
#include "app/ops/first_start.h"
#include "app/ops/keys_desk.h"
#include "app/reports/audit_export.h"
#include "app/reports/companies_export.h"
#include "app/reports/exports.h"
#include "crypto/totp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct photo_input none;

static enum status run_accept(struct fixture *x)
{
    return app_audit_accept(as_command_line(x), STR("why not"));
}

static enum status run_login(struct fixture *x)
{
    struct str token;
    struct login_input in = {SIDE_STAFF, STR("huiyuan"), STR("Zhaoqi-8842"), STR("192.0.2.1")};
    return app_login(as_command_line(x), &in, &token);
}

static enum status run_login_begin(struct fixture *x)
{
    struct str token, half;
    struct login_input in = {SIDE_STAFF, STR("huiyuan"), STR("Zhaoqi-8842"), STR("192.0.2.1")};
    return app_login_begin(as_command_line(x), &in, &token, &half);
}

static enum status run_logout(struct fixture *x)
{
    return app_logout(as_clerk(x), STR("0123456789012345678901234567890123456789012"));
}

static enum status run_password_change(struct fixture *x)
{
    struct str token;
    return app_password_change(as_viewer(x), STR("Zhaoqi-8842"), STR("Qiushui-7731"), STR("Qiushui-7731"),
                               &token);
}

static enum status run_again(struct fixture *x)
{
    struct str token;
    struct login_input in = {SIDE_STAFF, STR("chakan"), STR("Zhaoqi-8842"), STR("192.0.2.1")};
    assert_ok(as_viewer(x), app_login(as_command_line(x), &in, &token));
    return app_again(as_viewer(x), token, STR("Zhaoqi-8842"));
}

/* The viewer's session, and the code of a step in it; `from` now. */
static struct str code_in(struct fixture *x, struct str token, int64_t from)
{
    uint8_t secret[TOTP_SECRET];
    char *code = arena_alloc(x->arena, TOTP_DIGITS + 1);
    struct ctx *c = as_viewer(x);
    totp_secret_for(x->app->keys, token_hash(c->arena, token), x->viewer.v, secret);
    assert_true(totp_code(secret, totp_step(c->now_ms) + from, code));
    return str_from(code);
}

static enum status totp_set_up(struct fixture *x, struct str *ret_token, struct recovery_codes *ret)
{
    struct login_input in = {SIDE_STAFF, STR("chakan"), STR("Zhaoqi-8842"), STR("192.0.2.1")};
    assert_ok(as_viewer(x), app_login(as_command_line(x), &in, ret_token));
    return app_totp_on(as_viewer(x), *ret_token, code_in(x, *ret_token, 0), ret);
}

static enum status run_totp_on(struct fixture *x)
{
    struct str token;
    struct recovery_codes codes;
    return totp_set_up(x, &token, &codes);
}

static enum status run_totp_off(struct fixture *x)
{
    struct str token;
    struct recovery_codes codes;
    assert_int_equal(totp_set_up(x, &token, &codes), ST_OK);
    return app_totp_off(as_viewer(x), codes.p[0]);
}

static enum status run_login_code(struct fixture *x)
{
    struct str token, half = STR_NONE;
    struct recovery_codes codes;
    struct login_input in = {SIDE_STAFF, STR("chakan"), STR("Zhaoqi-8842"), STR("192.0.2.1")};
    assert_int_equal(totp_set_up(x, &token, &codes), ST_OK);
    assert_ok(as_viewer(x), app_login_begin(as_command_line(x), &in, &token, &half));
    assert_true(half.n > 0 && !token.n);
    return app_login_code(as_command_line(x), half, codes.p[0], STR("192.0.2.1"), &token);
}

static enum status run_totp_reset(struct fixture *x)
{
    struct ctx *c = as_viewer(x);
    c->actor.roles = ROLE_SYSTEM;
    return app_totp_reset(c, x->viewer);
}

static enum status run_session_end(struct fixture *x)
{
    struct str token;
    struct own_sessions list;
    struct login_input in = {SIDE_STAFF, STR("chakan"), STR("Zhaoqi-8842"), STR("192.0.2.1")};
    assert_ok(as_viewer(x), app_login(as_command_line(x), &in, &token));
    struct ctx *c = as_viewer(x);
    assert_ok(c, app_own_sessions(c, token, &list));
    return app_own_session_end(c, list.p[0].id);
}

static enum status run_sessions_end_others(struct fixture *x)
{
    return app_own_sessions_end_others(as_viewer(x), STR("0123456789012345678901234567890123456789012"));
}

static enum status activation_print(struct fixture *x, struct member_id id, struct bytes *ret)
{
    struct selection s = {.ids = &id, .n = 1, .expect = -1};
    return app_activation_print(as_membership(x), &s, STR_NONE, STR("http://127.0.0.1:8080"), ret);
}

static enum status run_activation_print(struct fixture *x)
{
    struct bytes pdf;
    return activation_print(x, person_register(x, 1), &pdf);
}

/* A wrong code is a row, too. */
static enum status run_activate(struct fixture *x)
{
    struct application form = application_of(x, x->company, 1);
    struct activation_input in = {.code = STR("AAAA-AAAA-AAAA"),
                                  .id_number = form.account.id_number,
                                  .password = STR("Qiushui-7731"),
                                  .password_again = STR("Qiushui-7731"),
                                  .address = STR("192.0.2.1"),
                                  .consent = true,
                                  .consent_sensitive = true};
    person_register(x, 1);
    enum status s = app_activate(as_command_line(x), &in);
    return s == ST_BAD_INPUT ? ST_OK : s;
}

static enum status run_member_reset(struct fixture *x)
{
    struct member_secret made;
    return app_member_reset_password(as_membership(x), person_register(x, 1), &made);
}

static enum status lost_ask(struct fixture *x, struct lost_code *ret)
{
    struct application form = application_of(x, x->company, 1);
    struct lost_input in = {SIDE_MEMBER,         form.account.id_number, form.details.name,
                            STR("Qiushui-7731"), STR("Qiushui-7731"),    STR("192.0.2.1")};
    return app_lost_ask(as_command_line(x), &in, ret);
}

static enum status run_lost_ask(struct fixture *x)
{
    struct lost_code code;
    person_register(x, 1);
    return lost_ask(x, &code);
}

static enum status run_lost_answer(struct fixture *x)
{
    struct lost_code code;
    struct lost_page list;
    struct lost_verdict v;
    struct page_want want = {.size = 20};
    person_register(x, 1);
    assert_ok(as_clerk(x), lost_ask(x, &code));
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_lost_list(c, STR_NONE, &want, &list));
    app_end(c);
    return app_lost_answer(as_clerk(x),
                           &(struct lost_answer){.request = list.items.p[0].row.id, .code = code.code}, &v);
}

static enum status run_lost_cancel(struct fixture *x)
{
    struct lost_code code;
    struct lost_owns own;
    struct member_id id = person_register(x, 1);
    assert_ok(as_clerk(x), lost_ask(x, &code));
    struct ctx *c = as_person(x, id);
    assert_ok(c, app_lost_own(c, &own));
    app_end(c);
    return app_lost_cancel(as_person(x, id), own.p[0].id);
}

static enum status run_staff_add(struct fixture *x)
{
    return app_staff_add(as_command_line(x), STR("xinlai"), STR("viewer"), STR("Zhaoqi-8842"));
}

static enum status run_staff_set_password(struct fixture *x)
{
    return app_staff_set_password(as_command_line(x), STR("chakan"), STR("Qiushui-7731"));
}

static enum status run_staff_disable(struct fixture *x)
{
    return app_staff_disable(as_command_line(x), STR("chakan"));
}

static enum status run_staff_set_roles(struct fixture *x)
{
    return app_staff_set_roles(as_command_line(x), STR("chakan"), STR("finance"));
}

static struct ctx *as_system(struct fixture *x)
{
    struct ctx *c = as_viewer(x);
    c->actor.roles = ROLE_SYSTEM;
    return c;
}

static enum status run_account_create(struct fixture *x)
{
    struct staff_made made;
    struct staff_input in = {.name = STR("xinlai"), .roles = STR("viewer")};
    return app_staff_account_create(as_system(x), &in, &made);
}

static enum status run_account_update(struct fixture *x)
{
    struct staff_item item;
    struct staff_input in = {.roles = STR("finance"), .enabled = true};
    struct ctx *c = as_system(x);
    assert_ok(c, app_staff_account(c, x->viewer, &item));
    return app_staff_account_update(c, x->viewer, &in, item.row.version);
}

static enum status run_account_reset(struct fixture *x)
{
    struct staff_made made;
    return app_staff_account_reset(as_system(x), x->viewer, &made);
}

static enum status run_clerk_create(struct fixture *x)
{
    struct clerk_made made;
    struct clerk_input in = {.name = STR("赵经办"), .mobile = STR("13893112345"), .enabled = true};
    return app_clerk_create(as_clerk(x), &in, &made);
}

static struct account_id some_clerk(struct fixture *x)
{
    struct clerks list;
    struct ctx *c = as_clerk(x);
    assert_ok(c, run_clerk_create(x));
    assert_ok(c, app_clerks_list(c, &list));
    app_end(c);
    return list.p[1].row.id;
}

static enum status run_clerk_update(struct fixture *x)
{
    struct clerk_input in = {.name = STR("赵经办"), .mobile = STR("13893112346"), .enabled = true};
    return app_clerk_update(as_clerk(x), some_clerk(x), &in, 1);
}

static enum status run_clerk_reset(struct fixture *x)
{
    struct clerk_made made;
    return app_clerk_reset(as_clerk(x), some_clerk(x), &made);
}

static enum status run_company_create(struct fixture *x)
{
    struct one_time made;
    return app_company_create(as_membership(x),
                              &(struct company_input){.name = STR("甘肃新建监理有限公司"), .enabled = true},
                              &made);
}

static enum status run_company_update(struct fixture *x)
{
    struct company_full row;
    struct ctx *c = as_membership(x);
    struct company_input in = {.name = STR("甘肃改名监理有限公司"), .enabled = true, .reason = STR("更名")};
    assert_ok(c, app_company(c, x->other, &row));
    return app_company_update(c, x->other, &in, row.version);
}

static enum status run_company_enable(struct fixture *x)
{
    return app_company_enable(as_membership(x), x->other, false);
}

static enum status run_company_reset(struct fixture *x)
{
    struct one_time made;
    return app_company_reset_password(as_membership(x), x->company, &made);
}

static enum status run_submit(struct fixture *x)
{
    struct application form = application_of(x, x->company, 1);
    return app_register_submit(as_command_line(x), application_draft(x, &form));
}

static enum status run_decide(struct fixture *x)
{
    struct member_id id = person_register(x, 1);
    struct selection s = {.ids = &id, .n = 1, .expect = -1};
    struct str token;
    return app_members_decide(as_clerk(x), &(struct decision){.event = EVENT_RECOMMEND}, &s, STR_NONE,
                              &token);
}

static enum status run_withdraw(struct fixture *x)
{
    return app_member_withdraw(as_person(x, person_register(x, 1)), STR_NONE);
}

static enum status run_correct(struct fixture *x)
{
    struct application form = application_of(x, x->company, 1);
    struct member_id id = application_send(x, &form);
    form.details.name = STR("王晓明");
    return app_member_correct(as_clerk(x), id, &form.details, &none, false, 1, STR_NONE);
}

static enum status run_edit(struct fixture *x)
{
    struct application form = application_of(x, x->company, 1);
    form.details.name = STR("王晓明");
    struct member_edit edit = {
        .id = person_register(x, 1), .in = &form.details, .version = 1, .reason = STR("原因")};
    return app_member_edit(as_membership(x), &edit, &none, STR_NONE);
}

static enum status run_unit(struct fixture *x)
{
    struct company_full row;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_unit(c, &row));
    app_end(c);
    struct own_unit_input in = {.contact = STR("马联系"), .version = row.version};
    return app_unit_update(as_clerk(x), &in);
}

static enum status run_merge(struct fixture *x)
{
    struct str token;
    struct merge_asked in = {arena_fmt(x->arena, "%ld", (long)x->company.v),
                             arena_fmt(x->arena, "%ld", (long)x->other.v),
                             day_str(x->arena, x->app->fixed_today)};
    return app_company_merge(as_membership(x), &in, STR_NONE, &token);
}

static enum status run_note(struct fixture *x)
{
    return app_member_note(as_membership(x), person_register(x, 1), STR("来电核实过"), STR_NONE);
}

static enum status run_period(struct fixture *x)
{
    struct member_id id = person_in(x, STATE_MEMBER, 1);
    struct period_correction p = {x->app->fixed_today, STR("12号"), STR("录错")};
    struct str token;
    return app_members_period(as_membership(x), &p, &(struct selection){.ids = &id, .n = 1, .expect = -1},
                              STR_NONE, &token);
}

static enum status run_undo(struct fixture *x)
{
    struct member_id id = person_register(x, 1);
    struct selection s = {.ids = &id, .n = 1, .expect = -1};
    struct str token, undone;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_members_decide(c, &(struct decision){.event = EVENT_RECOMMEND}, &s, STR_NONE, &token));
    return app_outcome_undo(as_clerk(x), token, STR_NONE, &undone);
}

static enum status run_exception(struct fixture *x)
{
    struct exception_input in = {id_number_of(x->arena, DAY(1960, 1, 5), 901), STR("理事会同意"), STR_NONE};
    return app_exception_add(as_membership(x), &in);
}

static struct member_id register_unlisted(struct fixture *x)
{
    struct application form = application_of(x, x->company, 1);
    form.details.company = STR("");
    form.details.company_new = STR("甘肃新安工程监理有限公司");
    return application_send(x, &form);
}

static enum status run_proposed(struct fixture *x)
{
    struct proposed_page page;
    struct proposed_done done;
    register_unlisted(x);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_companies_proposed(c, &(struct page_want){.size = 10}, &page));
    app_end(c);
    struct proposed_decision in = {.decision = STR("yes")};
    return app_company_proposed(as_membership(x), page.items.p[0].row.id, &in, &done);
}

static enum status run_look(struct fixture *x)
{
    struct look_page page;
    assert_int_equal(run_exception(x), ST_OK);
    struct ctx *c = as_membership(x);
    c->actor.account = x->viewer; /* another of the same role */
    assert_ok(c, app_looks_list(c, &(struct page_want){.size = 10}, &page));
    app_end(c);
    return app_look_done(c, page.items.p[0].row.id, &(struct look_done){.ok = true});
}

static enum status run_correct_and(struct fixture *x)
{
    struct application form = application_of(x, x->company, 1);
    struct member_id id = application_send(x, &form);
    struct str token;
    form.details.name = STR("王晓明");
    struct correct_and want = {
        .id = id, .in = &form.details, .version = 1, .then = &(struct decision){.event = EVENT_RECOMMEND}};
    return app_member_correct_and(as_clerk(x), &want, &none, STR_NONE, &token);
}

static enum status run_resubmit(struct fixture *x)
{
    struct member_id id = person_in(x, STATE_RETURNED, 1);
    struct application form = application_of(x, x->company, 1);
    return app_member_resubmit(as_person(x, id), &form.details, &none, STR_NONE);
}

static enum status run_reveal(struct fixture *x)
{
    struct str number;
    return app_member_reveal(as_clerk(x), person_register(x, 1), &number);
}

static enum status run_export(struct fixture *x)
{
    struct export_file file;
    return app_members_export_bytes(as_clerk(x), &(struct member_filter){0}, EXPORT_CSV, &file);
}

static enum status run_companies_export(struct fixture *x)
{
    struct export_file file;
    return app_companies_export_bytes(as_membership(x), STR(""), &file);
}

static enum status run_audit_export(struct fixture *x)
{
    struct export_file file;
    struct ctx *c = as_viewer(x);
    c->actor.roles = ROLE_AUDITOR;
    return app_audit_export(c, &(struct audit_asked){0}, &file);
}

static enum status run_export_file(struct fixture *x)
{
    struct export_result result;
    struct str path = arena_fmt(x->arena, "%.*s-export.csv", STR_ARG(x->keys_path));
    enum status s =
        app_members_export(as_command_line(x), &(struct member_filter){0}, path.p, EXPORT_CSV, &result);
    unlink(path.p);
    return s;
}

static enum status run_refused(struct fixture *x)
{
    struct member_full m;
    struct member_id id = person_register(x, 1);
    struct ctx *c = as_other_clerk(x);
    assert_ok(c, app_read(c));
    assert_int_equal(member_load(c, id, &m), ST_NOT_FOUND);
    app_end(c);
    assert_int_equal(c->sought.member.v, id.v);
    return app_audit_refused(c, ST_NOT_FOUND, STR("GET /x"));
}

static struct batch_id open_batch(struct fixture *x)
{
    return batch_of(x, person_in(x, STATE_RECOMMENDED_NEW, 1)).id;
}

static enum status run_batch_close(struct fixture *x)
{
    return app_batch_close(as_clerk(x), open_batch(x));
}

static enum status run_prints_make(struct fixture *x)
{
    return app_prints_make(as_clerk(x), (struct print_wanted){.batch = open_batch(x)}, STR_NONE);
}

static enum status run_summary_print(struct fixture *x)
{
    return app_summary_print(as_clerk(x), (struct print_wanted){.batch = open_batch(x)}, STR_NONE,
                             STR("http://127.0.0.1:8080"));
}

static enum status run_summary_pdf(struct fixture *x)
{
    struct prints prints;
    struct bytes pdf;
    return app_summary_pdf(as_clerk(x), (struct print_wanted){.batch = open_batch(x)},
                           STR("http://127.0.0.1:8080"), &prints, &pdf);
}

static enum status run_tab_pdf(struct fixture *x)
{
    struct bytes pdf;
    person_register(x, 1);
    return app_tab_pdf(as_clerk(x), STATE_SUBMITTED, &pdf);
}

static enum status run_preview(struct fixture *x)
{
    struct summaries sheets;
    person_register(x, 1);
    return app_summary_preview(as_clerk(x), STATE_SUBMITTED, &sheets);
}

static enum status run_application(struct fixture *x)
{
    struct bytes pdf;
    return app_application_pdf(as_membership(x), person_register(x, 1), &pdf);
}

static enum status run_setting_set(struct fixture *x)
{
    return app_setting_set(as_command_line(x),
                           &(struct setting_change){STR("period.years"), STR("4"), STR("试"), 0, STR_NONE});
}

static enum status run_backup(struct fixture *x)
{
    struct manifest made;
    struct str path = arena_fmt(x->arena, "%.*s-backup", STR_ARG(x->keys_path));
    enum status s = app_backup(as_command_line(x), STR("0"), path.p, &made);
    unlink(path.p);
    return s;
}

static enum status run_first_step_save(struct fixture *x)
{
    struct first_values in = {0};
    return app_first_step_save(as_system(x), 0, &in);
}

static enum status run_keys_export(struct fixture *x)
{
    struct str path = arena_fmt(x->arena, "%.*s.pdf", STR_ARG(x->keys_path));
    enum status s = app_keys_export(as_command_line(x), path.p);
    unlink(path.p);
    return s;
}

static enum status run_keys_check(struct fixture *x)
{
    return app_keys_check(as_command_line(x), arena_cstr(x->arena, x->keys_path));
}

static enum status run_privacy_publish(struct fixture *x)
{
    struct privacy_versions v;
    struct ctx *c = as_system(x);
    assert_ok(c, app_privacy_versions(c, STR_NONE, &v));
    return app_privacy_publish(
        c, &(struct privacy_draft){v.typed, day_str(x->arena, c->today), STR("试"), v.newest, STR_NONE});
}

static enum status run_consent(struct fixture *x)
{
    return app_consent(as_clerk(x), &(struct consent_given){.terms = true, .sensitive = true});
}

#define ONE_PERSON MEMBER_HEADING "李春风,620000199001015009,甘肃新进监理有限公司,,,,,,,,,,,,\n"

static enum status run_import_start(struct fixture *x)
{
    struct job_id id;
    return app_import_start(as_membership(x),
                            &(struct import_input){.kind = STR("member"), .file = str_bytes(STR(ONE_PERSON))},
                            &id);
}

static enum status run_import_commit(struct fixture *x)
{
    return app_import_commit(as_membership(x), import_checked(x, "member", ONE_PERSON));
}

static enum status run_import_undo(struct fixture *x)
{
    return app_import_undo(as_membership(x), import_done(x, "member", ONE_PERSON));
}

static enum status run_import_errors(struct fixture *x)
{
    struct import_file file;
    struct job_id id = import_checked(x, "member", "姓名,身份证号\n张三,1\n");
    return app_import_errors(as_membership(x), id, &file);
}

static enum status run_import_looked(struct fixture *x)
{
    return app_import_looked(as_membership(x), import_checked(x, "member", ONE_PERSON), 2);
}

static enum status run_import_company(struct fixture *x)
{
    struct job_id id = import_checked(x, "member", ONE_PERSON);
    return app_import_company(as_membership(x), id, import_of(x, id).companies.p[0].id, false);
}

/* `before`: rows that the preparation inside it adds. */
static const struct {
    const char *name;
    enum status (*run)(struct fixture *x);
    int before;
} WRITES[] = {
    {"app_audit_accept", run_accept, 0},
    {"app_audit_refused", run_refused, 1},
    {"app_login", run_login, 0},
    {"app_login_begin", run_login_begin, 0},
    {"app_logout", run_logout, 0},
    {"app_password_change", run_password_change, 0},
    {"app_again", run_again, 1},
    {"app_totp_on", run_totp_on, 1},
    {"app_totp_off", run_totp_off, 2},
    {"app_login_code", run_login_code, 2},
    {"app_totp_reset", run_totp_reset, 0},
    {"app_own_session_end", run_session_end, 1},
    {"app_own_sessions_end_others", run_sessions_end_others, 0},
    {"app_activation_print", run_activation_print, 1},
    {"app_activate", run_activate, 1},
    {"app_member_reset_password", run_member_reset, 1},
    {"app_lost_ask", run_lost_ask, 1},
    {"app_lost_answer", run_lost_answer, 2},
    {"app_lost_cancel", run_lost_cancel, 2},
    {"app_staff_add", run_staff_add, 0},
    {"app_staff_set_password", run_staff_set_password, 0},
    {"app_staff_disable", run_staff_disable, 0},
    {"app_staff_set_roles", run_staff_set_roles, 0},
    {"app_staff_account_create", run_account_create, 0},
    {"app_staff_account_update", run_account_update, 0},
    {"app_staff_account_reset", run_account_reset, 0},
    {"app_clerk_create", run_clerk_create, 0},
    {"app_clerk_update", run_clerk_update, 1},
    {"app_clerk_reset", run_clerk_reset, 1},
    {"app_company_create", run_company_create, 0},
    {"app_company_update", run_company_update, 0},
    {"app_company_enable", run_company_enable, 0},
    {"app_company_reset_password", run_company_reset, 0},
    {"app_register_submit", run_submit, 0},
    {"app_members_decide", run_decide, 1},
    {"app_member_withdraw", run_withdraw, 1},
    {"app_member_correct", run_correct, 1},
    {"app_member_edit", run_edit, 1},
    {"app_unit_update", run_unit, 0},
    {"app_company_merge", run_merge, 0},
    {"app_member_note", run_note, 1},
    {"app_members_period", run_period, 3},
    {"app_outcome_undo", run_undo, 2},
    {"app_exception_add", run_exception, 0},
    {"app_look_done", run_look, 1},
    {"app_company_proposed", run_proposed, 1},
    {"app_member_correct_and", run_correct_and, 2},
    {"app_member_resubmit", run_resubmit, 2},
    {"app_member_reveal", run_reveal, 1},
    {"app_members_export", run_export_file, 0},
    {"app_audit_export", run_audit_export, 0},
    {"app_companies_export_bytes", run_companies_export, 0},
    {"app_members_export_bytes", run_export, 0},
    {"app_batch_close", run_batch_close, 2},
    {"app_prints_make", run_prints_make, 2},
    {"app_summary_print", run_summary_print, 2},
    {"app_summary_pdf", run_summary_pdf, 2},
    {"app_tab_pdf", run_tab_pdf, 1},
    {"app_summary_preview", run_preview, 1},
    {"app_application_pdf", run_application, 1},
    {"app_setting_set", run_setting_set, 0},
    {"app_backup", run_backup, 0},
    {"app_first_step_save", run_first_step_save, 0},
    {"app_keys_export", run_keys_export, 0},
    {"app_keys_check", run_keys_check, 0},
    {"app_privacy_publish", run_privacy_publish, 0},
    {"app_consent", run_consent, 0},
    {"app_import_start", run_import_start, 0},
    {"app_import_commit", run_import_commit, 2},
    {"app_import_undo", run_import_undo, 6},
    {"app_import_errors", run_import_errors, 2},
    {"app_import_looked", run_import_looked, 2},
    {"app_import_company", run_import_company, 2},
};

/* Those that write nothing that anyone keeps: they read, open or close, or write what lives a day at most
 * (drafts, kept photos, answers to forms). app_migrate, app_refold and app_demo make the
 * database that is kept. */
static const char QUIET[] =
    " app_alive app_backup_verify app_doctor_data app_keys_sum app_restore app_setting app_settings "
    "app_audit_find app_audit_head app_audit_mark app_audit_walk "
    "app_batch "
    "app_batch_by_code app_batches_list app_begin app_commit app_clerk app_clerks_list app_companies_list "
    "app_companies_search app_company app_company_card app_company_choice app_company_named app_demo "
    "app_doctor "
    "app_health "
    "app_history_own app_import app_import_open app_import_template app_imports_list app_kept_done "
    "app_kept_find app_kept_put "
    "app_kept_waiting app_keys_path app_letter_pdf "
    "app_load_keys app_load_settings app_member_dossier "
    "app_member_events app_member_photo app_member_photo_hold app_member_photo_kept app_members_list "
    "app_migrate "
    "app_open app_open_mark app_outcome app_outcome_csv app_overview app_progress_own app_read "
    "app_register_check app_register_details app_register_draft app_register_photo app_register_start "
    "app_last_login app_lost_form_pdf app_member_letter_pdf app_lost_list app_lost_own app_totp "
    "app_own_sessions app_staff_account "
    "app_staff_accounts_list app_session_ended "
    "app_session_find app_members_beside "
    "app_members_foresee "
    "app_outcome_following "
    "app_company_merge_preview app_unit app_members_period_foresee app_looks_list app_exceptions_list "
    "app_companies_proposed "
    "app_measures app_system app_first_start app_first_step app_repair "
    "app_privacy app_privacy_versions app_refold app_register_receipt app_register_submitted "
    "app_data_current app_data_form app_audit_list app_todo app_prints_last app_prints_now app_press_start "
    "app_press_stop ";

static int64_t newest_row(struct fixture *x)
{
    struct ctx *c = as_command_line(x);
    struct head h;
    assert_ok(c, app_audit_head(c, &h));
    app_end(c);
    return h.number;
}

static void each_adds_a_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(WRITES); i++) {
        void *fresh;
        assert_int_equal(register_setup(&fresh), 0);
        struct fixture *x = fresh;
        int64_t before = newest_row(x);
        enum status s = WRITES[i].run(x);
        int64_t after = newest_row(x);
        if (s != ST_OK || after <= before + WRITES[i].before)
            print_error("%s: %s, %ld rows\n", WRITES[i].name, status_name(s), (long)(after - before));
        assert_int_equal(s, ST_OK);
        assert_true(after > before + WRITES[i].before);
        register_teardown(&fresh);
    }
}

static bool is_known(struct arena *a, struct str name)
{
    for (size_t i = 0; i < COUNT(WRITES); i++)
        if (str_eq(str_from(WRITES[i].name), name)) return true;
    return strstr(QUIET, arena_fmt(a, " %.*s ", STR_ARG(name)).p) != NULL;
}

static void every_use_case_is_in_a_list(void **state)
{
    (void)state;
    char line[256];
    int n = 0, unknown = 0;
    struct arena *a = arena_new();
    FILE *list = popen("grep -rhoE '^(enum status|int) app_[a-z_]+[(]' \"$HUIYUAN_SOURCE/src/app\" "
                       "--include='*.h' | grep -oE 'app_[a-z_]+' | sort -u",
                       "r");
    assert_non_null(list);
    while (fgets(line, sizeof line, list)) {
        struct str name = str_trim(str_from(line));
        n++;
        if (is_known(a, name)) continue;
        print_error("%.*s: does it write what anyone keeps? WRITES if so, else QUIET\n", STR_ARG(name));
        unknown++;
    }
    assert_int_equal(pclose(list), 0);
    assert_true(n > 40);
    assert_int_equal(unknown, 0);
    arena_free(a);
}

/* A call of each fails somewhere (torture.h). None needs to be excepted. */
static void every_one_that_writes_is_tortured(void **state)
{
    (void)state;
    int missing = 0;
    struct arena *a = arena_new();
    for (size_t i = 0; i < COUNT(WRITES); i++) {
        const char *name = WRITES[i].name;
        bool three_at_once = !strcmp(name, "app_members_decide") || !strcmp(name, "app_register_submit");
        const char *where = three_at_once ? "core/test_torture.c" : "*/test_torture*.c";
        struct str command = arena_fmt(a, "grep -qF '%s' \"$HUIYUAN_SOURCE\"/tests/app/%s",
                                       arena_fmt(a, three_at_once ? "%s(" : "{\"%s\"", name).p, where);
        if (system(command.p) == 0) continue;
        print_error("%s: no tests/app/*/test_torture*.c lets its calls fail\n", name);
        missing++;
    }
    assert_int_equal(missing, 0);
    arena_free(a);
}

/* Both consents are kept, each with the version of its text: 个人信息保护法 asks for the second by itself. */
static void both_consents_are_kept(void **state)
{
    struct fixture *x = *state;
    struct dossier d = dossier_of(x, person_register(x, 1));
    assert_int_equal(d.consents.n, 2);
    assert_false(str_eq(d.consents.p[0].kind, d.consents.p[1].kind));
    for (size_t i = 0; i < d.consents.n; i++)
        assert_true(d.consents.p[i].text_version.n > 0 && d.consents.p[i].given_at > 0);
}

static enum status try_login(struct fixture *x, const char *password)
{
    struct str token;
    struct ctx *c = as_command_line(x);
    struct login_input in = {SIDE_STAFF, STR("huiyuan"), str_from(password), STR("192.0.2.1")};
    enum status s = app_login(c, &in, &token);
    app_end(c);
    return s;
}

/* Four failures, a login, four failures again: nobody who knows the password is locked out by old mistakes.
 */
static void a_login_clears_the_counter(void **state)
{
    struct fixture *x = *state;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 4; i++)
            assert_int_equal(try_login(x, "Falsch-0000"), ST_BAD_INPUT);
        assert_int_equal(try_login(x, "Zhaoqi-8842"), ST_OK);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_use_case_is_in_a_list),
        cmocka_unit_test(every_one_that_writes_is_tortured),
        cmocka_unit_test(each_adds_a_row),
        TEST(both_consents_are_kept),
        TEST(a_login_clears_the_counter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
