#include "web/members/member.h"

#include "app/core/settings.h"
#include "app/members/application.h"
#include "app/members/corrections.h"
#include "app/members/history.h"
#include "domain/period.h"
#include "gen/views.h"
#include "web/core/hello.h"

#define PROGRESS URL("/me/progress")

static struct str days_left(struct web *w, struct day last)
{
    int left = period_days_left(last, w->c.today);
    if (left < 0) return arena_fmt(w->q->arena, "已到期 %d 天", -left);
    return left ? arena_fmt(w->q->arena, "还有 %d 天", left) : STR("今天到期");
}

/* The period in force or last in force. */
static const struct period_full *newest_period(const struct period_fulls *periods)
{
    for (size_t i = periods->n; i-- > 0;)
        if (!periods->p[i].voided_at) return &periods->p[i];
    return NULL;
}

/* The years that fees are owed for. Payments are not recorded here yet: nothing is known of any year. */
static struct fees_view fees_of(struct web *w, const struct dossier *d)
{
    struct fees_view fees = {0};
    const struct period_full *newest = newest_period(&d->periods);
    if (!newest) return fees;
    struct period period = {newest->start_day, newest->end_day};
    for (int i = 0; i < period_years(period); i++) {
        struct period year = period_year(period, i);
        *ARENA_PUSH(w->q->arena, &fees) =
            (struct fee_view){year.first, year.last, {w->c.settings->fee_yearly_fen}, STR("暂未登记")};
    }
    return fees;
}

static struct str state_label(const struct dossier *d)
{
    return str_from(member_state_label(d->state, SIDE_MEMBER));
}

enum status page_me(struct web *w)
{
    struct own_page own;
    if (web_progress_only(w)) return web_redirect(w, PROGRESS);
    TRY(app_progress_own(&w->c, &own));
    TRY(hello_lost(w));
    const struct dossier *d = &own.dossier;
    struct me_view v = {
        .frame = web_frame(w, STR("我的信息"), "/me"),
        .photo = photo_url(w, &d->row),
        .name = d->row.name,
        .state = str_from(member_state_code(d->state)),
        .state_label = state_label(d),
        .number = d->row.number,
        .company = d->company_name,
        .period_end = d->row.period_end,
        .days_left = days_left(w, d->row.period_end),
        .next = notice_view(w, &own),
        .flow = flow_view(w, &own),
        .fees = fees_of(w, d),
        .facts = facts_view(w, d),
    };
    view_me(web_html(w), &v);
    return web_page(w, 200);
}

enum status page_me_learning(struct web *w)
{
    if (web_progress_only(w)) return web_redirect(w, PROGRESS);
    struct frame frame = web_frame(w, STR("我的学习"), "/me/learning");
    view_learning(web_html(w), &frame);
    return web_page(w, 200);
}

static enum status kind_read(struct web *w, enum event_kind *ret)
{
    return event_kind_parse(web_query(w, "kind"), ret) ? ST_OK
                                                       : fail(&w->c.fault, ST_BAD_INPUT, "没有这个类别");
}

static struct url kind_url(struct web *w, enum event_kind kind)
{
    return url_query(w->q->arena, URL("/me/history"), {"kind", str_from(event_kind_code(kind))});
}

/* A kind has its tab once something can be of it. */
static struct tabs_view kind_tabs(struct web *w, enum event_kind current)
{
    struct tabs_view tabs = {0};
    for (int i = 0; i < KIND_COUNT; i++) {
        enum event_kind kind = (enum event_kind)i;
        if (event_kind_used(kind))
            *ARENA_PUSH(w->q->arena, &tabs) = (struct tab_view){.label = str_from(event_kind_label(kind)),
                                                                .url = kind_url(w, kind),
                                                                .current = kind == current};
    }
    return tabs;
}

