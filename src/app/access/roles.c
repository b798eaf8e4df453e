#include "app/access/roles.h"

static const struct role_word ROLES[] = {
    {"membership", "会员管理", ROLE_MEMBERSHIP, false},
    {"finance", "财务", ROLE_FINANCE, false},
    {"training", "培训", ROLE_TRAINING, false},
    {"content", "通知资料", ROLE_CONTENT, false},
    {"viewer", "查看", ROLE_VIEWER, false},
    {"system", "系统管理员", ROLE_SYSTEM, true},
    {"security", "安全管理员", ROLE_SECURITY, true},
    {"auditor", "审计员", ROLE_AUDITOR, true},
};
#define N_ROLES (sizeof ROLES / sizeof *ROLES)

const struct role_word *role_at(size_t i)
{
    return i < N_ROLES ? &ROLES[i] : NULL;
}

bool roles_parse(struct str words, unsigned *ret)
{
    unsigned roles = 0;
    bool alone = false;
    struct str word;
    for (bool more = true; more;) {
        more = str_cut(words, ',', &word, &words);
        size_t i = 0;
        while (i < N_ROLES && !str_eq(str_trim(word), str_from(ROLES[i].word)))
            i++;
        if (i == N_ROLES) return false;
        roles |= ROLES[i].role;
        alone |= ROLES[i].alone;
    }
    if (alone && (roles & (roles - 1))) return false;
    *ret = roles;
    return true;
}

struct str roles_text(struct arena *a, unsigned roles)
{
    struct str text = STR("");
    for (size_t i = 0; i < N_ROLES; i++)
        if (roles & ROLES[i].role)
            text = arena_fmt(a, "%.*s%s%s", STR_ARG(text), text.n ? "、" : "", ROLES[i].label);
    return text;
}
