#include "domain/codes.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct {
    const char *code, *label;
} SIDES[SIDE_COUNT] = {
    [SIDE_MEMBER] = {"member", "个人"},
    [SIDE_COMPANY] = {"company", "企业"},
    [SIDE_STAFF] = {"staff", "协会"},
};

static const struct code SEXES[] = {
    {SEX_UNKNOWN, "未知"},
    {SEX_MALE, "男"},
    {SEX_FEMALE, "女"},
    {SEX_UNSTATED, "未说明"},
};
const struct codes sex_codes = {SEXES, COUNT(SEXES)};

static const struct code EDUCATIONS[] = {
    {11, "博士"}, {14, "硕士"}, {21, "本科"}, {31, "大专"}, {41, "中专"},
    {44, "职高"}, {47, "技校"}, {61, "高中"}, {90, "其他"},
};
const struct codes education_codes = {EDUCATIONS, COUNT(EDUCATIONS)};

static const struct code TITLE_LEVELS[] = {
    {TITLE_LEVEL_NONE, "无"}, {1, "技术员（员级）"},       {2, "助理工程师（助理级）"},
    {3, "工程师（中级）"},    {4, "高级工程师（副高级）"}, {5, "正高级工程师（正高级）"},
};
const struct codes title_level_codes = {TITLE_LEVELS, COUNT(TITLE_LEVELS)};

static const char *const POSTS[] = {"总监", "总监代表", "专监", "监理员", "资料员", "其他"};
const struct words post_words = {POSTS, COUNT(POSTS)};

const char *side_code(enum side side)
{
    return SIDES[side].code;
}

const char *side_label(enum side side)
{
    return SIDES[side].label;
}

bool side_parse(struct str code, enum side *ret)
{
    for (int i = 0; i < SIDE_COUNT; i++) {
        if (str_eq(code, str_from(SIDES[i].code))) {
            *ret = (enum side)i;
            return true;
        }
    }
    return false;
}

const char *code_label(struct codes list, int value)
{
    for (size_t i = 0; i < list.n; i++) {
        if (list.p[i].value == value) return list.p[i].label;
    }
    return "";
}

bool code_parse(struct codes list, struct str typed, int *ret)
{
    int64_t value;
    if (!str_int(typed, &value)) return false;
    for (size_t i = 0; i < list.n; i++) {
        if (list.p[i].value == value) {
            *ret = list.p[i].value;
            return true;
        }
    }
    return false;
}

bool code_by_label(struct codes list, struct str label, int *ret)
{
    for (size_t i = 0; i < list.n; i++) {
        if (str_eq(label, str_from(list.p[i].label))) {
            *ret = list.p[i].value;
            return true;
        }
    }
    return false;
}
