/* A database of the first schema with everything in it that there was then (old/README.md), brought to this
 * version: nothing is lost, and everything still works. */
#include "filled.h"
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/access/sessions.h"
#include "app/batches/list.h"
#include "app/batches/print.h"
#include "app/companies/companies.h"
#include "app/core/trail.h"
#include "app/members/list.h"
#include "app/members/register.h"
#include "app/ops/doctor.h"
#include "app/ops/setup.h"
#include "domain/id_number.h"
#include "gen/queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of synthetic data alone: old/make.py. */
#define TEST_KEY_ID   "7465737400000001"
#define TEST_KEY_BYTE "5a"
#define KEY_BYTES     32

#define PEOPLE     30
#define MIGRATIONS 1 /* that the data was made under */
#define MAX_SQL    (4u << 20)
#define DEMO_CLERK "演示监理公司0001"

struct old {
    struct fixture x;
    struct str sql;
};

/* What a browser of then knew, or who somebody is: a line of its own at the top. */
static struct str known(struct old *o, const char *name)
{
    struct str rest = o->sql, line;
    struct str prefix = arena_fmt(o->x.arena, "-- %s ", name);
    while (str_cut(rest, '\n', &line, &rest) && str_starts(line, STR("--")))
        if (str_starts(line, prefix)) return str_sub(line, prefix.n, line.n);
    print_error("%s is not in the data\n", name);
    assert_true(false);
    return STR_NONE;
}

static int64_t known_number(struct old *o, const char *name)
{
    int64_t n = 0;
    assert_true(str_int(known(o, name), &n));
    return n;
}

static struct str file_text(struct arena *a, const char *path)
{
    char *text = arena_alloc(a, MAX_SQL);
    FILE *f = fopen(path, "re");
    assert_non_null(f);
    size_t n = fread(text, 1, MAX_SQL, f);
    assert_true(n > 0 && n < MAX_SQL);
    assert_int_equal(fclose(f), 0);
    return (struct str){text, n};
}

/* Bytes stand as @'00ff'. */
static const char *in_dialect(struct arena *a, struct str sql)
{
    char *out = arena_alloc(a, 2 * sql.n + 1), *to = out;
    for (size_t i = 0; i < sql.n; i++) {
        bool bytes = sql.p[i] == '@' && i + 1 < sql.n && sql.p[i + 1] == '\'';
        if (!bytes) {
            *to++ = sql.p[i];
        } else if (db_fixture_is_postgres()) {
            memcpy(to, "'\\x", 3);
            to += 3;
            i++;
        } else {
            *to++ = 'x';
        }
    }
    return out;
}

/* PostgreSQL would give out the ids of the rows that came with theirs. */
static const char ON_IDS[] =
    "do $$ declare r record; begin for r in select table_name from information_schema.columns where "
    "table_schema = 'public' and column_name = 'id' and is_identity = 'YES' loop execute format('select "
    "setval(pg_get_serial_sequence(%L, ''id''), (select coalesce(max(id), 1) from %I))', r.table_name, "
    "r.table_name); end loop; end $$";

static void load(struct old *o)
{
    struct fault f = {0};
    int applied;
    struct db *db = db_fixture_open(
        o->x.db, &(struct db_options){.migrations = huiyuan_migrations, .n_migrations = MIGRATIONS});
    assert_int_equal(db_migrate(db, &f, &applied), ST_OK);
    assert_int_equal(applied, MIGRATIONS);
    db_close(db);
    const char *rows = in_dialect(o->x.arena, o->sql);
    raw_sql(&o->x, arena_fmt(o->x.arena, "begin;\n%s\ncommit;", rows).p);
    if (db_fixture_is_postgres()) raw_sql(&o->x, ON_IDS);
}

static void write_keys(struct old *o)
{
    FILE *f = fopen(o->x.keys_path.p, "we");
    assert_non_null(f);
    fprintf(f, "huiyuan-keys 1\nid %s\nmaster ", TEST_KEY_ID);
    for (int i = 0; i < KEY_BYTES; i++)
        fputs(TEST_KEY_BYTE, f);
    fputs("\n", f);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(chmod(o->x.keys_path.p, S_IRUSR | S_IWUSR), 0);
}

