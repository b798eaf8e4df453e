/* multipart/form-data (RFC 7578), taken in pieces of any size. A part with a file name is a file, any other a
 * field. Values may hold NUL. Our own parser because the library's guesses at broken forms; this one refuses
 * them. */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "http/url.h"

struct multipart;

/* NULL when the Content-Type has no boundary that RFC 2046 allows. Everything lives in the arena. */
struct multipart *multipart_begin(struct arena *a, struct str content_type, size_t file_bytes);
void multipart_take(struct multipart *m, const char *p, size_t n);
size_t multipart_size(const struct multipart *m); /* bytes of its buffers */
void multipart_drop(struct multipart *m);         /* frees them before the arena does */
/* PARSED only if the final boundary was there. */
enum parsed multipart_end(struct multipart *m, struct http_pairs *ret_fields,
                          struct http_files *ret_files) MUST_USE;

#endif
