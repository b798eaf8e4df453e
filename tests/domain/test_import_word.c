#include "domain/import_word.h"

#include "check.h"

#include "domain/codes.h"
#include "domain/fold.h"
#include "domain/member.h"

static void words_as_they_stand_in_sheets(void **state)
{
    static const struct {
        const char *field;
        struct str typed;
        const char *value; /* NULL: not understood */
    } ROWS[] = {
        {"education", STR_INIT("本科"), "21"},
        {"education", STR_INIT("大学 本科"), "21"},
        {"education", STR_INIT("全日制本科"), "21"},
        {"education", STR_INIT("本科（函授）"), "21"},
        {"education", STR_INIT("大学本科毕业"), "21"},
        {"education", STR_INIT("大专学历"), "31"},
        {"education", STR_INIT("硕士研究生"), "14"},
        {"education", STR_INIT("研究生（硕士）"), "14"},
        {"education", STR_INIT("初中"), "90"},
        {"education", STR_INIT("研究生"), NULL},
        {"education", STR_INIT("本科肄业"), NULL},
        {"education", STR_INIT("本科、大专"), NULL},
        {"education", STR_INIT("毕业"), NULL},
        {"education", STR_INIT(""), NULL},
        {"title_level", STR_INIT("工程师"), "3"},
        {"title_level", STR_INIT("工程师（中级）"), "3"},
        {"title_level", STR_INIT("工程师(建筑)"), "3"},
        {"title_level", STR_INIT("助工"), "2"},
        {"title_level", STR_INIT("高 工"), "4"},
        {"title_level", STR_INIT("教授级高级工程师"), "5"},
        {"title_level", STR_INIT("/"), "0"},
        {"title_level", STR_INIT("／"), "0"},
        {"title_level", STR_INIT("注册监理工程师"), NULL},
        {"title_level", STR_INIT("监理员"), NULL},
        {"post", STR_INIT("总监理工程师"), "总监"},
        {"post", STR_INIT("总监理工程师代表"), "总监代表"},
        {"post", STR_INIT("其它"), "其他"},
        {"post", STR_INIT("总监/专监"), NULL},
        {"sex", STR_INIT("男 "), "1"},
        {"sex", STR_INIT("ｆ"), "2"},
        {"sex", STR_INIT("不详"), NULL},
        {"state", STR_INIT("企业推荐（新会员）"), "recommended_new"},
        {"state", STR_INIT("企业推荐(续期)"), "recommended_renewal"},
        {"state", STR_INIT("逾期"), "expired"},
        {"enabled", STR_INIT("否"), "0"},
    };
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        struct str got = STR("(none)");
        bool read = import_word_read(*state, import_words(ROWS[i].field), ROWS[i].typed, &got);
        assert_row(ROWS[i].typed.p, read, ROWS[i].value != NULL);
        if (read) assert_row_text(got, ROWS[i].value);
    }
    assert_null(import_words("school"));
}

static void every_label_is_understood(void **state)
{
    struct str got;
    for (size_t i = 0; i < education_codes.n; i++) {
        assert_true(
            import_word_read(*state, import_words("education"), str_from(education_codes.p[i].label), &got));
        assert_row_text(got, arena_fmt(*state, "%d", education_codes.p[i].value).p);
    }
    for (size_t i = 0; i < title_level_codes.n; i++) {
        assert_true(import_word_read(*state, import_words("title_level"),
                                     str_from(title_level_codes.p[i].label), &got));
        assert_row_text(got, arena_fmt(*state, "%d", title_level_codes.p[i].value).p);
    }
    for (size_t i = 0; i < post_words.n; i++) {
        assert_true(import_word_read(*state, import_words("post"), str_from(post_words.p[i]), &got));
        assert_row_text(got, post_words.p[i]);
    }
    for (int i = STATE_NONE + 1; i < STATE_COUNT; i++) {
        struct str label = str_from(member_state_label((enum member_state)i, SIDE_STAFF));
        assert_true(import_word_read(*state, import_words("state"), label, &got));
        assert_row_text(got, member_state_code((enum member_state)i));
    }
}

static void words_are_folded_and_mean_one_thing(void **state)
{
    static const char *const FIELDS[] = {"education", "title_level", "post", "sex", "state", "enabled"};
    for (size_t i = 0; i < COUNT(FIELDS); i++) {
        const struct import_words *list = import_words(FIELDS[i]);
        for (size_t k = 0; k < list->n; k++) {
            struct str got, word, rest = str_from(list->p[k].words);
            while (rest.n) {
                str_cut(rest, ' ', &word, &rest);
                assert_row_text(name_fold(*state, word), arena_cstr(*state, word));
                assert_true(import_word_read(*state, list, word, &got));
                assert_row_text(got, list->p[k].value);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(words_as_they_stand_in_sheets),
        WITH_ARENA(every_label_is_understood),
        WITH_ARENA(words_are_folded_and_mean_one_thing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
