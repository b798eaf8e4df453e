#include "http/multipart.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "http/param.h"

#include <string.h>

#define BOUNDARY_MAX 70   /* RFC 2046 */
#define HEAD_MAX     4096 /* the header lines of one part */

enum place {
    IN_DATA,  /* of a part, or before the first */
    IN_MARK,  /* right behind a boundary */
    IN_HEAD,  /* the header lines of a part */
    IN_TRAIL, /* behind the final boundary */
    IN_VAIN,  /* over a limit or malformed: the rest does not matter */
};

enum part { PART_NONE, PART_FIELD, PART_FILE };

struct multipart {
    struct arena *arena;
    size_t file_bytes;
    struct str delimiter; /* line break, two dashes, boundary */
    size_t matched;       /* bytes of the delimiter seen so far */
    enum place place;
    enum parsed parsed;
    enum part part;
    struct str name, filename;
    struct buf *data; /* of this part: its own for a file, `field` for a field */
    struct buf *field;
    size_t size;
    char mark; /* the byte before in IN_MARK */
    char head[HEAD_MAX];
    size_t head_n;
    struct http_pairs fields;
    struct http_files files;
};

static bool boundary_allowed(struct str boundary)
{
    if (boundary.n == 0 || boundary.n > BOUNDARY_MAX || boundary.p[boundary.n - 1] == ' ') return false;
    for (size_t i = 0; i < boundary.n; i++)
        if (boundary.p[i] < 0x20 || boundary.p[i] > 0x7E) return false;
    return true;
}

static void free_buf(void *b)
{
    buf_free(b);
}

/* A buffer that goes with the arena, so that a form that is given up half-way leaves nothing behind. */
static struct buf *new_buf(struct arena *a, size_t limit)
{
    struct buf *b = ARENA_NEW(a, struct buf);
    buf_init(b, 0, limit);
    arena_defer(a, free_buf, b);
    return b;
}

struct multipart *multipart_begin(struct arena *a, struct str content_type, size_t file_bytes)
{
    struct str boundary;
    if (!param_find(a, content_type, "boundary", &boundary) || !boundary_allowed(boundary)) return NULL;
    struct multipart *m = ARENA_NEW(a, struct multipart);
    m->arena = a;
    m->file_bytes = file_bytes;
    m->field = new_buf(a, LIMIT_FIELD_BYTES);
    m->delimiter = arena_fmt(a, "\r\n--%.*s", STR_ARG(boundary));
    m->matched = 2; /* the first boundary needs no line break before it */
    return m;
}

static void give_up(struct multipart *m, enum parsed why)
{
    m->place = IN_VAIN;
    m->parsed = why;
}

static void keep(struct multipart *m, const char *p, size_t n)
{
    if (m->part == PART_NONE) return;
    m->size += n;
    size_t room = m->data->limit - m->data->n;
    buf_add(m->data, p, n < room ? n : room);
    if (m->part == PART_FIELD && m->size > LIMIT_FIELD_BYTES) give_up(m, PARSED_OVER);
}

static void end_part(struct multipart *m)
{
    if (m->part == PART_FIELD) {
        *ARENA_PUSH(m->arena, &m->fields) =
            (struct http_pair){m->name, utf8_mend(m->arena, arena_str(m->arena, buf_text(m->data)))};
    } else if (m->part == PART_FILE && (m->filename.n || m->size)) {
        struct bytes bytes = str_bytes(buf_text(m->data));
        *ARENA_PUSH(m->arena, &m->files) = (struct http_file){m->name, m->filename, bytes, m->size};
    }
    m->part = PART_NONE;
    m->place = IN_MARK;
    m->mark = 0;
}

/* Data up to the next delimiter, part of which may have come with earlier pieces. As '\r' stands only at its
 * start, a byte that does not fit turns all that was matched back into data. Returns the bytes used. */