static int setup_old(void **state)
{
    static int made;
    struct arena *a = arena_new();
    struct old *o = ARENA_NEW(a, struct old);
    const char *folder = getenv("TMPDIR");
    o->x.arena = a;
    o->x.db = db_fixture_new();
    if (o->x.db->folder) folder = o->x.db->folder;
    o->x.keys_path = arena_fmt(a, "%s/keys-%d-%d", folder ? folder : "/tmp", (int)getpid(), ++made);
    o->sql = file_text(a, arena_fmt(a, "%s/tests/app/ops/old/0001.sql", getenv("HUIYUAN_SOURCE")).p);
    load(o);
    write_keys(o);
    *state = o;
    return 0;
}

static bool may(void *fixture, const char *what)
{
    const struct fixture *x = fixture;
    return !x->may || x->may(x->may_arg, what);
}

static enum status migrate(struct old *o, struct fault *f, int *ret_applied)
{
    struct app_options options = filled_options(&o->x);
    struct app *app;
    options.any_schema = options.create = true;
    options.may = may;
    options.may_arg = &o->x;
    TRY(app_open(&options, f, &app));
    enum status s = app_migrate(app, &options, f, ret_applied);
    app_close(app);
    return s;
}

static void open_new(struct old *o)
{
    struct fault f = {0};
    struct app_options options = filled_options(&o->x);
    enum status s = app_open(&options, &f, &o->x.app);
    if (s) print_error("%s %s\n", f.text, f.detail);
    assert_int_equal(s, ST_OK);
    o->x.company.v = raw_sql_number(&o->x, "select id from company where name = '" DEMO_CLERK "'");
    o->x.clerk.v = raw_sql_number(&o->x, "select id from account where main = 1 and company_id = "
                                         "(select id from company where name = '" DEMO_CLERK "')");
    o->x.membership.v = raw_sql_number(&o->x, "select id from account where login = 'huiyuan'");
}

static int setup(void **state)
{
    struct fault f = {0};
    int applied = 0;
    if (setup_old(state) != 0) return -1;
    enum status s = migrate(*state, &f, &applied);
    if (s) print_error("%s %s\n", f.text, f.detail);
    assert_int_equal(s, ST_OK);
    assert_int_equal(applied, huiyuan_migrations_n - MIGRATIONS);
    open_new(*state);
    return 0;
}

static int teardown(void **state)
{
    struct old *o = *state;
    struct fixture *x = &o->x; /* where register_teardown looks for it */
    void *fixture = x;
    return register_teardown(&fixture);
}

static void say_wrong(void *arg, const char *what, struct str text)
{
    (void)arg;
    if (text.n) print_error("%s: %.*s\n", what, STR_ARG(text));
}

static void assert_well(struct old *o)
{
    struct app_options options = filled_options(&o->x);
    assert_int_equal(app_doctor(&options, say_wrong, NULL, NULL), 0);
    assert_sound(&o->x);
}

static void doctor_finds_nothing_and_the_trail_is_whole(void **state)
{
    struct old *o = *state;
    int64_t rows, bad;
    assert_well(o);
    struct ctx *c = as_command_line(&o->x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_audit_walk(c, NULL, NULL, &rows, &bad));
    assert_int_equal(bad, 0);
    assert_true(rows > 99);
}

