#include "app/imports/template.h"

#include "domain/import_word.h"
#include "domain/person_field.h"
#include "media/form_sheet.h"

#include <string.h>

#define CHOICES_MOST 16

/* What stands in the line that shows how: nobody's. */
static const struct {
    const char *field, *example;
} EXAMPLES[] = {
    {"order", "示例"},
    {"name", "张三"},
    {"id_number", "11010519491231002X"},
    {"company", "甘肃示例监理有限公司"},
    {"company_code", "916200000000000004"},
    {"credit_code", "916200000000000004"},
    {"education", "本科"},
    {"school", "兰州交通大学"},
    {"major", "土木工程"},
    {"title_level", "工程师（中级）"},
    {"title_specialty", "建筑工程"},
    {"post", "专监"},
    {"started_on", "2012-07"},
    {"mobile", "13800000000"},
    {"qq", "10001"},
    {"email", "name@example.com"},
    {"address", "兰州市城关区庆阳路 1 号"},
    {"number", "GSJX-2019-000001"},
    {"joined_on", "2019-03-15"},
    {"period_start", "2019-03-15"},
    {"period_end", "2024-03-14"},
    {"approved_on", "2019-03-15"},
    {"document_no", "甘监协〔2019〕1号"},
    {"paid_years", "5"},
    {"state", "正式会员"},
    {"contact", "李四"},
    {"phone", "0931-8000000"},
    {"unit_level", "会员单位"},
    {"unit_valid_to", "2026-12-31"},
    {"title", "甘肃示例监理有限公司"},
    {"tax_no", "916200000000000004"},
    {"enabled", "启用"},
    {"remark", "本行是示例，导入时不读取"},
};

static struct str example_of(const struct import_field *f, enum import_kind kind)
{
    if (kind == IMPORT_COMPANY && strcmp(f->name, "name") == 0) return STR("甘肃示例监理有限公司");
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++)
        if (strcmp(EXAMPLES[i].field, f->name) == 0) return str_from(EXAMPLES[i].example);
    return STR("");
}

/* What is compared only, or said better by two columns, is understood, not asked for. */
static bool is_asked_for(const struct import_field *f)
{
    return f->form != IMPORT_SEX && f->form != IMPORT_RANGE && strcmp(f->name, "born") != 0;
}

static const char *how(const struct import_field *f)
{
    switch (f->form) {
    case IMPORT_ID_NUMBER:
        return "18 位，本列已设为文本，直接填写";
    case IMPORT_UNIT:
        return "单位全称";
    case IMPORT_CREDIT:
        return "18 位统一社会信用代码";
    case IMPORT_TAX:
        return "18 位统一社会信用代码；老税号 15、17 或 20 位";
    case IMPORT_DAY:
        return "年-月-日，如 2019-03-15";
    case IMPORT_DAY_MONTH:
        return "年-月-日，如 2019-03-15；只知道年月时写 2019-03";
    case IMPORT_COUNT:
        return "整数，如 5";
    case IMPORT_RANGE:
        return "开始至结束，如 2019-03-15至2024-03-14；只写一个日期时为结束";
    case IMPORT_PERSON:
        return strcmp(f->name, "started_on") == 0 ? "年-月，如 2012-07"
               : strcmp(f->name, "mobile") == 0   ? "11 位手机号"
                                                  : "";
    case IMPORT_NAME:
    case IMPORT_PHONE:
    case IMPORT_TEXT:
    case IMPORT_SEX:
    case IMPORT_STATE:
    case IMPORT_YES:
    case IMPORT_NOTHING:
        break;
    }
    return "";
}

static struct str with_commas(struct arena *a, const char *words)
{
    char *p = arena_cstr(a, str_from(words));
    struct str all = STR(""), word, rest = str_from(p);
    while (rest.n) {
        str_cut(rest, ' ', &word, &rest);
        all = arena_fmt(a, "%.*s%s%.*s", STR_ARG(all), all.n ? "、" : "", STR_ARG(word));
    }
    return all;
}

