/* Passwords that are tried first by whoever guesses. Sorted by bytes, small letters, none shorter than
 * PASSWORD_MIN: shorter ones are refused for their length. */
#ifndef DOMAIN_PASSWORD_COMMON_H
#define DOMAIN_PASSWORD_COMMON_H

#include <stddef.h>

extern const char *const password_common[];
extern const size_t password_common_n;

#endif
