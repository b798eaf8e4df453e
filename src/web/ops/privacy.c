#include "web/ops/privacy.h"

#include "gen/views.h"

#define MENU "/staff/privacy"

static struct str state_of(const struct web *w, const struct privacy_versions *all,
                           const struct privacy_versions_row *row)
{
    if (str_eq(row->version, all->now.version)) return STR("现行");
    return !row->own && day_cmp(row->in_force_from, w->c.today) > 0 ? STR("将施行") : STR("以前的");
}

static struct privacy_version_views versions_of(struct web *w, const struct privacy_versions *all)
{
    struct privacy_version_views list = {0};
    for (size_t i = 0; i < all->rows.n; i++) {
        const struct privacy_versions_row *row = &all->rows.p[i];
        *ARENA_PUSH(w->q->arena, &list) = (struct privacy_version_view){
            .version = row->version,
            .state = state_of(w, all, row),
            .set_at = row->own ? STR("") : instant_str(w->q->arena, row->set_at),
            .by = row->own ? STR("随系统提供") : row->by,
            .reason = row->reason,
            .in_force_from = row->in_force_from,
            .page = url_query(w->q->arena, URL("/privacy"), {"version", row->version}),
        };
    }
    return list;
}

/* What stands in the form: what was typed, or the text in force, from today. */
static void fill_form(struct web *w, struct staff_privacy_view *v, const struct privacy_draft *typed)
{
    v->once = web_once(w);
    v->text = typed->text;
    v->in_force_from = typed->in_force_from;
    v->reason = typed->reason;
    v->text_error = form_error(w, "text");
    v->day_error = form_error(w, "in_force_from");
    v->reason_error = form_error(w, "reason");
    v->text_focus = form_focus(w, v->text_error);
    v->day_focus = form_focus(w, v->day_error);
    v->reason_focus = form_focus(w, v->reason_error);
}

/* typed: NULL for nothing yet. */
static enum status show(struct web *w, const struct privacy_draft *typed, struct str stale, int status)
{
    struct privacy_versions all;
    TRY(app_privacy_versions(&w->c, w->site->url, &all));
    struct staff_privacy_view v = {
        .frame = web_frame(w, all.now.text.title, MENU),
        .now = all.now,
        .versions = versions_of(w, &all),
        .stale = stale,
        .today = w->c.today,
        .newest = all.newest,
        .text_most = PRIVACY_TEXT_MOST,
        .reason_most = PRIVACY_REASON_MOST,
        .saved = web_query(w, "saved").n > 0,
        .wrong = (int)w->c.problems.n,
    };
    struct privacy_draft blank = {
        .text = all.typed, .in_force_from = day_str(w->q->arena, w->c.today), .reason = STR("")};
    fill_form(w, &v, typed ? typed : &blank);
    view_staff_privacy(web_html(w), &v);
    return web_page(w, status);
}

enum status page_staff_privacy(struct web *w)
{
    return show(w, NULL, STR_NONE, 200);
}

/* Of another's version that came between nobody loses a long text: it stands in the form, which knows of it.
 */
static enum status show_stale(struct web *w, const struct privacy_draft *typed)
{
    struct str why = arena_str(w->q->arena, str_from(w->c.fault.text));
    app_end(&w->c);
    w->c.fault = (struct fault){0};
    return show(w, typed, why, 409);
}

enum status post_staff_privacy(struct web *w)
{
    struct privacy_draft draft = {.text = str_or_empty(web_field(w, "text")),
                                  .in_force_from = str_or_empty(web_field(w, "in_force_from")),
                                  .reason = str_or_empty(web_field(w, "reason")),
                                  .newest = -1, /* none is a stale one */
                                  .once = web_field(w, "once")};
    str_int(web_field(w, "version"), &draft.newest);
    enum status s = app_privacy_publish(&w->c, &draft);
    if (s == ST_BAD_INPUT) return show(w, &draft, STR_NONE, 422);
    if (s == ST_CONFLICT) return show_stale(w, &draft);
    if (s) return s;
    return web_redirect(w, URL(MENU "?saved=1"));
}
