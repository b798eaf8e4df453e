/* Folded forms that are stored (domain/fold.h), made anew once in a database of an earlier version: what logs
 * a company in, and the search index of companies and people. Names themselves stay as they were written. */
#ifndef APP_OPS_REFOLD_H
#define APP_OPS_REFOLD_H

#include "app/core/app.h"

#define REFOLDED STR("folds_2") /* of meta; another number when domain/fold.h changes */

/* In transactions of a few hundred names; cut off, it begins anew. Two companies that have one name now: the
 * second keeps its old form, and is reached by its credit code until one is renamed. */
enum status app_refold(struct app *app, struct fault *f) MUST_USE;

#endif
