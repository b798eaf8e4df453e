/* What is sealed opens where it stands only: two rows whose values somebody exchanged in the database are
 * both refused, and doctor says which they are. */
#include "imports/sheets.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/access/history.h"
#include "app/access/kept.h"
#include "app/access/lost.h"
#include "app/access/lost_desk.h"
#include "app/access/own_sessions.h"
#include "app/access/totp.h"
#include "app/batches/print.h"
#include "app/companies/clerks.h"
#include "app/core/files.h"
#include "app/core/looks.h"
#include "app/core/open.h"
#include "app/members/exceptions.h"
#include "app/ops/doctor.h"
#include "base/limits.h"
#include "crypto/totp.h"
#include "gen/queries.h"

#include <string.h>

#define STAFF_PASSWORD "Zhaoqi-8842" /* of both staff accounts: exchanged hashes would do */
#define BIG            (2 * LIMIT_FILE_CHUNK)

/* Two rows of everything that holds something sealed. */
struct pairs {
    struct fixture *x;
    struct member_id decided[2];
    struct batch_id batch;
    struct file_id big;
    struct str draft, result, session, code; /* the code of the first person's new password */
    struct account_id two_factors;           /* has them */
    struct job_id job;                       /* an import with wrong rows */
};

static struct str read_by(struct pairs *p, const char *login, const char *page)
{
    struct fixture *x = p->x;
    struct str token;
    bool kept;
    struct account_id id = strcmp(login, "huiyuan") ? x->viewer : x->membership;
    struct kept_form form = {.action = str_from(page), .page = str_from(page)};
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_kept_put(c, id, &form, &kept));
    assert_true(kept);
    c = as_command_line(x);
    struct login_input in = {SIDE_STAFF, str_from(login), STR(STAFF_PASSWORD), STR("192.0.2.7")};
    assert_ok(c, app_login(c, &in, &token));
    return token;
}

static struct file_id big_file(struct fixture *x)
{
    struct file_id id;
    uint8_t *content = arena_alloc(x->arena, BIG);
    memset(content, 'a', BIG);
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_begin(c));
    assert_ok(c, file_store(c, (struct bytes){content, BIG}, "image/jpeg", STR("photo"), &id));
    assert_ok(c, app_commit(c));
    return id;
}

/* Of the staff, whose password nobody else needs here. */
static struct ctx *as_another(struct fixture *x)
{
    struct account_full row;
    struct ctx *c = as_viewer(x);
    enum status s;
    assert_ok(c, app_read(c));
    s = q_account_by_login(c->db, c->arena, STR("staff"), STR("anquan"), &row);
    app_end(c);
    if (s == ST_NOT_FOUND) {
        assert_ok(c, app_staff_add(c, STR("anquan"), STR("security"), STR(STAFF_PASSWORD)));
        return as_another(x);
    }
    c->actor.account = row.id;
    return c;
}

/* Two passwords ago, and one ago. */
static void change_twice(struct fixture *x)
{
    const struct str passwords[] = {STR(STAFF_PASSWORD), STR("Qiushui-7731"), STR("Dongxue-5519")};
    for (size_t i = 0; i + 1 < COUNT(passwords); i++) {
        struct str token;
        struct ctx *c = as_another(x);
        assert_ok(c, app_password_change(c, passwords[i], passwords[i + 1], passwords[i + 1], &token));
        app_end(c);
    }
}

static struct str ask_for_password(struct fixture *x, int i)
{
    struct lost_code code;
    struct application form = application_of(x, x->company, i);
    struct lost_input in = {SIDE_MEMBER,         form.account.id_number, form.details.name,
                            STR("Qiushui-7731"), STR("Qiushui-7731"),    STR("192.0.2.7")};
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_lost_ask(c, &in, &code));
    return code.code;
}

