#include "app/demo/plan.h"

#include "app/demo/words.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define HOUR         INT64_C(3600000)
#define HALF_YEAR    184 /* days, at least */

/* The ways that people have gone so far. */
enum course {
    COURSE_MEMBER,
    COURSE_EXPIRED,
    COURSE_SUBMITTED,
    COURSE_RECOMMENDED,
    COURSE_RENEWING,
    COURSE_RETURNED,
    COURSE_CLOSED,
    COURSE_ENDING, /* a member who may be recommended for renewal already */
    COURSE_RENEWED,
};
#define COURSES 9

static const struct {
    enum member_state state;
    uint32_t percent;
} COURSE[COURSES] = {
    [COURSE_MEMBER] = {STATE_MEMBER, 38},
    [COURSE_EXPIRED] = {STATE_EXPIRED, 15},
    [COURSE_SUBMITTED] = {STATE_SUBMITTED, 7},
    [COURSE_RECOMMENDED] = {STATE_RECOMMENDED_NEW, 8},
    [COURSE_RENEWING] = {STATE_RECOMMENDED_RENEWAL, 6},
    [COURSE_RETURNED] = {STATE_RETURNED, 4},
    [COURSE_CLOSED] = {STATE_CLOSED, 5},
    [COURSE_ENDING] = {STATE_MEMBER, 4},
    [COURSE_RENEWED] = {STATE_MEMBER, 13},
};

static const char *const RETURNED_FOR[] = {
    "毕业院校与学历证书不符，请核对后重新提交", "照片不是近期免冠证件照，请更换",
    "职称专业填写有误，请按职称证书填写", "手机号已停用，请填写本人现用号码"};
static const char *const CLOSED_FOR[] = {"本人申请退会", "已离开监理行业", "已退休，不再续会"};

struct planner {
    struct seed *s;
    const struct demo_world *w;
    struct day one_period_ago;
};

static struct day draw_day(struct planner *p, struct day from, struct day to)
{
    return day_add(from, (int)demo_draw(p->s, 0, day_number(to) - day_number(from)));
}

static struct day days_ago(struct planner *p, int least, int most)
{
    return day_add(p->w->today, -(int)demo_draw(p->s, least, most));
}

static int64_t office_hours(struct planner *p, struct day d)
{
    return instant_of(d) + demo_draw(p->s, 17 * HOUR / 2, 17 * HOUR);
}

/* The council decides on a company's people on the 20th of every sixth month, so that they share batches. */
static struct day council_day(struct planner *p, size_t company, struct day from, struct day to)
{
    struct day drawn = draw_day(p, day_add(from, HALF_YEAR), to);
    struct day month = DAY(drawn.year, drawn.month, 1);
    while ((size_t)month.month % 6 != company % 6 || day_cmp(day_add(month, 19), drawn) > 0)
        month = day_add_months(month, -1);
    return day_add(month, 19);
}

static void apply(struct planner *p, struct demo_career *c, struct day registered)
{
    c->registered_at = office_hours(p, registered);
}

static struct demo_term *recommend(struct planner *p, struct demo_career *c, enum batch_kind kind,
                                   struct day on)
{
    struct demo_term *t = &c->terms[c->n_terms++];
    *t = (struct demo_term){.kind = kind, .recommended_at = office_hours(p, on)};
    return t;
}

/* At ten: all of a batch at once. */
static void approve(struct planner *p, struct demo_term *t, struct day on, struct day old_last)
{
    t->approved_at = instant_of(on) + 10 * HOUR;
    t->period = period_open(&p->w->rules, on, old_last);
}

/* From the application to the approval on that day. */
static void become_member(struct planner *p, struct demo_career *c, struct day approved)
{
    struct day recommended = day_add(approved, -(int)demo_draw(p->s, 5, 45));
    apply(p, c, day_add(recommended, -(int)demo_draw(p->s, 1, 20)));
    approve(p, recommend(p, c, BATCH_NEW, recommended), approved, DAY_NONE);
}

