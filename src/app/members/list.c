#include "app/members/list.h"

#include "app/core/kept.h"
#include "app/core/vault.h"
#include "app/members/plan.h"
#include "db/db.h"
#include "domain/mask.h"
#include "gen/queries.h"

#include <stdio.h>

#define COUNTED_ROWS 1000 /* searches are counted up to here: 1000+ */

enum status member_filter_allow(struct ctx *c, const struct member_filter *f, struct member_filter *ret)
{
    *ret = *f;
    if (c->actor.side == SIDE_COMPANY && c->actor.account.v) {
        ret->company = c->actor.company;
        return ST_OK;
    }
    return need_role(c, ROLES_READ_LISTS);
}

static void counts_add(const struct ctx *c, const struct counts_row *row, struct member_counts *counts)
{
    enum member_stored stored;
    struct day end = DAY_NONE;
    if (!member_stored_parse(row->state, &stored)) return;
    day_parse(row->period_end, &end);
    counts->of[member_state_of(stored, end, c->today)] += row->n;
    counts->of[STATE_NONE] += row->n;
}

/* Of a person, by the version of the person's row. */
struct masked {
    char id_number[24], mobile[16];
    bool has_photo;
};

void member_list_open(struct app *app)
{
    app->masked = kept_new(32768, sizeof(struct member_id), sizeof(struct masked));
}

/* The counters know company, state and end; anything else has to be counted. */
static bool counters_know(const struct member_filter *f)
{
    return str_trim(f->q).n == 0 && !asks_approval(f);
}

static bool ends_within(const struct member_filter *f, struct day end)
{
    if (day_is(f->expires_from) && (!day_is(end) || day_cmp(end, f->expires_from) < 0)) return false;
    return !day_is(f->expires_to) || (day_is(end) && day_cmp(end, f->expires_to) <= 0);
}

