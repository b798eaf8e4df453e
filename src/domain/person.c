#include "domain/person.h"

#include "base/utf8.h"
#include "domain/typed_code.h"

#include <string.h>

enum { MIDDLE_DOT = 0x00B7, IDEOGRAPHIC_SPACE = 0x3000, MOBILE_DIGITS = 11, QQ_MIN = 5, QQ_MAX = 11 };

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

struct range {
    uint32_t from, to;
};

static bool in_ranges(uint32_t c, const struct range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (c >= ranges[i].from && c <= ranges[i].to) return true;
    }
    return false;
}

static bool is_latin(uint32_t c)
{
    static const struct range LATIN[] = {
        {'A', 'Z'}, {'a', 'z'}, {0x00C0, 0x00D6}, {0x00D8, 0x00F6}, {0x00F8, 0x024F}};
    return in_ranges(c, LATIN, sizeof LATIN / sizeof LATIN[0]);
}

static bool is_chinese(uint32_t c)
{
    static const struct range CHINESE[] = {
        {0x3007, 0x3007},   /* 〇 */
        {0x3400, 0x4DBF},   /* extension A */
        {0x4E00, 0x9FFF},   /* the common ones */
        {0xF900, 0xFAFF},   /* compatibility */
        {0x20000, 0x2FA1F}, /* extensions B to F, I, compatibility */
        {0x30000, 0x323AF}, /* extensions G and H */
    };
    return in_ranges(c, CHINESE, sizeof CHINESE / sizeof CHINESE[0]);
}

static uint32_t fold_dot(uint32_t c)
{
    switch (c) {
    case 0x2022: /* • */
    case 0x2027: /* ‧ */
    case 0x30FB: /* ・ */
    case 0xFF0E: /* ． */
        return MIDDLE_DOT;
    default:
        return c;
    }
}

/* ASCII and ideographic blanks off both ends. */
static struct str trim(struct str s)
{
    const struct str wide = STR("\u3000");
    for (;;) {
        struct str cut = str_trim(s);
        if (str_starts(cut, wide)) cut = str_sub(cut, wide.n, cut.n);
        if (str_ends(cut, wide)) cut = str_sub(cut, 0, cut.n - wide.n);
        if (cut.n == s.n) return cut;
        s = cut;
    }
}

/* What is wrong with a character of a name, seen between its neighbours (0 at the ends); NULL if nothing. */
static const char *name_fault(uint32_t before, uint32_t c, uint32_t after)
{
    if (is_latin(c) || is_chinese(c)) return NULL;
    if (c == ' ' || c == IDEOGRAPHIC_SPACE) {
        bool between_latin = c == ' ' && is_latin(before) && is_latin(after);
        return between_latin ? NULL : "姓名中间不要加空格（外文姓名的单词之间可以有一个空格）";
    }
    if (c == MIDDLE_DOT) {
        bool between_letters =
            (is_latin(before) || is_chinese(before)) && (is_latin(after) || is_chinese(after));
        return between_letters ? NULL : "姓名中的间隔号“·”只能在两个字之间，且只写一个";
    }
    return "姓名只能用汉字、字母和间隔号“·”";
}

/* Writes the name with its dots made one kind; the first fault, or NULL. */
static const char *normalise_name(struct str s, char *out, size_t *ret_n)
{
    size_t n = 0, at = 0;
    uint32_t before = 0, c = fold_dot(utf8_next(s, &at));
    for (bool last = false; !last;) {
        last = at == s.n;
        uint32_t after = last ? 0 : fold_dot(utf8_next(s, &at));
        const char *fault = name_fault(before, c, after);
        if (fault) return fault;
        n += utf8_put(c, out + n);
        before = c;
        c = after;
    }
    *ret_n = n;
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
    struct str s = trim(typed);
    if (s.n == 0) return refuse(ps, "name", "请填写姓名");
    if (!short_enough(ps, person_field("name"), s)) return false;

    char *out = arena_alloc(ps->arena, s.n);
    size_t n;
    const char *fault = normalise_name(s, out, &n);
    if (fault) return refuse(ps, "name", fault);
    if (utf8_count(s) < PERSON_NAME_MIN) return refuse(ps, "name", "姓名至少 2 个字，请填写全名");
    return accept(ps, (struct str){out, n}, ret);
}

static bool all_digits(const char *text)
{
    return strspn(text, "0123456789") == strlen(text);
}

/* Takes spaces, hyphens and the country's code off, in place. */
static void strip_mobile(char *text)
{
    char *end = text;
    for (const char *p = text; *p != '\0'; p++) {
        if (*p != ' ' && *p != '-') *end++ = *p;
    }
    *end = '\0';
    size_t prefix = strncmp(text, "+86", 3) == 0 ? 3 : strncmp(text, "86", 2) == 0 ? 2 : 0;
    memmove(text, text + prefix, strlen(text + prefix) + 1);
}

bool person_mobile(struct problems *ps, struct str typed, struct str *ret)
{
    char text[32];
    size_t n = typed_code(trim(typed), text, sizeof text);
    if (n == 0) return accept(ps, STR(""), ret);
    strip_mobile(text);
    bool good = n < sizeof text && strlen(text) == MOBILE_DIGITS && all_digits(text) && text[0] == '1' &&
                text[1] >= '3';
    if (!good) return refuse(ps, "mobile", "请填写 11 位手机号码，以 1 开头，如 13812345678");
    return accept(ps, str_from(text), ret);
}

bool person_qq(struct problems *ps, struct str typed, struct str *ret)
{
    char text[QQ_MAX + 2];
    size_t n = typed_code(trim(typed), text, sizeof text);
    if (n == 0) return accept(ps, STR(""), ret);
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

bool person_email(struct problems *ps, struct str typed, struct str *ret)
{
    struct str s = trim(utf8_half_width(ps->arena, typed)), local, domain;
    if (s.n == 0) return accept(ps, STR(""), ret);
    bool good = str_cut(s, '@', &local, &domain) && all_of(local, ".!#$%&'*+-/=?^_`{|}~") &&
                all_of(domain, ".-") && dots_between(local) && dots_between(domain) &&
                str_find(domain, STR("."), NULL) && s.n <= person_field("email")->max;
    if (!good) return refuse(ps, "email", "电子邮箱格式不对，应如 name@example.com，只填一个");
    return accept(ps, s, ret);
}

/* Nothing that is invisible or turns the direction of a line. */
static bool is_printable(uint32_t c)
{
    static const struct range HIDDEN[] = {{0, 0x1F},        {0x7F, 0x9F},        {0x200B, 0x200F},
                                          {0x2028, 0x202E}, {0x2060, 0x206F},    {0xFEFF, 0xFEFF},
                                          {0xFFF9, 0xFFFF}, {UTF8_BAD, UTF8_BAD}};
    return !in_ranges(c, HIDDEN, sizeof HIDDEN / sizeof HIDDEN[0]);
}

bool person_text(struct problems *ps, const char *field, struct str typed, struct str *ret)
{
    const struct person_field *f = field_of(field);
    struct str s = trim(typed);
    for (size_t at = 0; at < s.n;) {
        if (is_printable(utf8_next(s, &at))) continue;
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
    if (!day_parse_month(str_trim(typed), &day)) return refuse(ps, f->name, f->missing);
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
