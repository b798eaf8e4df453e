#include "web/batches/company.h"

#include "domain/mask.h"
#include "gen/views.h"
#include "web/batches/place.h"
#include "web/members/timeline.h"

#define BATCHES 50 /* on a page */
#define MENU    "/company/batches"

static enum status tab_state(struct web *w, enum member_state *ret)
{
    struct list_want want;
    TRY(list_want_read(w, &w->q->query, &want));
    *ret = want.filter.state;
    return ST_OK;
}

enum status page_company_summary(struct web *w)
{
    enum member_state state;
    struct summaries pages;
    TRY(tab_state(w, &state));
    TRY(app_summary_preview(&w->c, state, &pages));
    TRY(app_read(&w->c));
    const struct member_filter tab = {.state = state};
    struct company_summary_view v = {
        .frame = web_frame(w, STR("打印汇总表"), "/company/members"),
        .list = list_url(w, URL("/company/members"), &tab),
        .pdf = list_url(w, URL("/company/summary.pdf"), &tab),
        .xlsx = list_url(w, URL("/company/members.xlsx"), &tab),
        .pages = pages,
        .empty = STR("这个页签里没有人员，不用打印。"),
    };
    view_company_summary(web_html(w), &v);
    return web_page(w, 200);
}

/* What counts as printed is the PDF. */
static enum status tab_pdf(struct web *w, enum member_state state, struct bytes *ret)
{
    enum batch_kind kind;
    struct batch_sheets sheets;
    if (!summary_kind(state, &kind)) return app_tab_pdf(&w->c, state, ret);
    TRY(app_batches_print(&w->c, kind, &sheets));
    return app_summary_pdf(&w->c, &sheets, w->site->url, ret);
}

static enum status answer_pdf(struct web *w, struct str what, struct bytes pdf)
{
    struct str day = day_str(w->q->arena, w->c.today);
    struct str name = arena_fmt(w->q->arena, "%.*s_%.*s_%.*s.pdf", STR_ARG(w->c.actor.company_name),
                                STR_ARG(what), STR_ARG(day));
    return web_inline(w, "application/pdf", name, pdf);
}

enum status page_company_summary_pdf(struct web *w)
{
    enum member_state state;
    struct bytes pdf;
    TRY(tab_state(w, &state));
    TRY(tab_pdf(w, state, &pdf));
    struct str tab = state == STATE_NONE ? STR("全部") : str_from(member_state_label(state, SIDE_COMPANY));
    return answer_pdf(w, arena_fmt(w->q->arena, "汇总表_%.*s", STR_ARG(tab)), pdf);
}

static struct str minute_or_none(struct web *w, int64_t at)
{
    return at ? minute_str(w, at) : STR_NONE;
}

static struct batch_line_view line_of(struct web *w, const struct batch_line *b)
{
    enum batch_kind kind = BATCH_NEW;
    batch_kind_parse(b->kind, &kind);
    bool open = !b->closed_at, over = b->people > 0 && !b->undecided;
    return (struct batch_line_view){
        .page = url_path(w->q->arena, "/company/batches/%ld", (long)b->id.v),
        .number = b->number,
        .kind = str_from(batch_kind_label(kind)),
        .state = open   ? STR("submitted")
                 : over ? STR("member")
                        : STR("recommended_new"),
        .state_label = open   ? STR("推荐中")
                       : over ? STR("已办结")
                              : STR("等协会审批"),
        .created = minute_or_none(w, b->created_at),
        .printed = minute_or_none(w, b->printed_at),
        .people = b->people,
        .undecided = b->undecided,
    };
}