/* Of the ends asked for, exactly. */
static enum status counts_by_end(struct ctx *c, const struct member_filter *f, struct member_counts *ret)
{
    struct counts_rows rows;
    struct member_counts counts = {0};
    TRY(q_counts(c->db, c->arena, f->company, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct day end = DAY_NONE;
        day_parse(rows.p[i].period_end, &end);
        if (ends_within(f, end)) counts_add(c, &rows.p[i], &counts);
    }
    *ret = counts;
    return ST_OK;
}

/* One by one, up to COUNTED_ROWS of all states. */
static enum status counts_by_walk(struct ctx *c, const struct member_filter *f, struct member_page *page)
{
    struct member_filter any_state = *f;
    struct walk w;
    struct walk_rows rows;
    any_state.state = STATE_NONE;
    TRY(walk_plan(c, &any_state, &w));
    TRY(walk_step(c, &w, walk_start(&w), false, COUNTED_ROWS + 1, &rows));
    page->counts_open = (int64_t)rows.n > COUNTED_ROWS || !rows.over;
    for (size_t i = 0; i < rows.n && i < COUNTED_ROWS; i++) {
        enum member_stored stored;
        if (!member_stored_parse(rows.p[i]->state, &stored)) continue;
        page->counts.of[member_state_of(stored, rows.p[i]->period_end, c->today)]++;
        page->counts.of[STATE_NONE]++;
    }
    return ST_OK;
}

/* Of one tab alone, where all of them together are too many. */
static enum status count_one(struct ctx *c, const struct member_filter *f, struct member_page *page)
{
    struct walk w;
    struct walk_rows rows;
    TRY(walk_plan(c, f, &w));
    TRY(walk_step(c, &w, walk_start(&w), false, COUNTED_ROWS + 1, &rows));
    page->total_open = (int64_t)rows.n > COUNTED_ROWS || !rows.over;
    page->total = rows.n > COUNTED_ROWS ? COUNTED_ROWS : (int64_t)rows.n;
    page->counts.of[f->state] = page->total;
    return ST_OK;
}

/* How many each tab holds, and this one. */
static enum status count(struct ctx *c, const struct member_filter *f, struct member_page *page)
{
    bool by_end = day_is(f->expires_from) || day_is(f->expires_to);
    if (!counters_know(f))
        TRY(counts_by_walk(c, f, page));
    else if (by_end)
        TRY(counts_by_end(c, f, &page->counts));
    else
        TRY(member_counts_read(c, f->company, &page->counts));
    page->total = page->counts.of[f->state];
    return page->counts_open ? count_one(c, f, page) : ST_OK;
}

static enum status numbers_open(struct ctx *c, const struct member_line *row, struct masked *ret)
{
    struct member_sealed_unscoped_row sealed;
    struct str id_number, mobile;
    TRY(q_member_sealed_unscoped(c->db, c->arena, row->id, &sealed));
    TRY(vault_open(c, PLACE("member", "id_sealed", sealed.uid), sealed.id_sealed, &id_number));
    TRY(vault_open(c, PLACE("member", "mobile_sealed", sealed.uid), sealed.mobile_sealed, &mobile));
    snprintf(ret->id_number, sizeof ret->id_number, "%.*s", STR_ARG(mask_id_number(c->arena, id_number)));
    snprintf(ret->mobile, sizeof ret->mobile, "%.*s", STR_ARG(mask_mobile(c->arena, mobile)));
    ret->has_photo = sealed.photo_id.v != 0;
    return ST_OK;
}

/* Numbers are opened once for each version of a person's row. */
static enum status mask_items(struct ctx *c, struct member_items *items)
{
    for (size_t i = 0; i < items->n; i++) {
        const struct member_line *row = items->p[i].row;
        struct masked m = {0};
        if (!kept_find(c->app->masked, &row->id, row->version, &m)) {
            TRY(numbers_open(c, row, &m));
            if (!db_conn_writes(c->db)) kept_keep(c->app->masked, &row->id, row->version, &m);
        }
        items->p[i].id_number = arena_str(c->arena, str_from(m.id_number));
        items->p[i].mobile = arena_str(c->arena, str_from(m.mobile));
        items->p[i].has_photo = m.has_photo;
    }
    return ST_OK;
}

static enum status item_of(struct ctx *c, const struct member_line *row, struct member_item *ret)
{
    struct member_item item = {.row = row};
    enum member_stored stored;
    if (!member_stored_parse(row->state, &stored))
        return fail_detail(&c->fault, ST_BROKEN, "unknown member state");
    item.state = member_state_of(stored, row->period_end, c->today);
    *ret = item;
    return ST_OK;
}

/* For the association, whose lists mix companies. People of one company often stand together. */
static enum status name_companies(struct ctx *c, struct member_items *items)
{
    struct company_id last = {0};
    struct company_name_now_unscoped_row company = {STR("")};
    for (size_t i = 0; i < items->n; i++) {
        struct company_id id = items->p[i].row->company_id;
        if (id.v && id.v != last.v) TRY(q_company_name_now_unscoped(c->db, c->arena, id, &company));
        items->p[i].company = id.v ? company.name : STR("");
        if (id.v) last = id;
    }
    return ST_OK;
}

/* `rows` as a page: in the list's order, with the ways on. */
static enum status make_page(struct ctx *c, const struct walk *w, const struct walk_rows *rows, size_t size,
                             bool back, bool at_start, struct member_page *page)
{
    size_t n = rows->n < size ? rows->n : size;
    ARENA_RESERVE(c->arena, &page->items, n);
    for (size_t i = 0; i < n; i++) {
        const struct member_line *row = rows->p[back ? n - 1 - i : i];
        TRY(item_of(c, row, ARENA_PUSH(c->arena, &page->items)));
    }
    bool more = rows->n > size || !rows->over;
    if (n == 0) {
        /* Nothing among so many: whoever wants to may look on. */
        if (more && !back) page->next = walk_cursor(c, w, rows->last);
        return ST_OK;
    }
    struct spot first = spot_of(w, rows->p[back ? n - 1 : 0]), last = spot_of(w, rows->p[back ? 0 : n - 1]);
    if (!back && rows->n <= size && !rows->over) last = rows->last; /* the bound was met: go on behind it */
    if (back ? more : !at_start) page->previous = walk_cursor(c, w, first);
    if (back || more) page->next = walk_cursor(c, w, last);
    return ST_OK;
}

enum status app_members_list(struct ctx *c, const struct member_filter *asked, const struct page_want *want,
                             struct member_page *ret)
{
    struct member_filter f;
    struct walk w;
    struct walk_rows rows;
    struct member_page page = {0};
    TRY(member_filter_allow(c, asked, &f));
    TRY(app_read(c));
    TRY(walk_plan_sorted(c, &f, (enum member_sort)want->sort, &w));
    struct spot from = walk_start(&w);
    bool back = walk_cursor_read(c, &w, want->before, &from);
    bool at_start = !back && !walk_cursor_read(c, &w, want->after, &from);
    TRY(walk_step(c, &w, from, back, want->size + 1, &rows));
    TRY(make_page(c, &w, &rows, (size_t)want->size, back, at_start, &page));
    TRY(mask_items(c, &page.items));
    if (!f.company.v) TRY(name_companies(c, &page.items));
    TRY(count(c, &f, &page));
    *ret = page;
    return ST_OK;
}

static enum status nearest(struct ctx *c, const struct walk *w, struct spot from, bool back,
                           struct member_id *ret)
{
    struct walk_rows rows;
    TRY(walk_step(c, w, from, back, 1, &rows));
    *ret = rows.n ? rows.p[0]->id : (struct member_id){0};
    return ST_OK;
}

enum status app_members_beside(struct ctx *c, const struct member_filter *asked, enum member_sort sort,
                               struct member_id id, struct member_id *ret_before,
                               struct member_id *ret_behind)
{
    struct member_filter f;
    struct walk w;
    struct member_line line;
    struct member_id before, behind;
    TRY(member_filter_allow(c, asked, &f));
    TRY(app_read(c));
    TRY(q_member_line_by_id_unscoped(c->db, c->arena, id, &line));
    TRY(walk_plan_sorted(c, &f, sort, &w));
    struct spot at = spot_of(&w, &line);
    TRY(nearest(c, &w, at, true, &before));
    TRY(nearest(c, &w, at, false, &behind));
    *ret_before = before;
    *ret_behind = behind;
    return ST_OK;
}

enum status member_list_each(struct ctx *c, const struct member_filter *f, member_visit_fn *visit, void *arg)
{
    struct walk w;
    struct walk_rows rows = {0};
    TRY(walk_plan(c, f, &w));
    for (struct spot from = walk_start(&w); !rows.over; from = rows.last) {
        TRY(walk_step(c, &w, from, false, WALK_CHUNK, &rows));
        for (size_t i = 0; i < rows.n; i++)
            TRY(visit(arg, rows.p[i]));
    }
    return ST_OK;
}
