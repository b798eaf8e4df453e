/* The trail: whoever changes it in the database is found out, at the right row; a person's details open with
 * the person's key only. */
#include "people.h"
#include "raw_sql.h"

#include "app/core/chain.h"
#include "app/core/trail.h"
#include "app/core/vault.h"
#include "gen/queries.h"

static void verify(struct fixture *x, int64_t *ret_rows, int64_t *ret_bad)
{
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_audit_walk(c, NULL, NULL, ret_rows, ret_bad));
    app_end(c);
}

static int64_t rows_of(struct fixture *x)
{
    int64_t rows, bad;
    verify(x, &rows, &bad);
    assert_int_equal(bad, 0);
    return rows;
}

/* Adds rows to the trail, the last but one with a detail; its number. */
static int64_t some_history(struct fixture *x)
{
    struct member_id id = person_in(x, STATE_RECOMMENDED_NEW, 1);
    decide_with(as_clerk(x), &(struct decision){.event = EVENT_UNRECOMMEND, .reason = STR("材料未齐")}, id);
    decide(as_clerk(x), EVENT_RECOMMEND, &id, 1);
    return rows_of(x) - 1;
}

static void every_act_is_a_link(void **state)
{
    struct fixture *x = *state;
    int64_t before = rows_of(x);
    assert_true(before > 0); /* the migration itself */
    struct member_id id = person_register(x, 1);
    assert_int_equal(rows_of(x), before + 1);
    decide(as_clerk(x), EVENT_RECOMMEND, &id, 1);
    assert_int_equal(rows_of(x), before + 2);
}

/* ROW becomes the number of the row with the detail. */
static const struct tampering {
    const char *what, *sql;
    int bad; /* relative to that row */
} TAMPERINGS[] = {
    {"a changed event", "update audit set event = 'member.approve' where number = ROW", 0},
    {"a changed time", "update audit set at = at - 1 where number = ROW", 0},
    {"another account", "update audit set account_id = account_id + 1 where number = ROW", 0},
    {"another side", "update audit set side = 'staff' where number = ROW", 0},
    {"another result", "update audit set result = 'refused' where number = ROW", 0},
    {"another member", "update audit set member_id = member_id + 1 where number = ROW", 0},
    {"another company", "update audit set company_id = company_id + 1 where number = ROW", 0},
    {"another batch", "update audit set batch_id = 7 where number = ROW", 0},
    {"hidden from the person", "update audit set shown = 0 where number = ROW", 0},
    {"another address", "update audit set address_sealed = (select id_sealed from member) where number = ROW",
     0},
    {"no address", "update audit set address_sealed = null where number = ROW", 0},
    {"an older form", "update audit set form = 1 where number = ROW", 0},
    {"an older form, without an address",
     "update audit set form = 1, address_sealed = null where number = ROW", 0},
    {"a changed digest",
     "update audit set digest = (select digest from audit where number = 1) where number = ROW", 0},
    {"a changed mac", "update audit set mac = (select mac from audit where number = 1) where number = ROW",
     0},
    {"a changed detail",
     "update audit_detail set detail_sealed = (select id_sealed from member) where number = ROW", 0},
    {"another row's detail, with its digest",
     "update audit_detail set detail_sealed = (select detail_sealed from audit_detail where number = ROW - "
     "1) "
     "where number = ROW; "
     "update audit set digest = (select digest from audit where number = ROW - 1) where number = ROW",
     0},
    {"a deleted detail", "delete from audit_detail where number = ROW", 0},
    {"a detail where there was none",
     "insert into audit_detail select ROW - 2, detail_sealed from audit_detail where number = ROW", -2},
    {"a deleted row",
     "delete from audit_detail where number = ROW - 1; delete from audit where number = ROW - 1", -1},
    {"a deleted last row",
     "delete from audit_detail where number = ROW + 1; delete from audit where number = ROW + 1", 1},
    {"a deleted last row, the head moved back",
     "delete from audit_detail where number = ROW + 1; delete from audit where number = ROW + 1; "
     "update audit_head set number = ROW",
     1},
    {"an invented row",
     "insert into audit select number + 1, at, account_id, side, event, result, member_id, company_id, "
     "batch_id, shown, "
     "digest, mac, form, address_sealed from audit where number = ROW + 1; update audit_head set number = "
     "number + 1",
     2},
    {"the head moved on", "update audit_head set number = number + 1", 2},
};

