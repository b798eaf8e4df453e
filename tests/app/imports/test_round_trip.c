#include "people.h"

#include "imports/sheets.h"
#include "raw_sql.h"
#include "seen.h"
#include "tables.h"

#include "app/companies/companies.h"
#include "app/core/vault.h"
#include "app/members/person.h"
#include "app/reports/companies_export.h"
#include "domain/member.h"
#include "gen/queries.h"

#define EVERYBODY 16

/* What a sheet could read otherwise than it was meant. */
static const struct sample PEOPLE[] = {
    {.name = "王建国",
     .id_number = "620112198507149019",
     .mobile = "13893100011",
     .major = "=1+1",
     .address = "兰州市，\"西固区\",1号"},
    {.name = "热合曼·买买提",
     .id_number = "620000198001019021",
     .major = "'77号'",
     .address = "+8613893100022"},
    {.name = "𬱖䶮",
     .id_number = "620112199912319039",
     .major = "6E5",
     .address = "_x0041_路 _x000D_ 1号"},
    {.name = "O'Brien Shaun", .id_number = "962840198808080012", .major = "2019.10", .address = "＝1"},
};

static size_t add_everybody(struct fixture *x, struct member_id ret[EVERYBODY])
{
    size_t n = 0;
    for (size_t i = 0; i < COUNT(PEOPLE); i++)
        ret[n++] = person_add(x, x->company, &PEOPLE[i]);
    for (int state = STATE_SUBMITTED; state <= STATE_CLOSED; state++)
        ret[n++] = person_in(x, (enum member_state)state, state);
    return n;
}

static struct bytes export_all(struct ctx *c, enum export_kind kind)
{
    struct member_filter f = {.state = STATE_NONE};
    struct export_file file;
    assert_ok(c, app_members_export_bytes(c, &f, kind, &file));
    return arena_bytes(c->arena, file.bytes);
}

static size_t row_of(const struct seen *s, struct str id_number)
{
    for (size_t i = 0; i < s->n; i++)
        if (str_eq(seen_value(s, i, "id_number"), id_number)) return i;
    print_error("not read: %.*s\n", STR_ARG(id_number));
    assert_true(false);
    return 0;
}

static void same(const char *field, struct str got, struct str expected)
{
    if (!str_eq(got, str_or_empty(expected)))
        print_error("%s: %.*s, not %.*s\n", field, STR_ARG(got), STR_ARG(expected));
    assert_true(str_eq(got, str_or_empty(expected)));
}

static void compare(struct fixture *x, const struct seen *s, struct member_id id)
{
    struct ctx *c = as_command_line(x);
    struct member_full m = person_of(x, id);
    struct str number, mobile;
    assert_ok(c, app_read(c));
    assert_ok(c, vault_open(c, PLACE("member", "id_sealed", m.uid), m.id_sealed, &number));
    assert_ok(c, vault_open(c, PLACE("member", "mobile_sealed", m.uid), m.mobile_sealed, &mobile));
    app_read_end(c);
    struct person_input in = person_texts(c, &m, mobile);
    size_t row = row_of(s, number);
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->kind != PERSON_EMPLOYER && f->kind != PERSON_PHOTO)
            same(f->name, seen_value(s, row, f->name), person_text_in(&in, f));
    }
    same("company", seen_value(s, row, "company"),
         m.company_id.v ? STR("甘肃示范工程监理有限公司") : STR(""));
    same("sex", seen_value(s, row, "sex"), arena_fmt(c->arena, "%d", (int)m.sex));
    same("number", seen_value(s, row, "number"), m.number);
    same("period_end", seen_value(s, row, "period_end"), day_str(c->arena, m.period_end));
    same("state", seen_value(s, row, "state"), str_from(member_state_code(state_of(x, id))));
    same("remark", seen_value(s, row, "remark"), m.reason);
    assert_false(s->row[row].refused || s->row[row].open);
}

/* Every field of everybody, in every state, as it stands in the register. */
static void what_was_exported_is_read_as_it_was(void **state)
{
    static const enum export_kind KINDS[] = {EXPORT_XLSX, EXPORT_CSV};
    struct fixture *x = *state;
    struct member_id ids[EVERYBODY];
    size_t n = add_everybody(x, ids);
    for (size_t k = 0; k < COUNT(KINDS); k++) {
        struct ctx *c = as_membership(x);
        struct seen *s = read_rows(c->arena, IMPORT_MEMBER, export_all(c, KINDS[k]));
        assert_int_equal(s->n, n);
        assert_string_equal(s->sum.unread.p, "");
        for (size_t i = 0; i < n; i++)
            compare(x, s, ids[i]);
    }
}

/* What stands in the register already is told so, and nothing of it moves. */
static void import_changes_nothing(struct fixture *x, const char *kind, struct bytes file, int64_t rows)
{
    static const char *const LEAVES[] = {"audit",  "audit_detail", "audit_head", "job",
                                         "series", "import_row",   NULL};
    struct table_prints before = tables_now(x);
    struct ctx *c = as_membership(x);
    struct import_input in = {.kind = str_from(kind), .name = STR("导出.xlsx"), .file = file};
    struct job_id id;
    assert_ok(c, app_import_start(c, &in, &id));
    app_end(c);
    import_worked(x, id);
    struct import_page page = import_of(x, id);
    if (page.bad.n) print_error("row %ld: %s\n", (long)page.bad.p[0].row, page.bad.p[0].reason.p);
    assert_import(x, id, IMPORT_CHECKED, rows, rows, 0);
    assert_int_equal(page.n_known, rows);
    assert_int_equal(page.n_open, 0);
    assert_int_equal(page.n_companies, 0);
    c = as_membership(x);
    assert_ok(c, app_import_commit(c, id));
    app_end(c);
    import_worked(x, id);
    assert_import(x, id, IMPORT_COMMITTED, rows, rows, 0);
    assert_int_equal(import_of(x, id).n_known, rows);
    struct table_prints after = tables_now(x);
    assert_tables_same(&before, &after, LEAVES);
    assert_sound(x);
}

