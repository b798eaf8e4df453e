/* The sheet that goes back to who brought one: its own rows with 错误原因 behind them, text cells only, so
 * that it can be mended and brought again (the column is known, and not read). */
#ifndef APP_IMPORTS_ERRORS_H
#define APP_IMPORTS_ERRORS_H

#include "app/imports/row.h"

struct import_errors;

/* For `path`: media/sheet.h says what becomes of it. `sheet` as a row or the summary has it. */
MUST_USE enum status import_errors_begin(struct arena *a, struct fault *f, const char *path,
                                         const struct import_sheet *sheet, struct import_errors **ret);
MUST_USE enum status import_errors_row(struct import_errors *e, struct fault *f, const struct import_row *row,
                                       struct str reason);
MUST_USE enum status import_errors_end(struct import_errors *e, struct fault *f);

#endif
