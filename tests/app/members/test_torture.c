/* What is done to people, and what of them leaves the register: any database call of it may fail (torture.h).
 */
#include "people.h"
#include "torture.h"

#include "app/access/accounts.h"
#include "app/batches/summary.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "app/members/activation.h"
#include "app/members/application.h"
#include "app/members/corrections.h"
#include "app/members/counter.h"
#include "app/members/merge.h"
#include "app/members/notes.h"
#include "app/members/undo.h"
#include "app/reports/audit_export.h"
#include "app/reports/companies_export.h"
#include "app/reports/exports.h"
#include "gen/queries.h"

#include <unistd.h>

#define URL "http://127.0.0.1:8080"

struct desk {
    struct fixture *x;
    struct actor clerk, membership, auditor, withdrawing;
    struct member_id corrected, silent; /* silent: without a password of their own */
    struct batch_id batch;
    struct str merge;
};

static enum status withdraw(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->withdrawing;
    return app_member_withdraw(c, STR("withdraw"));
}

static enum status write_note(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->membership;
    return app_member_note(c, k->corrected, STR("来电核实过"), STR("note"));
}

static enum status correct_and_recommend(void *at, struct ctx *c)
{
    struct desk *k = at;
    struct photo_input none = {0};
    struct application form = application_of(k->x, k->x->company, 2);
    OUTPUT(struct str, token);
    form.details.name = STR("王晓明");
    struct correct_and want = {.id = k->corrected,
                               .in = &form.details,
                               .version = 1,
                               .then = &(struct decision){.event = EVENT_RECOMMEND}};
    c->actor = k->clerk;
    return OUTCOME(app_member_correct_and(c, &want, &none, STR("both"), &token), token);
}

static enum status reveal(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct str, number);
    c->actor = k->clerk;
    return OUTCOME(app_member_reveal(c, k->corrected, &number), number);
}

static enum status print_slip(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct bytes, pdf);
    struct selection s = {.ids = &k->silent, .n = 1, .expect = -1};
    c->actor = k->membership;
    return OUTCOME(app_activation_print(c, &s, STR("slip"), STR(URL), &pdf), pdf);
}

/* What stands on the slip is known to the paper alone. */
static void put_code(void *at)
{
    struct desk *k = at;
    struct activation_full a;
    struct ctx *c = as_command_line(k->x);
    assert_ok(c, app_begin(c));
    assert_ok(c, q_activation_of_unscoped(c->db, c->arena, k->silent, &a));
    struct bytes index = vault_index(c, INDEX_ACCOUNT, STR("activation|ACDEFGHJKLMN"));
    assert_ok(c, q_activation_put(c->db, k->silent, index, a.made_at, a.good_until, NULL));
    assert_ok(c, app_commit(c));
}

static enum status activate(void *at, struct ctx *c)
{
    struct desk *k = at;
    struct application form = application_of(k->x, k->x->company, 3);
    struct activation_input in = {.code = STR("ACDEFGHJKLMN"),
                                  .id_number = form.account.id_number,
                                  .password = STR("Qiushui-7731"),
                                  .password_again = STR("Qiushui-7731"),
                                  .address = STR("192.0.2.1"),
                                  .consent = true,
                                  .consent_sensitive = true};
    return app_activate(c, &in);
}

static enum status reset_at_counter(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct member_secret, made);
    c->actor = k->membership;
    return OUTCOME(app_member_reset_password(c, k->corrected, &made), made);
}

static enum status export_bytes(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct export_file, file);
    c->actor = k->clerk;
    return OUTCOME(app_members_export_bytes(c, &(struct member_filter){0}, EXPORT_CSV, &file), file);
}

static enum status export_companies(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct export_file, file);
    c->actor = k->membership;
    return OUTCOME(app_companies_export_bytes(c, STR_NONE, &file), file);
}

/* Nothing lies there unless it is whole. */
static enum status export_file(void *at, struct ctx *c)
{
    struct desk *k = at;
    struct export_result result;
    struct str path = arena_fmt(k->x->arena, "%.*s-export.csv", STR_ARG(k->x->keys_path));
    enum status s = app_members_export(c, &(struct member_filter){0}, path.p, EXPORT_CSV, &result);
    assert_int_equal(access(path.p, F_OK) == 0, s == ST_OK);
    unlink(path.p);
    return s;
}

