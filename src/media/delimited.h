/* Text with separators (.csv): commas, semicolons, tabs; UTF-8, UTF-16 with its mark, GB18030. */
#ifndef MEDIA_DELIMITED_H
#define MEDIA_DELIMITED_H

#include "media/table_row.h"

/* Whether it is text at all. */
bool delimited_is(struct bytes file);
/* As table_read. */
MUST_USE enum status delimited_read(struct arena *a, struct fault *f, struct bytes file, table_row_fn each,
                                    void *arg);

#endif
