#include "app/reports/audit_list.h"

#include "app/core/chain.h"
#include "app/core/cursor.h"
#include "app/core/detail.h"
#include "app/core/events.h"
#include "app/reports/audit_walk.h"
#include "base/limits.h"
#include "gen/queries.h"

/* Every word that a row has as its result. */
static const struct {
    struct str word, text;
} OUTCOMES[] = {
    {STR_INIT("ok"), STR_INIT("成功")},
    {STR_INIT("refused"), STR_INIT("拒绝")},
    {STR_INIT("not_found"), STR_INIT("没有，或不属于其本人、本单位")},
    {STR_INIT("forbidden"), STR_INIT("没有权限")},
    {STR_INIT("too_many"), STR_INIT("次数过多")},
    {STR_INIT("over"), STR_INIT("没有逐条记录的")},
    {STR_INIT("wrong"), STR_INIT("不正确")},
    {STR_INIT("cut"), STR_INIT("中断")},
};

static struct str outcome_text(struct str word)
{
    for (size_t i = 0; i < sizeof OUTCOMES / sizeof *OUTCOMES; i++)
        if (str_eq(OUTCOMES[i].word, word)) return OUTCOMES[i].text;
    return word;
}

static struct str side_text(struct str code)
{
    enum side side;
    return side_parse(code, &side) ? str_from(side_label(side)) : STR("系统");
}

/* What does not open as it was written is a mark of that row. */
static enum status broken_or(struct ctx *c, enum status s, bool *ret_broken)
{
    *ret_broken = s == ST_BROKEN;
    if (s != ST_BROKEN) return s;
    c->fault = (struct fault){0};
    return ST_OK;
}

static struct str names_of(struct ctx *c, const struct changes *changes)
{
    struct str names = STR_NONE;
    for (size_t i = 0; i < changes->n; i++)
        names =
            arena_fmt(c->arena, "%.*s%s%.*s", STR_ARG(names), i ? "、" : "", STR_ARG(changes->p[i].field));
    return names;
}

enum status audit_item_of(struct ctx *c, const struct audit_line *row, struct audit_item *ret)
{
    struct audit_told_unscoped_row told;
    struct audit_detail detail = {0};
    const struct event *known = event_find(row->event);
    struct audit_item item = {.row = *row,
                              .title = known ? str_from(known->title) : row->event,
                              .outcome = outcome_text(row->result),
                              .side = side_text(row->side)};
    TRY(q_audit_told_unscoped(c->db, c->arena, row->number, &told));
    struct subject about = {row->member_id, told.member_uid, told.member_key_sealed};
    TRY(broken_or(c, detail_open(c, &about, row->digest, told.detail_sealed, &detail), &item.detail_broken));
    TRY(broken_or(c, chain_address_open(c, row->number, row->address_sealed, &item.address),
                  &item.address_broken));
    item.login = told.login;
    item.who = told.account_name;
    item.member = told.member_name;
    item.company = told.company_name;
    item.batch = told.batch_number;
    item.note = detail.note;
    item.changed = names_of(c, &detail.changes);
    *ret = item;
    return ST_OK;
}

/* Rows that fit, and how far they were looked for. */
struct search {
    struct audit_found rows;
    struct audit_spot to; /* the last row looked at */
    bool over;
};

/* Until there is one more than the page holds, or as many were looked at as one page may. */
static enum status search(struct ctx *c, const struct audit_filter *f, struct audit_spot from, bool back,
                          size_t most, struct search *s)
{
    *s = (struct search){.to = from};
    for (int64_t looked = 0; !s->over && s->rows.n < most && looked < LIMIT_AUDIT_LOOKED;) {
        struct audit_found step;
        TRY(audit_step(c, f, s->to, back, &step, &s->over));
        looked += (int64_t)step.n;
        for (size_t i = 0; i < step.n && s->rows.n < most; i++) {
            bool fits;
            TRY(audit_fits(c, f, &step.p[i], &fits));
            if (fits) *ARENA_PUSH(c->arena, &s->rows) = step.p[i];
            s->to = (struct audit_spot){step.p[i].at, step.p[i].number};
        }
    }
    return ST_OK;
}

static struct str cursor_at(struct ctx *c, const struct audit_filter *f, struct audit_spot spot)
{
    return list_cursor_key(c, audit_order(f), arena_fmt(c->arena, "%ld", (long)spot.at), spot.number);
}

static bool cursor_read(struct ctx *c, const struct audit_filter *f, struct str cursor,
                        struct audit_spot *ret)
{
    struct str at;
    struct audit_spot spot;
    if (!list_cursor_key_read(c, audit_order(f), cursor, &at, &spot.number) || !str_int(at, &spot.at))
        return false;
    *ret = spot;
    return true;
}

static struct audit_spot spot_of(const struct audit_line *row)
{
    return (struct audit_spot){row->at, row->number};
}

/* Where the page ends on the side that was walked to (`onward`), and where it began (`behind`). */
static void set_ends(struct ctx *c, const struct audit_filter *f, struct search *s, size_t size,
                     struct audit_spot from, bool back, struct audit_page *page)
{
    struct str onward = STR_NONE, behind;
    bool more = s->rows.n > size;
    if (more) s->rows.n = size;
    page->sifting = !more && !s->over;
    page->back = back && page->sifting;
    page->looked_to = s->to.at;
    if (more)
        onward = cursor_at(c, f, spot_of(&s->rows.p[size - 1]));
    else if (page->sifting)
        onward = cursor_at(c, f, s->to);
    if (s->rows.n)
        behind = cursor_at(c, f, spot_of(&s->rows.p[0]));
    else /* the row at which this page begins is on the other one */
        behind = cursor_at(c, f, (struct audit_spot){from.at, back ? from.number + 1 : from.number - 1});
    page->next = back ? behind : onward;
    page->previous = back ? onward : behind;
}

static enum status tell(struct ctx *c, const struct search *s, bool back, struct audit_page *page)
{
    for (size_t i = 0; i < s->rows.n; i++)
        TRY(audit_item_of(c, &s->rows.p[back ? s->rows.n - 1 - i : i], ARENA_PUSH(c->arena, &page->items)));
    return ST_OK;
}

enum status app_audit_list(struct ctx *c, const struct audit_asked *asked, const struct page_want *want,
                           struct audit_page *ret)
{
    struct audit_filter f;
    struct search s;
    struct audit_page page = {0};
    struct audit_number_row newest;
    struct audit_spot from = audit_newest();
    TRY(need_role(c, ROLE_AUDITOR));
    TRY(audit_filter_read(c, asked, &f));
    bool back = cursor_read(c, &f, want->before, &from);
    bool inside = back || cursor_read(c, &f, want->after, &from);
    TRY(search(c, &f, from, back, (size_t)want->size + 1, &s));
    set_ends(c, &f, &s, (size_t)want->size, from, back, &page);
    if (!inside) page.previous = STR_NONE;
    TRY(tell(c, &s, back, &page));
    if (audit_filter_is_all(&f)) {
        TRY(q_audit_number(c->db, c->arena, &newest));
        page.total = newest.number;
    }
    *ret = page;
    return ST_OK;
}
