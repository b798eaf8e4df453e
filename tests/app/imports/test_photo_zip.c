#include "app/imports/photo_zip.h"

#include "../../book_made.h"
#include "../../domain/check.h"

#include "base/limits.h"

#include <stdlib.h>

/* What was handed over, a line a photo: name|number|content|refused. */
struct lines {
    struct arena *arena;
    struct str text;
};

static enum status keep(void *arg, struct arena *a, const struct import_photo *p)
{
    struct lines *l = arg;
    (void)a;
    l->text =
        arena_fmt(l->arena, "%.*s%.*s|%.*s|%.*s|%.*s\n", STR_ARG(l->text), STR_ARG(p->name),
                  STR_ARG(p->id_number), (int)p->content.n, (const char *)p->content.p, STR_ARG(p->refused));
    return ST_OK;
}

static struct str read_photos(struct arena *a, struct bytes file, enum status expected)
{
    struct lines l = {a, STR("")};
    struct fault f = {0};
    assert_row("status", import_photos(a, &f, file, TODAY, keep, &l), expected);
    return expected ? arena_str(a, str_from(f.text)) : l.text;
}

static void photos_are_told_by_their_names(void **state)
{
    static const struct {
        const char *name, *line; /* NULL: passed over */
    } CASES[] = {
        {"620112198808081011.jpg", "620112198808081011.jpg|620112198808081011|x|\n"},
        {"照片/62011219880808102x.JPEG", "62011219880808102x.JPEG|62011219880808102X|x|\n"},
        {"照片\\620112198808081011.jpg", "620112198808081011.jpg|620112198808081011|x|\n"},
        {"张三620112198808081011.jpg", "张三620112198808081011.jpg|620112198808081011|x|\n"},
        {"620112198808081011_张三.jpg", "620112198808081011_张三.jpg|620112198808081011|x|\n"},
        {"../../620112198808081011.jpg", "620112198808081011.jpg|620112198808081011|x|\n"},
        {"/etc/620112198808081011.jpg", "620112198808081011.jpg|620112198808081011|x|\n"},
        {"620112198808081010.jpg", "620112198808081010.jpg|||文件名应是本人的身份证号："},
        {"620112880808101.jpg", "620112880808101.jpg|||文件名应是本人的身份证号："},
        {"6201121988080810110.jpg", "6201121988080810110.jpg|||文件名应是本人的身份证号："},
        {"620112198808081011-62011219880808102X.jpg",
         "620112198808081011-62011219880808102X.jpg|||文件名应是本人的身份证号："},
        {"张三.jpg", "张三.jpg|||文件名应是本人的身份证号："},
        {".jpg", NULL},
        {"620112198808081011.png",
         "620112198808081011.png|||不是 .jpg 照片，请另存为 JPG，并以身份证号为文件名\n"},
        {"620112198808081011", "620112198808081011|||不是 .jpg 照片，请另存为 JPG，并以身份证号为文件名\n"},
        {"照片/", NULL},
        {"__MACOSX/._620112198808081011.jpg", NULL},
        {"照片/Thumbs.db", NULL},
        {"desktop.ini", NULL},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct book_part part[] = {{CASES[i].name, STR_INIT("x")}};
        struct bytes file = zip_made(*state, part, 1);
        struct str got = read_photos(*state, file, CASES[i].line ? ST_OK : ST_BAD_INPUT);
        const char *expected = CASES[i].line ? CASES[i].line : "压缩包里没有照片";
        if (!str_starts(got, str_from(expected))) fail_row("%s: %.*s", CASES[i].name, STR_ARG(got));
    }
}

static void a_second_photo_of_a_person_is_refused(void **state)
{
    const struct book_part parts[] = {{"a/62011219880808102X.jpg", STR_INIT("1")},
                                      {"b/62011219880808102x.jpg", STR_INIT("2")},
                                      {"620112198808081011.jpg", STR_INIT("3")}};
    assert_row_text(read_photos(*state, zip_made(*state, parts, COUNT(parts)), ST_OK),
                    "62011219880808102X.jpg|62011219880808102X|1|\n"
                    "62011219880808102x.jpg|||这个身份证号在压缩包里已有一张照片，请只留一张\n"
                    "620112198808081011.jpg|620112198808081011|3|\n");
}

static void what_is_larger_than_any_photo_is_refused(void **state)
{
    struct book_part part[] = {{"62011219880808102X.jpg", {arena_alloc(*state, LIMIT_BODY_PHOTO), 0}}};
    part->content.n = LIMIT_BODY_PHOTO;
    assert_row_text(read_photos(*state, zip_made(*state, part, 1), ST_OK),
                    "62011219880808102X.jpg|||照片太大，请缩小后再放入压缩包\n");
}

static void other_files_are_none(void **state)
{
    assert_row_text(read_photos(*state, str_bytes(STR("\xff\xd8\xff")), ST_BAD_INPUT),
                    "照片要放在一个 ZIP 压缩包里上传，每张以身份证号为文件名");
    assert_row_text(read_photos(*state, str_bytes(STR("PK\3\4 and no more")), ST_BAD_INPUT),
                    "文件不完整或已损坏，请在电脑上打开检查后重新保存，再上传");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(photos_are_told_by_their_names),
        WITH_ARENA(a_second_photo_of_a_person_is_refused),
        WITH_ARENA(what_is_larger_than_any_photo_is_refused),
        WITH_ARENA(other_files_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
