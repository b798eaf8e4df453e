#include "app/members/selection.h"

#include "app/core/settings.h"

#include <stdlib.h>

struct id_list {
    LIST(struct member_id);
    struct ctx *c;
};

static enum status collect(void *arg, const struct member_line *row)
{
    struct id_list *ids = arg;
    if ((int64_t)ids->n >= ids->c->settings->batch_rows)
        return fail(&ids->c->fault, ST_BAD_INPUT, "一次最多处理 %ld 人，请缩小范围后分次办理",
                    (long)ids->c->settings->batch_rows);
    *ARENA_PUSH(ids->c->arena, ids) = row->id;
    return ST_OK;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = ((const struct member_id *)a)->v, y = ((const struct member_id *)b)->v;
    return (x > y) - (x < y);
}

static enum status selected_all(struct ctx *c, const struct selection *s, struct id_list *ids)
{
    struct member_filter f;
    TRY(member_filter_allow(c, &s->filter, &f));
    TRY(member_list_each(c, &f, collect, ids));
    if (s->expect >= 0 && (int64_t)ids->n != s->expect)
        return fail(&c->fault, ST_CONFLICT, "名单刚刚有变化：现在是 %ld 人，请核对后再提交", (long)ids->n);
    return ST_OK;
}

static enum status selected_ids(struct ctx *c, const struct selection *s, struct id_list *ids)
{
    if ((int64_t)s->n > c->settings->batch_rows)
        return fail(&c->fault, ST_BAD_INPUT, "一次最多处理 %ld 人", (long)c->settings->batch_rows);
    for (size_t i = 0; i < s->n; i++)
        *ARENA_PUSH(c->arena, ids) = s->ids[i];
    return ST_OK;
}

/* Whom it is for, each once, read before anything changes. Always by id: two batches that share people must
 * not wait for each other in a circle. */
enum status selection_ids(struct ctx *c, const struct selection *s, struct member_ids *ret)
{
    struct id_list ids = {.c = c};
    size_t n = 0;
    TRY(s->all ? selected_all(c, s, &ids) : selected_ids(c, s, &ids));
    if (ids.n == 0) return fail(&c->fault, ST_BAD_INPUT, "请先选择人员");
    qsort(ids.p, ids.n, sizeof *ids.p, by_value);
    for (size_t i = 0; i < ids.n; i++)
        if (i == 0 || ids.p[i].v != ids.p[n - 1].v) ids.p[n++] = ids.p[i];
    *ret = (struct member_ids){.p = ids.p, .n = n};
    return ST_OK;
}
