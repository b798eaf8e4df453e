/* Which fields about a person must be filled in is for the association to decide (product.md, Registration).
 * Six are not among them, for rules hang on them: id_number is the account, and age and sex are read from it;
 * name is whom the account, the lists and the prints speak of; education, title_level and started_on decide
 * who may join; company says who looks at the application. */
#ifndef DOMAIN_REQUIRED_H
#define DOMAIN_REQUIRED_H

#include "base/status.h"

/* Bits: an association's choice is a set of them. Which field has which stands in domain/person_field.c. */
enum required {
    REQUIRED_SCHOOL = 1 << 0,
    REQUIRED_MAJOR = 1 << 1,
    REQUIRED_TITLE_SPECIALTY = 1 << 2,
    REQUIRED_POST = 1 << 3,
    REQUIRED_ADDRESS = 1 << 4,
    REQUIRED_MOBILE = 1 << 5,
    REQUIRED_QQ = 1 << 6,
    REQUIRED_EMAIL = 1 << 7,
    REQUIRED_PHOTO = 1 << 8,
};
#define REQUIRED_USUALLY (REQUIRED_ADDRESS | REQUIRED_MOBILE | REQUIRED_PHOTO)

/* Names of contract.md with commas between, or nothing: "address,mobile,photo". False and the first other
 * word when there is one. */
bool required_parse(struct str names, unsigned *ret, struct str *ret_unknown);
unsigned required_bit(const char *field); /* 0: the choice is not about this one */
/* Unless it is filled in, not in the set, or wrong already: a problem in the field's own words. */
void required_check(struct problems *ps, unsigned set, enum required field, bool filled);

#endif
