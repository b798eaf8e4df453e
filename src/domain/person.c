#include "domain/person.h"

#include "base/text.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "domain/typed_code.h"
#include "domain/typed_day.h"

#include <string.h>

enum {
    MIDDLE_DOT = 0x00B7,
    MOBILE_DIGITS = 11,
    QQ_MIN = 5,
    QQ_MAX = 11,
    CODE_SIZE = 32,
    PHONE_DIGITS_MIN = 5
};

static const char BLANK_FAULT[] = "姓名中间不要加空格（外文姓名的单词之间可以有一个空格）",
                  DOT_FAULT[] = "姓名中的间隔号“·”只能在两个字之间，且只写一个",
                  SIGN_FAULT[] = "姓名中的撇号和连字符只能在外文姓名的两个字母之间，如 O'Brien、Jean-Luc",
                  OTHER_FAULT[] = "姓名只能用汉字、字母和间隔号“·”，外文姓名还可以有撇号和连字符";

/* What a company says about itself in the same kinds of text. */
static const struct person_field OF_COMPANIES[] = {
    {.name = "contact", .word = "联系人", .max = 50},
    {.name = "phone", .word = "电话", .max = 30},
};

static const struct person_field *field_of(const char *name)
{
    for (size_t i = 0; i < sizeof OF_COMPANIES / sizeof *OF_COMPANIES; i++)
        if (strcmp(OF_COMPANIES[i].name, name) == 0) return &OF_COMPANIES[i];
    return person_field(name);
}

static bool is(uint32_t c, unsigned classes)
{
    return (unicode_classes(c) & classes) != 0;
}

/* Marks that a name may hold as one of their kind; what punctuates nothing stays. */
static uint32_t fold_mark(uint32_t c)
{
    if (is(c, UNICODE_DOT)) return MIDDLE_DOT;
    if (is(c, UNICODE_APOSTROPHE)) return '\'';
    return is(c, UNICODE_DASH) ? '-' : c;
}

/* One blank where there were several, none beside a dot of a Chinese name. */
static void fold_name(struct runes *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        uint32_t c = fold_mark(r->p[i]), before = n ? r->p[n - 1] : 0;
        bool behind_han = n > 1 && is(r->p[n - 2], UNICODE_HAN);
        if (c == ' ' && (before == ' ' || (before == MIDDLE_DOT && behind_han))) continue;
        if (c == MIDDLE_DOT && before == ' ' && behind_han) n--;
        r->p[n++] = c;
    }
    r->n = n;
}

/* What is wrong with a character of a name, seen between its neighbours (0 at the ends); NULL if nothing. An
 * accent belongs to its letter. */
static const char *name_fault(uint32_t before, uint32_t c, uint32_t after)
{
    bool behind_latin = is(before, UNICODE_LATIN | UNICODE_MARK), before_latin = is(after, UNICODE_LATIN);
    bool behind_letter = behind_latin || is(before, UNICODE_HAN),
         before_letter = is(after, UNICODE_LATIN | UNICODE_HAN);
    if (is(c, UNICODE_LATIN | UNICODE_HAN) || (is(c, UNICODE_MARK) && behind_latin)) return NULL;
    switch (c) {
    case ' ':
        return (behind_latin && (before_latin || after == '\'')) ? NULL : BLANK_FAULT;
    case MIDDLE_DOT:
        return behind_letter && before_letter ? NULL : DOT_FAULT;
    case '\'':
        return (behind_latin || before == ' ') && before_latin ? NULL : SIGN_FAULT;
    case '-':
        return behind_latin && before_latin ? NULL : SIGN_FAULT;
    default:
        return OTHER_FAULT;
    }
}

static const char *first_fault(const struct runes *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const char *fault = name_fault(i ? r->p[i - 1] : 0, r->p[i], i + 1 < r->n ? r->p[i + 1] : 0);
        if (fault) return fault;
    }
    return NULL;
}

static bool refuse(struct problems *ps, const char *field, const char *text)
{
    problem_add(ps, field, "%s", text);
    return false;
}

static bool accept(struct problems *ps, struct str value, struct str *ret)
{
    *ret = arena_str(ps->arena, value.n ? value : STR(""));
    return true;
}

static bool short_enough(struct problems *ps, const struct person_field *f, struct str s)
{
    if (utf8_count(s) <= f->max) return true;
    problem_add(ps, f->name, "%s最多 %zu 个字", f->word, f->max);
    return false;
}

