/* Whoever works on an import may die at any moment: another goes on where it stands, and what comes of it is
 * the same. */
#include "imports/sheets.h"
#include "raw_sql.h"
#include "tables.h"

#include <string.h>

#define PEOPLE 8
#define STRIDE 5 /* of the database's calls: the next run dies so many later */

struct death {
    int left; /* calls that still succeed */
};

static bool dies(void *arg, const char *what)
{
    struct death *d = arg;
    (void)what;
    return d->left-- > 0;
}

/* Works on it until it dies; true: it came to its end before. */
static bool work_until(struct fixture *x, struct job_id id, int calls)
{
    struct death d = {calls};
    struct ctx *c = as_command_line(x);
    x->may = dies;
    x->may_arg = &d;
    enum status s = import_run(c, id, STR("mortal"), NULL, NULL);
    x->may = NULL;
    app_end(c);
    if (s != ST_OK) assert_int_equal(s, ST_UNAVAILABLE);
    return s == ST_OK;
}

/* The lease of the dead one is over; another takes the job to its end. */
static void take_over(struct fixture *x, struct job_id id)
{
    raw_sql(x, "update job set lease_until = 0 where state = 'running'");
    struct ctx *c = as_command_line(x);
    assert_ok(c, import_run(c, id, STR("heir"), NULL, NULL));
    app_end(c);
}

static void commit(struct fixture *x, struct job_id id)
{
    struct ctx *c = as_membership(x);
    assert_ok(c, app_import_commit(c, id));
    app_end(c);
}

static void undo(struct fixture *x, struct job_id id)
{
    struct ctx *c = as_membership(x);
    assert_ok(c, app_import_undo(c, id));
    app_end(c);
}

/* Each step of a job, dead after so many calls and taken over: the register is as if nobody had died. */
static bool lives_and_dies(struct fixture *x, int calls)
{
    struct table_prints before = tables_now(x);
    struct job_id id = import_started(x, "member", import_people(x, calls * PEOPLE, PEOPLE, 2));
    bool whole = work_until(x, id, calls);
    take_over(x, id);
    assert_import(x, id, IMPORT_CHECKED, PEOPLE, PEOPLE, 0);
    commit(x, id);
    whole &= work_until(x, id, calls);
    take_over(x, id);
    assert_import(x, id, IMPORT_COMMITTED, PEOPLE, PEOPLE, 0);
    assert_int_equal(raw_sql_number(x, "select count(*) from member"), PEOPLE);
    assert_sound(x);
    undo(x, id);
    whole &= work_until(x, id, calls);
    take_over(x, id);
    assert_import(x, id, IMPORT_UNDONE, PEOPLE, PEOPLE, 0);
    struct table_prints after = tables_now(x);
    assert_tables_same(&before, &after, IMPORT_LEAVES);
    return whole;
}

static void another_goes_on(void **state)
{
    int calls = 3;
    while (!lives_and_dies(*state, calls))
        calls += db_fixture_is_postgres() ? 12 * STRIDE : STRIDE;
    assert_true(calls > 20);
}

/* While its lease holds, nobody else touches it; and a piece is no longer than others can wait for. */
static void one_works_at_a_time(void **state)
{
    struct fixture *x = *state;
    struct job_id id = import_checked(x, "member", import_people(x, 0, 50, 2));
    commit(x, id);
    assert_true(import_pieces(x, id, STR("first"), 1));
    assert_false(import_pieces(x, id, STR("second"), 1));
    assert_int_equal(raw_sql_number(x, "select count(*) from member"), 20);
    raw_sql(x, "update job set lease_until = 0");
    assert_true(import_pieces(x, id, STR("second"), 1));
    assert_false(import_pieces(x, id, STR("first"), 1));
    assert_int_equal(raw_sql_number(x, "select count(*) from member"), 40);
}

/* Somebody took a number meanwhile: nothing of the import stays. */
static void what_cannot_be_finished_is_taken_back(void **state)
{
    struct fixture *x = *state;
    struct job_id id = import_checked(x, "member", import_people(x, 0, 150, 2));
    raw_sql(x, "update job set bad = 0");
    struct str taken = id_number_of(x->arena, day_add(DAY(1970, 1, 1), 0), 500 + 120);
    commit(x, id);
    assert_true(import_pieces(x, id, NODE, 1));
    person_add(x, x->company, &(struct sample){.name = "李先来", .id_number = taken.p});
    import_worked(x, id);
    struct import_page page = import_of(x, id);
    assert_int_equal(page.job.state, IMPORT_FAILED);
    assert_true(page.job.row.why.n > 0);
    assert_int_equal(raw_sql_number(x, "select count(*) from member"), 1);
    assert_int_equal(raw_sql_number(x, "select count(*) from company where import_id is not null"), 0);
    assert_int_equal(raw_sql_number(x, "select count(*) from import_hidden"), 0);
    assert_sound(x);
}

