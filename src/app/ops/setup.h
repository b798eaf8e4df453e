/* A database is made, or brought to this version. */
#ifndef APP_OPS_SETUP_H
#define APP_OPS_SETUP_H

#include "app/core/app.h"
#include "app/core/open.h"

/* Brings the database to this version (opened with create and any_schema). A new one gets its key, the
 * built-in unit and the first link of the trail. Afterwards app is as app_open would have left it. */
enum status app_migrate(struct app *app, const struct app_options *o, struct fault *f,
                        int *ret_applied) MUST_USE;

#endif
