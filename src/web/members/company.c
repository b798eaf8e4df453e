#include "web/members/company.h"

#include "app/members/corrections.h"
#include "gen/views.h"
#include "web/members/decide.h"

#define PEOPLE URL("/company/members")

/* What an empty tab says to do. */
static const char *const EMPTY[STATE_COUNT] = {
    [STATE_NONE] = "本单位还没有人员。请本单位人员在登录页点“个人会员注册”，提交后会出现在这里。",
    [STATE_SUBMITTED] = "没有等待审核的人员。请本单位人员在登录页点“个人会员注册”，提交后会出现在这里。",
    [STATE_RECOMMENDED_NEW] = "没有等协会审核的新会员推荐。在“个人提交”中选中人员，点“批量推荐”。",
    [STATE_RECOMMENDED_RENEWAL] = "没有等协会审核的续期推荐。在“已过期”中选中人员，点“推荐续期”。",
    [STATE_MEMBER] = "还没有正式会员。推荐的人员由协会批准后成为正式会员。",
    [STATE_EXPIRED] = "没有已过期的会员。",
    [STATE_RETURNED] = "没有退回的申请。",
    [STATE_CLOSED] = "没有已注销的人员。",
};

static const char *const NEXT_STEPS[STATE_COUNT] = {
    [STATE_NONE] = "",
    [STATE_SUBMITTED] = "请核对信息，无误后推荐；有误可直接更正，或退回本人。",
    [STATE_RECOMMENDED_NEW] = "请打印汇总表，盖章后交协会；协会决定之前可以回退。",
    [STATE_RECOMMENDED_RENEWAL] = "请打印汇总表，盖章后交协会；协会决定之前可以回退。",
    [STATE_MEMBER] = "",
    [STATE_EXPIRED] = "会员有效期已过，可推荐续期。",
    [STATE_RETURNED] = "等本人修改后重新提交。",
    [STATE_CLOSED] = "",
};

enum status page_company_members(struct web *w)
{
    struct list_want want;
    struct member_page page;
    list_want_ask(w, &want);
    TRY(list_members_read(w, &want, &page));
    enum member_state state = want.filter.state;
    struct company_members_view v = {
        .frame = web_frame(w, STR("会员列表"), "/company/members"),
        .list = list_view(w, PEOPLE, &want, &page),
        .once = web_once(w),
        .searched = STR("姓名、身份证号、末四位或手机号"),
        .return_confirm = STR("确定把选中的 {n} 名人员退回本人修改吗？"),
        .export_address = list_url(w, URL("/company/members.xlsx"), &want.filter),
        .summary = list_url(w, URL("/company/summary"), &(struct member_filter){.state = state}),
        .may_export = !w->c.actor.view_only,
        .may_recommend = state == STATE_SUBMITTED,
        .may_withdraw = state == STATE_RECOMMENDED_NEW || state == STATE_RECOMMENDED_RENEWAL,
        .may_renew = state == STATE_MEMBER || state == STATE_EXPIRED,
        .reason_max = DECISION_REASON_MAX,
    };
    if (w->c.actor.view_only) v.may_recommend = v.may_withdraw = v.may_renew = false;
    v.selectable = v.may_recommend || v.may_withdraw || v.may_renew;
    v.empty = list_empty_text(&v.list, EMPTY[state]);
    v.export_label = list_export_label(w, &v.list);
    view_company_members(web_html(w), &v);
    return web_page(w, want.wrong ? 422 : 200);
}

enum status post_company_recommend(struct web *w)
{
    return web_decide(w, &(struct decision){.event = EVENT_RECOMMEND});
}

enum status post_company_return(struct web *w)
{
    return web_decide(w, &(struct decision){.event = EVENT_RETURN_TO_PERSON,
                                            .reason = web_field(w, "reason"),
                                            .not_ours = web_flag(w, "not_ours")});
}

enum status post_company_recommend_renewal(struct web *w)
{
    return web_decide(w, &(struct decision){.event = EVENT_RECOMMEND_RENEWAL});
}

enum status post_company_withdraw(struct web *w)
{
    return web_decide(w, &(struct decision){.event = EVENT_UNRECOMMEND});
}

/* A correction as it was typed, on its way back to the person who typed it. */
struct typed {
    const struct person_input *in;
    struct str photo_kept;
    bool bareheaded, too_late;
};

static enum status form_of(struct web *w, const struct dossier *d, const struct typed *typed,
                           struct company_member_view *v)
{
    struct person_input stored = person_input_of(&w->c, d), in = typed ? *typed->in : stored;
    struct str kept = typed ? typed->photo_kept : STR_NONE;
    struct person_form_about about = {
        .id_shown = person_form_id_shown(w, d->id_number),
        .photo = photo_url_kept(w, &d->row, kept),
        .photo_kept = kept,
        .company_fixed = true,
        .offers_bareheaded = true,
        .bareheaded = typed ? typed->bareheaded : d->row.bareheaded,
    };
    in.company = stored.company;
    v->shows_form = d->may_correct || typed;
    return v->shows_form ? person_form_view(w, &in, &about, &v->form) : ST_OK;
}

