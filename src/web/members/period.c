#include "web/members/period.h"

#include "app/members/period.h"
#include "domain/typed_day.h"
#include "web/members/decide.h"
#include "web/members/list.h"

#define WHAT STR("更正批准日期")

/* On a list's page 文号 has another name: there `document_no` may be what is looked for. */
static struct str document_no(const struct web *w)
{
    struct str own = web_field(w, "new_document_no");
    return own.n ? own : str_or_empty(web_field(w, "document_no"));
}

static enum status ask(struct web *w, const struct period_correction *p, const struct selection *s)
{
    struct outcome *o;
    TRY(app_members_period_foresee(&w->c, p, s, &o));
    int64_t n = o->done + (int64_t)o->skipped.n;
    struct confirm_view v = {
        .what = WHAT,
        .question = arena_fmt(w->q->arena, "确定更正选中的 %ld 名人员的批准日期吗？", (long)n),
        .document_no = p->document_no,
        .reason = p->reason,
        .approved_on = p->approved_on,
        .has_day = true,
        .done = o->done,
        .skipped_count = (int64_t)o->skipped.n,
        .skipped = web_skipped_groups(w, &o->skipped),
    };
    return web_ask(w, &v);
}

enum status post_staff_period(struct web *w)
{
    struct period_correction p = {.document_no = document_no(w),
                                  .reason = str_or_empty(web_field(w, "reason"))};
    struct str on = web_field(w, "approved_on"), token;
    struct selection s;
    TRY(list_selection_read(w, true, &s));
    if (on.n && !typed_day(on, &p.approved_on))
        problem_add(&w->c.problems, "approved_on", "没有这样的日期，" TYPED_DAY_HOW);
    bool asks = web_flag(w, "ask");
    enum status got = asks ? ask(w, &p, &s) : app_members_period(&w->c, &p, &s, web_field(w, "once"), &token);
    if (got == ST_BAD_INPUT && w->c.problems.n) return web_ask_again(w, WHAT, p.reason, &s);
    if (got || asks) return got;
    return web_redirect(w, url_path(w->q->arena, "/results/%.*s", STR_ARG(token)));
}
