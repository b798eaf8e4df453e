#include "web/members/flow.h"

#include "app/core/settings.h"
#include "domain/period.h"
#include "gen/assets.h"
#include "web/members/timeline.h"

static const struct {
    const char *look, *word, *icon;
} LOOKS[] = {
    [STEP_AHEAD] = {"", "未开始", NULL},
    [STEP_CURRENT] = {"is-current", "进行中", "clock"},
    [STEP_DONE] = {"is-done", "已完成", "check"},
    [STEP_REFUSED] = {"is-refused", "已退回", "back"},
    [STEP_UNRECORDED] = {"is-passed", "暂未登记", "minus"},
};

static struct url icon(struct web *w, const char *name)
{
    if (!name) return (struct url){STR_NONE};
    return url_icon(w->q->arena, ASSET_ICONS_SVG, name);
}

/* By whom, and what was done when that is not the step itself. */
static struct str deed(const struct progress_event *e)
{
    switch (e->event) {
    case EVENT_WITHDRAW:
        return STR("本人撤回");
    case EVENT_UNRECOMMEND:
        return STR("单位撤回了推荐");
    case EVENT_RETURN_TO_PERSON:
        return e->by == SIDE_COMPANY ? STR("单位退回") : STR("协会退回");
    case EVENT_RETURN_TO_COMPANY:
        return STR("协会退回单位");
    case EVENT_UNAPPROVE:
        return STR("协会撤销了批准");
    case EVENT_CLOSE:
        return STR("协会注销");
    case EVENT_REGISTER:
    case EVENT_RESUBMIT:
    case EVENT_RECOMMEND:
    case EVENT_RECOMMEND_RENEWAL:
    case EVENT_APPROVE:
    case EVENT_REOPEN:
        return side_word(e->by);
    }
    return STR("");
}

/* The employer is not in the list, and the association has not opened it yet. */
static bool waits_for_unit(const struct dossier *d)
{
    return d->stored == STORED_SUBMITTED && d->proposed.n > 0;
}

static struct str waiting_note(const struct dossier *d, enum step step)
{
    switch (step) {
    case STEP_SUBMIT:
        return STR("等待本人重新提交");
    case STEP_RECOMMEND:
        return waits_for_unit(d) ? STR("协会核实单位") : STR("等待单位推荐");
    case STEP_APPROVE:
        return STR("等待协会审核");
    case STEP_TRAIN:
    case STEP_PAY:
    case STEP_MEMBER:
        return STR("");
    }
    return STR("");
}

static struct str membership_note(struct web *w, const struct dossier *d)
{
    struct arena *a = w->q->arena;
    struct day last = d->row.period_end;
    if (!day_is(last) || d->stored == STORED_CLOSED) return STR("");
    if (period_days_left(last, w->c.today) < 0)
        return arena_fmt(a, "已于 %.*s 到期", STR_ARG(day_str(a, last)));
    return arena_fmt(a, "有效期至 %.*s", STR_ARG(day_str(a, last)));
}

static struct str note_of(struct web *w, const struct own_page *own, enum step step)
{
    const struct progress_step *s = &own->progress.steps[step];
    bool recommended =
        own->dossier.stored == STORED_RECOMMENDED_NEW || own->dossier.stored == STORED_RECOMMENDED_RENEWAL;
    if (s->standing == STEP_UNRECORDED) return STR("暂未登记");
    if (s->standing == STEP_CURRENT) return waiting_note(&own->dossier, step);
    if (step == STEP_TRAIN && recommended) return STR("可以参加，由协会安排");
    if (step == STEP_MEMBER && s->standing != STEP_REFUSED) return membership_note(w, &own->dossier);
    return s->last.reason;
}

static struct str word_of(const struct own_page *own, enum step step)
{
    const struct progress_step *s = &own->progress.steps[step];
    if (s->standing == STEP_REFUSED && s->last.event == EVENT_CLOSE) return STR("已注销");
    if (step == STEP_MEMBER && own->dossier.state == STATE_EXPIRED) return STR("已到期");
    return str_from(LOOKS[s->standing].word);
}

struct flow_view flow_view(struct web *w, const struct own_page *own)
{
    struct flow_view flow = {0};
    for (int i = 0; i < STEP_COUNT; i++) {
        const struct progress_step *s = &own->progress.steps[i];
        *ARENA_PUSH(w->q->arena, &flow) = (struct flow_step_view){
            .name = str_from(step_label((enum step)i)),
            .look = str_from(LOOKS[s->standing].look),
            .word = word_of(own, (enum step)i),
            .icon = icon(w, LOOKS[s->standing].icon),
            .at = s->last.at ? minute_str(w, s->last.at) : STR(""),
            .by = s->last.at ? deed(&s->last) : STR(""),
            .note = note_of(w, own, (enum step)i),
            .current = s->current,
        };
    }
    return flow;
}

static struct contact_view contact(struct web *w, const char *ask, struct str name, struct str phone)
{
    return (struct contact_view){str_from(ask), name, phone, url_phone(w->q->arena, phone)};
}

static struct contact_view association(struct web *w)
{
    return contact(w, "协会电话：", STR(""), w->c.settings->organiser_phone);
}

static struct contact_view employer(struct web *w, const char *ask, const struct dossier *d)
{
    return d->direct ? association(w) : contact(w, ask, d->company_contact, d->company_phone);
}

/* 已等 3 天 */
static struct str waited(struct web *w, const struct progress *p)
{
    int days = day_number(w->c.today) - day_number(day_at(p->since));
    return days > 0 ? arena_fmt(w->q->arena, "已等 %d 天", days) : STR("还不到 1 天");
}

