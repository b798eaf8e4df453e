#include "domain/member.h"

#include "domain/period.h"

static const struct str STORED_CODES[STORED_COUNT] = {
    [STORED_NONE] = STR_INIT(""),
    [STORED_SUBMITTED] = STR_INIT("submitted"),
    [STORED_RECOMMENDED_NEW] = STR_INIT("recommended_new"),
    [STORED_RECOMMENDED_RENEWAL] = STR_INIT("recommended_renewal"),
    [STORED_APPROVED] = STR_INIT("approved"),
    [STORED_RETURNED] = STR_INIT("returned"),
    [STORED_CLOSED] = STR_INIT("closed"),
};

static const struct {
    const char *code, *label, *to_the_person;
    enum member_stored stored;
} STATES[STATE_COUNT] = {
    [STATE_NONE] = {"", "未注册", "未注册", STORED_NONE},
    [STATE_SUBMITTED] = {"submitted", "个人提交", "个人提交", STORED_SUBMITTED},
    [STATE_RECOMMENDED_NEW] = {"recommended_new", "企业推荐（新会员）", "企业推荐（新会员）",
                               STORED_RECOMMENDED_NEW},
    [STATE_RECOMMENDED_RENEWAL] = {"recommended_renewal", "企业推荐（续期）", "企业推荐（续期）",
                                   STORED_RECOMMENDED_RENEWAL},
    [STATE_MEMBER] = {"member", "正式会员", "正式会员", STORED_APPROVED},
    [STATE_EXPIRED] = {"expired", "已过期", "已到期，待续期", STORED_APPROVED},
    [STATE_RETURNED] = {"returned", "已退回", "需要您修改", STORED_RETURNED},
    [STATE_CLOSED] = {"closed", "已注销", "已注销", STORED_CLOSED},
};

static const char *const EVENT_LABELS[EVENT_COUNT] = {
    [EVENT_REGISTER] = "注册",
    [EVENT_WITHDRAW] = "撤回修改",
    [EVENT_RESUBMIT] = "重新提交",
    [EVENT_RECOMMEND] = "推荐",
    [EVENT_RECOMMEND_RENEWAL] = "推荐续期",
    [EVENT_UNRECOMMEND] = "回退",
    [EVENT_RETURN_TO_PERSON] = "退回本人",
    [EVENT_RETURN_TO_COMPANY] = "退回单位",
    [EVENT_APPROVE] = "批准",
    [EVENT_UNAPPROVE] = "撤销批准",
    [EVENT_CLOSE] = "注销",
    [EVENT_REOPEN] = "恢复",
};

enum guard { GUARD_NONE, GUARD_UNIT, GUARD_DUE, GUARD_UNTRAINED, GUARD_NOTHING_DEPENDS };

/* Where `to` is STORED_NONE: back to what it was before. */
static const struct transition {
    enum member_stored from;
    enum side by;
    enum member_event event;
    enum member_stored to;
    enum guard guard;
} TRANSITIONS[] = {
    {STORED_NONE, SIDE_MEMBER, EVENT_REGISTER, STORED_SUBMITTED, GUARD_NONE},
    {STORED_NONE, SIDE_STAFF, EVENT_REGISTER, STORED_SUBMITTED, GUARD_NONE},
    {STORED_SUBMITTED, SIDE_MEMBER, EVENT_WITHDRAW, STORED_RETURNED, GUARD_NONE},
    {STORED_RETURNED, SIDE_MEMBER, EVENT_RESUBMIT, STORED_SUBMITTED, GUARD_NONE},

    {STORED_SUBMITTED, SIDE_COMPANY, EVENT_RECOMMEND, STORED_RECOMMENDED_NEW, GUARD_UNIT},
    {STORED_SUBMITTED, SIDE_COMPANY, EVENT_RETURN_TO_PERSON, STORED_RETURNED, GUARD_NONE},
    {STORED_RECOMMENDED_NEW, SIDE_COMPANY, EVENT_UNRECOMMEND, STORED_SUBMITTED, GUARD_UNTRAINED},
    {STORED_APPROVED, SIDE_COMPANY, EVENT_RECOMMEND_RENEWAL, STORED_RECOMMENDED_RENEWAL, GUARD_DUE},
    {STORED_RECOMMENDED_RENEWAL, SIDE_COMPANY, EVENT_UNRECOMMEND, STORED_APPROVED, GUARD_NONE},

    {STORED_RECOMMENDED_NEW, SIDE_STAFF, EVENT_APPROVE, STORED_APPROVED, GUARD_NONE},
    {STORED_RECOMMENDED_RENEWAL, SIDE_STAFF, EVENT_APPROVE, STORED_APPROVED, GUARD_NONE},
    {STORED_RECOMMENDED_NEW, SIDE_STAFF, EVENT_RETURN_TO_COMPANY, STORED_SUBMITTED, GUARD_NONE},
    {STORED_RECOMMENDED_NEW, SIDE_STAFF, EVENT_RETURN_TO_PERSON, STORED_RETURNED, GUARD_NONE},
    {STORED_RECOMMENDED_RENEWAL, SIDE_STAFF, EVENT_RETURN_TO_COMPANY, STORED_APPROVED, GUARD_NONE},
    {STORED_APPROVED, SIDE_STAFF, EVENT_UNAPPROVE, STORED_NONE, GUARD_NOTHING_DEPENDS},

    {STORED_SUBMITTED, SIDE_STAFF, EVENT_CLOSE, STORED_CLOSED, GUARD_NONE},
    {STORED_RECOMMENDED_NEW, SIDE_STAFF, EVENT_CLOSE, STORED_CLOSED, GUARD_NONE},
    {STORED_RECOMMENDED_RENEWAL, SIDE_STAFF, EVENT_CLOSE, STORED_CLOSED, GUARD_NONE},
    {STORED_APPROVED, SIDE_STAFF, EVENT_CLOSE, STORED_CLOSED, GUARD_NONE},
    {STORED_RETURNED, SIDE_STAFF, EVENT_CLOSE, STORED_CLOSED, GUARD_NONE},
    {STORED_CLOSED, SIDE_STAFF, EVENT_REOPEN, STORED_NONE, GUARD_NONE},
};
enum { TRANSITION_COUNT = sizeof TRANSITIONS / sizeof TRANSITIONS[0] };

