/* Names of companies as they are compared: for login, search, and the question whether two are the same. */
#ifndef DOMAIN_COMPANY_NAME_H
#define DOMAIN_COMPANY_NAME_H

#include "base/arena.h"

/* Brackets of every kind become (), full-width forms half-width, Latin letters capitals; blanks go. What is
 * not UTF-8 becomes U+FFFD, which no name holds. Lives in the arena. */
struct str company_name_fold(struct arena *a, struct str name);

#endif
