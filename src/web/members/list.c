#include "web/members/list.h"

#include "web/members/want.h"

/* 已注销 has no tab: it is in 全部, and under its address. */
static const enum member_state TABS[] = {
    STATE_NONE,   STATE_SUBMITTED, STATE_RECOMMENDED_NEW, STATE_RECOMMENDED_RENEWAL,
    STATE_MEMBER, STATE_EXPIRED,   STATE_RETURNED};

static struct tabs_view tabs_of(struct web *w, struct url address, const struct list_want *want,
                                const struct member_page *page)
{
    struct tabs_view tabs;
    struct member_filter any_state = want->filter;
    any_state.state = STATE_NONE;
    struct url all = want_url(w, address, &any_state, &want->page);
    ARENA_RESERVE(w->q->arena, &tabs, sizeof TABS / sizeof *TABS);
    for (size_t i = 0; i < sizeof TABS / sizeof *TABS; i++) {
        struct str code = str_from(member_state_code(TABS[i]));
        *ARENA_PUSH(w->q->arena, &tabs) = (struct tab_view){
            .label =
                TABS[i] == STATE_NONE ? STR("全部") : str_from(member_state_label(TABS[i], w->c.actor.side)),
            .status = code,
            .url = code.n ? url_query(w->q->arena, all, {"status", code}) : all,
            .count = page->counts.of[TABS[i]],
            .open = page->counts_open && !(TABS[i] == want->filter.state && !page->total_open),
            .current = TABS[i] == want->filter.state,
        };
    }
    return tabs;
}

static struct pager_view pager_of(struct web *w, struct url address, const struct list_want *want,
                                  const struct member_page *page)
{
    struct page_want unsized = {.size = LIST_SIZE_USUAL, .sort = want->page.sort};
    struct url here = want_url(w, address, &want->filter, &unsized);
    struct pager_view pager = list_pager(w, here, want->page.size, page->previous, page->next);
    pager.total = page->total;
    pager.open = page->total_open;
    return pager;
}

/* Since when someone has to act; a membership says its own dates. */
static const char *const SINCE[STATE_COUNT] = {
    [STATE_SUBMITTED] = "提交时间",
    [STATE_RECOMMENDED_NEW] = "推荐时间",
    [STATE_RECOMMENDED_RENEWAL] = "推荐时间",
    [STATE_RETURNED] = "退回时间",
};
/* Who is in these tabs has no period yet. */
static const bool ENDLESS[STATE_COUNT] = {
    [STATE_SUBMITTED] = true, [STATE_RECOMMENDED_NEW] = true, [STATE_RETURNED] = true};

static struct member_row_view row_of(const struct web *w, const struct member_item *item, struct url list,
                                     struct url conditions)
{
    const struct member_line *row = item->row;
    struct day since = day_at(row->state_at);
    return (struct member_row_view){
        .id = row->id.v,
        .has_photo = item->has_photo,
        .page = url_below(w->q->arena, list, row->id.v, conditions),
        .name = row->name,
        .sex = str_from(code_label(sex_codes, (int)row->sex)),
        .education = str_from(code_label(education_codes, (int)row->education)),
        .id_number = item->id_number,
        .title = str_from(code_label(title_level_codes, (int)row->title_level)),
        .mobile = item->mobile,
        .company = item->company,
        .state = str_from(member_state_code(item->state)),
        .state_label = str_from(member_state_label(item->state, w->c.actor.side)),
        .period_end = row->period_end,
        .since = since,
        .days = day_number(w->c.today) - day_number(since),
    };
}

struct str list_export_label(struct web *w, const struct list_view *list)
{
    const char *more = list->pager.open ? "+" : "";
    return arena_fmt(w->q->arena, list->filtered ? "导出搜索结果（%ld%s 人）" : "导出全部（本页签 %ld%s 人）",
                     (long)list->pager.total, more);
}

struct str list_empty_text(const struct list_view *list, const char *usual)
{
    if (list->wrong) return STR("查询条件有误，没有查询。请改正红字标出的条件，或点“重置”。");
    return list->filtered ? STR("没有符合条件的人员。请换几个字再搜，或点“重置”。") : str_from(usual);
}

/* Another order of the same list, from its first page; the present one leads back to the usual. */
static struct url order_url(struct web *w, struct url address, const struct list_want *want,
                            enum member_sort sort)
{
    struct page_want page = {.size = want->page.size, .sort = want->page.sort == (int)sort ? 0 : (int)sort};
    return want_url(w, address, &want->filter, &page);
}

static void errors_of(struct web *w, const struct list_want *want, struct list_view *v)
{
    v->wrong = want->wrong;
    v->status_error = form_error(w, "status");
    v->sort_error = form_error(w, "sort");
    v->q_error = form_error(w, "q");
    v->company_error = form_error(w, "company");
    v->conditions = want_conditions(w);
    v->conditions_wrong = v->company_error.n > 0;
    for (size_t i = 0; i < v->conditions.n; i++) {
        v->conditions_open |= v->conditions.p[i].value.n > 0 || v->conditions.p[i].error.n > 0;
        v->conditions_wrong |= v->conditions.p[i].error.n > 0;
    }
}

