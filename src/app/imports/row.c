#include "app/imports/row.h"

struct str import_value(enum import_kind kind, const struct import_row *row, const char *field)
{
    int at = import_field_at(kind, field);
    return at < 0 ? STR("") : row->value[at];
}
