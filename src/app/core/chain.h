/* The MAC that chains a row of the trail to the one before it, and the sealed address in a row. The keys are
 * not in the database. */
#ifndef APP_CORE_CHAIN_H
#define APP_CORE_CHAIN_H

#include "app/core/ctx.h"
#include "gen/rows.h"

/* The form of a row, in audit_full.form, says what its MAC holds. */
#define CHAIN_FORM_PLAIN   1 /* written before rows had an address */
#define CHAIN_FORM_ADDRESS 2

/* Of a row, after the row whose MAC is `before`. */
struct bytes chain_mac(struct app *app, struct arena *a, const struct audit_full *row, struct bytes before);
/* What the first row stands on. */
struct bytes chain_root(struct app *app, struct arena *a);

/* The sender's address, for the row of this number alone. None stays none. */
struct bytes chain_address_seal(struct app *app, struct arena *a, int64_t number, struct str address);
/* ST_BROKEN: it was not sealed for that row. */
enum status chain_address_open(struct ctx *c, int64_t number, struct bytes sealed, struct str *ret) MUST_USE;

#endif