static void everybody_is_readable(void **state)
{
    struct old *o = *state;
    for (int64_t id = 1; id <= PEOPLE; id++) {
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
    struct dossier back = dossier_of(&o->x, (struct member_id){known_number(o, "returned")});
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
        assert_int_equal(login(o, SIDE_MEMBER, known(o, PERSONS[i]), password, &token), ST_OK);
        assert_int_equal(login(o, SIDE_MEMBER, known(o, PERSONS[i]), STR("Falsch-2026"), &token),
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
    assert_int_equal(
        raw_sql_number(&o->x, "select count(*) from consent where text_version = '2026-11-01' and kind = "
                              "'terms' and given_at = 1542944816361"),
        1);
    assert_int_equal(raw_sql_number(&o->x, "select count(*) from consent where text_version not in "
                                           "('2026-11-01', '2026-11')"),
                     0);
    struct str token;
    assert_int_equal(login(o, SIDE_MEMBER, known(o, "number_member"), STR(FILLED_PASSWORD), &token), ST_OK);
    struct ctx *c = as_command_line(&o->x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_session_find(c, token));
    assert_true(c->actor.account.v);
    assert_false(c->actor.must_consent);
    app_end(c);
}

static void a_password_that_was_given_out_works_once(void **state)
{
    struct old *o = *state;
    int64_t id = raw_sql_number(&o->x, "select company_id from account where onetime = 1");
    struct str token, name = arena_fmt(o->x.arena, "演示监理公司%04ld", (long)id - 1);
    assert_int_equal(login(o, SIDE_COMPANY, name, STR(FILLED_PASSWORD), &token), ST_BAD_INPUT);
    assert_int_equal(login(o, SIDE_COMPANY, name, known(o, "onetime"), &token), ST_OK);
    assert_int_equal(login(o, SIDE_COMPANY, name, known(o, "onetime"), &token), ST_BAD_INPUT);
}

static void who_is_logged_in_stays_so(void **state)
{
    struct old *o = *state;
    struct ctx *c = as_command_line(&o->x);
    c->now_ms = raw_sql_number(&o->x, "select max(seen_at) from session") + MINUTE_MS;
    assert_ok(c, app_read(c));
    assert_ok(c, app_session_find(c, known(o, "session")));
    assert_int_equal(c->actor.account.v, o->x.membership.v);
    app_end(c);
}

static void a_registration_goes_on(void **state)
{
    struct old *o = *state;
    struct fixture *x = &o->x;
    struct draft d;
    struct bytes photo;
    struct str token = known(o, "draft"), number = known(o, "draft_number"),
               password = known(o, "draft_password");
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
    assert_well(o);
}

static void what_was_printed_is_still_what_it_was(void **state)
{
    struct old *o = *state;
    struct fixture *x = &o->x;
    struct member_id who = {known_number(o, "approved")};
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
    assert_ok(c, app_outcome(c, known(o, "result"), &result));
    assert_int_equal(result.done, 1);
    assert_int_equal(result.skipped.n, 1);
    assert_int_equal(result.skipped.p[0].id.v, known_number(o, "skipped"));
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
    struct member_filter q = {.q = known(o, "number_member")};
    c = as_membership(x);
    assert_ok(c, app_members_list(c, &q, &(struct page_want){.size = 20}, &page));
    assert_int_equal(page.items.n, 1);
    app_end(c);
    assert_well(o);
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
        s = migrate(o, &f, &applied);
        struct app *app;
        struct app_options options = filled_options(&o->x);
        if (s == ST_OK) break;
        assert_int_equal(s, ST_UNAVAILABLE);
        assert_int_equal(app_open(&options, &f, &app), ST_UNAVAILABLE); /* nobody works with half of it */
    }
    assert_true(runs > 3);
    o->x.may = NULL;
    open_new(o);
    assert_well(o);
    app_close(o->x.app);
    o->x.app = NULL;
    int64_t rows = raw_sql_number(&o->x, "select count(*) from audit");
    assert_int_equal(migrate(o, &f, &applied), ST_OK); /* nothing more to do */
    assert_int_equal(applied, 0);
    assert_int_equal(raw_sql_number(&o->x, "select count(*) from audit"), rows);
    open_new(o);
}

static void every_password_is_sealed(void **state)
{
    struct old *o = *state;
    static const char BARE[] = "select (select count(*) from account where password like '$hy1$%') + "
                               "(select count(*) from draft where password like '$hy1$%')";
    assert_true(raw_sql_number(&o->x, BARE) > PEOPLE);
    struct fault f = {0};
    int applied;
    assert_int_equal(migrate(o, &f, &applied), ST_OK);
    assert_int_equal(raw_sql_number(&o->x, BARE), 0);
    open_new(o);
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
    assert_int_equal(migrate(o, &f, &applied), ST_OK);
    open_new(o);
    struct ctx *c = as_membership(&o->x);
    assert_int_equal(app_member_photo(c, (struct member_id){1}, &photo), ST_BROKEN);
    app_end(c);
    struct app_options options = filled_options(&o->x);
    struct str wrong = STR_NONE;
    assert_int_equal(app_doctor(&options, keep_what, NULL, &wrong), 1);
    assert_text(wrong, "files");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(doctor_finds_nothing_and_the_trail_is_whole),
        TEST(everybody_is_readable),
        TEST(everybody_logs_in),
        TEST(consents_are_kept),
        TEST(a_password_that_was_given_out_works_once),
        TEST(who_is_logged_in_stays_so),
        TEST(a_registration_goes_on),
        TEST(what_was_printed_is_still_what_it_was),
        TEST(a_result_can_be_read),
        TEST(work_goes_on),
        TEST(documents_are_found_however_they_are_written),
        cmocka_unit_test_setup_teardown(every_password_is_sealed, setup_old, teardown),
        cmocka_unit_test_setup_teardown(a_damaged_file_holds_nothing_up, setup_old, teardown),
        cmocka_unit_test_setup_teardown(an_upgrade_that_was_cut_off_goes_on, setup_old, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