static void exported_people_change_nothing(void **state)
{
    static const enum export_kind KINDS[] = {EXPORT_XLSX, EXPORT_CSV};
    struct fixture *x = *state;
    struct member_id ids[EVERYBODY];
    size_t n = add_everybody(x, ids);
    for (size_t k = 0; k < COUNT(KINDS); k++) {
        struct ctx *c = as_membership(x);
        import_changes_nothing(x, "member", export_all(c, KINDS[k]), (int64_t)n);
    }
}

/* What a sheet could read otherwise than it was meant; one without anything, one that is over. */
static const struct company_input COMPANIES[] = {
    {.name = STR_INIT("=甘肃一加一监理公司"),
     .credit_code = STR_INIT("91350100M000100Y43"),
     .contact = STR_INIT("'马联系'"),
     .phone = STR_INIT("0931-8800001"),
     .address = STR_INIT("兰州市，\"西固区\",_x0041_路"),
     .unit_valid_to = STR_INIT("2027-12-31"),
     .unit_level = STR_INIT("理事单位"),
     .title = STR_INIT("+甘肃一加一"),
     .tax_no = STR_INIT("620102198808081"),
     .enabled = true},
    {.name = STR_INIT("合计监理公司"),
     .contact = STR_INIT("6E5"),
     .phone = STR_INIT("13893100011"),
     .address = STR_INIT("2019.10"),
     .unit_level = STR_INIT("常务理事"),
     .tax_no = STR_INIT("91620000000000086Y"),
     .enabled = false},
    {.name = STR_INIT("𬱖䶮 监理（兰州）公司"), .enabled = true},
};

static void add_companies(struct fixture *x)
{
    for (size_t i = 0; i < COUNT(COMPANIES); i++) {
        struct one_time made;
        struct company_full row;
        struct ctx *c = as_membership(x);
        assert_ok(c, app_company_create(c, &COMPANIES[i], &made));
        assert_ok(c, app_company(c, made.company.id, &row));
        assert_ok(c, app_company_update(c, row.id, &COMPANIES[i], row.version));
        app_end(c);
    }
}

static void exported_companies_change_nothing(void **state)
{
    struct fixture *x = *state;
    struct export_file file;
    add_companies(x);
    int64_t n = raw_sql_number(x, "select count(*) from company");
    struct ctx *c = as_membership(x);
    assert_ok(c, app_companies_export_bytes(c, STR(""), &file));
    struct seen *s = read_rows(x->arena, IMPORT_COMPANY, arena_bytes(x->arena, file.bytes));
    assert_int_equal(s->n, n);
    assert_string_equal(s->sum.unread.p, "");
    for (size_t i = 0; i < COUNT(COMPANIES); i++) { /* the newest first */
        size_t row = COUNT(COMPANIES) - 1 - i;
        same("name", seen_value(s, row, "name"), COMPANIES[i].name);
        same("credit_code", seen_value(s, row, "credit_code"), COMPANIES[i].credit_code);
        same("contact", seen_value(s, row, "contact"), COMPANIES[i].contact);
        same("phone", seen_value(s, row, "phone"), COMPANIES[i].phone);
        same("address", seen_value(s, row, "address"), COMPANIES[i].address);
        same("unit_valid_to", seen_value(s, row, "unit_valid_to"), COMPANIES[i].unit_valid_to);
        same("unit_level", seen_value(s, row, "unit_level"), COMPANIES[i].unit_level);
        same("title", seen_value(s, row, "title"), COMPANIES[i].title);
        same("tax_no", seen_value(s, row, "tax_no"), COMPANIES[i].tax_no);
        same("enabled", seen_value(s, row, "enabled"), COMPANIES[i].enabled ? STR("1") : STR("0"));
    }
    import_changes_nothing(x, "company", arena_bytes(x->arena, file.bytes), n);
}

/* What is looked for, by who may; the trail names it. */
static void who_exports_companies(void **state)
{
    struct fixture *x = *state;
    struct export_file file;
    add_companies(x);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_companies_export_bytes(c, STR("一加一"), &file));
    assert_int_equal(read_rows(x->arena, IMPORT_COMPANY, arena_bytes(x->arena, file.bytes))->n, 1);
    app_end(c);
    assert_int_equal(trail_count(x, "export.begin", "ok"), 1);
    assert_int_equal(trail_count(x, "export.end", "ok"), 1);
    struct ctx *refused[] = {as_viewer(x), as_clerk(x)};
    for (size_t i = 0; i < COUNT(refused); i++)
        assert_int_equal(app_companies_export_bytes(refused[i], STR(""), &file), ST_FORBIDDEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_exported_is_read_as_it_was, register_setup,
                                        register_teardown),
        cmocka_unit_test_setup_teardown(exported_people_change_nothing, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(exported_companies_change_nothing, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(who_exports_companies, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
