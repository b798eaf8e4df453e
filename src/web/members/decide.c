#include "web/members/decide.h"

#include "app/core/settings.h"
#include "app/members/undo.h"
#include "gen/views.h"
#include "web/core/route.h"

#include <stddef.h>

#define DAY_CHARACTERS 20 /* 2026 年 11 月 23 日 */

/* Where people are afterwards, and what comes next. What is not here leads back to the list. */
static const struct {
    enum member_event event;
    enum member_state to;
    const char *advice, *of_staff; /* of_staff: what the association is told, if other */
} NEXT[] = {
    {EVENT_RECOMMEND, STATE_RECOMMENDED_NEW, "下一步：打印汇总表，加盖公章，扫描后交协会审核。",
     "下一步：在“企业推荐（新会员）”中批准。"},
    {EVENT_RECOMMEND_RENEWAL, STATE_RECOMMENDED_RENEWAL, "下一步：打印汇总表，加盖公章，扫描后交协会审核。",
     "下一步：在“企业推荐（续期）”中批准。"},
    {EVENT_RETURN_TO_PERSON, STATE_RETURNED, "请通知本人登录，按原因修改后重新提交。", NULL},
    {EVENT_APPROVE, STATE_MEMBER, "会员有效期已开始，会员编号已生成。", NULL},
    {EVENT_CLOSE, STATE_CLOSED, "", NULL},
};

static struct url list_of(const struct web *w)
{
    return w->c.actor.side == SIDE_STAFF ? URL("/staff/members") : URL("/company/members");
}

static struct str list_label(const struct web *w)
{
    return w->c.actor.side == SIDE_STAFF ? STR("会员管理") : STR("会员列表");
}

static struct str whom(struct web *w, const struct selection *s)
{
    if (!s->all) return arena_fmt(w->q->arena, "选中的 %zu 名人员", s->n);
    return s->expect >= 0 ? arena_fmt(w->q->arena, "名单中的全部 %ld 名人员", (long)s->expect)
                          : STR("名单中的全部人员");
}

struct asked {
    struct str approved_on, document_no;
};
static const struct form_field ASKED[] = {
    {.name = "approved_on",
     .label = "批准日期",
     .hint = "可填会议日期，不能晚于今天、早于推荐日期。不填就是今天。",
     .type = "date",
     .offset = offsetof(struct asked, approved_on),
     .max = DAY_CHARACTERS},
    {.name = "document_no",
     .label = "文号",
     .type = "text",
     .offset = offsetof(struct asked, document_no),
     .max = DOCUMENT_NO_MAX},
};

/* 退回单位 or 退回本人修改: on the list's page these are two buttons. */
static void ask_to(struct web *w, struct ask_again_view *v)
{
    struct str error = form_error(w, "to");
    if (!error.n) return;
    struct field_view *to = ARENA_PUSH(w->q->arena, &v->fields);
    *to = (struct field_view){.name = STR("to"), .label = STR("退回给"), .required = true, .is_choice = true};
    to->error = error;
    to->focus = form_focus(w, error);
    *ARENA_PUSH(w->q->arena, &to->options) = (struct option_view){STR(""), STR("请选择"), true};
    *ARENA_PUSH(w->q->arena, &to->options) = (struct option_view){STR("company"), STR("单位"), false};
    *ARENA_PUSH(w->q->arena, &to->options) =
        (struct option_view){STR("person"), STR("本人，由本人修改"), false};
    v->what = STR("退回");
}

static void ask_fields(struct web *w, struct ask_again_view *v)
{
    struct asked sent;
    form_read(w, FORM(ASKED), &sent);
    for (size_t i = 0; i < FORM(ASKED).n; i++)
        if (form_error(w, ASKED[i].name).n)
            *ARENA_PUSH(w->q->arena, &v->fields) = form_view(w, (struct form){&ASKED[i], 1}, &sent).p[0];
    ask_to(w, v);
    v->error = form_error(w, "reason");
    v->focus = form_focus(w, v->error);
}

enum status web_ask_again(struct web *w, struct str what, struct str reason, const struct selection *s)
{
    struct ask_again_view v = {
        .address = {str_from(w->route->path)},
        .list = list_of(w),
        .list_label = list_label(w),
        .what = what,
        .whom = whom(w, s),
        .reason = reason,
        .max = DECISION_REASON_MAX,
    };
    ask_fields(w, &v);
    for (size_t i = 0; i < w->q->fields.n; i++) {
        const struct http_pair *field = &w->q->fields.p[i];
        if (problem_of(&w->c.problems, field->name).n || str_eq(field->name, STR("csrf"))) continue;
        *ARENA_PUSH(w->q->arena, &v.sent) = (struct hidden_view){field->name, field->value};
    }
    TRY(app_read(&w->c));
    v.frame = web_frame(w, v.what, v.list.text.p);
    v.frame.here = v.list;
    view_ask_again(web_html(w), &v);
    return web_page(w, 422);
}

