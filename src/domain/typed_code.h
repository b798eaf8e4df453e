/* Codes as people type them, made comparable: for identity numbers, credit codes, telephone numbers. */
#ifndef DOMAIN_TYPED_CODE_H
#define DOMAIN_TYPED_CODE_H

#include "base/str.h"

/* Outer ASCII blanks off, full-width forms to half-width, small letters to capitals; '?' stands for what is
 * not printable ASCII then (so a NUL inside is seen). Returns how many characters there are, of which ret
 * gets the first size - 1, and a NUL. */
size_t typed_code(struct str typed, char *ret, size_t size);

#endif