static enum status export_trail(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct export_file, file);
    c->actor = k->auditor;
    return OUTCOME(app_audit_export(c, &(struct audit_asked){.event = STR("member.note")}, &file), file);
}

static enum status print_application(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct bytes, pdf);
    c->actor = k->membership;
    return OUTCOME(app_application_pdf(c, k->corrected, &pdf), pdf);
}

static enum status print_tab(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct bytes, pdf);
    c->actor = k->clerk;
    return OUTCOME(app_tab_pdf(c, STATE_SUBMITTED, &pdf), pdf);
}

static enum status preview(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct summaries, sheets);
    c->actor = k->clerk;
    return OUTCOME(app_summary_preview(c, STATE_SUBMITTED, &sheets), sheets);
}

static enum status print_summary(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->clerk;
    return app_summary_print(c, (struct print_wanted){.batch = k->batch}, STR("summary"), STR(URL));
}

static enum status fetch_summary(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct prints, prints);
    OUTPUT(struct bytes, pdf);
    c->actor = k->clerk;
    return OUTCOME(app_summary_pdf(c, (struct print_wanted){.batch = k->batch}, STR(URL), &prints, &pdf),
                   pdf);
}

static enum status merge(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct str, token);
    struct merge_asked in = {arena_fmt(c->arena, "%ld", (long)k->x->company.v),
                             arena_fmt(c->arena, "%ld", (long)k->x->other.v),
                             day_str(c->arena, k->x->app->fixed_today)};
    c->actor = k->membership;
    enum status s = OUTCOME(app_company_merge(c, &in, STR("merge"), &token), token);
    if (s == ST_OK) k->merge = arena_str(k->x->arena, token);
    return s;
}

static enum status part(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct str, token);
    c->actor = k->membership;
    return OUTCOME(app_outcome_undo(c, k->merge, STR("part"), &token), token);
}

static const struct use_case DEEDS[] = {
    {"app_member_withdraw", withdraw, ONE_ROW, NULL},
    {"app_member_note", write_note, ONE_ROW, NULL},
    {"app_member_correct_and", correct_and_recommend, ROWS, NULL},
    {"app_member_reveal", reveal, ONE_ROW, NULL},
    {"app_activation_print", print_slip, ONE_ROW, NULL},
    {"app_activate", activate, ONE_ROW, put_code},
    {"app_member_reset_password", reset_at_counter, ONE_ROW, NULL},
    {"app_members_export_bytes", export_bytes, SOME_ROWS, NULL},
    {"app_companies_export_bytes", export_companies, SOME_ROWS, NULL},
    {"app_members_export", export_file, SOME_ROWS, NULL},
    {"app_audit_export", export_trail, SOME_ROWS, NULL},
    {"app_application_pdf", print_application, SOME_ROWS, NULL},
    {"app_tab_pdf", print_tab, SOME_ROWS, NULL},
    {"app_summary_preview", preview, SOME_ROWS, NULL},
    {"app_summary_print", print_summary, ONE_ROW, NULL},
    {"app_summary_pdf", fetch_summary, SOME_ROWS, NULL},
    {"app_company_merge", merge, ROWS, NULL},
    {"app_outcome_undo", part, ROWS, NULL},
};

static void any_call_may_fail(void **state)
{
    struct fixture *x = *state;
    struct desk k = {.x = x,
                     .clerk = as_clerk(x)->actor,
                     .membership = as_membership(x)->actor,
                     .auditor = as_viewer(x)->actor};
    k.auditor.roles = ROLE_AUDITOR;
    /* A try whose end failed was counted all the same. */
    settings_of(x)->activation_tries = settings_of(x)->lost_network_tries = 1000;
    k.withdrawing = as_person(x, person_register(x, 1))->actor;
    k.corrected = person_register(x, 2);
    k.silent = person_register(x, 3);
    struct ctx *c = as_command_line(x);
    k.batch = batch_of(x, person_in(x, STATE_RECOMMENDED_NEW, 4)).id;
    app_end(c);
    for (size_t i = 0; i < COUNT(DEEDS); i++)
        torture(x, &DEEDS[i], &k);
    assert_int_equal(person_of(x, k.corrected).company_id.v, x->company.v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(any_call_may_fail, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
