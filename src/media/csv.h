/* Tables as .csv for spreadsheet programs: UTF-8 with a byte order mark, else Excel reads it as GBK; CRLF. */
#ifndef MEDIA_CSV_H
#define MEDIA_CSV_H

#include "base/buf.h"

void csv_begin(struct buf *b); /* the mark */
/* One line. A cell that a spreadsheet program would take for a formula (= + - @ TAB CR LF in front,
 * full-width forms too) gets an apostrophe before it; OWASP ASVS 1.2.10. Past the buffer's limit see buf.h.
 */
void csv_row(struct buf *b, const struct str *cells, size_t n);

#endif