enum status page_company_batches(struct web *w)
{
    struct batch_lines lines;
    struct batch_place next;
    TRY(app_batches_list(&w->c, batch_place_read(w), BATCHES, &lines, &next));
    struct company_batches_view v = {
        .frame = web_frame(w, STR("推荐汇总表"), MENU),
        .next = batch_place_url(w, URL(MENU), next),
        .empty = STR("还没有汇总表。在会员列表推荐人员后，会自动列入一张汇总表。"),
    };
    for (size_t i = 0; i < lines.n; i++)
        *ARENA_PUSH(w->q->arena, &v.lines) = line_of(w, &lines.p[i]);
    view_company_batches(web_html(w), &v);
    return web_page(w, 200);
}

static struct batch_person_view person_of(struct web *w, const struct batch_row *row)
{
    return (struct batch_person_view){
        .id = row->member.v,
        .page = url_path(w->q->arena, "/company/members/%ld", (long)row->member.v),
        .name = row->name,
        .id_number = mask_id_number(w->q->arena, row->id_number),
        .title = row->title,
        .state = str_from(member_state_code(row->state)),
        .state_label = str_from(member_state_label(row->state, w->c.actor.side)),
        .changed = row->changed,
    };
}

static enum status batch_of_path(struct web *w, struct batch_id *ret)
{
    return web_id(w, w->args[0], &ret->v);
}

enum status page_company_batch(struct web *w)
{
    struct batch_id id;
    struct batch_sheet sheet;
    TRY(batch_of_path(w, &id));
    TRY(app_batch(&w->c, id, &sheet));
    const struct batch_full *b = &sheet.batch;
    struct company_batch_view v = {
        .frame = web_frame(w, arena_fmt(w->q->arena, "推荐汇总表 %.*s", STR_ARG(b->number)), MENU),
        .number = b->number,
        .kind = str_from(batch_kind_label(sheet.kind)),
        .code = sheet.code,
        .created = minute_or_none(w, b->created_at),
        .printed = minute_or_none(w, b->printed_at),
        .closed = minute_or_none(w, b->closed_at),
        .fee = summary_fee(&w->c, &sheet),
        .pdf = url_path(w->q->arena, "/company/batches/%ld/summary.pdf", (long)id.v),
        .close = url_path(w->q->arena, "/company/batches/%ld/close", (long)id.v),
        .people_count = (int64_t)sheet.rows.n,
        .undecided = sheet.undecided,
        .open = !b->closed_at,
        .was_printed = b->printed_at != 0,
        .agrees = sheet.code_agrees,
    };
    for (size_t i = 0; i < sheet.rows.n; i++) {
        *ARENA_PUSH(w->q->arena, &v.people) = person_of(w, &sheet.rows.p[i]);
        v.changed = v.changed || sheet.rows.p[i].changed.n;
    }
    view_company_batch(web_html(w), &v);
    return web_page(w, 200);
}

enum status page_company_batch_pdf(struct web *w)
{
    struct batch_id id;
    struct batch_sheet sheet;
    struct bytes pdf;
    TRY(batch_of_path(w, &id));
    TRY(app_batch_print(&w->c, id, &sheet));
    const struct batch_sheets one = {.p = &sheet, .n = 1};
    TRY(app_summary_pdf(&w->c, &one, w->site->url, &pdf));
    return answer_pdf(w, arena_fmt(w->q->arena, "汇总表_%.*s", STR_ARG(sheet.batch.number)), pdf);
}

enum status post_company_batch_close(struct web *w)
{
    struct batch_id id;
    TRY(batch_of_path(w, &id));
    TRY(app_batch_close(&w->c, id));
    return web_redirect(w, url_path(w->q->arena, "/company/batches/%ld", (long)id.v));
}

enum status page_batch_by_code(struct web *w)
{
    struct batch_id id;
    TRY(app_batch_by_token(&w->c, w->args[0], &id));
    bool staff = w->c.actor.side == SIDE_STAFF;
    return web_redirect(w, staff ? url_path(w->q->arena, "/staff/batches/%ld", (long)id.v)
                                 : url_path(w->q->arena, "/company/batches/%ld", (long)id.v));
}
