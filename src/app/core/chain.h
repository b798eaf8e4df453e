/* The MAC that chains a row of the trail to the one before it. Its key is not in the database. */
#ifndef APP_CORE_CHAIN_H
#define APP_CORE_CHAIN_H

#include "app/core/ctx.h"
#include "gen/rows.h"

/* Of a row, after the row whose MAC is `before`. */
struct bytes chain_mac(struct app *app, struct arena *a, const struct audit_full *row, struct bytes before);
/* What the first row stands on. */
struct bytes chain_root(struct app *app, struct arena *a);

#endif
