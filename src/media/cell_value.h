/* What a cell of a workbook says: numbers and what their formats make of them (ECMA-376, 18.8.30
 * and 18.17.4).
 */
#ifndef MEDIA_CELL_VALUE_H
#define MEDIA_CELL_VALUE_H

#include "base/day.h"

struct number_format {
    bool date;
    int decimals; /* behind the point; -1: as many as there are */
};

struct number_format number_format_built_in(int64_t id);
struct number_format number_format_of(struct str code); /* yyyy"年"m"月", 0.00 */

/* The day of a serial number, its time left out; day none where it is none that a sheet of people has (before
 * 1900, after 2199). `since_1904`: as Macs counted. */
struct day serial_day(double serial, bool since_1904);

#define NUMBER_SIZE 64

/* A number of a workbook's XML in decimal, an integer in full; "" for what is none, or none so small or
 * large that a sheet of people has it. ret_rounded: more than 15 digits were needed, which no spreadsheet
 * keeps. */
struct str number_text(struct str typed, char ret[NUMBER_SIZE], bool *ret_rounded);

#endif
