#include "web/reports/audit.h"

#include "app/core/events.h"
#include "app/reports/audit_export.h"
#include "base/limits.h"
#include "gen/views.h"
#include "web/core/route.h"

#include <stddef.h>

#define MENU "/staff/audit"

#define FIELD(field, text) .name = #field, .label = (text), .offset = offsetof(struct audit_asked, field)
static const struct form_field DAYS[] = {
    {FIELD(from, "从"), .type = "date", .max = 10},
    {FIELD(to, "到"), .type = "date", .max = 10},
};
static const struct form_field FIELDS[] = {
    {FIELD(account, "操作账号"), .type = "text", .max = 100},
    {FIELD(member, "人员编号"), .type = "text", .max = 10},
    {FIELD(company, "企业编号"), .type = "text", .max = 10},
    {FIELD(address, "地址开头"), .type = "text", .max = LIMIT_ADDRESS_BYTES},
};

static struct audit_asked asked_of(const struct web *w)
{
#define ASKED(field) .field = str_trim(str_or_empty(web_query(w, #field)))
    return (struct audit_asked){ASKED(from),   ASKED(to),      ASKED(event),   ASKED(account),
                                ASKED(member), ASKED(company), ASKED(address), ASKED(result)};
}

static struct url address_of(struct web *w, struct url page, const struct audit_asked *a)
{
    return url_query(w->q->arena, page, {"from", a->from}, {"to", a->to}, {"event", a->event},
                     {"account", a->account}, {"member", a->member}, {"company", a->company},
                     {"address", a->address}, {"result", a->result});
}

static struct options_view event_options(struct web *w, struct str chosen)
{
    struct options_view all = {0};
    const struct event *e;
    *ARENA_PUSH(w->q->arena, &all) = (struct option_view){STR(""), STR("全部"), !chosen.n};
    for (size_t i = 0; (e = event_at(i)) != NULL; i++)
        *ARENA_PUSH(w->q->arena, &all) =
            (struct option_view){str_from(e->word), str_from(e->title), str_eq(str_from(e->word), chosen)};
    return all;
}

static struct options_view result_options(struct web *w, struct str chosen)
{
    static const struct option_view RESULTS[] = {
        {STR_INIT(""), STR_INIT("全部"), false},
        {STR_INIT("ok"), STR_INIT("成功"), false},
        {STR_INIT("refused"), STR_INIT("拒绝和没有成功"), false},
    };
    struct options_view all = {0};
    for (size_t i = 0; i < COUNT(RESULTS); i++) {
        struct option_view *o = ARENA_PUSH(w->q->arena, &all);
        *o = RESULTS[i];
        o->selected = str_eq(o->value, chosen);
    }
    return all;
}

static struct url rows_of(struct web *w, const char *what, int64_t id)
{
    struct url none = {STR_NONE};
    struct str number = arena_fmt(w->q->arena, "%ld", (long)id);
    return id ? url_query(w->q->arena, URL(MENU), {what, number}) : none;
}

static struct audit_row_view row_view(struct web *w, const struct audit_item *item)
{
    struct audit_row_view v = {
        .item = *item,
        .at = instant_str(w->q->arena, item->row.at),
        .about_none = !item->row.member_id.v && !item->row.company_id.v && !item->row.batch_id.v,
        .words_none = !item->detail_broken && !item->note.n && !item->changed.n,
        .refused = !str_eq(item->row.result, STR("ok")),
        .of_member = rows_of(w, "member", item->row.member_id.v),
        .of_company = rows_of(w, "company", item->row.company_id.v),
    };
    if (item->login.n) v.of_account = url_query(w->q->arena, URL(MENU), {"account", item->login});
    return v;
}

static struct audit_view view_of(struct web *w, const struct audit_asked *asked)
{
    struct audit_view v = {
        .days = form_view(w, FORM(DAYS), asked),
        .fields = form_view(w, FORM(FIELDS), asked),
        .events = event_options(w, asked->event),
        .results = result_options(w, asked->result),
        .event_error = form_error(w, "event"),
        .result_error = form_error(w, "result"),
        .csv = address_of(w, URL("/staff/audit.csv"), asked),
        .wrong = (int)w->c.problems.n,
        .empty = STR("没有符合条件的记录。请换一个条件，或点“重置”查看全部。"),
    };
    return v;
}

static enum status show(struct web *w, struct audit_view *v, int status)
{
    v->frame = web_frame(w, STR("审计日志"), MENU);
    view_audit(web_html(w), v);
    return web_page(w, status);
}

enum status page_staff_audit(struct web *w)
{
    const struct audit_asked asked = asked_of(w);
    const struct page_want want = list_page_read(&w->q->query);
    struct audit_page page;
    enum status s = app_audit_list(&w->c, &asked, &want, &page);
    struct audit_view v = view_of(w, &asked);
    struct url here = address_of(w, URL(MENU), &asked);
    v.filtered = !str_eq(here.text, STR(MENU));
    if (s == ST_BAD_INPUT) return show(w, &v, 422);
    if (s) return s;
    v.pager = list_pager(w, here, want.size, page.previous, page.next);
    v.pager.total = page.total;
    v.sifting = page.sifting;
    v.back = page.back;
    if (page.sifting) v.looked_to = instant_str(w->q->arena, page.looked_to);
    for (size_t i = 0; i < page.items.n; i++)
        *ARENA_PUSH(w->q->arena, &v.rows) = row_view(w, &page.items.p[i]);
    return show(w, &v, 200);
}

enum status page_staff_audit_csv(struct web *w)
{
    const struct audit_asked asked = asked_of(w);
    struct export_file file;
    enum status s = app_audit_export(&w->c, &asked, &file);
    if (s == ST_BAD_INPUT) {
        struct audit_view v = view_of(w, &asked);
        v.filtered = true;
        return show(w, &v, 422);
    }
    if (s) return s;
    return web_download(w, "text/csv; charset=utf-8", file.filename, file.bytes);
}
