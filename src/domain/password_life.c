#include "domain/password_life.h"

static bool is_over(struct day since, struct day today, int64_t days)
{
    return day_cmp(today, day_add(since, (int)days)) > 0;
}

enum password_life password_life(enum password_origin origin, struct day since, struct day today,
                                 struct password_terms terms)
{
    switch (origin) {
    case PASSWORD_CHOSEN:
        return terms.age_days && is_over(since, today, terms.age_days) ? LIFE_OLD : LIFE_GOOD;
    case PASSWORD_GIVEN_OUT:
        return is_over(since, today, terms.onetime_days) ? LIFE_EXPIRED : LIFE_GOOD;
    case PASSWORD_GIVEN_USED:
        break;
    }
    return LIFE_SPENT;
}

int64_t password_earlier(enum password_origin present, int64_t remembered)
{
    return remembered && present == PASSWORD_CHOSEN ? remembered - 1 : remembered;
}
