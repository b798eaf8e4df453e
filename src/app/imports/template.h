/* The empty sheet that is filled in and brought back. */
#ifndef APP_IMPORTS_TEMPLATE_H
#define APP_IMPORTS_TEMPLATE_H

#include "base/status.h"
#include "domain/import_field.h"

/* Written to `path`, whose folder should be 0700: headings with what must stand there, drop-downs, numbers
 * as text, an example that is not read, and a second sheet with the headings and words that are understood.
 * ST_UNAVAILABLE when it cannot be written. */
MUST_USE enum status import_template(struct arena *a, struct fault *f, enum import_kind kind,
                                     const char *path);

#endif
