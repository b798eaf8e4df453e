#include "web/members/staff.h"

#include "app/companies/companies.h"
#include "app/companies/direct.h"
#include "app/members/notes.h"
#include "domain/typed_day.h"
#include "gen/views.h"
#include "web/members/decide.h"
#include "web/members/staff_edit.h"

#define PEOPLE URL("/staff/members")

/* What an empty tab says. */
static const char *const EMPTY[STATE_COUNT] = {
    [STATE_NONE] = "还没有人员。个人注册后，会先出现在“个人提交”。",
    [STATE_SUBMITTED] = "没有等单位审核的申请。",
    [STATE_RECOMMENDED_NEW] = "没有等协会审批的新会员推荐。",
    [STATE_RECOMMENDED_RENEWAL] = "没有等协会审批的续期推荐。",
    [STATE_MEMBER] = "还没有正式会员。",
    [STATE_EXPIRED] = "没有已过期的会员。",
    [STATE_RETURNED] = "没有退回的申请。",
    [STATE_CLOSED] = "没有已注销的人员。",
};

static const char *const NEXT_STEPS[STATE_COUNT] = {
    [STATE_NONE] = "",
    [STATE_SUBMITTED] = "等单位审核。",
    [STATE_RECOMMENDED_NEW] = "请核对单位盖章的汇总表，批准或退回。",
    [STATE_RECOMMENDED_RENEWAL] = "请核对单位盖章的汇总表，批准或退回单位。",
    [STATE_MEMBER] = "",
    [STATE_EXPIRED] = "等单位推荐续期。",
    [STATE_RETURNED] = "等本人修改后重新提交。",
    [STATE_CLOSED] = "",
};

/* What a tab offers to do with many; each row is judged by the rules again. */
static const struct {
    enum member_state state;
    enum member_event event;
} OFFERS[] = {
    {STATE_SUBMITTED, EVENT_CLOSE},
    {STATE_RECOMMENDED_NEW, EVENT_APPROVE},
    {STATE_RECOMMENDED_NEW, EVENT_RETURN_TO_COMPANY},
    {STATE_RECOMMENDED_NEW, EVENT_RETURN_TO_PERSON},
    {STATE_RECOMMENDED_NEW, EVENT_CLOSE},
    {STATE_RECOMMENDED_RENEWAL, EVENT_APPROVE},
    {STATE_RECOMMENDED_RENEWAL, EVENT_RETURN_TO_COMPANY},
    {STATE_RECOMMENDED_RENEWAL, EVENT_CLOSE},
    {STATE_MEMBER, EVENT_UNAPPROVE},
    {STATE_MEMBER, EVENT_CLOSE},
    {STATE_EXPIRED, EVENT_CLOSE},
    {STATE_RETURNED, EVENT_CLOSE},
    {STATE_CLOSED, EVENT_REOPEN},
};

/* Beside these, for people of 协会直管 what else their company would. */
static const struct {
    enum member_state state;
    enum member_event event;
} DIRECT_OFFERS[] = {
    {STATE_SUBMITTED, EVENT_RECOMMEND},         {STATE_SUBMITTED, EVENT_RETURN_TO_PERSON},
    {STATE_RECOMMENDED_NEW, EVENT_UNRECOMMEND}, {STATE_RECOMMENDED_RENEWAL, EVENT_UNRECOMMEND},
    {STATE_MEMBER, EVENT_RECOMMEND_RENEWAL},    {STATE_EXPIRED, EVENT_RECOMMEND_RENEWAL},
};

static bool may_decide(const struct web *w)
{
    return w->c.actor.roles & ROLE_MEMBERSHIP;
}

static enum status offers_of(struct web *w, const struct member_filter *f, bool ret[EVENT_COUNT])
{
    struct company_id direct;
    for (size_t i = 0; i < sizeof OFFERS / sizeof *OFFERS; i++)
        if (OFFERS[i].state == f->state) ret[OFFERS[i].event] = may_decide(w);
    TRY(company_direct(&w->c, &direct));
    for (size_t i = 0; i < sizeof DIRECT_OFFERS / sizeof *DIRECT_OFFERS && f->company.v == direct.v; i++)
        if (DIRECT_OFFERS[i].state == f->state) ret[DIRECT_OFFERS[i].event] = may_decide(w);
    return ST_OK;
}

