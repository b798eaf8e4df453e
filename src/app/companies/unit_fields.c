#include "app/companies/unit_fields.h"

#include "base/text.h"
#include "base/utf8.h"
#include "domain/tax_no.h"
#include "domain/typed_day.h"

static void check_line(struct ctx *c, const char *field, struct str typed, int max, struct str *ret)
{
    struct str text = text_clean(c->arena, typed);
    if (!text_is_line(text) || utf8_count(text) > (size_t)max)
        problem_add(&c->problems, field, "最多 %d 个字，写成一行", max);
    else
        *ret = text;
}

static void check_tax_no(struct ctx *c, struct str typed, struct str credit_code, struct str *ret)
{
    char code[TAX_NO_MAX + 1];
    if (!tax_no_parse(typed, credit_code, code))
        problem_add(&c->problems, "tax_no", TAX_NO_WRONG);
    else
        *ret = arena_str(c->arena, str_from(code));
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
