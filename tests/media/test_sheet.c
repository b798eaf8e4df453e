#include "media/sheet.h"

#include "check.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct sheet_column columns[] = {{STR_INIT("序号"), 6, SHEET_INT},
                                              {STR_INIT("姓名"), 20, SHEET_TEXT}};
static const struct str info[] = {STR_INIT("填报单位：演示监理公司0001")};

static struct sheet_head head(void)
{
    return (struct sheet_head){STR("会员"), STR("名单"), info, COUNT(info), columns, COUNT(columns), 0};
}

/* A folder of its own for each test, gone afterwards. */
struct place {
    char folder[64], path[96];
};

static int make_place(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    if (!p) return -1;
    *state = p;
    strcpy(p->folder, "/tmp/huiyuan-sheet-XXXXXX");
    if (!mkdtemp(p->folder)) return -1;
    snprintf(p->path, sizeof p->path, "%s/a.xlsx", p->folder);
    return 0;
}

/* That the folder can be removed also shows that nothing else was left in it. */
static int remove_place(void **state)
{
    struct place *p = *state;
    unlink(p->path);
    int failed = rmdir(p->folder);
    free(p);
    return failed;
}

static void a_workbook_is_a_zip_file(void **state)
{
    const struct place *p = *state;
    struct arena *a = arena_new();
    struct sheet_head h = head();
    struct sheet *s;
    assert_int_equal(sheet_begin(a, NULL, p->path, &h, &s), ST_OK);
    assert_int_equal(sheet_row(s, NULL, (const struct str[]){STR("1"), STR("王𬱖")}), ST_OK);
    assert_int_equal(sheet_end(s, NULL, STR("人")), ST_OK);
    FILE *file = fopen(p->path, "rb");
    char mark[4];
    assert_non_null(file);
    assert_int_equal(fread(mark, 1, 4, file), 4);
    assert_memory_equal(mark, "PK\3\4", 4);
    fclose(file);
    arena_free(a);
}

/* The XML of a part of the workbook. */
static struct str part_of(struct arena *a, const struct place *p, const char *part)
{
    char text[65536];
    struct str command = arena_fmt(
        a, "python3 -c \"import sys,zipfile; sys.stdout.buffer.write(zipfile.ZipFile('%s').read('%s'))\"",
        p->path, part);
    FILE *out = popen(command.p, "r");
    assert_non_null(out);
    size_t n = fread(text, 1, sizeof text, out);
    assert_int_equal(pclose(out), 0);
    return arena_str(a, (struct str){text, n});
}

static void assert_holds(struct str text, const char *words)
{
    size_t at;
    if (!str_find(text, str_from(words), &at)) print_error("no %s in %s\n", words, text.p);
    assert_true(str_find(text, str_from(words), &at));
}

/* What looks like an escape of the format is shown as it was typed; the neighbours are none. */
static void what_looks_like_an_escape_is_text(void **state)
{
    static const struct {
        struct str typed;
        const char *xml;
    } CASES[] = {
        {STR_INIT("_x0041_路 _x000D_ 1号"), ">_x005F_x0041_路 _x005F_x000D_ 1号<"},
        {STR_INIT("_x0041_x0042_"), ">_x005F_x0041_x005F_x0042_<"},
        {STR_INIT("_x00aF_"), ">_x005F_x00aF_<"},
        {STR_INIT("_x005F_"), ">_x005F_x005F_<"},
        {STR_INIT("__x0041_"), ">__x005F_x0041_<"},
        {STR_INIT("_x004_ _X0041_ x0041_ _x0041 _x004G_"), ">_x004_ _X0041_ x0041_ _x0041 _x004G_<"},
    };
    const struct place *p = *state;
    struct arena *a = arena_new();
    struct sheet_head h = head();
    struct sheet *s;
    assert_int_equal(sheet_begin(a, NULL, p->path, &h, &s), ST_OK);
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_int_equal(sheet_row(s, NULL, (const struct str[]){STR("1"), CASES[i].typed}), ST_OK);
    assert_int_equal(sheet_end(s, NULL, STR("人")), ST_OK);
    struct str xml = part_of(a, p, "xl/worksheets/sheet1.xml");
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_holds(xml, CASES[i].xml);
    arena_free(a);
}

/* The print area is the first columns, from the title to the last row. */
static void the_first_columns_are_printed(void **state)
{
    const struct place *p = *state;
    struct arena *a = arena_new();
    static const struct sheet_column THREE[] = {{STR_INIT("序号"), 6, SHEET_INT},
                                                {STR_INIT("姓名"), 20, SHEET_TEXT},
                                                {STR_INIT("邮箱"), 20, SHEET_TEXT}};
    struct sheet_head h = {STR("会员"), STR("名单"), info, COUNT(info), THREE, COUNT(THREE), 2};
    struct sheet *s;
    assert_int_equal(sheet_begin(a, NULL, p->path, &h, &s), ST_OK);
    assert_int_equal(sheet_row(s, NULL, (const struct str[]){STR("1"), STR("王"), STR("a@b.c")}), ST_OK);
    assert_int_equal(sheet_end(s, NULL, STR("人")), ST_OK);
    assert_holds(part_of(a, p, "xl/workbook.xml"), "'会员'!$A$1:$B$5");
    assert_holds(part_of(a, p, "xl/worksheets/sheet1.xml"), "<mergeCell ref=\"A1:B1\"/>");
    arena_free(a);
}

