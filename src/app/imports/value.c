#include "app/imports/value.h"

#include "app/imports/day_cell.h"
#include "base/text.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "domain/credit_code.h"
#include "domain/id_number.h"
#include "domain/import_word.h"
#include "domain/person.h"
#include "domain/tax_no.h"
#include "domain/typed_code.h"
#include "domain/typed_day.h"

#include <ctype.h>
#include <string.h>

#define UNIT_MIN      4  /* characters of a company's name */
#define SHOWN_MOST    60 /* bytes of a value in a sentence */
#define COUNT_MOST    99 /* years paid */
#define HAN_JOINED    4  /* characters of a Chinese name that blanks only align */
#define LOST_EXPONENT 9  /* from here on a spreadsheet shows numbers of people and telephones so */
#define FIRST_YEAR    1900
#define LAST_YEAR     2199
#define TO_TEXT       "请把这一列设为“文本”格式后重新填写"

void value_finding(struct value_reading *r, const char *field, const char *code, enum import_weight weight,
                   const char *format, ...)
{
    va_list args;
    struct import_finding *finding = ARENA_PUSH(r->arena, &r->row->findings);
    va_start(args, format);
    *finding = (struct import_finding){field, code, weight, arena_vfmt(r->arena, format, args)};
    va_end(args);
    r->row->refused |= weight == IMPORT_REFUSED;
    r->row->open |= weight == IMPORT_OPEN;
    r->row->incomplete |= weight == IMPORT_MISSING;
}

/* One cell of one field under way. */
struct value_cell {
    struct value_reading *r;
    const struct import_field *field;
    const struct table_cell *cell;
    struct str plain;
    struct str *ret;
};

static void refuse(const struct value_cell *v, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void refuse(const struct value_cell *v, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct str text = arena_vfmt(v->r->arena, format, args);
    va_end(args);
    value_finding(v->r, v->field->name, code, IMPORT_REFUSED, "%.*s", STR_ARG(text));
}

/* As a sentence quotes it. */
static struct str shown(const struct value_cell *v)
{
    return utf8_clip(v->plain, SHOWN_MOST);
}

/* '620112: an apostrophe that keeps a number a text; before anything else it belongs to what is said. */
static bool is_number(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!s.p[i] || !strchr("0123456789Xx.-/ ", s.p[i])) return false;
    return s.n > 0;
}

/* ="0931": how some programs keep a text a text. '=1+1: what guards against formulas (media/csv.h). */
static struct str unwrapped(struct str s)
{
    static const struct str GUARDED[] = {STR_INIT("'="),  STR_INIT("'+"),  STR_INIT("'-"),  STR_INIT("'@"),
                                         STR_INIT("'＝"), STR_INIT("'＋"), STR_INIT("'－"), STR_INIT("'＠")};
    if (s.n > 3 && str_starts(s, STR("=\"")) && s.p[s.n - 1] == '"') return str_sub(s, 2, s.n - 3);
    for (size_t i = 0; i < sizeof GUARDED / sizeof *GUARDED; i++)
        if (str_starts(s, GUARDED[i])) return str_sub(s, 1, s.n);
    return str_starts(s, STR("'")) && is_number(str_sub(s, 1, s.n)) ? str_sub(s, 1, s.n) : s;
}

static bool breaks_line(char c)
{
    return c == '\n' || c == '\r' || c == '\t';
}

/* Blanks for what breaks lines. */
static struct str one_line(struct arena *a, struct str s)
{
    char *p = NULL;
    for (size_t i = 0; i < s.n; i++) {
        if (!breaks_line(s.p[i])) continue;
        if (!p) p = arena_cstr(a, s);
        p[i] = ' ';
    }
    return p ? (struct str){p, s.n} : s;
}

struct str value_plain(struct arena *a, const struct table_cell *cell)
{
    return text_clean(a, one_line(a, unwrapped(str_trim(cell->text))));
}

/* What people write where there is nothing. */
static bool is_nothing(const struct import_field *f, struct str plain)
{
    static const struct str NOTHINGS[] = {STR_INIT("/"), STR_INIT("\\"), STR_INIT("-"),  STR_INIT("--"),
                                          STR_INIT("—"), STR_INIT("——"), STR_INIT("／"), STR_INIT("、")};
    static const struct str WORDS[] = {STR_INIT("无"), STR_INIT("暂无"), STR_INIT("没有")};
    bool says_none = strcmp(f->name, "title_level") == 0;
    for (size_t i = 0; i < sizeof NOTHINGS / sizeof *NOTHINGS; i++)
        if (str_eq(plain, NOTHINGS[i])) return !says_none;
    if (says_none || strcmp(f->name, "title_specialty") == 0 || f->form == IMPORT_NAME) return false;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (str_eq(plain, WORDS[i])) return true;
    return false;
}