/* None here, but some in other states. */
static void look_elsewhere(struct web *w, struct url address, const struct list_want *want,
                           const struct member_page *page, struct list_view *v)
{
    struct member_filter any_state = want->filter;
    any_state.state = STATE_NONE;
    if (!v->filtered || page->total || !page->counts.of[STATE_NONE]) return;
    v->elsewhere = want_url(w, address, &any_state, &want->page);
    v->elsewhere_count = page->counts.of[STATE_NONE];
    v->counts_open = page->counts_open;
}

/* What the search form hands on besides its own fields. */
static struct hiddens_view keeps_of(struct web *w, const struct list_want *want)
{
    struct member_filter tab = {.state = want->filter.state};
    struct hiddens_view keeps = want_texts(w, &tab);
    if (want->page.size != LIST_SIZE_USUAL)
        want_add_text(w, &keeps, "size", arena_fmt(w->q->arena, "%d", want->page.size));
    want_add_text(w, &keeps, "sort", str_from(member_sort_code((enum member_sort)want->page.sort)));
    return keeps;
}

/* A 文号 that is looked for must not be taken for that of an approval. */
static struct hiddens_view filters_of(struct web *w, const struct member_filter *f)
{
    struct hiddens_view filters = want_texts(w, f);
    for (size_t i = 0; i < filters.n; i++)
        if (str_eq(filters.p[i].name, STR("document_no"))) filters.p[i].name = STR("filter_document_no");
    return filters;
}

enum status list_members_read(struct web *w, const struct list_want *want, struct member_page *ret)
{
    struct page_want none = want->page;
    none.size = 1;
    if (!want->wrong) return app_members_list(&w->c, &want->filter, &want->page, ret);
    TRY(app_members_list(&w->c, &want->filter, &none, ret));
    ret->items.n = 0;
    ret->total = 0;
    ret->next = ret->previous = STR_NONE;
    return ST_OK;
}

/* A person's page knows the list that one comes from: 上一人, 下一人. */
static void add_rows(struct web *w, struct url address, const struct list_want *want,
                     const struct member_page *page, struct member_rows_view *rows)
{
    struct page_want order = {.size = LIST_SIZE_USUAL, .sort = want->page.sort};
    struct url conditions = want_url(w, URL(""), &want->filter, &order);
    ARENA_RESERVE(w->q->arena, rows, page->items.n);
    for (size_t i = 0; i < page->items.n; i++)
        *ARENA_PUSH(w->q->arena, rows) = row_of(w, &page->items.p[i], address, conditions);
}

struct list_view list_view(struct web *w, struct url address, const struct list_want *want,
                           const struct member_page *page)
{
    const struct member_filter *f = &want->filter;
    struct member_filter tab = {.state = f->state};
    struct page_want unsorted = {.size = want->page.size};
    struct list_view v = {
        .address = address,
        .reset = want_url(w, address, &tab, &unsorted),
        .status = str_from(member_state_code(f->state)),
        .q = str_or_empty(web_query(w, "q")),
        .in_names = want->page.sort == SORT_NAME,
        .in_ends = want->page.sort == SORT_EXPIRY,
        .in_waits = want->page.sort == SORT_WAITING,
        .by_name = order_url(w, address, want, SORT_NAME),
        .by_expiry = order_url(w, address, want, SORT_EXPIRY),
        .by_waiting = order_url(w, address, want, SORT_WAITING),
        .since_label = str_from(SINCE[f->state] ? SINCE[f->state] : ""),
        .tabs = tabs_of(w, address, want, page),
        .keeps = keeps_of(w, want),
        .filters = filters_of(w, f),
        .pager = pager_of(w, address, want, page),
        .shows_company = w->c.actor.side == SIDE_STAFF && !f->company.v,
        .shows_end = !ENDLESS[f->state],
    };
    v.filtered = v.filters.n > (f->state != STATE_NONE);
    errors_of(w, want, &v);
    look_elsewhere(w, address, want, page, &v);
    add_rows(w, address, want, page, &v.rows);
    return v;
}

static struct url beside_url(struct web *w, struct url list, struct member_id id, struct url conditions)
{
    return id.v ? url_below(w->q->arena, list, id.v, conditions) : (struct url){STR_NONE};
}

enum status beside_view(struct web *w, struct url list, struct member_id id, struct beside_view *ret)
{
    struct list_want want;
    struct member_id before = {0}, behind = {0};
    struct beside_view v = {0};
    size_t problems = w->c.problems.n;
    list_want_ask(w, &want);
    w->c.problems.n = problems; /* an address that was cut names no list; it is no fault of the person's */
    struct page_want order = {.size = LIST_SIZE_USUAL, .sort = want.page.sort};
    v.conditions = want_url(w, URL(""), &want.filter, &order);
    v.list = want_url(w, list, &want.filter, &order);
    if (!want.wrong)
        TRY(app_members_beside(&w->c, &want.filter, (enum member_sort)want.page.sort, id, &before, &behind));
    v.previous = beside_url(w, list, before, v.conditions);
    v.next = beside_url(w, list, behind, v.conditions);
    v.any = before.v || behind.v;
    *ret = v;
    return ST_OK;
}
