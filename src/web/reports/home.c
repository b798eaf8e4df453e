#include "web/reports/home.h"

#include "app/access/roles.h"
#include "app/core/first_start.h"
#include "app/reports/overview.h"
#include "gen/views.h"
#include "web/members/list.h"

/* 2026 年 11 月 23 日，星期一 */
static struct str long_day(struct arena *a, struct day d)
{
    static const char *const WEEKDAYS[] = {"四", "五", "六", "日",
                                           "一", "二", "三"}; /* 1970-01-01 was a Thursday */
    return arena_fmt(a, "%d 年 %d 月 %d 日，星期%s", d.year, d.month, d.day, WEEKDAYS[day_number(d) % 7]);
}

static struct number_view people(struct web *w, struct str label, const struct member_filter *f,
                                 int64_t count)
{
    return (struct number_view){.label = label, .url = list_url(w, URL("/staff/members"), f), .count = count};
}

static struct number_view people_in(struct web *w, const struct overview *o, enum member_state state)
{
    return people(w, str_from(member_state_label(state, SIDE_STAFF)), &(struct member_filter){.state = state},
                  o->counts.of[state]);
}

static struct number_view people_ending(struct web *w, struct str label, const struct expiring *e)
{
    return people(
        w, label,
        &(struct member_filter){.state = STATE_MEMBER, .expires_from = e->from, .expires_to = e->to},
        e->people);
}

static struct numbers_view cards_of(struct web *w, const struct overview *o)
{
    struct numbers_view cards = {0};
    struct arena *a = w->q->arena;
    struct number_view wait_new = people_in(w, o, STATE_RECOMMENDED_NEW);
    struct number_view wait_renewal = people_in(w, o, STATE_RECOMMENDED_RENEWAL);
    wait_new.urgent = wait_new.count > 0;
    wait_renewal.urgent = wait_renewal.count > 0;
    *ARENA_PUSH(a, &cards) = wait_new;
    *ARENA_PUSH(a, &cards) = wait_renewal;
    *ARENA_PUSH(a, &cards) = people_in(w, o, STATE_MEMBER);
    *ARENA_PUSH(a, &cards) = people_ending(w, arena_fmt(a, "%d 天内到期", OVERVIEW_EXPIRING_DAYS), &o->soon);
    *ARENA_PUSH(a, &cards) = people_in(w, o, STATE_EXPIRED);
    *ARENA_PUSH(a, &cards) =
        (struct number_view){STR("企业"), URL("/staff/companies"), o->companies, 0, false, 0};
    return cards;
}

/* What waits, with the age of the oldest; empty when nothing does. */
static struct numbers_view waiting_of(struct web *w, const struct overview *o)
{
    struct numbers_view waiting = {0};
    struct arena *a = w->q->arena;
    struct number_view wait_new = people_in(w, o, STATE_RECOMMENDED_NEW);
    struct number_view wait_renewal = people_in(w, o, STATE_RECOMMENDED_RENEWAL);
    wait_new.days = o->new_days;
    wait_renewal.days = o->renewal_days;
    if (wait_new.count) *ARENA_PUSH(a, &waiting) = wait_new;
    if (wait_renewal.count) *ARENA_PUSH(a, &waiting) = wait_renewal;
    return waiting;
}

/* Bars as long as their share of the highest; what is there at all is seen. */
static void scale(struct numbers_view *bars)
{
    int64_t highest = 1;
    for (size_t i = 0; i < bars->n; i++)
        if (bars->p[i].count > highest) highest = bars->p[i].count;
    for (size_t i = 0; i < bars->n; i++)
        bars->p[i].percent = (int)((bars->p[i].count * 100 + highest - 1) / highest);
}

static struct bars_view states_of(struct web *w, const struct overview *o)
{
    struct bars_view bars = {.caption = STR("各状态人数")};
    for (int state = STATE_SUBMITTED; state < STATE_COUNT; state++)
        *ARENA_PUSH(w->q->arena, &bars.rows) = people_in(w, o, (enum member_state)state);
    scale(&bars.rows);
    return bars;
}

static struct bars_view months_of(struct web *w, const struct overview *o)
{
    struct bars_view bars = {.caption = STR("未来 12 个月到期人数")};
    for (size_t i = 0; i < OVERVIEW_MONTHS; i++) {
        struct str month = str_sub(day_str(w->q->arena, o->months[i].from), 0, sizeof "2026-11" - 1);
        *ARENA_PUSH(w->q->arena, &bars.rows) = people_ending(w, month, &o->months[i]);
    }
    scale(&bars.rows);
    return bars;
}

enum status page_staff_home(struct web *w)
{
    struct home_view v = {
        .frame = web_frame(w, STR("首页"), "/staff"),
        .today = long_day(w->q->arena, w->c.today),
        .roles = roles_text(w->q->arena, w->c.actor.roles),
        .has_lists = w->c.actor.roles & ROLES_READ_LISTS,
    };
    if (w->c.actor.roles & ROLE_SYSTEM) TRY(first_start_open(&w->c, &v.first_start));
    if (v.has_lists) {
        struct overview o;
        TRY(app_overview(&w->c, &o));
        v.cards = cards_of(w, &o);
        v.waiting = waiting_of(w, &o);
        v.states = states_of(w, &o);
        v.months = months_of(w, &o);
        v.submitted_long = people_in(w, &o, STATE_SUBMITTED);
        v.submitted_long.count = o.submitted_long;
        v.patience_days = OVERVIEW_PATIENCE_DAYS;
    }
    view_staff_home(web_html(w), &v);
    return web_page(w, 200);
}
