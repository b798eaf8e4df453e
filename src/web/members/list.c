#include "web/members/list.h"

#include "domain/typed_code.h"
#include "domain/typed_day.h"

/* 已注销 has no tab: it is in 全部, and under its address. */
static const enum member_state TABS[] = {
    STATE_NONE,   STATE_SUBMITTED, STATE_RECOMMENDED_NEW, STATE_RECOMMENDED_RENEWAL,
    STATE_MEMBER, STATE_EXPIRED,   STATE_RETURNED};

static struct str value(const struct http_pairs *from, const char *name)
{
    return str_or_empty(http_get(from, name));
}

static bool day_read(struct str s, struct day *ret)
{
    return s.n == 0 || typed_day(s, ret);
}

static enum status filter_read(struct web *w, const struct http_pairs *from, struct member_filter *ret)
{
    struct member_filter f = {0};
    struct str status = value(from, "status"), company = value(from, "company");
    TRY(list_q_read(w, from, &f.q));
    if (status.n && !member_state_parse(status, &f.state))
        return fail(&w->c.fault, ST_BAD_INPUT, "没有这样的会员状态");
    if (company.n && (!str_int(company, &f.company.v) || f.company.v <= 0))
        return fail(&w->c.fault, ST_BAD_INPUT, "没有这样的单位");
    if (!day_read(value(from, "expires_from"), &f.expires_from) ||
        !day_read(value(from, "expires_to"), &f.expires_to))
        return fail(&w->c.fault, ST_BAD_INPUT, "没有这样的到期日期，" TYPED_DAY_HOW);
    *ret = f;
    return ST_OK;
}

enum status list_want_read(struct web *w, const struct http_pairs *from, struct list_want *ret)
{
    struct list_want want = {.page = list_page_read(from)};
    TRY(filter_read(w, from, &want.filter));
    *ret = want;
    return ST_OK;
}

enum status list_selection_read(struct web *w, struct selection *ret)
{
    const struct http_pairs *fields = &w->q->fields;
    struct selection s = {.all = web_flag(w, "all"), .expect = -1};
    struct member_id *ids = ARENA_ARRAY(w->q->arena, fields->n, struct member_id);
    struct str expect = value(fields, "expect");
    TRY(filter_read(w, fields, &s.filter));
    if (expect.n && (!typed_int(expect, &s.expect) || s.expect < 0))
        return fail(&w->c.fault, ST_BAD_INPUT, "人数应为数字");
    for (size_t i = 0; i < fields->n; i++)
        if (str_eq(fields->p[i].name, STR("id"))) str_int(fields->p[i].value, &ids[s.n++].v);
    s.ids = ids;
    *ret = s;
    return ST_OK;
}

static void add_text(struct web *w, struct hiddens_view *texts, struct str name, struct str value)
{
    if (value.n) *ARENA_PUSH(w->q->arena, texts) = (struct hidden_view){name, value};
}

/* What a list looks for, as the texts of an address. */
static struct hiddens_view texts_of(struct web *w, const struct member_filter *f)
{
    struct hiddens_view texts = {0};
    struct arena *a = w->q->arena;
    add_text(w, &texts, STR("status"), str_from(member_state_code(f->state)));
    add_text(w, &texts, STR("q"), f->q);
    if (f->company.v) add_text(w, &texts, STR("company"), arena_fmt(a, "%ld", (long)f->company.v));
    if (day_is(f->expires_from)) add_text(w, &texts, STR("expires_from"), day_str(a, f->expires_from));
    if (day_is(f->expires_to)) add_text(w, &texts, STR("expires_to"), day_str(a, f->expires_to));
    return texts;
}

struct url list_url(struct web *w, struct url address, const struct member_filter *f)
{
    struct hiddens_view texts = texts_of(w, f);
    for (size_t i = 0; i < texts.n; i++)
        address = url_query(w->q->arena, address, {texts.p[i].name.p, texts.p[i].value});
    return address;
}

static struct tabs_view tabs_of(struct web *w, struct url address, const struct list_want *want,
                                const struct member_counts *counts)
{
    struct tabs_view tabs;
    struct member_filter any_state = want->filter;
    any_state.state = STATE_NONE;
    struct url all = list_with_size(w, list_url(w, address, &any_state), want->page.size);
    ARENA_RESERVE(w->q->arena, &tabs, sizeof TABS / sizeof *TABS);
    for (size_t i = 0; i < sizeof TABS / sizeof *TABS; i++) {
        struct str code = str_from(member_state_code(TABS[i]));
        *ARENA_PUSH(w->q->arena, &tabs) = (struct tab_view){
            .label =
                TABS[i] == STATE_NONE ? STR("全部") : str_from(member_state_label(TABS[i], w->c.actor.side)),
            .status = code,
            .url = code.n ? url_query(w->q->arena, all, {"status", code}) : all,
            .count = counts->of[TABS[i]],
            .current = TABS[i] == want->filter.state,
        };
    }
    return tabs;
}

static struct pager_view pager_of(struct web *w, struct url here, const struct list_want *want,
                                  const struct member_page *page)
{
    struct pager_view pager = list_pager(w, here, want->page.size, page->previous, page->next);
    pager.total = page->total;
    pager.open = page->total_open;
    return pager;
}

static struct member_row_view row_of(const struct web *w, const struct member_item *item)
{
    const struct member_line *row = item->row;
    return (struct member_row_view){
        .id = row->id.v,
        .has_photo = item->has_photo,
        .name = row->name,
        .sex = str_from(code_label(sex_codes, (int)row->sex)),
        .id_number = item->id_number,
        .title = str_from(code_label(title_level_codes, (int)row->title_level)),
        .mobile = item->mobile,
        .company = item->company,
        .state = str_from(member_state_code(item->state)),
        .state_label = str_from(member_state_label(item->state, w->c.actor.side)),
        .period_end = row->period_end,
    };
}

struct str list_export_label(struct web *w, const struct list_view *list)
{
    const char *more = list->pager.open ? "+" : "";
    return arena_fmt(w->q->arena, list->filtered ? "导出搜索结果（%ld%s 人）" : "导出全部（本页签 %ld%s 人）",
                     (long)list->pager.total, more);
}

struct list_view list_view(struct web *w, struct url address, const struct list_want *want,
                           const struct member_page *page)
{
    const struct member_filter *f = &want->filter;
    struct member_filter tab = {.state = f->state};
    struct list_view v = {
        .address = address,
        .reset = list_with_size(w, list_url(w, address, &tab), want->page.size),
        .status = str_from(member_state_code(f->state)),
        .q = f->q,
        .expires_from = day_str(w->q->arena, f->expires_from),
        .expires_to = day_str(w->q->arena, f->expires_to),
        .tabs = tabs_of(w, address, want, &page->counts),
        .keeps = texts_of(w, &tab),
        .filters = texts_of(w, f),
        .pager = pager_of(w, list_url(w, address, f), want, page),
        .shows_company = w->c.actor.side == SIDE_STAFF && !f->company.v,
    };
    v.filtered = v.filters.n > v.keeps.n;
    if (want->page.size != LIST_SIZE_USUAL)
        *ARENA_PUSH(w->q->arena, &v.keeps) =
            (struct hidden_view){STR("size"), arena_fmt(w->q->arena, "%d", want->page.size)};
    ARENA_RESERVE(w->q->arena, &v.rows, page->items.n);
    for (size_t i = 0; i < page->items.n; i++)
        *ARENA_PUSH(w->q->arena, &v.rows) = row_of(w, &page->items.p[i]);
    return v;
}
