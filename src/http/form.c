#include "http/form.h"

#include "http/multipart.h"
#include "http/param.h"

#define TEXT_FIRST 4096

void form_begin(struct form *f, struct arena *a, const struct http_plan *plan, struct str content_type,
                size_t length)
{
    *f = (struct form){.arena = a};
    struct str type = param_main(content_type);
    if (length == 0 || plan->body_bytes == 0) return;
    if (length > plan->body_bytes) {
        f->parsed = PARSED_OVER;
    } else if (param_is(type, "application/x-www-form-urlencoded")) {
        /* It grows as the bytes come: a length that is only claimed costs us nothing. */
        f->text = ARENA_NEW(a, struct buf);
        buf_init(f->text, length < TEXT_FIRST ? length : TEXT_FIRST, length);
        buf_tie(a, f->text);
    } else if (param_is(type, "multipart/form-data")) {
        f->parts = multipart_begin(a, content_type, plan->file_bytes);
        if (!f->parts) f->parsed = PARSED_BAD;
    }
}

void form_take(struct form *f, const char *p, size_t n)
{
    if (f->text) buf_add(f->text, p, n);
    if (f->parts) multipart_take(f->parts, p, n);
}

size_t form_size(const struct form *f)
{
    return (f->text ? f->text->cap : 0) + (f->parts ? multipart_size(f->parts) : 0);
}

void form_drop(struct form *f)
{
    if (f->text) buf_free(f->text);
    if (f->parts) multipart_drop(f->parts);
    f->text = NULL;
    f->parts = NULL;
}

enum parsed form_end(struct form *f, struct http_request *q)
{
    if (f->text) f->parsed = url_pairs(f->arena, f->text->p, f->text->n, &q->fields);
    if (f->parts) f->parsed = multipart_end(f->parts, &q->fields, &q->files);
    q->body_over = f->parsed == PARSED_OVER;
    return f->parsed;
}
