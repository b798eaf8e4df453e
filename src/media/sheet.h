/* Tables as .xlsx, written row by row in bounded memory (ui.md "Spreadsheet", contract "Files"): a title over
 * all columns, lines of information, a bold header that stays in view, has filters and is printed on every
 * page, the rows, and a last line with their number. Printed are the first columns: A4 landscape, one page
 * wide, what is long on further lines, page numbers in the footer. */
#ifndef MEDIA_SHEET_H
#define MEDIA_SHEET_H

#include "base/status.h"

enum sheet_kind {
    SHEET_TEXT,  /* stays what it is: an ID number is no number, =1+1 no formula */
    SHEET_INT,   /* a decimal integer; what is none stands as text */
    SHEET_MONEY, /* integer fen, shown in yuan with two places; what is none stands as text */
};

struct sheet_column {
    struct str title;
    int width; /* in characters of the default font; a Chinese character takes two */
    enum sheet_kind kind;
};

struct sheet_head {
    struct str name; /* of the sheet's tab: at most 31 characters, none of []:*?/\ */
    struct str title;
    const struct str *info; /* each a line below the title: 填报单位：… */
    size_t info_count;
    const struct sheet_column *columns; /* must live as long as the sheet */
    size_t column_count;
    size_t printed; /* so many of them, from the left, are the print area; 0: all */
};

/* Lines that a text takes in a column of that width. */
int sheet_lines(struct str cell, int width);

struct sheet;

/* Opens a workbook for `path`, which is written by sheet_end; its folder, which should be 0700, also takes
 * the rows meanwhile, as an unlinked file. A sheet that is never ended is dropped when the arena ends.
 * ST_BROKEN for a head that no workbook can have. */
MUST_USE enum status sheet_begin(struct arena *a, struct fault *f, const char *path,
                                 const struct sheet_head *head, struct sheet **ret);
/* One cell for each column. Text that is not UTF-8 is mended, beyond 32767 characters (Excel's limit) it is
 * cut. ST_TOO_LARGE after a million rows. */
MUST_USE enum status sheet_row(struct sheet *s, struct fault *f, const struct str *cells);
/* Writes the file; s is gone. `unit` follows the number of rows in the last line: 合计 12 人. ST_UNAVAILABLE
 * when the disk is full or the folder not writable: what is at `path` then is no workbook. */
MUST_USE enum status sheet_end(struct sheet *s, struct fault *f, struct str unit);

#endif
