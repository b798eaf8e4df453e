/* Photos that come with a sheet: told in the dry run, there with the people, gone with them. */
#include "imports/sheets.h"
#include "raw_sql.h"
#include "tables.h"

#include "../../book_made.h"

static const char SHEET[] = MEMBER_HEADING "张三,620112198808081011,甘肃秋水监理有限公司,,,,,,,,,,,,\n"
                                           "李四,62011219880808102X,甘肃秋水监理有限公司,,,,,,,,,,,,\n"
                                           "王五,62011219880808049X,甘肃秋水监理有限公司,,,,,,,,,,,,\n";

static struct str picture(struct fixture *x, enum photo_kind kind)
{
    struct photo_input p = photo_of_kind(x, kind, true);
    return (struct str){(const char *)p.bytes.p, p.bytes.n};
}

static struct job_id started(struct fixture *x, struct bytes photos)
{
    struct job_id id;
    struct ctx *c = as_membership(x);
    struct import_input in = {
        .kind = STR("member"), .name = STR("a.csv"), .file = str_bytes(str_from(SHEET)), .photos = photos};
    assert_ok(c, app_import_start(c, &in, &id));
    app_end(c);
    return id;
}

static void commit(struct fixture *x, struct job_id id)
{
    struct ctx *c = as_membership(x);
    assert_ok(c, app_import_commit(c, id));
    app_end(c);
}

static struct bytes archive(struct fixture *x)
{
    const struct book_part parts[] = {
        {"照片/620112198808081011.jpg", picture(x, GOOD_PHOTO)},
        {"照片/62011219880808102x.jpeg", picture(x, BLUE_PHOTO)},
        {"照片/62011219880808006X.jpg", picture(x, GOOD_PHOTO)},
        {"照片/62011219880808049X.jpg", STR_INIT("no picture")},
        {"照片/王五.jpg", picture(x, GOOD_PHOTO)},
        {"照片/说明.txt", STR_INIT("x")},
    };
    return zip_made(x->arena, parts, COUNT(parts));
}

static int64_t with_photo(struct fixture *x)
{
    return raw_sql_number(x, "select count(*) from member where photo_id is not null");
}

static void photos_come_and_go_with_their_people(void **state)
{
    struct fixture *x = *state;
    size_t at;
    struct table_prints before = tables_now(x);
    struct job_id id = started(x, archive(x));
    import_worked(x, id);
    assert_import(x, id, IMPORT_CHECKED, 3, 3, 0);
    struct str why = import_of(x, id).job.row.why;
    assert_true(str_find(why, STR("照片 2 张可以导入，4 张不会导入："), &at));
    assert_true(str_find(why, STR("62011219880808006X.jpg：表中没有这个身份证号，或这一行有错"), &at));
    assert_true(str_find(why, STR("王五.jpg：文件名应是本人的身份证号"), &at));
    assert_true(str_find(why, STR("说明.txt：不是 .jpg 照片"), &at));
    assert_true(str_find(why, STR("62011219880808049X.jpg："), &at));
    commit(x, id);
    import_worked(x, id);
    assert_import(x, id, IMPORT_COMMITTED, 3, 3, 0);
    assert_int_equal(with_photo(x), 2);
    assert_int_equal(raw_sql_number(x, "select count(*) from member where photo_flaw <> ''"), 1);
    assert_int_equal(raw_sql_number(x, "select count(*) from file"), 2);
    assert_sound(x);
    import_undone(x, id);
    struct table_prints after = tables_now(x);
    assert_tables_same(&before, &after, IMPORT_LEAVES);
}

/* Nobody is seen before the last photo is there, and another node goes on where one was cut off. */
static void photos_belong_to_the_whole(void **state)
{
    struct fixture *x = *state;
    struct job_id id = started(x, archive(x));
    import_worked(x, id);
    commit(x, id);
    while (import_pieces(x, id, NODE, 1) && import_of(x, id).job.step != STEP_PICTURES)
        ;
    assert_int_equal(import_of(x, id).job.step, STEP_PICTURES);
    assert_int_equal(raw_sql_number(x, "select count(*) from import_hidden"), 1);
    import_worked(x, id);
    assert_import(x, id, IMPORT_COMMITTED, 3, 3, 0);
    assert_int_equal(with_photo(x), 2);
    assert_int_equal(raw_sql_number(x, "select count(*) from import_hidden"), 0);
}

/* Who was there before keeps what is there. */
static void known_people_keep_theirs(void **state)
{
    struct fixture *x = *state;
    size_t at;
    import_done(x, "member", SHEET);
    struct job_id id = started(x, archive(x));
    import_worked(x, id);
    struct str why = import_of(x, id).job.row.why;
    assert_true(str_find(why, STR("照片 0 张可以导入，6 张不会导入"), &at));
    assert_true(str_find(why, STR("620112198808081011.jpg：已经在册，原来的照片不更换"), &at));
    commit(x, id);
    import_worked(x, id);
    assert_import(x, id, IMPORT_COMMITTED, 3, 3, 0);
    assert_int_equal(with_photo(x), 0);
}

static void what_is_no_archive_fails(void **state)
{
    struct fixture *x = *state;
    struct job_id id = started(x, str_bytes(STR("no archive")));
    import_worked(x, id);
    assert_int_equal(import_of(x, id).job.state, IMPORT_FAILED);
    struct ctx *c = as_membership(x);
    assert_text(arena_str(c->arena, import_of(x, id).job.row.why),
                "照片要放在一个 ZIP 压缩包里上传，每张以身份证号为文件名");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(photos_come_and_go_with_their_people),
        TEST(photos_belong_to_the_whole),
        TEST(known_people_keep_theirs),
        TEST(what_is_no_archive_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
