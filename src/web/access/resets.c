#include "app/core/settings.h"
#include "base/limits.h"
#include "gen/views.h"
#include "web/access/forgot.h"
#include "web/core/hello.h"

#define COMPANY "/company/resets"
#define STAFF   "/staff/resets"

/* What was just typed, and what became of it; request 0: nothing. */
struct tried {
    struct lost_id request;
    struct lost_verdict verdict;
};

static struct str kind_of(const struct lost_password_line *row)
{
    if (row->member_id.v) return STR("个人会员");
    return row->main ? STR("主管理员") : STR("经办人");
}

static struct lost_row_view row_of(struct web *w, const struct lost_item *item, const struct tried *t)
{
    struct lost_row_view row = {
        .item = *item,
        .kind = kind_of(&item->row),
        .asked = str_sub(instant_str(w->q->arena, item->row.asked_at), 0, sizeof "2026-11-23 16:05" - 1),
        .until = day_at(item->row.good_until),
    };
    if (item->row.id.v != t->request.v) return row;
    row.left = t->verdict.left;
    row.error = form_error(w, "code");
    row.file_error = form_error(w, "file");
    if (!row.file_error.n) row.file_error = form_error(w, "paper");
    row.focus = row.error.n > 0;
    return row;
}

/* The request that was answered may stand on another page: then its message stands above. */
static bool stands_there(const struct lost_page *page, struct lost_id id)
{
    for (size_t i = 0; i < page->items.n; i++)
        if (page->items.p[i].row.id.v == id.v) return true;
    return false;
}

static enum status show(struct web *w, const char *menu, const struct tried *t, int status)
{
    struct page_want want = list_page_read(&w->q->query);
    struct lost_page page;
    struct resets_view v = {.staff = w->c.actor.side == SIDE_STAFF,
                            .may = !w->c.actor.view_only,
                            .done = str_eq(web_query(w, "done"), STR("1")),
                            .days = w->c.settings->lost_days};
    TRY(list_q_read(w, &w->q->query, &v.q));
    TRY(app_lost_list(&w->c, v.q, &want, &page));
    TRY(hello_lost(w));
    v.frame = web_frame(w, STR("核对码"), menu);
    v.here = (struct url){str_from(menu)};
    v.pager = list_pager(w, url_query(w->q->arena, v.here, {"q", v.q}), want.size, page.previous, page.next);
    v.pager.total = page.total;
    for (size_t i = 0; i < page.items.n; i++)
        *ARENA_PUSH(w->q->arena, &v.rows) = row_of(w, &page.items.p[i], t);
    if (t->request.v && !stands_there(&page, t->request)) v.error = form_error(w, "code");
    view_resets(web_html(w), &v);
    return web_page(w, status);
}

static enum status answer(struct web *w, const char *menu)
{
    struct tried t = {0};
    struct lost_answer in = {.code = str_or_empty(web_field(w, "code")), .paper = web_flag(w, "paper")};
    TRY(web_id(w, web_field(w, "request"), &in.request.v));
    for (size_t i = 0; i < w->q->files.n; i++) {
        const struct http_file *file = &w->q->files.p[i];
        if (!str_eq(file->field, STR("file")) || !file->size) continue;
        in.file = file->bytes;
    }
    enum status s = app_lost_answer(&w->c, &in, &t.verdict);
    if (s == ST_OK)
        return web_redirect(w, url_query(w->q->arena, (struct url){str_from(menu)}, {"done", STR("1")}));
    if (s != ST_BAD_INPUT) return s;
    t.request = in.request;
    app_end(&w->c);
    return show(w, menu, &t, 422);
}

enum status page_company_resets(struct web *w)
{
    return show(w, COMPANY, &(struct tried){0}, 200);
}

enum status post_company_resets(struct web *w)
{
    return answer(w, COMPANY);
}

enum status page_staff_resets(struct web *w)
{
    return show(w, STAFF, &(struct tried){0}, 200);
}

enum status post_staff_resets(struct web *w)
{
    return answer(w, STAFF);
}

enum status post_own_reset_cancel(struct web *w)
{
    struct lost_id id;
    TRY(web_id(w, w->args[0], &id.v));
    TRY(app_lost_cancel(&w->c, id));
    return web_redirect(w, URL("/"));
}
