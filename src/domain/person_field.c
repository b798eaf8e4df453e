#include "domain/person_field.h"

#include "domain/mask.h"

#include <stddef.h>
#include <string.h>

#define FIELD(field) .name = #field, .at = offsetof(struct person_input, field)

const struct person_field person_fields[] = {
    {FIELD(name), .column = 12, .word = "姓名", .kind = PERSON_NAME, .group = PERSON_SELF, .always = true,
     .max = 50, .missing = "请填写姓名", .hint = "与身份证一致；少数民族姓名可用间隔号 ·"},
    {FIELD(education), .column = 8, .word = "学历", .kind = PERSON_CODE, .group = PERSON_EDUCATION,
     .always = true, .codes = &education_codes, .missing = "请选择学历"},
    {FIELD(school), .column = 20, .word = "毕业院校", .kind = PERSON_TEXT, .group = PERSON_EDUCATION,
     .max = 50, .required = REQUIRED_SCHOOL, .missing = "请填写毕业院校"},
    {FIELD(major), .column = 16, .word = "所学专业", .kind = PERSON_TEXT, .group = PERSON_EDUCATION,
     .max = 50, .required = REQUIRED_MAJOR, .missing = "请填写所学专业"},
    {FIELD(title_level), .column = 22, .word = "职称", .asked = "职称等级", .kind = PERSON_CODE,
     .group = PERSON_WORK, .always = true, .codes = &title_level_codes,
     .missing = "请选择职称级别，没有职称请选“无”"},
    {FIELD(title_specialty), .column = 14, .word = "职称专业", .kind = PERSON_TEXT, .group = PERSON_WORK,
     .max = 50, .required = REQUIRED_TITLE_SPECIALTY, .missing = "请填写职称专业，没有职称请填“无”"},
    {FIELD(post), .column = 10, .word = "岗位", .kind = PERSON_WORD, .group = PERSON_WORK,
     .words = &post_words, .required = REQUIRED_POST, .missing = "请选择岗位"},
    {FIELD(started_on), .column = 12, .word = "从事监理", .asked = "从哪年哪月开始做监理",
     .brief = "开始做监理", .hint = "从事监理及工程咨询工作的第一个月，从业时间从这里算起。",
     .kind = PERSON_MONTH, .group = PERSON_WORK, .always = true, .max = 12,
     .missing = "请填写从哪年哪月开始做监理，例如 2019-07"},
    {FIELD(company), .column = 32, .word = "工作单位", .kind = PERSON_EMPLOYER, .group = PERSON_WORK,
     .always = true, .missing = "请输入单位名称中的几个字，再从列出的单位中选择"},
    {FIELD(mobile), .column = 14, .word = "联系电话", .brief = "手机", .kind = PERSON_MOBILE,
     .group = PERSON_CONTACT, .max = 20 /* with +86 and hyphens */, .required = REQUIRED_MOBILE,
     .missing = "请填写本人手机号", .mask = mask_mobile, .hint = "个人手机号，11 位。"},
    {FIELD(qq), .column = 13, .word = "QQ 号", .brief = "QQ", .kind = PERSON_QQ, .group = PERSON_CONTACT,
     .max = 11, .required = REQUIRED_QQ, .missing = "请填写 QQ 号", .mask = mask_qq},
    {FIELD(email), .column = 24, .word = "电子邮箱", .brief = "邮箱", .kind = PERSON_EMAIL,
     .group = PERSON_CONTACT, .max = 254, .required = REQUIRED_EMAIL, .missing = "请填写电子邮箱",
     .mask = mask_email},
    {FIELD(address), .column = 32, .word = "通讯地址", .kind = PERSON_TEXT, .group = PERSON_CONTACT,
     .max = 100, .required = REQUIRED_ADDRESS, .missing = "请填写通讯地址（当前就职单位地址）", .wide = true,
     .hint = "当前就职单位地址。"},
    {.name = "photo",
     .word = "证件照",
     .brief = "照片",
     .kind = PERSON_PHOTO,
     .group = PERSON_PICTURE,
     .required = REQUIRED_PHOTO,
     .missing = "请上传一寸彩色白底免冠证件照"},
};
const size_t person_fields_n = sizeof person_fields / sizeof *person_fields;

const struct person_field *person_field(const char *name)
{
    for (size_t i = 0; i < person_fields_n; i++)
        if (strcmp(person_fields[i].name, name) == 0) return &person_fields[i];
    return NULL;
}

const char *person_field_brief(const struct person_field *f)
{
    return f->brief ? f->brief : f->word;
}

struct str *person_text_of(struct person_input *in, const struct person_field *f)
{
    return (struct str *)(void *)((char *)in + f->at);
}

struct str person_text_in(const struct person_input *in, const struct person_field *f)
{
    return *(const struct str *)(const void *)((const char *)in + f->at);
}

struct str person_shown(const struct person_field *f, struct str text)
{
    int value;
    if (f->kind != PERSON_CODE) return text;
    return code_parse(*f->codes, text, &value) ? str_from(code_label(*f->codes, value)) : STR("");
}
