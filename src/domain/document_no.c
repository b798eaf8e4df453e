#include "domain/document_no.h"

#include "base/utf8.h"
#include "domain/fold.h"

#include <string.h>

static bool says_nothing(uint32_t c)
{
    return c == '(' || c == ')' || c == U'第';
}

struct str document_no_fold(struct arena *a, struct str typed)
{
    struct str folded = name_fold(a, typed);
    char *text = arena_alloc(a, folded.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < folded.n;) {
        size_t from = at;
        if (says_nothing(utf8_next(folded, &at))) continue;
        memcpy(text + n, folded.p + from, at - from);
        n += at - from;
    }
    return n ? (struct str){text, n} : folded;
}
