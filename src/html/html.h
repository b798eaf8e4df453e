/* What compiled templates call: a writer, and one escaper for each place in a page. tools/templates.py knows
 * the place by following the HTML; the C compiler knows the type: _Generic picks, and a type that does not
 * belong (bytes, a text where a URL must stand) does not compile. */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include "base/buf.h"
#include "base/day.h"
#include "base/fen.h"

/* The caller makes and frees the buffer, and looks at buf.full when the page is written. */
struct html {
    struct buf buf;
};

/* An address for href, src, action: made by the functions and the macro below only, so that no text can
 * become one. */
struct url {
    struct str text;
};
#define URL(literal) ((struct url){STR(literal)})

/* A path of our own: url_path(a, "/members/%ld/files/%.*s", id, STR_ARG(name)). The format is a literal that
 * starts with one slash; the C compiler checks it and its arguments. %d, %ld, %lld print integers; %s and
 * %.*s a text, percent-encoded so that it stays inside its segment; %% a percent sign; anything else aborts.
 */
struct url url_path(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* /list/12?conditions: a row's page below its list's address; `query` is none or begins with its ?. */
struct url url_below(struct arena *a, struct url list, int64_t id, struct url query);

struct url url_icon(struct arena *a, struct url sprite,
                    const char *name); /* sprite#name; the name is a literal */

struct url_pair {
    const char *name; /* a literal, written as it is */
    struct str value;
};
/* path?name=value&…, percent-encoded: url_query(a, URL("/members"), {"status", status}, {"q", q}). Pairs
 * whose value is none or empty are left out; a path that has a query already is continued. */
#define url_query(a, path, ...)                                                                              \
    url_query_pairs((a), (path), (const struct url_pair[]){__VA_ARGS__},                                     \
                    sizeof((const struct url_pair[]){__VA_ARGS__}) / sizeof(struct url_pair))
struct url url_query_pairs(struct arena *a, struct url path, const struct url_pair *pairs, size_t n);

/* tel: a number as people write it, 0931-123 4567. None when it holds anything but digits, blanks, hyphens
 * and brackets (an extension, two numbers): that can't be called with one touch. */
struct url url_phone(struct arena *a, struct str number);

void html_raw(struct html *h, const char *literal,
              size_t n); /* the template's own constant runs, nothing else */
/* Escaped for text and for double-quoted attributes; U+0000, which HTML does not know, becomes U+FFFD. The
 * text is UTF-8: that of requests was made so (http.h), that of the database is. */
void html_put_str(struct html *h, struct str s);
void html_put_int(struct html *h, int64_t v);
void html_put_size(struct html *h, size_t v);
void html_put_day(struct html *h, struct day d); /* YYYY-MM-DD; nothing for none */
void html_put_fen(struct html *h, struct fen f); /* yuan: 1,000.00 */
void html_put_url(struct html *h, struct url u);

#define html_put(h, x)                                                                                       \
    _Generic((x), struct str                                                                                 \
             : html_put_str, int                                                                             \
             : html_put_int, int64_t                                                                         \
             : html_put_int, size_t                                                                          \
             : html_put_size, struct day                                                                     \
             : html_put_day, struct fen                                                                      \
             : html_put_fen, struct url                                                                      \
             : html_put_url)((h), (x))

/* What {if x} asks: not empty, not zero, not none. Enums are unsigned (or int) here. */
bool html_true_str(struct str s);
bool html_true_int(int64_t v);
bool html_true_size(size_t v);
bool html_true_day(struct day d);
bool html_true_fen(struct fen f);
bool html_true_url(struct url u);

#define html_true(x)                                                                                         \
    _Generic((x), struct str                                                                                 \
             : html_true_str, bool                                                                           \
             : html_true_int, int                                                                            \
             : html_true_int, unsigned                                                                       \
             : html_true_int, int64_t                                                                        \
             : html_true_int, size_t                                                                         \
             : html_true_size, struct day                                                                    \
             : html_true_day, struct fen                                                                     \
             : html_true_fen, struct url                                                                     \
             : html_true_url)(x)

#endif
