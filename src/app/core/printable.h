/* What paper can show. */
#ifndef APP_CORE_PRINTABLE_H
#define APP_CORE_PRINTABLE_H

#include "app/core/app.h"

/* The characters of these texts that no font here has, each once; "" when all of them print. */
struct str unprintable(struct ctx *c, const struct str *texts, size_t n);

#endif
