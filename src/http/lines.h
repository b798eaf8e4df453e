/* The first line and the header lines of a request, read strictly (RFC 9112): lines end in CR LF, no NUL or
 * other control character, no folded line, no blank before a colon. What one reader takes for two requests
 * and another for one never gets further than this. */
#ifndef HTTP_LINES_H
#define HTTP_LINES_H

#include "http/http.h"

/* How far the bytes that came were looked at; all zero to begin with. */
struct scan {
    size_t at, line;
    int lines;
};
/* Looks on, from where it was, at p[0..n): the bytes of the head with its empty line once it is whole, 0
 * while more has to come, or minus the status of a refusal (400, 414, 431). */
long lines_scan(struct scan *s, const char *p, size_t n);

struct lines {
    struct str method, target;
    bool http_1_0;
    struct http_pairs headers;
};
/* Of a whole head, whose bytes the result points into. 0, or the status of a refusal (400, 505). */
int lines_read(struct arena *a, struct str head, struct lines *ret);

#endif
