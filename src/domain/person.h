/* What people tell about themselves, cleaned (base/text.h), checked and normalised. Each function reports to
 * `ps` under the field's name (as forms call it) and then answers false; results live in ps->arena and are
 * untouched on failure. An empty value passes as an empty text, but for the name: what else is required is a
 * setting. */
#ifndef DOMAIN_PERSON_H
#define DOMAIN_PERSON_H

#include "base/day.h"
#include "base/status.h"
#include "domain/person_field.h"

#define PERSON_NAME_MIN   2
#define PERSON_FIRST_YEAR 1950 /* in which anybody here may have begun to work */

/* Letters (Latin with their accents, Chinese, also rare ones outside the BMP), `·` between them (every dot
 * becomes it), and in foreign names, between Latin letters, an apostrophe, a hyphen, a single space (of
 * several one stays).
 */
bool person_name(struct problems *ps, struct str typed, struct str *ret);

/* Eleven digits from 13 on; +86, 0086, 86, a 0 in front, blanks, hyphens, dots and brackets are taken off.
 * Which segments exist is not judged: it changes. */
bool person_mobile(struct problems *ps, struct str typed, struct str *ret);
#define MOBILE_SIZE 12 /* with a NUL */
/* The same reading, for a search. False: no mobile number. */
bool mobile_read(struct str typed, char ret[MOBILE_SIZE]);
/* A company's: at least five digits. What is nothing but a number is written as one: 0931-8123456. */
bool person_phone(struct problems *ps, struct str typed, struct str *ret);
bool person_qq(struct problems *ps, struct str typed, struct str *ret); /* 5 to 11 digits */
bool person_email(struct problems *ps, struct str typed,
                  struct str *ret); /* one address, at most 254 bytes */

/* Free text of one line: UTF-8 without control characters, not longer than the limit of `field`, which is one
 * of a person's or a company's contact or phone. */
bool person_text(struct problems *ps, const char *field, struct str typed, struct str *ret);

/* Any of person_fields but the employer, whom the register knows, and the photo: normalised, as a form shows
 * it again. An empty one passes, unless it is always required. */
bool person_field_check(struct problems *ps, const struct person_field *f, struct str typed, struct day today,
                        struct str *ret);

#endif
