/* Tables from outside, row by row: workbooks (.xlsx) and text with separators (.csv). What it is says the
 * content. Nothing is computed, fetched or run: of a formula counts what was kept of it. */
#ifndef MEDIA_TABLE_H
#define MEDIA_TABLE_H

#include "media/table_row.h"

struct table;

/* `file` must live as long as the arena. ST_BAD_INPUT: what it is instead, and what to do. */
MUST_USE enum status table_open(struct arena *a, struct fault *f, struct bytes file, struct table **ret);
size_t table_sheets(const struct table *t);
struct str table_sheet_name(const struct table *t, size_t at); /* "" for text */
bool table_sheet_hidden(const struct table *t, size_t at);
/* Can be read again. ST_BAD_INPUT: damaged, or beyond LIMIT_SHEET_…. */
MUST_USE enum status table_read(struct table *t, struct fault *f, size_t sheet, table_row_fn each, void *arg);

#endif
