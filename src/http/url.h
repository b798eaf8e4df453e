/* Percent-encoding: paths, queries and urlencoded forms. */
#ifndef HTTP_URL_H
#define HTTP_URL_H

#include "http/http.h"

/* How a piece of a request was read: fine, over a limit, or malformed. */
enum parsed { PARSED, PARSED_OVER, PARSED_BAD };

/* Decodes in place. False where a '%' is not followed by two hexadecimal digits: it stays what it is. */
bool url_decode(char *p, size_t *n);
/* The decoded path, in the arena; false for what http_request.path rules out. */
bool url_decode_path(struct arena *a, struct str raw, struct str *ret);
/* name=value&name=value, decoded in place: the pairs point into `p`. Empty pieces are skipped. A '%' that
 * encodes nothing is a percent sign, '+' a blank: links and other programs append what they like. Never
 * PARSED_BAD. */
enum parsed url_pairs(struct arena *a, char *p, size_t n, struct http_pairs *ret) MUST_USE;

#endif
