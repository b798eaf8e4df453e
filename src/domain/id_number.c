#include "domain/id_number.h"

#include "domain/typed_code.h"

#include <string.h>

enum { LENGTH = ID_NUMBER_LENGTH, OLD_LENGTH = 15, FIRST_YEAR = 1900 };

static const char *const ERROR_TEXTS[] = {
    [ID_OK] = "",
    [ID_EMPTY] = "请填写 18 位身份证号",
    [ID_FIFTEEN] = "15 位身份证号已于 2013 年停用，请填写 18 位身份证号",
    [ID_FIFTEEN_FOREIGN] = "旧版 15 位永久居留身份证号不能注册，请填写新版 18 位号码，或联系协会",
    [ID_CHARACTER] = "身份证号只能是数字，末位可以是 X，请删除其他字符",
    [ID_LENGTH] = "身份证号应为 18 位，请检查是否漏填或多填",
    [ID_PROVINCE] = "身份证号的地区部分有误：没有这个省级代码，请核对前几位",
    [ID_DATE] = "身份证号的出生日期部分（第 7 至 14 位）不是真实的日期，请核对",
    [ID_TOO_EARLY] = "身份证号的出生日期早于 1900 年，请核对第 7 至 14 位",
    [ID_FUTURE] = "身份证号的出生日期晚于今天，请核对第 7 至 14 位",
    [ID_CHECK] = "身份证号最后一位校验不符，请逐位核对",
};

/* GB/T 2260, first two digits. */
static const int PROVINCES[] = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43,
                                44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool all_digits(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!is_digit(p[i])) return false;
    }
    return true;
}

static int number_of(const char *digits, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

/* The permanent residence card before 2023: country of three letters, then digits. */
static bool old_foreign(const char *text)
{
    for (int i = 0; i < 3; i++) {
        if (text[i] < 'A' || text[i] > 'Z') return false;
    }
    return all_digits(text + 3, OLD_LENGTH - 3);
}

static enum id_error check_shape(const char *text, size_t n)
{
    if (n == 0) return ID_EMPTY;
    if (n == OLD_LENGTH && all_digits(text, n)) return ID_FIFTEEN;
    if (n == OLD_LENGTH && old_foreign(text)) return ID_FIFTEEN_FOREIGN;
    for (size_t i = 0; text[i] != '\0'; i++) {
        bool last = i + 1 == n;
        if (!is_digit(text[i]) && !(last && text[i] == 'X')) return ID_CHARACTER;
    }
    return n == LENGTH ? ID_OK : ID_LENGTH;
}

static bool province_known(int code)
{
    for (size_t i = 0; i < sizeof PROVINCES / sizeof PROVINCES[0]; i++) {
        if (PROVINCES[i] == code) return true;
    }
    return false;
}

static enum id_kind kind_of(const char *text)
{
    if (text[0] == '9') return ID_FOREIGNER;
    switch (number_of(text, 2)) {
    case 81:
        return ID_HONG_KONG;
    case 82:
        return ID_MACAO;
    case 83:
        return ID_TAIWAN;
    default:
        return ID_RESIDENT;
    }
}

static enum id_error check_birth(const char *text, struct day today, struct day *ret)
{
    int year = number_of(text + 6, 4), month = number_of(text + 10, 2), day = number_of(text + 12, 2);
    if (!day_valid(year, month, day)) return ID_DATE;
    if (year < FIRST_YEAR) return ID_TOO_EARLY;
    struct day born = DAY((int16_t)year, (int8_t)month, (int8_t)day);
    if (day_cmp(born, today) > 0) return ID_FUTURE;
    *ret = born;
    return ID_OK;
}

/* text: 17 digits and a digit or X. */
static enum id_error read_number(const char *text, struct day today, struct id_number *ret)
{
    struct id_number number = {.kind = kind_of(text)};
    int province_at = number.kind == ID_FOREIGNER ? 1 : 0; /* after the 9: the province of the application */
    if (!province_known(number_of(text + province_at, 2))) return ID_PROVINCE;
    enum id_error error = check_birth(text, today, &number.born);
    if (error != ID_OK) return error;
    if (id_number_check(text) != text[17]) return ID_CHECK;

    memcpy(number.text, text, sizeof number.text);
    number.sex = (text[16] - '0') % 2 == 1 ? SEX_MALE : SEX_FEMALE;
    *ret = number;
    return ID_OK;
}

enum id_error id_number_parse(struct str typed, struct day today, struct id_number *ret)
{
    char text[LENGTH + 1];
    enum id_error error = check_shape(text, typed_code(typed, text, sizeof text));
    return error == ID_OK ? read_number(text, today, ret) : error;
}

enum id_error id_number_upgrade(struct str typed, struct day today, struct id_number *ret)
{
    char old[LENGTH + 1];
    size_t n = typed_code(typed, old, sizeof old);
    if (n == 0) return ID_EMPTY;
    if (n != OLD_LENGTH) return ID_LENGTH;
    if (!all_digits(old, OLD_LENGTH)) return ID_CHARACTER;
    if (number_of(old + 12, 3) >= 996) return ID_TOO_EARLY;

    char text[LENGTH + 1] = {0};
    memcpy(text, old, 6);
    memcpy(text + 6, "19", 2);
    memcpy(text + 8, old + 6, 9);
    text[17] = id_number_check(text);
    return read_number(text, today, ret);
}

char id_number_check(const char *first17)
{
    static const int WEIGHTS[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += (first17[i] - '0') * WEIGHTS[i];
    return "10X98765432"[sum % 11];
}

const char *id_error_text(enum id_error error)
{
    return ERROR_TEXTS[error];
}