/* A month before the old end. */
static void renew(struct planner *p, struct demo_career *c)
{
    struct day old_last = c->terms[0].period.last, approved = day_add(old_last, -30);
    struct day recommended = day_add(approved, -(int)demo_draw(p->s, 5, 45));
    approve(p, recommend(p, c, BATCH_RENEWAL, recommended), approved, old_last);
}

/* Ended lately or soon to end; recommended since the day on which that became possible, with some days to
 * spare. */
static void begin_renewal(struct planner *p, struct demo_career *c)
{
    int end = (int)demo_draw(p->s, -100, 70), possible = end - 86;
    become_member(p, c, day_add(p->one_period_ago, end));
    recommend(p, c, BATCH_RENEWAL, days_ago(p, 1, possible < -40 ? 40 : -possible));
}

static void leave(struct planner *p, struct demo_career *c, struct day on, const char *const *reasons,
                  uint32_t n)
{
    c->left_at = office_hours(p, on);
    c->reason = reasons[seed_next(p->s, n)];
}

static void follow(struct planner *p, enum course course, struct demo_career *c)
{
    struct day today = p->w->today, ago = p->one_period_ago;
    switch (course) {
    case COURSE_MEMBER:
        become_member(p, c, council_day(p, c->company, day_add(ago, 120), day_add(today, -2)));
        break;
    case COURSE_EXPIRED:
        become_member(p, c, council_day(p, c->company, day_add_years(ago, -3), day_add(ago, -2)));
        break;
    case COURSE_SUBMITTED:
        apply(p, c, days_ago(p, 1, 25));
        break;
    case COURSE_RECOMMENDED:
        apply(p, c, days_ago(p, 12, 80));
        recommend(p, c, BATCH_NEW, days_ago(p, 1, 10));
        break;
    case COURSE_RENEWING:
        begin_renewal(p, c);
        break;
    case COURSE_RETURNED:
        apply(p, c, days_ago(p, 12, 60));
        leave(p, c, days_ago(p, 1, 10), RETURNED_FOR, COUNT(RETURNED_FOR));
        break;
    case COURSE_CLOSED:
        become_member(p, c, council_day(p, c->company, day_add(ago, 10), day_add(today, -60)));
        leave(p, c, draw_day(p, day_add(c->terms[0].period.first, 1), day_add(today, -1)), CLOSED_FOR,
              COUNT(CLOSED_FOR));
        break;
    case COURSE_ENDING:
        become_member(p, c, day_add(ago, (int)demo_draw(p->s, 6, 80)));
        break;
    case COURSE_RENEWED:
        become_member(p, c,
                      council_day(p, c->company, day_add(day_add_years(ago, -p->w->rules.years), 120), ago));
        renew(p, c);
        break;
    }
}

static enum course draw_course(struct planner *p, size_t drawn)
{
    if (drawn < 2 * (size_t)COURSES) return (enum course)(drawn % COURSES);
    uint32_t at = seed_next(p->s, 100);
    int course = 0;
    while (at >= COURSE[course].percent)
        at -= COURSE[course++].percent;
    return (enum course)course;
}

/* The lesser of two draws: some companies are large, many small. */
static size_t draw_company(struct planner *p, size_t drawn)
{
    size_t companies = p->w->companies;
    if (drawn < COURSES) return 0;
    if (drawn < 2 * (size_t)COURSES) return companies > 1;
    size_t x = seed_next(p->s, (uint32_t)companies), y = seed_next(p->s, (uint32_t)companies);
    return x < y ? x : y;
}

