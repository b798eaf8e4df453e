/* Pages on their way to browsers that take them smaller: gzip at a low level, one compressor a thread. */
#ifndef HTTP_COMPRESS_H
#define HTTP_COMPRESS_H

#include "http/http.h"

/* Replaces the body; false, and the body as it was, when it would not be smaller. */
bool compress_gzip(struct buf *body);

#endif