static struct str with_row(struct arena *a, const char *sql, int64_t row)
{
    struct str rest = str_from(sql), done = STR("");
    for (size_t at; str_find(rest, STR("ROW"), &at); rest = str_sub(rest, at + 3, rest.n))
        done = arena_fmt(a, "%.*s%.*s%ld", STR_ARG(done), (int)at, rest.p, (long)row);
    return arena_fmt(a, "%.*s%.*s", STR_ARG(done), STR_ARG(rest));
}

static void tampering_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(TAMPERINGS); i++) {
        void *fresh;
        assert_int_equal(register_setup(&fresh), 0);
        struct fixture *x = fresh;
        int64_t rows, bad, row = some_history(x);
        raw_sql(x, with_row(x->arena, TAMPERINGS[i].sql, row).p);
        verify(x, &rows, &bad);
        register_teardown(&fresh);
        if (bad != row + TAMPERINGS[i].bad) print_error("%s\n", TAMPERINGS[i].what);
        assert_int_equal(bad, row + TAMPERINGS[i].bad);
    }
}

/* Rows past the pieces in which the chain is read. */
static void a_long_chain(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_command_line(x);
    int64_t before = rows_of(x);
    assert_ok(c, app_begin(c));
    for (int i = 0; i < 1003; i++)
        assert_ok(c, audit_add(c, &(struct audit_note){.event = "system.test"}));
    assert_ok(c, app_commit(c));
    assert_int_equal(rows_of(x), before + 1003);
    raw_sql(x, arena_fmt(x->arena, "update audit set at = at + 1 where number = %ld", (long)before + 777).p);
    int64_t rows, bad;
    verify(x, &rows, &bad);
    assert_int_equal(bad, before + 777);
}

/* Without the key a detail is gone, and the chain still verifies. */
static void minimising_keeps_the_chain(void **state)
{
    struct fixture *x = *state;
    int64_t row = some_history(x);
    struct member_full m = person_newest(x);
    struct ctx *c = as_command_line(x);
    struct audit_detail_of_row sealed;
    struct audit_detail detail;
    struct subject about = member_subject(&m);
    assert_ok(c, app_read(c));
    assert_ok(c, q_audit_detail_of(c->db, c->arena, row, &sealed));
    assert_ok(
        c, detail_open(c, &about, sha256_of(c->arena, sealed.detail_sealed), sealed.detail_sealed, &detail));
    assert_text(detail.note, "材料未齐");
    about.data_key_sealed = (struct bytes){0};
    assert_ok(
        c, detail_open(c, &about, sha256_of(c->arena, sealed.detail_sealed), sealed.detail_sealed, &detail));
    assert_false(detail.note.n);
    about = member_subject(&m);
    about.data_key_sealed = person_key_new(c, m.uid); /* another key for the same person */
    assert_int_equal(
        detail_open(c, &about, sha256_of(c->arena, sealed.detail_sealed), sealed.detail_sealed, &detail),
        ST_BROKEN);
    app_end(c);
    raw_sql(x, "update member set data_key_sealed = uid");
    rows_of(x);
}