/* A new account of the staff's, with a second factor. */
static struct account_id with_totp(struct fixture *x, const char *login)
{
    char code[TOTP_DIGITS + 1];
    uint8_t secret[TOTP_SECRET];
    struct str token;
    struct account_full row;
    struct recovery_codes codes;
    struct ctx *c = as_command_line(x);
    struct login_input in = {SIDE_STAFF, str_from(login), STR(STAFF_PASSWORD), STR("192.0.2.7")};
    assert_ok(c, app_staff_add(c, in.account, STR("viewer"), in.password));
    assert_ok(c, app_login(c, &in, &token));
    c = as_viewer(x);
    assert_ok(c, app_read(c));
    assert_ok(c, q_account_by_login(c->db, c->arena, STR("staff"), in.account, &row));
    app_end(c);
    c->actor.account = row.id;
    totp_secret_for(x->app->keys, token_hash(c->arena, token), row.id.v, secret);
    assert_true(totp_code(secret, totp_step(c->now_ms), code));
    assert_ok(c, app_totp_on(c, token, str_from(code), &codes));
    return row.id;
}

static void add_clerk(struct fixture *x, const char *mobile)
{
    struct clerk_made made;
    struct clerk_input in = {.name = STR("赵经办"), .mobile = str_from(mobile), .enabled = true};
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_clerk_create(c, &in, &made));
}

static void except(struct fixture *x, int sequence)
{
    struct exception_input in = {id_number_of(x->arena, DAY(1960, 1, 5), sequence), STR("理事会同意"),
                                 STR_NONE};
    struct ctx *c = as_membership(x);
    assert_ok(c, app_exception_add(c, &in));
}

static void more_pairs(struct pairs *p)
{
    add_clerk(p->x, "13893112345");
    add_clerk(p->x, "13893112346");
    except(p->x, 901);
    except(p->x, 903);
    with_totp(p->x, "yanzheng");
    p->two_factors = with_totp(p->x, "dongtai");
    p->job = import_checked(p->x, "member", "姓名,身份证号\n张三,1\n李四,2\n");
}

static struct pairs pairs_made(struct fixture *x)
{
    struct pairs p = {.x = x, .big = big_file(x)};
    struct application forms[] = {application_of(x, x->company, 50), application_of(x, x->company, 51)};
    for (int i = 0; i < 2; i++)
        p.decided[i] = person_in(x, STATE_RECOMMENDED_NEW, i + 1);
    for (int i = 0; i < 2; i++) { /* each time a reason in their histories */
        decide(as_membership(x), EVENT_RETURN_TO_COMPANY, p.decided, 2);
        decide(as_clerk(x), EVENT_RECOMMEND, p.decided, 2);
    }
    struct member_id waits = person_in(x, STATE_RECOMMENDED_NEW, 3);
    p.batch = item_of(x, waits).batch_id;
    for (int i = 0; i < 2; i++) {
        struct ctx *c = as_clerk(x);
        assert_ok(c, app_prints_make(c, (struct print_wanted){.batch = p.batch}, STR_NONE));
        app_end(c);
    }
    for (int i = 0; i < 2; i++) {
        struct selection s = {.ids = &p.decided[i], .n = 1, .expect = -1};
        struct ctx *c = as_membership(x);
        assert_ok(c,
                  app_members_decide(c, &(struct decision){.event = EVENT_APPROVE}, &s, STR_NONE, &p.result));
        app_end(c);
        p.draft = application_draft(x, &forms[i]);
    }
    change_twice(x);
    p.code = ask_for_password(x, 1);
    ask_for_password(x, 2);
    more_pairs(&p);
    read_by(&p, "chakan", "/staff/a");
    p.session = read_by(&p, "huiyuan", "/staff/b");
    return p;
}

static enum status ended(struct ctx *c, enum status s)
{
    app_end(c);
    return s;
}

static enum status read_person(struct pairs *p)
{
    struct dossier d;
    struct ctx *c = as_membership(p->x);
    return ended(c, app_member_dossier(c, p->decided[0], &d));
}

