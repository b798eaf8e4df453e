#include "web/members/proposed.h"

#include "app/companies/companies.h"
#include "app/members/decision.h"
#include "gen/views.h"

#define MENU        "/staff/companies"
#define ADDRESS     "/staff/companies/proposed"
#define ALL_AT_ONCE 100 /* rows, when one of them is asked for again */

/* What was typed for one of the rows. */
struct typed {
    int64_t id;
    struct str company, reason;
    bool sent;
};

static struct proposed_row_view row_of(struct web *w, const struct proposed *p)
{
    struct arena *a = w->q->arena;
    struct proposed_row_view v = {
        .id = p->row.id.v,
        .n = p->row.n,
        .name = p->row.name,
        .since = day_str(a, day_at(p->row.since)),
        .like = p->called.same.id.v ? p->called.same.name : p->called.near.name,
        .open = url_query(a, URL(ADDRESS), {"open", arena_fmt(a, "%ld", (long)p->row.id.v)}),
        .more = p->row.n > (int64_t)p->people.n,
    };
    for (size_t i = 0; i < p->people.n; i++)
        *ARENA_PUSH(a, &v.people) = (struct proposed_person_view){
            p->people.p[i].member_name, url_path(a, "/staff/members/%ld", (long)p->people.p[i].member_id.v)};
    return v;
}

static void add_choice(struct web *w, struct proposed_panel *v, int64_t id, struct str name, const char *note,
                       struct str chosen)
{
    struct str text = arena_fmt(w->q->arena, "%ld", (long)id);
    for (size_t i = 0; i < v->choices.n; i++)
        if (str_eq(v->choices.p[i].id, text)) return;
    bool is_chosen = str_eq(text, chosen);
    v->fresh &= !is_chosen;
    *ARENA_PUSH(w->q->arena, &v->choices) = (struct proposed_choice){text, name, str_from(note), is_chosen};
}

static enum status choices_of(struct web *w, const struct proposed *p, struct str chosen,
                              struct proposed_panel *v)
{
    struct companies_matching_rows found = {0};
    struct companies_matching_row one;
    const struct company_full *same = &p->called.same, *near = &p->called.near;
    if (same->id.v && same->enabled) add_choice(w, v, same->id.v, same->name, "已有这个单位", chosen);
    if (near->id.v) add_choice(w, v, near->id.v, near->name, "名称相近", chosen);
    TRY(app_company_choice(&w->c, chosen, &one));
    if (one.id.v) add_choice(w, v, one.id.v, one.name, "", chosen);
    if (v->q.n) TRY(app_companies_search(&w->c, v->q, &found));
    for (size_t i = 0; i < found.n; i++)
        add_choice(w, v, found.p[i].id.v, found.p[i].name, "", chosen);
    return ST_OK;
}

static enum status panel_of(struct web *w, const struct proposed *p, const struct typed *typed,
                            struct proposed_panel *ret)
{
    struct proposed_panel v = {
        .row = row_of(w, p),
        .q = str_or_empty(web_query(w, "q")),
        .reason = typed->reason,
        .decision_error = form_error(w, "decision"),
        .company_error = form_error(w, "company"),
        .reason_error = form_error(w, "reason"),
        .address = url_path(w->q->arena, ADDRESS "/%ld", (long)p->row.id.v),
        .reason_max = DECISION_REASON_MAX,
        .fresh = !p->called.same.id.v,
    };
    v.searched = v.q.n > 0;
    TRY(choices_of(w, p, typed->company, &v));
    *ret = v;
    return ST_OK;
}

/* 已建立单位“…”，3 份申请转给它审核。 */
static enum status tell_done(struct web *w, struct proposed_view *v)
{
    int64_t id, n;
    struct company_full company;
    struct str made = web_query(w, "made");
    if (!str_int(web_query(w, "n"), &n)) return ST_OK;
    v->said = arena_fmt(w->q->arena, "已退回本人，%ld 份申请。", (long)n);
    if (!str_int(web_query(w, "company"), &id) || id <= 0) return ST_OK;
    enum status s = app_company(&w->c, (struct company_id){id}, &company);
    w->c.sought = (struct sought){0};
    if (s) return s == ST_NOT_FOUND ? ST_OK : s;
    v->said = arena_fmt(w->q->arena, "%s，%ld 份申请转给单位审核。", made.n ? "单位已建立" : "已归入已有单位",
                        (long)n);
    v->company = url_path(w->q->arena, MENU "/%ld", (long)id);
    v->company_name = company.name;
    v->made = made.n > 0;
    return ST_OK;
}

static enum status show(struct web *w, const struct typed *typed, int status)
{
    struct page_want want = list_page_read(&w->q->query);
    int size = want.size;
    struct proposed_page page;
    if (typed->id) want.size = ALL_AT_ONCE;
    TRY(app_companies_proposed(&w->c, &want, &page));
    struct proposed_view v = {
        .frame = web_frame(w, STR("不在列表中的单位"), MENU),
        .once = web_once(w),
        .nothing = STR("没有等核实的单位。"),
        .pager = list_pager(w, URL(ADDRESS), size, page.previous, page.next),
        .wrong = (int)w->c.problems.n,
    };
    v.pager.total = page.total;
    TRY(tell_done(w, &v));
    for (size_t i = 0; i < page.items.n; i++) {
        const struct proposed *p = &page.items.p[i];
        *ARENA_PUSH(w->q->arena, &v.rows) = row_of(w, p);
        if (p->row.id.v == typed->id) TRY(panel_of(w, p, typed, ARENA_PUSH(w->q->arena, &v.panels)));
    }
    view_proposed(web_html(w), &v);
    return web_page(w, status);
}

enum status page_staff_proposed(struct web *w)
{
    struct typed typed = {.company = STR(""), .reason = STR("")};
    if (!str_int(web_query(w, "open"), &typed.id)) typed.id = 0;
    return show(w, &typed, 200);
}

enum status post_staff_proposed(struct web *w)
{
    struct typed typed = {.company = str_or_empty(web_field(w, "company")),
                          .reason = str_or_empty(web_field(w, "reason")),
                          .sent = true};
    struct proposed_done done;
    TRY(web_id(w, w->args[0], &typed.id));
    struct proposed_decision in = {str_or_empty(web_field(w, "decision")), typed.company, typed.reason,
                                   web_field(w, "once")};
    enum status s = app_company_proposed(&w->c, (struct proposal_id){typed.id}, &in, &done);
    if (s == ST_BAD_INPUT && w->c.problems.n) {
        app_end(&w->c);
        return show(w, &typed, 422);
    }
    if (s) return s;
    struct arena *a = w->q->arena;
    if (!done.people) return web_redirect(w, URL(ADDRESS));
    struct str n = arena_fmt(a, "%ld", (long)done.people), made = done.made ? STR("1") : STR("");
    if (!done.company.id.v) return web_redirect(w, url_query(a, URL(ADDRESS), {"n", n}));
    struct str company = arena_fmt(a, "%ld", (long)done.company.id.v);
    return web_redirect(w, url_query(a, URL(ADDRESS), {"n", n}, {"company", company}, {"made", made}));
}