static int later(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_registration(const void *a, const void *b)
{
    const struct demo_career *x = a, *y = b;
    int order = later(x->registered_at, y->registered_at);
    return order ? order : later((int64_t)x->drawn, (int64_t)y->drawn);
}

static int by_first_approval(const void *a, const void *b)
{
    const struct demo_career *x = *(struct demo_career *const *)a, *y = *(struct demo_career *const *)b;
    int order = later(x->terms[0].approved_at, y->terms[0].approved_at);
    return order ? order : later((int64_t)x->drawn, (int64_t)y->drawn);
}

/* 会员编号 count the first approvals of a year, in order. */
static void give_numbers(struct arena *a, const struct demo_world *w, struct demo_plan *plan)
{
    struct demo_career **approved = ARENA_ARRAY(a, plan->n, struct demo_career *);
    size_t n = 0;
    for (size_t i = 0; i < plan->n; i++)
        if (plan->careers[i].terms[0].approved_at) approved[n++] = &plan->careers[i];
    if (n) qsort(approved, n, sizeof(struct demo_career *), by_first_approval);
    plan->n_years = (size_t)(2 * w->rules.years) + 2; /* nobody was here for longer */
    plan->first_year = w->today.year - (int)plan->n_years + 1;
    plan->numbers = ARENA_ARRAY(a, plan->n_years, int64_t);
    for (size_t i = 0; i < n; i++) {
        approved[i]->number_year = day_at(approved[i]->terms[0].approved_at).year;
        approved[i]->number = ++plan->numbers[approved[i]->number_year - plan->first_year];
    }
}

void demo_plan_make(struct arena *a, struct seed *s, const struct demo_world *w, struct demo_plan *ret)
{
    struct planner p = {s, w, day_add_years(w->today, -w->rules.years)};
    struct demo_plan plan = {.careers = ARENA_ARRAY(a, w->members, struct demo_career), .n = w->members};
    for (size_t i = 0; i < plan.n; i++) {
        enum course course = draw_course(&p, i);
        struct demo_career *c = &plan.careers[i];
        c->drawn = i;
        c->company = draw_company(&p, i);
        c->state = COURSE[course].state;
        follow(&p, course, c);
    }
    if (plan.n) qsort(plan.careers, plan.n, sizeof *plan.careers, by_registration);
    give_numbers(a, w, &plan);
    *ret = plan;
}

static void event_add(struct arena *a, struct demo_events *all, int64_t at, size_t career,
                      enum member_event event)
{
    if (at) *ARENA_PUSH(a, all) = (struct demo_event){at, career, event};
}

static int by_time(const void *a, const void *b)
{
    const struct demo_event *x = a, *y = b;
    int order = later(x->at, y->at);
    return order ? order : later((int64_t)x->career, (int64_t)y->career);
}

struct demo_events demo_plan_events(struct arena *a, const struct demo_plan *plan)
{
    struct demo_events all = {0};
    for (size_t i = 0; i < plan->n; i++) {
        const struct demo_career *c = &plan->careers[i];
        event_add(a, &all, c->registered_at, i, EVENT_REGISTER);
        for (size_t k = 0; k < c->n_terms; k++) {
            bool fresh = c->terms[k].kind == BATCH_NEW;
            event_add(a, &all, c->terms[k].recommended_at, i,
                      fresh ? EVENT_RECOMMEND : EVENT_RECOMMEND_RENEWAL);
            event_add(a, &all, c->terms[k].approved_at, i, EVENT_APPROVE);
        }
        event_add(a, &all, c->left_at, i, c->state == STATE_CLOSED ? EVENT_CLOSE : EVENT_RETURN_TO_PERSON);
    }
    if (all.n) qsort(all.p, all.n, sizeof *all.p, by_time);
    return all;
}

static int by_batch(const void *a, const void *b)
{
    const struct demo_place *x = a, *y = b;
    int order = day_is(y->decided) - day_is(x->decided);
    if (!order) order = day_cmp(x->decided, y->decided);
    if (!order) order = later((int64_t)x->company, (int64_t)y->company);
    if (!order) order = later(x->kind, y->kind);
    if (!order) order = later(x->recommended_at, y->recommended_at);
    return order ? order : later((int64_t)x->career, (int64_t)y->career);
}

struct demo_places demo_plan_places(struct arena *a, const struct demo_plan *plan)
{
    struct demo_places all = {0};
    for (size_t i = 0; i < plan->n; i++) {
        const struct demo_career *c = &plan->careers[i];
        for (size_t k = 0; k < c->n_terms; k++) {
            const struct demo_term *t = &c->terms[k];
            struct day decided = t->approved_at ? day_at(t->approved_at) : DAY_NONE;
            *ARENA_PUSH(a, &all) =
                (struct demo_place){c->company, i, t->kind, decided, t->recommended_at, t->approved_at};
        }
    }
    if (all.n) qsort(all.p, all.n, sizeof *all.p, by_batch);
    return all;
}
