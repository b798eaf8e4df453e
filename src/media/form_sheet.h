/* A workbook (.xlsx) that is filled in and brought back: a sheet with headings, where every cell is text, so
 * that no number loses its digits, lists drop down, and what is expected is told at each cell; and a second
 * sheet that explains. */
#ifndef MEDIA_FORM_SHEET_H
#define MEDIA_FORM_SHEET_H

#include "base/status.h"

struct form_column {
    struct str title;
    int width;         /* in characters; a Chinese character takes two */
    bool required;     /* its heading is marked */
    struct str prompt; /* at most 255 characters; "" for none */
    char **choices;    /* NULL, or ends in NULL; together at most 255 characters */
    struct str example;
};

struct form_help_line {
    struct str column, need, headings, words;
};

struct form_sheet {
    struct str name, title; /* of the tab; of the sheet: one line that says how to fill it in */
    const struct form_column *columns;
    size_t column_count;
    struct str help_name;
    const struct form_help_line *help; /* below the headings */
    size_t help_count;
};

/* ST_UNAVAILABLE when the disk is full or the folder not writable; ST_BROKEN for what no workbook can have.
 */
MUST_USE enum status form_sheet_write(struct arena *a, struct fault *f, const char *path,
                                      const struct form_sheet *form);

#endif
