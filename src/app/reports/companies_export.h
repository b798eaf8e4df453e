/* 企业名单: the list of companies as a sheet, in the columns in which an import reads them. */
#ifndef APP_REPORTS_COMPANIES_EXPORT_H
#define APP_REPORTS_COMPANIES_EXPORT_H

#include "app/reports/exports.h"

/* Those whom app_companies_list finds for q, the newest first; of the membership desk. The trail has a row
 * before and one after, as for people; memory does not grow with the rows, nothing stays on disk. */
enum status app_companies_export_bytes(struct ctx *c, struct str q, struct export_file *ret) MUST_USE;

#endif
