#include "http/lines.h"

#include "base/limits.h"

#include <string.h>

#define FIRST_LINE_MAX (LIMIT_URL_BYTES + 64)     /* with method and version */
#define LINE_MAX       (LIMIT_HEADER_BYTES + 256) /* with the name */

static bool is_control(char c)
{
    return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7F;
}

/* An empty line before the first one is left over from a body: old clients send it. */
static bool still_before(const struct scan *s)
{
    return s->lines == 0 && s->line == 0;
}

/* A line has ended right before s->at. True when it was the empty one behind the headers. */
static bool end_line(struct scan *s)
{
    bool empty = s->at - s->line == 2;
    if (empty && s->lines > 0) return true;
    if (!empty) s->lines++;
    s->line = s->at;
    return false;
}

static int too_long(const struct scan *s)
{
    size_t line = s->at - s->line;
    if (s->lines == 0 && line > FIRST_LINE_MAX) return 414;
    if (line > LINE_MAX || s->at > LIMIT_HEAD_BYTES || s->lines > LIMIT_HEADERS + 1) return 431;
    return 0;
}

long lines_scan(struct scan *s, const char *p, size_t n)
{
    while (s->at < n) {
        char c = p[s->at], before = s->at > s->line ? p[s->at - 1] : 0;
        bool begins = s->at == s->line;
        if (begins && (c == ' ' || c == '\t')) return -400;
        if ((before == '\r') != (c == '\n')) return -400;
        if (is_control(c) && c != '\r' && c != '\n') return -400;
        if (begins && c == '\r' && s->lines == 0 && !still_before(s)) return -400;
        s->at++;
        if (c == '\n' && end_line(s)) return (long)s->at;
        int status = too_long(s);
        if (status) return -status;
    }
    return 0;
}

static bool is_token(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= 0x20 || c >= 0x7F || strchr("\"(),/:;<=>?@[\\]{}", c)) return false;
    }
    return s.n > 0;
}

static int read_first(struct str line, struct lines *ret)
{
    struct str version, rest;
    if (!str_cut(line, ' ', &ret->method, &rest) || !str_cut(rest, ' ', &ret->target, &version)) return 400;
    if (!is_token(ret->method) || ret->target.n == 0 || memchr(ret->target.p, '\t', ret->target.n))
        return 400;
    ret->http_1_0 = str_eq(version, STR("HTTP/1.0"));
    if (ret->http_1_0 || str_eq(version, STR("HTTP/1.1"))) return 0;
    bool another = version.n == 8 && str_starts(version, STR("HTTP/")) && version.p[6] == '.';
    return another ? 505 : 400;
}

/* The next line, without its end. */
static struct str next_line(struct str *rest)
{
    struct str line;
    str_cut(*rest, '\n', &line, rest);
    return str_sub(line, 0, line.n - 1);
}

int lines_read(struct arena *a, struct str head, struct lines *ret)
{
    struct lines lines = {0};
    struct str line = next_line(&head);
    if (line.n == 0) line = next_line(&head);
    int refused = read_first(line, &lines);
    if (refused) return refused;
    for (line = next_line(&head); line.n; line = next_line(&head)) {
        struct http_pair *h = ARENA_PUSH(a, &lines.headers);
        if (!str_cut(line, ':', &h->name, &h->value) || !is_token(h->name)) return 400;
        h->value = str_or_empty(str_trim(h->value));
    }
    *ret = lines;
    return 0;
}