/* 6.20112E+17, as a text file has it: digits that are gone. A short one may be a name: 6E5. */
static bool is_scientific(struct str s)
{
    size_t i = 0;
    int64_t exponent;
    while (i < s.n && (isdigit((unsigned char)s.p[i]) || s.p[i] == '.'))
        i++;
    if (i == 0 || i + 1 >= s.n || (s.p[i] != 'E' && s.p[i] != 'e')) return false;
    i += s.p[i + 1] == '+' ? 2 : 1;
    return str_int(str_sub(s, i, s.n), &exponent) && exponent >= LOST_EXPONENT;
}

static bool is_lost(const struct value_cell *v)
{
    return v->cell->rounded || is_scientific(v->plain);
}

static void refuse_lost(const struct value_cell *v)
{
    refuse(v, "id_lost", "“%.*s”被表格软件改成了数字，后几位已经丢失，" TO_TEXT, STR_ARG(shown(v)));
}

static void read_fifteen(const struct value_cell *v)
{
    struct id_number id;
    enum id_error wrong = id_number_upgrade(v->plain, v->r->today, &id);
    if (wrong) {
        refuse(v, "fifteen", "15 位旧身份证号不对：%s", id_error_text(wrong));
        return;
    }
    *v->ret = arena_str(v->r->arena, str_from(id.text));
    value_finding(v->r, v->field->name, "fifteen", IMPORT_OPEN,
                  "15 位旧身份证号，已换算为 18 位，请按本人现在的身份证核对");
}

static void read_id_number(const struct value_cell *v)
{
    struct id_number id;
    char code[ID_NUMBER_LENGTH + 2];
    enum id_error wrong = id_number_parse(v->plain, v->r->today, &id);
    size_t n = typed_code(v->plain, code, sizeof code);
    if (wrong == ID_OK) {
        *v->ret = arena_str(v->r->arena, str_from(id.text));
    } else if (wrong == ID_FIFTEEN) {
        read_fifteen(v);
    } else if (n == ID_NUMBER_LENGTH && str_ends(str_from(code), STR("000"))) {
        refuse_lost(v);
    } else {
        refuse(v, wrong == ID_FIFTEEN_FOREIGN ? "fifteen" : "id_check", "%s", id_error_text(wrong));
    }
}

static bool is_han(uint32_t c)
{
    return unicode_classes(c) & UNICODE_HAN;
}

/* 张 三: blanks that only align. In a long name they may stand for its dot: that is asked about. */
static struct str joined(struct arena *a, struct str name)
{
    struct runes r = runes_of(a, name);
    size_t n = 0, han = 0;
    for (size_t i = 0; i < r.n; i++) {
        if (r.p[i] == ' ') continue;
        if (!is_han(r.p[i])) return name;
        han++;
    }
    if (han > HAN_JOINED) return name;
    for (size_t i = 0; i < r.n; i++)
        if (r.p[i] != ' ') r.p[n++] = r.p[i];
    r.n = n;
    return runes_str(a, &r);
}

/* What a check of forms found. */
static void hand_over(const struct value_cell *v, const struct problems *ps)
{
    for (size_t i = 0; i < ps->n; i++)
        refuse(v, "value", "%.*s", STR_ARG(ps->p[i].text));
}

static void read_name(const struct value_cell *v)
{
    struct problems ps = {.arena = v->r->arena};
    if (!person_name(&ps, joined(v->r->arena, v->plain), v->ret)) hand_over(v, &ps);
}

static void read_phone(const struct value_cell *v)
{
    struct problems ps = {.arena = v->r->arena};
    if (!person_phone(&ps, v->plain, v->ret)) hand_over(v, &ps);
}

static void read_word(const struct value_cell *v, const struct import_words *list)
{
    if (import_word_read(v->r->arena, list, v->plain, v->ret)) return;
    refuse(v, "value", "%s“%.*s”不认识，请写：%s", v->field->word, STR_ARG(shown(v)), list->hint);
}

static bool read_line(const struct value_cell *v, size_t min, size_t max)
{
    size_t n = utf8_count(v->plain);
    if (!text_is_line(v->plain))
        refuse(v, "value", "%s中有不能显示的字符，请删除后重新填写", v->field->word);
    else if (n > max)
        refuse(v, "value", "%s最多 %zu 个字", v->field->word, max);
    else if (n < min)
        refuse(v, "value", "%s请写全称，至少 %zu 个字", v->field->word, min);
    else
        *v->ret = arena_str(v->r->arena, v->plain);
    return v->ret->n > 0;
}

