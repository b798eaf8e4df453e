/* Unified social credit code of an organisation, GB 32100-2015: department, category, six digits of the
 * registrar's region, nine of the organisation code, one check character, of 31 symbols (no I, O, S, V, Z).
 */
#ifndef DOMAIN_CREDIT_CODE_H
#define DOMAIN_CREDIT_CODE_H

#include "base/status.h"

#define CREDIT_CODE_LENGTH 18

enum credit_error {
    CREDIT_OK = 0,
    CREDIT_EMPTY,
    CREDIT_LENGTH,
    CREDIT_CHARACTER,
    CREDIT_REGION, /* places 3 to 8 are not all digits */
    CREDIT_CHECK,
};

/* Takes blanks and dashes, full-width forms and small letters (domain/typed_code.h). Some codes were issued
 * with a wrong check character: check_waived is the association's decision to take it as it is (to be
 * recorded with a reason).
 */
enum credit_error credit_code_parse(struct str typed, bool check_waived,
                                    char ret[CREDIT_CODE_LENGTH + 1]) MUST_USE;

/* The 18th character for the first 17, which are symbols of the standard. */
char credit_code_check(const char *first17);

const char *credit_error_text(enum credit_error error); /* "" for CREDIT_OK */

#endif