bool person_name(struct problems *ps, struct str typed, struct str *ret)
{
    struct str s = text_clean(ps->arena, typed);
    if (s.n == 0) return refuse(ps, "name", "请填写姓名");
    struct runes name = runes_of(ps->arena, s);
    fold_name(&name);
    s = runes_str(ps->arena, &name);
    if (!short_enough(ps, person_field("name"), s)) return false;
    const char *fault = first_fault(&name);
    if (fault) return refuse(ps, "name", fault);
    if (name.n < PERSON_NAME_MIN) return refuse(ps, "name", "姓名至少 2 个字，请填写全名");
    return accept(ps, s, ret);
}

static bool all_digits(const char *text)
{
    return strspn(text, "0123456789") == strlen(text);
}

bool mobile_read(struct str typed, char ret[MOBILE_SIZE])
{
    static const char *const PREFIXES[] = {"+86", "0086", "86", "0"};
    char text[CODE_SIZE], digits[CODE_SIZE];
    size_t n = 0;
    if (typed_code(typed, text, sizeof text) >= sizeof text) return false;
    for (const char *p = text; *p; p++)
        if (!strchr("().", *p)) digits[n++] = *p;
    digits[n] = '\0';
    const char *number = digits;
    for (size_t i = 0; i < sizeof PREFIXES / sizeof *PREFIXES && n > MOBILE_DIGITS && number == digits; i++) {
        size_t prefix = strlen(PREFIXES[i]);
        if (n == MOBILE_DIGITS + prefix && strncmp(digits, PREFIXES[i], prefix) == 0) number += prefix;
    }
    if (strlen(number) != MOBILE_DIGITS || !all_digits(number) || number[0] != '1' || number[1] < '3')
        return false;
    memcpy(ret, number, MOBILE_SIZE);
    return true;
}

/* Blanks and what draws nothing fill in nothing. */
static bool is_empty(struct problems *ps, struct str typed)
{
    return text_clean(ps->arena, typed).n == 0;
}

bool person_mobile(struct problems *ps, struct str typed, struct str *ret)
{
    char text[MOBILE_SIZE];
    if (is_empty(ps, typed)) return accept(ps, STR(""), ret);
    if (!mobile_read(typed, text))
        return refuse(ps, "mobile", "请填写 11 位手机号码，以 1 开头，如 13812345678");
    return accept(ps, str_from(text), ret);
}

bool person_qq(struct problems *ps, struct str typed, struct str *ret)
{
    char text[QQ_MAX + 2];
    size_t n = typed_code(typed, text, sizeof text);
    if (is_empty(ps, typed)) return accept(ps, STR(""), ret);
    bool good = n >= QQ_MIN && n <= QQ_MAX && all_digits(text) && text[0] != '0';
    if (!good) return refuse(ps, "qq", "QQ 号应为 5 至 11 位数字，不以 0 开头");
    return accept(ps, str_from(text), ret);
}

static bool all_of(struct str s, const char *more)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!alphanumeric && (c == '\0' || strchr(more, c) == NULL)) return false;
    }
    return s.n > 0;
}

static bool dots_between(struct str s)
{
    return !str_starts(s, STR(".")) && !str_ends(s, STR(".")) && !str_find(s, STR(".."), NULL);
}

/* As it is meant where the keyboard writes Chinese: ＠ 。 ． － are @ . . -, no blank beside @ and dots. */
static struct str email_plain(struct arena *a, struct str typed)
{
    struct runes r = runes_of(a, text_clean(a, typed));
    r = runes_decompose(a, &r, true);
    size_t n = 0;
    for (size_t i = 0; i < r.n; i++) {
        uint32_t c = r.p[i] == U'。'            ? '.'
                     : is(r.p[i], UNICODE_DASH) ? '-'
                                                : r.p[i],
                 before = n ? r.p[n - 1] : 0;
        if (c == ' ' && (before == '@' || before == '.')) continue;
        while ((c == '@' || c == '.') && n && r.p[n - 1] == ' ')
            n--;
        r.p[n++] = c;
    }
    r.n = n;
    return runes_str(a, &r);
}

bool person_email(struct problems *ps, struct str typed, struct str *ret)
{
    struct str s = email_plain(ps->arena, typed), local, domain;
    if (s.n == 0) return accept(ps, STR(""), ret);
    bool good = str_cut(s, '@', &local, &domain) && all_of(local, ".!#$%&'*+-/=?^_`{|}~") &&
                all_of(domain, ".-") && dots_between(local) && dots_between(domain) &&
                str_find(domain, STR("."), NULL) && s.n <= person_field("email")->max;
    if (!good) return refuse(ps, "email", "电子邮箱格式不对，应如 name@example.com，只填一个");
    return accept(ps, s, ret);
}

