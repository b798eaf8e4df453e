/* A row of a table from outside, whatever the table was. */
#ifndef MEDIA_TABLE_ROW_H
#define MEDIA_TABLE_ROW_H

#include "base/day.h"
#include "base/status.h"

enum cell_kind {
    CELL_NONE,
    CELL_TEXT,
    CELL_NUMBER, /* decimal digits, as few as say it; an integer in full */
    CELL_DAY,    /* a number shown as a date: YYYY-MM-DD */
    CELL_ERROR,  /* #N/A, or a formula of which nothing was kept */
};

struct table_cell {
    enum cell_kind kind;
    bool rounded;   /* of a number: it has more digits than a spreadsheet keeps, the last ones are lost */
    int decimals;   /* of a number: shown behind the point; -1: as many as it has */
    struct day day; /* of a whole number: what it is as a date; none where that is far from now */
    struct str text;
};

/* With something in it; cells behind the last that has something are not there. */
struct table_row {
    uint32_t number; /* as spreadsheets count, from 1 */
    bool hidden;
    const struct table_cell *cells;
    size_t n;
};

/* The row lives until the function returns. Anything but ST_OK ends the reading with that status. */
typedef enum status (*table_row_fn)(void *arg, const struct table_row *row);

#endif
