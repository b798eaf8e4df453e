#include "domain/import_word.h"

#include "base/text.h"
#include "base/unicode.h"
#include "domain/fold.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct import_word EDUCATION[] = {
    {"11", "博士 博士研究生 博士后 研究生(博士)"},
    {"14", "硕士 硕士研究生 研究生(硕士) MBA 工程硕士"},
    {"21", "本科 大学本科 大学 学士 本科学士 大本"},
    {"31", "大专 专科 大学专科 高职 高专 高等专科 大学大专 专科(高职)"},
    {"41", "中专 中等专科 中等专业学校 中师"},
    {"44", "职高 职业高中"},
    {"47", "技校 技工学校"},
    {"61", "高中 普通高中"},
    {"90", "其他 其它 初中 小学 初中及以下"},
};

static const struct import_word TITLE_LEVEL[] = {
    {"0", "无 没有 无职称 暂无 未评 未定级 未取得 /"},
    {"1", "技术员(员级) 员级 技术员 经济员 会计员 统计员 管理员 资料员级"},
    {"2", "助理工程师(助理级) 助理级 助理工程师 助工 初级 初级职称 助理经济师 助理会计师 助理统计师 "
          "助理政工师 助理建筑师 助理"},
    {"3", "工程师(中级) 中级 中级职称 工程师 中级工程师 经济师 会计师 统计师 审计师 政工师 中级经济师 中工"},
    {"4", "高级工程师(副高级) 副高级 副高 副高级职称 高级 高级职称 高级工程师 高工 副高级工程师 高级经济师 "
          "高级会计师 高级统计师 高级政工师"},
    {"5", "正高级工程师(正高级) 正高级 正高 正高级职称 正高级工程师 教授级高级工程师 教授级高工 正高工 "
          "研究员级高级工程师 正高级经济师 教高"},
};

static const struct import_word POST[] = {
    {"总监", "总监 总监理工程师 项目总监 总监工程师"},
    {"总监代表", "总监代表 总监理工程师代表 总代 总监理代表"},
    {"专监", "专监 专业监理工程师 监理工程师 专业监理 专监工程师"},
    {"监理员", "监理员 现场监理员 监理人员"},
    {"资料员", "资料员 监理资料员"},
    {"其他", "其他 其它"},
};

static const struct import_word SEX[] = {{"1", "男 男性 M 1"}, {"2", "女 女性 F 2"}};

static const struct import_word STATE[] = {
    {"submitted", "个人提交 已提交 待审核 待推荐"},
    {"recommended_new", "企业推荐(新会员) 企业推荐 已推荐"},
    {"recommended_renewal", "企业推荐(续期) 推荐续期"},
    {"member", "正式会员 会员 有效 正常 在册 已入会 已批准"},
    {"expired", "已过期 过期 逾期 已到期 到期 失效 已失效 已逾期"},
    {"returned", "已退回 退回"},
    {"closed", "已注销 注销 退会 已退会 离会"},
};

static const struct import_word ENABLED[] = {
    {"1", "启用 是 1 正常 有效 已启用 在用 使用"},
    {"0", "停用 否 0 禁用 已停用 无效 已禁用"},
};

static const struct {
    const char *field;
    struct import_words words;
} LISTS[] = {
    {"education", {EDUCATION, COUNT(EDUCATION), "博士、硕士、本科、大专、中专、职高、技校、高中、其他"}},
    {"title_level",
     {TITLE_LEVEL, COUNT(TITLE_LEVEL),
      "无、员级、助理级、中级、副高级、正高级，或技术员、助理工程师、工程师、高级工程师、正高级工程师"}},
    {"post", {POST, COUNT(POST), "总监、总监代表、专监、监理员、资料员、其他"}},
    {"sex", {SEX, COUNT(SEX), "男、女"}},
    {"state",
     {STATE, COUNT(STATE),
      "个人提交、企业推荐（新会员）、企业推荐（续期）、正式会员、已过期、已退回、已注销"}},
    {"enabled", {ENABLED, COUNT(ENABLED), "启用、停用"}},
};

const struct import_words *import_words(const char *field)
{
    for (size_t i = 0; i < COUNT(LISTS); i++)
        if (strcmp(LISTS[i].field, field) == 0) return &LISTS[i].words;
    return NULL;
}

static bool find(const struct import_words *list, struct str folded, struct str *ret)
{
    for (size_t i = 0; folded.n && i < list->n; i++) {
        struct str word, rest = str_from(list->p[i].words);
        while (rest.n) {
            str_cut(rest, ' ', &word, &rest);
            if (!str_eq(word, folded)) continue;
            *ret = str_from(list->p[i].value);
            return true;
        }
    }
    return false;
}

/* Without brackets and what stands in them. */
static struct str outside_brackets(struct arena *a, struct str folded)
{
    char *out = arena_alloc(a, folded.n + 1);
    size_t n = 0, depth = 0;
    for (size_t i = 0; i < folded.n; i++) {
        depth += folded.p[i] == '(';
        if (!depth) out[n++] = folded.p[i];
        if (folded.p[i] == ')' && depth) depth--;
    }
    return (struct str){out, n};
}

static struct str without(struct arena *a, struct str s, struct str part)
{
    size_t at;
    if (s.n == part.n || !str_find(s, part, &at)) return s;
    return arena_fmt(a, "%.*s%.*s", (int)at, s.p, STR_ARG(str_sub(s, at + part.n, s.n)));
}

/* 全日制本科毕业 is 本科. 肄业 and 结业 are no way to study: they are left to be asked about. */
static struct str without_manner(struct arena *a, struct str s)
{
    static const struct str MANNERS[] = {
        STR_INIT("全日制"),   STR_INIT("在职"),     STR_INIT("函授"), STR_INIT("成人教育"),
        STR_INIT("成人"),     STR_INIT("自学考试"), STR_INIT("自考"), STR_INIT("电大"),
        STR_INIT("网络教育"), STR_INIT("远程"),     STR_INIT("业余"), STR_INIT("夜大"),
        STR_INIT("党校"),     STR_INIT("毕业"),     STR_INIT("学历"), STR_INIT("学位")};
    for (size_t i = 0; i < COUNT(MANNERS); i++)
        s = without(a, s, MANNERS[i]);
    return s;
}

bool import_word_read(struct arena *a, const struct import_words *list, struct str typed, struct str *ret)
{
    struct str folded = name_fold(a, text_clean(a, typed));
    if (find(list, folded, ret)) return true;
    struct str outside = outside_brackets(a, folded);
    return find(list, outside, ret) || find(list, without_manner(a, outside), ret);
}