/* What takes several lines in a printed column has room for them; Chinese characters are two wide. */
static void long_cells_have_room(void **state)
{
    static const struct {
        struct str printed, beside;
        const char *row; /* what the row begins with */
    } CASES[] = {
        {STR_INIT("王"), STR_INIT(""), "<row r=\"4\">"},
        {STR_INIT("甘肃省建设监理协会个"), STR_INIT(""), "<row r=\"5\">"},
        {STR_INIT("甘肃省建设监理协会个人"), STR_INIT(""), "<row r=\"6\" ht=\"30\" customHeight=\"1\">"},
        {STR_INIT("GSJL2026000001\n2026-12-21"), STR_INIT(""), "<row r=\"7\" ht=\"30\" customHeight=\"1\">"},
        {STR_INIT("12345678901234567890"), STR_INIT(""), "<row r=\"8\">"},
        {STR_INIT("123456789012345678901234567890123456789012"), STR_INIT(""),
         "<row r=\"9\" ht=\"45\" customHeight=\"1\">"},
        {STR_INIT("王"), STR_INIT("甘肃省建设监理协会个人会员"), "<row r=\"10\">"},
    };
    static const struct sheet_column THREE[] = {{STR_INIT("序号"), 6, SHEET_INT},
                                                {STR_INIT("姓名"), 20, SHEET_TEXT},
                                                {STR_INIT("地址"), 20, SHEET_TEXT}};
    const struct place *p = *state;
    struct arena *a = arena_new();
    struct sheet_head h = {STR("会员"), STR("名单"), info, COUNT(info), THREE, COUNT(THREE), 2};
    struct sheet *s;
    assert_int_equal(sheet_begin(a, NULL, p->path, &h, &s), ST_OK);
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_int_equal(
            sheet_row(s, NULL, (const struct str[]){STR("1"), CASES[i].printed, CASES[i].beside}), ST_OK);
    assert_int_equal(sheet_end(s, NULL, STR("人")), ST_OK);
    struct str xml = part_of(a, p, "xl/worksheets/sheet1.xml");
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_holds(xml, CASES[i].row);
    arena_free(a);
}

/* Longer than Excel's cell, not UTF-8, with NUL: the row is written all the same. */
static void no_cell_is_lost_for_what_it_holds(void **state)
{
    const struct place *p = *state;
    struct arena *a = arena_new();
    struct sheet_head h = head();
    struct sheet *s;
    char *longest = arena_alloc(a, 40000);
    memset(longest, 'a', 40000);
    assert_int_equal(sheet_begin(a, NULL, p->path, &h, &s), ST_OK);
    const struct str cells[] = {{longest, 40000}, STR("\xff\xfe"), STR("a\0b"),
                                STR("=1+1"),      STR(""),         STR_NONE};
    for (size_t c = 0; c < COUNT(cells); c++)
        assert_int_equal(sheet_row(s, NULL, (const struct str[]){cells[c], cells[c]}), ST_OK);
    assert_int_equal(sheet_end(s, NULL, STR("人")), ST_OK);
    arena_free(a);
}

static void a_sheet_that_is_not_ended_leaves_nothing(void **state)
{
    const struct place *p = *state;
    struct arena *a = arena_new();
    struct sheet_head h = head();
    struct sheet *s;
    assert_int_equal(sheet_begin(a, NULL, p->path, &h, &s), ST_OK);
    assert_int_equal(sheet_row(s, NULL, (const struct str[]){STR("1"), STR("王𬱖")}), ST_OK);
    arena_free(a);
    assert_int_not_equal(access(p->path, F_OK), 0);
}

static void a_head_that_no_workbook_can_have_is_refused(void **state)
{
    const struct place *p = *state;
    struct arena *a = arena_new();
    struct sheet_head h = head();
    struct sheet *s = NULL;
    h.name = STR("a/b");
    assert_int_equal(sheet_begin(a, NULL, p->path, &h, &s), ST_BROKEN);
    assert_null(s);
    arena_free(a);
}

static void a_folder_that_is_not_there_is_reported_at_the_end(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct sheet_head h = head();
    struct sheet *s;
    struct fault f = {0};
    enum status begun = sheet_begin(a, &f, "/nowhere/at/all.xlsx", &h, &s);
    if (begun == ST_OK) begun = sheet_end(s, &f, STR("人"));
    assert_int_equal(begun, ST_UNAVAILABLE);
    assert_true(f.text[0] != '\0');
    arena_free(a);
}

/* A limit on the size of files stands for the full disk. */
static void a_full_disk_is_noticed(void **state)
{
    const struct place *p = *state;
    struct arena *a = arena_new();
    struct sheet_head h = head();
    struct sheet *s;
    struct rlimit before, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(sheet_begin(a, NULL, p->path, &h, &s), ST_OK);
    small = (struct rlimit){64 << 10, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    for (int i = 0; i < 2000; i++)
        assert_int_equal(sheet_row(s, NULL, (const struct str[]){STR("1"), STR("演示监理公司演示监理公司")}),
                         ST_OK);
    enum status ended = sheet_end(s, NULL, STR("人"));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(ended, ST_UNAVAILABLE);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_workbook_is_a_zip_file, make_place, remove_place),
        cmocka_unit_test_setup_teardown(what_looks_like_an_escape_is_text, make_place, remove_place),
        cmocka_unit_test_setup_teardown(the_first_columns_are_printed, make_place, remove_place),
        cmocka_unit_test_setup_teardown(long_cells_have_room, make_place, remove_place),
        cmocka_unit_test_setup_teardown(no_cell_is_lost_for_what_it_holds, make_place, remove_place),
        cmocka_unit_test_setup_teardown(a_sheet_that_is_not_ended_leaves_nothing, make_place, remove_place),
        cmocka_unit_test_setup_teardown(a_head_that_no_workbook_can_have_is_refused, make_place,
                                        remove_place),
        cmocka_unit_test(a_folder_that_is_not_there_is_reported_at_the_end),
        cmocka_unit_test_setup_teardown(a_full_disk_is_noticed, make_place, remove_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
