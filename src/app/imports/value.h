/* One cell of a sheet as one field's value. */
#ifndef APP_IMPORTS_VALUE_H
#define APP_IMPORTS_VALUE_H

#include "app/imports/row.h"
#include "media/table.h"

struct value_reading {
    struct arena *arena; /* of the row */
    enum import_kind kind;
    struct day today;
    struct import_row *row; /* gets values and findings */
};

/* A cell as people mean it: what guards against formulas is taken off, blanks are trimmed, line ends are
 * blanks. */
struct str value_plain(struct arena *a, const struct table_cell *cell);

/* NULL: there is no such column. */
void value_read(struct value_reading *r, size_t field, const struct table_cell *cell);
/* When all fields are read: what must be there, and what must agree. */
void value_compare(struct value_reading *r);

void value_finding(struct value_reading *r, const char *field, const char *code, enum import_weight weight,
                   const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
