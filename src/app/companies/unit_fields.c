#include "app/companies/unit_fields.h"

#include "base/text.h"
#include "base/utf8.h"
#include "domain/credit_code.h"
#include "domain/typed_code.h"
#include "domain/typed_day.h"

#define TAX_NO_MAX 20

static void check_line(struct ctx *c, const char *field, struct str typed, int max, struct str *ret)
{
    struct str text = text_clean(c->arena, typed);
    if (!text_is_line(text) || utf8_count(text) > (size_t)max)
        problem_add(&c->problems, field, "最多 %d 个字，写成一行", max);
    else
        *ret = text;
}

/* A 税号 of 18 characters is the credit code; of 15, 17 or 20 one from before. */
static bool tax_no_good(struct str text, struct str credit_code)
{
    char code[CREDIT_CODE_LENGTH + 1];
    if (text.n == CREDIT_CODE_LENGTH)
        return str_eq(text, credit_code) || credit_code_parse(text, false, code) == CREDIT_OK;
    bool plain = text.n == 15 || text.n == 17 || text.n == 20;
    for (size_t i = 0; i < text.n && plain; i++)
        plain = (text.p[i] >= '0' && text.p[i] <= '9') || (text.p[i] >= 'A' && text.p[i] <= 'Z');
    return plain;
}

static void check_tax_no(struct ctx *c, struct str typed, struct str credit_code, struct str *ret)
{
    char text[TAX_NO_MAX + 2];
    size_t n = typed_code(typed, text, sizeof text);
    struct str code = {text, n};
    if (n && (n >= sizeof text || !tax_no_good(code, credit_code)))
        problem_add(
            &c->problems, "tax_no",
            "税号不对：18 位的是统一社会信用代码，请逐位核对（最后一位是校验码）；老税号 15、17 或 20 位");
    else
        *ret = arena_str(c->arena, code);
}

static void check_valid_to(struct ctx *c, struct str typed, struct day *ret)
{
    struct day day = DAY_NONE;
    if (str_trim(typed).n && !typed_day(typed, &day))
        problem_add(&c->problems, "unit_valid_to", "没有这样的日期，" TYPED_DAY_HOW);
    else
        *ret = day;
}

void unit_check(struct ctx *c, const struct unit_input *in, const struct company_full *old,
                struct str credit_code, struct unit_checked *ret)
{
    struct unit_checked k = {old->unit_valid_to, str_or_empty(old->unit_level), str_or_empty(old->title),
                             str_or_empty(old->tax_no)};
    if (in->unit_valid_to.p) check_valid_to(c, in->unit_valid_to, &k.unit_valid_to);
    if (in->unit_level.p) check_line(c, "unit_level", in->unit_level, UNIT_LEVEL_MAX, &k.unit_level);
    if (in->title.p) check_line(c, "title", in->title, UNIT_TITLE_MAX, &k.title);
    if (in->tax_no.p) check_tax_no(c, in->tax_no, credit_code, &k.tax_no);
    *ret = k;
}

bool unit_lapsed(const struct company_full *company, struct day today)
{
    return day_is(company->unit_valid_to) && day_cmp(company->unit_valid_to, today) < 0;
}
