/* Cells that are merged over several rows: what stands in the first is meant for all, as 单位 beside its
 * people.
 */
#ifndef MEDIA_MERGED_H
#define MEDIA_MERGED_H

#include "base/limits.h"
#include "media/table_row.h"
#include "media/unzip.h"

#define MERGED_TEXT 512 /* bytes: what is longer is no fact about somebody */

struct merged_range {
    uint32_t first, last, column; /* rows, and the column from 0 */
};

struct merged {
    LIST(struct merged_range);
    size_t next; /* that no row has come to */
    struct {
        uint32_t last; /* 0: none */
        struct table_cell cell;
        char text[MERGED_TEXT];
    } open[LIMIT_SHEET_COLUMNS];
};

/* Looks through the part of a sheet, at whose end they stand. At most LIMIT_SHEET_MERGED; the list lives in
 * `a`. */
MUST_USE enum status merged_find(struct arena *a, struct unzip *z, struct fault *f, size_t entry,
                                 struct merged *ret);
/* Fills what the row has empty; rows come in order. `cells`: room for LIMIT_SHEET_COLUMNS, of which n are
 * there; the new n. */
size_t merged_fill(struct merged *m, uint32_t row, struct table_cell *cells, size_t n);

#endif
