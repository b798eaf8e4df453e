#include "web/members/person_page.h"

#include "domain/mask.h"

#define EVENTS 100 /* of a time line */

/* In a card what is not there is left out. */
static void add(struct web *w, struct facts_view *facts, const char *label, struct str value, bool number)
{
    if (value.n)
        *ARENA_PUSH(w->q->arena, facts) =
            (struct fact_view){.label = str_from(label), .value = value, .number = number};
}

/* Since when it is so, where someone has to act; a membership says its own dates. */
static void add_since(struct web *w, const struct dossier *d, struct facts_view *facts)
{
    static const char *const LABELS[STATE_COUNT] = {
        [STATE_SUBMITTED] = "提交时间",
        [STATE_RECOMMENDED_NEW] = "推荐时间",
        [STATE_RECOMMENDED_RENEWAL] = "推荐时间",
        [STATE_RETURNED] = "退回时间",
        [STATE_CLOSED] = "注销时间",
    };
    int days = day_number(w->c.today) - day_number(day_at(d->row.state_at));
    struct str at = minute_str(w, d->row.state_at);
    bool waits = d->state != STATE_CLOSED && days > 0;
    if (!LABELS[d->state]) return;
    add(w, facts, LABELS[d->state],
        waits ? arena_fmt(w->q->arena, "%.*s（已等 %d 天）", STR_ARG(at), days) : at, true);
}

/* 查看 sees no full ID number, so not the birth date that stands in it either. */
static struct str born(struct web *w, const struct dossier *d)
{
    struct str day = day_str(w->q->arena, d->born);
    bool all = w->c.actor.side != SIDE_STAFF || (w->c.actor.roles & ROLE_MEMBERSHIP);
    return all ? day : str_sub(day, 0, 4);
}

static struct facts_view head_of(struct web *w, const struct dossier *d)
{
    struct arena *a = w->q->arena;
    struct facts_view facts = {0};
    struct str sex = str_from(code_label(sex_codes, (int)d->row.sex));
    add(w, &facts, "性别、出生日期", arena_fmt(a, "%.*s，%.*s", STR_ARG(sex), STR_ARG(born(w, d))), false);
    add(w, &facts, "手机", mask_mobile(a, d->mobile), true);
    add(w, &facts, "会员编号", d->row.number, true);
    add(w, &facts, "会员有效期至", day_str(a, d->row.period_end), true);
    add(w, &facts, "免冠照片", d->row.bareheaded ? STR("已核对") : STR("未核对"), false);
    add_since(w, d, &facts);
    return facts;
}

static struct person_periods periods_of(struct web *w, const struct dossier *d)
{
    struct person_periods periods = {0};
    for (size_t i = 0; i < d->periods.n; i++) {
        const struct period_full *p = &d->periods.p[i];
        struct person_period *v = ARENA_PUSH(w->q->arena, &periods);
        *v = (struct person_period){
            .kind = str_eq(p->kind, STR("new")) ? STR("首次入会") : STR("续期"),
            .from = p->start_day,
            .to = p->end_day,
            .approved_on = p->approved_on,
            .document_no = p->document_no,
        };
        if (day_is(p->ended_on))
            v->ended = arena_fmt(w->q->arena, "%.*s 提前终止：%.*s",
                                 STR_ARG(day_str(w->q->arena, p->ended_on)), STR_ARG(p->ended_why));
        for (size_t k = 0; k < d->period_changes.n; k++)
            if (d->period_changes.p[k].period_id.v == p->id.v)
                v->ended = arena_fmt(w->q->arena, "%.*s%s更正前的批准日期：%.*s", STR_ARG(v->ended),
                                     v->ended.n ? "；" : "",
                                     STR_ARG(day_str(w->q->arena, d->period_changes.p[k].approved_on)));
        if (p->voided_at) v->ended = arena_fmt(w->q->arena, "已撤销：%.*s", STR_ARG(p->voided_why));
    }
    return periods;
}

static bool may_reveal(const struct web *w)
{
    if (w->c.actor.view_only) return false;
    return w->c.actor.side != SIDE_STAFF || (w->c.actor.roles & ROLE_MEMBERSHIP);
}

enum status person_view(struct web *w, const struct dossier *d, struct person_view *ret)
{
    struct events_shown events;
    TRY(app_member_events(&w->c, d, 0, EVENTS, &events));
    const struct member_full *m = &d->row;
    *ret = (struct person_view){
        .id = m->id.v,
        .name = m->name,
        .state = str_from(member_state_code(d->state)),
        .state_label = str_from(member_state_label(d->state, w->c.actor.side)),
        .id_number = mask_id_number(w->q->arena, d->id_number),
        .photo_flaw = m->photo_flaw,
        .reason = m->reason,
        .photo = photo_url(w, m),
        .reveal =
            may_reveal(w) ? url_path(w->q->arena, "/reveal/%ld", (long)m->id.v) : (struct url){STR_NONE},
        .head = head_of(w, d),
        .fields = facts_of_work(w, d),
        .periods = periods_of(w, d),
        .timeline = timeline_view(w, &events),
    };
    return ST_OK;
}
