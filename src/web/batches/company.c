#include "web/batches/company.h"

#include "domain/mask.h"
#include "gen/views.h"
#include "web/batches/place.h"
#include "web/members/timeline.h"

#define MENU "/company/batches"

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
        .print = list_url(w, URL("/company/summary/print"), &tab),
        .xlsx = list_url(w, URL("/company/members.xlsx"), &tab),
        .pages = pages,
        .empty = STR("这个页签里没有人员，不用打印。"),
    };
    view_company_summary(web_html(w), &v);
    return web_page(w, 200);
}

static enum status answer_pdf(struct web *w, struct str what, struct bytes pdf)
{
    struct str day = day_str(w->q->arena, w->c.today);
    struct str name = arena_fmt(w->q->arena, "%.*s_%.*s_%.*s.pdf", STR_ARG(w->c.actor.company_name),
                                STR_ARG(what), STR_ARG(day));
    return web_inline(w, "application/pdf", name, pdf);
}

/* Of a recommendation the last prints; of any other tab the list as it is now. */
enum status page_company_summary_pdf(struct web *w)
{
    enum member_state state;
    struct print_wanted which = {0};
    struct prints prints;
    struct bytes pdf;
    TRY(tab_state(w, &state));
    struct str tab = state == STATE_NONE ? STR("全部") : str_from(member_state_label(state, SIDE_COMPANY));
    struct str name = arena_fmt(w->q->arena, "汇总表_%.*s", STR_ARG(tab));
    if (summary_kind(state, &which.kind)) {
        TRY(app_summary_pdf(&w->c, which, w->site->url, &prints, &pdf));
        return answer_pdf(w, name, pdf);
    }
    TRY(app_tab_pdf(&w->c, state, &pdf));
    return answer_pdf(w, name, pdf);
}

/* A tab that is no recommendation seals nothing: its list is made when it is fetched. */
enum status post_company_summary_print(struct web *w)
{
    enum member_state state;
    struct print_wanted which = {0};
    TRY(tab_state(w, &state));
    if (summary_kind(state, &which.kind))
        TRY(app_summary_print(&w->c, which, web_field(w, "once"), w->site->url));
    const struct member_filter tab = {.state = state};
    return web_redirect(w, list_url(w, URL("/company/summary.pdf"), &tab));
}

static struct str minute_or_none(struct web *w, int64_t at)
{
    return at ? minute_str(w, at) : STR_NONE;
}

static struct batch_line_view line_of(struct web *w, const struct batch_line *b)
{
    enum batch_kind kind = BATCH_NEW;
    enum batch_stage stage = batch_stage_of(b->closed_at != 0, b->undecided);
    batch_kind_parse(b->kind, &kind);
    return (struct batch_line_view){
        .id = b->id.v,
        .page = url_path(w->q->arena, "/company/batches/%ld", (long)b->id.v),
        .number = b->number,
        .kind = str_from(batch_kind_label(kind)),
        .code = str_from(batch_stage_code(stage)),
        .state = batch_stage_colour(stage),
        .state_label = batch_stage_label(stage),
        .created = minute_or_none(w, b->created_at),
        .printed = minute_or_none(w, b->printed_at),
        .people = b->people,
        .undecided = b->undecided,
    };
}

enum status page_company_batches(struct web *w)
{
    struct batch_want want;
    struct batch_lines lines;
    struct batch_place next;
    TRY(batch_want_read(w, &want));
    TRY(app_batches_list(&w->c, &want.filter, want.from, (size_t)want.size, &lines, &next));
    struct company_batches_view v = {
        .frame = web_frame(w, STR("推荐汇总表"), MENU),
        .tabs = batch_tabs(w, URL(MENU), &want),
        .next = batch_next_url(w, URL(MENU), &want, next),
        .empty = want.filter.stage ? STR("没有这个进度的汇总表。")
                                   : STR("还没有汇总表。在会员列表推荐人员后，会自动列入一张汇总表。"),
    };
    for (size_t i = 0; i < lines.n; i++)
        *ARENA_PUSH(w->q->arena, &v.lines) = line_of(w, &lines.p[i]);
    view_company_batches(web_html(w), &v);
    return web_page(w, 200);
}