/* Every row says where it came from, and its address opens in that row only. */
static void the_senders_address(void **state)
{
    struct fixture *x = *state;
    static const char *const ADDRESSES[] = {"203.0.113.8", "2001:db8:6::1", "unix", ""};
    for (size_t i = 0; i < COUNT(ADDRESSES); i++) {
        struct ctx *c = as_clerk(x);
        struct audit_fulls rows;
        struct head head;
        struct str address;
        c->address = str_from(ADDRESSES[i]);
        assert_ok(c, audit_add_alone(c, &(struct audit_note){.event = "system.demo"}));
        assert_ok(c, app_audit_head(c, &head));
        assert_ok(c, q_audit_after(c->db, c->arena, head.number - 2, 2, &rows));
        assert_ok(c, chain_address_open(c, head.number, rows.p[1].address_sealed, &address));
        assert_text(address, ADDRESSES[i]);
        assert_int_equal(rows.p[1].address_sealed.n == 0, ADDRESSES[i][0] == 0);
        if (rows.p[1].address_sealed.n)
            assert_int_equal(chain_address_open(c, head.number - 1, rows.p[1].address_sealed, &address),
                             ST_BROKEN);
        app_end(c);
    }
    rows_of(x);
}

static const char *sql_bytes(struct fixture *x, struct bytes b)
{
    struct str hex = arena_hex(x->arena, b);
    return arena_fmt(x->arena, db_fixture_is_postgres() ? "'\\x%.*s'" : "X'%.*s'", STR_ARG(hex)).p;
}

/* Rows of the schema before this one have no address, and their MAC knows of none. */
static void rows_of_the_first_form(void **state)
{
    struct fixture *x = *state;
    int64_t rows = rows_of(x);
    struct ctx *c = as_command_line(x);
    struct audit_fulls all;
    struct bytes mac = chain_root(c->app, c->arena);
    assert_ok(c, app_read(c));
    assert_ok(c, q_audit_after(c->db, c->arena, 0, rows, &all));
    app_end(c);
    for (size_t i = 0; i < all.n; i++) {
        struct audit_full *row = &all.p[i];
        row->form = CHAIN_FORM_PLAIN;
        row->address_sealed = (struct bytes){0};
        mac = chain_mac(c->app, c->arena, row, mac);
        const char *sql =
            arena_fmt(x->arena,
                      "update audit set form = 1, address_sealed = null, mac = %s where number = %ld",
                      sql_bytes(x, mac), (long)row->number)
                .p;
        raw_sql(x, sql);
    }
    raw_sql(x, arena_fmt(x->arena, "update audit_head set mac = %s", sql_bytes(x, mac)).p);
    assert_int_equal(rows_of(x), rows);
    person_register(x, 1);
    assert_int_equal(rows_of(x), rows + 1);
}

static void another_persons_key_does_not_open(void **state)
{
    struct fixture *x = *state;
    int64_t row = some_history(x);
    struct member_full other = person_of(x, person_register(x, 2));
    struct ctx *c = as_command_line(x);
    struct audit_detail_of_row sealed;
    struct audit_detail detail;
    struct subject about = member_subject(&other);
    assert_ok(c, app_read(c));
    assert_ok(c, q_audit_detail_of(c->db, c->arena, row, &sealed));
    assert_int_equal(
        detail_open(c, &about, sha256_of(c->arena, sealed.detail_sealed), sealed.detail_sealed, &detail),
        ST_BROKEN);
    app_end(c);
}

/* What is rolled back leaves no link, and no gap. */
static void a_rollback_leaves_no_link(void **state)
{
    struct fixture *x = *state;
    int64_t before = rows_of(x);
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_begin(c));
    assert_ok(c, audit_add(c, &(struct audit_note){.event = "system.test"}));
    app_rollback(c);
    assert_int_equal(rows_of(x), before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_act_is_a_link),
        cmocka_unit_test(tampering_is_found),
        TEST(a_long_chain),
        TEST(minimising_keeps_the_chain),
        TEST(the_senders_address),
        TEST(rows_of_the_first_form),
        TEST(another_persons_key_does_not_open),
        TEST(a_rollback_leaves_no_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
