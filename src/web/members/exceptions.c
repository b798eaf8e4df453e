#include "web/members/exceptions.h"

#include "gen/views.h"

#include <stddef.h>

#define MENU "/staff/exceptions"

struct typed {
    struct str id_number, reason;
};
static const struct form_field FIELDS[] = {
    {.name = "id_number",
     .label = "身份证号",
     .type = "text",
     .offset = offsetof(struct typed, id_number),
     .max = 30,
     .required = true,
     .hint = "18 位身份证号，末位是 X 也要填。须在本人注册之前登记。"},
    {.name = "reason",
     .label = "原因",
     .type = "text",
     .offset = offsetof(struct typed, reason),
     .max = EXCEPTION_REASON_MAX,
     .required = true,
     .wide = true,
     .hint = "例如：协会第 3 次理事会同意超龄入会。会记入日志，并由另一个账号复核。"},
};

static void rows_of(struct web *w, const struct exceptions_shown *items, struct exception_rows_view *ret)
{
    for (size_t i = 0; i < items->n; i++) {
        const struct exception_shown *e = &items->p[i];
        struct exception_row_view *v = ARENA_PUSH(w->q->arena, ret);
        *v = (struct exception_row_view){
            .id = e->row.id.v,
            .id_number = e->id_number,
            .reason = e->reason,
            .who = e->row.account_name,
            .at = str_sub(instant_str(w->q->arena, e->row.made_at), 0, sizeof "2026-11-23 16:05" - 1),
            .in_force = e->row.in_force,
        };
        if (e->row.member_id.v)
            v->person = url_path(w->q->arena, "/staff/members/%ld", (long)e->row.member_id.v);
    }
}

/* `typed`: NULL where nothing was. */
static enum status show(struct web *w, const struct typed *typed, struct str once, int status)
{
    static const struct typed EMPTY = {STR_INIT(""), STR_INIT("")};
    struct page_want want = list_page_read(&w->q->query);
    struct exception_page page;
    TRY(app_exceptions_list(&w->c, &want, &page));
    struct exceptions_view v = {
        .frame = web_frame(w, STR("入会例外"), MENU),
        .once = once,
        .nothing = STR("还没有登记过例外。"),
        .fields = form_view(w, FORM(FIELDS), typed ? typed : &EMPTY),
        .pager = list_pager(w, URL(MENU), want.size, page.previous, page.next),
        .saved = web_query(w, "saved").n > 0,
        .wrong = (int)w->c.problems.n,
    };
    v.pager.total = page.total;
    rows_of(w, &page.items, &v.rows);
    view_exceptions(web_html(w), &v);
    return web_page(w, status);
}

enum status page_staff_exceptions(struct web *w)
{
    return show(w, NULL, web_once(w), 200);
}

enum status post_staff_exceptions(struct web *w)
{
    struct typed typed;
    form_read(w, FORM(FIELDS), &typed);
    struct exception_input in = {typed.id_number, typed.reason, web_field(w, "once")};
    enum status s = app_exception_add(&w->c, &in);
    if (s == ST_BAD_INPUT && w->c.problems.n) {
        app_end(&w->c);
        return show(w, &typed, in.once, 422);
    }
    if (s) return s;
    return web_redirect(w, url_query(w->q->arena, URL(MENU), {"saved", STR("1")}));
}
