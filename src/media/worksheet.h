/* The rows of one sheet of a workbook. */
#ifndef MEDIA_WORKSHEET_H
#define MEDIA_WORKSHEET_H

#include "media/table_row.h"
#include "media/workbook.h"

/* As table_read. */
MUST_USE enum status worksheet_read(struct workbook *w, struct fault *f, size_t entry, table_row_fn each,
                                    void *arg);

#endif