static struct str question(struct web *w, enum member_event event, int64_t n)
{
    static const struct {
        enum member_event event;
        const char *before, *behind;
    } WORDS[] = {
        {EVENT_RECOMMEND, "推荐选中的", "名人员为新会员"},
        {EVENT_RECOMMEND_RENEWAL, "推荐选中的", "名人员续期"},
        {EVENT_UNRECOMMEND, "撤回选中的", "名人员的推荐"},
        {EVENT_RETURN_TO_PERSON, "把选中的", "名人员退回本人修改"},
        {EVENT_RETURN_TO_COMPANY, "把选中的", "名人员退回单位"},
        {EVENT_UNAPPROVE, "撤销选中的", "名人员的批准"},
        {EVENT_CLOSE, "注销选中的", "名人员"},
        {EVENT_REOPEN, "恢复选中的", "名人员"},
    };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (WORDS[i].event == event)
            return arena_fmt(w->q->arena, "确定%s %ld %s吗？", WORDS[i].before, (long)n, WORDS[i].behind);
    return arena_fmt(w->q->arena, "确定批准选中的 %ld 名人员吗？", (long)n);
}

/* Everything that was sent goes along, and acts without `ask`. */
static struct hiddens_view sent_again(struct web *w)
{
    struct hiddens_view sent = {0};
    for (size_t i = 0; i < w->q->fields.n; i++) {
        const struct http_pair *field = &w->q->fields.p[i];
        if (str_eq(field->name, STR("csrf")) || str_eq(field->name, STR("ask"))) continue;
        *ARENA_PUSH(w->q->arena, &sent) = (struct hidden_view){field->name, field->value};
    }
    return sent;
}

enum status web_ask(struct web *w, struct confirm_view *v)
{
    v->address = (struct url){str_from(w->route->path)};
    v->list = list_of(w);
    v->list_label = list_label(w);
    v->sent = sent_again(w);
    TRY(app_read(&w->c));
    v->frame = web_frame(w, v->what, v->list.text.p);
    v->frame.here = v->list;
    view_confirm(web_html(w), v);
    return web_page(w, 200);
}

static enum status web_confirm(struct web *w, const struct decision *d, const struct selection *s)
{
    struct foreseen f;
    TRY(app_members_foresee(&w->c, d, s, &f));
    struct confirm_view v = {
        .what = str_from(member_event_label(d->event)),
        .question = question(w, d->event, f.outcome->done + (int64_t)f.outcome->skipped.n),
        .companies = f.companies,
        .document_no = d->document_no,
        .reason = d->reason,
        .approved_on = day_is(d->approved_on) ? d->approved_on : w->c.today,
        .has_day = d->event == EVENT_APPROVE,
        .done = f.outcome->done,
        .skipped_count = (int64_t)f.outcome->skipped.n,
        .skipped = web_skipped_groups(w, &f.outcome->skipped),
        .warned = web_skipped_groups(w, &f.outcome->warned),
        .dangerous = d->event == EVENT_CLOSE,
    };
    return web_ask(w, &v);
}

enum status web_decide(struct web *w, const struct decision *d)
{
    struct selection selection;
    struct str token;
    TRY(list_selection_read(w, d->event == EVENT_APPROVE, &selection));
    enum status s = web_flag(w, "ask")
                        ? web_confirm(w, d, &selection)
                        : app_members_decide(&w->c, d, &selection, web_field(w, "once"), &token);
    if (s == ST_BAD_INPUT && w->c.problems.n)
        return web_ask_again(w, str_from(member_event_label(d->event)), d->reason, &selection);
    if (s || web_flag(w, "ask")) return s;
    return web_redirect(w, url_path(w->q->arena, "/results/%.*s", STR_ARG(token)));
}

static void show_following(struct web *w, enum member_event event, struct result_view *v)
{
    for (size_t i = 0; i < sizeof NEXT / sizeof *NEXT; i++) {
        if (NEXT[i].event != event || !v->done) continue;
        struct member_filter f = {.state = NEXT[i].to};
        v->following = list_url(w, v->list, &f);
        v->following_label =
            arena_fmt(w->q->arena, "查看%s", member_state_label(NEXT[i].to, w->c.actor.side));
        bool of_staff = w->c.actor.side == SIDE_STAFF && NEXT[i].of_staff;
        v->advice = str_from(of_staff ? NEXT[i].of_staff : NEXT[i].advice);
    }
}

/* 推荐 leads to its print, 批准 to the next who waits in the same batch, else in any. */
static enum status show_next(struct web *w, const struct outcome *o, struct result_view *v)
{
    struct following next;
    if (!o->done) return ST_OK;
    bool recommended = o->what == EVENT_RECOMMEND || o->what == EVENT_RECOMMEND_RENEWAL;
    if (recommended && w->c.actor.side == SIDE_COMPANY) {
        enum member_state to = o->what == EVENT_RECOMMEND ? STATE_RECOMMENDED_NEW : STATE_RECOMMENDED_RENEWAL;
        v->next =
            url_query(w->q->arena, URL("/company/summary"), {"status", str_from(member_state_code(to))});
        v->next_label = STR("打印汇总表");
    }
    if (o->what != EVENT_APPROVE) return ST_OK;
    TRY(app_outcome_following(&w->c, o, &next));
    if (!next.id.v) return ST_OK;
    v->next = url_path(w->q->arena, "/staff/members/%ld", (long)next.id.v);
    v->next_label = arena_fmt(w->q->arena, "下一位待审批：%.*s", STR_ARG(next.name));
    return ST_OK;
}

