#include "web/core/list.h"

#include "base/utf8.h"

#define Q_MAX 100 /* characters */

static const struct {
    int n;
    struct str text;
} SIZES[] = {
    {10, STR_INIT("10")}, {LIST_SIZE_USUAL, STR_INIT("20")}, {50, STR_INIT("50")}, {100, STR_INIT("100")}};

static int size_read(struct str s)
{
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++)
        if (str_eq(SIZES[i].text, s)) return SIZES[i].n;
    return LIST_SIZE_USUAL;
}

struct page_want list_page_read(const struct http_pairs *from)
{
    return (struct page_want){.size = size_read(http_get(from, "size")),
                              .after = str_or_empty(http_get(from, "after")),
                              .before = str_or_empty(http_get(from, "before"))};
}

enum status list_q_read(struct web *w, const struct http_pairs *from, struct str *ret)
{
    struct str q = str_or_empty(http_get(from, "q"));
    if (!utf8_valid(q) || str_has_nul(q) || utf8_count(q) > Q_MAX)
        return fail(&w->c.fault, ST_BAD_INPUT, "搜索的内容太长，或含有无法识别的字符");
    *ret = q;
    return ST_OK;
}

struct url list_with_size(struct web *w, struct url address, int size)
{
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++)
        if (SIZES[i].n == size && size != LIST_SIZE_USUAL)
            return url_query(w->q->arena, address, {"size", SIZES[i].text});
    return address;
}

struct pager_view list_pager(struct web *w, struct url here, int size, struct str previous, struct str next)
{
    struct pager_view pager = {0};
    struct url sized = list_with_size(w, here, size);
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++)
        *ARENA_PUSH(w->q->arena, &pager.sizes) =
            (struct size_view){SIZES[i].n, list_with_size(w, here, SIZES[i].n), SIZES[i].n == size};
    if (previous.n) pager.previous = url_query(w->q->arena, sized, {"before", previous});
    if (next.n) pager.next = url_query(w->q->arena, sized, {"after", next});
    return pager;
}
