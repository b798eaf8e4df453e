/* 导出: lists of people as files, with ID numbers in full (setting export.masked: masked). The trail gets a
 * row before (who, which people) and one after (how many, SHA-256 of the file, or that it was cut). Memory
 * does not grow with the rows: they are read in pieces, each from a fresh snapshot, so a very long export may
 * miss what changes meanwhile. */
#ifndef APP_REPORTS_EXPORTS_H
#define APP_REPORTS_EXPORTS_H

#include "app/members/list.h"

enum export_kind { EXPORT_XLSX, EXPORT_CSV }; /* csv: the header and the rows only */

struct export_result {
    int64_t rows;
    struct bytes sha256; /* of the file */
    struct str filename; /* 单位_状态_20261123.xlsx: as it is offered to the person */
};

struct export_file {
    struct bytes bytes; /* until c->arena ends */
    struct str filename;
};

/* For the command line: nobody is logged in, the filter stands as it is. `path` must not be there yet
 * (ST_CONFLICT); it is readable by this user only, and gone again unless the answer is ST_OK. */
enum status app_members_export(struct ctx *c, const struct member_filter *f, const char *path,
                               enum export_kind kind, struct export_result *ret) MUST_USE;
/* For who is logged in: a company its own people, the association with role membership any. Nothing of it
 * stays on disk. Ends the request's snapshot. */
enum status app_members_export_bytes(struct ctx *c, const struct member_filter *f, enum export_kind kind,
                                     struct export_file *ret) MUST_USE;

#endif
