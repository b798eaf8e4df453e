/* Imports, backups and copies of the keys: any database call of theirs may fail (torture.h). The pieces of a
 * job are tried by test_killed.c. */
#include "sheets.h"
#include "torture.h"

#include "app/imports/files.h"
#include "app/ops/backup.h"
#include "app/ops/keys_desk.h"

#include <unistd.h>

#define ONE_PERSON MEMBER_HEADING "李春风,620000199001015009,甘肃新进监理有限公司,,,,,,,,,,,,\n"

struct desk {
    struct fixture *x;
    struct actor membership;
    struct job_id job, wrong;
    struct import_company_id company;
};

static enum status start(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct job_id, id);
    struct import_input in = {
        .kind = STR("member"), .name = STR("名册.csv"), .file = str_bytes(STR(ONE_PERSON))};
    c->actor = k->membership;
    enum status s = OUTCOME(app_import_start(c, &in, &id), id);
    if (s == ST_OK) k->job = id;
    return s;
}

static void check(void *at)
{
    struct desk *k = at;
    import_worked(k->x, k->job);
    k->company = import_of(k->x, k->job).companies.p[0].id;
}

static enum status look(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->membership;
    return app_import_looked(c, k->job, 2);
}

static enum status take_company(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->membership;
    return app_import_company(c, k->job, k->company, false);
}

static enum status commit(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->membership;
    return app_import_commit(c, k->job);
}

static void carry_out(void *at)
{
    struct desk *k = at;
    import_worked(k->x, k->job);
}

static enum status undo(void *at, struct ctx *c)
{
    struct desk *k = at;
    c->actor = k->membership;
    return app_import_undo(c, k->job);
}

static void read_a_wrong_one(void *at)
{
    struct desk *k = at;
    import_worked(k->x, k->job);
    k->wrong = import_checked(k->x, "member", "姓名,身份证号\n张三,1\n");
}

static enum status fetch_errors(void *at, struct ctx *c)
{
    struct desk *k = at;
    OUTPUT(struct import_file, file);
    c->actor = k->membership;
    return OUTCOME(app_import_errors(c, k->wrong, &file), file);
}

/* Nothing that looks like one, unless it is one: that the trail could not take it down is said. */
static enum status back_up(void *at, struct ctx *c)
{
    struct desk *k = at;
    struct manifest made;
    struct str path = arena_fmt(k->x->arena, "%.*s-backup", STR_ARG(k->x->keys_path));
    enum status s = app_backup(c, STR("0"), path.p, &made);
    bool whole = s == ST_OK || strstr(c->fault.text, "is whole");
    assert_int_equal(access(path.p, F_OK) == 0, whole);
    unlink(path.p);
    return s;
}

static enum status copy_keys(void *at, struct ctx *c)
{
    struct desk *k = at;
    struct str path = arena_fmt(k->x->arena, "%.*s.pdf", STR_ARG(k->x->keys_path));
    enum status s = app_keys_export(c, path.p);
    unlink(path.p);
    return s;
}

static enum status check_keys(void *at, struct ctx *c)
{
    struct desk *k = at;
    return app_keys_check(c, arena_cstr(c->arena, k->x->keys_path));
}

static const struct use_case DEEDS[] = {
    {"app_import_start", start, ONE_ROW, NULL},
    {"app_import_looked", look, ONE_ROW, check},
    {"app_import_company", take_company, ONE_ROW, NULL},
    {"app_import_commit", commit, ONE_ROW, NULL},
    {"app_import_undo", undo, ONE_ROW, carry_out},
    {"app_import_errors", fetch_errors, SOME_ROWS, read_a_wrong_one},
    {"app_backup", back_up, SOME_ROWS, NULL},
    {"app_keys_export", copy_keys, SOME_ROWS, NULL},
    {"app_keys_check", check_keys, ONE_ROW, NULL},
};

static void any_call_may_fail(void **state)
{
    struct fixture *x = *state;
    struct desk k = {.x = x, .membership = as_membership(x)->actor};
    for (size_t i = 0; i < COUNT(DEEDS); i++)
        torture(x, &DEEDS[i], &k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(any_call_may_fail, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
