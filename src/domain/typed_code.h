/* Codes and numbers as people type them, made comparable. */
#ifndef DOMAIN_TYPED_CODE_H
#define DOMAIN_TYPED_CODE_H

#include "base/str.h"

/* For identity numbers, credit codes, telephone numbers: blanks, dashes and what draws nothing go, wherever
 * they stand; full-width forms to half-width, small letters to capitals; '?' stands for what is not printable
 * ASCII then (so a NUL inside is seen). Returns how many characters there are, of which ret gets the first
 * size - 1, and a NUL. */
size_t typed_code(struct str typed, char *ret, size_t size);

/* The same for sums: only outer blanks and what draws nothing go, any dash is '-', a Chinese full stop '.'.
 */
size_t typed_plain(struct str typed, char *ret, size_t size);

/* A whole number, with thousands separators or without: `1,000`, `１，０００`, `-3`. False on anything else.
 */
bool typed_int(struct str typed, int64_t *ret);

#endif