static enum status show_person(struct web *w, const struct dossier *d, const struct typed *typed, int status)
{
    struct company_member_view v = {
        .frame = web_frame(w, d->row.name, "/company/members"),
        .once = web_once(w),
        .next_step = str_from(NEXT_STEPS[d->state]),
        .return_confirm = arena_fmt(w->q->arena, "确定把%.*s退回本人修改吗？", STR_ARG(d->row.name)),
        .version = d->row.version,
        .reason_max = DECISION_REASON_MAX,
        .may_recommend = d->may[EVENT_RECOMMEND],
        .may_return = d->may[EVENT_RETURN_TO_PERSON],
        .may_renew = d->may[EVENT_RECOMMEND_RENEWAL],
        .may_withdraw = d->may[EVENT_UNRECOMMEND],
        .may_correct = d->may_correct,
        .conflict = typed && typed->too_late ? str_from(w->c.fault.text) : STR_NONE,
        .saved = str_eq(web_query(w, "saved"), STR("1")),
        .sent = typed != NULL,
        .reason = str_or_empty(web_field(w, "reason")),
        .reason_error = form_error(w, "reason"),
        .then_error = form_error(w, "then"),
    };
    v.frame.photo_script = d->may_correct;
    v.with_form = d->may_correct && (v.may_recommend || v.may_return);
    TRY(person_view(w, d, &v.person));
    TRY(form_of(w, d, typed, &v));
    TRY(beside_view(w, PEOPLE, d->row.id, &v.beside));
    v.address = url_below(w->q->arena, PEOPLE, d->row.id.v, v.beside.conditions);
    view_company_member(web_html(w), &v);
    return web_page(w, status);
}

static enum status member_of_path(struct web *w, struct dossier *ret)
{
    struct member_id id;
    TRY(web_id(w, w->args[0], &id.v));
    return app_member_dossier(&w->c, id, ret);
}

enum status page_company_member(struct web *w)
{
    struct dossier d;
    TRY(member_of_path(w, &d));
    return show_person(w, &d, NULL, 200);
}

/* What was typed comes back, with what is wrong, or with what happened meanwhile. */
static enum status show_again(struct web *w, const struct typed *typed, int status)
{
    struct dossier d;
    app_end(&w->c);
    TRY(member_of_path(w, &d));
    return show_person(w, &d, typed, status);
}

/* What shall follow the saving: then = recommend or return. False: none, or (with a message) none that is
 * known. */
static bool then_read(struct web *w, struct decision *ret)
{
    struct str then = web_field(w, "then");
    if (!then.n) return false;
    if (str_eq(then, STR("recommend"))) {
        *ret = (struct decision){.event = EVENT_RECOMMEND};
    } else if (str_eq(then, STR("return"))) {
        *ret = (struct decision){.event = EVENT_RETURN_TO_PERSON,
                                 .reason = web_field(w, "reason"),
                                 .not_ours = web_flag(w, "not_ours")};
    } else {
        problem_add(&w->c.problems, "then", "请选择推荐，还是退回本人");
        return false;
    }
    return true;
}

/* What the form's address says of the list that one came from. */
static struct url with_conditions(struct web *w, struct url to)
{
    if (!w->q->raw_query.n) return to;
    struct list_want want;
    size_t problems = w->c.problems.n;
    list_want_ask(w, &want);
    w->c.problems.n = problems;
    to = list_url(w, to, &want.filter);
    return url_query(w->q->arena, to, {"sort", str_from(member_sort_code((enum member_sort)want.page.sort))});
}

/* The result page leads on from this person in that list. */
static struct url result_of(struct web *w, struct member_id id, struct str token)
{
    struct url result = url_path(w->q->arena, "/results/%.*s", STR_ARG(token));
    if (!w->q->raw_query.n) return result;
    return with_conditions(w,
                           url_query(w->q->arena, result, {"of", arena_fmt(w->q->arena, "%ld", (long)id.v)}));
}

static enum status save(struct web *w, const struct correct_and *want, struct photo_input *photo,
                        bool decides, struct url *ret_to)
{
    struct str once = web_field(w, "once"), token;
    if (decides) {
        TRY(app_member_correct_and(&w->c, want, photo, once, &token));
        *ret_to = result_of(w, want->id, token);
        return ST_OK;
    }
    if (w->c.problems.n) return ST_BAD_INPUT;
    TRY(app_member_correct(&w->c, want->id, want->in, photo, want->bareheaded, want->version, once));
    struct url saved = url_path(w->q->arena, "/company/members/%ld", (long)want->id.v);
    *ret_to = with_conditions(w, url_query(w->q->arena, saved, {"saved", STR("1")}));
    return ST_OK;
}

enum status post_company_member(struct web *w)
{
    struct person_input in;
    struct photo_input photo;
    struct decision then = {0};
    struct typed typed = {.in = &in, .bareheaded = web_flag(w, "bareheaded")};
    struct correct_and want = {.in = &in, .bareheaded = typed.bareheaded, .then = &then};
    struct url to;
    person_form_read(w, &in, &photo);
    TRY(web_id(w, w->args[0], &want.id.v));
    str_int(web_field(w, "version"), &want.version);
    bool decides = then_read(w, &then);
    if (decides && !web_field(w, "name").p) want.in = NULL; /* only decided */
    enum status s = save(w, &want, &photo, decides, &to);
    typed.too_late = s == ST_CONFLICT;
    typed.photo_kept = photo.kept;
    if (s == ST_BAD_INPUT) return show_again(w, &typed, 422);
    if (s == ST_CONFLICT) return show_again(w, &typed, 409);
    if (s) return s;
    return web_redirect(w, to);
}
