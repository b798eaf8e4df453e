#include "web/members/merge.h"

#include "app/companies/companies.h"
#include "gen/views.h"

#define MENU "/staff/companies"

/* The preview's own address says all of it, and a post to that may say nothing else. */
static struct str asked(const struct web *w, const char *name)
{
    struct str field = web_field(w, name);
    return str_or_empty(field.n ? field : web_query(w, name));
}

static struct merge_asked asked_of(const struct web *w)
{
    return (struct merge_asked){asked(w, "from"), asked(w, "into"), asked(w, "effective_on")};
}

static enum status name_of(struct web *w, struct str id, struct str *ret)
{
    struct company_full row;
    int64_t number;
    *ret = STR("");
    if (!str_int(str_trim(id), &number) || number <= 0) return ST_OK;
    enum status s = app_company(&w->c, (struct company_id){number}, &row);
    if (s == ST_OK) *ret = row.name;
    w->c.sought = (struct sought){0};
    return s == ST_NOT_FOUND ? ST_OK : s;
}

static enum status choices_of(struct web *w, struct merge_view *v)
{
    struct companies_matching_rows found = {0};
    if (v->q.n) TRY(app_companies_search(&w->c, v->q, &found));
    v->searched = v->q.n > 0;
    if (v->into_name.n)
        *ARENA_PUSH(w->q->arena, &v->choices) = (struct merge_choice){v->into, v->into_name, true};
    for (size_t i = 0; i < found.n; i++) {
        struct str id = arena_fmt(w->q->arena, "%ld", (long)found.p[i].id.v);
        if (!str_eq(id, v->into) && !str_eq(id, v->from))
            *ARENA_PUSH(w->q->arena, &v->choices) = (struct merge_choice){id, found.p[i].name, false};
    }
    return ST_OK;
}

/* `merge`: what would be done, or NULL. */
static enum status show(struct web *w, const struct merge_asked *in, const struct merge *merge, int status)
{
    struct merge_view v = {
        .frame = web_frame(w, STR("合并单位"), MENU),
        .once = web_once(w),
        .from = in->from,
        .into = in->into,
        .on = in->effective_on,
        .q = asked(w, "q"),
        .from_error = form_error(w, "from"),
        .into_error = form_error(w, "into"),
        .on_error = form_error(w, "effective_on"),
        .preview = merge != NULL,
        .today = w->c.today,
        .wrong = (int)w->c.problems.n,
    };
    TRY(name_of(w, in->from, &v.from_name));
    TRY(name_of(w, in->into, &v.into_name));
    TRY(choices_of(w, &v));
    if (merge) {
        v.on = day_str(w->q->arena, merge->on);
        v.people = merge->people;
        v.waiting = merge->waiting;
        v.clerks = merge->clerks;
    }
    view_merge(web_html(w), &v);
    return web_page(w, status);
}

enum status page_staff_merge(struct web *w)
{
    struct merge_asked in = asked_of(w);
    struct merge merge;
    TRY(need_role(&w->c, ROLE_MEMBERSHIP));
    if (!in.into.n || !in.effective_on.n || asked(w, "q").n) return show(w, &in, NULL, 200);
    enum status s = app_company_merge_preview(&w->c, &in, &merge);
    if (s == ST_BAD_INPUT && w->c.problems.n) return show(w, &in, NULL, 422);
    return s ? s : show(w, &in, &merge, 200);
}

static struct url preview_url(struct web *w, const struct merge_asked *in)
{
    struct arena *a = w->q->arena;
    struct url url = url_query(a, URL("/staff/companies/merge"), {"from", str_trim(in->from)});
    url = url_query(a, url, {"into", str_trim(in->into)});
    return url_query(a, url, {"effective_on", str_trim(in->effective_on)});
}

enum status post_staff_merge(struct web *w)
{
    struct merge_asked in = asked_of(w);
    struct merge merge;
    struct str token;
    bool done = web_flag(w, "confirm");
    enum status s = done ? app_company_merge(&w->c, &in, web_field(w, "once"), &token)
                         : app_company_merge_preview(&w->c, &in, &merge);
    if (s == ST_BAD_INPUT && w->c.problems.n) {
        app_end(&w->c);
        return show(w, &in, NULL, 422);
    }
    if (s) return s;
    return web_redirect(w,
                        done ? url_path(w->q->arena, "/results/%.*s", STR_ARG(token)) : preview_url(w, &in));
}