/* As the word of a list is shown: a code's label, else its first spelling. */
static const char *label_of(struct arena *a, const struct import_field *f, const struct import_word *w)
{
    struct str word, rest;
    const struct person_field *p = person_field(f->name);
    if (p && p->kind == PERSON_CODE) return person_shown(p, str_from(w->value)).p;
    str_cut(str_from(w->words), ' ', &word, &rest);
    return arena_cstr(a, word);
}

static char **choices_of(struct arena *a, const struct import_field *f)
{
    const struct import_words *list = import_words(f->name);
    if (!list) return NULL;
    char **choices = ARENA_ARRAY(a, CHOICES_MOST + 1, char *);
    for (size_t i = 0; i < list->n && i < CHOICES_MOST; i++)
        choices[i] = arena_cstr(a, str_from(label_of(a, f, &list->p[i])));
    return choices;
}

/* 本科：大学本科、大学…； and how it is written. */
static struct str words_of(struct arena *a, const struct import_field *f)
{
    const struct import_words *list = import_words(f->name);
    struct str all = str_from(how(f));
    for (size_t i = 0; list && i < list->n; i++)
        all = arena_fmt(a, "%.*s%s%s：%.*s", STR_ARG(all), all.n ? "\n" : "", label_of(a, f, &list->p[i]),
                        STR_ARG(with_commas(a, list->p[i].words)));
    return all;
}

static struct str need_of(const struct import_field *f)
{
    switch (f->need) {
    case IMPORT_MUST:
        return STR("必填");
    case IMPORT_LATER:
        return STR("可待补");
    case IMPORT_MAY:
        break;
    }
    return f->form == IMPORT_NOTHING ? STR("不读取") : STR("选填");
}

static struct form_column column_of(struct arena *a, enum import_kind kind, const struct import_field *f)
{
    struct str title = str_from(f->word);
    const struct person_field *p = person_field(f->name);
    return (struct form_column){
        .title = title,
        .width = f->form == IMPORT_NOTHING     ? 8
                 : f->form == IMPORT_ID_NUMBER ? 22
                 : p && p->column              ? p->column
                                               : 18,
        .required = f->need == IMPORT_MUST,
        .prompt = str_from(how(f)),
        .choices = choices_of(a, f),
        .example = example_of(f, kind),
    };
}

/* The column of the numbers comes first, as people expect it, and says which line is the example. */
static size_t columns_of(struct arena *a, enum import_kind kind, struct form_column *ret)
{
    struct import_fields fields = import_fields(kind);
    size_t n = 0;
    ret[n++] = column_of(a, kind, &fields.p[import_field_at(kind, "order")]);
    for (size_t i = 0; i < fields.n; i++)
        if (fields.p[i].form != IMPORT_NOTHING && is_asked_for(&fields.p[i]))
            ret[n++] = column_of(a, kind, &fields.p[i]);
    return n;
}

enum status import_template(struct arena *a, struct fault *f, enum import_kind kind, const char *path)
{
    struct form_column columns[IMPORT_FIELDS_MAX];
    struct form_help_line help[IMPORT_FIELDS_MAX];
    struct import_fields fields = import_fields(kind);
    for (size_t i = 0; i < fields.n; i++)
        help[i] = (struct form_help_line){str_from(fields.p[i].word), need_of(&fields.p[i]),
                                          with_commas(a, fields.p[i].synonyms), words_of(a, &fields.p[i])};
    const char *label = import_kind_label(kind);
    struct form_sheet form = {
        .name = arena_fmt(a, "%s", label),
        .title = arena_fmt(a,
                           "%s导入模板：从“示例”下面一行填起，一行一条；带 * 的必须填写，其余可以以后再补。"
                           "列的顺序可以变，不用的列可以删；能认得的表头和写法见第二张表。",
                           label),
        .columns = columns,
        .column_count = columns_of(a, kind, columns),
        .help_name = STR("填写说明"),
        .help = help,
        .help_count = fields.n,
    };
    return form_sheet_write(a, f, path, &form);
}
