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

/* Behind a quoted word stands the next parameter or nothing. */
static bool word_ends(struct str rest)
{
    rest = str_trim(rest);
    return rest.n == 0 || rest.p[0] == ';';
}

/* The bytes of the quoted word at the start of s, both quotes included; 0 if it does not end. */
static size_t quoted_size(struct str s, bool escapes)
{
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i] == '"' && word_ends(str_sub(s, i + 1, s.n))) return i + 1;
        if (s.p[i] == '"' && escapes) return 0;
        if (escapes && s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '"') i++;
    }
    return 0;
}

static struct str unquote(struct arena *a, struct str quoted, bool escapes)
{
    struct str inside = str_sub(quoted, 1, quoted.n - 2);
    char *p = arena_alloc(a, inside.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < inside.n; i++) {
        if (escapes && inside.p[i] == '\\' && i + 1 < inside.n && inside.p[i + 1] == '"') i++;
        p[n++] = inside.p[i];
    }
    return (struct str){p, n};
}

struct param {
    struct str key, word; /* the word as it stands there */
    bool quoted, escapes;
};

/* The next one of `rest`; false at the end. A quote that does not end leaves the word none. */
static bool next_param(struct str *rest, struct param *ret)
{
    struct str key, behind;
    *ret = (struct param){.escapes = true};
    if (!str_cut(*rest, '=', &key, rest)) return false;
    ret->key = str_trim(key);
    *rest = str_trim(*rest);
    ret->quoted = str_starts(*rest, STR("\""));
    if (ret->quoted) {
        ret->word = str_sub(*rest, 0, quoted_size(*rest, true));
        ret->escapes = ret->word.n > 0;
        if (!ret->escapes) ret->word = str_sub(*rest, 0, quoted_size(*rest, false));
        *rest = ret->word.n ? str_sub(*rest, ret->word.n, rest->n) : STR_NONE;
    }
    str_cut(*rest, ';', &behind, rest);
    if (!ret->quoted) ret->word = str_trim(behind);
    return true;
}

bool param_find(struct arena *a, struct str header, const char *name, struct str *ret)
{
    struct str main, rest;
    struct param found;
    str_cut(header, ';', &main, &rest);
    while (next_param(&rest, &found)) {
        if (!param_is(found.key, name)) continue;
        if (found.quoted && found.word.n == 0) return false;
        *ret = found.quoted ? unquote(a, found.word, found.escapes) : arena_str(a, found.word);
        return true;
    }
    return false;
}

bool param_begins(struct str header, const char *name)
{
    struct str main, rest, prefix = str_from(name);
    struct param found;
    str_cut(header, ';', &main, &rest);
    while (next_param(&rest, &found))
        if (param_is(str_sub(found.key, 0, prefix.n), name)) return true;
    return false;
}
