#include "people.h"

#include "seen.h"

#include "app/core/vault.h"
#include "app/members/person.h"
#include "app/reports/exports.h"
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_exported_is_read_as_it_was, register_setup,
                                        register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
