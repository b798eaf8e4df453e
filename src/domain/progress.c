#include "domain/progress.h"

static const char *const LABELS[STEP_COUNT] = {
    [STEP_SUBMIT] = "提交",      [STEP_RECOMMEND] = "企业推荐", [STEP_TRAIN] = "培训",
    [STEP_APPROVE] = "协会审核", [STEP_PAY] = "缴费",           [STEP_MEMBER] = "正式会员",
};

/* By state, a letter a step: ahead, current, done, unrecorded. Training and payment are not recorded yet, so
 * nothing is claimed about them. Returned and closed depend on what happened. */
static const char *const STANDINGS[STATE_COUNT] = {
    [STATE_NONE] = "caaaaa",
    [STATE_SUBMITTED] = "dcaaaa",
    [STATE_RECOMMENDED_NEW] = "ddacaa",
    [STATE_RECOMMENDED_RENEWAL] = "ddacaa",
    [STATE_MEMBER] = "ddudud",
    [STATE_EXPIRED] = "ddudua",
    [STATE_RETURNED] = "caaaaa",
    [STATE_CLOSED] = "caaaaa",
};

/* What counts of all that happened: what was undone is forgotten. A renewal that comes to nothing leaves the
 * recommendation and the approval before it. */
struct story {
    struct progress_event submitted, recommended, approved, returned, closed;
    struct progress_event recommended_before, approved_before;
};

const char *step_label(enum step step)
{
    return LABELS[step];
}

static bool is(const struct progress_event *e, enum member_event event)
{
    return e->at && e->event == event;
}

static void tell_submission(struct story *s, const struct progress_event *e)
{
    *s = (struct story){.submitted = *e};
}

static void tell_recommendation(struct story *s, const struct progress_event *e)
{
    s->recommended_before = s->recommended;
    s->recommended = *e;
    if (e->event == EVENT_RECOMMEND) s->approved = (struct progress_event){0};
}

/* The recommendation is taken back, by the company or by the association. */
static void tell_way_back(struct story *s, const struct progress_event *e)
{
    if (is(&s->recommended, EVENT_RECOMMEND_RENEWAL)) {
        s->recommended = s->recommended_before;
        if (is(&s->approved, EVENT_UNAPPROVE)) s->approved = s->approved_before;
    } else if (e->event == EVENT_RETURN_TO_COMPANY) {
        s->recommended = (struct progress_event){0};
        s->approved = *e;
    } else {
        s->recommended = *e;
    }
}

/* Also the association's, where it stands in for a company. */
static bool before_recommendation(const struct story *s, const struct progress_event *e)
{
    return e->by == SIDE_COMPANY || (s->submitted.at && !is(&s->recommended, EVENT_RECOMMEND));
}

static void tell_return(struct story *s, const struct progress_event *e)
{
    s->returned = *e;
    if (before_recommendation(s, e))
        s->recommended = *e;
    else
        s->approved = *e;
}

static void tell_approval(struct story *s, const struct progress_event *e)
{
    if (e->event == EVENT_APPROVE && is(&s->approved, EVENT_APPROVE)) s->approved_before = s->approved;
    s->approved = *e;
}

static void tell(struct story *s, const struct progress_event *e)
{
    switch (e->event) {
    case EVENT_REGISTER:
    case EVENT_RESUBMIT:
        tell_submission(s, e);
        return;
    case EVENT_WITHDRAW:
        s->submitted = s->returned = *e;
        return;
    case EVENT_RECOMMEND:
    case EVENT_RECOMMEND_RENEWAL:
        tell_recommendation(s, e);
        return;
    case EVENT_UNRECOMMEND:
    case EVENT_RETURN_TO_COMPANY:
        tell_way_back(s, e);
        return;
    case EVENT_RETURN_TO_PERSON:
        tell_return(s, e);
        return;
    case EVENT_APPROVE:
    case EVENT_UNAPPROVE:
        tell_approval(s, e);
        return;
    case EVENT_CLOSE:
        s->closed = *e;
        return;
    case EVENT_REOPEN:
        s->closed = (struct progress_event){0};
        return;
    }
}