/* 退回、注销… */
static struct str reason_label(struct web *w, const struct staff_actions_view *v)
{
    const struct {
        bool offered;
        const char *word;
    } words[] = {{v->return_to_company || v->return_to_person, "退回"},
                 {v->unapprove, "撤销批准"},
                 {v->period, "更正批准日期"},
                 {v->close, "注销"},
                 {v->reopen, "恢复"}};
    struct str label = STR("");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].offered)
            label = arena_fmt(w->q->arena, "%.*s%s%s", STR_ARG(label), label.n ? "、" : "", words[i].word);
    return arena_fmt(w->q->arena, "%.*s…", STR_ARG(label));
}

/* approved: they have been once. */
static struct staff_actions_view actions_of(struct web *w, const bool may[EVENT_COUNT], bool approved,
                                            struct str whom)
{
    struct staff_actions_view v = {
        .whom = whom,
        .recommend = may[EVENT_RECOMMEND],
        .renew = may[EVENT_RECOMMEND_RENEWAL],
        .withdraw = may[EVENT_UNRECOMMEND],
        .approve = may[EVENT_APPROVE],
        .return_to_company = may[EVENT_RETURN_TO_COMPANY],
        .return_to_person = may[EVENT_RETURN_TO_PERSON],
        .unapprove = may[EVENT_UNAPPROVE],
        .close = may[EVENT_CLOSE],
        .reopen = may[EVENT_REOPEN],
        .today = w->c.today,
        .reason_max = DECISION_REASON_MAX,
        .document_no_max = DOCUMENT_NO_MAX,
    };
    v.period = approved && !v.approve && may_decide(w); /* 批准 has a day of its own */
    v.with_reason =
        v.return_to_company || v.return_to_person || v.unapprove || v.period || v.close || v.reopen;
    v.any = v.recommend || v.renew || v.withdraw || v.approve || v.with_reason;
    v.slips = v.any && may_decide(w) && !v.reopen;
    v.reason_label = reason_label(w, &v);
    return v;
}

/* The company that a list is narrowed to; one that does not exist has no people either. */
static enum status company_name(struct web *w, const struct member_filter *f, struct str *ret)
{
    struct company_full company;
    *ret = STR("");
    if (!f->company.v) return ST_OK;
    enum status s = app_company(&w->c, f->company, &company);
    if (s == ST_OK) *ret = company.name;
    return s == ST_NOT_FOUND ? ST_OK : s;
}

enum status page_staff_members(struct web *w)
{
    struct list_want want;
    struct member_page page;
    bool offers[EVENT_COUNT] = {0};
    list_want_ask(w, &want);
    TRY(list_members_read(w, &want, &page));
    const struct member_filter *f = &want.filter;
    struct member_filter closed = *f;
    closed.state = STATE_CLOSED;
    TRY(offers_of(w, f, offers));
    struct staff_members_view v = {
        .frame = web_frame(w, STR("会员管理"), "/staff/members"),
        .list = list_view(w, PEOPLE, &want, &page),
        .actions = actions_of(w, offers, f->state == STATE_MEMBER || f->state == STATE_EXPIRED,
                              STR("选中的 {n} 名人员")),
        .once = web_once(w),
        .searched = STR("姓名、单位、身份证号、末四位或手机号"),
        .export_address = list_url(w, URL("/staff/members.xlsx"), f),
        .closed = list_url(w, PEOPLE, &closed),
        .closed_count = page.counts.of[STATE_CLOSED],
        .company = f->company.v,
        .may_export = may_decide(w),
    };
    v.actions.many = true;
    v.list.conditions_open |= f->company.v || v.list.company_error.n;
    v.empty = list_empty_text(&v.list, EMPTY[f->state]);
    v.export_label = list_export_label(w, &v.list);
    TRY(company_name(w, f, &v.company_name));
    view_staff_members(web_html(w), &v);
    return web_page(w, want.wrong ? 422 : 200);
}

static struct workplaces_view workplaces_of(struct web *w, const struct dossier *d)
{
    struct workplaces_view list = {0};
    for (size_t i = d->employments.n; i > 0; i--) {
        const struct employments_of_unscoped_row *e = &d->employments.p[i - 1];
        *ARENA_PUSH(w->q->arena, &list) = (struct workplace_view){
            e->company_name, url_path(w->q->arena, "/staff/companies/%ld", (long)e->company_id.v),
            e->from_day, e->to_day};
    }
    return list;
}

static struct consents_view consents_of(struct web *w, const struct dossier *d)
{
    struct consents_view list = {0};
    for (size_t i = 0; i < d->consents.n; i++) {
        const struct consents_of_unscoped_row *one = &d->consents.p[i];
        bool terms = str_eq(one->kind, STR("terms"));
        *ARENA_PUSH(w->q->arena, &list) = (struct consent_view){
            terms ? STR("服务条款") : STR("处理敏感个人信息"), one->text_version,
            str_sub(instant_str(w->q->arena, one->given_at), 0, sizeof "2026-11-23 16:05" - 1)};
    }
    return list;
}

