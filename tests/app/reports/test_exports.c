#include "register.h"

#include "app/core/settings.h"
#include "app/core/vault.h"
#include "app/reports/exports.h"
#include "domain/id_number.h"
#include "gen/queries.h"

#include <sys/stat.h>
#include <unistd.h>

static const struct sample PEOPLE[] = {
    {.name = "王建国",
     .id_number = "620112198507149019",
     .mobile = "13893100011",
     .major = "=1+1",
     .address = "兰州市，\"西固区\",1号"},
    {.name = "热合曼·买买提", .id_number = "620000198001019021", .mobile = "13893100022"},
    {.name = "𬱖䶮", .id_number = "620112199912319039", .mobile = "13893100033"},
};
#define N_PEOPLE COUNT(PEOPLE)

static void add_all(struct fixture *x, struct member_id ret[N_PEOPLE])
{
    for (size_t i = 0; i < N_PEOPLE; i++)
        ret[i] = person_add(x, x->company, &PEOPLE[i]);
}

static struct str export_csv(struct ctx *c, enum member_state state)
{
    struct member_filter f = {.state = state};
    struct export_file file;
    assert_ok(c, app_members_export_bytes(c, &f, EXPORT_CSV, &file));
    return (struct str){(const char *)file.bytes.p, file.bytes.n};
}

static bool holds(struct str text, const char *part)
{
    size_t at;
    return str_find(text, str_from(part), &at);
}

static size_t lines(struct str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

static void a_company_exports_its_own_people(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    add_all(x, ids);
    person_add(x, x->other, &(struct sample){.name = "别家人", .id_number = "620000198506069016"});

    struct str csv = export_csv(as_clerk(x), STATE_NONE);
    assert_int_equal(lines(csv), 1 + N_PEOPLE);
    assert_true(str_starts(
        csv, STR("\xef\xbb\xbf序号,姓名,性别,身份证号,学历,专业,职称,岗位,手机,会员编号/有效期,备注,出生日期,"
                 "毕业院校,职称专业,开始做监理,从事监理年限,QQ,邮箱,通讯地址,会员编号,状态,到期日期\r\n")));
    assert_true(holds(
        csv,
        ",王建国,男,620112198507149019,本科,'=1+1,工程师（中级）,专监,13893100011,,,1985-07-14,兰州理工大学,"
        "建筑工程,2015-07,11,123456789,someone@example.com,\"兰州市，\"\"西固区\"\",1号\",,个人提交,\r\n"));
    assert_true(holds(csv, "𬱖䶮"));
    assert_false(holds(csv, "别家人"));
    assert_int_equal(files_left(x), 0);

    struct member_filter theirs = {.company = x->other};
    struct export_file file;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_members_export_bytes(c, &theirs, EXPORT_CSV, &file)); /* the filter can't widen it */
    assert_false(holds((struct str){(const char *)file.bytes.p, file.bytes.n}, "别家人"));
}

static void a_tab_is_one_state(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    add_all(x, ids);
    decide(as_clerk(x), EVENT_RECOMMEND, ids, 2);
    decide(as_membership(x), EVENT_APPROVE, ids, 1);
    static const struct {
        enum member_state state;
        const char *holds, *not ;
    } TABS[] = {
        {STATE_SUBMITTED, "𬱖䶮", "王建国"},
        {STATE_RECOMMENDED_NEW, "热合曼·买买提", "𬱖䶮"},
        {STATE_MEMBER, "正式会员,2031-11-22", "热合曼"},
    };
    for (size_t i = 0; i < COUNT(TABS); i++) {
        struct str csv = export_csv(as_clerk(x), TABS[i].state);
        assert_int_equal(lines(csv), 2);
        assert_true(holds(csv, TABS[i].holds));
        assert_false(holds(csv, TABS[i].not ));
    }
}

static void the_association_sees_the_employer(void **state)
{
    struct fixture *x = *state;
    person_add(x, x->company, &PEOPLE[0]);
    person_add(x, x->other, &PEOPLE[1]);
    struct str csv = export_csv(as_membership(x), STATE_NONE);
    assert_int_equal(lines(csv), 3);
    assert_true(holds(csv, ",到期日期,单位\r\n"));
    assert_true(holds(csv, ",甘肃示范工程监理有限公司\r\n"));
    assert_true(holds(csv, ",兰州另一家监理有限公司\r\n"));
}

static void who_may_not(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_add(x, x->company, &PEOPLE[0]);
    struct ctx *const refused[] = {as_viewer(x), as_member(x, id), as_command_line(x)};
    struct member_filter f = {0};
    struct export_file file = {.filename = STR("untouched")};
    for (size_t i = 0; i < COUNT(refused); i++) {
        assert_int_equal(app_members_export_bytes(refused[i], &f, EXPORT_CSV, &file), ST_FORBIDDEN);
        assert_true(str_eq(file.filename, STR("untouched")));
    }
    struct export_result made;
    struct str path = arena_fmt(x->arena, "%.*s.csv", STR_ARG(x->keys_path));
    assert_int_equal(app_members_export(as_membership(x), &f, path.p, EXPORT_CSV, &made), ST_FORBIDDEN);
    assert_int_equal(access(path.p, F_OK), -1);
    assert_int_equal(trail_count(x, "export.begin", NULL), 0);
}

static void masked_by_setting(void **state)
{
    struct fixture *x = *state;
    person_add(x, x->company, &PEOPLE[0]);
    settings_of(x)->export_masked = 1;
    struct str csv = export_csv(as_clerk(x), STATE_NONE);
    assert_true(holds(csv, ",620***********9019,本科,"));
    assert_true(holds(csv, ",1985,"));
    assert_false(holds(csv, "0714"));
    assert_false(holds(csv, "07-14"));
}

