#include "web/batches/staff.h"

#include "domain/codes.h"
#include "domain/mask.h"
#include "gen/views.h"
#include "web/batches/place.h"

#define MENU "/staff/batches"

static struct str kind_label(struct str code)
{
    enum batch_kind kind;
    return batch_kind_parse(code, &kind) ? str_from(batch_kind_label(kind)) : code;
}

static struct url company_url(struct web *w, struct company_id id)
{
    return url_path(w->q->arena, "/staff/companies/%ld", (long)id.v);
}

static struct staff_batch_row row_of(struct web *w, const struct batch_line *b)
{
    enum batch_stage stage = batch_stage_of(b->closed_at != 0, b->undecided);
    return (struct staff_batch_row){
        .id = b->id.v,
        .code = str_from(batch_stage_code(stage)),
        .page = url_path(w->q->arena, "/staff/batches/%ld", (long)b->id.v),
        .company_page = company_url(w, b->company_id),
        .number = b->number,
        .company = b->company_name,
        .kind = kind_label(b->kind),
        .stage = batch_stage_label(stage),
        .stage_class = batch_stage_colour(stage),
        .created = day_at(b->created_at),
        .printed = b->printed_at ? day_at(b->printed_at) : DAY_NONE,
        .people = b->people,
        .undecided = b->undecided,
    };
}

enum status page_staff_batches(struct web *w)
{
    struct batch_want want;
    struct batch_lines lines;
    struct batch_place next;
    TRY(batch_want_read(w, &want));
    TRY(app_batches_list(&w->c, &want.filter, want.from, (size_t)want.size, &lines, &next));
    struct staff_batches_view v = {
        .frame = web_frame(w, STR("推荐汇总表"), MENU),
        .tabs = batch_tabs(w, URL(MENU), &want),
        .status = str_from(batch_stage_code(want.filter.stage)),
        .q = want.filter.q,
        .older = batch_next_url(w, URL(MENU), &want, next),
        .empty = want.filter.stage || want.filter.q.n ? STR("没有找到这样的汇总表。")
                                                      : STR("企业推荐人员后，汇总表会出现在这里。"),
    };
    for (size_t i = 0; i < lines.n; i++)
        *ARENA_PUSH(w->q->arena, &v.rows) = row_of(w, &lines.p[i]);
    view_staff_batches(web_html(w), &v);
    return web_page(w, 200);
}

static struct staff_batch_person person_of(struct web *w, const struct batch_row *r)
{
    const struct snapshot *shown = &r->shown;
    return (struct staff_batch_person){
        .id = r->member.v,
        .page = url_path(w->q->arena, "/staff/members/%ld", (long)r->member.v),
        .name = shown->name,
        .id_number = mask_id_number(w->q->arena, shown->id_number),
        .education = shown->education,
        .title = shown->title,
        .post = shown->post,
        .decision = batch_decision_code(r),
        .change = str_from(batch_change_code(r->change)),
        .state = r->readable ? str_from(member_state_code(r->state)) : STR_NONE,
        .state_label = r->readable ? str_from(member_state_label(r->state, SIDE_STAFF)) : STR(""),
        .changed = r->changed,
    };
}

static struct str minute(struct web *w, int64_t ms)
{
    return ms ? str_sub(instant_str(w->q->arena, ms), 0, sizeof "2026-11-23 16:05" - 1) : STR_NONE;
}

enum status page_staff_batch(struct web *w)
{
    struct batch_id id;
    struct batch_sheet sheet;
    TRY(web_id(w, w->args[0], &id.v));
    TRY(app_batch(&w->c, id, &sheet));
    struct staff_batch_view v = {
        .frame = web_frame(w, sheet.batch.number, MENU),
        .sheet = sheet,
        .company_page = company_url(w, sheet.company.id),
        .kind = str_from(batch_kind_label(sheet.kind)),
        .seen = batch_seen(w, &sheet),
        .created = minute(w, sheet.batch.created_at),
        .closed = minute(w, sheet.batch.closed_at),
        .pdf = w->c.actor.roles & ROLE_MEMBERSHIP
                   ? url_path(w->q->arena, "/staff/batches/%ld/summary.pdf", (long)id.v)
                   : (struct url){STR_NONE},
    };
    for (size_t i = 0; i < sheet.rows.n + sheet.left.n; i++)
        *ARENA_PUSH(w->q->arena, &v.people) =
            person_of(w, i < sheet.rows.n ? &sheet.rows.p[i] : &sheet.left.p[i - sheet.rows.n]);
    view_staff_batch(web_html(w), &v);
    return web_page(w, 200);
}
