#include "http/param.h"

#include <string.h>
#include <strings.h>

struct str param_main(struct str header)
{
    struct str head, rest;
    str_cut(header, ';', &head, &rest);
    return str_trim(head);
}

bool param_is(struct str text, const char *word)
{
    return text.n == strlen(word) && strncasecmp(text.p, word, text.n) == 0;
}

/* The bytes of the quoted word at the start of s, both quotes included; 0 if it does not end. */
static size_t quoted_size(struct str s)
{
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i] == '"') return i + 1;
        if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '"') i++;
    }
    return 0;
}

static struct str unquote(struct arena *a, struct str quoted)
{
    struct str inside = str_sub(quoted, 1, quoted.n - 2);
    char *p = arena_alloc(a, inside.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < inside.n; i++) {
        if (inside.p[i] == '\\' && i + 1 < inside.n && inside.p[i + 1] == '"') i++;
        p[n++] = inside.p[i];
    }
    return (struct str){p, n};
}

bool param_find(struct arena *a, struct str header, const char *name, struct str *ret)
{
    struct str word, rest, key;
    str_cut(header, ';', &word, &rest);
    while (str_cut(rest, '=', &key, &rest)) {
        rest = str_trim(rest);
        bool quoted = str_starts(rest, STR("\""));
        if (quoted) {
            word = str_sub(rest, 0, quoted_size(rest));
            if (word.n == 0) return false;
            rest = str_sub(rest, word.n, rest.n);
        }
        struct str behind;
        str_cut(rest, ';', &behind, &rest);
        if (!quoted) word = str_trim(behind);
        if (param_is(str_trim(key), name)) {
            *ret = quoted ? unquote(a, word) : arena_str(a, word);
            return true;
        }
    }
    return false;
}
