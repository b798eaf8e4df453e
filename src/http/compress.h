/* Pages on their way to browsers that take them smaller: gzip at a low level, one compressor a thread. */
#ifndef HTTP_COMPRESS_H
#define HTTP_COMPRESS_H

#include "http/http.h"

/* False, and nothing in ret, when it would not be smaller. ret: buf_free. */
bool compress_gzip(const struct buf *body, struct buf *ret);

#endif
