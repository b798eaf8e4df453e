/* The association's roles in words (product.md, the three sides). */
#ifndef APP_ACCESS_ROLES_H
#define APP_ACCESS_ROLES_H

#include "app/core/app.h"

struct role_word {
    const char *word, *label;
    enum role role;
    bool alone; /* the security standard keeps it apart from every other */
};
const struct role_word *role_at(size_t i); /* NULL behind the last */

/* membership,finance. False: none, an unknown one, or one that stands alone together with another. */
bool roles_parse(struct str words, unsigned *ret);
struct str roles_text(struct arena *a, unsigned roles); /* 会员管理、财务 */

#endif
