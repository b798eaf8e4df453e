#include "web/ops/looks.h"

#include "gen/views.h"

#define MENU        "/staff/looks"
#define ALL_AT_ONCE 100 /* rows, when one of them is asked for again */

/* What was typed for one of the rows, when it is asked for again. */
struct typed {
    struct look_id id;
    struct str note;
};

static struct look_row_view row_of(struct web *w, const struct look *l, const struct typed *typed)
{
    struct arena *a = w->q->arena;
    struct look_row_view v = {
        .id = l->row.id.v,
        .what = l->row.what,
        .title = str_from(l->kind->title),
        .subject = l->row.member_id.v ? l->row.member_name : l->subject,
        .who = l->row.account_name,
        .at = str_sub(instant_str(a, l->row.made_at), 0, sizeof "2026-11-23 16:05" - 1),
        .reason = l->reason,
        .before = l->before,
        .after = l->after,
        .address = url_path(a, "/staff/looks/%ld", (long)l->row.id.v),
        .own = l->own,
        .waits = l->row.waits,
    };
    if (l->row.member_id.v) v.person = url_path(a, "/staff/members/%ld", (long)l->row.member_id.v);
    if (!typed || typed->id.v != l->row.id.v) return v;
    v.note = typed->note;
    v.error = form_error(w, "ok");
    v.note_error = form_error(w, "note");
    return v;
}

static enum status show(struct web *w, const struct typed *typed, int status)
{
    struct page_want want = list_page_read(&w->q->query);
    struct look_page page;
    if (typed) want.size = ALL_AT_ONCE;
    TRY(app_looks_list(&w->c, &want, &page));
    struct looks_view v = {
        .frame = web_frame(w, STR("待复核"), MENU),
        .once = web_once(w),
        .nothing = STR("没有等复核的事项。"),
        .pager = list_pager(w, URL(MENU), want.size, page.previous, page.next),
        .saved = web_query(w, "saved").n > 0,
        .note_max = LOOK_NOTE_MAX,
    };
    v.pager.total = page.total;
    for (size_t i = 0; i < page.items.n; i++)
        *ARENA_PUSH(w->q->arena, &v.rows) = row_of(w, &page.items.p[i], typed);
    view_looks(web_html(w), &v);
    return web_page(w, status);
}

enum status page_staff_looks(struct web *w)
{
    return show(w, NULL, 200);
}

enum status post_staff_look(struct web *w)
{
    struct typed typed = {.note = str_or_empty(web_field(w, "note"))};
    TRY(web_id(w, w->args[0], &typed.id.v));
    struct look_done done = {.ok = web_flag(w, "ok"),
                             .refused = str_eq(web_field(w, "ok"), STR("0")),
                             .note = typed.note,
                             .once = web_field(w, "once")};
    enum status s = app_look_done(&w->c, typed.id, &done);
    if (s == ST_BAD_INPUT && w->c.problems.n) {
        app_end(&w->c);
        return show(w, &typed, 422);
    }
    if (s) return s;
    return web_redirect(w, url_query(w->q->arena, URL(MENU), {"saved", STR("1")}));
}