static enum step_standing standing(char letter)
{
    switch (letter) {
    case 'c':
        return STEP_CURRENT;
    case 'd':
        return STEP_DONE;
    case 'u':
        return STEP_UNRECORDED;
    default:
        return STEP_AHEAD;
    }
}

static void set_standings(struct progress *p, const char *letters)
{
    for (int i = 0; i < STEP_COUNT; i++)
        p->steps[i].standing = standing(letters[i]);
}

static void refuse(struct progress *p, enum step at, struct progress_event why)
{
    p->steps[at].standing = STEP_REFUSED;
    p->steps[at].last = why;
}

static void place(struct progress *p, enum step step, const struct progress_event *e)
{
    if (p->steps[step].standing != STEP_AHEAD) p->steps[step].last = *e;
}

static void stand_returned(struct progress *p, const struct story *s)
{
    p->stopped = s->returned;
    if (!is(&s->returned, EVENT_RETURN_TO_PERSON)) return;
    bool early = is(&s->recommended, EVENT_RETURN_TO_PERSON);
    set_standings(p, early ? "daaaaa" : "ddaaaa");
    place(p, STEP_SUBMIT, &s->submitted);
    place(p, STEP_RECOMMEND, &s->recommended);
    refuse(p, early ? STEP_RECOMMEND : STEP_APPROVE, s->returned);
}

static enum step step_of_now(const struct progress *p)
{
    for (int i = 0; i < STEP_COUNT; i++)
        if (p->steps[i].standing == STEP_CURRENT) return (enum step)i;
    for (int i = 0; i < STEP_COUNT; i++)
        if (p->steps[i].standing == STEP_REFUSED) return (enum step)i;
    return STEP_MEMBER;
}

static void stand(struct progress *p, enum member_state state, const struct story *s)
{
    set_standings(p, STANDINGS[state]);
    place(p, STEP_SUBMIT, &s->submitted);
    place(p, STEP_RECOMMEND, &s->recommended);
    /* What waits for its approval may have had one before, of an earlier period: that is not shown. */
    if (p->steps[STEP_APPROVE].standing != STEP_CURRENT || is(&s->approved, EVENT_UNAPPROVE))
        place(p, STEP_APPROVE, &s->approved);
    if (state == STATE_SUBMITTED && is(&s->approved, EVENT_RETURN_TO_COMPANY))
        refuse(p, STEP_APPROVE, s->approved);
    if (state == STATE_RETURNED) stand_returned(p, s);
}

/* The steps as they were, stopped where they stood. */
static void stand_closed(struct progress *p, enum member_state before, const struct story *s)
{
    stand(p, before, s);
    refuse(p, step_of_now(p), s->closed);
    p->stopped = s->closed;
}

static bool waits_for(enum member_state state, enum side *ret)
{
    switch (state) {
    case STATE_SUBMITTED:
        *ret = SIDE_COMPANY;
        return true;
    case STATE_RECOMMENDED_NEW:
    case STATE_RECOMMENDED_RENEWAL:
        *ret = SIDE_STAFF;
        return true;
    case STATE_RETURNED:
        *ret = SIDE_MEMBER;
        return true;
    case STATE_NONE:
    case STATE_MEMBER:
    case STATE_EXPIRED:
    case STATE_CLOSED:
        return false;
    }
    return false;
}

struct progress progress_of(const struct progress_facts *f)
{
    struct progress p = {.since = f->state_at};
    struct story story = {0};
    for (size_t i = 0; i < f->n; i++)
        tell(&story, &f->events[i]);
    if (f->state == STATE_CLOSED)
        stand_closed(&p, f->before, &story);
    else
        stand(&p, f->state, &story);
    if (f->state != STATE_MEMBER && f->state != STATE_EXPIRED) p.steps[step_of_now(&p)].current = true;
    p.waits = waits_for(f->state, &p.waits_for);
    return p;
}
