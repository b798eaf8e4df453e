#include "web/batches/staff.h"

#include "domain/codes.h"
#include "domain/mask.h"
#include "gen/views.h"
#include "web/batches/place.h"

#define MENU "/staff/batches"
#define ROWS 20

/* How far a batch is, and the colour that says so. */
static const struct stage {
    const char *label, *state;
} COLLECTING = {"推荐中", "submitted"}, WAITING = {"等协会审批", "recommended_new"},
  DECIDED = {"已办结", "member"};

static struct stage stage_of(int64_t closed_at, int64_t undecided)
{
    if (!closed_at) return COLLECTING;
    return undecided ? WAITING : DECIDED;
}

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
    struct stage stage = stage_of(b->closed_at, b->undecided);
    return (struct staff_batch_row){
        .page = url_path(w->q->arena, "/staff/batches/%ld", (long)b->id.v),
        .company_page = company_url(w, b->company_id),
        .number = b->number,
        .company = b->company_name,
        .kind = kind_label(b->kind),
        .stage = str_from(stage.label),
        .stage_class = str_from(stage.state),
        .created = day_at(b->created_at),
        .printed = b->printed_at ? day_at(b->printed_at) : DAY_NONE,
        .people = b->people,
        .undecided = b->undecided,
    };
}

enum status page_staff_batches(struct web *w)
{
    struct batch_lines lines;
    struct batch_place next;
    TRY(app_batches_list(&w->c, batch_place_read(w), ROWS, &lines, &next));
    struct staff_batches_view v = {
        .frame = web_frame(w, STR("推荐汇总表"), MENU),
        .older = batch_place_url(w, URL(MENU), next),
        .empty = STR("企业推荐人员后，汇总表会出现在这里。"),
    };
    for (size_t i = 0; i < lines.n; i++)
        *ARENA_PUSH(w->q->arena, &v.rows) = row_of(w, &lines.p[i]);
    view_staff_batches(web_html(w), &v);
    return web_page(w, 200);
}

static struct staff_batch_person person_of(struct web *w, const struct batch_row *r)
{
    return (struct staff_batch_person){
        .id = r->member.v,
        .page = url_path(w->q->arena, "/staff/members/%ld", (long)r->member.v),
        .name = r->name,
        .id_number = mask_id_number(w->q->arena, r->id_number),
        .education = r->education,
        .title = r->title,
        .post = r->post,
        .state = str_from(member_state_code(r->state)),
        .state_label = str_from(member_state_label(r->state, SIDE_STAFF)),
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
        .stage = str_from(stage_of(sheet.batch.closed_at, sheet.undecided).label),
        .created = minute(w, sheet.batch.created_at),
        .printed = minute(w, sheet.batch.printed_at),
        .closed = minute(w, sheet.batch.closed_at),
        .agrees = sheet.batch.printed_at && sheet.code_agrees,
        .differs = !sheet.code_agrees,
    };
    for (size_t i = 0; i < sheet.rows.n; i++) {
        *ARENA_PUSH(w->q->arena, &v.people) = person_of(w, &sheet.rows.p[i]);
        v.differs |= sheet.rows.p[i].changed.n > 0;
    }
    view_staff_batch(web_html(w), &v);
    return web_page(w, 200);
}
