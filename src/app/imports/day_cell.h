/* Days and months as they stand in cells: spelled out, as serial numbers, as numbers that only look like
 * dates. */
#ifndef APP_IMPORTS_DAY_CELL_H
#define APP_IMPORTS_DAY_CELL_H

#include "media/table.h"

enum day_read {
    DAY_READ,       /* a whole day */
    DAY_READ_MONTH, /* a month: its first */
    DAY_TWO_MONTHS, /* 2019.1 as a number: January, or October of which the spreadsheet has dropped a zero */
    DAY_UNREAD,
};

/* `plain`: value_plain of the cell. A time of day is left out. */
enum day_read day_cell(const struct table_cell *cell, struct str plain, struct day *ret);

/* 2019-03-15至2024-03-14, 2019.3.15-2024.3.14. False: it is none. */
bool day_range(struct str plain, struct day *ret_first, struct day *ret_last);

#endif
