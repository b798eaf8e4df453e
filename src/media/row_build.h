/* A row of a table while it is read: its cells' texts lie behind each other and get their places when it is
 * whole. */
#ifndef MEDIA_ROW_BUILD_H
#define MEDIA_ROW_BUILD_H

#include "base/buf.h"
#include "base/limits.h"
#include "media/table_row.h"

struct row_build {
    struct table_row row;
    struct table_cell cells[LIMIT_SHEET_COLUMNS];
    size_t from[LIMIT_SHEET_COLUMNS];
    struct buf text; /* the last cell's text is appended here */
};

void row_build_init(struct arena *a, struct row_build *b); /* b lives as long as the arena */
void row_build_start(struct row_build *b, uint32_t number, bool hidden);
/* The cell in that column (from 1, behind all that were asked for); ST_BAD_INPUT where the table is too wide.
 */
MUST_USE enum status row_build_cell(struct row_build *b, struct fault *f, uint32_t column,
                                    struct table_cell **ret);
/* Hands the row over, unless nothing is in it. */
MUST_USE enum status row_build_end(struct row_build *b, struct fault *f, table_row_fn each, void *arg);

#endif
