/* Companies that an import makes. */
#ifndef APP_IMPORTS_EMPLOYER_H
#define APP_IMPORTS_EMPLOYER_H

#include "app/companies/companies.h"
#include "app/imports/job.h"

/* With a main account that nobody can log in to before its password is reset. Nobody sees it before the job
 * is committed. ST_CONFLICT: name or code are another's by now. */
enum status import_company_make(struct ctx *c, const struct job_full *job, const struct company_new *n,
                                struct company_id *ret) MUST_USE;
/* The employer that a sheet proposes: made when its first person is written, or the one that was chosen. */
enum status import_employer(struct ctx *c, const struct job_full *job, struct import_company_id proposed,
                            struct company_id *ret) MUST_USE;

#endif
