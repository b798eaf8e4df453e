#include "domain/name_grams.h"

#include "base/utf8.h"
#include "domain/fold.h"

static void add_once(struct arena *a, struct grams *list, struct str gram)
{
    if (list->n == NAME_GRAMS_MAX) return;
    for (size_t i = 0; i < list->n; i++) {
        if (str_eq(list->p[i], gram)) return;
    }
    *ARENA_PUSH(a, list) = gram;
}

/* Every run of `size` characters of the text. */
static void add_runs(struct arena *a, struct grams *list, struct str text, size_t size)
{
    size_t end = 0;
    for (size_t i = 0; i < size; i++) {
        if (end == text.n) return;
        utf8_next(text, &end);
    }
    size_t start = 0;
    for (;;) {
        add_once(a, list, str_sub(text, start, end - start));
        if (end == text.n) return;
        utf8_next(text, &start);
        utf8_next(text, &end);
    }
}

struct grams name_grams(struct arena *a, struct str name)
{
    struct grams list = {0};
    struct str folded = search_fold(a, name);
    add_runs(a, &list, folded, 1);
    add_runs(a, &list, folded, 2);
    return list;
}

struct grams name_query_grams(struct arena *a, struct str query, struct str *ret_folded)
{
    struct grams list = {0};
    struct str folded = search_fold(a, query);
    add_runs(a, &list, folded, utf8_count(folded) == 1 ? 1 : 2);
    if (ret_folded) *ret_folded = folded;
    return list;
}
