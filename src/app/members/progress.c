#include "app/members/progress.h"

#include "app/members/effects.h"

/* A person's trail is short; of a longer one the newest part tells where it stands. */
#define EVENTS_MAX 200

struct told {
    LIST(struct progress_event);
};

/* Oldest first, and only what moved the membership. */
static struct told told_of(struct ctx *c, const struct events_shown *events)
{
    struct told told = {0};
    for (size_t i = events->n; i-- > 0;) {
        const struct event_shown *e = &events->p[i];
        if (str_eq(e->event, STR("member.undo")) && told.n) told.n--; /* as if it had not been */
        struct progress_event p = {.at = e->at, .by = e->by_system ? SIDE_STAFF : e->by, .reason = e->note};
        if (member_event_by_word(e->event, &p.event) && str_eq(e->result, STR("ok")))
            *ARENA_PUSH(c->arena, &told) = p;
    }
    return told;
}

static struct progress progress_by(struct ctx *c, const struct dossier *d, const struct events_shown *events)
{
    struct told told = told_of(c, events);
    struct progress_facts facts = {
        .state = d->state, .state_at = d->row.state_at, .events = told.p, .n = told.n};
    enum member_stored before;
    if (member_stored_parse(d->row.state_before, &before))
        facts.before = member_state_of(before, d->row.period_end, c->today);
    return progress_of(&facts);
}

enum status app_progress_own(struct ctx *c, struct own_page *ret)
{
    struct own_page page;
    TRY(need_side(c, SIDE_MEMBER));
    TRY(app_member_dossier(c, c->actor.member, &page.dossier));
    TRY(app_member_events(c, &page.dossier, 0, EVENTS_MAX, &page.events));
    page.progress = progress_by(c, &page.dossier, &page.events);
    *ret = page;
    return ST_OK;
}