enum status page_me_history(struct web *w)
{
    enum event_kind kind;
    struct list_want want;
    struct history_page page;
    if (web_progress_only(w)) return web_redirect(w, PROGRESS);
    TRY(kind_read(w, &kind));
    TRY(list_want_read(w, &w->q->query, &want));
    TRY(app_history_own(&w->c, kind, &want.page, &page));
    struct history_view v = {
        .frame = web_frame(w, STR("历史动态"), "/me/history"),
        .kinds = kind_tabs(w, kind),
        .entries = timeline_view(w, &page.events),
        .pager = list_pager(w, kind_url(w, kind), want.page.size, page.previous, page.next),
    };
    v.pager.total = page.total;
    v.pager.open = page.total_open;
    view_history(web_html(w), &v);
    return web_page(w, 200);
}

enum status page_me_progress(struct web *w)
{
    struct own_page own;
    TRY(app_progress_own(&w->c, &own));
    TRY(hello_lost(w));
    const struct dossier *d = &own.dossier;
    struct progress_view v = {
        .frame = web_frame(w, STR("审批进度"), web_progress_only(w) ? "/me/progress" : "/me"),
        .photo = photo_url(w, &d->row),
        .state = str_from(member_state_code(d->state)),
        .state_label = state_label(d),
        .once = web_once(w),
        .notice = notice_view(w, &own),
        .flow = flow_view(w, &own),
        .facts = facts_view(w, d),
        .story = timeline_view(w, &own.events),
        .may_withdraw = d->state == STATE_SUBMITTED,
        .may_resubmit = d->state == STATE_RETURNED,
    };
    view_progress(web_html(w), &v);
    return web_page(w, 200);
}

enum status page_me_application(struct web *w)
{
    struct bytes pdf;
    if (web_progress_only(w)) return web_redirect(w, PROGRESS);
    TRY(app_application_pdf(&w->c, w->c.actor.member, &pdf));
    return web_inline(w, "application/pdf",
                      arena_fmt(w->q->arena, "入会申请表_%.*s.pdf", STR_ARG(w->c.actor.name)), pdf);
}

enum status post_me_withdraw(struct web *w)
{
    TRY(app_member_withdraw(&w->c, web_field(w, "once")));
    return web_redirect(w, PROGRESS);
}

static enum status show_resubmit(struct web *w, const struct own_page *own, const struct person_input *in,
                                 struct str photo_kept, struct str once, int status)
{
    const struct dossier *d = &own->dossier;
    struct person_form_about about = {
        .id_shown = person_form_id_shown(w, d->id_number),
        .photo = photo_url_kept(w, &d->row, photo_kept),
        .photo_kept = photo_kept,
        .photo_flaw = photo_kept.n ? STR_NONE : d->row.photo_flaw,
        .offers_unlisted = true,
    };
    struct resubmit_view v = {.frame = web_frame(w, STR("修改并重新提交"), "/me/progress"),
                              .once = once,
                              .notice = notice_view(w, own)};
    v.frame.photo_script = true;
    TRY(person_form_view(w, in, &about, &v.form));
    view_resubmit(web_html(w), &v);
    return web_page(w, status);
}

enum status page_me_resubmit(struct web *w)
{
    struct own_page own;
    TRY(app_progress_own(&w->c, &own));
    if (own.dossier.state != STATE_RETURNED) return web_redirect(w, PROGRESS);
    struct person_input in = person_input_of(&w->c, &own.dossier);
    return show_resubmit(w, &own, &in, STR_NONE, web_once(w), 200);
}

/* The form once more, with what was typed; a photo that came with it is kept. */
static enum status resubmit_again(struct web *w, const struct person_input *in, struct str photo_kept,
                                  int status)
{
    struct own_page own;
    TRY(app_progress_own(&w->c, &own));
    return show_resubmit(w, &own, in, photo_kept, web_field(w, "once"), status);
}

enum status post_me_resubmit(struct web *w)
{
    struct person_input in;
    struct photo_input photo;
    person_form_read(w, &in, &photo);
    if (person_form_find(w)) {
        TRY(app_member_photo_hold(&w->c, w->c.actor.member, &photo));
        return resubmit_again(w, &in, photo.kept, 200);
    }
    enum status s = app_member_resubmit(&w->c, &in, &photo, web_field(w, "once"));
    if (s == ST_BAD_INPUT) return resubmit_again(w, &in, photo.kept, 422);
    if (s) return s;
    return web_redirect(w, PROGRESS);
}
