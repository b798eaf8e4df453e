/* Secrets that people carry from one to another, by voice or on paper: without look-alikes (0 O o, 1 I l i, 2
 * Z z, 5 S s, 8 B, u v, c) and without bias. */
#ifndef CRYPTO_ONETIME_H
#define CRYPTO_ONETIME_H

#include "base/arena.h"

/* Three groups of a capital, two small letters and a digit, as Kmt7-Wph4-Rxd9: every group sounds alike, all
 * four classes of characters are there, 10^13 possibilities. To be hashed as any password, and changed at
 * first use. */
struct str one_time_password(struct arena *a);
struct str one_time_code(struct arena *a); /* six digits, leading zeros kept */
/* Twelve capitals and digits, to be typed from paper: 10^16 possibilities. */
struct str one_time_letters(struct arena *a);

#endif
