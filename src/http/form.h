/* The body of a form, taken as it comes: urlencoded or multipart; anything else is thrown away. */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "http/url.h"

struct multipart;

struct form {
    struct arena *arena;
    struct buf *text; /* urlencoded */
    struct multipart *parts;
    enum parsed parsed; /* what is known so far */
};

/* `length` is the Content-Length. PARSED_BAD is kept for form_end: the body is to be read in any case. */
void form_begin(struct form *f, struct arena *a, const struct http_plan *plan, struct str content_type,
                size_t length);
void form_take(struct form *f, const char *p, size_t n);
size_t form_size(const struct form *f); /* bytes that it holds beside the arena */
void form_drop(struct form *f);         /* the rest of the body does not matter any more */
/* Once the whole body was taken: sets fields and files, or with PARSED_OVER body_over. */
enum parsed form_end(struct form *f, struct http_request *q) MUST_USE;

#endif
