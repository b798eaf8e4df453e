#include "app/members.h"

#include "app/batches.h"
#include "app/member_effects.h"
#include "app/once.h"
#include "app/pack.h"
#include "app/settings.h"
#include "app/vault.h"
#include "base/limits.h"
#include "gen/queries.h"

#include <stdlib.h>

enum status member_stored_of(struct ctx *c, const struct member_full *m, enum member_stored *ret)
{
    return member_stored_parse(m->state, ret) ? ST_OK
                                              : fail_detail(&c->fault, ST_BROKEN, "unknown state of a member");
}

struct subject member_subject(const struct member_full *m)
{
    return (struct subject){m->id, m->uid, m->data_key_sealed};
}

/* One place for whose a person is. */
static bool is_theirs(const struct actor *a, const struct member_full *m)
{
    if (!a->account.v) return false;
    switch (a->side) {
    case SIDE_MEMBER:
        return a->member.v == m->id.v;
    case SIDE_COMPANY:
        return a->company.v && a->company.v == m->company_id.v;
    case SIDE_STAFF:
        return a->roles & (ROLE_MEMBERSHIP | ROLE_VIEWER);
    }
    return false;
}

enum status member_load(struct ctx *c, struct member_id id, struct member_full *ret)
{
    struct member_full m;
    enum status s = q_member_by_id(c->db, c->arena, id, &m);
    if (s == ST_NOT_FOUND || (s == ST_OK && !is_theirs(&c->actor, &m))) return not_found(c);
    if (s) return s;
    *ret = m;
    return ST_OK;
}

/* What an approval ended, for its undoing: the kind of the period that it opened says it. */
static enum status approved_from(struct ctx *c, const struct member_full *m, enum member_stored *ret)
{
    struct period_full last;
    TRY(q_period_last(c->db, c->arena, m->id, &last));
    *ret = str_eq(last.kind, STR("new")) ? STORED_RECOMMENDED_NEW : STORED_RECOMMENDED_RENEWAL;
    return ST_OK;
}

static enum status facts_of(struct ctx *c, const struct member_full *m, struct member_facts *ret)
{
    struct member_facts f = {.period_end = m->period_end,
                             .today = c->today,
                             .renewal_days = (int)c->app->settings->renewal_window_days};
    TRY(member_stored_of(c, m, &f.stored));
    if (f.stored == STORED_CLOSED && !member_stored_parse(m->state_before, &f.before))
        return fail_detail(&c->fault, ST_BROKEN, "unknown former state of a member");
    if (f.stored == STORED_APPROVED) TRY(approved_from(c, m, &f.before));
    *ret = f;
    return ST_OK;
}

static struct refusal refused(struct ctx *c, enum member_refusal why, const struct member_facts *f,
                              enum member_event event)
{
    return (struct refusal){why, str_from(member_refusal_code(why)),
                            member_refusal_text(c->arena, why, f, c->actor.side, event)};
}

enum status member_decide_one(struct ctx *c, const struct decision *d, struct member_full *m, struct refusal *ret)
{
    struct member_facts facts;
    enum member_stored to;
    TRY(facts_of(c, m, &facts));
    enum member_refusal why = member_transition(&facts, c->actor.side, d->event, &to);
    if (why != MEMBER_MAY) {
        *ret = refused(c, why, &facts, d->event);
        return ST_OK;
    }
    struct refusal refusal = {MEMBER_MAY, STR("ok"), STR("")};
    TRY(member_effect(c, d, &facts, to, m, &refusal));
    *ret = refusal;
    return ST_OK;
}

static void skip(struct ctx *c, struct outcome *o, struct member_id id, struct str name, struct str code,
                 struct str text)
{
    *ARENA_PUSH(c->arena, &o->skipped) = (struct skipped){id, name, code, text};
}

static enum status decide_row(struct ctx *c, const struct decision *d, struct member_id id, struct outcome *o,
                              size_t *theirs)
{
    struct member_full m;
    struct refusal refusal;
    enum status s = member_load(c, id, &m);
    if (s == ST_NOT_FOUND) {
        skip(c, o, id, STR(""), STR("not_found"), STR("不存在或不属于本单位"));
        return audit_add(c, &(struct audit_note){.event = member_event_word(d->event), .result = "not_found"});
    }
    if (s) return s;
    *theirs += 1;
    TRY(member_decide_one(c, d, &m, &refusal));
    if (refusal.why == MEMBER_MAY && str_eq(refusal.code, STR("ok")))
        o->done++;
    else
        skip(c, o, id, m.name, refusal.code, refusal.text);
    return ST_OK;
}

struct id_list {
    struct member_id *p;
    size_t n, cap;
    struct ctx *c;
};

static enum status collect(void *arg, const struct member_line *row)
{
    struct id_list *ids = arg;
    if ((int64_t)ids->n >= ids->c->app->settings->batch_rows)
        return fail(&ids->c->fault, ST_BAD_INPUT, "一次最多处理 %ld 人，请缩小范围后分次办理",
                    (long)ids->c->app->settings->batch_rows);
    *ARENA_PUSH(ids->c->arena, ids) = row->id;
    return ST_OK;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = ((const struct member_id *)a)->v, y = ((const struct member_id *)b)->v;
    return (x > y) - (x < y);
}