static void read_credit(const struct value_cell *v)
{
    char code[CREDIT_CODE_LENGTH + 1];
    enum credit_error wrong = credit_code_parse(v->plain, true, code);
    if (wrong) {
        refuse(v, "value", "%s", credit_error_text(wrong));
        return;
    }
    *v->ret = arena_str(v->r->arena, str_from(code));
    if (credit_code_check(code) != code[CREDIT_CODE_LENGTH - 1])
        value_finding(v->r, v->field->name, "credit_check", IMPORT_OPEN, "%s，请按营业执照核对",
                      credit_error_text(CREDIT_CHECK));
}

static void read_tax_no(const struct value_cell *v)
{
    char code[TAX_NO_MAX + 1];
    if (tax_no_parse(v->plain, import_value(v->r->kind, v->r->row, "credit_code"), code))
        *v->ret = arena_str(v->r->arena, str_from(code));
    else
        refuse(v, "value", "%s", TAX_NO_WRONG);
}

static bool is_possible(const struct value_cell *v, struct day day)
{
    if (day.year >= FIRST_YEAR && day.year <= LAST_YEAR) return true;
    refuse(v, "value", "%s“%.*s”不像是对的，请核对", v->field->word, STR_ARG(shown(v)));
    return false;
}

/* A month, or a whole day, or either. */
static void read_day(const struct value_cell *v, bool day_needed, bool month_wanted)
{
    struct day day;
    struct arena *a = v->r->arena;
    enum day_read read = day_cell(v->cell, v->plain, &day);
    switch (read) {
    case DAY_UNREAD:
        refuse(v, "value", "%s“%.*s”看不懂，" TYPED_DAY_HOW, v->field->word, STR_ARG(shown(v)));
        return;
    case DAY_TWO_MONTHS:
        refuse(v, "value", "%s“%.*s”可能是 1 月，也可能是 10 月，请写成 %.4s-01 或 %.4s-10", v->field->word,
               STR_ARG(shown(v)), v->plain.p, v->plain.p);
        return;
    case DAY_READ_MONTH:
        if (day_needed) {
            refuse(v, "value", "%s“%.*s”没有写到哪一日，" TYPED_DAY_HOW, v->field->word, STR_ARG(shown(v)));
            return;
        }
        break;
    case DAY_READ:
        break;
    }
    if (!is_possible(v, day)) return;
    bool whole = read == DAY_READ && !month_wanted;
    *v->ret = whole ? day_str(a, day) : arena_fmt(a, "%04d-%02d", day.year, day.month);
}

static struct str *value_of(struct value_reading *r, const char *field)
{
    int at = import_field_at(r->kind, field);
    return at < 0 ? NULL : &r->row->value[at];
}

/* Its own columns go before it. */
static void fill(struct value_reading *r, const char *field, struct day day)
{
    struct str *value = value_of(r, field);
    if (value && !value->n) *value = day_str(r->arena, day);
}

static void read_range(const struct value_cell *v)
{
    struct day first, last;
    if (day_range(v->plain, &first, &last)) {
        if (!is_possible(v, first) || !is_possible(v, last)) return;
        fill(v->r, "period_start", first);
        fill(v->r, "period_end", last);
        return;
    }
    struct str end = STR("");
    read_day(&(struct value_cell){v->r, v->field, v->cell, v->plain, &end}, true, false);
    if (end.n && day_parse(end, &last)) fill(v->r, "period_end", last);
}

static void read_count(const struct value_cell *v)
{
    int64_t n;
    struct str s = v->plain;
    if (str_ends(s, STR("年"))) s = str_sub(s, 0, s.n - strlen("年"));
    if (typed_int(s, &n) && n >= 0 && n <= COUNT_MOST)
        *v->ret = arena_fmt(v->r->arena, "%d", (int)n);
    else
        refuse(v, "value", "%s“%.*s”不对，请写 0 到 %d 的整数", v->field->word, STR_ARG(shown(v)),
               COUNT_MOST);
}

static void read_person(const struct value_cell *v)
{
    struct problems ps = {.arena = v->r->arena};
    const struct person_field *f = person_field(v->field->name);
    const struct import_words *list = import_words(v->field->name);
    struct str typed = v->plain;
    if (list) {
        read_word(v, list);
        return;
    }
    if (f->kind == PERSON_MONTH) {
        read_day(v, false, true);
        typed = *v->ret;
        if (!typed.n) return;
    }
    *v->ret = STR("");
    if (!person_field_check(&ps, f, typed, v->r->today, v->ret)) hand_over(v, &ps);
}

