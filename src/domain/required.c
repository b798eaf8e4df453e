#include "domain/required.h"

#include <string.h>

static const struct {
    enum required bit;
    const char *name, *text;
} FIELDS[] = {
    {REQUIRED_SCHOOL, "school", "请填写毕业院校"},
    {REQUIRED_MAJOR, "major", "请填写所学专业"},
    {REQUIRED_TITLE_SPECIALTY, "title_specialty", "请填写职称专业，没有职称请填“无”"},
    {REQUIRED_POST, "post", "请选择岗位"},
    {REQUIRED_ADDRESS, "address", "请填写通讯地址（当前就职单位地址）"},
    {REQUIRED_MOBILE, "mobile", "请填写本人手机号"},
    {REQUIRED_QQ, "qq", "请填写 QQ 号"},
    {REQUIRED_EMAIL, "email", "请填写电子邮箱"},
    {REQUIRED_PHOTO, "photo", "请上传一寸彩色白底免冠证件照"},
};
#define N_FIELDS (sizeof FIELDS / sizeof *FIELDS)

static unsigned bit_of(struct str name)
{
    for (size_t i = 0; i < N_FIELDS; i++)
        if (str_eq(name, str_from(FIELDS[i].name))) return FIELDS[i].bit;
    return 0;
}

unsigned required_bit(const char *field)
{
    return bit_of(str_from(field));
}

bool required_parse(struct str names, unsigned *ret, struct str *ret_unknown)
{
    unsigned set = 0;
    struct str name, rest = str_trim(names);
    for (bool more = rest.n > 0; more;) {
        more = str_cut(rest, ',', &name, &rest);
        unsigned bit = bit_of(str_trim(name));
        if (!bit) {
            *ret_unknown = str_trim(name);
            return false;
        }
        set |= bit;
    }
    *ret = set;
    return true;
}

void required_check(struct problems *ps, unsigned set, enum required field, bool filled)
{
    if (filled || !(set & field)) return;
    for (size_t i = 0; i < N_FIELDS; i++)
        if (FIELDS[i].bit == field && !problem_of(ps, str_from(FIELDS[i].name)).n)
            problem_add(ps, FIELDS[i].name, "%s", FIELDS[i].text);
}
