/* Batches of the first version, which kept what was printed beside its items. */
#ifndef APP_BATCHES_UPGRADE_H
#define APP_BATCHES_UPGRADE_H

#include "app/core/app.h"

/* Makes prints of it, and seals decided items for their place. Some at a time; ret_more: there may be more.
 */
enum status prints_upgrade(struct ctx *c, bool *ret_more) MUST_USE;

#endif
