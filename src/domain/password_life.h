/* How long a password is good, and which ones may not come again (product.md, accounts and passwords). */
#ifndef DOMAIN_PASSWORD_LIFE_H
#define DOMAIN_PASSWORD_LIFE_H

#include "base/day.h"

/* Whose password it is; the numbers are in databases. */
enum password_origin {
    PASSWORD_CHOSEN = 0,     /* by the person */
    PASSWORD_GIVEN_OUT = 1,  /* one-time: it waits for its login */
    PASSWORD_GIVEN_USED = 2, /* and had it */
};

enum password_life {
    LIFE_GOOD,
    LIFE_OLD,     /* lets in, and must be changed first */
    LIFE_EXPIRED, /* one-time, and nobody came in time */
    LIFE_SPENT,   /* one-time, and used */
};

struct password_terms {
    int64_t onetime_days; /* after the day on which it was given out */
    int64_t age_days;     /* after the day on which it was chosen; 0: any age */
};
enum password_life password_life(enum password_origin origin, struct day since, struct day today,
                                 struct password_terms terms);

/* How many of the earlier chosen passwords are compared, so that with the present one, if that was chosen,
 * `remembered` are not used again. */
int64_t password_earlier(enum password_origin present, int64_t remembered);

#endif