static enum status read_history(struct pairs *p)
{
    struct dossier d;
    struct events_shown events;
    struct ctx *c = as_membership(p->x);
    assert_ok(c, app_member_dossier(c, p->decided[0], &d));
    return ended(c, app_member_events(c, &d, 0, 100, &events));
}

static enum status read_file(struct pairs *p)
{
    struct bytes content;
    struct ctx *c = as_command_line(p->x);
    assert_ok(c, app_read(c));
    return ended(c, file_read(c, p->big, &content));
}

/* A hash that is not the account's lets nobody in. */
static enum status log_in(struct pairs *p)
{
    struct str token;
    struct ctx *c = as_command_line(p->x);
    struct login_input in = {SIDE_STAFF, STR("huiyuan"), STR(STAFF_PASSWORD), STR("192.0.2.7")};
    enum status s = ended(c, app_login(c, &in, &token));
    return s == ST_BAD_INPUT ? ST_BROKEN : s;
}

static enum status read_earlier_passwords(struct pairs *p)
{
    struct account_full account;
    bool used;
    struct ctx *c = as_another(p->x);
    assert_ok(c, app_read(c));
    assert_ok(c, q_account_by_id(c->db, c->arena, c->actor.account, &account));
    return ended(c, password_was_used(c, &account, STR("Chunyu-3391"), &used));
}

static enum status read_sessions(struct pairs *p)
{
    struct own_sessions list;
    struct ctx *c = as_membership(p->x);
    return ended(c, app_own_sessions(c, p->session, &list));
}

static enum status read_draft(struct pairs *p)
{
    struct draft d;
    struct ctx *c = as_command_line(p->x);
    return ended(c, app_register_draft(c, p->draft, &d));
}

/* The account is not made. */
static enum status submit_draft(struct pairs *p)
{
    struct ctx *c = as_command_line(p->x);
    return ended(c, app_register_submit(c, p->draft));
}

/* The password is not made good. */
static enum status tell_code(struct pairs *p)
{
    struct lost_verdict v;
    struct lost_answer in = {.request = {1}, .code = p->code};
    struct ctx *c = as_clerk(p->x);
    return ended(c, app_lost_answer(c, &in, &v));
}

static enum status read_result(struct pairs *p)
{
    struct outcome o;
    struct ctx *c = as_membership(p->x);
    return ended(c, app_outcome(c, p->result, &o));
}

static enum status read_kept(struct pairs *p)
{
    struct kept_form form;
    struct ctx *c = as_membership(p->x);
    return ended(c, app_kept_find(c, p->session, STR("/staff/b"), &form));
}

static enum status read_batch(struct pairs *p)
{
    struct batch_sheet sheet;
    struct ctx *c = as_clerk(p->x);
    return ended(c, app_batch(c, p->batch, &sheet));
}

static enum status read_print(struct pairs *p)
{
    struct prints prints;
    struct ctx *c = as_clerk(p->x);
    return ended(c, app_prints_last(c, (struct print_wanted){.batch = p->batch}, &prints));
}

/* No code is taken. */
static enum status try_code(struct pairs *p)
{
    struct ctx *c = as_viewer(p->x);
    c->actor.account = p->two_factors;
    enum status s = ended(c, app_totp_off(c, STR("x")));
    return s == ST_BAD_INPUT ? ST_OK : s;
}

static enum status read_clerks(struct pairs *p)
{
    struct clerks list;
    struct ctx *c = as_clerk(p->x);
    return ended(c, app_clerks_list(c, &list));
}

static enum status read_looks(struct pairs *p)
{
    struct look_page page;
    struct ctx *c = as_membership(p->x);
    c->actor.account = p->x->viewer; /* another of the same role */
    return ended(c, app_looks_list(c, &(struct page_want){.size = 10}, &page));
}