bool person_text(struct problems *ps, const char *field, struct str typed, struct str *ret)
{
    const struct person_field *f = field_of(field);
    struct str s = text_clean(ps->arena, typed);
    if (!text_is_line(s)) {
        problem_add(ps, field, "%s中有不能显示的字符，请删除后重新填写", f->word);
        return false;
    }
    return short_enough(ps, f, s) && accept(ps, s, ret);
}

static bool check_code(struct problems *ps, const struct person_field *f, struct str typed, struct str *ret)
{
    int value;
    if (!code_parse(*f->codes, typed, &value)) return refuse(ps, f->name, f->missing);
    *ret = arena_fmt(ps->arena, "%d", value);
    return true;
}

static bool check_word(struct problems *ps, const struct person_field *f, struct str typed, struct str *ret)
{
    struct str s = str_trim(typed);
    for (size_t i = 0; i < f->words->n && s.n; i++)
        if (str_eq(s, str_from(f->words->p[i]))) return accept(ps, s, ret);
    if (!s.n) return accept(ps, STR(""), ret);
    problem_add(ps, f->name, "请从列表中选择%s", f->word);
    return false;
}

static bool check_month(struct problems *ps, const struct person_field *f, struct str typed, struct day today,
                        struct str *ret)
{
    struct day day;
    if (!typed_month(typed, &day)) return refuse(ps, f->name, f->missing);
    if (day_cmp(day, today) > 0) return refuse(ps, f->name, "开始做监理的年月不能晚于今天");
    if (day.year < PERSON_FIRST_YEAR) return refuse(ps, f->name, "请核对开始做监理的年份");
    *ret = arena_fmt(ps->arena, "%04d-%02d", day.year, day.month);
    return true;
}

bool person_field_check(struct problems *ps, const struct person_field *f, struct str typed, struct day today,
                        struct str *ret)
{
    switch (f->kind) {
    case PERSON_NAME:
        return person_name(ps, typed, ret);
    case PERSON_TEXT:
        return person_text(ps, f->name, typed, ret);
    case PERSON_CODE:
        return check_code(ps, f, typed, ret);
    case PERSON_WORD:
        return check_word(ps, f, typed, ret);
    case PERSON_MONTH:
        return check_month(ps, f, typed, today, ret);
    case PERSON_MOBILE:
        return person_mobile(ps, typed, ret);
    case PERSON_QQ:
        return person_qq(ps, typed, ret);
    case PERSON_EMAIL:
        return person_email(ps, typed, ret);
    case PERSON_EMPLOYER:
    case PERSON_PHOTO:
        break;
    }
    return true;
}

/* Digits and what may stand between them: (0931) 8123456 is 0931-8123456. */
static struct str join_phone(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool apart = strchr(" -()", s.p[i]) != NULL;
        if (!apart)
            out[n++] = s.p[i];
        else if (n && out[n - 1] != '-')
            out[n++] = '-';
    }
    while (n && out[n - 1] == '-')
        n--;
    return (struct str){out, n};
}

static size_t count_digits(struct str s, const char *more, bool *ret_only)
{
    size_t n = 0;
    bool only = true;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        n += digit;
        only &= digit || (s.p[i] && strchr(more, s.p[i]));
    }
    *ret_only = only;
    return n;
}

/* Half width, whatever the punctuation is. */
static struct str phone_plain(struct arena *a, struct str s)
{
    struct runes r = runes_of(a, s);
    for (size_t i = 0; i < r.n; i++)
        r.p[i] = is(r.p[i], UNICODE_DASH)    ? '-'
                 : is(r.p[i], UNICODE_OPEN)  ? '('
                 : is(r.p[i], UNICODE_CLOSE) ? ')'
                 : r.p[i] == U'＋'           ? '+'
                                             : r.p[i];
    return runes_str(a, &r);
}

bool person_phone(struct problems *ps, struct str typed, struct str *ret)
{
    char mobile[MOBILE_SIZE];
    bool only;
    struct str s;
    if (!person_text(ps, "phone", typed, &s)) return false;
    if (s.n == 0) return accept(ps, s, ret);
    s = phone_plain(ps->arena, s);
    if (count_digits(s, " -()+", &only) < PHONE_DIGITS_MIN)
        return refuse(ps, "phone", "请填写电话号码，如 0931-8123456 或 13812345678");
    if (!only) return accept(ps, s, ret);
    return accept(ps, mobile_read(s, mobile) ? str_from(mobile) : join_phone(ps->arena, s), ret);
}
