/* Workbooks made part by part, for tests of what reads them. */
#ifndef TESTS_BOOK_MADE_H
#define TESTS_BOOK_MADE_H

#include "base/arena.h"

struct book_part {
    const char *name;
    struct str content;
};

/* An archive of these, packed. */
struct bytes zip_made(struct arena *a, const struct book_part *parts, size_t n);

/* What a workbook of one sheet is made of; what is NULL is as usual. */
struct book_made {
    const char *rows;     /* XML inside of sheetData */
    const char *shared;   /* XML inside of sst */
    const char *workbook; /* the whole part */
    const char *sheet;    /* the whole part */
    const char *name;     /* of the sheet */
};
/* Styles of cells: 1 a date, 2 yyyy"年"m"月", 3 two decimals, 4 text. */
struct bytes book_made(struct arena *a, const struct book_made *m);

#endif