static enum status read_exceptions(struct pairs *p)
{
    struct exception_page page;
    struct ctx *c = as_membership(p->x);
    return ended(c, app_exceptions_list(c, &(struct page_want){.size = 10}, &page));
}

static enum status read_import(struct pairs *p)
{
    struct import_page page;
    struct ctx *c = as_membership(p->x);
    return ended(c, app_import(c, p->job, &page));
}

static const struct {
    const char *table, *column, *key, *among; /* the first and the last of these rows are exchanged */
    enum status (*read)(struct pairs *p);
    const char *check, *names;
} CASES[] = {
    {"member", "id_sealed", "id", "id < 3", read_person, "people", "member 1"},
    {"member", "mobile_sealed", "id", "id < 3", read_person, "people", "member 1"},
    {"member", "data_key_sealed", "id", "id < 3", read_history, "people", "member 1"},
    {"file_chunk", "content_sealed", "position", "file_id = 1", read_file, "files", "file 1"},
    {"file_chunk", "content_sealed", "file_id", "position = 0", read_file, "files", "file 1"},
    {"file", "sha256", "id", "1 = 1", read_file, "files", "file 1"},
    {"account", "password", "id", "login in ('huiyuan', 'chakan')", log_in, "passwords", "account "},
    {"password_history", "password", "id", "1 = 1", read_earlier_passwords, "earlier passwords",
     "password_history 1"},
    {"lost_password", "password", "id", "1 = 1", tell_code, "lost passwords", "lost_password 1"},
    {"session", "device_sealed", "id", "1 = 1", read_sessions, "sessions", "session "},
    {"session", "address_sealed", "id", "1 = 1", read_sessions, "sessions", "session "},
    {"draft", "fields_sealed", "id", "member_id is null", read_draft, "drafts", "draft "},
    {"draft", "password", "id", "member_id is null", submit_draft, "drafts", "draft "},
    {"outcome", "skipped_sealed", "id",
     "account_id = (select account_id from outcome order by id desc limit 1)", read_result, "results",
     "outcome "},
    {"kept_form", "fields_sealed", "id", "1 = 1", read_kept, "kept forms", "kept_form "},
    {"kept_form", "account_id", "id", "1 = 1", read_kept, "kept forms", "kept_form "},
    {"batch_item", "snapshot_sealed", "position",
     "snapshot_sealed is not null and batch_id = (select max(batch_id) from batch_item)", read_batch,
     "decided batch rows", "batch "},
    {"batch_print_item", "snapshot_sealed", "position", "print_id = 2", read_print, "prints",
     "batch_print 2"},
    {"batch_print_item", "snapshot_sealed", "print_id", "position = 1", read_print, "prints",
     "batch_print 1"},
    {"batch_print", "head_sealed", "id", "1 = 1", read_print, "prints", "batch_print 1"},
    {"account", "mobile_sealed", "id", "mobile_sealed is not null", read_clerks, "passwords", "account "},
    {"totp", "secret_sealed", "account_id", "1 = 1", try_code, "second factors", "totp of account "},
    {"look", "detail_sealed", "id", "1 = 1", read_looks, "second looks", "look 1"},
    {"eligibility_exception", "detail_sealed", "id", "1 = 1", read_exceptions, "exceptions",
     "eligibility_exception 1"},
    {"import_row", "fields_sealed", "row", "1 = 1", read_import, "imported rows", "import_row "},
    {"audit_detail", "detail_sealed", "number", "number in (select number from audit where member_id = 1)",
     read_history, "audit trail", "row "},
};

/* Done twice it is undone. */
static void exchange(struct fixture *x, size_t i)
{
    const char *t = CASES[i].table, *v = CASES[i].column, *k = CASES[i].key, *among = CASES[i].among;
    raw_sql(x, arena_fmt(x->arena,
                         "create table stash as select %s as k, %s as v from %s where %s and %s in "
                         "((select min(%s) from %s where %s), (select max(%s) from %s where %s)); "
                         "update %s set %s = (select v from stash where stash.k = (select sum(k) from stash) "
                         "- %s.%s) where %s and %s in (select k from stash); drop table stash",
                         k, v, t, among, k, k, t, among, k, t, among, t, v, t, k, among, k)
                   .p);
}

