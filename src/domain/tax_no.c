#include "domain/tax_no.h"

#include "domain/credit_code.h"
#include "domain/typed_code.h"

#include <string.h>

static bool is_plain(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        bool digit = text.p[i] >= '0' && text.p[i] <= '9', letter = text.p[i] >= 'A' && text.p[i] <= 'Z';
        if (!digit && !letter) return false;
    }
    return true;
}

bool tax_no_parse(struct str typed, struct str credit_code, char ret[TAX_NO_MAX + 1])
{
    char text[TAX_NO_MAX + 2], code[CREDIT_CODE_LENGTH + 1];
    struct str s = {text, typed_code(typed, text, sizeof text)};
    bool good = s.n == 0 || ((s.n == 15 || s.n == 17 || s.n == 20) && is_plain(s));
    if (s.n == CREDIT_CODE_LENGTH)
        good = str_eq(s, credit_code) || credit_code_parse(s, false, code) == CREDIT_OK;
    if (good) memcpy(ret, text, s.n + 1);
    return good;
}
