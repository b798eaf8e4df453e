/* Text and bytes as pointer and length. Neither owns what it points to: an arena, a literal or a buffer does.
 * Text is UTF-8 and may hold NUL until someone checks; bytes are opaque (sealed values, keys, files), a type
 * of their own so that they can't be printed on a page by mistake. A null pointer means "none" (NULL in a
 * column). */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *p;
    size_t n;
};

struct bytes {
    const uint8_t *p;
    size_t n;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                                    \
    {                                                                                                        \
        "" literal, sizeof(literal) - 1                                                                      \
    }
#define STR_NONE   ((struct str){0})
#define STR_ARG(s) (int)(s).n, (s).p /* for "%.*s" */

/* A C string or NULL; of a literal the compiler knows the length. */
static inline struct str str_from(const char *cstr)
{
    return cstr ? (struct str){cstr, strlen(cstr)} : STR_NONE;
}
/* None becomes the empty text. */
static inline struct str str_or_empty(struct str s)
{
    return s.p ? s : (struct str){"", 0};
}
bool str_eq(struct str a, struct str b);
int str_cmp(struct str a, struct str b); /* by bytes, as memcmp */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_find(struct str s, struct str part, size_t *ret_at);
bool str_has_nul(struct str s);
struct str str_sub(struct str s, size_t from, size_t n); /* clipped to s */
struct str str_trim(struct str s);                       /* ASCII blanks off both ends */
/* Cuts s at the first `mark`: ret_head gets what stands before, ret_rest what follows. False, with head = s
 * and an empty rest, when there is none. */
bool str_cut(struct str s, char mark, struct str *ret_head, struct str *ret_rest);
/* Decimal integer, the whole of s, optional minus; false on anything else or overflow. */
bool str_int(struct str s, int64_t *ret);
bool bytes_eq(struct bytes a, struct bytes b); /* not constant in time: for secrets see crypto/ */
struct bytes str_bytes(struct str s);          /* the same memory seen as bytes */

#endif