struct found {
    struct arena *arena;
    struct str what, text;
    int wrong;
};

static void keep_wrong(void *arg, const char *what, struct str text)
{
    struct found *f = arg;
    if (!text.n || str_starts(text, STR("warning: "))) return;
    f->wrong++;
    f->what = str_from(what);
    f->text = arena_str(f->arena, text);
    print_message("%s: %.*s\n", what, STR_ARG(text));
}

static struct found ask_doctor(struct fixture *x)
{
    struct found f = {.arena = x->arena};
    struct app_options o = {.db_url = x->db->url, .keys_path = x->keys_path};
    int wrong = app_doctor(&o, keep_wrong, NULL, &f);
    assert_int_equal(wrong, f.wrong);
    return f;
}

static void an_exchange_is_noticed(void **state)
{
    struct pairs p = pairs_made(*state);
    size_t at;
    assert_int_equal(ask_doctor(p.x).wrong, 0);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        if (CASES[i].read != submit_draft && CASES[i].read != tell_code)
            assert_int_equal(CASES[i].read(&p), ST_OK);
        exchange(p.x, i);
        enum status s = CASES[i].read(&p);
        struct found f = ask_doctor(p.x);
        exchange(p.x, i);
        if (s != ST_BROKEN || f.wrong != 1) print_error("%s.%s\n", CASES[i].table, CASES[i].column);
        assert_int_equal(s, ST_BROKEN);
        assert_int_equal(f.wrong, 1);
        assert_true(str_eq(f.what, str_from(CASES[i].check)));
        assert_true(str_find(f.text, str_from(CASES[i].names), &at));
    }
    assert_int_equal(ask_doctor(p.x).wrong, 0);
    assert_int_equal(submit_draft(&p), ST_OK);
    assert_int_equal(tell_code(&p), ST_OK);
}

static bool is_first_of_its_column(size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (!strcmp(CASES[j].table, CASES[i].table) && !strcmp(CASES[j].column, CASES[i].column))
            return false;
    return str_ends(str_from(CASES[i].column), STR("_sealed"));
}

/* But audit.address_sealed, which the chain's MAC holds in its place (test_trail.c). */
static void every_sealed_column_has_a_case(void **state)
{
    struct fixture *x = *state;
    int64_t cases = 1;
    for (size_t i = 0; i < COUNT(CASES); i++)
        cases += is_first_of_its_column(i);
    assert_int_equal(
        raw_sql_number(x, db_fixture_is_postgres()
                              ? "select count(*) from information_schema.columns where table_schema = "
                                "'public' and column_name like '%\\_sealed'"
                              : "select count(*) from sqlite_schema s, pragma_table_info(s.name) c where "
                                "s.type = 'table' and c.name like '%\\_sealed' escape '\\'"),
        cases);
}

/* A hash as it was before they were sealed: of an older copy of the database, say. */
static void a_bare_hash_lets_nobody_in(void **state)
{
    struct pairs p = {.x = *state};
    struct str hash;
    struct ctx *c = as_command_line(p.x);
    assert_ok(c, account_hash(c, STR(STAFF_PASSWORD), &hash));
    assert_int_equal(log_in(&p), ST_OK);
    raw_sql(p.x, arena_fmt(p.x->arena, "update account set password = '%.*s'", STR_ARG(hash)).p);
    assert_int_equal(log_in(&p), ST_BROKEN);
    assert_true(str_eq(ask_doctor(p.x).what, STR("passwords")));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(every_sealed_column_has_a_case), TEST(an_exchange_is_noticed),
                                       TEST(a_bare_hash_lets_nobody_in)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
