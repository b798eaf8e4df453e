/* Passwords that are tried first by whoever guesses (tools/common_passwords.py). Sorted by bytes, small
 * letters, none shorter than PASSWORD_MIN: shorter ones are refused for their length. */
#ifndef DOMAIN_PASSWORD_COMMON_H
#define DOMAIN_PASSWORD_COMMON_H

#include "base/str.h"

/* One behind the other: number i goes from where it starts to where the next one does. */
extern const char password_common_text[];
extern const uint32_t password_common_starts[];
extern const size_t password_common_n;

static inline struct str password_common_at(size_t i)
{
    return (struct str){password_common_text + password_common_starts[i],
                        password_common_starts[i + 1] - password_common_starts[i]};
}

#endif
