/* A row of a sheet as it was read. */
#ifndef APP_IMPORTS_ROW_H
#define APP_IMPORTS_ROW_H

#include "base/day.h"
#include "base/status.h"
#include "domain/import_field.h"

/* How much a finding weighs. */
enum import_weight {
    IMPORT_REFUSED, /* the row cannot come in */
    IMPORT_OPEN,    /* it comes in, and somebody has to look: the work list */
    IMPORT_MISSING, /* 待补: a fact is not there */
};

struct import_finding {
    const char *field; /* a name of import_fields */
    /* Stable: missing, value, id_check, id_lost (a spreadsheet has rounded the number), fifteen (OPEN, the
     * value is the 18-character form; or REFUSED where there is none), sex, born (differ from the number),
     * repeated (in this sheet), formula_error. */
    const char *code;
    enum import_weight weight;
    struct str text; /* a Chinese sentence; names no row */
};
struct import_findings {
    LIST(struct import_finding);
};

/* The sheet that was taken; the same for all rows. */
struct import_sheet {
    struct str name;            /* of its tab; "" for text */
    uint32_t heading_row;       /* as spreadsheets number rows, from 1 */
    const struct str *headings; /* as they stand, a column each; "" where there is none */
    size_t columns;
};

struct import_row {
    const struct import_sheet *sheet;
    uint32_t row;                        /* as the spreadsheet shows it, from 1 */
    bool hidden;                         /* in the sheet: read like the others */
    struct str value[IMPORT_FIELDS_MAX]; /* at the field's place in import_fields: its one form, or "" */
    struct import_findings findings;
    bool refused, open, incomplete; /* whether there is a finding of that weight */
    const struct str *cells;        /* what stood in the columns, as text: for the file of errors */
};

/* Of a field of the kind; "" where it is empty, refused, or the kind has no such field. */
struct str import_value(enum import_kind kind, const struct import_row *row, const char *field);

#endif
