/* Which fields about a person must be filled in is for the association to decide (product.md, Registration).
 * Six are not among them, for rules hang on them: id_number is the account, and age and sex are read from it;
 * name is whom the account, the lists and the prints speak of; education, title_level and started_on decide
 * who may join; company says who looks at the application. */
#ifndef DOMAIN_REQUIRED_H
#define DOMAIN_REQUIRED_H

#include "base/status.h"
#include "domain/person_field.h"

/* Names of contract.md with commas between, or nothing: "address,mobile,photo". False and the first other
 * word when there is one. */
bool required_parse(struct str names, unsigned *ret, struct str *ret_unknown);
/* The other way round. */
struct str required_names(struct arena *a, unsigned set);
/* Unless it is filled in, not in the set, or wrong already: a problem in the field's own words. */
void required_check(struct problems *ps, unsigned set, enum required field, bool filled);

#endif