static void the_trail_says_what_left_the_house(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    add_all(x, ids);
    struct ctx *c = as_clerk(x);
    struct member_filter f = {.state = STATE_SUBMITTED, .q = STR("建国")};
    struct export_file file;
    assert_ok(c, app_members_export_bytes(c, &f, EXPORT_XLSX, &file));
    assert_memory_equal(file.bytes.p, "PK\x03\x04", 4);
    assert_true(str_eq(file.filename, STR("甘肃示范工程监理有限公司_个人提交_20261123.xlsx")));
    assert_int_equal(trail_count(x, "export.begin", "ok"), 1);
    assert_int_equal(trail_count(x, "export.end", "ok"), 1);
    assert_true(str_eq(trail_note(x, "export.begin"), STR("甘肃示范工程监理有限公司，个人提交，搜索“建国”")));
    struct str end = STR("1 人，SHA-256 ");
    struct bytes sha256 = sha256_of(x->arena, file.bytes);
    for (size_t i = 0; i < sha256.n; i++)
        end = arena_fmt(x->arena, "%.*s%02x", STR_ARG(end), sha256.p[i]);
    assert_true(str_eq(trail_note(x, "export.end"), end));
}

static void a_command_writes_a_file(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    add_all(x, ids);
    struct member_filter f = {.company = x->company};
    struct str path = arena_fmt(x->arena, "%.*s.csv", STR_ARG(x->keys_path));
    struct export_result made;
    struct stat info;
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_members_export(c, &f, path.p, EXPORT_CSV, &made));
    assert_int_equal(made.rows, N_PEOPLE);
    assert_int_equal(stat(path.p, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    off_t size = info.st_size;
    c = as_command_line(x);
    assert_int_equal(app_members_export(c, &f, path.p, EXPORT_CSV, &made), ST_CONFLICT);
    assert_int_equal(stat(path.p, &info), 0); /* what was there stays */
    assert_int_equal(info.st_size, size);
    unlink(path.p);
}

/* A mobile number sealed for another column: it does not open. */
static void spoil(struct fixture *x, struct member_id id)
{
    struct ctx *c = as_command_line(x);
    struct member_full m;
    assert_ok(c, app_begin(c));
    assert_ok(c, q_member_by_id_unscoped(c->db, c->arena, id, &m));
    struct member_update_fields_in row = {
        .id = m.id,
        .version = m.version,
        .name = m.name,
        .mobile_sealed = m.id_sealed,
        .mobile_index = m.id_sealed,
        .education = m.education,
        .school = m.school,
        .major = m.major,
        .title_level = m.title_level,
        .title_specialty = m.title_specialty,
        .post = m.post,
        .started_on = m.started_on,
        .address = m.address,
        .qq = m.qq,
        .email = m.email,
        .photo_id = m.photo_id,
        .photo_flaw = m.photo_flaw,
    };
    assert_ok(c, q_member_update_fields(c->db, &row, NULL));
    assert_ok(c, app_commit(c));
}

static void a_cut_export_leaves_nothing(void **state)
{
    struct fixture *x = *state;
    struct member_id ids[N_PEOPLE];
    add_all(x, ids);
    spoil(x, ids[0]); /* the last of the list: newest first */
    static const enum export_kind KINDS[] = {EXPORT_XLSX, EXPORT_CSV};
    for (size_t i = 0; i < COUNT(KINDS); i++) {
        struct str path = arena_fmt(x->arena, "%.*s.out", STR_ARG(x->keys_path));
        struct export_result made;
        struct ctx *c = as_command_line(x);
        struct member_filter f = {0};
        assert_int_equal(app_members_export(c, &f, path.p, KINDS[i], &made), ST_BROKEN);
        assert_true(c->fault.detail[0]);
        assert_int_equal(access(path.p, F_OK), -1);
        assert_int_equal(trail_count(x, "export.end", "cut"), i + 1);
    }
    assert_true(str_eq(trail_note(x, "export.end"), STR("2 人后中断")));
}

/* More than one piece: numbered through, nobody twice, nobody left out. */
static void long_lists_are_whole(void **state)
{
    enum { MANY = 450 };
    struct fixture *x = *state;
    for (int i = 0; i < MANY; i++) {
        struct day born = day_add(DAY(1986, 1, 1), i);
        struct str first17 = arena_fmt(x->arena, "620112%04d%02d%02d901", born.year, born.month, born.day);
        struct str number = arena_fmt(x->arena, "%s%c", first17.p, id_number_check(first17.p));
        person_add(x, x->company, &(struct sample){.name = "张三", .id_number = number.p});
    }
    struct str csv = export_csv(as_clerk(x), STATE_SUBMITTED);
    assert_int_equal(lines(csv), 1 + MANY);
    for (int i = 0; i < MANY; i++) {
        struct day born = day_add(DAY(1986, 1, 1), i);
        assert_true(holds(csv, arena_fmt(x->arena, "\n%d,张三,", i + 1).p));
        assert_true(holds(csv, day_str(x->arena, born).p));
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_company_exports_its_own_people),
        TEST(a_tab_is_one_state),
        TEST(the_association_sees_the_employer),
        TEST(who_may_not),
        TEST(masked_by_setting),
        TEST(the_trail_says_what_left_the_house),
        TEST(a_command_writes_a_file),
        TEST(a_cut_export_leaves_nothing),
        TEST(long_lists_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