static struct batch_person_view person_of(struct web *w, const struct batch_row *row)
{
    const struct snapshot *shown = &row->shown;
    return (struct batch_person_view){
        .id = row->member.v,
        .page = row->readable ? url_path(w->q->arena, "/company/members/%ld", (long)row->member.v)
                              : (struct url){STR_NONE},
        .name = row->unknown ? STR("（已不属于本单位）") : shown->name,
        .id_number = mask_id_number(w->q->arena, shown->id_number),
        .title = str_or_empty(shown->title),
        .decision = batch_decision_code(row),
        .change = str_from(batch_change_code(row->change)),
        .state = row->readable ? str_from(member_state_code(row->state)) : STR_NONE,
        .state_label = row->readable ? str_from(member_state_label(row->state, w->c.actor.side)) : STR(""),
        .changed = row->changed,
    };
}

static enum status batch_of_path(struct web *w, struct batch_id *ret)
{
    return web_id(w, w->args[0], &ret->v);
}

static struct url batch_url(struct web *w, struct batch_id id)
{
    return url_path(w->q->arena, "/company/batches/%ld", (long)id.v);
}

static struct url batch_pdf_url(struct web *w, struct batch_id id)
{
    return url_path(w->q->arena, "/company/batches/%ld/summary.pdf", (long)id.v);
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
        .seen = batch_seen(w, &sheet),
        .kind = str_from(batch_kind_label(sheet.kind)),
        .created = minute_or_none(w, b->created_at),
        .closed = minute_or_none(w, b->closed_at),
        .fee = print_fee(&w->c, &sheet),
        .print = url_path(w->q->arena, "/company/batches/%ld/print", (long)id.v),
        .pdf = batch_pdf_url(w, id),
        .close = url_path(w->q->arena, "/company/batches/%ld/close", (long)id.v),
        .people_count = (int64_t)sheet.rows.n,
        .undecided = sheet.undecided,
        .open = !b->closed_at,
        .may_print = !b->closed_at || !sheet.last.number,
        .may_act = !w->c.actor.view_only,
    };
    for (size_t i = 0; i < sheet.rows.n + sheet.left.n; i++)
        *ARENA_PUSH(w->q->arena, &v.people) =
            person_of(w, i < sheet.rows.n ? &sheet.rows.p[i] : &sheet.left.p[i - sheet.rows.n]);
    view_company_batch(web_html(w), &v);
    return web_page(w, 200);
}

/* The last print again: on either side, for those who may see all of it. */
enum status page_batch_pdf(struct web *w)
{
    struct print_wanted which = {0};
    struct prints prints;
    struct bytes pdf;
    TRY(batch_of_path(w, &which.batch));
    TRY(app_summary_pdf(&w->c, which, w->site->url, &prints, &pdf));
    return answer_pdf(w, arena_fmt(w->q->arena, "汇总表_%.*s", STR_ARG(prints.p[0].batch_number)), pdf);
}

enum status post_company_batch_print(struct web *w)
{
    struct print_wanted which = {0};
    TRY(batch_of_path(w, &which.batch));
    TRY(app_summary_print(&w->c, which, web_field(w, "once"), w->site->url));
    return web_redirect(w, batch_pdf_url(w, which.batch));
}

enum status post_company_batch_close(struct web *w)
{
    struct batch_id id;
    TRY(batch_of_path(w, &id));
    TRY(app_batch_close(&w->c, id));
    return web_redirect(w, batch_url(w, id));
}

/* The page says when the paper in hand is not the last print. */
enum status page_batch_by_code(struct web *w)
{
    struct batch_id id;
    int64_t print;
    TRY(app_batch_by_code(&w->c, w->args[0], &id, &print));
    bool staff = w->c.actor.side == SIDE_STAFF;
    struct url page = staff ? url_path(w->q->arena, "/staff/batches/%ld", (long)id.v)
                            : url_path(w->q->arena, "/company/batches/%ld", (long)id.v);
    if (print) page = url_query(w->q->arena, page, {"print", arena_fmt(w->q->arena, "%ld", (long)print)});
    return web_redirect(w, page);
}