static void read_form(const struct value_cell *v)
{
    switch (v->field->form) {
    case IMPORT_NAME:
        read_name(v);
        break;
    case IMPORT_ID_NUMBER:
        read_id_number(v);
        break;
    case IMPORT_UNIT:
        read_line(v, UNIT_MIN, v->field->max);
        break;
    case IMPORT_CREDIT:
        read_credit(v);
        break;
    case IMPORT_TAX:
        read_tax_no(v);
        break;
    case IMPORT_PERSON:
        read_person(v);
        break;
    case IMPORT_PHONE:
        read_phone(v);
        break;
    case IMPORT_TEXT:
        read_line(v, 1, v->field->max);
        break;
    case IMPORT_SEX:
    case IMPORT_STATE:
    case IMPORT_YES:
        read_word(v, import_words(v->field->name));
        break;
    case IMPORT_DAY:
        read_day(v, true, false);
        break;
    case IMPORT_DAY_MONTH:
        read_day(v, false, false);
        break;
    case IMPORT_RANGE:
        read_range(v);
        break;
    case IMPORT_COUNT:
        read_count(v);
        break;
    case IMPORT_NOTHING:
        break;
    }
}

void value_read(struct value_reading *r, size_t field, const struct table_cell *cell)
{
    const struct import_field *f = &import_fields(r->kind).p[field];
    struct value_cell v = {r, f, cell, STR(""), &r->row->value[field]};
    if (!cell || cell->kind == CELL_NONE || f->form == IMPORT_NOTHING) return;
    if (cell->kind == CELL_ERROR) {
        refuse(&v, "formula_error", "%s是没有结果的公式（%.*s），请改为内容本身", f->word,
               STR_ARG(utf8_clip(cell->text, SHOWN_MOST)));
        return;
    }
    v.plain = value_plain(r->arena, cell);
    if (!v.plain.n || is_nothing(f, v.plain)) return;
    if (is_lost(&v))
        refuse_lost(&v);
    else
        read_form(&v);
}

static bool is_told_of(const struct value_reading *r, const char *field)
{
    for (size_t i = 0; i < r->row->findings.n; i++)
        if (strcmp(r->row->findings.p[i].field, field) == 0) return true;
    return false;
}

/* Known by another column. */
static bool is_known_otherwise(struct value_reading *r, const char *field)
{
    struct str *code = strcmp(field, "company") == 0 ? value_of(r, "company_code") : NULL;
    return code && code->n;
}

static void look_for_missing(struct value_reading *r)
{
    struct import_fields fields = import_fields(r->kind);
    for (size_t i = 0; i < fields.n; i++) {
        const struct import_field *f = &fields.p[i];
        if (r->row->value[i].n || f->need == IMPORT_MAY || is_told_of(r, f->name)) continue;
        if (is_known_otherwise(r, f->name) || (f->form == IMPORT_DAY && is_told_of(r, "period"))) continue;
        if (f->need == IMPORT_MUST)
            value_finding(r, f->name, "missing", IMPORT_REFUSED, "缺少%s", f->word);
        else
            value_finding(r, f->name, "missing", IMPORT_MISSING, "待补：%s", f->word);
    }
}

/* Sex and birth date follow from the number. */
static void compare_with_number(struct value_reading *r)
{
    struct id_number id;
    struct str *number = value_of(r, "id_number"), *sex = value_of(r, "sex"), *born = value_of(r, "born");
    if (!number || !sex || !born || id_number_parse(*number, r->today, &id) != ID_OK) return;
    if (sex->n && sex->p[0] != (id.sex == SEX_MALE ? '1' : '2'))
        value_finding(r, "sex", "sex", IMPORT_REFUSED, "性别与身份证号不符，请核对");
    if (born->n && !str_starts(day_str(r->arena, id.born), *born))
        value_finding(r, "born", "born", IMPORT_REFUSED, "出生日期与身份证号不符，请核对");
}

static void compare_days(struct value_reading *r)
{
    struct day first, last;
    struct str *start = value_of(r, "period_start"), *end = value_of(r, "period_end");
    if (!start || !end || !day_parse(*start, &first) || !day_parse(*end, &last)) return;
    if (day_cmp(first, last) > 0)
        value_finding(r, "period_end", "value", IMPORT_REFUSED, "有效期的结束早于开始，请核对");
}

void value_compare(struct value_reading *r)
{
    look_for_missing(r);
    compare_with_number(r);
    compare_days(r);
}
