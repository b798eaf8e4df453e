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
    size_t text; /* bytes of the names and values of all fields */
    struct buf *buffers[LIMIT_FORM_FILES + 1];
    size_t n_buffers;
};

static bool boundary_allowed(struct str boundary)
{
    if (boundary.n == 0 || boundary.n > BOUNDARY_MAX || boundary.p[boundary.n - 1] == ' ') return false;
    for (size_t i = 0; i < boundary.n; i++)
        if (boundary.p[i] < 0x20 || boundary.p[i] > 0x7E) return false;
    return true;
}

/* A buffer that goes with the arena, so that a form that is given up half-way leaves nothing behind. */
static struct buf *new_buf(struct multipart *m, size_t limit)
{
    struct buf *b = ARENA_NEW(m->arena, struct buf);
    *b = (struct buf){.limit = limit};
    buf_tie(m->arena, b);
    m->buffers[m->n_buffers++] = b;
    return b;
}

size_t multipart_size(const struct multipart *m)
{
    size_t size = 0;
    for (size_t i = 0; i < m->n_buffers; i++)
        size += m->buffers[i]->cap;
    return size;
}

void multipart_drop(struct multipart *m)
{
    for (size_t i = 0; i < m->n_buffers; i++)
        buf_free(m->buffers[i]);
}

struct multipart *multipart_begin(struct arena *a, struct str content_type, size_t file_bytes)
{
    struct str boundary;
    if (!param_find(a, content_type, "boundary", &boundary) || !boundary_allowed(boundary)) return NULL;
    struct multipart *m = ARENA_NEW(a, struct multipart);
    m->arena = a;
    m->file_bytes = file_bytes;
    m->field = new_buf(m, LIMIT_FIELD_BYTES);
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
    if (m->part == PART_FIELD) m->text += n;
    size_t room = m->data->limit - m->data->n;
    buf_add(m->data, p, n < room ? n : room);
    if (m->size > LIMIT_FIELD_BYTES && m->part == PART_FIELD) give_up(m, PARSED_OVER);
    if (m->text > LIMIT_FORM_TEXT) give_up(m, PARSED_OVER);
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

/* filename*=charset'language'percent-encoded: not allowed in forms, yet some libraries send it. In another
 * charset, or wrongly encoded, the name stays as it was sent. */
static struct str extended_filename(struct arena *a, struct str value)
{
    struct str charset, language, encoded;
    if (!str_cut(value, '\'', &charset, &language) || !str_cut(language, '\'', &language, &encoded))
        return value;
    char *p = arena_cstr(a, encoded);
    size_t n = encoded.n;
    return param_is(charset, "UTF-8") && url_decode(p, &n) ? (struct str){p, n} : encoded;
}

/* A part with a file name of any kind is a file, whatever can be read of the name: RFC 2231's pieces
 * (filename*0) and a quote that does not end count too. */
static bool file_name(struct arena *a, struct str disposition, struct str *ret)
{
    struct str plain = STR_NONE, extended = STR_NONE, piece = STR_NONE;
    bool has_extended = param_find(a, disposition, "filename*", &extended);
    if (has_extended) extended = extended_filename(a, extended);
    bool has_plain = param_find(a, disposition, "filename", &plain);
    bool has_piece = !has_plain && (param_find(a, disposition, "filename*0", &piece) ||
                                    param_find(a, disposition, "filename*0*", &piece));
    *ret = has_extended && (extended.n || !has_plain) ? extended : has_plain ? plain : piece;
    return has_extended || has_plain || has_piece || param_begins(disposition, "filename");
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
    bool file = file_name(m->arena, disposition, &m->filename);
    m->text += m->name.n;
    if (file && m->n_buffers == LIMIT_FORM_FILES + 1) {
        give_up(m, PARSED_OVER);
        return;
    }
    m->part = file ? PART_FILE : PART_FIELD;
    m->data = file ? new_buf(m, m->file_bytes) : m->field;
    buf_clear(m->data);
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
