/* Which column of a sheet is which field. */
#ifndef APP_IMPORTS_HEADING_H
#define APP_IMPORTS_HEADING_H

#include "app/imports/row.h"
#include "base/limits.h"
#include "media/table.h"

struct heading {
    enum import_kind kind;
    int column[IMPORT_FIELDS_MAX];        /* of the field; -1: there is none */
    int field[LIMIT_SHEET_COLUMNS];       /* of the column; -1: not read */
    struct str text[LIMIT_SHEET_COLUMNS]; /* as it stands; "" */
    size_t columns;
};

/* The row as a heading; true if it names who a row is about. Texts go into `a`. */
bool heading_take(struct arena *a, enum import_kind kind, const struct table_row *row, struct heading *ret);
size_t heading_known(const struct heading *h); /* columns that are read */
bool heading_is_whole(const struct heading *h);
/* A second line of it, below merged cells: takes it in if it is one. */
bool heading_take_more(struct arena *a, struct heading *h, const struct table_row *row);
/* Whether the row is the heading once more, as on each printed page. */
bool heading_again(struct arena *a, const struct heading *h, const struct table_row *row);
/* What a sheet must have: “姓名”“身份证号”. */
const char *heading_needed(enum import_kind kind);
/* Headings that nobody knows, with 、 between. */
struct str heading_unread(struct arena *a, const struct heading *h);

#endif