static const struct {
    const char *code, *reason; /* "": the state says it all */
} REFUSALS[MEMBER_REFUSAL_COUNT] = {
    [MEMBER_MAY] = {"", ""},
    [MEMBER_WRONG_SIDE] = {"wrong_side", "这项操作不由您这一方办理"},
    [MEMBER_WRONG_STATE] = {"wrong_state", ""},
    [MEMBER_NOT_DUE] = {"not_due", "还没有到可以推荐续期的时间"},
    [MEMBER_TRAINED] = {"trained", "已有培训结果"},
    [MEMBER_PAID] = {"paid", "这次批准之后已缴费，请先冲销缴费"},
    [MEMBER_ISSUED] = {"issued", "这次批准之后已发放证书，请先撤销证书"},
    [MEMBER_NEWER] =
        {"newer", "这次批准之后又办理了其他事项，如退回续期、变更单位。日期有误请更正批准日期，要退会请注销"},
    [MEMBER_NO_BEFORE] = {"no_before", "没有记录之前的状态。日期有误请更正批准日期，要退会请注销"},
    [MEMBER_LAPSED] = {"lapsed", "单位的会员资格已到期，请先与协会联系"},
    [MEMBER_APPROVED_ON] = {"approved_on", "批准日期不对"},
};

const char *member_stored_code(enum member_stored stored)
{
    return STORED_CODES[stored].p;
}

bool member_stored_parse(struct str code, enum member_stored *ret)
{
    for (int i = STORED_NONE + 1; i < STORED_COUNT; i++) {
        if (str_eq(code, STORED_CODES[i])) {
            *ret = (enum member_stored)i;
            return true;
        }
    }
    return false;
}

const char *member_state_code(enum member_state state)
{
    return STATES[state].code;
}

bool member_state_parse(struct str code, enum member_state *ret)
{
    for (int i = STATE_NONE + 1; i < STATE_COUNT; i++) {
        if (str_eq(code, str_from(STATES[i].code))) {
            *ret = (enum member_state)i;
            return true;
        }
    }
    return false;
}

const char *member_state_label(enum member_state state, enum side reader)
{
    return reader == SIDE_MEMBER ? STATES[state].to_the_person : STATES[state].label;
}

const char *member_event_label(enum member_event event)
{
    return EVENT_LABELS[event];
}

enum member_state member_state_of(enum member_stored stored, struct day period_end, struct day today)
{
    switch (stored) {
    case STORED_NONE:
        return STATE_NONE;
    case STORED_SUBMITTED:
        return STATE_SUBMITTED;
    case STORED_RECOMMENDED_NEW:
        return STATE_RECOMMENDED_NEW;
    case STORED_RECOMMENDED_RENEWAL:
        return STATE_RECOMMENDED_RENEWAL;
    case STORED_APPROVED:
        return day_cmp(period_end, today) >= 0 ? STATE_MEMBER : STATE_EXPIRED;
    case STORED_RETURNED:
        return STATE_RETURNED;
    case STORED_CLOSED:
        return STATE_CLOSED;
    }
    return STATE_NONE;
}

struct member_range member_range_of(enum member_state state, struct day today)
{
    struct member_range range = {.stored = STATES[state].stored};
    if (state == STATE_MEMBER) range.end_from = today;
    if (state == STATE_EXPIRED) range.end_to = day_add(today, -1);
    return range;
}

bool member_has_rights(enum member_stored stored, struct day period_end, struct day today)
{
    bool admitted = stored == STORED_APPROVED || stored == STORED_RECOMMENDED_RENEWAL;
    return admitted && day_cmp(period_end, today) >= 0;
}

bool member_progress_only(enum member_stored stored)
{
    return stored == STORED_SUBMITTED || stored == STORED_RETURNED || stored == STORED_CLOSED;
}

