/* Is everything as it should be? For the command line: English. */
#ifndef APP_OPS_DOCTOR_H
#define APP_OPS_DOCTOR_H

#include "app/core/app.h"
#include "app/core/open.h"

/* One thing that was looked at. text: none when it is as it should be, else what is wrong and what to do;
 * lives until the call returns. */
typedef void doctor_line_fn(void *arg, const char *what, struct str text);

/* Opens the database by itself, since that may be what fails; create and any_schema are ignored. Answers how
 * many things are wrong. What depends on a thing that is wrong is not looked at. */
int app_doctor(const struct app_options *o, doctor_line_fn *line, void *arg) MUST_USE;

#endif
