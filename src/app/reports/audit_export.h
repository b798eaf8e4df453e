/* 审计日志 as a file: the rows that a filter keeps, newest first. The trail gets a row before (who, which
 * rows) and one after (how many, SHA-256 of the file, or that it was cut). Memory does not grow with the
 * rows. */
#ifndef APP_REPORTS_AUDIT_EXPORT_H
#define APP_REPORTS_AUDIT_EXPORT_H

#include "app/reports/audit_filter.h"
#include "app/reports/exports.h"

/* For the auditor; .csv. ST_BAD_INPUT with problems of the fields. Nothing of it stays on disk. Ends the
 * request's snapshot. */
enum status app_audit_export(struct ctx *c, const struct audit_asked *asked,
                             struct export_file *ret) MUST_USE;

#endif
