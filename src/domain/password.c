#include "domain/password.h"

#include "base/utf8.h"
#include "domain/password_common.h"

enum { FRAGMENT = 6, SHORTEST_ACCOUNT = 3, CLASSES_NEEDED = 3 };

static const char *const ERROR_TEXTS[PASSWORD_ERROR_COUNT] = {
    [PASSWORD_OK] = "",
    [PASSWORD_SHORT] = "密码至少 8 位",
    [PASSWORD_LONG] = "密码最多 128 位",
    [PASSWORD_UNPRINTABLE] = "密码中有不能使用的字符，请用字母、数字和符号",
    [PASSWORD_LETTERS_AND_DIGITS] = "密码须同时有字母和数字",
    [PASSWORD_CLASSES] = "密码须有大写字母、小写字母、数字、符号中的至少三种",
    [PASSWORD_ACCOUNT] = "密码中不能有账号或账号的一部分（连续 6 位）",
    [PASSWORD_COMMON] = "这个密码太常见，容易被猜到，请换一个",
};

struct classes {
    bool upper, lower, digit, other;
};

/* False when a character can't be in a password. */
static bool read_classes(struct str password, struct classes *ret)
{
    struct classes has = {0};
    for (size_t at = 0; at < password.n;) {
        uint32_t c = utf8_next(password, &at);
        if (c == UTF8_BAD || c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
        if (c >= 'A' && c <= 'Z')
            has.upper = true;
        else if (c >= 'a' && c <= 'z')
            has.lower = true;
        else if (c >= '0' && c <= '9')
            has.digit = true;
        else
            has.other = true;
    }
    *ret = has;
    return true;
}

static enum password_error check_classes(struct classes has, enum side side)
{
    switch (side) {
    case SIDE_MEMBER:
        return (has.upper || has.lower) && has.digit ? PASSWORD_OK : PASSWORD_LETTERS_AND_DIGITS;
    case SIDE_COMPANY:
    case SIDE_STAFF:
        return has.upper + has.lower + has.digit + has.other >= CLASSES_NEEDED ? PASSWORD_OK
                                                                               : PASSWORD_CLASSES;
    }
    return PASSWORD_CLASSES;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* As str_cmp, Latin letters of either case being the same. */
static int compare(struct str a, struct str b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++) {
        int order = (unsigned char)lower(a.p[i]) - (unsigned char)lower(b.p[i]);
        if (order != 0) return order;
    }
    return (a.n > b.n) - (a.n < b.n);
}

static bool contains(struct str s, struct str part)
{
    for (size_t at = 0; at + part.n <= s.n; at++) {
        if (compare(str_sub(s, at, part.n), part) == 0) return true;
    }
    return false;
}

static size_t skip_characters(struct str s, size_t at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        utf8_next(s, &at);
    return at;
}

static bool has_account(struct str password, struct str account)
{
    size_t count = utf8_count(account);
    if (count < SHORTEST_ACCOUNT) return false;
    size_t length = count < FRAGMENT ? count : FRAGMENT;
    size_t start = 0, end = skip_characters(account, 0, length);
    for (size_t i = length; !contains(password, str_sub(account, start, end - start)); i++) {
        if (i == count) return false;
        start = skip_characters(account, start, 1);
        end = skip_characters(account, end, 1);
    }
    return true;
}

bool password_is_common(struct str password)
{
    size_t low = 0, high = password_common_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(password, password_common_at(middle));
        if (order == 0) return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

enum password_error password_check(struct str password, struct str account, enum side side)
{
    struct classes has;
    size_t length = utf8_count(password);
    if (length < PASSWORD_MIN) return PASSWORD_SHORT;
    if (length > PASSWORD_MAX) return PASSWORD_LONG;
    if (!read_classes(password, &has)) return PASSWORD_UNPRINTABLE;
    if (password_is_common(password)) return PASSWORD_COMMON;
    if (has_account(password, account)) return PASSWORD_ACCOUNT;
    return check_classes(has, side);
}

const char *password_error_text(enum password_error error)
{
    return ERROR_TEXTS[error];
}
