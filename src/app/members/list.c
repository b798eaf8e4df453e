#include "app/members/list.h"

#include "app/core/cursor.h"
#include "app/core/kept.h"
#include "app/core/vault.h"
#include "app/members/walk.h"
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
    return need_role(c, ROLE_MEMBERSHIP | ROLE_VIEWER);
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

/* The counters know company and state; anything else has to be counted. */
static bool counters_know(const struct member_filter *f)
{
    return str_trim(f->q).n == 0 && !day_is(f->expires_from) && !day_is(f->expires_to);
}

/* How many a filter holds: exact, by the counters where they know; at most `most` are counted otherwise. */
static enum status list_count(struct ctx *c, const struct member_filter *f, int64_t most, int64_t *ret,
                              bool *ret_more)
{
    if (counters_know(f)) {
        struct member_counts counts;
        TRY(member_counts_read(c, f->company, &counts));
        *ret = counts.of[f->state];
        *ret_more = false;
        return ST_OK;
    }
    struct walk w;
    struct walk_rows rows;
    TRY(walk_plan(c, f, &w));
    TRY(walk_step(c, &w, walk_start(&w), false, most + 1, &rows));
    *ret_more = (int64_t)rows.n > most || !rows.over;
    *ret = (int64_t)rows.n > most ? most : (int64_t)rows.n;
    return ST_OK;
}

static enum status numbers_open(struct ctx *c, const struct member_line *row, struct masked *ret)
{
    struct member_sealed_row sealed;
    struct str id_number, mobile;
    TRY(q_member_sealed(c->db, c->arena, row->id, &sealed));
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
    struct company_name_now_row company = {STR("")};
    for (size_t i = 0; i < items->n; i++) {
        struct company_id id = items->p[i].row->company_id;
        if (id.v && id.v != last.v) TRY(q_company_name_now(c->db, c->arena, id, &company));
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
        if (more && !back) page->next = list_cursor(c, walk_order(w), rows->last.end, rows->last.id.v);
        return ST_OK;
    }
    struct spot first = spot_of(w, rows->p[back ? n - 1 : 0]), last = spot_of(w, rows->p[back ? 0 : n - 1]);
    if (!back && rows->n <= size && !rows->over) last = rows->last; /* the bound was met: go on behind it */
    if (back ? more : !at_start) page->previous = list_cursor(c, walk_order(w), first.end, first.id.v);
    if (back || more) page->next = list_cursor(c, walk_order(w), last.end, last.id.v);
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
    TRY(walk_plan(c, &f, &w));
    struct spot from = walk_start(&w);
    bool back = list_cursor_read(c, walk_order(&w), want->before, &from.end, &from.id.v);
    bool at_start = !back && !list_cursor_read(c, walk_order(&w), want->after, &from.end, &from.id.v);
    TRY(walk_step(c, &w, from, back, want->size + 1, &rows));
    TRY(make_page(c, &w, &rows, (size_t)want->size, back, at_start, &page));
    TRY(mask_items(c, &page.items));
    if (!f.company.v) TRY(name_companies(c, &page.items));
    TRY(list_count(c, &f, COUNTED_ROWS, &page.total, &page.total_open));
    TRY(member_counts_read(c, f.company, &page.counts));
    *ret = page;
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