/* What a reason is called where several rows share it: each row still says its own. */
static struct str reason_label(const struct skipped *s)
{
    static const struct {
        struct str code, label;
    } LABELS[] = {
        {STR_INIT("wrong_state"), STR_INIT("现在的状态不能这样办理")},
        {STR_INIT("wrong_side"), STR_INIT("由所在单位办理")},
        {STR_INIT("not_due"), STR_INIT("还不到推荐续期的时间")},
        {STR_INIT("approved_on"), STR_INIT("批准日期不合适")},
        {STR_INIT("lapsed"), STR_INIT("单位的会员资格已到期")},
        {STR_INIT("newer"), STR_INIT("之后又有办理，不能再改")},
    };
    for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++)
        if (str_eq(LABELS[i].code, s->code)) return LABELS[i].label;
    return s->text;
}

static struct skipped_group *group_of(struct web *w, struct skipped_groups *groups, const struct skipped *s)
{
    for (size_t i = 0; i < groups->n; i++)
        if (str_eq(groups->p[i].code, s->code)) return &groups->p[i];
    struct skipped_group *group = ARENA_PUSH(w->q->arena, groups);
    *group = (struct skipped_group){.code = s->code, .label = reason_label(s)};
    return group;
}

struct skipped_groups web_skipped_groups(struct web *w, const struct skipped_list *skipped)
{
    struct skipped_groups groups = {0};
    for (size_t i = 0; i < skipped->n; i++) {
        const struct skipped *s = &skipped->p[i];
        struct skipped_group *group = group_of(w, &groups, s);
        group->count++;
        if (group->rows.n < SKIPPED_SHOWN)
            *ARENA_PUSH(w->q->arena, &group->rows) =
                (struct skipped_view){s->id.v, s->name, s->code, s->text};
        else
            group->more++;
    }
    return groups;
}

static struct str what_of(struct web *w, const struct outcome *o)
{
    if (o->kind == OUTCOME_PERIOD) return STR("更正批准日期");
    struct str act = o->kind == OUTCOME_MERGE ? STR("合并单位") : str_from(member_event_label(o->what));
    return o->undoes.n ? arena_fmt(w->q->arena, "撤销本次操作（%.*s）", STR_ARG(act)) : act;
}

static struct url result_url(struct web *w, struct str token)
{
    return url_path(w->q->arena, "/results/%.*s", STR_ARG(token));
}

static void offer_undo(struct web *w, const struct outcome *o, struct result_view *v)
{
    if (o->undone.n)
        v->undone = result_url(w, o->undone);
    else if ((o->done || o->kind == OUTCOME_MERGE) && outcome_may_be_undone(o))
        v->undo = url_path(w->q->arena, "/results/%.*s/undo", STR_ARG(w->args[0]));
}

enum status page_result(struct web *w)
{
    struct outcome o;
    TRY(app_outcome(&w->c, w->args[0], &o));
    bool decision = o.kind == OUTCOME_DECISION && !o.undoes.n;
    struct result_view v = {
        .list = list_of(w),
        .list_label = list_label(w),
        .details = url_path(w->q->arena, "/results/%.*s.csv", STR_ARG(w->args[0])),
        .what = what_of(w, &o),
        .once = web_once(w),
        .done = o.done,
        .skipped_count = (int64_t)o.skipped.n,
        .good = (o.done || o.kind == OUTCOME_MERGE) && !o.skipped.n,
        .skipped = web_skipped_groups(w, &o.skipped),
        .warned = web_skipped_groups(w, &o.warned),
    };
    v.frame = web_frame(w, STR("办理结果"), v.list.text.p);
    offer_undo(w, &o, &v);
    if (decision && !o.undone.n) show_following(w, o.what, &v);
    if (decision && !o.undone.n) TRY(show_next(w, &o, &v));
    struct member_id of;
    if (str_int(str_or_empty(web_query(w, "of")), &of.v) && of.v == o.last_done.v)
        TRY(beside_view(w, v.list, of, &v.beside));
    view_result(web_html(w), &v);
    return web_page(w, 200);
}

enum status post_result_undo(struct web *w)
{
    struct str token;
    TRY(app_outcome_undo(&w->c, w->args[0], web_field(w, "once"), &token));
    return web_redirect(w, result_url(w, token));
}

enum status page_result_csv(struct web *w)
{
    struct bytes csv;
    TRY(app_outcome_csv(&w->c, w->args[0], &csv));
    return web_download(w, "text/csv; charset=UTF-8", STR("跳过的人员.csv"), csv);
}
