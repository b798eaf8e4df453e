#include "domain/credit_code.h"

#include "domain/typed_code.h"

#include <string.h>

enum { LENGTH = CREDIT_CODE_LENGTH };

static const char SYMBOLS[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
enum { SYMBOL_COUNT = sizeof SYMBOLS - 1 };

static const char *const ERROR_TEXTS[] = {
    [CREDIT_OK] = "",
    [CREDIT_EMPTY] = "请填写统一社会信用代码",
    [CREDIT_LENGTH] = "统一社会信用代码应为 18 位，请检查是否漏填或多填",
    [CREDIT_CHARACTER] = "统一社会信用代码只有数字和大写字母，不含 I、O、S、V、Z，请核对是否为 1、0、5、2",
    [CREDIT_REGION] = "统一社会信用代码第 3 至 8 位应全为数字，请核对",
    [CREDIT_CHECK] = "统一社会信用代码最后一位校验不符，请逐位核对",
};

static int symbol_value(char c)
{
    const char *at = c == '\0' ? NULL : strchr(SYMBOLS, c);
    return at == NULL ? -1 : (int)(at - SYMBOLS);
}

static enum credit_error check_symbols(const char *text)
{
    for (int i = 0; text[i] != '\0'; i++) {
        if (symbol_value(text[i]) < 0) return CREDIT_CHARACTER;
    }
    return CREDIT_OK;
}

static enum credit_error check_region(const char *text)
{
    for (int i = 2; i < 8; i++) {
        if (text[i] < '0' || text[i] > '9') return CREDIT_REGION;
    }
    return CREDIT_OK;
}

enum credit_error credit_code_parse(struct str typed, bool check_waived, char ret[CREDIT_CODE_LENGTH + 1])
{
    char text[LENGTH + 1];
    size_t n = typed_code(typed, text, sizeof text);
    if (n == 0) return CREDIT_EMPTY;
    if (check_symbols(text) != CREDIT_OK) return CREDIT_CHARACTER;
    if (n != LENGTH) return CREDIT_LENGTH;
    if (check_region(text) != CREDIT_OK) return CREDIT_REGION;
    if (!check_waived && credit_code_check(text) != text[17]) return CREDIT_CHECK;
    memcpy(ret, text, sizeof text);
    return CREDIT_OK;
}

char credit_code_check(const char *first17)
{
    int sum = 0;
    int weight = 1; /* 3^(i-1) mod 31 */
    for (int i = 0; i < 17; i++) {
        sum += symbol_value(first17[i]) * weight;
        weight = weight * 3 % SYMBOL_COUNT;
    }
    return SYMBOLS[(SYMBOL_COUNT - sum % SYMBOL_COUNT) % SYMBOL_COUNT];
}

const char *credit_error_text(enum credit_error error)
{
    return ERROR_TEXTS[error];
}
