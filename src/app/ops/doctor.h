/* Is everything as it should be? For the command line: English. */
#ifndef APP_OPS_DOCTOR_H
#define APP_OPS_DOCTOR_H

#include "app/core/app.h"
#include "app/core/open.h"

/* One thing that was looked at. text: none when it is as it should be, else what is wrong and what to do, or
 * "warning: …" of what is not wrong yet; lives until the call returns. */
typedef void doctor_line_fn(void *arg, const char *what, struct str text);

/* Long work: how far the walk along the trail is. */
typedef void doctor_progress_fn(void *arg, int64_t done, int64_t all);

/* Opens the database by itself, since that may be what fails; create and any_schema are ignored. Answers how
 * many things are wrong. What depends on a thing that is wrong is not looked at. */
int app_doctor(const struct app_options *o, doctor_line_fn *line, doctor_progress_fn *progress,
               void *arg) MUST_USE;
/* The same for a database that was brought back somewhere: what it holds, and nothing of the machine. */
int app_doctor_data(const struct app_options *o, doctor_line_fn *line, doctor_progress_fn *progress,
                    void *arg) MUST_USE;

#endif