/* Whatever was done with somebody since keeps the import: every table that says something of a person or a
 * company. */
static void newer_things_keep_it(void **state)
{
    static const char *const NEWER[] = {
        "update member set version = version + 1 where id = (select max(id) from member)",
        "update account set password = 'x' where member_id = (select max(id) from member)",
        "insert into activation (member_id, code_index, made_at, good_until) select id, uid, 1, 2 from "
        "member "
        "where id = (select max(id) from member)",
        "insert into lost_password (uid, account_id, password, unfit, code_index, network, tries, refused, "
        "state, asked_at, "
        "good_until) select uid, (select id from account where member_id = member.id), '', 0, uid, uid, 0, "
        "0, 'pending', 1, 2 "
        "from member where id = (select max(id) from member)",
        "update company set version = version + 1 where id = (select max(id) from company)",
        "update company set merged_into = (select max(id) from company) where id = (select min(id) from "
        "company)",
        "insert into company_merge (token, from_company, into_company, effective_on, from_enabled, made_at) "
        "select 't', min(id), max(id), '2026-11-23', 1, 1 from company",
        "update account set version = version + 1 where company_id = (select max(id) from company)",
    };
    for (size_t i = 0; i < COUNT(NEWER); i++) {
        void *fresh;
        assert_int_equal(register_setup(&fresh), 0);
        struct fixture *x = fresh;
        struct job_id id = import_done(x, "member", import_people(x, 0, 3, 1));
        raw_sql(x, NEWER[i]);
        struct ctx *c = as_membership(x);
        assert_int_equal(app_import_undo(c, id), ST_CONFLICT);
        app_end(c);
        assert_import(x, id, IMPORT_COMMITTED, 3, 3, 0);
        register_teardown(&fresh);
    }
    (void)state;
}

/* Somebody is faster than the hiding: it is shown again, as it was. */
static void a_race_is_seen_when_it_is_hidden(void **state)
{
    struct fixture *x = *state;
    struct job_id id = import_done(x, "member", import_people(x, 0, 3, 1));
    undo(x, id);
    raw_sql(x, "update member set version = version + 1 where id = (select max(id) from member)");
    import_worked(x, id);
    assert_import(x, id, IMPORT_COMMITTED, 3, 3, 0);
    assert_int_equal(raw_sql_number(x, "select count(*) from import_hidden"), 0);
    assert_sound(x);
}

/* A table that refers to people or companies, and that an import does not know of, would break undoing. */
static void every_table_that_refers_is_known(void **state)
{
    static const char KNOWN[] = " account activation audit batch batch_item batch_print_item company "
                                "company_gram company_merge company_name company_proposal "
                                "draft employment import_company kept_photo look member member_gram period ";
    struct fixture *x = *state;
    if (db_fixture_is_postgres()) skip();
    char sql[] = "select count(*) from sqlite_master m, pragma_foreign_key_list(m.name) f where f.\"table\" "
                 "in ('member', "
                 "'company') and instr('%s', ' ' || m.name || ' ') = 0";
    assert_int_equal(raw_sql_number(x, arena_fmt(x->arena, "%.*s%s%s", (int)(strstr(sql, "%s") - sql), sql,
                                                 KNOWN, strstr(sql, "%s") + 2)
                                           .p),
                     0);
}

/* What undoing deletes is asked for in each table that refers to it, once a row: never by reading it through.
 * An index of some rows only helps where it holds all that refer. */
static void what_refers_is_found_by_an_index(void **state)
{
    static const char UNFOUND[] =
        "select count(*) from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table' "
        "and f.\"table\" in ('member', 'account', 'company', 'period', 'import_company') "
        "and not exists (select 1 from pragma_table_info(m.name) c where c.name = f.\"from\" and c.pk = 1) "
        "and not exists (select 1 from pragma_index_list(m.name) l, pragma_index_info(l.name) i "
        "where i.seqno = 0 and i.name = f.\"from\" and (l.partial = 0 or (select s.sql from sqlite_master s "
        "where s.name = l.name) like '%where ' || f.\"from\" || ' is not null'))";
    struct fixture *x = *state;
    if (db_fixture_is_postgres()) skip();
    assert_int_equal(raw_sql_number(x, UNFOUND), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(another_goes_on, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(one_works_at_a_time, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_finished_is_taken_back, register_setup,
                                        register_teardown),
        cmocka_unit_test(newer_things_keep_it),
        cmocka_unit_test_setup_teardown(a_race_is_seen_when_it_is_hidden, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(every_table_that_refers_is_known, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(what_refers_is_found_by_an_index, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
