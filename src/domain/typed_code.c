#include "domain/typed_code.h"

#include "base/unicode.h"
#include "base/utf8.h"

enum { NUMBER_SIZE = 40, GROUP = 3 };

/* What people take for an X where the keyboard has none at hand: Roman ten, multiplication sign, Cyrillic,
 * Greek. */
static bool looks_like_x(uint32_t c)
{
    return c == U'Ⅹ' || c == U'ⅹ' || c == U'×' || c == U'Х' || c == U'х' || c == U'Χ' || c == U'χ';
}

static char fold(uint32_t c)
{
    if (looks_like_x(c)) return 'X';
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFF01 - '!';
    if (c == U'。') return '.';
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
    return c >= ' ' && c <= '~' ? (char)c : '?';
}

static bool is(uint32_t c, unsigned classes)
{
    return (unicode_classes(c) & classes) != 0;
}

size_t typed_code(struct str typed, char *ret, size_t size)
{
    size_t n = 0;
    for (size_t at = 0; at < typed.n;) {
        uint32_t c = utf8_next(typed, &at);
        if (is(c, UNICODE_IGNORABLE | UNICODE_BLANK | UNICODE_DASH)) continue;
        if (n < size - 1) ret[n] = fold(c);
        n++;
    }
    ret[n < size ? n : size - 1] = '\0';
    return n;
}

size_t typed_plain(struct str typed, char *ret, size_t size)
{
    size_t n = 0, end = 0; /* behind the last that is no blank */
    for (size_t at = 0; at < typed.n;) {
        uint32_t c = utf8_next(typed, &at);
        bool blank = is(c, UNICODE_BLANK);
        if (is(c, UNICODE_IGNORABLE) || (blank && n == 0)) continue;
        if (n < size - 1) ret[n] = blank ? ' ' : is(c, UNICODE_DASH) ? '-' : fold(c);
        n++;
        if (!blank) end = n;
    }
    ret[end < size ? end : size - 1] = '\0';
    return end;
}

/* Takes the separators out, in place; false where they do not stand between threes. */
static bool join_groups(char *p)
{
    char *to = p;
    int in_group = 0;
    bool grouped = false;
    for (; *p; p++) {
        if (*p != ',') {
            *to++ = *p;
            in_group++;
            continue;
        }
        if (in_group == 0 || in_group > GROUP || (grouped && in_group != GROUP)) return false;
        grouped = true;
        in_group = 0;
    }
    *to = '\0';
    return !grouped || in_group == GROUP;
}

bool typed_int(struct str typed, int64_t *ret)
{
    char text[NUMBER_SIZE];
    if (typed_plain(typed, text, sizeof text) >= sizeof text) return false;
    char *digits = text + (text[0] == '-');
    return join_groups(digits) && str_int(str_from(text), ret);
}