static size_t take_data(struct multipart *m, const char *p, size_t n)
{
    size_t at = 0;
    while (at < n && m->place == IN_DATA) {
        if (m->matched == 0) {
            const char *cr = memchr(p + at, '\r', n - at);
            size_t plain = cr ? (size_t)(cr - p) - at : n - at;
            keep(m, p + at, plain);
            at += plain;
            if (!cr) break;
        }
        if (p[at] != m->delimiter.p[m->matched]) {
            keep(m, m->delimiter.p, m->matched);
            m->matched = 0;
        } else {
            at++;
            if (++m->matched == m->delimiter.n) end_part(m);
        }
    }
    return at;
}

/* "--" ends the form, a line break begins a part, blanks before it are padding. */
static void take_mark(struct multipart *m, char c)
{
    char before = m->mark;
    bool padding = c == ' ' || c == '\t';
    m->mark = c;
    if (before == '-' && c == '-') {
        m->place = IN_TRAIL;
    } else if (before == '\r' && c == '\n') {
        m->place = IN_HEAD;
        m->head_n = 0;
    } else if (before == '-' || before == '\r' || !(padding || c == '\r' || (c == '-' && before == 0))) {
        give_up(m, PARSED_BAD);
    }
}

/* filename*=UTF-8''percent-encoded: not allowed in forms, yet some libraries send it. */
static bool extended_filename(struct multipart *m, struct str disposition, struct str *ret)
{
    static const size_t PREFIX = sizeof "UTF-8''" - 1;
    struct str value;
    if (!param_find(m->arena, disposition, "filename*", &value)) return false;
    if (!param_is(str_sub(value, 0, PREFIX), "UTF-8''")) return false;
    struct str encoded = str_sub(value, PREFIX, value.n);
    char *p = arena_cstr(m->arena, encoded);
    size_t n = encoded.n;
    if (!url_decode(p, &n, false)) return false;
    *ret = (struct str){p, n};
    return true;
}

static struct str find_disposition(struct str head)
{
    struct str line, name, value;
    while (head.n) {
        str_cut(head, '\n', &line, &head);
        if (str_cut(line, ':', &name, &value) && param_is(name, "content-disposition"))
            return str_trim(value);
    }
    return STR_NONE;
}

static void begin_part(struct multipart *m)
{
    struct str disposition = find_disposition((struct str){m->head, m->head_n});
    if (!param_is(param_main(disposition), "form-data") ||
        !param_find(m->arena, disposition, "name", &m->name)) {
        give_up(m, PARSED_BAD);
        return;
    }
    if (m->fields.n + m->files.n == LIMIT_FIELDS) {
        give_up(m, PARSED_OVER);
        return;
    }
    m->filename = STR_NONE;
    bool file = extended_filename(m, disposition, &m->filename) ||
                param_find(m->arena, disposition, "filename", &m->filename);
    m->part = file ? PART_FILE : PART_FIELD;
    m->data = file ? new_buf(m->arena, m->file_bytes) : m->field;
    m->data->n = 0;
    m->size = 0;
    m->matched = 0;
    m->place = IN_DATA;
}

static void take_head(struct multipart *m, char c)
{
    if (m->head_n == HEAD_MAX) {
        give_up(m, PARSED_BAD);
        return;
    }
    m->head[m->head_n++] = c;
    if (str_ends((struct str){m->head, m->head_n}, STR("\r\n\r\n"))) begin_part(m);
}

void multipart_take(struct multipart *m, const char *p, size_t n)
{
    size_t at = 0;
    while (at < n) {
        switch (m->place) {
        case IN_DATA:
            at += take_data(m, p + at, n - at);
            break;
        case IN_MARK:
            take_mark(m, p[at++]);
            break;
        case IN_HEAD:
            take_head(m, p[at++]);
            break;
        case IN_TRAIL:
        case IN_VAIN:
            return;
        }
    }
}

enum parsed multipart_end(struct multipart *m, struct http_pairs *ret_fields, struct http_files *ret_files)
{
    if (m->place == IN_VAIN) return m->parsed;
    if (m->place != IN_TRAIL) return PARSED_BAD;
    *ret_fields = m->fields;
    *ret_files = m->files;
    return PARSED;
}