/* Whom it is for, each once. A whole list is read before anything changes, in the list's order. */
static enum status selected(struct ctx *c, const struct selection *s, struct id_list *ret)
{
    struct id_list ids = {.c = c};
    if (s->all) {
        struct member_filter f;
        TRY(member_filter_allow(c, &s->filter, &f));
        TRY(member_list_each(c, &f, collect, &ids));
        if (s->expect >= 0 && (int64_t)ids.n != s->expect)
            return fail(&c->fault, ST_CONFLICT, "名单刚刚有变化：现在是 %ld 人，请核对后再提交", (long)ids.n);
    } else {
        if ((int64_t)s->n > c->app->settings->batch_rows)
            return fail(&c->fault, ST_BAD_INPUT, "一次最多处理 %ld 人", (long)c->app->settings->batch_rows);
        ids.p = ARENA_ARRAY(c->arena, s->n, struct member_id);
        for (size_t i = 0; i < s->n; i++)
            ids.p[i] = s->ids[i];
        qsort(ids.p, s->n, sizeof *ids.p, by_value);
        for (size_t i = 0; i < s->n; i++)
            if (i == 0 || ids.p[i].v != ids.p[ids.n - 1].v) ids.p[ids.n++] = ids.p[i];
    }
    if (ids.n == 0) return fail(&c->fault, ST_BAD_INPUT, "请先选择人员");
    *ret = ids;
    return ST_OK;
}

static struct bytes skipped_seal(struct ctx *c, const struct outcome *o, struct str token)
{
    struct buf b;
    buf_init(&b, 4096, LIMIT_PAGE_BYTES);
    for (size_t i = 0; i < o->skipped.n; i++) {
        const struct skipped *s = &o->skipped.p[i];
        pack_put(&b, arena_fmt(c->arena, "%ld", (long)s->id.v));
        pack_put(&b, s->name);
        pack_put(&b, s->code);
        pack_put(&b, s->text);
    }
    struct bytes sealed = vault_seal(c, PLACE("outcome", "skipped_sealed", uid_of_token(token)), buf_text(&b));
    buf_free(&b);
    return sealed;
}

static enum status decide_all(struct ctx *c, const struct decision *d, const struct selection *s, struct outcome *ret)
{
    struct id_list ids;
    struct outcome o = {.what = str_from(member_event_label(d->event))};
    size_t theirs = 0;
    TRY(selected(c, s, &ids));
    for (size_t i = 0; i < ids.n; i++)
        TRY(decide_row(c, d, ids.p[i], &o, &theirs));
    if (theirs == 0) return not_found(c);
    *ret = o;
    return ST_OK;
}

enum status app_members_decide(struct ctx *c, const struct decision *d, const struct selection *s, struct str once,
                               struct str *ret_token)
{
    struct outcome o;
    struct str token = once_token(c), earlier;
    if (c->actor.side == SIDE_STAFF) TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_begin(c));
    TRY(once_take(c, once, token, &earlier));
    if (earlier.n) {
        app_rollback(c);
        *ret_token = earlier;
        return ST_OK;
    }
    TRY(decide_all(c, d, s, &o));
    TRY(q_outcome_insert(c->db, &(struct outcome_insert_in){token, c->actor.account, o.what, o.done,
                                                            skipped_seal(c, &o, token), c->now_ms},
                         NULL));
    TRY(app_commit(c));
    *ret_token = token;
    return ST_OK;
}

enum status app_outcome(struct ctx *c, struct str token, struct outcome *ret)
{
    struct outcome_find_row row;
    struct str rest, id, name, code, text;
    int64_t v;
    TRY(app_read(c));
    enum status s = q_outcome_find(c->db, c->arena, token, c->actor.account, &row);
    if (s == ST_NOT_FOUND) return not_found(c);
    if (s) return s;
    TRY(vault_open(c, PLACE("outcome", "skipped_sealed", uid_of_token(token)), row.skipped_sealed, &rest));
    struct outcome o = {.what = row.what, .done = row.done};
    while (pack_next(&rest, &id) && pack_next(&rest, &name) && pack_next(&rest, &code) && pack_next(&rest, &text))
        if (str_int(id, &v)) skip(c, &o, (struct member_id){v}, name, code, text);
    *ret = o;
    return ST_OK;
}

enum status app_member_withdraw(struct ctx *c)
{
    struct member_full m;
    struct refusal refusal;
    TRY(need_side(c, SIDE_MEMBER));
    TRY(app_begin(c));
    TRY(member_load(c, c->actor.member, &m));
    TRY(member_decide_one(c, &(struct decision){.event = EVENT_WITHDRAW}, &m, &refusal));
    if (refusal.why != MEMBER_MAY) return fail(&c->fault, ST_CONFLICT, "%.*s", STR_ARG(refusal.text));
    return app_commit(c);
}