static struct notice_view wait_for_employer(struct web *w, const struct own_page *own)
{
    struct arena *a = w->q->arena;
    struct str company = own->dossier.company_name.n ? own->dossier.company_name : STR("单位");
    if (own->dossier.direct) company = STR("协会代单位");
    bool back = own->progress.steps[STEP_APPROVE].standing == STEP_REFUSED;
    return (struct notice_view){
        .title = STR("现在等谁"),
        .strong = arena_fmt(a, "等待%.*s%s推荐，%.*s。", STR_ARG(company), back ? "重新" : "",
                            STR_ARG(waited(w, &own->progress))),
        .text = back ? STR("协会把申请退回了单位。") : STR(""),
        .contact = employer(w, "可以打电话提醒：", &own->dossier),
    };
}

static struct notice_view wait_for_unit(struct web *w, const struct own_page *own)
{
    struct str name = own->dossier.proposed;
    return (struct notice_view){
        .title = STR("现在等谁"),
        .strong = arena_fmt(w->q->arena, "等待协会核实单位“%.*s”，%.*s。", STR_ARG(name),
                            STR_ARG(waited(w, &own->progress))),
        .text = STR("您填写的单位不在列表中。核实以后，申请转给单位审核。"),
        .contact = association(w),
    };
}

static struct notice_view wait_for_association(struct web *w, const struct own_page *own)
{
    return (struct notice_view){
        .title = STR("现在等谁"),
        .strong = arena_fmt(w->q->arena, "等待协会审核，%.*s。", STR_ARG(waited(w, &own->progress))),
        .text = STR("如需查询，请联系协会。"),
        .contact = association(w),
    };
}

static struct str because(struct web *w, const char *what, struct str reason)
{
    return reason.n ? arena_fmt(w->q->arena, "%s，原因：%.*s。", what, STR_ARG(reason))
                    : arena_fmt(w->q->arena, "%s。", what);
}

static struct notice_view wait_for_person(struct web *w, const struct own_page *own)
{
    const struct progress_event *stopped = &own->progress.stopped;
    struct notice_view v = {.title = STR("等您修改"), .tone = TONE_BAD};
    if (stopped->event != EVENT_RETURN_TO_PERSON || !stopped->at) {
        v.tone = TONE_WARN;
        v.strong = STR("您撤回了申请。");
        v.text = STR("改好后请重新提交，已填的内容都在。");
        return v;
    }
    bool by_company = stopped->by == SIDE_COMPANY;
    v.strong = because(w, by_company ? "单位退回了申请" : "协会退回了申请", own->dossier.row.reason);
    bool employed = own->dossier.row.company_id.v;
    v.text = employed ? STR("改好后重新提交即可，其他内容都在。")
                      : STR("请重新选择工作单位后提交，其他内容都在。");
    v.contact = by_company && employed ? employer(w, "如有疑问：", &own->dossier) : association(w);
    return v;
}

static struct notice_view ended(struct web *w, const struct own_page *own)
{
    return (struct notice_view){
        .title = STR("已注销"),
        .strong = because(w, "会员资格或申请已注销", own->dossier.row.reason),
        .text = STR("如有疑问，请联系协会。"),
        .tone = TONE_BAD,
        .contact = association(w),
    };
}

static struct notice_view running(struct web *w, const struct own_page *own)
{
    struct arena *a = w->q->arena;
    struct day last = own->dossier.row.period_end;
    int window = (int)w->c.settings->renewal_window_days, left = period_days_left(last, w->c.today);
    struct notice_view v = {.title = STR("审批已完成"), .tone = TONE_GOOD, .strong = STR("无需操作。")};
    if (left <= window) {
        v.tone = TONE_WARN;
        v.strong = left ? arena_fmt(a, "会员有效期还有 %d 天。", left) : STR("会员有效期今天到期。");
        v.text = STR("请联系单位推荐续期。");
        v.contact = employer(w, "单位联系人：", &own->dossier);
    } else if (window > 0) {
        v.text = arena_fmt(a, "到期前 %d 天内由单位推荐续期。", window);
    } else {
        v.text = STR("到期后由单位推荐续期。");
    }
    return v;
}

static struct notice_view over(struct web *w, const struct own_page *own)
{
    struct arena *a = w->q->arena;
    return (struct notice_view){
        .title = STR("已到期，待续期"),
        .strong =
            arena_fmt(a, "会员有效期已于 %.*s 结束。", STR_ARG(day_str(a, own->dossier.row.period_end))),
        .text = STR("请联系单位推荐续期。"),
        .tone = TONE_BAD,
        .contact = employer(w, "单位联系人：", &own->dossier),
    };
}

struct notice_view notice_view(struct web *w, const struct own_page *own)
{
    switch (own->dossier.state) {
    case STATE_SUBMITTED:
        return waits_for_unit(&own->dossier) ? wait_for_unit(w, own) : wait_for_employer(w, own);
    case STATE_RECOMMENDED_NEW:
    case STATE_RECOMMENDED_RENEWAL:
        return wait_for_association(w, own);
    case STATE_RETURNED:
        return wait_for_person(w, own);
    case STATE_CLOSED:
        return ended(w, own);
    case STATE_MEMBER:
        return running(w, own);
    case STATE_EXPIRED:
        return over(w, own);
    case STATE_NONE:
        break;
    }
    return (struct notice_view){0};
}