static struct str next_step(const struct dossier *d)
{
    if (d->may[EVENT_RECOMMEND])
        return STR("由协会代单位审核：请核对信息，无误后推荐；有误可直接修改，或退回本人。");
    if (d->may[EVENT_RECOMMEND_RENEWAL] && d->state == STATE_EXPIRED) return STR("由协会代单位推荐续期。");
    return str_from(NEXT_STEPS[d->state]);
}

static enum status show_person(struct web *w, struct member_id id, int status)
{
    struct dossier d;
    TRY(app_member_dossier(&w->c, id, &d));
    struct staff_member_view v = {
        .frame = web_frame(w, d.row.name, "/staff/members"),
        .actions = actions_of(w, d.may, d.periods.n > 0, d.row.name),
        .once = web_once(w),
        .workplaces = workplaces_of(w, &d),
        .consents = consents_of(w, &d),
        .next_step = next_step(&d),
        .reset = may_decide(w) ? url_path(w->q->arena, "/staff/members/%ld/reset-password", (long)d.row.id.v)
                               : (struct url){STR_NONE},
        .edit = may_decide(w)
                    ? url_query(w->q->arena, url_path(w->q->arena, "/staff/members/%ld", (long)id.v),
                                {"edit", STR("1")})
                    : (struct url){STR_NONE},
        .note = str_or_empty(web_field(w, "text")),
        .note_error = form_error(w, "text"),
        .note_max = MEMBER_NOTE_MAX,
        .saved = str_eq(web_query(w, "saved"), STR("1")),
    };
    if (may_decide(w)) v.notes = url_path(w->q->arena, "/staff/members/%ld/notes", (long)id.v);
    TRY(person_view(w, &d, &v.person));
    TRY(beside_view(w, PEOPLE, id, &v.beside));
    view_staff_member(web_html(w), &v);
    return web_page(w, status);
}

enum status post_staff_recommend(struct web *w)
{
    return web_decide(w, &(struct decision){.event = EVENT_RECOMMEND});
}

enum status post_staff_recommend_renewal(struct web *w)
{
    return web_decide(w, &(struct decision){.event = EVENT_RECOMMEND_RENEWAL});
}

enum status post_staff_withdraw(struct web *w)
{
    return web_decide(w, &(struct decision){.event = EVENT_UNRECOMMEND});
}

enum status page_staff_member(struct web *w)
{
    struct member_id id;
    TRY(web_id(w, w->args[0], &id.v));
    return web_query(w, "edit").n ? page_staff_member_edit(w, id) : show_person(w, id, 200);
}

enum status post_staff_member_note(struct web *w)
{
    struct member_id id;
    TRY(web_id(w, w->args[0], &id.v));
    enum status s = app_member_note(&w->c, id, str_or_empty(web_field(w, "text")), web_field(w, "once"));
    if (s == ST_BAD_INPUT && w->c.problems.n) {
        app_end(&w->c);
        return show_person(w, id, 422);
    }
    if (s) return s;
    return web_redirect(w, url_path(w->q->arena, "/staff/members/%ld", (long)id.v));
}

enum status post_staff_approve(struct web *w)
{
    struct decision d = {
        .event = EVENT_APPROVE, .reason = web_field(w, "reason"), .document_no = web_field(w, "document_no")};
    struct str on = web_field(w, "approved_on");
    if (on.n && !typed_day(on, &d.approved_on))
        problem_add(&w->c.problems, "approved_on", "没有这样的日期，" TYPED_DAY_HOW);
    return web_decide(w, &d);
}

enum status post_staff_return(struct web *w)
{
    struct decision d = {.event = EVENT_RETURN_TO_COMPANY, .reason = web_field(w, "reason")};
    struct str to = web_field(w, "to");
    if (str_eq(to, STR("person")))
        d.event = EVENT_RETURN_TO_PERSON;
    else if (!str_eq(to, STR("company")))
        problem_add(&w->c.problems, "to", "请选择退回单位，还是退回本人修改");
    return web_decide(w, &d);
}

static enum status decide_with_reason(struct web *w, enum member_event event)
{
    return web_decide(w, &(struct decision){.event = event, .reason = web_field(w, "reason")});
}

enum status post_staff_unapprove(struct web *w)
{
    return decide_with_reason(w, EVENT_UNAPPROVE);
}

enum status post_staff_close(struct web *w)
{
    return decide_with_reason(w, EVENT_CLOSE);
}

enum status post_staff_reopen(struct web *w)
{
    return decide_with_reason(w, EVENT_REOPEN);
}
