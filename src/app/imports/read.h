/* Sheets as people bring them, read row by row in bounded memory: .xlsx, or text with commas, semicolons or
 * tabs in UTF-8, UTF-16 or GB18030; what it is says the content, not the name. Nothing here knows the
 * register: the dry run compares these rows with it. */
#ifndef APP_IMPORTS_READ_H
#define APP_IMPORTS_READ_H

#include "app/imports/row.h"

/* A row and all that it points to lives until the function returns, `a` is an arena of that time; the sheet
 * lives in the arena of import_read. Anything but ST_OK ends the reading, with that status. */
typedef enum status (*import_row_fn)(void *arg, struct arena *a, const struct import_row *row);

struct import_summary {
    struct import_sheet sheet;
    int64_t rows; /* handed over: not title, heading, 合计 or empty ones */
    int64_t refused, open, incomplete;
    int64_t hidden;    /* of the rows */
    struct str others; /* names of sheets that were not read, with 、 between; "" */
    struct str unread; /* headings that nobody knows, the same way; their columns were not read */
};

/* Hands each row of the kind to `each`, in order. The same bytes give the same rows each time.
 * ST_BAD_INPUT for a file that is none of these, is damaged, goes beyond the limits (LIMIT_SHEET_…), has no
 * heading that says who a row is about, or no row: the fault says what to do, in Chinese; rows may have been
 * handed over before. `today` judges days. `ret` lives in `a`. */
MUST_USE enum status import_read(struct arena *a, struct fault *f, enum import_kind kind, struct bytes file,
                                 struct day today, import_row_fn each, void *arg, struct import_summary *ret);

#endif