bool member_may_correct(enum member_stored stored, enum side by)
{
    switch (by) {
    case SIDE_MEMBER:
        return stored == STORED_RETURNED;
    case SIDE_COMPANY:
        return stored == STORED_SUBMITTED;
    case SIDE_STAFF:
        return stored != STORED_NONE;
    }
    return false;
}

/* The row for this act in this state; else NULL and whether the side has any row for it at all. */
static const struct transition *find(enum member_stored from, enum side by, enum member_event event,
                                     bool *ret_side_may)
{
    *ret_side_may = false;
    for (int i = 0; i < TRANSITION_COUNT; i++) {
        const struct transition *t = &TRANSITIONS[i];
        if (t->event != event || t->by != by) continue;
        *ret_side_may = true;
        if (t->from == from) return t;
    }
    return NULL;
}

static bool renewal_due(const struct member_facts *facts)
{
    int days_left = period_days_left(facts->period_end, facts->today);
    return days_left < 0 || (facts->renewal_days > 0 && days_left <= facts->renewal_days);
}

static enum member_refusal check_guard(enum guard guard, const struct member_facts *facts)
{
    switch (guard) {
    case GUARD_NONE:
        return MEMBER_MAY;
    case GUARD_UNIT:
        return facts->unit_lapsed ? MEMBER_LAPSED : MEMBER_MAY;
    case GUARD_DUE:
        if (!renewal_due(facts)) return MEMBER_NOT_DUE;
        return facts->unit_lapsed ? MEMBER_LAPSED : MEMBER_MAY;
    case GUARD_UNTRAINED:
        return facts->trained ? MEMBER_TRAINED : MEMBER_MAY;
    case GUARD_NOTHING_DEPENDS:
        if (facts->paid) return MEMBER_PAID;
        if (facts->issued) return MEMBER_ISSUED;
        return facts->newer ? MEMBER_NEWER : MEMBER_MAY;
    }
    return MEMBER_WRONG_STATE;
}

/* Whether undoing may lead back to it: an approval ended a recommendation, a closure any open state. */
static bool leads_back(enum member_event event, enum member_stored before)
{
    if (event == EVENT_UNAPPROVE)
        return before == STORED_RECOMMENDED_NEW || before == STORED_RECOMMENDED_RENEWAL;
    return before != STORED_NONE && before != STORED_CLOSED;
}

enum member_refusal member_transition(const struct member_facts *facts, enum side by, enum member_event event,
                                      enum member_stored *ret_to)
{
    bool side_may;
    const struct transition *t = find(facts->stored, by, event, &side_may);
    if (!t) return side_may ? MEMBER_WRONG_STATE : MEMBER_WRONG_SIDE;
    enum member_refusal refusal = check_guard(t->guard, facts);
    if (refusal != MEMBER_MAY) return refusal;
    bool back = t->to == STORED_NONE;
    if (back && !leads_back(event, facts->before)) return MEMBER_NO_BEFORE;
    *ret_to = back ? facts->before : t->to;
    return MEMBER_MAY;
}

const char *member_refusal_code(enum member_refusal refusal)
{
    return REFUSALS[refusal].code;
}

/* From when on a renewal may be recommended. */
static struct str due_text(struct arena *a, const struct member_facts *facts)
{
    int before_end = facts->renewal_days > 0 ? facts->renewal_days : -1;
    char from[DAY_TEXT_SIZE], end[DAY_TEXT_SIZE];
    day_text(day_add(facts->period_end, -before_end), from);
    day_text(facts->period_end, end);
    return arena_fmt(a, "有效期至 %s，%s 起可以推荐续期", end, from);
}

/* What the association does instead, where the state itself stands in the way. */
static const char *instead(const struct member_facts *facts, enum member_event event)
{
    enum member_stored now = facts->stored;
    if (event == EVENT_CLOSE) return now == STORED_CLOSED ? "已经注销，不用再办" : "";
    if (event == EVENT_REOPEN) return "没有注销，不用恢复";
    if (event != EVENT_UNAPPROVE) return "";
    if (now == STORED_CLOSED) return "请先恢复，再撤销批准";
    if (now == STORED_RECOMMENDED_RENEWAL) return "请先退回单位，再撤销批准";
    return "还没有批准";
}

struct str member_refusal_text(struct arena *a, enum member_refusal refusal, const struct member_facts *facts,
                               enum side by, enum member_event event)
{
    enum member_state state = member_state_of(facts->stored, facts->period_end, facts->today);
    struct str reason = str_from(REFUSALS[refusal].reason);
    if (refusal == MEMBER_NOT_DUE) reason = due_text(a, facts);
    if (refusal == MEMBER_WRONG_STATE && by == SIDE_STAFF) reason = str_from(instead(facts, event));
    if (refusal == MEMBER_NO_BEFORE && event == EVENT_REOPEN) reason = STR("没有记录注销之前的状态");
    return arena_fmt(a, "现状态：%s；不能%s%s%.*s", member_state_label(state, by), member_event_label(event),
                     reason.n > 0 ? "：" : "", STR_ARG(reason));
}
