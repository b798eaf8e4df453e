#include "html/html.h"

#include "base/limits.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* RFC 3986, 2.3: what may stand in an address as it is. */
static bool unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

static void add_encoded(struct buf *b, struct str s)
{
    static const char HEX[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = (uint8_t)s.p[i];
        if (unreserved(s.p[i]))
            buf_char(b, s.p[i]);
        else
            buf_add(b, (char[]){'%', HEX[c >> 4], HEX[c & 15]}, 3);
    }
}

/* An address too long for a page is none. */
static struct url finish(struct arena *a, struct buf *b)
{
    struct url u = {b->full ? STR_NONE : arena_str(a, buf_text(b))};
    buf_free(b);
    return u;
}

static bool directive(const char **at, const char *name)
{
    size_t n = strlen(name);
    if (strncmp(*at, name, n) != 0) return false;
    *at += n;
    return true;
}

struct url url_path(struct arena *a, const char *format, ...)
{
    /* A second slash would make the next word a host. */
    if (format[0] != '/' || format[1] == '/') abort();
    struct buf b;
    char memory[256];
    buf_begin(&b, memory, sizeof memory, LIMIT_PAGE_BYTES);
    va_list args;
    va_start(args, format);
    for (const char *at = format; *at;) {
        if (*at != '%') {
            buf_char(&b, *at++);
        } else if (directive(&at, "%ld")) {
            buf_int(&b, va_arg(args, long));
        } else if (directive(&at, "%d")) {
            buf_int(&b, va_arg(args, int));
        } else if (directive(&at, "%lld")) {
            buf_int(&b, va_arg(args, long long));
        } else if (directive(&at, "%.*s")) {
            size_t n = (size_t)va_arg(args, int);
            add_encoded(&b, (struct str){va_arg(args, const char *), n});
        } else if (directive(&at, "%s")) {
            add_encoded(&b, str_from(va_arg(args, const char *)));
        } else if (directive(&at, "%%")) {
            buf_char(&b, '%');
        } else {
            abort();
        }
    }
    va_end(args);
    return finish(a, &b);
}

struct url url_below(struct arena *a, struct url list, int64_t id, struct url query)
{
    return (struct url){
        arena_fmt(a, "%.*s/%lld%.*s", STR_ARG(list.text), (long long)id, STR_ARG(query.text))};
}

struct url url_icon(struct arena *a, struct url sprite, const char *name)
{
    struct buf b;
    char memory[128];
    buf_begin(&b, memory, sizeof memory, LIMIT_PAGE_BYTES);
    buf_str(&b, sprite.text);
    buf_char(&b, '#');
    buf_str(&b, str_from(name));
    return finish(a, &b);
}

struct url url_query_pairs(struct arena *a, struct url path, const struct url_pair *pairs, size_t n)
{
    size_t at;
    char mark = str_find(path.text, STR("?"), &at) ? '&' : '?';
    struct buf b;
    char memory[512];
    buf_begin(&b, memory, sizeof memory, LIMIT_PAGE_BYTES);
    buf_str(&b, path.text);
    for (size_t i = 0; i < n; i++) {
        if (pairs[i].value.n == 0) continue;
        buf_char(&b, mark);
        buf_str(&b, str_from(pairs[i].name));
        buf_char(&b, '=');
        add_encoded(&b, pairs[i].value);
        mark = '&';
    }
    return finish(a, &b);
}

struct url url_phone(struct arena *a, struct str number)
{
    bool callable = true;
    struct buf b;
    buf_init(&b, 32, LIMIT_URL_BYTES);
    buf_str(&b, STR("tel:"));
    for (size_t i = 0; i < number.n; i++) {
        char c = number.p[i];
        if ((c >= '0' && c <= '9') || (c == '+' && i == 0))
            buf_char(&b, c);
        else
            callable = callable && c && strchr("- ()", c);
    }
    callable = callable && b.n > strlen("tel:");
    struct url u = finish(a, &b);
    return callable ? u : (struct url){STR_NONE};
}
